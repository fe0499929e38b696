//! Every document and every value says where it comes from.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::item::Transcribed;
use jialiang_model::source::Source;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::sources::each_source;

pub(crate) static RULE: Rule = Rule {
    name: "missing-source",
    level: Level::Error,
    document: include_str!("missing_source.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    match document {
        // The card and the acceptances speak of the registry, and state no fact of the world.
        Doc::Registry(_) | Doc::Acceptance(_) => {}
        Doc::Jurisdiction(e) => whole(document, e.value.source.as_ref(), sink),
        Doc::Instrument(e) => whole(document, e.value.source.as_ref(), sink),
        Doc::Adjustment(e) => {
            let adjustment = &e.value;
            let mut all = true;
            each_source(document, &mut |cited| {
                let words = [cited.words, &["source"]].concat();
                names_nothing(document, Some(cited.source), &words, sink);
            });
            for operation in &adjustment.operations {
                let line = operation.act.line().is_some_and(|line| line.source.is_some());
                all &= line || operation.source.is_some();
            }
            // What an instrument changes comes from it.
            if adjustment.source.is_none() && adjustment.instrument.is_none() && !all {
                sink.report(missing(document, &[], ("这份调整", "the adjustment")));
            }
        }
        Doc::Standard(e) => {
            whole(document, e.value.source.as_ref(), sink);
            for area in &e.value.areas {
                for category in &area.categories {
                    let (area, id) = (area.id.as_str(), category.id.as_str());
                    let words = ["areas", area, "categories", id, "source"];
                    names_nothing(document, category.source.as_ref(), &words, sink);
                }
            }
        }
        Doc::Plan(e) => whole(document, e.value.source.as_ref(), sink),
        Doc::Crosswalk(e) => whole(document, e.value.source.as_ref(), sink),
        Doc::Indicators(e) => {
            let table = &e.value;
            names_nothing(document, table.source.as_ref(), &["source"], sink);
            for indicator in &table.indicators {
                let id = indicator.id.as_str();
                let words = ["indicators", id];
                let source = indicator.source.as_ref();
                names_nothing(document, source, &[&words[..], &["source"]].concat(), sink);
                let covered = source.is_some() || table.source.is_some();
                let bare = indicator.observations.iter().any(|seen| seen.source.is_none());
                if !covered && (bare || indicator.observations.is_empty()) {
                    sink.report(missing(document, &words, ("这项指标", "the indicator")));
                }
                for (i, seen) in indicator.observations.iter().enumerate() {
                    let word = format!("[{i}]");
                    let words = ["indicators", id, "observations", &word, "source"];
                    names_nothing(document, seen.source.as_ref(), &words, sink);
                }
            }
        }
        Doc::Edition(e) => {
            let edition = &e.value;
            whole(document, edition.source.as_ref(), sink);
            if let Some(declared) = &edition.declared {
                let words = ["declared", "source"];
                names_nothing(document, declared.source.as_ref(), &words, sink);
                if declared.source.is_none() {
                    sink.report(missing(
                        document,
                        &["declared"],
                        ("通知所述的调整情况", "the declared summary"),
                    ));
                }
            }
            for (i, one) in edition.not_applicable.iter().enumerate() {
                let words = ["not-applicable", &format!("[{i}]"), "source"];
                names_nothing(document, one.source.as_ref(), &words, sink);
            }
            // A text that is wholly on record comes from the edition's source; of a part of
            // one, each value must say where it was read.
            let inherits = edition.source.is_some();
            for item in &edition.items {
                let id = item.id.as_str();
                names_nothing(document, item.source.as_deref(), &["items", id, "source"], sink);
                let inherits = inherits && edition.transcribed(item) == Transcribed::Full;
                let covered = item.source.is_some() || inherits;
                let bare: Vec<_> = item.provisions.iter().filter(|p| p.source.is_none()).collect();
                if !covered && let Some(first) = bare.first() {
                    sink.report(values(document, id, first.id.as_str(), bare.len()));
                }
                for provision in &item.provisions {
                    let line = provision.id.as_str();
                    let words = ["items", id, "provisions", line, "source"];
                    names_nothing(document, provision.source.as_deref(), &words, sink);
                }
            }
        }
    }
}

fn values(document: &Doc<'_>, item: &str, first: &str, n: usize) -> Finding {
    let finding = Finding::new(
        document.place(&["items", item]),
        match n {
            1 => format!("标准“{item}/{first}”没有写来源"),
            _ => format!("“{item}”有 {n} 条标准没有写来源，第一条是“{first}”"),
        },
        match n {
            1 => format!("`{item}/{first}` does not say where it comes from"),
            _ => format!(
                "{n} provisions of `{item}` do not say where they come from, the first is `{first}`"
            ),
        },
    );
    finding.arg("item", item).label("缺少来源", "no source").help(
        "请在项目或条目里补上 \"source\": { \"url\": \"…\", \"excerpt\": \"原文摘录\", \"verified\": false }，核对后改为 true",
        "add to the item or the provision \"source\": { \"url\": \"…\", \"excerpt\": \"…\", \"verified\": false }, and write true once it is checked",
    )
}

fn whole(document: &Doc<'_>, source: Option<&Source>, sink: &mut Sink<'_>) {
    names_nothing(document, source, &["source"], sink);
    if source.is_none() {
        sink.report(missing(document, &[], ("这份文档", "the document")));
    }
}

fn missing(document: &Doc<'_>, words: &[&str], (zh, en): (&str, &str)) -> Finding {
    Finding::new(
        document.place(words),
        format!("{zh}没有写来源"),
        format!("{en} does not say where it comes from"),
    )
    .label("缺少来源", "no source")
    .help(
        "请补上 \"source\": { \"url\": \"…\", \"excerpt\": \"原文摘录\", \"verified\": false }，核对后改为 true",
        "add \"source\": { \"url\": \"…\", \"excerpt\": \"…\", \"verified\": false }, and write true once it is checked",
    )
}

/// A source that names nothing which could be looked up is none.
fn names_nothing(document: &Doc<'_>, source: Option<&Source>, words: &[&str], sink: &mut Sink<'_>) {
    if source.is_some_and(|s| !s.names_something()) {
        sink.report(
            Finding::new(
                document.place(words).key(),
                "来源没有写明是哪份文件、哪个网页或哪里",
                "the source names no instrument, no page and no place",
            )
            .label("查无可查", "nothing to look up")
            .help(
                "请至少写 instrument、url、at 中的一个",
                "write at least one of instrument, url, at",
            ),
        );
    }
}
