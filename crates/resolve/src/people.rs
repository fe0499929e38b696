//! Whom the lines on record tell apart.

use std::collections::BTreeSet;

use jialiang_model::cell::{Cell, CellValue};
use jialiang_model::id::Id;

use crate::answer::{Answer, Doubt, Mark};
use crate::ask::one;
use crate::facts::{Fact, Facts};
use crate::index::{Book, InForce};

/// More cases than this are not told apart: the question must name facts.
const MOST_CASES: usize = 4_096;

impl<'a> InForce<'a> {
    /// The measures of an item on record in a place and above it, with the cells in which a
    /// line is asked.
    pub(crate) fn measures(
        &self,
        site: u32,
        key: u32,
        line: Option<&str>,
    ) -> Vec<(&'a str, Vec<Option<&'a Cell>>)> {
        let mut found: Vec<(&'a str, Vec<Option<&'a Cell>>)> = Vec::new();
        let mut see = |measure: &'a str, cell: Option<&'a Cell>| match found
            .iter_mut()
            .find(|(one, _)| *one == measure)
        {
            Some((_, cells)) if !cells.contains(&cell) => cells.push(cell),
            Some(_) => {}
            None => found.push((measure, vec![cell])),
        };
        let books = || self.chain(site, key).filter_map(|at| self.book(at, key));
        for band in books().flat_map(|book| &book.bands) {
            match line {
                None => see(band.measure, None),
                Some(line) => {
                    for (id, cell) in &band.ids {
                        if id.as_str() == line {
                            see(band.measure, *cell);
                        }
                    }
                }
            }
        }
        if let (Some(line), true) = (line, found.is_empty()) {
            for band in books().flat_map(|book| &book.bands).filter(|band| band.measure == line) {
                if found.is_empty() {
                    found.push((band.measure, vec![None]));
                }
            }
        }
        found
    }

    /// Everyone of whom some facts are true, as finely as the lines of a measure on record in
    /// a place and above it tell them apart.
    pub(crate) fn told_apart(
        &self,
        site: u32,
        key: u32,
        measure: &str,
        own: Option<(&Book<'a>, Option<&'a Cell>)>,
        facts: Facts,
    ) -> Vec<Facts> {
        // A cell that is being painted tells people apart as those on record do.
        let mut cells: Vec<Option<&'a Cell>> = own.iter().map(|(_, cell)| *cell).collect();
        let own = own.map(|(book, _)| book);
        for at in self.chain(site, key) {
            let book =
                if at == site { own.or_else(|| self.book(at, key)) } else { self.book(at, key) };
            for cell in book.and_then(|book| book.band(measure)).iter().flat_map(|b| &b.cells) {
                if !cells.contains(cell) && cell.is_none_or(|cell| facts.meets(cell)) {
                    cells.push(*cell);
                }
            }
        }
        if cells.iter().all(Option::is_none) {
            return vec![facts];
        }
        let dimensions: BTreeSet<&'a Id> = cells
            .iter()
            .flatten()
            .flat_map(|cell| cell.0.iter().map(|(dimension, _)| dimension))
            .collect();
        let mut all = vec![facts];
        for dimension in dimensions {
            let values: BTreeSet<&CellValue> =
                cells.iter().flatten().filter_map(|cell| cell.0.get(dimension.as_str())).collect();
            let open = cells
                .iter()
                .any(|cell| cell.is_none_or(|cell| cell.0.get(dimension.as_str()).is_none()));
            let mut next = Vec::new();
            for facts in &all {
                let parts = parts(&values, facts.get(dimension.as_str()), open);
                next.extend(
                    parts.into_iter().map(|fact| facts.clone().with(dimension.clone(), fact)),
                );
            }
            if next.len() > MOST_CASES {
                return all;
            }
            if !next.is_empty() {
                all = next;
            }
        }
        all
    }
}

/// The facts of a question within a cell; `None` where nobody is in both.
pub(crate) fn joined(facts: &Facts, cell: Option<&Cell>) -> Option<Facts> {
    let Some(cell) = cell else { return Some(facts.clone()) };
    if !facts.meets(cell) {
        return None;
    }
    let mut all = facts.clone();
    for (dimension, value) in cell.0.iter() {
        let narrower = match facts.get(dimension.as_str()) {
            Some(Fact::Is(mine)) => meet(mine, value),
            Some(Fact::Other) | None => Some(value.clone()),
        };
        all = all.with(dimension.clone(), Fact::Is(narrower?));
    }
    Some(all)
}

/// What two values of one dimension share.
fn meet(a: &CellValue, b: &CellValue) -> Option<CellValue> {
    match (a, b) {
        (CellValue::Name(x), CellValue::Name(y)) => (x == y).then(|| a.clone()),
        (CellValue::Range(a, b), CellValue::Range(c, d)) => {
            let last = match (b, d) {
                (Some(b), Some(d)) => Some(*b.min(d)),
                (one, other) => one.or(*other),
            };
            let first = *a.max(c);
            last.is_none_or(|last| first <= last).then_some(CellValue::Range(first, last))
        }
        _ => None,
    }
}

/// The parts into which the values on record cut what is known of one dimension; with those
/// that none of them names, where lines leave the dimension open.
fn parts(values: &BTreeSet<&CellValue>, known: Option<&Fact>, open: bool) -> Vec<Fact> {
    let mut all = Vec::new();
    match known {
        Some(Fact::Other) => return vec![Fact::Other],
        Some(Fact::Is(name @ CellValue::Name(_))) => return vec![Fact::Is(name.clone())],
        Some(Fact::Is(CellValue::Range(..))) => {}
        None => {
            let names = values.iter().filter(|value| matches!(value, CellValue::Name(_)));
            all.extend(names.map(|name| Fact::Is((*name).clone())));
            if open && !all.is_empty() {
                all.push(Fact::Other);
            }
        }
    }
    let ranges = values.iter().filter_map(|value| match value {
        CellValue::Range(a, b) => Some((*a, *b)),
        CellValue::Name(_) => None,
    });
    let (first, last) = match known {
        Some(Fact::Is(CellValue::Range(a, b))) => (*a, *b),
        _ => (0, None),
    };
    let mut starts = BTreeSet::from([first]);
    let mut any = false;
    for (a, b) in ranges.clone() {
        any = true;
        starts.insert(a);
        if let Some(b) = b {
            starts.insert(b.saturating_add(1));
        }
    }
    let within: Vec<u32> = starts
        .into_iter()
        .filter(|start| first <= *start && last.is_none_or(|last| *start <= last))
        .collect();
    if any || known.is_some() {
        for (i, start) in within.iter().enumerate() {
            let end = within.get(i + 1).map(|next| next - 1).or(last);
            let part = CellValue::Range(*start, end);
            let named = ranges.clone().any(|(a, b)| CellValue::Range(a, b).covers(&part));
            if named || open || known.is_some() {
                all.push(Fact::Is(part));
            }
        }
    }
    all
}

/// Answers with what does not matter left out: those of whom no line speaks, a dimension in
/// which all answers are one, and ranges side by side with one answer.
pub(crate) fn merged<'a>(
    mut told: Vec<(Facts, Answer<'a>)>,
    asked: &Facts,
) -> Vec<(Facts, Answer<'a>)> {
    let spoken = told.iter().any(|(facts, answer)| !facts.has_other() || speaks(answer));
    if spoken {
        told.retain(|(facts, answer)| !facts.has_other() || speaks(answer));
    }
    let dimensions: BTreeSet<Id> =
        told.iter().flat_map(|(facts, _)| facts.iter().map(|(d, _)| d.clone())).collect();
    for dimension in dimensions.iter().filter(|d| asked.get(d.as_str()).is_none()) {
        let rest = |facts: &Facts| facts.clone().without(dimension.as_str());
        let mut fewer: Vec<(Facts, Answer<'a>)> = Vec::new();
        for (facts, answer) in &told {
            let own = rest(facts);
            if fewer.iter().any(|(other, _)| *other == own) {
                continue;
            }
            let beside = || told.iter().filter(|(other, _)| rest(other) == own);
            if beside().count() > 1 && beside().all(|(_, other)| one(other, answer, false)) {
                fewer.push((own, answer.clone()));
                continue;
            }
            let joins = fewer.iter_mut().find_map(|(other, before)| {
                let (
                    Some(Fact::Is(CellValue::Range(a, Some(b)))),
                    Some(Fact::Is(CellValue::Range(c, d))),
                ) = (other.get(dimension.as_str()), facts.get(dimension.as_str()))
                else {
                    return None;
                };
                let side = b.checked_add(1) == Some(*c) && rest(other) == own;
                let range = Fact::Is(CellValue::Range(*a, *d));
                (side && one(before, answer, false)).then_some((other, range))
            });
            match joins {
                Some((other, range)) => *other = own.with(dimension.clone(), range),
                None => fewer.push((facts.clone(), answer.clone())),
            }
        }
        told = fewer;
    }
    told
}

/// Whether a line on record speaks of those of whom an answer is: not only one that was seen
/// later.
fn speaks(answer: &Answer<'_>) -> bool {
    match answer {
        Answer::Value(held) => !held.marks.has(Mark::StartUnknown),
        Answer::Undecided { candidates, why } => {
            !candidates.is_empty() && !matches!(why, Doubt::Inherited)
        }
        Answer::Ended { .. } | Answer::NotApplicable(..) => true,
        Answer::NotYet { .. } | Answer::Unknown(_) => false,
    }
}
