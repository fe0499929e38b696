//! Which coats of a band are there, as far as they reach, and what they say where nothing has
//! to be painted.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::annul::{less, off};
use crate::answer::Said;
use crate::coat::{ALWAYS, Band, Coat, Doc, Does, NEVER};
use crate::facts::Facts;
use crate::paint::{Judged, Live, Own};

/// Of every coat and everything seen, the first that says the same.
pub(crate) fn canon(band: &Band<'_>) -> Arc<[usize]> {
    if band.canon.len() == band.coats.len() + band.seen.len() {
        return Arc::clone(&band.canon);
    }
    first_alike(band)
}

/// The same, looked up anew.
pub(crate) fn first_alike(band: &Band<'_>) -> Arc<[usize]> {
    let all: Vec<&Coat<'_>> = band.all().collect();
    let first = |(i, coat): (usize, &&Coat<'_>)| {
        let before = all.iter().take(i).position(|one| one.line.is_some() && one.same(coat));
        before.unwrap_or(i)
    };
    all.iter().enumerate().map(first).collect()
}

/// The coats that are there, as far as they reach.
pub(crate) fn reach(
    band: &Band<'_>,
    docs: &[Doc<'_>],
    known: NaiveDate,
    visible: &impl Fn(&Coat<'_>) -> bool,
) -> Vec<Live> {
    let there = |(i, coat): (usize, &Coat<'_>)| {
        visible(coat).then_some(Live { coat: i, from: coat.from, until: coat.until })
    };
    let mut all: Vec<Live> = band.coats.iter().enumerate().filter_map(there).collect();
    let of = |live: &Live| band.coats.get(live.coat);
    if band.annulled {
        let parts = |live: Live| {
            let doc = of(&live).and_then(|coat| docs.get(coat.doc as usize));
            let off = doc.map_or(&[][..], |doc| off(doc, known));
            less((live.from, live.until), off).map(move |(from, until)| Live {
                from,
                until,
                ..live
            })
        };
        all = all.into_iter().flat_map(parts).collect();
    }
    // What was annulled before it began lifts and repeals nothing.
    all.retain(|live| live.from < live.until);
    let here: Vec<(NaiveDate, &Coat<'_>)> =
        all.iter().filter_map(|live| Some((live.from, of(live)?))).collect();
    if band.lifts {
        for live in &mut all {
            let id = of(live).and_then(|coat| docs.get(coat.doc as usize)).map_or("", |doc| doc.id);
            for (from, other) in &here {
                let Said::Operation(_, operation) = other.said else { continue };
                if operation.bond.lifts.iter().any(|lifted| lifted.as_str() == id) {
                    live.until = live.until.min(*from);
                }
            }
        }
    }
    for live in &mut all {
        let Some(coat) = of(live).filter(|coat| coat.temporary) else { continue };
        for (from, other) in &here {
            if other.does == Does::Repeals(coat.doc) && coat.issued < other.issued {
                live.until = live.until.min(*from);
            }
        }
    }
    all.retain(|live| live.from < live.until);
    // What is carried over from a period gives way to the next start on record.
    let starts: Vec<(usize, NaiveDate, NaiveDate)> = all
        .iter()
        .filter_map(|live| Some((live, of(live)?)))
        .filter(|(_, coat)| matches!(coat.does, Does::Sets | Does::Ends) && !coat.temporary)
        .map(|(live, coat)| (live.coat, coat.sure.max(live.from), live.until))
        .collect();
    for live in &mut all {
        let Some(coat) = of(live).filter(|coat| coat.over < NEVER && !coat.temporary) else {
            continue;
        };
        let next = starts
            .iter()
            .filter(|(i, sure, until)| *i != live.coat && *sure > coat.from && *until > coat.over)
            .map(|(_, sure, _)| coat.over.max(*sure))
            .min();
        live.until = live.until.min(next.unwrap_or(NEVER));
    }
    all
}

/// The last coat in order that covers a day, of a band of which that is the answer; with the
/// stretch of days over which it is.
pub(crate) fn plain<'b, 'a>(
    band: &'b Band<'a>,
    docs: &[Doc<'a>],
    facts: &Facts,
    day: NaiveDate,
    known: NaiveDate,
    judged: Option<Judged>,
) -> (Own<'b, 'a>, NaiveDate, NaiveDate) {
    let mut until = NEVER;
    let mut floor = ALWAYS;
    for coat in band.coats.iter().rev() {
        let there = match judged {
            None => coat.known <= known,
            Some(judged) => judged.coat(coat, docs, known),
        };
        if !there || !coat.covers(facts) {
            continue;
        }
        if day < coat.from {
            until = until.min(coat.from);
        } else if day < coat.until {
            let own = if coat.does == Does::Ends { Own::Ended(coat) } else { Own::Is(coat) };
            return (own, coat.from.max(floor), coat.until.min(until));
        } else {
            floor = floor.max(coat.until);
        }
    }
    (Own::Nothing, floor, until)
}
