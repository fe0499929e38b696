//! Every line that documents write, by place, standard and item, and every cell: what is looked
//! through for a slip of the hand.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jialiang_model::cell::CellValue;
use jialiang_model::date::{Day, PartialDate};
use jialiang_model::id::{Id, StandardId};
use jialiang_model::kind::Adjustment;
use jialiang_model::kind::adjustment::When;
use jialiang_model::place::Place;
use jialiang_model::provision::Provision;
use jialiang_model::{Entry, Registry};

use crate::dated::known;
use crate::lines::written;
use crate::rule::place;

/// A line that a document writes.
#[derive(Debug)]
pub(crate) struct Kin<'a> {
    pub(crate) place: &'a str,
    pub(crate) document: Document<'a>,
    pub(crate) line: &'a Provision,
    stands: Stands<'a>,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
enum Stands<'a> {
    /// In an edition, under an item.
    Printed(&'a Id),
    /// In an adjustment, so many lines down.
    Written(&'a Adjustment, usize),
}

/// A document, in the order of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Document<'a> {
    /// The day by which it was issued or, where that is not on record, holds.
    pub(crate) day: Option<Day>,
    pub(crate) path: &'a Arc<str>,
}

/// The first document that writes a word, and whether another does too.
#[derive(Debug, Clone, Copy)]
struct Seen<'a> {
    first: Document<'a>,
    again: bool,
}

/// Every line and every cell on record.
#[derive(Debug, Default)]
pub(crate) struct Record<'a> {
    lines: HashMap<(&'a str, &'a str, &'a str), Vec<Kin<'a>>>,
    roots: HashMap<&'a str, &'a str>,
    above: HashMap<&'a str, Vec<&'a str>>,
    dimensions: HashMap<&'a str, Seen<'a>>,
    values: HashMap<&'a str, HashMap<&'a str, Seen<'a>>>,
}

impl Kin<'_> {
    /// Where it stands, and a key of it.
    pub(crate) fn at(&self, key: &str) -> Place {
        match self.stands {
            Stands::Printed(item) => {
                let words = ["items", item.as_str(), "provisions", self.line.id.as_str(), key];
                place(self.document.path, &words)
            }
            Stands::Written(adjustment, n) => match written(adjustment).get(n) {
                Some(one) => place(self.document.path, &one.words(&[key])),
                None => Place::document(self.document.path),
            },
        }
    }
}

impl<'a> Record<'a> {
    pub(crate) fn of(registry: &'a Registry) -> Self {
        let mut record = Self::default();
        for entry in registry.standards.values() {
            let id = entry.value.id.as_str();
            let places = record.above.entry(entry.value.id.place()).or_default();
            places.push(entry.value.id.place());
            places.extend(registry.standards_above(id).map(StandardId::place));
            let root = registry.standards_above(id).last();
            record.roots.insert(id, root.map_or(id, StandardId::as_str));
        }
        for entry in registry.jurisdictions.values() {
            let id = entry.value.id.as_str();
            let places = record.above.entry(id).or_default();
            places.push(id);
            places.extend(registry.places_above(id).map(Id::as_str));
        }
        for places in record.above.values_mut() {
            places.sort_unstable();
            places.dedup();
        }
        // Only adjustments are looked through, and most items have none.
        let operations = registry.adjustments.values().flat_map(|entry| &entry.value.operations);
        let adjusted: HashSet<&Id> = operations.filter_map(|one| one.item.as_ref()).collect();
        for entry in registry.editions.values() {
            let edition = &entry.value;
            let day = known(registry, edition).or(edition.effective);
            let document = document(&entry.path, day);
            for item in &edition.items {
                let kept = adjusted.contains(&item.id);
                for line in &item.provisions {
                    record.tell_apart(document, line);
                    if kept {
                        let (place, stands) = (edition.standard.place(), Stands::Printed(&item.id));
                        let kin = Kin { place, document, line, stands };
                        record.add(&edition.standard, &item.id, kin);
                    }
                }
            }
        }
        for entry in registry.adjustments.values() {
            let adjustment = &entry.value;
            let document = Self::document(registry, entry);
            for (n, one) in written(adjustment).into_iter().enumerate() {
                let (place, stands) = (adjustment.place(), Stands::Written(adjustment, n));
                let kin = Kin { place, document, line: one.line, stands };
                record.tell_apart(document, one.line);
                record.add(&adjustment.standard, one.item, kin);
            }
        }
        record
    }

    /// An adjustment, in the order of issue.
    pub(crate) fn document(registry: &Registry, entry: &'a Entry<Adjustment>) -> Document<'a> {
        let instrument = entry.value.instrument.as_ref();
        let issued = instrument.and_then(|id| registry.instruments.get(id)?.value.known());
        let begins = || {
            let all = entry.value.operations.iter().filter_map(|one| one.when);
            all.map(|When { from, .. }| from).min_by_key(|from| from.first_day())
        };
        document(&entry.path, issued.or_else(begins))
    }

    /// Takes note of by what a line tells people apart.
    fn tell_apart(&mut self, document: Document<'a>, line: &'a Provision) {
        let see = |seen: &mut Seen<'a>| {
            seen.again |= seen.first.path != document.path;
            seen.first = seen.first.min(document);
        };
        let new = Seen { first: document, again: false };
        for (dimension, value) in line.cell.0.iter() {
            self.dimensions.entry(dimension.as_str()).and_modify(see).or_insert(new);
            if let CellValue::Name(value) = value {
                let values = self.values.entry(dimension.as_str()).or_default();
                values.entry(value.as_str()).and_modify(see).or_insert(new);
            }
        }
    }

    fn add(&mut self, standard: &'a StandardId, item: &'a Id, kin: Kin<'a>) {
        let root = self.roots.get(standard.as_str()).copied().unwrap_or(standard.as_str());
        self.lines.entry((kin.place, root, item.as_str())).or_default().push(kin);
    }

    /// Every line of an item in a place and those above it.
    pub(crate) fn kin(&self, adjustment: &'a Adjustment, item: &'a Id) -> Vec<&Kin<'a>> {
        let standard = adjustment.standard.as_str();
        let root = self.roots.get(standard).copied().unwrap_or(standard);
        let here = adjustment.place();
        let mut places = self.above.get(here).cloned().unwrap_or_default();
        places.extend([here, adjustment.standard.place()]);
        places.sort_unstable();
        places.dedup();
        let of = |place| self.lines.get(&(place, root, item.as_str())).into_iter().flatten();
        places.into_iter().flat_map(of).collect()
    }

    /// A place and those above it: by its parents, and by the standards that its own implement.
    pub(crate) fn upward<'s>(&'s self, place: &'s str) -> Vec<&'s str> {
        let mut all = vec![place];
        let mut next = 0;
        while let Some(at) = all.get(next).copied() {
            next += 1;
            let above = self.above.get(at).into_iter().flatten();
            let new: Vec<&str> = above.copied().filter(|one| !all.contains(one)).collect();
            all.extend(new);
        }
        all
    }

    /// Dimensions that another document writes, and whether it is to be believed rather than
    /// this one: more than one writes it, or it came before.
    pub(crate) fn dimensions(&self, than: Document<'a>) -> Vec<&'a str> {
        believed(&self.dimensions, than)
    }

    /// The same of the values of a dimension.
    pub(crate) fn values(&self, dimension: &str, than: Document<'a>) -> Vec<&'a str> {
        self.values.get(dimension).map(|values| believed(values, than)).unwrap_or_default()
    }

    /// Whether only one document writes a dimension.
    pub(crate) fn dimension_is_new(&self, dimension: &str) -> bool {
        self.dimensions.get(dimension).is_none_or(|seen| !seen.again)
    }

    /// Whether only one document writes a value of a dimension.
    pub(crate) fn value_is_new(&self, dimension: &str, value: &str) -> bool {
        let seen = self.values.get(dimension).and_then(|values| values.get(value));
        seen.is_none_or(|seen| !seen.again)
    }
}

fn believed<'a>(seen: &HashMap<&'a str, Seen<'a>>, than: Document<'a>) -> Vec<&'a str> {
    let rather = |one: &Seen<'a>| one.again || one.first < than;
    let mut all: Vec<&str> =
        seen.iter().filter(|(_, one)| rather(one)).map(|(word, _)| *word).collect();
    all.sort_unstable();
    all
}

fn document(path: &Arc<str>, date: Option<PartialDate>) -> Document<'_> {
    Document { day: date.and_then(|date| Day::of(date.first_day())), path }
}
