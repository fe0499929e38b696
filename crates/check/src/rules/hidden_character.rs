//! No document holds a character that its reader cannot see.

use jialiang_model::finding::Level;

use crate::rule::{Rule, Runs};

pub(crate) static RULE: Rule = Rule {
    name: "hidden-character",
    level: Level::Error,
    document: include_str!("hidden_character.md"),
    runs: Runs::OnUnreadable,
};
