//! The registry's card says that it is in a format that this build reads.

use jialiang_model::FORMAT;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::place::Place;

use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-format",
    level: Level::Error,
    document: include_str!("unknown_format.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    const CARD: &str = "registry.json";
    match &subject.loaded.registry.card {
        None if subject.is_there(CARD) => {}
        None => sink.report(
            Finding::new(
                Place::document(&CARD.into()),
                "登记库缺少 registry.json，无法知道它的格式版本",
                "the registry has no registry.json, so its format is not known",
            )
            .help(
                format!("请写一份，其中 \"format\": \"{FORMAT}\""),
                format!("write one that says \"format\": \"{FORMAT}\""),
            ),
        ),
        Some(card) => {
            let found = card.value.format.to_string();
            if found != FORMAT {
                sink.report(another(place(&card.path, &["format"]), &found));
            }
        }
    }
}

/// A registry in another format than this build reads.
pub(crate) fn another(place: Place, found: &str) -> Finding {
    Finding::new(
        place,
        format!("登记库的格式版本是 {found}，本程序只认 {FORMAT}"),
        format!("the registry is in format {found}; this build reads format {FORMAT}"),
    )
    .arg("found", found)
    .arg("reads", FORMAT)
    .label(format!("本程序读 {FORMAT}"), format!("this build reads {FORMAT}"))
    .help(
        "请换用与之相符的 jialiang，或把登记库转换过来",
        "use a jialiang of that format, or convert the registry",
    )
}
