//! What an address names in a registry.

use std::sync::Arc;

use crate::item::Item;
use crate::kind::{Edition, Instrument, Jurisdiction, Standard};
use crate::provision::Provision;
use crate::registry::Entry;

/// What an address names.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// A place.
    Place(&'a Entry<Jurisdiction>),
    /// An instrument.
    Instrument(&'a Entry<Instrument>),
    /// A standard.
    Standard(&'a Entry<Standard>),
    /// An edition.
    Edition(&'a Entry<Edition>),
    /// An item of an edition.
    Item(&'a Entry<Edition>, &'a Arc<Item>),
    /// A line of an item.
    Provision(&'a Entry<Edition>, &'a Arc<Item>, &'a Provision),
}
