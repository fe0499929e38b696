//! A standard as a lasting work, and its taxonomy: areas, categories, and the register
//! of every item id that any of its editions has used.

use serde::{Deserialize, Serialize};

use super::SchemaRef;
use crate::id::{Id, StandardId};
use crate::source::Source;
use crate::text::Text;
use crate::version::{Requirement, Version};

/// An item's place in the taxonomy, from one edition to before another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Listed {
    /// The item. · 项目标识。
    pub id: Id,
    /// The first edition that has it here; the first of all where absent. · 自哪一版起列入；不填为首版。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Version>,
    /// The first edition that no longer has it here. · 自哪一版起不再列入。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Version>,
}

impl Listed {
    /// Whether an edition of this version has the item here.
    pub fn holds_in(&self, version: &Version) -> bool {
        let Self { id: _, since, until } = self;
        since.as_ref().is_none_or(|s| s <= version) && until.as_ref().is_none_or(|u| version < u)
    }
}

/// The taxonomy's lower level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Category {
    /// Its lasting id, unique in the standard. · 类别标识。
    pub id: Id,
    /// What people call it. · 类别名称。
    pub name: Text,
    /// Its items, in their official order. · 服务项目，按公布顺序。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub items: Vec<Listed>,
    /// Where the name comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// The taxonomy's upper level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Area {
    /// Its lasting id, unique in the standard. · 方面标识。
    pub id: Id,
    /// What people call it. · 方面名称。
    pub name: Text,
    /// Its categories, in order. · 类别，按顺序。
    #[serde(deserialize_with = "crate::text::filled")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub categories: Vec<Category>,
}

/// The standard above, and which of its editions this standard answers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Implements {
    /// The standard above. · 上级标准。
    pub standard: StandardId,
    /// Which of its editions. · 对应的版本范围。
    pub versions: Requirement,
}

/// A standard as a lasting work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Standard {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// Its lasting id. · 标准标识。
    pub id: StandardId,
    /// What people call it. · 名称。
    pub name: Text,
    /// The standard that it implements. · 所落实的上级标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implements: Option<Implements>,
    /// Its taxonomy, in the official order; the standard above's where absent. · 分类，按公布顺序；不填则沿用上级标准。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub areas: Vec<Area>,
    /// Where this comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Standard {
    /// Every category, in the official order.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.areas.iter().flat_map(|area| &area.categories)
    }
}
