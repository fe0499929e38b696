//! A value is still in force when its document is issued.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::Mark;

use crate::force::{Decided, place_held, told, value};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "over-before-issue",
    level: Level::Note,
    document: include_str!("over_before_issue.md"),
    runs: Runs::OnDecided(check),
};

fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    let mut seen: Vec<*const jialiang_model::provision::Provision> = Vec::new();
    for strand in &decided.strands {
        for stand in &strand.stands {
            let Some(held) = value(&stand.here) else { continue };
            let line = std::ptr::from_ref(held.line);
            let over = held.marks.has(Mark::OverBeforeIssue);
            if !over || held.place != decided.place || seen.contains(&line) {
                continue;
            }
            seen.push(line);
            let (item, measure) = (decided.item, strand.line.measure());
            let (told, known) = (told(held), held.stamp.known);
            let since = held.since.map_or_else(|| "?".to_owned(), |day| day.to_string());
            let last = held.until.and_then(crate::force::eve);
            let last = last.map_or_else(|| "?".to_owned(), |day| day.to_string());
            sink.report(
                Finding::new(
                    place_held(held),
                    format!("“{item}”的“{measure}”{}自{since}至{last}，而文件 {known} 才印发：印发时已不再执行，只补差额", told.zh),
                    format!("`{measure}` of `{item}` was {} from {since} through {last}, and its document came on {known}: it was over before it was issued", told.en),
                )
                .arg("item", item)
                .arg("measure", measure)
                .arg("value", &told.en)
                .label("印发时已过", "over before it was issued"),
            );
        }
    }
}
