//! A local edition that stands by itself leaves out no item of the edition above.

use std::collections::HashSet;

use jialiang_model::date::Day;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::StandardId;
use jialiang_model::item::Transcribed;
use jialiang_resolve::{Facts, Known, Question, Standing};

use crate::dated::{above, effective};
use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "missing-parent-item",
    level: Level::Error,
    document: include_str!("missing_parent_item.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else { return };
    let edition = &entry.value;
    let registry = &subject.loaded.registry;
    // A difference follows the edition above in what it leaves out; a text of which only a
    // part is transcribed says nothing by what it lacks.
    let whole = matches!(edition.transcribed, Transcribed::Names | Transcribed::Full);
    if edition.difference_from.is_some() || !whole {
        return;
    }
    let Some(standard) = registry.standards.get(&edition.standard) else { return };
    let day = effective(registry, edition).and_then(|date| Day::of(date.first_day()));
    let Some(above) = day.and_then(|day| above(registry, &standard.value, day)) else { return };
    let goes_on: HashSet<&str> = edition
        .items
        .iter()
        .flat_map(|item| item.continues.iter().chain([&item.id]))
        .chain(edition.not_applicable.iter().map(|one| &one.item))
        .map(|id| id.as_str())
        .collect();
    for item in above.value.items.iter().filter(|item| !goes_on.contains(item.id.as_str())) {
        if retired_above(subject, &edition.standard, item.id.as_str(), day) {
            continue;
        }
        let (id, name, version) = (item.id.as_str(), &item.name.zh, &above.value.version);
        sink.report(
            Finding::new(
                document.place(&["items"]).key(),
                format!("上级 {version} 版有“{id}”（{name}），本版没有，也没有声明不适用"),
                format!("the edition above, {version}, has `{id}`, and this one neither has it nor declares it not applicable"),
            )
            .arg("item", id)
            .arg("above", version)
            .label(format!("缺少“{id}”"), format!("`{id}` is missing"))
            .help(
                format!("请对照原文补上；本地确不适用的，在 \"not-applicable\" 中写 {{ \"item\": \"{id}\", \"reason\": …, \"source\": … }}"),
                format!("add it from the source; where it is not applicable here, write {{ \"item\": \"{id}\", \"reason\": …, \"source\": … }} under \"not-applicable\""),
            )
            .related(place(&above.path, &["items", id]), "上级的项目", "the item above"),
        );
    }
}

/// Whether an item was retired above by the day from which an edition holds.
fn retired_above(
    subject: &Subject<'_>,
    standard: &StandardId,
    item: &str,
    day: Option<Day>,
) -> bool {
    let (Some(force), Some(valid)) = (subject.force(), day) else { return false };
    let standard_id = Some(standard.as_str());
    let Some(place) = force.index.parent(standard.place(), standard_id) else { return false };
    let (facts, known) = (Facts::none(), Known::Latest);
    let asked =
        Question { place, item, standard: standard_id, line: None, facts: &facts, valid, known };
    matches!(force.index.item(&asked).standing, Standing::Retired(..))
}
