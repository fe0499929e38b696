//! A change that is printed beside its result leads to it.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::adjustment::{Act, Size};

use crate::force::leads;
use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "misprinted-change",
    level: Level::Error,
    document: include_str!("misprinted_change.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Adjustment(entry) = document else { return };
    for (i, operation) in entry.value.operations.iter().enumerate() {
        let Act::Set { line, was: Some(was), by: Some(by) } = &operation.act else { continue };
        let Some(result) = line.form.number() else { continue };
        let Some((fits, exact)) = leads(*was, *by, result) else { continue };
        if fits {
            continue;
        }
        let step = match by.size {
            Size::Amount(amount) => amount.to_string(),
            Size::Percent(percent) => format!("{percent}%"),
        };
        let word = format!("[{i}]");
        sink.report(
            Finding::new(
                document.place(&["operations", &word, "by"]),
                format!("{was} 增 {step} 应为 {exact}，而印的结果是 {result}"),
                format!("{was} changed by {step} is {exact}, and the result that is printed is {result}"),
            )
            .arg("was", was)
            .arg("by", &step)
            .arg("result", result)
            .label("推不出结果", "does not lead to the result")
            .help(
                "请对照原文核对三个数；取整的，写明 \"rounding\"；原文确实印错的，只留印出的结果",
                "compare the three numbers with the source; where it was rounded, write \"rounding\"; where the source itself is wrong, keep the result alone",
            ),
        );
    }
}
