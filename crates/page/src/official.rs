//! An edition as the official table, in Chinese: what is written is what reads back.

use jialiang_model::Registry;
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::Edition;
use jialiang_model::provision::Provision;
use jialiang_model::source::Source;

use crate::grouping::Grouping;
use crate::output::{Cell, Fact, Page};
use crate::{columns, line, names};

/// The six official cells of an item, in the order of [`columns::OFFICIAL`].
///
/// In the cell of the provisions each stands on a line of its own. A cell of which nothing is
/// on record is [`columns::NOTHING`] where the item's text is wholly transcribed, and
/// [`columns::UNSEEN`] where it is not.
pub fn cells(item: &Item, read: Transcribed, registry: &Registry) -> [String; 6] {
    let missing = match read {
        Transcribed::Full => columns::NOTHING,
        Transcribed::None | Transcribed::Names | Transcribed::Partial => columns::UNSEEN,
    };
    let or_missing = |words: Option<String>| words.unwrap_or_else(|| missing.to_owned());
    let lines: Vec<String> = item.provisions.iter().map(line::zh).collect();
    let agencies: Vec<String> =
        item.lead_agencies.iter().map(|id| names::agency(registry, id).zh).collect();
    let filled = |all: Vec<String>, between: &str| (!all.is_empty()).then(|| all.join(between));
    [
        item.name.zh.to_string(),
        or_missing(item.recipients.as_ref().map(|recipients| recipients.zh.to_string())),
        or_missing(item.content.as_ref().map(|content| content.zh.to_string())),
        or_missing(filled(lines, "\n")),
        or_missing(item.responsibility.as_ref().map(|pays| pays.zh.to_string())),
        or_missing(filled(agencies, columns::BETWEEN)),
    ]
}

/// The source of an item: its own; else its edition's, which it then rests on.
pub(crate) fn source<'a>(edition: &'a Edition, item: &'a Item) -> Option<&'a Source> {
    item.source.as_deref().or(edition.source.as_ref())
}

/// Whether a line has a source of its own that nobody has compared with it.
pub(crate) fn is_unverified(provision: &Provision) -> bool {
    provision.source.as_ref().is_some_and(|source| !source.verified)
}

/// An edition as a table for a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// Its full name.
    pub title: String,
    /// What stands below the title.
    pub subtitle: String,
    /// What a reader must know, below the table.
    pub notes: Vec<String>,
    /// The edition's own JSON, its `items` an empty list.
    pub record: String,
    /// The items, in the order of the document.
    pub rows: Vec<Row>,
}

/// An item as a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The heading over its area, and the area's name.
    pub area: [String; 2],
    /// The heading over its category, and the category's name.
    pub category: [String; 2],
    /// The official cells, in the order of [`columns::OFFICIAL`].
    pub cells: [String; 6],
    /// Whether something in it was not compared with its source.
    pub unverified: bool,
    /// The item's own JSON on one line.
    pub record: String,
}

impl Official {
    /// The table of an edition, each item as the document writes it.
    pub fn of(registry: &Registry, edition: &Edition) -> Self {
        Self::with(registry, edition, &crate::edition::of(registry, edition))
    }

    /// The table of an edition with every item that it takes over, and without the registry's
    /// data: what is taken over is not the edition's own to be read back.
    pub fn whole(registry: &Registry, edition: &Edition) -> Self {
        let Some(all) = crate::edition::complete(registry, edition) else {
            return Self::of(registry, edition);
        };
        let mut table = Self::with(registry, &all, &crate::edition::whole(registry, edition));
        table.record.clear();
        table.rows.iter_mut().for_each(|row| row.record.clear());
        table
    }

    fn with(registry: &Registry, edition: &Edition, page: &Page) -> Self {
        let grouping = Grouping::of(registry, edition);
        let head = Edition { items: Vec::new(), ..edition.clone() };
        let told = |fact: &Fact| match &fact.value {
            Cell::Said(lines) => {
                let lines: Vec<&str> = lines.iter().map(|said| said.words.zh.as_str()).collect();
                Some(format!("{}：{}", fact.label.zh, lines.join("；")))
            }
            Cell::Unseen | Cell::Nothing => None,
        };
        let facts = page.facts.iter().filter_map(told);
        let sources = page.sources.iter().filter_map(told);
        let notes = page.notes.iter().map(|words| words.zh.clone());
        Self {
            title: edition.name.zh.to_string(),
            subtitle: facts.collect::<Vec<_>>().join("　"),
            notes: sources.chain(notes).collect(),
            record: json(&head),
            rows: edition
                .items
                .iter()
                .map(|item| row(registry, edition, item, &grouping))
                .collect(),
        }
    }
}

fn row(registry: &Registry, edition: &Edition, item: &Item, grouping: &Grouping<'_>) -> Row {
    let unknown = || [item.category.to_string(), item.category.to_string()];
    let (area, category) = match grouping.standing(&item.category) {
        Some(at) => (
            [at.area_title().zh, at.area.name.zh.to_string()],
            [at.category_title().zh, at.category.name.zh.to_string()],
        ),
        None => ([String::new(), String::new()], unknown()),
    };
    Row {
        area,
        category,
        cells: cells(item, edition.transcribed(item), registry),
        unverified: source(edition, item).is_some_and(|source| !source.verified)
            || item.provisions.iter().any(is_unverified),
        record: json(item),
    }
}

/// JSON on one line. Documents hold strings, lists and objects only, so this cannot fail.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A text in pieces that each fit into a cell, in the units by which a spreadsheet counts.
pub fn pieces(text: &str, most: usize) -> Vec<&str> {
    let (mut pieces, mut start, mut length) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        if length + c.len_utf16() > most {
            pieces.extend(text.get(start..at));
            (start, length) = (at, 0);
        }
        length += c.len_utf16();
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_where_characters_end_and_joins_again() {
        let text = "嘉量𠀀jialiang𠀀".repeat(9);
        for most in 2..20 {
            let pieces = pieces(&text, most);
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= most), "{most}");
        }
        assert!(pieces("", 5).is_empty());
    }
}
