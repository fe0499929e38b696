//! An adjustment to fill in: lines as they are last printed, from a day.

use std::collections::BTreeSet;

use jialiang_model::Registry;
use jialiang_model::date::Day;
use jialiang_model::finding::Message;
use jialiang_model::id::{Id, InstrumentId, ProvisionRef, StandardId};
use jialiang_model::kind::adjustment::{Act, Bond, Operation, When};
use jialiang_model::kind::{Adjustment, Document, Expected};
use jialiang_model::lookup::editions;
use jialiang_model::number::Number;
use jialiang_model::provision::{Average, Form, Provision, Share, Supplement};
use jialiang_resolve::InForce;

use super::{Desk, Draft, Failure};
use crate::args::NewAdjustment;

/// So many places, or standards, stand above each other at most; a circle ends there.
const DEEP: usize = 16;

impl Desk<'_> {
    pub(super) fn adjustment(&self, new: &NewAdjustment) -> Result<Draft, Failure> {
        let NewAdjustment { id, standard, instrument, lines, to, from } = new;
        let schema = self.vacant(&Expected::Adjustment(id.clone()))?;
        self.has_place(id.place())?;
        self.has_standard(standard)?;
        let beside = self.loaded.registry.instruments.contains_key(id).then_some(id);
        let instrument = instrument.as_ref().or(beside);
        instrument.map_or(Ok(()), |id| self.has_instrument(id))?;
        if to.len() > lines.len() {
            return Err(Failure::Said(Message::new(
                format!("写了 {} 个 --to，只有 {} 个 --line", to.len(), lines.len()),
                format!("{} of --to, and {} of --line", to.len(), lines.len()),
            )));
        }
        let way = Way::new(&self.loaded.registry, id.place(), standard);
        let mut notes = Vec::new();
        let mut operations = Vec::new();
        for (reference, n) in lines.iter().zip(0..) {
            let Some((line, place)) = way.line(reference) else {
                return Err(no_line(id, standard, reference, &way));
            };
            let mut line = line.clone();
            if place != id.place() {
                notes.push(self.taken(reference, id.place(), place));
            }
            line.continues = None;
            line.source = None;
            match to.get(n) {
                Some(number) => line.form = with(line.form, *number),
                None => notes.push(Message::new(
                    format!("“{reference}”照现有记载抄来，请改成这次调整后的标准"),
                    format!("`{reference}` is as it was last printed: write what it is set to"),
                )),
            }
            operations.push(Operation {
                item: Id::parse(reference.item()),
                act: Act::Set { line: Box::new(line), was: None, by: None },
                when: Some(When { from: *from, reading: None, until: None }),
                bond: Bond::default(),
                source: None,
            });
        }
        notes.push(Message::new(
            "文件写明“由X提高到Y”的，请加 \"was\": \"X\"；定稿时删去 \"draft\" 一行",
            "where the document prints the number before, add \"was\"; take the line \"draft\" out when it is final",
        ));
        if instrument.is_none() {
            notes.push(Message::new(
                "没有写作出调整的文件：各事项将按生效时间排序和知晓",
                "no instrument is named: what it says is ordered, and known, by the day on which it takes effect",
            ));
        }
        let document = Document::Adjustment(Box::new(Adjustment {
            schema,
            id: id.clone(),
            standard: standard.clone(),
            draft: Some(true),
            instrument: instrument.cloned(),
            after: Vec::new(),
            assessments: Vec::new(),
            errata: Vec::new(),
            source: self.source(instrument),
            operations,
        }));
        Ok(Draft { document, notes })
    }

    /// That a line is one of a place above: there is no number before in the place itself.
    fn taken(&self, reference: &ProvisionRef, here: &str, above: &str) -> Message {
        let named = |place: &str| {
            let entry = self.loaded.registry.jurisdictions.get(place);
            let name = entry.map(|entry| &entry.value.name);
            let zh = name.map_or(place, |name| name.zh.as_str());
            (zh.to_owned(), name.map_or(place, |name| name.en()).to_owned())
        };
        let ((here_zh, here_en), (zh, en)) = (named(here), named(above));
        Message::new(
            format!("{here_zh}没有自己的“{reference}”，照{zh}的那一条抄来；口径、单位、方向请核对"),
            format!(
                "{here_en} has no `{reference}` of its own: it is that of {en}; compare unit, comparator and cell with the document"
            ),
        )
    }
}

fn no_line(
    id: &InstrumentId,
    standard: &StandardId,
    reference: &ProvisionRef,
    way: &Way<'_>,
) -> Failure {
    let item = reference.item();
    let lines = way.lines(item);
    let lines: Vec<String> = lines.into_iter().map(|line| format!("{item}/{line}")).collect();
    let (zh, en) = if lines.is_empty() {
        let place = id.place();
        (
            format!("项目“{item}”没有条目；jialiang ask {place} 列出有什么"),
            format!("`{item}` has no line; jialiang ask {place} lists what there is"),
        )
    } else {
        (format!("有的条目：{}", lines.join("、")), format!("there are: {}", lines.join(", ")))
    };
    Failure::Said(Message::new(
        format!("“{standard}”各版、本地和上级已有的调整里没有“{reference}”；{zh}"),
        format!(
            "no edition of `{standard}` and no adjustment of the place or above it has `{reference}`; {en}"
        ),
    ))
}

/// Where a line is looked for: a place and those above it, a standard and those that it
/// implements, the nearest first.
struct Way<'a> {
    registry: &'a Registry,
    places: Vec<&'a str>,
    standards: Vec<&'a StandardId>,
}

impl<'a> Way<'a> {
    fn new(registry: &'a Registry, place: &str, standard: &StandardId) -> Self {
        let force = InForce::new(registry);
        let here = registry.jurisdictions.get(place).map(|entry| entry.value.id.as_str());
        let up = |at: &&'a str| force.parent(at, Some(standard.as_str()));
        let places = std::iter::successors(here, up).take(DEEP).collect();
        Self { registry, places, standards: implemented(registry, standard) }
    }

    /// Whether a standard belongs to the same work.
    fn is_of(&self, standard: &StandardId) -> bool {
        implemented(self.registry, standard).last() == self.standards.last()
    }

    /// A line as it was last printed for the place, and the place that writes it: it or the
    /// nearest above that does, by an adjustment there, else by the latest edition; else by the
    /// latest edition of the standard, or of those above it, that has it.
    fn line(&self, reference: &ProvisionRef) -> Option<(&'a Provision, &'a str)> {
        let (item, line) = (reference.item(), reference.provision());
        let is_it = |one: &&Provision| one.id.as_str() == line;
        self.places
            .iter()
            .find_map(|place| {
                let set = self.set(place, item).into_iter().filter(|(_, one)| is_it(one));
                let last = set.max_by_key(|(day, _)| *day).map(|(_, one)| one);
                let found = last.or_else(|| {
                    let standards = self.of_place(place).into_iter();
                    standards.flat_map(|of| self.printed(of, item)).find(is_it)
                });
                Some((found?, *place))
            })
            .or_else(|| {
                self.standards.iter().find_map(|of| {
                    Some((self.printed(of, item).into_iter().find(is_it)?, of.place()))
                })
            })
    }

    /// Every line of an item where [`line`](Self::line) looks for one.
    fn lines(&self, item: &str) -> BTreeSet<&'a str> {
        let set = self.places.iter().flat_map(|place| self.set(place, item));
        let set = set.map(|(_, line)| line);
        let of_places = self.places.iter().flat_map(|place| self.of_place(place));
        let all = of_places.chain(self.standards.iter().copied());
        let printed = all.flat_map(|of| self.printed(of, item));
        set.chain(printed).map(|line| line.id.as_str()).collect()
    }

    /// The standards of a place that belong to the same work.
    fn of_place(&self, place: &str) -> Vec<&'a StandardId> {
        let all = self.registry.standards.values().map(|entry| &entry.value.id);
        all.filter(|one| one.place() == place && self.is_of(one)).collect()
    }

    /// The lines of an item that adjustments of a place set, each with its first day.
    fn set(&self, place: &str, item: &str) -> Vec<(Day, &'a Provision)> {
        let all = self.registry.adjustments.values().map(|entry| &entry.value);
        let here = all.filter(|one| one.place() == place && self.is_of(&one.standard));
        let of_item = here
            .flat_map(|one| &one.operations)
            .filter(|one| one.item.as_ref().is_some_and(|one| one.as_str() == item));
        let set = of_item.filter_map(|operation| match (&operation.act, operation.when) {
            (Act::Set { line, .. }, Some(when)) => Some((Day::of(when.from.first_day())?, &**line)),
            _ => None,
        });
        set.collect()
    }

    /// The lines of an item that the editions of a standard print, the latest first.
    fn printed(&self, standard: &StandardId, item: &str) -> Vec<&'a Provision> {
        let items = editions(self.registry, standard).into_iter();
        let items = items.flat_map(|entry| &entry.value.items);
        items.filter(|one| one.id.as_str() == item).flat_map(|one| &one.provisions).collect()
    }
}

/// A standard, and those that it implements, one through the other.
fn implemented<'a>(registry: &'a Registry, standard: &StandardId) -> Vec<&'a StandardId> {
    let first = registry.standards.get(standard).map(|entry| &entry.value.id);
    let up = |at: &&'a StandardId| {
        Some(&registry.standards.get(*at)?.value.implements.as_ref()?.standard)
    };
    std::iter::successors(first, up).take(DEEP).collect()
}

/// The form with another number.
fn with(form: Form, number: Number) -> Form {
    match form {
        Form::Amount(comparator, _, scale) => Form::Amount(comparator, number, scale),
        Form::Average(average, scale) => {
            Form::Average(Box::new(Average { number, ..*average }), scale)
        }
        Form::Share(share, scale) => {
            Form::Share(Box::new(Share { percent: number, ..*share }), scale)
        }
        Form::Supplement(adds, scale) => {
            Form::Supplement(Box::new(Supplement { amount: number, ..*adds }), scale)
        }
        Form::Increase(_, scale) => Form::Increase(number, scale),
        form @ (Form::Free | Form::Pegged(_) | Form::Coverage(_) | Form::Words(_)) => form,
    }
}
