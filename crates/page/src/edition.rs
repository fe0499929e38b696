//! An edition: the official six-column table.

use std::collections::BTreeSet;
use std::sync::Arc;

use jialiang_diff::{Class, completed};
use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::{Id, ProvisionRef};
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::Edition;
use jialiang_model::kind::edition::{Counts, NotApplicable};

use crate::grouping::Grouping;
use crate::output::{Cell, Fact, Page, Said, Shows, Words};
use crate::{columns, names, official, parts};

/// The id of the official table on an edition's page.
const TABLE: &str = "items";
/// What stands behind the number of an item that the parent edition has.
const TAKEN_OVER: &str = "↑";

pub(crate) fn of(registry: &Registry, edition: &Edition) -> Page {
    page(registry, edition, edition, &edition.id().to_string())
}

/// The edition with every item that it takes over.
pub(crate) fn whole(registry: &Registry, edition: &Edition) -> Page {
    match complete(registry, edition) {
        Some(all) => page(registry, &all, edition, &edition.id().to_string()),
        None => of(registry, edition),
    }
}

/// The whole text of a difference, in the order of the taxonomy; none where the edition is no
/// difference or what it is written on is not on record.
pub(crate) fn complete(registry: &Registry, edition: &Edition) -> Option<Edition> {
    let mut all = full(registry, edition, 0)?;
    let grouping = Grouping::of(registry, edition);
    all.items.sort_by_key(|item| grouping.rank(&item.category));
    Some(all)
}

/// The whole text of a difference; none where what it is written on is not on record.
fn full(registry: &Registry, edition: &Edition, depth: usize) -> Option<Edition> {
    // Documents that lead back to themselves are for a rule to find.
    const DEEPEST: usize = 16;
    let on = edition.difference_from.as_ref().filter(|_| depth < DEEPEST)?;
    let parent = &registry.editions.get(on)?.value;
    let whole = full(registry, parent, depth + 1);
    Some(completed(edition, whole.as_ref().unwrap_or(parent)))
}

/// The page of an edition: its items as `shown` has them, where `own` is what it writes itself.
pub(crate) fn page(registry: &Registry, shown: &Edition, own: &Edition, address: &str) -> Page {
    let mut page = Page {
        shows: Shows::Edition,
        address: address.to_owned(),
        title: names::text(&own.name).into(),
        facts: facts(registry, own),
        tables: vec![items(registry, shown, own)],
        sources: own.source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    page.notes.extend(on_what_it_is_written(registry, shown, own));
    page.notes.extend(missing(shown));
    if shown.items.is_empty() {
        page.tables.clear();
        page.notes.push(Words::new("服务项目尚未录入。", "None of its items is on record yet."));
    }
    parts::legend(&mut page);
    page
}

fn facts(registry: &Registry, edition: &Edition) -> Vec<Fact> {
    let instrument = edition.instrument.as_ref().and_then(|id| registry.instruments.get(id));
    let instrument = instrument.map(|entry| &entry.value);
    let mut facts = vec![parts::fact(
        "版本",
        "Version",
        parts::version(&edition.version, edition.label.as_ref()),
    )];
    if edition.draft == Some(true) {
        facts.push(parts::fact(
            "状态",
            "State",
            Words::new("草案，尚可改动", "a draft that may still change"),
        ));
    }
    let id = edition.instrument.as_ref();
    facts.extend(id.map(|id| parts::instrument(registry, "公布文件", "Published by", id)));
    facts.extend(parts::dated("印发日期", "Issued", instrument.and_then(|i| i.issued)));
    facts.extend(parts::dated("公布日期", "Made public", instrument.and_then(|i| i.published)));
    facts.extend(parts::dated("施行日期", "Effective from", edition.effective));
    facts.extend(parts::maybe("上一版", "Follows", edition.follows.as_ref().map(Words::both)));
    facts.extend(edition.difference_from.as_ref().map(|on| {
        let mut fact = parts::fact("编写依据", "Written on", written_on(registry, edition));
        fact.address = Some(on.to_string());
        fact
    }));
    facts.extend(parts::maybe(
        "公布数量",
        "Declared to hold",
        edition.counts.as_ref().and_then(counted),
    ));
    facts.extend(parts::maybe("通知所述调整", "Declared changes", declared(edition)));
    facts.push(parts::fact("转录程度", "Transcribed", transcribed(edition)));
    facts.extend(enacts(registry, edition));
    facts.extend(set_aside(registry, edition));
    facts
}

/// The lines by which the edition itself changes what is in force.
fn enacts(registry: &Registry, edition: &Edition) -> Option<Fact> {
    let line = |reference: &ProvisionRef| {
        let held = edition.items.iter().find(|item| item.id.as_str() == reference.item());
        let line = held.and_then(|item| {
            item.provisions.iter().find(|line| line.id.as_str() == reference.provision())
        });
        let item = Id::parse(reference.item());
        let item = item.map(|id| names::item(registry, &edition.standard, &id));
        let words = match (item, line) {
            (Some(item), Some(line)) => {
                let line = parts::provision(line);
                Words::new(format!("{}：{}", item.zh, line.zh), format!("{}: {}", item.en, line.en))
            }
            (Some(_) | None, _) => Words::both(reference),
        };
        Said { words, verified: None }
    };
    let lines: Vec<Said> = edition.enacts.iter().map(line).collect();
    let said = || parts::filled("由本版调整的标准", "Enacted by it", Cell::Said(lines));
    (!edition.enacts.is_empty()).then(said)
}

/// The parent's items that are not applicable here, and why.
fn set_aside(registry: &Registry, edition: &Edition) -> Option<Fact> {
    let line = |one: &NotApplicable| {
        let NotApplicable { item, reason, source } = one;
        let name = names::item(registry, &edition.standard, item);
        let mut words = Words::from(name);
        match reason {
            Some(reason) => {
                words.zh += &format!("（{}）", reason.zh);
                words.en += &format!(" ({})", reason.en());
            }
            None => {
                words.zh += "（未写理由）";
                words.en += " (no reason given)";
            }
        }
        Said { words, verified: parts::verified(source.as_ref()) }
    };
    let lines: Vec<Said> = edition.not_applicable.iter().map(line).collect();
    let said = || parts::filled("不适用的上级项目", "Not applicable here", Cell::Said(lines));
    (!edition.not_applicable.is_empty()).then(said)
}

/// The edition on which a difference is written, by name.
fn written_on(registry: &Registry, edition: &Edition) -> Message {
    let Some(on) = &edition.difference_from else {
        return names::both("");
    };
    registry.editions.get(on).map_or_else(|| names::both(on), |e| names::text(&e.value.name))
}

/// How many the edition says it holds, in words.
fn counted(counts: &Counts) -> Option<Words> {
    let Counts { areas, categories, items } = counts;
    let all = [
        areas.map(|n| (format!("{n} 个方面"), parts::many(n, "area", "areas"))),
        categories.map(|n| (format!("{n} 个类别"), parts::many(n, "category", "categories"))),
        items.map(|n| (format!("{n} 个服务项目"), parts::many(n, "item", "items"))),
    ];
    let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().flatten().unzip();
    (!zh.is_empty()).then(|| Words::new(zh.join("、"), en.join(", ")))
}

/// What the notice says it changed, in words.
fn declared(edition: &Edition) -> Option<Words> {
    let summary = edition.declared.as_deref()?;
    let class = |class: &Class| {
        let count = class.of(summary)?.count;
        Some((format!("{} {count} 项", class.zh()), format!("{count} {}", class.en())))
    };
    let mut all: Vec<_> = Class::ALL.iter().filter_map(class).collect();
    if let Some(n) = summary.touched {
        all.push((format!("共涉及 {n} 项"), format!("{} in all", parts::many(n, "item", "items"))));
    }
    let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    (!zh.is_empty()).then(|| Words::new(zh.join("、"), en.join(", ")))
}

/// How far an edition is on record, and how far that was compared with its sources.
fn transcribed(edition: &Edition) -> Words {
    let all = edition.items.len();
    if all == 0 {
        return Words::new(edition.transcribed.zh(), edition.transcribed.as_str());
    }
    let full = |item: &&Arc<Item>| edition.transcribed(item) == Transcribed::Full;
    let full = edition.items.iter().filter(full).count();
    let lined = edition.items.iter().filter(|item| !item.provisions.is_empty()).count();
    let doubted = edition.items.iter().filter(|item| is_unverified(edition, item)).count();
    Words::new(
        format!(
            "{}；登记 {all} 个服务项目，其中全文 {full} 项、有服务标准 {lined} 项、未核对 {doubted} 项",
            edition.transcribed.zh()
        ),
        format!(
            "{}; {} on record: {full} in full, {lined} with provisions, {doubted} unverified",
            edition.transcribed,
            parts::many(all, "item", "items"),
        ),
    )
}

fn is_unverified(edition: &Edition, item: &Item) -> bool {
    parts::verified(official::source(edition, item)) == Some(false)
        || item.provisions.iter().any(official::is_unverified)
}

fn items(registry: &Registry, shown: &Edition, own: &Edition) -> crate::output::Table {
    let grouping = Grouping::of(registry, own);
    let mine: BTreeSet<&str> = own.items.iter().map(|item| item.id.as_str()).collect();
    let (mut rows, mut area, mut category) = (Vec::new(), None, None);
    for (item, number) in shown.items.iter().zip(1..) {
        if category != Some(&item.category) {
            match grouping.standing(&item.category) {
                Some(at) => {
                    if area != Some(&at.area.id) {
                        rows.push(parts::group(1, at.area_title()));
                        area = Some(&at.area.id);
                    }
                    rows.push(parts::group(2, at.category_title()));
                }
                None => rows.push(parts::group(2, Words::both(&item.category))),
            }
            category = Some(&item.category);
        }
        let from = if mine.contains(item.id.as_str()) { own } else { origin(registry, own, item) };
        let mark = if std::ptr::eq(from, own) { "" } else { TAKEN_OVER };
        let verified = parts::verified(official::source(from, item));
        let mut cells = vec![Cell::one(Words::both(format!("{number}{mark}")))];
        cells.extend(six(registry, item, shown.transcribed(item)));
        rows.push(parts::row(format!("{}#{}", from.id(), item.id), verified, cells));
    }
    let columns = [
        ("number", columns::NUMBER, "No.", 5),
        ("name", columns::NAME, "Item", 16),
        ("recipients", columns::RECIPIENTS, "Recipients", 22),
        ("content", columns::CONTENT, "Content", 28),
        ("provisions", columns::PROVISIONS, "Standard", 30),
        ("responsibility", columns::RESPONSIBILITY, "Who pays", 18),
        ("lead-agencies", columns::LEAD_AGENCIES, "Lead agencies", 16),
    ];
    parts::table(TABLE, ("服务项目", "Items"), &columns, rows)
}

/// The edition, on the way up, that writes an item; the last where none is found to.
fn origin<'a>(registry: &'a Registry, own: &'a Edition, item: &Item) -> &'a Edition {
    let mut at = own;
    for _ in 0..16 {
        let above = at.difference_from.as_ref().and_then(|on| registry.editions.get(on));
        let Some(above) = above else { break };
        at = &above.value;
        if at.items.iter().any(|other| other.id == item.id) {
            break;
        }
    }
    at
}

/// The six official cells of an item.
pub(crate) fn six(registry: &Registry, item: &Item, read: Transcribed) -> [Cell; 6] {
    let or_missing = |cell: Option<Cell>| {
        cell.unwrap_or(match read {
            Transcribed::Full => Cell::Nothing,
            Transcribed::None | Transcribed::Names | Transcribed::Partial => Cell::Unseen,
        })
    };
    let lines: Vec<_> = item.provisions.iter().map(parts::said).collect();
    let agencies = names::agencies(registry, &item.lead_agencies);
    let words = |zh, en| Cell::one(names::phrases(zh, en));
    [
        Cell::one(names::text(&item.name)),
        or_missing(item.recipients.as_ref().map(|who| words(&who.zh, who.en.as_ref()))),
        or_missing(item.content.as_ref().map(|content| Cell::one(names::text(content)))),
        or_missing((!lines.is_empty()).then_some(Cell::Said(lines))),
        or_missing(item.responsibility.as_ref().map(|pays| words(&pays.zh, pays.en.as_ref()))),
        or_missing((!item.lead_agencies.is_empty()).then(|| Cell::one(agencies))),
    ]
}

fn on_what_it_is_written(registry: &Registry, shown: &Edition, own: &Edition) -> Option<Words> {
    own.difference_from.as_ref()?;
    let on = written_on(registry, own);
    let (all, mine) = (shown.items.len(), own.items.len());
    let mut said = match all == mine {
        true => Words::new(
            format!("本版在{}的基础上编写，只列与之不同的和新增的服务项目", on.zh),
            format!(
                "Written as a difference from {}: only items that differ or are new stand here",
                on.en
            ),
        ),
        false => Words::new(
            format!("{TAKEN_OVER}　沿用{}的服务项目，其余 {mine} 项为本版所列", on.zh),
            format!(
                "{TAKEN_OVER} taken over from {}, where this edition writes {mine} itself",
                on.en
            ),
        ),
    };
    // What is not on record may differ too.
    let listed = matches!(own.transcribed, Transcribed::Names | Transcribed::Full);
    said.zh += match listed {
        true => "；未列的项目与其一致。",
        false => "；本版尚未全部录入，未列的项目是否与其一致不明。",
    };
    said.en += match listed {
        true => "; the others are as they are there.",
        false => {
            "; not all of it is on record, so that whether the others are as they are there is not known."
        }
    };
    Some(said)
}

/// That fewer or more items are on record than the edition says it holds.
fn missing(edition: &Edition) -> Option<Words> {
    let said = edition.counts.as_ref()?.items?.get();
    let held = u32::try_from(edition.items.len()).unwrap_or(u32::MAX);
    let part = edition.difference_from.is_some();
    // What is not listed at all is told by how far the edition is transcribed.
    (said != held && !part && held > 0).then(|| {
        Words::new(
            format!("公布 {said} 个服务项目，登记 {held} 个。"),
            format!("{} declared, {held} on record.", parts::many(said, "item", "items")),
        )
    })
}
