//! Editions with the days from which they hold, and those that a local edition answers to.

use jialiang_model::date::{Day, PartialDate};
use jialiang_model::kind::{Edition, Standard};
use jialiang_model::{Entry, Registry, lookup};

/// From when an edition holds, as the sources have it; `None` of a draft and where no date is
/// on record.
pub(crate) fn effective(registry: &Registry, edition: &Edition) -> Option<PartialDate> {
    if edition.draft == Some(true) {
        return None;
    }
    let instrument = edition.instrument.as_ref().and_then(|id| registry.instruments.get(id));
    edition.effective.or_else(|| {
        let instrument = &instrument?.value;
        instrument.effective.or(instrument.issued).or(instrument.published)
    })
}

/// By when the public knows an edition; `None` of a draft and where no date is on record.
pub(crate) fn known(registry: &Registry, edition: &Edition) -> Option<PartialDate> {
    if edition.draft == Some(true) {
        return None;
    }
    match &edition.instrument {
        Some(id) => registry.instruments.get(id)?.value.known(),
        None => edition.effective,
    }
}

/// The published editions of a standard, by the days from which they hold.
pub(crate) fn editions<'a>(
    registry: &'a Registry,
    standard: &Standard,
) -> Vec<(Day, &'a Entry<Edition>)> {
    let mut all: Vec<_> = lookup::editions(registry, &standard.id)
        .into_iter()
        .filter_map(|entry| {
            let from = effective(registry, &entry.value)?;
            Some((Day::of(from.first_day())?, entry))
        })
        .collect();
    all.sort_by(|(a, x), (b, y)| (a, &x.value.version).cmp(&(b, &y.value.version)));
    all
}

/// The edition above that holds on a day, among those that a standard answers to.
pub(crate) fn above<'a>(
    registry: &'a Registry,
    standard: &Standard,
    day: Day,
) -> Option<&'a Entry<Edition>> {
    let implements = standard.implements.as_ref()?;
    let parent = registry.standards.get(&implements.standard)?;
    let all = editions(registry, &parent.value);
    let in_force = |(from, entry): &&(Day, &Entry<Edition>)| {
        *from <= day && implements.versions.admits(&entry.value.version)
    };
    all.iter().rfind(in_force).map(|(_, entry)| *entry)
}

/// So many months after a day; the last day of a shorter month.
pub(crate) fn months_after(day: Day, months: u32) -> Option<Day> {
    let text = day.to_string();
    let mut parts = text.split('-').map(str::parse::<u32>);
    let (year, month, date) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let all = year.checked_mul(12)?.checked_add(month)?.checked_add(months)?.checked_sub(1)?;
    let (year, month) = (all / 12, all % 12 + 1);
    (1..=date).rev().find_map(|date| Day::parse(&format!("{year:04}-{month:02}-{date:02}")))
}

/// Through which day the instruments of a place are followed for an item, or for all.
pub(crate) fn followed(
    registry: &Registry,
    place: &str,
    standard: &str,
    item: Option<&str>,
) -> Option<Day> {
    let entry = registry.jurisdictions.get(place)?;
    let of = || {
        entry.value.followed.iter().filter(|one| {
            one.standard.as_ref().is_none_or(|standards| standards.as_str() == standard)
        })
    };
    let named =
        of().filter(|one| item.is_some_and(|item| one.items.iter().any(|i| i.as_str() == item)));
    let general = of().filter(|one| one.items.is_empty());
    named.map(|one| one.through).max().or_else(|| general.map(|one| one.through).max())
}
