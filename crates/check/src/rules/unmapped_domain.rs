//! Every domain of a plan answers to something in the standard.

use std::collections::BTreeSet;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::Kind;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "unmapped-domain",
    level: Level::Warning,
    document: include_str!("unmapped_domain.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Plan(entry) = document else {
        return;
    };
    let plan = &entry.value;
    // A crosswalk that could not be read may hold the link.
    if subject.loaded.unreadable.iter().any(|unread| unread.kind == Kind::Crosswalk) {
        return;
    }
    let registry = &subject.loaded.registry;
    // One that names a plan which is not on record may mean this one: that is told there.
    if registry.crosswalks.values().any(|c| !registry.plans.contains_key(&c.value.plan)) {
        return;
    }
    let crosswalks = registry.crosswalks.values();
    let links: Vec<_> = crosswalks
        .filter(|crosswalk| crosswalk.value.plan == plan.id)
        .flat_map(|crosswalk| crosswalk.value.links.iter())
        .collect();
    let mapped: BTreeSet<_> = links
        .iter()
        .filter(|link| !link.areas.is_empty() || !link.items.is_empty())
        .map(|link| &link.domain)
        .collect();
    for domain in plan.domains.iter().filter(|domain| !mapped.contains(&domain.id)) {
        let (id, name) = (domain.id.as_str(), &domain.name.zh);
        sink.report(
            Finding::new(
                document.place(&["domains", id]),
                format!("领域“{name}”没有对照到标准的任何方面或项目"),
                format!("no crosswalk maps the domain `{id}` to an area or an item of a standard"),
            )
            .arg("domain", id)
            .label("没有对照", "not mapped")
            .help(
                format!("请在 .crosswalk.json 的 links 里补上 {{ \"domain\": \"{id}\", \"areas\": [\"…\"] }}"),
                format!("add {{ \"domain\": \"{id}\", \"areas\": [\"…\"] }} to the links of a .crosswalk.json"),
            ),
        );
    }
}
