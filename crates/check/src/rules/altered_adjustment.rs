//! A published adjustment does not change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jialiang_model::date::PartialDate;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::kind::adjustment::{Assessed, Assessment, Operation};
use jialiang_model::kind::{Adjustment, Document};
use jialiang_model::place::Place;
use jialiang_model::source::Erratum;
use jialiang_store::{Base, Was};
use serde_json::Value;

use crate::rule::{Rule, Runs, Sink, Subject, place};
use crate::sources::line_of;

pub(crate) static RULE: Rule = Rule {
    name: "altered-adjustment",
    level: Level::Error,
    document: include_str!("altered_adjustment.md"),
    runs: Runs::OnBase(check),
};

/// Whether an adjustment was published when the edit began: it was no draft, and its
/// instrument, where that was on record, was known to have been issued.
fn was_published(subject: &Subject<'_>, base: &Base, adjustment: &Adjustment) -> bool {
    let instrument = adjustment.instrument.as_ref();
    let instrument = instrument.and_then(|id| base.instrument(&subject.loaded.registry, id));
    adjustment.draft != Some(true) && instrument.is_none_or(|i| i.known().is_some())
}

fn check(subject: &Subject<'_>, base: &Base, sink: &mut Sink<'_>) {
    for (path, was) in base.differing() {
        let Was::Document(Document::Adjustment(before)) = was else { continue };
        if !was_published(subject, base, before) {
            continue;
        }
        match subject.loaded.registry.adjustments.get(&before.id) {
            Some(now) => altered(base, path, before, (&now.path, &now.value), sink),
            None if subject.is_there(path) => {}
            None => {
                let was = Place::document(&base.path(path));
                sink.report(
                    Finding::new(
                        Place::document(path),
                        format!("已印发的调整 {} 被删除", before.id),
                        format!("the published adjustment {} is gone", before.id),
                    )
                    .arg("adjustment", &before.id)
                    .help(
                        format!("请恢复它：{}；废止、撤销由另一次调整写明", base.checkout(path)),
                        format!(
                            "bring it back: {}; another adjustment repeals or annuls it",
                            base.checkout(path)
                        ),
                    )
                    .related(was, "原来在这里", "it stood here"),
                );
            }
        }
    }
}

/// Everything that is otherwise than before, and neither completes our copy nor is excused by
/// an erratum that came with it.
fn altered(
    base: &Base,
    path: &Arc<str>,
    before: &Adjustment,
    (now_path, now): (&Arc<str>, &Adjustment),
    sink: &mut Sink<'_>,
) {
    let new = now.errata.iter().filter(|erratum| !before.errata.contains(erratum));
    let excused = |at: &str| new.clone().any(|erratum| erratum.what.as_str() == at);
    let then = |words: &[&str]| place(&base.path(path), words);
    for (key, was, is) in heads(before, now) {
        if key == "errata" || key == "draft" || !excused(key) {
            let here = place(now_path, &[key]);
            sink.report(otherwise((here, then(&[key])), key, &was, &is));
        }
    }
    for pair in pairs(&before.operations, &now.operations) {
        let at = format!("operations/[{}]", pair.now.unwrap_or(pair.before));
        if excused(&at) {
            continue;
        }
        let old_word = format!("[{}]", pair.before);
        let old = then(&["operations", &old_word]);
        match pair.now {
            None => sink.report(
                Finding::new(
                    place(now_path, &["operations"]).key(),
                    format!("已印发的调整少了一项：{}", pair.was),
                    format!("the published adjustment lacks what it said: {}", pair.was),
                )
                .arg("was", &pair.was)
                .label("少了一项", "something is gone")
                .help(
                    format!("请恢复它；是录错的，请在 errata 里写明：{{ \"what\": \"{at}\", \"why\": \"…\", \"day\": \"…\" }}"),
                    format!("bring it back; where our copy was wrong, say so under errata: {{ \"what\": \"{at}\", \"why\": \"…\", \"day\": \"…\" }}"),
                )
                .related(old, "原来在这里", "it stood here"),
            ),
            Some(i) => {
                let word = format!("[{i}]");
                let words: Vec<&str> =
                    ["operations", word.as_str()].into_iter().chain(pair.key.split('/')).collect();
                let here = place(now_path, &words);
                sink.report(otherwise((here, old), &at, &pair.was, &pair.is));
            }
        }
    }
}

fn otherwise((here, then): (Place, Place), at: &str, was: &str, is: &str) -> Finding {
    Finding::new(
        here,
        format!("已印发的调整改了 {at}：原为“{was}”，现为“{is}”"),
        format!("the published adjustment says otherwise at {at}: `{was}` before, `{is}` now"),
    )
    .arg("was", was)
    .arg("is", is)
    .label(format!("原为“{was}”"), format!("`{was}` before"))
    .help(
        format!("请恢复原值；是录错的，请在 errata 里写明：{{ \"what\": \"{at}\", \"why\": \"…\", \"day\": \"…\" }}；官方更正、再次调整是另一份文档"),
        format!("bring the value back; where our copy was wrong, say so under errata: {{ \"what\": \"{at}\", \"why\": \"…\", \"day\": \"…\" }}; an official correction or a further change is a document of its own"),
    )
    .related(then, "原来的写法", "it was so")
}

/// Each key of the document itself that says otherwise, and was not merely empty.
fn heads(before: &Adjustment, now: &Adjustment) -> Vec<(&'static str, String, String)> {
    let Adjustment {
        schema: _,
        id: _,
        standard,
        draft,
        instrument,
        after,
        assessments,
        errata,
        source: _,
        operations: _,
    } = before;
    let mut all = Vec::new();
    let mut see = |key, was: String, is: String, free: bool| {
        if was != is && !free {
            all.push((key, was, is));
        }
    };
    let word = |value: Option<String>| value.unwrap_or_else(|| "—".to_owned());
    see("standard", standard.to_string(), now.standard.to_string(), false);
    let flag = |draft: Option<bool>| word(draft.map(|draft| draft.to_string()));
    see("draft", flag(*draft), flag(now.draft), now.draft != Some(true));
    let id = |id: &Option<_>| word(id.as_ref().map(ToString::to_string));
    // That a document is seen at last says nothing new of what it changed.
    see("instrument", id(instrument), id(&now.instrument), instrument.is_none());
    let list = |ids: &[jialiang_model::id::InstrumentId]| {
        word(
            (!ids.is_empty())
                .then(|| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")),
        )
    };
    let kept = after.iter().all(|other| now.after.contains(other));
    see("after", list(after), list(&now.after), kept);
    // What comes to be seen completes our copy; what was seen stays.
    let (done, still) = (assessed(assessments), assessed(&now.assessments));
    let kept = done.iter().all(|one| still.contains(one));
    let shown = |done: &BTreeSet<Assessed>| {
        let words: Vec<&str> = done.iter().map(|one| one.as_str()).collect();
        word((!words.is_empty()).then(|| words.join("、")))
    };
    see("assessments", shown(&done), shown(&still), kept);
    let kept = errata.iter().all(|erratum| now.errata.contains(erratum));
    let said = |errata: &[Erratum]| {
        let one = |e: &Erratum| format!("{} {}: {}", e.day, e.what, e.why);
        errata.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    see("errata", said(errata), said(&now.errata), kept);
    all
}

fn assessed(assessments: &[Assessment]) -> BTreeSet<Assessed> {
    assessments.iter().flat_map(|one| one.of.iter().copied()).collect()
}

/// An operation that says otherwise than before, or is gone.
struct Pair {
    before: usize,
    now: Option<usize>,
    /// The first key that differs.
    key: String,
    was: String,
    is: String,
}

/// What an operation says, by where: without what is ours, the English and the sources.
fn says(operation: &Operation) -> BTreeMap<String, String> {
    fn walk(value: &Value, at: &str, all: &mut BTreeMap<String, String>) {
        let under = |key: &str| match at {
            "" => key.to_owned(),
            at => format!("{at}/{key}"),
        };
        match value {
            Value::Object(map) => {
                let ours = |key: &str| matches!(key, "en" | "source");
                for (key, value) in map.iter().filter(|(key, _)| !ours(key)) {
                    walk(value, &under(key), all);
                }
            }
            Value::Array(list) => {
                for (i, value) in list.iter().enumerate() {
                    let id = value.get("id").and_then(Value::as_str);
                    let word = id.map_or_else(|| format!("[{i}]"), str::to_owned);
                    walk(value, &under(&word), all);
                }
            }
            Value::String(text) => drop(all.insert(at.to_owned(), text.clone())),
            other => drop(all.insert(at.to_owned(), other.to_string())),
        }
    }
    let mut all = BTreeMap::new();
    // Documents hold strings, lists and objects only, so this cannot fail.
    walk(&serde_json::to_value(operation).unwrap_or_default(), "", &mut all);
    all
}

/// What an operation is about: what a copy that was mended has in common with the one before.
fn about(operation: &Operation) -> (Option<&Id>, &'static str, Option<&Id>) {
    (operation.item.as_ref(), operation.act.key(), line_of(&operation.act))
}

/// Whether a copy may say it where it said nothing before: what is printed beside the result.
fn completes(key: &str) -> bool {
    key == "was" || key == "direction" || key.starts_with("by/") || key.ends_with("/name/zh")
}

/// The operations of before that are otherwise now. What is written since completes our copy:
/// a document may change more than was on record.
fn pairs(before: &[Operation], now: &[Operation]) -> Vec<Pair> {
    let said: Vec<_> = before.iter().map(says).collect();
    let is: Vec<_> = now.iter().map(says).collect();
    let mut free: Vec<usize> = (0..now.len()).collect();
    let mut left = Vec::new();
    for (i, one) in said.iter().enumerate() {
        match free.iter().position(|j| is.get(*j) == Some(one)) {
            Some(at) => drop(free.remove(at)),
            None => left.push(i),
        }
    }
    let first_day =
        |operation: &Operation| operation.when.map(|when| PartialDate::first_day(when.from));
    let mut all = Vec::new();
    for i in left {
        let (Some(operation), Some(said)) = (before.get(i), said.get(i)) else { continue };
        let alike = |j: &usize| now.get(*j).is_some_and(|other| about(other) == about(operation));
        let on_its_day =
            |j: &usize| now.get(*j).map(first_day) == Some(first_day(operation)) && alike(j);
        let at = free.iter().position(on_its_day).or_else(|| free.iter().position(alike));
        let Some(j) = at.map(|at| free.remove(at)) else {
            let was = said.values().map(String::as_str).collect::<Vec<_>>().join(" ");
            let key = String::new();
            all.push(Pair { before: i, now: None, key, was, is: String::new() });
            continue;
        };
        let Some(is) = is.get(j) else { continue };
        let keys = said.keys().chain(is.keys().filter(|key| !said.contains_key(*key)));
        let differs = |key: &&String| {
            said.get(*key) != is.get(*key) && (said.contains_key(*key) || !completes(key))
        };
        let differing: Vec<&String> = keys.filter(differs).collect();
        let Some(first) = differing.first() else { continue };
        let told = |says: &BTreeMap<String, String>| {
            let one = |key: &&String| {
                let value = says.get(*key).map_or("—", String::as_str);
                if differing.len() == 1 { value.to_owned() } else { format!("{key} {value}") }
            };
            differing.iter().map(one).collect::<Vec<_>>().join("，")
        };
        // A key that is gone is shown at the operation.
        let key =
            if is.contains_key(*first) { (*first).clone() } else { operation.act.key().to_owned() };
        all.push(Pair { before: i, now: Some(j), key, was: told(said), is: told(is) });
    }
    all
}
