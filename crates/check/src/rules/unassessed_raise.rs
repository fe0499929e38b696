//! What goes beyond the place above was looked into first.

use std::cmp::Ordering;

use jialiang_model::Entry;
use jialiang_model::date::{Day, PartialDate};
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::kind::Adjustment;
use jialiang_model::kind::adjustment::{Act, Assessed, Operation, Reading, When};
use jialiang_model::number::Number;
use jialiang_model::provision::Better;
use jialiang_model::unit::Measured;
use jialiang_resolve::{Answer, Basis, Held, Known, LineRef, Mark, PlaceRef};

use crate::force::{Force, Named, eve, measured, place_held, possible, sure, told};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "unassessed-raise",
    level: Level::Note,
    document: include_str!("unassessed_raise.md"),
    runs: Runs::OnRegistry(check),
};

/// Since when it is asked for: the day on which the notice of the national standard of 2021
/// (发改社会〔2021〕443号) was made public.
const ASKED_SINCE: &str = "2021-04-20";

/// A line by which a place goes further beyond the one above than it had.
struct Raise<'f, 'a> {
    item: &'a Id,
    line: &'f LineRef<'a>,
    day: Day,
    here: Held<'a>,
    above: Held<'a>,
    part: Measured,
}

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let (Some(force), Some(asked)) = (subject.force(), Day::parse(ASKED_SINCE)) else { return };
    for entry in subject.loaded.registry.adjustments.values() {
        let adjustment = &entry.value;
        let missing = adjustment.unassessed();
        if adjustment.draft == Some(true) || missing.is_empty() {
            continue;
        }
        let lines = adjustment.operations.iter();
        let raises: Vec<Raise<'_, '_>> =
            lines.filter_map(|operation| raise(force, entry, operation, asked)).collect();
        if let Some(first) = raises.first() {
            sink.report(finding(first, raises.len() - 1, &missing));
        }
    }
}

/// Once for a document: it is one document that was, or was not, looked into before.
fn finding(first: &Raise<'_, '_>, others: usize, missing: &[Assessed]) -> Finding {
    let Raise { item, line, day, here, above, part } = first;
    let (measure, facts, value) = (line.measure(), line.facts(), told(here));
    let (number, unit) = (part.number, part.unit);
    let (zh, en) = match facts.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("（{facts}）"), format!(" ({facts})")),
    };
    let (more, besides) = match others {
        0 => (String::new(), String::new()),
        n => (format!("（本文件另有 {n} 条）"), format!(" (and {n} more of this document)")),
    };
    let of = |word: fn(Assessed) -> &'static str| missing.iter().map(move |one| word(*one));
    let lacks = of(Assessed::zh).collect::<Vec<_>>().join("、");
    let lacking = of(Assessed::en).collect::<Vec<_>>().join(", ");
    let words = of(Assessed::as_str).map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
    let words = words.join(", ");
    Finding::new(
        place_held(here),
        format!("“{item}”的“{measure}”{zh}自 {day} 起为{}，超出上级 {number}{}{more}；{lacks}不在记录中", value.zh, unit.zh()),
        format!("`{measure}` of `{item}`{en} is {} from {day} on, beyond the place above by {number} {unit}{besides}; not on record: {lacking}", value.en),
    )
    .arg("item", item)
    .arg("measure", measure)
    .arg("cell", facts)
    .arg("part", number)
    .arg("missing", &words)
    .label("超出上级", "beyond the place above")
    .help(
        format!("做过的，请写明并附出处：\"assessments\": [{{ \"of\": [{words}], \"source\": … }}]"),
        format!("where it was done, say so with its source: \"assessments\": [{{ \"of\": [{words}], \"source\": … }}]"),
    )
    .related(place_held(above), "上级的标准", "what holds above")
}

fn raise<'f, 'a>(
    force: &'f Force<'a>,
    entry: &'a Entry<Adjustment>,
    operation: &'a Operation,
    asked: Day,
) -> Option<Raise<'f, 'a>> {
    let Operation { item, act, when, bond, source: _ } = operation;
    let item = item.as_ref()?;
    let When { from, reading, until: _ } = when.as_ref()?;
    // What is only for a time changes no standard.
    if bond.temporary || !matches!(act, Act::Set { .. } | Act::Change { .. }) {
        return None;
    }
    let (place, standard) = (entry.value.place(), entry.value.standard.as_str());
    let parent = force.index.parent(place, Some(standard))?;
    let (site, up) = (force.index.place(place)?, force.index.place(parent)?);
    let day = first_day(*from, *reading)?;
    let lines = force.index.lines_of(site, item.as_str(), Some(standard)).iter();
    for line in lines {
        let answer = |at: PlaceRef| force.index.answer(at, line, day, Known::Latest);
        let (here, above) = (answer(site), answer(up));
        let (Some(here), Some(above)) = (sure(&here), sure(&above)) else { continue };
        let said = crate::force::operation(here.said);
        // Without a day of issue on record nobody can say that it was asked for then.
        if !said.is_some_and(|one| std::ptr::eq(one, operation))
            || here.stamp.issued < asked
            || here.stamp.basis == Basis::Effective
        {
            continue;
        }
        let better = here.line.form.scale().map(|scale| scale.better);
        let Some(part) = part(here, above) else { continue };
        if better != Some(Better::More) || part.number <= Number::ZERO {
            continue;
        }
        let named = (place, standard, item.as_str());
        if widens(force, named, (site, up), line, day, part) {
            return Some(Raise { item, line, day, here: *here, above: *above, part });
        }
    }
    None
}

/// The first day on which it surely holds.
fn first_day(from: PartialDate, reading: Option<Reading>) -> Option<Day> {
    match reading {
        None | Some(Reading::Period) => Day::of(from.first_day()),
        Some(Reading::Within) => Day::of(from.last_day().succ_opt()?),
    }
}

/// Whether an own part is surely more than what the place had, on any day on which what it
/// had may have held: who only follows the place above late goes no further beyond it.
fn widens<'a>(
    force: &Force<'a>,
    named: Named<'a>,
    (site, up): (PlaceRef, PlaceRef),
    line: &LineRef<'a>,
    day: Day,
    part_now: Measured,
) -> bool {
    let Some(eve) = eve(day) else { return false };
    let answer = |at: PlaceRef, on: Day| force.index.answer(at, line, on, Known::Latest);
    let before = answer(site, eve);
    let had = match &before {
        // What it did not decide it had from above.
        Answer::Value(held) if held.marks.has(Mark::Inherited) => return true,
        Answer::Value(held) => held,
        Answer::NotYet { .. }
        | Answer::Ended { .. }
        | Answer::NotApplicable(..)
        | Answer::Unknown(_) => return true,
        Answer::Undecided { .. } => return false,
    };
    if sure(&before).is_none() || matches!(answer(up, eve), Answer::Undecided { .. }) {
        return false;
    }
    let equal = |held: &&Held<'_>| {
        let same = measured(held).zip(measured(had)).map(|(one, other)| one.compare(other));
        same == Some(Ok(Ordering::Equal)) && !held.marks.has(Mark::Inherited)
    };
    let days = force.days_of(named, Some(line.measure()));
    let days = days.into_iter().filter(|on| *on < day).chain([eve]);
    let mut reached = false;
    for on in days {
        if !possible(&answer(site, on)).iter().any(|held| equal(&held)) {
            continue;
        }
        for above in possible(&answer(up, on)) {
            reached |=
                part(had, above).is_none_or(|then| part_now.compare(then) != Ok(Ordering::Greater));
        }
    }
    !reached
}

fn part(here: &Held<'_>, above: &Held<'_>) -> Option<Measured> {
    let mine = measured(here)?;
    Some(Measured { number: mine.less(measured(above)?)?, ..mine })
}
