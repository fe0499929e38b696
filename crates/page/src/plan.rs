//! A plan: its domains, key tasks, projects and targets.

use jialiang_model::Registry;
use jialiang_model::kind::Plan;
use jialiang_model::kind::plan::{
    Aim, Domain, Due, Each, Firmness, Nature, Part, Placed, PlanCounts, Reach, Target, Zero,
};
use jialiang_model::provision::Comparator;
use jialiang_model::unit::{Period, Unit};

use crate::output::{Cell, Fact, Page, Row, Shows, Table, Words};
use crate::{names, parts};

pub(crate) fn page(registry: &Registry, plan: &Plan) -> Page {
    let mut facts = vec![parts::fact("规划期", "Runs", runs(plan))];
    let id = plan.instrument.as_ref();
    facts.extend(id.map(|id| parts::instrument(registry, "公布文件", "Published by", id)));
    facts.extend(parts::maybe("原文数量", "Holds", plan.counts.as_ref().and_then(counted)));
    let read = Words::new(plan.transcribed.zh(), plan.transcribed.as_str());
    facts.push(parts::fact("转录程度", "Transcribed", read));
    let preface: Vec<_> = plan.preface.iter().map(|text| said(names::text(text))).collect();
    if !preface.is_empty() {
        facts.push(parts::filled("总述", "Preface", Cell::Said(preface)));
    }
    let tables = vec![
        domains(plan),
        works(plan, &plan.domains.iter().collect::<Vec<_>>()),
        targets(registry, plan, plan.every_target()),
    ];
    finished(
        registry,
        plan,
        Shows::Plan,
        plan.id.to_string(),
        names::text(&plan.name),
        facts,
        tables,
    )
}

pub(crate) fn domain_page(registry: &Registry, plan: &Plan, domain: &Domain) -> Page {
    let mut facts = vec![within(plan)];
    facts.push(parts::filled("基本标准", "Basic standard", standard(domain)));
    facts.extend(answers(registry, plan, domain, None));
    let here = |placed: &Placed<'_>| placed.part.is_some_and(|(other, ..)| other.id == domain.id);
    let tables =
        vec![works(plan, &[domain]), targets(registry, plan, plan.every_target().filter(here))];
    let address = format!("{}#{}", plan.id, domain.id);
    finished(registry, plan, Shows::Domain, address, names::text(&domain.name), facts, tables)
}

pub(crate) fn part_page(
    registry: &Registry,
    plan: &Plan,
    domain: &Domain,
    part: &Part,
    shows: Shows,
) -> Page {
    let mut facts = vec![within(plan), of_domain(plan, domain)];
    facts.push(parts::filled("正文", "Text", text(plan, part)));
    facts.extend(answers(registry, plan, domain, Some(part)));
    let here = |placed: &Placed<'_>| {
        placed.part.is_some_and(|(at, _, other)| at.id == domain.id && other.id == part.id)
    };
    let tables = vec![targets(registry, plan, plan.every_target().filter(here))];
    let address = format!("{}#{}/{}", plan.id, domain.id, part.id);
    finished(registry, plan, shows, address, names::text(&part.title), facts, tables)
}

pub(crate) fn target_page(registry: &Registry, plan: &Plan, placed: Placed<'_>) -> Page {
    let Placed { part, target } = placed;
    let Target { id, excerpt, measures, indicator, aim: _, nature, firmness, due: _, scope, note } =
        target;
    let mut facts = vec![within(plan)];
    if let Some((domain, _, part)) = part {
        facts.push(of_domain(plan, domain));
        let mut fact = parts::fact("任务、工程", "Task or project", names::text(&part.title));
        fact.address = Some(format!("{}#{}/{}", plan.id, domain.id, part.id));
        facts.push(fact);
    }
    facts.extend(parts::maybe("衡量", "Measures", measures.as_deref().map(names::text)));
    facts.extend(indicator.as_ref().map(|id| {
        let mut fact = parts::fact("指标", "Indicator", indicator_name(registry, target));
        fact.address = Some(id.to_string());
        fact
    }));
    facts.push(parts::fact("目标值", "Aims at", aimed(&target.aim)));
    facts.push(parts::fact("期限", "Due", due(plan, target)));
    facts.push(parts::fact("约束程度", "Firmness", firm(*firmness)));
    facts.extend(parts::maybe("性质", "Nature", nature.map(natured)));
    facts.extend(parts::maybe("适用范围", "Where or for whom", scope.as_deref().map(names::text)));
    facts.extend(parts::maybe("备注", "Note", note.as_ref().map(Words::both)));
    let address = format!("{}#{id}", plan.id);
    let title = Words::both(excerpt);
    finished(registry, plan, Shows::Target, address, title, facts, Vec::new())
}

fn finished(
    registry: &Registry,
    plan: &Plan,
    shows: Shows,
    address: String,
    title: impl Into<Words>,
    facts: Vec<Fact>,
    mut tables: Vec<Table>,
) -> Page {
    tables.retain(|table| !table.rows.is_empty());
    let sources = plan.source.iter().map(|source| parts::source(registry, source)).collect();
    let title = title.into();
    let mut page = Page { shows, address, title, facts, tables, sources, notes: Vec::new() };
    parts::legend(&mut page);
    page
}

fn said(words: impl Into<Words>) -> crate::output::Said {
    crate::output::Said { words: words.into(), verified: None }
}

fn within(plan: &Plan) -> Fact {
    let mut fact = parts::fact("规划", "Plan", names::text(&plan.name));
    fact.address = Some(plan.id.to_string());
    fact
}

fn of_domain(plan: &Plan, domain: &Domain) -> Fact {
    let mut fact = parts::fact("领域", "Domain", names::text(&domain.name));
    fact.address = Some(format!("{}#{}", plan.id, domain.id));
    fact
}

/// From when to when a plan runs; its last day belongs to it.
fn runs(plan: &Plan) -> Words {
    let last = plan.last_day.to_string();
    match plan.from.map(parts::day) {
        Some(from) => Words::new(format!("{}至 {last}", from.zh), format!("{} to {last}", from.en)),
        None => Words::new(format!("至 {last}"), format!("to {last}")),
    }
}

fn counted(counts: &PlanCounts) -> Option<Words> {
    let PlanCounts { domains, tasks, projects, targets, numbers } = counts;
    let all = [
        domains.map(|n| (format!("{n} 个领域"), parts::many(n, "domain", "domains"))),
        tasks.map(|n| (format!("{n} 项重点任务"), parts::many(n, "key task", "key tasks"))),
        projects.map(|n| (format!("{n} 项保障工程"), parts::many(n, "project", "projects"))),
        targets.map(|n| (format!("{n} 个目标"), parts::many(n, "target", "targets"))),
        numbers.map(|n| (format!("其中数值目标 {n} 个"), format!("{n} of them numeric"))),
    ];
    let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().flatten().unzip();
    (!zh.is_empty()).then(|| Words::new(zh.join("、"), en.join(", ")))
}

/// The basic-standard sentence of a domain.
fn standard(domain: &Domain) -> Cell {
    Cell::maybe(domain.basic_standard.as_ref().map(names::text))
}

/// The text of a key task or project.
fn text(plan: &Plan, part: &Part) -> Cell {
    use jialiang_model::item::Transcribed;
    match (&part.text, plan.transcribed) {
        (Some(text), _) => Cell::one(names::text(text)),
        (None, Transcribed::Full) => Cell::Nothing,
        (None, _) => Cell::Unseen,
    }
}

/// The areas and items of standards that answer to a domain, or to a part of it.
fn answers(registry: &Registry, plan: &Plan, domain: &Domain, part: Option<&Part>) -> Vec<Fact> {
    let crosswalks = registry.crosswalks.values().map(|entry| &*entry.value);
    let mut facts = Vec::new();
    for crosswalk in crosswalks.filter(|crosswalk| crosswalk.plan == plan.id) {
        let links = crosswalk.links.iter().filter(|link| {
            link.domain == domain.id && part.is_none_or(|part| link.part.as_ref() == Some(&part.id))
        });
        let mut lines: Vec<Words> = Vec::new();
        for link in links {
            for line in super::crosswalk::answering(registry, crosswalk, link) {
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        if !lines.is_empty() {
            let lines = lines.into_iter().map(said).collect();
            let mut fact = parts::filled("对应的方面、项目", "Answered by", Cell::Said(lines));
            fact.address = Some(crosswalk.id.to_string());
            facts.push(fact);
        }
    }
    facts
}

fn domains(plan: &Plan) -> Table {
    let rows = plan.domains.iter().map(|domain| {
        let targets: usize = domain.parts().map(|(_, part)| part.targets.len()).sum();
        let cells = vec![
            Cell::one(names::text(&domain.name)),
            standard(domain),
            Cell::one(Words::both(domain.tasks.len())),
            Cell::one(Words::both(domain.projects.len())),
            Cell::one(Words::both(targets)),
        ];
        parts::row(format!("{}#{}", plan.id, domain.id), None, cells)
    });
    let columns = [
        ("name", "领域", "Domain", 22),
        ("standard", "基本标准", "Basic standard", 54),
        ("tasks", "任务", "Tasks", 8),
        ("projects", "工程", "Projects", 8),
        ("targets", "目标", "Targets", 8),
    ];
    parts::table("domains", ("领域", "Domains"), &columns, rows.collect())
}

/// The key tasks and projects of domains, with their texts.
fn works(plan: &Plan, domains: &[&Domain]) -> Table {
    let mut rows = Vec::new();
    for domain in domains {
        if domains.len() > 1 {
            rows.push(parts::group(1, names::text(&domain.name).into()));
        }
        let lists = [
            (&domain.tasks, Words::new("重点任务", "Key tasks")),
            (&domain.projects, Words::new("保障工程", "Projects")),
        ];
        for (list, title) in lists {
            if !list.is_empty() {
                rows.push(parts::group(2, title));
            }
            for (part, number) in list.iter().zip(1..) {
                let cells = vec![
                    Cell::one(Words::both(number)),
                    Cell::one(names::text(&part.title)),
                    text(plan, part),
                ];
                rows.push(parts::row(
                    format!("{}#{}/{}", plan.id, domain.id, part.id),
                    None,
                    cells,
                ));
            }
        }
    }
    let columns = [
        ("number", "序号", "No.", 5),
        ("title", "任务、工程", "Task or project", 22),
        ("text", "正文", "Text", 73),
    ];
    parts::table("works", ("重点任务和保障工程", "Tasks and projects"), &columns, rows)
}

fn targets<'a>(
    registry: &Registry,
    plan: &'a Plan,
    all: impl Iterator<Item = Placed<'a>>,
) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    let mut last = None;
    let all: Vec<Placed<'_>> = all.collect();
    let domain_of = |placed: &Placed<'a>| placed.part.map(|(domain, ..)| &domain.id);
    // One domain alone needs no heading.
    let first = all.first().map(domain_of);
    let several = all.iter().any(|placed| Some(domain_of(placed)) != first);
    for (placed, number) in all.into_iter().zip(1..) {
        let domain = domain_of(&placed);
        let Placed { part, target } = placed;
        if several && last != Some(domain) {
            rows.push(parts::group(
                1,
                match part {
                    Some((domain, ..)) => names::text(&domain.name).into(),
                    None => Words::new("跨领域", "of no single domain"),
                },
            ));
            last = Some(domain);
        }
        let scope = target.scope.as_deref().map(names::text);
        let cells = vec![
            Cell::one(Words::both(number)),
            Cell::one(Words::both(&target.excerpt)),
            Cell::one(indicator_name(registry, target)),
            Cell::one(aimed(&target.aim)),
            Cell::one(due(plan, target)),
            Cell::one(firm(target.firmness)),
            Cell::maybe(scope),
        ];
        rows.push(parts::row(format!("{}#{}", plan.id, target.id), None, cells));
    }
    let columns = [
        ("number", "序号", "No.", 5),
        ("excerpt", "原文", "Words of the plan", 32),
        ("measures", "衡量", "Measures", 20),
        ("aim", "目标值", "Aims at", 13),
        ("due", "期限", "Due", 14),
        ("firmness", "约束", "Firmness", 7),
        ("scope", "范围", "Scope", 9),
    ];
    parts::table("targets", ("目标", "Targets"), &columns, rows)
}

/// What a target measures: its indicator by name, else in its own words.
fn indicator_name(registry: &Registry, target: &Target) -> Words {
    let named = target.indicator.as_ref().and_then(|id| {
        let (_, found) = registry.indicator(id)?;
        Some(names::text(&found.name).into())
    });
    let written = || target.indicator.as_ref().map(Words::both);
    let measured = target.measures.as_deref().map(|words| names::text(words).into());
    named.or(measured).or_else(written).unwrap_or_else(|| Words::both(crate::columns::NOTHING))
}

/// What a target aims at, in words.
pub(crate) fn aimed(aim: &Aim) -> Words {
    let counted = |number: &dyn std::fmt::Display, unit: Unit| {
        let zh = unit.zh();
        // A sign stands at its number: 93%.
        let blank = if zh.starts_with(['%', '‰']) { "" } else { " " };
        Words::new(format!("{number}{blank}{zh}"), format!("{number} {unit}"))
    };
    match aim {
        Aim::Number(comparator, number, unit) => {
            let (zh, en) = match comparator {
                Comparator::AtLeast => ("不低于 ", "at least "),
                Comparator::Exactly => ("", ""),
                Comparator::AtMost => ("不高于 ", "at most "),
            };
            let said = counted(number, *unit);
            Words::new(format!("{zh}{}", said.zh), format!("{en}{}", said.en))
        }
        Aim::Each(each, unit) => {
            let Each { of, least } = &**each;
            let said = counted(least, *unit);
            Words::new(
                format!("每个{}至少 {}", of.zh, said.zh),
                format!("at least {} for each: {}", said.en, of.en()),
            )
        }
        Aim::Reach(reach) => Words::new(
            reach.zh(),
            match reach {
                Reach::Everyone => "everyone is covered",
                Reach::AllEligible => "all who are eligible",
                Reach::All => "all of them",
            },
        ),
        Aim::Zero(zero) => Words::new(
            zero.zh(),
            match zero {
                Zero::Kept => "cleared as often as a case arises",
            },
        ),
        Aim::Every(period) => Words::new(format!("每{}一次", period.zh()), every(*period)),
        Aim::Words(words) => names::text(words).into(),
    }
}

fn every(period: Period) -> String {
    format!("once in each {}", period.as_str().replace('-', " "))
}

/// When a target is due, and whether the plan's own words say so.
fn due(plan: &Plan, target: &Target) -> Words {
    let (due, stated) = plan.due(target);
    let words = match due {
        Due::By(day) => Words::both(day),
        Due::Yearly => Words::new("每年", "every year"),
        Due::Throughout => Words::new("全程保持", "throughout"),
    };
    match stated {
        true => words,
        false => Words::new(
            format!("{}（规划期末）", words.zh),
            format!("{} (end of the plan)", words.en),
        ),
    }
}

fn firm(firmness: Firmness) -> Words {
    Words::new(firmness.zh(), firmness.as_str())
}

fn natured(nature: Nature) -> Words {
    Words::new(nature.zh(), nature.as_str().replace('-', " "))
}
