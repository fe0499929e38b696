//! What changed between two editions, in the words of section 6, and nothing lost.
//!
//! - `compare(a, a)` is empty;
//! - `compare(b, a)` holds the changes of `compare(a, b)`, each taken back.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use jialiang_model::id::Id;
use jialiang_model::item::{Item, Payer, Responsibility, Transcribed};
use jialiang_model::kind::Edition;
use jialiang_model::number::Decimal;
use jialiang_model::order::{Extent, Order, Why};
use jialiang_model::place::IdPath;
use jialiang_model::provision::{Form, Provision};
use jialiang_model::recipients::Recipients;
use jialiang_model::text::Text;

use crate::link::{Line, Link, Links, linked_items, linked_lines};
use crate::nature::Nature;
use crate::pair::{Listed, Named, Pair, pairs};
use crate::slot::{Head, Part, Slot, Value};

/// One side of a change: where, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Where in the edition.
    pub slot: Slot,
    /// What stands there; nothing where it is not there.
    pub value: Option<Value>,
}

impl Side {
    /// The path by ids of what differs from the other side.
    pub fn path(&self, other: &Self) -> IdPath {
        self.slot.path_of(self.value.as_ref(), other.value.as_ref())
    }
}

/// One change, with both sides as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub nature: Nature,
    /// The first edition.
    pub before: Side,
    /// The second edition.
    pub after: Side,
    /// Why it cannot be said which way it goes, where that is so.
    pub why: Option<Why>,
}

impl Change {
    /// The same change taken back.
    #[must_use]
    pub fn invert(self) -> Self {
        let Self { nature, before, after, why } = self;
        Self { nature: nature.mirror(), before: after, after: before, why }
    }

    /// The side on which it is shown: the second, or the first for what is gone there.
    pub const fn side(&self) -> &Side {
        if self.after.value.is_some() { &self.after } else { &self.before }
    }

    /// The item that it is about; none for a change of the edition itself.
    pub fn item(&self) -> Option<&str> {
        self.side().slot.item()
    }

    /// By how many per cent a number rose, rounded to two places; for changes of a
    /// provision whose numbers compare.
    pub fn per_cent(&self) -> Option<Decimal> {
        let (Some(Value::Provision(p)), Some(Value::Provision(q))) =
            (&self.before.value, &self.after.value)
        else {
            return None;
        };
        let same = std::mem::discriminant(&p.form) == std::mem::discriminant(&q.form);
        if !same || p.form == q.form {
            return None;
        }
        q.form.measured()?.per_cent_above(p.form.measured()?)
    }
}

/// What changed from one edition to another, item by item in the order of the second.
///
/// What only one side says, where the other side's text was not wholly read, is
/// [`Nature::Unseen`]: it is listed and weighs nothing.
pub fn compare(a: &Edition, b: &Edition) -> Vec<Change> {
    let mut changes = Vec::new();
    Head::differing(a, b, &mut |head, before, after| {
        let slot = Slot::Head(head);
        changes.push(change(Nature::Described, &slot, before, after, None));
    });
    let comparison = Comparison::new(a, b);
    comparison.declarations(&mut changes);
    comparison.items(&mut changes);
    changes
}

/// Whether an edition declares an item of its parent not applicable.
fn declares(edition: &Edition, item: &str) -> bool {
    edition.not_applicable.iter().any(|one| one.item.as_str() == item)
}

fn change(
    nature: Nature,
    slot: &Slot,
    before: Option<Value>,
    after: Option<Value>,
    why: Option<Why>,
) -> Change {
    let side = |value| Side { slot: slot.clone(), value };
    Change { nature, before: side(before), after: side(after), why }
}

struct Comparison<'a> {
    a: &'a Edition,
    b: &'a Edition,
    items_a: Listed<'a, Arc<Item>>,
    items_b: Listed<'a, Arc<Item>>,
    /// Worked out when first asked for: where the same ids stand on both sides, each goes on
    /// as itself, and nobody asks.
    linked_items: OnceCell<Links<usize>>,
    linked_lines: OnceCell<Links<Line>>,
}

impl<'a> Comparison<'a> {
    const fn new(a: &'a Edition, b: &'a Edition) -> Self {
        Self {
            a,
            b,
            items_a: Listed::new(a.items.as_slice()),
            items_b: Listed::new(b.items.as_slice()),
            linked_items: OnceCell::new(),
            linked_lines: OnceCell::new(),
        }
    }

    fn linked_items(&self) -> &Links<usize> {
        self.linked_items.get_or_init(|| linked_items(self.a, self.b))
    }

    fn linked_lines(&self) -> &Links<Line> {
        self.linked_lines.get_or_init(|| linked_lines(self.a, self.b))
    }

    /// The items that only one side declares not applicable: for the people here they are
    /// retired, and come back. What the items themselves tell is told there.
    fn declarations(&self, changes: &mut Vec<Change>) {
        let (a, b) = (self.a, self.b);
        if a.not_applicable == b.not_applicable {
            return;
        }
        let holds = |edition: &Edition, id: &Id| edition.items.iter().any(|item| item.id == *id);
        let mut told = BTreeSet::new();
        for (mine, other, retired) in [(b, a, true), (a, b, false)] {
            for one in &mine.not_applicable {
                let id = &one.item;
                let here = holds(mine, id) || holds(other, id);
                if here || declares(other, id.as_str()) || !told.insert(id) {
                    continue;
                }
                // A side that is not wholly on record may have declared it too.
                let nature = match (other.transcribed, retired) {
                    (Transcribed::None | Transcribed::Partial, _) => Nature::Unseen,
                    (Transcribed::Names | Transcribed::Full, true) => Nature::ItemRetired,
                    (Transcribed::Names | Transcribed::Full, false) => Nature::ItemAdded,
                };
                let slot = Slot::NotApplicable(id.as_str().into());
                let said = Some(Value::NotApplicable(vec![one.clone()]));
                let (before, after) = if retired { (None, said) } else { (said, None) };
                changes.push(change(nature, &slot, before, after, None));
            }
        }
    }

    fn items(&self, changes: &mut Vec<Change>) {
        let pairs = pairs(&self.items_a, &self.items_b);
        let is_alone = pairs.iter().any(|(i, j)| i.is_none() || j.is_none());
        for (i, j) in pairs.iter().copied() {
            match (i, j) {
                (Some(i), Some(j)) => self.within(i, j, changes),
                (Some(i), None) if !self.linked_items().goes_on(i) => {
                    let (nature, why) = alone(self.b, self.items_a.word(i), Nature::ItemRetired);
                    let slot = Slot::Item(self.items_a.word(i).into());
                    let value = self.a.items.get(i).map(|x| Value::Item(Arc::clone(x)));
                    changes.push(change(nature, &slot, value, None, why));
                }
                (None, Some(j)) if self.linked_items().sources(j).is_empty() => {
                    let (nature, why) = alone(self.a, self.items_b.word(j), Nature::ItemAdded);
                    let slot = Slot::Item(self.items_b.word(j).into());
                    let value = self.b.items.get(j).map(|y| Value::Item(Arc::clone(y)));
                    changes.push(change(nature, &slot, None, value, why));
                }
                _ => {}
            }
            // What goes on as this item, or as what this item goes on as.
            if let (true, Some(j)) = (is_alone, j) {
                for (i, link) in self.linked_items().sources(j) {
                    self.item_link(*i, j, *link, changes);
                }
            }
        }
        if is_alone || self.linked_lines.get().is_some() {
            for (old, new, link) in &self.linked_lines().all {
                self.line_link(*old, *new, *link, changes);
            }
        }
        if let Some((before, after)) = reordered(&self.items_a, &self.items_b, &pairs) {
            changes.push(change(Nature::Reordered, &Slot::Items, before, after, None));
        }
    }

    fn item_link(&self, i: usize, j: usize, link: Link, changes: &mut Vec<Change>) {
        let (Some(x), Some(y)) = (self.a.items.get(i), self.b.items.get(j)) else {
            return;
        };
        let nature = match link {
            Link::Split => Nature::ItemSplit,
            Link::Merged => Nature::ItemMerged,
            Link::Succeeded => Nature::ItemSucceeded,
        };
        let side = |word: &str, item: &Arc<Item>| Side {
            slot: Slot::Item(word.into()),
            value: Some(Value::Item(Arc::clone(item))),
        };
        let (word_x, word_y) = (self.items_a.word(i), self.items_b.word(j));
        changes.push(Change { nature, before: side(word_x, x), after: side(word_y, y), why: None });
        // Of one that goes on as one, what it promises is compared as if the id were the same.
        if link == Link::Succeeded {
            self.within(i, j, changes);
        }
    }

    fn line_link(&self, (i, k): Line, (j, l): Line, link: Link, changes: &mut Vec<Change>) {
        let line = |edition: &Edition, items: &Listed<'_, Arc<Item>>, i: usize, k: usize| {
            let item = edition.items.get(i)?;
            let lines = Listed::new(&item.provisions);
            let slot = Slot::Provision(items.word(i).into(), lines.word(k).into());
            let provision = item.provisions.get(k)?;
            Some((Side { slot, value: held(provision) }, provision.clone()))
        };
        let (Some((before, p)), Some((after, q))) =
            (line(self.a, &self.items_a, i, k), line(self.b, &self.items_b, j, l))
        else {
            return;
        };
        let nature = match link {
            Link::Split => Nature::ProvisionSplit,
            Link::Merged => Nature::ProvisionMerged,
            Link::Succeeded => Nature::ProvisionSucceeded,
        };
        changes.push(Change { nature, before: before.clone(), after: after.clone(), why: None });
        // What becomes of the amount for those who stay on the line, whatever their cell.
        let (nature, why) = forms(&p.form, &q.form);
        if matches!(nature, Nature::ProvisionRaised | Nature::ProvisionLowered) {
            changes.push(Change { nature, before, after, why });
        }
    }

    /// What differs between two items.
    fn within(&self, i: usize, j: usize, changes: &mut Vec<Change>) {
        let (Some(x), Some(y)) = (self.a.items.get(i), self.b.items.get(j)) else {
            return;
        };
        if Arc::ptr_eq(x, y) {
            return;
        }
        let full = || {
            [self.a.transcribed(x), self.b.transcribed(y)]
                .map(|transcribed| transcribed == Transcribed::Full)
        };
        let mut push = |slot: &dyn Fn(&str) -> Slot, before, after, (nature, why)| {
            let word_y = self.items_b.word(j);
            // Items are a pair by their words, or linked from one id to another.
            let word_x = if x.id == y.id { word_y } else { self.items_a.word(i) };
            let before = Side { slot: slot(word_x), value: before };
            let after = Side { slot: slot(word_y), value: after };
            changes.push(Change { nature, before, after, why });
        };
        Part::differing(x, y, &mut |part, before, after| {
            let answer = match part {
                Part::Name => match x.name.zh == y.name.zh {
                    true => (Nature::Translated, None),
                    false => (Nature::ItemRenamed, None),
                },
                Part::Category => (Nature::ItemMoved, None),
                Part::Transcribed => (Nature::Transcribed, None),
                Part::Recipients => match (&x.recipients, &y.recipients) {
                    (Some(x), Some(y)) => recipients(x, y),
                    (x, y) => one_sided(
                        (x.is_some(), y.is_some()),
                        full(),
                        [(Nature::RecipientsAltered, None); 2],
                    ),
                },
                Part::Content => match (&x.content, &y.content) {
                    (Some(x), Some(y)) => texts(x, y),
                    (x, y) => one_sided(
                        (x.is_some(), y.is_some()),
                        full(),
                        [(Nature::ContentAdded, None), (Nature::ContentRemoved, None)],
                    ),
                },
                Part::Responsibility => match (&x.responsibility, &y.responsibility) {
                    (Some(x), Some(y)) => responsibility(x, y),
                    (x, y) => one_sided(
                        (x.is_some(), y.is_some()),
                        full(),
                        [(Nature::ResponsibilityAltered, None); 2],
                    ),
                },
                Part::LeadAgencies => match (x.lead_agencies.len(), y.lead_agencies.len()) {
                    (0, n) | (n, 0) => {
                        let sides = (x.lead_agencies.len() == n, y.lead_agencies.len() == n);
                        one_sided(sides, full(), [(Nature::LeadAgencies, None); 2])
                    }
                    _ => (Nature::LeadAgencies, None),
                },
                Part::Continues | Part::Source => (Nature::Sourced, None),
            };
            push(&|word| Slot::Part(word.into(), part), before, after, answer);
        });
        if x.provisions == y.provisions {
            return;
        }
        let (lines_x, lines_y) = (Listed::new(&x.provisions), Listed::new(&y.provisions));
        let pairs = pairs(&lines_x, &lines_y);
        for (k, l) in pairs.iter().copied() {
            let p = k.and_then(|k| x.provisions.get(k));
            let q = l.and_then(|l| y.provisions.get(l));
            let goes_on = |k| self.linked_lines().goes_on((i, k));
            let comes_from = |l| !self.linked_lines().sources((j, l)).is_empty();
            let answer = match (p, q) {
                (Some(p), Some(q)) if p == q => continue,
                (Some(p), Some(q)) => provisions(p, q),
                (Some(_), None) if k.is_some_and(goes_on) => continue,
                (None, Some(_)) if l.is_some_and(comes_from) => continue,
                (p, q) => one_sided(
                    (p.is_some(), q.is_some()),
                    full(),
                    [(Nature::ProvisionAdded, None), (Nature::ProvisionRemoved, None)],
                ),
            };
            let line = match (k, l) {
                (_, Some(l)) => lines_y.word(l),
                (Some(k), None) => lines_x.word(k),
                (None, None) => continue,
            };
            let slot = |word: &str| Slot::Provision(word.into(), line.into());
            push(&slot, p.and_then(held), q.and_then(held), answer);
        }
        if let Some((before, after)) = reordered(&lines_x, &lines_y, &pairs) {
            let slot = |word: &str| Slot::Provisions(word.into());
            push(&slot, before, after, (Nature::Reordered, None));
        }
    }
}

/// What an item is that stands on one side only, by what the other side is.
fn alone(other: &Edition, item: &str, seen: Nature) -> (Nature, Option<Why>) {
    match other.transcribed {
        _ if declares(other, item) => (seen, None),
        _ if other.difference_from.is_some() => (Nature::ItemAltered, Some(Why::Inherited)),
        Transcribed::Names | Transcribed::Full => (seen, None),
        Transcribed::None | Transcribed::Partial => (Nature::Unseen, None),
    }
}

type Answer = (Nature, Option<Why>);

/// What it is that a text has on one side only: added, removed, or unseen where the other
/// side was not wholly read.
fn one_sided(
    (before, after): (bool, bool),
    [full_x, full_y]: [bool; 2],
    seen: [Answer; 2],
) -> Answer {
    let [added, removed] = seen;
    match (before, after) {
        (false, true) if full_x => added,
        (true, false) if full_y => removed,
        _ => (Nature::Unseen, None),
    }
}

fn held(provision: &Provision) -> Option<Value> {
    Some(Value::Provision(Box::new(provision.clone())))
}

/// The orders of two lists, where what both have stands in another order.
fn reordered<T: Named>(
    a: &Listed<'_, T>,
    b: &Listed<'_, T>,
    pairs: &[Pair],
) -> Option<(Option<Value>, Option<Value>)> {
    let mut last = None;
    let out_of_order = pairs.iter().any(|pair| match *pair {
        (Some(i), Some(_)) => {
            let before = last.replace(i);
            before.is_some_and(|before| before > i)
        }
        _ => false,
    });
    out_of_order.then(|| (Some(Value::Order(a.order())), Some(Value::Order(b.order()))))
}

fn recipients(x: &Recipients, y: &Recipients) -> Answer {
    let Recipients { zh, en: _, groups } = x;
    if *zh == y.zh && *groups == y.groups {
        return (Nature::Translated, None);
    }
    match y.extent(x) {
        // The words are the same: only our structuring of them is another.
        Extent::Same if *zh == y.zh => (Nature::Transcribed, None),
        Extent::Same => (Nature::Reworded, None),
        Extent::Wider => (Nature::RecipientsWidened, None),
        Extent::Narrower => (Nature::RecipientsNarrowed, None),
        Extent::Crossing => (Nature::RecipientsAltered, None),
        Extent::Undecided(why) => (Nature::RecipientsAltered, Some(why)),
    }
}

fn texts(x: &Text, y: &Text) -> Answer {
    let Text { zh, en: _ } = x;
    match *zh == y.zh {
        true => (Nature::Translated, None),
        false => (Nature::ContentAltered, Some(Why::Words)),
    }
}

fn responsibility(x: &Responsibility, y: &Responsibility) -> Answer {
    let Responsibility { zh, en: _, payers, instrument } = x;
    let one_sided = payers.is_empty() != y.payers.is_empty();
    let same =
        || payers.len() == y.payers.len() && payers.iter().all(|payer| y.payers.contains(payer));
    if *zh == y.zh && one_sided {
        // The words are the same: who they mean is on record on one side only.
        return (Nature::Transcribed, None);
    }
    if *zh == y.zh && *payers != y.payers && same() {
        return (Nature::Reordered, None);
    }
    if *payers != y.payers && one_sided {
        return (Nature::ResponsibilityAltered, Some(Why::Words));
    }
    if *payers != y.payers {
        return match shift(payers, &y.payers) {
            Some(Shift::Up) => (Nature::ResponsibilityShiftedUp, None),
            Some(Shift::Down) => (Nature::ResponsibilityShiftedDown, None),
            None => (Nature::ResponsibilityAltered, None),
        };
    }
    if *zh != y.zh {
        // The payers are the same, and how they divide the cost stands in the words.
        return (Nature::ResponsibilityAltered, Some(Why::Words));
    }
    match *instrument == y.instrument {
        true => (Nature::Translated, None),
        false => (Nature::LegalBasis, None),
    }
}

enum Shift {
    Up,
    Down,
}

/// The least and the highest level that a payer can be: local government is any below the
/// centre.
const fn level(payer: Payer) -> (u8, u8) {
    match payer {
        Payer::Central => (5, 5),
        Payer::Province => (4, 4),
        Payer::Prefecture => (3, 3),
        Payer::County => (2, 2),
        Payer::Local => (2, 4),
        Payer::Employer => (1, 1),
        Payer::Individual => (0, 0),
    }
}

/// Which way the cost moves, where that is certain: those who come in all stand above, or
/// all below, those who leave; where nobody leaves or comes in, those who stay.
fn shift(before: &[Payer], after: &[Payer]) -> Option<Shift> {
    let left: Vec<Payer> = before.iter().filter(|p| !after.contains(p)).copied().collect();
    let came: Vec<Payer> = after.iter().filter(|p| !before.contains(p)).copied().collect();
    let above = |higher: &[Payer], lower: &[Payer]| {
        !higher.is_empty()
            && !lower.is_empty()
            && higher.iter().all(|h| lower.iter().all(|l| level(*h).0 > level(*l).1))
    };
    let (up, down) = match (left.is_empty(), came.is_empty()) {
        (true, true) => return None,
        (true, false) => (above(&came, before), above(before, &came)),
        (false, true) => (above(after, &left), above(&left, after)),
        (false, false) => (above(&came, &left), above(&left, &came)),
    };
    match (up, down) {
        (true, _) => Some(Shift::Up),
        (false, true) => Some(Shift::Down),
        (false, false) => None,
    }
}

fn provisions(p: &Provision, q: &Provision) -> Answer {
    let Provision { id: _, name, measure: _, cell, form, continues, source } = p;
    if p.measure() != q.measure() {
        return (Nature::ProvisionAltered, Some(Why::Objects));
    }
    if *cell != q.cell {
        return (Nature::ProvisionAltered, Some(Why::Cells));
    }
    if *form != q.form {
        return forms(form, &q.form);
    }
    let zh = |name: &Option<Box<Text>>| name.as_ref().map(|name| name.zh.clone());
    if name.is_none() != q.name.is_none() {
        (Nature::Transcribed, None)
    } else if zh(name) != zh(&q.name) {
        (Nature::ProvisionRenamed, None)
    } else if *name != q.name {
        (Nature::Translated, None)
    } else if *continues != q.continues || *source != q.source {
        (Nature::Sourced, None)
    } else {
        // The measure, written out or left to the id.
        (Nature::ProvisionReexpressed, None)
    }
}

fn forms(f: &Form, g: &Form) -> Answer {
    match g.compare(f) {
        Order::Better => (Nature::ProvisionRaised, None),
        Order::Worse => (Nature::ProvisionLowered, None),
        Order::Equal => match (f.scale(), g.scale()) {
            (None, None) => (Nature::Translated, None),
            _ => (Nature::ProvisionReexpressed, None),
        },
        Order::Undecided(why) => (Nature::ProvisionAltered, Some(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use crate::samples::{edition, item};

    /// The natures of what changed between two whole texts, and back.
    fn natures(before: &[&str], after: &[&str]) -> Vec<Nature> {
        natures_of("full", "", before, "full", "", after)
    }

    fn natures_of(
        read_before: &str,
        head_before: &str,
        before: &[&str],
        read_after: &str,
        head_after: &str,
        after: &[&str],
    ) -> Vec<Nature> {
        let a = edition("1.0.0", read_before, head_before, before);
        let b = edition("1.0.0", read_after, head_after, after);
        let there: Vec<Nature> = compare(&a, &b).into_iter().map(|c| c.nature).collect();
        let mut back: Vec<Nature> =
            compare(&b, &a).into_iter().map(|c| c.nature.mirror()).collect();
        let mut sorted = there.clone();
        sorted.sort();
        back.sort();
        assert_eq!(sorted, back);
        there
    }

    const YUAN: &str = r#""unit":"CNY/person/month","better":"more""#;

    fn line(id: &str, keys: &str) -> String {
        item("a", &format!(r#","provisions":[{{"id":"{id}",{keys}}}]"#))
    }

    /// Every nature, each with two texts between which it is.
    #[test]
    fn every_nature_has_its_case() {
        let amount = |n: &str| line("p", &format!(r#""at-least":"{n}",{YUAN}"#));
        let who = |text: &str, groups: &str| {
            item(
                "a",
                &format!(r#","recipients":{{"zh":"{text}","groups":[{{"age":["{groups}"]}}]}}"#),
            )
        };
        let pays = |text: &str, payers: &str, more: &str| {
            item("a", &format!(r#","responsibility":{{"zh":"{text}","payers":[{payers}]{more}}}"#))
        };
        let (a, b, c) = (item("a", ""), item("b", ""), item("c", ""));
        let content = |text: &str| item("a", &format!(r#","content":{{"zh":"{text}"}}"#));
        let cell = |id: &str, age: &str, more: &str| {
            format!(
                r#"{{"id":"{id}","measure":"m","cell":{{"age":"{age}"}},"at-least":"5",{YUAN}{more}}}"#
            )
        };
        let lines = |all: &[String]| item("a", &format!(r#","provisions":[{}]"#, all.join(",")));
        let from = |id: &str, before: &str| item(id, &format!(r#","continues":{before}"#));
        let cases: Vec<(Nature, Vec<Nature>)> = vec![
            (Nature::ItemAdded, natures(&[&a], &[&a, &b])),
            (Nature::ItemRetired, natures(&[&a, &b], &[&a])),
            (Nature::ItemSplit, natures(&[&a], &[&from("b", r#"["a"]"#), &from("c", r#"["a"]"#)])),
            (Nature::ItemMerged, natures(&[&a, &b], &[&from("c", r#"["a","b"]"#)])),
            (Nature::ItemSucceeded, natures(&[&a], &[&from("b", r#"["a"]"#)])),
            (
                Nature::ItemAltered,
                natures_of(
                    "full",
                    r#""difference-from":"cn/s@0.9.0","#,
                    &[&a],
                    "full",
                    "",
                    &[&a, &b],
                ),
            ),
            (Nature::ItemRenamed, natures(&[&a], &[&a.replace("名", "新名")])),
            (Nature::ItemMoved, natures(&[&a], &[&a.replace(r#""c""#, r#""d""#)])),
            (Nature::RecipientsWidened, natures(&[&who("甲", "65+")], &[&who("乙", "60+")])),
            (Nature::RecipientsNarrowed, natures(&[&who("甲", "60+")], &[&who("甲", "65+")])),
            (Nature::RecipientsAltered, natures(&[&who("甲", "60-69")], &[&who("甲", "65-79")])),
            (Nature::ContentAdded, natures(&[&a], &[&content("甲")])),
            (Nature::ContentRemoved, natures(&[&content("甲")], &[&a])),
            (Nature::ContentAltered, natures(&[&content("甲")], &[&content("乙")])),
            (Nature::ProvisionRaised, natures(&[&amount("5")], &[&amount("6")])),
            (Nature::ProvisionLowered, natures(&[&amount("5")], &[&amount("4")])),
            (Nature::ProvisionAdded, natures(&[&a], &[&amount("5")])),
            (Nature::ProvisionRemoved, natures(&[&amount("5")], &[&a])),
            (
                Nature::ProvisionSplit,
                natures(
                    &[&lines(&[cell("p", "60+", "")])],
                    &[&lines(&[
                        cell("q", "60-69", r#","continues":"a/p""#),
                        cell("r", "70+", r#","continues":"a/p""#),
                    ])],
                ),
            ),
            (
                Nature::ProvisionMerged,
                natures(
                    &[&lines(&[
                        cell("q", "60-69", r#","continues":"a/p""#),
                        cell("r", "70+", r#","continues":"a/p""#),
                    ])],
                    &[&lines(&[cell("p", "60+", "")])],
                ),
            ),
            (
                Nature::ProvisionSucceeded,
                natures(
                    &[&lines(&[cell("p", "60+", "")])],
                    &[&lines(&[cell("q", "60+", r#","continues":"a/p""#)])],
                ),
            ),
            (
                Nature::ProvisionReexpressed,
                natures(
                    &[&amount("5")],
                    &[&line("p", r#""at-least":"60","unit":"CNY/person/year","better":"more""#)],
                ),
            ),
            (
                Nature::ProvisionRenamed,
                natures(
                    &[&line("p", &format!(r#""name":{{"zh":"补贴"}},"at-least":"5",{YUAN}"#))],
                    &[&line("p", &format!(r#""name":{{"zh":"补助"}},"at-least":"5",{YUAN}"#))],
                ),
            ),
            (
                Nature::ProvisionAltered,
                natures(
                    &[&amount("5")],
                    &[&line("p", r#""at-least":"5","unit":"CNY/household/month","better":"more""#)],
                ),
            ),
            (
                Nature::ResponsibilityShiftedUp,
                natures(&[&pays("甲", r#""county""#, "")], &[&pays("乙", r#""central""#, "")]),
            ),
            (
                Nature::ResponsibilityShiftedDown,
                natures(
                    &[&pays("甲", r#""central","local""#, "")],
                    &[&pays("甲", r#""local""#, "")],
                ),
            ),
            (
                Nature::ResponsibilityAltered,
                natures(&[&pays("甲", r#""local""#, "")], &[&pays("甲", r#""province""#, "")]),
            ),
            (
                Nature::LeadAgencies,
                natures(
                    &[&item("a", r#","lead-agencies":["cn/x","cn/y"]"#)],
                    &[&item("a", r#","lead-agencies":["cn/y","cn/x"]"#)],
                ),
            ),
            (
                Nature::LegalBasis,
                natures(
                    &[&pays("甲", r#""local""#, r#","instrument":"cn/2018/x""#)],
                    &[&pays("甲", r#""local""#, r#","instrument":"cn/2019/x""#)],
                ),
            ),
            (Nature::Reworded, natures(&[&who("甲", "60+")], &[&who("乙", "60+")])),
            (Nature::Reordered, natures(&[&a, &b, &c], &[&b, &a, &c])),
            (
                Nature::Sourced,
                natures(&[&a], &[&item("a", r#","source":{"at":"某处","verified":true}"#)]),
            ),
            (Nature::Translated, natures(&[&a], &[&a.replace(r#""名""#, r#""名","en":"x""#)])),
            (Nature::Transcribed, natures(&[&a], &[&item("a", r#","transcribed":"partial""#)])),
            (Nature::Described, natures_of("full", "", &[&a], "full", r#""label":"甲版","#, &[&a])),
            (Nature::Unseen, natures_of("partial", "", &[&a], "full", "", &[&a, &b])),
        ];
        for (nature, found) in &cases {
            // How far an edition is transcribed is told beside what that leaves unseen.
            assert!(found.contains(nature), "{nature}: {found:?}");
        }
        let tried: BTreeSet<Nature> = cases.into_iter().map(|(nature, _)| nature).collect();
        assert_eq!(tried, Nature::ALL.iter().copied().collect());
    }

    /// What only moves, or is only written in another way, is no change of value.
    #[test]
    fn identity_is_by_id() {
        let ten_thousand = |n: &str, unit: &str| {
            line("p", &format!(r#""at-least":"{n}","unit":"{unit}","better":"more""#))
        };
        assert_eq!(
            natures(
                &[&ten_thousand("20000", "CNY/person/year")],
                &[&ten_thousand("2", "10k-CNY/person/year")]
            ),
            [Nature::ProvisionReexpressed]
        );
        let swapped = item("b", "").replace("名", "名一");
        assert_eq!(
            natures(&[&item("a", ""), &swapped], &[&item("b", ""), &item("a", "")]),
            [Nature::ItemRenamed, Nature::Reordered]
        );
    }

    /// An amount that someone pays is worse when it rises.
    #[test]
    fn the_direction_of_better_decides() {
        let paid = |n: &str| {
            line("p", &format!(r#""at-least":"{n}","unit":"CNY/person/year","better":"less""#))
        };
        assert_eq!(natures(&[&paid("380")], &[&paid("400")]), [Nature::ProvisionLowered]);
    }

    /// Of what goes on under another id, the promise is compared as if the id were the same.
    #[test]
    fn a_cut_does_not_hide_behind_a_new_id() {
        let amount = |id: &str, n: &str, more: &str| {
            item(id, &format!(r#","provisions":[{{"id":"p","at-least":"{n}",{YUAN}}}]{more}"#))
        };
        assert_eq!(
            natures(&[&amount("a", "5", "")], &[&amount("b", "4", r#","continues":["a"]"#)]),
            [Nature::ItemSucceeded, Nature::Sourced, Nature::ProvisionLowered]
        );
    }

    #[test]
    fn a_rise_is_told_in_per_cent() {
        let amount = |n: &str| line("p", &format!(r#""at-least":"{n}",{YUAN}"#));
        let (a, b) = (amount("650"), amount("720"));
        let changes =
            compare(&edition("1.0.0", "full", "", &[&a]), &edition("1.0.0", "full", "", &[&b]));
        assert_eq!(changes[0].per_cent().map(|p| p.to_string()).as_deref(), Some("10.77"));
        assert_eq!(
            changes[0].after.path(&changes[0].before).to_string(),
            "items/a/provisions/p/at-least"
        );
    }
}
