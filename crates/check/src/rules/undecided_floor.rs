//! The record decides whether a place keeps to what stands above it.

use jialiang_model::date::Day;
use jialiang_model::finding::{Finding, Level, Message};
use jialiang_model::order::{Order, Why};
use jialiang_resolve::Mark;

use crate::floor::{Below, Shortfall, days, shortfalls};
use crate::force::{Decided, keeps, one_line, place_held, told, told_beside};
use crate::increase::{Passed, increases};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "undecided-floor",
    level: Level::Note,
    document: include_str!("undecided_floor.md"),
    runs: Runs::OnDecided(check),
};

/// Once for each item: what is not on record cannot be told line by line.
fn check(subject: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
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
        let (why, help) = open_because(subject, one);
        let (why_zh, why_en) = why;
        sink.report(
            Finding::new(
                place_held(one.here),
                format!("“{item}”的“{measure}”{when_zh}是否不低于上级未定：所知本地为{}，上级为{}，{why_zh}", here.zh, above.zh),
                format!("whether `{measure}` of `{item}` keeps to the standard above {when_en} is undecided: {} here and {} above as far as is known; {why_en}", here.en, above.en),
            )
            .arg("item", item)
            .label("未定", "undecided")
            .related(place_held(one.above), "上级标准", "the standard above")
            .help(help.zh, help.en),
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
            .related(place_held(one.above), "上级的增加", "the increase above")
            .help(
                "补录本地原数所依据的文件，或写明原数自哪一天起（from）",
                "record the document that set what it had before, or from when that held (`from`)",
            ),
        );
    }
}

/// Why it is open whether one value keeps to another, and what to do about it.
fn open_because(
    subject: &Subject<'_>,
    one: &Shortfall<'_, '_>,
) -> ((&'static str, &'static str), Message) {
    let (here, above) = (one.here.form(), one.above.form());
    // What does not compare is not decided by following documents further.
    if keeps(&here, &above).is_none() {
        return if here.compare(&above) == Order::Undecided(Why::Units) {
            (
                ("两边的单位换算不了", "the units of the two do not convert"),
                Message::new(
                    "请对照原文核对两边的单位；按天的数额要写明一年多少天（days-per-year）",
                    "compare both units with their sources; an amount a day names how many days a year (`days-per-year`)",
                ),
            )
        } else {
            (
                ("两边的写法比不出高低", "the two are written in forms that do not compare"),
                Message::new(
                    "请对照原文核对两边的写法（不低于、等于、不高于、平均、比例）",
                    "compare both forms with their sources: at least, exactly, at most, average, share",
                ),
            )
        };
    }
    let late = [one.here, one.above].into_iter().filter(|one| one.marks.has(Mark::LastKnown));
    let mut late: Vec<(&str, Option<Day>)> = late.map(|one| (one.behind, one.followed)).collect();
    late.dedup_by_key(|(place, _)| *place);
    if late.is_empty() {
        return (
            ("记录分不出高低", "what is on record does not decide it"),
            Message::new(
                "请补全记录：所缺的文件，或各数自哪一天起（from）",
                "complete the record: the document that is missing, or from when each value holds (`from`)",
            ),
        );
    }
    let told = |(place, through): &(&str, Option<Day>)| {
        let entry = subject.loaded.registry.jurisdictions.get(*place);
        let file = entry.map_or(*place, |entry| &entry.path);
        match through {
            Some(day) => (
                format!("{file} 的 followed 到 {day}"),
                format!("`followed` in {file} ends on {day}"),
            ),
            None => (format!("{file} 没有写 followed"), format!("{file} says no `followed`")),
        }
    };
    let (zh, en): (Vec<String>, Vec<String>) = late.iter().map(told).unzip();
    let help = Message::new(
        format!("{}：补录此后的文件，并写明已跟踪到哪一天", zh.join("，")),
        format!(
            "{}: record the documents issued since, and write through which day they were followed",
            en.join(", and ")
        ),
    );
    (("此后的文件没有跟踪", "the instruments have not been followed so far"), help)
}
