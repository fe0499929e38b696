//! A local edition comes within six months of the one above.

use jialiang_model::date::{Day, PartialDate};
use jialiang_model::finding::{Finding, Level};
use jialiang_model::lookup::editions;

use crate::dated::{followed, known, months_after, outside};
use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "overdue-implementation",
    level: Level::Note,
    document: include_str!("overdue_implementation.md"),
    runs: Runs::OnRegistry(check),
};

/// How many months a place has.
const MONTHS: u32 = 6;

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    let of = |standard: &jialiang_model::id::StandardId| {
        let mut all = editions(registry, standard);
        all.sort_by_key(|entry| entry.value.id());
        all.into_iter()
    };
    for local in registry.standards.values() {
        let Some(implements) = &local.value.implements else { continue };
        for above in of(&implements.standard) {
            let issued = known(registry, &above.value).map(PartialDate::last_day);
            let Some(issued) = issued.and_then(Day::of) else { continue };
            let Some(due) = months_after(issued, MONTHS) else { continue };
            let version = &above.value.version;
            if !implements.versions.admits(version) {
                continue;
            }
            // The edition that says it is written on it; else the first one after it.
            let mut written = of(&local.value.id)
                .filter(|one| one.value.difference_from.as_ref() == Some(&above.value.id()));
            let first = match written.next() {
                Some(one) => known(registry, &one.value).map(|date| (date, one)),
                None => {
                    let dated = of(&local.value.id)
                        .filter(|one| one.value.difference_from.is_none())
                        .filter_map(|one| Some((known(registry, &one.value)?, one)));
                    let after = dated.filter(|(date, _)| date.last_day() >= issued.date());
                    let next = after.min_by_key(|(date, _)| date.last_day());
                    if next.is_none() {
                        none(subject, local, above, due, sink);
                    }
                    next
                }
            };
            let Some((date, entry)) = first else { continue };
            if date.first_day() <= due.date() {
                continue;
            }
            sink.report(
                Finding::new(
                    place(&entry.path, &["version"]),
                    format!("本版 {date} 才公布，上级 {version} 版是 {issued}：超过 {MONTHS} 个月"),
                    format!("this edition came on {date}, more than {MONTHS} months after the one above, {version}, of {issued}"),
                )
                .arg("above", version)
                .arg("due", due)
                .label("落实超期", "overdue")
                .related(place(&above.path, &["version"]), "上级的版本", "the edition above"),
            );
        }
    }
}

/// No edition on record: late only where the place's documents are followed so far.
fn none(
    subject: &Subject<'_>,
    local: &jialiang_model::Entry<jialiang_model::kind::Standard>,
    above: &jialiang_model::Entry<jialiang_model::kind::Edition>,
    due: Day,
    sink: &mut Sink<'_>,
) {
    let (id, version) = (&local.value.id, &above.value.version);
    // A place that was not there by then, or is no more, was not to do it by then.
    let here = subject.loaded.registry.jurisdictions.get(id.place());
    let due_on = PartialDate::Day(due.date());
    if here.is_some_and(|here| outside(&here.value, due_on).is_some()) {
        return;
    }
    let through = followed(&subject.loaded.registry, id.place(), id.as_str(), None);
    if through.is_none_or(|through| through <= due) || subject.on.is_none_or(|on| on <= due) {
        return;
    }
    sink.report(
        Finding::new(
            place(&local.path, &["implements"]),
            format!("上级 {version} 版应在 {due} 前落实，此后没有本地版本在记录中"),
            format!("the edition above, {version}, was to be implemented by {due}, and no local edition since is on record"),
        )
        .arg("above", version)
        .arg("due", due)
        .label("尚未落实", "not implemented")
        .related(place(&above.path, &["version"]), "上级的版本", "the edition above"),
    );
}
