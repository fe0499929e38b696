//! What is wrong with a registry, why it matters, and how to mend it.
//!
//! [`run`] gives every rule every document and gathers what they find in one
//! [`Report`]. A rule neither prints nor sorts nor decides how grave it is. Documents
//! that could not be read are explained by the cold path, the only place that knows JSON
//! Schema.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )
)]

mod dated;
mod explain;
mod floor;
mod force;
pub mod history;
mod increase;
mod lines;
pub mod list;
pub mod locate;
pub mod output;
mod record;
pub mod report;
pub mod review;
mod rule;
mod rules;
mod run;
mod similar;
mod sources;
mod step;
mod taxonomy;

pub use explain::meant;
pub use force::{Decided, Stand, Strand};
pub use rule::{Answered, Rule, Runs, Subject};
pub use rules::RULES;
pub use run::{at, can_be_accepted, is_on_edit, run};
pub use similar::{nearest, slip};
pub use step::whole;

pub use jialiang_model::finding::Report;

/// Whether the schema of a kind accepts a value: exactly when its type reads it.
pub fn schema_accepts(kind: jialiang_model::kind::Kind, value: &serde_json::Value) -> bool {
    explain::schema::accepts(kind, value)
}

/// The committed schema of each document kind, as text.
pub fn schema_text(kind: jialiang_model::kind::Kind) -> &'static str {
    explain::schema::text(kind)
}
