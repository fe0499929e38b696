//! No id stands twice where it must be one.

use std::collections::btree_map::Entry as Entered;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::sync::Arc;

use jialiang_model::Entry;
use jialiang_model::cell::Cell;
use jialiang_model::date::PartialDate;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::{Id, InstrumentId};
use jialiang_model::kind::adjustment::{Act, Operation, When};
use jialiang_model::kind::edition::NotApplicable;
use jialiang_model::kind::jurisdiction::Followed;
use jialiang_model::kind::standard::Listed;
use jialiang_model::kind::{Adjustment, Edition, Plan};
use jialiang_model::place::{Place, counted};

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};
use crate::sources::line_of;
use crate::taxonomy::lines_of;

pub(crate) static RULE: Rule = Rule {
    name: "doubled-id",
    level: Level::Error,
    document: include_str!("doubled_id.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let path = document.path();
    match document {
        Doc::Registry(_) | Doc::Acceptance(_) => {}
        Doc::Instrument(entry) => {
            named_twice(path, &["issuers"], &entry.value.issuers, sink);
        }
        Doc::Jurisdiction(entry) => {
            let ids = entry.value.agencies.iter().map(|agency| &agency.id);
            in_list(path, &["agencies"], ids, sink);
            followed_twice(path, &entry.value.followed, sink);
        }
        Doc::Adjustment(entry) => in_an_adjustment(path, &entry.value, sink),
        Doc::Standard(entry) => {
            let areas = &entry.value.areas;
            in_list(path, &["areas"], areas.iter().map(|area| &area.id), sink);
            // Items name only their category, so a category is one in the whole standard.
            let mut seen: HashMap<&Id, Place> = HashMap::new();
            for area in areas {
                let ids = area.categories.iter().map(|category| category.id.as_str());
                for (category, word) in area.categories.iter().zip(counted(ids)) {
                    let here = place(path, &["areas", area.id.as_str(), "categories", &word]);
                    match seen.get(&category.id) {
                        Some(first) => sink.report(doubled(&category.id, here, first.clone())),
                        None => drop(seen.insert(&category.id, here)),
                    }
                }
            }
            listed_twice(document, sink);
        }
        Doc::Plan(entry) => in_a_plan(path, &entry.value, sink),
        Doc::Crosswalk(entry) => {
            let links = &entry.value.links;
            for (i, link) in links.iter().enumerate() {
                if let Some(first) = links.iter().take(i).position(|other| other == link) {
                    let at = |i: usize| place(path, &["links", &format!("[{i}]")]);
                    sink.report(
                        Finding::new(
                            at(i),
                            format!("“{}”的同一条对应关系写了两次", link.domain),
                            format!("one link of `{}` stands twice", link.domain),
                        )
                        .arg("domain", &link.domain)
                        .label("第二次", "the second")
                        .help("请删去重复的一条", "delete the second")
                        .related(
                            at(first),
                            "第一次在这里",
                            "the first stands here",
                        ),
                    );
                }
            }
        }
        Doc::Indicators(entry) => {
            let table = &entry.value.indicators;
            in_list(path, &["indicators"], table.iter().map(|indicator| &indicator.id), sink);
            for indicator in table {
                let id = indicator.id.as_str();
                let seen = &indicator.observations;
                for (i, one) in seen.iter().enumerate() {
                    if let Some(first) = seen.iter().take(i).position(|other| other.of == one.of) {
                        let at = |i: usize| {
                            place(
                                path,
                                &["indicators", id, "observations", &format!("[{i}]"), "of"],
                            )
                        };
                        sink.report(observed_twice(id, &one.of, at(i), at(first)));
                    }
                }
            }
        }
        Doc::Edition(entry) => {
            in_list(path, &["items"], entry.value.items.iter().map(|item| &item.id), sink);
            for (class, named) in entry.value.declared.iter().flat_map(|d| d.classes()) {
                named_twice(path, &["declared", class, "items"], &named.items, sink);
            }
            named_twice(path, &["enacts"], &entry.value.enacts, sink);
            set_aside_twice(path, &entry.value.not_applicable, sink);
            labelled_twice(subject, entry, sink);
            for item in &entry.value.items {
                let ids = item.provisions.iter().map(|provision| &provision.id);
                let id = item.id.as_str();
                in_list(path, &["items", id, "provisions"], ids, sink);
                named_twice(path, &["items", id, "lead-agencies"], &item.lead_agencies, sink);
                if let Some(responsibility) = &item.responsibility {
                    let words = ["items", id, "responsibility", "payers"];
                    named_twice(path, &words, &responsibility.payers, sink);
                }
            }
        }
    }
}

fn doubled(id: &Id, second: Place, first: Place) -> Finding {
    Finding::new(second, format!("标识“{id}”用了两次"), format!("the id `{id}` stands twice"))
        .arg("id", id)
        .label("第二次", "the second")
        .help(
            "请删去重复的一条，或给其中一条另起标识",
            "delete the second, or give one of them an id of its own",
        )
        .related(first, "第一次用在这里", "the first stands here")
}

/// A place says once through which day something is followed.
fn followed_twice(path: &Arc<str>, followed: &[Followed], sink: &mut Sink<'_>) {
    for (i, one) in followed.iter().enumerate() {
        let same = |other: &Followed| other.standard == one.standard && other.items == one.items;
        if let Some(first) = followed.iter().take(i).position(same) {
            let at = |i: usize| place(path, &["followed", &format!("[{i}]"), "through"]);
            let day = one.through;
            sink.report(
                Finding::new(
                    at(i),
                    format!("同一范围的跟踪日期写了两次，这里是 {day}"),
                    format!("one scope is followed through two days, here {day}"),
                )
                .arg("through", day)
                .label("第二次", "the second")
                .help("请只留较晚的一个", "keep the later one")
                .related(at(first), "第一次在这里", "the first stands here"),
            );
        }
    }
}

/// An item is declared not applicable once.
fn set_aside_twice(path: &Arc<str>, all: &[NotApplicable], sink: &mut Sink<'_>) {
    for (i, one) in all.iter().enumerate() {
        if let Some(first) = all.iter().take(i).position(|other| other.item == one.item) {
            let at = |i: usize| place(path, &["not-applicable", &format!("[{i}]"), "item"]);
            sink.report(doubled(&one.item, at(i), at(first)));
        }
    }
}

/// What an operation is about and from when: what one document does to it, it does once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Done<'a> {
    item: Option<&'a Id>,
    /// Lines that are moved at one day, each in its cell; anything else by its key.
    what: (&'static str, Option<&'a Id>, Option<&'a Cell>),
    on: Option<String>,
    other: Option<&'a InstrumentId>,
}

fn done(operation: &Operation) -> Done<'_> {
    let Operation { item, act, when, bond: _, source: _ } = operation;
    // A year begins on the day on which its first month does.
    let from = when.as_ref().map(|when| when.from.first_day().to_string());
    let cell = act.line().map(|line| &line.cell);
    let (what, on, other) = match act {
        Act::Set { .. } | Act::Change { .. } => (("set", line_of(act), cell), from, None),
        Act::Alter { .. } | Act::End(_) => ((act.key(), line_of(act), None), from, None),
        Act::Confirm(_) => ((act.key(), line_of(act), cell), None, None),
        Act::Attest { line: _, on } => {
            ((act.key(), line_of(act), cell), Some(on.first_day().to_string()), None)
        }
        Act::Add(_) | Act::Retire(_) => ((act.key(), None, None), None, None),
        Act::Rename(_)
        | Act::Recipients(..)
        | Act::Content(_)
        | Act::Responsibility(_)
        | Act::LeadAgencies(_) => ((act.key(), None, None), from, None),
        Act::Repeal(other) | Act::Annul(other) => (("repeal", None, None), None, Some(other)),
    };
    Done { item: item.as_ref(), what, on, other }
}

/// What one document does to a line from one day, it does once.
fn in_an_adjustment(path: &Arc<str>, adjustment: &Adjustment, sink: &mut Sink<'_>) {
    named_twice(path, &["after"], &adjustment.after, sink);
    let mut seen: BTreeMap<Done<'_>, usize> = BTreeMap::new();
    for (i, operation) in adjustment.operations.iter().enumerate() {
        let word = format!("[{i}]");
        let list = |key: &'static str| ["operations", &word, key];
        named_twice(path, &list("replaces"), &operation.bond.replaces, sink);
        named_twice(path, &list("lifts"), &operation.bond.lifts, sink);
        match &operation.act {
            Act::LeadAgencies(all) => named_twice(path, &list(operation.act.key()), all, sink),
            Act::Retire(into) => named_twice(path, &list("into"), into, sink),
            Act::Add(item) => {
                let words = [&list("add")[..], &["provisions"]].concat();
                in_list(path, &words, item.provisions.iter().map(|line| &line.id), sink);
            }
            Act::Set { .. }
            | Act::Change { .. }
            | Act::Alter { .. }
            | Act::Confirm(_)
            | Act::Attest { .. }
            | Act::End(_)
            | Act::Rename(_)
            | Act::Recipients(..)
            | Act::Content(_)
            | Act::Responsibility(_)
            | Act::Repeal(_)
            | Act::Annul(_) => {}
        }
        let key = operation.act.key();
        let at = |i: usize, key: &str| place(path, &["operations", &format!("[{i}]"), key]);
        match seen.entry(done(operation)) {
            Entered::Vacant(entry) => drop(entry.insert(i)),
            Entered::Occupied(entry) => {
                let first = adjustment.operations.get(*entry.get());
                let first_key = first.map_or(key, |first| first.act.key());
                let first = at(*entry.get(), first_key);
                sink.report(done_twice(operation, at(i, key), first));
            }
        }
    }
}

fn done_twice(operation: &Operation, second: Place, first: Place) -> Finding {
    let line = line_of(&operation.act);
    let what = match (&operation.item, line) {
        (Some(item), Some(line)) => format!("{item}/{line}"),
        (Some(item), None) => item.to_string(),
        (None, _) => match &operation.act {
            Act::Repeal(other) | Act::Annul(other) => other.to_string(),
            other => other.key().to_owned(),
        },
    };
    let (zh, en) = match operation.when {
        Some(When { from, reading: _, until: _ }) => {
            (format!("自 {from} 起"), format!(" from {from}"))
        }
        None => (String::new(), String::new()),
    };
    Finding::new(
        second,
        format!("同一次调整对“{what}”{zh}写了两次"),
        format!("one adjustment speaks twice of `{what}`{en}"),
    )
    .arg("what", &what)
    .label("第二次", "the second")
    .help(
        "请删去重复的一条；起始时间不同的，改正其中一个 from",
        "delete the second; where they begin on different days, mend one `from`",
    )
    .related(first, "第一次在这里", "the first stands here")
}

fn observed_twice(id: &str, of: &PartialDate, second: Place, first: Place) -> Finding {
    Finding::new(
        second,
        format!("指标“{id}”有两个 {of} 的数据"),
        format!("the indicator `{id}` has two observations of {of}"),
    )
    .arg("id", id)
    .arg("of", of)
    .label("第二次", "the second")
    .help(
        "请只留一个；两个来源不同的，在留下的一个的备注里写明",
        "keep one; where two sources differ, say so in the note of the one that stays",
    )
    .related(first, "第一次在这里", "the first stands here")
}

/// A crosswalk names a part by its domain and id, and a target is known in the whole plan.
fn in_a_plan(path: &Arc<str>, plan: &Plan, sink: &mut Sink<'_>) {
    in_list(path, &["domains"], plan.domains.iter().map(|domain| &domain.id), sink);
    for domain in &plan.domains {
        let mut seen: HashMap<&Id, Place> = HashMap::new();
        for (list, part) in domain.parts() {
            let here = place(path, &["domains", domain.id.as_str(), list, part.id.as_str()]);
            match seen.get(&part.id) {
                Some(first) => sink.report(doubled(&part.id, here, first.clone())),
                None => drop(seen.insert(&part.id, here)),
            }
        }
    }
    let mut seen: HashMap<&Id, Place> = HashMap::new();
    for placed in plan.every_target() {
        let here = place(path, &placed.words());
        match seen.get(&placed.target.id) {
            Some(first) => sink.report(doubled(&placed.target.id, here, first.clone())),
            None => drop(seen.insert(&placed.target.id, here)),
        }
    }
}

fn in_list<'a>(
    path: &Arc<str>,
    words: &[&str],
    ids: impl Iterator<Item = &'a Id>,
    sink: &mut Sink<'_>,
) {
    let mut sorted: Vec<&Id> = ids.collect();
    sorted.sort_unstable();
    let mut before: Option<&Id> = None;
    let mut times = 1;
    for id in sorted {
        times = if before == Some(id) { times + 1 } else { 1 };
        before = Some(id);
        if times > 1 {
            let again = format!("{id}[{times}]");
            let at = |word: &str| place(path, &[words, &[word]].concat());
            sink.report(doubled(id, at(&again), at(id.as_str())));
        }
    }
}

/// A label names one edition of a standard: people ask by it.
fn labelled_twice(subject: &Subject<'_>, entry: &Entry<Edition>, sink: &mut Sink<'_>) {
    let Some(label) = &entry.value.label else {
        return;
    };
    let editions = &subject.loaded.registry.editions;
    let first = editions
        .range(..entry.value.id())
        .rev()
        .take_while(|(id, _)| id.standard == entry.value.standard)
        .find(|(_, other)| other.value.label.as_ref() == Some(label));
    if let Some((id, other)) = first {
        let version = &id.version;
        sink.report(
            Finding::new(
                place(&entry.path, &["label"]),
                format!("“{label}”已是 {version} 版的通称"),
                format!("`{label}` is the label of edition {version} already"),
            )
            .arg("label", label)
            .arg("first", version)
            .label("用了两次", "stands twice")
            .help("请给这一版另起通称", "give this edition a label of its own")
            .related(
                place(&other.path, &["label"]),
                "第一次用在这里",
                "the first stands here",
            ),
        );
    }
}

/// A list of names has each once.
fn named_twice<T: Display + PartialEq>(
    path: &Arc<str>,
    words: &[&str],
    names: &[T],
    sink: &mut Sink<'_>,
) {
    // Almost every list is short and right, and this is asked of every item.
    let doubled = |(i, name): (usize, &T)| names.iter().take(i).any(|other| other == name);
    if names.len() < 16 && !names.iter().enumerate().any(doubled) {
        return;
    }
    let names: Vec<String> = names.iter().map(T::to_string).collect();
    for (name, word) in names.iter().zip(counted(names.iter().map(String::as_str))) {
        if *name != word {
            let at = |word: &str| place(path, &[words, &[word]].concat());
            sink.report(
                Finding::new(
                    at(&word),
                    format!("“{name}”列了两次"),
                    format!("`{name}` is named twice"),
                )
                .arg("name", name)
                .label("第二次", "the second")
                .help("请删去重复的一个", "delete the second")
                .related(at(name), "第一次在这里", "the first stands here"),
            );
        }
    }
}

/// An item stands in the taxonomy once in each version.
fn listed_twice(document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Standard(entry) = document else {
        return;
    };
    for (id, lines) in lines_of(&entry.value, &entry.path) {
        for (i, (listed, here)) in lines.iter().enumerate() {
            if let Some((_, first)) = lines.iter().take(i).find(|(other, _)| meet(other, listed)) {
                sink.report(twice_in_the_taxonomy(id, here.clone(), first.clone()));
            }
        }
    }
}

fn twice_in_the_taxonomy(id: &Id, second: Place, first: Place) -> Finding {
    Finding::new(
        second,
        format!("项目“{id}”在分类中列了两处"),
        format!("the taxonomy lists the item `{id}` twice"),
    )
    .arg("id", id)
    .label("第二处", "the second")
    .help(
        "只留一处；换过类别的，旧处写 \"until\"，新处写 \"since\"",
        "keep one; where it has moved, write \"until\" at the old place and \"since\" at the new",
    )
    .related(first, "第一处在这里", "the first stands here")
}

/// Whether two lines hold in one version.
fn meet(a: &Listed, b: &Listed) -> bool {
    let before = |x: &Listed, y: &Listed| match (&x.until, &y.since) {
        (Some(until), Some(since)) => until <= since,
        (_, None) | (None, _) => false,
    };
    !before(a, b) && !before(b, a)
}
