use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use jialiang_check::{schema_accepts, schema_text};
use jialiang_model::cell::{CELL_VALUE, CellValue};
use jialiang_model::date::{DAY, Day, PARTIAL_DATE, PartialDate};
use jialiang_model::id::{
    AGENCY, AgencyId, ID, INDICATOR_REF, INSTRUMENT, Id, IndicatorRef, InstrumentId, PROVISION_REF,
    ProvisionRef, STANDARD, StandardId, WORK, WorkId,
};
use jialiang_model::kind::acceptance::{FINGERPRINT, Fingerprint};
use jialiang_model::kind::edition::{EDITION, EditionId};
use jialiang_model::kind::jurisdiction::{CODE, Code};
use jialiang_model::kind::plan::{DUE, Due};
use jialiang_model::kind::{Kind, SCHEMA_REF, SchemaRef};
use jialiang_model::number::{COUNT, Count, NUMBER, Number};
use jialiang_model::read::scan;
use jialiang_model::source::{URL, Url};
use jialiang_model::text::{PHRASE, Phrase};
use jialiang_model::unit::{UNIT, Unit};
use jialiang_model::version::{LABEL, Label, REQUIREMENT, Requirement, VERSION, Version};
use jialiang_model::{GRAMMARS, Grammar};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use regex_lite::Regex;
use serde_json::{Value, json};

use crate::sample;

// ---- Documents: the schema accepts a value exactly when its type reads it.

type Document = (Kind, Value);

fn documents(folder: &str) -> Vec<Document> {
    sample::folder(&sample::root().join(folder))
        .into_iter()
        .filter_map(|(path, bytes)| {
            Some((Kind::at(&path)?, serde_json::from_slice(&bytes).unwrap()))
        })
        .collect()
}

/// Documents that are small enough to be tried often. The specimens use every key.
static SMALL: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let mut all = documents("tests/specimens");
    // Specimens come twice: what nobody uses in earnest is where nobody looks.
    all.extend(all.clone());
    all.extend(documents("tests/base"));
    all.extend(
        documents("standards").into_iter().filter(|(_, value)| value.to_string().len() < 4_000),
    );
    all
});

/// Every document of the real registry, the large ones too.
static REAL: LazyLock<Vec<Document>> = LazyLock::new(|| documents("standards"));

/// Every value that stands under a key in some specimen, by its key.
static KNOWN: LazyLock<BTreeMap<String, Vec<Value>>> = LazyLock::new(|| {
    fn gather(value: &Value, known: &mut BTreeMap<String, Vec<Value>>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let values = known.entry(key.clone()).or_default();
                    if !values.contains(value) {
                        values.push(value.clone());
                    }
                    gather(value, known);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| gather(value, known)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut known = BTreeMap::new();
    for (_, value) in SMALL.iter() {
        gather(value, &mut known);
    }
    known
});

/// The keys, each with its values, that objects under one key of the specimens have: what
/// could stand beside the keys of such an object.
static BESIDE: LazyLock<BTreeMap<String, BTreeMap<String, Vec<Value>>>> = LazyLock::new(|| {
    let mut beside: BTreeMap<String, BTreeMap<String, Vec<Value>>> = BTreeMap::new();
    for (_, document) in SMALL.iter() {
        for pointer in pointers(document, Value::is_object) {
            let members = beside.entry(above(&pointer).to_owned()).or_default();
            let object = document.pointer(&pointer).and_then(Value::as_object);
            for (key, value) in object.into_iter().flatten() {
                let values = members.entry(key.clone()).or_default();
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
    }
    beside
});

/// The last word of a pointer that is no index: the key an object stands under.
fn above(pointer: &str) -> &str {
    pointer.rsplit('/').find(|word| word.parse::<usize>().is_err()).unwrap_or("")
}

/// Words that are right in one grammar and wrong in the next, or nowhere right.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "", " ", "x", " x", "x ", "甲", "甲　", "　甲", "a b", "A", "a-b", "a--b", "-a", "a-", "a/b",
    "a/b/c", "/a", "cn/2021/notice", "cn/1899/notice", "cn/sample@1.0.0", "cn/sample@01.0.0", "1",
    "0", "01", "-0", "-1", "+1", "1.0", "0.5", ".5", "5.", "1e3", "0.0000001", "0.000001",
    "999999999999999.999999", "1000000000000000", "999999999", "1000000000", "１２", "999999",
    "9999999", "1.1.0", "1.1", "1.1.1000000", "^1", "^1.2.3.4", "=1.2.3", "=1.2", "~1", "70-79",
    "79-70", "80+", "080+", "5-5", "+", "2023-02-29", "2024-02-29", "1900-02-29", "2000-02-29",
    "2023-04-31", "2023-2-9", "2023-13", "2023-00", "2023", "2023-spring", "2023-summer", "2100",
    "CNY", "CNY/pupil/year", "CNY/year/pupil", "CNY/year", "CNY/", "元", "2023年版", "年", "版 1",
    "http://a", "https://", "ftp://a", "http://甲", "edition.json", "../edition.json",
    "../Edition.json", "edition.yaml", "120000", "12000", "more", "none", "nation", "of-charge",
    "central", "everyone", "half-up",
];

/// Values that are no words.
static SHAPES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    vec![
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1.5),
        json!(u64::MAX),
        json!([]),
        json!({}),
        json!([null]),
        json!([{}]),
        json!({ "zh": "甲" }),
        json!({ "zh": "甲", "en": "a" }),
        json!({ "a": "b" }),
        json!({ "": "b" }),
        json!(["a"]),
        json!(["a", "a"]),
    ]
});

/// One edit: what it does, where, and with what; each number picks from what there is.
#[derive(Debug, Clone)]
struct Edit {
    how: How,
    at: usize,
    with: usize,
}

#[derive(Debug, Clone, Copy)]
enum How {
    DeleteKey,
    AddUnknownKey,
    AddKnownKey,
    RenameKey,
    Word,
    Shape,
    SameKey,
    Wrap,
    Unwrap,
    Double,
    Drop,
    Swap,
}

const HOWS: &[How] = &[
    How::SameKey,
    How::Word,
    How::DeleteKey,
    How::AddKnownKey,
    How::RenameKey,
    How::Shape,
    How::AddUnknownKey,
    How::Wrap,
    How::Unwrap,
    How::Double,
    How::Drop,
    How::Swap,
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (select(HOWS), any::<usize>(), any::<usize>()).prop_map(|(how, at, with)| Edit {
        how,
        at,
        with,
    });
    vec(edit, 1..=4)
}

/// The pointer of every node for which `wanted` holds, in the order of the document.
fn pointers(value: &Value, wanted: fn(&Value) -> bool) -> Vec<String> {
    fn walk(value: &Value, at: String, wanted: fn(&Value) -> bool, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    walk(value, format!("{at}/{key}"), wanted, found);
                }
            }
            Value::Array(list) => {
                for (i, value) in list.iter().enumerate() {
                    walk(value, format!("{at}/{i}"), wanted, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        if wanted(value) {
            found.push(at);
        }
    }
    let mut found = Vec::new();
    walk(value, String::new(), wanted, &mut found);
    found
}

fn pick<T>(from: &[T], n: usize) -> Option<&T> {
    from.get(n.checked_rem(from.len())?)
}

impl Edit {
    /// A document changed; `None` where there is nothing of the kind to change.
    fn apply(&self, document: &mut Value) -> Option<()> {
        let Self { how, at, with } = self;
        let node = |document: &Value, wanted| pick(&pointers(document, wanted), *at).cloned();
        match how {
            How::DeleteKey | How::AddUnknownKey | How::AddKnownKey | How::RenameKey => {
                let pointer = node(document, Value::is_object)?;
                let map = document.pointer_mut(&pointer)?.as_object_mut()?;
                let key = pick(&map.keys().collect::<Vec<_>>(), *with).map(|key| (*key).clone());
                match how {
                    How::DeleteKey => drop(map.remove(&key?)),
                    How::AddUnknownKey => drop(map.insert("unknown".to_owned(), json!("x"))),
                    How::AddKnownKey => {
                        // Mostly a key that such an object could have.
                        let keys =
                            if with % 4 > 0 { BESIDE.get(above(&pointer))? } else { &*KNOWN };
                        let (key, values) = *pick(&keys.iter().collect::<Vec<_>>(), *with / 4)?;
                        map.insert(key.clone(), pick(values, *at)?.clone());
                    }
                    _ => {
                        let value = map.remove(&key?)?;
                        map.insert(
                            pick(&KNOWN.keys().collect::<Vec<_>>(), *with / 7)?.to_string(),
                            value,
                        );
                    }
                }
            }
            How::Word | How::Shape | How::Wrap => {
                let all = |_: &Value| true;
                let pointer =
                    node(document, if matches!(how, How::Word) { Value::is_string } else { all })?;
                let place = document.pointer_mut(&pointer)?;
                *place = match how {
                    How::Word => json!(pick(WORDS, *with)?),
                    How::Shape => pick(&SHAPES, *with)?.clone(),
                    _ => json!([place.take()]),
                };
            }
            How::SameKey => {
                let pointer = node(document, |_| true)?;
                let (_, key) = pointer.rsplit_once('/')?;
                let value = pick(KNOWN.get(key)?, *with)?.clone();
                *document.pointer_mut(&pointer)? = value;
            }
            How::Unwrap | How::Double | How::Drop => {
                let pointer =
                    node(document, |v| v.as_array().is_some_and(|list| !list.is_empty()))?;
                let place = document.pointer_mut(&pointer)?;
                let list = place.as_array_mut()?;
                let i = with % list.len();
                match how {
                    How::Unwrap => *place = list.swap_remove(i),
                    How::Double => list.insert(i, list[i].clone()),
                    _ => drop(list.remove(i)),
                }
            }
            How::Swap => {
                let all = pointers(document, |_| true);
                let (a, b) = (pick(&all, *at)?, pick(&all, *with)?);
                let (x, y) = (document.pointer(a)?.clone(), document.pointer(b)?.clone());
                *document.pointer_mut(a)? = y;
                // Where `a` held `b`, it is gone now.
                *document.pointer_mut(b)? = x;
            }
        }
        Some(())
    }
}

static ACCEPTED: AtomicU32 = AtomicU32::new(0);
static REFUSED: AtomicU32 = AtomicU32::new(0);

/// Asserts the law of a value; `None` where the value does not pass the lexical layer.
fn agree(kind: Kind, value: &Value) -> Result<(), TestCaseError> {
    let text = value.to_string();
    if scan(text.as_bytes()).is_none() {
        return Ok(());
    }
    let read = kind.read(&text);
    let accepts = schema_accepts(kind, value);
    let count = if accepts { &ACCEPTED } else { &REFUSED };
    count.fetch_add(1, Ordering::Relaxed);
    prop_assert_eq!(
        accepts,
        read.is_ok(),
        "schema and type disagree ({:?}) on the {} {}",
        read.err(),
        kind,
        text
    );
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn edited(all: &[Document], which: usize, edits: &[Edit]) -> Result<(), TestCaseError> {
    let (kind, mut value) = pick(all, which).unwrap().clone();
    for edit in edits {
        let _ = edit.apply(&mut value);
    }
    agree(kind, &value)
}

/// One property, so that the proof that both verdicts were met can follow it.
#[test]
fn the_schema_accepts_exactly_what_the_type_reads() {
    for (kind, value) in SMALL.iter().chain(REAL.iter()) {
        assert!(schema_accepts(*kind, value));
        agree(*kind, value).unwrap();
    }
    let law = |all: &'static [Document], cases| {
        let mut runner = proptest::test_runner::TestRunner::new(config(cases));
        let found =
            runner.run(&(any::<usize>(), edits()), |(which, edits)| edited(all, which, &edits));
        found.unwrap_or_else(|found| panic!("{found}"));
    };
    law(&SMALL, 40_000);
    law(&REAL, 200);
    let (accepted, refused) = (ACCEPTED.load(Ordering::Relaxed), REFUSED.load(Ordering::Relaxed));
    assert!(
        accepted > 3_000 && refused > 10_000,
        "{accepted} accepted, {refused} refused: the edits have gone tame"
    );
}

/// Each word and each shape once in each place of each specimen: what chance may miss.
#[test]
fn the_law_holds_for_every_single_replacement() {
    for (kind, document) in documents("tests/specimens") {
        for pointer in pointers(&document, |_| true) {
            for value in &*SHAPES {
                let mut document = document.clone();
                *document.pointer_mut(&pointer).unwrap() = value.clone();
                agree(kind, &document).unwrap();
            }
        }
    }
    // A word's fate hangs on its key and on the shape it stands in, not on the whole
    // document: one place for each key will do.
    let mut seen = BTreeSet::new();
    for (kind, document) in documents("tests/specimens") {
        for pointer in pointers(&document, Value::is_string) {
            let keys: Vec<&str> =
                pointer.split('/').filter(|w| w.parse::<usize>().is_err()).collect();
            if !seen.insert((kind, keys.join("/"))) {
                continue;
            }
            for word in WORDS {
                let mut document = document.clone();
                *document.pointer_mut(&pointer).unwrap() = json!(word);
                agree(kind, &document).unwrap();
            }
        }
    }
}

/// Deleting any one key of a specimen, and adding any one key to any object.
#[test]
fn the_law_holds_for_every_single_key() {
    for (kind, document) in documents("tests/specimens") {
        for pointer in pointers(&document, Value::is_object) {
            let keys: Vec<String> =
                document.pointer(&pointer).unwrap().as_object().unwrap().keys().cloned().collect();
            for key in &keys {
                let mut document = document.clone();
                document.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(key);
                agree(kind, &document).unwrap();
            }
            for (key, values) in KNOWN.iter().filter(|(key, _)| !keys.contains(key)) {
                let mut document = document.clone();
                document.pointer_mut(&pointer).unwrap()[key] = values[0].clone();
                agree(kind, &document).unwrap();
            }
        }
    }
}

/// Each definition's keys that the schemas know, against those that specimens use.
#[test]
fn the_specimens_use_every_key_and_form() {
    fn walk<'a>(
        root: &'a Value,
        at: &'a Value,
        value: &Value,
        used: &mut BTreeSet<(&'a str, &'a str)>,
    ) {
        let (name, at) = match at["$ref"].as_str() {
            Some(path) => {
                let name = path.strip_prefix("#/$defs/").unwrap();
                (name, &root["$defs"][name])
            }
            None => ("", at),
        };
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match at["properties"].as_object().and_then(|p| p.get_key_value(key)) {
                        Some((key, below)) => {
                            used.insert((name, key));
                            walk(root, below, value, used);
                        }
                        None => walk(root, &at["additionalProperties"], value, used),
                    }
                }
            }
            Value::Array(list) => {
                list.iter().for_each(|value| walk(root, &at["items"], value, used))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    for kind in Kind::ALL {
        let schema: Value = serde_json::from_str(schema_text(*kind)).unwrap();
        let mut used = BTreeSet::new();
        for (_, document) in documents("tests/specimens").iter().filter(|(k, _)| k == kind) {
            walk(&schema, &schema, document, &mut used);
        }
        let definitions = schema["$defs"].as_object().unwrap().iter();
        for (name, definition) in definitions.map(|(n, d)| (n.as_str(), d)).chain([("", &schema)]) {
            for key in definition["properties"].as_object().into_iter().flat_map(|p| p.keys()) {
                assert!(
                    used.contains(&(name, key.as_str())),
                    "no specimen of {kind} in tests/specimens uses `{key}` of `{name}`"
                );
            }
        }
    }
}

// ---- Words: each grammar's parser and pattern accept the same.

/// A grammar, its pattern compiled, and its parser, which gives what it prints.
struct Word {
    grammar: &'static Grammar,
    pattern: Regex,
    parse: fn(&str) -> Option<String>,
}

macro_rules! words {
    ($($type:ident $grammar:ident,)+) => {
        vec![$(Word {
            grammar: &$grammar,
            pattern: Regex::new($grammar.pattern).unwrap(),
            parse: |text| $type::parse(text).map(|value| value.to_string()),
        },)+]
    };
}

static GRAMMAR_WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    words![
        Id ID,
        StandardId STANDARD,
        InstrumentId INSTRUMENT,
        AgencyId AGENCY,
        ProvisionRef PROVISION_REF,
        WorkId WORK,
        IndicatorRef INDICATOR_REF,
        Phrase PHRASE,
        Number NUMBER,
        Count COUNT,
        Day DAY,
        PartialDate PARTIAL_DATE,
        Unit UNIT,
        CellValue CELL_VALUE,
        Version VERSION,
        Requirement REQUIREMENT,
        Label LABEL,
        Code CODE,
        SchemaRef SCHEMA_REF,
        EditionId EDITION,
        Url URL,
        Fingerprint FINGERPRINT,
        Due DUE,
    ]
});

impl Word {
    /// Parser and pattern agree, and what is read is printed as it was written.
    fn agrees(&self, text: &str) -> Result<(), String> {
        let name = self.grammar.en;
        let (parsed, matched) = ((self.parse)(text), self.pattern.is_match(text));
        if parsed.is_some() != matched {
            return Err(format!(
                "{name} {text:?}: the parser gives {parsed:?}, the pattern {matched}"
            ));
        }
        // The one word with two spellings: from 5 to 5 is 5.
        let doubled =
            |printed: &str| *self.grammar == CELL_VALUE && text == format!("{printed}-{printed}");
        match parsed {
            Some(printed) if printed != text && !doubled(&printed) => {
                Err(format!("{name} {text:?} is printed as {printed:?}"))
            }
            _ => Ok(()),
        }
    }
}

/// Letters that some grammar treats in a way of its own, and their neighbours.
const LETTERS: &[char] = &[
    'a', 'z', '`', '{', 'A', 'Z', '@', '[', '0', '1', '2', '9', '/', ':', '-', '.', ',', '^', '=',
    '+', ' ', '!', '~', '\u{7f}', '#', '%', '_', '\n', '\r', '\t', '\u{2028}', '\u{3000}',
    '\u{3001}', '２', '年', '\u{4dff}', '\u{4e00}', '\u{9fff}', '\u{a000}', 'é', '𠀀',
];

/// Pieces from which right words and nearly right words are put together.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "cn", "a", "a1", "-", "--", "/", "//", ".", "..", "@", "^", "=", "+", ":", "0", "1", "00", "01",
    "9", "12", "999999", "1000000", "123456789", "1234567890", "999999999999999", ".5", ".50",
    ".123456", "1899", "1900", "1999", "2000", "2023", "2024", "2099", "2100", "-02", "-04", "-12",
    "-13", "-00", "-28", "-29", "-30", "-31", "-spring", "-autumn", "CNY", "10k-CNY", "percent",
    "day", "person", "pupil", "10k-people", "month", "school-year", "year", "年", "版",
    "ABCDEFGHIJKL", "一二三四五六七八九十", "甲", " ", "\u{3000}", "\n", "http", "https", "://", "s", "~",
    "..", "edition", ".json", "json",
];

fn texts() -> impl Strategy<Value = String> {
    let starts: Vec<String> = GRAMMARS
        .iter()
        .map(|grammar| grammar.example)
        .chain(WORDS.iter().copied())
        .map(str::to_owned)
        .collect();
    let edited = (select(starts), vec((0..4_u8, any::<usize>(), select(LETTERS)), 0..4)).prop_map(
        |(start, edits)| {
            let mut chars: Vec<char> = start.chars().collect();
            for (how, at, letter) in edits {
                let len = chars.len();
                match how {
                    0 => chars.insert(at % (len + 1), letter),
                    _ if len == 0 => {}
                    1 => drop(chars.remove(at % len)),
                    2 => chars[at % len] = letter,
                    _ => chars.swap(at % len, at / len % len),
                }
            }
            chars.into_iter().collect()
        },
    );
    let pieced = vec(select(PIECES), 0..7).prop_map(|pieces| pieces.concat());
    let spelt = vec(select(LETTERS), 0..6).prop_map(|letters| letters.into_iter().collect());
    let number = "-?[0-9]{0,16}(\\.[0-9]{0,7})?";
    prop_oneof![4 => edited, 4 => pieced, 1 => spelt, 1 => number, 1 => any::<String>()]
}

#[test]
fn every_grammar_is_tried() {
    let tried: Vec<&Grammar> = GRAMMAR_WORDS.iter().map(|word| word.grammar).collect();
    for grammar in GRAMMARS {
        assert!(tried.contains(grammar), "{} is not tried", grammar.en);
        let word = GRAMMAR_WORDS.iter().find(|word| word.grammar == *grammar).unwrap();
        assert_eq!((word.parse)(grammar.example).as_deref(), Some(grammar.example));
    }
    assert_eq!(tried.len(), GRAMMARS.len());
}

proptest! {
    #![proptest_config(config(10_000))]
    #[test]
    fn parser_and_pattern_agree(text in texts()) {
        for word in &*GRAMMAR_WORDS {
            prop_assert_eq!(word.agrees(&text), Ok(()));
        }
    }
}

/// Every text of at most two letters, and every day of the years at which the calendar
/// has its turns.
#[test]
fn parser_and_pattern_agree_on_all_that_is_short() {
    let mut texts: Vec<String> = vec![String::new()];
    for a in LETTERS {
        texts.push(a.to_string());
        texts.extend(LETTERS.iter().map(|b| format!("{a}{b}")));
    }
    texts.extend(WORDS.iter().map(|word| (*word).to_owned()));
    for year in [1899, 1900, 1904, 2000, 2023, 2024, 2096, 2099, 2100] {
        for month in 0..=13 {
            texts.push(format!("{year}-{month:02}"));
            texts.extend((0..=32).map(|day| format!("{year}-{month:02}-{day:02}")));
        }
    }
    for text in &texts {
        for word in &*GRAMMAR_WORDS {
            assert_eq!(word.agrees(text), Ok(()));
        }
    }
}
