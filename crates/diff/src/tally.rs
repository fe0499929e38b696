//! The official summary of an adjustment: items by class, each item once in a class.

use std::collections::BTreeSet;

use jialiang_model::id::Id;
use jialiang_model::kind::edition::{Declared as Named, Summary};

use crate::change::Change;
use crate::nature::Nature;
use crate::weigh::Declared;

/// A class of the official summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 新增.
    Added,
    /// 取消.
    Retired,
    /// 提高标准.
    Raised,
    /// 降低标准.
    Lowered,
    /// 扩大服务对象.
    Widened,
    /// 缩小服务对象.
    Narrowed,
    /// 增加服务内容.
    ContentAdded,
    /// 规范表述, renames among them.
    Reworded,
    /// 调整牵头负责单位.
    LeadAgencies,
}

impl Class {
    /// Every class, in the order of a summary.
    pub const ALL: &'static [Self] = &[
        Self::Added,
        Self::Retired,
        Self::Raised,
        Self::Lowered,
        Self::Widened,
        Self::Narrowed,
        Self::ContentAdded,
        Self::Reworded,
        Self::LeadAgencies,
    ];

    /// The key under which documents write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Retired => "retired",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::ContentAdded => "content-added",
            Self::Reworded => "reworded",
            Self::LeadAgencies => "lead-agencies",
        }
    }

    /// The class in Chinese, as a summary has it.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Retired => "取消",
            Self::Raised => "提高标准",
            Self::Lowered => "降低标准",
            Self::Widened => "扩大服务对象",
            Self::Narrowed => "缩小服务对象",
            Self::ContentAdded => "增加服务内容",
            Self::Reworded => "规范表述",
            Self::LeadAgencies => "调整牵头负责单位",
        }
    }

    /// The class in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Retired => "retired",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::ContentAdded => "with more content",
            Self::Reworded => "reworded",
            Self::LeadAgencies => "with new lead agencies",
        }
    }

    /// What a notice declares under this class.
    pub fn of(self, summary: &Summary) -> Option<&Named> {
        summary.classes().find(|(key, _)| *key == self.key()).map(|(_, named)| named)
    }

    /// The class in which a summary counts a change; a rename is wording.
    pub const fn counts(nature: Nature) -> Option<Self> {
        match nature {
            Nature::ItemAdded => Some(Self::Added),
            Nature::ItemRetired => Some(Self::Retired),
            Nature::ProvisionRaised => Some(Self::Raised),
            Nature::ProvisionLowered => Some(Self::Lowered),
            Nature::RecipientsWidened => Some(Self::Widened),
            Nature::RecipientsNarrowed => Some(Self::Narrowed),
            Nature::ContentAdded => Some(Self::ContentAdded),
            Nature::ItemRenamed | Nature::ProvisionRenamed | Nature::Reworded => {
                Some(Self::Reworded)
            }
            Nature::LeadAgencies => Some(Self::LeadAgencies),
            Nature::ItemSplit
            | Nature::ItemMerged
            | Nature::ItemSucceeded
            | Nature::ItemAltered
            | Nature::ItemMoved
            | Nature::RecipientsAltered
            | Nature::ContentRemoved
            | Nature::ContentAltered
            | Nature::ProvisionAdded
            | Nature::ProvisionRemoved
            | Nature::ProvisionSplit
            | Nature::ProvisionMerged
            | Nature::ProvisionSucceeded
            | Nature::ProvisionReexpressed
            | Nature::ProvisionAltered
            | Nature::ResponsibilityShiftedUp
            | Nature::ResponsibilityShiftedDown
            | Nature::ResponsibilityAltered
            | Nature::LegalBasis
            | Nature::Reordered
            | Nature::Sourced
            | Nature::Translated
            | Nature::Transcribed
            | Nature::Described
            | Nature::Unseen => None,
        }
    }
}

/// One class: what was computed, and what the notice declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The class.
    pub class: Class,
    /// The items that are computed to be in it, by what a path calls them.
    pub computed: BTreeSet<String>,
    /// How many the notice declares.
    pub declared: Option<u32>,
    /// Which of them it names.
    pub named: Vec<Id>,
}

impl Line {
    /// How many of those that the notice declares are not seen here: the least and the most
    /// that it can be. A computed item that the notice does not name may be one that it
    /// counts, or one more.
    pub fn unseen(&self) -> (usize, usize) {
        let declared = self.declared.unwrap_or(0) as usize;
        let seen = self.named.iter().filter(|id| self.computed.contains(id.as_str())).count();
        let most = declared.saturating_sub(seen);
        if self.named.len() == declared {
            return (most, most);
        }
        (declared.saturating_sub(self.computed.len()), most)
    }
}

/// The computed and the declared summary side by side: every class in which either has
/// something, in the order of a summary.
pub fn tally(changes: &[Change], declared: &Declared<'_>) -> Vec<Line> {
    let mut computed = vec![BTreeSet::new(); Class::ALL.len()];
    for change in changes {
        let (nature, _) = declared.read(change);
        let index =
            Class::counts(nature).and_then(|class| Class::ALL.iter().position(|c| *c == class));
        if let (Some(items), Some(item)) = (index.and_then(|i| computed.get_mut(i)), change.item())
        {
            items.insert(item.to_owned());
        }
    }
    let line = |(class, computed): (&Class, BTreeSet<String>)| {
        let named = declared.summary().and_then(|summary| class.of(summary));
        Line {
            class: *class,
            computed,
            declared: named.map(|n| n.count.get()),
            named: named.map(|n| n.items.clone()).unwrap_or_default(),
        }
    };
    let lines = Class::ALL.iter().zip(computed).map(line);
    lines.filter(|l| !l.computed.is_empty() || l.declared.is_some_and(|n| n > 0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{edition, with};

    /// A nature that a summary counts while it does not count the same taken back, and why.
    const WAIVED: &[(Nature, &str)] = &[(
        Nature::ContentAdded,
        "no notice on record has counted what was taken out of a service",
    )];

    #[test]
    fn what_a_summary_counts_it_counts_both_ways() {
        for nature in Nature::ALL {
            let both = Class::counts(*nature).is_none() || Class::counts(nature.mirror()).is_some();
            match WAIVED.iter().find(|(waived, _)| waived == nature) {
                None => assert!(both, "{nature} taken back is not counted"),
                Some((_, why)) => assert!(!both, "stale: {nature}: {why}"),
            }
        }
        for class in Class::ALL {
            assert!(Nature::ALL.iter().any(|n| Class::counts(*n) == Some(*class)), "{class:?}");
        }
    }

    #[test]
    fn an_item_counts_once_in_a_class_and_what_is_not_seen_is_told() {
        let declared =
            r#""declared":{"raised":{"count":"3","items":["meals"]},"widened":{"count":"2"}},"#;
        let a = edition(
            "1.0.0",
            "full",
            "",
            &[&with("meals", r#""at-least":"4""#, r#""at-least":"4""#)],
        );
        let b = edition(
            "1.1.0",
            "full",
            declared,
            &[&with("meals", r#""at-least":"5""#, r#""at-least":"6""#)],
        );
        let changes = crate::compare(&a, &b);
        let lines = tally(&changes, &Declared::of(&b, &changes));
        let said: Vec<_> =
            lines.iter().map(|l| (l.class, l.computed.len(), l.declared, l.unseen())).collect();
        assert_eq!(
            said,
            [(Class::Raised, 1, Some(3), (2, 2)), (Class::Widened, 0, Some(2), (2, 2)),]
        );
    }
}
