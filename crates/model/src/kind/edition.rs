//! One published, consolidated text of a standard.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

use super::SchemaRef;
use crate::date::PartialDate;
use crate::grammar::Grammar;
use crate::id::{Id, InstrumentId, ProvisionRef, StandardId};
use crate::item::{Item, Transcribed};
use crate::number::Count;
use crate::source::{Erratum, Source};
use crate::text::Text;
use crate::version::{Label, Version};

/// A standard at a version.
pub const EDITION: Grammar = Grammar {
    en: "edition, standard@version",
    zh: "标准版本（标准@版本号）",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*@(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){2}$",
    example: "cn/basic-public-services@1.1.0",
};

/// A standard at a version, such as `cn/basic-public-services@1.1.0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId {
    /// The standard.
    pub standard: StandardId,
    /// The version.
    pub version: Version,
}

impl EditionId {
    /// Reads an edition's id.
    pub fn parse(text: &str) -> Option<Self> {
        let (standard, version) = text.split_once('@')?;
        Some(Self { standard: StandardId::parse(standard)?, version: Version::parse(version)? })
    }
}

impl fmt::Display for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { standard, version } = self;
        write!(f, "{standard}@{version}")
    }
}

written!(
    EditionId,
    EDITION,
    "A standard at a version, as place/name@version. · 标准的某一版，写作 行政区划/名称@版本号。"
);

/// How many the edition says it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Counts {
    /// Areas. · 方面数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub areas: Option<Count>,
    /// Categories. · 类别数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Count>,
    /// Items. · 服务项目数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Count>,
}

/// How many items the notice says it changed in one way, and which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Declared {
    /// How many. · 项数。
    pub count: Count,
    /// Which, as far as the source names them. · 来源点名的项目。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub items: Vec<Id>,
}

/// What the notice says it changed, item by class; one item can be in several classes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Summary {
    /// Added. · 新增。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Declared>,
    /// Retired. · 取消。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Declared>,
    /// Raised. · 提高标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<Declared>,
    /// Lowered. · 降低标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowered: Option<Declared>,
    /// Recipients widened. · 扩大服务对象。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub widened: Option<Declared>,
    /// Recipients narrowed. · 缩小服务对象。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrowed: Option<Declared>,
    /// Content added. · 增加服务内容。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_added: Option<Declared>,
    /// Reworded. · 规范表述。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reworded: Option<Declared>,
    /// New lead agencies. · 调整牵头负责单位。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_agencies: Option<Declared>,
    /// How many items were touched in any way. · 涉及调整的项目总数（去重）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touched: Option<Count>,
    /// Where the summary comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Summary {
    /// Each class that the notice counts, with its key.
    pub fn classes(&self) -> impl Iterator<Item = (&'static str, &Declared)> {
        let Self {
            added,
            retired,
            raised,
            lowered,
            widened,
            narrowed,
            content_added,
            reworded,
            lead_agencies,
            touched: _,
            source: _,
        } = self;
        [
            ("added", added),
            ("retired", retired),
            ("raised", raised),
            ("lowered", lowered),
            ("widened", widened),
            ("narrowed", narrowed),
            ("content-added", content_added),
            ("reworded", reworded),
            ("lead-agencies", lead_agencies),
        ]
        .into_iter()
        .filter_map(|(class, declared)| declared.as_ref().map(|d| (class, d)))
    }
}

/// An item of the parent that is not applicable here, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NotApplicable {
    /// The item, by the parent's id. · 上级项目标识。
    pub item: Id,
    /// Why it is not applicable. · 不适用的理由。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Where that is said. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// One published, consolidated text of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Edition {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// The standard. · 所属标准。
    pub standard: StandardId,
    /// The version: who may lose by it decides how far it rises. · 版本号。
    pub version: Version,
    /// What people call it. · 通称，如 2023年版。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Its full name. · 全称。
    pub name: Text,
    /// Set while the text may still change. · 草案，尚可改动。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<bool>,
    /// The instrument that published it. · 公布它的文件。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// The edition before it. · 上一版。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Version>,
    /// From when it holds. · 施行日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<PartialDate>,
    /// The parent edition on which it is written as a difference; a whole text where
    /// absent. · 以差异方式编写时所依据的上级版本；不填为全文。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference_from: Option<EditionId>,
    /// How far it is transcribed. · 转录程度。
    pub transcribed: Transcribed,
    /// How many the edition says it holds. · 公布的数量。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// What the notice says it changed. · 通知所述的调整情况。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Box<Summary>>,
    /// The items whose words this edition changed in form only, as somebody attests who has
    /// read both texts; the notice's own summary attests the same under `reworded`.
    /// · 经比对原文确认只作规范表述的项目。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub editorial: Vec<Id>,
    /// The lines by which this edition itself changes what is in force; all others are
    /// compared with what was in force when it was issued. · 由本版自身作出调整的条目。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub enacts: Vec<ProvisionRef>,
    /// The parent's items that are not applicable here. · 本地不适用的上级项目。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub not_applicable: Vec<NotApplicable>,
    /// What was wrong in our copy and has been mended since it was published. · 本文档转录勘误。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub errata: Vec<Erratum>,
    /// Where it comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Its items, in the order of the taxonomy. · 服务项目，按分类顺序。
    pub items: Vec<Arc<Item>>,
}

impl Edition {
    /// The edition's id.
    pub fn id(&self) -> EditionId {
        EditionId { standard: self.standard.clone(), version: self.version.clone() }
    }

    /// How far one of its items is transcribed.
    pub fn transcribed(&self, item: &Item) -> Transcribed {
        item.transcribed.unwrap_or(self.transcribed)
    }
}
