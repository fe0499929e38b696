//! The dated values of the registry of real standards, against a list made from the sources.

use jialiang_model::date::{Day, PartialDate};
use jialiang_model::kind::adjustment::{Act, Operation, Reading, Size, Step};
use jialiang_model::provision::{Form, Provision};
use jialiang_store::source::Folder;
use jialiang_store::{Loaded, Source, load};

use crate::sample;

fn standards() -> Loaded {
    let folder = Folder::holding(&sample::root().join("standards")).unwrap();
    load(&Source::Folder(folder)).unwrap()
}

/// What a line is on record with.
fn value(line: &Provision) -> String {
    match &line.form {
        Form::Amount(_, number, _) => number.to_string(),
        Form::Average(average, _) => average.number.to_string(),
        Form::Share(share, _) => share.percent.to_string(),
        Form::Supplement(supplement, _) => supplement.amount.to_string(),
        Form::Free => "of-charge".to_owned(),
        form @ (Form::Increase(..) | Form::Pegged(_) | Form::Coverage(_) | Form::Words(_)) => {
            panic!("{form:?}")
        }
    }
}

/// How an operation's first day is read, and the day.
fn reading(operation: &Operation) -> String {
    let when = operation.when.as_ref().unwrap();
    let word = match when.reading {
        None => "from",
        Some(Reading::Within) => "within",
        Some(Reading::Period) => "period",
    };
    format!("{word} {}", when.from)
}

/// The operation as the list of values writes it; none where it is about no value.
fn written(place: &str, operation: &Operation) -> Option<String> {
    let item = operation.item.as_ref()?;
    let (line, rest) = match &operation.act {
        Act::Set { line, was, by: _ } => {
            let was = was.map_or_else(String::new, |was| format!(" was {was}"));
            (line.id.as_str(), format!("{} {}{was}", reading(operation), value(line)))
        }
        Act::Confirm(line) => (line.id.as_str(), format!("stays {}", value(line))),
        Act::Attest { line, on } => (line.id.as_str(), format!("seen {on} {}", value(line))),
        Act::Alter { line, by: Step { size, rounding: _ } } => {
            let by = match size {
                Size::Percent(number) => format!("{number}%"),
                Size::Amount(number) => number.to_string(),
            };
            (line.as_str(), format!("{} by {by}", reading(operation)))
        }
        Act::Add(_) | Act::Recipients(..) => return None,
        other @ (Act::Change { .. }
        | Act::End(_)
        | Act::Retire(_)
        | Act::Rename(_)
        | Act::Content(_)
        | Act::Responsibility(_)
        | Act::LeadAgencies(_)
        | Act::Repeal(_)
        | Act::Annul(_)) => panic!("{other:?}"),
    };
    Some(format!("{place} {item}/{line} {rest}"))
}

#[test]
fn every_dated_value_is_that_of_the_sources() {
    let loaded = standards();
    let mut held: Vec<String> = Vec::new();
    for entry in loaded.registry.adjustments.values() {
        let adjustment = &entry.value;
        let operations = adjustment.operations.iter();
        held.extend(operations.filter_map(|operation| written(adjustment.place(), operation)));
    }
    held.sort();
    let list = include_str!("values.txt").lines().filter(|line| !line.starts_with('#'));
    let wanted: Vec<String> = list.map(str::to_owned).collect();
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        a.iter().filter(|line| !b.contains(line)).cloned().collect()
    };
    assert_eq!((only(&held, &wanted), only(&wanted, &held)), (Vec::new(), Vec::new()));
    assert_eq!(held.len(), wanted.len());
}

/// How many adjustments each place has on record, and how many of them name no instrument.
const ADJUSTMENTS: [(&str, usize, usize); 9] = [
    ("bayannur", 1, 1),
    ("cn", 40, 8),
    ("dongchangfu", 1, 0),
    ("hebei", 4, 3),
    ("luquan", 1, 1),
    ("shandong", 2, 1),
    ("sichuan", 1, 0),
    ("tianjin", 16, 2),
    ("xinjiang", 1, 1),
];

#[test]
fn an_adjustment_stands_beside_its_instrument_or_names_none() {
    let loaded = standards();
    let mut places: std::collections::BTreeMap<&str, (usize, usize)> =
        std::collections::BTreeMap::new();
    for (id, entry) in &loaded.registry.adjustments {
        let (all, bare) = places.entry(id.place()).or_default();
        *all += 1;
        *bare += usize::from(entry.value.instrument.is_none());
        assert!(entry.value.instrument.as_ref().is_none_or(|instrument| instrument == id), "{id}");
        let beside = loaded.registry.instruments.contains_key(id);
        assert_eq!(beside, entry.value.instrument.is_some(), "{id}");
    }
    let places: Vec<_> = places.into_iter().map(|(place, (a, b))| (place, a, b)).collect();
    assert_eq!(places, ADJUSTMENTS);
}

/// What a place says of how far its instruments have been followed is no more than what is on
/// record: each item that it names has a document, and none of its instruments came later.
#[test]
fn a_place_is_followed_as_far_as_its_last_document() {
    let loaded = standards();
    for (place, entry) in &loaded.registry.jurisdictions {
        for followed in &entry.value.followed {
            let standard = followed.standard.as_ref().unwrap();
            for item in &followed.items {
                let mut seen = loaded.registry.editions.values().any(|edition| {
                    edition.value.standard.place() == place.as_str()
                        && edition.value.items.iter().any(|other| other.id == *item)
                });
                for (id, adjustment) in &loaded.registry.adjustments {
                    let adjustment = &adjustment.value;
                    let about = adjustment.operations.iter().any(|o| o.item.as_ref() == Some(item));
                    if adjustment.place() != place.as_str()
                        || adjustment.standard != *standard
                        || !about
                    {
                        continue;
                    }
                    seen = true;
                    let Some(instrument) = loaded.registry.instruments.get(id) else { continue };
                    let day = instrument.value.published.or(instrument.value.issued);
                    let day = day.map(PartialDate::last_day);
                    assert!(day.is_none_or(|day| day <= Day::date(followed.through)), "{id}");
                }
                assert!(seen, "{place} {item}");
            }
        }
    }
}
