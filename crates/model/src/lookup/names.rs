//! What ids and names lead to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Target;
use crate::fold::fold;
use crate::id::{Id, InstrumentId, StandardId, WorkId};
use crate::item::Item;
use crate::kind::jurisdiction::Level;
use crate::kind::{Edition, EditionId, Jurisdiction};
use crate::registry::{Entry, Registry};
use crate::text::Text;
use crate::version::Version;

/// Whether a folded word is a name, in Chinese or in English.
fn is(name: &Text, word: &str) -> bool {
    fold(name.zh.as_str()) == word || name.en.as_ref().is_some_and(|en| fold(en.as_str()) == word)
}

/// What the nation is called besides its name.
const NATION: [&str; 4] = ["全国", "国家", "中国", "中央"];

/// What a place's name may end in, the longest first.
const ENDINGS: [&str; 14] = [
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "新区",
    "省",
    "市",
    "县",
    "区",
    "盟",
];

/// Whether people say a word for a place.
fn is_short(place: &Jurisdiction, word: &str) -> bool {
    if place.level == Level::Nation && NATION.contains(&word) {
        return true;
    }
    let name = fold(place.name.zh.as_str());
    ENDINGS.iter().any(|ending| {
        let short = name.strip_suffix(ending);
        short.is_some_and(|short| short == word && short.chars().count() > 1)
    })
}

/// The ids of the places that a folded word names.
fn places(registry: &Registry, word: &str) -> Vec<String> {
    let has = |id: &Id| {
        let place = id.as_str();
        registry.jurisdictions.contains_key(id)
            || registry.standards.keys().any(|id| id.place() == place)
            || registry.editions.keys().any(|id| id.standard.place() == place)
            || works(registry).any(|work| work_id(&work).is_some_and(|id| id.place() == place))
    };
    if Id::parse(word).is_some_and(|id| has(&id)) {
        return vec![word.to_owned()];
    }
    let named = |test: &dyn Fn(&Jurisdiction) -> bool| -> Vec<String> {
        let all = registry.jurisdictions.values().filter(|entry| test(&entry.value));
        all.map(|entry| entry.value.id.to_string()).collect()
    };
    let full = named(&|place| is(&place.name, word));
    if full.is_empty() { named(&|place| is_short(place, word)) } else { full }
}

/// Every standard that is on record by itself or by an edition, of one place or of all.
pub fn standards(registry: &Registry, place: Option<&str>) -> BTreeSet<StandardId> {
    let own = registry.standards.keys();
    let all = own.chain(registry.editions.keys().map(|id| &id.standard));
    all.filter(|id| place.is_none_or(|place| id.place() == place)).cloned().collect()
}

/// The editions of a standard: the latest published one first, drafts last.
pub fn editions<'a>(registry: &'a Registry, standard: &StandardId) -> Vec<&'a Entry<Edition>> {
    let Some(version) = Version::parse("0.0.0") else { return Vec::new() };
    let first = EditionId { standard: standard.clone(), version };
    let all = registry.editions.range(first..);
    let all = all.take_while(|(id, _)| id.standard == *standard).map(|(_, entry)| entry);
    let mut all: Vec<_> = all.collect();
    all.reverse();
    all.sort_by_key(|entry| entry.value.draft == Some(true));
    all
}

/// The latest published edition of a standard; the latest draft where none is published.
pub fn latest<'a>(registry: &'a Registry, standard: &StandardId) -> Option<&'a Entry<Edition>> {
    editions(registry, standard).into_iter().next()
}

/// Whether an edition is the one that a folded version or label means.
fn is_at(edition: &Edition, at: &str) -> bool {
    edition.version.to_string() == at
        || edition.label.as_ref().is_some_and(|label| fold(label.as_str()) == at)
}

/// How a folded word names an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Name,
    OldName,
}

/// The items of a standard that a folded word names in one way, each in its latest edition, or
/// in the edition that is meant.
fn items<'a>(
    registry: &'a Registry,
    standard: &StandardId,
    word: &str,
    by: By,
    at: Option<&str>,
) -> Vec<Target<'a>> {
    let all = editions(registry, standard);
    let mut found: Vec<Target<'a>> = Vec::new();
    let mut ids: BTreeSet<&Id> = BTreeSet::new();
    let mut seen: BTreeSet<&Id> = BTreeSet::new();
    for edition in &all {
        for item in &edition.value.items {
            let new = seen.insert(&item.id);
            let meant = match by {
                By::Id => item.id.as_str() == word,
                By::Name => new && is(&item.name, word),
                By::OldName => !new && is(&item.name, word),
            };
            if meant {
                ids.insert(&item.id);
            }
        }
    }
    let meant = |edition: &&&'a Entry<Edition>| at.is_none_or(|at| is_at(&edition.value, at));
    for id in ids {
        let in_it = |edition: &&'a Entry<Edition>| {
            let item = edition.value.items.iter().find(|item| item.id == *id)?;
            Some(Target::Item(edition, item))
        };
        found.extend(all.iter().filter(meant).find_map(in_it));
    }
    found
}

/// The lines of an item that a folded word names.
fn lines<'a>(entry: &'a Entry<Edition>, item: &'a Arc<Item>, word: &str) -> Vec<Target<'a>> {
    let by_id = item.provisions.iter().find(|line| line.id.as_str() == word);
    let by_name = || {
        let named = |name: &&crate::provision::Provision| {
            name.name.as_ref().is_some_and(|name| is(name, word))
        };
        item.provisions.iter().filter(named).collect()
    };
    let all: Vec<_> = by_id.map_or_else(by_name, |one| vec![one]);
    all.into_iter().map(|line| Target::Provision(entry, item, line)).collect()
}

/// The same targets, or those of their lines that a word names.
fn further<'a>(items: Vec<Target<'a>>, line: Option<&str>) -> Vec<Target<'a>> {
    let Some(word) = line else { return items };
    let one = |target| match target {
        Target::Item(entry, item) => lines(entry, item, word),
        _ => Vec::new(),
    };
    items.into_iter().flat_map(one).collect()
}

/// The items of some standards, by id, else by name, else by a name of before.
fn items_of<'a>(
    registry: &'a Registry,
    standards: &BTreeSet<StandardId>,
    word: &str,
    at: Option<&str>,
) -> Vec<Target<'a>> {
    for by in [By::Id, By::Name, By::OldName] {
        let found: Vec<_> =
            standards.iter().flat_map(|standard| items(registry, standard, word, by, at)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// A standard, one of its editions, or what a fragment names in them.
fn inside<'a>(
    registry: &'a Registry,
    standard: &StandardId,
    at: Option<&str>,
    fragment: &[&str],
) -> Vec<Target<'a>> {
    match (at, fragment) {
        (None, []) => registry.standards.get(standard).map(Target::Standard).into_iter().collect(),
        (Some(at), []) => {
            let all = editions(registry, standard).into_iter();
            all.filter(|edition| is_at(&edition.value, at)).map(Target::Edition).collect()
        }
        (at, [item, line @ ..]) => {
            let only = BTreeSet::from([standard.clone()]);
            further(items_of(registry, &only, item, at), line.first().copied())
        }
    }
}

/// What a standard of a place, both by id or by name, and what stands behind it name.
pub(super) fn standard<'a>(
    registry: &'a Registry,
    (place, name): (&str, &str),
    at: Option<&str>,
    fragment: &[&str],
) -> Vec<Target<'a>> {
    let by_id = StandardId::parse(&format!("{place}/{name}"));
    let full = by_id.map(|id| inside(registry, &id, at, fragment)).unwrap_or_default();
    if !full.is_empty() {
        return full;
    }
    if at.is_none() {
        let works = work(registry, place, name, fragment);
        if !works.is_empty() {
            return works;
        }
    }
    let mut found = Vec::new();
    for place in places(registry, place) {
        if at.is_none() {
            found.extend(work(registry, &place, name, fragment));
        }
        for id in standards(registry, Some(&place)) {
            let entry = registry.standards.get(&id);
            if id.name() == name || entry.is_some_and(|entry| is(&entry.value.name, name)) {
                found.extend(inside(registry, &id, at, fragment));
            }
        }
    }
    found
}

/// What one or two words name in a place: an item, a line of an item, an instrument.
pub(super) fn in_place<'a>(
    registry: &'a Registry,
    place: &str,
    words: &[&str],
    at: Option<&str>,
) -> Vec<Target<'a>> {
    let [first, line @ ..] = words else { return Vec::new() };
    let mut found = Vec::new();
    for place in places(registry, place) {
        let standards = standards(registry, Some(&place));
        found.extend(further(items_of(registry, &standards, first, at), line.first().copied()));
        if found.is_empty() && line.is_empty() && at.is_none() {
            let own = registry.instruments.values().filter(|e| e.value.id.place() == place);
            let named = own.filter(|e| is_instrument(&e.value, first));
            found.extend(named.map(Target::Instrument));
        }
    }
    found
}

/// An instrument, else the adjustment of that id, by its place, which may be named, its year and its own name.
pub(super) fn instrument<'a>(
    registry: &'a Registry,
    place: &str,
    year: &str,
    name: &str,
) -> Option<Target<'a>> {
    let places = places(registry, place);
    let own = std::iter::once(place).chain(places.iter().map(String::as_str));
    let ids = own.filter_map(|place| InstrumentId::parse(&format!("{place}/{year}/{name}")));
    let ids: Vec<InstrumentId> = ids.collect();
    let instrument = ids.iter().find_map(|id| registry.instruments.get(id));
    // Of an adjustment whose instrument was not seen, the id is its own alone.
    let adjustment = || ids.iter().find_map(|id| registry.adjustments.get(id));
    instrument.map(Target::Instrument).or_else(|| adjustment().map(Target::Adjustment))
}

/// Whether a folded word is an instrument's title or its number.
fn is_instrument(instrument: &crate::kind::Instrument, word: &str) -> bool {
    let number = instrument.number.as_ref().map(|number| fold(number.as_str()));
    is(&instrument.title, word) || number.is_some_and(|number| number == word)
}

/// Every document that an address can name.
pub(super) fn documents(registry: &Registry) -> impl Iterator<Item = Target<'_>> {
    let places = registry.jurisdictions.values().map(Target::Place);
    let instruments = registry.instruments.values().map(Target::Instrument);
    let standards = registry.standards.values().map(Target::Standard);
    let adjustments = registry.adjustments.values().map(Target::Adjustment);
    let editions = registry.editions.values().map(Target::Edition);
    places
        .chain(instruments)
        .chain(adjustments)
        .chain(standards)
        .chain(editions)
        .chain(works(registry))
}

/// Every plan, crosswalk and table of indicators.
fn works(registry: &Registry) -> impl Iterator<Item = Target<'_>> {
    let plans = registry.plans.values().map(Target::Plan);
    let crosswalks = registry.crosswalks.values().map(Target::Crosswalk);
    let indicators = registry.indicators.values().map(Target::Indicators);
    plans.chain(crosswalks).chain(indicators)
}

/// The id of a plan, a crosswalk or a table of indicators.
fn work_id<'a>(target: &Target<'a>) -> Option<&'a WorkId> {
    match target {
        Target::Plan(entry) => Some(&entry.value.id),
        Target::Crosswalk(entry) => Some(&entry.value.id),
        Target::Indicators(entry) => Some(&entry.value.id),
        _ => None,
    }
}

/// The parts of a plan and the indicators of a table that an address can name, in their order.
pub fn parts<'a>(target: &Target<'a>) -> Vec<Target<'a>> {
    match *target {
        Target::Plan(entry) => {
            let mut all = Vec::new();
            for domain in &entry.value.domains {
                all.push(Target::Domain(entry, domain));
                all.extend(domain.tasks.iter().map(|part| Target::Task(entry, domain, part)));
                let projects = domain.projects.iter();
                all.extend(projects.map(|part| Target::Project(entry, domain, part)));
            }
            all.extend(entry.value.every_target().map(|placed| Target::Goal(entry, placed)));
            all
        }
        Target::Indicators(entry) => {
            let own = entry.value.indicators.iter();
            own.map(|indicator| Target::Indicator(entry, indicator)).collect()
        }
        _ => Vec::new(),
    }
}

/// What a fragment names in a plan or a table, by ids, else by names.
fn part_of<'a>(work: Target<'a>, fragment: &[&str]) -> Vec<Target<'a>> {
    let all = parts(&work);
    let under = |target: &Target<'a>, ids: bool| {
        let fits = |id: &str, name: &Text, word: &str| {
            if ids { id == word } else { is(name, word) }
        };
        match (target, fragment) {
            (Target::Domain(_, domain), [word]) => fits(domain.id.as_str(), &domain.name, word),
            (Target::Task(_, domain, part) | Target::Project(_, domain, part), [above, word]) => {
                fits(domain.id.as_str(), &domain.name, above)
                    && fits(part.id.as_str(), &part.title, word)
            }
            (Target::Goal(_, placed), [word]) => {
                let id = placed.target.id.as_str();
                let named = placed.target.measures.as_ref();
                (ids && id == *word) || (!ids && named.is_some_and(|name| is(name, word)))
            }
            (Target::Indicator(_, one), [word]) => fits(one.id.as_str(), &one.name, word),
            _ => false,
        }
    };
    if fragment.is_empty() {
        return vec![work];
    }
    // A domain, a task comes before what else might have its id.
    let by_id = all.iter().find(|target| under(target, true)).copied();
    match by_id {
        Some(one) => vec![one],
        None => all.into_iter().filter(|target| under(target, false)).collect(),
    }
}

/// What a plan, a crosswalk or a table of a place names, by id, else by name.
fn work<'a>(registry: &'a Registry, place: &str, name: &str, fragment: &[&str]) -> Vec<Target<'a>> {
    let own = |target: &Target<'a>| work_id(target).is_some_and(|id| id.place() == place);
    let by_id = works(registry)
        .filter(own)
        .filter(|target| work_id(target).is_some_and(|id| id.name() == name));
    for target in by_id {
        let found = part_of(target, fragment);
        if !found.is_empty() {
            return found;
        }
    }
    let named = works(registry).filter(own).filter(|target| is_called(target, name));
    named.flat_map(|target| part_of(target, fragment)).collect()
}

/// Whether a folded word is the name of a plan, a part of one, a crosswalk, a table or an
/// indicator.
fn is_called(target: &Target<'_>, word: &str) -> bool {
    match target {
        Target::Plan(entry) => is(&entry.value.name, word),
        Target::Domain(_, domain) => is(&domain.name, word),
        Target::Task(_, _, part) | Target::Project(_, _, part) => is(&part.title, word),
        Target::Goal(_, placed) => {
            let name = placed.target.measures.as_ref();
            name.is_some_and(|name| is(name, word))
        }
        Target::Crosswalk(entry) => is(&entry.value.name, word),
        Target::Indicators(entry) => is(&entry.value.name, word),
        Target::Indicator(_, indicator) => is(&indicator.name, word),
        Target::Place(_)
        | Target::Instrument(_)
        | Target::Adjustment(_)
        | Target::Standard(_)
        | Target::Edition(_)
        | Target::Item(..)
        | Target::Provision(..) => false,
    }
}

/// What a name by itself names.
pub(super) fn alone<'a>(registry: &'a Registry, word: &str, at: Option<&str>) -> Vec<Target<'a>> {
    let all = standards(registry, None);
    let items_by = |by| -> Vec<Target<'a>> {
        all.iter().flat_map(|standard| items(registry, standard, word, by, at)).collect()
    };
    if at.is_some() {
        return items_of(registry, &all, word, at);
    }
    let named = documents(registry).filter(|target| match target {
        Target::Place(entry) => {
            let code = entry.value.code.map(|code| code.to_string());
            is(&entry.value.name, word) || code.is_some_and(|code| code == word)
        }
        Target::Instrument(entry) => is_instrument(&entry.value, word),
        Target::Standard(entry) => is(&entry.value.name, word),
        Target::Edition(entry) => {
            // An edition that is called as its standard is leaves the name to the standard.
            let standard = registry.standards.get(&entry.value.standard);
            is(&entry.value.name, word)
                && !standard.is_some_and(|standard| is(&standard.value.name, word))
        }
        other => is_called(other, word),
    });
    let mut found: Vec<_> = named.collect();
    found.extend(items_by(By::Name));
    if found.is_empty() {
        let parts = works(registry).flat_map(|work| parts(&work));
        found.extend(parts.filter(|part| is_called(part, word)));
    }
    if found.is_empty() {
        let short = registry.jurisdictions.values().filter(|entry| is_short(&entry.value, word));
        found.extend(short.map(Target::Place));
    }
    if found.is_empty() {
        found = items_by(By::OldName);
    }
    if found.is_empty() && Id::parse(word).is_some() {
        let own = registry.standards.values().filter(|entry| entry.value.id.name() == word);
        found.extend(own.map(Target::Standard));
        found.extend(items_by(By::Id));
    }
    if found.is_empty() {
        let named = registry.editions.values().filter(|entry| is_at(&entry.value, word));
        found.extend(named.map(Target::Edition));
    }
    found
}

/// The places, of those that a word names or of all, that have an agency of a name or an id.
pub(super) fn holders<'a>(
    registry: &'a Registry,
    place: Option<&str>,
    agency: &str,
) -> Vec<Target<'a>> {
    let within = place.map(|place| places(registry, place));
    let all = registry.jurisdictions.values().filter(|entry| {
        let id = entry.value.id.as_str();
        within.as_ref().is_none_or(|within| within.iter().any(|one| one == id))
    });
    let has = |place: &Jurisdiction| {
        place.agencies.iter().any(|one| one.id.as_str() == agency || is(&one.name, agency))
    };
    all.filter(|entry| has(&entry.value)).map(Target::Place).collect()
}

/// What stands behind the name of a standard, or is an item of an edition that is meant.
pub(super) fn alone_within<'a>(
    registry: &'a Registry,
    word: &str,
    at: Option<&str>,
    fragment: &[&str],
) -> Vec<Target<'a>> {
    let named = registry
        .standards
        .values()
        .filter(|entry| is(&entry.value.name, word) || entry.value.id.name() == word);
    let found: Vec<_> =
        named.flat_map(|entry| inside(registry, &entry.value.id, at, fragment)).collect();
    if !found.is_empty() {
        return found;
    }
    if at.is_none() && !fragment.is_empty() {
        let named = works(registry).filter(|target| is_called(target, word));
        let found: Vec<_> = named.flat_map(|target| part_of(target, fragment)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    match (at, fragment) {
        (Some(_), []) => alone(registry, word, at),
        (None, [item, line @ ..]) => {
            // The name of an edition, whose sign is in its name: 标准（2023年版）#item.
            let named = registry.editions.values().filter(|entry| is(&entry.value.name, word));
            let items = named.flat_map(|entry| {
                let at = entry.value.version.to_string();
                inside(registry, &entry.value.standard, Some(&at), &[item])
            });
            further(items.collect(), line.first().copied())
        }
        _ => Vec::new(),
    }
}
