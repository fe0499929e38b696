//! How a plan's domains and a standard's areas answer to each other. Section 9 of the
//! meaning.

use serde::{Deserialize, Serialize};

use super::SchemaRef;
use crate::id::{Id, StandardId, WorkId};
use crate::source::Source;
use crate::text::{Phrase, Text};

/// One part of the plan, and what in the standard answers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Link {
    /// The plan's domain. · 规划的领域。
    pub domain: Id,
    /// The key task or project of it; the whole domain where absent. · 其中的重点任务或保障工程；不填为整个领域。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// The areas of the standard that answer to it. · 对应的方面。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub areas: Vec<Id>,
    /// The items of the standard that the text names. · 原文点名的服务项目。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub items: Vec<Id>,
    /// The words of the plan on which this rests. · 所依据的原文。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Phrase>,
}

/// How a plan's domains and a standard's areas answer to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Crosswalk {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// Its lasting id. · 对照表标识。
    pub id: WorkId,
    /// What people call it. · 名称。
    pub name: Text,
    /// The plan. · 规划。
    pub plan: WorkId,
    /// The standard whose taxonomy answers to it. · 所对照的标准。
    pub standard: StandardId,
    /// Where it comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The links, in the order of the plan. · 对应关系，按规划顺序。
    #[serde(deserialize_with = "crate::text::filled")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub links: Vec<Link>,
}
