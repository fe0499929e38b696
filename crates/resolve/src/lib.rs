//! What is in force where, on what day, as known on what day, and why.
//!
//! [`InForce`] holds every event of a registry, indexed; [`InForce::ask`] answers. Sections
//! 3 to 5 of `docs/meaning.md` are its law. The crate is pure and exact, and does not panic.
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

mod annul;
mod answer;
mod ask;
mod coat;
mod edition;
mod events;
mod facts;
#[cfg(test)]
mod hierarchy;
mod history;
mod index;
mod item;
mod lay;
mod look;
mod lower;
mod own;
mod page;
mod paint;
mod people;
mod quick;
mod reach;
mod share;
mod since;
mod trouble;
mod verified;

pub use answer::{
    Absent, Answer, Answered, Basis, Doubt, Held, Known, Mark, Marks, Nothing, Printed, Question,
    Said, Stamp, Tried,
};
pub use ask::{ItemRef, LineRef, PlaceRef};
pub use edition::{At, Open, Sides, Upper, sides};
pub use facts::{Fact, Facts};
pub use history::{Boundaries, Strand, Stretch};
pub use index::InForce;
pub use item::{ItemInForce, Standing, Told};
pub use lower::Lowered;
pub use own::OwnPart;
pub use page::Page;
pub use since::Unbroken;
pub use trouble::{Trouble, What};
