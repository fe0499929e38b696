//! One measure has one line for one cell.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::provision::Form;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "doubled-cell",
    level: Level::Error,
    document: include_str!("doubled_cell.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    for item in &entry.value.items {
        for (i, provision) in item.provisions.iter().enumerate() {
            // A supplement adds to a line of its own measure, and does not contradict it.
            if provision.measure.is_none() || matches!(provision.form, Form::Supplement(..)) {
                continue;
            }
            let mut before = item.provisions.iter().take(i);
            let first = before.find(|p| p.measure == provision.measure && p.cell == provision.cell);
            let Some(first) = first else {
                continue;
            };
            let at = |line: &str, key: &str| {
                document.place(&["items", item.id.as_str(), "provisions", line, key])
            };
            let (id, other, measure) =
                (provision.id.as_str(), first.id.as_str(), provision.measure());
            let everyone = provision.cell.is_everyone();
            let cell = provision.cell.to_string();
            sink.report(
                Finding::new(
                    at(id, if everyone { "measure" } else { "cell" }),
                    match everyone {
                        true => format!("“{id}”与“{other}”是同一指标“{measure}”，又都没有写适用范围"),
                        false => format!("“{id}”与“{other}”是同一指标“{measure}”，适用范围也相同：{cell}"),
                    },
                    match everyone {
                        true => format!("`{id}` and `{other}` have one measure, `{measure}`, and neither has a cell"),
                        false => format!("`{id}` and `{other}` have one measure, `{measure}`, and one cell: {cell}"),
                    },
                )
                .arg("measure", measure)
                .arg("first", other)
                .arg("second", id)
                .arg("cell", cell)
                .label("范围相同", "the same cell")
                .help(
                    "同一人群同一指标只能有一条：请改适用范围，或各用各的 measure",
                    "people have one line of a measure: mend the cell, or give each a measure of its own",
                )
                .related(at(other, if everyone { "measure" } else { "cell" }), "另一条在这里", "the other stands here"),
            );
        }
    }
}
