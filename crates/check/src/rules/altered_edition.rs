//! A published edition does not change.

use std::sync::Arc;

use jialiang_diff::{Edit, Slot, Value, altered, can_be_mended, words};
use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::{Document, Edition};
use jialiang_model::place::Place;
use jialiang_store::{Base, Was};

use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "altered-edition",
    level: Level::Error,
    document: include_str!("altered_edition.md"),
    runs: Runs::OnBase(check),
};

/// Whether an edition was published when the edit began: it was no draft, and the instrument
/// that it names, where that was on record, was known to have been issued.
pub(crate) fn was_published(subject: &Subject<'_>, base: &Base, edition: &Edition) -> bool {
    let instrument = edition.instrument.as_ref();
    let instrument = instrument.and_then(|id| base.instrument(&subject.loaded.registry, id));
    edition.draft != Some(true) && instrument.is_none_or(|i| i.known().is_some())
}

fn check(subject: &Subject<'_>, base: &Base, sink: &mut Sink<'_>) {
    for (path, was) in base.differing() {
        let Was::Document(Document::Edition(before)) = was else { continue };
        if !was_published(subject, base, before) {
            continue;
        }
        let Some(now) = subject.loaded.registry.editions.get(&before.id()) else {
            if !subject.is_there(path) {
                let was = Place::document(&base.path(path));
                sink.report(
                    Finding::new(
                        Place::document(path),
                        format!("已公布的版本 {} 被删除", before.id()),
                        format!("the published edition {} is gone", before.id()),
                    )
                    .arg("edition", before.id())
                    .help(
                        format!("请恢复它：{}；已公布的版本不删，作废由新文件宣布", base.checkout(path)),
                        format!("bring it back: {}; a published edition stays, and only an instrument ends it", base.checkout(path)),
                    )
                    .related(was, "原来在这里", "it stood here"),
                );
            }
            continue;
        };
        if let Some(finding) = unpublished(subject, &now.path, &now.value) {
            sink.report(finding);
        }
        for (slot, edit) in altered(before, &now.value) {
            let (was, is) = (edit.expects.as_ref(), edit.leaves.as_ref());
            let then = Place::at(&base.path(path), slot.path_of(was, is));
            let here = Place::at(&now.path, slot.path_of(is, was));
            sink.report(changed(here, then, &slot, &edit));
        }
    }
}

/// A published edition that names an instrument which is not known to have been issued would
/// be published no more.
fn unpublished(subject: &Subject<'_>, path: &Arc<str>, now: &Edition) -> Option<Finding> {
    let id = now.instrument.as_ref()?;
    let instrument = subject.loaded.registry.instruments.get(id)?;
    if instrument.value.known().is_some() {
        return None;
    }
    let finding = Finding::new(
        place(path, &["instrument"]),
        format!("已公布的版本改由没有日期的文件 {id} 公布，就不再算公布过"),
        format!(
            "the published edition names {id}, which has no date: it would be published no more"
        ),
    )
    .arg("instrument", id)
    .label("没有日期", "no date")
    .help(
        format!("请在 {} 里写上印发或公布日期", instrument.path),
        format!("write in {} when it was issued or published", instrument.path),
    );
    Some(finding.related(Place::document(&instrument.path), "没有日期的文件", "without a date"))
}

fn changed(now: Place, was: Place, slot: &Slot, edit: &Edit) -> Finding {
    let [before, after] = words::pair(edit.expects.as_ref(), edit.leaves.as_ref());
    let path = slot.path();
    let what = path.to_string();
    let finding = Finding::new(
        now,
        format!("已公布的版本改了 {what}：原为“{}”，现为“{}”", before.zh, after.zh),
        format!(
            "the published edition says otherwise at {what}: `{}` before, `{}` now",
            before.en, after.en
        ),
    )
    .arg("was", exact(&edit.expects))
    .arg("is", exact(&edit.leaves))
    .label(format!("原为“{}”", before.zh), format!("`{}` before", before.en))
    .related(was, "原来的写法", "it was so");
    if !can_be_mended(slot) {
        return finding.help(
            "请恢复原值；标准有调整，请另写一版",
            "bring the value back; where the standard has changed, write a new edition",
        );
    }
    finding.help(
        format!("标准有调整，请另写一版；是录错的，请恢复原值，或在 errata 里写明：{{ \"what\": \"{what}\", \"why\": \"…\", \"day\": \"…\" }}"),
        format!("where the standard has changed, write a new edition; where our copy was wrong, say so under errata: {{ \"what\": \"{what}\", \"why\": \"…\", \"day\": \"…\" }}"),
    )
}

/// A value as a fingerprint tells it from others.
fn exact(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(|| "—".to_owned(), Value::exact)
}
