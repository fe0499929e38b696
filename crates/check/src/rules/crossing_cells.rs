//! One document sets one value for one person and day.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::What;

use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "crossing-cells",
    level: Level::Error,
    document: include_str!("crossing_cells.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for trouble in force.troubles() {
        let What::Crossing(a, b) = &trouble.what else { continue };
        let (item, measure, cell) = (trouble.item, trouble.measure, &trouble.cell);
        sink.report(
            Finding::new(
                place_of(*b, None),
                format!("“{item}”的“{measure}”：同一文件自同日起为“{cell}”定了两个数，哪个适用分不清"),
                format!("`{measure}` of `{item}`: one document sets two values from one day for `{cell}`, and neither cell lies within the other"),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", cell)
            .label("与另一条交叉", "crosses another line")
            .help(
                "请对照文件：把两条的适用对象写到互不重叠，或一条在另一条之内",
                "look into the document: write the two cells so that they share nobody, or that one lies within the other",
            )
            .related(place_of(*a, None), "另一条", "the other line"),
        );
    }
}
