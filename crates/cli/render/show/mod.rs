//! How a page is shown.

pub(crate) mod human;
pub(crate) mod json;
