//! What nobody has compared with its source is told apart.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::source::Source;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "unverified",
    level: Level::Note,
    document: include_str!("unverified.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let mut see = |source: Option<&Source>, words: &[&str], what: &str| {
        if let Some(source) = source.filter(|s| !s.verified) {
            let place = [words, &["source", "verified"]].concat();
            let note = source.note.as_ref();
            let finding = Finding::new(
                document.place(&place),
                match note {
                    Some(note) => format!("“{what}”尚未与来源核对（{note}）"),
                    None => format!("“{what}”尚未与来源核对"),
                },
                match note {
                    Some(note) => format!("`{what}` has not been compared with its source ({note})"),
                    None => format!("`{what}` has not been compared with its source"),
                },
            )
            .arg("what", what)
            .label("未核对", "unverified")
            .help(
                "核对原文后写 \"verified\": true；未核对也可以先登记",
                "compare it with its source and write \"verified\": true; until then it may stand as it is",
            );
            sink.report(finding);
        }
    };
    match document {
        Doc::Registry(_) | Doc::Acceptance(_) => {}
        Doc::Jurisdiction(e) => see(e.value.source.as_ref(), &[], e.value.id.as_str()),
        Doc::Instrument(e) => see(e.value.source.as_ref(), &[], e.value.id.as_str()),
        Doc::Standard(e) => {
            see(e.value.source.as_ref(), &[], e.value.id.as_str());
            for area in &e.value.areas {
                for category in &area.categories {
                    let (area, id) = (area.id.as_str(), category.id.as_str());
                    see(category.source.as_ref(), &["areas", area, "categories", id], id);
                }
            }
        }
        Doc::Plan(e) => see(e.value.source.as_ref(), &[], e.path.as_ref()),
        Doc::Crosswalk(e) => see(e.value.source.as_ref(), &[], e.path.as_ref()),
        Doc::Indicators(e) => {
            see(e.value.source.as_ref(), &[], e.path.as_ref());
            for indicator in &e.value.indicators {
                let id = indicator.id.as_str();
                see(indicator.source.as_ref(), &["indicators", id], id);
                for (i, seen) in indicator.observations.iter().enumerate() {
                    let word = format!("[{i}]");
                    let words = ["indicators", id, "observations", &word];
                    see(seen.source.as_ref(), &words, &format!("{id} {}", seen.of));
                }
            }
        }
        Doc::Edition(e) => {
            let edition = &e.value;
            see(edition.source.as_ref(), &[], e.path.as_ref());
            if let Some(declared) = &edition.declared {
                see(declared.source.as_ref(), &["declared"], "declared");
            }
            for item in &edition.items {
                let id = item.id.as_str();
                see(item.source.as_deref(), &["items", id], id);
                for provision in &item.provisions {
                    let line = provision.id.as_str();
                    let words = ["items", id, "provisions", line];
                    if provision.source.is_some() {
                        see(provision.source.as_deref(), &words, &format!("{id}/{line}"));
                    }
                }
            }
        }
    }
}
