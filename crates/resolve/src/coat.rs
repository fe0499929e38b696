//! Coats: what each event paints, in the order in which it paints.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use jialiang_model::cell::{Cell, CellValue};
use jialiang_model::id::Id;
use jialiang_model::kind::adjustment::Step;
use jialiang_model::number::Number;
use jialiang_model::provision::{Form, Provision};
use jialiang_model::unit::Measured;

use crate::annul::Off;
use crate::answer::{Basis, Said};
use crate::facts::Facts;

/// A day before all days.
pub(crate) const ALWAYS: NaiveDate = NaiveDate::MIN;
/// A day after all days.
pub(crate) const NEVER: NaiveDate = NaiveDate::MAX;

/// The day before.
pub(crate) fn eve(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(ALWAYS)
}

/// The day after.
pub(crate) fn morrow(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(NEVER)
}

/// What an event does to its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// It sets the line.
    Sets,
    /// It changes the line by so much, with a result that is not on record.
    Alters(Step),
    /// It ends the line.
    Ends,
    /// It ends what a document brought.
    Repeals(u32),
    /// It saw the line in force on its first day.
    Saw,
}

/// One event of one measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coat<'a> {
    pub(crate) does: Does,
    /// The line, where it writes one.
    pub(crate) line: Option<&'a Provision>,
    /// The number in place of the line's.
    pub(crate) number: Option<Number>,
    /// Whether that number was computed.
    pub(crate) computed: bool,
    /// For whom; everyone where absent.
    pub(crate) cell: Option<&'a Cell>,
    /// The first day; of what was seen, its day.
    pub(crate) from: NaiveDate,
    /// The first day on which it surely holds; later than `from` where it begins within.
    pub(crate) sure: NaiveDate,
    /// The day after its own period; what comes then is carried over.
    pub(crate) over: NaiveDate,
    /// The day after the last.
    pub(crate) until: NaiveDate,
    pub(crate) issued: NaiveDate,
    pub(crate) known: NaiveDate,
    pub(crate) basis: Basis,
    /// The document, among [`Doc`]s.
    pub(crate) doc: u32,
    pub(crate) temporary: bool,
    /// The number that it says was there before.
    pub(crate) was: Option<Number>,
    pub(crate) unverified: bool,
    /// Of whom it does not speak, though they are in its cell: a number among the band's, from
    /// one on; nought where it speaks of all.
    pub(crate) spare: u32,
    /// When its instrument's own validity expires.
    pub(crate) expires: NaiveDate,
    pub(crate) said: Said<'a>,
}

/// A document that paints.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doc<'a> {
    pub(crate) id: &'a str,
    pub(crate) edition: bool,
    /// The documents of the same day that it comes after, directly or not.
    pub(crate) after: Vec<u32>,
    /// Over which days annulments take it off, as known from which days on.
    pub(crate) off: Off,
}

impl<'a> Coat<'a> {
    /// What was seen of it on a day: a line of its own, with a number in place of the line's
    /// if one is given.
    pub(crate) fn seen(self, line: &'a Provision, number: Option<Number>, day: NaiveDate) -> Self {
        Self {
            does: Does::Saw,
            line: Some(line),
            number,
            computed: false,
            from: day,
            sure: day,
            over: NEVER,
            until: NEVER,
            known: day,
            basis: Basis::Seen,
            was: None,
            temporary: false,
            ..self
        }
    }

    /// Whether it says the same value as another.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self.line, other.line) {
            (Some(a), Some(b)) => same(a, self.number, b, other.number),
            (None, None) => self.does == other.does,
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// Whether its cell holds that of another.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        holds(self.cell, other.cell)
    }

    /// Whether it holds for everyone of whom some facts are true.
    pub(crate) fn covers(&self, facts: &Facts) -> bool {
        self.cell.is_none_or(|cell| facts.within(cell))
    }
}

/// Whether everyone in the second cell is in the first.
pub(crate) fn holds(a: Option<&Cell>, b: Option<&Cell>) -> bool {
    match (a, b) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(a), Some(b)) => a.covers(b),
    }
}

/// Of whom something that was seen does not speak.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spared<'a> {
    /// Those of whom a narrower line of the same document speaks.
    pub(crate) narrower: Vec<&'a Cell>,
    /// Those for whom the record shows the same, or shows that it was replaced.
    pub(crate) met: Vec<Facts>,
    /// The values by which people were told apart when that was looked up.
    pub(crate) by: Vec<(Id, CellValue)>,
}

/// Whether two lines say the same value, each with a number in place of its own if one is
/// given: equal numbers, units converted exactly, of amounts or of averages; else equal forms.
pub(crate) fn same(a: &Provision, m: Option<Number>, b: &Provision, n: Option<Number>) -> bool {
    // Most that say the same say it in the same form.
    if m == n && a.form == b.form {
        return true;
    }
    let kind = |form: &Form, number: Option<Number>| match form {
        Form::Amount(..) => 1,
        Form::Average(..) => 2,
        Form::Share(..) if number.is_some() => 1,
        Form::Share(..)
        | Form::Supplement(..)
        | Form::Increase(..)
        | Form::Free
        | Form::Pegged(_)
        | Form::Coverage(_)
        | Form::Words(_) => 0,
    };
    let (p, q) = (kind(&a.form, m), kind(&b.form, n));
    if p == 0 || q == 0 {
        return p == q && m == n && a.form == b.form;
    }
    let measured = |line: &Provision, number: Option<Number>| {
        let measured = line.form.measured()?;
        Some(Measured { number: number.unwrap_or(measured.number), ..measured })
    };
    match (measured(a, m), measured(b, n)) {
        (Some(x), Some(y)) if p == q => x.compare(y) == Ok(std::cmp::Ordering::Equal),
        _ => false,
    }
}

/// Everything on record of one measure of one item in one place, in the order of painting.
#[derive(Debug, Clone)]
pub(crate) struct Band<'a> {
    pub(crate) measure: &'a str,
    /// What sets, alters, ends and repeals, in the order of painting; temporary ones too.
    pub(crate) coats: Vec<Coat<'a>>,
    /// What was seen, by day.
    pub(crate) seen: Vec<Coat<'a>>,
    /// Whether the last coat in order that covers a day is the answer.
    pub(crate) plain: bool,
    /// For whom its coats are, each once.
    pub(crate) cells: Vec<Option<&'a Cell>>,
    /// Its lines and for whom they are, each once.
    pub(crate) ids: Vec<(&'a Id, Option<&'a Cell>)>,
    /// Whether one of its coats takes off those of other documents.
    pub(crate) lifts: bool,
    /// Whether one of its coats comes from a document that was annulled.
    pub(crate) annulled: bool,
    /// Of whom what was seen does not speak.
    pub(crate) spared: Vec<Spared<'a>>,
    /// Of every coat and everything seen, the first that says the same: once all is painted.
    pub(crate) canon: Arc<[usize]>,
}

impl<'a> Band<'a> {
    pub(crate) fn new(measure: &'a str) -> Self {
        Self {
            measure,
            coats: Vec::new(),
            seen: Vec::new(),
            plain: true,
            cells: Vec::new(),
            ids: Vec::new(),
            lifts: false,
            annulled: false,
            spared: Vec::new(),
            canon: Arc::default(),
        }
    }

    /// Takes note of what a coat tells apart, before it is added.
    pub(crate) fn note(&mut self, coat: &Coat<'a>) {
        if !self.cells.contains(&coat.cell) {
            self.cells.push(coat.cell);
        }
        if let Some(line) = coat.line
            && !self.ids.iter().any(|(id, cell)| **id == line.id && *cell == coat.cell)
        {
            self.ids.push((&line.id, coat.cell));
        }
        if let Said::Operation(_, operation) = coat.said {
            self.lifts |= !operation.bond.lifts.is_empty();
        }
    }

    /// Puts in the place of each cell the first one that is equal to it.
    pub(crate) fn share(&mut self, cells: &mut HashMap<&'a Cell, &'a Cell>) {
        for own in self.cells.iter_mut().flatten() {
            let one: &'a Cell = cells.entry(own).or_insert(own);
            let coats = self.coats.iter_mut().chain(&mut self.seen);
            for cell in coats.filter_map(|coat| coat.cell.as_mut()) {
                if *cell == one {
                    *cell = one;
                }
            }
            *own = one;
        }
    }

    /// Whether something that was seen does not speak of those of whom some facts are true.
    pub(crate) fn spares(&self, seen: &Coat<'a>, facts: &Facts) -> bool {
        let spared = (seen.spare as usize).checked_sub(1).and_then(|i| self.spared.get(i));
        spared.is_some_and(|spared| {
            spared.narrower.iter().any(|cell| facts.within(cell))
                || spared.met.iter().any(|met| facts.inside(met, &spared.by))
        })
    }

    /// Every coat.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Coat<'a>> {
        self.coats.iter().chain(&self.seen)
    }
}

/// Whether something holds of each two.
pub(crate) fn each_pair<'b, 'a>(
    all: &'b [Coat<'a>],
    holds: impl Fn(&'b Coat<'a>, &'b Coat<'a>) -> bool,
) -> bool {
    all.iter().enumerate().all(|(at, a)| all.iter().skip(at + 1).all(|b| holds(a, b)))
}
