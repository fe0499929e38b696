//! An edition holds every item that its taxonomy lists for its version.

use std::collections::HashSet;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::item::Transcribed;

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "missing-item",
    level: Level::Error,
    document: include_str!("missing_item.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    let edition = &entry.value;
    // A difference leaves items out on purpose, and a text of which only a part is
    // transcribed says nothing by what it lacks.
    let complete = matches!(edition.transcribed, Transcribed::Names | Transcribed::Full);
    let Some(taxonomy) = subject.taxonomy(&edition.standard) else {
        return;
    };
    // Its versions are those of the standard that owns the taxonomy.
    if edition.difference_from.is_some() || !complete || taxonomy.owner.value.id != edition.standard
    {
        return;
    }
    // What is declared not applicable is not missing.
    let aside = edition.not_applicable.iter().map(|one| one.item.as_str());
    let held: HashSet<&str> =
        edition.items.iter().map(|item| item.id.as_str()).chain(aside).collect();
    for line in taxonomy.listings() {
        let id = line.listed.id.as_str();
        if held.contains(id) || !line.listed.holds_in(&edition.version) {
            continue;
        }
        let (area, category) = (&line.area.id, &line.category.id);
        let words = ["areas", area.as_str(), "categories", category.as_str(), "items", id];
        let version = &edition.version;
        sink.report(
            Finding::new(
                document.place(&["items"]).key(),
                format!("分类中“{}”类列有项目“{id}”，而 {version} 版没有", line.category.name.zh),
                format!("the taxonomy lists the item `{id}` under `{category}`, and edition {version} lacks it"),
            )
            .arg("item", id)
            .arg("category", category)
            .label(format!("缺少“{id}”"), format!("`{id}` is missing"))
            .help(
                format!("请补上 {{ \"id\": \"{id}\", \"name\": {{ \"zh\": \"…\" }}, \"category\": \"{category}\" }}；若自本版起取消，请在分类中写 \"until\": \"{version}\""),
                format!("add {{ \"id\": \"{id}\", \"name\": {{ \"zh\": \"…\" }}, \"category\": \"{category}\" }}; where this edition retired it, write \"until\": \"{version}\" in the taxonomy"),
            )
            .related(place(&taxonomy.owner.path, &words), "分类中列在这里", "the taxonomy lists it here"),
        );
    }
}
