//! What events are compared with while they are painted: what lies below them.

use chrono::NaiveDate;
use jialiang_model::Entry;
use jialiang_model::item::Item;
use jialiang_model::kind::Edition;
use jialiang_model::number::Number;
use jialiang_model::provision::Provision;

use crate::answer::{Answer, Basis};
use crate::ask::{Ask, speaks};
use crate::coat::{Coat, Does, NEVER, eve, same};
use crate::facts::Facts;
use crate::index::{Book, InForce};
use crate::paint::Own;

impl<'a> InForce<'a> {
    /// Holds the number that a coat says was there before against what lies below its first
    /// day; where that is another, it was seen on the eve, or on the day of issue.
    pub(crate) fn expect(
        &self,
        site: u32,
        key: u32,
        book: &mut Book<'a>,
        coat: &Coat<'a>,
        line: &'a Provision,
        was: Number,
    ) {
        let measure = line.measure().as_str();
        let met = {
            let known = eve(coat.issued);
            let ask =
                Ask { site, key, measure, day: coat.from, known, also: Some((coat.doc, NEVER)) };
            let told = self.everyone(ask, book, coat);
            told.iter().all(|(_, below)| {
                matches!(below, Answer::Value(held) if same(held.line, held.number, line, Some(was)))
            })
        };
        if !met {
            let day = eve(coat.from).min(coat.issued);
            let seen = Coat {
                does: Does::Saw,
                line: Some(line),
                number: Some(was),
                computed: false,
                from: day,
                sure: day,
                known: day,
                basis: Basis::Seen,
                was: None,
                temporary: false,
                ..*coat
            };
            book.see(measure, seen);
        }
    }

    /// Whether a place that has not decided follows one above with the same value.
    pub(crate) fn inherits(
        &self,
        site: u32,
        key: u32,
        book: &Book<'a>,
        seen: &Coat<'a>,
        line: &'a Provision,
        known: NaiveDate,
    ) -> bool {
        let measure = line.measure().as_str();
        let ask = Ask { site, key, measure, day: seen.from, known, also: None };
        let all = self.everyone(ask, book, seen);
        !all.is_empty() && all.iter().all(|(facts, below)| {
            let own = book.band(measure).map(|band| self.own(band, ask, facts).0);
            let decided = !matches!(own, None | Some(Own::Nothing | Own::Ended(_)));
            !decided
                && matches!(below, Answer::Value(held) if same(held.line, held.number, line, None))
        })
    }

    /// Holds a line of an edition against what was in force: it repeats, enacts, is stale, or
    /// was seen.
    #[expect(clippy::too_many_arguments, reason = "the place, the line and what says it")]
    pub(crate) fn printed(
        &mut self,
        site: u32,
        key: u32,
        book: &mut Book<'a>,
        coat: &Coat<'a>,
        entry: &'a Entry<Edition>,
        item: &'a Item,
        line: &'a Provision,
    ) {
        let measure = line.measure().as_str();
        let enacts = entry
            .value
            .enacts
            .iter()
            .any(|one| one.item() == item.id.as_str() && one.provision() == line.id.as_str());
        if enacts {
            book.add(measure, *coat, &self.docs);
            return;
        }
        let ask = Ask { site, key, measure, day: coat.from, known: coat.issued, also: None };
        let says = |held: &crate::answer::Held<'a>| same(held.line, held.number, line, None);
        let mut others = self.everyone(ask, book, coat);
        others.retain(|(_, below)| !matches!(below, Answer::Value(held) if says(held)));
        if others.is_empty() {
            return;
        }
        // What it says was replaced where it is not what is in force, nor could be.
        let replaced = others.iter().all(|(facts, below)| {
            let could = matches!(below, Answer::Undecided { candidates, .. } if candidates.iter().any(says));
            !could && self.was_replaced(ask, book, facts, line)
        });
        if replaced {
            self.stale.push((site, key, entry, item, line));
            return;
        }
        let seen = Coat { does: Does::Saw, known: coat.from, basis: Basis::Seen, ..*coat };
        book.see(measure, seen);
    }

    /// Whether a value was on record before in the place, or above it.
    fn was_replaced(&self, ask: Ask<'_>, book: &Book<'a>, facts: &Facts, line: &Provision) -> bool {
        let before = |book: &Book<'a>| {
            book.band(ask.measure).is_some_and(|band| {
                band.all().any(|one| {
                    one.known <= ask.known
                        && one.from < ask.day
                        && one.covers(facts)
                        && one.line.is_some_and(|l| same(l, one.number, line, None))
                })
            })
        };
        before(book)
            || self
                .chain(ask.site, ask.key)
                .skip(1)
                .any(|site| self.books.get(&(site, ask.key)).is_some_and(before))
    }

    /// What lies below for everyone in a coat's cell, as finely as the lines on record tell
    /// them apart; without those of whom no line speaks.
    fn everyone(&self, ask: Ask<'_>, book: &Book<'a>, coat: &Coat<'a>) -> Vec<(Facts, Answer<'a>)> {
        let facts = coat.cell.map_or_else(Facts::none, Facts::of);
        let all = self.told_apart(ask.site, ask.key, ask.measure, Some(book), facts);
        let mut told: Vec<_> = all
            .into_iter()
            .map(|facts| {
                let below = self.below(ask, book, &facts);
                (facts, below)
            })
            .collect();
        if told.iter().any(|(facts, _)| !facts.has_other()) {
            told.retain(|(facts, below)| !facts.has_other() || speaks(below));
        }
        told
    }
}
