//! What a public-service standard is.
//!
//! Every type here is a value: made once, compared by content, shared freely. The
//! crate reads no file, no clock and no environment. `docs/meaning.md` says what the
//! words mean; section numbers in the documentation refer to it.
//!
//! - Words and numbers: [`id`], [`text`], [`number`], [`date`], [`mod@unit`], [`cell`],
//!   [`version`], [`address`].
//! - What they lead to: [`lookup`], [`find`], [`fold`].
//! - What a standard promises: [`provision`], [`recipients`], [`item`].
//! - The documents of a registry: [`kind`], and [`Registry`], which holds them.
//! - What can be wrong with them: [`finding`], [`place`].
//! - From bytes to values and back: [`read`], [`canonical`].
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

#[macro_use]
mod grammar;

pub mod address;
pub mod canonical;
pub mod cell;
pub mod date;
pub mod find;
pub mod finding;
pub mod fold;
pub mod id;
pub mod item;
pub mod kind;
pub mod lookup;
pub mod map;
pub mod number;
pub mod order;
pub mod place;
pub mod provision;
pub mod read;
pub mod recipients;
mod registry;
#[cfg(feature = "schema")]
pub mod schema;
pub mod source;
pub mod text;
pub mod unit;
pub mod version;

pub use grammar::{GRAMMARS, Grammar};
pub use registry::{Entry, Registry};

/// The format version of registries that this build reads and writes.
pub const FORMAT: &str = "1";

const _: () = {
    const fn shared<T: Send + Sync + std::fmt::Debug>() {}
    shared::<Registry>();
    shared::<finding::Report>();
    shared::<kind::Document>();
    shared::<address::Address>();
};
