//! What a rule is.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use jialiang_model::date::Day;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::{InstrumentId, StandardId};
use jialiang_model::kind::{
    Acceptance, Adjustment, Crosswalk, Edition, Indicators, Instrument, Jurisdiction, Kind, Plan,
    RegistryFile, Standard, jurisdiction_path,
};
use jialiang_model::place::{IdPath, Place};
use jialiang_model::{Entry, Registry};
use jialiang_store::{Base, Loaded};

use crate::force::{Decided, Force};
use crate::record::Record;
use crate::taxonomy::Taxonomy;

/// One rule: a name, how grave a breach is, its document, and what it looks at.
#[derive(Debug)]
pub struct Rule {
    /// The name: the pattern it finds, so that it reads as "allow …".
    pub name: &'static str,
    /// How grave a breach is.
    pub level: Level,
    /// Its document in Markdown: what, why, how to mend, and an example that is its test.
    pub document: &'static str,
    /// What it looks at.
    pub runs: Runs,
}

impl Rule {
    /// What the rule says in one sentence: the first line of its document's part in
    /// Chinese or in English.
    pub fn summary(&self, chinese: bool) -> &'static str {
        let heading = if chinese { "## 中文\n\n" } else { "## English\n\n" };
        let part = self.document.split_once(heading).map_or("", |(_, part)| part);
        part.lines().next().unwrap_or("")
    }
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Runs {
    /// Documents that could not be read; the cold path names the rule.
    OnUnreadable,
    /// Each readable document.
    OnDocument(fn(&Subject<'_>, &Doc<'_>, &mut Sink<'_>)),
    /// The registry as a whole.
    OnRegistry(fn(&Subject<'_>, &mut Sink<'_>)),
    /// Each item that a place has decided, in force beside the place above it.
    OnDecided(for<'a> fn(&Subject<'a>, &Decided<'a>, &mut Sink<'_>)),
    /// What changed since a base; not run where none is given.
    OnBase(fn(&Subject<'_>, &Base, &mut Sink<'_>)),
    /// What somebody has accepted, beside what all other rules found.
    OnAcceptances(fn(&Subject<'_>, &[Answered<'_>], &mut Sink<'_>)),
}

/// An acceptance, and whether any rule finds what it accepts.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The acceptance.
    pub acceptance: &'a Entry<Acceptance>,
    /// Whether the finding is still there. What rules were not run is not known to be gone.
    pub found: Option<bool>,
}

/// What is checked.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The registry as it was read.
    pub loaded: &'a Loaded,
    /// The registry as it was when the edit began that is checked.
    pub base: Option<&'a Base>,
    /// The day on which it is checked; without one, no acceptance runs out.
    pub on: Option<Day>,
    agencies: HashSet<(&'a str, &'a str)>,
    taxonomies: HashMap<&'a StandardId, Arc<Taxonomy<'a>>>,
    adjustments: HashMap<&'a InstrumentId, Vec<&'a Entry<Adjustment>>>,
    force: OnceLock<Option<Force<'a>>>,
    record: OnceLock<Record<'a>>,
}

impl<'a> Subject<'a> {
    /// A registry, with what the rules look up again and again.
    pub fn new(loaded: &'a Loaded) -> Self {
        let registry = &loaded.registry;
        let agencies = registry
            .jurisdictions
            .iter()
            .flat_map(|(place, entry)| {
                entry.value.agencies.iter().map(|agency| (place.as_str(), agency.id.as_str()))
            })
            .collect();
        let own: HashMap<&StandardId, Arc<Taxonomy<'_>>> = registry
            .standards
            .iter()
            .filter(|(_, entry)| !entry.value.areas.is_empty())
            .map(|(id, entry)| (id, Arc::new(Taxonomy::new(entry))))
            .collect();
        let taxonomies = registry
            .standards
            .iter()
            .filter_map(|(id, entry)| {
                let owner = registry.taxonomy(&entry.value)?;
                Some((id, Arc::clone(own.get(&owner.id)?)))
            })
            .collect();
        let mut adjustments: HashMap<_, Vec<_>> = HashMap::new();
        for entry in registry.adjustments.values().filter(|one| one.value.draft != Some(true)) {
            if let Some(instrument) = &entry.value.instrument {
                adjustments.entry(instrument).or_default().push(entry);
            }
        }
        let (base, on) = (None, None);
        let (force, record) = (OnceLock::new(), OnceLock::new());
        Self { loaded, base, on, agencies, taxonomies, adjustments, force, record }
    }

    /// The same, as an edit of a base.
    #[must_use]
    pub const fn against(mut self, base: &'a Base) -> Self {
        self.base = Some(base);
        self
    }

    /// The same, checked on a day.
    #[must_use]
    pub const fn on(mut self, day: Day) -> Self {
        self.on = Some(day);
        self
    }

    /// The taxonomy that a standard uses, its own or one above it.
    pub fn taxonomy(&self, standard: &StandardId) -> Option<&Taxonomy<'a>> {
        self.taxonomies.get(standard).map(AsRef::as_ref)
    }

    /// What is in force, indexed when the first rule asks; `None` where nothing on record is
    /// dated beside what an edition of the topmost standard prints.
    pub(crate) fn force(&self) -> Option<&Force<'a>> {
        self.force.get_or_init(|| Force::of(&self.loaded.registry)).as_ref()
    }

    /// Every line and every cell that documents write, gathered when the first rule asks.
    pub(crate) fn record(&self) -> &Record<'a> {
        self.record.get_or_init(|| Record::of(&self.loaded.registry))
    }

    /// The adjustments that an instrument makes; drafts are none.
    pub(crate) fn made_by(&self, instrument: &InstrumentId) -> &[&'a Entry<Adjustment>] {
        self.adjustments.get(instrument).map_or(&[], Vec::as_slice)
    }

    /// Whether a place has an agency on record.
    pub fn has_agency(&self, place: &str, name: &str) -> bool {
        self.agencies.contains(&(place, name))
    }

    /// Whether something stands at a path, or says that it does, and could not be read or
    /// placed: then nothing is known of what it defines, and no rule may say that it is
    /// missing.
    pub fn is_there(&self, path: &str) -> bool {
        let Loaded { unreadable, strays, misplaced, .. } = self.loaded;
        unreadable.binary_search_by(|u| (*u.path).cmp(path)).is_ok()
            || strays.binary_search_by(|s| (*s.path).cmp(path)).is_ok()
            || misplaced.iter().any(|m| *m.path == *path || m.says == path)
    }

    /// Whether a place is on record, or stands in a document that could not be read.
    pub fn may_have_place(&self, place: &str) -> bool {
        self.loaded.registry.jurisdictions.contains_key(place)
            || self.is_there(&jurisdiction_path(place))
    }
}

/// A readable document.
#[derive(Debug, Clone, Copy)]
pub enum Doc<'a> {
    /// The registry's own card.
    Registry(&'a Entry<RegistryFile>),
    /// A place.
    Jurisdiction(&'a Entry<Jurisdiction>),
    /// An instrument.
    Instrument(&'a Entry<Instrument>),
    /// An adjustment.
    Adjustment(&'a Entry<Adjustment>),
    /// A standard.
    Standard(&'a Entry<Standard>),
    /// An edition.
    Edition(&'a Entry<Edition>),
    /// A plan.
    Plan(&'a Entry<Plan>),
    /// A crosswalk.
    Crosswalk(&'a Entry<Crosswalk>),
    /// A table of indicators.
    Indicators(&'a Entry<Indicators>),
    /// A finding that somebody answers for.
    Acceptance(&'a Entry<Acceptance>),
}

impl<'a> Doc<'a> {
    /// Every readable document of a registry.
    pub fn all(loaded: &'a Loaded) -> Vec<Self> {
        let r = &loaded.registry;
        let mut all: Vec<Self> = r.card.iter().map(Self::Registry).collect();
        all.extend(r.jurisdictions.values().map(Self::Jurisdiction));
        all.extend(r.instruments.values().map(Self::Instrument));
        all.extend(r.adjustments.values().map(Self::Adjustment));
        all.extend(r.standards.values().map(Self::Standard));
        all.extend(r.editions.values().map(Self::Edition));
        all.extend(r.plans.values().map(Self::Plan));
        all.extend(r.crosswalks.values().map(Self::Crosswalk));
        all.extend(r.indicators.values().map(Self::Indicators));
        all.extend(r.acceptances.values().map(Self::Acceptance));
        all
    }

    /// Where it stands.
    pub const fn path(&self) -> &'a Arc<str> {
        match self {
            Self::Registry(e) => &e.path,
            Self::Jurisdiction(e) => &e.path,
            Self::Instrument(e) => &e.path,
            Self::Adjustment(e) => &e.path,
            Self::Standard(e) => &e.path,
            Self::Edition(e) => &e.path,
            Self::Plan(e) => &e.path,
            Self::Crosswalk(e) => &e.path,
            Self::Indicators(e) => &e.path,
            Self::Acceptance(e) => &e.path,
        }
    }

    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Registry(_) => Kind::Registry,
            Self::Jurisdiction(_) => Kind::Jurisdiction,
            Self::Instrument(_) => Kind::Instrument,
            Self::Adjustment(_) => Kind::Adjustment,
            Self::Standard(_) => Kind::Standard,
            Self::Edition(_) => Kind::Edition,
            Self::Plan(_) => Kind::Plan,
            Self::Crosswalk(_) => Kind::Crosswalk,
            Self::Indicators(_) => Kind::Indicators,
            Self::Acceptance(_) => Kind::Acceptance,
        }
    }

    /// A place in it.
    pub fn place(&self, words: &[&str]) -> Place {
        place(self.path(), words)
    }
}

/// A place in a document.
pub(crate) fn place(path: &Arc<str>, words: &[&str]) -> Place {
    Place::at(path, words.iter().collect::<IdPath>())
}

/// A place's name in Chinese; its id where it is not on record.
pub(crate) fn named(registry: &Registry, id: &str) -> String {
    let entry = registry.jurisdictions.get(id);
    entry.map_or_else(|| id.to_owned(), |entry| entry.value.name.zh.to_string())
}

/// Takes the findings of one rule, and stamps them with its name and level.
#[derive(Debug)]
pub struct Sink<'a> {
    rule: &'static Rule,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(rule: &'static Rule, findings: &'a mut Vec<Finding>) -> Self {
        Self { rule, findings }
    }

    /// Takes a finding.
    pub fn report(&mut self, mut finding: Finding) {
        finding.rule = self.rule.name;
        finding.level = self.rule.level;
        self.findings.push(finding);
    }
}
