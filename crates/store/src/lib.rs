//! Bytes to registry and back: the only crate that reads and writes files.
//!
//! [`load`] reads a whole registry from a [`Source`]. What is wrong with single documents
//! is no error: it is kept in [`Loaded`] for the rules to report, and no other document
//! suffers. An [`Error`] means that the source itself could not be read.

mod base;
pub mod cores;
mod error;
pub mod file;
mod gather;
mod load;
pub mod source;

pub use base::{Base, Was};
pub use error::{Error, ErrorKind};
pub use gather::{Gathered, gather, leads_to};
pub use load::{Loaded, Misplaced, Stray, StrayReason, Unreadable, load, load_counted};
pub use source::{Source, Texts};

const _: () = {
    const fn shared<T: Send + Sync + std::fmt::Debug>() {}
    shared::<Loaded>();
    shared::<Error>();
};
