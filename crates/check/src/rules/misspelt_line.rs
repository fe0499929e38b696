//! A line goes on under the id that it has.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::provision::Provision;

use crate::lines::{Written, written};
use crate::record::{Kin, Record};
use crate::rule::{Rule, Runs, Sink, Subject, place};
use crate::similar::misspelt;

pub(crate) static RULE: Rule = Rule {
    name: "misspelt-line",
    level: Level::Warning,
    document: include_str!("misspelt_line.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    for entry in registry.adjustments.values() {
        let here = Record::document(registry, entry);
        let all = written(&entry.value);
        for (i, one) in all.iter().enumerate() {
            let (item, measure) = (one.item, one.line.measure());
            let before =
                |other: &Written<'_>| other.item == item && other.line.measure() == measure;
            // Who says which line it goes on meant it.
            if one.line.continues.is_some() || all.iter().take(i).any(before) {
                continue;
            }
            let kin = subject.record().kin(&entry.value, item);
            let others: Vec<&Kin<'_>> =
                kin.into_iter().filter(|kin| kin.document.path != here.path).collect();
            let names = |kin: &Kin<'_>| [&kin.line.id, kin.line.measure()].contains(&measure);
            if others.iter().any(|kin| names(kin)) {
                continue;
            }
            let near = others.iter().find_map(|kin| {
                let mut times = others.iter().filter(|one| one.line.id == kin.line.id);
                let again = times.any(|one| one.document.path != kin.document.path);
                if !alike(one.line, kin.line) || !(again || kin.document < here) {
                    return None;
                }
                let words = [kin.line.id.as_str(), kin.line.measure().as_str()];
                Some((kin, misspelt(measure.as_str(), words)?))
            });
            let Some((near, other)) = near else { continue };
            let key = if one.line.measure.is_some() { "measure" } else { "id" };
            sink.report(
                Finding::new(
                    place(&entry.path, &one.words(&[key])),
                    format!("“{item}”的“{measure}”与已有的“{other}”只差一点，适用范围、单位所指相同，却另起了一条"),
                    format!("`{measure}` of `{item}` is all but spelt as `{other}`, for the same people, and starts a measure of its own"),
                )
                .arg("item", item)
                .arg("measure", measure)
                .arg("other", other)
                .label("另起了一条", "a measure of its own")
                .help(
                    format!("是否应为“{other}”？确为另一条的，请取明显不同的标识"),
                    format!("did you mean `{other}`? Where it is another, give it a name that is plainly another"),
                )
                .related(near.at("id"), "已有的一条", "the line on record"),
            );
        }
    }
}

/// Whether two lines could be one: for the same people, counted in the same things.
fn alike(one: &Provision, other: &Provision) -> bool {
    let (Some(mine), Some(theirs)) = (one.form.scale(), other.form.scale()) else { return false };
    one.cell == other.cell
        && mine.unit.quantity == theirs.unit.quantity
        && mine.unit.subject == theirs.unit.subject
}
