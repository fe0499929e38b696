//! A standard's taxonomy, arranged for looking things up.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jialiang_model::Entry;
use jialiang_model::id::Id;
use jialiang_model::kind::Standard;
use jialiang_model::kind::standard::{Area, Category, Listed};
use jialiang_model::place::{Place, counted};
use jialiang_model::version::Version;

use crate::rule::place;

/// A line of the taxonomy: an item under its category, and how far down it stands.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The area.
    pub area: &'a Area,
    /// The category.
    pub category: &'a Category,
    /// The item, and in which editions it stands here.
    pub listed: &'a Listed,
    /// Its place in the official order.
    pub rank: usize,
}

/// A standard's taxonomy, arranged for looking things up.
#[derive(Debug)]
pub struct Taxonomy<'a> {
    /// The standard whose taxonomy it is.
    pub owner: &'a Entry<Standard>,
    categories: HashMap<&'a str, (&'a Area, &'a Category)>,
    /// In the official order.
    listings: Vec<Listing<'a>>,
    /// Which listings an item has.
    items: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Taxonomy<'a> {
    pub(crate) fn new(owner: &'a Entry<Standard>) -> Self {
        let mut categories = HashMap::new();
        let mut listings = Vec::new();
        let mut items: HashMap<&str, Vec<usize>> = HashMap::new();
        for area in &owner.value.areas {
            for category in &area.categories {
                categories.entry(category.id.as_str()).or_insert((area, category));
                for listed in &category.items {
                    let rank = listings.len();
                    items.entry(listed.id.as_str()).or_default().push(rank);
                    listings.push(Listing { area, category, listed, rank });
                }
            }
        }
        Self { owner, categories, listings, items }
    }

    /// A category and its area.
    pub fn category(&self, id: &Id) -> Option<(&'a Area, &'a Category)> {
        self.categories.get(id.as_str()).copied()
    }

    /// The ids of all categories, in the official order.
    pub fn categories(&self) -> impl Iterator<Item = &'a str> {
        self.owner.value.categories().map(|category| category.id.as_str())
    }

    /// Every line, in the official order.
    pub fn listings(&self) -> impl Iterator<Item = &Listing<'a>> {
        self.listings.iter()
    }

    /// The ids of all items that any edition has, in the official order.
    pub fn items(&self) -> impl Iterator<Item = &'a Id> {
        self.listings.iter().map(|listing| &listing.listed.id)
    }

    /// Whether any edition has the item.
    pub fn has(&self, item: &Id) -> bool {
        self.items.contains_key(item.as_str())
    }

    /// The lines of an item that hold in a version; all of its lines where none is given.
    pub fn of(&self, item: &Id, version: Option<&Version>) -> impl Iterator<Item = &Listing<'a>> {
        let ranks = self.items.get(item.as_str()).map(Vec::as_slice).unwrap_or_default();
        ranks
            .iter()
            .filter_map(|rank| self.listings.get(*rank))
            .filter(move |l| version.is_none_or(|v| l.listed.holds_in(v)))
    }
}

/// The lines that each item has in a standard's own taxonomy, each with its place.
pub(crate) fn lines_of<'a>(
    standard: &'a Standard,
    path: &Arc<str>,
) -> BTreeMap<&'a Id, Vec<(&'a Listed, Place)>> {
    let mut lines: BTreeMap<&Id, Vec<(&Listed, Place)>> = BTreeMap::new();
    for area in &standard.areas {
        for category in &area.categories {
            let ids = category.items.iter().map(|listed| listed.id.as_str());
            for (listed, word) in category.items.iter().zip(counted(ids)) {
                let (area, category) = (area.id.as_str(), category.id.as_str());
                let words = ["areas", area, "categories", category, "items", &word];
                lines.entry(&listed.id).or_default().push((listed, place(path, &words)));
            }
        }
    }
    lines
}
