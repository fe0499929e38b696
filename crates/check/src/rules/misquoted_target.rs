//! The words of a target stand in the text of the plan.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::item::Transcribed;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "misquoted-target",
    level: Level::Error,
    document: include_str!("misquoted_target.md"),
    runs: Runs::OnDocument(check),
};

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
