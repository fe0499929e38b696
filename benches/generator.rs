//! A registry as large as a nation's, made up from phrase banks, the same on every run.
//!
//! The services are named as in the field, so that texts have realistic lengths; every
//! place, number and document is invented, and the registry's card says so. Each file is
//! read by the model and written in its canonical layout before it is handed out, so a
//! generated registry is valid by construction.
#![allow(dead_code, unreachable_pub, reason = "each benchmark and test uses a part of it")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jialiang_model::kind::Kind;
use jialiang_model::{FORMAT, canonical, read};
use serde_json::{Value, json};

#[path = "generator/events.rs"]
pub mod events;

/// The name of every standard.
const STANDARD: &str = "basic-public-services";
/// The version of every edition.
const VERSION: &str = "1.0.0";
/// The place whose standard all others implement.
const NATION: &str = "cn";
/// One county in so many publishes a difference; the others a whole text.
const DIFFERENCE_EVERY: usize = 3;
/// One item in so many has values of the place's own.
const RAISED_EVERY: usize = 5;
/// The documents that each place has.
const DOCUMENTS_PER_PLACE: usize = 4;

/// How many places of each level a registry has, below one nation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Provinces.
    pub provinces: usize,
    /// Prefectures, dealt out to the provinces in turn.
    pub prefectures: usize,
    /// Counties, dealt out to the prefectures in turn.
    pub counties: usize,
}

impl Size {
    /// As many places as China has.
    pub const NATION: Self = Self { provinces: 31, prefectures: 333, counties: 2844 };
    /// A registry for self-checks, with whole texts and a difference.
    pub const SMALL: Self = Self { provinces: 2, prefectures: 3, counties: 5 };

    /// The size in the nation's proportions whose registry has `n` documents, or as few
    /// more as it takes to come to whole places; at least 17.
    pub fn documents(n: usize) -> Self {
        let places = n.saturating_sub(1).div_ceil(DOCUMENTS_PER_PLACE);
        let below = places.saturating_sub(1).max(3);
        let whole = Self::NATION.places() - 1;
        let provinces = (below * Self::NATION.provinces / whole).max(1);
        let prefectures = (below * Self::NATION.prefectures / whole).max(1);
        Self { provinces, prefectures, counties: below - provinces - prefectures }
    }

    /// How many places it has, the nation among them.
    pub const fn places(self) -> usize {
        1 + self.provinces + self.prefectures + self.counties
    }

    /// How many documents it has, the registry's card among them.
    pub const fn document_count(self) -> usize {
        1 + DOCUMENTS_PER_PLACE * self.places()
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Files.
    pub files: usize,
    /// Bytes in them.
    pub bytes: u64,
}

/// Writes a registry into a folder, which is made if it is not there.
pub fn write_to(dir: &Path, size: Size) -> Summary {
    let mut summary = Summary { files: 0, bytes: 0 };
    let mut made = BTreeSet::new();
    generate(size, &mut |path, text| {
        let file = dir.join(path);
        let folder = file.parent().expect("a file stands in a folder");
        if !made.contains(folder) {
            fs::create_dir_all(folder).expect("the folder can be made");
            made.insert(folder.to_owned());
        }
        fs::write(&file, &text).expect("the file can be written");
        summary.files += 1;
        summary.bytes += text.len() as u64;
    });
    summary
}

/// Hands out every document of a registry: its path and its text.
pub fn generate(size: Size, emit: &mut dyn FnMut(&str, String)) {
    let mut settle = |path: &str, value: &Value| emit(path, canonical_text(path, value));
    settle("registry.json", &card());
    let items = items();
    let none_raised = vec![0; items.len()];
    // Each place raises what the one above it has: none stands below a place above.
    let mut raised_by: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for place in places(size) {
        let above = place.parent.as_ref().and_then(|parent| raised_by.get(parent));
        let raised = place.raised(above.unwrap_or(&none_raised));
        raised_by.insert(place.id.clone(), raised.clone());
        let id = &place.id;
        settle(&format!("{id}/jurisdiction.json"), &place.jurisdiction());
        settle(&format!("{id}/2024/{STANDARD}.instrument.json"), &place.instrument());
        settle(&format!("{id}/{STANDARD}.standard.json"), &place.standard(&items));
        settle(
            &format!("{id}/{STANDARD}@{VERSION}.edition.json"),
            &place.edition(&items, &raised, &none_raised),
        );
    }
}

/// The text of a document in its canonical layout.
///
/// Panics where the model does not read it, or would not look for it at this path.
pub fn canonical_text(path: &str, value: &Value) -> String {
    let kind = Kind::at(path).unwrap_or_else(|| panic!("no document stands at {path}"));
    let document = kind.read(&value.to_string()).unwrap_or_else(|e| panic!("{path}: {e}"));
    assert_eq!(document.identity().path(), path, "the document stands where it says");
    assert_eq!(document.schema().kind(), Some(kind), "{path} refers to its kind's schema");
    let text = canonical::write(&document);
    assert!(read::scan(text.as_bytes()).is_some(), "{path} holds nothing hidden");
    text
}

/// A small generator of numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    /// A generator of its own for everything that has a name and a number.
    fn new(name: &str, number: usize) -> Self {
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed.wrapping_add(number as u64))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("a number below a usize is one")
    }

    /// One of a list.
    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// A level of government, by its word in documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Nation,
    Province,
    Prefecture,
    County,
}

impl Level {
    const fn word(self) -> &'static str {
        match self {
            Self::Nation => "nation",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
        }
    }

    /// The month of 2024 in which the level issues its instrument; it takes effect on the
    /// first day of the next one.
    const fn month(self) -> usize {
        match self {
            Self::Nation => 1,
            Self::Province => 3,
            Self::Prefecture => 4,
            Self::County => 5,
        }
    }
}

/// One place of the registry.
struct Place {
    level: Level,
    id: String,
    name: String,
    code: Option<String>,
    parent: Option<String>,
    /// Its number within its level, from 0.
    number: usize,
}

/// The first two digits of the codes of provinces.
const PROVINCE_CODES: &[usize] = &[
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65,
];

/// Every place, parents before children.
fn places(size: Size) -> impl Iterator<Item = Place> {
    let Size { provinces, prefectures, counties } = size;
    assert!(provinces > 0 || prefectures == 0, "prefectures have provinces above them");
    assert!(prefectures > 0 || counties == 0, "counties have prefectures above them");
    assert!(provinces <= PROVINCE_CODES.len(), "provinces have codes");
    assert!(prefectures.div_ceil(provinces.max(1)) < 100, "prefectures have codes");
    assert!(counties.div_ceil(prefectures.max(1)) < 100, "counties have codes");
    let prefecture_code = move |i: usize| (PROVINCE_CODES[i % provinces], i / provinces + 1);
    let nation = Place {
        level: Level::Nation,
        id: NATION.to_owned(),
        name: "合成国".to_owned(),
        code: None,
        parent: None,
        number: 0,
    };
    let provinces_of = (0..provinces).map(|i| Place {
        level: Level::Province,
        id: format!("province-{:02}", i + 1),
        name: format!("合成省{:02}", i + 1),
        code: Some(format!("{:02}0000", PROVINCE_CODES[i])),
        parent: Some(NATION.to_owned()),
        number: i,
    });
    let prefectures_of = (0..prefectures).map(move |i| {
        let (first, second) = prefecture_code(i);
        Place {
            level: Level::Prefecture,
            id: format!("prefecture-{:03}", i + 1),
            name: format!("合成市{:03}", i + 1),
            code: Some(format!("{first:02}{second:02}00")),
            parent: Some(format!("province-{:02}", i % provinces + 1)),
            number: i,
        }
    });
    let counties_of = (0..counties).map(move |i| {
        let (first, second) = prefecture_code(i % prefectures);
        Place {
            level: Level::County,
            id: format!("county-{:04}", i + 1),
            name: format!("合成县{:04}", i + 1),
            code: Some(format!("{first:02}{second:02}{:02}", i / prefectures + 1)),
            parent: Some(format!("prefecture-{:03}", i % prefectures + 1)),
            number: i,
        }
    });
    std::iter::once(nation).chain(provinces_of).chain(prefectures_of).chain(counties_of)
}

/// The registry's card, which says that the registry is made up.
fn card() -> Value {
    json!({
        "$schema": "schemas/registry.json",
        "format": FORMAT,
        "name": {
            "zh": "合成登记库（基准测试用，非真实数据）",
            "en": "Synthetic registry (for benchmarks; not real data)",
        },
        "note": "本登记库由程序生成，其中的行政区划、文件和数值均为虚构，不得引用。",
    })
}

impl Place {
    fn instrument_id(&self) -> String {
        format!("{}/2024/{STANDARD}", self.id)
    }

    fn source(&self) -> Value {
        json!({ "instrument": self.instrument_id(), "verified": true })
    }

    /// By how many steps each item stands above the national standard, where the place above
    /// raises it by so many.
    fn raised(&self, above: &[u32]) -> Vec<u32> {
        let mut raised = above.to_vec();
        if self.level == Level::Nation {
            return raised;
        }
        let mut dice = Dice::new(&self.id, 0);
        let mut order: Vec<usize> = (0..raised.len()).collect();
        for at in 0..raised.len() / RAISED_EVERY {
            let other = at + dice.below(order.len() - at);
            order.swap(at, other);
            raised[order[at]] += 1 + u32::from(dice.below(3) == 0);
        }
        raised
    }

    fn is_difference(&self) -> bool {
        self.level == Level::County && self.number % DIFFERENCE_EVERY == DIFFERENCE_EVERY - 1
    }

    fn jurisdiction(&self) -> Value {
        let agencies = if self.level == Level::Nation { AGENCIES } else { LOCAL_AGENCIES };
        let agencies: Vec<Value> =
            agencies.iter().map(|(id, zh)| json!({ "id": id, "name": { "zh": zh } })).collect();
        let mut document = json!({
            "$schema": "../schemas/jurisdiction.json",
            "id": self.id,
            "name": { "zh": self.name },
            "level": self.level.word(),
            "agencies": agencies,
            "source": { "at": "合成行政区划，由程序生成", "verified": true },
        });
        set(&mut document, "code", self.code.as_deref());
        set(&mut document, "parent", self.parent.as_deref());
        document
    }

    fn instrument(&self) -> Value {
        let month = self.level.month();
        let day = 1 + self.number % 28;
        let issuers =
            if self.level == Level::Nation { ["ndrc", "mof"] } else { ["drc", "finance"] };
        json!({
            "$schema": "../../schemas/instrument.json",
            "id": self.instrument_id(),
            "title": { "zh": format!("关于印发《{}基本公共服务标准（2024年版）》的通知", self.name) },
            "number": format!("合成发改社会〔2024〕{}号", self.number + 1),
            "issuers": issuers.map(|agency| format!("{}/{agency}", self.id)),
            "issued": format!("2024-{month:02}-{day:02}"),
            "effective": format!("2024-{:02}-01", month + 1),
            "source": { "at": "合成文件，由程序生成", "verified": true },
        })
    }

    fn standard(&self, items: &[Item]) -> Value {
        let mut document = json!({
            "$schema": "../schemas/standard.json",
            "id": format!("{}/{STANDARD}", self.id),
            "name": { "zh": format!("{}基本公共服务标准", self.name) },
            "source": self.source(),
        });
        if self.level == Level::Nation {
            document["areas"] = taxonomy(items);
        } else {
            document["implements"] =
                json!({ "standard": format!("{NATION}/{STANDARD}"), "versions": "^1" });
        }
        document
    }

    /// The edition's text: all items, or for a difference those raised otherwise than above.
    fn edition(&self, items: &[Item], raised: &[u32], above: &[u32]) -> Value {
        let difference = self.is_difference();
        let steps = raised.iter().zip(above);
        let listed: Vec<Value> = items
            .iter()
            .zip(steps)
            .filter(|(_, (own, above))| !difference || own != above)
            .map(|(item, (own, _))| item.text(*own, self.source()))
            .collect();
        let mut document = json!({
            "$schema": "../schemas/edition.json",
            "standard": format!("{}/{STANDARD}", self.id),
            "version": VERSION,
            "label": "2024年版",
            "name": { "zh": format!("{}基本公共服务标准（2024年版）", self.name) },
            "instrument": self.instrument_id(),
            "effective": format!("2024-{:02}-01", self.level.month() + 1),
            "transcribed": "full",
            "source": self.source(),
            "items": listed,
        });
        if difference {
            document["difference-from"] = format!("{NATION}/{STANDARD}@{VERSION}").into();
        } else {
            document["counts"] = json!({
                "areas": AREAS.len().to_string(),
                "categories": AREAS.iter().map(|area| area.categories.len()).sum::<usize>().to_string(),
                "items": items.len().to_string(),
            });
        }
        document
    }
}

/// Sets a key where there is something to say.
fn set(document: &mut Value, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        document[key] = value.into();
    }
}

/// The nation's areas and categories, with every item registered.
fn taxonomy(items: &[Item]) -> Value {
    let category = |category: &Category| {
        let listed: Vec<Value> = items
            .iter()
            .filter(|item| item.category.id == category.id)
            .map(|item| json!({ "id": item.id }))
            .collect();
        json!({ "id": category.id, "name": { "zh": category.name }, "items": listed })
    };
    let area = |area: &Area| {
        json!({
            "id": area.id,
            "name": { "zh": area.name },
            "categories": area.categories.iter().map(category).collect::<Vec<_>>(),
        })
    };
    AREAS.iter().map(area).collect()
}

/// One item, as the nation's edition and those that implement it have it.
struct Item {
    id: &'static str,
    category: &'static Category,
    /// Everything but its provisions and its source.
    frame: Value,
    /// Its provisions, as far as raising does not change them.
    lines: Vec<Line>,
}

impl Item {
    /// The item's text where its values are raised by some steps.
    fn text(&self, steps: u32, source: Value) -> Value {
        let mut text = self.frame.clone();
        text["provisions"] = self.lines.iter().map(|line| line.text(steps)).collect();
        text["source"] = source;
        text
    }
}

/// A provision, and the number in it that a place can better.
struct Line {
    text: Value,
    /// The key of the number, the number, and by how much a step changes it.
    moves: Option<(&'static str, i64, i64)>,
}

impl Line {
    fn fixed(text: Value) -> Self {
        Self { text, moves: None }
    }

    fn moving(mut text: Value, key: &'static str, number: i64, step: i64) -> Self {
        text[key] = number.to_string().into();
        Self { text, moves: Some((key, number, step)) }
    }

    fn text(&self, steps: u32) -> Value {
        let mut text = self.text.clone();
        if let Some((key, number, step)) = self.moves {
            text[key] = (number + step * i64::from(steps)).to_string().into();
        }
        text
    }
}

/// The nation's items, in the order of the taxonomy.
fn items() -> Vec<Item> {
    let mut items = Vec::new();
    for area in AREAS {
        for category in area.categories {
            for (id, name) in category.items {
                let mut dice = Dice::new(id, items.len());
                items.push(Item {
                    id,
                    category,
                    frame: frame(&mut dice, area, category, id, name),
                    lines: lines(&mut dice, category, id, items.len()),
                });
            }
        }
    }
    items
}

fn frame(dice: &mut Dice, area: &Area, category: &Category, id: &str, name: &str) -> Value {
    let (people, groups) = dice.pick(category.people);
    let groups: Value = serde_json::from_str(groups).expect("groups are JSON");
    let (responsibility, payers) = dice.pick(RESPONSIBILITIES);
    let first = dice.below(category.leads.len());
    let second = (first + 1 + dice.below(category.leads.len() - 1)) % category.leads.len();
    let leads = [first, second].map(|at| format!("{NATION}/{}", category.leads[at]));
    json!({
        "id": id,
        "name": { "zh": name },
        "category": category.id,
        "recipients": { "zh": people, "groups": groups },
        "content": { "zh": content(dice, area, people, name) },
        "responsibility": { "zh": responsibility, "payers": payers },
        "lead-agencies": leads,
    })
}

/// What is provided, in 30 to 120 characters.
fn content(dice: &mut Dice, area: &Area, people: &str, name: &str) -> String {
    let mut text = match dice.below(3) {
        0 => format!("为{people}提供{name}"),
        1 => format!("按照国家有关规定，面向{people}组织实施{name}"),
        _ => format!("对符合条件的{people}，按规定提供{name}"),
    };
    let length = |text: &str| text.chars().count();
    let target = 30 + dice.below(80);
    let mut clauses: Vec<&str> = area.clauses.iter().chain(CLAUSES).copied().collect();
    while length(&text) < target && !clauses.is_empty() {
        // The area's own words come first more often than not.
        let at = dice.below(clauses.len()).min(dice.below(clauses.len()));
        let clause = clauses.remove(at);
        if length(&text) + length(clause) + 2 <= 120 {
            text.push_str(if dice.below(3) == 0 { "；" } else { "，" });
            text.push_str(clause);
        }
    }
    text.push('。');
    text
}

/// Three provisions; the number of the item goes round the forms, so all of them occur.
fn lines(dice: &mut Dice, category: &Category, item: &str, number: usize) -> Vec<Line> {
    let Category { subject, period, split, .. } = category;
    let money = format!("CNY/{subject}/{period}");
    let visits = format!("time/{subject}/year");
    let base = dice.pick(AMOUNTS);
    let step = (base / 100 * 5).max(5);
    let (dimension, cells) = *split;
    let amount = |at: usize| {
        let (value, word, zh) = cells[at];
        let text = json!({
            "id": format!("allowance-{word}"),
            "name": { "zh": zh },
            "measure": "allowance",
            "cell": { dimension: value },
            "unit": money,
            "better": "more",
        });
        let first = if at == 0 { base } else { base + 2 * step };
        Line::moving(text, "at-least", first, step)
    };
    let whole = || {
        let text = json!({ "id": "allowance", "unit": money, "better": "more" });
        Line::moving(text, "at-least", base, step)
    };
    let average = || {
        let text = json!({
            "id": "average",
            "name": { "zh": "平均资助标准" },
            "band": { "least": (base / 2).to_string(), "most": (base * 2).to_string() },
            "grades": { "least": "2", "most": "3" },
            "unit": money,
            "better": "more",
        });
        Line::moving(text, "average", base, step)
    };
    let daily = || {
        let days = if *subject == "pupil" { "200" } else { "365" };
        let text = json!({
            "id": "daily",
            "name": { "zh": "每日补助" },
            "unit": format!("CNY/{subject}/day"),
            "days-per-year": days,
            "better": "more",
        });
        Line::moving(text, "at-least", 4 + base % 7, 1)
    };
    let visit = |times: usize| {
        let times = i64::try_from(times).expect("visits are few");
        let text = json!({ "id": "visits", "name": { "zh": "服务次数" }, "unit": visits, "better": "more" });
        Line::moving(text, "at-least", times, 1)
    };
    let reached = |percent: usize| {
        let percent = i64::try_from(percent).expect("a share is small");
        let text = json!({ "id": "reached", "name": { "zh": "服务覆盖率" }, "unit": "percent", "better": "more" });
        Line::moving(text, "at-least", percent, 1)
    };
    let deadline = |days: usize| {
        let days = i64::try_from(days).expect("a deadline is near");
        let text = json!({ "id": "deadline", "name": { "zh": "办理时限" }, "unit": "working-day", "better": "less" });
        Line::moving(text, "at-most", days, -1)
    };
    let supplement = || {
        Line::fixed(json!({
            "id": "supplement",
            "name": { "zh": "特殊困难人员加发" },
            "cell": { "member": "special-hardship" },
            "adds": { "to": format!("{item}/allowance"), "amount": (step * 2).to_string() },
            "unit": money,
            "better": "more",
        }))
    };
    let share = || {
        let share = json!({
            "of": format!("{item}/allowance"), "percent": "30", "rounding": "up",
            "least": (base / 10).to_string(),
        });
        Line::fixed(json!({
            "id": "care-share", "name": { "zh": "照料护理部分" }, "share": share,
            "unit": money, "better": "more",
        }))
    };
    let once = || {
        let yuan = (base * 4).to_string();
        Line::fixed(json!({
            "id": "one-off", "name": { "zh": "一次性补助" }, "exactly": yuan,
            "unit": format!("CNY/{subject}"), "better": "more",
        }))
    };
    let free = || Line::fixed(json!({ "id": "charge", "free": "of-charge" }));
    let coverage = |word: &str| Line::fixed(json!({ "id": "coverage", "coverage": word }));
    let pegged = |zh: &str| {
        let agency = format!("{NATION}/{}", category.leads[0]);
        Line::fixed(json!({ "id": "set-elsewhere", "pegged": { "zh": zh, "agency": agency } }))
    };
    let words = |zh: &str| Line::fixed(json!({ "id": "quality", "words": { "zh": zh } }));
    match number % 8 {
        0 => vec![amount(0), amount(1), coverage("all-eligible")],
        1 => vec![free(), visit(1 + dice.below(6)), reached(70 + dice.below(25))],
        2 => vec![average(), visit(1 + dice.below(4)), pegged(dice.pick(PEGS))],
        3 => vec![daily(), deadline(10 + dice.below(21)), coverage("everyone")],
        4 => vec![whole(), supplement(), deadline(10 + dice.below(11))],
        5 => vec![amount(0), amount(1), words(dice.pick(QUALITIES))],
        6 => vec![whole(), share(), visit(1 + dice.below(12))],
        _ => vec![once(), amount(0), amount(1)],
    }
}

/// The upper level of the taxonomy.
struct Area {
    id: &'static str,
    name: &'static str,
    /// What the contents of its items say.
    clauses: &'static [&'static str],
    categories: &'static [Category],
}

/// A dimension, and for each cell its value, its word in ids, its name.
type Split = (&'static str, [(&'static str, &'static str, &'static str); 2]);

/// The lower level of the taxonomy, and what its items are made of.
struct Category {
    id: &'static str,
    name: &'static str,
    /// The agencies of the nation that can lead.
    leads: &'static [&'static str],
    /// For whom amounts are counted, and in what time.
    subject: &'static str,
    period: &'static str,
    /// How an amount is split.
    split: Split,
    /// Recipients: words, and groups as JSON.
    people: &'static [(&'static str, &'static str)],
    /// Items: ids and names.
    items: &'static [(&'static str, &'static str)],
}

const RESIDENCE: Split = ("residence", [("rural", "rural", "农村"), ("urban", "urban", "城市")]);
const AGED: Split = ("age", [("60-79", "60-79", "60至79周岁"), ("80+", "80-up", "80周岁及以上")]);
const YOUNG: Split = ("age", [("0-2", "0-2", "0至2周岁"), ("3-6", "3-6", "3至6周岁")]);
const STAGE: Split = ("stage", [("primary", "primary", "小学"), ("junior", "junior", "初中")]);
const BOARDING: Split = ("boarding", [("no", "day", "非寄宿生"), ("yes", "boarder", "寄宿生")]);
const CARE: Split = ("care", [("home", "home", "居家"), ("institution", "institution", "机构")]);
const TIER: Split = ("tier", [("middle", "middle", "中等偏下收入"), ("low", "low", "低收入")]);
const SEVERITY: Split = ("severity", [("other", "other", "其他"), ("severe", "severe", "重度")]);

/// The nation's agencies.
const AGENCIES: &[(&str, &str)] = &[
    ("ndrc", "合成国发展改革部门"),
    ("mof", "合成国财政部门"),
    ("moe", "合成国教育部门"),
    ("mca", "合成国民政部门"),
    ("moj", "合成国司法行政部门"),
    ("mohrss", "合成国人力资源社会保障部门"),
    ("mohurd", "合成国住房城乡建设部门"),
    ("mct", "合成国文化和旅游部门"),
    ("nhc", "合成国卫生健康部门"),
    ("nhsa", "合成国医疗保障部门"),
    ("mva", "合成国退役军人事务部门"),
    ("mem", "合成国应急管理部门"),
    ("nrta", "合成国广播电视部门"),
    ("sports", "合成国体育部门"),
    ("cdpf", "合成国残疾人联合会"),
    ("women", "合成国妇女联合会"),
];

/// The agencies of every other place.
const LOCAL_AGENCIES: &[(&str, &str)] = &[("drc", "发展改革部门"), ("finance", "财政部门")];

/// The least amounts, in yuan.
const AMOUNTS: &[i64] = &[
    50, 60, 80, 100, 110, 150, 180, 200, 240, 300, 360, 400, 500, 600, 720, 800, 940, 1000, 1200,
    1500, 2000, 2400, 3000,
];

/// Who pays: words, and payers in their order.
const RESPONSIBILITIES: &[(&str, &[&str])] = &[
    ("中央与地方财政按比例分担。", &["central", "local"]),
    ("中央财政和地方财政共同承担，其中地方财政由省级统筹安排。", &["central", "province"]),
    ("地方人民政府负责，中央财政适当补助。", &["local", "central"]),
    ("市级、县级财政按规定承担，省级财政予以补助。", &["prefecture", "county", "province"]),
    ("用人单位和个人缴费，财政按规定给予补贴。", &["employer", "individual", "local"]),
];

/// What any content can say.
const CLAUSES: &[&str] = &[
    "实行动态管理和主动发现机制",
    "所需资金纳入同级财政预算",
    "建立服务台账并按月公示服务情况",
    "对行动不便的服务对象提供上门服务",
    "服务机构应当明示服务内容、流程、时限和监督电话",
    "通过部门数据共享减少申请材料，推行一次办成",
    "优先保障农村地区、边远地区和困难群体",
    "补助资金通过社会保障卡按月足额发放",
    "定期开展服务质量评估和满意度调查",
    "符合条件的人员可在居住地就近申请办理",
];

/// The words of pegs.
const PEGS: &[&str] = &[
    "按照国务院有关部门规定的标准执行",
    "按照《合成条例》及其实施办法执行",
    "按照同级人民政府公布的年度标准执行",
];

/// Lines that are not yet quantified.
const QUALITIES: &[&str] = &[
    "服务设施符合国家建设标准，人员具备相应资质，服务过程有记录可查",
    "根据服务对象的实际需求制定个人服务计划，并按年度评估调整",
    "按规定标准配备服务人员和必要设备，保障服务安全、便利、可及",
];

const AREAS: &[Area] = &[
    Area {
        id: "childcare",
        name: "幼有所育",
        clauses: &[
            "开展孕前、孕期、产后全程健康指导",
            "建立儿童健康档案并开展生长发育监测",
            "落实监护责任，定期走访并记录照料情况",
            "提供早期发展指导和心理关爱服务",
        ],
        categories: &[
            Category {
                id: "maternal-care",
                name: "优孕优生服务",
                leads: &["nhc", "mof", "women"],
                subject: "person",
                period: "year",
                split: RESIDENCE,
                people: &[
                    ("计划怀孕的夫妇", r#"[{"member":["planning-pregnancy"]}]"#),
                    ("常住孕产妇", r#"[{"member":["pregnant","new-mother"]}]"#),
                ],
                items: &[
                    ("folic-acid-supplement", "农村妇女增补叶酸"),
                    ("pre-pregnancy-checkup", "免费孕前优生健康检查"),
                    ("maternal-health", "孕产妇健康服务"),
                    ("basic-contraception", "基本避孕服务"),
                ],
            },
            Category {
                id: "child-health",
                name: "儿童健康服务",
                leads: &["nhc", "mof", "moe"],
                subject: "child",
                period: "year",
                split: YOUNG,
                people: &[
                    ("0至6周岁儿童", r#"[{"age":["0-6"]}]"#),
                    ("常住适龄儿童", r#"[{"age":["0-6"],"registration":["resident","local"]}]"#),
                ],
                items: &[
                    ("immunisation", "预防接种"),
                    ("child-health-management", "儿童健康管理"),
                    ("newborn-screening", "新生儿疾病筛查"),
                    ("child-nutrition", "儿童营养改善"),
                ],
            },
            Category {
                id: "child-welfare",
                name: "儿童关爱服务",
                leads: &["mca", "mof", "women"],
                subject: "child",
                period: "month",
                split: CARE,
                people: &[
                    (
                        "孤儿和事实无人抚养儿童",
                        r#"[{"age":["0-17"],"member":["orphan","de-facto-orphan"]}]"#,
                    ),
                    (
                        "困境儿童和留守儿童",
                        r#"[{"age":["0-17"],"member":["hardship-child"]},{"age":["0-15"],"member":["left-behind"]}]"#,
                    ),
                ],
                items: &[
                    ("orphan-support", "特殊儿童群体基本生活保障"),
                    ("hardship-children", "困境儿童保障"),
                    ("left-behind-children", "农村留守儿童关爱保护"),
                    ("minors-relief", "流浪未成年人救助保护"),
                ],
            },
        ],
    },
    Area {
        id: "education",
        name: "学有所教",
        clauses: &[
            "免除学杂费并免费提供国家规定课程教科书",
            "对家庭经济困难学生发放生活补助",
            "学校公用经费按不低于基准定额的标准拨付",
            "保障随迁子女平等接受教育",
        ],
        categories: &[
            Category {
                id: "preschool-aid",
                name: "学前教育助学服务",
                leads: &["moe", "mof", "nhc"],
                subject: "child",
                period: "year",
                split: RESIDENCE,
                people: &[
                    ("家庭经济困难的在园幼儿", r#"[{"age":["3-6"],"member":["low-income"]}]"#),
                    ("普惠性幼儿园在园幼儿", r#"[{"age":["3-6"],"stage":["preschool"]}]"#),
                ],
                items: &[
                    ("preschool-grant", "学前教育幼儿资助"),
                    ("inclusive-preschool", "普惠性学前教育服务"),
                    ("preschool-meals", "在园幼儿膳食补助"),
                    ("special-preschool", "残疾幼儿保育教育费补助"),
                ],
            },
            Category {
                id: "compulsory-education",
                name: "义务教育服务",
                leads: &["moe", "mof", "ndrc"],
                subject: "pupil",
                period: "year",
                split: STAGE,
                people: &[
                    ("义务教育阶段学生", r#"[{"stage":["primary","junior"]}]"#),
                    (
                        "义务教育阶段家庭经济困难学生",
                        r#"[{"stage":["primary","junior"],"member":["low-income"]}]"#,
                    ),
                ],
                items: &[
                    ("tuition-waiver", "义务教育阶段免除学杂费"),
                    ("free-textbooks", "义务教育免费提供教科书"),
                    ("living-allowance", "义务教育家庭经济困难学生生活补助"),
                    ("school-meals", "农村义务教育学生营养膳食补助"),
                ],
            },
            Category {
                id: "senior-secondary-aid",
                name: "普通高中助学服务",
                leads: &["moe", "mof", "ndrc"],
                subject: "pupil",
                period: "year",
                split: BOARDING,
                people: &[
                    (
                        "普通高中家庭经济困难学生",
                        r#"[{"stage":["senior"],"member":["low-income"]}]"#,
                    ),
                    (
                        "普通高中残疾学生和低保家庭学生",
                        r#"[{"stage":["senior"],"member":["disabled","minimum-allowance"]}]"#,
                    ),
                ],
                items: &[
                    ("senior-grant", "普通高中国家助学金"),
                    ("senior-tuition-waiver", "普通高中免学杂费"),
                    ("senior-per-pupil", "普通高中生均公用经费保障"),
                    ("senior-textbooks", "普通高中困难学生教科书补助"),
                ],
            },
            Category {
                id: "vocational-aid",
                name: "中等职业教育助学服务",
                leads: &["moe", "mof", "mohrss"],
                subject: "pupil",
                period: "year",
                split: BOARDING,
                people: &[
                    ("中等职业学校在籍学生", r#"[{"stage":["vocational"]}]"#),
                    (
                        "中等职业学校涉农专业和家庭经济困难学生",
                        r#"[{"stage":["vocational"],"member":["agriculture","low-income"]}]"#,
                    ),
                ],
                items: &[
                    ("vocational-grant", "中等职业教育国家助学金"),
                    ("vocational-tuition-waiver", "中等职业教育免除学费"),
                    ("vocational-per-pupil", "中等职业学校生均拨款"),
                    ("vocational-internship", "中等职业学校学生实习补助"),
                ],
            },
        ],
    },
    Area {
        id: "employment",
        name: "劳有所得",
        clauses: &[
            "提供岗位信息、职业指导和政策咨询",
            "组织专场招聘和职业技能培训",
            "对就业困难人员实行分类帮扶和跟踪服务",
            "按规定发放职业培训和技能提升补贴",
        ],
        categories: &[
            Category {
                id: "employment-services",
                name: "就业创业服务",
                leads: &["mohrss", "mof", "moe"],
                subject: "person",
                period: "year",
                split: RESIDENCE,
                people: &[
                    ("有就业创业需求的劳动年龄人口", r#"[{"age":["16-59"]}]"#),
                    (
                        "登记失业人员和就业困难人员",
                        r#"[{"age":["16-59"],"member":["unemployed","hard-to-employ"]}]"#,
                    ),
                ],
                items: &[
                    ("job-information", "就业信息服务"),
                    ("job-matching", "职业介绍、职业指导和创业开业指导"),
                    ("employment-registration", "就业登记与失业登记"),
                    ("employment-aid", "就业援助"),
                ],
            },
            Category {
                id: "work-insurance",
                name: "工伤失业保险服务",
                leads: &["mohrss", "mof", "nhsa"],
                subject: "person",
                period: "month",
                split: SEVERITY,
                people: &[
                    ("依法参加失业保险的职工", r#"[{"member":["unemployment-insured"]}]"#),
                    ("依法参加工伤保险的职工", r#"[{"member":["injury-insured"]}]"#),
                ],
                items: &[
                    ("unemployment-insurance", "失业保险"),
                    ("injury-insurance", "工伤保险"),
                    ("skill-subsidy", "职业技能提升补贴"),
                    ("labour-mediation", "劳动人事争议调解仲裁"),
                ],
            },
        ],
    },
    Area {
        id: "health",
        name: "病有所医",
        clauses: &[
            "提供健康教育、健康咨询和随访服务",
            "对高血压、糖尿病患者开展分类干预",
            "政策范围内医疗费用按规定比例报销",
            "参保缴费由财政给予定额补助",
        ],
        categories: &[
            Category {
                id: "public-health",
                name: "公共卫生服务",
                leads: &["nhc", "mof", "mem"],
                subject: "person",
                period: "year",
                split: RESIDENCE,
                people: &[
                    ("城乡居民", r#"[{"registration":["resident","local"]}]"#),
                    (
                        "原发性高血压患者和2型糖尿病患者",
                        r#"[{"age":["35+"],"member":["hypertension","diabetes"]}]"#,
                    ),
                ],
                items: &[
                    ("health-records", "建立居民健康档案"),
                    ("health-education", "健康教育与健康素养促进"),
                    ("chronic-disease", "慢性病患者健康管理"),
                    ("infectious-disease", "传染病及突发公共卫生事件报告和处理"),
                ],
            },
            Category {
                id: "medical-insurance",
                name: "医疗保险服务",
                leads: &["nhsa", "mof", "nhc"],
                subject: "person",
                period: "year",
                split: RESIDENCE,
                people: &[
                    ("未参加职工医保的城乡居民", r#"[{"member":["resident-insured"]}]"#),
                    ("职工基本医疗保险参保人员", r#"[{"member":["employee-insured"]}]"#),
                ],
                items: &[
                    ("employee-medical-insurance", "职工基本医疗保险"),
                    ("resident-medical-insurance", "城乡居民基本医疗保险"),
                    ("maternity-insurance", "生育保险"),
                    ("serious-illness-insurance", "城乡居民大病保险"),
                ],
            },
            Category {
                id: "family-planning-support",
                name: "计划生育扶助服务",
                leads: &["nhc", "mof", "mca"],
                subject: "person",
                period: "month",
                split: AGED,
                people: &[
                    (
                        "年满60周岁的计划生育家庭夫妇",
                        r#"[{"age":["60+"],"member":["family-planning"]}]"#,
                    ),
                    (
                        "独生子女伤残死亡家庭老年夫妇",
                        r#"[{"age":["60+"],"member":["bereaved-family"]}]"#,
                    ),
                ],
                items: &[
                    ("rural-family-reward", "农村部分计划生育家庭奖励扶助"),
                    ("special-family-support", "计划生育家庭特别扶助"),
                    ("fewer-births-reward", "少生快富工程奖励"),
                    ("only-child-allowance", "独生子女父母奖励"),
                ],
            },
        ],
    },
    Area {
        id: "elderly",
        name: "老有所养",
        clauses: &[
            "每年提供一次生活方式和健康状况评估",
            "对经济困难的高龄、失能老年人发放补贴",
            "提供助餐、助洁、助医、助急等居家服务",
            "基本养老金按时足额发放并适时调整",
        ],
        categories: &[
            Category {
                id: "elderly-services",
                name: "养老助老服务",
                leads: &["mca", "nhc", "mof"],
                subject: "person",
                period: "month",
                split: AGED,
                people: &[
                    ("60周岁及以上老年人", r#"[{"age":["60+"]}]"#),
                    (
                        "经济困难的高龄、失能老年人",
                        r#"[{"age":["60+"],"member":["low-income","disabled"]}]"#,
                    ),
                ],
                items: &[
                    ("elderly-health", "老年人健康管理"),
                    ("elderly-allowance", "老年人福利补贴"),
                    ("home-care", "居家社区养老服务"),
                    ("elderly-meals", "老年助餐服务"),
                ],
            },
            Category {
                id: "pension-services",
                name: "养老保险服务",
                leads: &["mohrss", "mof", "mca"],
                subject: "person",
                period: "month",
                split: AGED,
                people: &[
                    (
                        "年满60周岁的城乡居民养老保险参保人员",
                        r#"[{"age":["60+"],"member":["resident-pension"]}]"#,
                    ),
                    ("职工基本养老保险参保人员", r#"[{"member":["employee-pension"]}]"#),
                ],
                items: &[
                    ("employee-pension", "职工基本养老保险"),
                    ("resident-pension", "城乡居民基本养老保险"),
                    ("contribution-subsidy", "城乡居民养老保险缴费补贴"),
                    ("funeral-grant", "丧葬补助金和遗属抚恤"),
                ],
            },
        ],
    },
    Area {
        id: "housing",
        name: "住有所居",
        clauses: &[
            "实行实物保障与货币补贴并举",
            "按家庭人口和收入分档确定保障标准",
            "改造后的住房应当符合安全和抗震要求",
            "轮候期间定期公示轮候顺序和房源信息",
        ],
        categories: &[
            Category {
                id: "public-rental-housing",
                name: "公租房服务",
                leads: &["mohurd", "mof", "mca"],
                subject: "household",
                period: "month",
                split: TIER,
                people: &[
                    (
                        "城镇住房和收入困难家庭",
                        r#"[{"residence":["urban"],"member":["housing-hardship"]}]"#,
                    ),
                    (
                        "新就业无房职工和稳定就业外来务工人员",
                        r#"[{"member":["new-employee","migrant-worker"]}]"#,
                    ),
                ],
                items: &[
                    ("rental-housing", "公租房实物保障"),
                    ("rental-subsidy", "公租房租赁补贴"),
                    ("affordable-rental", "保障性租赁住房服务"),
                    ("tenancy-service", "公租房小区物业补助"),
                ],
            },
            Category {
                id: "housing-renewal",
                name: "住房改造服务",
                leads: &["mohurd", "ndrc", "mof"],
                subject: "household",
                period: "year",
                split: SEVERITY,
                people: &[
                    (
                        "农村低收入群体等重点对象",
                        r#"[{"residence":["rural"],"member":["low-income","minimum-allowance"]}]"#,
                    ),
                    ("符合改造条件的城镇居民家庭", r#"[{"residence":["urban"]}]"#),
                ],
                items: &[
                    ("shanty-renewal", "城镇棚户区住房改造"),
                    ("rural-renewal", "农村危房改造"),
                    ("old-community-renewal", "城镇老旧小区改造"),
                    ("earthquake-proofing", "农房抗震改造"),
                ],
            },
        ],
    },
    Area {
        id: "assistance",
        name: "弱有所扶",
        clauses: &[
            "对共同生活的家庭成员人均收入低于当地标准的给予救助",
            "全额资助特困人员参加基本医疗保险",
            "提供法律咨询、代理和刑事辩护等无偿服务",
            "按残疾类别和等级提供康复与辅助器具适配",
        ],
        categories: &[
            Category {
                id: "social-relief",
                name: "社会救助服务",
                leads: &["mca", "mof", "mem"],
                subject: "person",
                period: "month",
                split: RESIDENCE,
                people: &[
                    ("最低生活保障对象", r#"[{"member":["minimum-allowance"]}]"#),
                    (
                        "特困人员和遭遇急难的家庭",
                        r#"[{"member":["destitute"]},{"member":["emergency"]}]"#,
                    ),
                ],
                items: &[
                    ("minimum-living-allowance", "最低生活保障"),
                    ("destitute-support", "特困人员救助供养"),
                    ("medical-relief", "医疗救助"),
                    ("temporary-relief", "临时救助和受灾人员救助"),
                ],
            },
            Category {
                id: "legal-services",
                name: "公共法律服务",
                leads: &["moj", "mof", "mca"],
                subject: "person",
                period: "year",
                split: RESIDENCE,
                people: &[
                    (
                        "经济困难公民和特殊案件当事人",
                        r#"[{"member":["low-income","special-case"]}]"#,
                    ),
                    ("有法律服务需求的城乡居民", r#"[{"registration":["resident","local"]}]"#),
                ],
                items: &[
                    ("legal-aid", "法律援助"),
                    ("legal-consultation", "公共法律咨询"),
                    ("people-mediation", "人民调解服务"),
                    ("legal-education", "普法宣传教育"),
                ],
            },
            Category {
                id: "disability-services",
                name: "扶残助残服务",
                leads: &["cdpf", "mca", "mof"],
                subject: "person",
                period: "month",
                split: SEVERITY,
                people: &[
                    (
                        "低保家庭中的残疾人",
                        r#"[{"member":["disabled"],"income":["minimum-allowance"]}]"#,
                    ),
                    (
                        "残疾等级为一级、二级的重度残疾人",
                        r#"[{"member":["disabled"],"grade":["1-2"]}]"#,
                    ),
                ],
                items: &[
                    ("disability-living-subsidy", "困难残疾人生活补贴"),
                    ("disability-nursing-subsidy", "重度残疾人护理补贴"),
                    ("disability-rehabilitation", "残疾人康复服务"),
                    ("accessible-home", "无障碍环境和家庭改造支持"),
                ],
            },
        ],
    },
    Area {
        id: "veterans",
        name: "优军服务保障",
        clauses: &[
            "按规定发放抚恤金、优待金和生活补助",
            "提供就业推荐、职业培训和学历教育资助",
            "医疗优待和住房优待按规定落实",
            "悬挂光荣牌并开展走访慰问活动",
        ],
        categories: &[Category {
            id: "veteran-services",
            name: "优军优抚服务",
            leads: &["mva", "mof", "mohrss"],
            subject: "person",
            period: "year",
            split: RESIDENCE,
            people: &[
                ("享受国家抚恤补助的优抚对象", r#"[{"member":["preferential-care"]}]"#),
                ("自主就业退役士兵和军休人员", r#"[{"member":["veteran"]}]"#),
            ],
            items: &[
                ("preferential-care", "优待抚恤"),
                ("veteran-placement", "退役军人安置"),
                ("veteran-employment", "退役军人就业创业服务"),
                ("special-care-institution", "特殊群体集中供养"),
            ],
        }],
    },
    Area {
        id: "culture",
        name: "文体服务保障",
        clauses: &[
            "公共文化设施免费或低收费向社会开放",
            "提供广播、电视、电影放映和阅读服务",
            "每周开放时间不少于规定时数并错时开放",
            "组织群众性文化活动和全民健身指导",
        ],
        categories: &[
            Category {
                id: "public-culture",
                name: "公共文化服务",
                leads: &["mct", "nrta", "mof"],
                subject: "village",
                period: "year",
                split: RESIDENCE,
                people: &[
                    ("城乡居民", r#"[{"registration":["resident","local"]}]"#),
                    (
                        "农村居民和少数民族地区居民",
                        r#"[{"residence":["rural"]},{"member":["minority-area"]}]"#,
                    ),
                ],
                items: &[
                    ("culture-facilities", "公共文化设施免费开放"),
                    ("rural-performances", "送戏曲下乡"),
                    ("broadcasting", "收听广播和观看电视"),
                    ("reading", "读书看报和数字文化服务"),
                ],
            },
            Category {
                id: "public-sports",
                name: "公共体育服务",
                leads: &["sports", "mof", "moe"],
                subject: "township",
                period: "year",
                split: RESIDENCE,
                people: &[
                    ("城乡居民", r#"[{"registration":["resident","local"]}]"#),
                    (
                        "老年人、青少年和残疾人",
                        r#"[{"age":["60+"]},{"age":["6-17"]},{"member":["disabled"]}]"#,
                    ),
                ],
                items: &[
                    ("sports-facilities", "公共体育设施开放"),
                    ("fitness-guidance", "全民健身指导服务"),
                    ("youth-sports", "青少年体育活动"),
                    ("fitness-monitoring", "国民体质监测"),
                ],
            },
        ],
    },
];
