//! How a plan's domains and a standard's areas answer to each other.

use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::kind::crosswalk::Link;
use jialiang_model::kind::{Crosswalk, Plan};
use jialiang_model::lookup;

use crate::output::{Cell, Page, Said, Shows, Words};
use crate::{names, parts};

pub(crate) fn page(registry: &Registry, crosswalk: &Crosswalk) -> Page {
    let Crosswalk { schema: _, id, name, plan, standard, source, links } = crosswalk;
    let on_record = registry.plans.get(plan).map(|entry| &*entry.value);
    let plan_name = on_record.map_or_else(|| names::both(plan), |plan| names::text(&plan.name));
    let mut of = parts::fact("规划", "Plan", plan_name);
    of.address = Some(plan.to_string());
    let standard_name = super::standard::standard_name(registry, standard);
    let mut to = parts::fact("标准", "Standard", standard_name);
    to.address = Some(standard.to_string());
    let rows = links.iter().map(|link| {
        let lines = answering(registry, crosswalk, link);
        let lines = lines.into_iter().map(|words| Said { words, verified: None }).collect();
        let part = link.part.as_ref();
        let at = part.map_or_else(String::new, |part| format!("/{part}"));
        let cells = vec![
            Cell::one(domain(on_record, link)),
            part.map_or_else(
                || Cell::one(Words::new("整个领域", "all of it")),
                |id| Cell::one(part_name(on_record, link, id)),
            ),
            Cell::Said(lines),
            Cell::maybe(link.excerpt.as_ref().map(Words::both)),
        ];
        parts::row(format!("{plan}#{}{at}", link.domain), None, cells)
    });
    let columns = [
        ("domain", "规划领域", "Domain of the plan", 20),
        ("part", "任务、工程", "Task or project", 24),
        ("answers", "对应的方面、项目", "Answered by", 28),
        ("excerpt", "所据原文", "Words of the plan", 28),
    ];
    let mut page = Page {
        shows: Shows::Crosswalk,
        address: id.to_string(),
        title: names::text(name).into(),
        facts: vec![of, to],
        tables: vec![parts::table("links", ("对应关系", "Links"), &columns, rows.collect())],
        sources: source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    parts::legend(&mut page);
    page
}

fn domain(plan: Option<&Plan>, link: &Link) -> Message {
    let domain = plan.and_then(|plan| plan.domains.iter().find(|one| one.id == link.domain));
    domain.map_or_else(|| names::both(&link.domain), |domain| names::text(&domain.name))
}

fn part_name(plan: Option<&Plan>, link: &Link, id: &Id) -> Message {
    let domain = plan.and_then(|plan| plan.domains.iter().find(|one| one.id == link.domain));
    let part = domain.and_then(|domain| domain.parts().find(|(_, part)| part.id == *id));
    part.map_or_else(|| names::both(id), |(_, part)| names::text(&part.title))
}

/// The areas and items of the standard that answer to a link, by name.
pub(crate) fn answering(registry: &Registry, crosswalk: &Crosswalk, link: &Link) -> Vec<Words> {
    let standard = registry.standards.get(&crosswalk.standard);
    let taxonomy = standard.and_then(|standard| registry.taxonomy(&standard.value));
    let edition = lookup::latest(registry, &crosswalk.standard);
    let area = |id: &Id| {
        let area = taxonomy.and_then(|taxonomy| taxonomy.areas.iter().find(|one| one.id == *id));
        let name = area.map_or_else(|| names::both(id), |area| names::text(&area.name));
        Words::new(format!("方面：{}", name.zh), format!("area: {}", name.en))
    };
    let item = |id: &Id| {
        let item = edition.and_then(|entry| entry.value.items.iter().find(|one| one.id == *id));
        let name = item.map_or_else(|| names::both(id), |item| names::text(&item.name));
        Words::new(format!("项目：{}", name.zh), format!("item: {}", name.en))
    };
    link.areas.iter().map(area).chain(link.items.iter().map(item)).collect()
}
