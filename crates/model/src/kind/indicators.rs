//! Indicators, and what was observed of them: dated, sourced numbers that are no standard.
//! Section 2 of the meaning.

use serde::{Deserialize, Serialize};

use super::SchemaRef;
use crate::date::PartialDate;
use crate::id::{Id, WorkId};
use crate::number::Number;
use crate::source::Source;
use crate::text::Text;
use crate::unit::Unit;

/// One number that was observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Observation {
    /// The day, month or year of which it speaks. · 数据所属的日期、月份或年份。
    pub of: PartialDate,
    /// The number. · 数值。
    pub value: Number,
    /// When it was made public, where that was seen. · 发布日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// Where it comes from; the indicator's source where absent. · 来源，不填则同指标。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// What is observed, again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Indicator {
    /// Its lasting id in the table. · 指标标识，在本表内唯一。
    pub id: Id,
    /// What people call it. · 名称。
    pub name: Text,
    /// The unit of its numbers. · 计量单位。
    pub unit: Unit,
    /// What was observed, in the order of time. · 数据，按时间顺序。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub observations: Vec<Observation>,
    /// Where it is defined; the table's source where absent. · 来源，不填则同本表。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A table of indicators of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Indicators {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// Its lasting id. · 指标表标识。
    pub id: WorkId,
    /// What people call it. · 名称。
    pub name: Text,
    /// Where it comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The indicators. · 指标。
    #[serde(deserialize_with = "crate::text::filled")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub indicators: Vec<Indicator>,
}
