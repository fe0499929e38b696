//! For programs: `schemas/check-output.json` says what stands in it.

use jialiang_check::Report;
use jialiang_check::locate::Locator;
use jialiang_check::output::Output;
use jialiang_store::Texts;

pub(crate) fn report(report: &Report, texts: &Texts) -> String {
    let output = Output::new(report, &mut Locator::new(texts));
    // The output holds strings, numbers, lists and objects with string keys: nothing that
    // JSON could refuse.
    serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"
}
