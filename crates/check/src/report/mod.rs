//! What is on record, told as lists: what nobody has verified yet, and how far each text is
//! transcribed.

mod coverage;
mod unverified;

pub use coverage::{Changes, Coverage, Holding, Listing, Of, Place as PlaceCovered, coverage};
pub use unverified::{Sort, Unverified, unverified};

/// The place to which a document belongs, by its path.
fn place_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}
