//! Ids for items that a table only names: those of earlier editions and of the standard above
//! where a name says so, else ids to be renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jialiang_model::Registry;
use jialiang_model::fold::fold;
use jialiang_model::id::Id;
use jialiang_model::item::Item;
use jialiang_model::kind::{Edition, Standard};
use jialiang_model::version::Version;

/// Names that are less alike than this, in per cent, are not taken for each other.
const ALIKE: u8 = 70;

/// How an id was found for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// The table's own data says it.
    Recorded,
    /// An edition on record has an item of this name.
    SameName,
    /// An edition on record has an item of a name that is alike: the name there, and how alike
    /// the two are, in per cent.
    SimilarName(String, u8),
    /// None on record: a new id, to be renamed.
    New,
}

/// The id for one row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The cell with the name.
    pub cell: String,
    /// The name in the table.
    pub name: String,
    /// The id.
    pub id: Id,
    /// How it was found.
    pub how: How,
}

/// The items by whose names ids are found: those of the standard's own editions up to this
/// version, the latest first, then those of the parent edition that it answers to.
pub(super) fn known<'a>(
    registry: &'a Registry,
    standard: &'a Standard,
    version: &Version,
) -> Vec<(&'a Edition, &'a Arc<Item>)> {
    let of =
        |id| registry.editions.values().rev().map(|e| &*e.value).filter(move |e| e.standard == id);
    let own = of(standard.id.clone()).filter(|edition| edition.version <= *version);
    let above = standard.implements.iter().flat_map(|implements| {
        of(implements.standard.clone())
            .filter(|edition| implements.versions.admits(&edition.version))
    });
    let mut seen = BTreeSet::new();
    let all = own.chain(above).flat_map(|edition| edition.items.iter().map(move |i| (edition, i)));
    all.filter(|(_, item)| seen.insert(item.id.clone())).collect()
}

/// Finds ids for names, in their order; an id that is taken is given to nobody else.
pub(super) fn propose(
    names: &[(usize, String)],
    known: &[(&Edition, &Arc<Item>)],
    taken: &mut BTreeSet<Id>,
) -> BTreeMap<usize, (Id, How)> {
    let mut found = BTreeMap::new();
    let folded: Vec<(Vec<char>, &Arc<Item>)> =
        known.iter().map(|(_, item)| (letters(item.name.zh.as_str()), *item)).collect();
    for (row, name) in names {
        let word = letters(name);
        let same = folded.iter().find(|(other, item)| *other == word && !taken.contains(&item.id));
        if let Some((_, item)) = same {
            taken.insert(item.id.clone());
            found.insert(*row, (item.id.clone(), How::SameName));
        }
    }
    // The nearest first, so that a name does not lose its own to one that is less near.
    let mut near: Vec<(u8, usize, &Arc<Item>)> = Vec::new();
    for (row, name) in names.iter().filter(|(row, _)| !found.contains_key(row)) {
        let word = letters(name);
        for (other, item) in folded.iter().filter(|(_, item)| !taken.contains(&item.id)) {
            let alike = likeness(&word, other);
            if alike >= ALIKE && !are_apart(&word, other) {
                near.push((alike, *row, item));
            }
        }
    }
    near.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then_with(|| a.2.id.cmp(&b.2.id)));
    for (alike, row, item) in near {
        if !found.contains_key(&row) && taken.insert(item.id.clone()) {
            let how = How::SimilarName(item.name.zh.to_string(), alike);
            found.insert(row, (item.id.clone(), how));
        }
    }
    let reserved: BTreeSet<&str> = known.iter().map(|(_, item)| item.id.as_str()).collect();
    let mut number = 0_usize;
    for (row, _) in names {
        if found.contains_key(row) {
            continue;
        }
        let id = loop {
            number += 1;
            let id = Id::parse(&format!("local-{number}"));
            if let Some(id) = id.filter(|id| !reserved.contains(id.as_str()) && !taken.contains(id))
            {
                break id;
            }
        };
        taken.insert(id.clone());
        found.insert(*row, (id, How::New));
    }
    found
}

/// Words by one of which two services are told apart, however alike their names are.
const APART: &[&str] = &[
    "城市", "城镇", "农村", "城乡", "助学", "奖学", "孕前", "婚前", "孕产", "小学", "初中", "高中",
    "中职", "职工", "居民", "重度", "困难", "老年", "儿童", "残疾", "免费", "特殊",
];

fn are_apart(a: &[char], b: &[char]) -> bool {
    let [a, b] = [a, b].map(|word| word.iter().collect::<String>());
    APART.iter().any(|word| a.contains(word) != b.contains(word))
}

/// The letters by which names are compared; a name that goes on longer is none.
fn letters(text: &str) -> Vec<char> {
    const MOST: usize = 200;
    let text: String = text.chars().take(MOST).collect();
    fold(&text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How alike two names are, in per cent: how many pairs of neighbouring characters they share.
pub(super) fn likeness(a: &[char], b: &[char]) -> u8 {
    if a == b {
        return 100;
    }
    let pairs = |word: &[char]| {
        let mut pairs: Vec<(char, char)> =
            word.windows(2).filter_map(|w| Some((*w.first()?, *w.get(1)?))).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, mut b) = (pairs(a), pairs(b));
    let all = a.len() + b.len();
    let shared = a.iter().filter(|pair| {
        let at = b.iter().position(|other| other == *pair);
        at.map(|at| b.remove(at)).is_some()
    });
    let shared = shared.count();
    // Never 100, which is for what is the same.
    (shared * 200).checked_div(all).and_then(|n| u8::try_from(n).ok()).unwrap_or(0).min(99)
}

/// The name of a list that is most like a word, where one is alike at all, or that a word is
/// short for.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const SHORT: u8 = 60;
    let word = letters(word);
    let alike = names.map(|name| {
        let name_letters = letters(name);
        let mut rest = name_letters.iter();
        let short = word.len() > 1 && word.iter().all(|c| rest.any(|other| other == c));
        let alike = likeness(&word, &name_letters);
        (if short { alike.max(SHORT) } else { alike }, name)
    });
    alike.filter(|(alike, _)| *alike >= 40).max_by_key(|(alike, _)| *alike).map(|(_, name)| name)
}
