//! How things are shown, a file for each format.

pub(crate) mod human;
pub(crate) mod json;

use std::io::Write;

use crate::cmd::Failure;

/// Prints a text.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}
