//! An id that was in use stays on record.

use std::collections::BTreeSet;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::kind::{Document, Standard};
use jialiang_model::place::Place;
use jialiang_store::{Base, Was};

use super::altered_edition::was_published;
use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "vanished-id",
    level: Level::Error,
    document: include_str!("vanished_id.md"),
    runs: Runs::OnBase(check),
};

fn check(subject: &Subject<'_>, base: &Base, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    for (path, was) in base.differing() {
        let Was::Document(document) = was else { continue };
        match document {
            Document::Jurisdiction(before) if !registry.jurisdictions.contains_key(&before.id) => {
                if !subject.is_there(path) {
                    sink.report(gone(base, path, "行政区划", "place", before.id.as_str()));
                }
            }
            Document::Standard(before) => match registry.standards.get(&before.id) {
                None if subject.is_there(path) => {}
                // What was never published may go.
                None if base.editions(registry, &before.id).next().is_none() => {}
                None => sink.report(gone(base, path, "标准", "standard", before.id.as_str())),
                Some(now) => items(subject, base, before, &now.path, &now.value, sink),
            },
            Document::Plan(before) if !registry.plans.contains_key(&before.id) => {
                if !subject.is_there(path) {
                    sink.report(gone(base, path, "规划", "plan", before.id.as_str()));
                }
            }
            Document::Indicators(before) => match registry.indicators.get(&before.id) {
                None if subject.is_there(path) => {}
                None => sink.report(gone(
                    base,
                    path,
                    "指标表",
                    "table of indicators",
                    before.id.as_str(),
                )),
                Some(now) => {
                    let kept = |id: &Id| now.value.indicators.iter().any(|i| i.id == *id);
                    for indicator in before.indicators.iter().filter(|i| !kept(&i.id)) {
                        let id = indicator.id.as_str();
                        let was = place(&base.path(path), &["indicators", id]);
                        sink.report(
                            Finding::new(
                                place(&now.path, &["indicators"]).key(),
                                format!("指标“{id}”从指标表里消失了"),
                                format!("the indicator `{id}` is gone from its table"),
                            )
                            .arg("id", id)
                            .label(format!("没有了“{id}”"), format!("without `{id}`"))
                            .help(
                                "请恢复它；不再发布的指标也留着，已有的数据仍可查",
                                "bring it back; an indicator that is published no more stays, with what was observed",
                            )
                            .related(was, "原来在这里", "it stood here"),
                        );
                    }
                }
            },
            // Other rules tell of editions, instruments and adjustments; the rest is free.
            Document::Registry(_)
            | Document::Jurisdiction(_)
            | Document::Instrument(_)
            | Document::Adjustment(_)
            | Document::Edition(_)
            | Document::Plan(_)
            | Document::Crosswalk(_)
            | Document::Acceptance(_) => {}
        }
    }
}

fn gone(base: &Base, path: &std::sync::Arc<str>, zh: &str, en: &str, id: &str) -> Finding {
    Finding::new(
        Place::document(path),
        format!("{zh}“{id}”从登记库里消失了"),
        format!("the {en} `{id}` is gone from the registry"),
    )
    .arg("id", id)
    .help(
        format!("请恢复它：{}；已撤销、已停用的，写上 until，不要删除", base.checkout(path)),
        format!(
            "bring it back: {}; what exists no more says until, and stays",
            base.checkout(path)
        ),
    )
    .related(Place::document(&base.path(path)), "原来在这里", "it stood here")
}

/// Items that the taxonomy listed, and a published edition has held, and that it lists no
/// more: it is the register that keeps ids from being used again.
fn items(
    subject: &Subject<'_>,
    base: &Base,
    before: &Standard,
    path: &std::sync::Arc<str>,
    now: &Standard,
    sink: &mut Sink<'_>,
) {
    let registry = &subject.loaded.registry;
    let listed: BTreeSet<&str> =
        now.categories().flat_map(|c| &c.items).map(|item| item.id.as_str()).collect();
    for area in &before.areas {
        for category in &area.categories {
            for item in category.items.iter().filter(|item| !listed.contains(item.id.as_str())) {
                let id = item.id.as_str();
                let published = base.editions(registry, &before.id).any(|edition| {
                    was_published(subject, base, edition)
                        && edition.items.iter().any(|held| held.id.as_str() == id)
                });
                if !published {
                    continue;
                }
                let (area, category) = (area.id.as_str(), category.id.as_str());
                let words = ["areas", area, "categories", category, "items", id];
                sink.report(
                    Finding::new(
                        place(path, &["areas", area, "categories", category, "items"]).key(),
                        format!("已公布过的项目“{id}”从分类里消失了"),
                        format!("the item `{id}`, which was published, is gone from the taxonomy"),
                    )
                    .arg("item", id)
                    .label(format!("没有了“{id}”"), format!("without `{id}`"))
                    .help(
                        format!("请恢复 {{ \"id\": \"{id}\" }}，取消的写上 \"until\": 取消它的版本号；由别的项目接续的，在那个项目里写 \"continues\": [\"{id}\"]"),
                        format!("bring {{ \"id\": \"{id}\" }} back, with \"until\" and the version that retired it; an item that goes on in its place says \"continues\": [\"{id}\"]"),
                    )
                    .related(place(&base.path(path), &words), "原来列在这里", "it was listed here"),
                );
            }
        }
    }
}
