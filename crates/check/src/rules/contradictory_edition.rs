//! An edition says what its own instrument says.

use jialiang_diff::words;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::adjustment::Act;
use jialiang_model::order::Order;
use jialiang_model::provision::Provision;

use crate::lines::{Written, written};
use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "contradictory-edition",
    level: Level::Error,
    document: include_str!("contradictory_edition.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else { return };
    let edition = &entry.value;
    let Some(instrument) = &edition.instrument else { return };
    let own: Vec<_> = subject
        .made_by(instrument)
        .iter()
        .filter(|one| one.value.standard == edition.standard)
        .flat_map(|one| {
            // A base is what was there before; what was seen is no word of the instrument.
            let sets = |i: &str| {
                let at = i.trim_start_matches('[').trim_end_matches(']').parse::<usize>().ok();
                let operation = at.and_then(|at| one.value.operations.get(at));
                operation.is_some_and(|o| matches!(o.act, Act::Set { .. } | Act::Confirm(_)))
            };
            written(&one.value)
                .into_iter()
                .filter(move |line| line.words.get(1).is_some_and(|i| sets(i)))
                .map(move |line| (&one.path, line))
        })
        .collect();
    if own.is_empty() {
        return;
    }
    for item in &edition.items {
        for line in &item.provisions {
            // By its id; else by its measure and cell, where no other line has both.
            let alike =
                |other: &Provision| other.measure() == line.measure() && other.cell == line.cell;
            let named = |one: &Written<'_>| *one.item == item.id && one.line.id == line.id;
            let by_id = own.iter().any(|(_, one)| named(one));
            let alone = item.provisions.iter().filter(|other| alike(other)).count() == 1;
            let same = own.iter().filter(|(_, one)| {
                let by_cell = !by_id && alone && *one.item == item.id;
                alike(one.line) && (named(one) || by_cell)
            });
            // One instrument may fix several values for several days: the edition prints one.
            let mut others = Vec::new();
            let mut agrees = false;
            for one in same {
                match one.1.line.form.compare(&line.form) {
                    Order::Equal | Order::Undecided(_) => agrees = true,
                    Order::Better | Order::Worse => others.push(one),
                }
            }
            let Some((path, other)) = others.first().filter(|_| !agrees) else { continue };
            let (printed, said) = (words::form(&line.form), words::form(&other.line.form));
            let (of, id) = (item.id.as_str(), line.id.as_str());
            sink.report(
                Finding::new(
                    document.place(&["items", of, "provisions", id]),
                    format!("“{of}/{id}”在本版为{}，而公布本版的文件定为{}", printed.zh, said.zh),
                    format!("`{of}/{id}` is {} in this edition, and {} in the instrument that published it", printed.en, said.en),
                )
                .arg("item", of)
                .arg("line", id)
                .arg("instrument", &said.en)
                .label("与文件不符", "not what the instrument says")
                .help(
                    "请对照文件，改正录错的一处",
                    "compare both with the document, and mend the one that was copied wrongly",
                )
                .related(place(path, &other.words(&[])), "文件所定", "what the instrument says"),
            );
        }
    }
}
