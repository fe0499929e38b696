//! A place that stands above a standard does not come down, where the document above says so.

use jialiang_model::finding::{Finding, Level};

use jialiang_resolve::Mark;

use crate::force::{Decided, Stand, lower, one_line, operation, place_held, sure, told, value};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "regression",
    level: Level::Error,
    document: include_str!("regression.md"),
    runs: Runs::OnDecided(check),
};

fn check(_: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    for strand in &decided.strands {
        for pair in strand.stands.windows(2) {
            let [before, after] = pair else { continue };
            let Some((was, now, above)) = came_down(before, after) else { continue };
            let (item, measure, day) = (decided.item, strand.line.measure(), after.day);
            let (zh, en) = strand.whom();
            let (old, new, floor) = (told(was), told(now), told(above));
            sink.report(
                Finding::new(
                    // Where the place ended its own, what it had is its own document's.
                    place_held(if now.marks.has(Mark::Inherited) { was } else { now }),
                    format!("“{item}”的“{measure}”{zh}自 {day} 起由{}降为{}，而上级写明已高于{}的不得降低", old.zh, new.zh, floor.zh),
                    format!("`{measure}` of `{item}`{en} comes down from {} to {} on {day}, and the document above says that who stands above {} may not", old.en, new.en, floor.en),
                )
                .arg("item", item)
                .arg("measure", measure)
                .arg("cell", strand.line.facts())
                .arg("before", &old.en)
                .arg("after", &new.en)
                .label("降低了", "comes down")
                .help(
                    "请对照文件核对数额和起始日；确实降低的，须改回原标准",
                    "compare the number and its first day with the document; where it is true, the place has to go back to what it had",
                )
                .related(place_held(was), "原来的标准", "what it had")
                .related(place_held(above), "上级的规定", "what stands above"),
            );
        }
    }
}

type Held<'s, 'a> = &'s jialiang_resolve::Held<'a>;

fn came_down<'s, 'a>(
    before: &'s Stand<'a>,
    after: &'s Stand<'a>,
) -> Option<(Held<'s, 'a>, Held<'s, 'a>, Held<'s, 'a>)> {
    let above = value(after.above.as_ref()?)?;
    operation(above.said).filter(|one| one.bond.no_regression)?;
    let (was, now) = (sure(&before.here)?, sure(&after.here)?);
    // What follows the place above has nothing of its own to lose.
    // What was only for a time lapses as it said: that is no coming down.
    let lapsed = was.marks.has(Mark::Temporary) || now.marks.has(Mark::Temporary);
    let own = !std::ptr::eq(was.line, above.line) && !one_line(was, now) && !lapsed;
    let (stood_above, came_down) = (lower(above, was), lower(now, was));
    (own && stood_above == Some(true) && came_down == Some(true)).then_some((was, now, above))
}
