use std::collections::BTreeSet;
use std::sync::Arc;

use jialiang_model::date::Day;
use jialiang_model::{Registry, canonical};
use jialiang_resolve::{Answer, InForce, Known, Mark, Question};

use generator::Size;
use generator::events::Eventful;

#[path = "../benches/generator.rs"]
mod generator;

const NATION: Eventful = Eventful { size: Size::SMALL, events: 8 };

fn nation() -> (Registry, usize) {
    let mut documents = Vec::new();
    let made = NATION.generate(&mut |path, document| {
        documents.push((Arc::<str>::from(path), document));
    });
    assert_eq!(made.documents, documents.len());
    assert_eq!(made.documents, NATION.document_count());
    assert!(made.events > made.provisions, "a fifth of the items have eight events each");
    (Registry::new(documents), made.provisions)
}

#[test]
fn the_nation_with_a_history_is_written_as_it_is_read() {
    NATION.generate(&mut |path, document| {
        let text = canonical::write(&document);
        let kind = jialiang_model::kind::Kind::at(&path).unwrap();
        assert_eq!(canonical::write(&kind.read(&text).unwrap()), text, "{path}");
    });
}

#[test]
fn every_provision_of_the_nation_with_a_history_is_answered_fast_as_carefully() {
    let (registry, provisions) = nation();
    let index = InForce::new(&registry);
    let categories = registry.standards.values().flat_map(|entry| entry.value.categories());
    let items: Vec<_> = categories.flat_map(|category| &category.items).collect();
    let day = |text: &str| Day::parse(text).unwrap();
    let (mut marks, mut undecided, mut values) = (BTreeSet::new(), 0, 0);
    let clocks =
        [("2024-03-15", "2025-03-31"), ("2022-08-01", "2026-01-01"), ("2021-08-01", "2021-08-02")];
    for (valid, known) in clocks {
        let (valid, known) = (day(valid), Known::By(day(known)));
        let mut answers = 0;
        for (at, place) in registry.jurisdictions.keys().enumerate() {
            let asked = index.place(place.as_str()).unwrap();
            for item in &items {
                for line in index.lines_of(asked, item.id.as_str(), None) {
                    answers += 1;
                    let answer = index.answer(asked, line, valid, known);
                    let held = match &answer {
                        Answer::Value(held) => {
                            values += 1;
                            marks.extend(held.marks.iter());
                            Some(*held)
                        }
                        Answer::Undecided { .. } => {
                            undecided += 1;
                            None
                        }
                        other => panic!("{place}/{}: {other:?}", item.id),
                    };
                    if at % 3 != 0 {
                        continue;
                    }
                    let told = index.ask(&Question {
                        place: place.as_str(),
                        item: item.id.as_str(),
                        standard: None,
                        line: Some(line.measure()),
                        facts: line.facts(),
                        valid,
                        known,
                    });
                    let [one] = told.as_slice() else { panic!("{place}/{}: one answer", item.id) };
                    match (&one.answer, held) {
                        (Answer::Value(one), Some(held)) => {
                            assert!(std::ptr::eq(one.line, held.line), "{place}/{}", item.id);
                            assert_eq!(one.value(), held.value(), "{place}/{}", item.id);
                            assert_eq!(one.marks, held.marks, "{place}/{}", item.id);
                        }
                        (Answer::Undecided { .. }, None) => {}
                        (other, _) => panic!("{place}/{}: {other:?}", item.id),
                    }
                }
            }
        }
        assert_eq!(answers, provisions, "every provision was answered");
    }
    assert!(undecided > 0 && undecided < values / 10, "{undecided} of {values}");
    for mark in [
        Mark::Attested,
        Mark::Temporary,
        Mark::Retroactive,
        Mark::CarriedOver,
        Mark::Computed,
        Mark::Inherited,
    ] {
        assert!(marks.contains(&mark), "{mark:?}");
    }
}

#[test]
fn the_nation_with_a_history_has_no_trouble() {
    let (registry, _) = nation();
    let index = InForce::new(&registry);
    let troubles = index.troubles();
    let said: Vec<String> = troubles
        .iter()
        .map(|t| format!("{}/{}/{} {:.40}", t.place, t.item, t.measure, format!("{:?}", t.what)))
        .collect();
    assert!(said.is_empty(), "{} troubles: {:#?}", said.len(), &said[..said.len().min(9)]);
}
