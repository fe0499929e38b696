//! What a question's words name: the place, the item and the line, by id or by name.

use std::collections::{BTreeMap, BTreeSet};

use jialiang_check::nearest;
use jialiang_model::Registry;
use jialiang_model::cell::CellValue;
use jialiang_model::date::Day;
use jialiang_model::finding::Message;
use jialiang_model::fold::fold;
use jialiang_model::kind::adjustment::Act;
use jialiang_model::lookup::{Missing, Named, Sort, Target, near, revision};
use jialiang_model::provision::{Form, Provision};
use jialiang_model::text::Text;
use jialiang_resolve::{Fact, Facts, InForce};

use super::{Failure, Open, look_up, one_revision};
use crate::args::Asked;
use crate::lang::Lang;
use crate::render;

/// A question's words, taken apart, before anything is looked up.
#[derive(Debug)]
pub(super) struct Typed<'w> {
    pub(super) rev: Option<&'w str>,
    place: &'w str,
    item: Option<&'w str>,
    line: Option<&'w str>,
    pub(super) on: Option<Day>,
    pub(super) known: Option<Day>,
}

/// A question's words as ids.
#[derive(Debug)]
pub(super) struct Meant {
    pub(super) place: String,
    pub(super) item: Option<String>,
    pub(super) line: Option<String>,
    pub(super) standard: Option<String>,
    pub(super) facts: Facts,
}

impl<'w> Typed<'w> {
    /// Takes apart the words: `[REV:]PLACE[/ITEM[/LINE]][@DAY][;known=DAY] [ITEM[/LINE]]`.
    pub(super) fn read(asked: &'w Asked) -> Result<Self, Failure> {
        let (rev, rest) = revision(&asked.place);
        let rev = one_revision(rev, asked.rev.as_deref())?;
        let (path, on, known) = clocks(rest)?;
        let (place, rest) = match path.split_once('/') {
            Some((place, rest)) => (place, Some(rest)),
            None => (path, None),
        };
        let item = match (rest, asked.item.as_deref()) {
            (Some(_), Some(second)) => return Err(twice(second)),
            (rest, second) => rest.or(second),
        };
        let (item, on, known) = match item {
            Some(item) if rest.is_none() => {
                let (item, later, known_later) = clocks(item)?;
                (Some(item), on.or(later), known.or(known_later))
            }
            item => (item, on, known),
        };
        let (item, line) = match item.map(|item| item.split_once('/').unwrap_or((item, ""))) {
            Some((item, line)) => (Some(item), Some(line).filter(|line| !line.is_empty())),
            None => (None, None),
        };
        Ok(Self { rev, place, item, line, on, known })
    }

    /// Looks up what the words name.
    pub(super) fn meant(
        &self,
        open: &Open,
        force: &InForce<'_>,
        asked: &Asked,
    ) -> Result<Meant, Failure> {
        let registry = &open.loaded.registry;
        let place = place(registry, self.place)?;
        let standard = asked.standard.as_deref().map(|word| match look_up(registry, word)? {
            Target::Standard(entry) => Ok(entry.value.id.to_string()),
            _ => Err(Failure::NotStandard(word.to_owned())),
        });
        let standard = standard.transpose()?;
        let item = self.item.map(|word| item(registry, force, (&place, standard.as_deref()), word));
        let item = item.transpose()?;
        let line = match (&item, self.line) {
            (Some(item), Some(word)) => Some(line(registry, item, word)?),
            (None, _) | (_, None) => None,
        };
        let facts = facts(asked.with.as_deref())?;
        let of = (standard.as_deref(), item.as_deref());
        on_record(registry, force, &place, of, &facts)?;
        Ok(Meant { place, item, line, standard, facts })
    }
}

/// Tells beside the answer that documents do not read: what they say is not in it.
pub(super) fn warn(open: &Open, lang: Lang) {
    let count = open.loaded.unreadable.len();
    if count > 0 {
        render::complain(&match lang {
            Lang::Zh => {
                format!("注意：{count} 份文档读不懂，答案里没有它们；原因见 jialiang check\n")
            }
            Lang::En => format!(
                "note: {count} documents do not read, and the answer is without them; for the reasons: jialiang check\n"
            ),
        });
    }
}

/// The id of the place that a word names.
pub(super) fn place(registry: &Registry, word: &str) -> Result<String, Failure> {
    match look_up(registry, word)? {
        Target::Place(entry) => Ok(entry.value.id.to_string()),
        other => Err(Failure::NotThat(other.address(), Sort::Place)),
    }
}

/// What stands before `@DAY;known=DAY`, and the two days.
pub(super) fn clocks(text: &str) -> Result<(&str, Option<Day>, Option<Day>), Failure> {
    let day = |word: &str| {
        Day::parse(word).ok_or_else(|| {
            Failure::Said(Message::new(
                format!("“{word}”不是日期；请写成 2014-10-01"),
                format!("`{word}` is no day: write 2014-10-01"),
            ))
        })
    };
    let (rest, known) = match text.split_once(";known=") {
        Some((rest, known)) => (rest, Some(day(known)?)),
        None => (text, None),
    };
    match rest.rsplit_once('@') {
        Some((path, on)) => Ok((path, Some(day(on)?), known)),
        None => Ok((rest, None, known)),
    }
}

fn twice(item: &str) -> Failure {
    Failure::Said(Message::new(
        format!("地址里已有项目，不必再写“{item}”"),
        format!("the address names an item already: leave `{item}` out"),
    ))
}

/// What is known of the person or the case.
fn facts(with: Option<&str>) -> Result<Facts, Failure> {
    let with = fold(with.unwrap_or_default());
    Facts::parse(&with).map_err(|part| {
        // What reads alone does not beside the others.
        Failure::Said(match Facts::parse(part) {
            Ok(_) => Message::new(
                format!("--with 里的“{part}”：同一维度写了两次，请只写一次"),
                format!("`{part}` of --with says a dimension twice: say each once"),
            ),
            Err(_) => Message::new(
                format!("--with 里的“{part}”读不懂；请写成 age=72,residence=rural"),
                format!("`{part}` of --with cannot be read: write age=72,residence=rural"),
            ),
        })
    })
}

/// Refuses facts that tell nobody apart on record: an answer would seem to heed them.
fn on_record(
    registry: &Registry,
    force: &InForce<'_>,
    place: &str,
    (standard, item): (Option<&str>, Option<&str>),
    facts: &Facts,
) -> Result<(), Failure> {
    let Some(at) = force.place(place).filter(|_| !facts.is_empty()) else { return Ok(()) };
    let mut items = match item {
        Some(item) => vec![(standard, item)],
        None => {
            let all = force.items(place, standard).into_iter();
            all.map(|(standard, item)| (Some(standard), item)).collect()
        }
    };
    // A share is answered with the same facts as the line of which it is one.
    let mut next = 0;
    while let Some((standard, item)) = items.get(next).copied() {
        for line in lines(registry, item) {
            if let Form::Share(share, _) = &line.form
                && !items.iter().any(|(_, one)| *one == share.of.item())
            {
                items.push((standard, share.of.item()));
            }
        }
        next += 1;
    }
    let told =
        || items.iter().flat_map(move |(standard, item)| force.lines_of(at, item, *standard));
    // That there is no line at all is for the answer to say.
    if told().next().is_none() {
        return Ok(());
    }
    let mut known: BTreeMap<&str, BTreeSet<&CellValue>> = BTreeMap::new();
    for (dimension, fact) in told().flat_map(|line| line.facts().iter()) {
        let values = known.entry(dimension.as_str()).or_default();
        if let Fact::Is(value) = fact {
            values.insert(value);
        }
    }
    let what = item.map_or_else(|| place.to_owned(), |item| format!("{place}/{item}"));
    for (dimension, fact) in facts.iter() {
        let Fact::Is(value) = fact else { continue };
        let dimension = dimension.as_str();
        let Some(values) = known.get(dimension) else {
            return Err(Failure::Said(untold(&what, dimension, &known)));
        };
        let is_there = match value {
            CellValue::Name(_) => values.contains(value),
            CellValue::Range(..) => values.iter().any(|one| matches!(one, CellValue::Range(..))),
        };
        if !is_there {
            let names: Vec<String> = values.iter().map(ToString::to_string).collect();
            let value = value.to_string();
            let (zh, en) = perhaps(nearest(&value, names.iter().map(String::as_str)));
            let takes = choices(dimension, values);
            return Err(Failure::Said(Message::new(
                format!("“{what}”的标准里，“{dimension}”没有“{value}”{zh}；可写：{takes}"),
                format!(
                    "`{dimension}` of `{what}` is never `{value}` on record{en}; it may be: {takes}"
                ),
            )));
        }
    }
    Ok(())
}

/// That no line tells anybody apart in a dimension, and in which they do.
fn untold(what: &str, dimension: &str, known: &BTreeMap<&str, BTreeSet<&CellValue>>) -> Message {
    if known.is_empty() {
        return Message::new(
            format!("“{what}”的标准不分情形，没有“{dimension}”；请不写 --with"),
            format!(
                "the lines of `{what}` tell no cases apart, nor `{dimension}`: leave --with out"
            ),
        );
    }
    let (zh, en) = perhaps(nearest(dimension, known.keys().copied()));
    let all: Vec<String> = known.iter().map(|(name, values)| choices(name, values)).collect();
    Message::new(
        format!("“{what}”的标准不按“{dimension}”区分{zh}；可写：{}", all.join("；")),
        format!("no line of `{what}` tells `{dimension}` apart{en}; it may be: {}", all.join("; ")),
    )
}

/// A dimension with its values on record.
fn choices(dimension: &str, values: &BTreeSet<&CellValue>) -> String {
    let all: Vec<String> = values.iter().map(ToString::to_string).collect();
    format!("{dimension}={}", all.join("|"))
}

/// The word that was perhaps meant, in both languages.
fn perhaps(near: Option<&str>) -> (String, String) {
    near.map_or_else(Default::default, |near| {
        (format!("（是否想写“{near}”？）"), format!(" (did you mean `{near}`?)"))
    })
}

/// The item of those on record for a place that a word names.
pub(super) fn item(
    registry: &Registry,
    force: &InForce<'_>,
    (place, standard): (&str, Option<&str>),
    word: &str,
) -> Result<String, Failure> {
    let ids: BTreeSet<&str> =
        force.items(place, standard).into_iter().map(|(_, item)| item).collect();
    if ids.contains(word) {
        return Ok(word.to_owned());
    }
    let folded = fold(word);
    let called = |test: &dyn Fn(&str) -> bool| -> Vec<&str> {
        let fits = |id: &&&str| {
            let names = names(registry, id);
            names.iter().any(|name| {
                test(&fold(name.zh.as_str()))
                    || name.en.as_ref().is_some_and(|en| test(&fold(en.as_str())))
            })
        };
        ids.iter().filter(fits).copied().collect()
    };
    let named = |id: &str| Named {
        address: format!("{place}/{id}"),
        sort: Sort::Item,
        name: names(registry, id)
            .first()
            .map_or_else(|| Message::new(id, id), |name| Message::new(name.zh.as_str(), name.en())),
    };
    let exact = called(&|name| name == folded);
    if let [only] = exact.as_slice() {
        return Ok((*only).to_owned());
    }
    if !exact.is_empty() {
        let all = exact.into_iter().map(named).collect();
        return Err(Failure::Missing(word.to_owned(), Missing::Ambiguous(all)));
    }
    // What holds the word, else what it may be short for (低保), else what is spelled nearly so.
    let long = folded.chars().count() > 1;
    let mut close = called(&|name| long && name.contains(&folded));
    if close.is_empty() {
        close = called(&|name| long && !folded.is_ascii() && is_short(&folded, name));
    }
    close.extend(nearest(&folded, ids.iter().copied()).filter(|_| close.is_empty()));
    if close.is_empty() {
        let near = near(registry, word, false).into_iter();
        let near = near.filter_map(|one| one.address.rsplit_once('#').map(|(_, id)| id.to_owned()));
        let near: BTreeSet<String> = near.collect();
        close.extend(ids.iter().filter(|id| near.contains(**id)));
    }
    if close.is_empty() {
        return Err(Failure::Said(Message::new(
            format!("{place} 没有登记叫“{word}”的项目；jialiang ask {place} 列出有什么"),
            format!(
                "no item called `{word}` is on record for {place}; jialiang ask {place} lists them"
            ),
        )));
    }
    let all = close.into_iter().take(8).map(named).collect();
    Err(Failure::Missing(format!("{place}/{word}"), Missing::Nothing(all)))
}

/// Whether all characters of a word stand in a name, in their order.
fn is_short(word: &str, name: &str) -> bool {
    let mut rest = name.chars();
    word.chars().all(|c| rest.any(|other| other == c))
}

/// Every name that an item has had, the latest edition's first.
fn names<'r>(registry: &'r Registry, id: &str) -> Vec<&'r Text> {
    let editions = registry.editions.values().rev().flat_map(|entry| &entry.value.items);
    let operations = registry.adjustments.values().flat_map(|entry| &entry.value.operations);
    let brought = operations.filter_map(|operation| match &operation.act {
        Act::Add(item) if item.id.as_str() == id => Some(&item.name),
        Act::Rename(name) if operation.item.as_ref().is_some_and(|item| item.as_str() == id) => {
            Some(&**name)
        }
        _ => None,
    });
    let own = editions.filter(|item| item.id.as_str() == id).map(|item| &item.name);
    own.chain(brought).collect()
}

/// The line of an item, or the measure, that a word names.
fn line(registry: &Registry, item: &str, word: &str) -> Result<String, Failure> {
    let lines = lines(registry, item);
    let known = |line: &&&Provision| line.id.as_str() == word || line.measure().as_str() == word;
    if lines.iter().any(|line| known(&line)) {
        return Ok(word.to_owned());
    }
    let folded = fold(word);
    let is = |name: &Text| {
        fold(name.zh.as_str()) == folded
            || name.en.as_ref().is_some_and(|en| fold(en.as_str()) == folded)
    };
    let called = lines.iter().filter(|line| line.name.as_deref().is_some_and(is));
    let ids: BTreeSet<&str> = called.map(|line| line.id.as_str()).collect();
    let named = |line: &&Provision| Named {
        address: format!("{item}/{}", line.id),
        sort: Sort::Provision,
        name: line.name.as_deref().map_or_else(
            || Message::new(line.id.as_str(), line.id.as_str()),
            |name| Message::new(name.zh.as_str(), name.en()),
        ),
    };
    let mut seen = BTreeSet::new();
    let told = |fits: &dyn Fn(&str) -> bool, seen: &mut BTreeSet<String>| -> Vec<Named> {
        let all = lines.iter().filter(|line| fits(line.id.as_str()));
        all.filter(|line| seen.insert(line.id.to_string())).map(named).collect()
    };
    let mut ids_iter = ids.iter();
    match (ids_iter.next(), ids_iter.next()) {
        (Some(only), None) => Ok((*only).to_owned()),
        (Some(_), Some(_)) => {
            let all = told(&|id| ids.contains(id), &mut seen);
            Err(Failure::Missing(format!("{item}/{word}"), Missing::Ambiguous(all)))
        }
        (None, _) => {
            let all = told(&|_| true, &mut seen);
            Err(Failure::Missing(format!("{item}/{word}"), Missing::Nothing(all)))
        }
    }
}

/// Every line of an item that a document writes out.
fn lines<'r>(registry: &'r Registry, id: &str) -> Vec<&'r Provision> {
    let items = registry.editions.values().rev().flat_map(|entry| &entry.value.items);
    let own = items.filter(|item| item.id.as_str() == id).flat_map(|item| &item.provisions);
    let operations = registry.adjustments.values().rev().flat_map(|entry| &entry.value.operations);
    let of_item = operations
        .clone()
        .filter(|operation| operation.item.as_ref().is_some_and(|item| item.as_str() == id));
    let added = operations.filter_map(|operation| match &operation.act {
        Act::Add(item) if item.id.as_str() == id => Some(&item.provisions),
        _ => None,
    });
    own.chain(of_item.filter_map(|operation| operation.act.line())).chain(added.flatten()).collect()
}
