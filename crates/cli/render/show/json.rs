//! For programs: the page as data.

use jialiang_page::output::{Output, Page};

pub(crate) fn page(page: Page) -> String {
    // Strings, lists and numbers only: this cannot fail.
    serde_json::to_string_pretty(&Output::from(page)).unwrap_or_default() + "\n"
}
