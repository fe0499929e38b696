//! A place with authority, and its agencies.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::SchemaRef;
use crate::date::{Day, PartialDate};
use crate::grammar::Grammar;
use crate::id::{Id, StandardId};
use crate::source::Source;
use crate::text::Text;

/// A GB/T 2260 code: six digits.
pub const CODE: Grammar = Grammar {
    en: "GB/T 2260 code of six digits",
    zh: "六位行政区划代码（GB/T 2260）",
    pattern: "^[0-9]{6}$",
    example: "120000",
};

/// A GB/T 2260 code, such as `120000` for Tianjin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 6]);

impl Code {
    /// Reads a code of six digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 6] = text.as_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or(""))
    }
}

written!(Code, CODE, "A GB/T 2260 code. · 行政区划代码（GB/T 2260）。");

vocabulary! {
    /// A level of government.
    pub enum Level: "A level of government. · 行政层级。" {
        /// The nation.
        Nation = "nation", "国家";
        /// A province, region or municipality.
        Province = "province", "省级";
        /// A prefecture.
        Prefecture = "prefecture", "地级";
        /// A county.
        County = "county", "县级";
    }
}

/// An agency of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Agency {
    /// Its own name within the place; documents cite it as place/agency. · 单位标识，引用时写作 行政区划/单位。
    pub id: Id,
    /// What people call it. · 名称。
    pub name: Text,
    /// From when it exists. · 设立时间。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// From when it exists no more. · 撤销时间。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
}

/// Through which day the instruments of a place have been followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Followed {
    /// The last day through which they have been followed. · 跟踪到哪一天（含当日）。
    pub through: Day,
    /// The standard; all of them where absent. · 所涉标准；不填为全部。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardId>,
    /// The items; all of them where absent. An item that is named goes before all.
    /// · 所涉项目；不填为全部，点名的优先。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub items: Vec<Id>,
}

/// A place with authority, over the interval in which it exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Jurisdiction {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// Its lasting id: one word, no parent in it, for parents change. · 行政区划标识，不含上级。
    pub id: Id,
    /// What people call it. · 名称。
    pub name: Text,
    /// Its level. · 行政层级。
    pub level: Level,
    /// Its code; the nation has none in GB/T 2260. · 行政区划代码。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The place above it. · 上级行政区划。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// From when it exists under this parent. · 设立时间。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// From when it exists no more. · 撤销时间。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
    /// Its agencies. · 所属单位。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub agencies: Vec<Agency>,
    /// Through which day its instruments have been followed: after it, an answer is only the
    /// last that is known. · 文件跟踪到哪一天；此后的答案只是最后所知。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub followed: Vec<Followed>,
    /// Where this comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}
