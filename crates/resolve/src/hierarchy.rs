//! What a place has not decided, and what stands above it: cases from life.

use std::sync::Arc;

use jialiang_model::Registry;
use jialiang_model::date::Day;
use jialiang_model::kind::Kind;
use serde_json::{Value, json};

use crate::{Answer, At, Facts, Held, InForce, Known, Mark, Nothing, Question, Standing, sides};

/// A registry of documents by path; `$schema` is put in.
fn registry(documents: &[(&str, Value)]) -> Registry {
    Registry::new(documents.iter().map(|(path, value)| {
        let kind = Kind::at(path).unwrap_or_else(|| panic!("{path}"));
        let mut value = value.clone();
        value["$schema"] = json!(format!("schemas/{kind}.json"));
        let document = kind.read(&value.to_string()).unwrap_or_else(|f| panic!("{path}: {f:?}"));
        (Arc::from(*path), document)
    }))
}

fn place(id: &str, level: &str, parent: Option<&str>) -> Value {
    let mut place = json!({
        "id": id, "name": { "zh": id }, "level": level,
        "followed": [{ "through": "2030-12-31" }]
    });
    if let Some(parent) = parent {
        place["parent"] = json!(parent);
    }
    place
}

fn issued(id: &str, day: &str) -> Value {
    json!({ "id": id, "title": { "zh": "通知" }, "issued": day })
}

fn line(amount: &str) -> Value {
    json!({ "id": "basic", "at-least": amount, "unit": "CNY/person/month", "better": "more" })
}

fn sets(id: &str, amount: &str, from: &str) -> Value {
    let operation = json!({ "item": "pension", "set": line(amount), "from": from });
    json!({ "id": id, "standard": "cn/services", "instrument": id, "operations": [operation] })
}

/// Four levels; the nation and the prefecture have decided.
fn four() -> Vec<(&'static str, Value)> {
    vec![
        ("cn/jurisdiction.json", place("cn", "nation", None)),
        ("sheng/jurisdiction.json", place("sheng", "province", Some("cn"))),
        ("shi/jurisdiction.json", place("shi", "prefecture", Some("sheng"))),
        ("xian/jurisdiction.json", place("xian", "county", Some("shi"))),
        ("cn/services.standard.json", json!({ "id": "cn/services", "name": { "zh": "标准" } })),
        ("cn/2020/a.instrument.json", issued("cn/2020/a", "2020-01-01")),
        ("cn/2020/a.adjustment.json", sets("cn/2020/a", "100", "2020-01-01")),
        ("shi/2021/b.instrument.json", issued("shi/2021/b", "2021-01-01")),
        ("shi/2021/b.adjustment.json", sets("shi/2021/b", "130", "2021-01-01")),
    ]
}

fn ask<'a>(in_force: &InForce<'a>, place: &str, item: &str, day: &str) -> Answer<'a> {
    let facts = Facts::none();
    let question = Question {
        place,
        item,
        standard: None,
        line: None,
        facts: &facts,
        valid: Day::parse(day).unwrap(),
        known: Known::Latest,
    };
    let mut all = in_force.ask(&question);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).answer
}

fn value(answer: &Answer<'_>) -> (String, String) {
    let told = |held: &Held<'_>| (held.value().unwrap().to_string(), held.place.to_owned());
    match answer {
        Answer::Value(held) => told(held),
        other => panic!("{other:?}"),
    }
}

fn pair(value: &str, place: &str) -> (String, String) {
    (value.to_owned(), place.to_owned())
}

#[test]
fn what_a_place_has_not_decided_follows_the_nearest_above() {
    let registry = registry(&four());
    let in_force = InForce::new(&registry);
    for (place, day, expected) in [
        ("xian", "2020-06-01", pair("100", "cn")),
        ("shi", "2020-06-01", pair("100", "cn")),
        ("xian", "2021-06-01", pair("130", "shi")),
        ("sheng", "2021-06-01", pair("100", "cn")),
    ] {
        assert_eq!(value(&ask(&in_force, place, "pension", day)), expected, "{place} {day}");
    }
    let Answer::Value(held) = ask(&in_force, "xian", "pension", "2021-06-01") else { panic!() };
    assert!(held.marks.has(Mark::Inherited) && !held.marks.has(Mark::LastKnown));
    let Answer::Unknown(tried) = ask(&in_force, "xian", "pension", "2019-12-31") else { panic!() };
    // The record begins with it, which does not say that nothing held before.
    let first = tried.first.map(|held| value(&Answer::Value(*held)));
    assert_eq!(first, Some(pair("100", "cn")));
    assert!(matches!(ask(&in_force, "nowhere", "pension", "2021-06-01"), Answer::Unknown(_)));
}

#[test]
fn the_parent_rises_under_a_child_that_follows_and_not_under_one_that_has_decided() {
    let mut documents = four();
    documents.push(("cn/2022/c.instrument.json", issued("cn/2022/c", "2022-01-01")));
    documents.push(("cn/2022/c.adjustment.json", sets("cn/2022/c", "150", "2022-01-01")));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    assert_eq!(value(&ask(&in_force, "sheng", "pension", "2022-02-01")), pair("150", "cn"));
    assert_eq!(value(&ask(&in_force, "xian", "pension", "2022-02-01")), pair("130", "shi"));
    let facts = Facts::none();
    let question = Question {
        place: "shi",
        item: "pension",
        standard: None,
        line: Some("basic"),
        facts: &facts,
        valid: Day::parse("2022-02-01").unwrap(),
        known: Known::Latest,
    };
    let part = in_force.own_part(&question).remove(0).part;
    assert_eq!(part.map(|(number, _)| number.to_string()), Some("-20".to_owned()));
}

fn edition(
    standard: &str,
    version: &str,
    from: Option<&str>,
    effective: &str,
    rest: Value,
) -> Value {
    let mut edition = json!({
        "standard": standard, "version": version, "name": { "zh": "版" }, "transcribed": "full",
        "effective": effective
    });
    if let Some(from) = from {
        edition["difference-from"] = json!(from);
    }
    for (key, value) in rest.as_object().unwrap() {
        edition[key] = value.clone();
    }
    edition
}

fn item(id: &str, lines: Value) -> Value {
    let mut item = json!({ "id": id, "name": { "zh": id }, "category": "c" });
    if lines.as_array().is_some_and(|lines| !lines.is_empty()) {
        item["provisions"] = lines;
    }
    item
}

/// A national edition and a province whose own is written in one of two ways.
fn with_edition(own: Value) -> Vec<(&'static str, Value)> {
    let implements = json!({ "standard": "cn/services", "versions": "^1" });
    let local =
        json!({ "id": "sheng/services", "name": { "zh": "标准" }, "implements": implements });
    let items = json!([item("pension", json!([line("100")])), item("meals", json!([]))]);
    vec![
        ("cn/jurisdiction.json", place("cn", "nation", None)),
        ("sheng/jurisdiction.json", place("sheng", "province", Some("cn"))),
        ("cn/services.standard.json", json!({ "id": "cn/services", "name": { "zh": "标准" } })),
        ("sheng/services.standard.json", local),
        (
            "cn/services@1.0.0.edition.json",
            edition("cn/services", "1.0.0", None, "2020-01-01", json!({ "items": items })),
        ),
        ("sheng/services@1.0.0.edition.json", own),
    ]
}

#[test]
fn a_difference_and_a_whole_text_come_to_the_same() {
    let own = |amount: &str| item("pension", json!([line(amount)]));
    let from = Some("cn/services@1.0.0");
    let meals = item("meals", json!([]));
    for amount in ["100", "120"] {
        let difference = json!({ "items": [own(amount)] });
        let whole = json!({ "items": [own(amount), meals] });
        let mut told = Vec::new();
        for (from, items) in [(from, difference), (None, whole)] {
            let edition = edition("sheng/services", "1.0.0", from, "2021-01-01", items);
            let registry = registry(&with_edition(edition));
            let in_force = InForce::new(&registry);
            told.push(value(&ask(&in_force, "sheng", "pension", "2022-01-01")));
        }
        // A line that repeats its parent's is inherited.
        let place = if amount == "100" { "cn" } else { "sheng" };
        assert_eq!(told, [pair(amount, place), pair(amount, place)]);
    }
}

#[test]
fn an_item_that_is_not_applicable_is_not_inherited() {
    let declared = json!([{ "item": "pension", "reason": { "zh": "无此对象" } }]);
    let own = edition(
        "sheng/services",
        "1.0.0",
        Some("cn/services@1.0.0"),
        "2021-01-01",
        json!({ "items": [], "not-applicable": declared }),
    );
    let registry = registry(&with_edition(own));
    let in_force = InForce::new(&registry);
    let told = ask(&in_force, "sheng", "pension", "2022-01-01");
    assert!(matches!(told, Answer::NotApplicable(..)), "{told:?}");
    assert_eq!(value(&ask(&in_force, "sheng", "pension", "2020-06-01")), pair("100", "cn"));
}

#[test]
fn an_item_that_applies_again_is_inherited_again() {
    let declared = json!([{ "item": "pension", "reason": { "zh": "无此对象" } }]);
    let from = Some("cn/services@1.0.0");
    let own = json!({ "items": [], "not-applicable": declared });
    let mut documents = with_edition(edition("sheng/services", "1.0.0", from, "2021-01-01", own));
    let none = json!({ "items": [] });
    let next = edition("sheng/services", "1.1.0", from, "2023-01-01", none);
    documents.push(("sheng/services@1.1.0.edition.json", next));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    let told = ask(&in_force, "sheng", "pension", "2022-06-01");
    assert!(matches!(told, Answer::NotApplicable(..)), "{told:?}");
    assert_eq!(value(&ask(&in_force, "sheng", "pension", "2023-06-01")), pair("100", "cn"));
}

#[test]
fn what_a_county_prints_is_not_stale_while_the_nation_has_it() {
    let mut documents = with_edition(edition(
        "sheng/services",
        "1.0.0",
        None,
        "2021-01-01",
        json!({ "items": [item("pension", json!([line("120")]))] }),
    ));
    documents.push(("xian/jurisdiction.json", place("xian", "county", Some("sheng"))));
    let implements = json!({ "standard": "cn/services", "versions": "^1" });
    documents.push((
        "xian/services.standard.json",
        json!({ "id": "xian/services", "name": { "zh": "标准" }, "implements": implements }),
    ));
    let items = json!({ "items": [item("pension", json!([line("100")]))] });
    let own = edition("xian/services", "1.0.0", None, "2022-01-01", items);
    documents.push(("xian/services@1.0.0.edition.json", own));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    assert_eq!(value(&ask(&in_force, "xian", "pension", "2022-06-01")), pair("100", "xian"));
}

#[test]
fn a_local_item_that_is_taken_up_goes_on_under_the_parents_id() {
    let first = edition(
        "sheng/services",
        "1.0.0",
        Some("cn/services@1.0.0"),
        "2020-06-01",
        json!({ "items": [item("local-aid", json!([line("40")]))] }),
    );
    let mut documents = with_edition(first);
    let mut taken = item("aid", json!([line("50")]));
    documents.push((
        "cn/services@1.1.0.edition.json",
        edition("cn/services", "1.1.0", None, "2022-01-01", json!({ "items": [taken.clone()] })),
    ));
    taken["continues"] = json!(["local-aid"]);
    documents.push((
        "sheng/services@1.1.0.edition.json",
        edition(
            "sheng/services",
            "1.1.0",
            Some("cn/services@1.1.0"),
            "2022-06-01",
            json!({ "items": [taken] }),
        ),
    ));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    assert_eq!(value(&ask(&in_force, "sheng", "local-aid", "2021-01-01")), pair("40", "sheng"));
    let after = ask(&in_force, "sheng", "local-aid", "2022-07-01");
    let Answer::Ended { into, since, .. } = &after else { panic!("{after:?}") };
    assert_eq!((into[0].as_str(), since.to_string()), ("aid", "2022-06-01".to_owned()));
    assert_eq!(value(&ask(&in_force, "sheng", "aid", "2022-07-01")), pair("50", "cn"));
}

#[test]
fn items_are_renamed_split_and_retired_by_operations() {
    let mut documents = with_edition(edition(
        "sheng/services",
        "1.0.0",
        Some("cn/services@1.0.0"),
        "2021-01-01",
        json!({ "items": [] }),
    ));
    let mut half = item("pension-a", json!([line("60")]));
    half["continues"] = json!(["pension"]);
    documents.push(("cn/2023/d.instrument.json", issued("cn/2023/d", "2023-01-01")));
    documents.push((
        "cn/2023/d.adjustment.json",
        json!({ "id": "cn/2023/d", "standard": "cn/services", "instrument": "cn/2023/d", "operations": [
            { "item": "meals", "rename": { "zh": "营养餐" }, "from": "2023-02-01" },
            { "item": "pension", "retire": "whole", "into": ["pension-a", "pension-b"], "from": "2023-02-01" },
            { "item": "pension-a", "add": half, "from": "2023-02-01" }
        ] }),
    ));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    let facts = Facts::none();
    let question = |item, day| Question {
        place: "sheng",
        item,
        standard: None,
        line: None,
        facts: &facts,
        valid: Day::parse(day).unwrap(),
        known: Known::Latest,
    };
    let name = |day| in_force.item(&question("meals", day)).name.unwrap().value.zh.to_string();
    assert_eq!((name("2023-01-31").as_str(), name("2023-02-01").as_str()), ("meals", "营养餐"));
    let gone = ask(&in_force, "sheng", "pension", "2023-02-01");
    let Answer::Ended { into, .. } = &gone else { panic!("{gone:?}") };
    assert_eq!(into.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["pension-a", "pension-b"]);
    assert!(matches!(
        in_force.item(&question("pension", "2023-02-01")).standing,
        Standing::Retired(..)
    ));
    assert_eq!(value(&ask(&in_force, "sheng", "pension-a", "2023-02-01")), pair("60", "cn"));
    let lowered = in_force.lower(registry.adjustments.values().next().unwrap());
    assert!(lowered.iter().all(|one| !one.patch.is_empty()), "{lowered:?}");
}

#[test]
fn a_share_is_computed_at_the_same_two_clocks_with_its_own_unit() {
    let mut documents = four();
    let share = json!({
        "id": "near-poor", "unit": "CNY/household/month", "better": "more",
        "share": { "of": "pension/basic", "percent": "30", "rounding": "half-up", "least": "35" }
    });
    let operation = json!({ "item": "pension", "set": share, "from": "2020-01-01" });
    documents.push(("shi/2020/s.instrument.json", issued("shi/2020/s", "2020-01-01")));
    documents.push((
        "shi/2020/s.adjustment.json",
        json!({ "id": "shi/2020/s", "standard": "cn/services", "instrument": "shi/2020/s", "operations": [operation] }),
    ));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    let facts = Facts::none();
    let told = |day| {
        let question = Question {
            place: "xian",
            item: "pension",
            standard: None,
            line: Some("near-poor"),
            facts: &facts,
            valid: Day::parse(day).unwrap(),
            known: Known::Latest,
        };
        value(&in_force.ask(&question).remove(0).answer).0
    };
    assert_eq!((told("2020-06-01"), told("2021-06-01")), ("35".to_owned(), "39".to_owned()));
}

#[test]
fn a_share_is_as_late_known_as_its_base_and_in_its_own_period() {
    let mut documents = four();
    let share = |id: &str, unit: &str| {
        let of = json!({ "of": "pension/basic", "percent": "10" });
        json!({ "id": id, "unit": unit, "better": "more", "share": of })
    };
    let sets = |line: Value| json!({ "item": "pension", "set": line, "from": "2020-01-01" });
    let operations =
        json!([sets(share("month", "CNY/person/month")), sets(share("year", "CNY/person/year"))]);
    documents.push(("shi/2020/s.instrument.json", issued("shi/2020/s", "2020-01-01")));
    documents.push((
        "shi/2020/s.adjustment.json",
        json!({ "id": "shi/2020/s", "standard": "cn/services", "instrument": "shi/2020/s", "operations": operations }),
    ));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    let facts = Facts::none();
    let told = |line: &'static str, day: &str| {
        let question = Question {
            place: "xian",
            item: "pension",
            standard: None,
            line: Some(line),
            facts: &facts,
            valid: Day::parse(day).unwrap(),
            known: Known::Latest,
        };
        match in_force.ask(&question).remove(0).answer {
            Answer::Value(held) => held,
            other => panic!("{other:?}"),
        }
    };
    let (before, after) = (told("month", "2020-06-01"), told("month", "2021-06-01"));
    assert_eq!(value(&Answer::Value(before)).0, "10");
    assert_eq!(value(&Answer::Value(after)).0, "13");
    assert_eq!(before.stamp.known.to_string(), "2020-01-01");
    assert_eq!(after.stamp.known.to_string(), "2021-01-01");
    assert_eq!(value(&Answer::Value(told("year", "2021-06-01"))).0, "156");
}

#[test]
fn nothing_is_not_yet_unless_a_document_says_that_it_begins() {
    let mut documents = four();
    let added = json!({ "id": "pension", "name": { "zh": "养老金" }, "category": "c" });
    let add = json!({ "item": "pension", "add": added, "from": "2020-01-01" });
    documents.push(("cn/2019/z.instrument.json", issued("cn/2019/z", "2019-12-01")));
    documents.push((
        "cn/2019/z.adjustment.json",
        json!({ "id": "cn/2019/z", "standard": "cn/services", "instrument": "cn/2019/z", "operations": [add] }),
    ));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    for (place, expected) in [("cn", pair("100", "cn")), ("xian", pair("100", "cn"))] {
        let Answer::NotYet { first, .. } = ask(&in_force, place, "pension", "2019-12-31") else {
            panic!("{place}");
        };
        assert_eq!(value(&Answer::Value(*first)), expected);
    }
    // Before that document is known, nobody knows that it will begin.
    let facts = Facts::none();
    let question = Question {
        place: "cn",
        item: "pension",
        standard: None,
        line: None,
        facts: &facts,
        valid: Day::parse("2019-12-31").unwrap(),
        known: Known::By(Day::parse("2019-11-30").unwrap()),
    };
    assert!(matches!(in_force.ask(&question).remove(0).answer, Answer::Unknown(_)));
}

#[test]
fn beside_an_unverified_value_stands_the_last_verified_one() {
    let verified = |mut document: Value, verified: bool| {
        document["source"] = json!({ "at": "示例", "verified": verified });
        document
    };
    let mut documents = four();
    for (path, document) in &mut documents {
        if path.ends_with(".adjustment.json") {
            *document = verified(document.clone(), true);
        }
    }
    documents.push(("shi/2022/e.instrument.json", issued("shi/2022/e", "2022-01-01")));
    let set = sets("shi/2022/e", "150", "2022-01-01");
    documents.push(("shi/2022/e.adjustment.json", verified(set, false)));
    documents.push(("sheng/2022/d.instrument.json", issued("sheng/2022/d", "2022-01-01")));
    let set = sets("sheng/2022/d", "120", "2022-01-01");
    documents.push(("sheng/2022/d.adjustment.json", verified(set, false)));
    let beside = |documents: &[(&str, Value)], place: &str, day: &str| {
        let registry = registry(documents);
        let in_force = InForce::new(&registry);
        let facts = Facts::none();
        let question = Question {
            place,
            item: "pension",
            standard: None,
            line: None,
            facts: &facts,
            valid: Day::parse(day).unwrap(),
            known: Known::Latest,
        };
        let answered = in_force.ask(&question).remove(0);
        let all = in_force.verified(&question, &answered)?;
        let told = |held: &Held<'_>| {
            let since = held.since.map(|day| day.to_string()).unwrap_or_default();
            (held.value().unwrap().to_string(), held.place.to_owned(), since)
        };
        Some(all.iter().map(told).collect::<Vec<_>>())
    };
    let one = |value: &str, place: &str, since: &str| {
        Some(vec![(value.to_owned(), place.to_owned(), since.to_owned())])
    };
    // The place's own, also for those who follow it; else that of the place above.
    assert_eq!(beside(&documents, "shi", "2022-06-01"), one("130", "shi", "2021-01-01"));
    assert_eq!(beside(&documents, "xian", "2022-06-01"), one("130", "shi", "2021-01-01"));
    assert_eq!(beside(&documents, "sheng", "2022-06-01"), one("100", "cn", "2020-01-01"));
    // A verified value needs none.
    assert_eq!(beside(&documents, "shi", "2021-06-01"), None);
    // There may be none.
    let bare: Vec<(&str, Value)> =
        documents.into_iter().filter(|(path, _)| !path.starts_with("cn/2020")).collect();
    assert_eq!(beside(&bare, "sheng", "2022-06-01"), Some(Vec::new()));
}

#[test]
fn an_operation_comes_to_a_patch_of_what_lies_below() {
    let mut documents = four();
    documents.push(("shi/2022/e.instrument.json", issued("shi/2022/e", "2022-05-01")));
    documents.push((
        "shi/2022/e.adjustment.json",
        json!({ "id": "shi/2022/e", "standard": "cn/services", "instrument": "shi/2022/e", "operations": [
            { "item": "pension", "set": line("160"), "was": "140", "from": "2022-01-01" },
            { "item": "pension", "set": line("170"), "was": "160", "from": "2022-07-01" }
        ] }),
    ));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    let entry =
        registry.adjustments.values().find(|e| e.value.id.as_str() == "shi/2022/e").unwrap();
    let patches: Vec<String> = in_force
        .lower(entry)
        .iter()
        .flat_map(|one| {
            one.patch
                .edits()
                .map(|(slot, edit)| format!("{} {edit:?}", slot.path()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(patches.len(), 2, "{patches:?}");
    // The number before was another than the record shows: it was seen on the eve.
    for (patch, before, after) in [(&patches[0], "140", "160"), (&patches[1], "160", "170")] {
        let (a, b) =
            (patch.find(&format!("Number({before})")), patch.find(&format!("Number({after})")));
        assert!(a.is_some() && a < b, "{patch}");
    }
}

#[test]
fn a_place_answers_for_the_days_on_which_it_is_there() {
    let mut documents = four();
    documents[2].1["from"] = json!("2020-07");
    documents[2].1["until"] = json!("2022-01-01");
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    // What stood above the county while the prefecture was not there is not on record.
    for (place, day) in [
        ("shi", "2020-06-30"),
        ("xian", "2020-06-30"),
        ("shi", "2022-01-01"),
        ("xian", "2022-01-01"),
    ] {
        let Answer::Unknown(tried) = ask(&in_force, place, "pension", day) else { panic!() };
        let absent = tried.absent.unwrap();
        assert_eq!((tried.why, absent.place), (Nothing::Absent, "shi"), "{place} {day}");
        assert_eq!(absent.from.unwrap().to_string(), "2020-07-01");
        assert_eq!(absent.until.unwrap().to_string(), "2022-01-01");
    }
    assert_eq!(value(&ask(&in_force, "xian", "pension", "2020-07-01")), pair("100", "cn"));
    let last = ask(&in_force, "xian", "pension", "2021-12-31");
    assert_eq!(value(&last), pair("130", "shi"));
    let Answer::Value(held) = last else { panic!() };
    assert_eq!(held.until.unwrap().to_string(), "2022-01-01");
    assert_eq!(value(&ask(&in_force, "sheng", "pension", "2022-01-01")), pair("100", "cn"));
    // The item itself, and one of which nobody says anything.
    let nothing = ask(&in_force, "shi", "none", "2022-01-01");
    assert!(matches!(nothing, Answer::Unknown(tried) if tried.why == Nothing::Item));
}

#[test]
fn what_comes_back_holds_since_that_day() {
    let mut documents = four();
    let extra = |id: &'static str, amount: &str, from: &str, until: &str, temporary: bool| {
        let mut one = sets(id, amount, from);
        one["operations"][0]["until"] = json!(until);
        if temporary {
            one["operations"][0]["temporary"] = json!(true);
        }
        one
    };
    documents.push(("cn/2020/t.instrument.json", issued("cn/2020/t", "2020-05-01")));
    let for_a_time = extra("cn/2020/t", "140", "2020-05-01", "2020-08-01", true);
    documents.push(("cn/2020/t.adjustment.json", for_a_time));
    documents.push(("xian/2020/x.instrument.json", issued("xian/2020/x", "2020-09-01")));
    let own = extra("xian/2020/x", "170", "2020-09-01", "2020-10-01", false);
    documents.push(("xian/2020/x.adjustment.json", own));
    let registry = registry(&documents);
    let in_force = InForce::new(&registry);
    let facts = Facts::none();
    let since = |place, day: &str, known: &str| {
        let question = Question {
            place,
            item: "pension",
            standard: None,
            line: None,
            facts: &facts,
            valid: Day::parse(day).unwrap(),
            known: Known::By(Day::parse(known).unwrap()),
        };
        let answered = in_force.ask(&question).remove(0);
        let Answer::Value(held) = &answered.answer else { panic!("{answered:?}") };
        let own = held.since.map(|day| day.to_string());
        let unbroken = in_force.unbroken(&question, &answered).unwrap();
        (own, unbroken.since.map(|day| day.to_string()))
    };
    let days = |own: &str, since: &str| (Some(own.to_owned()), Some(since.to_owned()));
    for (place, day, known, expected) in [
        ("cn", "2020-04-30", "2020-12-01", days("2020-01-01", "2020-01-01")),
        ("cn", "2020-06-01", "2020-12-01", days("2020-05-01", "2020-05-01")),
        ("cn", "2020-08-01", "2020-12-01", days("2020-01-01", "2020-08-01")),
        // Before that was known nothing lay in between.
        ("cn", "2020-08-01", "2020-04-30", days("2020-01-01", "2020-01-01")),
        ("sheng", "2020-11-01", "2020-12-01", days("2020-01-01", "2020-08-01")),
        ("xian", "2020-11-01", "2020-12-01", days("2020-01-01", "2020-10-01")),
    ] {
        assert_eq!(since(place, day, known), expected, "{place} {day} {known}");
    }
}

/// The nation retires the pension, which goes on as these.
fn retired(into: &[&str]) -> Vec<(&'static str, Value)> {
    let mut documents = four();
    let mut retire = json!({ "item": "pension", "retire": "whole", "from": "2022-01-01" });
    if !into.is_empty() {
        retire["into"] = json!(into);
    }
    let mut operations = vec![retire];
    for id in into {
        let mut later = item(id, json!([line("120")]));
        later["continues"] = json!(["pension"]);
        operations.push(json!({ "item": id, "add": later, "from": "2022-01-01" }));
    }
    documents.push(("cn/2022/r.instrument.json", issued("cn/2022/r", "2021-12-01")));
    documents.push((
        "cn/2022/r.adjustment.json",
        json!({ "id": "cn/2022/r", "standard": "cn/services", "instrument": "cn/2022/r",
            "operations": operations }),
    ));
    documents
}

#[test]
fn the_days_of_an_answer_end_where_the_item_does() {
    let registry = registry(&retired(&[]));
    let in_force = InForce::new(&registry);
    let facts = Facts::none();
    let until = |place, known: &str| {
        let question = Question {
            place,
            item: "pension",
            standard: None,
            line: None,
            facts: &facts,
            valid: Day::parse("2021-08-01").unwrap(),
            known: Known::By(Day::parse(known).unwrap()),
        };
        let days = in_force.unbroken(&question, &in_force.ask(&question).remove(0)).unwrap();
        days.until.map(|day| day.to_string())
    };
    let end = Some("2022-01-01".to_owned());
    assert_eq!((until("cn", "2021-12-01"), until("sheng", "2021-12-01")), (end.clone(), end));
    // Before that was known nothing followed; what a place decided itself goes on.
    assert_eq!((until("cn", "2021-11-30"), until("xian", "2021-12-01")), (None, None));
}

/// The items with lines of a place on two days, each with what it continues.
fn on_two_days(documents: &[(&str, Value)], place: &str) -> [Vec<(String, Vec<String>)>; 2] {
    let registry = registry(documents);
    let in_force = InForce::new(&registry);
    let at =
        |day| At { place, standard: None, valid: Day::parse(day).unwrap(), known: Known::Latest };
    let found = sides((&in_force, at("2021-12-31")), (&in_force, at("2022-03-01"))).unwrap();
    assert!(found.open.is_empty(), "{:?}", found.open);
    found.lines.map(|edition| {
        let items = edition.items.iter().filter(|item| !item.provisions.is_empty());
        items
            .map(|item| {
                let before = item.continues.iter().map(ToString::to_string);
                (item.id.to_string(), before.collect())
            })
            .collect()
    })
}

#[test]
fn what_a_place_decided_itself_stands_though_the_place_above_retires_it() {
    let stands = vec![("pension".to_owned(), Vec::new())];
    assert_eq!(on_two_days(&retired(&[]), "shi"), [stands.clone(), stands.clone()]);
    assert_eq!(on_two_days(&retired(&[]), "sheng"), [stands, Vec::new()]);
}

#[test]
fn what_goes_on_under_another_id_says_what_it_continues() {
    let before = || ("pension".to_owned(), Vec::new());
    let later = |id: &str| (id.to_owned(), vec!["pension".to_owned()]);
    assert_eq!(on_two_days(&retired(&["aid"]), "cn"), [vec![before()], vec![later("aid")]]);
    assert_eq!(on_two_days(&retired(&["aid"]), "sheng"), [vec![before()], vec![later("aid")]]);
    let split = [vec![before()], vec![later("aid"), later("care")]];
    assert_eq!(on_two_days(&retired(&["aid", "care"]), "cn"), split);
    // Where the old one still stands nothing went on as the new one.
    let both = vec![("aid".to_owned(), Vec::new()), before()];
    let [was, is] = on_two_days(&retired(&["aid"]), "shi");
    let mut is = is;
    is.sort();
    assert_eq!((was, is), (vec![before()], both));
}
