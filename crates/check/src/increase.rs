//! Whether what a parent passes through came on top of what a place had. Section 5: it is
//! decided by the own part.

use std::cmp::Ordering;

use jialiang_model::date::Day;
use jialiang_model::number::Number;
use jialiang_model::unit::Measured;
use jialiang_resolve::{Answer, Held, Mark};

use crate::floor::deadline;
use crate::force::{Decided, Stand, Strand, measured, one_line, operation, sure, value};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passed {
    /// The place moved, or its time is over, and its own part is smaller than before.
    Absorbed,
    /// The place has not followed, and may still.
    Owed,
    /// Its own part seems smaller; but what it had before was only seen.
    Undecided,
}

/// An increase that did not come through.
#[derive(Debug)]
pub(crate) struct Increase<'s, 'a> {
    pub(crate) strand: &'s Strand<'a>,
    pub(crate) passed: Passed,
    pub(crate) day: Day,
    /// The own part before, and on that day.
    pub(crate) parts: (Number, Number),
    pub(crate) before: &'s Held<'a>,
    pub(crate) here: &'s Held<'a>,
    pub(crate) above: &'s Held<'a>,
}

/// Every increase of an item that was marked as one to be passed on, and was not, the
/// gravest word of each.
pub(crate) fn increases<'s, 'a>(decided: &'s Decided<'a>) -> Vec<Increase<'s, 'a>> {
    let mut all = Vec::new();
    for strand in &decided.strands {
        for (i, stand) in strand.stands.iter().enumerate() {
            let Some(above) = stand.above.as_ref().and_then(value) else { continue };
            let marked = operation(above.said).is_some_and(|one| one.bond.pass_through);
            let before = i.checked_sub(1).and_then(|i| strand.stands.get(i));
            let Some(before) = before.filter(|_| marked) else { continue };
            if begins(above, before) {
                all.extend(one(strand, i, before, above));
            }
        }
    }
    all
}

fn begins(above: &Held<'_>, before: &Stand<'_>) -> bool {
    let earlier = before.above.as_ref().and_then(value);
    earlier.is_some_and(|earlier| !one_line(earlier, above))
}

fn one<'s, 'a>(
    strand: &'s Strand<'a>,
    at: usize,
    before: &'s Stand<'a>,
    above: &'s Held<'a>,
) -> Option<Increase<'s, 'a>> {
    let had = sure(&before.here)?;
    // What was only for a time is no part of what the place had.
    if had.marks.has(Mark::Temporary) {
        return None;
    }
    let had_part = part(had, before.above.as_ref().and_then(sure)?)?;
    let seen = had.marks.has(Mark::Attested) || had.marks.has(Mark::StartUnknown);
    let deadline = deadline(above).map(|deadline| deadline.max(above.stamp.known));
    let mut found: Option<Increase<'_, '_>> = None;
    for stand in strand.stands.iter().skip(at) {
        let same = stand.above.as_ref().and_then(value).is_some_and(|now| one_line(now, above));
        if !same {
            break;
        }
        // A place that is no more owes nothing.
        if matches!(&stand.here, Answer::Unknown(tried) if tried.absent.is_some()) {
            return found.filter(|one| one.passed != Passed::Owed);
        }
        let Some(here) = sure(&stand.here) else { continue };
        if here.marks.has(Mark::Temporary) {
            continue;
        }
        let Some(now) = part(here, above) else { continue };
        if now.compare(had_part) != Ok(Ordering::Less) {
            // It has come through; what lies before was owed and has been made good only for
            // the days from then on.
            continue;
        }
        let moved = !one_line(had, here);
        let late = deadline.is_some_and(|due| stand.until.is_none_or(|until| due < until));
        let passed = match (seen, moved || late) {
            (true, _) => Passed::Undecided,
            (false, true) => Passed::Absorbed,
            (false, false) => Passed::Owed,
        };
        let day = match deadline {
            Some(due) if late && !moved => stand.day.max(due),
            _ => stand.day,
        };
        let parts = (had_part.number, now.number);
        let one = Increase { strand, passed, day, parts, before: had, here, above };
        let graver = found
            .as_ref()
            .is_none_or(|old| old.passed == Passed::Owed && passed == Passed::Absorbed);
        if graver {
            found = Some(one);
        }
    }
    found
}

fn part(here: &Held<'_>, above: &Held<'_>) -> Option<Measured> {
    let mine = measured(here)?;
    Some(Measured { number: mine.less(measured(above)?)?, ..mine })
}
