//! Schema violations, explained: the only place that knows `jsonschema`.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use jialiang_model::finding::Finding;
use jialiang_model::kind::Kind;
use jialiang_model::number::NUMBER;
use jialiang_model::place::{IdPath, Place};
use jialiang_model::read::span::{Node, Value};
use jialiang_model::text::PHRASE;
use jialiang_model::{GRAMMARS, Grammar, cell, date, id, source, unit};
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};

use super::meant::meant;
use super::{acts, excerpt, forms, report};
use crate::rules::schema_violation;
use crate::similar::nearest;

/// The committed schema of a kind.
pub(crate) const fn text(kind: Kind) -> &'static str {
    match kind {
        Kind::Registry => include_str!("../../../../schemas/registry.json"),
        Kind::Jurisdiction => include_str!("../../../../schemas/jurisdiction.json"),
        Kind::Instrument => include_str!("../../../../schemas/instrument.json"),
        Kind::Adjustment => include_str!("../../../../schemas/adjustment.json"),
        Kind::Standard => include_str!("../../../../schemas/standard.json"),
        Kind::Edition => include_str!("../../../../schemas/edition.json"),
        Kind::Plan => include_str!("../../../../schemas/plan.json"),
        Kind::Crosswalk => include_str!("../../../../schemas/crosswalk.json"),
        Kind::Indicators => include_str!("../../../../schemas/indicators.json"),
        Kind::Acceptance => include_str!("../../../../schemas/acceptance.json"),
    }
}

/// A schema and its validator.
struct Compiled {
    schema: serde_json::Value,
    validator: Option<Validator>,
}

impl Compiled {
    fn new(kind: Kind) -> Self {
        let schema = serde_json::from_str(text(kind)).unwrap_or_default();
        let validator = jsonschema::options()
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&schema)
            .ok();
        Self { schema, validator }
    }
}

/// The compiled schema of a kind; compiled when it is first asked for.
fn compiled(kind: Kind) -> &'static Compiled {
    static REGISTRY: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Registry));
    static JURISDICTION: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Jurisdiction));
    static INSTRUMENT: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Instrument));
    static ADJUSTMENT: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Adjustment));
    static STANDARD: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Standard));
    static EDITION: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Edition));
    static PLAN: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Plan));
    static CROSSWALK: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Crosswalk));
    static INDICATORS: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Indicators));
    static ACCEPTANCE: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(Kind::Acceptance));
    match kind {
        Kind::Registry => &REGISTRY,
        Kind::Jurisdiction => &JURISDICTION,
        Kind::Instrument => &INSTRUMENT,
        Kind::Adjustment => &ADJUSTMENT,
        Kind::Standard => &STANDARD,
        Kind::Edition => &EDITION,
        Kind::Plan => &PLAN,
        Kind::Crosswalk => &CROSSWALK,
        Kind::Indicators => &INDICATORS,
        Kind::Acceptance => &ACCEPTANCE,
    }
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
    let errors: Vec<_> = validator.iter_errors(&json).collect();
    let listed: HashSet<&str> = errors
        .iter()
        .filter(|e| matches!(e.kind(), ValidationErrorKind::Enum { .. }))
        .map(|e| e.instance_path().as_str())
        .collect();
    for error in &errors {
        // What is not in a list need not be told that it is no string either.
        let typed = matches!(error.kind(), ValidationErrorKind::Type { .. });
        if typed && listed.contains(error.instance_path().as_str()) {
            continue;
        }
        let spot = Spot::new(path, node, error.instance_path().as_str());
        for finding in explain(&spot, error, schema) {
            report(&schema_violation::RULE, findings, finding);
        }
    }
}

/// Where in the document a violation is.
pub(super) struct Spot<'a> {
    document: &'a Arc<str>,
    path: IdPath,
    pub(super) node: &'a Node,
    key: Option<&'a str>,
    /// Which entry of the list under the key it is, from 1.
    entry: Option<usize>,
}

impl<'a> Spot<'a> {
    fn new(document: &'a Arc<str>, root: &'a Node, pointer: &str) -> Self {
        let mut spot = Self { document, path: IdPath::root(), node: root, key: None, entry: None };
        for word in pointer.split('/').skip(1) {
            let word = word.replace("~1", "/").replace("~0", "~");
            match &spot.node.value {
                Value::Object(members) => {
                    // Of a doubled key the last counts, as it does for the validator.
                    let Some(member) = members.iter().rev().find(|m| m.key == word) else { break };
                    spot.path = spot.path.join(&member.key);
                    (spot.key, spot.entry) = (Some(member.key.as_str()), None);
                    spot.node = &member.node;
                }
                Value::Array(elements) => {
                    let index = word.parse().unwrap_or(usize::MAX);
                    let Some(element) = elements.get(index) else { break };
                    spot.path = spot.path.join(spot.node.word_of(index));
                    (spot.node, spot.entry) = (element, Some(index + 1));
                }
                _ => break,
            }
        }
        spot
    }

    /// The value itself, or the beginning of a large one.
    pub(super) fn value(&self) -> Place {
        let bytes = match &self.node.value {
            Value::Object(_) | Value::Array(_) => self.node.bytes.start..self.node.bytes.start + 1,
            _ => self.node.bytes.clone(),
        };
        Place::bytes(self.document, self.path.clone(), bytes)
    }

    /// One of the value's keys.
    pub(super) fn member(&self, key: &str) -> Option<Place> {
        let member = self.node.member(key)?;
        Some(Place::bytes(self.document, self.path.join(key), member.key_bytes.clone()))
    }

    /// Whether a key is only misspelt: then its other spelling is reported, and that it is
    /// missing goes without saying.
    pub(super) fn misspells(&self, key: Option<&str>) -> bool {
        let members = self.node.members();
        key.is_some_and(|key| members.iter().any(|m| nearest(&m.key, [key]).is_some()))
    }

    /// What people call the value, in Chinese and in English: by its id, its key, or
    /// which entry of a list it is.
    pub(super) fn called(&self) -> (String, String) {
        let id = self.node.member("id").and_then(|m| m.node.as_str());
        match (id, self.key, self.entry) {
            (Some(id), _, _) => (format!("“{id}”"), format!("`{id}`")),
            (None, Some(key), Some(n)) => {
                (format!("“{key}”第 {n} 项"), format!("entry {n} of `{key}`"))
            }
            (None, Some(key), None) => (format!("“{key}”"), format!("`{key}`")),
            (None, None, _) => ("文档".to_owned(), "the document".to_owned()),
        }
    }

    /// The key under which the value stands.
    fn key(&self) -> &str {
        self.key.unwrap_or("id")
    }
}

fn explain(
    spot: &Spot<'_>,
    error: &ValidationError<'_>,
    schema: &serde_json::Value,
) -> Vec<Finding> {
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|key| unknown_key(spot, key, schema, error)).collect()
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
            vec![not_listed(spot, &options, object_schema(schema, error).unwrap_or(schema))]
        }
        ValidationErrorKind::Type { kind } => vec![wrong_type(spot, kind)],
        ValidationErrorKind::OneOfNotValid { .. }
        | ValidationErrorKind::OneOfMultipleValid { .. } => {
            let within = |name: &str| error.schema_path().as_str().contains(name);
            if within("/Operation/") {
                acts::operation(spot)
            } else if within("/Step/") {
                acts::step(spot)
            } else {
                forms::explain(spot)
            }
        }
        ValidationErrorKind::MinItems { .. } | ValidationErrorKind::MinProperties { .. } => {
            let (zh, en) = spot.called();
            vec![
                Finding::new(spot.value(), format!("{zh}是空的"), format!("{en} is empty"))
                    .label("空的", "empty")
                    .help(
                        "没有内容就不写这个键",
                        "leave the key out where there is nothing to say",
                    ),
            ]
        }
        _ => vec![other(spot, error)],
    }
}

/// The keys that the object of an error may have, each with its schema.
fn properties<'a>(
    schema: &'a serde_json::Value,
    error: &ValidationError<'_>,
) -> Vec<(&'a String, &'a serde_json::Value)> {
    let at = object_schema(schema, error);
    at.and_then(|s| s.get("properties"))
        .and_then(|p| p.as_object())
        .map(|p| p.iter().collect())
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

/// The schema behind references and lists.
fn resolved<'a>(
    schema: &'a serde_json::Value,
    mut at: &'a serde_json::Value,
) -> &'a serde_json::Value {
    for _ in 0..4 {
        let reference = at.get("$ref").and_then(|r| r.as_str()).and_then(|r| r.strip_prefix('#'));
        at = match (reference.and_then(|r| schema.pointer(r)), at.get("items")) {
            (Some(to), _) | (None, Some(to)) => to,
            (None, None) => return at,
        };
    }
    at
}

/// A schema's description, in Chinese.
fn zh_of(schema: &serde_json::Value) -> Option<&str> {
    schema.get("description")?.as_str()?.split_once(" · ").map(|(_, zh)| zh)
}

fn unknown_key(
    spot: &Spot<'_>,
    key: &str,
    schema: &serde_json::Value,
    error: &ValidationError<'_>,
) -> Finding {
    let known = properties(schema, error);
    let (owner_zh, owner_en) = spot.called();
    let place = spot.member(key).unwrap_or_else(|| spot.value());
    let finding = Finding::new(
        place.clone(),
        format!("{owner_zh}没有“{key}”这个键"),
        format!("{owner_en} has no key `{key}`"),
    )
    .arg("key", key)
    .label("没有这个键", "no such key");
    // A clerk writes the field's own word: 不低于 is `at-least`.
    let by_meaning = known
        .iter()
        .find(|(_, property)| zh_of(property).is_some_and(|zh| zh.trim_end_matches('。') == key))
        .or_else(|| {
            // Or says so in a longer sentence, if only one does.
            let says = |(_, p): &&(&String, &serde_json::Value)| {
                zh_of(p).is_some_and(|zh| zh.contains(key))
            };
            let mut all = known.iter().filter(says);
            all.next().filter(|_| !key.is_ascii() && all.next().is_none())
        });
    let names = || known.iter().map(|(name, _)| name.as_str());
    let near = by_meaning.map(|(name, _)| name.as_str()).or_else(|| nearest(key, names()));
    if let Some(near) = near {
        return finding
            .help(format!("是否想写“{near}”？"), format!("did you mean `{near}`?"))
            .fix(place, format!("\"{near}\""));
    }
    let child = known.iter().find(|(_, property)| {
        resolved(schema, property).get("properties").is_some_and(|p| p.get(key).is_some())
    });
    match child {
        Some((child, _)) => finding
            .help(format!("“{key}”要写在“{child}”里面"), format!("`{key}` goes inside `{child}`")),
        None => finding.help(
            format!("可用的键：{}", names().collect::<Vec<_>>().join("、")),
            format!("its keys are: {}", names().collect::<Vec<_>>().join(", ")),
        ),
    }
}

fn missing_key(
    spot: &Spot<'_>,
    key: &str,
    schema: &serde_json::Value,
    error: &ValidationError<'_>,
) -> Finding {
    let (owner_zh, owner_en) = spot.called();
    let known = properties(schema, error);
    let meaning = known
        .iter()
        .find(|(name, _)| *name == key)
        .and_then(|(_, property)| property.get("description"))
        .and_then(|d| d.as_str())
        .unwrap_or_default();
    let (en, zh) = meaning.split_once(" · ").unwrap_or((meaning, meaning));
    let (mut en, mut zh) = (en.to_owned(), zh.to_owned());
    if let (true, Some(kind)) = (key == "$schema", Kind::at(spot.document)) {
        let up = "../".repeat(spot.document.matches('/').count() + 1);
        zh = format!("\"$schema\": \"{up}schemas/{kind}.json\"");
        en.clone_from(&zh);
    } else if key == "verified" {
        zh += "核对过写 true，没有写 false";
        en += " true or false.";
    }
    Finding::new(
        spot.value(),
        format!("{owner_zh}缺少必填的键“{key}”"),
        format!("{owner_en} lacks the key `{key}`, which it must have"),
    )
    .arg("key", key)
    .label(format!("缺少“{key}”"), format!("`{key}` is missing"))
    .help(format!("请补上“{key}”：{zh}"), format!("add `{key}`: {en}"))
}

fn grammar(pattern: &str) -> Option<&'static Grammar> {
    GRAMMARS.iter().copied().find(|g| g.pattern == pattern)
}

fn mismatch(spot: &Spot<'_>, pattern: &str) -> Finding {
    let whole = spot.node.as_str().unwrap_or_default();
    let found = &excerpt_of(whole);
    let key = spot.key();
    let quoted = |zh: String, en: String| {
        Finding::new(spot.value(), zh, en).arg("key", key).arg("found", found)
    };
    if found.is_empty() {
        return quoted(format!("“{key}”是空的"), format!("`{key}` is empty"))
            .label("空的", "empty")
            .help("请写上内容；没有内容就不写这个键", "write it, or leave the key out");
    }
    let Some(grammar) = grammar(pattern) else {
        return quoted(
            format!("“{key}”的值“{found}”不符合写法 {pattern}"),
            format!("`{found}` of `{key}` does not match {pattern}"),
        );
    };
    let fixed = meant(whole, grammar);
    let finding = if *grammar == PHRASE {
        quoted(
            format!("“{key}”的文字前后有空格"),
            format!("the text of `{key}` begins or ends with a blank"),
        )
        .label("前后有空格", "a blank at an end")
    } else if let Some((year, month, day)) = no_such_day(whole, grammar) {
        quoted(
            format!("{year} 年 {month} 月没有 {day} 日"),
            format!("month {month} of {year} has no day {day}"),
        )
        .label("没有这一天", "no such day")
    } else {
        let Grammar { en, zh, .. } = grammar;
        quoted(format!("“{key}”的值“{found}”不是{zh}"), format!("`{found}` of `{key}` is no {en}"))
            .label(format!("不是{zh}"), format!("no {en}"))
    };
    match fixed {
        Some(meant) => finding
            .help(
                format!("请写作“{}”", excerpt_of(&meant)),
                format!("write `{}`", excerpt_of(&meant)),
            )
            .fix(spot.value(), format!("\"{meant}\"")),
        None if *grammar == unit::UNIT => {
            let words: Vec<_> =
                unit::Quantity::ALL.iter().map(|q| format!("{q}（{}）", q.zh())).collect();
            let names: Vec<_> = unit::Quantity::ALL.iter().map(|q| q.as_str()).collect();
            finding.help(
                format!(
                    "写作“数量/按谁计/期间”，如“CNY/pupil/year”（元/生·年）；数量有：{}",
                    words.join("、")
                ),
                format!(
                    "write quantity/for whom/period, like `CNY/pupil/year`; the quantities are: {}",
                    names.join(", ")
                ),
            )
        }
        None if *grammar == source::URL => finding.help(
            "请从浏览器地址栏复制，它会把中文自动编码",
            "copy it from the browser's address bar, which encodes Chinese",
        ),
        // A real id as an example would be pasted, and be wrong without anybody's notice.
        None if [id::ID, id::AGENCY, id::STANDARD, id::INSTRUMENT, id::PROVISION_REF, cell::CELL_VALUE]
            .contains(grammar) =>
        {
            finding.help(
                "标识用小写英文字母、数字和连字符，请照已登记的写；单位登记在各地的 jurisdiction.json，类别和项目登记在标准的分类里",
                "an id has small letters, digits and hyphens; write it as it is on record: agencies in their place's jurisdiction.json, categories and items in the standard's taxonomy",
            )
        }
        None => {
            let example = grammar.example;
            finding.help(format!("写法如“{example}”"), format!("write it like `{example}`"))
        }
    }
}

/// A day that is written as one and does not exist.
fn no_such_day(text: &str, grammar: &Grammar) -> Option<(u32, u32, u32)> {
    if *grammar != date::DAY && *grammar != date::PARTIAL_DATE {
        return None;
    }
    let parts: Vec<u32> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    match parts.as_slice() {
        [year @ 1900..=2099, month @ 1..=12, day @ 29..=31] if text.len() == 10 => {
            Some((*year, *month, *day))
        }
        _ => None,
    }
}

fn bad_key(spot: &Spot<'_>, key: &str, pattern: &str) -> Finding {
    let place = spot.member(key).unwrap_or_else(|| spot.value());
    let (zh, en) = grammar(pattern).map_or(("键", "key"), |g| (g.zh, g.en));
    Finding::new(place, format!("键“{key}”不是{zh}"), format!("the key `{key}` is no {en}"))
        .arg("key", key)
        .help(
            "维度用小写英文，如 stage（学段）、age（年龄）、residence（城乡）",
            "a dimension is written in small letters, like stage, age or residence",
        )
}

fn not_listed(spot: &Spot<'_>, options: &[&str], schema: &serde_json::Value) -> Finding {
    let found = spot.node.as_str().map_or_else(|| excerpt(spot.node), str::to_owned);
    let key = spot.key();
    let finding = Finding::new(
        spot.value(),
        format!("“{key}”的值“{found}”不在可选范围内"),
        format!("`{found}` is not one of the words of `{key}`"),
    )
    .arg("key", key)
    .arg("found", &found)
    .label("不在可选范围内", "not in the list");
    // The description of a list pairs each word with its Chinese: `more=多者优`.
    let described = || schema.get("description").and_then(|d| d.as_str()).unwrap_or_default();
    let pair = |word: &str| {
        let all = described().split([' ', '\n']);
        all.filter_map(|p| p.split_once('=')).find(|(w, _)| *w == word).map(|(_, zh)| zh)
    };
    let by_meaning = options.iter().copied().find(|word| pair(word) == Some(found.as_str()));
    let near = by_meaning.or_else(|| nearest(&found, options.iter().copied()));
    match near {
        Some(near) => finding
            .help(format!("是否想写“{near}”？"), format!("did you mean `{near}`?"))
            .fix(spot.value(), format!("\"{near}\"")),
        None => {
            let words = options.iter().map(|word| match pair(word) {
                Some(zh) => format!("{word}（{zh}）"),
                None => (*word).to_owned(),
            });
            finding.help(
                format!("可选：{}", words.collect::<Vec<_>>().join("、")),
                format!("the words are: {}", options.join(", ")),
            )
        }
    }
}

fn wrong_type(spot: &Spot<'_>, kind: &jsonschema::error::TypeKind) -> Finding {
    let wanted = match kind {
        jsonschema::error::TypeKind::Single(one) => one.as_str(),
        jsonschema::error::TypeKind::Multiple(_) => "value",
    };
    let name = |json: &str| match json {
        "string" => ("字符串", "a string"),
        "object" => ("对象 { }", "an object"),
        "array" => ("列表 [ ]", "a list"),
        "boolean" => (" true 或 false", "true or false"),
        "number" | "integer" => ("数字", "a number"),
        "null" => (" null", "null"),
        _ => ("值", "a value"),
    };
    let is = match &spot.node.value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let (zh, en) = match (spot.key, spot.entry) {
        (Some(key), None) => (format!("“{key}”"), format!("`{key}`")),
        _ => spot.called(),
    };
    let ((want_zh, want_en), (is_zh, is_en)) = (name(wanted), name(is));
    let finding = Finding::new(
        spot.value(),
        format!("{zh}应是{want_zh}，这里是{is_zh}"),
        format!("{en} should be {want_en} and is {is_en}"),
    )
    .arg("wanted", wanted)
    .arg("found", is)
    .label(format!("应是{want_zh}"), format!("should be {want_en}"));
    match &spot.node.value {
        Value::Null => {
            finding.help("没有内容就不写这个键", "leave the key out where there is nothing to say")
        }
        Value::Number(number) if wanted == "string" => {
            let number = meant(number, &NUMBER).unwrap_or_else(|| number.clone());
            finding
                .help(
                    format!("数字写成字符串：\"{number}\""),
                    format!("write numbers as strings: \"{number}\""),
                )
                .fix(spot.value(), format!("\"{number}\""))
        }
        Value::String(text) if wanted == "object" => {
            let text = excerpt_of(text);
            let shape = match spot.key() {
                "source" => "{ \"url\": \"…\", \"verified\": false }".to_owned(),
                "implements" => "{ \"standard\": \"cn/…\", \"versions\": \"^1\" }".to_owned(),
                "share" => "{ \"of\": \"项目/条目\", \"percent\": \"30\" }".to_owned(),
                "adds" => "{ \"to\": \"项目/条目\", \"amount\": \"5\" }".to_owned(),
                "cell" => "{ \"stage\": \"primary\" }".to_owned(),
                "by" => format!("{{ \"amount\": \"{text}\" }}"),
                "band" | "grades" => "{ \"least\": \"…\", \"most\": \"…\" }".to_owned(),
                _ => format!("{{ \"zh\": \"{text}\" }}"),
            };
            finding.help(format!("请写成 {shape}"), format!("write {shape}"))
        }
        Value::String(text) if wanted == "array" => {
            let text = excerpt_of(text);
            finding.help(format!("请加方括号：[\"{text}\"]"), format!("write a list: [\"{text}\"]"))
        }
        Value::String(text) if wanted == "boolean" && (text == "true" || text == "false") => {
            finding
                .help(format!("{text} 不加引号"), format!("{text} stands without quotes"))
                .fix(spot.value(), text.clone())
        }
        _ if spot.key.is_none() => {
            finding.help("整份文档写在一对 { } 里", "a document stands between { and }")
        }
        _ => finding.help(format!("请改为{want_zh}"), format!("write {want_en}")),
    }
}

fn excerpt_of(text: &str) -> String {
    text.chars().take(40).collect()
}

fn other(spot: &Spot<'_>, error: &ValidationError<'_>) -> Finding {
    let (zh, en) = spot.called();
    Finding::new(
        spot.value(),
        format!("{zh}不符合模式：{error}"),
        format!("{en} breaks its schema: {error}"),
    )
    .help("请对照 schemas/ 里的模式", "compare it with the schema in schemas/")
}
