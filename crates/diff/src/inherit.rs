//! A difference as the whole text that it stands for.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_model::item::Item;
use jialiang_model::kind::Edition;

/// The whole text of an edition that is written as a difference from another: each item
/// that it writes, it writes wholly; each that it leaves out is as the other has it.
pub fn completed(difference: &Edition, parent: &Edition) -> Edition {
    let mut own: BTreeMap<&str, &Arc<Item>> =
        difference.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let inherited = |item: &Arc<Item>| {
        // How far its text is on record is said by the edition that it comes from.
        let transcribed = parent.transcribed(item);
        if difference.transcribed(item) == transcribed {
            return Arc::clone(item);
        }
        Arc::new(Item { transcribed: Some(transcribed), ..Item::clone(item) })
    };
    let mut items: Vec<Arc<Item>> = parent
        .items
        .iter()
        .map(|item| own.remove(item.id.as_str()).map_or_else(|| inherited(item), Arc::clone))
        .collect();
    let added = difference.items.iter().filter(|item| own.contains_key(item.id.as_str()));
    items.extend(added.cloned());
    Edition {
        items,
        difference_from: None,
        transcribed: difference.transcribed.min(parent.transcribed),
        ..difference.clone()
    }
}
