//! What changed between two editions, what it means for people, and what it weighs.
//!
//! [`compare`] tells typed changes, [`weigh`] how far a version must rise for them,
//! [`tally`] the official-style summary. Beneath them lies the algebra of patches:
//! [`between`], [`apply`], [`Patch::invert`], [`Patch::compose`], [`merge`]. The crate is
//! pure; sections 6 and 7 of `docs/meaning.md` are its law.
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

mod change;
mod copy;
mod inherit;
#[cfg(test)]
mod laws;
mod link;
mod merge;
mod nature;
mod pair;
mod patch;
#[cfg(test)]
mod samples;
mod slot;
mod tally;
pub mod tree;
mod weigh;
pub mod words;

pub use change::{Change, Side, compare};
pub use copy::{altered, can_be_mended};
pub use inherit::completed;
pub use merge::{Conflict, Merged, merge, merge_added};
pub use nature::{Aspect, Bump, Direction, Nature};
pub use patch::{Edit, Patch, Refused, apply, between, facts};
pub use slot::{Head, Part, Slot, Value, Word};
pub use tally::{Class, Line, tally};
pub use weigh::{Attested, Because, Declared, Verdict, bump, weigh};

const _: () = {
    const fn shared<T: Send + Sync + std::fmt::Debug>() {}
    shared::<Change>();
    shared::<Patch>();
    shared::<Merged>();
    shared::<Verdict>();
};
