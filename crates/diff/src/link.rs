//! What goes on as what: items and provisions that one edition records as continuing others.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use jialiang_model::kind::Edition;

/// How one element goes on as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    Split,
    Merged,
    Succeeded,
}

/// Elements that go on as others, which are neither added nor removed.
#[derive(Debug, Default)]
pub(crate) struct Links<K> {
    /// From the first edition to the second, in order.
    pub(crate) all: Vec<(K, K, Link)>,
    /// What each element of the second edition comes of, in order.
    pub(crate) sources: BTreeMap<K, Vec<(K, Link)>>,
}

impl<K: Copy + Eq + Hash + Ord> Links<K> {
    /// Names each link: one going on as several is split, several as one are merged, and what
    /// is neither or both goes on under another id.
    fn named(
        links: &BTreeSet<(K, K)>,
        stays: impl Fn(K) -> bool,
        existed: impl Fn(K) -> bool,
    ) -> Self {
        let (mut from, mut into): (HashMap<K, usize>, HashMap<K, usize>) = Default::default();
        for (old, new) in links {
            *from.entry(*old).or_default() += 1;
            *into.entry(*new).or_default() += 1;
        }
        let name = |old: &K, new: &K| {
            let split = from.get(old).is_some_and(|n| *n > 1) || stays(*old);
            let merged = into.get(new).is_some_and(|n| *n > 1) || existed(*new);
            match (split, merged) {
                (true, false) => Link::Split,
                (false, true) => Link::Merged,
                (true, true) | (false, false) => Link::Succeeded,
            }
        };
        let all: Vec<_> = links.iter().map(|(old, new)| (*old, *new, name(old, new))).collect();
        let mut sources: BTreeMap<K, Vec<(K, Link)>> = BTreeMap::new();
        for (old, new, link) in &all {
            sources.entry(*new).or_default().push((*old, *link));
        }
        Self { all, sources }
    }

    /// Whether an element of the first edition goes on as another.
    pub(crate) fn goes_on(&self, old: K) -> bool {
        self.all.binary_search_by(|(other, _, _)| other.cmp(&old)).is_ok()
    }

    /// What an element of the second edition comes of.
    pub(crate) fn sources(&self, new: K) -> &[(K, Link)] {
        self.sources.get(&new).map_or(&[], Vec::as_slice)
    }
}

/// An item's provision by index.
pub(crate) type Line = (usize, usize);

/// A line by the ids of its item and its own.
fn lines(edition: &Edition) -> HashMap<(&str, &str), Line> {
    let mut all = HashMap::new();
    for (i, item) in edition.items.iter().enumerate() {
        for (k, line) in item.provisions.iter().enumerate() {
            all.entry((item.id.as_str(), line.id.as_str())).or_insert((i, k));
        }
    }
    all
}

/// Which items go on as which, as either side records it.
pub(crate) fn linked_items(a: &Edition, b: &Edition) -> Links<usize> {
    let recorded = |edition: &Edition| edition.items.iter().any(|item| !item.continues.is_empty());
    if !recorded(a) && !recorded(b) {
        return Links::default();
    }
    fn by_id(edition: &Edition) -> HashMap<&str, usize> {
        edition.items.iter().enumerate().rev().map(|(i, item)| (item.id.as_str(), i)).collect()
    }
    let (in_a, in_b) = (by_id(a), by_id(b));
    let mut links = BTreeSet::new();
    let mut see = |i: usize, j: usize, x: &str, y: &str| {
        if x != y && (!in_a.contains_key(y) || !in_b.contains_key(x)) {
            links.insert((i, j));
        }
    };
    for (j, y) in b.items.iter().enumerate() {
        for x in &y.continues {
            if let Some(i) = in_a.get(x.as_str()) {
                see(*i, j, x.as_str(), y.id.as_str());
            }
        }
    }
    for (i, x) in a.items.iter().enumerate() {
        for y in &x.continues {
            if let Some(j) = in_b.get(y.as_str()) {
                see(i, *j, x.id.as_str(), y.as_str());
            }
        }
    }
    let stays = |i: usize| a.items.get(i).is_some_and(|x| in_b.contains_key(x.id.as_str()));
    let existed = |j: usize| b.items.get(j).is_some_and(|y| in_a.contains_key(y.id.as_str()));
    Links::named(&links, stays, existed)
}

/// Which provisions go on as which, as either side records it.
pub(crate) fn linked_lines(a: &Edition, b: &Edition) -> Links<Line> {
    let recorded = |edition: &Edition| {
        edition.items.iter().any(|item| item.provisions.iter().any(|p| p.continues.is_some()))
    };
    if !recorded(a) && !recorded(b) {
        return Links::default();
    }
    let (in_a, in_b) = (lines(a), lines(b));
    let mut links = BTreeSet::new();
    let mut see = |old: (&str, &str), new: (&str, &str)| {
        if old != new
            && (!in_a.contains_key(&new) || !in_b.contains_key(&old))
            && let (Some(i), Some(j)) = (in_a.get(&old), in_b.get(&new))
        {
            links.insert((*i, *j));
        }
    };
    for (item, line, before) in continuing(b) {
        see(before, (item, line));
    }
    for (item, line, before) in continuing(a) {
        see((item, line), before);
    }
    let is_in = |lines: &HashMap<(&str, &str), Line>, edition: &Edition, (i, k): Line| {
        let item = edition.items.get(i);
        let line =
            item.and_then(|item| Some((item.id.as_str(), item.provisions.get(k)?.id.as_str())));
        line.is_some_and(|line| lines.contains_key(&line))
    };
    Links::named(&links, |old| is_in(&in_b, a, old), |new| is_in(&in_a, b, new))
}

/// The provisions that continue another: item, line, and the line before.
fn continuing(edition: &Edition) -> impl Iterator<Item = (&str, &str, (&str, &str))> {
    edition.items.iter().flat_map(|item| {
        item.provisions.iter().filter_map(|line| {
            let before = line.continues.as_ref()?;
            Some((item.id.as_str(), line.id.as_str(), (before.item(), before.provision())))
        })
    })
}
