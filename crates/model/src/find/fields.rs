//! The fields in which words are looked for.

use super::Field;
use crate::item::{Item, Responsibility};
use crate::kind::adjustment::{Act, Operation};
use crate::kind::plan::Placed;
use crate::lookup::Target;
use crate::provision::{Form, Provision};
use crate::recipients::Recipients;
use crate::source::Source;
use crate::text::{Phrase, Text};

/// A field of a target. Its path stands in the maker's own memory: looking for a word asks for
/// every field of a registry, and for the path of few.
pub(super) struct Told<'p, 'a> {
    pub(super) field: Field,
    /// The path of the part of the target in which it stands, where that is one of a list.
    pub(super) under: &'p [String],
    /// Its path from there.
    pub(super) path: &'p [&'a str],
    /// The key below that path, where it is one of two languages.
    pub(super) key: Option<&'static str>,
    pub(super) text: &'a str,
}

/// Visits the fields of a target, always in the same order.
pub(super) fn each<'a>(target: Target<'a>, tell: &mut dyn FnMut(Told<'_, 'a>)) {
    Fields { tell, under: Vec::new() }.of(target);
}

struct Fields<'t, 'a> {
    tell: &'t mut dyn FnMut(Told<'_, 'a>),
    under: Vec<String>,
}

impl<'a> Fields<'_, 'a> {
    fn of(&mut self, target: Target<'a>) {
        match target {
            Target::Place(entry) => {
                let place = &entry.value;
                self.text(Field::Name, &["name"], &place.name);
                self.one(Field::Id, &["id"], place.id.as_str());
                for agency in &place.agencies {
                    let id = agency.id.as_str();
                    self.text(Field::Agency, &["agencies", id, "name"], &agency.name);
                    self.one(Field::Agency, &["agencies", id, "id"], id);
                }
                self.source(place.source.as_ref());
            }
            Target::Instrument(entry) => {
                let instrument = &entry.value;
                self.text(Field::Name, &["title"], &instrument.title);
                self.one(Field::Id, &["id"], instrument.id.as_str());
                self.phrase(Field::Number, &["number"], instrument.number.as_ref());
                self.source(instrument.source.as_ref());
            }
            Target::Adjustment(entry) => {
                let adjustment = &entry.value;
                self.one(Field::Id, &["id"], adjustment.id.as_str());
                self.source(adjustment.source.as_ref());
                for (i, operation) in adjustment.operations.iter().enumerate() {
                    self.operation(format!("[{i}]"), operation);
                }
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
                self.source(standard.source.as_ref());
            }
            Target::Edition(entry) => {
                let edition = &entry.value;
                self.text(Field::Name, &["name"], &edition.name);
                if let Some(label) = &edition.label {
                    self.one(Field::Label, &["label"], label.as_str());
                }
                self.one(Field::Id, &["standard"], edition.standard.as_str());
                self.source(edition.source.as_ref());
            }
            Target::Item(_, item) => self.item(item),
            Target::Provision(_, _, line) => self.line(line),
            Target::Plan(entry) => {
                let plan = &entry.value;
                self.text(Field::Name, &["name"], &plan.name);
                self.one(Field::Id, &["id"], plan.id.as_str());
                for words in &plan.preface {
                    self.one(Field::Words, &["preface"], words.zh.as_str());
                    self.phrase(Field::Words, &["preface"], words.en.as_ref());
                }
                self.source(plan.source.as_ref());
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
                self.source(entry.value.source.as_ref());
            }
            Target::Indicators(entry) => {
                self.text(Field::Name, &["name"], &entry.value.name);
                self.one(Field::Id, &["id"], entry.value.id.as_str());
                self.source(entry.value.source.as_ref());
            }
            Target::Indicator(_, indicator) => {
                self.text(Field::Name, &["name"], &indicator.name);
                self.one(Field::Id, &["id"], indicator.id.as_str());
                self.source(indicator.source.as_ref());
            }
        }
    }

    fn operation(&mut self, word: String, operation: &'a Operation) {
        let Operation { item, act, when: _, bond: _, source } = operation;
        self.under = vec!["operations".to_owned(), word];
        if let Some(item) = item {
            self.one(Field::Id, &["item"], item.as_str());
        }
        self.source(source.as_deref());
        match act {
            Act::Rename(name) => self.text(Field::Name, &["rename"], name),
            Act::Recipients(who, _) => self.recipients(who),
            Act::Content(content) => self.text(Field::Content, &["content"], content),
            Act::Responsibility(who) => self.responsibility(who),
            Act::Set { line, .. }
            | Act::Change { base: line, .. }
            | Act::Confirm(line)
            | Act::Attest { line, .. } => {
                self.under.push(act.key().to_owned());
                self.line(line);
            }
            Act::Add(item) => {
                self.under.push(act.key().to_owned());
                self.item(item);
            }
            Act::Alter { .. }
            | Act::End(_)
            | Act::Retire(_)
            | Act::LeadAgencies(_)
            | Act::Repeal(_)
            | Act::Annul(_) => {}
        }
        self.under.clear();
    }

    fn item(&mut self, item: &'a Item) {
        self.text(Field::Name, &["name"], &item.name);
        self.one(Field::Id, &["id"], item.id.as_str());
        if let Some(recipients) = &item.recipients {
            self.recipients(recipients);
        }
        if let Some(content) = &item.content {
            self.text(Field::Content, &["content"], content);
        }
        if let Some(who) = &item.responsibility {
            self.responsibility(who);
        }
        self.source(item.source.as_deref());
    }

    fn recipients(&mut self, who: &'a Recipients) {
        self.phrase(Field::Recipients, &["recipients", "zh"], Some(&who.zh));
        self.phrase(Field::Recipients, &["recipients", "en"], who.en.as_ref());
    }

    fn responsibility(&mut self, who: &'a Responsibility) {
        self.phrase(Field::Responsibility, &["responsibility", "zh"], Some(&who.zh));
        self.phrase(Field::Responsibility, &["responsibility", "en"], who.en.as_ref());
    }

    fn line(&mut self, line: &'a Provision) {
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
        self.source(line.source.as_deref());
    }

    fn tell(&mut self, field: Field, path: &[&'a str], key: Option<&'static str>, text: &'a str) {
        // What an operation speaks of is called so, and not the adjustment.
        let field = match field {
            Field::Name | Field::Id if !self.under.is_empty() => Field::Provision,
            field => field,
        };
        (self.tell)(Told { field, under: &self.under, path, key, text });
    }

    fn one(&mut self, field: Field, path: &[&'a str], text: &'a str) {
        self.tell(field, path, None, text);
    }

    fn phrase(&mut self, field: Field, path: &[&'a str], text: Option<&'a Phrase>) {
        if let Some(text) = text {
            self.one(field, path, text.as_str());
        }
    }

    fn text(&mut self, field: Field, path: &[&'a str], text: &'a Text) {
        self.tell(field, path, Some("zh"), text.zh.as_str());
        if let Some(en) = &text.en {
            self.tell(field, path, Some("en"), en.as_str());
        }
    }

    fn source(&mut self, source: Option<&'a Source>) {
        let Some(source) = source else { return };
        self.phrase(Field::Excerpt, &["source", "excerpt"], source.excerpt.as_ref());
        self.phrase(Field::Note, &["source", "note"], source.note.as_ref());
    }
}
