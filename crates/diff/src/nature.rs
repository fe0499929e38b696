//! What a change is: the aspect of an item that it touches, and its direction for people.
//! Section 6.

/// How far a version must rise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Not at all.
    None,
    /// The last number.
    Patch,
    /// The middle number: somebody gains.
    Minor,
    /// The first number: somebody may lose, or a consumer breaks.
    Major,
}

impl Bump {
    /// Every bump, from the least.
    pub const ALL: &'static [Self] = &[Self::None, Self::Patch, Self::Minor, Self::Major];

    /// The word for it, as programs read it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The word for it in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::None => "不升",
            Self::Patch => "修订",
            Self::Minor => "次版本",
            Self::Major => "主版本",
        }
    }
}

impl std::fmt::Display for Bump {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The aspect of an item that a change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the variants are the words of section 6")]
pub enum Aspect {
    Item,
    Recipients,
    Content,
    Provision,
    Responsibility,
    LeadAgencies,
    LegalBasis,
    Wording,
    /// What is on record, and not what is promised.
    Record,
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the variants are the words of section 6")]
pub enum Direction {
    Added,
    Removed,
    Widened,
    Narrowed,
    Raised,
    Lowered,
    ShiftedUp,
    ShiftedDown,
    Split,
    Merged,
    Succeeded,
    Moved,
    Reexpressed,
    Reworded,
    Altered,
    Reordered,
    Sourced,
    Translated,
    Transcribed,
    Described,
    Unseen,
}

impl Direction {
    /// The direction of the same change taken back.
    #[must_use]
    pub const fn mirror(self) -> Self {
        match self {
            Self::Added => Self::Removed,
            Self::Removed => Self::Added,
            Self::Widened => Self::Narrowed,
            Self::Narrowed => Self::Widened,
            Self::Raised => Self::Lowered,
            Self::Lowered => Self::Raised,
            Self::ShiftedUp => Self::ShiftedDown,
            Self::ShiftedDown => Self::ShiftedUp,
            Self::Split => Self::Merged,
            Self::Merged => Self::Split,
            Self::Succeeded
            | Self::Moved
            | Self::Reexpressed
            | Self::Reworded
            | Self::Altered
            | Self::Reordered
            | Self::Sourced
            | Self::Translated
            | Self::Transcribed
            | Self::Described
            | Self::Unseen => self,
        }
    }
}

macro_rules! natures {
    ($($(#[$meta:meta])* $variant:ident = $key:literal, $zh:literal, $en:literal, $aspect:ident $direction:ident, $bump:ident;)+) => {
        /// What a change is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Nature { $($(#[$meta])* $variant,)+ }

        impl Nature {
            /// Everything that a change can be.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it, as programs read it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// A few words for it in Chinese.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// A few words for it in English.
            pub const fn en(self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }

            /// The aspect that it touches.
            pub const fn aspect(self) -> Aspect {
                match self { $(Self::$variant => Aspect::$aspect,)+ }
            }

            /// Which way it goes.
            pub const fn direction(self) -> Direction {
                match self { $(Self::$variant => Direction::$direction,)+ }
            }

            /// What it weighs: how far a version must rise for it. Section 6.
            pub const fn bump(self) -> Bump {
                match self { $(Self::$variant => Bump::$bump,)+ }
            }
        }
    };
}

natures! {
    /// A service that was not promised before.
    ItemAdded = "item-added", "新增项目", "item added", Item Added, Minor;
    /// A service that is promised no more.
    ItemRetired = "item-retired", "取消项目", "item retired", Item Removed, Major;
    /// One item goes on as several.
    ItemSplit = "item-split", "项目拆分", "item split", Item Split, Major;
    /// Several items go on as one.
    ItemMerged = "item-merged", "项目合并", "item merged", Item Merged, Major;
    /// An item goes on under another id, alone or regrouped with others.
    ItemSucceeded = "item-succeeded", "项目换了标识", "item goes on under another id", Item Succeeded, Major;
    /// A difference names an item that it did not name before, or names it no more, and the
    /// edition that it is written on is not at hand.
    ItemAltered = "item-altered", "项目写法变化，无法判定", "item written otherwise, undecided", Item Altered, Major;
    /// Another name.
    ItemRenamed = "item-renamed", "项目更名", "item renamed", Item Reworded, Patch;
    /// Another category.
    ItemMoved = "item-moved", "项目换了类别", "item moved", Item Moved, Patch;
    /// More people are entitled.
    RecipientsWidened = "recipients-widened", "扩大服务对象", "recipients widened", Recipients Widened, Minor;
    /// Fewer people are entitled.
    RecipientsNarrowed = "recipients-narrowed", "缩小服务对象", "recipients narrowed", Recipients Narrowed, Major;
    /// Others are entitled, or it cannot be said.
    RecipientsAltered = "recipients-altered", "服务对象变化，增减无法判定", "recipients altered", Recipients Altered, Major;
    /// More is provided.
    ContentAdded = "content-added", "增加服务内容", "content added", Content Added, Minor;
    /// Something is provided no more.
    ContentRemoved = "content-removed", "减少服务内容", "content removed", Content Removed, Major;
    /// Something else is provided, or it cannot be said.
    ContentAltered = "content-altered", "服务内容变化，增减无法判定", "content altered", Content Altered, Major;
    /// Better for the recipient.
    ProvisionRaised = "provision-raised", "提高标准", "provision raised", Provision Raised, Minor;
    /// Worse for the recipient.
    ProvisionLowered = "provision-lowered", "降低标准", "provision lowered", Provision Lowered, Major;
    /// A line that was not promised before.
    ProvisionAdded = "provision-added", "新增一条标准", "provision added", Provision Added, Minor;
    /// A line that is promised no more.
    ProvisionRemoved = "provision-removed", "取消一条标准", "provision removed", Provision Removed, Major;
    /// One line goes on as several.
    ProvisionSplit = "provision-split", "标准拆分", "provision split", Provision Split, Major;
    /// Several lines go on as one.
    ProvisionMerged = "provision-merged", "标准合并", "provision merged", Provision Merged, Major;
    /// A line goes on under another id.
    ProvisionSucceeded = "provision-succeeded", "标准换了标识", "provision goes on under another id", Provision Succeeded, Major;
    /// The same, in another unit or another spelling.
    ProvisionReexpressed = "provision-reexpressed", "换了写法，数值不变", "provision re-expressed", Provision Reexpressed, Patch;
    /// Another name of the line.
    ProvisionRenamed = "provision-renamed", "标准更名", "provision renamed", Provision Reworded, Patch;
    /// Neither better nor worse, or it cannot be said.
    ProvisionAltered = "provision-altered", "标准变化，高低无法判定", "provision altered", Provision Altered, Major;
    /// A higher level of government pays.
    ResponsibilityShiftedUp = "responsibility-shifted-up", "支出责任上移", "responsibility shifted up", Responsibility ShiftedUp, Minor;
    /// A lower level of government pays, or the person served.
    ResponsibilityShiftedDown = "responsibility-shifted-down", "支出责任下移", "responsibility shifted down", Responsibility ShiftedDown, Major;
    /// Others pay, or it cannot be said.
    ResponsibilityAltered = "responsibility-altered", "支出责任变化，上下无法判定", "responsibility altered", Responsibility Altered, Major;
    /// Other lead agencies, or another order of them.
    LeadAgencies = "lead-agencies", "调整牵头负责单位", "other lead agencies", LeadAgencies Altered, Patch;
    /// Another instrument divides the cost; who pays is the same.
    LegalBasis = "legal-basis", "依据文件变化", "another legal basis", LegalBasis Altered, Patch;
    /// The same in other words: shown by the groups, or attested.
    Reworded = "reworded", "规范表述", "reworded", Wording Reworded, Patch;
    /// Another order of items or provisions.
    Reordered = "reordered", "次序变化", "another order", Record Reordered, Patch;
    /// Another source, or another mark of its being checked.
    Sourced = "sourced", "来源变化", "another source", Record Sourced, Patch;
    /// Other English words.
    Translated = "translated", "译文变化", "another translation", Record Translated, Patch;
    /// More or less of the text is on record.
    Transcribed = "transcribed", "转录程度变化", "transcribed otherwise", Record Transcribed, Patch;
    /// What the edition says of itself: its version, its label, its instrument, its dates.
    Described = "described", "版本信息变化", "the edition's own data", Record Described, None;
    /// On one side only, and the other side's text was not wholly read.
    Unseen = "unseen", "一方未转录，无从比较", "not transcribed on one side", Record Unseen, None;
}

impl Nature {
    /// What the same change taken back is.
    #[must_use]
    pub const fn mirror(self) -> Self {
        match self {
            Self::ItemAdded => Self::ItemRetired,
            Self::ItemRetired => Self::ItemAdded,
            Self::ItemSplit => Self::ItemMerged,
            Self::ItemMerged => Self::ItemSplit,
            Self::RecipientsWidened => Self::RecipientsNarrowed,
            Self::RecipientsNarrowed => Self::RecipientsWidened,
            Self::ContentAdded => Self::ContentRemoved,
            Self::ContentRemoved => Self::ContentAdded,
            Self::ProvisionRaised => Self::ProvisionLowered,
            Self::ProvisionLowered => Self::ProvisionRaised,
            Self::ProvisionAdded => Self::ProvisionRemoved,
            Self::ProvisionRemoved => Self::ProvisionAdded,
            Self::ProvisionSplit => Self::ProvisionMerged,
            Self::ProvisionMerged => Self::ProvisionSplit,
            Self::ResponsibilityShiftedUp => Self::ResponsibilityShiftedDown,
            Self::ResponsibilityShiftedDown => Self::ResponsibilityShiftedUp,
            Self::ItemSucceeded
            | Self::ItemAltered
            | Self::ItemRenamed
            | Self::ItemMoved
            | Self::RecipientsAltered
            | Self::ContentAltered
            | Self::ProvisionSucceeded
            | Self::ProvisionReexpressed
            | Self::ProvisionRenamed
            | Self::ProvisionAltered
            | Self::ResponsibilityAltered
            | Self::LeadAgencies
            | Self::LegalBasis
            | Self::Reworded
            | Self::Reordered
            | Self::Sourced
            | Self::Translated
            | Self::Transcribed
            | Self::Described
            | Self::Unseen => self,
        }
    }
}

impl std::fmt::Display for Nature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn populated(aspect: Aspect, direction: Direction) -> bool {
        Nature::ALL.iter().any(|n| n.aspect() == aspect && n.direction() == direction)
    }

    #[test]
    fn every_direction_has_its_mirror_on_the_same_aspect() {
        for nature in Nature::ALL {
            let (aspect, mirror) = (nature.aspect(), nature.direction().mirror());
            assert_eq!((nature.mirror().aspect(), nature.mirror().direction()), (aspect, mirror));
            assert_eq!(nature.mirror().mirror(), *nature);
            assert!(populated(aspect, mirror), "{aspect:?} {mirror:?} is missing");
        }
    }

    /// What an aspect can do to people.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Effect {
        Gain,
        Loss,
        Undecided,
    }

    /// An aspect on which something cannot happen, and why.
    const WAIVED: &[(Aspect, Effect, &str)] = &[
        (Aspect::LeadAgencies, Effect::Gain, "who leads a service is owed to nobody"),
        (Aspect::LeadAgencies, Effect::Loss, "who leads a service is owed to nobody"),
        (Aspect::LeadAgencies, Effect::Undecided, "two lists of names are the same or not"),
        (Aspect::LegalBasis, Effect::Gain, "what another instrument divides is told by who pays"),
        (Aspect::LegalBasis, Effect::Loss, "what another instrument divides is told by who pays"),
        (Aspect::LegalBasis, Effect::Undecided, "two names of instruments are the same or not"),
        (Aspect::Wording, Effect::Gain, "only wording that changes nothing is of this aspect"),
        (Aspect::Wording, Effect::Loss, "only wording that changes nothing is of this aspect"),
        (Aspect::Wording, Effect::Undecided, "words nobody attests are of the aspect they are in"),
        (Aspect::Record, Effect::Gain, "the record promises nothing"),
        (Aspect::Record, Effect::Loss, "the record promises nothing"),
        (Aspect::Record, Effect::Undecided, "what is unseen weighs nothing until it is read"),
    ];

    /// On every aspect somebody can gain, somebody can lose, and it can be undecided, or
    /// there is a reason why not.
    #[test]
    fn every_aspect_has_every_effect() {
        const ASPECTS: [Aspect; 9] = [
            Aspect::Item,
            Aspect::Recipients,
            Aspect::Content,
            Aspect::Provision,
            Aspect::Responsibility,
            Aspect::LeadAgencies,
            Aspect::LegalBasis,
            Aspect::Wording,
            Aspect::Record,
        ];
        assert!(Nature::ALL.iter().all(|n| ASPECTS.contains(&n.aspect())));
        for aspect in ASPECTS {
            for effect in [Effect::Gain, Effect::Loss, Effect::Undecided] {
                let has = Nature::ALL.iter().filter(|n| n.aspect() == aspect).any(|n| {
                    let altered = n.direction() == Direction::Altered;
                    match effect {
                        Effect::Gain => n.bump() == Bump::Minor,
                        Effect::Loss => n.bump() == Bump::Major && !altered,
                        Effect::Undecided => n.bump() == Bump::Major && altered,
                    }
                });
                let waived = WAIVED.iter().find(|(a, e, _)| (*a, *e) == (aspect, effect));
                match waived {
                    None => assert!(has, "{aspect:?} knows no {effect:?}"),
                    Some((_, _, why)) => assert!(!has, "stale: {aspect:?} {effect:?}: {why}"),
                }
            }
        }
    }

    /// Where somebody gains, somebody loses by the same change taken back.
    #[test]
    fn a_gain_taken_back_is_a_loss() {
        for nature in Nature::ALL {
            let (there, back) = (nature.bump(), nature.mirror().bump());
            let gain = there == Bump::Minor;
            assert_eq!(gain, (there, back) == (Bump::Minor, Bump::Major), "{nature}");
            assert!(gain || back == Bump::Minor || there == back, "{nature}");
        }
    }
}
