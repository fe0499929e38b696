//! Events laid as coats, in the order of issue.

use chrono::NaiveDate;
use jialiang_model::Entry;
use jialiang_model::date::PartialDate;
use jialiang_model::item::Item;
use jialiang_model::kind::Edition;
use jialiang_model::kind::adjustment::{Act, Operation, Reading, Size, Step, When};
use jialiang_model::number::{Decimal, Number};
use jialiang_model::provision::{Provision, Rounding};

use crate::answer::Said;
use crate::coat::{Band, Coat, Doc, Does, NEVER, morrow};
use crate::events::{Dates, Event, Written};
use crate::index::{Book, InForce, Word, Worded};

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

impl<'a> InForce<'a> {
    /// Paints what is said of one item in one place.
    pub(crate) fn paint(
        &mut self,
        site: u32,
        key: u32,
        mut events: Vec<Event<'a>>,
        lines: &Written<'a>,
    ) {
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

    pub(crate) fn lay(
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

/// A coat of something that is said, from its first day on.
pub(crate) fn coat<'a>(
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
pub(crate) fn timed(coat: Coat<'_>, when: Option<When>, temporary: bool) -> Coat<'_> {
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
pub(crate) fn stays_plain(band: &Band<'_>, coat: &Coat<'_>, docs: &[Doc<'_>]) -> bool {
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
