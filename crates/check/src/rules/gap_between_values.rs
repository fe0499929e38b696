//! Between two values of a line no day is without one.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::{Answer, Mark};

use crate::floor::days;
use crate::force::{Decided, place_held, told, value};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "gap-between-values",
    level: Level::Warning,
    document: include_str!("gap_between_values.md"),
    runs: Runs::OnDecided(check),
};

fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    for strand in &decided.strands {
        let mut last = None;
        let mut gap = None;
        for stand in &strand.stands {
            match &stand.here {
                Answer::Value(now) => {
                    if let (Some(before), Some(from)) = (last, gap) {
                        report(decided, strand, before, now, from, stand.day, sink);
                    }
                    gap = None;
                    // What is for a time only lapses on purpose.
                    last = value(&stand.here).filter(|held| !held.marks.has(Mark::Temporary));
                }
                // Nobody decides where a place is not there.
                Answer::Unknown(tried) if tried.absent.is_some() => (last, gap) = (None, None),
                Answer::Unknown(_) | Answer::NotYet { .. } => {
                    gap = gap.or(last.map(|_| stand.day));
                }
                Answer::Undecided { .. } | Answer::Ended { .. } | Answer::NotApplicable(..) => {
                    (last, gap) = (None, None);
                }
            }
        }
    }
}

fn report(
    decided: &Decided<'_>,
    strand: &crate::force::Strand<'_>,
    before: &jialiang_resolve::Held<'_>,
    now: &jialiang_resolve::Held<'_>,
    from: jialiang_model::date::Day,
    until: jialiang_model::date::Day,
    sink: &mut Sink<'_>,
) {
    let (item, measure) = (decided.item, strand.line.measure());
    let (zh, en) = strand.whom();
    let (when_zh, when_en) = days(from, Some(until));
    let (old, new) = (told(before), told(now));
    sink.report(
        Finding::new(
            place_held(now),
            format!("“{item}”的“{measure}”{zh}{when_zh}没有标准：此前为{}，此后为{}", old.zh, new.zh),
            format!("`{measure}` of `{item}`{en} has no value {when_en}: {} before, {} after", old.en, new.en),
        )
        .arg("item", item)
        .arg("measure", measure)
        .arg("cell", strand.line.facts())
        .arg("from", from)
        .arg("until", until)
        .label("前面有空档", "a gap lies before it")
        .help(
            "\"until\" 写最后一日的次日：请核对；中间另有文件的，录入那份调整；确已停止执行的，用 \"end\" 写明",
            "\"until\" is the day after the last: look at it again; where another document lies between, record that adjustment; where it did end, say so with \"end\"",
        )
        .related(place_held(before), "此前的标准", "what held before"),
    );
}
