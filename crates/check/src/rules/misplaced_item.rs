//! An edition's items stand under the category, and in the order, of the taxonomy.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

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
    let mut last: Option<(usize, &str)> = None;
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
                    let words_there =
                        ["areas", line.area.id.as_str(), "categories", wanted.as_str(), "items", id];
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
                // Only the owner of a taxonomy must register its items there.
                _ if own => {
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
        match last {
            Some((rank, before)) if line.rank < rank => sink.report(
                Finding::new(
                    document.place(&["items", id]),
                    format!("项目“{id}”排在“{before}”之后，分类中在它之前"),
                    format!("the item `{id}` stands behind `{before}`; the taxonomy has it before"),
                )
                .arg("item", id)
                .arg("before", before)
                .label("次序不符", "out of order")
                .help(
                    format!("请把它移到“{before}”之前"),
                    format!("move it to before `{before}`"),
                )
                .related(document.place(&["items", before]), "它应在这一项之前", "it belongs before this"),
            ),
            _ => last = Some((line.rank, id)),
        }
    }
}
