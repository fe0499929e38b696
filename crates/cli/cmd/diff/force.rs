//! What is in force, compared: two places, two days, two times of knowledge.

use std::path::Path;

use jialiang_check::locate::Locator;
use jialiang_check::review::{Compared, Review};
use jialiang_model::date::Day;
use jialiang_model::finding::Message;
use jialiang_model::lookup::{Target, look_up, revision};
use jialiang_resolve::{At, InForce, Known, sides};
use jialiang_store::Texts;

use super::super::asking::{clocks, place, warn};
use super::super::{Failure, Open};
use crate::args::Diff;

/// One side, as it was typed: `[REV:]PLACE[/ITEM][@DAY][;known=DAY]`.
struct Typed<'w> {
    rev: Option<&'w str>,
    place: &'w str,
    item: Option<&'w str>,
    on: Option<Day>,
    known: Option<Day>,
}

/// One side, looked up.
struct Side<'w> {
    typed: Typed<'w>,
    open: Open,
    place: String,
}

/// What may be a side: `None` for what can only be an edition or a file.
fn typed(word: &str) -> Option<Typed<'_>> {
    if Path::new(word).is_file() || word.ends_with(".json") || word.contains('#') {
        return None;
    }
    let (rev, rest) = revision(word);
    let (path, on, known) = clocks(rest).ok()?;
    let (place, item) = match path.split_once('/') {
        // A path of two words without a day is a standard, or an item as an edition has it.
        Some(_) if on.is_none() && known.is_none() => return None,
        Some((place, item)) => (place, Some(item)),
        None => (path, None),
    };
    Some(Typed { rev, place, item, on, known })
}

/// Two sides of what is in force; `None` where the words name no places.
pub(super) fn places(a: &str, b: &str, args: &Diff) -> Result<Option<(Review, Texts)>, Failure> {
    let (Some(a), Some(b)) = (typed(a), typed(b)) else { return Ok(None) };
    let open = |typed: &Typed<'_>| Open::new(args.registry.as_ref(), typed.rev);
    let before = open(&a)?;
    // Labels and versions alone name editions.
    let is_place = matches!(look_up(&before.loaded.registry, a.place), Ok(Target::Place(_)));
    if !is_place && a.on.is_none() && a.known.is_none() {
        return Ok(None);
    }
    let after = open(&b)?;
    let before = Side { place: place(&before.loaded.registry, a.place)?, typed: a, open: before };
    let after = Side { place: place(&after.loaded.registry, b.place)?, typed: b, open: after };
    compared(before, after, args).map(Some)
}

/// A place with the one above it.
pub(super) fn parent(word: &str, args: &Diff) -> Result<(Review, Texts), Failure> {
    let side = || {
        let typed = typed(word).ok_or_else(|| not_a_place(word))?;
        let open = Open::new(args.registry.as_ref(), typed.rev)?;
        let place = place(&open.loaded.registry, typed.place)?;
        Ok::<_, Failure>(Side { typed, open, place })
    };
    let (mut above, here) = (side()?, side()?);
    let parent = InForce::new(&above.open.loaded.registry).parent(&above.place, None);
    let Some(parent) = parent.map(str::to_owned) else {
        let place = above.place;
        return Err(Failure::Said(Message::new(
            format!("{place} 没有登记的上级"),
            format!("no place above {place} is on record"),
        )));
    };
    above.place = parent;
    compared(above, here, args)
}

fn not_a_place(word: &str) -> Failure {
    Failure::Said(Message::new(
        format!("“{word}”不是行政区划；请写成 tianjin 或 tianjin@2025-01-01"),
        format!("`{word}` is no place: write tianjin or tianjin@2025-01-01"),
    ))
}

fn compared(before: Side<'_>, after: Side<'_>, args: &Diff) -> Result<(Review, Texts), Failure> {
    let at = |side: &Side<'_>| {
        let Some(valid) = side.typed.on.or(args.on) else {
            return Err(Failure::Said(Message::new(
                "系统时间读不懂，请写明 --on 日期",
                "the clock tells no day: write --on DAY",
            )));
        };
        Ok((valid, side.typed.known.or(args.known)))
    };
    warn(&before.open, args.speech.lang);
    let (clock_a, clock_b) = (at(&before)?, at(&after)?);
    let asked = |side: &Side<'_>, (valid, known): (Day, Option<Day>)| {
        let rev = side.typed.rev.map(|rev| format!("{rev}:")).unwrap_or_default();
        let item = side.typed.item.map(|item| format!("/{item}")).unwrap_or_default();
        let known = known.map(|day| format!(";known={day}")).unwrap_or_default();
        format!("{rev}{}{item}@{valid}{known}", side.place)
    };
    let names = [asked(&before, clock_a), asked(&after, clock_b)];
    let (a, b) = (&before.open.loaded, &after.open.loaded);
    let (force_a, force_b) = (InForce::new(&a.registry), InForce::new(&b.registry));
    let (first, second) = (point(&before.place, clock_a), point(&after.place, clock_b));
    let Some(found) = sides((&force_a, first), (&force_b, second)) else {
        return Err(not_a_place(&before.place));
    };
    let (mut here, mut there) = (Locator::new(&a.texts), Locator::new(&b.texts));
    let mut pair = Compared::in_force(found, names, [&mut here, &mut there]);
    let wanted: Vec<&str> = before.typed.item.iter().chain(&after.typed.item).copied().collect();
    if !wanted.is_empty() {
        pair.changes.retain(|change| change.item().is_some_and(|item| wanted.contains(&item)));
    }
    let review = Review { compared: vec![pair], ..Review::default() };
    Ok((review, a.texts.clone()))
}

fn point(place: &str, (valid, known): (Day, Option<Day>)) -> At<'_> {
    At { place, standard: None, valid, known: known.map_or(Known::Latest, Known::By) }
}
