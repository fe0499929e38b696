//! A place, its agencies, and what it has made.

use jialiang_model::Registry;
use jialiang_model::id::WorkId;
use jialiang_model::kind::jurisdiction::{Followed, Level};
use jialiang_model::kind::{Jurisdiction, Kind};
use jialiang_model::text::Text;

use crate::output::{Cell, Fact, Page, Row, Said, Shows, Table, Words};
use crate::{names, parts};

pub(crate) fn page(registry: &Registry, place: &Jurisdiction) -> Page {
    let Jurisdiction {
        schema: _,
        id,
        name,
        level,
        code,
        parent,
        from,
        until,
        agencies: _,
        followed,
        source,
    } = place;
    let mut facts = vec![parts::fact("层级", "Level", level_words(*level))];
    facts.extend(parts::maybe("行政区划代码", "Code (GB/T 2260)", code.as_ref().map(Words::both)));
    facts.extend(parent.as_ref().map(|above| {
        let mut fact = parts::fact("上级", "Place above", names::place(registry, above));
        fact.address = Some(above.to_string());
        fact
    }));
    if from.is_some() || until.is_some() {
        facts.push(parts::filled("存续期间", "Exists", parts::interval(*from, *until)));
    }
    facts.extend(through(registry, followed));
    let tables = [
        places(registry, place),
        agencies(place),
        standards(registry, place),
        editions(registry, place),
        works(registry, place),
        adjustments(registry, place),
        instruments(registry, place),
    ];
    let mut page = Page {
        shows: Shows::Place,
        address: id.to_string(),
        title: names::text(name).into(),
        facts,
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        sources: source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    parts::legend(&mut page);
    page
}

fn level_words(level: Level) -> Words {
    Words::new(level.zh(), level.as_str())
}

fn places(registry: &Registry, place: &Jurisdiction) -> Table {
    let below =
        registry.jurisdictions.values().filter(|e| e.value.parent.as_ref() == Some(&place.id));
    let rows = below.map(|entry| {
        let one = &entry.value;
        let cells = vec![
            Cell::one(names::text(&one.name)),
            Cell::one(level_words(one.level)),
            Cell::maybe(one.code.as_ref().map(Words::both)),
            Cell::one(Words::both(&one.id)),
        ];
        parts::row(&one.id, parts::verified(one.source.as_ref()), cells)
    });
    let columns = [
        ("name", "名称", "Name", 40),
        ("level", "层级", "Level", 15),
        ("code", "代码", "Code", 15),
        ("id", "标识", "Id", 30),
    ];
    parts::table("places", ("下级", "Places below"), &columns, rows.collect())
}

fn agencies(place: &Jurisdiction) -> Table {
    let rows = place.agencies.iter().map(|agency| {
        let id = format!("{}/{}", place.id, agency.id);
        let cells = vec![
            Cell::one(names::text(&agency.name)),
            parts::interval(agency.from, agency.until),
            Cell::one(Words::both(&id)),
        ];
        Row::Line(crate::output::Line { address: None, verified: None, cells })
    });
    let columns = [
        ("name", "名称", "Name", 50),
        ("exists", "存续期间", "Exists", 20),
        ("id", "标识", "Id", 30),
    ];
    parts::table("agencies", ("单位", "Agencies"), &columns, rows.collect())
}

fn standards(registry: &Registry, place: &Jurisdiction) -> Table {
    let own = registry.standards.values().filter(|e| e.value.id.place() == place.id.as_str());
    let rows = own.map(|entry| {
        let one = &entry.value;
        let cells = vec![Cell::one(names::text(&one.name)), Cell::one(Words::both(&one.id))];
        parts::row(&one.id, parts::verified(one.source.as_ref()), cells)
    });
    let columns = [("name", "名称", "Name", 60), ("id", "标识", "Id", 40)];
    parts::table("standards", ("标准", "Standards"), &columns, rows.collect())
}

fn editions(registry: &Registry, place: &Jurisdiction) -> Table {
    let own = registry.editions.values().filter(|e| e.value.standard.place() == place.id.as_str());
    super::standard::editions_table(own.map(|entry| &*entry.value))
}

/// Through which day its instruments have been followed.
fn through(registry: &Registry, followed: &[Followed]) -> Option<Fact> {
    let line = |one: &Followed| {
        let Followed { through, standard, items } = one;
        let mut of: Vec<Words> = Vec::new();
        of.extend(standard.as_ref().map(|id| names::standard(registry, id).into()));
        let name = |id| match standard {
            Some(standard) => names::item(registry, standard, id),
            None => names::both(id),
        };
        of.extend(items.iter().map(|id| name(id).into()));
        let (zh, en): (Vec<_>, Vec<_>) = of.into_iter().map(|words| (words.zh, words.en)).unzip();
        let words = match zh.is_empty() {
            true => Words::new(
                format!("全部：至 {through}（含当日）"),
                format!("all: through {through}"),
            ),
            false => Words::new(
                format!("{}：至 {through}（含当日）", zh.join("、")),
                format!("{}: through {through}", en.join("; ")),
            ),
        };
        Said { words, verified: None }
    };
    let lines: Vec<Said> = followed.iter().map(line).collect();
    (!lines.is_empty()).then(|| parts::filled("文件跟踪", "Followed", Cell::Said(lines)))
}

/// What was changed here, document by document in the order of ids.
fn adjustments(registry: &Registry, place: &Jurisdiction) -> Table {
    let own = registry.adjustments.values().filter(|e| e.value.place() == place.id.as_str());
    let rows = own.map(|entry| {
        let one = &entry.value;
        let changes = one.operations.len();
        let cells = vec![
            Cell::one(super::adjustment::title(registry, one)),
            Cell::one(names::standard(registry, &one.standard)),
            Cell::one(Words::both(changes)),
            Cell::one(Words::both(&one.id)),
        ];
        let address = super::adjustment::address(&one.id);
        parts::row(address, parts::verified(one.source.as_ref()), cells)
    });
    let columns = [
        ("name", "名称", "Name", 45),
        ("standard", "标准", "Standard", 25),
        ("operations", "事项数", "Changes", 8),
        ("id", "标识", "Id", 22),
    ];
    parts::table("adjustments", ("调整", "Adjustments"), &columns, rows.collect())
}

/// Plans, crosswalks and tables of indicators.
fn works(registry: &Registry, place: &Jurisdiction) -> Table {
    let of_place = |id: &WorkId| id.as_str().split('/').next() == Some(place.id.as_str());
    let row = |id: &WorkId, name: &Text, kind: Kind, verified| {
        let cells = vec![
            Cell::one(names::text(name)),
            Cell::one(Words::new(kind.zh(), kind.as_str())),
            Cell::one(Words::both(id)),
        ];
        parts::row(id, verified, cells)
    };
    let plans = registry.plans.values().map(|entry| &entry.value);
    let crosswalks = registry.crosswalks.values().map(|entry| &entry.value);
    let indicators = registry.indicators.values().map(|entry| &entry.value);
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(
        plans
            .filter(|one| of_place(&one.id))
            .map(|one| row(&one.id, &one.name, Kind::Plan, parts::verified(one.source.as_ref()))),
    );
    rows.extend(
        crosswalks.filter(|one| of_place(&one.id)).map(|one| {
            row(&one.id, &one.name, Kind::Crosswalk, parts::verified(one.source.as_ref()))
        }),
    );
    rows.extend(indicators.filter(|one| of_place(&one.id)).map(|one| {
        row(&one.id, &one.name, Kind::Indicators, parts::verified(one.source.as_ref()))
    }));
    let columns =
        [("name", "名称", "Name", 50), ("kind", "类别", "Kind", 14), ("id", "标识", "Id", 36)];
    parts::table("works", ("规划、对照表、指标表", "Plans, crosswalks, indicators"), &columns, rows)
}

fn instruments(registry: &Registry, place: &Jurisdiction) -> Table {
    let own = registry.instruments.values().filter(|e| e.value.id.place() == place.id.as_str());
    let rows = own.map(|entry| {
        let one = &entry.value;
        let cells = vec![
            Cell::one(names::text(&one.title)),
            Cell::maybe(one.number.as_ref().map(Words::both)),
            Cell::maybe(one.known().map(parts::day)),
            Cell::one(Words::both(&one.id)),
        ];
        parts::row(&one.id, parts::verified(one.source.as_ref()), cells)
    });
    let columns = [
        ("title", "标题", "Title", 38),
        ("number", "文号", "Number", 17),
        ("known", "公布或印发", "Known from", 13),
        ("id", "标识", "Id", 32),
    ];
    parts::table("instruments", ("文件", "Documents"), &columns, rows.collect())
}
