//! What a registry records, as the slow model sees it: coats, witnesses, annulments.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use jialiang_model::Registry;
use jialiang_model::cell::Cell;
use jialiang_model::date::{Day, PartialDate};
use jialiang_model::kind::Instrument;
use jialiang_model::kind::adjustment::{Act, Reading, Size};
use jialiang_model::number::Number;
use jialiang_model::provision::{Form, Provision, Rounding};
use jialiang_model::unit::Period;
use rust_decimal::{Decimal, RoundingStrategy};

use super::story::DATES;

/// A day by its place in the calendar.
pub(crate) type D = i32;
/// No last day.
pub(crate) const OPEN: D = D::MAX;

/// The days that are told apart: those beside which something can begin or end.
#[derive(Debug)]
pub(crate) struct Calendar(Vec<Day>);

impl Calendar {
    pub(crate) fn new() -> Self {
        let mut days = BTreeSet::new();
        for date in DATES {
            let date = PartialDate::parse(date).unwrap();
            for day in [date.first_day(), date.last_day()] {
                for step in -1..=2 {
                    days.insert(day + chrono::Duration::days(step));
                }
            }
        }
        Self(days.into_iter().map(|day| Day::parse(&day.to_string()).unwrap()).collect())
    }

    pub(crate) fn len(&self) -> D {
        D::try_from(self.0.len()).unwrap()
    }

    pub(crate) fn day(&self, d: D) -> Day {
        self.0[usize::try_from(d).unwrap()]
    }

    /// The place of a day that a history writes.
    pub(crate) fn at(&self, date: NaiveDate) -> D {
        D::try_from(self.0.iter().position(|day| day.date() == date).unwrap()).unwrap()
    }
}

/// A value, compared as the law compares values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum V {
    /// Of a year.
    Amount(Decimal),
    /// Of a year.
    Average(Decimal),
    Other(String),
}

impl V {
    pub(crate) fn of(form: &Form) -> Self {
        let year = |number: Number| {
            let monthly = form.scale().is_some_and(|s| s.unit.period == Some(Period::Month));
            (number.decimal() * Decimal::from(if monthly { 12 } else { 1 })).normalize()
        };
        match form {
            Form::Amount(_, number, _) => Self::Amount(year(*number)),
            Form::Average(average, _) => Self::Average(year(average.number)),
            form => Self::Other(form.key().to_owned()),
        }
    }

    /// The same line with another number.
    fn with(form: &Form, number: Decimal) -> Self {
        let factor = if form.scale().is_some_and(|s| s.unit.period == Some(Period::Month)) {
            Decimal::from(12)
        } else {
            Decimal::ONE
        };
        let number = (number * factor).normalize();
        match form {
            Form::Average(..) => Self::Average(number),
            _ => Self::Amount(number),
        }
    }
}

/// What a coat paints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Paint {
    Value(V),
    Ended,
    /// Changed, by how much is on record, from what is not.
    Altered,
    /// Ends the coats of a document.
    Repeal(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct Coat {
    pub(crate) doc: usize,
    pub(crate) place: usize,
    pub(crate) measure: String,
    pub(crate) cell: Cell,
    pub(crate) paint: Paint,
    pub(crate) first: D,
    pub(crate) until: D,
    /// The day after the period within which it begins.
    pub(crate) within: Option<D>,
    /// The day after the period that is its own.
    pub(crate) period: Option<D>,
    /// Issue day; adjustments before editions.
    pub(crate) order: (D, u8),
    pub(crate) known: D,
    pub(crate) temporary: bool,
    pub(crate) releases: Vec<usize>,
    pub(crate) lifts: Vec<usize>,
    pub(crate) was: Option<V>,
}

/// Why a witness says what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// The number before, of a coat.
    Was(usize),
    Confirm,
    Attest(D),
    /// A line of an edition, of its effective day.
    Line(D),
}

/// Something that may attest a value.
#[derive(Debug, Clone)]
pub(crate) struct Witness {
    pub(crate) doc: usize,
    pub(crate) place: usize,
    pub(crate) measure: String,
    pub(crate) cell: Cell,
    pub(crate) value: V,
    pub(crate) order: (D, u8),
    pub(crate) says: Says,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Annulment {
    pub(crate) by: usize,
    pub(crate) of: usize,
    pub(crate) from: D,
    pub(crate) known: D,
}

/// Everything on record.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) docs: Vec<String>,
    /// Whether the first document comes after the second, by their own words.
    pub(crate) after: BTreeSet<(usize, usize)>,
    pub(crate) places: Vec<String>,
    pub(crate) coats: Vec<Coat>,
    pub(crate) witnesses: Vec<Witness>,
    pub(crate) annulments: Vec<Annulment>,
    /// From when the item stands, as documents say.
    pub(crate) standings: Vec<Standing>,
}

/// That the item stands, as a document says.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) place: usize,
    pub(crate) first: D,
    pub(crate) known: D,
    /// Whether the document adds it: it did not stand before.
    pub(crate) added: bool,
}

impl Record {
    /// Reads a registry whose places stand one below the other.
    pub(crate) fn of(registry: &Registry, calendar: &Calendar, places: &[&str]) -> Self {
        let mut record =
            Self { places: places.iter().map(|p| (*p).to_owned()).collect(), ..Self::default() };
        for id in registry.adjustments.keys() {
            record.docs.push(id.to_string());
        }
        for id in registry.editions.keys() {
            record.docs.push(id.to_string());
        }
        record.order(registry);
        let lines = lines(registry);
        for (number, entry) in registry.adjustments.values().enumerate() {
            record.adjustment(registry, calendar, number, &entry.value, &lines);
        }
        for (number, entry) in registry.editions.values().enumerate() {
            let number = registry.adjustments.len() + number;
            record.edition(registry, calendar, number, &entry.value);
        }
        record
    }

    pub(crate) fn doc(&self, id: &str) -> Option<usize> {
        self.docs.iter().position(|doc| doc == id)
    }

    fn order(&mut self, registry: &Registry) {
        for (number, entry) in registry.adjustments.values().enumerate() {
            for id in &entry.value.after {
                if let Some(other) = self.doc(&id.to_string()) {
                    self.after.insert((number, other));
                }
            }
        }
        for _ in 0..self.docs.len() {
            let more: Vec<_> = self
                .after
                .iter()
                .flat_map(|(a, b)| {
                    self.after.iter().filter(move |(c, _)| b == c).map(|(_, d)| (*a, *d))
                })
                .collect();
            self.after.extend(more);
        }
    }

    fn place(&self, name: &str) -> usize {
        self.places.iter().position(|place| place == name).unwrap()
    }

    fn adjustment(
        &mut self,
        registry: &Registry,
        calendar: &Calendar,
        number: usize,
        adjustment: &jialiang_model::kind::Adjustment,
        lines: &BTreeMap<String, (String, Cell)>,
    ) {
        if adjustment.draft == Some(true) {
            return;
        }
        let place = self.place(adjustment.place());
        let instrument = adjustment.instrument.as_ref();
        let instrument = instrument.map(|id| &*registry.instruments[id].value);
        let stamp = instrument.map(|instrument| stamp(instrument, calendar));
        if stamp == Some(None) {
            // An instrument without a date is not known to be issued: it says nothing.
            return;
        }
        for operation in &adjustment.operations {
            let stamp = match stamp {
                Some(stamp) => stamp,
                None => operation.when.map(|when| {
                    let day = calendar.at(when.from.last_day());
                    (day, day)
                }),
            };
            let whole = (String::new(), Cell::default());
            let (measure, cell) = match &operation.act {
                Act::Set { line, .. }
                | Act::Change { base: line, .. }
                | Act::Confirm(line)
                | Act::Attest { line, .. } => (line.measure().to_string(), line.cell.clone()),
                Act::Alter { line, .. } | Act::End(line) => {
                    // Nothing that no document writes out can be ended or altered.
                    let Some(line) = lines.get(line.as_str()) else { continue };
                    line.clone()
                }
                _ => whole,
            };
            if let Act::Attest { line, on } = &operation.act {
                let on = calendar.at(on.last_day());
                self.witnesses.push(Witness {
                    doc: number,
                    place,
                    measure,
                    cell,
                    value: V::of(&line.form),
                    order: (on, 0),
                    says: Says::Attest(on),
                });
                continue;
            }
            let Some((issued, known)) = stamp else { continue };
            if let Act::Confirm(line) = &operation.act {
                self.witnesses.push(Witness {
                    doc: number,
                    place,
                    measure,
                    cell,
                    value: V::of(&line.form),
                    order: (issued, 0),
                    says: Says::Confirm,
                });
                continue;
            }
            let when = operation.when.unwrap();
            let first = calendar.at(when.from.first_day());
            let past = calendar.at(when.from.last_day()) + 1;
            if let Act::Add(_) = &operation.act {
                self.standings.push(Standing { place, first, known, added: true });
            }
            let paint = match &operation.act {
                Act::Set { line, .. } => Paint::Value(V::of(&line.form)),
                Act::Change { base, by } => {
                    let number = base.form.number().unwrap().decimal();
                    match (by.size, by.rounding) {
                        (Size::Amount(amount), _) => {
                            Paint::Value(V::with(&base.form, number + amount.decimal()))
                        }
                        (Size::Percent(percent), Some(rounding)) => {
                            let raw = number * (Decimal::from(100) + percent.decimal())
                                / Decimal::from(100);
                            Paint::Value(V::with(&base.form, round(raw, rounding)))
                        }
                        (Size::Percent(_), None) => Paint::Altered,
                    }
                }
                Act::Alter { .. } => Paint::Altered,
                Act::End(_) => Paint::Ended,
                Act::Repeal(id) => match self.doc(&id.to_string()) {
                    Some(of) => Paint::Repeal(of),
                    None => continue,
                },
                Act::Annul(id) => {
                    // Only the place itself, or one above it, takes a document off.
                    let target =
                        registry.adjustments.get(id).map(|of| self.place(of.value.place()));
                    if let Some(of) = self.doc(&id.to_string())
                        && target.is_some_and(|target| target >= place)
                    {
                        self.annulments.push(Annulment { by: number, of, from: first, known });
                    }
                    continue;
                }
                _ => continue,
            };
            let refer = |ids: &[jialiang_model::id::InstrumentId]| -> Vec<usize> {
                ids.iter().filter_map(|id| self.doc(&id.to_string())).collect()
            };
            let (replaces, lifts) = (refer(&operation.bond.replaces), refer(&operation.bond.lifts));
            let form = operation.act.line().map(|line| &line.form);
            // The line as it was says the number before.
            let was = match &operation.act {
                Act::Set { was, .. } => *was,
                Act::Change { base, .. } => base.form.number(),
                _ => None,
            };
            let coat = Coat {
                doc: number,
                place,
                measure: measure.clone(),
                cell: cell.clone(),
                paint,
                first,
                until: when.until.map_or(OPEN, |until| calendar.at(until.first_day())),
                within: (when.reading == Some(Reading::Within)).then_some(past),
                period: (when.reading == Some(Reading::Period)).then_some(past),
                order: (issued, 0),
                known,
                temporary: operation.bond.temporary,
                releases: replaces.iter().chain(&lifts).copied().collect(),
                lifts,
                was: was.map(|was| V::with(form.unwrap(), was.decimal())),
            };
            if let Some(value) = &coat.was {
                self.witnesses.push(Witness {
                    doc: number,
                    place,
                    measure,
                    cell,
                    value: value.clone(),
                    order: (issued, 0),
                    says: Says::Was(self.coats.len()),
                });
            }
            self.coats.push(coat);
        }
    }

    fn edition(
        &mut self,
        registry: &Registry,
        calendar: &Calendar,
        number: usize,
        edition: &jialiang_model::kind::Edition,
    ) {
        if edition.draft == Some(true) {
            return;
        }
        let place = self.place(edition.standard.place());
        let last = |date: PartialDate| calendar.at(date.last_day());
        let first = |date: PartialDate| calendar.at(date.first_day());
        let instrument = edition.instrument.as_ref();
        let instrument = instrument.map(|id| &*registry.instruments[id].value);
        let stamp = match instrument {
            Some(instrument) => stamp(instrument, calendar),
            None => edition.effective.map(|day| (last(day), last(day))),
        };
        let Some((issued, known)) = stamp else { return };
        let effective = edition.effective.or(instrument.and_then(|i| i.effective));
        let effective = effective.map_or(issued, first);
        for item in &edition.items {
            let declared = edition.declared.as_ref().and_then(|summary| summary.added.as_ref());
            let added = declared.is_some_and(|added| added.items.contains(&item.id));
            self.standings.push(Standing { place, first: effective, known, added });
            for line in &item.provisions {
                let enacted = edition
                    .enacts
                    .iter()
                    .any(|r| r.to_string() == format!("{}/{}", item.id, line.id));
                let (measure, cell) = (line.measure().to_string(), line.cell.clone());
                let value = V::of(&line.form);
                if enacted {
                    self.coats.push(Coat {
                        doc: number,
                        place,
                        measure,
                        cell,
                        paint: Paint::Value(value),
                        first: effective,
                        until: OPEN,
                        within: None,
                        period: None,
                        order: (issued, 1),
                        known,
                        temporary: false,
                        releases: Vec::new(),
                        lifts: Vec::new(),
                        was: None,
                    });
                } else {
                    self.witnesses.push(Witness {
                        doc: number,
                        place,
                        measure,
                        cell,
                        value,
                        order: (issued, 1),
                        says: Says::Line(effective),
                    });
                }
            }
        }
    }

    /// Whether, of two coats of one day of issue and one kind of document, the first is
    /// surely painted before the second.
    pub(crate) fn under(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.coats[a], &self.coats[b]);
        if x.order != y.order {
            return x.order < y.order;
        }
        if x.doc == y.doc {
            let inside = x.cell.covers(&y.cell) && !y.cell.covers(&x.cell);
            return x.first < y.first || (x.first == y.first && inside);
        }
        self.after.contains(&(y.doc, x.doc)) && !self.after.contains(&(x.doc, y.doc))
    }
}

/// The days by which an instrument is ordered and known.
fn stamp(instrument: &Instrument, calendar: &Calendar) -> Option<(D, D)> {
    let Instrument { issued, published, effective, .. } = instrument;
    let order = issued.or(*published).or(*effective)?;
    let known = published.or(*issued).or(*effective)?;
    Some((calendar.at(order.last_day()), calendar.at(known.last_day())))
}

fn round(number: Decimal, rounding: Rounding) -> Decimal {
    let strategy = match rounding {
        Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Rounding::Up => RoundingStrategy::AwayFromZero,
        Rounding::Down => RoundingStrategy::ToZero,
    };
    number.round_dp_with_strategy(0, strategy)
}

/// The measure and the cell of each line that is written out anywhere.
fn lines(registry: &Registry) -> BTreeMap<String, (String, Cell)> {
    let mut out = BTreeMap::new();
    let mut note = |line: &Provision| {
        out.insert(line.id.to_string(), (line.measure().to_string(), line.cell.clone()));
    };
    for entry in registry.adjustments.values() {
        for operation in &entry.value.operations {
            if let Some(line) = operation.act.line() {
                note(line);
            }
        }
    }
    for entry in registry.editions.values() {
        for item in &entry.value.items {
            item.provisions.iter().for_each(&mut note);
        }
    }
    out
}
