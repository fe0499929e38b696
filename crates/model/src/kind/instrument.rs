//! The official documents that make law of standards.

use serde::{Deserialize, Serialize};

use super::SchemaRef;
use crate::date::PartialDate;
use crate::id::{AgencyId, InstrumentId};
use crate::source::{Erratum, Source};
use crate::text::{Phrase, Text};

/// An official document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Instrument {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// Its lasting id. · 文件标识。
    pub id: InstrumentId,
    /// Its title. · 标题。
    pub title: Text,
    /// Its number, such as 发改社会〔2021〕443号. · 文号。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Phrase>,
    /// Who issued it, in order. · 发文单位，有先后。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub issuers: Vec<AgencyId>,
    /// When it was issued: the public's clock. · 印发日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<PartialDate>,
    /// When it was published, where that differs. · 公布日期，与印发日期不同时填写。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// From when it is valid. · 施行日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<PartialDate>,
    /// The day after the last day of its own validity. · 有效期届满次日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
    /// What was wrong in our copy and has been mended since. · 本文档转录勘误。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub errata: Vec<Erratum>,
    /// Where this comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Instrument {
    /// The date by which the public knows it: its publication where that is on record, else
    /// its issue, else the date from which it is valid. `None` for one that is not known to
    /// have been issued.
    pub fn known(&self) -> Option<PartialDate> {
        self.published.or(self.issued).or(self.effective)
    }
}
