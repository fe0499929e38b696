//! Cells: for whom, within one item, a provision holds. Section 2 of the meaning.

use std::fmt;

use crate::grammar::Grammar;
use crate::id::Id;
use crate::map::Map;

/// A name, or a closed or open range of whole numbers.
pub const CELL_VALUE: Grammar = Grammar {
    en: "cell value (a name, or a range such as 70-79 or 80+)",
    zh: "适用范围取值（名称，或 70-79、80+ 这样的区间）",
    pattern: "^([a-z][a-z0-9]*(-[a-z0-9]+)*|(0|[1-9][0-9]{0,5})(-(0|[1-9][0-9]{0,5})|\\+)?)$",
    example: "70-79",
};

/// One value of a dimension: `primary`, `70-79`, `80+`, or exactly `65`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellValue {
    /// A name.
    Name(Id),
    /// Whole numbers from the first to the last, both included; no last means upward
    /// without end. A range whose last is below its first holds nobody, and rules say so.
    Range(u32, Option<u32>),
}

impl CellValue {
    /// Reads a value.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |s: &str| {
            let ok = (1..=6).contains(&s.len())
                && s.bytes().all(|b| b.is_ascii_digit())
                && (s == "0" || !s.starts_with('0'));
            if ok { s.parse::<u32>().ok() } else { None }
        };
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            if let Some(first) = text.strip_suffix('+') {
                return number(first).map(|n| Self::Range(n, None));
            }
            return match text.split_once('-') {
                Some((first, last)) => Some(Self::Range(number(first)?, Some(number(last)?))),
                None => number(text).map(|n| Self::Range(n, Some(n))),
            };
        }
        Id::parse(text).map(Self::Name)
    }

    /// Whether everyone in `other` is in this value.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name(a), Self::Name(b)) => a == b,
            (Self::Range(a, b), Self::Range(c, d)) => {
                a <= c && b.is_none_or(|b| d.is_some_and(|d| d <= b))
            }
            (Self::Name(_), Self::Range(..)) | (Self::Range(..), Self::Name(_)) => false,
        }
    }
}

impl fmt::Display for CellValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(id) => id.fmt(f),
            Self::Range(a, None) => write!(f, "{a}+"),
            Self::Range(a, Some(b)) if a == b => write!(f, "{a}"),
            Self::Range(a, Some(b)) => write!(f, "{a}-{b}"),
        }
    }
}

written!(
    CellValue,
    CELL_VALUE,
    "A name such as primary, or a range of whole numbers such as 70-79 or 80+. · 名称（如 primary）或整数区间（如 70-79、80+）。"
);

/// For whom a provision holds: one value in each dimension that it names, everyone in
/// the dimensions it leaves out.
///
/// The cell is part of every question's key: place, item, provision, *cell*, two days.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(pub Map<Id, CellValue>);

impl Cell {
    /// Whether the cell leaves every dimension open.
    pub const fn is_everyone(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether everyone in `other` is in this cell: it names no dimension that `other`
    /// leaves open, and covers `other` in each that it names.
    pub fn covers(&self, other: &Self) -> bool {
        self.0.iter().all(|(dimension, mine)| {
            other.0.get(dimension).is_some_and(|theirs| mine.covers(theirs))
        })
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (dimension, value)) in self.0.iter().enumerate() {
            write!(f, "{}{dimension}={value}", if i == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl serde::Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}

impl<'de> serde::Deserialize<'de> for Cell {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Map::deserialize(d).map(Self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Cell {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cell".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = <Map<Id, CellValue>>::json_schema(generator);
        schema.insert(
            "description".into(),
            "For whom the provision holds: a value in each dimension it names. · 适用范围：所列各维度的取值，未列的维度不限。".into(),
        );
        schema
    }
}
