//! What a document says was there before is what the record shows.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::adjustment::{Act, Operation, Size};
use jialiang_model::number::Number;
use jialiang_model::unit::Measured;
use jialiang_resolve::{Answer, Held, Known, Mark};
use std::cmp::Ordering;

use crate::force::{Decided, eve, measured, operation, place_held, possible, told, value};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "contradicted-base",
    level: Level::Note,
    document: include_str!("contradicted_base.md"),
    runs: Runs::OnDecided(check),
};

fn check<'a>(subject: &Subject<'a>, decided: &Decided<'a>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    let mut seen: Vec<*const Operation> = Vec::new();
    for strand in &decided.strands {
        for stand in &strand.stands {
            let Some(held) = value(&stand.here) else { continue };
            let Some(operation) = operation(held.said) else { continue };
            if held.place != decided.place || seen.contains(&std::ptr::from_ref(operation)) {
                continue;
            }
            let Some(base) = base_of(operation) else { continue };
            let Some(day) = held.since.and_then(eve) else { continue };
            seen.push(operation);
            let Some(scale) = held.line.form.measured() else { continue };
            let says = Measured { number: base, ..scale };
            let order = |held: &Held<'_>| measured(held).and_then(|was| was.compare(says).ok());
            // What an earlier line of the same document brought, or one whose day of issue is
            // not on record, is on record all the same.
            let latest = force.answer(decided, strand, day, Known::Latest);
            let brought = latest.as_ref().is_some_and(|latest| {
                possible(latest).iter().any(|was| {
                    !was.marks.has(Mark::Attested) && order(was) == Some(Ordering::Equal)
                })
            });
            // What is said to have been there is itself seen, on that day or on the day of
            // issue: the record is asked as it was before.
            let Some(eve) = eve(day.min(held.stamp.issued)) else { continue };
            let before = force.answer(decided, strand, day, Known::By(eve));
            let Some(Answer::Value(was)) = before else { continue };
            // An edition and its own notice are one word of one instrument.
            let own = was.said.instrument_id();
            if own.is_some() && own == held.said.instrument_id() {
                continue;
            }
            // What the place above had is no base of its own.
            if brought
                || was.place != decided.place
                || matches!(order(&was), None | Some(Ordering::Equal))
            {
                continue;
            }
            let (item, measure, shown) = (decided.item, strand.line.measure(), told(&was));
            let unit = says.unit;
            sink.report(
                Finding::new(
                    place_held(held),
                    format!("“{item}”的“{measure}”：文件说调整前为 {base}（{}），记录在 {day} 是{}；前者记为当日所见", unit.zh(), shown.zh),
                    format!("`{measure}` of `{item}`: the document says it was {base} {unit} before, and the record has {} on {day}; the former is kept as seen on that day", shown.en),
                )
                .arg("item", item)
                .arg("measure", measure)
                .arg("says", base)
                .arg("record", &shown.en)
                .label("与记录不符", "not what the record has")
                .related(place_held(&was), "记录中的标准", "what the record has"),
            );
        }
    }
}

/// The number before, as a document prints it or lets one work it out.
fn base_of(operation: &Operation) -> Option<Number> {
    match &operation.act {
        Act::Set { was: Some(was), .. } => Some(*was),
        Act::Set { line, was: None, by: Some(by) } => match by.size {
            Size::Amount(amount) if by.rounding.is_none() => {
                let result = line.form.number()?.decimal();
                Number::of(result.checked_sub(amount.decimal())?)
            }
            Size::Amount(_) | Size::Percent(_) => None,
        },
        Act::Change { base, by: _ } => base.form.number(),
        Act::Set { .. }
        | Act::Alter { .. }
        | Act::Confirm(_)
        | Act::Attest { .. }
        | Act::End(_)
        | Act::Add(_)
        | Act::Retire(_)
        | Act::Rename(_)
        | Act::Recipients(..)
        | Act::Content(_)
        | Act::Responsibility(_)
        | Act::LeadAgencies(_)
        | Act::Repeal(_)
        | Act::Annul(_) => None,
    }
}
