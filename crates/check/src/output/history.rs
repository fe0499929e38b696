//! What `jialiang log` and `jialiang blame` print for programs, as values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Words, diff};

/// The version of these outputs; it rises when a reader would have to change.
pub const VERSION: u32 = 1;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Commit {
    /// Its id. · 提交编号。
    pub id: String,
    /// Who wrote the change. · 作者。
    pub author: String,
    /// The author's address. · 作者邮箱。
    pub email: String,
    /// The author's day. · 日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// What it says of itself, in one line. · 提交说明的首段。
    pub subject: String,
    /// How many parents it has: more than one for a merge. · 父提交数，合并多于一个。
    pub parents: usize,
}

/// The commits that touched something, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Log {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// What was asked for; empty for the whole registry. · 所问的地址；空为整个登记库。
    pub address: String,
    /// The commits, the latest first, after what is not committed yet. · 提交，由近及远；未提交的改动在最前。
    pub entries: Vec<Entry>,
    /// Whether there are more. · 是否还有更早的。
    pub more: bool,
}

/// A commit and what it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// The commit; none for what is not committed yet. · 提交；未提交的改动没有。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<Commit>,
    /// Whether a shallow clone's history ends here, so that what it changed is not known.
    /// · 浅克隆的历史是否到此为止（所作改动无从得知）。
    pub end: bool,
    /// The editions that it changed. · 有变化的各版。
    pub editions: Vec<diff::Pair>,
    /// The other documents that it touched. · 其他涉及的文档。
    pub documents: Vec<diff::Document>,
    /// Documents whose version before cannot be read, each with the commit that has the version
    /// with which it is compared instead: the last that reads.
    /// · 上一个版本读不懂的文档，及改与之比较的、最近读得懂的版本所在的提交。
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub last_readable: BTreeMap<String, String>,
}

/// The commit that last changed each line of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Blame {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// The edition. · 标准的某一版。
    pub edition: String,
    /// The document's path in the registry. · 文档在登记库中的路径。
    pub document: String,
    /// The commits, each once. · 涉及的提交。
    pub commits: Vec<Commit>,
    /// The items and their lines, in the order of the document. · 项目和条目，按文档顺序。
    pub lines: Vec<Line>,
}

/// An item or a line of it, and who changed it last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    /// Its address. · 地址。
    pub address: String,
    /// Where it begins in the document, from 1. · 所在行，从 1 起。
    pub line: usize,
    /// What it says: an item's name, a line's promise. · 项目名称或条目内容。
    pub words: Words,
    /// Its commit by its place in the list, from 0; none where it is not committed yet.
    /// · 提交在清单中的序号，从 0 起；未提交的没有。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<usize>,
    /// Whether a shallow clone ends with that commit, so that it may be older. · 是否可能更早（浅克隆到此为止）。
    pub or_earlier: bool,
}
