//! One service of a standard: the six columns of the official table.

use serde::{Deserialize, Serialize};

use crate::id::{AgencyId, Id, InstrumentId};
use crate::provision::Provision;
use crate::recipients::Recipients;
use crate::source::Source;
use crate::text::{Phrase, Text};

vocabulary! {
    /// How far a text is transcribed from its document.
    pub enum Transcribed: "How far the text is transcribed. · 转录程度。" {
        /// Nothing but that it exists.
        None = "none", "未转录";
        /// The names of its items.
        Names = "names", "仅名称";
        /// Some of its fields.
        Partial = "partial", "部分";
        /// All of it.
        Full = "full", "完整";
    }
}

vocabulary! {
    /// A level of government, or another payer.
    pub enum Payer: "Who pays. · 支出主体。" {
        /// The centre.
        Central = "central", "中央财政";
        /// Local government, which level is not said.
        Local = "local", "地方财政";
        /// The province.
        Province = "province", "省级财政";
        /// The prefecture.
        Prefecture = "prefecture", "市级财政";
        /// The county.
        County = "county", "县级财政";
        /// The employer.
        Employer = "employer", "用人单位";
        /// The person served.
        Individual = "individual", "个人";
    }
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Responsibility {
    /// In Chinese. · 中文。
    pub zh: Phrase,
    /// In English. · 英文。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Phrase>,
    /// Who pays, in the order of the text. · 支出主体，按原文顺序。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub payers: Vec<Payer>,
    /// The instrument that divides the cost, where the text refers to one. · 原文所引的分担文件。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
}

/// One service, with a stable id that outlives renames and is never given to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Item {
    /// Its lasting id; a local item that implements a parent's keeps the parent's. · 项目标识；落实上级项目的沿用上级标识。
    pub id: Id,
    /// What the edition calls it. · 服务项目名称。
    pub name: Text,
    /// Its category in the standard's taxonomy. · 所属类别。
    pub category: Id,
    /// How far its text is transcribed; as the edition's where absent. · 转录程度，不填则同本版。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcribed: Option<Transcribed>,
    /// Who is entitled. · 服务对象。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Box<Recipients>>,
    /// What is provided. · 服务内容。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Box<Text>>,
    /// How much, how often, how well. · 服务标准。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub provisions: Vec<Provision>,
    /// Who pays. · 支出责任。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsibility: Option<Box<Responsibility>>,
    /// Who leads, in order. · 牵头负责单位，有先后。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub lead_agencies: Vec<AgencyId>,
    /// The items of earlier editions that it continues, after a split, a merge or a new id.
    /// · 所接续的旧项目（拆分、合并或换了标识时填写）。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub continues: Vec<Id>,
    /// Where it comes from; the edition's source where absent. · 来源，不填则同本版。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Box<Source>>,
}
