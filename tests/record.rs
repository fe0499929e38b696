use std::collections::BTreeMap;

use jialiang_model::kind::jurisdiction::Level;
use jialiang_model::kind::{Edition, Kind};
use jialiang_model::provision::Form;
use jialiang_model::source::Source as Origin;
use jialiang_store::source::Folder;
use jialiang_store::{Loaded, Source, load};

use crate::sample;

fn standards() -> Loaded {
    let folder = Folder::holding(&sample::root().join("standards")).unwrap();
    load(&Source::Folder(folder)).unwrap()
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Every place but the nation: its code, its name, its id, the place above it.
const PLACES: [(&str, &str, &str, &str); 47] = [
    ("110000", "北京市", "beijing", "cn"),
    ("120000", "天津市", "tianjin", "cn"),
    ("130000", "河北省", "hebei", "cn"),
    ("130100", "石家庄市", "shijiazhuang", "hebei"),
    ("130110", "鹿泉区", "luquan", "shijiazhuang"),
    ("140000", "山西省", "shanxi", "cn"),
    ("150000", "内蒙古自治区", "neimenggu", "cn"),
    ("150800", "巴彦淖尔市", "bayannur", "neimenggu"),
    ("210000", "辽宁省", "liaoning", "cn"),
    ("210200", "大连市", "dalian", "liaoning"),
    ("220000", "吉林省", "jilin", "cn"),
    ("230000", "黑龙江省", "heilongjiang", "cn"),
    ("310000", "上海市", "shanghai", "cn"),
    ("320000", "江苏省", "jiangsu", "cn"),
    ("330000", "浙江省", "zhejiang", "cn"),
    ("330100", "杭州市", "hangzhou", "zhejiang"),
    ("330200", "宁波市", "ningbo", "zhejiang"),
    ("330900", "舟山市", "zhoushan", "zhejiang"),
    ("340000", "安徽省", "anhui", "cn"),
    ("350000", "福建省", "fujian", "cn"),
    ("350200", "厦门市", "xiamen", "fujian"),
    ("360000", "江西省", "jiangxi", "cn"),
    ("370000", "山东省", "shandong", "cn"),
    ("370200", "青岛市", "qingdao", "shandong"),
    ("371500", "聊城市", "liaocheng", "shandong"),
    ("371502", "东昌府区", "dongchangfu", "liaocheng"),
    ("410000", "河南省", "henan", "cn"),
    ("410200", "开封市", "kaifeng", "henan"),
    ("420000", "湖北省", "hubei", "cn"),
    ("430000", "湖南省", "hunan", "cn"),
    ("440000", "广东省", "guangdong", "cn"),
    ("440300", "深圳市", "shenzhen", "guangdong"),
    ("450000", "广西壮族自治区", "guangxi", "cn"),
    ("460000", "海南省", "hainan", "cn"),
    ("500000", "重庆市", "chongqing", "cn"),
    ("500154", "开州区", "kaizhou", "chongqing"),
    ("500242", "酉阳土家族苗族自治县", "youyang", "chongqing"),
    ("510000", "四川省", "sichuan", "cn"),
    ("510100", "成都市", "chengdu", "sichuan"),
    ("520000", "贵州省", "guizhou", "cn"),
    ("530000", "云南省", "yunnan", "cn"),
    ("540000", "西藏自治区", "xizang", "cn"),
    ("610000", "陕西省", "shaanxi", "cn"),
    ("620000", "甘肃省", "gansu", "cn"),
    ("630000", "青海省", "qinghai", "cn"),
    ("640000", "宁夏回族自治区", "ningxia", "cn"),
    ("650000", "新疆维吾尔自治区", "xinjiang", "cn"),
];

#[test]
fn the_places_are_those_that_the_sources_name() {
    let loaded = standards();
    let mut held: Vec<[String; 4]> = Vec::new();
    for (id, entry) in &loaded.registry.jurisdictions {
        let place = &entry.value;
        if place.level == Level::Nation {
            assert_eq!((id.as_str(), &place.code, &place.parent), ("cn", &None, &None));
            continue;
        }
        let (code, parent) = (text(place.code.as_ref()), text(place.parent.as_ref()));
        held.push([code, place.name.zh.to_string(), id.to_string(), parent]);
    }
    held.sort();
    let wanted: Vec<[String; 4]> =
        PLACES.iter().map(|(a, b, c, d)| [a, b, c, d].map(|s| (*s).to_owned())).collect();
    assert_eq!(held, wanted);
}

/// A code begins with that of the place above, and is as long as its level: two figures for
/// a province, four for a prefecture, six for a county.
#[test]
fn a_code_lies_within_that_of_the_place_above() {
    let loaded = standards();
    let places = &loaded.registry.jurisdictions;
    let own = |code: &str, level: Level| match level {
        Level::Nation => String::new(),
        Level::Province => code[..2].to_owned(),
        Level::Prefecture => code[..4].to_owned(),
        Level::County => code.to_owned(),
    };
    for (id, entry) in places {
        let place = &entry.value;
        let code = text(place.code.as_ref());
        let stem = own(&code, place.level);
        assert!(code.trim_start_matches(&stem).chars().all(|c| c == '0'), "{id} {code}");
        assert!(!stem.ends_with("00"), "{id} {code} is of a level above");
        if let Some(parent) = &place.parent {
            let above = &places[parent].value;
            let prefix = own(&text(above.code.as_ref()), above.level);
            assert!(stem.starts_with(&prefix) && stem != prefix, "{id} {code} in {parent}");
            assert!(above.level < place.level, "{id} in {parent}");
        }
    }
}

/// Every instrument whose number a source prints: the number, when it was issued, when it
/// was published, from when it holds.
const NUMBERED: [(&str, &str, &str, &str, &str); 21] = [
    ("beijing/2023/minimum-allowance", "京民社救发〔2023〕240号", "2023", "", ""),
    ("cn/2011/family-planning-adjustment", "财教〔2011〕622号", "2011", "", ""),
    ("cn/2011/family-planning-aid", "财教〔2011〕623号", "2011-12-14", "", "2012-01-01"),
    ("cn/2012/twelfth-five-year-plan", "国发〔2012〕29号", "", "2012-07", ""),
    ("cn/2015/basic-pension", "人社部发〔2015〕5号", "2015", "", "2014-07-01"),
    ("cn/2018/basic-pension-adjustment", "人社部发〔2018〕21号", "2018", "2018-03", ""),
    ("cn/2018/cost-sharing", "国办发〔2018〕6号", "2018-01-27", "2018-02-08", "2019-01-01"),
    ("cn/2018/health-cost-sharing", "国办发〔2018〕67号", "2018-07-19", "2018-08-13", "2019-01-01"),
    ("cn/2019/education-cost-sharing", "国办发〔2019〕27号", "", "2019-06-03", "2019-01-01"),
    ("cn/2021/basic-public-services", "发改社会〔2021〕443号", "", "2021-04-20", ""),
    ("cn/2021/price-subsidy-mechanism", "发改价格〔2021〕1553号", "2021", "", ""),
    ("cn/2022/basic-pension", "人社部发〔2022〕36号", "2022", "", "2022-07-01"),
    (
        "cn/2022/family-planning-special-aid",
        "财社〔2022〕49号",
        "2022-04-20",
        "2022-05-10",
        "2022-07-01",
    ),
    ("cn/2023/basic-pension", "人社部发〔2023〕42号", "2023", "", "2023-07-01"),
    ("cn/2024/student-grants", "财教〔2024〕181号", "", "2024-10-29", ""),
    ("cn/2025/free-preschool-education", "国办发〔2025〕27号", "2025", "", "2025-autumn"),
    ("shanghai/2018/service-list", "沪发改社〔2018〕36号", "2018", "", ""),
    ("tianjin/2015/basic-pension", "津人社局发〔2015〕17号", "2015-03-09", "", ""),
    ("tianjin/2019/normative-documents", "天津市人民政府令第15号", "2019-10-26", "", "2019-12-01"),
    ("tianjin/2022/consumer-services", "津政办发〔2022〕15号", "2022-03-11", "", ""),
    (
        "tianjin/2025/social-assistance",
        "津民规〔2025〕6号",
        "2025-08-29",
        "2025-09-08",
        "2025-09-01",
    ),
];

/// How many instruments each place has on record.
const INSTRUMENTS: [(&str, usize); 13] = [
    ("beijing", 1),
    ("cn", 43),
    ("dongchangfu", 1),
    ("hainan", 2),
    ("hangzhou", 1),
    ("hebei", 3),
    ("qingdao", 1),
    ("shandong", 2),
    ("shanghai", 1),
    ("sichuan", 1),
    ("tianjin", 18),
    ("zhejiang", 1),
    ("zhoushan", 1),
];

#[test]
fn the_instruments_bear_the_numbers_and_days_of_the_sources() {
    let loaded = standards();
    let mut numbered = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (id, entry) in &loaded.registry.instruments {
        let instrument = &entry.value;
        *places.entry(id.place().to_owned()).or_default() += 1;
        if let Some(number) = &instrument.number {
            let dates = [instrument.issued, instrument.published, instrument.effective].map(text);
            numbered.push((id.to_string(), number.to_string(), dates));
        }
        // A number says its year, and so does the id.
        let year = id.as_str().split('/').nth(1).unwrap();
        let number = text(instrument.number.as_ref());
        assert!(!number.contains('〔') || number.contains(&format!("〔{year}〕")), "{id} {number}");
    }
    let wanted: Vec<_> = NUMBERED
        .iter()
        .map(|(id, number, a, b, c)| {
            ((*id).to_owned(), (*number).to_owned(), [a, b, c].map(|s| (*s).to_owned()))
        })
        .collect();
    assert_eq!(numbered, wanted);
    let places: Vec<_> = places.iter().map(|(place, n)| (place.as_str(), *n)).collect();
    assert_eq!(places, INSTRUMENTS);
}

/// The only two instruments of which a source says how long they hold.
#[test]
fn own_validity_is_that_of_the_sources() {
    let loaded = standards();
    let ends: Vec<_> = loaded
        .registry
        .instruments
        .iter()
        .filter_map(|(id, entry)| Some((id.as_str(), entry.value.until?.to_string())))
        .collect();
    let wanted =
        [("cn/2022/price-subsidy-trigger", "2023-04-01"), ("sichuan/2024/basic-pension", "2029")];
    assert_eq!(ends, wanted.map(|(id, end)| (id, end.to_owned())));
}

/// The local editions: the label, the areas, categories and items that the source counts,
/// the edition on which it is written.
const EDITIONS: [(&str, &str, [&str; 3], &str); 16] = [
    (
        "beijing/basic-public-services@1.0.0",
        "2023年版",
        ["9", "22", "89"],
        "cn/basic-public-services@1.1.0",
    ),
    (
        "hainan/basic-public-services@1.0.0",
        "2021年版",
        ["9", "22", "81"],
        "cn/basic-public-services@1.0.0",
    ),
    (
        "hainan/basic-public-services@1.1.0",
        "2023年版",
        ["9", "22", "82"],
        "cn/basic-public-services@1.1.0",
    ),
    (
        "hangzhou/basic-public-services@1.0.0",
        "",
        ["", "", ""],
        "zhejiang/basic-public-services@1.0.0",
    ),
    (
        "qingdao/basic-public-services@1.0.0",
        "2022年版",
        ["10", "23", "95"],
        "shandong/basic-public-services@1.0.0",
    ),
    (
        "shandong/basic-public-services@1.0.0",
        "2021年版",
        ["", "", "88"],
        "cn/basic-public-services@1.0.0",
    ),
    (
        "shandong/basic-public-services@1.1.0",
        "2023年版",
        ["10", "23", "90"],
        "cn/basic-public-services@1.1.0",
    ),
    ("shanghai/basic-public-services@1.0.0", "", ["", "", "96"], ""),
    ("shanghai/basic-public-services@1.1.0", "", ["", "", "96"], ""),
    (
        "shanghai/basic-public-services@2.0.0",
        "2021年版",
        ["", "", "95"],
        "cn/basic-public-services@1.0.0",
    ),
    (
        "tianjin/basic-public-services@1.0.0",
        "2021年版",
        ["", "", ""],
        "cn/basic-public-services@1.0.0",
    ),
    (
        "xinjiang/basic-public-services@1.0.0",
        "2023年版",
        ["", "", ""],
        "cn/basic-public-services@1.1.0",
    ),
    (
        "zhejiang/basic-public-services@1.0.0",
        "2021版",
        ["11", "", "95"],
        "cn/basic-public-services@1.0.0",
    ),
    (
        "zhejiang/basic-public-services@1.1.0",
        "2023年版",
        ["", "", "101"],
        "cn/basic-public-services@1.1.0",
    ),
    (
        "zhoushan/basic-public-services@1.0.0",
        "2021年版",
        ["11", "25", "98"],
        "zhejiang/basic-public-services@1.0.0",
    ),
    (
        "zhoushan/basic-public-services@1.1.0",
        "2023年版",
        ["", "", ""],
        "zhejiang/basic-public-services@1.1.0",
    ),
];

#[test]
fn the_local_editions_declare_what_their_sources_count() {
    let loaded = standards();
    let mut held = Vec::new();
    for (id, entry) in &loaded.registry.editions {
        let edition = &entry.value;
        if edition.standard.place() == "cn" {
            continue;
        }
        let counts =
            edition.counts.as_ref().map_or([None; 3], |c| [c.areas, c.categories, c.items]);
        let counts = counts.map(|count| text(count.map(|c| c.get())));
        let base = text(edition.difference_from.as_ref());
        held.push((id.to_string(), text(edition.label.as_ref()), counts, base));
    }
    let wanted: Vec<_> = EDITIONS
        .iter()
        .map(|(id, label, counts, base)| {
            let counts = counts.map(str::to_owned);
            ((*id).to_owned(), (*label).to_owned(), counts, (*base).to_owned())
        })
        .collect();
    assert_eq!(held, wanted);
}

/// Every number that a local edition is on record with.
const NUMBERS: [(&str, &str, &str, &str); 3] = [
    ("xinjiang/basic-public-services@1.0.0", "secondary-vocational-grant", "average-grant", "2000"),
    (
        "zhoushan/basic-public-services@1.0.0",
        "compulsory-tuition-waiver",
        "per-pupil-primary",
        "1100",
    ),
    (
        "zhoushan/basic-public-services@1.0.0",
        "compulsory-tuition-waiver",
        "per-pupil-junior",
        "1300",
    ),
];

#[test]
fn the_local_numbers_are_those_of_the_sources() {
    let loaded = standards();
    let mut held = Vec::new();
    for (id, entry) in &loaded.registry.editions {
        if entry.value.standard.place() == "cn" {
            continue;
        }
        for item in &entry.value.items {
            for line in &item.provisions {
                let number = match &line.form {
                    Form::Amount(_, number, _) => number,
                    Form::Average(average, _) => &average.number,
                    _ => continue,
                };
                held.push([
                    id.to_string(),
                    item.id.to_string(),
                    line.id.to_string(),
                    number.to_string(),
                ]);
            }
        }
    }
    let wanted: Vec<_> =
        NUMBERS.iter().map(|(a, b, c, d)| [a, b, c, d].map(|s| (*s).to_owned())).collect();
    assert_eq!(held, wanted);
}

/// The table, the indicator, its unit, and the numbers with the time of which they speak.
type Observed = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What is a statistic and no standard: the indicator, the unit, the numbers with the time of
/// which they speak.
const OBSERVED: [Observed; 4] = [
    ("cn/child-welfare", "orphans-in-institutions", "CNY/person/month", &[("2021", "1611.3")]),
    ("cn/child-welfare", "orphans-in-families", "CNY/person/month", &[("2021", "1184.3")]),
    (
        "hebei/social-assistance",
        "urban-minimum-living-allowance",
        "CNY/person/month",
        &[("2015-12", "441"), ("2020-09", "705")],
    ),
    (
        "hebei/social-assistance",
        "rural-minimum-living-allowance",
        "CNY/person/year",
        &[("2015-12", "2671"), ("2020-09", "5452")],
    ),
];

#[test]
fn the_statistics_are_those_of_the_sources() {
    let loaded = standards();
    let mut held = Vec::new();
    for (id, entry) in &loaded.registry.indicators {
        for indicator in &entry.value.indicators {
            let observed: Vec<(String, String)> = indicator
                .observations
                .iter()
                .map(|seen| (seen.of.to_string(), seen.value.to_string()))
                .collect();
            if !observed.is_empty() {
                let (name, unit) = (indicator.id.to_string(), indicator.unit.to_string());
                held.push((id.to_string(), name, unit, observed));
            }
        }
    }
    let owned = |(of, value): &(&str, &str)| ((*of).to_owned(), (*value).to_owned());
    let wanted: Vec<_> = OBSERVED
        .iter()
        .map(|(id, name, unit, observed)| {
            let observed: Vec<_> = observed.iter().map(owned).collect();
            ((*id).to_owned(), (*name).to_owned(), (*unit).to_owned(), observed)
        })
        .collect();
    assert_eq!(held, wanted);
}

/// Whoever says that a figure was compared with its source says with which page or which
/// instrument.
#[test]
fn no_figure_is_verified_without_a_page_or_an_instrument() {
    let loaded = standards();
    let unfounded = |source: Option<&Origin>| {
        source.is_some_and(|s| s.verified && s.url.is_none() && s.instrument.is_none())
    };
    let figures = |edition: &Edition| {
        let counted = edition.counts.is_some().then_some(edition.source.as_ref()).flatten();
        let declared = edition.declared.as_ref().and_then(|declared| declared.source.clone());
        let mut sources: Vec<Option<Origin>> = vec![counted.cloned(), declared];
        for item in &edition.items {
            for line in &item.provisions {
                let source = line.source.as_deref().or(item.source.as_deref());
                sources.push(source.or(edition.source.as_ref()).cloned());
            }
        }
        sources
    };
    for (id, entry) in &loaded.registry.editions {
        for source in figures(&entry.value) {
            assert!(!unfounded(source.as_ref()), "{id} {source:?}");
        }
    }
    for (id, entry) in &loaded.registry.instruments {
        assert!(!unfounded(entry.value.source.as_ref()), "{id}");
    }
    for (id, entry) in &loaded.registry.indicators {
        for indicator in &entry.value.indicators {
            for seen in &indicator.observations {
                let source = seen.source.as_ref().or(indicator.source.as_ref());
                assert!(!unfounded(source.or(entry.value.source.as_ref())), "{id}");
            }
        }
    }
}

/// What the page says of adding a province is enough: its samples, laid over the registry as
/// they stand there, are right and in the one layout.
#[test]
fn a_province_is_added_as_the_page_says() {
    let root = sample::root().join("standards");
    for page in ["README.md", "README.zh.md"] {
        let mut files = sample::folder(&root);
        files.retain(|path, _| path.ends_with(".json") && !path.starts_with("guizhou/"));
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        let mut samples = 0;
        for block in text.split("```json ").skip(1) {
            let (path, rest) = block.split_once('\n').unwrap();
            let lines =
                rest.split("   ```").next().unwrap().lines().map(|line| line.strip_prefix("   "));
            let document: String = lines.map_while(|line| Some(format!("{}\n", line?))).collect();
            let read = Kind::at(path).unwrap().read(&document).unwrap();
            assert_eq!(jialiang_model::canonical::write(&read), document, "{page} {path}");
            // Left as they stand, they are told; here somebody has filled them in.
            let filled = document.replace(['【', '】'], "");
            files.insert(path.to_owned(), filled.into_bytes());
            samples += 1;
        }
        assert_eq!(samples, 4, "{page}");
        let (loaded, report) = sample::check(files);
        let wrong = |line: &String| line.starts_with("guizhou/") && !line.ends_with(" unverified");
        let wrong: Vec<_> = sample::lines(&loaded, &report).into_iter().filter(wrong).collect();
        assert_eq!(wrong, [""; 0], "{page}");
        let edition = "guizhou/basic-public-services@1.0.0";
        assert!(loaded.registry.editions.keys().any(|id| id.to_string() == edition), "{page}");
    }
}
