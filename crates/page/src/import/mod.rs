//! A table back into an edition: a draft, with everything listed that a person must look at.
//!
//! Where a table holds the registry's own data (登记数据), an item is what the data says, but
//! for the cells that no longer show it: those were edited, and win for their field only. So
//! an edition that is written as a table and read again is the same.

mod fields;
mod grid;
mod heading;
mod ids;
mod item;
mod lines;
mod origin;
pub mod output;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::fold::fold;
use jialiang_model::id::{Id, InstrumentId};
use jialiang_model::kind::{Edition, EditionId, Standard};
use jialiang_model::text::Phrase;
use jialiang_model::version::{Label, Version};

use fields::phrase;
use heading::Column;
use item::{Reader, taken_from, unverified};

pub use grid::{Grid, MOST_BYTES, ReadAs, Trouble, cell_name};
pub use ids::{How, Proposed};

/// What is asked of the person who imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// It could not be read as what it is; it stands as words, or was left out. · 没有读懂。
    Unread,
    /// It was read in the likely way. · 请确认。
    Confirm,
    /// It was edited since the table was written. · 表中改动过。
    Changed,
    /// It belongs to no item. · 略过。
    Skipped,
}

/// A cell that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What is asked.
    pub grade: Grade,
    /// The cell, such as F12.
    pub cell: String,
    /// The heading of its column.
    pub heading: String,
    /// The item.
    pub item: Option<Id>,
    /// The text in question.
    pub text: String,
    /// What was made of it, and why.
    pub why: Message,
}

/// Into what a table is read.
#[derive(Debug)]
pub struct Into<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// The version.
    pub version: Version,
    /// What people call the edition.
    pub label: Option<Label>,
    /// Its full name; what the table's own data says, else the standard's, where absent.
    pub name: Option<Phrase>,
    /// The name of the table's file.
    pub file: &'a str,
    /// The edition of which the table lists only what is different; what the draft on record
    /// says, else none, where absent.
    pub difference_from: Option<EditionId>,
    /// The instrument that publishes it.
    pub instrument: Option<InstrumentId>,
}

/// What a table was read as.
#[derive(Debug)]
pub struct Imported {
    /// The edition, a draft.
    pub edition: Edition,
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// How the bytes were read.
    pub read_as: ReadAs,
    /// What a person must look at, in the order of the table.
    pub remarks: Vec<Remark>,
    /// The id of each item, and how it was found.
    pub ids: Vec<Proposed>,
    /// The other sheets that have the headings, and were not read.
    pub sheets_left: Vec<String>,
    /// The columns that were left out: the cells of their headings, and the headings.
    pub columns_left: Vec<(String, String)>,
}

/// Reads a table into an edition.
pub fn import(grid: &Grid, registry: &Registry, into: &Into<'_>) -> Result<Imported, Trouble> {
    let heads = heading::find(grid).ok_or(Trouble::NoHeading)?;
    let taxonomy = registry.taxonomy(into.standard);
    let gathered = rows::gather(grid, &heads, taxonomy);
    let sheet = grid.sheet.as_ref().map_or_else(String::new, |sheet| format!("{sheet}!"));
    let table = format!("{}:{sheet}", into.file);
    let mut reader = Reader {
        registry,
        into,
        taxonomy,
        places: fields::places(registry, into.standard),
        has: heads.columns.keys().copied().collect(),
        table,
        divided: gathered.divided,
        remarks: gathered.remarks,
    };
    if gathered.head.is_some() {
        // What stands below a table of our own, we wrote there.
        reader.remarks.retain(|remark| remark.grade != Grade::Skipped);
    }
    let head_cell = gathered.head;
    let head = head_cell.as_ref().and_then(|said| reader.head(said));
    if let (Some(said), Some(head)) = (&head_cell, &head) {
        reader.origin(said, head);
    }
    let known = ids::known(registry, into.standard, &into.version);
    let (mut records, mut taken) = (Vec::new(), BTreeSet::new());
    for row in &gathered.items {
        records.push(reader.record(row, &mut taken));
    }
    let first = gathered.items.iter().zip(&records).find(|(_, record)| record.is_some());
    if let (None, Some((row, _))) = (&head_cell, first) {
        reader.unfounded(row);
    }
    let names: Vec<(usize, String)> = gathered
        .items
        .iter()
        .zip(&records)
        .enumerate()
        .filter(|(_, (_, record))| record.is_none())
        .filter_map(|(at, (row, _))| {
            Some((at, phrase(&row.cells.get(&Column::Name)?.text).to_string()))
        })
        .collect();
    let mut found = ids::propose(&names, &known, &mut taken);
    for (at, (_, how)) in &found {
        let cell = gathered.items.get(*at).and_then(|row| row.cells.get(&Column::Name));
        if let (How::SimilarName(name, alike), Some(said)) = (how, cell) {
            reader.similar(said, name, *alike);
        }
    }
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for (at, name) in &names {
        let cell = gathered.items.get(*at).and_then(|row| row.cells.get(&Column::Name));
        let Some(said) = cell else { continue };
        match named.get(&fold(name)) {
            None => drop(named.insert(fold(name), said.cell.clone())),
            Some(first) => reader.same_name(said, first),
        }
    }
    let (mut items, mut proposed) = (Vec::new(), Vec::new());
    for (at, (row, record)) in gathered.items.iter().zip(records).enumerate() {
        let recorded = record.is_some();
        let (item, how) = match record {
            Some(record) => {
                reader.altered(row, &record, head.as_ref());
                let item = reader.recorded(row, record, head.as_ref());
                let other = head.as_ref().filter(|head| {
                    head.standard != into.standard.id || head.version != into.version
                });
                let item = match other {
                    Some(other) => taken_from(other, &into.standard.id, item),
                    // Of which edition it is is not known, and so not what was compared.
                    None if head.is_none() => unverified(item),
                    None => item,
                };
                (item, How::Recorded)
            }
            None => {
                let Some((id, how)) = found.remove(&at) else {
                    reader.nameless(row);
                    continue;
                };
                let base = known.iter().find(|(_, item)| item.id == id).map(|(_, item)| &***item);
                (reader.fresh(row, id, base), how)
            }
        };
        let name = row.cells.get(&Column::Name);
        proposed.push(Proposed {
            cell: name.map_or_else(|| format!("{}", row.at + 1), |name| name.cell.clone()),
            name: item.name.zh.to_string(),
            id: item.id.clone(),
            how,
        });
        items.push((item, recorded));
    }
    if let Some(head) = &head {
        let name = heads.columns.get(&Column::Name).copied().unwrap_or_default();
        let ids: BTreeSet<&Id> = items.iter().map(|(item, _)| &item.id).collect();
        reader.removed(&cell_name(heads.row, name), head, &ids);
    }
    if head.is_none() && items.iter().all(|(_, recorded)| !recorded) {
        reader.sort(&mut items);
        let name = heads.columns.get(&Column::Name).copied().unwrap_or_default();
        reader.no_difference(&cell_name(heads.row, name));
    }
    // An edition of which no item is on record is still one, where the table says which.
    if items.is_empty() && head.is_none() {
        return Err(Trouble::NoItems);
    }
    let unknown = heads.unknown.iter();
    let columns_left =
        unknown.map(|(at, text)| (cell_name(heads.row, *at), text.clone())).collect();
    Ok(Imported {
        edition: reader.edition(head, items),
        sheet: grid.sheet.clone(),
        read_as: grid.read_as,
        sheets_left: grid.others.clone(),
        remarks: reader.remarks,
        ids: proposed,
        columns_left,
    })
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
