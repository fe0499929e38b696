//! Where a document, a value or a date comes from. Section 10 of the meaning.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::date::Day;
use crate::grammar::Grammar;
use crate::id::InstrumentId;
use crate::text::Phrase;

/// A web address in printable ASCII.
pub const URL: Grammar = Grammar {
    en: "web address",
    zh: "网址",
    pattern: "^https?://[!-~]+$",
    example: "https://www.gov.cn/",
};

/// A web address, `http` or `https`, in printable ASCII.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Box<str>);

impl Url {
    /// Reads an address; Chinese in it must be percent-encoded.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("http").map(|r| r.strip_prefix('s').unwrap_or(r))?;
        let rest = rest.strip_prefix("://")?;
        (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic())).then(|| Self(text.into()))
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

written!(Url, URL, "A web address in printable ASCII. · 网址，中文须百分号编码。");

/// Where something comes from, and whether somebody checked it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// The instrument that says it, where it is on record. · 载明此事的文件。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// The page where it was read. · 查阅的网页。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Where on the page or in the document, or which page it is. · 出处位置或网页名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Phrase>,
    /// The words of the source, condensed, numbers exact. · 原文摘录，数字照录。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Phrase>,
    /// Whether somebody compared our copy with the source. · 是否与来源核对过。
    pub verified: bool,
    /// What a reader should know about this copy. · 备注。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Phrase>,
}

/// What was wrong in our copy of a document and has been mended. The document itself never
/// changed: an official correction (更正) is an instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Erratum {
    /// What was mended: a path by ids inside this document, such as
    /// `items/school-meals/provisions/meal`. · 更正之处：本文档内的路径（按标识）。
    pub what: Phrase,
    /// What was wrong, and how it came to light. · 错在何处、依据什么改正。
    pub why: Phrase,
    /// The day of the mending. · 更正日期。
    pub day: Day,
}

impl Source {
    /// Whether it names anything that a reader could look up.
    pub const fn names_something(&self) -> bool {
        self.instrument.is_some() || self.url.is_some() || self.at.is_some()
    }
}
