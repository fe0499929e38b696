//! Everything that is tested from outside, as one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking"
)]

/// Small registries to test with.
mod sample;

/// The one layout and the one hash of a document.
mod canonical;

/// The command from outside: what it prints, in both languages, and its exit codes.
mod command;

/// Every rule over every corpus case, one snapshot for each rule.
mod corpus;

/// Whatever happens to a document's bytes, it is read or explained.
mod reading;

/// What a rule's document promises, the rule does.
mod rules;

/// The committed schemas are those of the types.
mod schemas;
