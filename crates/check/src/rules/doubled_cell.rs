//! One measure has one line for one cell.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::provision::{Comparator, Form, Provision};

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
            let Some(bound) = bound(&provision.form) else {
                continue;
            };
            let mut before = item.provisions.iter().take(i);
            let first = before.find(|p| {
                p.measure() == provision.measure()
                    && p.cell == provision.cell
                    && bound_of(p).is_some_and(|other| other.meets(bound))
            });
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
                    at(id, if everyone { "id" } else { "cell" }),
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
                .related(at(other, if everyone { "id" } else { "cell" }), "另一条在这里", "the other stands here"),
            );
        }
    }
}

/// Which end of a measure a line sets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Least,
    Most,
    Both,
}

impl Bound {
    /// Whether two lines set the same end. A least and a most go together: 不低于…不超过….
    fn meets(self, other: Self) -> bool {
        self == other || self == Self::Both || other == Self::Both
    }
}

fn bound_of(provision: &Provision) -> Option<Bound> {
    bound(&provision.form)
}

/// None for what adds to another line, and so does not contradict it.
const fn bound(form: &Form) -> Option<Bound> {
    match form {
        Form::Supplement(..) | Form::Increase(..) => None,
        Form::Amount(Comparator::AtLeast, ..) => Some(Bound::Least),
        Form::Amount(Comparator::AtMost, ..) => Some(Bound::Most),
        Form::Amount(Comparator::Exactly, ..)
        | Form::Average(..)
        | Form::Share(..)
        | Form::Free
        | Form::Pegged(_)
        | Form::Coverage(_)
        | Form::Words(_) => Some(Bound::Both),
    }
}
