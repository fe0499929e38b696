//! An official document, and what rests on it.

use jialiang_model::Registry;
use jialiang_model::kind::{Edition, Instrument, Plan};
use jialiang_model::source::{Erratum, Source};

use crate::output::{Cell, Page, Row, Said, Shows, Words};
use crate::{adjustment, names, parts};

pub(crate) fn page(registry: &Registry, instrument: &Instrument) -> Page {
    let Instrument {
        schema: _,
        id,
        title,
        number,
        issuers,
        issued,
        published,
        effective,
        until,
        errata,
        source,
    } = instrument;
    let unseen = |zh, en| parts::fact(zh, en, Words::new("未登记", "not on record"));
    let mut facts = vec![
        parts::maybe("文号", "Number", number.as_ref().map(Words::both))
            .unwrap_or_else(|| unseen("文号", "Number")),
    ];
    if !issuers.is_empty() {
        facts.push(parts::fact("发文单位", "Issued by", names::agencies(registry, issuers)));
    }
    facts.push(
        parts::dated("印发日期", "Issued", *issued).unwrap_or_else(|| unseen("印发日期", "Issued")),
    );
    facts.extend(parts::dated("公布日期", "Made public", *published));
    facts.extend(parts::dated("施行日期", "Effective from", *effective));
    facts.extend(parts::dated("有效期届满次日", "First day no longer valid", *until));
    facts.extend(errata_fact(errata));
    let mut page = Page {
        shows: Shows::Instrument,
        address: id.to_string(),
        title: names::text(title).into(),
        facts,
        tables: Vec::new(),
        sources: source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    let made = registry.adjustments.values().map(|entry| &*entry.value);
    let made = made.filter(|one| one.instrument.as_ref() == Some(&instrument.id));
    let changes = adjustment::of_all(registry, made);
    let changes = (!changes.rows.is_empty()).then_some(changes);
    let mut rows = resting(registry, instrument);
    rows.extend(plans(registry, instrument));
    if rows.is_empty() && changes.is_none() {
        page.notes.push(Words::new(
            "登记库中没有哪一版标准或规划引用本文件。",
            "No edition or plan on record cites this document.",
        ));
    }
    page.tables.extend(changes);
    if !rows.is_empty() {
        page.tables.push(parts::table(
            "editions",
            ("引用本文件的标准和规划", "What cites it"),
            &[("edition", "标准、规划", "Standard or plan", 40), ("how", "引用之处", "Where", 60)],
            rows,
        ));
    }
    parts::legend(&mut page);
    page
}

/// The plans that an instrument published or that cite it.
fn plans(registry: &Registry, instrument: &Instrument) -> Vec<Row> {
    let id = Some(&instrument.id);
    let plans = registry.plans.values().map(|entry| &*entry.value);
    let row = |plan: &Plan| {
        let how = match plan.instrument.as_ref() == id {
            true => Words::new("由本文件公布", "published by it"),
            false => plan
                .source
                .as_ref()
                .filter(|source| source.instrument.as_ref() == id)
                .map(|_| Words::new("来源", "source of the plan"))?,
        };
        let cells = vec![Cell::one(names::text(&plan.name)), Cell::one(how)];
        Some(parts::row(&plan.id, None, cells))
    };
    plans.filter_map(row).collect()
}

/// What was wrong in our copy and has been mended.
pub(crate) fn errata_fact(errata: &[Erratum]) -> Option<crate::output::Fact> {
    let line = |Erratum { what, why, day }: &Erratum| Said {
        words: Words::new(format!("{day} {what}：{why}"), format!("{day} {what}: {why}")),
        verified: None,
    };
    let lines: Vec<Said> = errata.iter().map(line).collect();
    (!lines.is_empty()).then(|| parts::filled("转录勘误", "Errata of this copy", Cell::Said(lines)))
}

/// The editions that cite an instrument, and where.
fn resting(registry: &Registry, instrument: &Instrument) -> Vec<Row> {
    let editions = registry.editions.values().map(|entry| &*entry.value);
    let row = |edition: &Edition| {
        let lines = citing(edition, instrument);
        (!lines.is_empty()).then(|| {
            let name = Cell::one(names::text(&edition.name));
            parts::row(edition.id(), None, vec![name, Cell::Said(lines)])
        })
    };
    editions.filter_map(row).collect()
}

fn citing(edition: &Edition, instrument: &Instrument) -> Vec<Said> {
    let id = Some(&instrument.id);
    let from = |source: Option<&Source>| source.is_some_and(|s| s.instrument.as_ref() == id);
    let mut places = Vec::new();
    let mut see = |zh: String, en: String| {
        places.push(Said { words: Words::new(zh, en), verified: None });
    };
    if edition.instrument.as_ref() == id {
        see("由本文件公布".to_owned(), "published by it".to_owned());
    }
    let declared = edition.declared.as_ref().and_then(|declared| declared.source.as_ref());
    if from(edition.source.as_ref()) || from(declared) {
        see("来源".to_owned(), "source of the edition".to_owned());
    }
    let sourced = edition.items.iter().filter(|item| from(item.source.as_deref()));
    let (zh, en): (Vec<&str>, Vec<&str>) =
        sourced.map(|item| (item.name.zh.as_str(), item.name.en())).unzip();
    if !zh.is_empty() {
        see(
            format!("{} 个服务项目的来源：{}", zh.len(), zh.join("、")),
            format!("source of {}: {}", parts::many(en.len(), "item", "items"), en.join("; ")),
        );
    }
    for item in &edition.items {
        let (zh, en) = (item.name.zh.as_str(), item.name.en());
        let pays = item.responsibility.as_ref().and_then(|pays| pays.instrument.as_ref());
        if pays == id {
            see(format!("{zh}：支出责任"), format!("{en}: who pays"));
        }
        for line in &item.provisions {
            let words = parts::provision(line);
            if from(line.source.as_deref()) {
                see(format!("{zh}：{}", words.zh), format!("{en}: {}", words.en));
            } else if let jialiang_model::provision::Form::Pegged(peg) = &line.form
                && peg.instrument.as_ref() == id
            {
                see(format!("{zh}：{}（挂钩）", words.zh), format!("{en}: {} (pegged)", words.en));
            }
        }
    }
    places
}
