//! Random histories, written as documents and read as documents are: what cannot be read is
//! not tried.

use std::sync::Arc;

use jialiang_model::date::PartialDate;
use jialiang_model::kind::{Document, Kind};
use jialiang_model::{Registry, read};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Every date that a history can write; some days lie side by side.
pub(crate) const DATES: &[&str] = &[
    "2020-02-05",
    "2020-02-10",
    "2020-02-11",
    "2020-02-12",
    "2020-02-20",
    "2020-02-29",
    "2020-03-01",
    "2020-03-05",
    "2020-03-06",
    "2020-03-15",
    "2020-03-20",
    "2020-02",
    "2020-03",
    "2020",
    "2020-spring",
];

/// A line: its id, its measure, its cell.
type Written = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Every line: its id, its measure and its cell. The whole, splits and joins of two
/// dimensions, and cells that cross.
const LINES: &[Written] = &[
    ("basic-all", "basic", &[]),
    ("basic-urban", "basic", &[("residence", "urban")]),
    ("basic-rural", "basic", &[("residence", "rural")]),
    ("basic-0", "basic", &[("age", "0-59")]),
    ("basic-60", "basic", &[("age", "60+")]),
    ("basic-60-79", "basic", &[("age", "60-79")]),
    ("basic-70", "basic", &[("age", "70+")]),
    ("basic-80", "basic", &[("age", "80+")]),
    ("basic-urban-60", "basic", &[("age", "60+"), ("residence", "urban")]),
    ("extra-all", "extra", &[]),
    ("extra-rural", "extra", &[("residence", "rural")]),
];

/// What a line promises; the first and the fourth are one amount in two units.
const VALUES: &[(&str, &str, &str)] = &[
    ("exactly", "10", "CNY/person/month"),
    ("at-least", "20", "CNY/person/month"),
    ("exactly", "30", "CNY/person/month"),
    ("at-least", "120", "CNY/person/year"),
    ("exactly", "240", "CNY/person/year"),
    ("average", "10", "CNY/person/month"),
    ("free", "of-charge", ""),
];

const PLACES: &[&str] = &["cn", "aa", "bb", "cc"];
const LEVELS: &[&str] = &["nation", "province", "prefecture", "county"];

/// The dates of an instrument, each a place in [`DATES`].
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub(crate) issued: Option<usize>,
    pub(crate) published: Option<usize>,
    pub(crate) effective: Option<usize>,
}

/// A line by its places in [`LINES`] and [`VALUES`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) line: usize,
    pub(crate) value: usize,
}

/// An act of an operation.
#[derive(Debug, Clone)]
pub(crate) enum Does {
    Set(Line),
    Change(Line, &'static str, Option<&'static str>),
    Alter(usize),
    Confirm(Line),
    Attest(Line, usize),
    End(usize),
    Repeal(usize),
    Annul(usize),
    Rename,
    Content,
}

/// An operation.
#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub(crate) does: Does,
    pub(crate) from: usize,
    pub(crate) reading: Option<&'static str>,
    pub(crate) until: Option<usize>,
    pub(crate) was: Option<&'static str>,
    pub(crate) temporary: bool,
    pub(crate) replaces: Option<usize>,
    pub(crate) lifts: Option<usize>,
}

/// An adjustment or an edition.
#[derive(Debug, Clone)]
pub(crate) enum Text {
    Adjustment { after: Option<usize>, operations: Vec<Op> },
    Edition { effective: Option<usize>, lines: Vec<(Line, bool)> },
}

/// One document of a history.
#[derive(Debug, Clone)]
pub(crate) struct Doc {
    pub(crate) place: usize,
    pub(crate) dated: Option<Dated>,
    pub(crate) draft: bool,
    pub(crate) text: Text,
}

/// A history of some places, one below the other.
#[derive(Clone)]
pub(crate) struct Story {
    /// How many places there are, and which of them have a standard of their own.
    pub(crate) standards: Vec<bool>,
    /// The place that is not always there, from which date, and until which.
    pub(crate) there: Option<(usize, Option<usize>, Option<usize>)>,
    /// Which lines are spoken of.
    pub(crate) lines: &'static [usize],
    /// What happened.
    pub(crate) docs: Vec<Doc>,
    /// Whether it keeps to what nobody reads in two ways.
    pub(crate) plain: bool,
    /// Whether lists are written the other way round.
    pub(crate) turned: bool,
    /// Documents as they are written, besides.
    pub(crate) extra: Vec<(String, String)>,
}

impl std::fmt::Debug for Story {
    /// Its documents, as they are written.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} places", self.places())?;
        for (path, text) in self.texts() {
            let there = self.there.is_some_and(|(place, ..)| path.starts_with(Self::name(place)));
            if !path.ends_with("jurisdiction.json") || there {
                writeln!(f, "{path} {text}")?;
            }
        }
        Ok(())
    }
}

impl Story {
    /// How many places there are.
    pub(crate) fn places(&self) -> usize {
        self.standards.len()
    }

    fn place(&self, doc: &Doc) -> usize {
        doc.place % self.places()
    }

    /// The name of a place.
    pub(crate) fn name(place: usize) -> &'static str {
        PLACES[place]
    }

    /// The standard of a place, its own or the nearest above.
    pub(crate) fn standard(&self, place: usize) -> String {
        let own = (0..=place).rev().find(|p| *p == 0 || self.standards[*p]).unwrap();
        format!("{}/services", PLACES[own])
    }

    pub(crate) fn id(&self, number: usize) -> String {
        format!("{}/2020/d{number}", PLACES[self.place(&self.docs[number])])
    }

    /// The adjustment of the same place that a number refers to.
    fn refer(&self, from: usize, number: usize) -> Option<String> {
        let number = number % self.docs.len();
        let (one, other) = (&self.docs[from], &self.docs[number]);
        let adjustment = matches!(other.text, Text::Adjustment { .. });
        (number != from && adjustment && self.place(one) == self.place(other))
            .then(|| self.id(number))
    }

    /// The last day of the date by which a document is ordered, where it has one.
    fn order(&self, number: usize) -> Option<PartialDate> {
        let dated = self.docs[number].dated.as_ref()?;
        let date = dated.issued.or(dated.published).or(dated.effective)?;
        PartialDate::parse(DATES[date])
    }

    fn line(&self, Line { line, value }: Line) -> Value {
        let (id, measure, cell) = LINES[self.lines[line % self.lines.len()]];
        let (form, number, unit) = VALUES[value % VALUES.len()];
        let mut out = json!({ "id": id, "measure": measure, form: number });
        if !unit.is_empty() {
            out["unit"] = json!(unit);
            out["better"] = json!("more");
        }
        if !cell.is_empty() {
            let cell = cell.iter().map(|(k, v)| ((*k).to_owned(), json!(v)));
            out["cell"] = Value::Object(cell.collect());
        }
        out
    }

    fn line_id(&self, line: usize) -> &'static str {
        LINES[self.lines[line % self.lines.len()]].0
    }

    /// Whether some document on record writes out a line.
    fn written(&self, id: &str) -> bool {
        let is = |line: &Line| self.line_id(line.line) == id;
        self.docs.iter().any(|doc| match &doc.text {
            Text::Edition { lines, .. } => lines.iter().any(|(line, _)| is(line)),
            Text::Adjustment { operations, .. } => operations.iter().any(|op| match &op.does {
                Does::Set(line)
                | Does::Change(line, ..)
                | Does::Confirm(line)
                | Does::Attest(line, _) => is(line),
                Does::Alter(_)
                | Does::End(_)
                | Does::Repeal(_)
                | Does::Annul(_)
                | Does::Rename
                | Does::Content => false,
            }),
        })
    }

    /// The lines that are ended or altered and that some document writes out, by document.
    pub(crate) fn ended(&self) -> Vec<(usize, &'static str)> {
        let mut out = Vec::new();
        for (number, doc) in self.docs.iter().enumerate() {
            if let Text::Adjustment { operations, .. } = &doc.text {
                for op in operations {
                    if let Does::End(line) | Does::Alter(line) = op.does {
                        let id = self.line_id(line);
                        out.extend(self.written(id).then_some((number, id)));
                    }
                }
            }
        }
        out
    }

    fn operation(&self, number: usize, op: &Op) -> Option<Value> {
        let numeric = |line: &Line| VALUES[line.value % VALUES.len()].0 != "free";
        let from = DATES[op.from];
        let mut out = json!({ "item": "it" });
        let mut free = false;
        if self.plain && matches!(op.does, Does::End(_) | Does::Alter(_)) {
            return None;
        }
        match &op.does {
            Does::Set(line) => {
                out["set"] = self.line(*line);
                if let (Some(was), true) = (op.was, numeric(line)) {
                    out["was"] = json!(was);
                }
                free = true;
            }
            Does::Change(_, "55%", None) if self.plain => return None,
            Does::Change(line, by, rounding) => {
                let line = Line { value: line.value % 5, ..*line };
                out["change"] = self.line(line);
                out["by"] = match by.strip_suffix('%') {
                    Some(percent) => json!({ "percent": percent }),
                    None => json!({ "amount": by }),
                };
                if let Some(rounding) = rounding {
                    out["by"]["rounding"] = json!(rounding);
                }
                free = true;
            }
            Does::Alter(line) => {
                out["alter"] = json!(self.line_id(*line));
                out["by"] = json!({ "amount": "5" });
                if !self.written(self.line_id(*line)) {
                    return None;
                }
            }
            Does::Confirm(line) => out["confirm"] = self.line(*line),
            Does::Attest(line, on) => {
                out["attest"] = self.line(*line);
                out["on"] = json!(DATES[*on]);
            }
            Does::End(line) => {
                out["end"] = json!(self.line_id(*line));
                if !self.written(self.line_id(*line)) {
                    return None;
                }
            }
            Does::Repeal(other) => {
                if self.plain {
                    return None;
                }
                let id = self.refer(number, *other)?;
                // A document repeals what was issued on an earlier day.
                let before = self.order(*other % self.docs.len())?.last_day();
                if self.order(number)?.last_day() <= before {
                    return None;
                }
                out = json!({ "repeal": id });
            }
            Does::Annul(_) if self.plain => return None,
            Does::Annul(other) => {
                let id = self.refer(number, *other)?;
                // It annuls what was there.
                let before = self.order(*other % self.docs.len())?.last_day();
                if self.order(number)?.last_day() < before {
                    return None;
                }
                out = json!({ "annul": id });
            }
            Does::Rename => out["rename"] = json!({ "zh": "甲" }),
            Does::Content => out["content"] = json!({ "zh": "乙" }),
        }
        if !matches!(op.does, Does::Confirm(_) | Does::Attest(..)) {
            out["from"] = json!(from);
        }
        let read = free || matches!(op.does, Does::Alter(_) | Does::End(_));
        let reading = op.reading.filter(|reading| read && (*reading != "within" || !self.plain));
        if let Some(reading) = reading {
            out["as"] = json!(reading);
        }
        if free {
            if let (Some(until), false) = (op.until, op.reading == Some("period")) {
                let first = |date: usize| PartialDate::parse(DATES[date]).unwrap().first_day();
                if !self.plain || first(op.from) < first(until) {
                    out["until"] = json!(DATES[until]);
                }
            }
            if op.temporary {
                out["temporary"] = json!(true);
            }
            if let Some(id) = op.replaces.and_then(|other| self.refer(number, other)) {
                out["replaces"] = json!([id]);
            }
            let lifts = op.lifts.filter(|_| !self.plain);
            if let Some(id) = lifts.and_then(|other| self.refer(number, other)) {
                out["lifts"] = json!([id]);
            }
        }
        Some(out)
    }

    /// The documents, each with its path.
    pub(crate) fn documents(&self) -> Vec<(Arc<str>, Document)> {
        let read = |(path, text): (String, String)| {
            let document = Kind::at(&path).unwrap().read(read::scan(text.as_bytes()).unwrap());
            let document = document.unwrap_or_else(|fault| panic!("{path}: {fault}\n{text}"));
            (Arc::from(path), document)
        };
        self.texts().into_iter().map(read).collect()
    }

    /// The texts of the documents, each with its path.
    fn texts(&self) -> Vec<(String, String)> {
        let mut out = Vec::new();
        let mut write = |path: String, kind: Kind, mut value: Value| {
            value["$schema"] = json!(format!("../schemas/{kind}.json"));
            out.push((path, value.to_string()));
        };
        for place in 0..self.places() {
            let id = PLACES[place];
            let mut value = json!({ "id": id, "name": { "zh": "地" }, "level": LEVELS[place] });
            if place > 0 {
                value["parent"] = json!(PLACES[place - 1]);
            }
            if let Some((_, from, until)) = self.there.filter(|(at, ..)| *at == place) {
                for (key, date) in [("from", from), ("until", until)] {
                    if let Some(date) = date {
                        value[key] = json!(DATES[date]);
                    }
                }
            }
            write(format!("{id}/jurisdiction.json"), Kind::Jurisdiction, value);
            if place == 0 || self.standards[place] {
                let mut value = json!({ "id": self.standard(place), "name": { "zh": "标准" } });
                if place > 0 {
                    value["implements"] =
                        json!({ "standard": self.standard(place - 1), "versions": "^1" });
                }
                write(format!("{id}/services.standard.json"), Kind::Standard, value);
            }
        }
        for (number, doc) in self.docs.iter().enumerate() {
            let (id, place) = (self.id(number), self.place(doc));
            if let Some(Dated { issued, published, effective }) = &doc.dated {
                let mut value = json!({ "id": id, "title": { "zh": "通知" } });
                for (key, date) in
                    [("issued", issued), ("published", published), ("effective", effective)]
                {
                    if let Some(date) = date {
                        value[key] = json!(DATES[*date]);
                    }
                }
                write(format!("{id}.instrument.json"), Kind::Instrument, value);
            }
            let mut value = match &doc.text {
                Text::Adjustment { after, operations } => {
                    let mut operations: Vec<Value> =
                        operations.iter().filter_map(|op| self.operation(number, op)).collect();
                    if self.plain {
                        plain(&mut operations);
                    }
                    if operations.is_empty() {
                        continue;
                    }
                    if self.turned {
                        operations.reverse();
                    }
                    let mut value = json!({
                        "id": id, "standard": self.standard(place), "operations": operations,
                    });
                    if let Some(id) = after.and_then(|other| self.refer(number, other)) {
                        value["after"] = json!([id]);
                    }
                    value
                }
                Text::Edition { effective, lines } => {
                    if place > 0 && !self.standards[place] {
                        continue;
                    }
                    let mut seen = Vec::new();
                    let mut provisions = Vec::new();
                    let mut enacts = Vec::new();
                    for (line, enacted) in lines {
                        let id = self.line_id(line.line);
                        if seen.contains(&id) {
                            continue;
                        }
                        seen.push(id);
                        provisions.push(self.line(*line));
                        if *enacted {
                            enacts.push(json!(format!("it/{id}")));
                        }
                    }
                    if self.turned {
                        provisions.reverse();
                        enacts.reverse();
                    }
                    let mut value = json!({
                        "standard": self.standard(place),
                        "version": format!("1.{number}.0"),
                        "name": { "zh": "标准" },
                        "transcribed": "full",
                        "items": [{
                            "id": "it", "name": { "zh": "服务" }, "category": "one",
                            "provisions": provisions,
                        }],
                    });
                    if let Some(effective) = effective {
                        value["effective"] = json!(DATES[*effective]);
                    }
                    if !enacts.is_empty() {
                        value["enacts"] = json!(enacts);
                    }
                    value
                }
            };
            if doc.dated.is_some() {
                value["instrument"] = json!(id);
            }
            if doc.draft {
                value["draft"] = json!(true);
            }
            match &doc.text {
                Text::Adjustment { .. } => {
                    write(format!("{id}.adjustment.json"), Kind::Adjustment, value);
                }
                Text::Edition { .. } => {
                    let path = format!("{}@1.{number}.0.edition.json", self.standard(place));
                    write(path, Kind::Edition, value);
                }
            }
        }
        out.extend(self.extra.iter().cloned());
        out
    }

    /// The same, with nothing that attests, each line of an edition enacted.
    #[must_use]
    pub(crate) fn enacting(mut self) -> Self {
        for doc in &mut self.docs {
            match &mut doc.text {
                Text::Adjustment { operations, .. } => {
                    operations.retain(|op| !matches!(op.does, Does::Confirm(_) | Does::Attest(..)));
                    for op in operations {
                        op.was = None;
                        if let Does::Change(line, ..) = op.does {
                            op.does = Does::Set(line);
                        }
                    }
                }
                Text::Edition { lines, .. } => lines.iter_mut().for_each(|line| line.1 = true),
            }
        }
        self
    }

    /// The same, with every list in each document the other way round.
    #[must_use]
    pub(crate) fn turned(mut self) -> Self {
        self.turned = true;
        self
    }

    /// The same, where what is only for a time takes nothing else off.
    #[must_use]
    pub(crate) fn unbound(mut self) -> Self {
        for doc in &mut self.docs {
            if let Text::Adjustment { operations, .. } = &mut doc.text {
                for op in operations.iter_mut().filter(|op| op.temporary) {
                    (op.replaces, op.lifts) = (None, None);
                }
            }
        }
        self
    }

    /// The same, without what is only for a time.
    #[must_use]
    pub(crate) fn lasting(mut self) -> Self {
        for doc in &mut self.docs {
            if let Text::Adjustment { operations, .. } = &mut doc.text {
                operations.retain(|op| !(op.temporary && matches!(op.does, Does::Set(_))));
            }
        }
        self
    }

    /// The registry.
    pub(crate) fn registry(&self) -> Registry {
        Registry::new(self.documents())
    }
}

fn date() -> impl Strategy<Value = usize> {
    prop_oneof![6 => 0..11_usize, 1 => 11..DATES.len()]
}

fn dated() -> impl Strategy<Value = Option<Dated>> {
    let only = |p: f64| proptest::option::weighted(p, date());
    let full = (date(), only(0.2), only(0.2)).prop_map(|(issued, published, effective)| Dated {
        issued: Some(issued),
        published,
        effective,
    });
    let less = (only(0.5), only(0.5)).prop_map(|(published, effective)| Dated {
        issued: None,
        published,
        effective,
    });
    prop_oneof![8 => full.prop_map(Some), 1 => less.prop_map(Some), 1 => Just(None)]
}

fn line() -> impl Strategy<Value = Line> {
    (0..LINES.len(), prop_oneof![6 => 0..3_usize, 2 => 3..VALUES.len()])
        .prop_map(|(line, value)| Line { line, value })
}

fn operation() -> impl Strategy<Value = Op> {
    let other = || 0..8_usize;
    let does = prop_oneof![
        14 => line().prop_map(Does::Set),
        1 => line().prop_map(|line| Does::Change(line, "10", None)),
        1 => (line(), prop_oneof![
            Just(None), Just(Some("half-up")), Just(Some("up")), Just(Some("down"))
        ]).prop_map(|(line, rounding)| Does::Change(line, "55%", rounding)),
        1 => (0..LINES.len()).prop_map(Does::Alter),
        2 => line().prop_map(Does::Confirm),
        3 => (line(), date()).prop_map(|(line, on)| Does::Attest(line, on)),
        2 => (0..LINES.len()).prop_map(Does::End),
        2 => other().prop_map(Does::Repeal),
        3 => other().prop_map(Does::Annul),
        1 => prop_oneof![Just(Does::Rename), Just(Does::Content)],
    ];
    let reading = prop_oneof![
        8 => Just(None),
        1 => Just(Some("within")),
        1 => Just(Some("period")),
    ];
    let was = prop_oneof![5 => Just(None), 1 => Just(Some("10")), 1 => Just(Some("20")),
        1 => Just(Some("240"))];
    let rare = |p: f64| proptest::option::weighted(p, other());
    (
        does,
        date(),
        reading,
        proptest::option::weighted(0.15, date()),
        was,
        proptest::bool::weighted(0.12),
        rare(0.15),
        rare(0.15),
    )
        .prop_map(|(does, from, reading, until, was, temporary, replaces, lifts)| Op {
            // Days have no period around them: half of what is read so gets a longer date.
            from: if reading.is_some() && from < 6 { 11 + from % 4 } else { from },
            does,
            reading,
            until,
            was,
            temporary,
            replaces,
            lifts,
        })
}

fn doc() -> impl Strategy<Value = Doc> {
    let adjustment =
        (proptest::option::weighted(0.4, 0..8_usize), proptest::collection::vec(operation(), 1..4))
            .prop_map(|(after, operations)| Text::Adjustment { after, operations });
    let edition = (
        proptest::option::weighted(0.6, date()),
        proptest::collection::vec((line(), proptest::bool::weighted(0.25)), 1..4),
    )
        .prop_map(|(effective, lines)| Text::Edition { effective, lines });
    (
        0..4_usize,
        dated(),
        proptest::bool::weighted(0.04),
        prop_oneof![5 => adjustment, 1 => edition],
    )
        .prop_map(|(place, dated, draft, text)| Doc { place, dated, draft, text })
}

/// Histories of one to four places; plain ones keep to what nobody reads in two ways.
pub(crate) fn story(plain: bool) -> impl Strategy<Value = Story> {
    let lines = prop_oneof![
        3 => Just(&[0_usize][..]),
        1 => Just(&[0_usize, 9][..]),
        2 => Just(&[0_usize, 1, 2][..]),
        2 => Just(&[0_usize, 3, 4, 5, 7][..]),
        1 => Just(&[0_usize, 1, 4, 6, 8, 10][..]),
    ];
    let standards = prop_oneof![
        3 => proptest::collection::vec(any::<bool>(), 1..2),
        3 => proptest::collection::vec(any::<bool>(), 2..3),
        1 => proptest::collection::vec(any::<bool>(), 3..5),
    ];
    let days = || proptest::option::weighted(0.7, date());
    let there = proptest::option::weighted(0.15, (0..4_usize, days(), days()));
    (standards, there, lines, proptest::collection::vec(doc(), 1..8)).prop_map(
        move |(mut standards, there, lines, docs)| {
            if plain {
                for place in 2..standards.len() {
                    standards[place] &= standards[place - 1];
                }
            }
            let lines = if plain { &[0_usize, 9][..] } else { lines };
            Story { standards, there, lines, docs, plain, turned: false, extra: Vec::new() }
        },
    )
}

/// Leaves to each line one change a day, and to what only attests a document of its own.
fn plain(operations: &mut Vec<Value>) {
    let attests = |op: &Value| op.get("confirm").is_some() || op.get("attest").is_some();
    let mixed = operations.iter().any(|op| !attests(op));
    let mut seen = Vec::new();
    operations.retain(|op| {
        if attests(op) {
            return !mixed;
        }
        let line = ["set", "change", "alter", "end"].iter().find_map(|key| op.get(*key));
        let Some(line) = line else { return true };
        let from = PartialDate::parse(op["from"].as_str().unwrap()).unwrap();
        let key = (line.get("id").unwrap_or(line).clone(), from.first_day());
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
}
