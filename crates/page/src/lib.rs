//! A document as people read it, and a table back into an edition.
//!
//! [`of`] makes the [`Page`] of whatever an address names; [`html`],
//! [`markdown`], [`csv`] and [`xlsx`] write it, and the command shows it at a terminal. An
//! edition as a spreadsheet is the [`Official`](official::Official) table, which reads back.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )
)]

mod adjustment;
pub mod columns;
mod crosswalk;
pub mod csv;
mod edition;
mod grouping;
pub mod html;
pub mod import;
mod indicators;
mod instrument;
mod item;
pub mod line;
pub mod markdown;
pub mod names;
pub mod official;
pub mod output;
mod parts;
mod place;
mod plan;
mod standard;
pub mod xlsx;

use jialiang_model::Registry;
use jialiang_model::kind::Edition;
use jialiang_model::lookup::Target;

use output::{Page, Said, Shows, Words};

/// What stands behind a line that nobody compared with its source.
pub const MARK: &str = "＊";

/// The language in which a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// Chinese.
    Zh,
    /// English, and Chinese where there is none.
    En,
}

impl Speaks {
    /// The words in this language.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The words in this language.
    pub fn of(self, words: &Words) -> &str {
        self.pick(&words.zh, &words.en)
    }

    /// A line in this language, with [`MARK`] where nobody compared it with its source.
    pub fn marked(self, said: &Said) -> String {
        let words = self.of(&said.words);
        match said.verified {
            Some(false) => format!("{words}{MARK}"),
            Some(true) | None => words.to_owned(),
        }
    }

    /// The tag of the language, as HTML has it.
    pub const fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }
}

/// The page of what an address names.
pub fn of(registry: &Registry, target: Target<'_>) -> Page {
    match target {
        Target::Place(entry) => place::page(registry, &entry.value),
        Target::Instrument(entry) => instrument::page(registry, &entry.value),
        Target::Adjustment(entry) => adjustment::page(registry, &entry.value),
        Target::Standard(entry) => standard::page(registry, &entry.value),
        Target::Edition(entry) => edition::of(registry, &entry.value),
        Target::Item(entry, item) => item::page(registry, &entry.value, item),
        Target::Provision(entry, item, line) => {
            item::provision_page(registry, &entry.value, item, line)
        }
        Target::Plan(entry) => plan::page(registry, &entry.value),
        Target::Domain(entry, domain) => plan::domain_page(registry, &entry.value, domain),
        Target::Task(entry, domain, part) => {
            plan::part_page(registry, &entry.value, domain, part, Shows::Task)
        }
        Target::Project(entry, domain, part) => {
            plan::part_page(registry, &entry.value, domain, part, Shows::Project)
        }
        Target::Goal(entry, placed) => plan::target_page(registry, &entry.value, placed),
        Target::Crosswalk(entry) => crosswalk::page(registry, &entry.value),
        Target::Indicators(entry) => indicators::page(registry, &entry.value),
        Target::Indicator(entry, one) => indicators::one(registry, &entry.value, one),
    }
}

/// The page of an edition that is written as a difference, with every item that it takes over;
/// as it is where it is a whole text, or where what it is written on is not on record.
pub fn whole(registry: &Registry, edition: &Edition) -> Page {
    edition::whole(registry, edition)
}
