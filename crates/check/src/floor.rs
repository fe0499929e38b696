//! Where a place stands below the one above it, stretch by stretch. Section 5.

use jialiang_model::date::Day;
use jialiang_model::provision::Form;
use jialiang_resolve::{Held, Mark};

use crate::force::{Decided, Stand, Strand, keeps, one_line, possible, value};

/// How surely it stands below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Below {
    /// It does, after the day by which it had to follow.
    Breach,
    /// It does, on days before that.
    Owed,
    /// The record does not decide it.
    Undecided,
}

/// Days over which a place stands below the one above it, by one line of each.
#[derive(Debug)]
pub(crate) struct Shortfall<'s, 'a> {
    pub(crate) strand: &'s Strand<'a>,
    pub(crate) below: Below,
    pub(crate) here: &'s Held<'a>,
    pub(crate) above: &'s Held<'a>,
    pub(crate) from: Day,
    pub(crate) until: Option<Day>,
}

/// Every shortfall of an item, in the order of lines and days.
pub(crate) fn shortfalls<'s, 'a>(decided: &'s Decided<'a>) -> Vec<Shortfall<'s, 'a>> {
    let mut all: Vec<Shortfall<'_, '_>> = Vec::new();
    for strand in &decided.strands {
        for stand in &strand.stands {
            for shortfall in of(strand, stand) {
                match all.last_mut() {
                    Some(last)
                        if std::ptr::eq(last.strand, strand)
                            && last.below == shortfall.below
                            && last.until == Some(shortfall.from)
                            && one_line(last.here, shortfall.here)
                            && one_line(last.above, shortfall.above) =>
                    {
                        last.until = shortfall.until;
                    }
                    _ => all.push(shortfall),
                }
            }
        }
    }
    all
}

fn of<'s, 'a>(strand: &'s Strand<'a>, stand: &'s Stand<'a>) -> Vec<Shortfall<'s, 'a>> {
    let Some(answer) = &stand.above else { return Vec::new() };
    let (heres, aboves) = (possible(&stand.here), possible(answer));
    let certain = value(&stand.here).is_some() && value(answer).is_some();
    // What the place has not decided it has from above.
    let own = |held: &&Held<'_>| !held.marks.has(Mark::Inherited);
    let mut below: Option<(&Held<'_>, &Held<'_>)> = None;
    let mut open: Option<(&Held<'_>, &Held<'_>)> = None;
    for here in heres.iter().filter(own) {
        for above in aboves {
            match keeps(&here.form(), &above.form()) {
                Some(true) => {}
                Some(false) => below = below.or(Some((here, above))),
                // Words beside a number, and the like: only a number, or that it is free, is a
                // floor.
                None if above.value().is_some() || above.line.form == Form::Free => {
                    open = open.or(Some((here, above)))
                }
                None => {}
            }
        }
    }
    let from = stand.day;
    let make =
        |below, (here, above), from, until| Shortfall { strand, below, here, above, from, until };
    match (below, open) {
        (Some(pair), _) if certain && followed(pair.0) && followed(pair.1) => {
            let due = due(pair.1);
            let mut parts = Vec::new();
            if from < due {
                let end = stand.until.map_or(due, |until| until.min(due));
                parts.push(make(Below::Owed, pair, from, Some(end)));
            }
            if stand.until.is_none_or(|until| due < until) {
                parts.push(make(Below::Breach, pair, from.max(due), stand.until));
            }
            parts
        }
        (Some(pair), _) | (None, Some(pair)) => {
            vec![make(Below::Undecided, pair, from, stand.until)]
        }
        (None, None) => Vec::new(),
    }
}

fn followed(held: &Held<'_>) -> bool {
    !held.marks.has(Mark::LastKnown)
}

/// From when a place that has not followed breaks what is above it: the deadline, but not
/// before the day on which it could first be known.
pub(crate) fn due(above: &Held<'_>) -> Day {
    let known = above.stamp.known;
    deadline(above).map_or(known, |deadline| deadline.max(known))
}

/// The day from which who has not followed is late; a month or a year is read to its end.
pub(crate) fn deadline(above: &Held<'_>) -> Option<Day> {
    let date = crate::force::operation(above.said)?.bond.deadline?;
    let (first, last) = (date.first_day(), date.last_day());
    Day::of(if first == last { first } else { last.succ_opt()? })
}

/// Days, as people read them.
pub(crate) fn days(from: Day, until: Option<Day>) -> (String, String) {
    match until.and_then(crate::force::eve) {
        Some(last) if last == from => (format!("{from} 当天"), format!("on {from}")),
        Some(last) => (format!("自 {from} 至 {last}"), format!("from {from} through {last}")),
        None => (format!("自 {from} 起"), format!("from {from} on")),
    }
}
