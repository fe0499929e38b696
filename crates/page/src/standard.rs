//! A standard: its taxonomy, and its editions.

use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::{Id, StandardId};
use jialiang_model::kind::standard::{Implements, Listed};
use jialiang_model::kind::{Edition, Standard};

use crate::grouping::Grouping;
use crate::output::{Cell, Group, Line, Page, Row, Shows, Table, Words};
use crate::{names, parts};

pub(crate) fn page(registry: &Registry, standard: &Standard) -> Page {
    let Standard { schema: _, id, name, implements, areas: _, source } = standard;
    let mut facts = Vec::new();
    facts.extend(implements.as_ref().map(|Implements { standard, versions }| {
        let name = standard_name(registry, standard);
        let words =
            Message::new(format!("{}（{versions}）", name.zh), format!("{} ({versions})", name.en));
        let mut fact = parts::fact("落实", "Implements", words);
        fact.address = Some(standard.to_string());
        fact
    }));
    let taxonomy = registry.taxonomy(standard);
    let borrowed = taxonomy.filter(|owner| owner.id != *id);
    facts.extend(borrowed.map(|owner| {
        let mut fact = parts::fact("分类", "Taxonomy", names::text(&owner.name));
        fact.address = Some(owner.id.to_string());
        fact
    }));
    let editions = registry.editions.values().map(|entry| &*entry.value);
    let editions: Vec<&Edition> = editions.filter(|edition| edition.standard == *id).collect();
    let mut tables = Vec::new();
    if borrowed.is_none() {
        tables.push(tree(registry, standard, &editions));
    }
    tables.push(editions_table(editions.into_iter()));
    let mut page = Page {
        shows: Shows::Standard,
        address: id.to_string(),
        title: names::text(name).into(),
        facts,
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        sources: source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    parts::legend(&mut page);
    page
}

/// A standard's name; its id where it is not on record.
pub(crate) fn standard_name(registry: &Registry, id: &StandardId) -> Message {
    let entry = registry.standards.get(id);
    entry.map_or_else(|| names::both(id), |entry| names::text(&entry.value.name))
}

/// The taxonomy: areas, categories, items, and in which editions each item stands.
fn tree(registry: &Registry, standard: &Standard, editions: &[&Edition]) -> Table {
    let mut rows = Vec::new();
    // Headings count in the taxonomy alone, so that any edition will do.
    let grouping = Grouping::of_standard(registry, standard);
    for area in &standard.areas {
        for (category, n) in area.categories.iter().zip(0..) {
            if let Some(at) = grouping.standing(&category.id) {
                if n == 0 {
                    rows.push(parts::group(1, at.area_title()));
                }
                let verified = parts::verified(category.source.as_ref());
                rows.push(Row::Group(Group { level: 2, title: at.category_title(), verified }));
            }
            for Listed { id, since, until } in &category.items {
                let cells = vec![
                    Cell::one(item_name(editions, id)),
                    Cell::one(Words::both(id)),
                    Cell::one(match since {
                        Some(version) => Words::both(version),
                        None => Words::new("首版", "the first"),
                    }),
                    Cell::maybe(until.as_ref().map(Words::both)),
                ];
                let address = newest(editions, id).map(|edition| format!("{}#{id}", edition.id()));
                rows.push(Row::Line(Line { address, verified: None, cells }));
            }
        }
    }
    let columns = [
        ("name", "服务项目", "Item", 44),
        ("id", "标识", "Id", 34),
        ("since", "自哪一版起", "Since", 11),
        ("until", "至哪一版止（不含）", "Until before", 11),
    ];
    parts::table("taxonomy", ("分类", "Taxonomy"), &columns, rows)
}

/// The newest edition that has an item.
fn newest<'a>(editions: &[&'a Edition], id: &Id) -> Option<&'a Edition> {
    let has = |edition: &&&Edition| edition.items.iter().any(|item| item.id == *id);
    editions.iter().rev().find(has).copied()
}

/// What the newest edition that has an item calls it; its id where none is on record.
fn item_name(editions: &[&Edition], id: &Id) -> Message {
    let item = newest(editions, id).and_then(|e| e.items.iter().find(|item| item.id == *id));
    item.map_or_else(|| names::both(id), |item| names::text(&item.name))
}

/// Editions, a row each.
pub(crate) fn editions_table<'a>(editions: impl Iterator<Item = &'a Edition>) -> Table {
    let rows = editions.map(|edition| {
        let mut version = parts::version(&edition.version, edition.label.as_ref());
        if edition.draft == Some(true) {
            version.zh += "（草案）";
            version.en += " (draft)";
        }
        let items = edition.items.len().to_string();
        let cells = vec![
            Cell::one(names::text(&edition.name)),
            Cell::one(version),
            Cell::one(Words::both(items)),
            Cell::one(Words::new(edition.transcribed.zh(), edition.transcribed.as_str())),
            Cell::one(Words::both(edition.id())),
        ];
        parts::row(edition.id(), parts::verified(edition.source.as_ref()), cells)
    });
    let columns = [
        ("name", "名称", "Name", 33),
        ("version", "版本", "Version", 18),
        ("items", "登记项目", "Items on record", 9),
        ("transcribed", "转录程度", "Transcribed", 10),
        ("id", "地址", "Address", 30),
    ];
    parts::table("editions", ("各版", "Editions"), &columns, rows.collect())
}
