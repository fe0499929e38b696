//! Which element of one list goes with which of another: by id, never by position.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use jialiang_model::id::Id;
use jialiang_model::item::Item;
use jialiang_model::place::counted;
use jialiang_model::provision::Provision;

use crate::slot::Word;

/// An element that has an id.
pub(crate) trait Named {
    fn id(&self) -> &Id;
}

impl Named for Arc<Item> {
    fn id(&self) -> &Id {
        &self.id
    }
}

impl Named for Provision {
    fn id(&self) -> &Id {
        &self.id
    }
}

/// A list whose elements a path names by words, worked out when first asked for.
pub(crate) struct Listed<'a, T> {
    pub(crate) all: &'a [T],
    /// Nothing where no id stands twice: the ids are the words.
    words: OnceCell<Option<Vec<String>>>,
}

/// So few ids are held against each other one by one.
const FEW: usize = 12;

/// A number for an id, the same for the same id, and hardly ever for two.
fn print(id: &str) -> u64 {
    let mix = |print: u64, word: [u8; 8]| {
        (print.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let bytes = id.as_bytes();
    let last = bytes.last_chunk().copied().unwrap_or_else(|| {
        let mut last = [0; 8];
        last.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        last
    });
    let whole = bytes.as_chunks().0.iter().fold(id.len() as u64, |print, word| mix(print, *word));
    mix(whole, last)
}

impl<'a, T: Named> Listed<'a, T> {
    pub(crate) const fn new(all: &'a [T]) -> Self {
        Self { all, words: OnceCell::new() }
    }

    fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.all.iter().map(|element| element.id().as_str())
    }

    /// Whether an id may stand twice: not where each has another print.
    fn may_double(&self) -> bool {
        if self.all.len() <= FEW {
            let mut rest = self.all;
            while let Some((first, others)) = rest.split_first() {
                if others.iter().any(|other| other.id() == first.id()) {
                    return true;
                }
                rest = others;
            }
            return false;
        }
        let mut prints: Vec<u64> = self.ids().map(print).collect();
        prints.sort_unstable();
        !prints.is_sorted_by(|a, b| a < b)
    }

    fn words(&self) -> Option<&Vec<String>> {
        self.words.get_or_init(|| self.may_double().then(|| counted(self.ids()))).as_ref()
    }

    /// What a path calls the element at an index.
    pub(crate) fn word(&self, index: usize) -> &str {
        match self.words() {
            Some(words) => words.get(index).map_or("", String::as_str),
            None => self.all.get(index).map_or("", |element| element.id().as_str()),
        }
    }

    /// The words of all elements, in their order.
    pub(crate) fn order(&self) -> Vec<Word> {
        (0..self.all.len()).map(|index| self.word(index).into()).collect()
    }

    /// Whether two lists have the same words in the same order.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.all.len() == other.all.len() && self.ids().eq(other.ids())
    }
}

/// An element on both sides or on one.
pub(crate) type Pair = (Option<usize>, Option<usize>);

/// The pairs of two lists, in the order of the second; what stands only in the first comes
/// behind what stood before it there. Two elements are a pair if their words are the same.
pub(crate) fn pairs<T: Named>(a: &Listed<'_, T>, b: &Listed<'_, T>) -> Vec<Pair> {
    if a.is_like(b) {
        return (0..a.all.len()).map(|i| (Some(i), Some(i))).collect();
    }
    let few = a.all.len() <= FEW;
    let words = if few { 0..0 } else { 0..a.all.len() };
    let at: HashMap<&str, usize> = words.map(|i| (a.word(i), i)).collect();
    let find = |word: &str| match few {
        true => (0..a.all.len()).find(|i| a.word(*i) == word),
        false => at.get(word).copied(),
    };
    let mut alone_in_a = vec![true; a.all.len()];
    let other: Vec<Option<usize>> = (0..b.all.len())
        .map(|j| {
            let i = find(b.word(j))?;
            alone_in_a.get_mut(i).into_iter().for_each(|alone| *alone = false);
            Some(i)
        })
        .collect();
    let mut pairs = Vec::with_capacity(a.all.len().max(b.all.len()));
    let mut next = 0;
    let alone = |pairs: &mut Vec<Pair>, next: &mut usize, until: usize| {
        for i in *next..until {
            if alone_in_a.get(i).is_some_and(|alone| *alone) {
                pairs.push((Some(i), None));
            }
        }
        *next = until.max(*next);
    };
    for (j, i) in other.into_iter().enumerate() {
        if let Some(i) = i {
            alone(&mut pairs, &mut next, i);
        }
        pairs.push((i, Some(j)));
    }
    alone(&mut pairs, &mut next, a.all.len());
    pairs
}
