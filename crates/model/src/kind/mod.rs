//! The kinds of document that a registry holds, and where each stands.
//!
//! A document's path is its address plus its kind: the standard
//! `cn/basic-public-services` is the file `cn/basic-public-services.standard.json`, and
//! its edition 1.1.0 is `cn/basic-public-services@1.1.0.edition.json`. So a folder
//! belongs to one place, and a path names one document.

pub mod acceptance;
pub mod adjustment;
pub mod crosswalk;
pub mod edition;
pub mod indicators;
pub mod instrument;
pub mod jurisdiction;
pub mod plan;
pub mod registry;
pub mod standard;

use std::fmt;

use crate::grammar::Grammar;
use crate::id::{Id, InstrumentId, StandardId, WorkId};
use crate::read::Fault;

pub use acceptance::{Acceptance, Fingerprint};
pub use adjustment::Adjustment;
pub use crosswalk::Crosswalk;
pub use edition::{Edition, EditionId};
pub use indicators::Indicators;
pub use instrument::Instrument;
pub use jurisdiction::Jurisdiction;
pub use plan::Plan;
pub use registry::RegistryFile;
pub use standard::Standard;

/// The reference to a kind's schema: its last word is the kind.
pub const SCHEMA_REF: Grammar = Grammar {
    en: "schema reference",
    zh: "模式引用（$schema）",
    pattern: "^([!-.0-~]*/)*[a-z]+\\.json$",
    example: "../../schemas/edition.json",
};

/// The reference to a kind's schema, such as `../../schemas/edition.json`.
///
/// The path may dangle when a registry is copied; the last word must be the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaRef(Box<str>);

impl SchemaRef {
    /// Reads a reference.
    pub fn parse(text: &str) -> Option<Self> {
        let last = text.rsplit('/').next()?.strip_suffix(".json")?;
        let ok = !last.is_empty()
            && last.bytes().all(|b| b.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_graphic());
        ok.then(|| Self(text.into()))
    }

    /// The schema of a kind, from a document that stands so many folders below the registry's
    /// root: beside that of the registry's card, else in `schemas/` beside the registry.
    pub fn beside(card: Option<&Self>, kind: Kind, below: usize) -> Self {
        let card = card.map_or("../schemas/registry.json", |card| &card.0);
        let folder = card.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slash = if folder.is_empty() && !card.starts_with('/') { "" } else { "/" };
        let absolute = card.starts_with('/') || card.contains("://");
        let up = "../".repeat(if absolute { 0 } else { below });
        Self(format!("{up}{folder}{slash}{kind}.json").into())
    }

    /// The kind that the last word names.
    pub fn kind(&self) -> Option<Kind> {
        Kind::parse(self.0.rsplit('/').next()?.strip_suffix(".json")?)
    }
}

impl fmt::Display for SchemaRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

written!(
    SchemaRef,
    SCHEMA_REF,
    "The schema of this document; the last word is its kind. · 本文档的模式，末尾文件名即文档类别。"
);

vocabulary! {
    /// The kind of a document.
    pub enum Kind: "The kind of a document. · 文档类别。" {
        /// The registry's own card, at its root.
        Registry = "registry", "登记库";
        /// A place with authority.
        Jurisdiction = "jurisdiction", "行政区划";
        /// An official document.
        Instrument = "instrument", "文件";
        /// What one document says of one standard: what it changes, and what it attests.
        Adjustment = "adjustment", "调整";
        /// A lasting standard and its taxonomy.
        Standard = "standard", "标准";
        /// One published text of a standard.
        Edition = "edition", "版";
        /// A plan of several years.
        Plan = "plan", "规划";
        /// How a plan's domains and a standard's areas answer to each other.
        Crosswalk = "crosswalk", "对照表";
        /// A table of indicators and what was observed of them.
        Indicators = "indicators", "指标表";
        /// A finding that somebody answers for.
        Acceptance = "acceptance", "接受";
    }
}

impl Kind {
    /// The kind of the document that stands at a path of a registry.
    ///
    /// `None` where no document can stand there.
    pub fn at(path: &str) -> Option<Self> {
        Expected::at(path).map(|expected| match expected {
            Expected::Registry => Self::Registry,
            Expected::Jurisdiction(_) => Self::Jurisdiction,
            Expected::Instrument(_) => Self::Instrument,
            Expected::Adjustment(_) => Self::Adjustment,
            Expected::Standard(_) => Self::Standard,
            Expected::Edition(_) => Self::Edition,
            Expected::Plan(_) => Self::Plan,
            Expected::Crosswalk(_) => Self::Crosswalk,
            Expected::Indicators(_) => Self::Indicators,
            Expected::Acceptance(_) => Self::Acceptance,
        })
    }

    /// The kind of a document by the last word of its path, wherever its registry begins.
    pub fn named(file: &str) -> Option<Self> {
        let word = file.strip_suffix(".json")?;
        let kind = match word {
            "registry" | "jurisdiction" => Self::parse(word)?,
            word => match Self::parse(word.rsplit_once('.')?.1)? {
                // These two have no name before their kind.
                Self::Registry | Self::Jurisdiction => return None,
                kind => kind,
            },
        };
        Some(kind)
    }

    /// Reads a document of this kind from text that [`crate::read::scan`] let pass.
    pub fn read(self, text: &str) -> Result<Document, Fault> {
        use crate::read::from_str;
        Ok(match self {
            Self::Registry => Document::Registry(from_str(text)?),
            Self::Jurisdiction => Document::Jurisdiction(from_str(text)?),
            Self::Instrument => Document::Instrument(from_str(text)?),
            Self::Adjustment => Document::Adjustment(from_str(text)?),
            Self::Standard => Document::Standard(from_str(text)?),
            Self::Edition => Document::Edition(from_str(text)?),
            Self::Plan => Document::Plan(from_str(text)?),
            Self::Crosswalk => Document::Crosswalk(from_str(text)?),
            Self::Indicators => Document::Indicators(from_str(text)?),
            Self::Acceptance => Document::Acceptance(from_str(text)?),
        })
    }
}

/// The id of the document that must stand at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// The registry's card.
    Registry,
    /// A place.
    Jurisdiction(Id),
    /// An instrument.
    Instrument(InstrumentId),
    /// An adjustment.
    Adjustment(InstrumentId),
    /// A standard.
    Standard(StandardId),
    /// An edition.
    Edition(EditionId),
    /// A plan.
    Plan(WorkId),
    /// A crosswalk.
    Crosswalk(WorkId),
    /// A table of indicators.
    Indicators(WorkId),
    /// A finding that somebody answers for.
    Acceptance(Fingerprint),
}

impl Expected {
    /// What must stand at a path of a registry; `None` where no document can.
    pub fn at(path: &str) -> Option<Self> {
        if path == "registry.json" {
            return Some(Self::Registry);
        }
        if let Some(place) = path.strip_suffix("/jurisdiction.json") {
            return Id::parse(place).map(Self::Jurisdiction);
        }
        if let Some(id) = path.strip_suffix(".instrument.json") {
            return InstrumentId::parse(id).map(Self::Instrument);
        }
        if let Some(id) = path.strip_suffix(".adjustment.json") {
            return InstrumentId::parse(id).map(Self::Adjustment);
        }
        if let Some(id) = path.strip_suffix(".standard.json") {
            return StandardId::parse(id).map(Self::Standard);
        }
        for (suffix, of) in [
            (".plan.json", Self::Plan as fn(WorkId) -> Self),
            (".crosswalk.json", Self::Crosswalk),
            (".indicators.json", Self::Indicators),
        ] {
            if let Some(id) = path.strip_suffix(suffix) {
                return WorkId::parse(id).map(of);
            }
        }
        if let Some(id) = path.strip_suffix(".acceptance.json") {
            return Fingerprint::parse(id.strip_prefix("acceptances/")?).map(Self::Acceptance);
        }
        EditionId::parse(path.strip_suffix(".edition.json")?).map(Self::Edition)
    }

    /// The path at which it stands.
    pub fn path(&self) -> String {
        match self {
            Self::Registry => "registry.json".to_owned(),
            Self::Jurisdiction(id) => jurisdiction_path(id.as_str()),
            Self::Instrument(id) => format!("{id}.instrument.json"),
            Self::Adjustment(id) => format!("{id}.adjustment.json"),
            Self::Standard(id) => format!("{id}.standard.json"),
            Self::Edition(id) => format!("{id}.edition.json"),
            Self::Plan(id) => format!("{id}.plan.json"),
            Self::Crosswalk(id) => format!("{id}.crosswalk.json"),
            Self::Indicators(id) => format!("{id}.indicators.json"),
            Self::Acceptance(id) => format!("acceptances/{id}.acceptance.json"),
        }
    }
}

/// The path of the document that describes a place.
pub fn jurisdiction_path(place: &str) -> String {
    format!("{place}/jurisdiction.json")
}

/// One document of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// The registry's own card.
    Registry(Box<RegistryFile>),
    /// A place.
    Jurisdiction(Box<Jurisdiction>),
    /// An instrument.
    Instrument(Box<Instrument>),
    /// An adjustment.
    Adjustment(Box<Adjustment>),
    /// A standard.
    Standard(Box<Standard>),
    /// An edition.
    Edition(Box<Edition>),
    /// A plan.
    Plan(Box<Plan>),
    /// A crosswalk.
    Crosswalk(Box<Crosswalk>),
    /// A table of indicators.
    Indicators(Box<Indicators>),
    /// A finding that somebody answers for.
    Acceptance(Box<Acceptance>),
}

impl Document {
    /// What the document says it is.
    pub fn identity(&self) -> Expected {
        match self {
            Self::Registry(_) => Expected::Registry,
            Self::Jurisdiction(d) => Expected::Jurisdiction(d.id.clone()),
            Self::Instrument(d) => Expected::Instrument(d.id.clone()),
            Self::Adjustment(d) => Expected::Adjustment(d.id.clone()),
            Self::Standard(d) => Expected::Standard(d.id.clone()),
            Self::Edition(d) => Expected::Edition(d.id()),
            Self::Plan(d) => Expected::Plan(d.id.clone()),
            Self::Crosswalk(d) => Expected::Crosswalk(d.id.clone()),
            Self::Indicators(d) => Expected::Indicators(d.id.clone()),
            Self::Acceptance(d) => Expected::Acceptance(d.fingerprint),
        }
    }

    /// Its reference to a schema.
    pub const fn schema(&self) -> &SchemaRef {
        match self {
            Self::Registry(d) => &d.schema,
            Self::Jurisdiction(d) => &d.schema,
            Self::Instrument(d) => &d.schema,
            Self::Adjustment(d) => &d.schema,
            Self::Standard(d) => &d.schema,
            Self::Edition(d) => &d.schema,
            Self::Plan(d) => &d.schema,
            Self::Crosswalk(d) => &d.schema,
            Self::Indicators(d) => &d.schema,
            Self::Acceptance(d) => &d.schema,
        }
    }

    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Registry(_) => Kind::Registry,
            Self::Jurisdiction(_) => Kind::Jurisdiction,
            Self::Instrument(_) => Kind::Instrument,
            Self::Adjustment(_) => Kind::Adjustment,
            Self::Standard(_) => Kind::Standard,
            Self::Edition(_) => Kind::Edition,
            Self::Plan(_) => Kind::Plan,
            Self::Crosswalk(_) => Kind::Crosswalk,
            Self::Indicators(_) => Kind::Indicators,
            Self::Acceptance(_) => Kind::Acceptance,
        }
    }
}

impl serde::Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Registry(d) => d.serialize(s),
            Self::Jurisdiction(d) => d.serialize(s),
            Self::Instrument(d) => d.serialize(s),
            Self::Adjustment(d) => d.serialize(s),
            Self::Standard(d) => d.serialize(s),
            Self::Edition(d) => d.serialize(s),
            Self::Plan(d) => d.serialize(s),
            Self::Crosswalk(d) => d.serialize(s),
            Self::Indicators(d) => d.serialize(s),
            Self::Acceptance(d) => d.serialize(s),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_tells_the_kind() {
        for path in [
            "registry.json",
            "cn/jurisdiction.json",
            "cn/2021/notice.instrument.json",
            "cn/sample.standard.json",
            "cn/sample@1.0.0.edition.json",
            "tianjin/plan.plan.json",
            "tianjin/plan-to-standard.crosswalk.json",
            "tianjin/plan.indicators.json",
            "acceptances/0f3a96c41d27.acceptance.json",
        ] {
            let kind = Kind::at(path);
            assert!(kind.is_some());
            assert_eq!(Kind::named(path.rsplit('/').next().unwrap()), kind);
        }
        for file in ["edition.json", "x.registry.json", "x.json", "x.edition.json.bak", ""] {
            assert_eq!(Kind::named(file), None, "{file}");
        }
    }
}
