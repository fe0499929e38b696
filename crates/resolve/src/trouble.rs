//! What the law refuses, or cannot decide, or would never show.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use jialiang_model::Entry;
use jialiang_model::date::Day;
use jialiang_model::item::Item;
use jialiang_model::kind::Edition;
use jialiang_model::provision::{Form, Provision};

use crate::answer::{Answer, Doubt, Said};
use crate::ask::Ask;
use crate::coat::{Band, Coat, Does, NEVER, eve};
use crate::facts::Facts;
use crate::index::InForce;
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
                if !band.plain && !crate::page::unmet(band) {
                    self.meetings(*site, *key, band, &mut all);
                    self.invisible(*site, *key, band, &mut all);
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

    fn meetings(&self, site: u32, key: u32, band: &Band<'a>, all: &mut Vec<Trouble<'a>>) {
        let mut known: BTreeSet<NaiveDate> = band.all().map(|coat| coat.known).collect();
        // An annulment is no coat, and may be known later than all of them.
        known.insert(NEVER);
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

    fn invisible(&self, site: u32, key: u32, band: &Band<'a>, all: &mut Vec<Trouble<'a>>) {
        let writes = |coat: &&Coat<'a>| matches!(coat.does, Does::Sets | Does::Saw);
        let mut left: Vec<&Coat<'a>> = band.all().filter(writes).collect();
        let mut known: BTreeSet<NaiveDate> = band.all().map(|coat| coat.known).collect();
        // An annulment is no coat, and may be known later than all of them.
        known.insert(NEVER);
        let days: BTreeSet<NaiveDate> = band
            .all()
            .flat_map(|coat| [coat.from, coat.sure, coat.over, eve(coat.from), eve(coat.until)])
            .filter(|day| *day != NEVER)
            .collect();
        for cell in self.told_apart(site, key, band.measure, None, Facts::none()) {
            for known in known.iter().rev() {
                if left.is_empty() {
                    return;
                }
                let surface = Surface::new(band, &self.docs, &cell, *known, None, &|_| None);
                for day in &days {
                    let shown: Vec<&Coat<'a>> = match surface.on(*day).0 {
                        Own::Nothing | Own::Ended(_) => Vec::new(),
                        Own::Is(coat) => vec![coat],
                        Own::Open(open) => open.of,
                    };
                    left.retain(|coat| {
                        !shown.iter().any(|one| {
                            // Of those that say the same one is shown for all.
                            let there = coat.from <= *day && *day < coat.until;
                            std::ptr::eq(*one, *coat)
                                || one.same(coat) && (coat.does == Does::Saw || there)
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
