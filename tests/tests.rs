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

/// What is in force: asked, followed over all days, compared.
mod ask;

/// The one layout and the one hash of a document.
mod canonical;

/// The files for CI and hooks: they parse, their commands exist, their scripts run.
mod ci;

/// The command from outside: what it prints, in both languages, and its exit codes.
mod command;

/// Every rule over every corpus case, one snapshot for each rule.
mod corpus;

/// What is in force on the real registry, before and after every boundary on both clocks.
mod dated;

/// `jialiang new`: drafts that are well from the beginning, and nothing made up.
mod drafts;

/// Git knows the registry: merges and diffs by meaning, and `jialiang init`.
mod drivers;

/// Edits: what changed, the gate on it, and what somebody accepts.
mod edits;

/// Dependencies go down, each has a reason and a licence, and no test file is forgotten.
mod floors;

/// The nation with a history that a benchmark makes, small: it is well, and answered.
mod force;

/// The formats for other programs: what they expect, and the same findings in each.
mod formats;

/// A registry as a commit has it, and what has changed since.
mod git;

/// Which commits touched what, and since when it is as it is.
mod history;
/// Tables into editions: a corpus of tables, each with its one defect, and the real ones.
mod import;

/// The schema accepts a value exactly when its type reads it.
mod law;

/// What there is, what words stand where, and what a name means.
mod look;

/// The Tianjin plan holds what its text says.
mod plan;

/// Whatever happens to a document's bytes, it is read or explained.
mod reading;

/// The record of places, instruments and local standards is that of its sources.
mod record;

/// Reports: what is not verified, and how far texts are transcribed.
mod reports;

/// What a rule's document promises, the rule does.
mod rules;

/// The committed schemas are those of the types.
mod schemas;

/// What shells and `man` are told of the command, and the command kept quiet.
mod shell;

/// Pages: of every kind, in both languages, in every format.
mod show;

/// The real registry holds what its sources say.
mod standards;

/// The dated values of the registry of real standards, against a list made from the sources.
mod values;

/// What the types say of every document, for a second validator to agree with.
mod verdicts;
