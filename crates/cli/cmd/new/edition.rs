//! An edition to fill in: a copy of the one before, the names of the taxonomy, or an empty
//! difference.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::StandardId;
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::standard::Listed;
use jialiang_model::kind::{Document, Edition, EditionId, Expected, Standard};
use jialiang_model::source::Source;
use jialiang_model::version::{Label, Version};

use super::known::{last, meant};
use super::standard::unmet;
use super::{Desk, Draft, Failure};
use crate::args::{NewEdition, Which};

impl Desk<'_> {
    pub(super) fn edition(&self, new: &NewEdition) -> Result<Draft, Failure> {
        let NewEdition { standard, version, name, label, instrument, difference_from } = new;
        let work = self.has_standard(standard)?;
        let registry = &self.loaded.registry;
        let editions = self.editions(standard);
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
        if let Some(label) = label {
            not_labelled_so(&editions, label)?;
        }
        if let Some(from) = from {
            answers(work, from)?;
        }
        let before = editions.iter().rev().copied().find(|edition| edition.version < version);
        let mut begun = match (before, from) {
            // A text that was whole is not written as a difference by copying it.
            (Some(before), Some(_)) if before.difference_from.is_none() => Begun::empty(),
            (Some(before), _) if before.difference_from.is_some() && before.items.is_empty() => {
                Begun::empty()
            }
            (Some(before), _) => copy(registry, work, before, &version),
            (None, Some(_)) => Begun::empty(),
            (None, None) => named(self, work, &version),
        };
        if let Some(later) = editions.iter().find(|edition| edition.version > version) {
            let later = &later.version;
            begun.notes.push(Message::new(
                format!(
                    "这一版排在已有的 {later} 版之前；若确是更早的一版，定稿时请在 {later} 版里写 \"follows\": \"{version}\""
                ),
                format!(
                    "edition {later} comes after it; where it is an earlier text indeed, write \"follows\": \"{version}\" in {later} once it is final"
                ),
            ));
        }
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
            enacts: Vec::new(),
            not_applicable: Vec::new(),
            errata: Vec::new(),
            source: self.source(instrument.as_ref()),
            items: begun.items,
        }));
        Ok(Draft { document, notes: begun.notes })
    }

    /// An edition that somebody names.
    fn one_edition(&self, standard: &StandardId, which: &Which) -> Result<&Edition, Failure> {
        self.has_standard(standard)?;
        let all = self.editions(standard);
        let mut found = all.iter().copied().filter(|edition| match which {
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
        let there: Vec<String> = all
            .iter()
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

/// That no other edition of the standard has a label: people ask by it.
fn not_labelled_so(editions: &[&Edition], label: &Label) -> Result<(), Failure> {
    match editions.iter().find(|edition| edition.label.as_ref() == Some(label)) {
        None => Ok(()),
        Some(other) => {
            let other = other.id();
            Err(Failure::Said(Message::new(
                format!("没有写：“{label}”已是 {other} 的通称；请给这一版另起通称（--label）"),
                format!(
                    "nothing was written: `{label}` is the label of {other} already; give this edition one of its own with --label"
                ),
            )))
        }
    }
}

/// That a standard answers to the edition on which one of its own is to be written.
fn answers(work: &Standard, from: &Edition) -> Result<(), Failure> {
    let (own, from) = (&work.id, from.id());
    let (zh, en) = match &work.implements {
        None => (
            format!("标准 {own} 没有写明落实哪部上级标准（implements）"),
            format!("the standard {own} does not say which one it implements"),
        ),
        Some(implements) => {
            let (above, versions) = (&implements.standard, &implements.versions);
            if *above == from.standard && versions.admits(&from.version) {
                return Ok(());
            }
            (
                format!("标准 {own} 落实的是 {above} 的 {versions}，不是 {from}"),
                format!("the standard {own} implements {above} at {versions}, and not {from}"),
            )
        }
    };
    Err(Failure::Said(Message::new(
        format!("没有写：{zh}；请改 --difference-from，或先改标准里的 implements"),
        format!(
            "nothing was written: {en}; mend --difference-from, or first what the standard implements"
        ),
    )))
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

/// The items of the taxonomy by their names, as far as an edition above has them, or one on
/// which that is written as a difference.
fn named(desk: &Desk<'_>, work: &Standard, version: &Version) -> Begun {
    let registry = &desk.loaded.registry;
    let mut notes = Vec::new();
    let above = work.implements.as_ref().and_then(|implements| {
        let (standard, versions) = (&implements.standard, &implements.versions);
        let all = desk.editions(standard);
        notes.extend(unmet(standard, versions, &all));
        let admitted = all.into_iter().filter(|edition| versions.admits(&edition.version));
        last(&admitted.collect::<Vec<_>>())
    });
    let chain = above.map(|above| chain(registry, above)).unwrap_or_default();
    let mut names: BTreeMap<&str, (&Item, &Edition)> = BTreeMap::new();
    for edition in &chain {
        for item in &edition.items {
            names.entry(item.id.as_str()).or_insert((item, edition));
        }
    }
    let taxonomy = registry.taxonomy(work);
    // A taxonomy speaks of the versions of its own standard.
    let as_of = taxonomy.and_then(|taxonomy| match taxonomy.id == work.id {
        true => Some(version),
        false => chain.iter().find(|e| e.standard == taxonomy.id).map(|e| &e.version),
    });
    let (mut items, mut left) = (Vec::new(), 0);
    let mut taken: BTreeMap<EditionId, usize> = BTreeMap::new();
    for category in taxonomy.iter().flat_map(|taxonomy| taxonomy.categories()) {
        let holds = |listed: &&Listed| match as_of {
            Some(version) => listed.holds_in(version),
            None => listed.until.is_none(),
        };
        for listed in category.items.iter().filter(holds) {
            let Some((item, edition)) = names.get(listed.id.as_str()) else {
                left += 1;
                continue;
            };
            *taken.entry(edition.id()).or_default() += 1;
            items.push(Arc::new(Item {
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
            }));
        }
    }
    let transcribed = match above.filter(|_| !items.is_empty()) {
        None => Transcribed::None,
        Some(above) => {
            let from = |zh: bool| {
                let one = |edition: &&Edition| {
                    let (id, n) = (edition.id(), taken.get(&edition.id())?);
                    Some(if zh { format!("{id} 的 {n} 个") } else { format!("{n} of {id}") })
                };
                let all: Vec<String> = chain.iter().filter_map(one).collect();
                all.join(if zh { "、" } else { ", " })
            };
            notes.push(Message::new(
                format!("列出了项目名称：{}；请按本地文本增删、改写", from(true)),
                format!(
                    "the names of items are listed, {}: make them what the text here says",
                    from(false)
                ),
            ));
            let id = above.id();
            notes.push(Message::new(
                format!("只写与上级不同的项目，更短：删去这份文档，加 --difference-from {id} 再运行"),
                format!(
                    "to write only what differs from the parent's is shorter: delete this document, and run this again with --difference-from {id}"
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

/// An edition, and those on which it is written as a difference, the nearest first.
fn chain<'a>(registry: &'a Registry, edition: &'a Edition) -> Vec<&'a Edition> {
    let up = |edition: &&'a Edition| {
        let parent = registry.editions.get(edition.difference_from.as_ref()?)?;
        Some(&*parent.value)
    };
    // A circle is a rule's to find.
    std::iter::successors(Some(edition), up).take(16).collect()
}
