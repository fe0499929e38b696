use super::*;
use crate::lookup::sample::registry;
use proptest::prelude::*;

/// What is found: how, what, and in which field.
fn found(words: &[&str], only: Option<Sort>) -> Vec<String> {
    let registry = registry();
    let hits = find(&registry, words, only);
    hits.iter().map(|hit| format!("{} {} {}", hit.rank, hit.target.address(), hit.field)).collect()
}

#[test]
fn names_come_before_ids_before_numbers_before_texts() {
    assert_eq!(
        found(&["补贴"], None),
        ["holds cn/basic@1.0.0#old-aid name", "holds cn/basic@2.0.0#new-aid name"]
    );
    assert_eq!(
        found(&["膳食补助"], None),
        ["name cn/basic@1.1.0#school-meals/meal name", "holds cn/basic@1.1.0#school-meals name",]
    );
    assert_eq!(
        found(&["meals"], None),
        [
            "id cn/2022/meals id",
            "id cn/2022/meals.adjustment.json id",
            "id cn/basic@1.1.0#school-meals id",
        ]
    );
    assert_eq!(found(&["財社", "49号"], None), ["number cn/2022/meals number"]);
}

#[test]
fn every_word_must_stand_there_and_a_sort_can_be_asked_for() {
    assert_eq!(found(&["天津", "標準"], Some(Sort::Standard)), ["holds tianjin/basic name"]);
    assert_eq!(found(&["天津", "学生"], None), [""; 0]);
    assert_eq!(found(&[" "], None), [""; 0]);
    let lines = found(&["营养", "膳食补助"], Some(Sort::Provision));
    assert_eq!(lines, ["name cn/basic@1.1.0#school-meals/meal name"]);
}

#[test]
fn an_item_is_told_once_where_it_fits_best() {
    assert_eq!(found(&["学生供餐"], None), ["name cn/basic@1.0.0#school-meals name"]);
    assert_eq!(
        found(&["最低生活保障"], Some(Sort::Item)),
        ["name cn/basic@1.1.0#allowance name", "name tianjin/basic@1.0.0#allowance name"]
    );
}

#[test]
fn an_adjustment_is_found_by_what_it_speaks_of_and_says() {
    for (word, at) in [
        ("供餐新名", "operations/[0]/rename/zh"),
        ("早餐补助", "operations/[1]/set/name/zh"),
        ("提高到每天五元", "operations/[1]/set/source/excerpt"),
    ] {
        let registry = registry();
        let hits = find(&registry, &[word], None);
        let told: Vec<_> =
            hits.iter().map(|hit| (hit.rank, hit.target.address(), hit.at.to_string())).collect();
        let address = "cn/2022/meals.adjustment.json".to_owned();
        assert_eq!(told, [(Rank::Text, address, at.to_owned())], "{word}");
    }
}

#[test]
fn plans_and_indicators_are_found_too() {
    assert_eq!(
        found(&["入园率"], None),
        [
            "holds tianjin/figures#enrolment name",
            "text tianjin/plan#education/quality words",
            "text tianjin/plan#preschool words",
        ]
    );
}

#[test]
fn marks_do_not_overlap() {
    let text = "国家助学金和助学金（助学）";
    let marked: Vec<_> = marks(text, &["助学", "学金"]).into_iter().map(|at| &text[at]).collect();
    assert_eq!(marked, ["助学金", "助学金", "助学"]);
}

#[test]
fn what_is_an_address_is_found() {
    for (word, hits) in [
        ("cn/basic@1.1.0", &["id cn/basic@1.1.0 id"][..]),
        ("cn/basic@2023年版", &["id cn/basic@1.1.0 id"]),
        ("1.1.0", &["id cn/basic@1.1.0 id"]),
        ("cn/basic@1.1.0#school-meals", &["id cn/basic@1.1.0#school-meals id"]),
        ("cn/basic#school-meals", &["id cn/basic@1.1.0#school-meals id"]),
        ("cn/school-meals", &["id cn/basic@1.1.0#school-meals id"]),
        ("school-meals/meal", &["id cn/basic@1.1.0#school-meals/meal id"]),
        ("cn/basic@1.1.0#school-meals/meal", &["id cn/basic@1.1.0#school-meals/meal id"]),
        ("tianjin/plan#education/quality", &["id tianjin/plan#education/quality id"]),
        ("figures#enrolment", &["id tianjin/figures#enrolment id"]),
        ("ndrc", &["text cn agency"]),
        ("cn/ndrc", &["text cn agency"]),
        ("cn/basic@9.9.9", &[]),
        ("cn/basic@1.1.0#none", &[]),
        ("cn/meals", &[]),
    ] {
        assert_eq!(found(&[word], None), hits, "{word}");
    }
    let registry = registry();
    let hits = find(&registry, &["cn/basic@1.1.0#school-meals/meal"], None);
    assert_eq!(hits[0].at.to_string(), "items/school-meals/provisions/meal/id");
    assert_eq!(hits[0].text, "meal");
}

/// The same hits, found in the plainest way: every field folded, every word looked for in each.
fn plainly<'a>(target: Target<'a>, words: &[&str]) -> Option<(Rank, Field, IdPath, &'a str)> {
    let mut all: Vec<(Field, IdPath, &'a str)> = Vec::new();
    fields::each(target, &mut |told| {
        let path = told.path.iter().chain(&told.key);
        let at = path.fold(target.within(), |at, word| at.join(word));
        all.push((told.field, at, told.text));
    });
    let best = |word: &str| {
        let fits = all.iter().filter_map(|one| Some((rank(one.0, &fold(one.2), word)?, one)));
        fits.min_by_key(|(rank, _)| *rank)
    };
    let context = match target {
        Target::Provision(_, item, _) => vec![fold(item.name.zh.as_str())],
        _ => Vec::new(),
    };
    let mut worst = best(&fold(&words.join(" "))).filter(|(rank, _)| *rank <= Rank::Holds);
    if worst.is_none() {
        for word in words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()) {
            match best(&word) {
                Some(one) if worst.is_none_or(|worst| worst.0 < one.0) => worst = Some(one),
                Some(_) => {}
                None if context.iter().any(|text| text.contains(&word)) => {}
                None => return None,
            }
        }
    }
    worst.map(|(rank, (field, at, text))| (rank, *field, at.clone(), *text))
}

/// Every target of a registry that can be found.
fn targets(registry: &Registry) -> Vec<Target<'_>> {
    let places = registry.jurisdictions.values().map(Target::Place);
    let standards = registry.standards.values().map(Target::Standard);
    let instruments = registry.instruments.values().map(Target::Instrument);
    let mut all: Vec<_> = places.chain(standards).chain(instruments).collect();
    for entry in registry.editions.values() {
        all.push(Target::Edition(entry));
        for item in &entry.value.items {
            all.push(Target::Item(entry, item));
            all.extend(item.provisions.iter().map(|line| Target::Provision(entry, item, line)));
        }
    }
    let plans = registry.plans.values().map(Target::Plan);
    for work in plans.chain(registry.indicators.values().map(Target::Indicators)) {
        all.push(work);
        all.extend(parts(&work));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn the_quick_way_finds_what_the_plain_way_finds(
        words in proptest::collection::vec(
            prop_oneof![
                "[国國标標准天津补補助膳食供餐年2023版]{1,3}",
                "[bcmeals -]{1,3}",
                proptest::sample::select(vec!["国家 标准", "《供餐》", "The", "93%", "膳食补助", "49号", "营养"]).prop_map(str::to_owned),
            ],
            1..3,
        ),
    ) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let registry = registry();
        let Some(mut query) = Query::new(&words) else { return Ok(()) };
        for target in targets(&registry) {
            let hit = query.hit(target).map(|hit| (hit.rank, hit.field, hit.at, hit.text));
            prop_assert_eq!(hit, plainly(target, &words), "{}", target.address());
        }
    }
}
