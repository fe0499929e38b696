//! Every value on record is the answer on some day.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::adjustment::{Act, When};
use jialiang_resolve::{Said, Trouble, What};

use crate::dated::{effective, outside};
use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "invisible-value",
    level: Level::Warning,
    document: include_str!("invisible_value.md"),
    runs: Runs::OnRegistry(check),
};

/// Whether another rule says why: its days are reversed, or its place is not there on them.
fn otherwise(subject: &Subject<'_>, trouble: &Trouble<'_>, said: Said<'_>) -> bool {
    let registry = &subject.loaded.registry;
    let place = registry.jurisdictions.get(trouble.place);
    let begins = match said {
        Said::Operation(_, operation) => match (&operation.act, operation.when) {
            (Act::Attest { on, .. }, _) => Some(*on),
            (_, Some(When { from, until, reading: _ })) => {
                if until.is_some_and(|until| until.last_day() <= from.first_day()) {
                    return true;
                }
                Some(from)
            }
            (_, None) => None,
        },
        Said::Edition(entry, _) | Said::List(entry) => effective(registry, &entry.value),
    };
    let place = place.zip(begins);
    place.is_some_and(|(place, begins)| outside(&place.value, begins).is_some())
}

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for trouble in force.troubles() {
        let What::Invisible(said) = &trouble.what else { continue };
        if otherwise(subject, trouble, *said) {
            continue;
        }
        let (item, measure, cell) = (trouble.item, trouble.measure, &trouble.cell);
        sink.report(
            Finding::new(
                place_of(*said, None),
                format!("“{item}”的“{measure}”：这个数在任何一天、无论何时查，都不是答案"),
                format!("`{measure}` of `{item}`: this value is the answer on no day, whenever one asks"),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", cell)
            .label("从不显示", "it never shows")
            .help(
                "请查起止日期和先后：它的每一天都被别的标准盖住了，或者本项目此时不适用、已取消；同一数录了两遍的，留一处即可",
                "look at its days and its order: every day of it is covered by something else, or the item is not applicable or retired on it; where one value is recorded twice, keep one",
            ),
        );
    }
}
