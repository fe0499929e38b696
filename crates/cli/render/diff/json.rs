//! For programs: `schemas/diff-output.json` says what stands in it.

use jialiang_check::output::diff::Output;
use jialiang_check::review::Review;
use jialiang_store::Texts;

pub(crate) fn review(review: &Review, texts: &Texts) -> String {
    let output = Output::new(review, texts);
    // The output holds strings, numbers, lists and objects with string keys: nothing that
    // JSON could refuse.
    serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"
}
