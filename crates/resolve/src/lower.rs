//! An operation as an absolute patch against what lies below it. Section 7.

use std::sync::Arc;

use jialiang_diff::{Patch, between};
use jialiang_model::Entry;
use jialiang_model::date::Day;
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::adjustment::{Act, Adjustment, Operation};
use jialiang_model::kind::{Edition, Kind, SchemaRef};
use jialiang_model::provision::{Form, Provision};
use jialiang_model::text::{Phrase, Text};
use jialiang_model::version::Version;

use crate::answer::{Answer, Held, Known, Question, Said};
use crate::ask::Ask;
use crate::coat::{NEVER, eve};
use crate::facts::Facts;
use crate::index::InForce;
use crate::lay::stepped;
use crate::paint::Judged;

/// An operation, and the patch that it comes to.
#[derive(Debug, Clone)]
pub struct Lowered<'a> {
    /// The operation, as its document has it.
    pub operation: &'a Operation,
    /// What it changes of what lies below it on its first day, as known the day before its
    /// issue: what was there, and what it leaves. Empty where it changes nothing, or what it
    /// leaves cannot be computed.
    pub patch: Patch,
    /// Whether what lies below is certain: where it is not, the patch expects nothing there.
    pub certain: bool,
}

impl<'a> InForce<'a> {
    /// Every operation of an adjustment as an absolute patch of the item that it changes.
    ///
    /// A document's own operations of earlier days lie below its later ones.
    pub fn lower(&self, entry: &'a Entry<Adjustment>) -> Vec<Lowered<'a>> {
        let operations = entry.value.operations.iter();
        operations.map(|operation| self.lower_one(entry, operation)).collect()
    }

    fn lower_one(&self, entry: &'a Entry<Adjustment>, operation: &'a Operation) -> Lowered<'a> {
        let nothing = Lowered { operation, patch: Patch::default(), certain: true };
        let Operation { item, act, when, bond: _, source: _ } = operation;
        let adjustment = &entry.value;
        let Some(when) = when else { return nothing };
        let found = item.as_ref().and_then(|item| {
            let site = self.site_ids.get(adjustment.place()).copied()?;
            let key = self.find(site, item.as_str(), Some(adjustment.standard.as_str())).ok()?;
            Some((site, key))
        });
        let Some((site, key)) = found else { return nothing };
        let of =
            |said: Said<'_>| matches!(said, Said::Operation(_, o) if std::ptr::eq(o, operation));
        let books = self.books.get(&(site, key));
        let mine = books.and_then(|book| {
            let coats = book.bands.iter().flat_map(|band| band.all());
            coats.filter(|coat| of(coat.said)).map(|coat| (coat.doc, coat.issued)).next()
        });
        let words = || {
            let book = books?;
            book.words.iter().find(|one| of(one.said)).map(|one| (u32::MAX, one.issued))
        };
        let Some((doc, issued)) = mine.or_else(words) else { return nothing };
        let day = when.from.first_day();
        let mut certain = true;
        let mut lines: Vec<Provision> = Vec::new();
        for (measure, _) in self.measures(site, key, None) {
            let known = eve(issued);
            let judged = Judged {
                issued,
                edition: false,
                own: Some((doc, day)),
                all_coats: false,
                seen_before: NEVER,
                seen_own: true,
            };
            let ask = Ask { site, key, measure, day, known, judged: Some(judged), verified: false };
            for facts in self.told_apart(site, key, measure, None, Facts::none()) {
                match self.told(ask, &facts) {
                    Answer::Value(held) => {
                        let line = written(&held);
                        if !lines.iter().any(|one| one.id == line.id) {
                            lines.push(line);
                        }
                    }
                    Answer::Undecided { .. } => certain &= !touches(act, measure),
                    Answer::NotYet { .. }
                    | Answer::Ended { .. }
                    | Answer::NotApplicable(..)
                    | Answer::Unknown(_) => {}
                }
            }
        }
        let Some(base) = self.sheet(adjustment, site, key, day, issued, lines) else {
            return nothing;
        };
        let head = after(&base, act);
        let sheets = edition(adjustment, Some(base)).zip(edition(adjustment, head));
        let patch = sheets.map_or_else(Patch::default, |(base, head)| between(&base, &head));
        Lowered { operation, patch, certain }
    }

    /// The item as it is in force below an operation; `None` where nothing names it.
    fn sheet(
        &self,
        adjustment: &Adjustment,
        site: u32,
        key: u32,
        day: chrono::NaiveDate,
        issued: chrono::NaiveDate,
        provisions: Vec<Provision>,
    ) -> Option<Item> {
        let (_, id) = self.key(key);
        let facts = Facts::none();
        let question = Question {
            place: self.sites.get(site as usize)?.id,
            item: id,
            standard: Some(adjustment.standard.as_str()),
            line: None,
            facts: &facts,
            valid: Day::of(day)?,
            known: Known::By(Day::of(eve(issued))?),
        };
        let item = self.item(&question);
        let id = jialiang_model::id::Id::parse(id)?;
        let unnamed = || Some(Text { zh: Phrase::parse(id.as_str())?, en: None });
        Some(Item {
            name: item.name.map(|told| told.value.clone()).or_else(unnamed)?,
            category: id.clone(),
            transcribed: Some(Transcribed::Partial),
            recipients: item.recipients.map(|told| Box::new(told.value.0.clone())),
            content: item.content.map(|told| Box::new(told.value.clone())),
            provisions,
            responsibility: item.responsibility.map(|told| Box::new(told.value.clone())),
            lead_agencies: item.lead_agencies.map(|told| told.value.to_vec()).unwrap_or_default(),
            continues: Vec::new(),
            source: None,
            id,
        })
    }
}

/// Whether an act speaks of a measure.
fn touches(act: &Act, measure: &str) -> bool {
    act.line().is_some_and(|line| line.measure().as_str() == measure)
}

/// A line as it is in force.
pub(crate) fn written(held: &Held<'_>) -> Provision {
    Provision { form: held.form(), source: None, continues: None, ..held.line.clone() }
}

/// The item after an act; `None` where the act retires it.
fn after(base: &Item, act: &Act) -> Option<Item> {
    let mut item = base.clone();
    let lay = |item: &mut Item, line: Provision| {
        let line = Provision { source: None, continues: None, ..line };
        let same = |one: &Provision| {
            one.id == line.id || (one.measure() == line.measure() && line.cell.covers(&one.cell))
        };
        let at = item.provisions.iter().position(same);
        item.provisions.retain(|one| !same(one));
        let at = at.unwrap_or(item.provisions.len()).min(item.provisions.len());
        item.provisions.insert(at, line);
    };
    match act {
        Act::Set { line, was: _, by: _ } => lay(&mut item, Provision::clone(line)),
        Act::Change { base, by } => {
            if let (Some(number), Form::Amount(comparator, _, scale)) =
                (base.form.number().and_then(|number| stepped(number, *by)), &base.form)
            {
                let form = Form::Amount(*comparator, number, *scale);
                lay(&mut item, Provision { form, ..Provision::clone(base) });
            }
        }
        Act::End(line) => item.provisions.retain(|one| one.id != *line),
        Act::Add(added) => {
            item = Item::clone(added);
            item.category = base.category.clone();
        }
        Act::Retire(_) => return None,
        Act::Rename(name) => item.name = Text::clone(name),
        Act::Recipients(recipients, _) => item.recipients = Some(recipients.clone()),
        Act::Content(content) => item.content = Some(content.clone()),
        Act::Responsibility(responsibility) => item.responsibility = Some(responsibility.clone()),
        Act::LeadAgencies(agencies) => item.lead_agencies.clone_from(agencies),
        Act::Alter { .. }
        | Act::Confirm(_)
        | Act::Attest { .. }
        | Act::Repeal(_)
        | Act::Annul(_) => {}
    }
    Some(item)
}

/// A sheet that holds one item, or none.
fn edition(adjustment: &Adjustment, item: Option<Item>) -> Option<Edition> {
    Some(Edition {
        schema: SchemaRef::beside(None, Kind::Edition, 1),
        standard: adjustment.standard.clone(),
        version: Version::parse("0.0.0")?,
        label: None,
        name: Text { zh: Phrase::line(adjustment.standard.as_str()), en: None },
        draft: None,
        instrument: None,
        follows: None,
        effective: None,
        difference_from: None,
        transcribed: Transcribed::Partial,
        counts: None,
        declared: None,
        editorial: Vec::new(),
        enacts: Vec::new(),
        not_applicable: Vec::new(),
        errata: Vec::new(),
        source: None,
        items: item.into_iter().map(Arc::new).collect(),
    })
}
