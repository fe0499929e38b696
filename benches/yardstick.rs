//! The yardstick: how long plain `serde_json` takes to read a registry into plain structs.
//!
//! FROZEN. Jialiang's reading is measured against this, so a change here changes what
//! every earlier measurement meant. Only a change of the document format is a reason to
//! touch it, and then the structs follow the format and nothing else does.
//!
//! It is what a good engineer would write in an hour: derived readers, owned strings,
//! every key of every document kept; no checks, no types of its own, no unknown keys
//! refused. Nothing in it is slowed down, and nothing is skipped. It knows nothing of the
//! model; only [`self_check`] does, to show that the two read the same documents.
#![allow(dead_code, unreachable_pub, reason = "each benchmark and test uses a part of it")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// How many documents a thread takes at a time.
const CHUNK: usize = 8;

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Registry,
    Jurisdiction,
    Instrument,
    Standard,
    Edition,
}

impl Tag {
    /// The kind of the document at a path; `None` where there is none.
    pub fn of(path: &str) -> Option<Self> {
        if path == "registry.json" {
            return Some(Self::Registry);
        }
        [
            ("/jurisdiction.json", Self::Jurisdiction),
            (".instrument.json", Self::Instrument),
            (".standard.json", Self::Standard),
            (".edition.json", Self::Edition),
        ]
        .into_iter()
        .find_map(|(end, tag)| path.ends_with(end).then_some(tag))
    }
}

/// Everything that was read.
#[derive(Debug, Default, Serialize)]
pub struct Documents {
    pub registries: Vec<Registry>,
    pub jurisdictions: Vec<Jurisdiction>,
    pub instruments: Vec<Instrument>,
    pub standards: Vec<Standard>,
    pub editions: Vec<Edition>,
}

impl Documents {
    /// Reads one more document.
    pub fn read(&mut self, tag: Tag, text: &str) -> serde_json::Result<()> {
        match tag {
            Tag::Registry => self.registries.push(serde_json::from_str(text)?),
            Tag::Jurisdiction => self.jurisdictions.push(serde_json::from_str(text)?),
            Tag::Instrument => self.instruments.push(serde_json::from_str(text)?),
            Tag::Standard => self.standards.push(serde_json::from_str(text)?),
            Tag::Edition => self.editions.push(serde_json::from_str(text)?),
        }
        Ok(())
    }

    /// How many documents were read.
    pub fn count(&self) -> usize {
        let Self { registries, jurisdictions, instruments, standards, editions } = self;
        registries.len()
            + jurisdictions.len()
            + instruments.len()
            + standards.len()
            + editions.len()
    }

    /// How many items the editions hold, and how many provisions those hold.
    pub fn items_and_provisions(&self) -> (usize, usize) {
        let items = self.editions.iter().flat_map(|edition| &edition.items);
        items.fold((0, 0), |(items, lines), item| (items + 1, lines + item.provisions.len()))
    }
}

/// Reads all texts on so many threads, the calling one among them, and says how long it
/// took: from before the others start until all have ended, with all documents still held.
/// Dropping them is not counted.
pub fn parse_all(texts: &[(Tag, String)], threads: usize) -> Duration {
    read_all(texts, threads).1
}

/// As [`parse_all`], with what was read.
pub fn read_all(texts: &[(Tag, String)], threads: usize) -> (Vec<Documents>, Duration) {
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    let read: Vec<Documents> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| work(texts, &next))).collect();
        let mine = work(texts, &next);
        let theirs = others.into_iter().map(|other| other.join().expect("a worker ends"));
        std::iter::once(mine).chain(theirs).collect()
    });
    let took = start.elapsed();
    (black_box(read), took)
}

fn work(texts: &[(Tag, String)], next: &AtomicUsize) -> Documents {
    let mut documents = Documents::default();
    loop {
        let from = next.fetch_add(CHUNK, Ordering::Relaxed);
        if from >= texts.len() {
            return documents;
        }
        for (tag, text) in &texts[from..texts.len().min(from + CHUNK)] {
            documents.read(*tag, text).expect("a generated document reads");
        }
    }
}

/// Words in Chinese and English.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Text {
    pub zh: String,
    pub en: Option<String>,
}

/// Where something comes from.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Source {
    pub instrument: Option<String>,
    pub url: Option<String>,
    pub at: Option<String>,
    pub excerpt: Option<String>,
    pub verified: bool,
    pub note: Option<String>,
}

/// The registry's card, `registry.json`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Registry {
    #[serde(rename = "$schema")]
    pub schema: String,
    pub format: String,
    pub name: Text,
    pub note: Option<String>,
}

/// A place.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Jurisdiction {
    #[serde(rename = "$schema")]
    pub schema: String,
    pub id: String,
    pub name: Text,
    pub level: String,
    pub code: Option<String>,
    pub parent: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    #[serde(default)]
    pub agencies: Vec<Agency>,
    pub source: Option<Source>,
}

/// An agency of a place.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Agency {
    pub id: String,
    pub name: Text,
    pub from: Option<String>,
    pub until: Option<String>,
}

/// An official document.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Instrument {
    #[serde(rename = "$schema")]
    pub schema: String,
    pub id: String,
    pub title: Text,
    pub number: Option<String>,
    #[serde(default)]
    pub issuers: Vec<String>,
    pub issued: Option<String>,
    pub published: Option<String>,
    pub effective: Option<String>,
    pub until: Option<String>,
    pub source: Option<Source>,
}

/// A standard and its taxonomy.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Standard {
    #[serde(rename = "$schema")]
    pub schema: String,
    pub id: String,
    pub name: Text,
    pub implements: Option<Implements>,
    #[serde(default)]
    pub areas: Vec<Area>,
    pub source: Option<Source>,
}

/// The standard above.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Implements {
    pub standard: String,
    pub versions: String,
}

/// The taxonomy's upper level.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Area {
    pub id: String,
    pub name: Text,
    pub categories: Vec<Category>,
}

/// The taxonomy's lower level.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Category {
    pub id: String,
    pub name: Text,
    #[serde(default)]
    pub items: Vec<Listed>,
    pub source: Option<Source>,
}

/// An item's place in the taxonomy.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Listed {
    pub id: String,
    pub since: Option<String>,
    pub until: Option<String>,
}

/// One text of a standard.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Edition {
    #[serde(rename = "$schema")]
    pub schema: String,
    pub standard: String,
    pub version: String,
    pub label: Option<String>,
    pub name: Text,
    pub draft: Option<bool>,
    pub instrument: Option<String>,
    pub follows: Option<String>,
    pub effective: Option<String>,
    pub difference_from: Option<String>,
    pub transcribed: String,
    pub counts: Option<Counts>,
    pub declared: Option<Summary>,
    pub source: Option<Source>,
    pub items: Vec<Item>,
}

/// How many an edition says it holds.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    pub areas: Option<String>,
    pub categories: Option<String>,
    pub items: Option<String>,
}

/// What a notice says it changed.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    pub added: Option<Declared>,
    pub retired: Option<Declared>,
    pub raised: Option<Declared>,
    pub lowered: Option<Declared>,
    pub widened: Option<Declared>,
    pub narrowed: Option<Declared>,
    pub content_added: Option<Declared>,
    pub reworded: Option<Declared>,
    pub lead_agencies: Option<Declared>,
    pub touched: Option<String>,
    pub source: Option<Source>,
}

/// How many items changed in one way, and which.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Declared {
    pub count: String,
    #[serde(default)]
    pub items: Vec<String>,
}

/// One service.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Item {
    pub id: String,
    pub name: Text,
    pub category: String,
    pub transcribed: Option<String>,
    pub recipients: Option<Recipients>,
    pub content: Option<Text>,
    #[serde(default)]
    pub provisions: Vec<Provision>,
    pub responsibility: Option<Responsibility>,
    #[serde(default)]
    pub lead_agencies: Vec<String>,
    pub source: Option<Source>,
}

/// Who is entitled.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Recipients {
    pub zh: String,
    pub en: Option<String>,
    #[serde(default)]
    pub groups: Vec<BTreeMap<String, Vec<String>>>,
}

/// Who pays.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Responsibility {
    pub zh: String,
    pub en: Option<String>,
    #[serde(default)]
    pub payers: Vec<String>,
    pub instrument: Option<String>,
}

/// One measurable line, the keys of every form side by side.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Provision {
    pub id: String,
    pub name: Option<Text>,
    pub measure: Option<String>,
    #[serde(default)]
    pub cell: BTreeMap<String, String>,
    pub at_least: Option<String>,
    pub exactly: Option<String>,
    pub at_most: Option<String>,
    pub average: Option<String>,
    pub band: Option<Band>,
    pub grades: Option<Band>,
    pub share: Option<Share>,
    pub adds: Option<Supplement>,
    pub increase: Option<String>,
    pub free: Option<String>,
    pub pegged: Option<Peg>,
    pub coverage: Option<String>,
    pub words: Option<Text>,
    pub unit: Option<String>,
    pub days_per_year: Option<String>,
    pub better: Option<String>,
    pub source: Option<Source>,
}

/// A range; of numbers or of grades.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Band {
    pub least: String,
    pub most: String,
}

/// A share of another provision.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Share {
    pub of: String,
    pub percent: String,
    pub rounding: Option<String>,
    pub least: Option<String>,
    pub most: Option<String>,
}

/// An amount that adds to another provision.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Supplement {
    pub to: String,
    pub amount: String,
}

/// A value that is set elsewhere.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Peg {
    pub zh: String,
    pub en: Option<String>,
    pub instrument: Option<String>,
    pub agency: Option<String>,
}

/// Shows that the yardstick and the model read the same: every document of a small
/// generated registry, and a specimen of each kind that has every key, keeps every value
/// in both. Panics where one is lost.
pub fn self_check() {
    use jialiang_model::kind::{Document, Kind};

    let mut texts = Vec::new();
    let size = super::generator::Size::SMALL;
    super::generator::generate(size, &mut |path, text| texts.push((path.to_owned(), text)));
    assert_eq!(texts.len(), size.document_count(), "the generator hands out every document");
    texts.extend(SPECIMENS.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));

    let (mut items, mut provisions) = (0, 0);
    let mut documents = Documents::default();
    for (path, text) in &texts {
        let kind = Kind::at(path).expect("a document stands here");
        let document = kind.read(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        if let Document::Edition(edition) = &document {
            items += edition.items.len();
            provisions += edition.items.iter().map(|item| item.provisions.len()).sum::<usize>();
        }
        let written: serde_json::Value = serde_json::from_str(text).expect("a document is JSON");
        let by_model = serde_json::to_value(&document).expect("a document is written");
        assert_eq!(by_model, written, "{path}: the model loses something");

        let tag = Tag::of(path).expect("a document stands here");
        let mut one = Documents::default();
        one.read(tag, text).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert_eq!(one.said(), written, "{path}: the yardstick loses something");
        documents.read(tag, text).expect("it read before");
    }
    assert_eq!(documents.count(), texts.len());
    assert_eq!(documents.items_and_provisions(), (items, provisions));

    let texts: Vec<(Tag, String)> = texts
        .into_iter()
        .map(|(path, text)| (Tag::of(&path).expect("a document stands here"), text))
        .collect();
    for threads in [1, 2, 3] {
        let (read, _) = read_all(&texts, threads);
        assert_eq!(read.len(), threads);
        assert_eq!(read.iter().map(Documents::count).sum::<usize>(), texts.len());
    }
}

impl Documents {
    /// What the only document says, without what it leaves out.
    fn said(&self) -> serde_json::Value {
        let all = serde_json::to_value(self).expect("plain structs are written");
        let lists = all.as_object().expect("a struct is an object").values();
        let mut one = lists.flat_map(|list| list.as_array().expect("a list").iter());
        let value = one.next().expect("a document").clone();
        assert!(one.next().is_none(), "only one document was read");
        spoken(value)
    }
}

/// The value without nulls, empty lists and empty objects.
fn spoken(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    let silent = |value: &Value| match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(list) => list.into_iter().map(spoken).collect(),
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !silent(value))
            .map(|(key, value)| (key, spoken(value)))
            .collect(),
        other => other,
    }
}

/// A document of each kind in which every key of the format stands at least once.
const SPECIMENS: &[(&str, &str)] = &[
    (
        "registry.json",
        r#"{"$schema":"schemas/registry.json","format":"1","name":{"zh":"样本","en":"Specimen"},"note":"样本"}"#,
    ),
    (
        "cn/jurisdiction.json",
        r#"{"$schema":"../schemas/jurisdiction.json","id":"cn","name":{"zh":"样本"},"level":"province",
        "code":"990000","parent":"above","from":"2000","until":"2030-01",
        "agencies":[{"id":"mof","name":{"zh":"样本"},"from":"2001-02-03","until":"2024-autumn"}],
        "source":{"instrument":"cn/2024/a","url":"https://example.org/","at":"第一页","excerpt":"样本",
        "verified":false,"note":"样本"}}"#,
    ),
    (
        "cn/2024/a.instrument.json",
        r#"{"$schema":"../../schemas/instrument.json","id":"cn/2024/a","title":{"zh":"样本"},"number":"样本1号",
        "issuers":["cn/mof"],"issued":"2024-01-02","published":"2024-01-03","effective":"2024-02",
        "until":"2029-02","source":{"at":"样本","verified":true}}"#,
    ),
    (
        "cn/a.standard.json",
        r#"{"$schema":"../schemas/standard.json","id":"cn/a","name":{"zh":"样本"},
        "implements":{"standard":"above/a","versions":"^1.2"},
        "areas":[{"id":"b","name":{"zh":"样本"},"categories":[{"id":"c","name":{"zh":"样本"},
        "items":[{"id":"d","since":"1.0.0","until":"2.0.0"}],"source":{"at":"样本","verified":true}}]}],
        "source":{"at":"样本","verified":true}}"#,
    ),
    (
        "cn/a@1.1.0.edition.json",
        r#"{"$schema":"../schemas/edition.json","standard":"cn/a","version":"1.1.0","label":"2024年版",
        "name":{"zh":"样本"},"draft":true,"instrument":"cn/2024/a","follows":"1.0.0","effective":"2024-02-01",
        "difference-from":"above/a@1.0.0","transcribed":"partial",
        "counts":{"areas":"1","categories":"1","items":"1"},
        "declared":{"added":{"count":"1","items":["d"]},"retired":{"count":"0"},"raised":{"count":"0"},
        "lowered":{"count":"0"},"widened":{"count":"0"},"narrowed":{"count":"0"},
        "content-added":{"count":"0"},"reworded":{"count":"0"},"lead-agencies":{"count":"0"},
        "touched":"1","source":{"at":"样本","verified":true}},
        "source":{"at":"样本","verified":true},
        "items":[{"id":"d","name":{"zh":"样本"},"category":"c","transcribed":"full",
        "recipients":{"zh":"样本","en":"Specimen","groups":[{"age":["60-69","80+"],"member":["e"]}]},
        "content":{"zh":"样本"},
        "provisions":[
        {"id":"f","name":{"zh":"样本"},"measure":"m","cell":{"age":"60-69"},"at-least":"1","unit":"CNY/person/day",
        "days-per-year":"365","better":"more","source":{"at":"样本","verified":true}},
        {"id":"g","exactly":"1","unit":"time","better":"more"},
        {"id":"h","at-most":"1","unit":"day","better":"less"},
        {"id":"i","average":"2","band":{"least":"1","most":"3"},"grades":{"least":"2","most":"3"},
        "unit":"CNY/person/year","better":"more"},
        {"id":"j","share":{"of":"d/f","percent":"30","rounding":"half-up","least":"1","most":"9"},
        "unit":"CNY/person/month","better":"more"},
        {"id":"k","adds":{"to":"d/f","amount":"5"},"unit":"CNY/person/day","better":"more"},
        {"id":"l","increase":"37","unit":"CNY/person/month","better":"more"},
        {"id":"n","free":"of-charge"},
        {"id":"o","pegged":{"zh":"样本","en":"Specimen","instrument":"cn/2024/a","agency":"cn/mof"}},
        {"id":"p","coverage":"everyone"},
        {"id":"q","words":{"zh":"样本"}}],
        "responsibility":{"zh":"样本","en":"Specimen","payers":["central","local"],"instrument":"cn/2024/a"},
        "lead-agencies":["cn/mof","cn/moe"],
        "source":{"at":"样本","verified":true}}]}"#,
    ),
];
