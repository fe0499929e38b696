//! What is said of a word that names nothing, or several things.

use jialiang_model::lookup::{Missing, Named};

/// How many are told of what a word may mean.
const MOST: usize = 20;

/// The sentence, in Chinese and in English.
pub(super) fn sentence(word: &str, why: &Missing) -> (String, String) {
    let lines = |all: &[Named], zh: bool| -> String {
        let line = |one: &Named| {
            let name = if zh { &one.name.zh } else { &one.name.en };
            format!("\n  {}  {name}", one.address)
        };
        let more = all.len().saturating_sub(MOST);
        let more = match (more, zh) {
            (0, _) => String::new(),
            (more, true) => format!("\n  另有 {more} 个"),
            (more, false) => format!("\n  and {more} more"),
        };
        all.iter().take(MOST).map(line).collect::<String>() + &more
    };
    match why {
        Missing::Nothing(near) if near.is_empty() => (
            format!("登记库里没有“{word}”；jialiang list 列出有什么，jialiang find 词语 可以查找"),
            format!(
                "nothing on record is called `{word}`; jialiang list tells what there is, jialiang find WORD looks for words"
            ),
        ),
        Missing::Nothing(near) => (
            format!("登记库里没有“{word}”；是否指：{}", lines(near, true)),
            format!("nothing on record is called `{word}`; did you mean:{}", lines(near, false)),
        ),
        Missing::Ambiguous(all) => (
            format!("“{word}”所指不止一个，请写出地址：{}", lines(all, true)),
            format!("`{word}` may be any of these, so write the address:{}", lines(all, false)),
        ),
        Missing::Agency(all) => (
            format!(
                "“{word}”是单位，不单独登记；请写它所属的行政区划（jialiang find {word} 可以查找）：{}",
                lines(all, true)
            ),
            format!(
                "`{word}` is an agency, which has no record of its own; write its place (jialiang find {word} looks for it):{}",
                lines(all, false)
            ),
        ),
    }
}
