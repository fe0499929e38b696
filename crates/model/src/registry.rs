//! A registry as one value.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::{Id, IndicatorRef, InstrumentId, StandardId, WorkId};
use crate::kind::indicators::Indicator;
use crate::kind::{
    Acceptance, Adjustment, Crosswalk, Document, Edition, EditionId, Expected, Fingerprint,
    Indicators, Instrument, Jurisdiction, Plan, RegistryFile, Standard,
};

/// No way up is longer; one that comes back to itself is for a rule to find.
const HIGHEST: usize = 16;

/// A document and the path at which it stands.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// The path in the registry.
    pub path: Arc<str>,
    /// The document.
    pub value: Box<T>,
}

/// Every readable document of a registry, by id, in the order of ids.
///
/// Made once and shared freely: it does not change, and holds no lock.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// The registry's own card.
    pub card: Option<Entry<RegistryFile>>,
    /// Places.
    pub jurisdictions: BTreeMap<Id, Entry<Jurisdiction>>,
    /// Instruments.
    pub instruments: BTreeMap<InstrumentId, Entry<Instrument>>,
    /// Adjustments.
    pub adjustments: BTreeMap<InstrumentId, Entry<Adjustment>>,
    /// Standards.
    pub standards: BTreeMap<StandardId, Entry<Standard>>,
    /// Editions.
    pub editions: BTreeMap<EditionId, Entry<Edition>>,
    /// Plans.
    pub plans: BTreeMap<WorkId, Entry<Plan>>,
    /// Crosswalks.
    pub crosswalks: BTreeMap<WorkId, Entry<Crosswalk>>,
    /// Tables of indicators.
    pub indicators: BTreeMap<WorkId, Entry<Indicators>>,
    /// Findings that somebody answers for.
    pub acceptances: BTreeMap<Fingerprint, Entry<Acceptance>>,
}

impl Registry {
    /// Gathers documents. Of two with one id the first keeps it.
    pub fn new(documents: impl IntoIterator<Item = (Arc<str>, Document)>) -> Self {
        let mut registry = Self::default();
        for (path, document) in documents {
            match document {
                Document::Registry(value) => {
                    registry.card.get_or_insert(Entry { path, value });
                }
                Document::Jurisdiction(value) => {
                    registry.jurisdictions.entry(value.id.clone()).or_insert(Entry { path, value });
                }
                Document::Instrument(value) => {
                    registry.instruments.entry(value.id.clone()).or_insert(Entry { path, value });
                }
                Document::Adjustment(value) => {
                    registry.adjustments.entry(value.id.clone()).or_insert(Entry { path, value });
                }
                Document::Standard(value) => {
                    registry.standards.entry(value.id.clone()).or_insert(Entry { path, value });
                }
                Document::Edition(value) => {
                    registry.editions.entry(value.id()).or_insert(Entry { path, value });
                }
                Document::Plan(value) => {
                    registry.plans.entry(value.id.clone()).or_insert(Entry { path, value });
                }
                Document::Crosswalk(value) => {
                    registry.crosswalks.entry(value.id.clone()).or_insert(Entry { path, value });
                }
                Document::Indicators(value) => {
                    registry.indicators.entry(value.id.clone()).or_insert(Entry { path, value });
                }
                Document::Acceptance(value) => {
                    let id = value.fingerprint;
                    registry.acceptances.entry(id).or_insert(Entry { path, value });
                }
            }
        }
        registry
    }

    /// Whether a document stands at a path.
    pub fn holds(&self, path: &str) -> bool {
        Expected::at(path).is_some_and(|expected| match &expected {
            Expected::Registry => self.card.is_some(),
            Expected::Jurisdiction(id) => self.jurisdictions.contains_key(id),
            Expected::Instrument(id) => self.instruments.contains_key(id),
            Expected::Adjustment(id) => self.adjustments.contains_key(id),
            Expected::Standard(id) => self.standards.contains_key(id),
            Expected::Edition(id) => self.editions.contains_key(id),
            Expected::Plan(id) => self.plans.contains_key(id),
            Expected::Crosswalk(id) => self.crosswalks.contains_key(id),
            Expected::Indicators(id) => self.indicators.contains_key(id),
            Expected::Acceptance(id) => self.acceptances.contains_key(id),
        })
    }

    /// An indicator, and the table that holds it.
    pub fn indicator(&self, id: &IndicatorRef) -> Option<(&Entry<Indicators>, &Indicator)> {
        let table = self.indicators.get(id.table())?;
        let one = table.value.indicators.iter().find(|one| one.id.as_str() == id.indicator())?;
        Some((table, one))
    }

    /// The places above a place, the nearest first, as far as they are on record.
    pub fn places_above<'a>(&'a self, place: &str) -> impl Iterator<Item = &'a Id> {
        let up = |id: &str| self.jurisdictions.get(id)?.value.parent.as_ref();
        std::iter::successors(up(place), move |id| up(id.as_str())).take(HIGHEST)
    }

    /// The standards above a standard, the nearest first, as far as they are on record.
    pub fn standards_above<'a>(&'a self, standard: &str) -> impl Iterator<Item = &'a StandardId> {
        let up = |id: &str| Some(&self.standards.get(id)?.value.implements.as_ref()?.standard);
        std::iter::successors(up(standard), move |id| up(id.as_str())).take(HIGHEST)
    }

    /// The taxonomy that a standard uses: its own, else the nearest above it.
    ///
    /// `None` where no standard on the way up is on record with one, or where the way up
    /// comes back to itself.
    pub fn taxonomy<'a>(&'a self, standard: &'a Standard) -> Option<&'a Standard> {
        let mut at = standard;
        for _ in 0..HIGHEST {
            if !at.areas.is_empty() {
                return Some(at);
            }
            at = &self.standards.get(&at.implements.as_ref()?.standard)?.value;
        }
        None
    }
}
