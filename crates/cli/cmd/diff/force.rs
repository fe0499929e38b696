//! What is in force, compared: two places, two days, two times of knowledge.

use std::path::Path;

use jialiang_check::locate::Locator;
use jialiang_check::review::{Compared, Review};
use jialiang_model::Registry;
use jialiang_model::date::Day;
use jialiang_model::finding::Message;
use jialiang_model::lookup::{Target, look_up, revision};
use jialiang_resolve::{At, InForce, Known, sides};
use jialiang_store::Texts;

use super::super::asking::{clocks, item, place, warn};
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
        Some((place, item)) => (place, Some(item)),
        None => (path, None),
    };
    Some(Typed { rev, place, item, on, known })
}

/// Whether a side surely is a place, or an item of one: labels and versions alone name editions,
/// and two words without a day may be a standard.
fn is_place(registry: &Registry, typed: &Typed<'_>) -> bool {
    let names_place = matches!(look_up(registry, typed.place), Ok(Target::Place(_)));
    match typed.item {
        _ if typed.on.is_some() || typed.known.is_some() => true,
        None => names_place,
        Some(item) => {
            let path = format!("{}/{item}", typed.place);
            let edition =
                matches!(look_up(registry, &path), Ok(Target::Standard(_) | Target::Edition(_)));
            names_place && !edition && !item.contains('@')
        }
    }
}

/// Two sides of what is in force; `None` where the words name no places.
pub(super) fn places(a: &str, b: &str, args: &Diff) -> Result<Option<(Review, Texts)>, Failure> {
    let (Some(a), Some(b)) = (typed(a), typed(b)) else { return Ok(None) };
    let open = |typed: &Typed<'_>| Open::new(args.registry.as_ref(), typed.rev);
    let before = open(&a)?;
    if !is_place(&before.loaded.registry, &a) {
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
    let asked = |side: &Side<'_>, item: Option<&str>, (valid, known): (Day, Option<Day>)| {
        let rev = side.typed.rev.map(|rev| format!("{rev}:")).unwrap_or_default();
        let item = item.map(|item| format!("/{item}")).unwrap_or_default();
        let known = known.map(|day| format!(";known={day}")).unwrap_or_default();
        format!("{rev}{}{item}@{valid}{known}", side.place)
    };
    let (a, b) = (&before.open.loaded, &after.open.loaded);
    let (force_a, force_b) = (InForce::new(&a.registry), InForce::new(&b.registry));
    // What only one of the places has is named there.
    let named = |side: &Side<'_>, force: &InForce<'_>, other: &Side<'_>, beside: &InForce<'_>| {
        let here = &side.open.loaded.registry;
        let one = |word| {
            let found = item(here, force, (&side.place, None), word);
            let there = &other.open.loaded.registry;
            found.or_else(|e| item(there, beside, (&other.place, None), word).map_err(|_| e))
        };
        side.typed.item.map(one).transpose()
    };
    let wanted =
        [named(&before, &force_a, &after, &force_b)?, named(&after, &force_b, &before, &force_a)?];
    let [item_a, item_b] = wanted.each_ref().map(Option::as_deref);
    let names = [asked(&before, item_a, clock_a), asked(&after, item_b, clock_b)];
    let (first, second) = (point(&before.place, clock_a), point(&after.place, clock_b));
    let Some(found) = sides((&force_a, first), (&force_b, second)) else {
        return Err(not_a_place(&before.place));
    };
    let (mut here, mut there) = (Locator::new(&a.texts), Locator::new(&b.texts));
    let mut pair = Compared::in_force(found, names, [&mut here, &mut there]);
    let wanted: Vec<&str> = item_a.into_iter().chain(item_b).collect();
    if !wanted.is_empty() {
        // What goes on under another id is asked for by either.
        pair.changes.retain(|change| {
            let items = [change.before.slot.item(), change.after.slot.item()];
            items.into_iter().flatten().any(|item| wanted.contains(&item))
        });
    }
    let review = Review { compared: vec![pair], ..Review::default() };
    Ok((review, a.texts.clone()))
}

fn point(place: &str, (valid, known): (Day, Option<Day>)) -> At<'_> {
    At { place, standard: None, valid, known: known.map_or(Known::Latest, Known::By) }
}
