//! What was to be filled in is filled in.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::adjustment::Act;
use jialiang_model::place::Place;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::sources::each_source;

pub(crate) static RULE: Rule = Rule {
    name: "left-placeholder",
    level: Level::Error,
    document: include_str!("left_placeholder.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let mut see = |text: &str, place: &dyn Fn() -> Place| {
        if is_placeholder(text) {
            sink.report(found(text, place()));
        }
    };
    let at = |words: &[&str]| document.place(words);
    match document {
        Doc::Registry(_) | Doc::Acceptance(_) | Doc::Crosswalk(_) | Doc::Indicators(_) => {}
        Doc::Jurisdiction(e) => see(e.value.name.zh.as_str(), &|| at(&["name", "zh"])),
        Doc::Instrument(e) => {
            see(e.value.title.zh.as_str(), &|| at(&["title", "zh"]));
            if let Some(number) = &e.value.number {
                see(number.as_str(), &|| at(&["number"]));
            }
        }
        Doc::Adjustment(e) => {
            for (i, operation) in e.value.operations.iter().enumerate() {
                let word = format!("[{i}]");
                let under = |keys: &[&str]| at(&[&["operations", &word], keys].concat());
                match &operation.act {
                    Act::Add(item) => see(item.name.zh.as_str(), &|| under(&["add", "name", "zh"])),
                    Act::Rename(name) => see(name.zh.as_str(), &|| under(&["rename", "zh"])),
                    Act::Content(words) => see(words.zh.as_str(), &|| under(&["content", "zh"])),
                    Act::Set { .. }
                    | Act::Change { .. }
                    | Act::Alter { .. }
                    | Act::Confirm(_)
                    | Act::Attest { .. }
                    | Act::End(_)
                    | Act::Retire(_)
                    | Act::Recipients(..)
                    | Act::Responsibility(_)
                    | Act::LeadAgencies(_)
                    | Act::Repeal(_)
                    | Act::Annul(_) => {}
                }
                let name = operation.act.line().and_then(|line| line.name.as_ref());
                if let Some(name) = name {
                    see(name.zh.as_str(), &|| under(&[operation.act.key(), "name", "zh"]));
                }
            }
        }
        Doc::Standard(e) => see(e.value.name.zh.as_str(), &|| at(&["name", "zh"])),
        Doc::Plan(e) => see(e.value.name.zh.as_str(), &|| at(&["name", "zh"])),
        Doc::Edition(e) => {
            see(e.value.name.zh.as_str(), &|| at(&["name", "zh"]));
            for item in &e.value.items {
                let id = item.id.as_str();
                see(item.name.zh.as_str(), &|| at(&["items", id, "name", "zh"]));
            }
        }
    }
    each_source(document, &mut |cited| {
        let source = cited.source;
        for (key, text) in
            [("at", &source.at), ("excerpt", &source.excerpt), ("note", &source.note)]
        {
            if let Some(text) = text {
                see(text.as_str(), &|| at(&[cited.words, &["source", key]].concat()));
            }
        }
    });
}

/// Whether a text is nothing but what a sample or a draft tells to write in its place.
fn is_placeholder(text: &str) -> bool {
    let inside = text.strip_prefix('【').and_then(|rest| rest.strip_suffix('】'));
    inside.is_some_and(|inside| !inside.contains(['【', '】']))
        || ["待填", "待补", "待录", "TODO", "…", "..."].contains(&text)
}

fn found(text: &str, place: Place) -> Finding {
    Finding::new(
        place,
        format!("“{text}”是待填写的提示，还没有填"),
        format!("`{text}` stands for what is to be filled in"),
    )
    .arg("text", text)
    .label("还没有填", "not filled in")
    .help("请照来源填写；来源没有的，删去这个键", "write what the source says, or delete the key")
}
