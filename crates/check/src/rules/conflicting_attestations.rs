//! Sources agree on what was in force on a day.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::What;

use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "conflicting-attestations",
    level: Level::Warning,
    document: include_str!("conflicting_attestations.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for trouble in force.troubles() {
        let What::Seen(a, b) = &trouble.what else { continue };
        // Not less than 4 and not more than 6: one document says both of one thing.
        let one_instrument = a.instrument_id().is_some() && a.instrument_id() == b.instrument_id();
        // Nor does a notice that raises from the next month on contradict the edition that it
        // publishes.
        if a.document() == b.document() || one_instrument {
            continue;
        }
        let (item, measure, cell) = (trouble.item, trouble.measure, &trouble.cell);
        sink.report(
            Finding::new(
                place_of(*b, None),
                format!("“{item}”的“{measure}”：两份来源载明同一天执行的是两个数"),
                format!("`{measure}` of `{item}`: two sources saw different values in force on one day"),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", cell)
            .arg("other", a.document())
            .label("与另一来源不符", "another source saw another value")
            .help(
                "请回到两份来源核对：对象、口径、日期是否真的相同；确有一份转录有误的，改正它",
                "go back to both sources: are the people, the measure and the day really the same? Mend the one that was copied wrongly",
            )
            .related(place_of(*a, None), "另一来源", "the other source"),
        );
    }
}
