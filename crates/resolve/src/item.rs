//! An item as a whole, in force: whether it stands, what it is called, who is entitled.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use jialiang_model::date::Day;
use jialiang_model::id::{AgencyId, Id};
use jialiang_model::item::Responsibility;
use jialiang_model::kind::adjustment::Widening;
use jialiang_model::recipients::Recipients;
use jialiang_model::text::Text;

use crate::answer::{Question, Said};
use crate::ask::{LineRef, PlaceRef};
use crate::coat::Band;
use crate::index::{Book, Dated, InForce, Word, Worded};

/// Something that was said of an item, and what said it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a, T> {
    /// What was said.
    pub value: T,
    /// The place that said it.
    pub place: &'a str,
    /// What said it.
    pub said: Said<'a>,
    /// From when.
    pub since: Option<Day>,
}

/// Whether an item stands.
#[derive(Debug, Clone)]
pub enum Standing<'a> {
    /// It stands.
    Stands(Told<'a, ()>),
    /// It was retired, and goes on as these.
    Retired(Told<'a, ()>, Vec<&'a Id>),
    /// It is not applicable in the place.
    NotApplicable(Told<'a, &'a jialiang_model::kind::edition::NotApplicable>),
    /// Nothing is on record of whether it stands on that day.
    Unknown,
}

/// An item in force at both clocks.
#[derive(Debug, Clone)]
pub struct ItemInForce<'a> {
    /// Whether it stands.
    pub standing: Standing<'a>,
    /// What it is called.
    pub name: Option<Told<'a, &'a Text>>,
    /// Who is entitled, and which way that went where the source says.
    pub recipients: Option<Told<'a, (&'a Recipients, Option<Widening>)>>,
    /// What is provided.
    pub content: Option<Told<'a, &'a Text>>,
    /// Who pays.
    pub responsibility: Option<Told<'a, &'a Responsibility>>,
    /// Who leads, in order.
    pub lead_agencies: Option<Told<'a, &'a [AgencyId]>>,
}

impl<'a> InForce<'a> {
    /// The item of a question, in force at its two clocks; its line and facts are not read.
    pub fn item(&self, question: &Question<'_>) -> ItemInForce<'a> {
        let mut item = ItemInForce {
            standing: Standing::Unknown,
            name: None,
            recipients: None,
            content: None,
            responsibility: None,
            lead_agencies: None,
        };
        let Some((site, key)) = self.asked(question) else { return item };
        let (day, known) = (question.valid.date(), question.known.date());
        for at in self.chain(site, key).take_while(|at| self.is_there(*at, day)) {
            let words = self.worded(at, key);
            let place = self.sites.get(at as usize).map_or("", |site| site.id);
            // In the order of painting: a later word of the same place covers an earlier one.
            let mut own = ItemInForce { standing: Standing::Unknown, ..item.clone() };
            let empty = item.clone();
            for worded in words.iter().filter(|worded| shows(worded, day, known)) {
                let Worded { word, from, said, .. } = *worded;
                let since = Day::of(from);
                match word {
                    Word::Item(item) => {
                        own.standing = Standing::Stands(Told { value: (), place, said, since });
                        own.name = Some(Told { value: &item.name, place, said, since });
                        if let Some(value) = &item.recipients {
                            let value = (&**value, None);
                            own.recipients = Some(Told { value, place, said, since });
                        }
                        if let Some(value) = &item.content {
                            own.content = Some(Told { value, place, said, since });
                        }
                        if let Some(value) = &item.responsibility {
                            own.responsibility = Some(Told { value, place, said, since });
                        }
                        if !item.lead_agencies.is_empty() {
                            let value = item.lead_agencies.as_slice();
                            own.lead_agencies = Some(Told { value, place, said, since });
                        }
                    }
                    Word::Retired(into) => {
                        let told = Told { value: (), place, said, since };
                        let mut goes: Vec<&Id> = into.iter().collect();
                        for id in self.continued.get(&key).into_iter().flatten() {
                            if !goes.contains(id) {
                                goes.push(id);
                            }
                        }
                        own.standing = Standing::Retired(told, goes);
                    }
                    Word::NotApplicable(_, value) => {
                        own.standing = Standing::NotApplicable(Told { value, place, said, since });
                    }
                    Word::Applies => own.standing = Standing::Unknown,
                    Word::Name(value) => own.name = Some(Told { value, place, said, since }),
                    Word::Recipients(value, direction) => {
                        let value = (value, direction);
                        own.recipients = Some(Told { value, place, said, since });
                    }
                    Word::Content(value) => own.content = Some(Told { value, place, said, since }),
                    Word::Responsibility(value) => {
                        own.responsibility = Some(Told { value, place, said, since });
                    }
                    Word::Lead(value) => {
                        own.lead_agencies = Some(Told { value, place, said, since });
                    }
                }
            }
            // What a place below has said stands before what is above.
            if matches!(empty.standing, Standing::Unknown) {
                item.standing = own.standing;
            }
            item.name = empty.name.or(own.name);
            item.recipients = empty.recipients.or(own.recipients);
            item.content = empty.content.or(own.content);
            item.responsibility = empty.responsibility.or(own.responsibility);
            item.lead_agencies = empty.lead_agencies.or(own.lead_agencies);
        }
        item
    }

    /// The items on record for a place, its own and those above it: the topmost standard and
    /// the item's id, in the order of the taxonomy where there is one.
    pub fn items(&self, place: &str, standard: Option<&str>) -> Vec<(&'a str, &'a str)> {
        let Some(site) = self.site_ids.get(place).copied() else { return Vec::new() };
        let wanted = standard.map(|one| self.root_of.get(one).copied());
        let mut found: BTreeSet<u32> = BTreeSet::new();
        for (key, (root, _)) in self.keys.iter().enumerate() {
            let Ok(key) = u32::try_from(key) else { continue };
            if wanted.is_none_or(|wanted| wanted == Some(*root))
                && self.chain(site, key).any(|at| self.books.contains_key(&(at, key)))
            {
                found.insert(key);
            }
        }
        // What editions list, with lines or without.
        for (root, _) in (0_u32..).zip(&self.roots) {
            if wanted.is_some_and(|wanted| wanted != Some(root)) {
                continue;
            }
            let chain = std::iter::successors(Some(site), |at| self.up(*at, root)).take(16);
            for dated in chain.filter_map(|at| self.editions.get(&(at, root))).flatten() {
                let items = dated.entry.value.items.iter();
                let keys = items.filter_map(|item| self.key_ids.get(&(root, item.id.as_str())));
                found.extend(keys.copied());
            }
        }
        // Keys are given in the order in which taxonomies list their items.
        found
            .into_iter()
            .map(|key| self.key(key))
            .filter_map(|(root, item)| Some((*self.roots.get(root as usize)?, item)))
            .collect()
    }

    /// Every item of which a place itself says anything that its editions do not only repeat,
    /// or, at the top, do not only print: the place, the topmost standard and the item.
    pub fn decided(&self) -> Vec<(&'a str, &'a str, &'a str)> {
        let adjusts = |book: &Book<'_>| {
            let mut said = book.bands.iter().flat_map(Band::all).map(|coat| coat.said);
            said.any(|said| matches!(said, Said::Operation(..)))
        };
        let says = |(site, key): &&(u32, u32)| {
            let Some(book) = self.books.get(&(*site, *key)) else { return false };
            let below = self.up(*site, self.key(*key).0).is_some();
            let lines = (below && !book.bands.is_empty()) || adjusts(book);
            lines || book.words.iter().any(by_operation)
        };
        self.shelf.iter().filter(says).filter_map(|(site, key)| self.named(*site, *key)).collect()
    }

    fn named(&self, site: u32, key: u32) -> Option<(&'a str, &'a str, &'a str)> {
        let (root, item) = self.key(key);
        Some((self.sites.get(site as usize)?.id, self.roots.get(root as usize)?, item))
    }

    /// The items whose recipients the editions of a place write otherwise than those of the
    /// place above.
    pub fn entitled(&self, place: &str, standard: &str) -> Vec<&'a str> {
        let Some(site) = self.site_ids.get(place).copied() else { return Vec::new() };
        let Some(root) = self.root_of.get(standard).copied() else { return Vec::new() };
        let of = |site| self.editions.get(&(site, root)).map_or(&[][..], Vec::as_slice);
        let (own, above) = (of(site), self.up(site, root).map_or(&[][..], of));
        let (mut mine, mut theirs) = (vec![0; own.len()], vec![0; above.len()]);
        let mut found = Vec::new();
        for item in own.iter().flat_map(|dated| &dated.entry.value.items) {
            if item.recipients.is_none() {
                continue;
            }
            let mine = recipients(own, &mut mine, item.id.as_str());
            let theirs = recipients(above, &mut theirs, item.id.as_str());
            if mine != theirs {
                found.push(item.id.as_str());
            }
        }
        found
    }

    /// Whether an adjustment of a place itself says anything of an item's words.
    pub fn rewords(&self, place: &str, item: &str, standard: Option<&str>) -> bool {
        self.says(place, item, standard, |book| book.words.iter().any(by_operation))
    }

    /// Whether a place itself says anything of a line.
    pub fn decides_line(&self, place: PlaceRef, line: &LineRef<'_>) -> bool {
        let book = self.books.get(&(place.0, line.key));
        book.is_some_and(|book| book.band(line.measure).is_some())
    }

    fn says(
        &self,
        place: &str,
        item: &str,
        standard: Option<&str>,
        said: impl Fn(&Book<'_>) -> bool,
    ) -> bool {
        let Some(site) = self.site_ids.get(place).copied() else { return false };
        let Ok(key) = self.find(site, item, standard) else { return false };
        self.books.get(&(site, key)).is_some_and(said)
    }

    /// The place above a place: the one whose standard its own implements, else the one to
    /// which it belongs.
    pub fn parent(&self, place: &str, standard: Option<&str>) -> Option<&'a str> {
        let site = self.site_ids.get(place).copied()?;
        let root = standard.and_then(|one| self.root_of.get(one).copied()).unwrap_or(u32::MAX);
        self.sites.get(self.up(site, root)? as usize).map(|site| site.id)
    }
}

fn by_operation(worded: &Worded<'_>) -> bool {
    matches!(worded.said, Said::Operation(..))
}

/// Whom each of some editions entitles to an item. Where each was last found is where the
/// search goes on: editions list their items in much the same order.
fn recipients<'a>(editions: &[Dated<'a>], last: &mut [usize], item: &str) -> Vec<&'a Recipients> {
    let mut all = Vec::new();
    for (dated, last) in editions.iter().zip(last) {
        let items = &dated.entry.value.items;
        let order = (*last..items.len()).chain(0..*last);
        let mut found = order.filter_map(|at| Some((at, items.get(at)?)));
        if let Some((at, one)) = found.find(|(_, one)| one.id.as_str() == item) {
            *last = at;
            all.extend(one.recipients.as_deref());
        }
    }
    all
}

fn shows(worded: &Worded<'_>, day: NaiveDate, known: NaiveDate) -> bool {
    worded.known <= known && worded.from <= day && day < worded.until
}
