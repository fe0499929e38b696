//! A place pays no less than the place above it requires.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::provision::{Better, Form};

use crate::floor::{Below, days, shortfalls};
use crate::force::{Decided, lower, place_held, told, told_beside};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "below-floor",
    level: Level::Error,
    document: include_str!("below_floor.md"),
    runs: Runs::OnDecided(check),
};

fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    for one in shortfalls(decided).iter().filter(|one| one.below == Below::Breach) {
        let (here, above) = (told_beside(one.here, one.above), told(one.above));
        let (when_zh, when_en) = days(one.from, one.until);
        let (zh, en) = one.strand.whom();
        let (item, measure) = (decided.item, one.strand.line.measure());
        // An average that is high enough may still have grades outside the band above.
        let (form, floor) = (&one.here.line.form, &one.above.line.form);
        let less = form.scale().is_some_and(|scale| scale.better == Better::Less);
        let averages = matches!((form, floor), (Form::Average(..), Form::Average(..)));
        let (is_zh, is_en) = match lower(one.here, one.above) {
            Some(false) if averages => ("档次超出上级的幅度", "its grades outside the band of"),
            _ if less => ("劣于上级的", "worse than"),
            Some(false) => ("没有达到上级的", "which does not keep to"),
            Some(true) | None => ("低于上级的", "below"),
        };
        sink.report(
            Finding::new(
                place_held(one.here),
                format!("“{item}”的“{measure}”{zh}{when_zh}为{}，{is_zh}{}", here.zh, above.zh),
                format!("`{measure}` of `{item}`{en} is {} {when_en}, {is_en} {} above", here.en, above.en),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", one.strand.line.facts())
            .arg("here", &here.en)
            .arg("above", &above.en)
            .label("低于上级标准", "below the standard above")
            .help(
                "请对照两级文件：本地已提高而未录的，录入那份调整；录错的，改正；确实低于上级的，须由本地补足",
                "compare both documents: where the place has risen and it is not on record, record that adjustment; mend a slip; where it is in truth lower, the place has to make it good",
            )
            .related(place_held(one.above), "上级标准", "the standard above"),
        );
    }
}
