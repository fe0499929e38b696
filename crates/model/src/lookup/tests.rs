use super::sample::registry;
use super::*;

fn found(text: &str) -> String {
    match look_up(&registry(), text) {
        Ok(target) => target.address(),
        Err(Missing::Ambiguous(all)) => {
            let all: Vec<_> = all.iter().map(|one| one.address.as_str()).collect();
            format!("either {}", all.join(", "))
        }
        Err(Missing::Agency(all)) => {
            let all: Vec<_> = all.iter().map(|one| one.address.as_str()).collect();
            format!("an agency of {}", all.join(", "))
        }
        Err(Missing::Nothing(_)) => "nothing".to_owned(),
    }
}

#[test]
fn addresses_short_addresses_and_names_name_what_people_mean() {
    for (text, address) in [
        // Paths.
        ("standards/cn/basic@1.1.0.edition.json", "cn/basic@1.1.0"),
        ("tianjin/jurisdiction.json", "tianjin"),
        ("meals.instrument.json", "cn/2022/meals"),
        ("meals.adjustment.json", "cn/2022/meals.adjustment.json"),
        ("jurisdiction.json", "either cn, jilin, jilin-city, tianjin"),
        // Full addresses.
        ("tianjin", "tianjin"),
        ("cn/basic", "cn/basic"),
        ("cn/basic@1.0.0", "cn/basic@1.0.0"),
        ("cn/basic@2023年版", "cn/basic@1.1.0"),
        ("cn/basic@1.1.0#school-meals/meal", "cn/basic@1.1.0#school-meals/meal"),
        ("cn/2022/meals", "cn/2022/meals"),
        // An instrument that was not seen leaves the id to its adjustment.
        ("tianjin/2015/pension", "tianjin/2015/pension.adjustment.json"),
        ("天津/2015/pension", "tianjin/2015/pension.adjustment.json"),
        // Short ones: of the latest published edition, then of the latest draft.
        ("cn/basic#school-meals", "cn/basic@1.1.0#school-meals"),
        ("cn/school-meals", "cn/basic@1.1.0#school-meals"),
        ("cn/school-meals@2021年版", "cn/basic@1.0.0#school-meals"),
        ("cn/school-meals/meal", "cn/basic@1.1.0#school-meals/meal"),
        ("cn/old-aid", "cn/basic@1.0.0#old-aid"),
        ("cn/new-aid", "cn/basic@2.0.0#new-aid"),
        ("school-meals", "cn/basic@1.1.0#school-meals"),
        // Names.
        ("天津市", "tianjin"),
        ("天津", "tianjin"),
        ("全国", "cn"),
        ("吉林省", "jilin"),
        ("吉林", "either jilin, jilin-city"),
        ("國家基本公共服務標準", "cn/basic"),
        ("The cn/basic Standards", "cn/basic"),
        ("国家基本公共服务标准@2023年版", "cn/basic@1.1.0"),
        (
            "国家基本公共服务标准@２０２３ 年版#营养膳食补助/膳食补助",
            "cn/basic@1.1.0#school-meals/meal",
        ),
        ("国家标准(2021年版)", "cn/basic@1.0.0"),
        ("国家标准（2021年版）#旧补贴", "cn/basic@1.0.0#old-aid"),
        ("营养膳食补助", "cn/basic@1.1.0#school-meals"),
        ("学生供餐", "cn/basic@1.1.0#school-meals"),
        ("天津/最低生活保障", "tianjin/basic@1.0.0#allowance"),
        ("全国/营养膳食补助/膳食补助", "cn/basic@1.1.0#school-meals/meal"),
        ("最低生活保障@2023年版", "cn/basic@1.1.0#allowance"),
        ("最低生活保障", "either cn/basic@1.1.0#allowance, tianjin/basic@1.0.0#allowance"),
        ("财社〔2022〕49号", "cn/2022/meals"),
        ("財社[2022]49號", "cn/2022/meals"),
        ("关于供餐的通知", "cn/2022/meals"),
        // What several editions are called, and what only one is.
        ("2021年版", "either cn/basic@1.0.0, tianjin/basic@1.0.0"),
        ("2023 年版", "cn/basic@1.1.0"),
        ("1.1.0", "cn/basic@1.1.0"),
        // Agencies lead to their places.
        ("国家发展改革委", "an agency of cn"),
        ("國家發展改革委", "an agency of cn"),
        ("ndrc", "an agency of cn"),
        ("cn/ndrc", "an agency of cn"),
        ("全国/国家发展改革委", "an agency of cn"),
        ("tianjin/ndrc", "nothing"),
        ("cn/ndrc@2023年版", "nothing"),
        // Plans, their parts, and indicators.
        ("tianjin/plan", "tianjin/plan"),
        ("tianjin/plan.plan.json", "tianjin/plan"),
        ("天津规划", "tianjin/plan"),
        ("天津/天津规划#公共教育/提高质量", "tianjin/plan#education/quality"),
        ("tianjin/plan#education", "tianjin/plan#education"),
        ("tianjin/plan#education/schools", "tianjin/plan#education/schools"),
        ("tianjin/plan#preschool", "tianjin/plan#preschool"),
        ("天津规划#公共教育", "tianjin/plan#education"),
        ("建设学校", "tianjin/plan#education/schools"),
        ("tianjin/figures#enrolment", "tianjin/figures#enrolment"),
        ("毛入园率", "tianjin/figures#enrolment"),
    ] {
        assert_eq!(found(text), address, "{text}");
    }
}

#[test]
fn what_names_nothing_is_not_guessed() {
    for text in [
        "",
        "cn/",
        "cn/basic@",
        "cn/basic@9.9.9",
        "cn/basic@1.0.0#allowance",
        "cn/school-meals@2014-10-01",
        "cn/basic;known=2024-01-01",
        "cn/basic@1.1.0#school-meals/meal/x",
        "津",
        "x.json",
    ] {
        assert_eq!(found(text), "nothing", "{text}");
    }
}

#[test]
fn the_nearest_come_first() {
    for (text, address) in [
        ("天律市", "tianjin"),
        ("cn/basic@2022年版", "cn/basic@1.0.0"),
        ("cn/scool-meals", "cn/basic@1.1.0#school-meals"),
        ("最底生活保障", "cn/basic@1.1.0#allowance"),
        ("膳食捕助", "cn/basic@1.1.0#school-meals"),
        ("财社〔2022〕48号", "cn/2022/meals"),
        ("cn/basic@1.1.0#school-meals/meel", "cn/basic@1.1.0#school-meals/meal"),
    ] {
        let Err(Missing::Nothing(near)) = look_up(&registry(), text) else { panic!("{text}") };
        assert_eq!(near.first().map(|one| one.address.as_str()), Some(address), "{text}: {near:?}");
    }
    let nothing = look_up(&registry(), "qqqq").map(|target| target.address());
    assert_eq!(nothing, Err(Missing::Nothing(Vec::new())));
}

#[test]
fn every_full_address_leads_back_to_what_it_names() {
    let registry = registry();
    for entry in registry.editions.values() {
        for item in &entry.value.items {
            let lines = item.provisions.iter().map(|line| Target::Provision(entry, item, line));
            for target in lines.chain([Target::Edition(entry), Target::Item(entry, item)]) {
                let back = look_up(&registry, &target.address()).map(|target| target.address());
                assert_eq!(back, Ok(target.address()));
            }
        }
    }
    for target in names::documents(&registry).flat_map(|work| names::parts(&work)) {
        assert_eq!(
            look_up(&registry, &target.address()).map(|t| t.address()),
            Ok(target.address())
        );
    }
    for target in names::documents(&registry) {
        assert_eq!(
            look_up(&registry, target.document()).map(|t| t.address()),
            Ok(target.address())
        );
    }
}
