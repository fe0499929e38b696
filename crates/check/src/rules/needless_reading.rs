//! How a first day is read is said only of a period.

use jialiang_model::date::PartialDate;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::adjustment::{Reading, When};

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "needless-reading",
    level: Level::Warning,
    document: include_str!("needless_reading.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Adjustment(entry) = document else { return };
    for (i, operation) in entry.value.operations.iter().enumerate() {
        let Some(When { from: PartialDate::Day(day), reading: Some(reading), until: _ }) =
            operation.when
        else {
            continue;
        };
        let (zh, en) = match reading {
            Reading::Within => {
                ("写明了某一天的，就自那一天起", "what names a day begins on that day")
            }
            Reading::Period => ("一天不是年度、学期", "a day is no funding year and no term"),
        };
        let at = |key: &str| document.place(&["operations", &format!("[{i}]"), key]);
        sink.report(
            Finding::new(
                at("as"),
                format!("from 是具体的一天 {day}，不用写 as：{zh}"),
                format!("`from` is the day {day}, and needs no `as`: {en}"),
            )
            .arg("from", day)
            .arg("as", reading)
            .label("多余", "needless")
            .help(
                "请删去 as；来源没有写到日的，from 照来源写年、月或学期",
                "delete `as`; where the source names no day, write its year, month or term under `from`",
            )
            .related(at("from"), "起始日", "the first day"),
        );
    }
}
