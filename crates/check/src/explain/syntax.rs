//! Why a text is not JSON, for people who never asked what JSON is.

use std::sync::Arc;

use jialiang_model::finding::Finding;
use jialiang_model::place::{IdPath, Place};
use jialiang_model::read::span::{Syntax, Wrong};

use super::meant::half_width;

/// What stands where a text stops being JSON, and what to do.
pub(super) fn broken(path: &Arc<str>, text: &str, syntax: &Syntax) -> Finding {
    let finding = explained(path, text, syntax).arg("what", format_args!("{:?}", syntax.what));
    // A bracket that was deleted shows only later: where the innermost one was opened.
    let structural = matches!(
        syntax.what,
        Wrong::Key | Wrong::MissingComma | Wrong::CommaOrBrace | Wrong::CommaOrBracket
    );
    match syntax.open.filter(|_| structural && finding.related.is_empty()) {
        Some(open) => finding.related(
            Place::bytes(path, IdPath::root(), open..open + 1),
            "还在这个括号里面",
            "still inside this bracket",
        ),
        None => finding,
    }
}

fn explained(path: &Arc<str>, text: &str, syntax: &Syntax) -> Finding {
    let Syntax { bytes, what, open } = syntax;
    let at = |range| Place::bytes(path, IdPath::root(), range);
    let place = at(bytes.clone());
    if text.trim().is_empty() {
        return Finding::new(place, "文件是空的", "the file is empty")
            .help("请写上内容，或删去这个文件", "write the document, or delete the file");
    }
    let found = text.get(bytes.clone()).unwrap_or("");
    let rest = text.get(bytes.start..).unwrap_or("");
    if let Some(finding) = habit(&place, found, rest) {
        return finding;
    }
    let finding = |zh: &str, en: &str, help_zh: &str, help_en: &str| {
        Finding::new(place.clone(), zh, en).label(zh, en).help(help_zh, help_en)
    };
    match what {
        Wrong::Value => finding(
            "此处应有一个值",
            "a value is missing here",
            "请写上值，文字和数字都要加英文双引号",
            "write the value; texts and numbers stand in double quotes",
        ),
        Wrong::Key => finding(
            "此处应有带引号的键",
            "a quoted key is missing here",
            "键要写在英文双引号里",
            "write the key in double quotes",
        ),
        Wrong::Colon => finding(
            "键后缺少冒号",
            "the colon behind the key is missing",
            "请在键和值之间写半角冒号 :",
            "write `:` between key and value",
        ),
        Wrong::MissingComma => finding(
            "这里少一个逗号",
            "a comma is missing here",
            "请在这里加上逗号；若下一行属于外一层，则是少了右括号",
            "add the comma; where the next line belongs to what is around, a bracket is missing instead",
        )
        .fix(place.clone(), ","),
        Wrong::CommaOrBrace => finding(
            "此处应为逗号或 }",
            "a comma or `}` belongs here",
            "请看这一行和上一行的标点",
            "look at the punctuation of this line and the one before",
        ),
        Wrong::CommaOrBracket => finding(
            "此处应为逗号或 ]",
            "a comma or `]` belongs here",
            "请看这一行和上一行的标点",
            "look at the punctuation of this line and the one before",
        ),
        Wrong::TrailingComma => finding(
            "最后一项后面多了逗号",
            "a comma stands behind the last entry",
            "请删去这个逗号",
            "delete the comma",
        )
        .fix(place.clone(), ""),
        Wrong::Unclosed => finding(
            "引号没有闭合",
            "the quotes are not closed",
            "请补上右引号；一段文字写在一行里",
            "close the quotes; a text stands on one line",
        ),
        Wrong::Control if found == "\t" => finding(
            "文字中有制表符（Tab）",
            "a tab stands in the text",
            "请改用普通空格，或删去",
            "write a plain space, or delete it",
        )
        .fix(place.clone(), " "),
        Wrong::Control => finding(
            "文字中有控制字符",
            "a control character stands in the text",
            "请删去它",
            "delete it",
        )
        .fix(place.clone(), ""),
        Wrong::Escape => {
            let letter = found.chars().nth(1).unwrap_or(' ');
            finding(
                &format!("反斜杠后面不能跟“{letter}”"),
                &format!("a backslash cannot stand before `{letter}`"),
                "多余的请删去；确要反斜杠的，写作 \\\\",
                "delete it; where a backslash is meant, write two",
            )
        }
        Wrong::Number => finding(
            "数字写法不合 JSON",
            "this is not how JSON writes a number",
            "数字写成字符串，如 \"720\"",
            "write numbers as strings, such as \"720\"",
        ),
        Wrong::Trailing => finding(
            "文档结束后还有内容",
            "something stands behind the end of the document",
            "每个文件只放一份文档；括号是否多了一个？",
            "keep one document in each file; is there a bracket too many?",
        ),
        Wrong::End => {
            let finding = finding(
                "有括号没有闭合，文档就结束了",
                "the document ends before a bracket is closed",
                "请补上右括号",
                "close the bracket",
            );
            match open {
                Some(open) => finding.related(
                    at(*open..open + 1),
                    "从这里打开，没有闭合",
                    "opened here and never closed",
                ),
                None => finding,
            }
        }
        Wrong::Depth => finding(
            "嵌套过深",
            "the nesting is too deep",
            "文档不会这样深，请检查括号",
            "no document is this deep: check the brackets",
        ),
    }
}

/// What people write out of habit: a Chinese input method, other languages, git.
fn habit(place: &Place, found: &str, rest: &str) -> Option<Finding> {
    let finding = |zh: &str, en: &str, help_zh: &str, help_en: &str| {
        Some(Finding::new(place.clone(), zh, en).label(zh, en).help(help_zh, help_en))
    };
    if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| rest.starts_with(mark)) {
        return finding(
            "这里还留着 git 合并冲突的标记",
            "a git merge conflict was left here",
            "请选定一边，并删去 <<<<<<<、=======、>>>>>>> 三行",
            "choose a side and delete the three marker lines",
        );
    }
    if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#') {
        return finding(
            "JSON 里不能写注释",
            "JSON has no comments",
            "请删去；要说明的写进来源的 \"note\"",
            "delete it; remarks go into the `note` of a source",
        );
    }
    if rest.starts_with('\'') {
        return finding(
            "这里用了单引号，JSON 只认英文双引号",
            "single quotes stand here; JSON wants double ones",
            "请改为英文双引号 \"",
            "write double quotes",
        );
    }
    let ascii = found.chars().next().and_then(half_width)?;
    if ascii == '"' {
        return finding(
            "此处是中文引号，JSON 要求英文双引号 \"",
            "a Chinese quote stands here; JSON wants the ASCII \"",
            "请切换到英文输入法，把前后两个引号都改为 \"",
            "type both quotes with the input method switched off",
        );
    }
    let made = finding(
        &format!("此处是全角“{found}”，JSON 要求半角 {ascii}"),
        &format!("a full-width `{found}` stands here; JSON wants the ASCII `{ascii}`"),
        &format!("请切换到英文输入法，改为 {ascii}"),
        &format!("type `{ascii}` with the input method switched off"),
    )?;
    Some(made.arg("found", found).fix(place.clone(), ascii))
}
