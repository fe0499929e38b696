//! The words of a target stand in the text of the plan.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::item::Transcribed;
use jialiang_model::kind::plan::Aim;
use jialiang_model::number::Number;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "misquoted-target",
    level: Level::Error,
    document: include_str!("misquoted_target.md"),
    runs: Runs::OnDocument(check),
};

/// The number that a target turns on, and the key under which it stands.
fn number_of(aim: &Aim) -> Option<(&'static str, Number)> {
    match aim {
        Aim::Number(comparator, number, _) => Some((comparator.key(), *number)),
        Aim::Each(each, _) => Some(("each", each.least)),
        Aim::Reach(_) | Aim::Zero(_) | Aim::Every(_) | Aim::Words(_) => None,
    }
}

/// Whether words hold a number: in digits, in ten thousands, or as one Chinese numeral.
fn says(words: &str, number: Number) -> bool {
    let text = number.to_string();
    let stands = |text: &str, behind: &str| {
        words.match_indices(text).any(|(at, _)| {
            let before = words.get(..at).and_then(|part| part.chars().next_back());
            let mut after = words.get(at + text.len()..).unwrap_or_default().chars();
            let (next, second) = (after.next(), after.next());
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let runs_on = digit(next) || next == Some('.') && digit(second);
            !digit(before)
                && before != Some('.')
                && !runs_on
                && (behind.is_empty() || next.is_some_and(|c| behind.contains(c)))
        })
    };
    let numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let numeral = text.parse::<usize>().ok().and_then(|n| numerals.get(n));
    stands(&text, "")
        || numeral.is_some_and(|numeral| words.contains(numeral))
        || text.strip_suffix("0000").is_some_and(|tens| stands(tens, "万"))
}

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Plan(entry) = document else {
        return;
    };
    let plan = &entry.value;
    for placed in plan.every_target() {
        let excerpt = placed.target.excerpt.as_str();
        let (stands, known) = match placed.part {
            Some((_, _, part)) => {
                let texts = part.text.iter().chain(std::iter::once(&part.title));
                (
                    texts.into_iter().any(|text| text.zh.as_str().contains(excerpt)),
                    part.text.is_some(),
                )
            }
            None => {
                let stands = plan.preface.iter().any(|text| text.zh.as_str().contains(excerpt));
                (stands, plan.transcribed == Transcribed::Full)
            }
        };
        if let Some((key, number)) = number_of(&placed.target.aim)
            && !says(excerpt, number)
        {
            let words = [placed.words(), vec![key]].concat();
            let id = placed.target.id.as_str();
            sink.report(
                Finding::new(
                    document.place(&words),
                    format!("目标“{id}”登记为 {number}，它摘录的“{excerpt}”里没有这个数"),
                    format!("the target `{id}` is {number} on record, and its words `{excerpt}` do not hold that number"),
                )
                .arg("target", id)
                .arg("value", number)
                .arg("excerpt", excerpt)
                .label("摘录里没有", "not in its words")
                .help(
                    "请核对原文的数字；原文用“全部”“全覆盖”的，写 coverage，不写 100%",
                    "look at the number in the source; what says 全部 or 全覆盖 is `coverage`, not 100%",
                ),
            );
        }
        if !stands && known {
            let id = placed.target.id.as_str();
            let mut words = placed.words();
            words.push("excerpt");
            sink.report(
                Finding::new(
                    document.place(&words),
                    format!("目标“{id}”摘录的“{excerpt}”不在它所在的原文里"),
                    format!("the words `{excerpt}` of the target `{id}` do not stand in the text around it"),
                )
                .arg("target", id)
                .arg("excerpt", excerpt)
                .label("原文里没有", "not in the text")
                .help(
                    "请照原文摘录，一字不改；目标在别处的，移到那里",
                    "quote the text to the letter, or move the target to where its words stand",
                ),
            );
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_in_words_as_people_write_it() {
        let cases = [
            ("毛入园率达到93%", "93", true),
            ("毛入园率达到193%", "93", false),
            ("毛入园率达到93.5%", "93", false),
            ("达到4.5个", "4.5", true),
            ("达到4.5个", "5", false),
            ("每年新增1万人储备量", "10000", true),
            ("储备总量达到13万人规模", "130000", true),
            ("储备总量达到13人规模", "130000", false),
            ("一区一书城", "1", true),
            ("一区一书城", "2", false),
            ("全部通过", "100", false),
        ];
        for (words, number, stands) in cases {
            assert_eq!(says(words, Number::parse(number).unwrap()), stands, "{words} {number}");
        }
    }
}
