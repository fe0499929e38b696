//! What is accepted is still there.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Answered, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "stale-acceptance",
    level: Level::Warning,
    document: include_str!("stale_acceptance.md"),
    runs: Runs::OnAcceptances(check),
};

fn check(_: &Subject<'_>, answered: &[Answered<'_>], sink: &mut Sink<'_>) {
    for Answered { acceptance, .. } in answered.iter().filter(|a| a.found == Some(false)) {
        let (value, path) = (&acceptance.value, &acceptance.path);
        let (fingerprint, rule, at) = (&value.fingerprint, &value.rule, &value.at);
        sink.report(
            Finding::new(
                place(path, &["fingerprint"]),
                format!("所接受的问题已不存在：{rule}（{at}）"),
                format!("what this accepts is there no more: {rule} at {at}"),
            )
            .arg("fingerprint", fingerprint)
            .label("没有这个问题了", "nothing to accept")
            .help(format!("请删去 {path}"), format!("delete {path}")),
        );
    }
}
