//! Documents follow the schema of their kind.

use jialiang_model::finding::Level;

use crate::rule::{Rule, Runs};

pub(crate) static RULE: Rule = Rule {
    name: "schema-violation",
    level: Level::Error,
    document: include_str!("schema_violation.md"),
    runs: Runs::OnUnreadable,
};
