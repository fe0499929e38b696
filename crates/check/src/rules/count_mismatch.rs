//! An edition holds as many areas, categories and items as it says.

use std::collections::HashSet;

use jialiang_diff::Class;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::item::Transcribed;
use jialiang_model::kind::Plan;
use jialiang_model::kind::edition::Counts;
use jialiang_model::kind::plan::{Domain, Part, PlanCounts};
use jialiang_model::number::Count;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "count-mismatch",
    level: Level::Error,
    document: include_str!("count_mismatch.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    if let Doc::Plan(entry) = document {
        in_a_plan(document, &entry.value, sink);
    }
    let Doc::Edition(entry) = document else {
        return;
    };
    let edition = &entry.value;
    if let Some(declared) = &edition.declared {
        for (class, named) in declared.classes() {
            let (listed, count) = (named.items.len(), named.count);
            if listed > count.get() as usize {
                sink.report(too_many_named(document, class, count, listed));
            }
        }
    }
    let complete = matches!(edition.transcribed, Transcribed::Names | Transcribed::Full);
    let Some(counts) = edition.counts.as_ref().filter(|_| complete) else {
        return;
    };
    if edition.difference_from.is_some() {
        return;
    }
    let Counts { areas, categories, items } = counts;
    let mut compare = |key: &str, declared: &Option<Count>, held: usize| {
        if let Some(declared) = declared.filter(|d| d.get() as usize != held) {
            sink.report(mismatch(document, &["counts", key], key, declared, held));
        }
    };
    compare("items", items, edition.items.len());
    if let Some(taxonomy) = subject.taxonomy(&edition.standard)
        && (areas.is_some() || categories.is_some())
    {
        let used: Option<Vec<_>> =
            edition.items.iter().map(|item| taxonomy.category(&item.category)).collect();
        let Some(used) = used else {
            return; // unknown-reference says so, and the count would only repeat it
        };
        let distinct = |ids: &mut dyn Iterator<Item = &str>| ids.collect::<HashSet<_>>().len();
        compare("areas", areas, distinct(&mut used.iter().map(|(area, _)| area.id.as_str())));
        compare("categories", categories, distinct(&mut used.iter().map(|(_, c)| c.id.as_str())));
    }
}

/// A plan holds as many domains, key tasks, projects and targets as were counted in it.
fn in_a_plan(document: &Doc<'_>, plan: &Plan, sink: &mut Sink<'_>) {
    let whole = plan.transcribed == Transcribed::Full;
    let names = whole || plan.transcribed == Transcribed::Names;
    let Some(counts) = &plan.counts else { return };
    let PlanCounts { domains, tasks, projects, targets, numbers } = counts;
    let parts = |of: fn(&Domain) -> &Vec<Part>| plan.domains.iter().map(|d| of(d).len()).sum();
    let numeric = || plan.every_target().filter(|placed| placed.target.aim.is_number()).count();
    for (key, declared, held) in [
        ("domains", domains.filter(|_| names), plan.domains.len()),
        ("tasks", tasks.filter(|_| names), parts(|domain| &domain.tasks)),
        ("projects", projects.filter(|_| names), parts(|domain| &domain.projects)),
        ("targets", targets.filter(|_| whole), plan.every_target().count()),
        ("numbers", numbers.filter(|_| whole), numeric()),
    ] {
        if let Some(declared) = declared.filter(|declared| declared.get() as usize != held) {
            sink.report(mismatch(document, &["counts", key], key, declared, held));
        }
    }
}

fn mismatch(
    document: &Doc<'_>,
    words: &[&str],
    what: &str,
    declared: Count,
    held: usize,
) -> Finding {
    let zh = match what {
        "areas" => "方面",
        "categories" => "类别",
        "domains" => "领域",
        "tasks" => "重点任务",
        "projects" => "保障工程",
        "targets" => "目标",
        "numbers" => "数值目标",
        _ => "服务项目",
    };
    Finding::new(
        document.place(words),
        format!("公布的“{zh}”数是 {declared}，这里实有 {held}"),
        format!("the declared count of `{what}` is {declared}, and {held} stand here"),
    )
    .arg("what", what)
    .arg("declared", declared)
    .arg("held", held)
    .label(format!("实有 {held}"), format!("{held} stand here"))
    .help(
        "请核对原文：补上缺的，删去多的，或改正公布的数量",
        "look at the source: add what is missing, delete what is too much, or mend the declared count",
    )
}

fn too_many_named(document: &Doc<'_>, class: &str, declared: Count, named: usize) -> Finding {
    let zh = Class::ALL.iter().find(|c| c.key() == class).map_or(class, |c| c.zh());
    Finding::new(
        document.place(&["declared", class, "count"]),
        format!("通知称“{zh}”{declared} 项，这里点名 {named} 项"),
        format!("the notice counts {declared} under `{class}`, and {named} are named here"),
    )
    .arg("what", class)
    .arg("declared", declared)
    .arg("held", named)
    .label(format!("点名 {named} 项"), format!("{named} are named"))
    .help(
        "请核对通知：改数，或删去多写的项目",
        "look at the notice: mend the count, or delete the item too many",
    )
}
