//! Every event of a registry, by place, item and measure.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use jialiang_model::cell::Cell;
use jialiang_model::date::PartialDate;
use jialiang_model::id::Id;
use jialiang_model::item::{Item, Responsibility};
use jialiang_model::kind::adjustment::Widening;
use jialiang_model::kind::edition::NotApplicable;
use jialiang_model::kind::{Edition, Standard};
use jialiang_model::provision::Provision;
use jialiang_model::recipients::Recipients;
use jialiang_model::text::Text;
use jialiang_model::{Entry, Registry};

use crate::answer::Said;
use crate::ask::LineRef;
use crate::coat::{ALWAYS, Band, Coat, Doc, NEVER, Spared};
use crate::events::{Event, Written};
use crate::lay::stays_plain;
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
    pub(crate) fn say(&mut self, worded: Worded<'a>) {
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
                band.canon = crate::reach::first_alike(band);
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

    pub(crate) fn site(&mut self, id: &'a str) -> u32 {
        if let Some(at) = self.site_ids.get(id) {
            return *at;
        }
        let at = u32::try_from(self.sites.len()).unwrap_or(u32::MAX);
        let days = (ALWAYS, NEVER);
        self.sites.push(Site { id, parent: None, days, speaks: None, followed: Vec::new() });
        self.site_ids.insert(id, at);
        at
    }

    pub(crate) fn root(&mut self, id: &'a str) -> u32 {
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
        let above = self.registry.standards_above(standard).last();
        let top = above.map_or(standard, |top| top.as_str());
        let root = self.root(top);
        self.root_of.insert(standard, root);
        root
    }

    pub(crate) fn enter(&mut self, root: u32, item: &'a str) -> u32 {
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
}
