//! Two branches of one edition become one again, by meaning and not by lines. Section 7.
//!
//! What different slots hold does not conflict; one slot that both branches filled
//! otherwise does, and so does an item that one branch retired and the other changed.

use std::collections::{BTreeMap, BTreeSet};

use jialiang_model::id::{Id, ProvisionRef};
use jialiang_model::kind::Edition;
use jialiang_model::kind::edition::NotApplicable;
use jialiang_model::source::Erratum;

use crate::pair::Listed;
use crate::patch::{Edit, Patch, Refused, apply, between};
use crate::slot::{Head, Part, Slot, Value, Word};

/// A slot that two branches fill otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The slot.
    pub slot: Slot,
    /// What stood there when the branches parted.
    pub base: Option<Value>,
    /// What the first branch left there.
    pub ours: Option<Value>,
    /// What the second branch left there.
    pub theirs: Option<Value>,
}

/// Two branches in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Both branches; where they conflict, as the first has it.
    pub ours: Edition,
    /// Both branches; where they conflict, as the second has it.
    pub theirs: Edition,
    /// Where they conflict, in the order of slots.
    pub conflicts: Vec<Conflict>,
}

/// Merges two branches that parted at `base`.
///
/// Without conflicts both editions of the answer are the same, and
/// `merge(base, a, b) == merge(base, b, a)`. The merged whole must be checked again: two
/// changes that are right apart can be wrong together. Refused where an id stands twice in
/// one of the three: which of the two a change means is not known.
pub fn merge(base: &Edition, ours: &Edition, theirs: &Edition) -> Result<Merged, Box<Refused>> {
    for edition in [base, ours, theirs] {
        if let Some(slot) = doubled(edition) {
            return Err(Box::new(Refused { slot, expects: None, found: None }));
        }
    }
    let (p, q) = (between(base, ours), between(base, theirs));
    let sides = [(&p, ours), (&q, theirs)];
    let mut conflicts = Vec::new();
    let mut resolved = [Patch::default(), Patch::default()];
    let clashing = clashing_items(base, ours, theirs, &p, &q, &mut conflicts);
    let clashes = |slot: &Slot| slot.item().is_some_and(|item| clashing.contains(item));
    for ((patch, _), resolved) in sides.into_iter().zip(&mut resolved) {
        let edits = patch.edits.iter().filter(|(slot, _)| clashes(slot));
        resolved.edits.extend(edits.map(|(slot, edit)| (slot.clone(), edit.clone())));
    }
    let mut torn_lines: BTreeSet<(Word, Word)> = BTreeSet::new();
    let mut ordered: BTreeSet<&Word> = BTreeSet::new();
    let slots: BTreeSet<&Slot> = p.edits.keys().chain(q.edits.keys()).collect();
    for slot in slots {
        match slot {
            Slot::Items => continue,
            slot if clashes(slot) => continue,
            Slot::Provisions(item) => {
                ordered.insert(item);
                continue;
            }
            Slot::Head(_)
            | Slot::NotApplicable(_)
            | Slot::Item(_)
            | Slot::Part(..)
            | Slot::Provision(..) => {}
        }
        let edits = match (p.edits.get(slot), q.edits.get(slot)) {
            (Some(edit), None) | (None, Some(edit)) => [edit.clone(), edit.clone()],
            (Some(a), Some(b)) if a == b => [a.clone(), b.clone()],
            (Some(a), Some(b)) => match united(a, b) {
                Some(edit) => [edit.clone(), edit],
                None => {
                    if let Slot::Provision(item, line) = slot {
                        torn_lines.insert((item.clone(), line.clone()));
                    }
                    conflicts.push(Conflict {
                        slot: slot.clone(),
                        base: a.expects.clone(),
                        ours: a.leaves.clone(),
                        theirs: b.leaves.clone(),
                    });
                    [a.clone(), b.clone()]
                }
            },
            (None, None) => continue,
        };
        for (resolved, edit) in resolved.iter_mut().zip(edits) {
            resolved.edits.insert(slot.clone(), edit);
        }
    }
    for item in ordered {
        let lines = |edition: &Edition| lines_of(edition, item);
        let torn = torn_lines.iter().filter(|(i, _)| i == item).map(|(_, line)| line.clone());
        let orders = Orders { base: lines(base), ours: lines(ours), theirs: lines(theirs) };
        orders.merge(
            &Slot::Provisions(item.clone()),
            &torn.collect(),
            &mut resolved,
            &mut conflicts,
        );
    }
    if p.edits.contains_key(&Slot::Items) || q.edits.contains_key(&Slot::Items) {
        let items = |edition: &Edition| Listed::new(&edition.items).order();
        let orders = Orders { base: items(base), ours: items(ours), theirs: items(theirs) };
        orders.merge(&Slot::Items, &clashing, &mut resolved, &mut conflicts);
    }
    conflicts.sort_by(|a, b| a.slot.cmp(&b.slot));
    let [first, second] = resolved;
    let ours = apply(base, &first)?;
    let theirs = if conflicts.is_empty() { ours.clone() } else { apply(base, &second)? };
    Ok(Merged { ours, theirs, conflicts })
}

/// Merges two branches that both made the edition: nothing stood there when they parted.
///
/// What only one of them says is in the whole; what both say otherwise conflicts. Whether
/// the text is a draft, and whether it is written as a difference, both say: without a word
/// it is published, and whole.
pub fn merge_added(ours: &Edition, theirs: &Edition) -> Result<Merged, Box<Refused>> {
    // Two branches of an edition without items, which both have the first one's head.
    let base = Edition { items: Vec::new(), ..ours.clone() };
    let other = Edition { items: theirs.items.clone(), ..ours.clone() };
    let mut merged = merge(&base, ours, &other)?;
    let mut heads = Vec::new();
    Head::differing(ours, theirs, &mut |head, a, b| heads.push((head, a, b)));
    for (head, ours, theirs) in heads {
        let said_without_words = matches!(head, Head::Draft | Head::DifferenceFrom);
        match (&ours, &theirs) {
            (None, Some(_)) if !said_without_words => {
                head.put(&mut merged.ours, theirs.clone());
                head.put(&mut merged.theirs, theirs);
            }
            // The first one's head stands on both sides already.
            (Some(_), None) if !said_without_words => {}
            _ => {
                head.put(&mut merged.theirs, theirs.clone());
                let slot = Slot::Head(head);
                merged.conflicts.push(Conflict { slot, base: None, ours, theirs });
            }
        }
    }
    merged.conflicts.sort_by(|a, b| a.slot.cmp(&b.slot));
    Ok(merged)
}

/// Where an id stands for the second time.
fn doubled(edition: &Edition) -> Option<Slot> {
    let mut items = BTreeSet::new();
    for item in &edition.items {
        let word: Word = item.id.as_str().into();
        if !items.insert(&item.id) {
            return Some(Slot::Item(word));
        }
        let mut lines = BTreeSet::new();
        if let Some(line) = item.provisions.iter().find(|line| !lines.insert(&line.id)) {
            return Some(Slot::Provision(word, line.id.as_str().into()));
        }
    }
    None
}

/// Items that one branch took away and the other changed, or that both added otherwise.
fn clashing_items(
    base: &Edition,
    ours: &Edition,
    theirs: &Edition,
    p: &Patch,
    q: &Patch,
    conflicts: &mut Vec<Conflict>,
) -> BTreeSet<Word> {
    let touched = |patch: &Patch| -> BTreeSet<Word> {
        patch.edits.keys().filter_map(Slot::item).map(Word::from).collect()
    };
    let mut clashing = BTreeSet::new();
    for word in touched(p).intersection(&touched(q)) {
        let name = Slot::Part(word.clone(), Part::Name);
        let comes_or_goes = |patch: &Patch| {
            let edit = patch.edits.get(&name);
            edit.is_some_and(|edit| edit.expects.is_none() || edit.leaves.is_none())
        };
        let whole = |edition: &Edition| {
            let listed = Listed::new(&edition.items);
            let index = (0..edition.items.len()).find(|i| listed.word(*i) == &**word)?;
            edition.items.get(index).cloned().map(Value::Item)
        };
        let (a, b) = (whole(ours), whole(theirs));
        if (comes_or_goes(p) || comes_or_goes(q)) && a != b {
            let slot = Slot::Item(word.clone());
            conflicts.push(Conflict { slot, base: whole(base), ours: a, theirs: b });
            clashing.insert(word.clone());
        }
    }
    clashing
}

fn lines_of(edition: &Edition, word: &str) -> Vec<Word> {
    let listed = Listed::new(&edition.items);
    let index = (0..edition.items.len()).find(|i| listed.word(*i) == word);
    let item = index.and_then(|index| edition.items.get(index));
    item.map(|item| Listed::new(&item.provisions).order()).unwrap_or_default()
}

/// Lists to which both branches only added hold all that was added.
fn united(a: &Edit, b: &Edit) -> Option<Edit> {
    fn union<T: Clone + PartialEq + Ord>(base: &[T], a: &[T], b: &[T]) -> Option<Vec<T>> {
        let added = |list: &[T]| list.strip_prefix(base).map(<[T]>::to_vec);
        let mut all = added(a)?;
        all.extend(added(b)?);
        all.sort();
        all.dedup();
        Some([base, &all].concat())
    }
    fn key(erratum: &Erratum) -> (String, String, String) {
        let Erratum { what, why, day } = erratum;
        (day.to_string(), what.to_string(), why.to_string())
    }
    let leaves = match (&a.leaves, &b.leaves) {
        (Some(Value::Ids(x)), Some(Value::Ids(y))) => {
            let base: &[Id] = match &a.expects {
                Some(Value::Ids(base)) => base,
                _ => &[],
            };
            Value::Ids(union(base, x, y)?)
        }
        (Some(Value::Lines(x)), Some(Value::Lines(y))) => {
            let base: &[ProvisionRef] = match &a.expects {
                Some(Value::Lines(base)) => base,
                _ => &[],
            };
            Value::Lines(union(base, x, y)?)
        }
        (Some(Value::NotApplicable(x)), Some(Value::NotApplicable(y))) => {
            let base: &[NotApplicable] = match &a.expects {
                Some(Value::NotApplicable(base)) => base,
                _ => &[],
            };
            let (x, y) = (x.strip_prefix(base)?, y.strip_prefix(base)?);
            let mut all: Vec<NotApplicable> = x.iter().chain(y).cloned().collect();
            // One item for two reasons is for somebody to decide.
            all.sort_by(|a, b| a.item.cmp(&b.item));
            all.dedup();
            if all.windows(2).any(|two| matches!(two, [a, b] if a.item == b.item)) {
                return None;
            }
            Value::NotApplicable([base, &all].concat())
        }
        (Some(Value::Errata(x)), Some(Value::Errata(y))) => {
            let base: &[Erratum] = match &a.expects {
                Some(Value::Errata(base)) => base,
                _ => &[],
            };
            let (x, y) = (x.strip_prefix(base)?, y.strip_prefix(base)?);
            let mut all: Vec<Erratum> = x.iter().chain(y).cloned().collect();
            all.sort_by_key(key);
            all.dedup();
            Value::Errata([base, &all].concat())
        }
        _ => return None,
    };
    Some(Edit { expects: a.expects.clone(), leaves: Some(leaves) })
}

/// One list in three states.
pub(crate) struct Orders {
    pub(crate) base: Vec<Word>,
    pub(crate) ours: Vec<Word>,
    pub(crate) theirs: Vec<Word>,
}

/// The orders of both branches in one.
pub(crate) struct Woven {
    /// As the first branch has it where they conflict.
    pub(crate) ours: Vec<Word>,
    /// As the second branch has it where they conflict.
    pub(crate) theirs: Vec<Word>,
    /// False where both branches put what they share in orders of their own.
    pub(crate) decided: bool,
}

impl Orders {
    /// Brings the orders of both branches together: `torn` are the elements on which the
    /// branches conflict.
    pub(crate) fn weave(&self, torn: &BTreeSet<Word>) -> Woven {
        let Self { base, ours, theirs } = self;
        let without = |order: &[Word]| -> Vec<Word> {
            order.iter().filter(|word| !torn.contains(*word)).cloned().collect()
        };
        let (merged, decided) = woven(&without(base), &without(ours), &without(theirs));
        // Where nothing decides between two orders, each resolution has its own branch's.
        let other = match decided {
            true => merged.clone(),
            false => woven(&without(base), &without(theirs), &without(ours)).0,
        };
        Woven { ours: inserted(merged, ours, torn), theirs: inserted(other, theirs, torn), decided }
    }

    /// The merged orders of a slot, in both resolutions.
    fn merge(
        self,
        slot: &Slot,
        torn: &BTreeSet<Word>,
        resolved: &mut [Patch; 2],
        conflicts: &mut Vec<Conflict>,
    ) {
        let Woven { ours: first, theirs: second, decided } = self.weave(torn);
        let Self { base, ours, theirs } = self;
        let held = |order: &[Word]| (!order.is_empty()).then(|| Value::Order(order.to_vec()));
        if !decided {
            conflicts.push(Conflict {
                slot: slot.clone(),
                base: held(&base),
                ours: held(&ours),
                theirs: held(&theirs),
            });
        }
        for (all, resolved) in [first, second].into_iter().zip(resolved) {
            if all != base {
                let edit = Edit { expects: held(&base), leaves: held(&all) };
                resolved.edits.insert(slot.clone(), edit);
            }
        }
    }
}

/// A list with elements of another put where the other has them: behind the same element.
fn inserted(into: Vec<Word>, from: &[Word], which: &BTreeSet<Word>) -> Vec<Word> {
    let mut all = into;
    if which.is_empty() {
        return all;
    }
    let mut after: Option<&Word> = None;
    for word in from {
        if which.contains(word) && !all.contains(word) {
            let at = after.and_then(|after| all.iter().position(|w| w == after));
            all.insert(at.map_or(0, |at| at + 1), word.clone());
        }
        if all.contains(word) {
            after = Some(word);
        }
    }
    all
}

/// Two orders as one, the same whichever comes first; false where both branches put what
/// they share in orders of their own.
fn woven(base: &[Word], ours: &[Word], theirs: &[Word]) -> (Vec<Word>, bool) {
    if ours == theirs || theirs == base {
        return (ours.to_vec(), true);
    }
    if ours == base {
        return (theirs.to_vec(), true);
    }
    let sets = [base, ours, theirs].map(|list| list.iter().collect::<BTreeSet<_>>());
    let [in_base, in_ours, in_theirs] = &sets;
    let stays = |word: &&Word| {
        in_base.contains(*word) && in_ours.contains(*word) && in_theirs.contains(*word)
    };
    let kept = |list: &[Word]| -> Vec<Word> { list.iter().filter(stays).cloned().collect() };
    let [from_base, from_ours, from_theirs] = [base, ours, theirs].map(kept);
    let (kept, decided) = if from_ours == from_base || from_ours == from_theirs {
        (from_theirs, true)
    } else {
        let decided = from_theirs == from_base;
        (from_ours, decided)
    };
    let in_kept: BTreeSet<&Word> = kept.iter().collect();
    // What a branch added stands behind what it stood behind there; of two runs behind one
    // element, that with the smaller beginning comes first.
    let runs = |list: &[Word]| -> Vec<(Option<Word>, Vec<Word>)> {
        let mut runs: Vec<(Option<Word>, Vec<Word>)> = vec![(None, Vec::new())];
        for word in list {
            if in_kept.contains(word) {
                runs.push((Some(word.clone()), Vec::new()));
            } else if !in_base.contains(word)
                && let Some((_, run)) = runs.last_mut()
            {
                run.push(word.clone());
            }
        }
        runs
    };
    let (mut a, mut b): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (runs(ours).into_iter().collect(), runs(theirs).into_iter().collect());
    let mut all: Vec<Word> = Vec::new();
    let mut placed: BTreeSet<Word> = BTreeSet::new();
    let anchors = std::iter::once(None).chain(kept.iter().map(Some));
    for anchor in anchors {
        all.extend(anchor.cloned());
        let run = |side: &mut BTreeMap<Option<Word>, Vec<Word>>| {
            side.remove(&anchor.cloned()).unwrap_or_default()
        };
        let (x, y) = (run(&mut a), run(&mut b));
        let run = if x <= y { [x, y].concat() } else { [y, x].concat() };
        all.extend(run.into_iter().filter(|word| placed.insert(word.clone())));
    }
    (all, decided)
}
