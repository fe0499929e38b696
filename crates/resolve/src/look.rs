//! What documents say of what was there before them, held against it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use jialiang_model::provision::Provision;

use crate::answer::Answer;
use crate::ask::Ask;
use crate::coat::{Coat, Does, NEVER, Spared, eve, holds, same};
use crate::facts::{Fact, Facts};
use crate::index::{Book, InForce};
use crate::lay::{Later, Says};
use crate::paint::{Judged, Surface};

impl<'a> InForce<'a> {
    /// Holds what the documents of one day of issue say of what was there before against the
    /// record: what it does not show was seen.
    pub(crate) fn judge(&mut self, site: u32, key: u32, book: &mut Book<'a>, all: &[Later<'a>]) {
        let mut seen = Vec::new();
        for one in all {
            let mut spared =
                Spared { narrower: self.narrower(key, book, all, one), ..Spared::default() };
            let day = self.day_of(one);
            let Some(stale) = self.held_against(site, key, book, all, one, day, &mut spared) else {
                continue;
            };
            if stale {
                if let Says::Prints(entry, item) = one.says {
                    self.stale.push((site, key, entry, item, one.line));
                }
                continue;
            }
            let coat = one.coat.seen(one.line, one.number, day);
            seen.push((self.measure(key, one.line), coat, spared));
        }
        for (measure, coat, spared) in seen {
            book.see(measure, coat, spared);
        }
    }

    /// The day on which something would have been seen.
    fn day_of(&self, one: &Later<'a>) -> NaiveDate {
        match one.says {
            Says::Was => eve(one.coat.from).min(one.coat.issued),
            Says::Seen | Says::Prints(..) => one.coat.from,
        }
    }

    /// Fills in of whom the record shows the same; `None` where it does so of all, and whether
    /// it shows of all others that it was replaced.
    #[expect(clippy::too_many_arguments, reason = "the place, the line and what says it")]
    fn held_against(
        &self,
        site: u32,
        key: u32,
        book: &Book<'a>,
        all: &[Later<'a>],
        one: &Later<'a>,
        day: NaiveDate,
        spared: &mut Spared<'a>,
    ) -> Option<bool> {
        let Later { coat, line, number, says } = *one;
        let measure = self.measure(key, line);
        let is = |l: &Provision, n| same(l, n, line, number);
        let (edition, own, seen_before) = match says {
            Says::Was => (false, Some((coat.doc, coat.from)), NEVER),
            Says::Seen => (false, None, day),
            Says::Prints(..) => (true, None, NEVER),
        };
        let judged = Judged {
            issued: coat.issued,
            edition,
            own,
            all_coats: matches!(says, Says::Seen),
            seen_before,
            seen_own: false,
        };
        let (on, known) = match says {
            Says::Was => (coat.from, eve(coat.issued)),
            Says::Seen => (day, day),
            Says::Prints(..) => (day, coat.issued),
        };
        let ask = Ask { site, key, measure, day: on, known, judged: Some(judged), verified: false };
        let (mut left, mut stale) = (false, false);
        for (facts, below) in self.everyone(ask, book, &coat) {
            for (dimension, fact) in facts.iter() {
                if let Fact::Is(value) = fact
                    && !spared.by.iter().any(|(d, v)| d == dimension && v == value)
                {
                    spared.by.push((dimension.clone(), value.clone()));
                }
            }
            if spared.narrower.iter().any(|cell| facts.within(cell)) {
                continue;
            }
            let equal = matches!(&below, Answer::Value(held) if is(held.line, held.number));
            let met = match says {
                Says::Was => equal,
                Says::Seen => {
                    // What it inherits it goes on inheriting.
                    !self.contradicted(key, all, one, &facts)
                        && self.follows(ask, book, &facts)
                        && self.above(ask, site, &facts, on).is_some_and(|(l, n)| is(l, n))
                }
                Says::Prints(..) => {
                    let could = matches!(&below, Answer::Undecided { candidates, .. }
                        if candidates.iter().any(|held| is(held.line, held.number)));
                    let replaced = !equal && !could && self.was_replaced(ask, book, &facts, line);
                    stale |= replaced;
                    equal || replaced
                }
            };
            if met {
                spared.met.push(facts);
            } else {
                left = true;
            }
        }
        if left { Some(false) } else { stale.then_some(true) }
    }

    /// Whether a value was on record before in the place, or above it, and holds in no place
    /// above any more.
    fn was_replaced(&self, ask: Ask<'_>, book: &Book<'a>, facts: &Facts, line: &Provision) -> bool {
        let holds = |site: u32| match self.record(Ask { site, judged: None, ..ask }, facts) {
            Answer::Value(held) => same(held.line, held.number, line, None),
            Answer::Undecided { candidates, why: _ } => {
                candidates.iter().any(|held| same(held.line, held.number, line, None))
            }
            Answer::NotYet { .. }
            | Answer::Ended { .. }
            | Answer::NotApplicable(..)
            | Answer::Unknown(_) => false,
        };
        if self.chain(ask.site, ask.key).skip(1).any(holds) {
            return false;
        }
        let above = |_| None;
        let had = |book: &Book<'a>, judged| {
            book.band(ask.measure).is_some_and(|band| {
                Surface::new(band, &self.docs, facts, ask.known, judged, &above).had(ask.day, line)
            })
        };
        let mut places = self.chain(ask.site, ask.key).skip(1);
        had(book, ask.judged)
            || places
                .any(|site| self.books.get(&(site, ask.key)).is_some_and(|book| had(book, None)))
    }

    /// What lies below for everyone in a coat's cell, as finely as the lines on record tell
    /// them apart.
    fn everyone(&self, ask: Ask<'_>, book: &Book<'a>, coat: &Coat<'a>) -> Vec<(Facts, Answer<'a>)> {
        let facts = coat.cell.map_or_else(Facts::none, Facts::of);
        let all = self.told_apart(ask.site, ask.key, ask.measure, Some((book, coat.cell)), facts);
        all.into_iter()
            .map(|facts| {
                let below = self.below(ask, book, &facts);
                (facts, below)
            })
            .collect()
    }

    /// The cells inside that of something said, of which the same document says the same kind of
    /// thing for the same day: it does not speak of them.
    fn narrower(
        &self,
        key: u32,
        book: &Book<'a>,
        all: &[Later<'a>],
        one: &Later<'a>,
    ) -> Vec<&'a jialiang_model::cell::Cell> {
        let measure = self.measure(key, one.line);
        let inside =
            |coat: &Coat<'a>| holds(one.coat.cell, coat.cell) && !holds(coat.cell, one.coat.cell);
        let mut cells = BTreeSet::new();
        for other in all {
            let kind = match (one.says, other.says) {
                (Says::Was, Says::Was)
                | (Says::Seen, Says::Seen)
                | (Says::Prints(..), Says::Prints(..)) => one.coat.from == other.coat.from,
                _ => false,
            };
            if kind
                && other.coat.doc == one.coat.doc
                && self.measure(key, other.line) == measure
                && inside(&other.coat)
            {
                cells.extend(other.coat.cell);
            }
        }
        // An enacted line, or a change without a number before, is as near.
        let painted = book.band(measure).into_iter().flat_map(|band| &band.coats);
        for coat in painted {
            let kind = match one.says {
                Says::Was => coat.from == one.coat.from && !matches!(coat.does, Does::Repeals(_)),
                Says::Prints(..) => true,
                Says::Seen => false,
            };
            if kind && coat.doc == one.coat.doc && coat.issued == one.coat.issued && inside(coat) {
                cells.extend(coat.cell);
            }
        }
        cells.into_iter().collect()
    }

    /// Whether another source saw another value on the same day.
    fn contradicted(&self, key: u32, all: &[Later<'a>], one: &Later<'a>, facts: &Facts) -> bool {
        all.iter().any(|other| {
            matches!(other.says, Says::Seen)
                && other.coat.from == one.coat.from
                && self.measure(key, other.line) == self.measure(key, one.line)
                && other.coat.covers(facts)
                && !same(other.line, other.number, one.line, one.number)
        })
    }
}
