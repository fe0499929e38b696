//! An item that is declared not applicable has a reason and a source.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::edition::NotApplicable;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "unreasoned-exemption",
    level: Level::Note,
    document: include_str!("unreasoned_exemption.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else { return };
    for (i, one) in entry.value.not_applicable.iter().enumerate() {
        let NotApplicable { item, reason, source } = one;
        let (zh, en) = match (reason.is_some(), source.is_some()) {
            (true, true) => continue,
            (false, true) => ("理由", "no reason"),
            (true, false) => ("来源", "no source"),
            (false, false) => ("理由和来源", "neither reason nor source"),
        };
        let word = format!("[{i}]");
        sink.report(
            Finding::new(
                document.place(&["not-applicable", &word]),
                format!("声明“{item}”不适用，没有写明{zh}"),
                format!("`{item}` is declared not applicable, with {en} on record"),
            )
            .arg("item", item)
            .arg("lacks", en)
            .label(format!("缺{zh}"), en),
        );
    }
}
