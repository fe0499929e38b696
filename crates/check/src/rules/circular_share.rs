//! No adjustment makes a line a share of itself.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::{Said, What};

use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "circular-share",
    level: Level::Error,
    document: include_str!("circular_share.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    let mut told: Vec<Vec<&str>> = Vec::new();
    for trouble in force.troubles() {
        let What::Cycle(said, way) = &trouble.what else { continue };
        // Within one edition, `circular-reference` tells it.
        if matches!(said, Said::Edition(..) | Said::List(_)) {
            continue;
        }
        // Each line of a circle leads back to itself: it is told once.
        let mut lines: Vec<&str> = way.iter().map(String::as_str).collect();
        lines.sort_unstable();
        lines.dedup();
        if told.contains(&lines) {
            continue;
        }
        told.push(lines);
        let (item, measure) = (trouble.item, trouble.measure);
        let way = way.join(" → ");
        sink.report(
            Finding::new(
                place_of(*said, None),
                format!("“{item}”的“{measure}”按比例算来算去又回到自己：{way}"),
                format!("`{measure}` of `{item}` is a share that leads back to itself: {way}"),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("way", &way)
            .label("循环", "a circle")
            .help(
                "请对照文件改正 \"of\"：比例的底数要有自己的数",
                "mend \"of\" from the document: what a share is taken of has a number of its own",
            ),
        );
    }
}
