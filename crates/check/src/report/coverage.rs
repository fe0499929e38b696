//! How far each text is transcribed, and how much of it somebody has verified.

use std::collections::BTreeMap;

use jialiang_model::Registry;
use jialiang_model::date::PartialDate;
use jialiang_model::id::InstrumentId;
use jialiang_model::item::Transcribed;
use jialiang_model::kind::plan::Aim;
use jialiang_model::kind::{Edition, EditionId, Plan};
use jialiang_model::provision::{Form, Provision};
use jialiang_model::text::Text;
use jialiang_store::Loaded;

use super::place_of;

/// What is on record, place by place and text by text.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// Places, in the order of ids.
    pub places: Vec<Place<'a>>,
    /// Editions and plans, by place.
    pub texts: Vec<Holding<'a>>,
    /// What adjustments change and attest, all together.
    pub changes: Changes,
}

/// What adjustments change and attest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Operations.
    pub operations: usize,
    /// How many of those somebody has compared with their source.
    pub verified: usize,
}

/// A place, and how many documents are on record of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'a> {
    /// Its id.
    pub id: &'a str,
    /// What people call it, where it is on record.
    pub name: Option<&'a Text>,
    /// Instruments.
    pub instruments: usize,
    /// Adjustments.
    pub adjustments: usize,
    /// Standards.
    pub standards: usize,
    /// Editions.
    pub editions: usize,
    /// Plans.
    pub plans: usize,
    /// Tables of indicators.
    pub indicators: usize,
    /// The earliest date from which one of its texts or instruments is known or holds.
    pub from: Option<PartialDate>,
}

impl Place<'_> {
    /// Whether more is on record of it than that it exists.
    pub const fn holds_something(&self) -> bool {
        let Self {
            id: _,
            name: _,
            instruments,
            adjustments,
            standards,
            editions,
            plans,
            indicators,
            from: _,
        } = self;
        *instruments + *adjustments + *standards + *editions + *plans + *indicators > 0
    }
}

/// Which text it is.
#[derive(Debug, Clone)]
pub enum Of<'a> {
    /// An edition, whose parts are items with provisions.
    Edition(&'a Edition),
    /// A plan, whose parts are targets.
    Plan(&'a Plan),
}

/// A text, and how far it is transcribed.
#[derive(Debug, Clone)]
pub struct Holding<'a> {
    /// The place to which it belongs.
    pub place: &'a str,
    /// Where it stands.
    pub path: &'a str,
    /// Which it is.
    pub of: Of<'a>,
    /// From when it holds: its own date, else that of the instrument that published it.
    pub from: Option<PartialDate>,
    /// How many parts it says that it holds: items, or targets.
    pub declared: Option<String>,
    /// How far those are transcribed that are listed.
    pub listed: Listing,
    /// How many provisions, or targets.
    pub lines: usize,
    /// How many of those have a value: are more than words.
    pub valued: usize,
    /// How many of those somebody has compared with their source.
    pub verified: usize,
}

/// How many parts are transcribed how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Listing {
    /// Nothing but that they exist.
    pub none: usize,
    /// Their names.
    pub names: usize,
    /// Some of them.
    pub partial: usize,
    /// All of them.
    pub full: usize,
}

impl Listing {
    /// All that are listed.
    pub const fn all(&self) -> usize {
        let Self { none, names, partial, full } = self;
        *none + *names + *partial + *full
    }

    const fn add(&mut self, transcribed: Transcribed, n: usize) {
        match transcribed {
            Transcribed::None => self.none += n,
            Transcribed::Names => self.names += n,
            Transcribed::Partial => self.partial += n,
            Transcribed::Full => self.full += n,
        }
    }
}

impl Holding<'_> {
    /// The edition's id, or the plan's.
    pub fn id(&self) -> String {
        match self.of {
            Of::Edition(edition) => edition.id().to_string(),
            Of::Plan(plan) => plan.id.to_string(),
        }
    }

    /// The parent edition on which it is written as a difference.
    pub const fn difference_from(&self) -> Option<&EditionId> {
        match self.of {
            Of::Edition(edition) => edition.difference_from.as_ref(),
            Of::Plan(_) => None,
        }
    }
}

/// What is on record of each place, and how far each edition and plan is transcribed.
///
/// `covers` tells which documents count, by their paths.
pub fn coverage<'a>(loaded: &'a Loaded, covers: impl Fn(&str) -> bool) -> Coverage<'a> {
    let registry = &loaded.registry;
    let mut texts: Vec<Holding<'a>> = Vec::new();
    for entry in registry.editions.values().filter(|entry| covers(&entry.path)) {
        texts.push(edition(registry, &entry.path, &entry.value));
    }
    for entry in registry.plans.values().filter(|entry| covers(&entry.path)) {
        texts.push(plan(registry, &entry.path, &entry.value));
    }
    // Editions are by id and version already; the sort keeps that.
    texts.sort_by_key(|text| (text.place, matches!(text.of, Of::Plan(_))));
    let changes = changes(registry, &covers);
    Coverage { places: places(registry, &texts, &covers), texts, changes }
}

/// What the adjustments of some documents change and attest.
fn changes(registry: &Registry, covers: &impl Fn(&str) -> bool) -> Changes {
    let mut changes = Changes::default();
    for entry in registry.adjustments.values().filter(|entry| covers(&entry.path)) {
        let adjustment = &entry.value;
        for operation in &adjustment.operations {
            let line = operation.act.line().and_then(|line| line.source.as_deref());
            let source = line.or(operation.source.as_deref()).or(adjustment.source.as_ref());
            changes.operations += 1;
            changes.verified += usize::from(source.is_some_and(|source| source.verified));
        }
    }
    changes
}

fn places<'a>(
    registry: &'a Registry,
    texts: &[Holding<'a>],
    covers: &impl Fn(&str) -> bool,
) -> Vec<Place<'a>> {
    let name = |id: &str| registry.jurisdictions.get(id).map(|entry| &entry.value.name);
    let mut places: BTreeMap<&'a str, Place<'a>> = registry
        .jurisdictions
        .values()
        .filter(|entry| covers(&entry.path))
        .map(|entry| entry.value.id.as_str())
        .map(|id| (id, Place { name: name(id), ..nowhere(id) }))
        .collect();
    let mut see = |path: &'a str, from: Option<PartialDate>, count: fn(&mut Place<'a>)| {
        if !covers(path) {
            return;
        }
        let id = place_of(path);
        let place = places.entry(id).or_insert_with(|| Place { name: name(id), ..nowhere(id) });
        count(place);
        let earlier = |date: &PartialDate| {
            place.from.is_none_or(|known| date.first_day() < known.first_day())
        };
        if let Some(date) = from.filter(earlier) {
            place.from = Some(date);
        }
    };
    for entry in registry.instruments.values() {
        see(&entry.path, entry.value.known(), |place| place.instruments += 1);
    }
    for entry in registry.adjustments.values() {
        let instrument = entry.value.instrument.as_ref();
        let known = instrument.and_then(|id| registry.instruments.get(id)?.value.known());
        see(&entry.path, known, |place| place.adjustments += 1);
    }
    for entry in registry.standards.values() {
        see(&entry.path, None, |place| place.standards += 1);
    }
    for text in texts {
        match text.of {
            Of::Edition(_) => see(text.path, text.from, |place| place.editions += 1),
            Of::Plan(_) => see(text.path, text.from, |place| place.plans += 1),
        }
    }
    for entry in registry.indicators.values() {
        see(&entry.path, None, |place| place.indicators += 1);
    }
    places.into_values().collect()
}

const fn nowhere(id: &str) -> Place<'_> {
    Place {
        id,
        name: None,
        instruments: 0,
        adjustments: 0,
        standards: 0,
        editions: 0,
        plans: 0,
        indicators: 0,
        from: None,
    }
}

/// From when an instrument holds, else when it became known.
fn since(registry: &Registry, instrument: Option<&InstrumentId>) -> Option<PartialDate> {
    let instrument = &registry.instruments.get(instrument?)?.value;
    instrument.effective.or_else(|| instrument.known())
}

fn edition<'a>(registry: &'a Registry, path: &'a str, edition: &'a Edition) -> Holding<'a> {
    let mut listed = Listing::default();
    let (mut lines, mut valued, mut verified) = (0, 0, 0);
    for item in &edition.items {
        listed.add(edition.transcribed(item), 1);
        for provision in &item.provisions {
            lines += 1;
            valued += usize::from(has_value(provision));
            // A line's source is its item's where it has none, and that the edition's.
            let source = provision.source.as_deref().or(item.source.as_deref());
            let source = source.or(edition.source.as_ref());
            verified += usize::from(source.is_some_and(|source| source.verified));
        }
    }
    let counts = edition.counts.as_ref();
    Holding {
        place: edition.standard.place(),
        path,
        of: Of::Edition(edition),
        from: edition.effective.or_else(|| since(registry, edition.instrument.as_ref())),
        declared: counts.and_then(|counts| counts.items).map(|count| count.to_string()),
        listed,
        lines,
        valued,
        verified,
    }
}

/// Whether a provision says how much, in any form but words.
const fn has_value(provision: &Provision) -> bool {
    match &provision.form {
        Form::Words(_) => false,
        Form::Amount(..)
        | Form::Average(..)
        | Form::Share(..)
        | Form::Supplement(..)
        | Form::Increase(..)
        | Form::Free
        | Form::Pegged(_)
        | Form::Coverage(_) => true,
    }
}

fn plan<'a>(registry: &'a Registry, path: &'a str, plan: &'a Plan) -> Holding<'a> {
    let (mut lines, mut valued) = (0, 0);
    for placed in plan.every_target() {
        lines += 1;
        valued += usize::from(!matches!(placed.target.aim, Aim::Words(_)));
    }
    let mut listed = Listing::default();
    listed.add(plan.transcribed, lines);
    let counts = plan.counts.as_ref();
    let verified = plan.source.as_ref().is_some_and(|source| source.verified);
    Holding {
        place: plan.id.place(),
        path,
        of: Of::Plan(plan),
        from: plan.from.or_else(|| since(registry, plan.instrument.as_ref())),
        declared: counts.and_then(|counts| counts.targets).map(|count| count.to_string()),
        listed,
        lines,
        valued,
        verified: if verified { lines } else { 0 },
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use jialiang_store::source::Memory;
    use jialiang_store::{Source, load};

    pub(in crate::report) fn registry() -> Loaded {
        let files = [
            (
                "cn/jurisdiction.json",
                r#"{"$schema":"jurisdiction.json","id":"cn","name":{"zh":"国家"},"level":"nation","source":{"at":"x","verified":false}}"#,
            ),
            (
                "cn/2021/n.instrument.json",
                r#"{"$schema":"instrument.json","id":"cn/2021/n","title":{"zh":"通知"},"issued":"2021-03-30","effective":"2021-04","source":{"at":"x","verified":true}}"#,
            ),
            (
                "cn/s.standard.json",
                r#"{"$schema":"standard.json","id":"cn/s","name":{"zh":"标准"},"areas":[{"id":"r","name":{"zh":"方面"},"categories":[{"id":"c","name":{"zh":"类"},"items":[{"id":"a"},{"id":"b"}]}]}],"source":{"at":"x","verified":true}}"#,
            ),
            (
                "cn/s@1.0.0.edition.json",
                r#"{"$schema":"edition.json","standard":"cn/s","version":"1.0.0","name":{"zh":"标准"},"instrument":"cn/2021/n","transcribed":"names","counts":{"items":"3"},"source":{"at":"x","verified":true},
              "items":[{"id":"a","name":{"zh":"甲"},"category":"c","transcribed":"partial","provisions":[
                {"id":"x","at-least":"5","unit":"CNY/person/day","better":"more","source":{"at":"x","verified":false}},
                {"id":"y","words":{"zh":"按规定"}}]},{"id":"b","name":{"zh":"乙"},"category":"c"}]}"#,
            ),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let loaded = load(&Source::Memory(files.into_iter().collect::<Memory>())).unwrap();
        assert!(loaded.unreadable.is_empty(), "{:?}", loaded.unreadable);
        loaded
    }

    #[test]
    fn a_text_is_counted_as_far_as_it_is_transcribed() {
        let loaded = registry();
        let Coverage { places, texts, changes } = coverage(&loaded, |_| true);
        assert_eq!(changes, Changes::default());
        let [text] = &texts[..] else { panic!("{texts:?}") };
        assert_eq!(text.id(), "cn/s@1.0.0");
        assert_eq!(text.from, PartialDate::parse("2021-04"));
        assert_eq!(text.declared.as_deref(), Some("3"));
        assert_eq!(text.listed, Listing { none: 0, names: 1, partial: 1, full: 0 });
        // The words are no value; the line without a source has the edition's.
        assert_eq!((text.lines, text.valued, text.verified), (2, 1, 1));
        let [place] = &places[..] else { panic!("{places:?}") };
        assert_eq!((place.id, place.instruments, place.editions), ("cn", 1, 1));
        assert_eq!(place.from, PartialDate::parse("2021-03-30"));
        let part = coverage(&loaded, |path| path == "cn/jurisdiction.json");
        assert!(part.texts.is_empty() && !part.places[0].holds_something());
    }
}
