//! What is known of a person or a case: one value in each dimension.

use std::fmt;

use jialiang_model::cell::{Cell, CellValue};
use jialiang_model::id::Id;

/// One value of a dimension: whole numbers from the first to the last, a name, or none of
/// the names on record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// A name, or a range of whole numbers within which nothing is told apart.
    Is(CellValue),
    /// Some other value than those on record.
    Other,
}

/// What is known: dimensions that are absent are open.
///
/// A list in the order of the dimensions: there are few, and facts are copied often.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Facts(Vec<(Id, Fact)>);

impl Facts {
    /// Nothing is known.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Reads facts such as `age=72,residence=rural`; the part that cannot be read where one
    /// follows no grammar or a dimension stands twice.
    pub fn parse(text: &str) -> Result<Self, &str> {
        let mut facts = Self::none();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (dimension, value) = part.split_once('=').ok_or(part)?;
            let dimension = Id::parse(dimension.trim()).ok_or(part)?;
            let value = CellValue::parse(value.trim()).ok_or(part)?;
            if facts.get(dimension.as_str()).is_some() {
                return Err(part);
            }
            facts = facts.with(dimension, Fact::Is(value));
        }
        Ok(facts)
    }

    /// The facts of everyone in a cell.
    pub fn of(cell: &Cell) -> Self {
        let pairs = cell.0.iter();
        Self(pairs.map(|(dimension, value)| (dimension.clone(), Fact::Is(value.clone()))).collect())
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether they speak of none of the names on record in some dimension.
    pub fn has_other(&self) -> bool {
        self.0.iter().any(|(_, fact)| *fact == Fact::Other)
    }

    /// The value in a dimension.
    pub fn get(&self, dimension: &str) -> Option<&Fact> {
        self.0.iter().find(|(one, _)| one.as_str() == dimension).map(|(_, fact)| fact)
    }

    /// Dimensions and values, in the order of the dimensions.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, &Fact)> {
        self.0.iter().map(|(dimension, fact)| (dimension, fact))
    }

    /// The same with one value more, or another one.
    #[must_use]
    pub fn with(mut self, dimension: Id, fact: Fact) -> Self {
        match self.0.binary_search_by(|(one, _)| one.cmp(&dimension)) {
            Ok(at) => {
                if let Some((_, old)) = self.0.get_mut(at) {
                    *old = fact;
                }
            }
            Err(at) => self.0.insert(at, (dimension, fact)),
        }
        self
    }

    /// The same without a dimension.
    #[must_use]
    pub fn without(mut self, dimension: &str) -> Self {
        self.0.retain(|(one, _)| one.as_str() != dimension);
        self
    }

    /// Whether everyone of whom these facts are true is in a cell.
    pub fn within(&self, cell: &Cell) -> bool {
        cell.0.iter().all(|(dimension, value)| match self.get(dimension.as_str()) {
            Some(Fact::Is(mine)) => value.covers(mine),
            Some(Fact::Other) | None => false,
        })
    }

    /// Whether everyone of whom these facts are true is among those of whom others are, which
    /// were told apart by some values: `Other` there is none of them.
    pub(crate) fn inside(&self, other: &Self, by: &[(Id, CellValue)]) -> bool {
        other.iter().all(|(dimension, theirs)| match (self.get(dimension.as_str()), theirs) {
            (Some(Fact::Is(mine)), Fact::Is(theirs)) => theirs.covers(mine),
            (Some(Fact::Is(mine)), Fact::Other) => {
                !by.iter().any(|(of, value)| of == dimension && overlap(value, mine))
            }
            (Some(Fact::Other), Fact::Other) => true,
            (Some(Fact::Other) | None, _) => false,
        })
    }

    /// Whether somebody of whom these facts may be true is in a cell.
    pub fn meets(&self, cell: &Cell) -> bool {
        cell.0.iter().all(|(dimension, value)| match self.get(dimension.as_str()) {
            Some(Fact::Is(mine)) => overlap(value, mine),
            Some(Fact::Other) => false,
            None => true,
        })
    }
}

/// Whether two cells surely share nobody.
pub(crate) fn apart(a: Option<&Cell>, b: Option<&Cell>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            a.0.iter().any(|(dimension, x)| b.0.get(dimension).is_some_and(|y| !overlap(x, y)))
        }
        (None, _) | (_, None) => false,
    }
}

/// Whether two values of one dimension share anybody.
pub(crate) fn overlap(a: &CellValue, b: &CellValue) -> bool {
    match (a, b) {
        (CellValue::Name(a), CellValue::Name(b)) => a == b,
        (CellValue::Range(a, b), CellValue::Range(c, d)) => {
            d.is_none_or(|d| *a <= d) && b.is_none_or(|b| *c <= b)
        }
        (CellValue::Name(_), CellValue::Range(..)) | (CellValue::Range(..), CellValue::Name(_)) => {
            false
        }
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (dimension, fact)) in self.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            match fact {
                Fact::Is(value) => write!(f, "{comma}{dimension}={value}")?,
                Fact::Other => write!(f, "{comma}{dimension}=*")?,
            }
        }
        Ok(())
    }
}
