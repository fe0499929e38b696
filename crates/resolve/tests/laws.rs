//! The laws of what is in force, on random histories, against a slow model.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking; its calendar is short"
)]

mod slow;

use proptest::prelude::*;
use slow::story::{Story, story};
use slow::{Asked, Horizon, Slow};

fn places(story: &Story) -> Vec<&'static str> {
    (0..story.places()).map(Story::name).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(story in story()) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let asked = Asked { place: story.places() - 1, measure: "basic".into(), cell: "age=65,residence=rural".into() };
        for known in 0..slow.calendar.len() {
            slow.answers(&asked, Horizon::by(known));
        }
    }
}
