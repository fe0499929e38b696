//! Annulments: over which days a document is off, as known by the end of a day. Section 3.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::coat::{Doc, NEVER};

/// Days from one to before another.
pub(crate) type Span = (NaiveDate, NaiveDate);

/// A document's word that takes another off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Annulment {
    /// The document that says so.
    pub(crate) by: u32,
    /// The document that it takes off.
    pub(crate) of: u32,
    pub(crate) from: NaiveDate,
    pub(crate) known: NaiveDate,
}

/// Over which days a document is off: from each day of knowledge on which that changes.
pub(crate) type Off = Vec<(NaiveDate, Vec<Span>)>;

/// The days over which a document is off, as known by the end of a day.
pub(crate) fn off<'d>(doc: &'d Doc<'_>, known: NaiveDate) -> &'d [Span] {
    let last = doc.off.iter().rfind(|(by, _)| *by <= known);
    last.map_or(&[], |(_, spans)| spans.as_slice())
}

/// What is left of some days.
pub(crate) fn less((from, until): Span, off: &[Span]) -> impl Iterator<Item = Span> {
    let starts = std::iter::once(from).chain(off.iter().map(move |span| span.1.max(from)));
    let ends = off.iter().map(move |span| span.0.min(until)).chain(std::iter::once(until));
    starts.zip(ends).filter(|(from, until)| from < until)
}

/// Days in order, those that meet as one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut all: Vec<Span> = Vec::new();
    for (from, until) in spans {
        match all.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => all.push((from, until)),
        }
    }
    all
}

/// Notes over which days each document is off.
///
/// An annulment takes off from its day, and not over the days over which its own document is
/// off. Where two documents take one another off, by themselves or through others, both stand
/// as annulments.
pub(crate) fn settle(docs: &mut [Doc<'_>], all: &[Annulment]) {
    let mut taken: BTreeMap<u32, Vec<&Annulment>> = BTreeMap::new();
    for one in all {
        taken.entry(one.of).or_default().push(one);
    }
    // What takes a document off, directly or not.
    let above = |doc: u32| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![doc]);
        while let Some(one) = next.pop() {
            for by in taken.get(&one).into_iter().flatten().map(|one| one.by) {
                if seen.insert(by) {
                    next.push(by);
                }
            }
        }
        seen
    };
    let above: BTreeMap<u32, BTreeSet<u32>> = taken.keys().map(|doc| (*doc, above(*doc))).collect();
    let circle = |one: &Annulment| above.get(&one.by).is_some_and(|above| above.contains(&one.of));
    let known = |doc: u32| -> BTreeSet<NaiveDate> {
        let through = above.get(&doc).into_iter().flatten().chain(std::iter::once(&doc));
        through.filter_map(|doc| taken.get(doc)).flatten().map(|one| one.known).collect()
    };
    // Where a document stands as an annulment: once everything above it is settled.
    let mut settled: BTreeMap<u32, Off> = BTreeMap::new();
    let spans = |settled: &BTreeMap<u32, Off>, doc: u32, by: NaiveDate, circles: bool| {
        let mut spans = Vec::new();
        for one in taken.get(&doc).into_iter().flatten() {
            if one.known > by || (!circles && circle(one)) {
                continue;
            }
            let off = settled.get(&one.by).and_then(|off| off.iter().rfind(|(k, _)| *k <= by));
            let off = off.map_or(&[][..], |(_, off)| off.as_slice());
            spans.extend(less((one.from, NEVER), off));
        }
        joined(spans)
    };
    let mut open: Vec<u32> = taken.keys().copied().collect();
    while !open.is_empty() {
        let ready = |doc: &u32| {
            let by = taken.get(doc).into_iter().flatten();
            let mut by = by.filter(|one| !circle(one)).map(|one| one.by);
            by.all(|by| !taken.contains_key(&by) || settled.contains_key(&by))
        };
        let (now, later): (Vec<u32>, Vec<u32>) = open.iter().partition(|doc| ready(doc));
        if now.is_empty() {
            break;
        }
        for doc in now {
            let off = known(doc).into_iter().map(|by| (by, spans(&settled, doc, by, false)));
            let off = off.collect();
            settled.insert(doc, off);
        }
        open = later;
    }
    for doc in taken.keys() {
        let off = known(*doc).into_iter().map(|by| (by, spans(&settled, *doc, by, true)));
        if let Some(one) = docs.get_mut(*doc as usize) {
            one.off = off.collect();
        }
    }
}
