//! An item as a row of the official table, in Chinese: what is written is what reads back.

use jialiang_model::Registry;
use jialiang_model::item::{Item, Transcribed};

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
