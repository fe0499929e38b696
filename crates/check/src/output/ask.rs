//! What `jialiang ask` and `jialiang history` print for programs, as values: read them back
//! with these types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use jialiang_model::Registry;
use jialiang_model::date::Day;
use jialiang_model::id::Id;
use jialiang_resolve as resolve;
use jialiang_resolve::{Answered, Facts, InForce, Known, Question, Unbroken};
use jialiang_store::Texts;

use super::Words;
use super::answer::{Answer, Held, Origin, Printed};
use super::tell::Teller;
use crate::locate::Locator;

/// The version of these outputs; it rises when a reader would have to change.
pub const VERSION: u32 = 1;

/// What is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ask {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// What was asked. · 所问。
    pub asked: Asked,
    /// Each item with its lines. · 各服务项目及其标准。
    pub items: Vec<Item>,
}

/// What was asked, all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Asked {
    /// The place. · 行政区划。
    pub place: String,
    /// What people call it. · 行政区划名称。
    pub place_name: Words,
    /// The item, where one was named. · 服务项目。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The line or the measure, where one was named. · 条目或指标。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The standard, where one was named. · 标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// The day for which it was asked; none for a history. · 适用的日期；历史没有。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// By which day it had to be known; everything on record where absent. · 截至何日所知；没有则为库中全部。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// What is known of the person or the case. · 已知的情形。
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
    /// The commit as which the registry was read. · 登记库的 git 提交。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rev: Option<String>,
}

/// An item in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Item {
    /// Its id. · 项目标识。
    pub id: String,
    /// Its name as in force. · 现行名称。
    pub name: Words,
    /// What is in force of it beside its lines: recipients, content, responsibility, lead
    /// agencies, and what said each. · 标准以外的现行内容及其依据。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Its lines, one for each measure and cell told apart. · 各条标准，按指标和适用范围分列。
    pub lines: Vec<Line>,
    /// The dimensions that the question left open and the lines tell apart, with their values.
    /// · 所问未定、而各条标准有所区分的维度及取值。
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub open: BTreeMap<String, Vec<String>>,
    /// Drafts of adjustments that speak of it here or above, and are not counted, where it was
    /// asked for by name. · 点名问到的项目：本地和上级涉及它、尚未计入的调整草案。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<String>,
}

/// One part of an item in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Part {
    /// Which: standing, recipients, content, responsibility or lead-agencies. · 哪一部分。
    pub part: String,
    /// What it says. · 内容。
    pub words: Words,
    /// From when, where that is on record. · 起始日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// What said it. · 依据。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// The answer for one measure and one cell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    /// The question by its address. · 所问的地址。
    pub address: String,
    /// The measure. · 指标。
    pub measure: String,
    /// What people call it, where a line of it has a name. · 名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// For whom: `*` is any other value than those on record. · 适用范围；* 为其余取值。
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cell: BTreeMap<String, String>,
    /// The answer. · 答案。
    pub answer: Answer,
    /// Where the value is unverified, what holds by verified documents alone: several where
    /// those leave it open, none where there are none. · 现行值未核对的，据已核对的文件应为何值；没有则为空。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_verified: Option<Vec<Held>>,
    /// What the edition prints. · 版本所印。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Printed>,
}

/// What held on each day, as known on each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct History {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// What was asked. · 所问。
    pub asked: Asked,
    /// What people call the item. · 服务项目名称。
    pub name: Words,
    /// One for each measure and cell told apart. · 按指标和适用范围分列。
    pub strands: Vec<Strand>,
}

/// One measure for one cell, over all days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Strand {
    /// The measure. · 指标。
    pub measure: String,
    /// What people call it. · 名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// For whom. · 适用范围。
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cell: BTreeMap<String, String>,
    /// The stretches over which the answer is one. · 答案不变的各段。
    pub stretches: Vec<Stretch>,
}

/// Days and knowledge over which the answer is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Stretch {
    /// The days for which it is answered. · 适用的日期。
    pub valid: Span,
    /// The days by which it was known. · 所知的日期。
    pub known: Span,
    /// The day before which its days lie before the day from which it is known: so far it
    /// reaches back. · 上溯：此日以前的日期早于其为公众所知之日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retroactive_until: Option<String>,
    /// The answer. · 答案。
    pub answer: Answer,
}

/// Days from one to before another; open where absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Span {
    /// The first day. · 首日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The day after the last. · 末日的次日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A question as the command takes it, ids only.
#[derive(Debug, Clone)]
pub struct Asking<'q> {
    /// The place.
    pub place: &'q str,
    /// The item, where one is named.
    pub item: Option<&'q str>,
    /// The line or the measure, where one is named.
    pub line: Option<&'q str>,
    /// The standard, where one is named.
    pub standard: Option<&'q str>,
    /// What is known of the person or the case.
    pub facts: &'q Facts,
    /// The day for which it is asked.
    pub valid: Day,
    /// By when it was known.
    pub known: Known,
    /// The commit as which the registry was read.
    pub rev: Option<&'q str>,
}

impl<'q> Asking<'q> {
    fn question<'s>(&'s self, item: &'s str, standard: Option<&'s str>) -> Question<'s> {
        Question {
            place: self.place,
            item,
            standard,
            line: self.line,
            facts: self.facts,
            valid: self.valid,
            known: self.known,
        }
    }

    fn asked(&self, teller: &Teller<'_>, timeless: bool) -> Asked {
        Asked {
            place: self.place.to_owned(),
            place_name: teller.place(self.place),
            item: self.item.map(str::to_owned),
            line: self.line.map(str::to_owned),
            standard: self.standard.map(str::to_owned),
            on: (!timeless).then(|| self.valid.to_string()),
            known: match self.known {
                Known::By(day) if !timeless => Some(day.to_string()),
                Known::By(_) | Known::Latest => None,
            },
            with: cell(self.facts),
            rev: self.rev.map(str::to_owned),
        }
    }

    /// The address that asks for one measure.
    fn address(&self, item: &str, measure: &str) -> String {
        let line = self.line.unwrap_or(measure);
        let known = match self.known {
            Known::By(day) => format!(";known={day}"),
            Known::Latest => String::new(),
        };
        let slash = if line.is_empty() { "" } else { "/" };
        format!("{}/{item}{slash}{line}@{}{known}", self.place, self.valid)
    }

    /// What to try where nothing is on record.
    fn next(&self, item: &str, tried: &resolve::Tried<'_>) -> Vec<String> {
        let place = self.place;
        let mut all = Vec::new();
        if let (Some(from), Known::By(_)) = (tried.known_from, self.known) {
            all.push(format!("jialiang ask {place} {item} --on {} --known {from}", self.valid));
        }
        for (dimension, values) in &tried.dimensions {
            if let Some(value) = values.first().filter(|_| self.facts.get(dimension).is_none()) {
                all.push(format!(
                    "jialiang ask {place} {item} --on {} --with {dimension}={value}",
                    self.valid
                ));
            }
        }
        match tried.why {
            resolve::Nothing::Place => all.push("jialiang list places".to_owned()),
            resolve::Nothing::Item => all.push(format!("jialiang ask {place}")),
            resolve::Nothing::Line | resolve::Nothing::Facts => {
                all.push(format!("jialiang ask {place} {item}"));
            }
            resolve::Nothing::Ambiguous => all.push("jialiang list standards".to_owned()),
            resolve::Nothing::Absent => all.push("jialiang list places".to_owned()),
            resolve::Nothing::Record => {
                all.push(format!("jialiang history {place} {item}"));
            }
        }
        all
    }
}

/// Facts as dimensions and values.
fn cell(facts: &Facts) -> BTreeMap<String, String> {
    let value = |fact: &resolve::Fact| match fact {
        resolve::Fact::Is(value) => value.to_string(),
        resolve::Fact::Other => "*".to_owned(),
    };
    facts.iter().map(|(dimension, fact)| (dimension.to_string(), value(fact))).collect()
}

/// What people call the line of an answer.
fn named(answer: &Answer, printed: Option<&Words>) -> Option<Words> {
    let name = |held: &Held| held.name.clone();
    let own = match answer {
        Answer::Value(held) => name(held),
        Answer::Undecided(undecided) => undecided.candidates.iter().rev().find_map(name),
        Answer::NotYet(not_yet) => name(&not_yet.first),
        Answer::Unknown(unknown) => unknown.first.as_deref().and_then(name),
        Answer::Ended(_) | Answer::NotApplicable(_) => None,
    };
    own.or_else(|| printed.cloned())
}

impl Ask {
    /// Asks, and tells the answers.
    pub fn new(
        registry: &Registry,
        texts: &Texts,
        force: &InForce<'_>,
        asking: &Asking<'_>,
    ) -> Self {
        let mut teller = Teller { registry, locator: Locator::new(texts) };
        let ids = match asking.item {
            Some(item) => vec![(asking.standard, item)],
            None => {
                let all = force.items(asking.place, asking.standard).into_iter();
                all.map(|(standard, item)| (Some(standard), item)).collect()
            }
        };
        let alone = asking.item.is_some();
        let mut items: Vec<Item> =
            ids.into_iter().map(|id| item(&mut teller, force, asking, id)).collect();
        if !alone {
            items.retain(|item| !item.lines.is_empty());
        }
        Self { version: VERSION, asked: asking.asked(&teller, false), items }
    }

    /// Every answer.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.items.iter().flat_map(|item| item.lines.iter().map(|line| &line.answer))
    }
}

/// The drafts of adjustments, of a place and those above it, that speak of an item.
fn drafts(registry: &Registry, force: &InForce<'_>, question: &Question<'_>) -> Vec<String> {
    let up = |at: &&str| force.parent(at, question.standard);
    let places: Vec<&str> = std::iter::successors(Some(question.place), up).take(16).collect();
    let drafts = registry.adjustments.values().filter(|entry| entry.value.draft == Some(true));
    let here = drafts.filter(|entry| {
        let of_item = |one: &Id| one.as_str() == question.item;
        places.contains(&entry.value.place())
            && entry.value.operations.iter().any(|one| one.item.as_ref().is_some_and(of_item))
    });
    here.map(|entry| entry.path.to_string()).collect()
}

fn item(
    teller: &mut Teller<'_>,
    force: &InForce<'_>,
    asking: &Asking<'_>,
    (standard, id): (Option<&str>, &str),
) -> Item {
    let question = asking.question(id, standard);
    let found = force.ask(&question);
    let alone = asking.item.is_some();
    let lines: Vec<Line> = found
        .iter()
        // Of an item that was not asked for by name, that it has no lines is not told; that it
        // is not applicable here is.
        .filter(|one| {
            let declared = matches!(one.answer, resolve::Answer::NotApplicable(..));
            alone || declared || !one.measure.is_empty()
        })
        .map(|one| {
            let mut answer = teller.answer(&one.answer, |tried| asking.next(id, tried));
            unbroken(force, &question, one, &mut answer);
            let last_verified = force.verified(&question, one);
            let printed = one.printed.as_ref().map(|line| teller.printed(line, &one.answer));
            let name = one.printed.as_ref().and_then(|printed| printed.line.name.as_deref());
            Line {
                address: asking.address(id, one.measure),
                measure: one.measure.to_owned(),
                name: named(&answer, name.map(super::tell::text).as_ref()),
                cell: cell(&one.cell),
                answer,
                last_verified: last_verified
                    .map(|all| all.iter().map(|one| teller.held(one)).collect()),
                printed,
            }
        })
        .collect();
    let mut open: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in &lines {
        for (dimension, value) in &line.cell {
            let there = asking.facts.get(dimension).is_some();
            let values = open.entry(dimension.clone()).or_default();
            if !there && !values.contains(value) {
                values.push(value.clone());
            }
        }
    }
    open.retain(|_, values| values.len() > 1);
    let (name, parts) = teller.item(force, &question, alone && asking.line.is_none());
    let drafts = match alone {
        true => drafts(teller.registry, force, &question),
        false => Vec::new(),
    };
    Item { id: id.to_owned(), name, parts, lines, open, drafts }
}

/// Gives a value the days on which it holds without a break, and one that is to come those on
/// which it will.
fn unbroken<'a>(
    force: &InForce<'a>,
    question: &Question<'_>,
    answered: &Answered<'a>,
    answer: &mut Answer,
) {
    let (held, later) = match (answer, &answered.answer) {
        (Answer::Value(held), _) => (held, None),
        (Answer::NotYet(not_yet), resolve::Answer::NotYet { first, .. }) => {
            (&mut not_yet.first, Some(first.clone()))
        }
        _ => return,
    };
    let days = match later.map(|first| (first.since, first)) {
        None => force.unbroken(question, answered),
        Some((None, _)) => return,
        Some((Some(valid), first)) => {
            let answer = resolve::Answer::Value(*first);
            let answered = Answered { answer, ..answered.clone() };
            let days = force.unbroken(&Question { valid, ..*question }, &answered);
            // Something else may lie above it on its first day.
            days.filter(|days| days.since.is_some())
        }
    };
    if let Some(Unbroken { since, until }) = days {
        held.since = since.map(|day| day.to_string());
        held.until = until.map(|day| day.to_string());
    }
}

impl History {
    /// Follows an item over all days.
    pub fn new(
        registry: &Registry,
        texts: &Texts,
        force: &InForce<'_>,
        asking: &Asking<'_>,
    ) -> Self {
        let mut teller = Teller { registry, locator: Locator::new(texts) };
        let id = asking.item.unwrap_or_default();
        let question = asking.question(id, asking.standard);
        let strands = force.history(&question).into_iter().map(|strand| {
            let resolve::Strand { measure, cell: of, stretches } = strand;
            let stretches: Vec<Stretch> =
                stretches.iter().map(|one| stretch(&mut teller, one, asking, id)).collect();
            let name = stretches.iter().rev().find_map(|one| named(&one.answer, None));
            Strand { measure: measure.to_owned(), name, cell: cell(&of), stretches }
        });
        let strands = strands.collect();
        let (name, _) = teller.item(force, &question, false);
        Self { version: VERSION, asked: asking.asked(&teller, true), name, strands }
    }
}

fn stretch(
    teller: &mut Teller<'_>,
    one: &resolve::Stretch<'_>,
    asking: &Asking<'_>,
    item: &str,
) -> Stretch {
    let resolve::Stretch { valid, known, answer } = one;
    let span = |(from, until): (Option<Day>, Option<Day>)| Span {
        from: from.map(|day| day.to_string()),
        until: until.map(|day| day.to_string()),
    };
    let back = match answer {
        resolve::Answer::Value(held) => reaches_back(held, *valid),
        resolve::Answer::Undecided { .. }
        | resolve::Answer::NotYet { .. }
        | resolve::Answer::Ended { .. }
        | resolve::Answer::NotApplicable(..)
        | resolve::Answer::Unknown(_) => None,
    };
    Stretch {
        valid: span(*valid),
        known: span(*known),
        retroactive_until: back.map(|day| day.to_string()),
        answer: teller.answer(answer, |tried| asking.next(item, tried)),
    }
}

/// The day until which a value reaches back: it is known from a day after its first one. What
/// was only seen in force has another document's start.
fn reaches_back(
    held: &resolve::Held<'_>,
    (from, until): (Option<Day>, Option<Day>),
) -> Option<Day> {
    let attested = held.marks.has(resolve::Mark::Attested);
    let known = held.stamp.known;
    let is_back = !attested
        && held.since.is_some_and(|since| since < known)
        && from.is_none_or(|from| from < known);
    is_back.then(|| until.map_or(known, |until| until.min(known)))
}
