//! An answer of what is in force for programs and people to read, as values: what `ask` and
//! `history` print is made of these.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Spot, Words};

/// What holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// This holds. · 现行此值。
    Value(Box<Held>),
    /// One of these holds, or something near them. · 未定：为其中之一，或与之相近。
    Undecided(Undecided),
    /// Nothing holds yet: a document says that the item begins later. · 尚未开始：文件载明此后设立。
    NotYet(NotYet),
    /// It holds no more. · 已停止。
    Ended(Ended),
    /// The parent's item is not applicable in the place. · 上级项目在此地不适用。
    NotApplicable(NotApplicable),
    /// Nothing is on record. · 库中无记载。
    Unknown(Unknown),
}

/// One of these holds, or something near them; which, is not on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Undecided {
    /// What could hold, in the order of their starts. · 可能的值，按起始先后。
    pub candidates: Vec<Held>,
    /// Why it is undecided, as a word. · 未定的原因（代号）。
    pub why: String,
    /// Why it is undecided. · 未定的原因。
    pub words: Words,
    /// The documents that the reason names. · 原因所涉的文档。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Origin>,
}

/// Nothing holds yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NotYet {
    /// The first that will. · 最先开始的值。
    pub first: Box<Held>,
    /// The item under which earlier days are answered. · 此前的日期在此项目下回答。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

/// It holds no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ended {
    /// The first day on which it held no more. · 自何日起停止。
    pub since: String,
    /// What ended it. · 依据。
    pub by: Box<Origin>,
    /// The items that it goes on as. · 由哪些项目接续。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub into: Vec<String>,
}

/// The parent's item is not applicable in the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NotApplicable {
    /// The edition that says so. · 如此声明的版本。
    pub edition: String,
    /// Why. · 理由。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
    /// Where that is said. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Cited>,
}

/// Nothing is on record, and what was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Unknown {
    /// Why there is nothing, as a word. · 原因（代号）。
    pub why: String,
    /// Why there is nothing. · 原因。
    pub words: Words,
    /// The places that were asked, from the place upward. · 查过的行政区划，自下而上。
    pub places: Vec<String>,
    /// The first value on record of a later day; whether anything held before it is not on
    /// record. · 此后最早有记载的值；此前有无规定，未见记载。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Box<Held>>,
    /// The day from which something is known of it. · 自何日起才有所知。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_from: Option<String>,
    /// The dimensions that the lines tell apart, with their values. · 各条目区分的维度及取值。
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dimensions: BTreeMap<String, Vec<String>>,
    /// Commands to try next. · 接下来可试的命令。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<String>,
}

/// A line in force, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Held {
    /// The line's id in its document. · 条目标识。
    pub line: String,
    /// What people call it. · 名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// The number, an exact decimal. · 数值（精确小数）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The unit. · 计量单位。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The form, by the key under which documents write it. · 形式（文档所用的键）。
    pub form: String,
    /// What it promises. · 内容。
    pub words: Words,
    /// The first day, where it is on record. · 起始日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The day after the last, where something on record follows. · 终止次日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Through which day the places' instruments have been followed. · 文件跟踪到哪一天。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed: Option<String>,
    /// What must be said beside the value. · 须同时说明的事项。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Marked>,
    /// What said it. · 依据。
    pub origin: Box<Origin>,
    /// Where it was read. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Cited>,
}

/// Something that must be said beside a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Marked {
    /// The mark, as a word. · 代号。
    pub mark: String,
    /// What it says. · 说明。
    pub words: Words,
}

/// What said something: which place, by which document, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Origin {
    /// The place that decided it. · 作出规定的行政区划。
    pub place: String,
    /// What people call the place. · 行政区划名称。
    pub place_name: Words,
    /// Its level. · 层级。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Whether an instrument's adjustment or an edition says it: adjustment or edition.
    /// · 出自调整（adjustment）还是版本（edition）。
    pub from: String,
    /// The edition that says it, by its address. · 版本地址。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Where it stands in the registry. · 在登记库中的位置。
    pub spot: Spot,
    /// The instrument's id. · 文件标识。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    /// The instrument's number. · 文号。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The instrument's title, or the edition's name. · 文件标题或版本全称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Words>,
    /// When the instrument was issued, as the source has it. · 印发日期（以来源所载为准）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<String>,
    /// When it was published, as the source has it. · 公布日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The day by which it is ordered. · 排序所依的日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<String>,
    /// The day from which it is known. · 自何日起为公众所知。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// On what the known day rests: issue, publication, effective or seen. · 所知日的依据。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// Where something was read, and whether somebody compared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cited {
    /// The web address. · 网址。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where in it. · 出处位置。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Its words. · 原文摘录。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
    /// Whether somebody compared the copy with it. · 是否核对过。
    pub verified: bool,
    /// What a reader should know. · 备注。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A line of an edition beside what is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Printed {
    /// The line by its address. · 条目地址。
    pub address: String,
    /// What people call the edition. · 版本名称。
    pub edition: Words,
    /// What it prints. · 所印内容。
    pub words: Words,
    /// Whether that is what is in force. · 是否与现行一致。
    pub same: bool,
}
