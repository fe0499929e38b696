//! Patches: absolute, so that each says what it expects and what it leaves. Section 7.
//!
//! - `apply(a, between(a, b)) == b`, and `between(a, a)` is empty;
//! - `between(a, b).invert() == between(b, a)`;
//! - where patches compose, they compose associatively, and
//!   `between(a, b).compose(between(b, c)) == between(a, c)`;
//! - on a base that does not hold what it expects, a patch is refused, naming both values.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use jialiang_model::id::Id;
use jialiang_model::item::Item;
use jialiang_model::kind::Edition;
use jialiang_model::provision::Provision;

use crate::pair::{Listed, pairs};
use crate::slot::{Head, Held, Part, Slot, Value, Word};

/// What one slot holds before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What must stand there.
    pub expects: Option<Value>,
    /// What stands there afterwards.
    pub leaves: Option<Value>,
}

impl Edit {
    fn invert(self) -> Self {
        Self { expects: self.leaves, leaves: self.expects }
    }
}

/// A change of one edition into another, slot by slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patch {
    pub(crate) edits: BTreeMap<Slot, Edit>,
}

/// A patch that does not go with what it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The slot.
    pub slot: Slot,
    /// What the patch expects there.
    pub expects: Option<Value>,
    /// What stands there.
    pub found: Option<Value>,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { slot, expects, found } = self;
        let word = |value: &Option<Value>| crate::words::plain(value.as_ref()).en;
        let (path, expects, found) = (slot.path(), word(expects), word(found));
        write!(f, "the patch expects {expects} at {path}, where {found} stands")
    }
}

impl std::error::Error for Refused {}

impl Patch {
    /// The slots that it touches, with what each holds before and after, in the order of
    /// slots.
    pub fn edits(&self) -> impl ExactSizeIterator<Item = (&Slot, &Edit)> {
        self.edits.iter()
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The patch that takes this one back.
    #[must_use]
    pub fn invert(self) -> Self {
        Self { edits: self.edits.into_iter().map(|(slot, edit)| (slot, edit.invert())).collect() }
    }

    /// This patch, then another on what it leaves.
    pub fn compose(mut self, then: Self) -> Result<Self, Box<Refused>> {
        for (slot, edit) in then.edits {
            match self.edits.entry(slot) {
                Entry::Vacant(vacant) => drop(vacant.insert(edit)),
                Entry::Occupied(mut first) => {
                    if first.get().leaves != edit.expects {
                        let slot = first.key().clone();
                        let found = first.get().leaves.clone();
                        return Err(Box::new(Refused { slot, expects: edit.expects, found }));
                    }
                    if first.get().expects == edit.leaves {
                        first.remove();
                    } else {
                        first.get_mut().leaves = edit.leaves;
                    }
                }
            }
        }
        Ok(self)
    }

    fn see(&mut self, slot: Slot, expects: Option<Value>, leaves: Option<Value>) {
        self.edits.insert(slot, Edit { expects, leaves });
    }
}

/// The patch that makes `b` of `a`.
pub fn between(a: &Edition, b: &Edition) -> Patch {
    let mut patch = Patch::default();
    Head::differing(a, b, &mut |head, x, y| patch.see(Slot::Head(head), x, y));
    let (items_a, items_b) = (Listed::new(&a.items), Listed::new(&b.items));
    for pair in pairs(&items_a, &items_b) {
        match pair {
            (Some(i), Some(j)) => {
                let (Some(x), Some(y)) = (a.items.get(i), b.items.get(j)) else { continue };
                if !Arc::ptr_eq(x, y) && x != y {
                    within(&mut patch, items_b.word(j), x, y);
                }
            }
            (None, Some(j)) => {
                if let Some(item) = b.items.get(j) {
                    whole(&mut patch, items_b.word(j), item, |value| (None, Some(value)));
                }
            }
            (Some(i), None) => {
                if let Some(item) = a.items.get(i) {
                    whole(&mut patch, items_a.word(i), item, |value| (Some(value), None));
                }
            }
            (None, None) => {}
        }
    }
    order(&mut patch, Slot::Items, &items_a, &items_b);
    patch
}

/// The order of a list, where it is not the same.
fn order<T: crate::pair::Named>(
    patch: &mut Patch,
    slot: Slot,
    a: &Listed<'_, T>,
    b: &Listed<'_, T>,
) {
    if !a.is_like(b) {
        let held = |order: Vec<Word>| (!order.is_empty()).then_some(Value::Order(order));
        patch.see(slot, held(a.order()), held(b.order()));
    }
}

/// What differs within an item.
fn within(patch: &mut Patch, word: &str, x: &Item, y: &Item) {
    Part::differing(x, y, &mut |part, x, y| patch.see(Slot::Part(word.into(), part), x, y));
    if x.provisions == y.provisions {
        return;
    }
    let (lines_x, lines_y) = (Listed::new(&x.provisions), Listed::new(&y.provisions));
    for (i, j) in pairs(&lines_x, &lines_y) {
        let p = i.and_then(|i| x.provisions.get(i));
        let q = j.and_then(|j| y.provisions.get(j));
        if p != q {
            let line = match (j, i) {
                (Some(j), _) => lines_y.word(j),
                (None, Some(i)) => lines_x.word(i),
                (None, None) => continue,
            };
            let held = |p: Option<&Provision>| p.map(|p| Value::Provision(Box::new(p.clone())));
            patch.see(Slot::Provision(word.into(), line.into()), held(p), held(q));
        }
    }
    order(patch, Slot::Provisions(word.into()), &lines_x, &lines_y);
}

/// Every slot of an item, on one side only.
fn whole(
    patch: &mut Patch,
    word: &str,
    item: &Item,
    side: impl Fn(Value) -> (Option<Value>, Option<Value>),
) {
    let sheet = ItemSheet::of(item);
    let ItemSheet { parts, lines, order } = sheet;
    let mut see = |slot: Slot, value: Value| {
        let (expects, leaves) = side(value);
        patch.see(slot, expects, leaves);
    };
    for (part, value) in parts {
        see(Slot::Part(word.into(), part), value);
    }
    for (line, provision) in lines {
        see(Slot::Provision(word.into(), line), Value::Provision(provision));
    }
    if !order.is_empty() {
        see(Slot::Provisions(word.into()), Value::Order(order));
    }
}

/// An item taken apart into its slots; nothing stands in the sheet of an item that is not
/// there.
#[derive(Default)]
pub(crate) struct ItemSheet {
    parts: BTreeMap<Part, Value>,
    lines: BTreeMap<Word, Box<Provision>>,
    order: Vec<Word>,
}

impl ItemSheet {
    fn of(item: &Item) -> Self {
        let part = |part: &Part| part.of(item).map(|value| (*part, value));
        let lines = Listed::new(&item.provisions);
        let order = lines.order();
        let provisions = item.provisions.iter().map(|p| Box::new(p.clone()));
        Self {
            parts: Part::ALL.iter().filter_map(part).collect(),
            lines: order.iter().cloned().zip(provisions).collect(),
            order,
        }
    }

    /// The item again; `None` where a part that every item has is not there, or the order
    /// names other provisions than there are.
    fn item(mut self, word: &str) -> Option<Item> {
        let mut take = |part: Part| self.parts.remove(&part);
        let mut item = Item {
            id: Id::parse(word.split('[').next()?)?,
            name: Held::release(take(Part::Name))?,
            category: Held::release(take(Part::Category))?,
            transcribed: None,
            recipients: None,
            content: None,
            provisions: Vec::with_capacity(self.order.len()),
            responsibility: None,
            lead_agencies: Vec::new(),
            continues: Vec::new(),
            source: None,
        };
        for (part, value) in self.parts {
            if !part.put(&mut item, Some(value)) {
                return None;
            }
        }
        for line in &self.order {
            item.provisions.push(*self.lines.remove(line)?);
        }
        self.lines.is_empty().then_some(item)
    }

    fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.lines.is_empty() && self.order.is_empty()
    }

    /// What stands in the sheet, in the order of documents.
    fn facts(self, word: &str) -> impl Iterator<Item = (Slot, Value)> {
        let Self { parts: mut first, mut lines, order } = self;
        // Documents write provisions behind the content.
        let last = first.split_off(&Part::Responsibility);
        let part = |(part, value)| (Slot::Part(word.into(), part), value);
        let lines = order.into_iter().filter_map(move |line| {
            let provision = lines.remove(&line)?;
            Some((Slot::Provision(word.into(), line), Value::Provision(provision)))
        });
        first.into_iter().map(part).chain(lines).chain(last.into_iter().map(part))
    }
}

/// Everything that an edition says, slot by slot in the order of the document: two editions
/// that differ, differ in their facts.
///
/// Which items there are, and which provisions, is told by the facts themselves and their
/// order, so that [`Slot::Items`] and [`Slot::Provisions`] are not among them.
pub fn facts(edition: &Edition) -> Vec<(Slot, Value)> {
    let head = |head: &Head| head.of(edition).map(|value| (Slot::Head(*head), value));
    let mut facts: Vec<_> = Head::ALL.iter().filter_map(head).collect();
    let listed = Listed::new(&edition.items);
    for (index, item) in edition.items.iter().enumerate() {
        facts.extend(item_facts(listed.word(index), item));
    }
    facts
}

/// Everything that an item says, as [`facts`] has it.
pub(crate) fn item_facts(word: &str, item: &Item) -> impl Iterator<Item = (Slot, Value)> {
    ItemSheet::of(item).facts(word)
}

/// The edition that a patch makes of another.
///
/// Refused, with both values, where the base does not hold what the patch expects, or where
/// what it leaves is no edition, such as an item without a name.
pub fn apply(base: &Edition, patch: &Patch) -> Result<Edition, Box<Refused>> {
    let mut refused = None;
    let mut refuse = |slot: &Slot, expects: &Option<Value>, found: Option<Value>| {
        refused.get_or_insert_with(|| {
            Box::new(Refused { slot: slot.clone(), expects: expects.clone(), found })
        });
    };
    let mut edition = Edition { items: Vec::new(), ..base.clone() };
    let listed = Listed::new(&base.items);
    let mut order = listed.order();
    let mut items: BTreeMap<Word, Arc<Item>> =
        order.iter().cloned().zip(base.items.iter().cloned()).collect();
    let mut touched: BTreeMap<&str, ItemSheet> = BTreeMap::new();
    for (slot, Edit { expects, leaves }) in &patch.edits {
        let mut sheet = |word: &'_ Word| -> ItemSheet {
            items.remove(word).map_or_else(ItemSheet::default, |item| ItemSheet::of(&item))
        };
        match slot {
            Slot::Head(head) => {
                let found = head.of(&edition);
                if found != *expects || !head.put(&mut edition, leaves.clone()) {
                    refuse(slot, expects, found);
                }
            }
            Slot::Items => {
                let found = Some(Value::Order(order.clone()));
                let found = found.filter(|_| !order.is_empty());
                match (found == *expects, leaves) {
                    (true, Some(Value::Order(new))) => order.clone_from(new),
                    (true, None) => order.clear(),
                    (true, Some(_)) | (false, _) => refuse(slot, expects, found),
                }
            }
            // Patches speak of the parts of items, and of whole lists.
            Slot::NotApplicable(_) | Slot::Item(_) => refuse(slot, expects, None),
            Slot::Part(word, part) => {
                let sheet = touched.entry(word).or_insert_with(|| sheet(word));
                let found = match leaves {
                    Some(value) => sheet.parts.insert(*part, value.clone()),
                    None => sheet.parts.remove(part),
                };
                if found != *expects {
                    refuse(slot, expects, found);
                }
            }
            Slot::Provisions(word) => {
                let sheet = touched.entry(word).or_insert_with(|| sheet(word));
                let new = match leaves {
                    Some(Value::Order(new)) => Some(new.clone()),
                    None => Some(Vec::new()),
                    Some(_) => None,
                };
                let found = std::mem::take(&mut sheet.order);
                let found = (!found.is_empty()).then_some(Value::Order(found));
                match new {
                    Some(new) if found == *expects => sheet.order = new,
                    _ => refuse(slot, expects, found),
                }
            }
            Slot::Provision(word, line) => {
                let sheet = touched.entry(word).or_insert_with(|| sheet(word));
                let found = match leaves {
                    Some(Value::Provision(new)) => sheet.lines.insert(line.clone(), new.clone()),
                    Some(_) | None => sheet.lines.remove(line),
                };
                let found = found.map(Value::Provision);
                if found != *expects {
                    refuse(slot, expects, found);
                }
            }
        }
    }
    for (word, sheet) in touched {
        if sheet.is_empty() {
            continue;
        }
        match sheet.item(word) {
            Some(item) => drop(items.insert(word.into(), Arc::new(item))),
            None => refuse(&Slot::Item(word.into()), &None, None),
        }
    }
    for word in &order {
        match items.remove(word) {
            Some(item) => edition.items.push(item),
            None => refuse(&Slot::Item(word.clone()), &None, None),
        }
    }
    if let Some((word, item)) = items.pop_first() {
        refuse(&Slot::Item(word), &None, Some(Value::Item(item)));
    }
    refused.map_or(Ok(edition), Err)
}
