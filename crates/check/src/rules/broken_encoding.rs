//! Documents are UTF-8 without a byte-order mark, and not too large.

use jialiang_model::finding::Level;

use crate::rule::{Rule, Runs};

pub(crate) static RULE: Rule = Rule {
    name: "broken-encoding",
    level: Level::Error,
    document: include_str!("broken_encoding.md"),
    runs: Runs::OnUnreadable,
};
