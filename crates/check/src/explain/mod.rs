//! The cold path: why a document could not be read, everything at once.

mod acts;
mod forms;
mod meant;
pub use meant::meant;
pub(crate) mod schema;
mod syntax;

use std::collections::HashMap;
use std::sync::Arc;

use jialiang_model::FORMAT;
use jialiang_model::finding::Finding;
use jialiang_model::kind::Kind;
use jialiang_model::number::Count;
use jialiang_model::place::{IdPath, Place};
use jialiang_model::read::lexical::{self, What};
use jialiang_model::read::span::{self, Node};
use jialiang_model::read::{self, MOST_BYTES};
use jialiang_store::{Texts, Unreadable};

use crate::rule::{Rule, Sink};
use crate::rules::{
    broken_encoding, broken_json, duplicate_key, hidden_character, schema_violation, unknown_format,
};

/// Everything that is wrong with a document that could not be read.
pub(crate) fn unreadable(document: &Unreadable, texts: &Texts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Unreadable { path, kind } = document;
    let bytes = match texts.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let zh = format!("文档刚才还在，现在无法读取：{error}");
            let en =
                format!("the document stood here a moment ago and cannot be read now: {error}");
            report(
                &broken_encoding::RULE,
                &mut findings,
                Finding::new(Place::document(path), zh, en),
            );
            return findings;
        }
    };
    let offences = lexical::offences(&bytes);
    if let Some(finding) = encoding(path, &bytes, &offences) {
        report(&broken_encoding::RULE, &mut findings, finding);
        return findings;
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) if bytes.len() <= MOST_BYTES => text,
        _ => "",
    };
    // A byte-order mark is reported and must not hide the rest.
    let (mark, json) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ('\u{feff}'.len_utf8(), rest),
        None => (0, text),
    };
    let parsed = span::parse(json);
    for (i, offence) in offences.iter().enumerate() {
        let (rule, mut finding) = offending(path, offence);
        // Told apart by where it stands, and which of several there it is.
        if let Ok(node) = &parsed {
            let at = |o: &lexical::Offence| node.path_at(o.bytes.start.saturating_sub(mark));
            finding.place.path = at(offence);
            let before = offences.iter().take(i).rev();
            let nth = before.take_while(|o| at(o) == finding.place.path).count();
            finding = finding.arg("nth", nth + 1);
        }
        report(rule, &mut findings, finding);
    }
    if bytes.len() > MOST_BYTES {
        return findings;
    }
    match parsed {
        Err(syntax) => {
            let finding = syntax::broken(path, json, &syntax);
            report(&broken_json::RULE, &mut findings, finding);
        }
        Ok(node) => {
            doubled_keys(path, &node, &IdPath::root(), &mut findings);
            match another_format(path, *kind, &node) {
                Some(finding) => report(&unknown_format::RULE, &mut findings, finding),
                None => schema::violations(path, *kind, &node, &mut findings),
            }
        }
    }
    if mark > 0 {
        let of_json = findings.iter_mut().filter(|f| f.rule != broken_encoding::RULE.name);
        of_json.filter(|f| f.rule != hidden_character::RULE.name).for_each(|f| shift(f, mark));
    }
    // What is wrong only because of a hidden character goes without saying.
    findings.retain(|finding| {
        finding.rule != schema_violation::RULE.name
            || !offences.iter().any(|o| {
                let within = |(start, end)| start <= o.bytes.start && o.bytes.end <= end;
                finding.place.bytes.is_some_and(within)
            })
    });
    if findings.is_empty() {
        // The types refuse what the schema accepts: our fault, and still no silence.
        let said = read::scan(&bytes).and_then(|text| kind.read(text).err());
        let said = said
            .map_or_else(String::new, |fault| format!("{fault} ({}:{})", fault.line, fault.column));
        let zh = format!("文档不符合“{}”类文档的格式：{said}", kind.zh());
        let en = format!("the document does not read as a document of kind `{kind}`: {said}");
        report(&schema_violation::RULE, &mut findings, Finding::new(Place::document(path), zh, en));
    }
    findings
}

fn report(rule: &'static Rule, findings: &mut Vec<Finding>, finding: Finding) {
    Sink::new(rule, findings).report(finding);
}

fn shift(finding: &mut Finding, by: usize) {
    let related = finding.related.iter_mut().map(|r| &mut r.place);
    let fix = finding.fix.iter_mut().map(|f| &mut f.place);
    for place in related.chain(fix).chain([&mut finding.place]) {
        if let Some((start, end)) = &mut place.bytes {
            *start += by;
            *end += by;
        }
    }
}

/// A registry of another format: what else does not read in it is no fault of its own.
fn another_format(path: &Arc<str>, kind: Kind, node: &Node) -> Option<Finding> {
    let format = node.member("format").filter(|_| kind == Kind::Registry)?;
    let found = format.node.as_str()?;
    let known = found == FORMAT || Count::parse(found).is_none();
    let place = Place::bytes(path, IdPath::root().join("format"), format.node.bytes.clone());
    (!known).then(|| unknown_format::another(place, found))
}

/// What is wrong with the encoding of the whole document: one finding, however many
/// bytes cannot be read.
fn encoding(path: &Arc<str>, bytes: &[u8], offences: &[lexical::Offence]) -> Option<Finding> {
    let at = |range| Place::bytes(path, IdPath::root(), range);
    let save = ("请另存为“UTF-8（无 BOM）”", "save it as UTF-8 without BOM");
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let finding = Finding::new(at(0..2), "这份文档是 UTF-16 编码", "the document is UTF-16");
        return Some(finding.label("UTF-16", "UTF-16").help(save.0, save.1));
    }
    let bad = || offences.iter().filter(|o| o.what == What::NotUtf8);
    let first = bad().next()?;
    let n = bad().count();
    Some(
        Finding::new(
            at(first.bytes.clone()),
            format!("这份文档不是 UTF-8 编码（{n} 处读不出），多半是 GBK"),
            format!("the document is not UTF-8 ({n} places cannot be read); it is probably GBK"),
        )
        .label("从这里起读不出", "cannot be read from here")
        .help(
            "请用编辑器以原编码打开，另存为“UTF-8（无 BOM）”",
            "open it in its own encoding and save it as UTF-8 without BOM",
        ),
    )
}

fn offending(path: &Arc<str>, offence: &lexical::Offence) -> (&'static Rule, Finding) {
    let lexical::Offence { bytes, what } = offence;
    let place = Place::bytes(path, IdPath::root(), bytes.clone());
    let most = MOST_BYTES / 1024 / 1024;
    match *what {
        What::TooLarge => (
            &broken_encoding::RULE,
            Finding::new(
                place,
                format!("文档超过 {most} MiB"),
                format!("the document is larger than {most} MiB"),
            )
            .help("请把它拆成几份文档", "split it into several documents"),
        ),
        What::ByteOrderMark => (
            &broken_encoding::RULE,
            Finding::new(
                place.clone(),
                "文档以字节顺序标记（BOM）开头",
                "the document begins with a byte-order mark (BOM)",
            )
            .label("BOM", "BOM")
            .help("请另存为“UTF-8（无 BOM）”", "save it as UTF-8 without BOM")
            .fix(place, ""),
        ),
        What::NotUtf8 => (
            &broken_encoding::RULE,
            Finding::new(place, "此处字节不是 UTF-8 编码", "these bytes are not UTF-8")
                .help("请另存为 UTF-8", "save it as UTF-8"),
        ),
        What::Hidden(c) | What::Escaped(c) => (&hidden_character::RULE, hidden(place, c)),
    }
}

fn hidden(place: Place, c: char) -> Finding {
    if matches!(c, '\n' | '\r') {
        return Finding::new(place, "文字中有换行", "a line break stands in the text")
            .arg("character", format_args!("U+{:04X}", u32::from(c)))
            .label("换行", "a line break")
            .help(
                "一段文字写成一行；几层意思请分条写",
                "a text stands on one line; several points are several provisions",
            );
    }
    let code = format!("U+{:04X}", u32::from(c));
    let (zh, en) = match c {
        '\t' => ("制表符", "tab"),
        '\u{200b}' => ("零宽空格", "zero-width space"),
        '\u{200c}' => ("零宽不连字", "zero-width non-joiner"),
        '\u{200d}' => ("零宽连字", "zero-width joiner"),
        '\u{200e}' => ("从左向右标记", "left-to-right mark"),
        '\u{200f}' => ("从右向左标记", "right-to-left mark"),
        '\u{a0}' => ("不换行空格", "no-break space"),
        '\u{ad}' => ("软连字符", "soft hyphen"),
        '\u{feff}' => ("字节顺序标记", "byte-order mark"),
        '\u{2060}' => ("词连接符", "word joiner"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("文字方向控制符", "direction control")
        }
        '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ("特殊空格", "unusual space"),
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => ("控制字符", "control character"),
        _ => ("不可见字符", "invisible character"),
    };
    let blank = matches!(c, '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}');
    let finding = Finding::new(
        place.clone(),
        format!("此处有看不见的字符：{zh}（{code}）"),
        format!("a character that nobody sees stands here: {en} ({code})"),
    )
    .arg("character", &code)
    .label(zh, en);
    if blank {
        finding.help("请改用普通空格，或删去", "write a plain space, or delete it").fix(place, " ")
    } else {
        finding.help("请删去这个字符", "delete the character").fix(place, "")
    }
}

fn doubled_keys(path: &Arc<str>, node: &Node, at: &IdPath, findings: &mut Vec<Finding>) {
    let members = node.members();
    let mut firsts: HashMap<&str, &span::Member> = HashMap::new();
    for member in members {
        let key = &member.key;
        let here = at.join(key);
        let first = *firsts.entry(key).or_insert(member);
        if !std::ptr::eq(first, member) {
            let value = |m: &span::Member| excerpt(&m.node);
            let (old, new) = (value(first), value(member));
            let finding = Finding::new(
                Place::bytes(path, here.clone(), member.key_bytes.clone()),
                format!("键“{key}”写了两次：先是 {old}，又是 {new}"),
                format!("the key `{key}` stands twice: first {old}, then {new}"),
            )
            .arg("key", key)
            .arg("first", old)
            .arg("second", new)
            .label("第二次", "the second")
            .help("请只留一个", "keep one of them")
            .related(
                Place::bytes(path, here.clone(), first.key_bytes.clone()),
                "第一次写在这里",
                "the first stands here",
            );
            report(&duplicate_key::RULE, findings, finding);
        }
        doubled_keys(path, &member.node, &here, findings);
    }
    for (element, word) in node.elements().iter().zip(node.words()) {
        doubled_keys(path, element, &at.join(word), findings);
    }
}

/// A value on one short line.
fn excerpt(node: &Node) -> String {
    let text = node.to_json().to_string();
    if text.chars().count() <= 40 {
        return text;
    }
    text.chars().take(39).chain(['…']).collect()
}
