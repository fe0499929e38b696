//! An edition to fill in: a copy of the one before, the names of the taxonomy, or an empty
//! difference.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_check::whole;
use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::StandardId;
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::{Document, Edition, EditionId, Expected, Standard};
use jialiang_model::source::Source;
use jialiang_model::version::Version;

use super::{Desk, Draft, Failure, meant};
use crate::args::{NewEdition, Which};

impl Desk<'_> {
    pub(super) fn edition(&self, new: &NewEdition) -> Result<Draft, Failure> {
        let NewEdition { standard, version, name, label, instrument, difference_from } = new;
        let work = self.has_standard(standard)?;
        let registry = &self.loaded.registry;
        let mut editions: Vec<&Edition> = registry
            .editions
            .values()
            .map(|entry| &*entry.value)
            .filter(|edition| edition.standard == *standard)
            .collect();
        editions.sort_by(|a, b| a.version.cmp(&b.version));
        let version = version.clone().or_else(|| next(editions.last().copied()));
        let version = version.ok_or_else(too_high)?;
        let id = EditionId { standard: standard.clone(), version: version.clone() };
        let schema = self.vacant(&Expected::Edition(id))?;
        if let Some(instrument) = instrument {
            self.has_instrument(instrument)?;
        }
        let from = difference_from
            .as_ref()
            .map(|(standard, which)| self.one_edition(standard, which))
            .transpose()?;
        let before = editions.iter().rev().copied().find(|edition| edition.version < version);
        let begun = match (before, from) {
            // A text that was whole is not written as a difference by copying it.
            (Some(before), Some(_)) if before.difference_from.is_none() => Begun::empty(),
            (Some(before), _) if before.difference_from.is_some() && before.items.is_empty() => {
                Begun::empty()
            }
            (Some(before), _) => copy(registry, work, before, &version),
            (None, Some(_)) => Begun::empty(),
            (None, None) => named(registry, work, &version),
        };
        let document = Document::Edition(Box::new(Edition {
            schema,
            standard: standard.clone(),
            version,
            label: label.clone(),
            name: self.text(name),
            draft: Some(true),
            instrument: instrument.clone(),
            follows: before.map(|before| before.version.clone()),
            effective: None,
            difference_from: from
                .map(Edition::id)
                .or_else(|| before.and_then(|before| before.difference_from.clone())),
            transcribed: begun.transcribed,
            counts: None,
            declared: None,
            editorial: Vec::new(),
            errata: Vec::new(),
            source: self.source(instrument.as_ref()),
            items: begun.items,
        }));
        Ok(Draft { document, notes: begun.notes })
    }

    /// An edition that somebody names.
    fn one_edition(&self, standard: &StandardId, which: &Which) -> Result<&Edition, Failure> {
        self.has_standard(standard)?;
        let of_it = || {
            let all = self.loaded.registry.editions.values().map(|entry| &*entry.value);
            all.filter(|edition| edition.standard == *standard)
        };
        let mut found = of_it().filter(|edition| match which {
            Which::Version(version) => edition.version == *version,
            Which::Label(label) => edition.label.as_ref() == Some(label),
        });
        if let (Some(one), None) = (found.next(), found.next()) {
            return Ok(one);
        }
        let word = match which {
            Which::Version(version) => {
                let id = EditionId { standard: standard.clone(), version: version.clone() };
                self.is_readable(&Expected::Edition(id).path())?;
                format!("{standard}@{version}")
            }
            Which::Label(label) => format!("{standard}@{label}"),
        };
        let there: Vec<String> = of_it()
            .map(|edition| match &edition.label {
                Some(label) => format!("{} {label}", edition.id()),
                None => edition.id().to_string(),
            })
            .collect();
        let (zh, en) = match there.is_empty() {
            true => meant(
                None,
                &format!("请先写下它：jialiang new edition {standard} …"),
                &format!("write it first: jialiang new edition {standard} …"),
            ),
            false => {
                (format!("现有：{}", there.join("、")), format!("there are: {}", there.join(", ")))
            }
        };
        Err(Failure::Said(Message::new(
            format!("登记库里没有“{word}”这一版，或不止一版；{zh}"),
            format!("`{word}` names no single edition on record; {en}"),
        )))
    }
}

fn too_high() -> Failure {
    Failure::Said(Message::new("请写明版本号，如 …@2.0.0", "name the version, such as …@2.0.0"))
}

/// The version that a new text is likely to have: some items change for the better, and
/// check tells where it is more.
fn next(last: Option<&Edition>) -> Option<Version> {
    let Some(last) = last else { return Version::parse("1.0.0") };
    let version = last.version.semver();
    Version::parse(&format!("{}.{}.0", version.major, version.minor + 1))
}

/// The items with which an edition begins.
struct Begun {
    transcribed: Transcribed,
    items: Vec<Arc<Item>>,
    notes: Vec<Message>,
}

impl Begun {
    fn empty() -> Self {
        let note = Message::new(
            "以差异方式编写：只写与上级不同或本地增加的项目，其余从上级",
            "it is written as a difference: write the items that differ from the parent's, or are added; all others are as the parent has them",
        );
        Self { transcribed: Transcribed::None, items: Vec::new(), notes: vec![note] }
    }
}

/// The edition before, as a text that nobody has compared with a new one.
fn copy(registry: &Registry, work: &Standard, before: &Edition, version: &Version) -> Begun {
    let own = registry.taxonomy(work).filter(|taxonomy| taxonomy.id == work.id);
    let listed = |item: &&Arc<Item>| {
        let mut all = own.iter().flat_map(|own| own.categories()).flat_map(|c| &c.items);
        all.all(|listed| listed.id != item.id || listed.holds_in(version))
    };
    let items: Vec<Arc<Item>> =
        before.items.iter().filter(listed).map(|item| Arc::new(open(item))).collect();
    let (n, gone) = (items.len(), before.items.len() - items.len());
    let at = &before.version;
    let mut notes = vec![Message::new(
        format!("抄自前一版 {at} 的 {n} 个项目，请逐条改为新文本的内容；来源一律改为未核对"),
        format!(
            "{n} items are as in the edition before, {at}: make each what the new text says; no source counts as verified"
        ),
    )];
    if gone > 0 {
        notes.push(Message::new(
            format!("分类中自这一版起取消的 {gone} 个项目没有抄"),
            format!("{gone} items that the taxonomy retires with this edition were left out"),
        ));
    }
    Begun { transcribed: before.transcribed, items, notes }
}

/// An item of the edition before: its past is told there, and nobody has compared it with
/// the new text.
fn open(item: &Item) -> Item {
    let unverified = |source: &Source| Source { verified: false, ..source.clone() };
    let mut item = item.clone();
    item.continues = Vec::new();
    item.source = item.source.map(|source| Box::new(unverified(&source)));
    for provision in &mut item.provisions {
        provision.continues = None;
        provision.source = provision.source.take().map(|source| unverified(&source).into());
    }
    item
}

/// The items of the taxonomy by their names, as far as an edition above has them.
fn named(registry: &Registry, work: &Standard, version: &Version) -> Begun {
    let above = work.implements.as_ref().and_then(|implements| {
        let mut all: Vec<&Edition> = registry
            .editions
            .values()
            .map(|entry| &*entry.value)
            .filter(|e| e.standard == implements.standard && e.draft != Some(true))
            .filter(|e| implements.versions.admits(&e.version))
            .collect();
        all.sort_by(|a, b| a.version.cmp(&b.version));
        all.last().copied()
    });
    let whole = above.map(|above| whole(registry, above));
    let names: BTreeMap<&str, &Item> = whole
        .iter()
        .flat_map(|whole| &whole.items)
        .map(|item| (item.id.as_str(), &**item))
        .collect();
    let taxonomy = registry.taxonomy(work);
    // A taxonomy speaks of the versions of its own standard.
    let as_of = match (taxonomy, above) {
        (Some(taxonomy), _) if taxonomy.id == work.id => version,
        (_, Some(above)) => &above.version,
        _ => version,
    };
    let (mut items, mut left) = (Vec::new(), 0);
    for category in taxonomy.iter().flat_map(|taxonomy| taxonomy.categories()) {
        for listed in category.items.iter().filter(|listed| listed.holds_in(as_of)) {
            match names.get(listed.id.as_str()) {
                Some(item) => items.push(Arc::new(Item {
                    id: item.id.clone(),
                    name: item.name.clone(),
                    category: category.id.clone(),
                    transcribed: None,
                    recipients: None,
                    content: None,
                    provisions: Vec::new(),
                    responsibility: None,
                    lead_agencies: Vec::new(),
                    continues: Vec::new(),
                    source: None,
                })),
                None => left += 1,
            }
        }
    }
    let mut notes = Vec::new();
    let transcribed = match (items.len(), above) {
        (0, _) | (_, None) => Transcribed::None,
        (n, Some(above)) => {
            let id = above.id();
            notes.push(Message::new(
                format!("列出了 {id} 的 {n} 个项目名称，请按本地文本增删、改写"),
                format!(
                    "the names of {n} items are those of {id}: make them what the text here says"
                ),
            ));
            Transcribed::Names
        }
    };
    if left > 0 {
        notes.push(Message::new(
            format!("分类中另有 {left} 个项目，库中还没有名称，没有列出"),
            format!("{left} more items of the taxonomy have no name on record, and were left out"),
        ));
    }
    Begun { transcribed, items, notes }
}
