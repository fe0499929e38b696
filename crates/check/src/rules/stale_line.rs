//! An edition prints no value that an instrument had already replaced.

use jialiang_diff::words;
use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::What;

use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "stale-line",
    level: Level::Warning,
    document: include_str!("stale_line.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for trouble in force.troubles() {
        let What::Stale(entry, item, line) = &trouble.what else { continue };
        let printed = words::form(&line.form);
        let (id, of) = (&line.id, &item.id);
        sink.report(
            Finding::new(
                place(&entry.path, &["items", of.as_str(), "provisions", id.as_str()]),
                format!("“{of}/{id}”印的是{}，而印发前已有文件换掉了它", printed.zh),
                format!("`{of}/{id}` prints {}, which an instrument on record had replaced before the edition was issued", printed.en),
            )
            .arg("item", of)
            .arg("line", id)
            .label("旧数", "an older value")
            .help(
                "请对照原文：转录有误的，改正；原文确是旧数的，不必改，答案以现行文件为准；由本版改回的，列入 \"enacts\"",
                "compare it with the source: mend a slip; where the edition does print the older value, let it stand, and answers follow the instrument; where the edition itself goes back to it, list the line under \"enacts\"",
            ),
        );
    }
}
