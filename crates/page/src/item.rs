//! A service and its lines, and where they stood in every edition.

use jialiang_model::Registry;
use jialiang_model::id::Id;
use jialiang_model::item::{Item, Payer};
use jialiang_model::kind::Edition;
use jialiang_model::provision::{Form, Peg, Provision};
use jialiang_model::recipients::Group;
use jialiang_model::unit::Unit;

use crate::grouping::Grouping;
use crate::output::{Cell, Fact, Page, Row, Said, Shows, Table, Words};
use crate::{edition, names, official, parts};

pub(crate) fn page(registry: &Registry, of: &Edition, item: &Item) -> Page {
    let read = of.transcribed(item);
    let [_, recipients, content, _, pays, leads] = edition::six(registry, item, read);
    let mut facts = belongs(registry, of, item);
    facts.push(parts::filled("服务对象", "Recipients", recipients));
    facts.extend(groups(item));
    facts.push(parts::filled("服务内容", "Content", content));
    facts.push(parts::filled("支出责任", "Who pays", pays));
    facts.extend(payers(registry, item));
    facts.push(parts::filled("牵头负责单位", "Lead agencies", leads));
    let ids: Vec<String> = item.continues.iter().map(Id::to_string).collect();
    if !ids.is_empty() {
        facts.push(parts::fact(
            "接续的旧项目",
            "Continues",
            Words::new(ids.join("、"), ids.join(", ")),
        ));
    }
    facts.push(parts::fact("转录程度", "Transcribed", Words::new(read.zh(), read.as_str())));
    let mut page = Page {
        shows: Shows::Item,
        address: format!("{}#{}", of.id(), item.id),
        title: names::text(&item.name).into(),
        facts,
        tables: vec![lines(registry, of, item), history(registry, of, item)],
        sources: sources(registry, of, item, None),
        notes: Vec::new(),
    };
    page.tables.retain(|table| !table.rows.is_empty());
    if item.provisions.is_empty() && read != jialiang_model::item::Transcribed::Full {
        page.facts.push(parts::filled("服务标准", "Standard", Cell::Unseen));
    }
    parts::legend(&mut page);
    page
}

/// The edition and the place in the taxonomy.
fn belongs(registry: &Registry, of: &Edition, item: &Item) -> Vec<Fact> {
    let mut within = parts::fact("所属版本", "Edition", names::text(&of.name));
    within.address = Some(of.id().to_string());
    let mut facts = vec![within];
    let standing = Grouping::of(registry, of).standing(&item.category);
    facts.push(match standing {
        Some(at) => {
            let (area, category) = (at.area_title(), at.category_title());
            let words = Words::new(
                format!("{}{}", area.zh, category.zh),
                format!("{} / {}", area.en, category.en),
            );
            parts::fact("方面、类别", "Area, category", words)
        }
        None => parts::fact("类别", "Category", Words::both(&item.category)),
    });
    facts
}

/// The groups of people, as far as they are known.
fn groups(item: &Item) -> Option<Fact> {
    let groups = &item.recipients.as_ref()?.groups;
    let said = |group: &Group| {
        let criteria = group.iter().map(|(dimension, any)| {
            let values: Vec<String> = any.values().iter().map(ToString::to_string).collect();
            format!("{dimension}={}", values.join("|"))
        });
        let words = criteria.collect::<Vec<_>>().join("，");
        Said { words: Words::new(&*words, words.replace('，', ", ")), verified: None }
    };
    let lines: Vec<Said> = groups.iter().map(said).collect();
    (!lines.is_empty()).then(|| parts::filled("对象分组", "Groups", Cell::Said(lines)))
}

/// Who pays, as a program reads it, and the instrument that divides the cost.
fn payers(registry: &Registry, item: &Item) -> Vec<Fact> {
    let Some(pays) = &item.responsibility else {
        return Vec::new();
    };
    let zh: Vec<&str> = pays.payers.iter().map(|payer| Payer::zh(*payer)).collect();
    let en: Vec<&str> = pays.payers.iter().map(|payer| payer.as_str()).collect();
    let mut facts = Vec::new();
    if !zh.is_empty() {
        facts.push(parts::fact("支出主体", "Payers", Words::new(zh.join("、"), en.join(", "))));
    }
    let divides = pays.instrument.as_ref();
    facts.extend(divides.map(|id| parts::instrument(registry, "分担文件", "Cost divided by", id)));
    facts
}

/// Where an item comes from: its own source, or that of its edition, and those of its lines.
fn sources(registry: &Registry, of: &Edition, item: &Item, line: Option<&Provision>) -> Vec<Fact> {
    let line = line.and_then(|line| line.source.as_deref());
    let nearest = line.or(official::source(of, item));
    nearest.into_iter().map(|source| parts::source(registry, source)).collect()
}

/// The provisions, each with what it promises, for whom, and its source.
fn lines(registry: &Registry, of: &Edition, item: &Item) -> Table {
    let rows = item.provisions.iter().map(|line| {
        let source = line.source.as_deref();
        let cells = vec![
            Cell::one(parts::provision(line)),
            for_whom(line),
            source.map_or(Cell::Nothing, |source| parts::source(registry, source).value),
        ];
        let address = format!("{}#{}/{}", of.id(), item.id, line.id);
        parts::row(address, parts::verified(source), cells)
    });
    let columns = [
        ("provision", "服务标准", "Standard", 45),
        ("cell", "适用范围", "For whom", 20),
        ("source", "另注来源", "Source of its own", 35),
    ];
    parts::table("provisions", ("服务标准", "Standard"), &columns, rows.collect())
}

fn for_whom(line: &Provision) -> Cell {
    match line.cell.is_everyone() {
        true => Cell::one(Words::new("全体", "everyone")),
        false => Cell::one(Words::both(&line.cell)),
    }
}

/// The editions of a standard, in the order of their versions.
fn editions<'a>(registry: &'a Registry, of: &Edition) -> impl Iterator<Item = &'a Edition> {
    let all = registry.editions.values().map(|entry| &*entry.value);
    let standard = of.standard.clone();
    all.filter(move |edition| edition.standard == standard)
}

/// In which editions an item stands, and under which name.
fn history(registry: &Registry, of: &Edition, item: &Item) -> Table {
    let mut rows = Vec::new();
    for edition in editions(registry, of) {
        // What it continues, and what continues it, stand in the same history.
        let its = |other: &&std::sync::Arc<Item>| {
            other.id == item.id
                || item.continues.contains(&other.id)
                || other.continues.contains(&item.id)
        };
        for other in edition.items.iter().filter(its) {
            let mut cells = vec![
                Cell::one(parts::version(&edition.version, edition.label.as_ref())),
                Cell::one(names::text(&other.name)),
            ];
            let [_, _, _, provisions, ..] =
                edition::six(registry, other, edition.transcribed(other));
            cells.push(provisions);
            let verified = parts::verified(official::source(edition, other));
            rows.push(parts::row(format!("{}#{}", edition.id(), other.id), verified, cells));
        }
    }
    let columns = [
        ("version", "版本", "Version", 20),
        ("name", "服务项目", "Item", 35),
        ("provisions", "服务标准", "Standard", 45),
    ];
    parts::table("history", ("历次版本", "In each edition"), &columns, rows)
}

pub(crate) fn provision_page(
    registry: &Registry,
    of: &Edition,
    item: &Item,
    line: &Provision,
) -> Page {
    let mut within = parts::fact("服务项目", "Item", names::text(&item.name));
    within.address = Some(format!("{}#{}", of.id(), item.id));
    let mut facts = vec![within];
    facts.extend(belongs(registry, of, item));
    facts.push(parts::filled("适用范围", "For whom", for_whom(line)));
    facts.push(parts::fact("计量指标", "Measure", Words::both(line.measure())));
    facts.extend(form_facts(registry, &line.form));
    let before = line.continues.as_ref().map(Words::both);
    facts.extend(parts::maybe("接续的旧条目", "Continues", before));
    let mut page = Page {
        shows: Shows::Provision,
        address: format!("{}#{}/{}", of.id(), item.id, line.id),
        title: parts::provision(line),
        facts,
        tables: vec![line_history(registry, of, item, line)],
        sources: sources(registry, of, item, Some(line)),
        notes: Vec::new(),
    };
    parts::legend(&mut page);
    page
}

/// What kind of promise it is, in which unit, and which way is better.
fn form_facts(registry: &Registry, form: &Form) -> Vec<Fact> {
    let kind = |zh, en| parts::fact("形式", "Form", Words::new(zh, en));
    let mut facts = vec![match form {
        Form::Amount(..) => kind("数额", "amount"),
        Form::Average(..) => kind("平均标准", "average"),
        Form::Share(..) => kind("另一条标准的一定比例", "share of another provision"),
        Form::Supplement(..) => kind("在另一条标准上加发", "supplement to another provision"),
        Form::Increase(..) => kind("在本人原标准上增加", "increase of each person's own amount"),
        Form::Free => kind("免费", "free of charge"),
        Form::Pegged(_) => {
            kind("按其他机关或法规确定的标准执行", "set by another authority or a law")
        }
        Form::Coverage(_) => kind("覆盖要求", "coverage"),
        Form::Words(_) => kind("文字表述，尚未量化", "words, not yet quantified"),
    }];
    match form {
        Form::Amount(_, _, scale)
        | Form::Average(_, scale)
        | Form::Share(_, scale)
        | Form::Supplement(_, scale)
        | Form::Increase(_, scale) => {
            let unit: Unit = scale.unit;
            facts.push(parts::fact("单位", "Unit", Words::new(unit.zh(), unit.to_string())));
            let better = match scale.better {
                jialiang_model::provision::Better::More => Words::new("多者优", "more is better"),
                jialiang_model::provision::Better::Less => Words::new("少者优", "less is better"),
            };
            facts.push(parts::fact("对服务对象而言", "For the recipient", better));
        }
        Form::Pegged(peg) => {
            let Peg { zh: _, en: _, instrument, agency } = &**peg;
            let by = instrument.as_ref();
            facts.extend(by.map(|id| parts::instrument(registry, "依据文件", "Set by", id)));
            let agency = agency.as_ref().map(|id| names::agency(registry, id));
            facts.extend(parts::maybe("确定单位", "Set by", agency));
        }
        Form::Free | Form::Coverage(_) | Form::Words(_) => {}
    }
    facts
}

/// The line in each edition: under its own id, and under that of the line that it continues
/// or that continues it.
fn line_history(registry: &Registry, of: &Edition, item: &Item, line: &Provision) -> Table {
    let address = format!("{}/{}", item.id, line.id);
    let mut rows: Vec<Row> = Vec::new();
    for edition in editions(registry, of) {
        for other_item in &edition.items {
            for other in &other_item.provisions {
                let at = format!("{}/{}", other_item.id, other.id);
                let continued = |p: &Provision, id: &str| {
                    p.continues.as_ref().is_some_and(|before| before.as_str() == id)
                };
                if at != address && !continued(line, &at) && !continued(other, &address) {
                    continue;
                }
                let source = other.source.as_deref().or(official::source(edition, other_item));
                let cells = vec![
                    Cell::one(parts::version(&edition.version, edition.label.as_ref())),
                    Cell::one(parts::provision(other)),
                    for_whom(other),
                ];
                let place = format!("{}#{at}", edition.id());
                rows.push(parts::row(place, parts::verified(source), cells));
            }
        }
    }
    let columns = [
        ("version", "版本", "Version", 20),
        ("provision", "服务标准", "Standard", 60),
        ("cell", "适用范围", "For whom", 20),
    ];
    parts::table("history", ("历次版本", "In each edition"), &columns, rows)
}
