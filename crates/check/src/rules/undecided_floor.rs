//! The record decides whether a place keeps to what stands above it.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::Mark;

use crate::floor::{Below, Shortfall, days, shortfalls};
use crate::force::{Decided, one_line, place_held, told, told_beside};
use crate::increase::{Passed, increases};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "undecided-floor",
    level: Level::Note,
    document: include_str!("undecided_floor.md"),
    runs: Runs::OnDecided(check),
};

/// Once for each item: what is not on record cannot be told line by line.
fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    let all = shortfalls(decided);
    let item = decided.item;
    // What is told to be below is not told again for the days after the horizon.
    let open = |one: &&Shortfall<'_, '_>| {
        one.below == Below::Undecided
            && !all.iter().any(|other| {
                other.below != Below::Undecided
                    && one_line(other.here, one.here)
                    && one_line(other.above, one.above)
            })
    };
    if let Some(one) = all.iter().rfind(open) {
        let (here, above) = (told_beside(one.here, one.above), told(one.above));
        let (when_zh, when_en) = days(one.from, one.until);
        let measure = one.strand.line.measure();
        let unfollowed = [one.here, one.above].iter().any(|held| held.marks.has(Mark::LastKnown));
        let (why_zh, why_en) = if unfollowed {
            ("此后的文件没有跟踪", "the instruments have not been followed so far")
        } else {
            ("记录分不出高低", "what is on record does not decide it")
        };
        sink.report(
            Finding::new(
                place_held(one.here),
                format!("“{item}”的“{measure}”{when_zh}是否不低于上级未定：所知本地为{}，上级为{}，{why_zh}", here.zh, above.zh),
                format!("whether `{measure}` of `{item}` keeps to the standard above {when_en} is undecided: {} here and {} above as far as is known; {why_en}", here.en, above.en),
            )
            .arg("item", item)
            .label("未定", "undecided")
            .related(place_held(one.above), "上级标准", "the standard above"),
        );
        return;
    }
    if let Some(one) = increases(decided).iter().find(|one| one.passed == Passed::Undecided) {
        let measure = one.strand.line.measure();
        let (day, (before, after)) = (one.day, one.parts);
        sink.report(
            Finding::new(
                place_held(one.here),
                format!("“{item}”的“{measure}”自 {day} 起是否冲抵了上级增加的部分未定：自行提高的部分由{before}变为{after}，而原数只是所见"),
                format!("whether `{measure}` of `{item}` absorbed the increase above from {day} on is undecided: its own part went from {before} to {after}, and what it had before was only seen"),
            )
            .arg("item", item)
            .label("未定", "undecided")
            .related(place_held(one.above), "上级的增加", "the increase above"),
        );
    }
}
