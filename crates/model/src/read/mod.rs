//! From bytes to values: strict, and in one pass where nothing is wrong.
//!
//! The hot path is [`scan`], then one typed parse by [`from_str`]. Only a document that
//! fails there is read again by [`span`] and [`lexical`], which tell everything that is
//! wrong and where. The law between the two: the hot path refuses a document exactly
//! when the cold path has something to say.

pub mod lexical;
pub mod lines;
pub mod span;
mod strict;

use serde::de::DeserializeOwned;
use std::fmt;

/// The largest document that is read, in bytes.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Why a typed parse stopped, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What the parser says, in English.
    pub message: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 1.
    pub column: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

/// Reads a value from JSON text: no unknown key, no key twice, no `null`, no list or
/// object where the type has another form.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let mut json = serde_json::Deserializer::from_str(text);
    T::deserialize(strict::Strict(&mut json))
        .and_then(|value| json.end().map(|()| value))
        .map_err(|e| Fault { message: e.to_string(), line: e.line(), column: e.column() })
}

/// Lets a document's bytes pass as text, or refuses them: too large, a byte-order mark,
/// not UTF-8, a hidden character raw or escaped. [`lexical::offences`] tells which.
pub fn scan(bytes: &[u8]) -> Option<&str> {
    if bytes.len() > MOST_BYTES {
        return None;
    }
    let text = simdutf8::basic::from_utf8(bytes).ok()?;
    (!lexical::is_suspect(text)).then_some(text)
}
