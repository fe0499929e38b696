//! Schema violations, explained: the only place that knows `jsonschema`.

use std::sync::{Arc, LazyLock};

use jialiang_model::finding::Finding;
use jialiang_model::kind::Kind;
use jialiang_model::place::{IdPath, Place};
use jialiang_model::provision::{FORM_KEYS, NUMERIC_KEYS};
use jialiang_model::read::span::{Node, Value};
use jialiang_model::{GRAMMARS, Grammar};
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};

use super::{excerpt, half_width, report};
use crate::rules::schema_violation;
use crate::similar::nearest;

/// The committed schema of a kind.
pub(crate) const fn text(kind: Kind) -> &'static str {
    match kind {
        Kind::Registry => include_str!("../../../../schemas/registry.json"),
        Kind::Jurisdiction => include_str!("../../../../schemas/jurisdiction.json"),
        Kind::Instrument => include_str!("../../../../schemas/instrument.json"),
        Kind::Standard => include_str!("../../../../schemas/standard.json"),
        Kind::Edition => include_str!("../../../../schemas/edition.json"),
    }
}

/// A schema and its validator.
struct Compiled {
    schema: serde_json::Value,
    validator: Option<Validator>,
}

fn compiled(kind: Kind) -> &'static Compiled {
    static ALL: LazyLock<Vec<(Kind, LazyLock<Compiled, Box<dyn FnOnce() -> Compiled + Send>>)>> =
        LazyLock::new(|| {
            let compile = |kind: Kind| -> Box<dyn FnOnce() -> Compiled + Send> {
                Box::new(move || {
                    let schema = serde_json::from_str(text(kind)).unwrap_or_default();
                    let validator = jsonschema::options()
                        .with_pattern_options(jsonschema::PatternOptions::regex())
                        .build(&schema)
                        .ok();
                    Compiled { schema, validator }
                })
            };
            Kind::ALL.iter().map(|kind| (*kind, LazyLock::new(compile(*kind)))).collect()
        });
    static NONE: Compiled = Compiled { schema: serde_json::Value::Null, validator: None };
    ALL.iter().find(|(k, _)| *k == kind).map_or(&NONE, |(_, compiled)| compiled)
}

/// Whether the schema of a kind accepts a value.
pub(crate) fn accepts(kind: Kind, value: &serde_json::Value) -> bool {
    compiled(kind).validator.as_ref().is_some_and(|v| v.is_valid(value))
}

/// Every way in which a document breaks its schema.
pub(super) fn violations(path: &Arc<str>, kind: Kind, node: &Node, findings: &mut Vec<Finding>) {
    let Compiled { schema, validator } = compiled(kind);
    let Some(validator) = validator else {
        return;
    };
    let json = node.to_json();
    for error in validator.iter_errors(&json) {
        let spot = Spot::new(path, node, error.instance_path().as_str());
        for finding in explain(&spot, &error, schema) {
            report(&schema_violation::RULE, findings, finding);
        }
    }
}

/// Where in the document a violation is.
struct Spot<'a> {
    document: &'a Arc<str>,
    path: IdPath,
    node: &'a Node,
    key: Option<&'a str>,
}

impl<'a> Spot<'a> {
    fn new(document: &'a Arc<str>, root: &'a Node, pointer: &str) -> Self {
        let mut spot = Self { document, path: IdPath::root(), node: root, key: None };
        for word in pointer.split('/').skip(1) {
            let word = word.replace("~1", "/").replace("~0", "~");
            match &spot.node.value {
                Value::Object(members) => {
                    // Of a doubled key the last counts, as it does for the validator.
                    let Some(member) = members.iter().rev().find(|m| m.key == word) else { break };
                    spot.path = spot.path.join(&member.key);
                    spot.key = Some(&member.key);
                    spot.node = &member.node;
                }
                Value::Array(elements) => {
                    let index = word.parse().unwrap_or(usize::MAX);
                    let Some(element) = elements.get(index) else { break };
                    spot.path = spot.path.join(spot.node.word_of(index));
                    spot.node = element;
                }
                _ => break,
            }
        }
        spot
    }

    /// The value itself, or the beginning of a large one.
    fn value(&self) -> Place {
        let bytes = match &self.node.value {
            Value::Object(_) | Value::Array(_) => self.node.bytes.start..self.node.bytes.start + 1,
            _ => self.node.bytes.clone(),
        };
        Place::bytes(self.document, self.path.clone(), bytes)
    }

    /// One of the value's keys.
    fn member(&self, key: &str) -> Option<Place> {
        let member = self.node.member(key)?;
        Some(Place::bytes(self.document, self.path.join(key), member.key_bytes.clone()))
    }

    /// Whether a key is only misspelt: then its other spelling is reported, and that it is
    /// missing goes without saying.
    fn misspells(&self, key: Option<&str>) -> bool {
        let members = self.node.members();
        key.is_some_and(|key| members.iter().any(|m| nearest(&m.key, [key]).is_some()))
    }

    /// What people call the value: its id or key.
    fn called(&self) -> String {
        let id = self.node.member("id").and_then(|m| m.node.as_str());
        id.or(self.key).unwrap_or("document").to_owned()
    }
}

fn explain(spot: &Spot<'_>, error: &ValidationError<'_>, schema: &serde_json::Value) -> Vec<Finding> {
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = properties(schema, error);
            unexpected.iter().map(|key| unknown_key(spot, key, &known)).collect()
        }
        ValidationErrorKind::Required { property } if spot.misspells(property.as_str()) => {
            Vec::new()
        }
        ValidationErrorKind::Required { property } => {
            vec![missing_key(spot, property.as_str().unwrap_or_default(), schema, error)]
        }
        ValidationErrorKind::Pattern { pattern } => vec![mismatch(spot, pattern)],
        ValidationErrorKind::PropertyNames { error } => match error.kind() {
            ValidationErrorKind::Pattern { pattern } => {
                let key = error.instance().as_str().unwrap_or_default().to_owned();
                vec![bad_key(spot, &key, pattern)]
            }
            _ => vec![other(spot, error)],
        },
        ValidationErrorKind::Enum { options } => {
            let options: Vec<&str> =
                options.as_array().into_iter().flatten().filter_map(|o| o.as_str()).collect();
            vec![not_listed(spot, &options)]
        }
        ValidationErrorKind::Type { kind } => vec![wrong_type(spot, kind)],
        ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::OneOfMultipleValid { .. } => {
            forms(spot)
        }
        ValidationErrorKind::MinItems { .. } | ValidationErrorKind::MinProperties { .. } => {
            let key = spot.called();
            vec![
                Finding::new(
                    spot.value(),
                    format!("“{key}”是空的：空的写了等于没写"),
                    format!("`{key}` is empty, which says nothing"),
                )
                .arg("key", &key)
                .help("没有内容就不写这个键", "leave the key out where there is nothing to say"),
            ]
        }
        _ => vec![other(spot, error)],
    }
}

/// The keys that the object of an `additionalProperties` error may have.
fn properties<'a>(schema: &'a serde_json::Value, error: &ValidationError<'_>) -> Vec<&'a str> {
    let at = object_schema(schema, error);
    at.and_then(|s| s.get("properties"))
        .and_then(|p| p.as_object())
        .map(|p| p.keys().map(String::as_str).collect())
        .unwrap_or_default()
}

/// The schema that holds the keyword which an error is about.
fn object_schema<'a>(
    schema: &'a serde_json::Value,
    error: &ValidationError<'_>,
) -> Option<&'a serde_json::Value> {
    let keyword = error.schema_path().as_str();
    let (parent, _) = keyword.rsplit_once('/')?;
    schema.pointer(parent)
}

fn unknown_key(spot: &Spot<'_>, key: &str, known: &[&str]) -> Finding {
    let owner = spot.called();
    let place = spot.member(key).unwrap_or_else(|| spot.value());
    let finding = Finding::new(
        place.clone(),
        format!("“{owner}”没有“{key}”这个键"),
        format!("`{owner}` has no key `{key}`"),
    )
    .arg("key", key)
    .label("没有这个键", "no such key");
    match nearest(key, known.iter().copied()) {
        Some(near) => finding
            .help(format!("是否想写“{near}”？"), format!("did you mean `{near}`?"))
            .fix(place, format!("\"{near}\"")),
        None => finding.help(
            format!("可用的键：{}", known.join("、")),
            format!("its keys are: {}", known.join(", ")),
        ),
    }
}

fn missing_key(
    spot: &Spot<'_>,
    key: &str,
    schema: &serde_json::Value,
    error: &ValidationError<'_>,
) -> Finding {
    let owner = spot.called();
    let meaning = object_schema(schema, error)
        .and_then(|s| s.pointer(&format!("/properties/{}", key.replace('~', "~0").replace('/', "~1"))))
        .and_then(|p| p.get("description"))
        .and_then(|d| d.as_str())
        .unwrap_or_default();
    let (en, zh) = meaning.split_once(" · ").unwrap_or((meaning, meaning));
    Finding::new(
        spot.value(),
        format!("“{owner}”缺少必填的键“{key}”"),
        format!("`{owner}` lacks the key `{key}`, which it must have"),
    )
    .arg("key", key)
    .label(format!("缺少“{key}”"), format!("`{key}` is missing"))
    .help(format!("请补上“{key}”：{zh}"), format!("add `{key}`: {en}"))
}

fn grammar(pattern: &str) -> Option<&'static Grammar> {
    GRAMMARS.iter().copied().find(|g| g.pattern == pattern)
}

fn mismatch(spot: &Spot<'_>, pattern: &str) -> Finding {
    let found = spot.node.as_str().unwrap_or_default();
    let key = spot.key.unwrap_or_default();
    let Some(grammar) = grammar(pattern) else {
        return Finding::new(
            spot.value(),
            format!("“{key}”的值“{found}”不符合写法 {pattern}"),
            format!("`{found}` of `{key}` does not match {pattern}"),
        );
    };
    let Grammar { en, zh, example, pattern: _ } = grammar;
    let finding = Finding::new(
        spot.value(),
        format!("“{key}”的值“{found}”不是{zh}"),
        format!("`{found}` of `{key}` is not a {en}"),
    )
    .arg("key", key)
    .arg("found", found)
    .label(format!("不是{zh}"), format!("not a {en}"));
    match plain(found).filter(|p| matches(grammar, p)) {
        Some(meant) => finding
            .help(format!("请写作“{meant}”"), format!("write `{meant}`"))
            .fix(spot.value(), format!("\"{meant}\"")),
        None => finding.help(format!("写法如“{example}”"), format!("write it like `{example}`")),
    }
}

fn bad_key(spot: &Spot<'_>, key: &str, pattern: &str) -> Finding {
    let place = spot.member(key).unwrap_or_else(|| spot.value());
    let (zh, en, example) =
        grammar(pattern).map_or(("键", "key", "x"), |g| (g.zh, g.en, g.example));
    Finding::new(place, format!("键“{key}”不是{zh}"), format!("the key `{key}` is not a {en}"))
        .arg("key", key)
        .help(format!("写法如“{example}”"), format!("write it like `{example}`"))
}

/// The text as it was perhaps meant: half-width, without thousands separators, without a
/// needless zero, plus sign, unit sign or blank.
fn plain(text: &str) -> Option<String> {
    let half: String = text.chars().map(|c| half_width(c).unwrap_or(c)).collect();
    let half = half.trim().trim_start_matches('+');
    let number: String = half.chars().filter(|c| !matches!(c, ',' | '_' | ' ')).collect();
    let number = number.trim_end_matches(['元', '%', '项', '个', '天', '套', '次']);
    let looks_numeric = !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && number.bytes().filter(|b| *b == b'.').count() <= 1;
    let meant = if looks_numeric {
        let whole = number.trim_start_matches('0');
        let whole = if whole.is_empty() || whole.starts_with('.') { format!("0{whole}") } else { whole.to_owned() };
        if whole.contains('.') {
            whole.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            whole
        }
    } else {
        half.to_owned()
    };
    (meant != text).then_some(meant)
}

fn matches(grammar: &Grammar, text: &str) -> bool {
    let schema = serde_json::json!({ "pattern": grammar.pattern });
    jsonschema::is_valid(&schema, &text.into())
}

fn not_listed(spot: &Spot<'_>, options: &[&str]) -> Finding {
    let found = excerpt(spot.node);
    let key = spot.key.unwrap_or_default();
    let finding = Finding::new(
        spot.value(),
        format!("“{key}”的值 {found} 不在可选范围内"),
        format!("{found} is not one of the words of `{key}`"),
    )
    .arg("key", key)
    .arg("found", &found)
    .label("不在可选范围内", "not in the list");
    let near = spot.node.as_str().and_then(|word| nearest(word, options.iter().copied()));
    match near {
        Some(near) => finding
            .help(format!("是否想写“{near}”？"), format!("did you mean `{near}`?"))
            .fix(spot.value(), format!("\"{near}\"")),
        None => finding.help(
            format!("可选：{}", options.join("、")),
            format!("the words are: {}", options.join(", ")),
        ),
    }
}

fn wrong_type(spot: &Spot<'_>, kind: &jsonschema::error::TypeKind) -> Finding {
    let wanted = match kind {
        jsonschema::error::TypeKind::Single(one) => one.as_str(),
        jsonschema::error::TypeKind::Multiple(_) => "value",
    };
    let name = |json: &str| match json {
        "string" => ("字符串", "string"),
        "object" => ("对象 { }", "object"),
        "array" => ("列表 [ ]", "list"),
        "boolean" => ("true 或 false", "true or false"),
        "number" | "integer" => ("数字", "number"),
        "null" => ("null", "null"),
        _ => ("值", "value"),
    };
    let is = match &spot.node.value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let key = spot.key.unwrap_or("document");
    let ((want_zh, want_en), (is_zh, is_en)) = (name(wanted), name(is));
    let finding = Finding::new(
        spot.value(),
        format!("“{key}”应是{want_zh}，这里是{is_zh}"),
        format!("`{key}` should be a {want_en} and is a {is_en}"),
    )
    .arg("key", key)
    .arg("wanted", wanted)
    .arg("found", is)
    .label(format!("应是{want_zh}"), format!("should be a {want_en}"));
    match &spot.node.value {
        Value::Null => finding.help("没有内容就不写这个键", "leave the key out where there is nothing to say"),
        Value::Number(number) if wanted == "string" => finding
            .help(
                format!("数字写成字符串：\"{number}\""),
                format!("write numbers as strings: \"{number}\""),
            )
            .fix(spot.value(), format!("\"{number}\"")),
        Value::String(text) if wanted == "object" => {
            let text = text.clone();
            finding.help(
                format!("文字要分语言写，如 {{ \"zh\": \"{text}\" }}"),
                format!("where words are meant, write {{ \"zh\": \"{text}\" }}"),
            )
        }
        Value::String(text) if wanted == "array" => {
            let text = text.clone();
            finding.help(format!("请加方括号：[\"{text}\"]"), format!("write a list: [\"{text}\"]"))
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            finding
        }
    }
}

/// Why a provision has not exactly one form with the keys that go with it.
fn forms(spot: &Spot<'_>) -> Vec<Finding> {
    let provision = spot.called();
    let has = |key: &str| spot.node.member(key).is_some();
    let written: Vec<&str> = FORM_KEYS.iter().copied().filter(|k| has(k)).collect();
    let stray = |key: &str, form: &str| {
        let place = spot.member(key).unwrap_or_else(|| spot.value());
        Finding::new(
            place,
            format!("“{provision}”的形式是“{form}”，不能有“{key}”"),
            format!("`{provision}` is of the form `{form}`, with which `{key}` does not go"),
        )
        .arg("form", form)
        .arg("key", key)
        .label(format!("与“{form}”不相配"), format!("does not go with `{form}`"))
        .help(format!("请删去“{key}”，或改用数值形式"), format!("delete `{key}`, or write a number"))
    };
    match written.as_slice() {
        [] if FORM_KEYS.iter().any(|key| spot.misspells(Some(key))) => Vec::new(),
        [] => vec![
            Finding::new(
                spot.value(),
                format!("“{provision}”没有写标准是什么"),
                format!("`{provision}` does not say what it promises"),
            )
            .label("缺少形式", "no form")
            .help(
                format!("请写其中一个键：{}", FORM_KEYS.join("、")),
                format!("write one of the keys: {}", FORM_KEYS.join(", ")),
            ),
        ],
        [form] if NUMERIC_KEYS.contains(form) => {
            let mut findings = Vec::new();
            for (key, help_zh, help_en) in [
                ("unit", "请补上计量单位，如 \"unit\": \"CNY/person/month\"", "add its unit, such as \"unit\": \"CNY/person/month\""),
                ("better", "请写明多者优还是少者优：\"better\": \"more\" 或 \"less\"", "say which way is better for the recipient: \"better\": \"more\" or \"less\""),
            ] {
                if !has(key) && !spot.misspells(Some(key)) {
                    findings.push(
                        Finding::new(
                            spot.member(form).unwrap_or_else(|| spot.value()),
                            format!("“{provision}”有数值“{form}”，缺少“{key}”"),
                            format!("`{provision}` has a number, `{form}`, and lacks `{key}`"),
                        )
                        .arg("form", *form)
                        .arg("key", key)
                        .label(format!("缺少“{key}”"), format!("`{key}` is missing"))
                        .help(help_zh, help_en),
                    );
                }
            }
            let strays = ["band", "grades"].into_iter().filter(|k| *form != "average" && has(k));
            findings.extend(strays.map(|key| stray(key, form)));
            findings
        }
        [form] => ["unit", "better", "days-per-year", "band", "grades"]
            .into_iter()
            .filter(|key| has(key))
            .map(|key| stray(key, form))
            .collect(),
        [first, rest @ ..] => rest
            .iter()
            .map(|second| {
                Finding::new(
                    spot.member(second).unwrap_or_else(|| spot.value()),
                    format!("“{provision}”既写了“{first}”又写了“{second}”，一条标准只能有一种形式"),
                    format!("`{provision}` has both `{first}` and `{second}`; a provision has one form"),
                )
                .arg("first", *first)
                .arg("second", *second)
                .label("第二种形式", "a second form")
                .help(
                    "请分成两条，各用自己的 id",
                    "write two provisions, each with an id of its own",
                )
                .related(
                    spot.member(first).unwrap_or_else(|| spot.value()),
                    "第一种形式",
                    "the first form",
                )
            })
            .collect(),
    }
}

fn other(spot: &Spot<'_>, error: &ValidationError<'_>) -> Finding {
    let key = spot.called();
    Finding::new(
        spot.value(),
        format!("“{key}”不符合模式：{error}"),
        format!("`{key}` breaks its schema: {error}"),
    )
}
