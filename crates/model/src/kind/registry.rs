//! The registry's own card, `registry.json` at its root.

use serde::{Deserialize, Serialize};

use super::SchemaRef;
use crate::number::Count;
use crate::text::{Phrase, Text};

/// What a registry says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RegistryFile {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// The version of the format. · 登记库格式版本。
    pub format: Count,
    /// What the registry holds. · 登记库名称。
    pub name: Text,
    /// What a reader should know, such as that it is synthetic. · 备注。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Phrase>,
}
