//! What `check --format json` prints, as values: read it back with these types.

pub mod answer;
pub mod ask;
pub mod diff;
pub mod history;
pub mod look;
pub mod report;
mod tell;

pub(crate) use tell::within;

use serde::{Deserialize, Serialize};

use jialiang_model::finding::{Accepted, Finding, Level, Message, Report};
use jialiang_model::place::Place;

use crate::locate::Locator;

/// The version of this output; it rises when a reader would have to change.
pub const VERSION: u32 = 1;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Output {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// How much was checked. · 检查范围。
    pub checked: Checked,
    /// How many findings there are. · 各级发现的数量。
    pub counts: Counts,
    /// The findings, by document and place. · 发现，按文档和位置排列。
    pub findings: Vec<Found>,
    /// The findings that somebody answers for. · 已有人接受的发现。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Answered>,
    /// Rules that were not run, on documents that could not be read or stand in the wrong
    /// place. · 因文档无法读取或放错位置而未执行的规则。
    pub skipped: Vec<Skipped>,
}

/// How much was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Checked {
    /// Places. · 行政区划数。
    pub jurisdictions: usize,
    /// Instruments. · 文件数。
    pub instruments: usize,
    /// Adjustments. · 调整数。
    pub adjustments: usize,
    /// Standards. · 标准数。
    pub standards: usize,
    /// Editions. · 版本数。
    pub editions: usize,
    /// Items, over all editions. · 各版服务项目总数。
    pub items: usize,
    /// Provisions, over all editions. · 各版服务标准条目总数。
    pub provisions: usize,
    /// Plans. · 规划数。
    pub plans: usize,
    /// Targets, over all plans. · 各规划目标总数。
    pub targets: usize,
    /// Documents that could not be read. · 无法读取的文档数。
    pub unreadable: usize,
    /// Rules that were run. · 执行的规则数。
    pub rules: usize,
    /// The commit that the edit was held against. · 改动所比较的 git 版本。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// How many documents differ from it. · 与之不同的文档数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differing: Option<usize>,
}

/// How many findings there are of each level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Counts {
    /// Errors. · 错误数。
    pub error: usize,
    /// Warnings. · 警告数。
    pub warning: usize,
    /// Notes. · 提示数。
    pub note: usize,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Found {
    /// The rule. · 规则名。
    pub rule: String,
    /// How grave it is. · 严重程度。
    pub level: Level,
    /// The same for the same finding, whatever its words and position. · 指纹，与措辞和行号无关。
    pub fingerprint: String,
    /// Where. · 位置。
    pub place: Spot,
    /// What it is about, as names and values. · 涉及的名称和数值。
    pub args: Vec<Arg>,
    /// What is wrong. · 问题说明。
    pub message: Words,
    /// What to do. · 处理办法。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Words>,
    /// A change that mends it. · 可直接采用的修改。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Mend>,
    /// The other side. · 相关位置。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Other>,
}

/// A finding that somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answered {
    /// What was found. · 发现。
    pub finding: Found,
    /// Why it may stand. · 接受的理由。
    pub reason: String,
    /// Who answers for it. · 负责人。
    pub by: String,
    /// The day from which it may stand no more. · 自何日起不再接受。
    pub until: String,
}

/// A name and a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Arg {
    /// The name. · 名称。
    pub name: String,
    /// The value. · 值。
    pub value: String,
}

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Words {
    /// In Chinese. · 中文。
    pub zh: String,
    /// In English. · 英文。
    pub en: String,
}

/// A place in a document. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spot {
    /// The document's path in the registry. · 文档在登记库中的路径。
    pub document: String,
    /// The path inside it, by ids. · 文档内路径（按标识）。
    pub path: String,
    /// The line, from 1. · 行，从 1 起。
    pub line: usize,
    /// The column in characters, from 1. · 列（按字符），从 1 起。
    pub column: usize,
    /// The line of the end. · 结束行。
    pub end_line: usize,
    /// The column behind the last character. · 结束列（不含）。
    pub end_column: usize,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Mend {
    /// What is replaced. · 被替换的位置。
    pub place: Spot,
    /// What replaces it. · 替换为。
    pub replacement: String,
}

/// A second place, and what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Other {
    /// Where. · 位置。
    pub place: Spot,
    /// What is there. · 说明。
    pub message: Words,
}

/// Rules that were not run on a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Skipped {
    /// The document. · 文档。
    pub document: String,
    /// The rules. · 规则。
    pub rules: Vec<String>,
}

impl Output {
    /// A report with its places worked out.
    pub fn new(report: &Report, locator: &mut Locator<'_>) -> Self {
        let t = &report.totals;
        let findings = locator.in_order(report.findings.iter().collect());
        Self {
            version: VERSION,
            checked: Checked {
                jurisdictions: t.jurisdictions,
                instruments: t.instruments,
                adjustments: t.adjustments,
                standards: t.standards,
                editions: t.editions,
                items: t.items,
                provisions: t.provisions,
                plans: t.plans,
                targets: t.targets,
                unreadable: t.unreadable,
                rules: t.rules,
                base: t.base.as_ref().map(|base| base.name.clone()),
                differing: t.base.as_ref().map(|base| base.differing),
            },
            counts: Counts {
                error: report.count(Level::Error),
                warning: report.count(Level::Warning),
                note: report.count(Level::Note),
            },
            findings: findings.into_iter().map(|f| found(f, locator)).collect(),
            accepted: report
                .accepted
                .iter()
                .map(|Accepted { finding, reason, by, until }| Answered {
                    finding: found(finding, locator),
                    reason: reason.clone(),
                    by: by.clone(),
                    until: until.to_string(),
                })
                .collect(),
            skipped: report
                .skipped
                .iter()
                .map(|s| Skipped {
                    document: s.document.clone(),
                    rules: s.rules.iter().map(|r| (*r).to_owned()).collect(),
                })
                .collect(),
        }
    }
}

fn found(finding: &Finding, locator: &mut Locator<'_>) -> Found {
    // The label only repeats the message beside the excerpt, which this output has not.
    let Finding { rule, level, place, args, message, label: _, help, fix, related } = finding;
    Found {
        rule: (*rule).to_owned(),
        level: *level,
        fingerprint: finding.fingerprint().to_string(),
        place: spot(place, locator),
        args: args
            .iter()
            .map(|(name, value)| Arg { name: (*name).to_owned(), value: value.clone() })
            .collect(),
        message: words(message),
        help: help.as_ref().map(words),
        fix: fix
            .as_ref()
            .map(|f| Mend { place: spot(&f.place, locator), replacement: f.replacement.clone() }),
        related: related
            .iter()
            .map(|r| Other { place: spot(&r.place, locator), message: words(&r.message) })
            .collect(),
    }
}

fn words(Message { zh, en }: &Message) -> Words {
    Words { zh: zh.clone(), en: en.clone() }
}

pub(crate) fn spot(place: &Place, locator: &mut Locator<'_>) -> Spot {
    let located = locator.find(place);
    let (start, end) = located.map_or_else(
        || {
            let first = jialiang_model::read::lines::Position { line: 1, column: 1 };
            (first, first)
        },
        |l| (l.start, l.end),
    );
    Spot {
        document: place.document.to_string(),
        path: place.path.to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
