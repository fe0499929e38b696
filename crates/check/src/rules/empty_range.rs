//! Ranges run from the least to the most.

use std::fmt::Display;

use jialiang_model::cell::CellValue;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::place::Place;
use jialiang_model::provision::{Form, Provision};

use crate::lines::written;
use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "empty-range",
    level: Level::Error,
    document: include_str!("empty_range.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    if let Doc::Adjustment(entry) = document {
        for written in written(&entry.value) {
            of_line(written.line, &|words| document.place(&written.words(words)), sink);
        }
    }
    let Doc::Edition(entry) = document else {
        return;
    };
    for item in &entry.value.items {
        let id = item.id.as_str();
        for (n, group) in item.recipients.iter().flat_map(|r| &r.groups).enumerate() {
            for (dimension, any_of) in group.iter() {
                for value in any_of.values() {
                    let (group, word) = (format!("[{n}]"), value.to_string());
                    let words =
                        ["items", id, "recipients", "groups", &group, dimension.as_str(), &word];
                    cell_value(value, || document.place(&words), sink);
                }
            }
        }
        for provision in &item.provisions {
            let line = provision.id.as_str();
            let at = |words: &[&str]| {
                document.place(&[&["items", id, "provisions", line], words].concat())
            };
            of_line(provision, &at, sink);
        }
    }
}

/// The ranges of a line.
fn of_line(provision: &Provision, at: &dyn Fn(&[&str]) -> Place, sink: &mut Sink<'_>) {
    for (dimension, value) in provision.cell.0.iter() {
        cell_value(value, || at(&["cell", dimension.as_str()]), sink);
    }
    match &provision.form {
        Form::Average(average, _) => {
            if let Some(band) = average.band.filter(|b| b.most < b.least) {
                sink.report(empty(at(&["band", "most"]), band.least, band.most));
            }
            if let Some(grades) = average.grades.filter(|g| g.most < g.least) {
                sink.report(empty(at(&["grades", "most"]), grades.least, grades.most));
            }
        }
        Form::Share(share, _) => {
            if let (Some(least), Some(most)) = (share.least, share.most)
                && most < least
            {
                sink.report(empty(at(&["share", "most"]), least, most));
            }
        }
        Form::Amount(..)
        | Form::Supplement(..)
        | Form::Increase(..)
        | Form::Free
        | Form::Pegged(_)
        | Form::Coverage(_)
        | Form::Words(_) => {}
    }
}

fn cell_value(value: &CellValue, place: impl Fn() -> Place, sink: &mut Sink<'_>) {
    if let CellValue::Range(least, Some(most)) = value
        && most < least
    {
        sink.report(empty(place(), least, most));
    }
}

fn empty(place: Place, least: impl Display, most: impl Display) -> Finding {
    Finding::new(
        place,
        format!("区间从 {least} 到 {most} 是空的：上限小于下限"),
        format!("the range from {least} to {most} is empty: its most is below its least"),
    )
    .arg("least", &least)
    .arg("most", &most)
    .label("上限小于下限", "the most is below the least")
    .help(format!("是否应为 {most} 到 {least}？"), format!("is it from {most} to {least}?"))
}
