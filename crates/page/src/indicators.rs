//! Indicators, and what was observed of them.

use jialiang_model::Registry;
use jialiang_model::kind::Indicators;
use jialiang_model::kind::indicators::{Indicator, Observation};
use jialiang_model::source::Source;

use crate::output::{Cell, Page, Shows, Words};
use crate::{names, parts};

pub(crate) fn page(registry: &Registry, table: &Indicators) -> Page {
    let Indicators { schema: _, id, name, source, indicators } = table;
    let rows = indicators.iter().map(|one| {
        let last = one.observations.last();
        let cells = vec![
            Cell::one(names::text(&one.name)),
            Cell::one(Words::new(one.unit.zh(), one.unit.to_string())),
            Cell::maybe(last.map(|seen| Words::both(seen.value))),
            Cell::maybe(last.map(|seen| parts::day(seen.of))),
            Cell::one(Words::both(one.observations.len())),
        ];
        let verified = parts::verified(one.source.as_ref().or(source.as_ref()));
        parts::row(format!("{id}#{}", one.id), verified, cells)
    });
    let columns = [
        ("name", "指标", "Indicator", 44),
        ("unit", "单位", "Unit", 18),
        ("value", "最近数值", "Last value", 13),
        ("of", "所属时间", "Of", 15),
        ("observations", "数据条数", "Observations", 10),
    ];
    let mut page = Page {
        shows: Shows::Indicators,
        address: id.to_string(),
        title: names::text(name).into(),
        facts: Vec::new(),
        tables: vec![parts::table("indicators", ("指标", "Indicators"), &columns, rows.collect())],
        sources: source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    parts::legend(&mut page);
    page
}

pub(crate) fn one(registry: &Registry, table: &Indicators, indicator: &Indicator) -> Page {
    let Indicator { id, name, unit, observations, source } = indicator;
    let mut within = parts::fact("指标表", "Table", names::text(&table.name));
    within.address = Some(table.id.to_string());
    let nearest: Option<&Source> = source.as_ref().or(table.source.as_ref());
    let rows = observations.iter().map(|seen| {
        let Observation { of, value, published, source } = seen;
        let own = source.as_ref();
        let cells = vec![
            Cell::one(parts::day(*of)),
            Cell::one(Words::new(format!("{value} {}", unit.zh()), format!("{value} {unit}"))),
            Cell::maybe(published.map(parts::day)),
            own.map_or(Cell::Nothing, |source| parts::source(registry, source).value),
        ];
        let verified = parts::verified(own.or(nearest));
        parts::row(format!("{}#{id}", table.id), verified, cells)
    });
    let columns = [
        ("of", "所属时间", "Of", 18),
        ("value", "数值", "Value", 18),
        ("published", "发布日期", "Made public", 16),
        ("source", "另注来源", "Source of its own", 48),
    ];
    let mut page = Page {
        shows: Shows::Indicator,
        address: format!("{}#{id}", table.id),
        title: names::text(name).into(),
        facts: vec![within, parts::fact("单位", "Unit", Words::new(unit.zh(), unit.to_string()))],
        tables: vec![parts::table(
            "observations",
            ("数据", "Observations"),
            &columns,
            rows.collect(),
        )],
        sources: nearest.into_iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    if observations.is_empty() {
        page.tables.clear();
        page.notes.push(Words::new("尚无数据。", "Nothing has been observed yet."));
    }
    parts::legend(&mut page);
    page
}
