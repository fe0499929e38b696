//! What may change in our copy of a document that does not change itself. Section 3.
//!
//! Completing a transcription, verifying it and translating it are free; a changed value
//! needs an erratum.

use std::collections::BTreeSet;

use jialiang_model::item::Transcribed;
use jialiang_model::kind::Edition;
use jialiang_model::kind::edition::{Counts, NotApplicable};
use jialiang_model::order::Extent;
use jialiang_model::recipients::Recipients;
use jialiang_model::source::Erratum;
use jialiang_model::text::Text;

use crate::patch::{Edit, between};
use crate::slot::{Head, Part, Slot, Value, Word};
use crate::tally::Class;

/// What a published edition says otherwise than before, beyond completing, verifying and
/// translating our copy of it, and without an erratum that is new and names it.
///
/// The edits come in the order of slots; each is lossless. An item that is wholly new or gone
/// is one edit of [`Slot::Item`].
pub fn altered(before: &Edition, after: &Edition) -> Vec<(Slot, Edit)> {
    let patch = between(before, after);
    let errata: Vec<&Erratum> =
        after.errata.iter().filter(|erratum| !before.errata.contains(erratum)).collect();
    let excused = |slot: &Slot| {
        let path = slot.path().to_string();
        can_be_mended(slot)
            && errata.iter().any(|erratum| {
                // One erratum is about one item at most.
                let what = erratum.what.as_str();
                let rest = path.strip_prefix(what).filter(|_| what != "items");
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    };
    // An item that is wholly new or gone is told once, by its name, not field by field.
    let whole: BTreeSet<&str> = patch
        .edits()
        .filter_map(|(slot, Edit { expects, leaves })| match slot {
            Slot::Part(item, Part::Name) if expects.is_none() || leaves.is_none() => Some(&**item),
            _ => None,
        })
        .collect();
    let told_once = |slot: &Slot| match slot {
        Slot::Part(_, Part::Name) => false,
        slot => slot.item().is_some_and(|item| whole.contains(item)),
    };
    let wrong = patch.edits().filter(|(slot, edit)| {
        !is_free(before, after, slot, edit) && !told_once(slot) && !excused(slot)
    });
    let whole_item = |edition: &Edition, word: &Word| {
        let item = edition.items.iter().find(|item| item.id.as_str() == &**word);
        item.cloned().map(Value::Item)
    };
    let told = |(slot, edit): (&Slot, &Edit)| match slot {
        Slot::Part(word, Part::Name) if whole.contains(&**word) => {
            let edit = Edit { expects: whole_item(before, word), leaves: whole_item(after, word) };
            (Slot::Item(word.clone()), edit)
        }
        slot => (slot.clone(), edit.clone()),
    };
    wrong.map(told).collect()
}

/// Whether our copy can have been wrong there: not in what the edition is, nor in what says
/// how far and how it was mended.
pub const fn can_be_mended(slot: &Slot) -> bool {
    match slot {
        Slot::Head(head) => match head {
            Head::Standard
            | Head::Version
            | Head::Draft
            | Head::DifferenceFrom
            | Head::Transcribed
            | Head::Errata => false,
            Head::Schema
            | Head::Label
            | Head::Name
            | Head::Instrument
            | Head::Follows
            | Head::Effective
            | Head::Counts
            | Head::Declared
            | Head::Editorial
            | Head::Enacts
            | Head::NotApplicable
            | Head::Source => true,
        },
        Slot::NotApplicable(_)
        | Slot::Items
        | Slot::Item(_)
        | Slot::Part(..)
        | Slot::Provisions(_)
        | Slot::Provision(..) => true,
    }
}

/// Whether an edit only completes, verifies or translates.
fn is_free(before: &Edition, after: &Edition, slot: &Slot, edit: &Edit) -> bool {
    let Edit { expects, leaves } = edit;
    let fills = expects.is_none();
    let item = |word: &Word| before.items.iter().find(|item| item.id.as_str() == &**word);
    // A text that is wholly on record lacks nothing: what is added to it changes it.
    let open =
        |word: &Word| item(word).is_none_or(|item| before.transcribed(item) != Transcribed::Full);
    let lists_all = matches!(before.transcribed, Transcribed::Names | Transcribed::Full);
    match slot {
        Slot::Head(head) => match head {
            // Which lines the edition itself enacts is our reading of it.
            Head::Schema | Head::Source | Head::Editorial | Head::Enacts => true,
            Head::Standard | Head::Version | Head::Draft | Head::DifferenceFrom => false,
            Head::Label | Head::Instrument | Head::Effective => fills,
            Head::Counts | Head::Declared => fills || completes(expects, leaves),
            // An edition that is recorded late may come between.
            Head::Follows => {
                fills
                    || match (expects, leaves) {
                        (Some(Value::Version(was)), Some(Value::Version(is))) => {
                            was < is && *is < before.version
                        }
                        _ => false,
                    }
            }
            Head::NotApplicable => {
                keeps_declarations(expects, leaves, before.transcribed != Transcribed::Full)
            }
            Head::Name => says_the_same(expects, leaves),
            Head::Transcribed => rises(expects, leaves),
            Head::Errata => {
                matches!(
                    (expects, leaves),
                    (None, _) | (Some(Value::Errata(_)), Some(Value::Errata(_)))
                ) && keeps(expects, leaves)
            }
        },
        Slot::NotApplicable(_) | Slot::Item(_) => false,
        Slot::Part(word, part) => {
            let new_item = item(word).is_none();
            if new_item {
                return !lists_all;
            }
            match part {
                Part::Source => true,
                Part::Name | Part::Category => says_the_same(expects, leaves),
                Part::Transcribed => rises_from(before, after, word, leaves),
                Part::Recipients | Part::Content | Part::Responsibility => {
                    (fills && open(word)) || says_the_same(expects, leaves)
                }
                Part::LeadAgencies => fills && open(word),
                Part::Continues => fills,
            }
        }
        Slot::Provision(word, _) => match (expects, leaves) {
            (None, _) => {
                if item(word).is_none() {
                    !lists_all
                } else {
                    open(word)
                }
            }
            (Some(Value::Provision(p)), Some(Value::Provision(q))) => {
                let name = |text: &Option<Box<Text>>| text.as_ref().map(|t| t.zh.clone());
                let named = name(&p.name).is_none() || name(&p.name) == name(&q.name);
                let linked = p.continues.is_none() || p.continues == q.continues;
                let same = p.measure() == q.measure() && p.cell == q.cell && {
                    let by_words = p.form.scale().is_none() && q.form.scale().is_none();
                    p.form == q.form
                        || (by_words
                            && p.form.compare(&q.form) == jialiang_model::order::Order::Equal)
                };
                named && linked && same
            }
            _ => false,
        },
        // What is added or gone is told at its own slot; only another order is told here.
        Slot::Items | Slot::Provisions(_) => keeps_order(expects, leaves),
    }
}

/// Whether both say the same in Chinese; groups that were not on record may be added.
fn says_the_same(before: &Option<Value>, after: &Option<Value>) -> bool {
    match (before, after) {
        (Some(Value::Text(a)), Some(Value::Text(b))) => a.zh == b.zh,
        (Some(Value::Recipients(a)), Some(Value::Recipients(b))) => {
            let Recipients { zh, en: _, groups } = &**a;
            *zh == b.zh
                && (groups.is_empty() || (!b.groups.is_empty() && a.extent(b) == Extent::Same))
        }
        (Some(Value::Responsibility(a)), Some(Value::Responsibility(b))) => {
            a.zh == b.zh
                && (a.payers.is_empty() || a.payers == b.payers)
                && (a.instrument.is_none() || a.instrument == b.instrument)
        }
        _ => false,
    }
}

/// Whether an edition's list is no less on record: with all names it lacks no item, which is
/// more than some of their texts.
fn rises(before: &Option<Value>, after: &Option<Value>) -> bool {
    let rank = |transcribed: &Transcribed| match transcribed {
        Transcribed::None => 0,
        Transcribed::Partial => 1,
        Transcribed::Names => 2,
        Transcribed::Full => 3,
    };
    match (before, after) {
        (Some(Value::Transcribed(a)), Some(Value::Transcribed(b))) => rank(a) <= rank(b),
        _ => false,
    }
}

/// Whether declared counts were only completed, whatever their source.
fn completes(before: &Option<Value>, after: &Option<Value>) -> bool {
    fn kept<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        a.is_none() || a == b
    }
    match (before, after) {
        (Some(Value::Counts(a)), Some(Value::Counts(b))) => {
            let Counts { areas, categories, items } = a;
            kept(areas, &b.areas) && kept(categories, &b.categories) && kept(items, &b.items)
        }
        (Some(Value::Summary(a)), Some(Value::Summary(b))) => {
            kept(&a.touched, &b.touched)
                && Class::ALL.iter().all(|class| match (class.of(a), class.of(b)) {
                    (None, _) => true,
                    (Some(_), None) => false,
                    (Some(a), Some(b)) => {
                        a.count == b.count && a.items.iter().all(|item| b.items.contains(item))
                    }
                })
        }
        _ => false,
    }
}

/// Whether an item's own mark says no less than what held for it before.
fn rises_from(before: &Edition, after: &Edition, word: &Word, now: &Option<Value>) -> bool {
    let item = before.items.iter().find(|item| item.id.as_str() == &**word);
    let was = item.map_or(before.transcribed, |item| before.transcribed(item));
    match now {
        Some(Value::Transcribed(now)) => was <= *now,
        _ => was <= after.transcribed,
    }
}

/// Whether every declaration that an item is not applicable stays as it was, or is given the
/// reason that it lacked; one more completes a text that is not wholly on record.
fn keeps_declarations(before: &Option<Value>, after: &Option<Value>, open: bool) -> bool {
    let list = |value: &Option<Value>| match value {
        Some(Value::NotApplicable(list)) => list.clone(),
        _ => Vec::new(),
    };
    let (was, is) = (list(before), list(after));
    let zh = |one: &NotApplicable| one.reason.as_ref().map(|reason| reason.zh.clone());
    let kept = |one: &NotApplicable| {
        is.iter().any(|now| now.item == one.item && (one.reason.is_none() || zh(now) == zh(one)))
    };
    was.iter().all(kept)
        && (open || is.iter().all(|now| was.iter().any(|one| one.item == now.item)))
}

/// Whether errata were only added.
fn keeps(before: &Option<Value>, after: &Option<Value>) -> bool {
    match (before, after) {
        (None, _) => true,
        (Some(Value::Errata(a)), Some(Value::Errata(b))) => a.iter().all(|e| b.contains(e)),
        _ => false,
    }
}

/// Whether what stands in both orders stands in the same order.
fn keeps_order(before: &Option<Value>, after: &Option<Value>) -> bool {
    match (before, after) {
        (Some(Value::Order(a)), Some(Value::Order(b))) => {
            let shared = |list: &[Word], other: &[Word]| -> Vec<Word> {
                let other: BTreeSet<&Word> = other.iter().collect();
                list.iter().filter(|word| other.contains(word)).cloned().collect()
            };
            shared(a, b) == shared(b, a)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{edition, item, with};

    fn slots(before: &Edition, after: &Edition) -> Vec<String> {
        altered(before, after).into_iter().map(|(slot, _)| slot.path().to_string()).collect()
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn completing_verifying_and_translating_are_free() {
        let partial = |items: &[&str]| edition("1.0.0", "partial", "", items);
        let bare = partial(&[&item("a", r#","source":{"at":"某处","verified":false}"#)]);
        let filled = item(
            "a",
            r#","transcribed":"full","recipients":{"zh":"老人"},"content":{"zh":"甲"},"provisions":[{"id":"p","free":"of-charge"}],"responsibility":{"zh":"财政"},"lead-agencies":["cn/x"],"source":{"at":"附件","verified":true}"#,
        );
        let english = filled
            .replace(r#"{"zh":"老人"}"#, r#"{"zh":"老人","en":"x","groups":[{"age":["60+"]}]}"#);
        let (filled, english) =
            (partial(&[&filled, &item("b", "")]), partial(&[&english, &item("b", "")]));
        assert_eq!(slots(&bare, &filled), NONE);
        assert_eq!(slots(&filled, &english), NONE);
        let named = edition(
            "1.0.0",
            "full",
            r#""label":"甲版","effective":"2021-05-01","#,
            &[&item("a", "")],
        );
        assert_eq!(slots(&partial(&[&item("a", "")]), &named), NONE);
        // And none of it is free the other way.
        assert!(slots(&filled, &bare).len() > 5);
        assert_eq!(slots(&english, &filled), ["items/a/recipients"]);
    }

    #[test]
    fn a_changed_value_is_altered_until_an_erratum_names_it() {
        let head = |what: &str| {
            format!(r#""errata":[{{"what":"{what}","why":"录错","day":"2026-11-25"}}],"#)
        };
        let (four, five) = (r#""at-least":"4""#, r#""at-least":"5""#);
        let before = edition("1.0.0", "full", "", &[&with("a", four, four)]);
        let after = |head: &str| edition("1.0.0", "full", head, &[&with("a", five, four)]);
        assert_eq!(slots(&before, &after("")), ["items/a/provisions/p"]);
        for what in ["items/a/provisions/p", "items/a/provisions", "items/a"] {
            assert_eq!(slots(&before, &after(&head(what))), NONE, "{what}");
        }
        for what in ["items/a/provisions/q", "items/a/prov", "items/b"] {
            assert_eq!(slots(&before, &after(&head(what))), ["items/a/provisions/p"], "{what}");
        }
        // An erratum excuses the edit with which it came, and no later one.
        let mended = after(&head("items/a"));
        let again = edition("1.0.0", "full", &head("items/a"), &[&with("a", five, five)]);
        assert_eq!(slots(&mended, &again), ["items/a/provisions/q"]);
        assert_eq!(slots(&mended, &after("")), ["errata"]);
    }

    #[test]
    fn a_whole_text_lacks_nothing() {
        let (a, b) = (item("a", ""), item("b", ""));
        let full = |items: &[&str]| edition("1.0.0", "full", "", items);
        assert_eq!(slots(&full(&[&a]), &full(&[&a, &b])), ["items/b"]);
        assert_eq!(slots(&full(&[&a, &b]), &full(&[&a])), ["items/b"]);
        assert_eq!(slots(&full(&[&a, &b]), &full(&[&b, &a])), ["items"]);
        let said = item("a", r#","content":{"zh":"甲"}"#);
        assert_eq!(slots(&full(&[&a]), &full(&[&said])), ["items/a/content"]);
        let less = edition("1.0.0", "names", "", &[&a]);
        assert_eq!(slots(&full(&[&a]), &less), ["transcribed"]);
        let draft = edition("1.0.0", "full", r#""draft":true,"#, &[&a]);
        assert_eq!(slots(&full(&[&a]), &draft), ["draft"]);
    }
}
