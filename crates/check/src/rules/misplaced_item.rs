//! An edition's items stand under the category, and in the order, of the taxonomy.

use std::sync::Arc;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::Edition;

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};
use crate::similar::nearest;
use crate::taxonomy::{Listing, Taxonomy};

pub(crate) static RULE: Rule = Rule {
    name: "misplaced-item",
    level: Level::Error,
    document: include_str!("misplaced_item.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    let edition = &entry.value;
    let Some(taxonomy) = subject.taxonomy(&edition.standard) else {
        return;
    };
    let owner = &taxonomy.owner;
    let own = owner.value.id == edition.standard;
    // A local edition's version says nothing about the parent's, so any line will do.
    let version = own.then_some(&edition.version);
    let mut placed: Vec<(usize, &str)> = Vec::new();
    for item in &edition.items {
        let id = item.id.as_str();
        if taxonomy.category(&item.category).is_none() {
            continue; // unknown-reference says so
        }
        let right = taxonomy.of(&item.id, version).find(|l| l.category.id == item.category);
        let Some(line) = right else {
            let elsewhere = taxonomy.of(&item.id, None).next();
            let words = ["items", id, "category"];
            match elsewhere {
                Some(line) if taxonomy.of(&item.id, version).next().is_some() => {
                    let (found, wanted) = (&item.category, &line.category.id);
                    let words_there = [
                        "areas",
                        line.area.id.as_str(),
                        "categories",
                        wanted.as_str(),
                        "items",
                        id,
                    ];
                    sink.report(
                        Finding::new(
                            document.place(&words),
                            format!("项目“{id}”写在“{found}”类，分类中列在“{wanted}”类"),
                            format!("the item `{id}` says category `{found}`; the taxonomy lists it under `{wanted}`"),
                        )
                        .arg("item", id)
                        .arg("found", found)
                        .arg("wanted", wanted)
                        .label(format!("分类中为“{wanted}”"), format!("`{wanted}` in the taxonomy"))
                        .help(
                            format!("请写 \"category\": \"{wanted}\"，或改分类"),
                            format!("write \"category\": \"{wanted}\", or mend the taxonomy"),
                        )
                        .fix(document.place(&words), format!("\"{wanted}\""))
                        .related(place(&owner.path, &words_there), "分类中列在这里", "the taxonomy lists it here"),
                    );
                }
                Some(line) if own => {
                    sink.report(of_another_version(document, id, edition, line, &owner.path))
                }
                // Only the owner of a taxonomy must register its items there.
                None if own && misspelt(id, taxonomy).is_some() => {
                    let near = misspelt(id, taxonomy).unwrap_or_default();
                    let at = document.place(&["items", id, "id"]);
                    sink.report(
                        Finding::new(
                            at.clone(),
                            format!("分类中没有项目“{id}”"),
                            format!("the taxonomy has no item `{id}`"),
                        )
                        .arg("item", id)
                        .label("分类中没有", "not in the taxonomy")
                        .help(
                            format!("是否想写“{near}”？若是新项目，请先列入 {} 的分类", owner.path),
                            format!("did you mean `{near}`? A new item is first listed in the taxonomy of {}", owner.path),
                        )
                        .fix(at, format!("\"{near}\"")),
                    );
                }
                None if own => {
                    let category = &item.category;
                    sink.report(
                        Finding::new(
                            document.place(&["items", id]),
                            format!("项目“{id}”没有列入 {} 版的分类", edition.version),
                            format!("the taxonomy does not list the item `{id}` for edition {}", edition.version),
                        )
                        .arg("item", id)
                        .label("分类中没有", "not in the taxonomy")
                        .help(
                            format!("请在 {} 的“{category}”类下补上 {{ \"id\": \"{id}\", \"since\": \"{}\" }}", owner.path, edition.version),
                            format!("add {{ \"id\": \"{id}\", \"since\": \"{}\" }} under `{category}` in {}", edition.version, owner.path),
                        ),
                    );
                }
                _ => {}
            }
            continue;
        };
        placed.push((line.rank, id));
    }
    out_of_order(document, &placed, sink);
}

/// The item of the taxonomy that an unlisted id is nearly.
fn misspelt<'a>(id: &str, taxonomy: &Taxonomy<'a>) -> Option<&'a str> {
    nearest(id, taxonomy.listings().map(|line| line.listed.id.as_str()))
        .filter(|near| strsim::levenshtein(near, id) <= 2)
}

/// The taxonomy has the item, in other versions.
fn of_another_version(
    document: &Doc<'_>,
    id: &str,
    edition: &Edition,
    line: &Listing<'_>,
    owner: &Arc<str>,
) -> Finding {
    let version = &edition.version;
    let words =
        ["areas", line.area.id.as_str(), "categories", line.category.id.as_str(), "items", id];
    let (zh, en) = match (&line.listed.since, &line.listed.until) {
        (Some(since), _) if since > version => {
            (format!("自 {since} 版起才列入"), format!("from {since} on"))
        }
        (_, Some(until)) => (format!("自 {until} 版起不再列入"), format!("before {until} only")),
        (_, None) => (String::new(), String::new()),
    };
    Finding::new(
        document.place(&["items", id]),
        format!("{version} 版有项目“{id}”，而分类中它{zh}"),
        format!("edition {version} has the item `{id}`, which the taxonomy lists {en}"),
    )
    .arg("item", id)
    .arg("version", version)
    .label("本版未列", "not listed for this edition")
    .help(
        "本版若确有此项，请改分类中那一行的 since 或 until；否则从本版删去",
        "where this edition has it, mend since or until in the taxonomy; else delete it here",
    )
    .related(place(owner, &words), "分类中列在这里", "the taxonomy lists it here")
}

/// Reports the fewest items that must move for the rest to stand in order.
fn out_of_order(document: &Doc<'_>, placed: &[(usize, &str)], sink: &mut Sink<'_>) {
    if placed.is_sorted_by_key(|(rank, _)| *rank) {
        return;
    }
    let kept = in_order(placed);
    for (i, (rank, id)) in placed.iter().enumerate() {
        if kept.get(i) != Some(&false) {
            continue;
        }
        // Where it belongs: before the first kept item that follows it in the taxonomy.
        let staying = || placed.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(p, _)| p);
        let next = staying().find(|(other, _)| other > rank);
        let last = staying().next_back();
        let (zh, en, there) = match (next, last) {
            (Some((_, next)), _) => (format!("“{next}”之前"), format!("before `{next}`"), *next),
            (None, Some((_, last))) => (format!("“{last}”之后"), format!("behind `{last}`"), *last),
            (None, None) => continue,
        };
        sink.report(
            Finding::new(
                document.place(&["items", id]),
                format!("项目“{id}”的次序与分类不符：应在{zh}"),
                format!("the item `{id}` is out of the taxonomy's order: it belongs {en}"),
            )
            .arg("item", id)
            .label("次序不符", "out of order")
            .help(format!("请把它移到{zh}"), format!("move it to {en}"))
            .related(
                document.place(&["items", there]),
                "应排在这一项旁边",
                "it belongs beside this",
            ),
        );
    }
}

/// Which of the items stay: a longest run of them that is in order, found by patience
/// sorting.
fn in_order(placed: &[(usize, &str)]) -> Vec<bool> {
    // The item that ends the best run of each length, and what stands before each item.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(placed.len());
    let rank = |i: usize| placed.get(i).map_or(0, |(rank, _)| *rank);
    for (i, (own, _)) in placed.iter().enumerate() {
        let length = ends.partition_point(|end| rank(*end) <= *own);
        before.push(length.checked_sub(1).and_then(|l| ends.get(l)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let mut kept = vec![false; placed.len()];
    let mut at = ends.last().copied();
    while let Some(i) = at {
        if let Some(k) = kept.get_mut(i) {
            *k = true;
        }
        at = before.get(i).copied().flatten();
    }
    kept
}
