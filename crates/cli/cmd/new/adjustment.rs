//! An adjustment to fill in: lines as they are last printed, from a day.

use std::collections::BTreeSet;

use jialiang_model::finding::Message;
use jialiang_model::id::{Id, InstrumentId, ProvisionRef, StandardId};
use jialiang_model::item::Item;
use jialiang_model::kind::adjustment::{Act, Bond, Operation, When};
use jialiang_model::kind::{Adjustment, Document, Expected};
use jialiang_model::lookup::editions;
use jialiang_model::number::Number;
use jialiang_model::provision::{Average, Form, Provision, Share, Supplement};

use super::{Desk, Draft, Failure};
use crate::args::NewAdjustment;

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
        let mut notes = Vec::new();
        let mut operations = Vec::new();
        for (reference, n) in lines.iter().zip(0..) {
            let Some(mut line) = self.line(id, standard, reference) else {
                return Err(self.no_line(id, standard, reference));
            };
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

    /// A line as it was last printed for the place: by an adjustment there, else by the latest
    /// edition of the standard, or of those above it, that has it.
    fn line(
        &self,
        id: &InstrumentId,
        standard: &StandardId,
        reference: &ProvisionRef,
    ) -> Option<Provision> {
        let registry = &self.loaded.registry;
        let here = registry.adjustments.values().map(|entry| &entry.value);
        let here = here.filter(|one| one.place() == id.place());
        let of_item = |operation: &&Operation| {
            operation.item.as_ref().is_some_and(|item| item.as_str() == reference.item())
        };
        let printed = here.flat_map(|one| &one.operations).filter(of_item);
        let printed = printed.filter_map(|operation| match (&operation.act, operation.when) {
            (Act::Set { line, .. }, Some(when)) if line.id.as_str() == reference.provision() => {
                Some((when.from.first_day(), line))
            }
            _ => None,
        });
        if let Some((_, line)) = printed.max_by_key(|(day, _)| *day) {
            return Some((**line).clone());
        }
        let within = |item: &Item| {
            let mut lines = item.provisions.iter();
            lines.find(|line| line.id.as_str() == reference.provision()).cloned()
        };
        let mut at = Some(standard);
        for _ in 0..16 {
            let here = at?;
            let all = editions(registry, here);
            let mut held = all.iter().flat_map(|entry| &entry.value.items);
            let found = held.find_map(|item| {
                (item.id.as_str() == reference.item()).then(|| within(item)).flatten()
            });
            if found.is_some() {
                return found;
            }
            let entry = registry.standards.get(here);
            at = entry.and_then(|entry| Some(&entry.value.implements.as_ref()?.standard));
        }
        None
    }

    /// Every line of an item where [`line`](Self::line) looks for one.
    fn lines(&self, id: &InstrumentId, standard: &StandardId, item: &str) -> BTreeSet<&str> {
        let registry = &self.loaded.registry;
        let here = registry.adjustments.values().map(|entry| &entry.value);
        let operations = here.filter(|one| one.place() == id.place()).flat_map(|a| &a.operations);
        let of_item = operations
            .filter(|operation| operation.item.as_ref().is_some_and(|one| one.as_str() == item));
        let set = of_item.filter_map(|operation| match &operation.act {
            Act::Set { line, .. } => operation.when.map(|_| line.id.as_str()),
            _ => None,
        });
        let mut found: BTreeSet<&str> = set.collect();
        let mut at = Some(standard);
        for _ in 0..16 {
            let Some(here) = at else { break };
            let items = editions(registry, here).into_iter().flat_map(|entry| &entry.value.items);
            let lines = items.filter(|one| one.id.as_str() == item).flat_map(|one| &one.provisions);
            found.extend(lines.map(|line| line.id.as_str()));
            let entry = registry.standards.get(here);
            at = entry.and_then(|entry| Some(&entry.value.implements.as_ref()?.standard));
        }
        found
    }

    fn no_line(
        &self,
        id: &InstrumentId,
        standard: &StandardId,
        reference: &ProvisionRef,
    ) -> Failure {
        let item = reference.item();
        let lines = self.lines(id, standard, item);
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
            format!("“{standard}”各版和已有的调整里没有“{reference}”；{zh}"),
            format!("no edition of `{standard}` and no adjustment has `{reference}`; {en}"),
        ))
    }
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
