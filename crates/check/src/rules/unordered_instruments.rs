//! Two documents of one day of issue that meet say which comes after.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::What;

use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "unordered-instruments",
    level: Level::Error,
    document: include_str!("unordered_instruments.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for trouble in force.troubles() {
        let What::SameDay(a, b) = &trouble.what else { continue };
        let (item, measure, cell) = (trouble.item, trouble.measure, &trouble.cell);
        // Which of the two is found first does not depend on how they are listed.
        let (a, b) = if a.document() <= b.document() { (*a, *b) } else { (*b, *a) };
        let other = a.document().trim_end_matches(".adjustment.json");
        sink.report(
            Finding::new(
                place_of(b, None),
                format!("“{item}”的“{measure}”：同日印发的两份文件在此相遇，没有写明谁先谁后"),
                format!("`{measure}` of `{item}`: two documents of one day of issue meet here, and neither says that it comes after"),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", cell)
            .arg("other", a.document())
            .label("先后不明", "the order is not known")
            .help(
                format!("请在后一份调整中写 \"after\": [\"{other}\"]（或反之）；在此之前，答案是“未定”"),
                format!("write \"after\": [\"{other}\"] in the one that comes after, or the other way round; until then the answer is undecided"),
            )
            .related(place_of(a, None), "同日的另一份", "the other one of that day"),
        );
    }
}
