//! Looking for words in a registry.
//!
//! A thing is found where every word stands in one of its fields, folded as
//! [`crate::fold`] says. What is found is ranked by the field: a name that is the words
//! before one that begins with them, before one that holds them; then ids, numbers of
//! documents, and texts. Of several words the last-ranked counts, unless a name holds them all
//! as they stand. An item is told once for its standard, in its latest edition or, where it is
//! ranked higher there, in an earlier one. A word that is an address, or the end of one, stands
//! in what the address names.

mod address;
mod fields;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::fold::{self, Word, fold, fold_into};
use crate::id::Id;
use crate::lookup::{Sort, Target, editions, parts, standards};
use crate::place::IdPath;
use crate::registry::Registry;

vocabulary! {
    /// How well something that is found fits, the best first.
    pub enum Rank: "How well it fits, the best first. · 匹配程度，由高到低。" {
        /// Its name is what was looked for.
        Name = "name", "名称相同";
        /// Its name begins with it.
        Begins = "begins", "名称以此开头";
        /// Its name holds it.
        Holds = "holds", "名称含有";
        /// Its id holds it.
        Id = "id", "标识含有";
        /// Its number or code holds it.
        Number = "number", "文号或代码含有";
        /// One of its texts holds it.
        Text = "text", "文字含有";
    }
}

vocabulary! {
    /// The field in which something is found.
    pub enum Field: "In which field. · 所在栏目。" {
        /// Its name or title.
        Name = "name", "名称";
        /// What people call an edition.
        Label = "label", "通称";
        /// Its id.
        Id = "id", "标识";
        /// The number of an instrument.
        Number = "number", "文号";
        /// The code of a place.
        Code = "code", "行政区划代码";
        /// An agency of a place.
        Agency = "agency", "单位";
        /// An area or category of a taxonomy.
        Category = "category", "类别";
        /// Who is entitled.
        Recipients = "recipients", "服务对象";
        /// What is provided.
        Content = "content", "服务内容";
        /// How much, how often, how well, in words.
        Provision = "provision", "服务标准";
        /// Who pays.
        Responsibility = "responsibility", "支出责任";
        /// The words of a source.
        Excerpt = "excerpt", "来源摘录";
        /// The words of a plan.
        Words = "words", "规划原文";
        /// What a reader should know.
        Note = "note", "备注";
    }
}

/// Something that is found.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// What it is.
    pub target: Target<'a>,
    /// How well it fits.
    pub rank: Rank,
    /// The field that decides its rank.
    pub field: Field,
    /// Where that field stands in the document.
    pub at: IdPath,
    /// What stands there.
    pub text: &'a str,
}

/// What holds all of some words, the best first.
pub fn find<'a>(registry: &'a Registry, words: &[&str], only: Option<Sort>) -> Vec<Hit<'a>> {
    let Some(mut query) = Query::new(words) else { return Vec::new() };
    let wanted = |sort| only.is_none_or(|only| only == sort);
    let mut hits: Vec<Hit<'a>> = Vec::new();
    let mut ask = |target: Target<'a>| {
        if wanted(target.sort()) {
            hits.extend(query.hit(target));
        }
    };
    registry.jurisdictions.values().for_each(|entry| ask(Target::Place(entry)));
    registry.standards.values().for_each(|entry| ask(Target::Standard(entry)));
    registry.editions.values().for_each(|entry| ask(Target::Edition(entry)));
    registry.instruments.values().for_each(|entry| ask(Target::Instrument(entry)));
    registry.adjustments.values().for_each(|entry| ask(Target::Adjustment(entry)));
    let plans = registry.plans.values().map(Target::Plan);
    let crosswalks = registry.crosswalks.values().map(Target::Crosswalk);
    let tables = registry.indicators.values().map(Target::Indicators);
    for work in plans.chain(crosswalks).chain(tables) {
        ask(work);
        parts(&work).into_iter().for_each(&mut ask);
    }
    if wanted(Sort::Item) || wanted(Sort::Provision) {
        for standard in standards(registry, None) {
            let mut best: BTreeMap<(&Id, Option<&Id>), Hit<'a>> = BTreeMap::new();
            for entry in editions(registry, &standard) {
                for item in &entry.value.items {
                    let lines = item.provisions.iter();
                    let lines = lines.map(|line| Target::Provision(entry, item, line));
                    for target in std::iter::once(Target::Item(entry, item)).chain(lines) {
                        let Some(hit) = wanted(target.sort()).then(|| query.hit(target)).flatten()
                        else {
                            continue;
                        };
                        let line = match target {
                            Target::Provision(_, _, line) => Some(&line.id),
                            _ => None,
                        };
                        let before = best.get(&(&item.id, line));
                        if before.is_none_or(|before| hit.rank < before.rank) {
                            best.insert((&item.id, line), hit);
                        }
                    }
                }
            }
            hits.extend(best.into_values());
        }
    }
    hits.sort_by_cached_key(|hit| (hit.rank, hit.target.sort(), hit.target.address()));
    hits
}

/// Where the words stand in a text, in its order and none over another.
pub fn marks(text: &str, words: &[&str]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for word in words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()) {
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| fold::find(rest, &word)) {
            all.push(from + at.start..from + at.end);
            from += at.end;
        }
    }
    all.sort_by_key(|at| at.start);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for at in all {
        match kept.last_mut() {
            Some(last) if at.start <= last.end => last.end = last.end.max(at.end),
            _ => kept.push(at),
        }
    }
    kept
}

struct Query<'a> {
    words: Vec<Word>,
    /// All words as they stand, where they are several.
    whole: Option<Word>,
    /// A text, folded: every one is, in the same memory.
    folded: String,
    /// The best field of each word, and of all.
    best: Vec<Option<Best<'a>>>,
    best_of_all: Option<Best<'a>>,
}

/// A field in which a word stands.
#[derive(Debug, Clone)]
struct Best<'a> {
    rank: Rank,
    field: Field,
    at: At<'a>,
    text: &'a str,
}

/// Where a field stands.
#[derive(Debug, Clone)]
enum At<'a> {
    /// It is the so many-eth of its target.
    Nth(usize),
    /// Its path from where the target stands.
    Path(Vec<&'a str>),
}

impl<'a> Query<'a> {
    fn new(words: &[&str]) -> Option<Self> {
        let whole = Word::new(&words.join(" "));
        let words: Vec<Word> = words.iter().filter_map(|word| Word::new(word)).collect();
        let best = vec![None; words.len()];
        let whole = whole.filter(|whole| words.first().is_some_and(|one| one != whole));
        let folded = String::new();
        (!words.is_empty()).then_some(Self { words, whole, folded, best, best_of_all: None })
    }

    /// The target as something that is found, if every word stands in it.
    fn hit(&mut self, target: Target<'a>) -> Option<Hit<'a>> {
        let Self { words, whole, folded, best, best_of_all } = self;
        best.fill(None);
        *best_of_all = None;
        let mut nth = 0;
        fields::each(target, &mut |told| {
            let (field, text) = (told.field, told.text);
            let mut is_folded = false;
            let mut ask = |word: &Word, best: &mut Option<Best<'a>>| {
                // What is no better than what is found already need not be looked at.
                if best.as_ref().is_some_and(|best| best.rank <= highest(field))
                    || !word.may_stand_in(text)
                {
                    return;
                }
                let rank = if highest(field) > Rank::Holds && word.surely_stands_in(text) {
                    Some(highest(field))
                } else {
                    if !is_folded {
                        fold_into(text, folded);
                        is_folded = true;
                    }
                    rank(field, folded, word.folded())
                };
                if let Some(rank) = rank
                    && best.as_ref().is_none_or(|best| rank < best.rank)
                {
                    *best = Some(Best { rank, field, at: At::Nth(nth), text });
                }
            };
            for (word, best) in words.iter().zip(&mut *best) {
                ask(word, best);
            }
            // Of all words as they stand, only a name decides.
            if let Some(whole) = whole
                && highest(field) == Rank::Name
            {
                ask(whole, best_of_all);
            }
            nth += 1;
        });
        for (word, best) in words.iter().zip(&mut *best) {
            if best.as_ref().is_none_or(|best| best.rank > Rank::Id)
                && let Some(found) = address::named(target, word.folded())
                && best.as_ref().is_none_or(|best| found.rank < best.rank)
            {
                *best = Some(found);
            }
        }
        let found = match best_of_all {
            Some(found) => found,
            None => {
                let mut worst: Option<&Best<'a>> = None;
                for (word, best) in words.iter().zip(&*best) {
                    match best {
                        Some(one) if worst.is_none_or(|worst| worst.rank < one.rank) => {
                            worst = Some(one);
                        }
                        Some(_) => {}
                        None if stands_above(target, word, folded) => {}
                        None => return None,
                    }
                }
                worst?
            }
        };
        let at = target.within();
        let at = match &found.at {
            At::Path(path) => path.iter().fold(at, |at, word| at.join(word)),
            At::Nth(wanted) => nth_of(target, *wanted, &at),
        };
        Some(Hit { target, rank: found.rank, field: found.field, at, text: found.text })
    }
}

/// A line is found with the name of its item, and by it never alone.
fn stands_above(target: Target<'_>, word: &Word, folded: &mut String) -> bool {
    let Target::Provision(_, item, _) = target else { return false };
    let names = std::iter::once(&item.name.zh).chain(&item.name.en);
    let mut names = names.map(crate::text::Phrase::as_str);
    names.any(|name| word.stands_in(name, folded))
}

/// The path of the so many-eth field of a target that stands at a path.
fn nth_of(target: Target<'_>, wanted: usize, base: &IdPath) -> IdPath {
    let (mut at, mut nth) = (base.clone(), 0);
    fields::each(target, &mut |told| {
        if nth == wanted {
            let under = told.under.iter().map(String::as_str);
            let words = under.chain(told.path.iter().copied()).chain(told.key);
            at = words.fold(base.clone(), |at, word| at.join(word));
        }
        nth += 1;
    });
    at
}

/// How well a folded text of a field fits a folded word.
fn rank(field: Field, text: &str, word: &str) -> Option<Rank> {
    let at = text.find(word)?;
    Some(match highest(field) {
        Rank::Name if text == word => Rank::Name,
        Rank::Name if at == 0 => Rank::Begins,
        Rank::Name => Rank::Holds,
        other => other,
    })
}

/// How well a field can fit.
const fn highest(field: Field) -> Rank {
    match field {
        Field::Name | Field::Label => Rank::Name,
        Field::Id => Rank::Id,
        Field::Number | Field::Code => Rank::Number,
        Field::Agency
        | Field::Category
        | Field::Recipients
        | Field::Content
        | Field::Provision
        | Field::Responsibility
        | Field::Excerpt
        | Field::Words
        | Field::Note => Rank::Text,
    }
}

#[cfg(test)]
mod tests;
