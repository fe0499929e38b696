//! A document as people read it, and a table back into an edition.

pub mod columns;
pub mod line;
pub mod names;
pub mod official;
