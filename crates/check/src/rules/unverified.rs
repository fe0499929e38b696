//! What nobody has compared with its source is told apart.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::sources::{Cited, each_source};

pub(crate) static RULE: Rule = Rule {
    name: "unverified",
    level: Level::Note,
    document: include_str!("unverified.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    each_source(document, &mut |Cited { source, words, what, name: _ }| {
        if source.verified {
            return;
        }
        let note = source.note.as_ref();
        let finding = Finding::new(
            document.place(&[words, &["source", "verified"]].concat()),
            match note {
                Some(note) => format!("“{what}”尚未与来源核对（{note}）"),
                None => format!("“{what}”尚未与来源核对"),
            },
            match note {
                Some(note) => format!("`{what}` has not been compared with its source ({note})"),
                None => format!("`{what}` has not been compared with its source"),
            },
        )
        .arg("what", what)
        .label("未核对", "unverified")
        .help(
            "核对原文后写 \"verified\": true；未核对也可以先登记",
            "compare it with its source and write \"verified\": true; until then it may stand as it is",
        );
        sink.report(finding);
    });
}
