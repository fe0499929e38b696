//! Every document of a registry, read as events.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use jialiang_model::Entry;
use jialiang_model::cell::Cell;
use jialiang_model::date::PartialDate;
use jialiang_model::id::{Id, InstrumentId};
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::adjustment::{Act, Adjustment, Operation};
use jialiang_model::kind::{Edition, Instrument};
use jialiang_model::provision::{Comparator, Form, Provision};

use crate::annul::{self, Annulment};
use crate::answer::{Basis, Said};
use crate::coat::{Coat, Doc, NEVER};
use crate::index::{Dated, InForce, Word, Worded};
use crate::lay::coat;
use crate::quick::Numbered;

/// A document that has been dated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dates {
    pub(crate) issued: NaiveDate,
    pub(crate) known: NaiveDate,
    pub(crate) basis: Basis,
    pub(crate) expires: NaiveDate,
    /// From when its instrument is valid.
    pub(crate) effective: Option<NaiveDate>,
}

/// An edition that says something.
#[derive(Debug, Clone)]
pub(crate) struct Saying<'a> {
    pub(crate) entry: &'a Entry<Edition>,
    /// Its items, by the numbers of the index.
    pub(crate) keys: Vec<u32>,
    pub(crate) dates: Dates,
    pub(crate) doc: u32,
    pub(crate) effective: NaiveDate,
}

/// One thing that is said of an item, before it is painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event<'a> {
    pub(crate) said: Said<'a>,
    pub(crate) line: Option<&'a Provision>,
    pub(crate) dates: Dates,
    pub(crate) doc: u32,
    pub(crate) rank: u16,
    pub(crate) from: NaiveDate,
}

/// Measures and cells by the id of a line.
pub(crate) type Written<'a> = HashMap<&'a str, Vec<(&'a str, Option<&'a Cell>)>>;

impl<'a> Saying<'a> {
    /// A line that it prints, as a coat.
    pub(crate) fn coat(&self, item: &'a Item, line: &'a Provision) -> Coat<'a> {
        let said = Said::Edition(self.entry, item);
        coat(said, Some(line), self.dates, self.doc, self.effective)
    }
}

impl<'a> InForce<'a> {
    pub(crate) fn adjustments(&mut self, events: &mut Numbered<(u32, u32), Vec<Event<'a>>>) {
        let registry = self.registry;
        let all: Vec<&'a Entry<Adjustment>> =
            registry.adjustments.values().filter(|entry| entry.value.draft != Some(true)).collect();
        let first = self.docs.len();
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        for entry in &all {
            let at = u32::try_from(self.docs.len()).unwrap_or(u32::MAX);
            numbers.insert(entry.value.id.as_str(), at);
            self.docs.push(Doc { id: entry.value.id.as_str(), ..Doc::default() });
        }
        let number = |id: &InstrumentId| numbers.get(id.as_str()).copied();
        // What each comes after, directly or not; a document without a date says nothing.
        let dated = |entry: &Entry<Adjustment>| {
            let instrument = entry.value.instrument.as_ref();
            let found = |id| registry.instruments.get(id).and_then(|i| dates_of(&i.value));
            instrument.is_none_or(|id| found(id).is_some())
        };
        let after = |entry: &&'a Entry<Adjustment>| -> Vec<u32> {
            let says = entry.value.after.iter().filter(|_| dated(entry));
            says.filter_map(number).collect()
        };
        let direct: Vec<Vec<u32>> = all.iter().map(after).collect();
        let mut ranks = vec![0_u16; all.len()];
        for (at, _) in all.iter().enumerate() {
            let mut after = direct.get(at).cloned().unwrap_or_default();
            let mut next = 0;
            while let Some(one) = after.get(next).copied() {
                for further in (one as usize)
                    .checked_sub(first)
                    .and_then(|i| direct.get(i))
                    .into_iter()
                    .flatten()
                {
                    if !after.contains(further) {
                        after.push(*further);
                    }
                }
                next += 1;
            }
            let own = u32::try_from(first + at).unwrap_or(u32::MAX);
            // Two that each come after the other come after nothing.
            after.retain(|one| *one != own);
            if let Some(rank) = ranks.get_mut(at) {
                *rank = u16::try_from(after.len()).unwrap_or(u16::MAX);
            }
            if let Some(doc) = self.docs.get_mut(first + at) {
                doc.after = after;
            }
        }
        let mutual: Vec<(usize, u32)> = (0..all.len())
            .flat_map(|at| {
                let own = u32::try_from(first + at).unwrap_or(u32::MAX);
                let docs = &self.docs;
                let after = docs.get(first + at).map(|doc| doc.after.clone()).unwrap_or_default();
                after
                    .into_iter()
                    .filter(move |one| {
                        docs.get(*one as usize).is_some_and(|other| other.after.contains(&own))
                    })
                    .map(move |one| (first + at, one))
                    .collect::<Vec<_>>()
            })
            .collect();
        for (at, one) in mutual {
            if let Some(doc) = self.docs.get_mut(at) {
                doc.after.retain(|other| *other != one);
            }
        }
        let mut annulments = Vec::new();
        for (at, entry) in all.iter().enumerate() {
            let adjustment: &'a Adjustment = &entry.value;
            let doc = u32::try_from(first + at).unwrap_or(u32::MAX);
            let rank = ranks.get(at).copied().unwrap_or(0);
            let site = self.site(adjustment.place());
            let root = self.root_of(adjustment.standard.as_str());
            let instrument = adjustment.instrument.as_ref();
            let dated = match instrument {
                Some(id) => match registry.instruments.get(id).and_then(|i| dates_of(&i.value)) {
                    Some(dates) => Some(dates),
                    None => {
                        self.undated.push(&entry.path);
                        continue;
                    }
                },
                None => None,
            };
            for operation in &adjustment.operations {
                let Operation { item, act, when, bond: _, source: _ } = operation;
                let own = match (act, when) {
                    (Act::Attest { on, .. }, _) => Some(assumed(*on)),
                    (_, Some(when)) => dated.or_else(|| Some(assumed(when.from))),
                    (_, None) => dated,
                };
                // A confirmation without an instrument confirms on no day.
                let Some(dates) = own else { continue };
                let said = Said::Operation(entry, operation);
                let from = match (act, when) {
                    (Act::Attest { on, .. }, _) => last(*on),
                    (_, Some(when)) => when.from.first_day(),
                    (_, None) => dates.issued,
                };
                match act {
                    Act::Annul(id) => {
                        // Only the place itself, or one above it, takes a document off.
                        let of = registry.adjustments.get(id).map(|of| of.value.place());
                        let of = of.and_then(|place| self.site_ids.get(place)).copied();
                        let above = |at: &u32| self.sites.get(*at as usize)?.parent;
                        let mut chain = std::iter::successors(of, above).take(16);
                        if !chain.any(|at| at == site) {
                            continue;
                        }
                        if let Some(of) = number(id) {
                            annulments.push(Annulment { by: doc, of, from, known: dates.known });
                        }
                        continue;
                    }
                    Act::Repeal(id) => {
                        // Laid over every measure that the document touches, below.
                        let of = registry
                            .adjustments
                            .get(id)
                            .filter(|of| of.value.place() == adjustment.place());
                        let Some(of) = of else { continue };
                        let root = self.root_of(of.value.standard.as_str());
                        let items: std::collections::BTreeSet<&str> = of
                            .value
                            .operations
                            .iter()
                            .filter_map(|o| o.item.as_ref())
                            .map(Id::as_str)
                            .collect();
                        for item in items {
                            let key = self.enter(root, item);
                            let event = Event { said, line: None, dates, doc, rank, from };
                            events.entry((site, key)).or_default().push(event);
                        }
                        continue;
                    }
                    _ => {}
                }
                let Some(item) = item else { continue };
                let key = self.enter(root, item.as_str());
                let event = Event { said, line: act.line(), dates, doc, rank, from };
                events.entry((site, key)).or_default().push(event);
                if let Act::Add(item) = act {
                    let own = self.enter(root, item.id.as_str());
                    for continued in &item.continues {
                        let before = self.enter(root, continued.as_str());
                        self.continued.entry(before).or_default().push(&item.id);
                        let worded = Worded {
                            word: Word::Retired(&[]),
                            from,
                            until: NEVER,
                            issued: dates.issued,
                            known: dates.known,
                            said,
                        };
                        self.books.entry((site, before)).or_default().say(worded);
                        self.shelf.push((site, before));
                    }
                    for line in &item.provisions {
                        let event = Event { line: Some(line), ..event };
                        events.entry((site, own)).or_default().push(event);
                    }
                }
            }
        }
        annul::settle(&mut self.docs, &annulments);
    }

    /// Reads every edition, and returns those that say anything, by place.
    pub(crate) fn read_editions(&mut self) -> BTreeMap<u32, Vec<Saying<'a>>> {
        let registry = self.registry;
        let mut all: BTreeMap<u32, Vec<Saying<'a>>> = BTreeMap::new();
        for entry in registry.editions.values() {
            let edition: &'a Edition = &entry.value;
            let site = self.site(edition.standard.place());
            let root = self.root_of(edition.standard.as_str());
            let mut keys = Vec::with_capacity(edition.items.len());
            for item in &edition.items {
                keys.push(self.enter(root, item.id.as_str()));
                if let Some(first) = item.continues.first() {
                    self.continues.entry(item.id.as_str()).or_insert(first);
                }
                for continued in &item.continues {
                    let before = self.enter(root, continued.as_str());
                    let into = self.continued.entry(before).or_default();
                    if !into.contains(&&item.id) {
                        into.push(&item.id);
                    }
                }
            }
            if edition.draft == Some(true) {
                continue;
            }
            let instrument = edition.instrument.as_ref();
            let dates = match instrument {
                Some(id) => registry.instruments.get(id).and_then(|i| dates_of(&i.value)),
                None => edition.effective.map(assumed),
            };
            let Some(dates) = dates else {
                self.undated.push(&entry.path);
                continue;
            };
            let effective = edition.effective.map(PartialDate::first_day);
            let effective = effective.or(dates.effective).unwrap_or(dates.issued);
            let Dates { issued, known, .. } = dates;
            let dated = Dated { entry, effective, issued, known };
            self.editions.entry((site, root)).or_default().push(dated);
            let doc = u32::try_from(self.docs.len()).unwrap_or(u32::MAX);
            self.docs.push(Doc { id: &entry.path, edition: true, ..Doc::default() });
            for item in &edition.items {
                let said = Said::Edition(entry, item);
                for continued in &item.continues {
                    // From then on it is answered under its new id.
                    let before = self.enter(root, continued.as_str());
                    let word = Word::Retired(&[]);
                    let worded =
                        Worded { word, from: effective, until: NEVER, issued, known, said };
                    self.books.entry((site, before)).or_default().say(worded);
                    self.shelf.push((site, before));
                }
            }
            let saying = Saying { entry, keys, dates, doc, effective };
            all.entry(site).or_default().push(saying);
            for one in &edition.not_applicable {
                let key = self.enter(root, one.item.as_str());
                let book = self.books.entry((site, key)).or_default();
                let word = Word::NotApplicable(entry, one);
                // The item is not in the edition: what says it is the edition's own list.
                book.say(Worded {
                    word,
                    from: effective,
                    until: NEVER,
                    issued,
                    known,
                    said: Said::List(entry),
                });
                self.shelf.push((site, key));
            }
        }
        let mut gone = Vec::new();
        let mut back: Vec<(u32, u32, &'a Id, Dated<'a>)> = Vec::new();
        for ((site, root), editions) in &mut self.editions {
            editions.sort_by(|a, b| {
                (a.effective, &a.entry.value.version).cmp(&(b.effective, &b.entry.value.version))
            });
            for pair in editions.windows(2) {
                let [before, after] = pair else { continue };
                let edition = &after.entry.value;
                if !matches!(edition.transcribed, Transcribed::Names | Transcribed::Full) {
                    continue;
                }
                for one in &before.entry.value.not_applicable {
                    if !edition.not_applicable.iter().any(|other| other.item == one.item) {
                        back.push((*site, *root, &one.item, *after));
                    }
                }
                if edition.difference_from.is_some() {
                    continue;
                }
                for item in &before.entry.value.items {
                    if !edition.items.iter().any(|one| one.id == item.id) {
                        gone.push((*site, *root, item, *after));
                    }
                }
            }
        }
        let gone = gone
            .into_iter()
            .map(|(site, root, item, dated)| (site, root, &item.id, dated, Word::Retired(&[])));
        let back = back
            .into_iter()
            .map(|(site, root, item, dated)| (site, root, item, dated, Word::Applies));
        for (site, root, item, dated, word) in gone.chain(back) {
            let key = self.enter(root, item.as_str());
            let Dated { entry, effective, issued, known } = dated;
            let worded = Worded {
                word,
                from: effective,
                until: NEVER,
                issued,
                known,
                said: Said::List(entry),
            };
            self.books.entry((site, key)).or_default().say(worded);
            self.shelf.push((site, key));
        }
        // What was issued first is taken in first.
        for sayings in all.values_mut() {
            sayings.sort_by_key(|saying| (saying.dates.issued, saying.doc));
        }
        all
    }

    pub(crate) fn find_beside(&mut self) {
        let registry = self.registry;
        let mut found: Vec<(&'a str, &'a str, &'a str)> = Vec::new();
        let is_beside = |line: &Provision, one: &Provision| {
            one.id != line.id
                && one.measure() == line.measure()
                && one.cell == line.cell
                && !second(&one.form)
        };
        for entry in registry.editions.values() {
            for item in &entry.value.items {
                let lines = &item.provisions;
                for line in lines.iter().filter(|line| line.measure.is_some() && second(&line.form))
                {
                    if lines.iter().any(|one| is_beside(line, one)) {
                        let standard = entry.value.standard.as_str();
                        found.push((standard, item.id.as_str(), line.id.as_str()));
                    }
                }
            }
        }
        for entry in registry.adjustments.values() {
            let all = &entry.value.operations;
            for operation in all {
                let named = operation.act.line();
                let named = named.filter(|line| line.measure.is_some() && second(&line.form));
                let (Some(line), Some(item)) = (named, &operation.item) else { continue };
                let from = |one: &Operation| one.when.map(|when| when.from.first_day());
                let beside = all.iter().any(|one| {
                    one.item.as_ref() == Some(item)
                        && from(one) == from(operation)
                        && one.act.line().is_some_and(|one| is_beside(line, one))
                });
                if beside {
                    found.push((entry.value.standard.as_str(), item.as_str(), line.id.as_str()));
                }
            }
        }
        for (standard, item, line) in found {
            let root = self.root_of(standard);
            let key = self.enter(root, item);
            self.beside.insert((key, line));
        }
    }

    /// Takes in what one edition says of its items' lines, or adds it to what is to be painted.
    pub(crate) fn said_by(
        &mut self,
        site: u32,
        saying: &Saying<'a>,
        all: &mut BTreeMap<u32, Vec<Event<'a>>>,
    ) {
        let Saying { entry, keys, dates, doc, effective } = saying;
        for (item, key) in entry.value.items.iter().zip(keys.iter().copied()) {
            let plain = || !all.contains_key(&key);
            if item.provisions.is_empty() || (plain() && self.take_page(site, key, saying, item)) {
                continue;
            }
            let said = Said::Edition(entry, item);
            let (dates, doc, from) = (*dates, *doc, *effective);
            let event = Event { said, line: None, dates, doc, rank: 0, from };
            let events = all.entry(key).or_default();
            events.extend(item.provisions.iter().map(|line| Event { line: Some(line), ..event }));
        }
    }

    /// The measure and cell of every line that any document writes out, drafts and undated
    /// ones too, by item and the line's id: nothing that no document writes out can be ended
    /// or altered. Only of items of which some line is.
    pub(crate) fn written(&self) -> HashMap<u32, Written<'a>> {
        let registry = self.registry;
        let key = |standard: &str, item: &str| {
            self.key_ids.get(&(*self.root_of.get(standard)?, item)).copied()
        };
        let operations = || {
            registry.adjustments.values().flat_map(|entry| {
                let standard = entry.value.standard.as_str();
                let all = entry.value.operations.iter();
                all.filter_map(move |one| Some((standard, one.item.as_ref()?.as_str(), one)))
            })
        };
        let mut found: HashMap<u32, Written<'a>> = HashMap::new();
        for (standard, item, operation) in operations() {
            if matches!(operation.act, Act::End(_) | Act::Alter { .. })
                && let Some(key) = key(standard, item)
            {
                found.entry(key).or_default();
            }
        }
        if found.is_empty() {
            return found;
        }
        let mut note = |standard: &str, item: &str, line: &'a Provision| {
            let Some(of) = key(standard, item) else { return };
            let Some(lines) = found.get_mut(&of) else { return };
            let cell = Some(&line.cell).filter(|cell| !cell.is_everyone());
            let one = (self.measure(of, line), cell);
            let all = lines.entry(line.id.as_str()).or_default();
            if !all.contains(&one) {
                all.push(one);
            }
        };
        for (standard, item, operation) in operations() {
            if let Some(line) = operation.act.line() {
                note(standard, item, line);
            }
            if let Act::Add(added) = &operation.act {
                added.provisions.iter().for_each(|line| note(standard, added.id.as_str(), line));
            }
        }
        for entry in registry.editions.values() {
            for item in &entry.value.items {
                let standard = entry.value.standard.as_str();
                item.provisions.iter().for_each(|line| note(standard, item.id.as_str(), line));
            }
        }
        found
    }
}

/// The last day of a date: knowledge comes then.
pub(crate) fn last(date: PartialDate) -> NaiveDate {
    date.last_day()
}

pub(crate) fn dates_of(instrument: &Instrument) -> Option<Dates> {
    let issued = instrument.issued.or(instrument.published).or(instrument.effective)?;
    let (known, basis) = match (instrument.published, instrument.issued, instrument.effective) {
        (Some(published), Some(issued), _) if last(published) == last(issued) => {
            (issued, Basis::Issue)
        }
        (Some(published), _, _) => (published, Basis::Publication),
        (None, Some(issued), _) => (issued, Basis::Issue),
        (None, None, effective) => (effective?, Basis::Effective),
    };
    Some(Dates {
        issued: last(issued),
        known: last(known),
        basis,
        expires: instrument.until.map_or(NEVER, PartialDate::first_day),
        effective: instrument.effective.map(PartialDate::first_day),
    })
}

pub(crate) fn assumed(date: PartialDate) -> Dates {
    let day = last(date);
    Dates {
        issued: day,
        known: day,
        basis: Basis::Effective,
        expires: NEVER,
        effective: Some(date.first_day()),
    }
}

/// Whether a form bounds or adds to another, rather than being the amount itself.
pub(crate) const fn second(form: &Form) -> bool {
    matches!(form, Form::Amount(Comparator::AtMost, ..) | Form::Increase(..) | Form::Supplement(..))
}
