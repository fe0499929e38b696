//! Documents are JSON.

use jialiang_model::finding::Level;

use crate::rule::{Rule, Runs};

pub(crate) static RULE: Rule = Rule {
    name: "broken-json",
    level: Level::Error,
    document: include_str!("broken_json.md"),
    runs: Runs::OnUnreadable,
};
