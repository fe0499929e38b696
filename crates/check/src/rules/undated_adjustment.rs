//! An adjustment rests on a document that has a date.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "undated-adjustment",
    level: Level::Warning,
    document: include_str!("undated_adjustment.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Adjustment(entry) = document else { return };
    let adjustment = &entry.value;
    let Some(id) = adjustment.instrument.as_ref().filter(|_| adjustment.draft != Some(true)) else {
        return;
    };
    // One that is not on record is another rule's.
    let Some(instrument) = subject.loaded.registry.instruments.get(id) else { return };
    if instrument.value.known().is_some() {
        return;
    }
    sink.report(
        Finding::new(
            document.place(&["instrument"]),
            format!("文件 {id} 没有印发、公布、施行中的任何一个日期：这份调整不起作用"),
            format!("the instrument {id} has no date of issue, of publication or of effect: this adjustment says nothing"),
        )
        .arg("instrument", id)
        .label("日期未录", "no date on record")
        .help(
            "请给文件补上 \"issued\"（或 \"published\"、\"effective\"），写到来源写明的精度即可，如 \"2018\"",
            "give the instrument its \"issued\" (or \"published\", or \"effective\"), as far as the source has it, such as \"2018\"",
        )
        .related(place(&instrument.path, &[]), "这份文件", "the instrument"),
    );
}
