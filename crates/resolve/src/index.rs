//! Every event of a registry, by place, item and measure.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use jialiang_model::cell::Cell;
use jialiang_model::date::PartialDate;
use jialiang_model::id::{Id, InstrumentId};
use jialiang_model::item::{Item, Responsibility, Transcribed};
use jialiang_model::kind::adjustment::{
    Act, Adjustment, Operation, Reading, Size, Step, When, Widening,
};
use jialiang_model::kind::edition::NotApplicable;
use jialiang_model::kind::{Edition, Instrument, Standard};
use jialiang_model::number::{Decimal, Number};
use jialiang_model::provision::{Comparator, Form, Provision, Rounding};
use jialiang_model::recipients::Recipients;
use jialiang_model::text::Text;
use jialiang_model::{Entry, Registry};

use crate::annul::{self, Annulment};
use crate::answer::{Basis, Said};
use crate::ask::LineRef;
use crate::coat::{ALWAYS, Band, Coat, Doc, Does, NEVER, Spared, morrow};
use crate::quick::Numbered;

/// A place.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    pub(crate) id: &'a str,
    pub(crate) parent: Option<u32>,
    /// Its first day, and the first on which it is no more.
    pub(crate) days: (NaiveDate, NaiveDate),
    /// The items of which it says anything that can be an answer; `None` while it is painted.
    pub(crate) speaks: Option<Vec<u32>>,
    /// Through which day its instruments are followed: of a standard and an item, where named.
    pub(crate) followed: Vec<(Option<u32>, Option<&'a str>, NaiveDate)>,
}

/// A dated edition of one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dated<'a> {
    pub(crate) entry: &'a Entry<Edition>,
    pub(crate) effective: NaiveDate,
    pub(crate) issued: NaiveDate,
    pub(crate) known: NaiveDate,
}

/// What an event says of an item as a whole.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Word<'a> {
    Name(&'a Text),
    Recipients(&'a Recipients, Option<Widening>),
    Content(&'a Text),
    Responsibility(&'a Responsibility),
    Lead(&'a [jialiang_model::id::AgencyId]),
    /// The item stands, and everything that its text says.
    Item(&'a Item),
    Retired(&'a [Id]),
    NotApplicable(&'a Entry<Edition>, &'a NotApplicable),
    /// It was not applicable before, and is again: it follows the place above.
    Applies,
}

/// A coat of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Worded<'a> {
    pub(crate) word: Word<'a>,
    pub(crate) from: NaiveDate,
    pub(crate) until: NaiveDate,
    pub(crate) issued: NaiveDate,
    pub(crate) known: NaiveDate,
    pub(crate) said: Said<'a>,
}

/// Everything on record of one item in one place.
#[derive(Debug, Default)]
pub(crate) struct Book<'a> {
    pub(crate) bands: Vec<Band<'a>>,
    /// In the order of painting.
    pub(crate) words: Vec<Worded<'a>>,
    /// Whether one of the words says that the item does not stand.
    pub(crate) halts: bool,
}

impl<'a> Book<'a> {
    pub(crate) fn band(&self, measure: &str) -> Option<&Band<'a>> {
        // Most are asked by the very words that the index holds.
        let is = |band: &&Band<'a>| std::ptr::eq(band.measure, measure) || band.measure == measure;
        self.bands.iter().find(is)
    }

    /// Adds what is said of the item as a whole.
    fn say(&mut self, worded: Worded<'a>) {
        self.halts |= matches!(worded.word, Word::Retired(_) | Word::NotApplicable(..));
        self.words.push(worded);
    }

    /// Adds a coat behind all others.
    pub(crate) fn add(&mut self, measure: &'a str, coat: Coat<'a>, docs: &[Doc<'a>]) {
        let band = self.band_mut(measure);
        band.note(&coat);
        band.annulled |= docs.get(coat.doc as usize).is_some_and(|doc| !doc.off.is_empty());
        band.plain = band.plain && stays_plain(band, &coat, docs);
        band.coats.push(coat);
    }

    /// Adds what was seen, and of whom it does not speak.
    pub(crate) fn see(&mut self, measure: &'a str, mut seen: Coat<'a>, spared: Spared<'a>) {
        let band = self.band_mut(measure);
        if !spared.narrower.is_empty() || !spared.met.is_empty() {
            band.spared.push(spared);
            seen.spare = u32::try_from(band.spared.len()).unwrap_or(0);
        }
        band.note(&seen);
        band.plain = false;
        band.seen.push(seen);
    }

    /// Puts in order what was seen, once all of one place is added.
    pub(crate) fn in_order(&mut self) {
        self.bands.shrink_to_fit();
        for band in &mut self.bands {
            band.seen.sort_by_key(|seen| (seen.from, seen.issued));
            band.cells.shrink_to_fit();
            band.ids.shrink_to_fit();
            band.seen.shrink_to_fit();
            band.coats.shrink_to_fit();
            // One page by itself is compared with nothing.
            if !band.plain && band.coats.len() + band.seen.len() > 1 {
                band.canon = crate::paint::first_alike(band);
            }
        }
    }

    fn band_mut(&mut self, measure: &'a str) -> &mut Band<'a> {
        let at = self.bands.iter().position(|band| band.measure == measure);
        let at = at.unwrap_or_else(|| {
            self.bands.push(Band::new(measure));
            self.bands.len() - 1
        });
        // The position was found or made just now.
        #[expect(clippy::indexing_slicing, reason = "the position was found or made just now")]
        &mut self.bands[at]
    }
}

/// A document that has been dated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dates {
    pub(crate) issued: NaiveDate,
    known: NaiveDate,
    basis: Basis,
    expires: NaiveDate,
    /// From when its instrument is valid.
    effective: Option<NaiveDate>,
}

/// An edition that says something.
#[derive(Debug, Clone)]
pub(crate) struct Saying<'a> {
    pub(crate) entry: &'a Entry<Edition>,
    /// Its items, by the numbers of the index.
    keys: Vec<u32>,
    pub(crate) dates: Dates,
    doc: u32,
    pub(crate) effective: NaiveDate,
}

impl<'a> Saying<'a> {
    /// A line that it prints, as a coat.
    pub(crate) fn coat(&self, item: &'a Item, line: &'a Provision) -> Coat<'a> {
        let said = Said::Edition(self.entry, item);
        coat(said, Some(line), self.dates, self.doc, self.effective)
    }
}

/// One thing that is said of an item, before it is painted.
#[derive(Debug, Clone, Copy)]
struct Event<'a> {
    said: Said<'a>,
    line: Option<&'a Provision>,
    dates: Dates,
    doc: u32,
    rank: u16,
    from: NaiveDate,
}

/// What is in force, of a whole registry: made once, asked often, shared freely.
#[derive(Debug)]
pub struct InForce<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) sites: Vec<Site<'a>>,
    pub(crate) site_ids: HashMap<&'a str, u32>,
    /// The topmost standards.
    pub(crate) roots: Vec<&'a str>,
    pub(crate) root_ids: HashMap<&'a str, u32>,
    /// Of every standard, the topmost one that it leads to.
    pub(crate) root_of: HashMap<&'a str, u32>,
    /// The place whose standard a place's own implements: above it where no other is on record.
    pub(crate) above: Numbered<(u32, u32), u32>,
    /// The items, each of a topmost standard.
    pub(crate) keys: Vec<(u32, &'a str)>,
    pub(crate) key_ids: HashMap<(u32, &'a str), u32>,
    pub(crate) keys_of: HashMap<&'a str, Vec<u32>>,
    pub(crate) docs: Vec<Doc<'a>>,
    pub(crate) editions: BTreeMap<(u32, u32), Vec<Dated<'a>>>,
    pub(crate) books: Numbered<(u32, u32), Book<'a>>,
    /// The keys of [`Self::books`], in order.
    pub(crate) shelf: Vec<(u32, u32)>,
    /// What lines tell apart, each for everyone in a place and below it who tells no more.
    pub(crate) cuts: Vec<Vec<LineRef<'a>>>,
    /// Of an item in a place, its cut: where there is none, that of the place above holds.
    pub(crate) cut_of: Numbered<(u32, u32), u32>,
    /// The first item that an item of some id says it continues.
    pub(crate) continues: HashMap<&'a str, &'a Id>,
    /// Lines that stand beside another of their measure and cell in one document, such as a
    /// most beside a least: each is a measure of its own.
    pub(crate) beside: HashSet<(u32, &'a str)>,
    /// The items that say they continue an item, in one standard.
    pub(crate) continued: BTreeMap<u32, Vec<&'a Id>>,
    /// The items of which any place has more on record than one page for some people.
    pub(crate) weighed: HashSet<u32>,
    /// Lines of editions that were replaced before they were printed.
    pub(crate) stale: Vec<(u32, u32, &'a Entry<Edition>, &'a Item, &'a Provision)>,
    /// Documents of which nothing is known but that they exist.
    pub(crate) undated: Vec<&'a str>,
}

/// The last day of a date: knowledge comes then.
fn last(date: PartialDate) -> NaiveDate {
    date.last_day()
}

fn dates_of(instrument: &Instrument) -> Option<Dates> {
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

fn assumed(date: PartialDate) -> Dates {
    let day = last(date);
    Dates {
        issued: day,
        known: day,
        basis: Basis::Effective,
        expires: NEVER,
        effective: Some(date.first_day()),
    }
}

/// The number after a step; `None` where it cannot be computed exactly as printed.
pub(crate) fn stepped(base: Number, step: Step) -> Option<Number> {
    let base = base.decimal();
    let result = match step.size {
        Size::Amount(amount) => base.checked_add(amount.decimal())?,
        Size::Percent(percent) => {
            step.rounding?;
            let part = base.checked_mul(percent.decimal())?.checked_div(Decimal::ONE_HUNDRED)?;
            base.checked_add(part)?
        }
    };
    rounded(result, step.rounding)
}

/// A number rounded to whole units, where a rounding is given.
pub(crate) fn rounded(number: Decimal, rounding: Option<Rounding>) -> Option<Number> {
    use rust_decimal::RoundingStrategy::{
        MidpointAwayFromZero, ToNegativeInfinity, ToPositiveInfinity,
    };
    Number::of(match rounding {
        None => number,
        Some(Rounding::HalfUp) => number.round_dp_with_strategy(0, MidpointAwayFromZero),
        Some(Rounding::Up) => number.round_dp_with_strategy(0, ToPositiveInfinity),
        Some(Rounding::Down) => number.round_dp_with_strategy(0, ToNegativeInfinity),
    })
}

impl<'a> InForce<'a> {
    /// Indexes every event of a registry.
    pub fn new(registry: &'a Registry) -> Self {
        let mut index = Self {
            registry,
            sites: Vec::new(),
            site_ids: HashMap::new(),
            roots: Vec::new(),
            root_ids: HashMap::new(),
            root_of: HashMap::new(),
            above: Numbered::default(),
            keys: Vec::new(),
            key_ids: HashMap::new(),
            keys_of: HashMap::new(),
            docs: Vec::new(),
            editions: BTreeMap::new(),
            books: Numbered::default(),
            shelf: Vec::new(),
            cuts: Vec::new(),
            cut_of: Numbered::default(),
            continues: HashMap::new(),
            beside: HashSet::new(),
            continued: BTreeMap::new(),
            weighed: HashSet::new(),
            stale: Vec::new(),
            undated: Vec::new(),
        };
        index.places();
        index.standards();
        index.follow();
        let mut events: Numbered<(u32, u32), Vec<Event<'a>>> = Numbered::default();
        index.adjustments(&mut events);
        let editions = index.read_editions();
        index.find_beside();
        let lines = index.written();
        let none = Written::new();
        // Those above are painted first: what is below looks up to them. What the editions of
        // a place say is taken apart when its turn comes, and let go again.
        let mut by_site: BTreeMap<u32, BTreeMap<u32, Vec<Event<'a>>>> = BTreeMap::new();
        for ((site, key), events) in events {
            by_site.entry(site).or_default().insert(key, events);
        }
        for site in index.downward() {
            let mut all = by_site.remove(&site).unwrap_or_default();
            for one in editions.get(&site).into_iter().flatten() {
                index.said_by(site, one, &mut all);
            }
            for (key, events) in all {
                index.paint(site, key, events, lines.get(&key).unwrap_or(&none));
            }
        }
        for book in index.books.values_mut() {
            book.words.sort_by_key(|worded| (worded.issued, worded.from));
        }
        index.shelf.sort_unstable();
        index.shelf.dedup();
        index.settle();
        index.cut();
        index
    }

    /// Notes which places speak of which items, and has equal words and cells stand once, so
    /// that what is asked often lies close together.
    fn settle(&mut self) {
        let mut speaks: Vec<Vec<u32>> = vec![Vec::new(); self.sites.len()];
        let mut measures: HashMap<&'a str, &'a str> = HashMap::new();
        let mut cells: HashMap<&'a Cell, &'a Cell> = HashMap::new();
        for (site, key) in &self.shelf {
            let Some(book) = self.books.get_mut(&(*site, *key)) else { continue };
            if (book.halts || !book.bands.is_empty())
                && let Some(speaks) = speaks.get_mut(*site as usize)
            {
                speaks.push(*key);
            }
            for band in &mut book.bands {
                band.measure = measures.entry(band.measure).or_insert(band.measure);
                band.share(&mut cells);
            }
        }
        // The shelf is in order, so that the items of each place are.
        for (site, speaks) in self.sites.iter_mut().zip(speaks) {
            site.speaks = Some(speaks);
        }
    }

    /// What a place says of an item, where that can be an answer.
    pub(crate) fn book(&self, site: u32, key: u32) -> Option<&Book<'a>> {
        let speaks = self.sites.get(site as usize)?.speaks.as_ref();
        if speaks.is_some_and(|speaks| speaks.binary_search(&key).is_err()) {
            return None;
        }
        self.books.get(&(site, key))
    }

    /// Tells apart the people of every item, wherever a place tells more apart than those above.
    fn cut(&mut self) {
        for at in 0..self.shelf.len() {
            let Some((site, key)) = self.shelf.get(at).copied() else { continue };
            let Some(book) = self.books.get(&(site, key)) else { continue };
            // Places in a circle have nothing above them.
            let circle = self.depth(site, self.key(key).0) >= 16;
            let above: Vec<&Book<'a>> =
                self.chain(site, key).skip(1).filter_map(|at| self.books.get(&(at, key))).collect();
            let more = book.bands.iter().any(|band| {
                let mut there = above.iter().filter_map(|book| book.band(band.measure)).peekable();
                there.peek().is_none() || {
                    let told: Vec<_> = there.flat_map(|band| &band.cells).collect();
                    band.cells.iter().any(|cell| !told.contains(&cell))
                }
            });
            if !more && !circle {
                continue;
            }
            let lines = self.told_lines(site, key);
            let number = u32::try_from(self.cuts.len()).unwrap_or(u32::MAX);
            self.cuts.push(lines);
            self.cut_of.insert((site, key), number);
        }
    }

    fn site(&mut self, id: &'a str) -> u32 {
        if let Some(at) = self.site_ids.get(id) {
            return *at;
        }
        let at = u32::try_from(self.sites.len()).unwrap_or(u32::MAX);
        let days = (ALWAYS, NEVER);
        self.sites.push(Site { id, parent: None, days, speaks: None, followed: Vec::new() });
        self.site_ids.insert(id, at);
        at
    }

    fn root(&mut self, id: &'a str) -> u32 {
        if let Some(at) = self.root_ids.get(id) {
            return *at;
        }
        let at = u32::try_from(self.roots.len()).unwrap_or(u32::MAX);
        self.roots.push(id);
        self.root_ids.insert(id, at);
        at
    }

    /// The topmost standard that a standard leads to.
    pub(crate) fn root_of(&mut self, standard: &'a str) -> u32 {
        if let Some(root) = self.root_of.get(standard) {
            return *root;
        }
        let mut top = standard;
        let mut at = self.registry.standards.get(standard);
        for _ in 0..16 {
            let Some(implements) = at.and_then(|entry| entry.value.implements.as_ref()) else {
                break;
            };
            top = implements.standard.as_str();
            at = self.registry.standards.get(&implements.standard);
        }
        let root = self.root(top);
        self.root_of.insert(standard, root);
        root
    }

    fn enter(&mut self, root: u32, item: &'a str) -> u32 {
        if let Some(at) = self.key_ids.get(&(root, item)) {
            return *at;
        }
        let at = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.keys.push((root, item));
        self.key_ids.insert((root, item), at);
        self.keys_of.entry(item).or_default().push(at);
        at
    }

    /// The topmost standard and the id of an item.
    pub(crate) fn key(&self, key: u32) -> (u32, &'a str) {
        self.keys.get(key as usize).copied().unwrap_or((u32::MAX, ""))
    }

    fn places(&mut self) {
        let registry = self.registry;
        for id in registry.jurisdictions.keys() {
            self.site(id.as_str());
        }
        for entry in registry.jurisdictions.values() {
            let at = self.site(entry.value.id.as_str());
            let parent = entry.value.parent.as_ref().map(|parent| self.site(parent.as_str()));
            if let Some(site) = self.sites.get_mut(at as usize) {
                site.parent = parent.filter(|parent| *parent != at);
                let first = |date: Option<PartialDate>, or| date.map_or(or, PartialDate::first_day);
                site.days = (first(entry.value.from, ALWAYS), first(entry.value.until, NEVER));
            }
        }
    }

    fn standards(&mut self) {
        let registry = self.registry;
        for (id, entry) in &registry.standards {
            let root = self.root_of(id.as_str());
            let site = self.site(id.place());
            let Standard { implements, .. } = &*entry.value;
            if let Some(implements) = implements {
                let above = self.site(implements.standard.place());
                if above != site {
                    self.above.insert((site, root), above);
                }
            }
            for category in entry.value.categories() {
                for listed in &category.items {
                    self.enter(root, listed.id.as_str());
                }
            }
        }
    }

    fn follow(&mut self) {
        let registry = self.registry;
        for entry in registry.jurisdictions.values() {
            let at = self.site(entry.value.id.as_str());
            let mut followed = Vec::new();
            for one in &entry.value.followed {
                let root = one.standard.as_ref().map(|standard| self.root_of(standard.as_str()));
                if one.items.is_empty() {
                    followed.push((root, None, one.through.date()));
                }
                for item in &one.items {
                    followed.push((root, Some(item.as_str()), one.through.date()));
                }
            }
            if let Some(site) = self.sites.get_mut(at as usize) {
                site.followed = followed;
            }
        }
    }

    /// The place above another, in one standard.
    pub(crate) fn up(&self, site: u32, root: u32) -> Option<u32> {
        let place = self.sites.get(site as usize)?;
        place.parent.or_else(|| self.above.get(&(site, root)).copied())
    }

    /// Whether a place is there on a day.
    pub(crate) fn is_there(&self, site: u32, day: NaiveDate) -> bool {
        self.sites.get(site as usize).is_none_or(|site| site.days.0 <= day && day < site.days.1)
    }

    /// Whether no day is on record from which or until which a place is there.
    pub(crate) fn is_always(&self, site: u32) -> bool {
        self.sites.get(site as usize).is_none_or(|site| site.days == (ALWAYS, NEVER))
    }

    /// How many places stand above one.
    fn depth(&self, site: u32, root: u32) -> u32 {
        let (mut at, mut depth) = (site, 0);
        while let Some(up) = self.up(at, root)
            && depth < 16
        {
            (at, depth) = (up, depth + 1);
        }
        depth
    }

    /// Through which day the instruments of a place are followed for an item.
    pub(crate) fn followed(&self, site: u32, key: u32) -> Option<NaiveDate> {
        let site = self.sites.get(site as usize)?;
        // Most places say one day for everything.
        match site.followed.as_slice() {
            [] => return None,
            [(None, None, day)] => return Some(*day),
            _ => {}
        }
        let (root, item) = self.key(key);
        let of = site.followed.iter().filter(|(standard, _, _)| standard.is_none_or(|s| s == root));
        let named = of.clone().filter(|(_, named, _)| *named == Some(item)).map(|one| one.2).max();
        named.or_else(|| of.filter(|(_, named, _)| named.is_none()).map(|one| one.2).max())
    }

    fn adjustments(&mut self, events: &mut Numbered<(u32, u32), Vec<Event<'a>>>) {
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
    fn read_editions(&mut self) -> BTreeMap<u32, Vec<Saying<'a>>> {
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

    /// The measure of a line: the one that it names, unless another line stands beside it.
    pub(crate) fn measure(&self, key: u32, line: &'a Provision) -> &'a str {
        match &line.measure {
            Some(_)
                if !self.beside.is_empty() && self.beside.contains(&(key, line.id.as_str())) =>
            {
                line.id.as_str()
            }
            Some(measure) => measure.as_str(),
            None => line.id.as_str(),
        }
    }

    fn find_beside(&mut self) {
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
    fn said_by(&mut self, site: u32, saying: &Saying<'a>, all: &mut BTreeMap<u32, Vec<Event<'a>>>) {
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

    /// The places, each behind those above it.
    fn downward(&self) -> Vec<u32> {
        let mut ups: Vec<(usize, usize)> = Vec::new();
        for (at, site) in self.sites.iter().enumerate() {
            ups.extend(site.parent.map(|up| (at, up as usize)));
        }
        for ((at, _), up) in &self.above {
            let alone = self.sites.get(*at as usize).is_some_and(|site| site.parent.is_none());
            if alone {
                ups.push((*at as usize, *up as usize));
            }
        }
        let mut depths = vec![0_u32; self.sites.len()];
        // No chain of places is longer; one that comes back to itself ends here.
        for _ in 0..16 {
            let mut moved = false;
            for (at, up) in &ups {
                let above = depths.get(*up).copied().unwrap_or(0) + 1;
                if let Some(depth) = depths.get_mut(*at)
                    && *depth < above
                {
                    (*depth, moved) = (above, true);
                }
            }
            if !moved {
                break;
            }
        }
        let mut all: Vec<u32> =
            (0..self.sites.len()).filter_map(|at| u32::try_from(at).ok()).collect();
        all.sort_by_key(|at| (depths.get(*at as usize).copied(), *at));
        all
    }

    /// What is said of an item as a whole in one place, by its editions too, in the order of
    /// painting.
    pub(crate) fn worded(&self, site: u32, key: u32) -> Vec<Worded<'a>> {
        let (root, item) = self.key(key);
        let book = self.books.get(&(site, key));
        let mut all: Vec<Worded<'a>> = book.map_or_else(Vec::new, |book| book.words.clone());
        for dated in self.editions.get(&(site, root)).into_iter().flatten() {
            let Dated { entry, effective, issued, known } = *dated;
            let items = &entry.value.items;
            if let Some(item) = items.iter().find(|one| one.id.as_str() == item) {
                all.push(Worded {
                    word: Word::Item(item),
                    from: effective,
                    until: NEVER,
                    issued,
                    known,
                    said: Said::Edition(entry, item),
                });
            }
        }
        all.sort_by_key(|worded| (worded.issued, worded.from));
        all
    }

    /// The measure and cell of every line that any document writes out, drafts and undated
    /// ones too, by item and the line's id: nothing that no document writes out can be ended
    /// or altered. Only of items of which some line is.
    fn written(&self) -> HashMap<u32, Written<'a>> {
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

    /// Paints what is said of one item in one place.
    fn paint(&mut self, site: u32, key: u32, mut events: Vec<Event<'a>>, lines: &Written<'a>) {
        let inside = |a: Option<&Provision>| a.map_or(0, |line| line.cell.0.iter().len());
        let order = |event: &Event<'a>| {
            let edition = matches!(event.said, Said::Edition(..));
            (event.dates.issued, edition, event.rank, event.doc, event.from, inside(event.line))
        };
        events.sort_by_key(order);
        // What is asked while painting sees the book as far as it is painted.
        let mut book = self.books.remove(&(site, key)).unwrap_or_default();
        let group = |a: &Event<'a>, b: &Event<'a>| {
            let edition = |event: &Event<'a>| matches!(event.said, Said::Edition(..));
            a.dates.issued == b.dates.issued && edition(a) == edition(b)
        };
        // What is said of what was there before is held against it when all of one day of
        // issue is painted.
        for group in events.chunk_by(group) {
            let mut later = Vec::new();
            for event in group {
                self.lay(key, &mut book, event, lines, &mut later);
            }
            self.judge(site, key, &mut book, &later);
        }
        self.weighed.insert(key);
        book.in_order();
        if !book.bands.is_empty() || !book.words.is_empty() {
            self.books.insert((site, key), book);
            self.shelf.push((site, key));
        }
    }

    fn lay(
        &self,
        key: u32,
        book: &mut Book<'a>,
        event: &Event<'a>,
        lines: &Written<'a>,
        later: &mut Vec<Later<'a>>,
    ) {
        let Event { said, line, dates, doc, rank: _, from } = *event;
        let Dates { issued, known, .. } = dates;
        let mut words = |word: Word<'a>, until: NaiveDate| {
            book.say(Worded { word, from, until, issued, known, said });
        };
        let coat = coat(said, line, dates, doc, from);
        let operation = match said {
            Said::List(_) => return,
            Said::Edition(entry, item) => {
                let Some(line) = line else { return };
                let enacts = entry.value.enacts.iter().any(|one| {
                    one.item() == item.id.as_str() && one.provision() == line.id.as_str()
                });
                if enacts {
                    book.add(self.measure(key, line), coat, &self.docs);
                } else {
                    let says = Says::Prints(entry, item);
                    later.push(Later { coat, line, number: None, says });
                }
                return;
            }
            Said::Operation(_, operation) => operation,
        };
        let Operation { item: _, act, when, bond, source: _ } = operation;
        let coat = timed(coat, *when, bond.temporary);
        let until = coat.until;
        match act {
            Act::Set { line, was, by: _ } => {
                let coat = Coat { was: *was, ..coat };
                if was.is_some() {
                    later.push(Later { coat, line, number: *was, says: Says::Was });
                }
                book.add(self.measure(key, line), coat, &self.docs);
            }
            Act::Change { base, by } => {
                let number = base.form.number();
                if number.is_some() {
                    later.push(Later { coat, line: base, number, says: Says::Was });
                }
                let result = number.and_then(|number| stepped(number, *by));
                let coat = match result {
                    Some(result) => {
                        Coat { number: Some(result), computed: true, was: number, ..coat }
                    }
                    None => Coat { does: Does::Alters(*by), line: None, ..coat },
                };
                book.add(self.measure(key, base), coat, &self.docs);
            }
            Act::Alter { line, by } => {
                for (measure, cell) in lines.get(line.as_str()).into_iter().flatten().copied() {
                    let does = Does::Alters(*by);
                    book.add(measure, Coat { does, cell, line: None, ..coat }, &self.docs);
                }
            }
            Act::End(line) => {
                for (measure, cell) in lines.get(line.as_str()).into_iter().flatten().copied() {
                    let does = Does::Ends;
                    book.add(measure, Coat { does, cell, line: None, ..coat }, &self.docs);
                }
            }
            Act::Confirm(line) | Act::Attest { line, on: _ } => {
                later.push(Later { coat, line, number: None, says: Says::Seen });
            }
            Act::Add(item) => match line {
                Some(line) => book.add(self.measure(key, line), coat, &self.docs),
                None => {
                    words(Word::Item(item), until);
                }
            },
            Act::Retire(into) => words(Word::Retired(into), NEVER),
            Act::Rename(name) => words(Word::Name(name), until),
            Act::Recipients(recipients, direction) => {
                words(Word::Recipients(recipients, *direction), until);
            }
            Act::Content(content) => words(Word::Content(content), until),
            Act::Responsibility(responsibility) => {
                words(Word::Responsibility(responsibility), until);
            }
            Act::LeadAgencies(agencies) => words(Word::Lead(agencies), until),
            Act::Repeal(id) => {
                let docs = &self.docs;
                let of = docs.iter().position(|doc| !doc.edition && doc.id == id.as_str());
                let Some(of) = of.and_then(|of| u32::try_from(of).ok()) else { return };
                for band in &mut book.bands {
                    if band.coats.iter().any(|coat| coat.doc == of) {
                        let does = Does::Repeals(of);
                        band.coats.push(Coat { does, line: None, cell: None, ..coat });
                        band.plain = false;
                        // The repeal itself may be annulled.
                        band.annulled |= docs.get(doc as usize).is_some_and(|d| !d.off.is_empty());
                    }
                }
            }
            Act::Annul(_) => {}
        }
    }
}

/// Whether a form bounds or adds to another, rather than being the amount itself.
const fn second(form: &Form) -> bool {
    matches!(form, Form::Amount(Comparator::AtMost, ..) | Form::Increase(..) | Form::Supplement(..))
}

/// Measures and cells by the id of a line.
type Written<'a> = HashMap<&'a str, Vec<(&'a str, Option<&'a Cell>)>>;

/// Something that is held against what lies below it when all of its day of issue is painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Later<'a> {
    /// The coat that says it, or would.
    pub(crate) coat: Coat<'a>,
    /// The line.
    pub(crate) line: &'a Provision,
    /// The number in place of the line's.
    pub(crate) number: Option<Number>,
    pub(crate) says: Says<'a>,
}

/// Why something says what was in force.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Says<'a> {
    /// It was so before the coat.
    Was,
    /// It was confirmed, or seen.
    Seen,
    /// An edition prints it.
    Prints(&'a Entry<Edition>, &'a Item),
}

/// A coat of something that is said, from its first day on.
fn coat<'a>(
    said: Said<'a>,
    line: Option<&'a Provision>,
    dates: Dates,
    doc: u32,
    from: NaiveDate,
) -> Coat<'a> {
    let Dates { issued, known, basis, expires, effective: _ } = dates;
    let source = line.and_then(|line| line.source.as_deref()).or_else(|| said.source());
    Coat {
        does: Does::Sets,
        line,
        number: None,
        computed: false,
        cell: line.map(|line| &line.cell).filter(|cell| !cell.is_everyone()),
        from,
        sure: from,
        over: NEVER,
        until: NEVER,
        issued,
        known,
        basis,
        doc,
        temporary: false,
        was: None,
        unverified: !source.is_some_and(|source| source.verified),
        spare: 0,
        expires,
        said,
    }
}

/// A coat with its days.
fn timed(coat: Coat<'_>, when: Option<When>, temporary: bool) -> Coat<'_> {
    let Some(When { from, reading, until }) = when else { return coat };
    let first = from.first_day();
    let behind = morrow(from.last_day());
    let until = until.map_or(NEVER, PartialDate::first_day);
    let (sure, over) = match reading {
        None => (first, NEVER),
        Some(Reading::Within) => (behind, NEVER),
        Some(Reading::Period) => (first, behind),
    };
    Coat { from: first, sure, over, until, temporary, ..coat }
}

/// Whether a coat added behind others leaves the last one that covers a day the answer: it
/// begins later than each that it meets, is issued later, and is in no doubt.
fn stays_plain(band: &Band<'_>, coat: &Coat<'_>, docs: &[Doc<'_>]) -> bool {
    let named = match coat.said {
        Said::Operation(_, operation) => !operation.bond.lifts.is_empty(),
        Said::Edition(..) | Said::List(_) => false,
    };
    let annulled = docs.get(coat.doc as usize).is_none_or(|doc| !doc.off.is_empty());
    let simple = matches!(coat.does, Does::Sets | Does::Ends)
        && coat.sure == coat.from
        && !coat.temporary
        && !named
        && !annulled
        // What is carried over gives way to all; behind a bounded coat an older one shows.
        && (coat.over == NEVER || band.coats.iter().all(|below| below.until == NEVER));
    simple
        && band.coats.iter().all(|below| {
            let carried = below.over == NEVER || coat.until == NEVER;
            let apart = crate::facts::apart(below.cell, coat.cell);
            let finer = below.doc == coat.doc
                && below.from == coat.from
                && coat.cell.is_some_and(|b| below.cell.is_none_or(|a| a != b && a.covers(b)));
            let later =
                below.from < coat.from && (below.doc == coat.doc || below.issued < coat.issued);
            apart || (carried && (finer || later))
        })
}
