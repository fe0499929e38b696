//! What a text was near to, where it names nothing.

use super::{Asked, Sort, Target, names};
use crate::finding::Message;
use crate::fold::fold;
use crate::registry::Registry;

/// How many near names are told.
const MOST: usize = 5;

/// Something that can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its full address.
    pub address: String,
    /// What sort of thing it is.
    pub sort: Sort,
    /// What people call it.
    pub name: Message,
}

impl Named {
    pub(super) fn of(target: &Target<'_>) -> Self {
        Self { address: target.address(), sort: target.sort(), name: target.name() }
    }
}

/// Why a text names no one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Nothing bears that name; these are nearest to it, the nearest first.
    Nothing(Vec<Named>),
    /// It names every one of these.
    Ambiguous(Vec<Named>),
    /// It names an agency of each of these places.
    Agency(Vec<Named>),
}

impl Missing {
    pub(super) fn nothing(registry: &Registry, asked: &Asked) -> Self {
        let line = asked.fragment.len() == 2 || asked.path.len() == 3;
        Self::Nothing(near(registry, &asked.whole, line))
    }
}

/// What is called nearly as a text, the nearest first; lines of items only where asked for.
pub fn near<'a>(registry: &'a Registry, text: &str, lines: bool) -> Vec<Named> {
    let asked = Pairs::of(&fold(text));
    let mut all: Vec<(f64, Target<'a>)> = Vec::new();
    let mut weigh = |target: Target<'a>, keys: &[String]| {
        let best = keys.iter().map(|key| asked.likeness(&fold(key))).fold(0.0, f64::max);
        all.push((best, target));
    };
    for target in names::documents(registry) {
        let name = target.name();
        let mut keys = vec![target.address(), name.zh.clone(), name.en];
        match target {
            Target::Edition(entry) => {
                let standard = &entry.value.standard;
                if let Some(label) = &entry.value.label {
                    keys.push(format!("{standard}@{label}"));
                    let named = registry.standards.get(standard);
                    keys.extend(named.map(|named| format!("{}@{label}", named.value.name.zh)));
                }
            }
            Target::Instrument(entry) => {
                keys.extend(entry.value.number.iter().map(|number| number.as_str().to_owned()));
            }
            _ => {}
        }
        weigh(target, &keys);
        for part in names::parts(&target) {
            let name = part.name();
            weigh(part, &[part.address(), name.zh, name.en]);
        }
    }
    for standard in names::standards(registry, None) {
        let place =
            registry.jurisdictions.values().find(|e| e.value.id.as_str() == standard.place());
        let Some(entry) = names::latest(registry, &standard) else { continue };
        for item in &entry.value.items {
            let target = Target::Item(entry, item);
            let name = target.name();
            let short = format!("{}/{}", standard.place(), item.id);
            let mut keys = vec![item.id.to_string(), target.address(), name.en];
            keys.extend(place.map(|place| format!("{}/{}", place.value.name.zh, name.zh)));
            keys.extend([name.zh, format!("{standard}#{}", item.id)]);
            keys.extend(entry.value.label.iter().map(|l| format!("{standard}@{l}#{}", item.id)));
            keys.push(short.clone());
            weigh(target, &keys);
            for line in item.provisions.iter().filter(|_| lines) {
                let target = Target::Provision(entry, item, line);
                weigh(target, &[target.address(), format!("{short}/{}", line.id)]);
            }
        }
    }
    all.retain(|(likeness, _)| *likeness >= 0.4);
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.iter().take(MOST).map(|(_, target)| Named::of(target)).collect()
}

/// The pairs of neighbouring characters of a text, its ends included: what is alike in them
/// is alike to the eye, in Chinese as in English.
struct Pairs(Vec<(char, char)>);

impl Pairs {
    fn of(text: &str) -> Self {
        let ends = || std::iter::once('\0');
        let first = ends().chain(text.chars());
        let second = text.chars().chain(ends());
        let mut pairs: Vec<_> = first.zip(second).collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// From 0, nothing in common, to 1, the same.
    fn likeness(&self, text: &str) -> f64 {
        let other = Self::of(text);
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0_u32;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    a.next();
                    b.next();
                }
            }
        }
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let alike = 2.0 * f64::from(common) / count(self.0.len() + other.0.len());
        // Chinese says much in few characters: what holds most of them is near, however long
        // the rest of its name is.
        let chinese = self.0.iter().any(|(a, _)| *a >= '\u{4e00}');
        let inner = count(self.0.len().saturating_sub(2)).max(1.0);
        let held = if chinese { 0.8 * f64::from(common) / inner } else { 0.0 };
        alike.max(held.min(0.8))
    }
}
