//! What there is in a registry, sort by sort, with what helps to tell one from another.

use jialiang_model::Entry;
use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::{InstrumentId, StandardId};
use jialiang_model::kind::plan::Aim;
use jialiang_model::kind::{Edition, Jurisdiction};
use jialiang_model::lookup::{Sort, Target, latest, parts, standards};
use jialiang_model::provision::Comparator;

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs.
    pub key: &'static str,
    /// Its heading in Chinese.
    pub zh: &'static str,
    /// Its heading in English.
    pub en: &'static str,
}

/// A cell of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its column.
    pub column: Column,
    /// Its value, as documents spell it.
    pub value: String,
    /// Its value as people read it.
    pub shown: Message,
}

/// Something that is listed, with its columns behind address and name.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// What it is.
    pub target: Target<'a>,
    /// What is said of it.
    pub cells: Vec<Cell>,
}

/// How many there are of each sort; items and their lines in the latest edition of each
/// standard.
pub fn counts(registry: &Registry) -> Vec<(Sort, usize)> {
    Sort::ALL.iter().map(|sort| (*sort, targets(registry, *sort, None).len())).collect()
}

/// Everything of a sort, in the order of ids or of its document: of one place where one is
/// asked for, and of what belongs to something where that is.
pub fn rows<'a>(
    registry: &'a Registry,
    sort: Sort,
    place: Option<&Jurisdiction>,
    of: Option<Target<'a>>,
) -> Vec<Row<'a>> {
    let all = targets(registry, sort, of).into_iter();
    let here = all.filter(|target| place.is_none_or(|place| is_of_place(target, place)));
    here.map(|target| Row { cells: cells(registry, &target), target }).collect()
}

fn is_of_place(target: &Target<'_>, place: &Jurisdiction) -> bool {
    match target {
        Target::Place(entry) => {
            entry.value.id == place.id || entry.value.parent.as_ref() == Some(&place.id)
        }
        other => other.document().split('/').next() == Some(place.id.as_str()),
    }
}

fn targets<'a>(registry: &'a Registry, sort: Sort, of: Option<Target<'a>>) -> Vec<Target<'a>> {
    let all: Vec<Target<'a>> = match sort {
        Sort::Place => registry.jurisdictions.values().map(Target::Place).collect(),
        Sort::Instrument => registry.instruments.values().map(Target::Instrument).collect(),
        Sort::Adjustment => registry.adjustments.values().map(Target::Adjustment).collect(),
        Sort::Standard => registry.standards.values().map(Target::Standard).collect(),
        Sort::Edition => registry.editions.values().map(Target::Edition).collect(),
        Sort::Item | Sort::Provision => {
            let editions: Vec<&Entry<Edition>> = match of.and_then(|of| of.edition()) {
                Some(one) => vec![one],
                None => {
                    let standards = standards(registry, None);
                    standards.iter().filter_map(|id| latest(registry, id)).collect()
                }
            };
            let items = editions
                .into_iter()
                .flat_map(|entry| entry.value.items.iter().map(move |item| (entry, item)));
            match sort {
                Sort::Item => items.map(|(entry, item)| Target::Item(entry, item)).collect(),
                _ => {
                    let lines = items.flat_map(|(entry, item)| {
                        let lines = item.provisions.iter();
                        lines.map(move |line| Target::Provision(entry, item, line))
                    });
                    lines.collect()
                }
            }
        }
        Sort::Plan => registry.plans.values().map(Target::Plan).collect(),
        Sort::Crosswalk => registry.crosswalks.values().map(Target::Crosswalk).collect(),
        Sort::Indicators => registry.indicators.values().map(Target::Indicators).collect(),
        Sort::Domain | Sort::Task | Sort::Project | Sort::Target => {
            registry.plans.values().flat_map(|plan| parts(&Target::Plan(plan))).collect()
        }
        Sort::Indicator => {
            let tables = registry.indicators.values();
            tables.flat_map(|table| parts(&Target::Indicators(table))).collect()
        }
    };
    let wanted = all.into_iter().filter(|target| target.sort() == sort);
    match of {
        None => wanted.collect(),
        Some(of) => wanted.filter(|target| is_of(target, &of)).collect(),
    }
}

/// Whether something belongs to what was named.
fn is_of(target: &Target<'_>, of: &Target<'_>) -> bool {
    let standard_of = |target: &Target<'_>| -> Option<StandardId> {
        match target {
            Target::Standard(entry) => Some(entry.value.id.clone()),
            Target::Adjustment(entry) => Some(entry.value.standard.clone()),
            other => other.edition().map(|entry| entry.value.standard.clone()),
        }
    };
    match of {
        Target::Place(entry) => is_of_place(target, &entry.value),
        Target::Standard(entry) => standard_of(target).as_ref() == Some(&entry.value.id),
        Target::Instrument(entry) => match target {
            Target::Edition(edition) => edition.value.instrument.as_ref() == Some(&entry.value.id),
            Target::Adjustment(one) => one.value.instrument.as_ref() == Some(&entry.value.id),
            Target::Plan(plan) => plan.value.instrument.as_ref() == Some(&entry.value.id),
            _ => false,
        },
        // An item, a domain, a task: what stands within it.
        part => {
            target.document() == part.document() && {
                let (outer, inner) = (part.within(), target.within());
                let mut inner = inner.words();
                outer.words().all(|word| inner.next() == Some(word))
            }
        }
    }
}

macro_rules! columns {
    ($($name:ident = $key:literal, $zh:literal, $en:literal;)+) => {
        $(const $name: Column = Column { key: $key, zh: $zh, en: $en };)+
    };
}

columns! {
    LEVEL = "level", "层级", "level";
    CODE = "code", "代码", "code";
    PARENT = "parent", "上级", "above";
    NUMBER = "number", "文号", "number";
    ISSUED = "issued", "印发", "issued";
    IMPLEMENTS = "implements", "上级标准", "implements";
    LATEST = "latest", "最新一版", "latest";
    LABEL = "label", "通称", "label";
    EFFECTIVE = "effective", "施行", "effective";
    ITEMS = "items", "项目数", "items";
    LINES = "provisions", "条目数", "provisions";
    TRANSCRIBED = "transcribed", "转录", "transcribed";
    CATEGORY = "category", "类别", "category";
    PROMISE = "standard", "服务标准", "standard";
    LAST_DAY = "last-day", "期末", "last day";
    TARGETS = "targets", "目标数", "targets";
    TASKS = "tasks", "任务数", "tasks";
    PROJECTS = "projects", "工程数", "projects";
    DOMAINS = "domains", "领域数", "domains";
    PLAN = "plan", "规划", "plan";
    STANDARD = "of-standard", "标准", "standard";
    AIM = "aim", "目标值", "aim";
    DUE = "due", "期限", "due";
    FIRMNESS = "firmness", "约束程度", "firmness";
    UNIT = "unit", "单位", "unit";
    OBSERVATIONS = "observations", "数据条数", "observations";
    OPERATIONS = "operations", "事项数", "operations";
    INSTRUMENT = "instrument", "文件", "instrument";
    INDICATORS = "indicators", "指标数", "indicators";
}

fn plain(column: Column, value: impl ToString) -> Cell {
    let value = value.to_string();
    Cell { column, shown: Message::new(value.clone(), value.clone()), value }
}

fn maybe(column: Column, value: Option<impl ToString>) -> Cell {
    plain(column, value.map(|value| value.to_string()).unwrap_or_default())
}

fn named(column: Column, value: &str, zh: &str) -> Cell {
    Cell { column, value: value.to_owned(), shown: Message::new(zh, value) }
}

/// An instrument by its title.
fn titled(registry: &Registry, id: Option<&InstrumentId>) -> Cell {
    let title = id.and_then(|id| registry.instruments.get(id)).map(|entry| &entry.value.title);
    let cell = maybe(INSTRUMENT, id);
    match title {
        Some(title) => Cell { shown: Message::new(title.zh.as_str(), title.en()), ..cell },
        None => cell,
    }
}

/// What a target aims at, in words.
fn aim(aim: &Aim) -> Message {
    match aim {
        Aim::Number(comparator, number, unit) => {
            let (zh, en) = match comparator {
                Comparator::AtLeast => ("不低于", "at least"),
                Comparator::Exactly => ("达到", "exactly"),
                Comparator::AtMost => ("不高于", "at most"),
            };
            Message::new(format!("{zh} {number} {}", unit.zh()), format!("{en} {number} {unit}"))
        }
        Aim::Each(each, unit) => Message::new(
            format!("每一{}不少于 {} {}", each.of.zh, each.least, unit.zh()),
            format!("at least {} {unit} for each of {}", each.least, each.of.en()),
        ),
        Aim::Reach(reach) => Message::new(reach.zh(), reach.as_str()),
        Aim::Zero(zero) => Message::new(zero.zh(), format!("zero, {zero}")),
        Aim::Every(period) => {
            Message::new(format!("每{}", period.zh()), format!("every {}", period.as_str()))
        }
        Aim::Words(words) => Message::new(words.zh.as_str(), words.en()),
    }
}

fn cells(registry: &Registry, target: &Target<'_>) -> Vec<Cell> {
    match target {
        Target::Place(entry) => {
            let place = &entry.value;
            vec![
                named(LEVEL, place.level.as_str(), place.level.zh()),
                maybe(CODE, place.code),
                maybe(PARENT, place.parent.as_ref()),
            ]
        }
        Target::Instrument(entry) => {
            vec![maybe(NUMBER, entry.value.number.as_ref()), maybe(ISSUED, entry.value.known())]
        }
        Target::Adjustment(entry) => {
            let adjustment = &entry.value;
            let instrument = adjustment.instrument.as_ref();
            let known = instrument.and_then(|id| registry.instruments.get(id)?.value.known());
            vec![
                titled(registry, instrument),
                maybe(ISSUED, known),
                plain(STANDARD, &adjustment.standard),
                plain(OPERATIONS, adjustment.operations.len()),
            ]
        }
        Target::Standard(entry) => {
            let above = entry.value.implements.as_ref().map(|above| &above.standard);
            let latest = latest(registry, &entry.value.id);
            let latest = latest.map(|latest| match &latest.value.label {
                Some(label) => label.to_string(),
                None => latest.value.version.to_string(),
            });
            vec![maybe(IMPLEMENTS, above), maybe(LATEST, latest)]
        }
        Target::Edition(entry) => {
            let edition = &entry.value;
            let lines: usize = edition.items.iter().map(|item| item.provisions.len()).sum();
            vec![
                maybe(LABEL, edition.label.as_ref()),
                maybe(EFFECTIVE, edition.effective),
                plain(ITEMS, edition.items.len()),
                plain(LINES, lines),
                named(TRANSCRIBED, edition.transcribed.as_str(), edition.transcribed.zh()),
            ]
        }
        Target::Item(entry, item) => {
            let standard = registry.standards.get(&entry.value.standard);
            let taxonomy = standard.and_then(|entry| registry.taxonomy(&entry.value));
            let category = taxonomy.and_then(|standard| {
                standard.categories().find(|category| category.id == item.category)
            });
            let shown = category.map_or_else(
                || Message::new(item.category.as_str(), item.category.as_str()),
                |category| Message::new(category.name.zh.as_str(), category.name.en()),
            );
            let transcribed = entry.value.transcribed(item);
            vec![
                Cell { column: CATEGORY, value: item.category.to_string(), shown },
                plain(LINES, item.provisions.len()),
                named(TRANSCRIBED, transcribed.as_str(), transcribed.zh()),
            ]
        }
        Target::Provision(_, _, line) => {
            let shown = jialiang_diff::words::form(&line.form);
            vec![Cell { column: PROMISE, value: shown.en.clone(), shown }]
        }
        Target::Plan(entry) => {
            let plan = &entry.value;
            let sum = |of: fn(&jialiang_model::kind::plan::Domain) -> usize| -> usize {
                plan.domains.iter().map(of).sum()
            };
            vec![
                plain(LAST_DAY, plan.last_day),
                plain(DOMAINS, plan.domains.len()),
                plain(TASKS, sum(|domain| domain.tasks.len())),
                plain(PROJECTS, sum(|domain| domain.projects.len())),
                plain(TARGETS, plan.every_target().count()),
            ]
        }
        Target::Domain(_, domain) => {
            let targets: usize = domain.parts().map(|(_, part)| part.targets.len()).sum();
            vec![
                plain(TASKS, domain.tasks.len()),
                plain(PROJECTS, domain.projects.len()),
                plain(TARGETS, targets),
            ]
        }
        Target::Task(_, _, part) | Target::Project(_, _, part) => {
            vec![plain(TARGETS, part.targets.len())]
        }
        Target::Goal(entry, placed) => {
            let (due, _) = entry.value.due(placed.target);
            let firmness = placed.target.firmness;
            let due = match due {
                jialiang_model::kind::plan::Due::Yearly => named(DUE, "yearly", "每年"),
                jialiang_model::kind::plan::Due::Throughout => named(DUE, "throughout", "全程"),
                jialiang_model::kind::plan::Due::By(day) => plain(DUE, day),
            };
            let aim = aim(&placed.target.aim);
            let aim = Cell { column: AIM, value: aim.en.clone(), shown: aim };
            vec![aim, due, named(FIRMNESS, firmness.as_str(), firmness.zh())]
        }
        Target::Crosswalk(entry) => {
            vec![plain(PLAN, &entry.value.plan), plain(STANDARD, &entry.value.standard)]
        }
        Target::Indicators(entry) => vec![plain(INDICATORS, entry.value.indicators.len())],
        Target::Indicator(_, indicator) => {
            vec![
                named(UNIT, &indicator.unit.to_string(), &indicator.unit.zh()),
                plain(OBSERVATIONS, indicator.observations.len()),
            ]
        }
    }
}
