//! An increase that a place still has to pass on is known.

use jialiang_model::finding::{Finding, Level};

use crate::force::{Decided, place_held, told};
use crate::increase::{Passed, increases};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "owed-increase",
    level: Level::Note,
    document: include_str!("owed_increase.md"),
    runs: Runs::OnDecided(check),
};

fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    for one in increases(decided).iter().filter(|one| one.passed == Passed::Owed) {
        let (item, measure) = (decided.item, one.strand.line.measure());
        let (zh, en) = one.strand.whom();
        let (day, (before, after)) = (one.day, one.parts);
        let (now, above) = (told(one.here), told(one.above));
        sink.report(
            Finding::new(
                place_held(one.here),
                format!("“{item}”的“{measure}”{zh}自 {day} 起仍为{}，上级增加（至{}）尚未落实：自行提高的部分由{before}变为{after}，差额应补", now.zh, above.zh),
                format!("`{measure}` of `{item}`{en} is still {} from {day} on, and the increase above to {} is owed: its own part went from {before} to {after}", now.en, above.en),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", one.strand.line.facts())
            .arg("from", day)
            .label("应补", "owed")
            .related(place_held(one.above), "上级的增加，不得冲抵", "the increase above, to be passed through"),
        );
    }
}
