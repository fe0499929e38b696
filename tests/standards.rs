use jialiang_model::kind::{Edition, EditionId};
use jialiang_model::provision::Form;
use jialiang_store::source::Folder;
use jialiang_store::{Loaded, Source, load};

use crate::sample;

fn standards() -> Loaded {
    let folder = Folder::holding(&sample::root().join("standards")).unwrap();
    load(&Source::Folder(folder)).unwrap()
}

fn edition<'a>(loaded: &'a Loaded, version: &str) -> &'a Edition {
    let id = EditionId::parse(&format!("cn/basic-public-services@{version}")).unwrap();
    &loaded.registry.editions[&id].value
}

/// The areas of the national standard, with their items in 2021 and in 2023.
const AREAS: [(&str, usize, usize); 9] = [
    ("幼有所育", 9, 10),
    ("学有所教", 9, 9),
    ("劳有所得", 12, 12),
    ("病有所医", 16, 16),
    ("老有所养", 4, 4),
    ("住有所居", 3, 3),
    ("弱有所扶", 14, 14),
    ("优军服务保障", 4, 4),
    ("文体服务保障", 9, 9),
];

#[test]
fn the_areas_hold_what_the_catalogue_says() {
    let loaded = standards();
    let standard = &loaded.registry.standards["cn/basic-public-services"].value;
    for (version, at) in [("1.0.0", 0), ("1.1.0", 1)] {
        let edition = edition(&loaded, version);
        let held: Vec<(&str, usize)> = standard
            .areas
            .iter()
            .map(|area| {
                let here = |category| area.categories.iter().any(|c| c.id == category);
                let items = edition.items.iter().filter(|i| here(i.category.clone()));
                (area.name.zh.as_str(), items.count())
            })
            .collect();
        let wanted: Vec<(&str, usize)> =
            AREAS.iter().map(|(name, old, new)| (*name, [*old, *new][at])).collect();
        assert_eq!(held, wanted, "{version}");
    }
    assert_eq!(standard.categories().count(), 22);
}

/// Every number that the two editions are on record with: the item, its line, the number
/// in 2021 and in 2023, the unit.
const NUMBERS: [(&str, &str, &str, &str, &str); 16] = [
    ("compulsory-tuition-waiver", "per-pupil-primary", "650", "720", "CNY/pupil/year"),
    ("compulsory-tuition-waiver", "per-pupil-junior", "850", "940", "CNY/pupil/year"),
    ("compulsory-tuition-waiver", "boarder", "200", "300", "CNY/pupil/year"),
    ("school-meals", "meal", "4", "5", "CNY/pupil/day"),
    ("senior-secondary-grant", "average-grant", "2000", "2000", "CNY/pupil/year"),
    ("secondary-vocational-grant", "average-grant", "2000", "2000", "CNY/pupil/year"),
    ("family-planning-special-aid", "death", "450", "590", "CNY/person/month"),
    ("family-planning-special-aid", "disability", "350", "460", "CNY/person/month"),
    ("family-planning-special-aid", "complication-1", "400", "520", "CNY/person/month"),
    ("family-planning-special-aid", "complication-2", "300", "390", "CNY/person/month"),
    ("family-planning-special-aid", "complication-3", "200", "260", "CNY/person/month"),
    ("veteran-employment", "job-fairs", "2", "", "time/year"),
    ("radio", "channels-general", "", "15", "channel"),
    ("radio", "channels-direct-satellite", "", "17", "channel"),
    ("television", "channels-general", "", "15", "channel"),
    ("television", "channels-direct-satellite", "", "25", "channel"),
];

#[test]
fn the_numbers_are_those_of_the_sources() {
    let loaded = standards();
    for (version, at) in [("1.0.0", 0), ("1.1.0", 1)] {
        let edition = edition(&loaded, version);
        let mut held = Vec::new();
        for item in &edition.items {
            for line in &item.provisions {
                let number = match &line.form {
                    Form::Amount(_, number, _) => number,
                    Form::Average(average, _) => &average.number,
                    _ => continue,
                };
                let unit = line.form.scale().unwrap().unit.to_string();
                held.push((item.id.to_string(), line.id.to_string(), number.to_string(), unit));
            }
        }
        let mut wanted: Vec<_> = NUMBERS
            .iter()
            .map(|(item, line, old, new, unit)| (item, line, [old, new][at], unit))
            .filter(|(_, _, number, _)| !number.is_empty())
            .map(|(a, b, c, d)| (a.to_string(), b.to_string(), c.to_string(), d.to_string()))
            .collect();
        held.sort();
        wanted.sort();
        assert_eq!(held, wanted, "{version}");
    }
}

#[test]
fn the_declared_summary_is_that_of_the_notice() {
    let loaded = standards();
    let declared = edition(&loaded, "1.1.0").declared.as_ref().unwrap();
    let counts: Vec<(&str, u32)> =
        declared.classes().map(|(class, named)| (class, named.count.get())).collect();
    let wanted =
        [("added", 1), ("raised", 3), ("widened", 2), ("reworded", 41), ("lead-agencies", 10)];
    assert_eq!(counts, wanted);
    assert_eq!(declared.touched.unwrap().get(), 48);
    assert!(edition(&loaded, "1.0.0").declared.is_none());
}

/// An item keeps its id through a rename.
#[test]
fn the_renamed_item_keeps_its_id() {
    let loaded = standards();
    let name = |version| {
        let meals = |i: &&std::sync::Arc<_>| {
            let item: &jialiang_model::item::Item = i;
            item.id.as_str() == "school-meals"
        };
        let items = &edition(&loaded, version).items;
        items.iter().find(meals).unwrap().name.zh.to_string()
    };
    assert_eq!(name("1.0.0"), "贫困地区学生营养膳食补助");
    assert_eq!(name("1.1.0"), "农村义务教育学生营养膳食补助");
}
