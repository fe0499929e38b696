//! What a new or changed adjustment says, a line for each operation.

use std::sync::Arc;

use jialiang_diff::words;
use jialiang_model::date::{Day, PartialDate};
use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::kind::adjustment::{Act, Adjustment, Operation, Size, Step};
use jialiang_model::kind::{Document, Expected};
use jialiang_model::provision::Provision;
use jialiang_model::text::Text;
use jialiang_model::{Entry, Registry};
use jialiang_resolve::{Answer, Facts, InForce, Known, Question};
use jialiang_store::{Base, Was};

use super::Review;
use crate::force::eve;

/// What an operation of an adjustment does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operated {
    /// Of which item and line, such as `school-meals/meal`; of nothing but the document that it
    /// repeals or annuls.
    pub what: String,
    /// What was there before: the number that the document prints, else what lies below it in
    /// force the day before.
    pub before: Option<Message>,
    /// What it comes to.
    pub after: Message,
    /// From when, as the document has it.
    pub from: Option<PartialDate>,
}

impl Review {
    /// Whether what an adjustment says is to be told: then the whole registry must be read.
    pub fn adjusts(&self) -> bool {
        let adjustment = |path: &str| matches!(Expected::at(path), Some(Expected::Adjustment(_)));
        self.documents.iter().any(|(path, _)| adjustment(path))
    }

    /// Tells what each adjustment that was added says, and of each that was changed what it says
    /// now and did not before.
    pub fn tell(&mut self, force: &InForce<'_>, registry: &Registry, base: &Base) {
        for (path, _) in &self.documents {
            let Some(Expected::Adjustment(id)) = Expected::at(path) else { continue };
            let Some(entry) = registry.adjustments.get(&id) else { continue };
            let mut was = base.differing().filter(|(at, _)| *at == path).map(|(_, was)| was);
            let before: &[Operation] = match was.next() {
                Some(Was::Document(Document::Adjustment(before))) => &before.operations,
                _ => &[],
            };
            let operations = entry.value.operations.iter();
            let new = operations.filter(|operation| !before.iter().any(|one| same(one, operation)));
            let told = new.map(|operation| operated((force, registry), entry, operation)).collect();
            self.operated.insert(Arc::clone(path), told);
        }
    }
}

/// What is in force, and the registry of which it is.
type In<'f, 'a> = (&'f InForce<'a>, &'f Registry);

/// Whether two operations do the same, wherever that was read.
fn same(a: &Operation, b: &Operation) -> bool {
    let Operation { item, act, when, bond, source: _ } = a;
    (item, act, when, bond) == (&b.item, &b.act, &b.when, &b.bond)
}

fn operated(within: In<'_, '_>, entry: &Entry<Adjustment>, operation: &Operation) -> Operated {
    let Operation { item, act, when, bond: _, source: _ } = operation;
    let below = |measure: &str, facts: &Facts| below(within, entry, operation, measure, facts);
    let below_line = |line: &Provision| below(line.measure().as_str(), &Facts::of(&line.cell));
    let below_id = |line: &Id| below(line.as_str(), &Facts::none());
    let form = |line: &Provision| words::form(&line.form);
    let text = |text: &Text| Message::new(text.zh.as_str(), text.en());
    let (line, before, after) = match act {
        Act::Set { line, was: Some(was), by: _ } => {
            (Some(&line.id), Some(Message::new(was.to_string(), was.to_string())), form(line))
        }
        Act::Set { line, was: None, by: _ } => (Some(&line.id), below_line(line), form(line)),
        Act::Change { base, by } => (Some(&base.id), Some(form(base)), step(by)),
        Act::Alter { line, by } => (Some(line), below_id(line), step(by)),
        Act::Confirm(line) => {
            let Message { zh, en } = form(line);
            let said = Message::new(format!("不作调整：{zh}"), format!("stays at {en}"));
            (Some(&line.id), None, said)
        }
        Act::Attest { line, on } => {
            let Message { zh, en } = form(line);
            let said = Message::new(format!("{on} 所见：{zh}"), format!("{en}, as seen on {on}"));
            (Some(&line.id), None, said)
        }
        Act::End(line) => (Some(line), below_id(line), Message::new("停止执行", "ends")),
        Act::Add(item) => {
            let Message { zh, en } = text(&item.name);
            (None, None, Message::new(format!("新增：{zh}"), format!("new: {en}")))
        }
        Act::Retire(into) if into.is_empty() => (None, None, Message::new("取消", "retired")),
        Act::Retire(into) => {
            let into: Vec<&str> = into.iter().map(Id::as_str).collect();
            let said = Message::new(
                format!("取消，由 {} 接续", into.join("、")),
                format!("retired, and goes on as {}", into.join(", ")),
            );
            (None, None, said)
        }
        Act::Rename(name) => {
            let Message { zh, en } = text(name);
            (None, None, Message::new(format!("更名：{zh}"), format!("renamed {en}")))
        }
        Act::Recipients(who, _) => {
            let en = who.en.as_ref().unwrap_or(&who.zh);
            let said = Message::new(format!("服务对象：{}", who.zh), format!("recipients: {en}"));
            (None, None, said)
        }
        Act::Content(content) => {
            let Message { zh, en } = text(content);
            (None, None, Message::new(format!("服务内容：{zh}"), format!("content: {en}")))
        }
        Act::Responsibility(pays) => {
            let en = pays.en.as_ref().unwrap_or(&pays.zh);
            let said =
                Message::new(format!("支出责任：{}", pays.zh), format!("responsibility: {en}"));
            (None, None, said)
        }
        Act::LeadAgencies(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            let said = Message::new(
                format!("牵头负责单位：{}", all.join("、")),
                format!("lead agencies: {}", all.join(", ")),
            );
            (None, None, said)
        }
        Act::Repeal(id) => {
            (None, None, Message::new(format!("废止 {id}"), format!("repeals {id}")))
        }
        Act::Annul(id) => (None, None, Message::new(format!("撤销 {id}"), format!("annuls {id}"))),
    };
    let words = item.iter().chain(line).map(Id::as_str);
    Operated {
        what: words.collect::<Vec<_>>().join("/"),
        before,
        after,
        from: when.map(|when| when.from),
    }
}

/// By how much.
fn step(Step { size, rounding: _ }: &Step) -> Message {
    let (number, unit) = match size {
        Size::Amount(number) => (number, ""),
        Size::Percent(number) => (number, "%"),
    };
    let sign = if number.to_string().starts_with('-') { "" } else { "+" };
    let said = format!("{sign}{number}{unit}");
    Message::new(said.clone(), said)
}

/// What is in force in the place on the day before an operation begins, as known on the day
/// before its document was issued.
fn below(
    (force, registry): In<'_, '_>,
    entry: &Entry<Adjustment>,
    operation: &Operation,
    line: &str,
    facts: &Facts,
) -> Option<Message> {
    let adjustment = &entry.value;
    let issued = adjustment.instrument.as_ref().and_then(|id| registry.instruments.get(id));
    let issued = issued.and_then(|entry| Day::of(entry.value.known()?.last_day()));
    let question = Question {
        place: adjustment.place(),
        item: operation.item.as_ref()?.as_str(),
        standard: Some(adjustment.standard.as_str()),
        line: Some(line),
        facts,
        valid: eve(Day::of(operation.when?.from.first_day())?)?,
        known: issued.and_then(eve).map_or(Known::Latest, Known::By),
    };
    let mut all: Vec<Message> = Vec::new();
    for answered in force.ask(&question) {
        let said = match &answered.answer {
            Answer::Value(held) => words::form(&held.form()),
            Answer::Undecided { candidates, why: _ } => {
                let all = candidates.iter().map(|held| words::form(&held.form()));
                let (zh, en): (Vec<_>, Vec<_>) = all.map(|one| (one.zh, one.en)).unzip();
                Message::new(
                    format!("未定：{}", zh.join(" 或 ")),
                    format!("undecided: {}", en.join(" or ")),
                )
            }
            Answer::NotYet { .. }
            | Answer::Ended { .. }
            | Answer::NotApplicable(..)
            | Answer::Unknown(_) => continue,
        };
        if !all.contains(&said) {
            all.push(said);
        }
    }
    let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().map(|one| (one.zh, one.en)).unzip();
    (!zh.is_empty()).then(|| Message::new(zh.join("；"), en.join("; ")))
}
