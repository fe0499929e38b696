//! A version rises no further than its changes require.

use jialiang_diff::{bump, tally, weigh};
use jialiang_model::finding::{Finding, Level};

use super::understated_version::next;
use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::step::Step;

pub(crate) static RULE: Rule = Rule {
    name: "overstated-version",
    level: Level::Warning,
    document: include_str!("overstated_version.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    // A draft may still change by more.
    if entry.value.draft == Some(true) {
        return;
    }
    let Some(step) = Step::to(&subject.loaded.registry, entry) else {
        return;
    };
    // What nobody has seen may be the reason.
    let declared = step.declared();
    let beyond = tally(&step.changes, &declared).iter().any(|line| line.unseen().1 > 0);
    if !step.is_wholly_seen() || beyond {
        return;
    }
    let (before, after) = (&step.before.value.version, &entry.value.version);
    let required = weigh(&step.changes, &declared).required;
    let Some(bump) = bump(before, after).filter(|bump| *bump > required) else {
        return;
    };
    // An edition of its own rises by one at least.
    let required = required.max(jialiang_diff::Bump::Patch);
    if bump <= required {
        return;
    }
    let next = next(before, required);
    sink.report(
        Finding::new(
            document.place(&["version"]),
            format!("从 {before} 到 {after} 升了{}，而两版全文之间的变化只须升{}", bump.zh(), required.zh()),
            format!("from {before} to {after} is a {bump} step, and what changed between the two whole texts requires a {required} one"),
        )
        .arg("declared", bump)
        .arg("required", required)
        .arg("changes", step.changes.iter().map(Step::exact).collect::<Vec<_>>().join("; "))
        .label(format!("{next} 就够"), format!("{next} would do"))
        .help(
            format!("请核对是否漏录了变化；没有漏录的，可写 \"version\": \"{next}\""),
            format!("see whether a change was left out; where none was, \"version\": \"{next}\" will do"),
        )
        .related(
            jialiang_model::place::Place::at(&step.before.path, ["version"].iter().collect()),
            "上一版",
            "the edition before",
        ),
    );
}
