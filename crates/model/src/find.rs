//! Looking for words in a registry.
//!
//! A thing is found where every word stands in one of its fields, folded as
//! [`crate::fold`] says. What is found is ranked by the field: a name that is the words
//! before one that begins with them, before one that holds them; then ids, numbers of
//! documents, and texts. Of several words the last-ranked counts, unless a name holds them all
//! as they stand. An item is told once for its standard, in its latest edition or, where it is
//! ranked higher there, in an earlier one.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::fold::{self, fold};
use crate::id::Id;
use crate::kind::plan::Placed;
use crate::lookup::{Sort, Target, editions, parts, standards};
use crate::place::IdPath;
use crate::provision::Form;
use crate::registry::Registry;
use crate::source::Source;
use crate::text::{Phrase, Text};

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
    let query = Query {
        words: words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect(),
        whole: fold(&words.join(" ")),
    };
    if query.words.is_empty() {
        return Vec::new();
    }
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

struct Query {
    words: Vec<String>,
    /// All words as they stand.
    whole: String,
}

/// A field of a target.
struct Told<'a> {
    field: Field,
    path: Vec<&'a str>,
    text: &'a str,
}

impl Query {
    /// The target as something that is found, if every word stands in it.
    fn hit<'a>(&self, target: Target<'a>) -> Option<Hit<'a>> {
        let mut fields = Fields { base: target.within(), all: Vec::new() };
        fields.of(target);
        let folded: Vec<String> = fields.all.iter().map(|told| fold(told.text)).collect();
        // The best field of a word, or of all.
        let best = |word: &str| {
            let ranked = fields
                .all
                .iter()
                .zip(&folded)
                .filter_map(|(told, text)| Some((rank(told.field, text, word)?, told)));
            ranked.min_by_key(|(rank, _)| *rank)
        };
        // A line is found with the name of its item, and by it never alone.
        let context = match target {
            Target::Provision(_, item, _) => {
                let en = item.name.en.as_ref().map(|en| fold(en.as_str()));
                [Some(fold(item.name.zh.as_str())), en]
            }
            _ => [None, None],
        };
        let in_context = |word: &String| context.iter().flatten().any(|text| text.contains(word));
        let found = match best(&self.whole) {
            Some((rank, told)) if rank <= Rank::Holds => Some((rank, told)),
            _ => {
                let mut worst: Option<(Rank, &Told<'a>)> = None;
                for word in &self.words {
                    match best(word) {
                        Some(one) if worst.is_none_or(|worst| worst.0 < one.0) => worst = Some(one),
                        Some(_) => {}
                        None if in_context(word) => {}
                        None => return None,
                    }
                }
                worst
            }
        };
        let (rank, told) = found?;
        let at = told.path.iter().fold(fields.base.clone(), |at, word| at.join(word));
        Some(Hit { target, rank, field: told.field, at, text: told.text })
    }
}

/// How well a folded text of a field fits a folded word.
fn rank(field: Field, text: &str, word: &str) -> Option<Rank> {
    let at = text.find(word)?;
    Some(match field {
        Field::Name | Field::Label if text == word => Rank::Name,
        Field::Name | Field::Label if at == 0 => Rank::Begins,
        Field::Name | Field::Label => Rank::Holds,
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
    })
}

/// The fields of a target, each with its path from where the target stands.
struct Fields<'a> {
    base: IdPath,
    all: Vec<Told<'a>>,
}

impl<'a> Fields<'a> {
    fn of(&mut self, target: Target<'a>) {
        match target {
            Target::Place(entry) => {
                let place = &entry.value;
                self.text(Field::Name, &["name"], &place.name);
                self.one(Field::Id, &["id"], place.id.as_str());
                for agency in &place.agencies {
                    self.text(
                        Field::Agency,
                        &["agencies", agency.id.as_str(), "name"],
                        &agency.name,
                    );
                }
                self.source(&[], place.source.as_ref());
            }
            Target::Instrument(entry) => {
                let instrument = &entry.value;
                self.text(Field::Name, &["title"], &instrument.title);
                self.one(Field::Id, &["id"], instrument.id.as_str());
                self.phrase(Field::Number, &["number"], instrument.number.as_ref());
                self.source(&[], instrument.source.as_ref());
            }
            Target::Standard(entry) => {
                let standard = &entry.value;
                self.text(Field::Name, &["name"], &standard.name);
                self.one(Field::Id, &["id"], standard.id.as_str());
                for area in &standard.areas {
                    let at = ["areas", area.id.as_str()];
                    self.text(Field::Category, &[at[0], at[1], "name"], &area.name);
                    for category in &area.categories {
                        let path = [at[0], at[1], "categories", category.id.as_str(), "name"];
                        self.text(Field::Category, &path, &category.name);
                    }
                }
                self.source(&[], standard.source.as_ref());
            }
            Target::Edition(entry) => {
                let edition = &entry.value;
                self.text(Field::Name, &["name"], &edition.name);
                if let Some(label) = &edition.label {
                    self.one(Field::Label, &["label"], label.as_str());
                }
                self.one(Field::Id, &["standard"], edition.standard.as_str());
                self.source(&[], edition.source.as_ref());
            }
            Target::Item(_, item) => {
                self.text(Field::Name, &["name"], &item.name);
                self.one(Field::Id, &["id"], item.id.as_str());
                if let Some(recipients) = &item.recipients {
                    self.phrase(Field::Recipients, &["recipients", "zh"], Some(&recipients.zh));
                    self.phrase(Field::Recipients, &["recipients", "en"], recipients.en.as_ref());
                }
                if let Some(content) = &item.content {
                    self.text(Field::Content, &["content"], content);
                }
                if let Some(who) = &item.responsibility {
                    self.phrase(Field::Responsibility, &["responsibility", "zh"], Some(&who.zh));
                    self.phrase(Field::Responsibility, &["responsibility", "en"], who.en.as_ref());
                }
                self.source(&[], item.source.as_deref());
            }
            Target::Provision(_, _, line) => {
                if let Some(name) = &line.name {
                    self.text(Field::Name, &["name"], name);
                }
                self.one(Field::Id, &["id"], line.id.as_str());
                match &line.form {
                    Form::Words(words) => self.text(Field::Provision, &["words"], words),
                    Form::Pegged(peg) => {
                        self.phrase(Field::Provision, &["pegged", "zh"], Some(&peg.zh));
                        self.phrase(Field::Provision, &["pegged", "en"], peg.en.as_ref());
                    }
                    Form::Amount(..)
                    | Form::Average(..)
                    | Form::Share(..)
                    | Form::Supplement(..)
                    | Form::Increase(..)
                    | Form::Free
                    | Form::Coverage(_) => {}
                }
                self.source(&[], line.source.as_deref());
            }
            Target::Plan(entry) => {
                let plan = &entry.value;
                self.text(Field::Name, &["name"], &plan.name);
                self.one(Field::Id, &["id"], plan.id.as_str());
                for words in &plan.preface {
                    self.one(Field::Words, &["preface"], words.zh.as_str());
                    self.phrase(Field::Words, &["preface"], words.en.as_ref());
                }
                self.source(&[], plan.source.as_ref());
            }
            Target::Domain(_, domain) => {
                self.text(Field::Name, &["name"], &domain.name);
                self.one(Field::Id, &["id"], domain.id.as_str());
                if let Some(words) = &domain.basic_standard {
                    self.text(Field::Words, &["basic-standard"], words);
                }
            }
            Target::Task(_, _, part) | Target::Project(_, _, part) => {
                self.text(Field::Name, &["title"], &part.title);
                self.one(Field::Id, &["id"], part.id.as_str());
                if let Some(words) = &part.text {
                    self.text(Field::Words, &["text"], words);
                }
            }
            Target::Goal(_, Placed { part: _, target }) => {
                if let Some(measures) = &target.measures {
                    self.text(Field::Name, &["measures"], measures);
                }
                self.one(Field::Id, &["id"], target.id.as_str());
                self.one(Field::Words, &["excerpt"], target.excerpt.as_str());
                self.phrase(Field::Note, &["note"], target.note.as_ref());
            }
            Target::Crosswalk(entry) => {
                self.text(Field::Name, &["name"], &entry.value.name);
                self.one(Field::Id, &["id"], entry.value.id.as_str());
                self.source(&[], entry.value.source.as_ref());
            }
            Target::Indicators(entry) => {
                self.text(Field::Name, &["name"], &entry.value.name);
                self.one(Field::Id, &["id"], entry.value.id.as_str());
                self.source(&[], entry.value.source.as_ref());
            }
            Target::Indicator(_, indicator) => {
                self.text(Field::Name, &["name"], &indicator.name);
                self.one(Field::Id, &["id"], indicator.id.as_str());
                self.source(&[], indicator.source.as_ref());
            }
        }
    }

    fn one(&mut self, field: Field, path: &[&'a str], text: &'a str) {
        self.all.push(Told { field, path: path.to_vec(), text });
    }

    fn phrase(&mut self, field: Field, path: &[&'a str], text: Option<&'a Phrase>) {
        if let Some(text) = text {
            self.one(field, path, text.as_str());
        }
    }

    fn text(&mut self, field: Field, path: &[&'a str], text: &'a Text) {
        self.phrase(field, &[path, &["zh"]].concat(), Some(&text.zh));
        self.phrase(field, &[path, &["en"]].concat(), text.en.as_ref());
    }

    fn source(&mut self, path: &[&'a str], source: Option<&'a Source>) {
        let Some(source) = source else { return };
        self.phrase(
            Field::Excerpt,
            &[path, &["source", "excerpt"]].concat(),
            source.excerpt.as_ref(),
        );
        self.phrase(Field::Note, &[path, &["source", "note"]].concat(), source.note.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::sample::registry;

    /// What is found: how, what, and in which field.
    fn found(words: &[&str], only: Option<Sort>) -> Vec<String> {
        let registry = registry();
        let hits = find(&registry, words, only);
        hits.iter()
            .map(|hit| format!("{} {} {}", hit.rank, hit.target.address(), hit.field))
            .collect()
    }

    #[test]
    fn names_come_before_ids_before_numbers_before_texts() {
        assert_eq!(
            found(&["补贴"], None),
            ["holds cn/basic@1.0.0#old-aid name", "holds cn/basic@2.0.0#new-aid name"]
        );
        assert_eq!(
            found(&["膳食补助"], None),
            [
                "name cn/basic@1.1.0#school-meals/meal name",
                "holds cn/basic@1.1.0#school-meals name",
            ]
        );
        assert_eq!(
            found(&["meals"], None),
            ["id cn/2022/meals id", "id cn/basic@1.1.0#school-meals id",]
        );
        assert_eq!(found(&["財社", "49号"], None), ["number cn/2022/meals number"]);
    }

    #[test]
    fn every_word_must_stand_there_and_a_sort_can_be_asked_for() {
        assert_eq!(found(&["天津", "標準"], Some(Sort::Standard)), ["holds tianjin/basic name"]);
        assert_eq!(found(&["天津", "学生"], None), [""; 0]);
        assert_eq!(found(&[" "], None), [""; 0]);
        let lines = found(&["营养", "膳食补助"], Some(Sort::Provision));
        assert_eq!(lines, ["name cn/basic@1.1.0#school-meals/meal name"]);
    }

    #[test]
    fn an_item_is_told_once_where_it_fits_best() {
        assert_eq!(found(&["学生供餐"], None), ["name cn/basic@1.0.0#school-meals name"]);
        assert_eq!(
            found(&["最低生活保障"], Some(Sort::Item)),
            ["name cn/basic@1.1.0#allowance name", "name tianjin/basic@1.0.0#allowance name"]
        );
    }

    #[test]
    fn plans_and_indicators_are_found_too() {
        assert_eq!(
            found(&["入园率"], None),
            [
                "holds tianjin/figures#enrolment name",
                "text tianjin/plan#education/quality words",
                "text tianjin/plan#preschool words",
            ]
        );
    }

    #[test]
    fn marks_do_not_overlap() {
        let text = "国家助学金和助学金（助学）";
        let marked: Vec<_> =
            marks(text, &["助学", "学金"]).into_iter().map(|at| &text[at]).collect();
        assert_eq!(marked, ["助学金", "助学金", "助学"]);
    }
}
