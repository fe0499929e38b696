//! A local edition is written on an edition that its standard answers to.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "unanswered-parent",
    level: Level::Error,
    document: include_str!("unanswered_parent.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    let edition = &entry.value;
    let (Some(parent), Some(standard)) =
        (&edition.difference_from, subject.loaded.registry.standards.get(&edition.standard))
    else {
        return;
    };
    let (zh, en, related) = match &standard.value.implements {
        None => (
            "没有写明落实哪部上级标准".to_owned(),
            "does not say which standard it implements".to_owned(),
            place(&standard.path, &[]),
        ),
        Some(implements) => {
            let (above, versions) = (&implements.standard, &implements.versions);
            if *above == parent.standard && versions.admits(&parent.version) {
                return;
            }
            (
                format!("落实的是 {above} 的 {versions}"),
                format!("implements {above} at {versions}"),
                place(&standard.path, &["implements", "versions"]),
            )
        }
    };
    let own = &edition.standard;
    sink.report(
        Finding::new(
            document.place(&["difference-from"]),
            format!("本版以 {parent} 为底，而标准 {own} {zh}"),
            format!("this edition is written on {parent}, and the standard {own} {en}"),
        )
        .arg("parent", parent)
        .label("不在范围内", "not answered to")
        .help(
            "请改正 difference-from，或改标准里的 implements",
            "mend difference-from, or what the standard implements",
        )
        .related(related, zh, en),
    );
}
