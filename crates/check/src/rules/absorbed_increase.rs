//! An increase that is to be passed through comes on top of what a place had.

use jialiang_model::finding::{Finding, Level};

use crate::force::{Decided, place_held, told};
use crate::increase::{Passed, increases};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "absorbed-increase",
    level: Level::Error,
    document: include_str!("absorbed_increase.md"),
    runs: Runs::OnDecided(check),
};

fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    for one in increases(decided).iter().filter(|one| one.passed == Passed::Absorbed) {
        let (item, measure) = (decided.item, one.strand.line.measure());
        let (zh, en) = one.strand.whom();
        let (day, (before, after)) = (one.day, one.parts);
        let (was, now, above) = (told(one.before), told(one.here), told(one.above));
        sink.report(
            Finding::new(
                place_held(one.here),
                format!("“{item}”的“{measure}”{zh}由{}到{}：自 {day} 起自行提高的部分由{before}降为{after}，上级增加的部分（至{}）被冲抵", was.zh, now.zh, above.zh),
                format!("`{measure}` of `{item}`{en} went from {} to {}: from {day} on its own part is {after} instead of {before}, so that the increase above to {} was absorbed", was.en, now.en, above.en),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", one.strand.line.facts())
            .arg("before", before)
            .arg("after", after)
            .label("冲抵了上级增加的部分", "absorbs the increase above")
            .help(
                "上级写明不得冲抵：请对照本地文件核对数额；确实如此的，须由本地补足",
                "the document above says that it may not be absorbed: compare the number with the place's own document; where it is true, the place has to make it good",
            )
            .related(place_held(one.above), "上级的增加，不得冲抵", "the increase above, to be passed through"),
        );
    }
}
