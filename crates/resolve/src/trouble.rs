//! What the law refuses, or cannot decide, or would never show.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use jialiang_model::Entry;
use jialiang_model::date::Day;
use jialiang_model::item::Item;
use jialiang_model::kind::Edition;
use jialiang_model::provision::{Form, Provision};

use crate::answer::{Answer, Doubt, Said};
use crate::ask::{Ask, decides};
use crate::coat::{ALWAYS, Band, Coat, Does, NEVER, each_pair, eve};
use crate::facts::{Facts, apart};
use crate::index::{InForce, Word, Worded};
use crate::paint::{Clash, Own, Surface};

/// Something that rules tell, found while painting.
#[derive(Debug, Clone)]
pub struct Trouble<'a> {
    /// The place.
    pub place: &'a str,
    /// The item.
    pub item: &'a str,
    /// The measure.
    pub measure: &'a str,
    /// For whom.
    pub cell: Facts,
    /// What it is.
    pub what: What<'a>,
}

/// What is the trouble.
#[derive(Debug, Clone)]
pub enum What<'a> {
    /// An event runs over a later start that an earlier document has fixed.
    Overrun {
        /// The event.
        by: Said<'a>,
        /// The later start.
        over: Said<'a>,
        /// Its first day.
        from: Option<Day>,
    },
    /// Two documents of one day of issue meet, and neither says that it comes after.
    SameDay(Said<'a>, Said<'a>),
    /// One document sets two values for one first day and people in both cells.
    Crossing(Said<'a>, Said<'a>),
    /// The number that a change started from came from a document that was annulled.
    BaseAnnulled(Said<'a>),
    /// Two sources saw different values on one day.
    Seen(Said<'a>, Said<'a>),
    /// An edition prints a value that an instrument on record had already replaced.
    Stale(&'a Entry<Edition>, &'a Item, &'a Provision),
    /// A value on record that is the answer on no day, at no known day.
    Invisible(Said<'a>),
    /// A share of itself, by these lines.
    Cycle(Said<'a>, Vec<String>),
}

impl<'a> InForce<'a> {
    /// The documents of which no date is on record: they paint nothing.
    pub fn undated(&self) -> &[&'a str] {
        &self.undated
    }

    /// What the law refuses or cannot decide, and what would never show, in the order of
    /// places, items and measures.
    pub fn troubles(&self) -> Vec<Trouble<'a>> {
        let mut all = Vec::new();
        for (site, key) in &self.shelf {
            let Some(book) = self.books.get(&(*site, *key)) else { continue };
            for band in &book.bands {
                if band.plain && !book.halts {
                    self.never(*site, *key, band, &mut all);
                }
                let met = !band.plain && may_meet(band);
                if met {
                    self.meetings(*site, *key, band, &mut all);
                }
                // Pages that never meet anything show on their own days.
                let shows = !met && band.coats.is_empty() && self.is_always(*site);
                if book.halts || (!band.plain && !shows) {
                    self.invisible(*site, *key, band, book.halts, &mut all);
                }
                self.cycles(*site, *key, band, &mut all);
            }
        }
        for (site, key, entry, item, line) in &self.stale {
            let what = What::Stale(entry, item, line);
            all.push(self.trouble(
                *site,
                *key,
                self.measure(*key, line),
                Facts::of(&line.cell),
                what,
            ));
        }
        all.sort_by(|a, b| (a.place, a.item, a.measure).cmp(&(b.place, b.item, b.measure)));
        all
    }

    fn trouble(
        &self,
        site: u32,
        key: u32,
        measure: &'a str,
        cell: Facts,
        what: What<'a>,
    ) -> Trouble<'a> {
        let place = self.sites.get(site as usize).map_or("", |site| site.id);
        Trouble { place, item: self.key(key).1, measure, cell, what }
    }

    /// The days from which anything of a band is known, annulments too, and the end.
    fn knowns(&self, band: &Band<'a>) -> BTreeSet<NaiveDate> {
        let docs = band.coats.iter().filter_map(|coat| self.docs.get(coat.doc as usize));
        let annulled = docs.flat_map(|doc| doc.off.iter().map(|(known, _)| *known));
        band.all().map(|coat| coat.known).chain(annulled).chain([NEVER]).collect()
    }

    fn meetings(&self, site: u32, key: u32, band: &Band<'a>, all: &mut Vec<Trouble<'a>>) {
        let known = self.knowns(band);
        let mut told: Vec<(Clash, *const Coat<'a>, *const Coat<'a>)> = Vec::new();
        for cell in self.told_apart(site, key, band.measure, None, Facts::none()) {
            for day in &known {
                let surface = Surface::new(band, &self.docs, &cell, *day, None, &|_| None);
                for (clash, a, b) in surface.meetings() {
                    let pair = (clash, std::ptr::from_ref(a), std::ptr::from_ref(b));
                    if told.contains(&pair) {
                        continue;
                    }
                    told.push(pair);
                    let what = match clash {
                        Clash::Overrun => {
                            What::Overrun { by: b.said, over: a.said, from: Day::of(a.from) }
                        }
                        Clash::SameDay => What::SameDay(a.said, b.said),
                        Clash::Crossing => What::Crossing(a.said, b.said),
                        Clash::BaseAnnulled => What::BaseAnnulled(b.said),
                        Clash::Seen => What::Seen(a.said, b.said),
                        Clash::Between | Clash::Within | Clash::Altered(_) | Clash::Since => {
                            continue;
                        }
                    };
                    all.push(self.trouble(site, key, band.measure, cell.clone(), what));
                }
            }
        }
    }

    /// Of a band in which each coat shows on its first day: those that have none.
    fn never(&self, site: u32, key: u32, band: &Band<'a>, all: &mut Vec<Trouble<'a>>) {
        let days = self.sites.get(site as usize).map_or((ALWAYS, NEVER), |site| site.days);
        for coat in &band.coats {
            let none = coat.from.max(days.0) >= coat.until.min(days.1);
            if none && coat.does == Does::Sets {
                let cell = coat.cell.map_or_else(Facts::none, Facts::of);
                all.push(self.trouble(site, key, band.measure, cell, What::Invisible(coat.said)));
            }
        }
    }

    /// Of a band: the values that are no answer on any day, whenever one asks; and where the
    /// item itself does not stand on some days, nothing is on them.
    fn invisible(
        &self,
        site: u32,
        key: u32,
        band: &Band<'a>,
        halts: bool,
        all: &mut Vec<Trouble<'a>>,
    ) {
        let words = if halts { self.worded(site, key) } else { Vec::new() };
        let writes = |coat: &&Coat<'a>| matches!(coat.does, Does::Sets | Does::Saw);
        let mut left: Vec<&Coat<'a>> = band.all().filter(writes).collect();
        let mut known = self.knowns(band);
        known.extend(words.iter().map(|word| word.known));
        let there = self.sites.get(site as usize).map_or((ALWAYS, NEVER), |site| site.days);
        let days: BTreeSet<NaiveDate> = band
            .all()
            .flat_map(|coat| {
                let off = self.docs.get(coat.doc as usize).into_iter().flat_map(|doc| &doc.off);
                let off = off.flat_map(|(_, spans)| spans.iter().map(|span| span.1));
                let own = [coat.from, coat.sure, coat.over, eve(coat.from), eve(coat.until)];
                own.into_iter().chain(off)
            })
            .chain(
                words
                    .iter()
                    .flat_map(|word| [word.from, eve(word.from), word.until, eve(word.until)]),
            )
            .chain([there.0, eve(there.1)])
            .filter(|day| *day != NEVER && there.0 <= *day && *day < there.1)
            .collect();
        for cell in self.told_apart(site, key, band.measure, None, Facts::none()) {
            for known in known.iter().rev() {
                if left.is_empty() {
                    return;
                }
                let surface = Surface::new(band, &self.docs, &cell, *known, None, &|_| None);
                for day in days.iter().filter(|day| stands(&words, **day, *known)) {
                    let shown: Vec<&Coat<'a>> = match surface.on(*day).0 {
                        Own::Nothing | Own::Ended(_) => Vec::new(),
                        Own::Is(coat) => vec![coat],
                        Own::Open(open) => open.of,
                    };
                    left.retain(|coat| {
                        !shown.iter().any(|one| {
                            // Of those that say the same one is shown for all.
                            let there = coat.from <= *day && *day < coat.until;
                            let holds = coat.does == Does::Saw || there;
                            std::ptr::eq(*one, *coat)
                                || one.same(coat) && holds && coat.covers(&cell)
                        })
                    });
                }
            }
        }
        for coat in left {
            let cell = coat.cell.map_or_else(Facts::none, Facts::of);
            let what = What::Invisible(coat.said);
            all.push(self.trouble(site, key, band.measure, cell, what));
        }
    }

    fn cycles(&self, site: u32, key: u32, band: &Band<'a>, all: &mut Vec<Trouble<'a>>) {
        for coat in band.all() {
            let Some(Form::Share(..)) = coat.line.map(|line| &line.form) else { continue };
            let known = coat.known;
            let ask = Ask {
                site,
                key,
                measure: band.measure,
                day: coat.from,
                known,
                judged: None,
                verified: false,
            };
            let cell = coat.cell.map_or_else(Facts::none, Facts::of);
            for facts in self.told_apart(site, key, band.measure, None, cell) {
                if let Answer::Undecided { why: Doubt::Cycle(way), .. } = self.told(ask, &facts) {
                    let what = What::Cycle(coat.said, way);
                    all.push(self.trouble(site, key, band.measure, facts, what));
                    break;
                }
            }
        }
    }
}

/// Whether an item stands on a day, as known on another, by what is said of it as a whole.
fn stands(words: &[Worded<'_>], day: NaiveDate, known: NaiveDate) -> bool {
    let last = decides(words, day, known);
    !last.is_some_and(|last| matches!(last.word, Word::Retired(_) | Word::NotApplicable(..)))
}

/// Whether anything in a band could meet something else that it may not simply cover.
fn may_meet(band: &Band<'_>) -> bool {
    let plain = |coat: &Coat<'_>| {
        matches!(coat.does, Does::Sets | Does::Ends) && coat.sure == coat.from && !coat.temporary
    };
    let covers = |a: &Coat<'_>, b: &Coat<'_>| {
        // Whichever comes later begins later: nothing runs over a start.
        let later = |a: &Coat<'_>, b: &Coat<'_>| {
            a.from < b.from && (a.issued < b.issued || (a.issued == b.issued && a.doc == b.doc))
        };
        apart(a.cell, b.cell) || later(a, b) || later(b, a)
    };
    let seen = |a: &Coat<'_>, b: &Coat<'_>| apart(a.cell, b.cell) || a.from != b.from;
    band.annulled
        || !band.coats.iter().all(plain)
        || !each_pair(&band.coats, covers)
        || !each_pair(&band.seen, seen)
}
