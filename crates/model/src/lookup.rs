//! What an address, or a name, names in a registry.
//!
//! A text is tried in this order, and the first that names anything decides; where that
//! names several things, the answer is [`Missing::Ambiguous`] with every one of them.
//!
//! 1. A document's path, from any folder above it; or its file name.
//! 2. A full address ([`crate::address`]): place, standard, edition by version or label,
//!    item or provision of an edition, instrument, else the adjustment of that id; plan (`#domain`, `#domain/task`,
//!    `#domain/project`, `#target`), crosswalk, table of indicators (`#indicator`). Where a
//!    standard and one of these share an id, the standard has it, then the plan.
//! 3. A short address: `standard#item`, `place/item` and `place/item/provision`, each of the
//!    latest published edition that has the item (of the latest draft where none is
//!    published); with `@` behind it, of that edition.
//! 4. The same with Chinese or English names for ids: `天津市/最低生活保障`,
//!    `国家基本公共服务标准@2023年版`.
//! 5. A name alone: of a place, a standard, an edition, an item, a plan and its parts, a table
//!    of indicators and those in it; the title or the number of an instrument; the code of a
//!    place. Then what people say for short (`天津`, `全国`), then
//!    names that an item had in earlier editions, then bare ids, then the label or the version of
//!    an edition.
//!
//! An agency is no document, and none of what can be asked for: the answer is
//! [`Missing::Agency`] with the places that have it.
//!
//! Names are compared [folded](crate::fold). A text with a day asks a question, which is not
//! looked up here. Which revision to read is for whoever reads the registry: [`revision`]
//! takes it off.

mod missing;
mod names;

use std::sync::Arc;

use crate::finding::Message;
use crate::fold::fold;
use crate::id::Id;
use crate::item::Item;
use crate::kind::indicators::Indicator;
use crate::kind::plan::{Domain, Part, Placed};
use crate::kind::{
    Adjustment, Crosswalk, Edition, Expected, Indicators, Instrument, Jurisdiction, Plan, Standard,
};
use crate::place::IdPath;
use crate::provision::Provision;
use crate::registry::{Entry, Registry};
use crate::text::Text;

pub use missing::{Missing, Named, near};
pub use names::{editions, latest, parts, standards};

vocabulary! {
    /// What sort of thing an address names.
    pub enum Sort: "What sort of thing it is. · 类别。" {
        /// A place.
        Place = "place", "行政区划";
        /// An instrument.
        Instrument = "instrument", "文件";
        /// What one document changes of one standard.
        Adjustment = "adjustment", "调整";
        /// A standard.
        Standard = "standard", "标准";
        /// An edition.
        Edition = "edition", "版本";
        /// An item of an edition.
        Item = "item", "服务项目";
        /// A line of an item.
        Provision = "provision", "服务标准";
        /// A plan.
        Plan = "plan", "规划";
        /// A domain of a plan.
        Domain = "domain", "领域";
        /// A key task of a plan.
        Task = "task", "重点任务";
        /// A project of a plan.
        Project = "project", "保障工程";
        /// A target of a plan.
        Target = "target", "目标";
        /// A crosswalk.
        Crosswalk = "crosswalk", "对照表";
        /// A table of indicators.
        Indicators = "table", "指标表";
        /// An indicator.
        Indicator = "indicator", "指标";
    }
}

/// What an address names.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// A place.
    Place(&'a Entry<Jurisdiction>),
    /// An instrument.
    Instrument(&'a Entry<Instrument>),
    /// An adjustment. Its address is its path, for its id is that of its instrument too.
    Adjustment(&'a Entry<Adjustment>),
    /// A standard.
    Standard(&'a Entry<Standard>),
    /// An edition.
    Edition(&'a Entry<Edition>),
    /// An item of an edition.
    Item(&'a Entry<Edition>, &'a Arc<Item>),
    /// A line of an item.
    Provision(&'a Entry<Edition>, &'a Arc<Item>, &'a Provision),
    /// A plan.
    Plan(&'a Entry<Plan>),
    /// A domain of a plan.
    Domain(&'a Entry<Plan>, &'a Domain),
    /// A key task of a plan.
    Task(&'a Entry<Plan>, &'a Domain, &'a Part),
    /// A project of a plan.
    Project(&'a Entry<Plan>, &'a Domain, &'a Part),
    /// A target of a plan.
    Goal(&'a Entry<Plan>, Placed<'a>),
    /// A crosswalk.
    Crosswalk(&'a Entry<Crosswalk>),
    /// A table of indicators.
    Indicators(&'a Entry<Indicators>),
    /// An indicator.
    Indicator(&'a Entry<Indicators>, &'a Indicator),
}

impl<'a> Target<'a> {
    /// Its full address, which names it and nothing else.
    pub fn address(&self) -> String {
        match self {
            Self::Place(entry) => entry.value.id.to_string(),
            Self::Instrument(entry) => entry.value.id.to_string(),
            Self::Adjustment(entry) => Expected::Adjustment(entry.value.id.clone()).path(),
            Self::Standard(entry) => entry.value.id.to_string(),
            Self::Edition(entry) => entry.value.id().to_string(),
            Self::Item(entry, item) => format!("{}#{}", entry.value.id(), item.id),
            Self::Provision(entry, item, line) => {
                format!("{}#{}/{}", entry.value.id(), item.id, line.id)
            }
            Self::Plan(entry) => entry.value.id.to_string(),
            Self::Domain(entry, domain) => format!("{}#{}", entry.value.id, domain.id),
            Self::Task(entry, domain, part) | Self::Project(entry, domain, part) => {
                format!("{}#{}/{}", entry.value.id, domain.id, part.id)
            }
            Self::Goal(entry, placed) => format!("{}#{}", entry.value.id, placed.target.id),
            Self::Crosswalk(entry) => entry.value.id.to_string(),
            Self::Indicators(entry) => entry.value.id.to_string(),
            Self::Indicator(entry, indicator) => format!("{}#{}", entry.value.id, indicator.id),
        }
    }

    /// What people call it; of a line without a name, its id.
    pub fn name(&self) -> Message {
        let both = |text: &Text| Message::new(text.zh.as_str(), text.en());
        match self {
            Self::Place(entry) => both(&entry.value.name),
            Self::Instrument(entry) => both(&entry.value.title),
            Self::Adjustment(entry) => {
                let id = &entry.value.id;
                Message::new(format!("调整 {id}"), format!("adjustment {id}"))
            }
            Self::Standard(entry) => both(&entry.value.name),
            Self::Edition(entry) => both(&entry.value.name),
            Self::Item(_, item) => both(&item.name),
            Self::Provision(_, item, line) => {
                let item = both(&item.name);
                let line = match &line.name {
                    Some(name) => both(name),
                    None => Message::new(line.id.as_str(), line.id.as_str()),
                };
                Message::new(
                    format!("{}·{}", item.zh, line.zh),
                    format!("{}: {}", item.en, line.en),
                )
            }
            Self::Plan(entry) => both(&entry.value.name),
            Self::Domain(_, domain) => both(&domain.name),
            Self::Task(_, _, part) | Self::Project(_, _, part) => both(&part.title),
            Self::Goal(_, placed) => match &placed.target.measures {
                Some(measures) => both(measures),
                None => {
                    let words = placed.target.excerpt.as_str();
                    Message::new(words, words)
                }
            },
            Self::Crosswalk(entry) => both(&entry.value.name),
            Self::Indicators(entry) => both(&entry.value.name),
            Self::Indicator(_, indicator) => both(&indicator.name),
        }
    }

    /// What sort of thing it is.
    pub const fn sort(&self) -> Sort {
        match self {
            Self::Place(_) => Sort::Place,
            Self::Instrument(_) => Sort::Instrument,
            Self::Adjustment(_) => Sort::Adjustment,
            Self::Standard(_) => Sort::Standard,
            Self::Edition(_) => Sort::Edition,
            Self::Item(..) => Sort::Item,
            Self::Provision(..) => Sort::Provision,
            Self::Plan(_) => Sort::Plan,
            Self::Domain(..) => Sort::Domain,
            Self::Task(..) => Sort::Task,
            Self::Project(..) => Sort::Project,
            Self::Goal(..) => Sort::Target,
            Self::Crosswalk(_) => Sort::Crosswalk,
            Self::Indicators(_) => Sort::Indicators,
            Self::Indicator(..) => Sort::Indicator,
        }
    }

    /// The path of the document in which it stands.
    pub const fn document(&self) -> &'a Arc<str> {
        match self {
            Self::Place(entry) => &entry.path,
            Self::Instrument(entry) => &entry.path,
            Self::Adjustment(entry) => &entry.path,
            Self::Standard(entry) => &entry.path,
            Self::Edition(entry) | Self::Item(entry, _) | Self::Provision(entry, _, _) => {
                &entry.path
            }
            Self::Plan(entry)
            | Self::Domain(entry, _)
            | Self::Task(entry, _, _)
            | Self::Project(entry, _, _)
            | Self::Goal(entry, _) => &entry.path,
            Self::Crosswalk(entry) => &entry.path,
            Self::Indicators(entry) | Self::Indicator(entry, _) => &entry.path,
        }
    }

    /// Where in the document it stands.
    pub fn within(&self) -> IdPath {
        match self {
            Self::Place(_)
            | Self::Instrument(_)
            | Self::Adjustment(_)
            | Self::Standard(_)
            | Self::Edition(_)
            | Self::Plan(_)
            | Self::Crosswalk(_)
            | Self::Indicators(_) => IdPath::root(),
            Self::Item(_, item) => ["items", item.id.as_str()].iter().collect(),
            Self::Provision(_, item, line) => {
                ["items", item.id.as_str(), "provisions", line.id.as_str()].iter().collect()
            }
            Self::Domain(_, domain) => ["domains", domain.id.as_str()].iter().collect(),
            Self::Task(_, domain, part) => {
                ["domains", domain.id.as_str(), "tasks", part.id.as_str()].iter().collect()
            }
            Self::Project(_, domain, part) => {
                ["domains", domain.id.as_str(), "projects", part.id.as_str()].iter().collect()
            }
            Self::Goal(_, placed) => placed.words().iter().collect(),
            Self::Indicator(_, indicator) => ["indicators", indicator.id.as_str()].iter().collect(),
        }
    }

    /// The edition in which it stands, or that it is.
    pub const fn edition(&self) -> Option<&'a Entry<Edition>> {
        match self {
            Self::Edition(entry) | Self::Item(entry, _) | Self::Provision(entry, _, _) => {
                Some(entry)
            }
            Self::Place(_)
            | Self::Instrument(_)
            | Self::Adjustment(_)
            | Self::Standard(_)
            | Self::Plan(_)
            | Self::Domain(..)
            | Self::Task(..)
            | Self::Project(..)
            | Self::Goal(..)
            | Self::Crosswalk(_)
            | Self::Indicators(_)
            | Self::Indicator(..) => None,
        }
    }
}

/// The git revision before an address, if one is there, and the rest.
pub fn revision(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((rev, rest)) if !rev.is_empty() => (Some(rev), rest),
        _ => (None, text),
    }
}

/// What a text names in a registry; see the [module](self) for how it is read.
pub fn look_up<'a>(registry: &'a Registry, text: &str) -> Result<Target<'a>, Missing> {
    let asked = Asked::read(text);
    let found = at_path(registry, text.trim());
    let found = if found.is_empty() { asked.in_order(registry) } else { found };
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(asked.agency(registry).unwrap_or_else(|| Missing::nothing(registry, &asked))),
        several => Err(Missing::Ambiguous(several.iter().map(Named::of).collect())),
    }
}

/// A text, folded and taken apart.
#[derive(Debug, Default)]
struct Asked {
    whole: String,
    path: Vec<String>,
    at: Option<String>,
    fragment: Vec<String>,
    /// Whether a part follows no grammar, or asks for a day.
    beyond: bool,
}

impl Asked {
    fn read(text: &str) -> Self {
        let whole = fold(text);
        let (rest, fragment) = match whole.split_once('#') {
            Some((rest, fragment)) => (rest, fragment.split('/').map(str::to_owned).collect()),
            None => (&*whole, Vec::new()),
        };
        let (rest, known) = match rest.split_once(";known=") {
            Some((rest, _)) => (rest, true),
            None => (rest, false),
        };
        let (path, at) = match rest.split_once('@') {
            Some((path, at)) => (path, Some(at.to_owned())),
            None => (rest, None),
        };
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        let empty = path.iter().chain(&fragment).chain(&at).any(String::is_empty);
        let beyond = known || empty || fragment.len() > 2;
        Self { path, at, fragment, beyond, whole }
    }

    /// The places one of whose agencies it names, if any does.
    fn agency(&self, registry: &Registry) -> Option<Missing> {
        let (place, agency) = match self.path.as_slice() {
            [agency] => (None, agency),
            [place, agency] => (Some(place.as_str()), agency),
            _ => return None,
        };
        if self.beyond || self.at.is_some() || !self.fragment.is_empty() {
            return None;
        }
        let holders = names::holders(registry, place, agency);
        (!holders.is_empty()).then(|| Missing::Agency(holders.iter().map(Named::of).collect()))
    }

    /// What it names, by the first reading under which it names anything.
    fn in_order<'a>(&self, registry: &'a Registry) -> Vec<Target<'a>> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let fragment: Vec<&str> = self.fragment.iter().map(String::as_str).collect();
        if self.beyond {
            return Vec::new();
        }
        let at = self.at.as_deref();
        let mut found = match path.as_slice() {
            [place] if at.is_none() && fragment.is_empty() => {
                let id = Id::parse(place).and_then(|id| registry.jurisdictions.get(&id));
                id.map(Target::Place).into_iter().collect()
            }
            [place, name] => {
                let full = names::standard(registry, (place, name), at, &fragment);
                match fragment.is_empty() && full.is_empty() {
                    true => names::in_place(registry, place, &[name], at),
                    false => full,
                }
            }
            [place, second, third] if fragment.is_empty() => {
                let full = at.is_none().then(|| names::instrument(registry, place, second, third));
                match full.flatten() {
                    Some(one) => vec![one],
                    None => names::in_place(registry, place, &[second, third], at),
                }
            }
            _ => Vec::new(),
        };
        if found.is_empty() && fragment.is_empty() {
            // A name may hold a `/` or an `@` itself.
            found = names::alone(registry, &self.whole, None);
        }
        if found.is_empty() {
            found = names::alone_within(registry, &path.join("/"), at, &fragment);
        }
        found
    }
}

/// The documents that stand at a path, or bear a file name.
fn at_path<'a>(registry: &'a Registry, text: &str) -> Vec<Target<'a>> {
    if !text.ends_with(".json") {
        return Vec::new();
    }
    let mut rest = text;
    loop {
        if let Some(one) = Expected::at(rest).and_then(|id| document(registry, &id)) {
            return vec![one];
        }
        match rest.split_once('/') {
            Some((_, below)) => rest = below,
            None => break,
        }
    }
    let named = |target: &Target<'_>| target.document().rsplit('/').next() == Some(rest);
    names::documents(registry).filter(named).collect()
}

/// The document of an id, where an address can name it.
fn document<'a>(registry: &'a Registry, id: &Expected) -> Option<Target<'a>> {
    Some(match id {
        Expected::Registry | Expected::Acceptance(_) => return None,
        Expected::Jurisdiction(id) => Target::Place(registry.jurisdictions.get(id)?),
        Expected::Instrument(id) => Target::Instrument(registry.instruments.get(id)?),
        Expected::Adjustment(id) => Target::Adjustment(registry.adjustments.get(id)?),
        Expected::Standard(id) => Target::Standard(registry.standards.get(id)?),
        Expected::Edition(id) => Target::Edition(registry.editions.get(id)?),
        Expected::Plan(id) => Target::Plan(registry.plans.get(id)?),
        Expected::Crosswalk(id) => Target::Crosswalk(registry.crosswalks.get(id)?),
        Expected::Indicators(id) => Target::Indicators(registry.indicators.get(id)?),
    })
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
