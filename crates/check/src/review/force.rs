//! What differs between two sides of what is in force.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jialiang_diff::{Change, Nature, Part, Side, Slot, Value, compare, words};
use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::number::Number;
use jialiang_model::order::Why;
use jialiang_model::place::Place;
use jialiang_model::provision::{Better, Comparator, Form, Provision};
use jialiang_model::text::{Phrase, Text};
use jialiang_resolve::{Answer, Held, Mark, Open, Said, Sides, Upper};

use super::{Force, Stands, Unsure};
use crate::locate::Locator;
use crate::output::{spot, within};

/// What differs, item by item: what is certain by the one engine, and what is not as undecided
/// or unseen.
pub(super) fn changes(sides: &Sides<'_>) -> Vec<Change> {
    let ([a, b], [c, d]) = (&sides.lines, &sides.words);
    let lines = compare(a, b).into_iter().map(|change| bounded(change, sides.upper));
    let mut changes: Vec<Change> = compare(c, d).into_iter().chain(lines).collect();
    changes.extend(sides.open.iter().filter_map(open));
    // The editions are ours: what they say of themselves is nobody's word, nor is the order of
    // their lists.
    changes.retain(|change| {
        let of_item = change.item().is_some();
        let ours = matches!(change.nature, Nature::Reordered | Nature::Transcribed)
            || matches!(change.side().slot, Slot::Part(_, Part::Continues));
        of_item && !ours
    });
    changes.dedup();
    changes
}

/// A change of an amount between an exact one and a bound, as it is in force.
///
/// Between two editions *at least X* that becomes *exactly X* may cost somebody: there it is
/// lowered. In force, a place that gives what the place above requires at least gives no less
/// than that; and elsewhere nobody knows who was given more.
fn bounded(change: Change, upper: Option<Upper>) -> Change {
    let (Some(Value::Provision(p)), Some(Value::Provision(q))) =
        (&change.before.value, &change.after.value)
    else {
        return change;
    };
    let (Form::Amount(c, _, s), Form::Amount(d, _, t)) = (&p.form, &q.form) else { return change };
    let (first_exact, second_exact) = (*c == Comparator::Exactly, *d == Comparator::Exactly);
    if first_exact == second_exact || s.better != t.better {
        return change;
    }
    let compared =
        |p: &Provision, q: &Provision| p.form.measured()?.compare(q.form.measured()?).ok();
    let Some(order) = compared(q, p) else { return change };
    let (nature, why) = match (order, upper) {
        (Ordering::Equal, Some(_)) => (Nature::ProvisionReexpressed, None),
        (Ordering::Equal, None) => (Nature::ProvisionAltered, Some(Why::Bounds)),
        // What the place above requires, and what the place below surely gives.
        (Ordering::Greater | Ordering::Less, Some(upper)) => {
            let (bound, exact_is_below) = match upper {
                Upper::First => (*c, second_exact),
                Upper::Second => (*d, first_exact),
            };
            let guarantees = matches!(
                (bound, s.better),
                (Comparator::AtLeast, Better::More) | (Comparator::AtMost, Better::Less)
            );
            if !exact_is_below || !guarantees {
                return change;
            }
            match (order, s.better) {
                (Ordering::Greater, Better::More) | (Ordering::Less, Better::Less) => {
                    (Nature::ProvisionRaised, None)
                }
                _ => (Nature::ProvisionLowered, None),
            }
        }
        (Ordering::Greater | Ordering::Less, None) => return change,
    };
    Change { nature, why, ..change }
}

/// Of changes that rest on values that are only the last that is known: that they are
/// undecided, and what they are by those values. Lines that are equal by them are undecided
/// too, and stand among the changes.
pub(super) fn unsure(
    sides: &Sides<'_>,
    changes: &mut Vec<Change>,
) -> BTreeMap<(String, String), Unsure> {
    let mut all = BTreeMap::new();
    equal(sides, changes);
    for change in changes {
        let Slot::Provision(item, line) = &change.side().slot else { continue };
        let of_value = match change.nature {
            Nature::ProvisionRaised
            | Nature::ProvisionLowered
            | Nature::ProvisionAdded
            | Nature::ProvisionRemoved
            | Nature::ProvisionReexpressed => true,
            Nature::ProvisionAltered => change.why != Some(Why::Open),
            _ => false,
        };
        let key = (item.to_string(), line.to_string());
        let ids = Id::parse(&key.0).zip(Id::parse(&key.1));
        let helds = ids.and_then(|ids| sides.held.get(&ids));
        let (true, Some(helds)) = (of_value, helds) else { continue };
        let [first, second] = helds.map(|held| held.filter(|held| held.marks.has(Mark::LastKnown)));
        if first.is_none() && second.is_none() {
            continue;
        }
        let equal = change.why == Some(Why::LastKnown);
        let nature = (!equal).then_some(change.nature);
        let words = last_known(change, nature, [first, second]);
        all.insert(key, Unsure { nature, words });
        change.nature = Nature::ProvisionAltered;
        change.why = Some(Why::LastKnown);
    }
    all
}

/// Adds the lines that have a value on both sides and do not differ, of which one is only the
/// last that is known: documents that nobody has followed may have changed it. On one day what
/// follows another place is what it follows.
fn equal(sides: &Sides<'_>, changes: &mut Vec<Change>) {
    let told: BTreeSet<(&str, &str)> = changes
        .iter()
        .flat_map(|change| [&change.before.slot, &change.after.slot])
        .filter_map(|slot| match slot {
            Slot::Provision(item, line) => Some((&**item, &**line)),
            _ => None,
        })
        .collect();
    let [a, b] = &sides.lines;
    let mut added = Vec::new();
    for item in &b.items {
        for line in &item.provisions {
            let key = (item.id.clone(), line.id.clone());
            let Some([Some(first), Some(second)]) = sides.held.get(&key) else { continue };
            // Either side may have been read on its own: what is one is known by its ids.
            let one = sides.at_once && ids(first) == ids(second);
            let known = [first, second].iter().all(|held| !held.marks.has(Mark::LastKnown));
            if one || known || told.contains(&(item.id.as_str(), line.id.as_str())) {
                continue;
            }
            let was =
                a.items.iter().find(|was| was.id == item.id || item.continues.contains(&was.id));
            let was = was.and_then(|was| was.provisions.iter().find(|was| was.id == line.id));
            let side = |line: Option<&Provision>| Side {
                slot: Slot::Provision(item.id.as_str().into(), key.1.as_str().into()),
                value: line.map(|line| Value::Provision(Box::new(line.clone()))),
            };
            let (before, after) = (side(was), side(Some(line)));
            let why = Some(Why::LastKnown);
            added.push(Change { nature: Nature::ProvisionAltered, before, after, why });
        }
    }
    changes.extend(added);
}

/// Which line of which document a value is.
fn ids<'a>(held: &Held<'a>) -> (&'a str, &'a str, Option<Number>) {
    (held.said.document(), held.line.id.as_str(), held.number)
}

/// What a change is by what is last known, and through which day each side was followed.
fn last_known(change: &Change, nature: Option<Nature>, sides: [Option<Held<'_>>; 2]) -> Message {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (held, (of_zh, of_en)) in sides.iter().zip([("前者", "the first"), ("后者", "the second")])
    {
        match held.map(|held| held.followed) {
            None => {}
            Some(Some(day)) => {
                zh.push(format!("{of_zh}跟踪至 {day}"));
                en.push(format!("{of_en} followed through {day}"));
            }
            Some(None) => {
                zh.push(format!("{of_zh}跟踪至哪一天未说明"));
                en.push(format!("{of_en} through a day that is not said"));
            }
        }
    }
    let followed = (zh.join("，"), en.join(", "));
    let Some(nature) = nature else {
        return Message::new(
            format!("按最后所知相同（{}）", followed.0),
            format!("by what is last known, equal ({})", followed.1),
        );
    };
    match words::reason(change) {
        None => Message::new(
            format!("按最后所知为“{}”（{}）", nature.zh(), followed.0),
            format!("by what is last known, {} ({})", nature.en(), followed.1),
        ),
        Some(why) => Message::new(
            format!("只是最后所知（{}）；{}", followed.0, why.zh),
            format!("only the last that is known ({}); {}", followed.1, why.en),
        ),
    }
}

/// A line of which a side cannot be said; none where neither side says anything.
fn open(open: &Open<'_>) -> Option<Change> {
    let slot = Slot::Provision(open.item.as_str().into(), open.line.as_str().into());
    let [before, after] = open.sides.each_ref().map(|answer| {
        let value = answer.as_ref().and_then(|answer| said(open, answer));
        Side { slot: slot.clone(), value }
    });
    if before.value.is_none() && after.value.is_none() {
        return None;
    }
    let undecided = |answer: &Option<Answer<'_>>| matches!(answer, Some(Answer::Undecided { .. }));
    let (nature, why) = match open.sides.iter().any(undecided) {
        true => (Nature::ProvisionAltered, Some(Why::Open)),
        false => (Nature::Unseen, None),
    };
    Some(Change { nature, before, after, why })
}

/// What an answer says, as a line; nothing where there is none.
fn said(open: &Open<'_>, answer: &Answer<'_>) -> Option<Value> {
    let line = |form: Form, held: Option<&Held<'_>>| {
        let name = held.and_then(|held| held.line.name.clone());
        let (id, measure, cell) = (open.line.clone(), open.measure.clone(), open.cell.clone());
        let measure = Some(measure);
        let line = Provision { id, name, measure, cell, form, continues: None, source: None };
        Some(Value::Provision(Box::new(line)))
    };
    match answer {
        Answer::Value(held) => line(held.form(), Some(held)),
        Answer::Undecided { candidates, why: _ } => {
            let (mut zh, mut en): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
            for said in candidates.iter().map(|held| words::form(&held.form())) {
                if !zh.contains(&said.zh) {
                    zh.push(said.zh);
                    en.push(said.en);
                }
            }
            let (zh, en) = match zh.is_empty() {
                true => ("未定".to_owned(), "undecided".to_owned()),
                false => (
                    format!("未定：{}", zh.join(" 或 ")),
                    format!("undecided: {}", en.join(" or ")),
                ),
            };
            let text = Text { zh: Phrase::line(&zh), en: Some(Phrase::line(&en)) };
            line(Form::Words(Box::new(text)), candidates.last())
        }
        Answer::NotYet { .. }
        | Answer::Ended { .. }
        | Answer::NotApplicable(..)
        | Answer::Unknown(_) => None,
    }
}

/// By which words the places of a slot are kept.
pub(super) fn key(slot: &Slot) -> Option<(String, String)> {
    match slot {
        Slot::Provision(item, line) => Some((item.to_string(), line.to_string())),
        Slot::Part(item, part) => Some((item.to_string(), part.key().to_owned())),
        Slot::Head(_)
        | Slot::NotApplicable(_)
        | Slot::Items
        | Slot::Item(_)
        | Slot::Provisions(_) => None,
    }
}

/// Where everything stands on either side.
pub(super) fn stands(
    sides: &Sides<'_>,
    asked: [String; 2],
    [a, b]: [&mut Locator<'_>; 2],
) -> Force {
    let mut places: BTreeMap<(String, String), [Option<Stands>; 2]> = BTreeMap::new();
    let mut last_known = [0; 2];
    let mut put = |key: (String, String), [before, after]: [Option<Said<'_>>; 2]| {
        let found = [before.map(|by| stand(by, a)), after.map(|by| stand(by, b))];
        places.insert(key, found);
    };
    for ((item, line), helds) in &sides.held {
        put((item.to_string(), line.to_string()), helds.map(|held| held.map(|held| held.said)));
        for (count, held) in last_known.iter_mut().zip(helds) {
            *count += usize::from(held.is_some_and(|held| held.marks.has(Mark::LastKnown)));
        }
    }
    for open in &sides.open {
        let key = (open.item.to_string(), open.line.to_string());
        let [before, after] = &open.sides;
        put(key, [by(before.as_ref()), by(after.as_ref())]);
    }
    for ((item, part), said) in &sides.said {
        put((item.to_string(), (*part).to_owned()), *said);
    }
    Force { asked, places, last_known, unsure: BTreeMap::new() }
}

/// What said an answer: of several candidates the last.
fn by<'a>(answer: Option<&Answer<'a>>) -> Option<Said<'a>> {
    match answer? {
        Answer::Value(held) => Some(held.said),
        Answer::Undecided { candidates, why: _ } => Some(candidates.last()?.said),
        Answer::NotYet { .. }
        | Answer::Ended { .. }
        | Answer::NotApplicable(..)
        | Answer::Unknown(_) => None,
    }
}

fn stand(by: Said<'_>, locator: &mut Locator<'_>) -> Stands {
    let place = Place::at(&by.document().into(), within(by));
    let spot = spot(&place, locator);
    let shown = format!("{}:{}", locator.shown(by.document()), spot.line);
    Stands { spot, shown }
}
