//! No id stands twice where it must be one.

use std::fmt::Display;
use std::sync::Arc;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::item::Payer;
use jialiang_model::kind::standard::Listed;

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "doubled-id",
    level: Level::Error,
    document: include_str!("doubled_id.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let path = document.path();
    match document {
        Doc::Registry(_) => {}
        Doc::Instrument(entry) => {
            named_twice(path, &["issuers"], &entry.value.issuers, sink);
        }
        Doc::Jurisdiction(entry) => {
            let ids = entry.value.agencies.iter().map(|agency| &agency.id);
            in_list(path, &["agencies"], ids, sink);
        }
        Doc::Standard(entry) => {
            let areas = &entry.value.areas;
            in_list(path, &["areas"], areas.iter().map(|area| &area.id), sink);
            // Items name only their category, so a category is one in the whole standard.
            let mut seen: Vec<(&Id, &Id)> = Vec::new();
            for area in areas {
                for category in &area.categories {
                    match seen.iter().find(|(id, _)| **id == category.id) {
                        None => seen.push((&category.id, &area.id)),
                        Some((id, first)) => {
                            let words = |area: &Id, id: &str| {
                                place(path, &["areas", area.as_str(), "categories", id])
                            };
                            let word = if **first == area.id {
                                format!("{id}[2]")
                            } else {
                                id.to_string()
                            };
                            sink.report(doubled(
                                id,
                                words(&area.id, &word),
                                words(first, id.as_str()),
                            ));
                        }
                    }
                }
            }
            listed_twice(document, sink);
        }
        Doc::Edition(entry) => {
            in_list(path, &["items"], entry.value.items.iter().map(|item| &item.id), sink);
            for item in &entry.value.items {
                let ids = item.provisions.iter().map(|provision| &provision.id);
                let id = item.id.as_str();
                in_list(path, &["items", id, "provisions"], ids, sink);
                named_twice(path, &["items", id, "lead-agencies"], &item.lead_agencies, sink);
                let payers = item.responsibility.iter().flat_map(|r| &r.payers).copied();
                let payers: Vec<Payer> = payers.collect();
                named_twice(path, &["items", id, "responsibility", "payers"], &payers, sink);
            }
        }
    }
}

fn doubled(
    id: &Id,
    second: jialiang_model::place::Place,
    first: jialiang_model::place::Place,
) -> Finding {
    Finding::new(second, format!("标识“{id}”用了两次"), format!("the id `{id}` stands twice"))
        .arg("id", id)
        .label("第二次", "the second")
        .help(
            "请删去重复的一条，或给其中一条另起标识",
            "delete the second, or give one of them an id of its own",
        )
        .related(first, "第一次用在这里", "the first stands here")
}

fn in_list<'a>(
    path: &Arc<str>,
    words: &[&str],
    ids: impl Iterator<Item = &'a Id>,
    sink: &mut Sink<'_>,
) {
    let mut sorted: Vec<&Id> = ids.collect();
    sorted.sort_unstable();
    let mut before: Option<&Id> = None;
    let mut times = 1;
    for id in sorted {
        times = if before == Some(id) { times + 1 } else { 1 };
        before = Some(id);
        if times > 1 {
            let again = format!("{id}[{times}]");
            let at = |word: &str| place(path, &[words, &[word]].concat());
            sink.report(doubled(id, at(&again), at(id.as_str())));
        }
    }
}

/// A list of names has each once.
fn named_twice<T: Display + PartialEq>(
    path: &Arc<str>,
    words: &[&str],
    names: &[T],
    sink: &mut Sink<'_>,
) {
    for (i, name) in names.iter().enumerate() {
        let times = names.iter().take(i).filter(|other| *other == name).count() + 1;
        if times > 1 {
            let again = format!("{name}[{times}]");
            let first = name.to_string();
            let at = |word: &str| place(path, &[words, &[word]].concat());
            sink.report(
                Finding::new(
                    at(&again),
                    format!("“{name}”列了两次"),
                    format!("`{name}` is named twice"),
                )
                .arg("name", name)
                .label("第二次", "the second")
                .help("请删去重复的一个", "delete the second")
                .related(at(&first), "第一次在这里", "the first stands here"),
            );
        }
    }
}

/// An item stands in the taxonomy once in each version.
fn listed_twice(document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Standard(entry) = document else {
        return;
    };
    let mut lines: Vec<(&Listed, &Id, &Id)> = Vec::new();
    for area in &entry.value.areas {
        for category in &area.categories {
            for listed in &category.items {
                lines.push((listed, &area.id, &category.id));
            }
        }
    }
    lines.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    for pair in lines.windows(2) {
        let [(first, area, category), (second, area_2, category_2)] = pair else {
            continue;
        };
        if first.id != second.id || !meet(first, second) {
            continue;
        }
        let id = &first.id;
        let at = |area: &Id, category: &Id, word: &str| {
            let words = ["areas", area.as_str(), "categories", category.as_str(), "items", word];
            place(&entry.path, &words)
        };
        let word = if category == category_2 { format!("{id}[2]") } else { id.to_string() };
        sink.report(
            Finding::new(
                at(area_2, category_2, &word),
                format!("项目“{id}”在分类中列了两处"),
                format!("the taxonomy lists the item `{id}` twice"),
            )
            .arg("id", id)
            .label("第二处", "the second")
            .help(
                "只留一处；换过类别的，旧处写 \"until\"，新处写 \"since\"",
                "keep one; where it has moved, write \"until\" at the old place and \"since\" at the new",
            )
            .related(at(area, category, id.as_str()), "第一处在这里", "the first stands here"),
        );
    }
}

/// Whether two lines hold in one version.
fn meet(a: &Listed, b: &Listed) -> bool {
    let before = |x: &Listed, y: &Listed| match (&x.until, &y.since) {
        (Some(until), Some(since)) => until <= since,
        (_, None) | (None, _) => false,
    };
    !before(a, b) && !before(b, a)
}
