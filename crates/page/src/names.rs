//! What the registry calls what an id stands for.

use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::{AgencyId, Id, InstrumentId, StandardId};
use jialiang_model::kind::adjustment::Act;
use jialiang_model::text::{Phrase, Text};

/// The same words in both languages.
pub(crate) fn both(words: impl ToString) -> Message {
    let words = words.to_string();
    Message::new(words.clone(), words)
}

/// A text in both languages; the Chinese where there is no English.
pub(crate) fn text(text: &Text) -> Message {
    phrases(&text.zh, text.en.as_ref())
}

/// Words in both languages; the Chinese where there is no English.
pub(crate) fn phrases(zh: &Phrase, en: Option<&Phrase>) -> Message {
    Message::new(zh.as_str(), en.unwrap_or(zh).as_str())
}

/// An agency's name; its id where it is not on record.
pub fn agency(registry: &Registry, id: &AgencyId) -> Message {
    let place = registry.jurisdictions.get(id.place());
    let agency = place.and_then(|place| {
        place.value.agencies.iter().find(|agency| agency.id.as_str() == id.name())
    });
    agency.map_or_else(|| both(id), |agency| text(&agency.name))
}

/// Agencies by name, in their order.
pub(crate) fn agencies(registry: &Registry, ids: &[AgencyId]) -> Message {
    let names: Vec<Message> = ids.iter().map(|id| agency(registry, id)).collect();
    let zh: Vec<&str> = names.iter().map(|name| name.zh.as_str()).collect();
    let en: Vec<&str> = names.iter().map(|name| name.en.as_str()).collect();
    Message::new(zh.join(crate::columns::BETWEEN), en.join("; "))
}

/// An instrument's title, with its number where that is on record; its id where it is not on
/// record itself.
pub(crate) fn instrument(registry: &Registry, id: &InstrumentId) -> Message {
    let Some(entry) = registry.instruments.get(id) else {
        return both(id);
    };
    let mut name = text(&entry.value.title);
    if let Some(number) = &entry.value.number {
        name.zh += &format!("（{number}）");
        name.en += &format!(" ({number})");
    }
    name
}

/// A place's name; its id where it is not on record.
pub(crate) fn place(registry: &Registry, id: &Id) -> Message {
    let entry = registry.jurisdictions.get(id);
    entry.map_or_else(|| both(id), |entry| text(&entry.value.name))
}

/// An item's name: in the latest edition of a standard, or of those above it, that has the item;
/// else as an adjustment of one of them adds it; its id where no text has it.
pub(crate) fn item(registry: &Registry, standard: &StandardId, id: &Id) -> Message {
    for here in std::iter::once(standard).chain(registry.standards_above(standard.as_str())) {
        let all = jialiang_model::lookup::editions(registry, here);
        let mut held = all.iter().flat_map(|entry| &entry.value.items);
        if let Some(item) = held.find(|item| item.id == *id) {
            return text(&item.name);
        }
        let all = registry.adjustments.values().filter(|entry| entry.value.standard == *here);
        let mut added = all.flat_map(|entry| &entry.value.operations);
        let added = added.find_map(|operation| match &operation.act {
            Act::Add(item) if item.id == *id => Some(item),
            _ => None,
        });
        if let Some(item) = added {
            return text(&item.name);
        }
    }
    both(id)
}

/// A standard's name; its id where it is not on record.
pub(crate) fn standard(registry: &Registry, id: &StandardId) -> Message {
    let entry = registry.standards.get(id);
    entry.map_or_else(|| both(id), |entry| text(&entry.value.name))
}
