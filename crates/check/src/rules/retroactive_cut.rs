//! No document takes away what was in force on days before it was issued.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::{Answer, Known, Mark};

use crate::force::{Decided, eve, lower, place_held, told, value};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "retroactive-cut",
    level: Level::Warning,
    document: include_str!("retroactive_cut.md"),
    runs: Runs::OnDecided(check),
};

fn check<'a>(subject: &Subject<'a>, decided: &Decided<'a>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for strand in &decided.strands {
        let mut seen: Vec<*const jialiang_model::provision::Provision> = Vec::new();
        for stand in &strand.stands {
            let Some(now) = value(&stand.here) else { continue };
            let line = std::ptr::from_ref(now.line);
            // Where the day of issue is not on record, nothing is known to be retroactive.
            let own = now.marks.has(Mark::Retroactive)
                && !now.marks.has(Mark::AssumedKnown)
                && !now.marks.has(Mark::Inherited);
            if !own || seen.contains(&line) {
                continue;
            }
            // Of a month or a year of issue the day may have been an earlier one.
            let instruments = &subject.loaded.registry.instruments;
            let issued = now.said.instrument_id().and_then(|id| instruments.get(id)?.value.known());
            if issued.is_some_and(|issued| issued.first_day() <= stand.day.date()) {
                continue;
            }
            let Some(before) = eve(now.stamp.known) else { continue };
            let earlier = force.answer(decided, strand, stand.day, Known::By(before));
            let Some(Answer::Value(was)) = earlier else { continue };
            if lower(now, &was) != Some(true) {
                continue;
            }
            seen.push(line);
            let (item, measure, day) = (decided.item, strand.line.measure(), stand.day);
            let (zh, en) = strand.whom();
            let (old, new, known) = (told(&was), told(now), now.stamp.known);
            sink.report(
                Finding::new(
                    place_held(now),
                    format!("“{item}”的“{measure}”{zh}：{known} 的文件把 {day} 起的标准由{}降为{}，追溯到印发之前", old.zh, new.zh),
                    format!("`{measure}` of `{item}`{en}: a document of {known} lowers what held from {day} on from {} to {}, for days before its issue", old.en, new.en),
                )
                .arg("item", item)
                .arg("measure", measure)
                .arg("cell", strand.line.facts())
                .arg("before", &old.en)
                .arg("after", &new.en)
                .label("追溯降低", "lowered retroactively")
                .help(
                    "请对照文件核对执行日和数额；确实追溯降低的，已发的部分怎么办，应由发文单位说明",
                    "compare the first day and the number with the document; where it is true, its issuer has to say what becomes of what was paid",
                )
                .related(place_held(&was), "原来的标准", "what held before"),
            );
        }
    }
}
