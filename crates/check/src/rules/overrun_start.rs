//! No later event runs over a start that an earlier document has fixed, without a word.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::What;

use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "overrun-start",
    level: Level::Error,
    document: include_str!("overrun_start.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for trouble in force.troubles() {
        let What::Overrun { by, over, from } = &trouble.what else { continue };
        let (item, measure, cell) = (trouble.item, trouble.measure, &trouble.cell);
        let from = from.map_or_else(|| "?".to_owned(), |day| day.to_string());
        let earlier = over.document();
        sink.report(
            Finding::new(
                place_of(*by, None),
                format!("“{item}”的“{measure}”：此项调整盖过了先前文件已定于 {from} 起执行的标准，而没有写明"),
                format!("`{measure}` of `{item}`: this runs over a start on {from} that an earlier document has fixed, and does not say so"),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", cell)
            .arg("over", earlier)
            .arg("from", &from)
            .label("盖过了已定的起始", "runs over a later start")
            .help(
                format!("请对照文件：到那天为止的，写 \"until\": \"{from}\"；取代先前文件的，写 \"replaces\"；停止执行其全部的，写 \"lifts\""),
                format!("look into the document: where it holds until then, write \"until\": \"{from}\"; where it takes the place of the earlier one, \"replaces\"; where it takes it off altogether, \"lifts\""),
            )
            .related(place_of(*over, None), "先前已定的起始", "the start that was fixed before"),
        );
    }
}
