//! What changed, for people and programs to read: pairs of editions with their changes, and
//! the other documents that were touched.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_diff::{Bump, Change, Declared, Nature, Side, Value, bump, compare, words};
use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::InstrumentId;
use jialiang_model::kind::{Document, Edition, EditionId, Expected};
use jialiang_model::order::Why;
use jialiang_store::{Base, Gathered, Was, cores};

use jialiang_resolve::Sides;

use crate::locate::Locator;
use crate::output::Spot;
use crate::step::whole;

mod adjusted;
mod force;

pub use adjusted::Operated;

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was not there before.
    Added,
    /// It says something else, or is laid out otherwise.
    Changed,
    /// It is there no more.
    Gone,
    /// It does not read, before or now: nothing can be said of it.
    Unreadable,
}

/// Two editions, and what changed from the one to the other.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The first edition, as a whole text where its parents are on record.
    pub before: Edition,
    /// The path at which it is shown.
    pub before_path: Arc<str>,
    /// The second edition, as a whole text where its parents are on record.
    pub after: Edition,
    /// The path at which it is shown.
    pub after_path: Arc<str>,
    /// What changed.
    pub changes: Vec<Change>,
    /// For values of the first edition that are known only from a later instrument: that
    /// instrument, by item and provision.
    attested: BTreeMap<(String, String), InstrumentId>,
    /// What is compared where it is what is in force, and no texts.
    pub force: Option<Force>,
}

/// What is in force on two sides, and where it stands.
#[derive(Debug, Clone)]
pub struct Force {
    /// What was asked on either side, as addresses.
    pub asked: [String; 2],
    /// Where what is in force on either side stands, by item and by line or part.
    pub places: BTreeMap<(String, String), [Option<Stands>; 2]>,
    /// How many lines on either side are only the last that is known.
    pub last_known: [usize; 2],
    /// The changes that rest on such a line, by item and line.
    pub unsure: BTreeMap<(String, String), Unsure>,
}

/// A change that rests on a value that is only the last that is known.
#[derive(Debug, Clone)]
pub struct Unsure {
    /// What it is by the values that are last known; none where they are equal.
    pub nature: Option<Nature>,
    /// That, in words, and through which day documents were followed.
    pub words: Message,
}

/// A place in a document of one side's registry, and how it is shown there.
#[derive(Debug, Clone)]
pub struct Stands {
    /// The place.
    pub spot: Spot,
    /// The document's path as people would type it, with the line.
    pub shown: String,
}

impl Compared {
    /// Compares two editions, each with the path at which it is shown and the registry in
    /// which what it is written on and cites is looked up.
    pub fn new(
        (registry_before, before_path, before): (&Registry, Arc<str>, &Edition),
        (registry_after, after_path, after): (&Registry, Arc<str>, &Edition),
    ) -> Self {
        let before = whole(registry_before, before).into_owned();
        let after = whole(registry_after, after).into_owned();
        let changes = compare(&before, &after);
        let attested = attested(&[registry_before, registry_after], &before);
        Self { before, before_path, after, after_path, changes, attested, force: None }
    }

    /// Compares what is in force on two sides, each with what it was asked and where its
    /// documents are.
    pub fn in_force(sides: Sides<'_>, asked: [String; 2], locators: [&mut Locator<'_>; 2]) -> Self {
        let mut changes = force::changes(&sides);
        let unsure = force::unsure(&sides, &mut changes);
        let force = Force { unsure, ..force::stands(&sides, asked, locators) };
        let [before_path, after_path] = force.asked.each_ref().map(|one| one.as_str().into());
        let Sides {
            lines: [before, after],
            words: _,
            open: _,
            held: _,
            said: _,
            upper: _,
            at_once: _,
        } = sides;
        let (attested, force) = (BTreeMap::new(), Some(force));
        Self { before, before_path, after, after_path, changes, attested, force }
    }

    /// Where a side of a change of what is in force stands.
    pub fn stands(&self, change: &Change, after: bool) -> Option<&Stands> {
        let slot = if after { &change.after.slot } else { &change.before.slot };
        let [a, b] = self.force.as_ref()?.places.get(&force::key(slot)?)?;
        if after { b.as_ref() } else { a.as_ref() }
    }

    /// That a change rests on a value that is only the last that is known, and what it is by it.
    pub fn unsure(&self, change: &Change) -> Option<&Unsure> {
        self.force.as_ref()?.unsure.get(&force::key(&change.side().slot)?)
    }

    /// Why it cannot be said which way a change goes, in words.
    pub fn reason(&self, change: &Change) -> Option<Message> {
        let unsure = self.unsure(change).filter(|_| change.why == Some(Why::LastKnown));
        unsure.map(|unsure| unsure.words.clone()).or_else(|| words::reason(change))
    }

    /// What was declared of the changes: nothing, unless the second edition follows the
    /// first, for that is what a notice speaks of.
    pub fn declared(&self) -> Declared<'_> {
        let follows = self.after.follows.as_ref() == Some(&self.before.version);
        if follows && self.before.standard == self.after.standard {
            Declared::of(&self.after, &self.changes)
        } else {
            Declared::default()
        }
    }

    /// The step from the first version to the second; `None` where the second is not the
    /// later one.
    pub fn step(&self) -> Option<Bump> {
        bump(&self.before.version, &self.after.version)
    }

    /// The later instrument from which the value before is known, where no text of its own
    /// time is on record.
    pub fn attested_by(&self, change: &Change) -> Option<&InstrumentId> {
        let Side {
            slot: jialiang_diff::Slot::Provision(item, line),
            value: Some(Value::Provision(_)),
        } = &change.before
        else {
            return None;
        };
        self.attested.get(&(item.to_string(), line.to_string()))
    }
}

/// The provisions of an edition whose source is an instrument surely issued later than the
/// edition's own.
fn attested(
    registries: &[&Registry],
    edition: &Edition,
) -> BTreeMap<(String, String), InstrumentId> {
    let known = |id: &InstrumentId| {
        registries.iter().find_map(|registry| registry.instruments.get(id))?.value.known()
    };
    let mut all = BTreeMap::new();
    let Some(own) = edition.instrument.as_ref().and_then(known) else {
        return all;
    };
    for item in &edition.items {
        for line in &item.provisions {
            let source = line.source.as_deref().or(item.source.as_deref());
            let Some(id) = source.and_then(|source| source.instrument.as_ref()) else { continue };
            if known(id).is_some_and(|later| later.first_day() > own.last_day()) {
                all.insert((item.id.to_string(), line.id.to_string()), id.clone());
            }
        }
    }
    all
}

/// What changed.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// Pairs of editions.
    pub compared: Vec<Compared>,
    /// Other documents that were touched.
    pub documents: Vec<(Arc<str>, Fate)>,
    /// What adjustments among them say now and did not before, by path.
    pub operated: BTreeMap<Arc<str>, Vec<Operated>>,
}

/// What changed since a base: each edition against what it was, or, where it is new, against
/// the one that it follows; and every other document that was touched.
///
/// What was gathered must hold the documents that stand where the base has something else,
/// and those that they follow, are written on and cite.
pub fn review(gathered: &Gathered, base: &Base) -> Review {
    let differing: Vec<(&Arc<str>, &Was)> = base.differing().collect();
    let seen = cores::of_all(&differing, |(path, was)| one(gathered, base, path, was));
    let mut review = Review::default();
    for ((path, _), seen) in differing.into_iter().zip(seen) {
        match seen {
            Ok(compared) => review.compared.push(*compared),
            Err(fate) => review.documents.push((Arc::clone(path), fate)),
        }
    }
    review
}

/// What became of one document: compared, where there is something to compare it with.
fn one(
    Gathered { registry, unreadable }: &Gathered,
    base: &Base,
    path: &Arc<str>,
    was: &Was,
) -> Result<Box<Compared>, Fate> {
    let now = match Expected::at(path) {
        Some(Expected::Edition(id)) => registry.editions.get(&id),
        _ => None,
    };
    let compared = |before_path, before, now: &Edition| {
        let after = (registry, Arc::clone(path), now);
        Box::new(Compared::new((registry, before_path, before), after))
    };
    match (was, now) {
        (Was::Document(Document::Edition(before)), Some(now)) => {
            Ok(compared(base.path(path), before, &now.value))
        }
        (Was::Absent, Some(now)) => {
            let edition = &now.value;
            let follows = edition.follows.as_ref().and_then(|version| {
                let standard = edition.standard.clone();
                registry.editions.get(&EditionId { standard, version: version.clone() })
            });
            let before = follows.ok_or(Fate::Added)?;
            Ok(compared(Arc::clone(&before.path), &before.value, edition))
        }
        (was, _) => Err(match was {
            _ if unreadable.binary_search_by(|u| (**u).cmp(path)).is_ok() => Fate::Unreadable,
            Was::Absent => Fate::Added,
            Was::Document(_) | Was::Unreadable if !registry.holds(path) => Fate::Gone,
            Was::Document(_) => Fate::Changed,
            Was::Unreadable => Fate::Unreadable,
        }),
    }
}
