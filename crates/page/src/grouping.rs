//! Where an item stands in the taxonomy: the rows over the rows.

use std::collections::HashMap;

use jialiang_model::Registry;
use jialiang_model::id::Id;
use jialiang_model::kind::standard::{Area, Category};
use jialiang_model::kind::{Edition, Standard};

use crate::names;
use crate::output::Words;

/// A category, with its area, and how far down each stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing<'a> {
    pub(crate) area: &'a Area,
    pub(crate) category: &'a Category,
    /// From 1 in the standard.
    area_number: usize,
    /// From 1 in its area.
    category_number: usize,
}

impl Standing<'_> {
    /// The heading over an area, such as 一、幼有所育.
    pub(crate) fn area_title(&self) -> Words {
        let name = names::text(&self.area.name);
        let n = self.area_number;
        Words::new(format!("{}、{}", numeral(n), name.zh), format!("{n}. {}", name.en))
    }

    /// The heading over a category, such as （一）优孕优生服务.
    pub(crate) fn category_title(&self) -> Words {
        let name = names::text(&self.category.name);
        let (n, m) = (self.area_number, self.category_number);
        Words::new(format!("（{}）{}", numeral(m), name.zh), format!("{n}.{m} {}", name.en))
    }
}

/// The categories of the taxonomy that an edition uses.
#[derive(Debug)]
pub(crate) struct Grouping<'a> {
    by_category: HashMap<&'a Id, (usize, Standing<'a>)>,
}

impl<'a> Grouping<'a> {
    /// The taxonomy of an edition's standard, or of the nearest above that has one.
    pub(crate) fn of(registry: &'a Registry, edition: &Edition) -> Self {
        let standard = registry.standards.get(&edition.standard);
        Self::new(standard.and_then(|standard| registry.taxonomy(&standard.value)))
    }

    /// The taxonomy that a standard uses.
    pub(crate) fn of_standard(registry: &'a Registry, standard: &'a Standard) -> Self {
        Self::new(registry.taxonomy(standard))
    }

    fn new(taxonomy: Option<&'a Standard>) -> Self {
        let areas = taxonomy.map(|taxonomy| taxonomy.areas.as_slice()).unwrap_or_default();
        let mut by_category = HashMap::new();
        for (area, area_number) in areas.iter().zip(1..) {
            for (category, category_number) in area.categories.iter().zip(1..) {
                let standing = Standing { area, category, area_number, category_number };
                let rank = by_category.len();
                by_category.entry(&category.id).or_insert((rank, standing));
            }
        }
        Self { by_category }
    }

    /// Where a category stands; none for one that the taxonomy does not know.
    pub(crate) fn standing(&self, category: &Id) -> Option<Standing<'a>> {
        self.by_category.get(category).map(|(_, standing)| *standing)
    }

    /// How far down a category stands; one that the taxonomy does not know stands last.
    pub(crate) fn rank(&self, category: &Id) -> usize {
        self.by_category.get(category).map_or(usize::MAX, |(rank, _)| *rank)
    }
}

/// A number as headings have it: 一, 十, 十二, 二十; in figures from a hundred on.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or_default();
    match n {
        1..=9 => digit(n).to_owned(),
        10..=19 => format!("十{}", digit(n - 10)),
        20..=99 => format!("{}十{}", digit(n / 10), digit(n % 10)),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_count_as_documents_do() {
        let said: Vec<String> = [1, 9, 10, 12, 20, 22, 99, 100].into_iter().map(numeral).collect();
        assert_eq!(said, ["一", "九", "十", "十二", "二十", "二十二", "九十九", "100"]);
    }
}
