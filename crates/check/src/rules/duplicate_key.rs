//! No key stands twice in one object.

use jialiang_model::finding::Level;

use crate::rule::{Rule, Runs};

pub(crate) static RULE: Rule = Rule {
    name: "duplicate-key",
    level: Level::Error,
    document: include_str!("duplicate_key.md"),
    runs: Runs::OnUnreadable,
};
