//! Comparison with three answers: yes, no, and undecided with its reason. Section 4.

use crate::unit::NotComparable;

/// How one provision stands to another, for the people it is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// They promise the same.
    Equal,
    /// The first promises more good.
    Better,
    /// The first promises less good.
    Worse,
    /// Neither can be said, and why.
    Undecided(Why),
}

impl Order {
    /// The answer with the two sides exchanged.
    #[must_use]
    pub const fn flip(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::Better => Self::Worse,
            Self::Worse => Self::Better,
            Self::Undecided(why) => Self::Undecided(why),
        }
    }
}

/// Whom one text covers, against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// The same people.
    Same,
    /// The first covers everyone in the second, and more.
    Wider,
    /// The second covers everyone in the first, and more.
    Narrower,
    /// Each covers somebody whom the other leaves out.
    Crossing,
    /// It cannot be said, and why.
    Undecided(Why),
}

impl Extent {
    /// The answer with the two sides exchanged.
    #[must_use]
    pub const fn flip(self) -> Self {
        match self {
            Self::Same => Self::Same,
            Self::Wider => Self::Narrower,
            Self::Narrower => Self::Wider,
            Self::Crossing => Self::Crossing,
            Self::Undecided(why) => Self::Undecided(why),
        }
    }
}

/// Why a comparison is undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The two are of different forms, such as an amount and a peg.
    Forms,
    /// The two hold for different cells.
    Cells,
    /// The two disagree on which way is better.
    Directions,
    /// The range of what each allows overlaps: neither dominates.
    Overlap,
    /// The units do not convert, or the days a year differ.
    Units,
    /// The two refer to different objects.
    Objects,
    /// The result is rounded in different ways.
    Rounding,
    /// Only words are on record, and they differ.
    Words,
    /// One side's groups are not transcribed.
    Groups,
    /// One side's value does not say which of the dimension's values it means.
    Mixed,
    /// The refinement of both sides is too large to walk.
    TooMany,
}

impl From<NotComparable> for Why {
    fn from(reason: NotComparable) -> Self {
        match reason {
            NotComparable::Units(..) | NotComparable::DayCounts(..) => Self::Units,
            NotComparable::TooLarge => Self::TooMany,
        }
    }
}

impl Why {
    /// The reason in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Forms => "the two are of different forms",
            Self::Cells => "the two hold for different people",
            Self::Directions => "the two disagree on which way is better",
            Self::Overlap => "neither range lies wholly above the other",
            Self::Units => "their units do not convert into each other",
            Self::Objects => "the two refer to different things",
            Self::Rounding => "the two are rounded in different ways",
            Self::Words => "only words are on record, and they differ",
            Self::Groups => "the groups of one side are not transcribed",
            Self::Mixed => "one dimension holds both names and ranges",
            Self::TooMany => "there are too many cases to compare exactly",
        }
    }

    /// The reason in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Forms => "两者形式不同",
            Self::Cells => "两者适用范围不同",
            Self::Directions => "两者对“哪个方向更好”的记载不一致",
            Self::Overlap => "两者区间互有高低",
            Self::Units => "两者计量单位不能换算",
            Self::Objects => "两者所依据的对象不同",
            Self::Rounding => "两者取整方式不同",
            Self::Words => "只有文字且表述不同",
            Self::Groups => "一方的对象分组未转录",
            Self::Mixed => "同一维度既有名称又有区间",
            Self::TooMany => "情形过多，无法精确比较",
        }
    }
}
