//! The cold path: why a document could not be read, everything at once.

pub(crate) mod schema;

use std::sync::Arc;

use jialiang_model::finding::Finding;
use jialiang_model::place::{IdPath, Place};
use jialiang_model::read::lexical::{self, What};
use jialiang_model::read::span::{self, Node, Syntax, Wrong};
use jialiang_model::read::{self, MOST_BYTES};
use jialiang_store::{Texts, Unreadable};

use crate::rule::{Rule, Sink};
use crate::rules::{
    broken_encoding, broken_json, duplicate_key, hidden_character, schema_violation,
};

/// Everything that is wrong with a document that could not be read.
pub(crate) fn unreadable(document: &Unreadable, texts: &Texts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Unreadable { path, kind } = document;
    let bytes = match texts.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let zh = format!("文档刚才还在，现在无法读取：{error}");
            let en = format!("the document stood here a moment ago and cannot be read now: {error}");
            report(&broken_encoding::RULE, &mut findings, Finding::new(Place::document(path), zh, en));
            return findings;
        }
    };
    for offence in lexical::offences(&bytes) {
        let (rule, finding) = offending(path, &offence);
        report(rule, &mut findings, finding);
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return findings;
    };
    if bytes.len() > MOST_BYTES {
        return findings;
    }
    // A byte-order mark is reported above and must not hide the rest.
    let (mark, json) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ('\u{feff}'.len_utf8(), rest),
        None => (0, text),
    };
    match span::parse(json) {
        Err(syntax) => {
            let finding = broken(path, json, &syntax, mark);
            report(&broken_json::RULE, &mut findings, finding);
        }
        Ok(node) => {
            let mut from_json = Vec::new();
            doubled_keys(path, &node, &IdPath::root(), &mut from_json);
            schema::violations(path, *kind, &node, &mut from_json);
            if mark > 0 {
                from_json.iter_mut().for_each(|f| shift(f, mark));
            }
            findings.extend(from_json);
        }
    }
    if findings.is_empty() {
        // The types refuse what the schema accepts: our fault, and still no silence.
        let said = read::scan(&bytes).and_then(|text| kind.read(text).err());
        let said = said.map_or_else(String::new, |fault| format!("{fault} ({}:{})", fault.line, fault.column));
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

fn offending(path: &Arc<str>, offence: &lexical::Offence) -> (&'static Rule, Finding) {
    let lexical::Offence { bytes, what } = offence;
    let place = Place::bytes(path, IdPath::root(), bytes.clone());
    match *what {
        What::TooLarge => (
            &broken_encoding::RULE,
            Finding::new(
                place,
                format!("文档超过 {} MiB", MOST_BYTES / 1024 / 1024),
                format!("the document is larger than {} MiB", MOST_BYTES / 1024 / 1024),
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
                .label("不是 UTF-8", "not UTF-8")
                .help(
                    "文件可能是 GBK 编码：请用编辑器以原编码打开，另存为 UTF-8",
                    "the file may be in GBK: open it in its own encoding and save it as UTF-8",
                ),
        ),
        What::Hidden(c) | What::Escaped(c) => {
            let code = format!("U+{:04X}", u32::from(c));
            let finding = Finding::new(
                place.clone(),
                format!("此处有看不见的字符 {code}，读者无法察觉它"),
                format!("a character that nobody sees stands here: {code}"),
            )
            .arg("character", &code)
            .label(code.clone(), code)
            .help(
                "请删去这个字符；若要空格，请改用普通空格",
                "delete the character; where a blank is meant, write a plain space",
            );
            (&hidden_character::RULE, finding.fix(place, ""))
        }
    }
}

fn broken(path: &Arc<str>, text: &str, syntax: &Syntax, mark: usize) -> Finding {
    let Syntax { bytes, what } = syntax;
    let found = text.get(bytes.clone()).unwrap_or("");
    let place = Place::bytes(path, IdPath::root(), bytes.start + mark..bytes.end + mark);
    if let Some(ascii) = found.chars().next().and_then(half_width) {
        return Finding::new(
            place.clone(),
            format!("此处是全角“{found}”，JSON 要求半角 {ascii}"),
            format!("a full-width `{found}` stands here; JSON wants the ASCII `{ascii}`"),
        )
        .arg("found", found)
        .label(format!("应为半角 {ascii}"), format!("write `{ascii}`"))
        .help(
            format!("请切换到英文输入法，改为 {ascii}"),
            format!("type `{ascii}` with the input method switched off"),
        )
        .fix(place, ascii);
    }
    let (zh, en, help_zh, help_en) = match what {
        Wrong::Value => ("此处应有一个值", "a value is missing here", "请写上值，文字和数字都要加引号", "write the value; texts and numbers stand in quotes"),
        Wrong::Key => ("此处应有带引号的键", "a quoted key is missing here", "键要写在英文双引号里", "write the key in double quotes"),
        Wrong::Colon => ("键后缺少冒号", "the colon behind the key is missing", "请在键和值之间写 :", "write `:` between key and value"),
        Wrong::CommaOrBrace => ("此处应为逗号或 }", "a comma or `}` is missing here", "两行之间少了逗号？", "is a comma missing between two lines?"),
        Wrong::CommaOrBracket => ("此处应为逗号或 ]", "a comma or `]` is missing here", "两行之间少了逗号？", "is a comma missing between two lines?"),
        Wrong::TrailingComma => ("最后一项后面多了逗号", "a comma stands behind the last element", "请删去上一项末尾的逗号", "delete the comma behind the element before"),
        Wrong::Unclosed => ("引号没有闭合", "the quotes are not closed", "请补上右引号；一段文字写在一行里", "close the quotes; a text stands on one line"),
        Wrong::Control => ("文字中有控制字符", "a control character stands in the text", "请删去它（多为制表符）", "delete it (often a tab)"),
        Wrong::Escape => ("JSON 没有这种转义", "JSON has no such escape", "反斜杠本身写作 \\\\", "a backslash itself is written `\\\\`"),
        Wrong::Number => ("数字写法不合 JSON", "this is not how JSON writes a number", "数字写成字符串，如 \"720\"", "write numbers as strings, such as \"720\""),
        Wrong::Trailing => ("文档结束后还有内容", "something stands behind the end of the document", "每个文件只放一份文档", "keep one document in each file"),
        Wrong::End => ("文档没有写完", "the document ends too early", "括号或引号没有闭合", "a bracket or quote is not closed"),
        Wrong::Depth => ("嵌套过深", "the nesting is too deep", "文档不会这样深，请检查括号", "no document is this deep: check the brackets"),
    };
    Finding::new(place, zh, en).label(zh, en).help(help_zh, help_en)
}

/// The ASCII character that a full-width one was typed for.
pub(crate) fn half_width(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' => Some(' '),
        '“' | '”' => Some('"'),
        '、' => Some(','),
        '。' => Some('.'),
        '—' | '–' => Some('-'),
        '〔' | '【' => Some('['),
        '〕' | '】' => Some(']'),
        _ => None,
    }
}

fn doubled_keys(path: &Arc<str>, node: &Node, at: &IdPath, findings: &mut Vec<Finding>) {
    let members = node.members();
    for (i, member) in members.iter().enumerate() {
        let key = &member.key;
        let here = at.join(key);
        if let Some(first) = members.iter().take(i).find(|m| m.key == *key) {
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
    for (i, element) in node.elements().iter().enumerate() {
        doubled_keys(path, element, &at.join(node.word_of(i)), findings);
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
