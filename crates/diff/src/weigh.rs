//! What changes weigh: how far a version must rise for them, and why. Section 6.

use std::collections::{BTreeMap, BTreeSet};

use jialiang_model::id::Id;
use jialiang_model::kind::Edition;
use jialiang_model::kind::edition::Summary;
use jialiang_model::order::Why;

use crate::change::Change;
use crate::nature::{Aspect, Bump, Nature};
use crate::tally::Class;

/// Who says which way a change goes, where the texts alone do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attested {
    /// The notice's own summary, which names the item.
    Summary,
    /// The notice's own summary, which counts as many items as have other words.
    Count,
    /// The registry's editors, under `editorial`.
    Editors,
}

/// What was declared of the changes from one edition to the next: the notice's own summary,
/// and what the registry's editors attest.
#[derive(Debug, Clone, Default)]
pub struct Declared<'a> {
    summary: Option<&'a Summary>,
    editorial: &'a [Id],
    /// What the texts alone decide: the items of each class.
    decided: BTreeMap<Class, BTreeSet<String>>,
    /// The summary counts exactly as many reworded items as have other words.
    all_reworded: bool,
}

impl<'a> Declared<'a> {
    /// What an edition declares of its changes against the edition before it.
    ///
    /// A summary attests what it names. Where it counts as many reworded items as have
    /// other words here, and each that it names is among them, they are the ones: one more
    /// or less, and it attests only what it names.
    pub fn of(after: &'a Edition, changes: &[Change]) -> Self {
        let summary = after.declared.as_deref();
        let editorial = after.editorial.as_slice();
        let mut decided: BTreeMap<Class, BTreeSet<String>> = BTreeMap::new();
        for change in changes.iter().filter(|change| change.why.is_none()) {
            if let (Some(class), Some(item)) = (Class::counts(change.nature), change.item()) {
                decided.entry(class).or_default().insert(item.to_owned());
            }
        }
        let reworded: BTreeSet<&str> =
            changes.iter().filter(|change| is_wording(change)).filter_map(Change::item).collect();
        // Where the notice counts more of another class than the texts decide, what only has
        // other words may be of that class.
        let accounted = |class: &Class| {
            let declared = summary.and_then(|s| class.of(s)).map_or(0, |d| d.count.get() as usize);
            declared <= decided.get(class).map_or(0, BTreeSet::len)
        };
        let others =
            [Class::Raised, Class::Lowered, Class::Widened, Class::Narrowed, Class::ContentAdded];
        let all_reworded = summary.and_then(|s| s.reworded.as_ref()).is_some_and(|declared| {
            declared.count.get() as usize == reworded.len()
                && declared.items.iter().all(|item| reworded.contains(item.as_str()))
                && others.iter().all(accounted)
        });
        Self { summary, editorial, decided, all_reworded }
    }

    /// The notice's own summary.
    pub const fn summary(&self) -> Option<&'a Summary> {
        self.summary
    }

    /// What a change is, read with what was declared, and who attests it where the texts
    /// alone do not say.
    pub fn read(&self, change: &Change) -> (Nature, Option<Attested>) {
        let plain = (change.nature, None);
        let (Some(item), Some(why)) = (change.item(), change.why) else {
            return plain;
        };
        let names = |class: Class| {
            let declared = self.summary.and_then(|summary| class.of(summary));
            declared.is_some_and(|d| d.items.iter().any(|id| id.as_str() == item))
        };
        // Named for what the texts decide already, or on both sides, it is not named for this.
        let means = |class: Class, other: Option<Class>| {
            let decided = self.decided.get(&class).is_some_and(|items| items.contains(item));
            names(class) && !decided && !other.is_some_and(names)
        };
        let named = |nature| (nature, Some(Attested::Summary));
        match change.nature {
            Nature::RecipientsAltered if means(Class::Widened, Some(Class::Narrowed)) => {
                return named(Nature::RecipientsWidened);
            }
            Nature::RecipientsAltered if means(Class::Narrowed, Some(Class::Widened)) => {
                return named(Nature::RecipientsNarrowed);
            }
            Nature::ProvisionAltered
                if is_of_height(why) && means(Class::Raised, Some(Class::Lowered)) =>
            {
                return named(Nature::ProvisionRaised);
            }
            Nature::ProvisionAltered
                if is_of_height(why) && means(Class::Lowered, Some(Class::Raised)) =>
            {
                return named(Nature::ProvisionLowered);
            }
            Nature::ContentAltered if means(Class::ContentAdded, None) => {
                return named(Nature::ContentAdded);
            }
            _ => {}
        }
        if !is_of_words(why) {
            return plain;
        }
        // Of what the notice counts as more or less, it does not say that nothing changed.
        let both = match change.nature {
            Nature::RecipientsAltered => [Class::Widened, Class::Narrowed].into_iter().any(names),
            Nature::ProvisionAltered => [Class::Raised, Class::Lowered].into_iter().any(names),
            _ => false,
        };
        if both {
            plain
        } else if names(Class::Reworded) {
            named(Nature::Reworded)
        } else if self.editorial.iter().any(|id| id.as_str() == item) {
            (Nature::Reworded, Some(Attested::Editors))
        } else if self.all_reworded {
            (Nature::Reworded, Some(Attested::Count))
        } else {
            plain
        }
    }
}

/// Whether a comparison is undecided only in whether more or less is promised: not in its
/// unit, nor in whom it is for, nor in what is measured.
const fn is_of_height(why: Why) -> bool {
    match why {
        Why::Forms | Why::Overlap | Why::Bounds | Why::Rounding | Why::Words => true,
        Why::Cells
        | Why::Directions
        | Why::Units
        | Why::Objects
        | Why::Groups
        | Why::Values
        | Why::Mixed
        | Why::TooMany
        | Why::Inherited
        | Why::Open
        | Why::LastKnown => false,
    }
}

/// Whether a comparison is undecided because only words are there to compare.
const fn is_of_words(why: Why) -> bool {
    match why {
        Why::Words | Why::Groups => true,
        Why::Forms
        | Why::Cells
        | Why::Directions
        | Why::Overlap
        | Why::Bounds
        | Why::Units
        | Why::Objects
        | Why::Rounding
        | Why::Values
        | Why::Mixed
        | Why::TooMany
        | Why::Inherited
        | Why::Open
        | Why::LastKnown => false,
    }
}

/// Whether a change is one of words: the same in other words, or nobody can say.
fn is_wording(change: &Change) -> bool {
    change.nature.aspect() == Aspect::Wording
        || change.nature == Nature::ItemRenamed
        || change.why.is_some_and(is_of_words)
}

/// One change that requires the bump, and why it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because {
    /// Which of the changes, by its place in the list.
    pub change: usize,
    /// What it is, read with what was declared.
    pub nature: Nature,
    /// Who attests that, where the texts alone do not say.
    pub attested: Option<Attested>,
}

/// How far a version must rise, and for which changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The least bump that admits every change.
    pub required: Bump,
    /// The changes that require it, in their order; none where nothing is required.
    pub because: Vec<Because>,
}

/// Weighs changes: of a union, the verdict is the greater one.
pub fn weigh(changes: &[Change], declared: &Declared<'_>) -> Verdict {
    let mut verdict = Verdict { required: Bump::None, because: Vec::new() };
    for (i, change) in changes.iter().enumerate() {
        let (nature, attested) = declared.read(change);
        let bump = nature.bump();
        if bump > verdict.required {
            verdict = Verdict { required: bump, because: Vec::new() };
        }
        if bump == verdict.required && bump > Bump::None {
            verdict.because.push(Because { change: i, nature, attested });
        }
    }
    verdict
}

/// The bump from one version to another; `None` where the second is not the later one.
pub fn bump(
    before: &jialiang_model::version::Version,
    after: &jialiang_model::version::Version,
) -> Option<Bump> {
    let (a, b) = (before.semver(), after.semver());
    match (b > a, a.major == b.major, a.minor == b.minor) {
        (false, ..) => None,
        (true, false, _) => Some(Bump::Major),
        (true, true, false) => Some(Bump::Minor),
        (true, true, true) => Some(Bump::Patch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare;
    use crate::samples::{edition, item};

    fn content(id: &str, text: &str) -> String {
        item(id, &format!(r#","content":{{"zh":"{text}"}}"#))
    }

    fn required(head: &str, before: &[&str], after: &[&str]) -> (Bump, Vec<Option<Attested>>) {
        let (a, b) = (edition("1.0.0", "full", "", before), edition("1.0.1", "full", head, after));
        let changes = compare(&a, &b);
        let verdict = weigh(&changes, &Declared::of(&b, &changes));
        (verdict.required, verdict.because.iter().map(|because| because.attested).collect())
    }

    /// Other words weigh as editorial only where somebody attests it.
    #[test]
    fn wording_is_editorial_only_when_attested() {
        let (x, y) = (content("a", "甲"), content("a", "乙"));
        let of = |head: &str| required(head, &[&x], &[&y]);
        assert_eq!(of(""), (Bump::Major, vec![None]));
        assert_eq!(of(r#""editorial":["a"],"#), (Bump::Patch, vec![Some(Attested::Editors)]));
        let named = r#""declared":{"reworded":{"count":"41","items":["a"]}},"#;
        assert_eq!(of(named), (Bump::Patch, vec![Some(Attested::Summary)]));
        let counted = |n: &str| format!(r#""declared":{{"reworded":{{"count":"{n}"}}}},"#);
        assert_eq!(of(&counted("1")), (Bump::Patch, vec![Some(Attested::Count)]));
        assert_eq!(of(&counted("2")), (Bump::Major, vec![None]));
        let other = r#""declared":{"reworded":{"count":"1","items":["b"]}},"#;
        assert_eq!(of(other), (Bump::Major, vec![None]));
        let added = r#""declared":{"content-added":{"count":"1","items":["a"]}},"#;
        assert_eq!(of(added), (Bump::Minor, vec![Some(Attested::Summary)]));
    }

    /// What is decided, no summary outweighs.
    #[test]
    fn a_summary_does_not_outweigh_the_texts() {
        let amount = |n: &str| {
            item(
                "a",
                &format!(
                    r#","provisions":[{{"id":"p","at-least":"{n}","unit":"CNY/person/month","better":"more"}}]"#
                ),
            )
        };
        let raised = r#""declared":{"raised":{"count":"1","items":["a"]}},"editorial":["a"],"#;
        assert_eq!(required(raised, &[&amount("5")], &[&amount("4")]), (Bump::Major, vec![None]));
        let who = |age: &str| {
            item("a", &format!(r#","recipients":{{"zh":"甲","groups":[{{"age":["{age}"]}}]}}"#))
        };
        let widened = r#""declared":{"widened":{"count":"1","items":["a"]}},"#;
        assert_eq!(
            required(widened, &[&who("60-69")], &[&who("65-79")]),
            (Bump::Major, vec![None])
        );
    }

    #[test]
    fn a_step_is_told_by_the_first_number_that_rises() {
        let v = |text: &str| jialiang_model::version::Version::parse(text).unwrap();
        for (before, after, step) in [
            ("1.0.0", "2.0.0", Some(Bump::Major)),
            ("1.9.0", "1.10.0", Some(Bump::Minor)),
            ("1.0.9", "1.0.10", Some(Bump::Patch)),
            ("1.0.0", "1.0.0", None),
            ("1.1.0", "1.0.9", None),
        ] {
            assert_eq!(bump(&v(before), &v(after)), step, "{before} {after}");
        }
    }
}
