//! Words for people: Chinese always, English where a plain translation is safe.

use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

use crate::grammar::Grammar;

/// A phrase: one line, not empty, no blank at either end.
pub const PHRASE: Grammar = Grammar {
    en: "text",
    zh: "文字",
    pattern: "^[^ \u{3000}\\n\\r]([^\\n\\r]*[^ \u{3000}\\n\\r])?$",
    example: "义务教育阶段学生",
};

/// One line of text in one language: not empty, no blank at either end.
///
/// Hidden and control characters are refused before any document is read into values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase(Box<str>);

impl Phrase {
    /// Reads a phrase; `None` where it is empty or begins or ends with a blank.
    pub fn parse(text: &str) -> Option<Self> {
        let blank = |c: char| c == ' ' || c == '\u{3000}';
        let bad = text.is_empty() || text.starts_with(blank) || text.ends_with(blank);
        // Over bytes and without leaving early, so that it vectorises.
        let broken = text.bytes().fold(false, |any, b| any | (b == b'\n') | (b == b'\r'));
        (!bad && !broken).then(|| Self(text.into()))
    }

    /// Any text as a phrase: one line, without characters that documents must not hold; `…`
    /// where nothing is left.
    pub fn line(text: &str) -> Self {
        let hidden = |c: char| c.is_control() || crate::read::lexical::is_hidden(c);
        let seen = |c: char| if hidden(c) { ' ' } else { c };
        let line: String = text.chars().map(seen).collect();
        let line = line.trim_matches([' ', '\u{3000}']);
        Self(if line.is_empty() { "…" } else { line }.into())
    }

    /// The phrase as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

written!(Phrase, PHRASE, "One line of text. · 一行文字，首尾不留空格。");

/// The same words in Chinese and, where known, in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Text {
    /// In Chinese. · 中文，必填。
    pub zh: Phrase,
    /// In English, where a plain translation is safe. · 英文，有把握时才填。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Phrase>,
}

impl Text {
    /// The English words, else the Chinese ones.
    pub fn en(&self) -> &str {
        self.en.as_ref().map_or(self.zh.as_str(), Phrase::as_str)
    }
}

/// A word that its grammar does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The word as it was written.
    pub word: String,
    /// The grammar that it does not match.
    pub grammar: &'static Grammar,
}

impl Unreadable {
    pub(crate) fn new(word: &str, grammar: &'static Grammar) -> Self {
        Self { word: word.into(), grammar }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word, grammar } = self;
        write!(f, "`{word}` is not a {}, such as `{}`", grammar.en, grammar.example)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a value from a string by its parser.
pub(crate) struct Parsed<T> {
    parse: fn(&str) -> Option<T>,
    grammar: &'static Grammar,
}

impl<T> Parsed<T> {
    pub(crate) fn new(parse: fn(&str) -> Option<T>, grammar: &'static Grammar) -> Self {
        Self { parse, grammar }
    }
}

impl<T> Visitor<'_> for Parsed<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}, such as `{}`", self.grammar.en, self.grammar.example)
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text).ok_or_else(|| E::custom(Unreadable::new(text, self.grammar)))
    }
}

/// Reads a word of a closed list.
pub(crate) struct Listed<T>(pub(crate) fn(&str) -> Option<T>);

impl<T> Visitor<'_> for Listed<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word of the list in the schema")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).ok_or_else(|| E::custom(format_args!("`{text}` is not in the list")))
    }
}

/// Reads a list that must hold something: an empty list says nothing that its absence
/// does not say better.
pub(crate) fn filled<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    d: D,
) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(d)?;
    if list.is_empty() {
        return Err(D::Error::custom("an empty list: leave the key out"));
    }
    Ok(list)
}
