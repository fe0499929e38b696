//! A line goes on under the id that it has.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::provision::Provision;

use crate::lines::written;
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
            let (item, id) = (one.item, one.line.id.as_str());
            let before = |other: &crate::lines::Written<'_>| {
                other.item == item && other.line.id == one.line.id
            };
            // Who says that it goes on another line, or is of its measure, meant it.
            if one.line.continues.is_some()
                || one.line.measure.is_some()
                || all.iter().take(i).any(before)
            {
                continue;
            }
            let kin = subject.record().kin(&entry.value, item);
            let others: Vec<&Kin<'_>> =
                kin.into_iter().filter(|kin| kin.document.path != here.path).collect();
            let has =
                |kin: &&Kin<'_>| kin.line.id == one.line.id || *kin.line.measure() == one.line.id;
            if others.iter().any(has) {
                continue;
            }
            let mine = |id: &str| {
                all.iter().any(|other| other.item == item && other.line.id.as_str() == id)
            };
            let near = others.iter().find(|kin| {
                let other = kin.line.id.as_str();
                let times = || others.iter().filter(|one| one.line.id == kin.line.id);
                let documents = || times().any(|one| one.document.path != kin.document.path);
                misspelt(id, [other]).is_some()
                    && !mine(other)
                    && alike(one.line, kin.line)
                    && (kin.document < here || documents())
            });
            let Some(near) = near else { continue };
            let other = &near.line.id;
            sink.report(
                Finding::new(
                    place(&entry.path, &one.words(&["id"])),
                    format!("“{item}”的“{id}”是新条目，与已有的“{other}”只差一点：数值、单位所指相同，却另起了一条"),
                    format!("`{id}` of `{item}` is a new line, all but spelt as `{other}`, for the same people: it starts a measure of its own"),
                )
                .arg("item", item)
                .arg("line", id)
                .arg("other", other)
                .label("另起了一条", "a line of its own")
                .help(
                    format!("是否应为“{other}”？确为另一条的，请取明显不同的标识"),
                    format!("did you mean `{other}`? Where it is another line, give it an id that is plainly another"),
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
