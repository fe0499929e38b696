//! Which element of one list goes with which of another: by id, never by position.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
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
    /// Nothing where no id stands twice: then the ids are the words.
    words: OnceCell<Option<Vec<String>>>,
}

impl<'a, T: Named> Listed<'a, T> {
    pub(crate) const fn new(all: &'a [T]) -> Self {
        Self { all, words: OnceCell::new() }
    }

    fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.all.iter().map(|element| element.id().as_str())
    }

    fn words(&self) -> Option<&Vec<String>> {
        let work_out = || {
            let mut seen = HashSet::with_capacity(self.all.len());
            let doubled = self.ids().any(|id| !seen.insert(id));
            doubled.then(|| counted(self.ids()))
        };
        self.words.get_or_init(work_out).as_ref()
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
}

/// An element on both sides or on one.
pub(crate) type Pair = (Option<usize>, Option<usize>);

/// The pairs of two lists, in the order of the second; what stands only in the first comes
/// behind what stood before it there.
pub(crate) fn pairs<T: Named>(a: &Listed<'_, T>, b: &Listed<'_, T>) -> Vec<Pair> {
    let alike = a.all.len() == b.all.len() && a.ids().eq(b.ids());
    if alike {
        return (0..a.all.len()).map(|i| (Some(i), Some(i))).collect();
    }
    let at: HashMap<&str, usize> = (0..a.all.len()).map(|i| (a.word(i), i)).collect();
    let mut partner = vec![None; a.all.len()];
    let other: Vec<Option<usize>> = (0..b.all.len())
        .map(|j| {
            let i = at.get(b.word(j)).copied()?;
            if let Some(slot) = partner.get_mut(i) {
                *slot = Some(j);
            }
            Some(i)
        })
        .collect();
    let mut pairs = Vec::with_capacity(a.all.len().max(b.all.len()));
    let mut next = 0;
    let alone = |pairs: &mut Vec<Pair>, next: &mut usize, until: usize| {
        for i in *next..until {
            if partner.get(i).is_some_and(Option::is_none) {
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
