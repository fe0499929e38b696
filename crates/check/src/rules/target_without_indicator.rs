//! A target says by what it is judged.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::plan::Aim;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "target-without-indicator",
    level: Level::Error,
    document: include_str!("target_without_indicator.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Plan(entry) = document else {
        return;
    };
    for placed in entry.value.every_target() {
        let target = placed.target;
        let (indicator, measures) = (target.indicator.is_some(), target.measures.is_some());
        let (missing, key) = match &target.aim {
            Aim::Number(..) => (!indicator, "indicator"),
            Aim::Each(..) | Aim::Reach(_) | Aim::Zero(_) | Aim::Every(_) => {
                (!indicator && !measures, "measures")
            }
            // Nothing is measured that the words do not say.
            Aim::Words(_) => (false, "measures"),
        };
        if missing {
            sink.report(found(document, &placed.words(), target.id.as_str(), key));
        }
    }
}

fn found(document: &Doc<'_>, words: &[&str], id: &str, key: &str) -> Finding {
    let number = key == "indicator";
    Finding::new(
        document.place(words),
        match number {
            true => format!("目标“{id}”是数值，没有写用哪项指标衡量"),
            false => format!("目标“{id}”没有写衡量什么"),
        },
        match number {
            true => format!("the target `{id}` is a number, and names no indicator that measures it"),
            false => format!("the target `{id}` does not say what is measured"),
        },
    )
    .arg("target", id)
    .arg("key", key)
    .label("无从衡量", "nothing to judge it by")
    .help(
        "请写 \"indicator\": \"行政区划/指标表#指标\"，指标在 .indicators.json 里登记；不是数值的，也可以用文字写 \"measures\": { \"zh\": \"…\" }",
        "write \"indicator\": \"place/table#indicator\", with the indicator in an .indicators.json; what is no number may say it in words: \"measures\": { \"zh\": \"…\" }",
    )
}
