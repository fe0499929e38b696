//! The step from one edition of a standard to the next.

use std::borrow::Cow;

use jialiang_diff::{Change, Declared, Side, Value, compare, completed};
use jialiang_model::finding::Finding;
use jialiang_model::item::Transcribed;
use jialiang_model::kind::{Edition, EditionId};
use jialiang_model::place::Place;
use jialiang_model::{Entry, Registry};

/// An edition, the one that it follows, and what changed.
pub(crate) struct Step<'a> {
    /// The edition before.
    pub(crate) before: &'a Entry<Edition>,
    /// The edition.
    pub(crate) after: &'a Entry<Edition>,
    /// What changed from the one to the other.
    pub(crate) changes: Vec<Change>,
}

impl<'a> Step<'a> {
    /// The step to an edition, where the one that it follows is on record.
    pub(crate) fn to(registry: &'a Registry, after: &'a Entry<Edition>) -> Option<Self> {
        let Edition { standard, version, follows, .. } = &*after.value;
        let follows = follows.clone().filter(|before| before < version)?;
        let id = EditionId { standard: standard.clone(), version: follows };
        let before = registry.editions.get(&id)?;
        let changes = compare(&whole(registry, &before.value), &whole(registry, &after.value));
        Some(Self { before, after, changes })
    }

    /// What was declared of the changes.
    pub(crate) fn declared(&self) -> Declared<'a> {
        Declared::of(&self.after.value, &self.changes)
    }

    /// Whether both texts are wholly on record, so that nothing can be unseen.
    pub(crate) fn is_wholly_seen(&self) -> bool {
        [self.before, self.after].into_iter().all(|entry| {
            let edition = &entry.value;
            let full = |item| edition.transcribed(item) == Transcribed::Full;
            edition.transcribed == Transcribed::Full
                && edition.difference_from.is_none()
                && edition.items.iter().all(|item| full(item))
        })
    }

    /// A change as a fingerprint tells it from others: what it is, where, and both values.
    pub(crate) fn exact(change: &Change) -> String {
        let value = |side: &Side| side.value.as_ref().map_or_else(String::new, Value::exact);
        let Change { nature, before, after, why: _ } = change;
        format!("{nature} {} {} {}", change.side().slot.path(), value(before), value(after))
    }

    /// Adds both sides of a change to a finding.
    pub(crate) fn beside(&self, mut finding: Finding, change: &Change) -> Finding {
        let (before, after) = (change.before.value.as_ref(), change.after.value.as_ref());
        let [before, after] = jialiang_diff::words::pair(before, after);
        let (zh, en) = (change.nature.zh(), change.nature.en());
        if change.before.value.is_some() {
            let place = Place::at(&self.before.path, change.before.path(&change.after));
            finding = finding.related(
                place,
                format!("{zh}：原为“{}”", before.zh),
                format!("{en}: `{}` before", before.en),
            );
        }
        if change.after.value.is_some() {
            let place = Place::at(&self.after.path, change.after.path(&change.before));
            finding = finding.related(
                place,
                format!("{zh}：现为“{}”", after.zh),
                format!("{en}: `{}` now", after.en),
            );
        }
        finding
    }
}

/// An edition as a whole text, where the editions that it is written on are on record.
pub fn whole<'a>(registry: &'a Registry, edition: &'a Edition) -> Cow<'a, Edition> {
    fn up<'a>(registry: &'a Registry, edition: &'a Edition, left: usize) -> Cow<'a, Edition> {
        let parent = edition.difference_from.as_ref().and_then(|id| registry.editions.get(id));
        match parent {
            // A circle is another rule's to find.
            Some(parent) if left > 0 => {
                Cow::Owned(completed(edition, &up(registry, &parent.value, left - 1)))
            }
            _ => Cow::Borrowed(edition),
        }
    }
    up(registry, edition, 16)
}
