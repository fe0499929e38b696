//! What a place owes for days before it could follow is known.

use jialiang_model::finding::{Finding, Level};

use crate::floor::{Below, days, due, shortfalls};
use crate::force::{Decided, place_held, told, told_beside};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "owed-shortfall",
    level: Level::Note,
    document: include_str!("owed_shortfall.md"),
    runs: Runs::OnDecided(check),
};

fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    for one in shortfalls(decided).iter().filter(|one| one.below == Below::Owed) {
        let (here, above) = (told_beside(one.here, one.above), told(one.above));
        let (when_zh, when_en) = days(one.from, one.until);
        let (zh, en) = one.strand.whom();
        let (item, measure, due) = (decided.item, one.strand.line.measure(), due(one.above));
        sink.report(
            Finding::new(
                place_held(one.here),
                format!("“{item}”的“{measure}”{zh}{when_zh}为{}，上级为{}：差额应补，{due} 前不算违反", here.zh, above.zh),
                format!("`{measure}` of `{item}`{en} is {} {when_en}, and {} above: the difference is owed, and no breach before {due}", here.en, above.en),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", one.strand.line.facts())
            .arg("from", one.from)
            .label("应补差额", "the difference is owed")
            .related(place_held(one.above), "上级标准", "the standard above"),
        );
    }
}
