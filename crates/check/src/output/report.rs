//! What `report --format json` prints, as values: read it back with these types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use jialiang_model::text::Text;

use super::VERSION;
use crate::locate::Locator;
use crate::report::{Changes, Coverage, Holding, Listing, Of, PlaceCovered, Unverified};

/// What people call something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Name {
    /// In Chinese. · 中文。
    pub zh: String,
    /// In English, where there is a translation. · 英文，有译名时才有。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Output {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// What nobody has compared with its source, where that was asked for. · 未核对的内容。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unverified: Option<Open>,
    /// How far texts are transcribed, where that was asked for. · 转录程度。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Covered>,
}

/// What nobody has compared with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Open {
    /// How many there are. · 总数。
    pub count: usize,
    /// How many in each kind of document. · 按文档类别。
    pub by_kind: BTreeMap<String, usize>,
    /// How many of each sort of thing: documents as such, items, provisions. · 按内容类别：文档本身、服务项目、服务标准等。
    pub by_sort: BTreeMap<String, usize>,
    /// How many of each place. · 按行政区划。
    pub by_place: BTreeMap<String, usize>,
    /// Each, by document and in its order. · 逐条，按文档排列。
    pub entries: Vec<OpenSource>,
}

/// Something that nobody has compared with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OpenSource {
    /// The place to which the document belongs. · 行政区划。
    pub place: String,
    /// The document's kind. · 文档类别。
    pub kind: String,
    /// What sort of thing it is: the document's kind, or that of a part of it. · 内容类别：文档类别，或其中一部分的类别。
    pub sort: String,
    /// The document's path in the registry. · 文档在登记库中的路径。
    pub document: String,
    /// The path of the source inside it, by ids. · 来源在文档内的路径（按标识）。
    pub path: String,
    /// The line, from 1. · 行，从 1 起。
    pub line: usize,
    /// What it is, by its id. · 内容的标识。
    pub what: String,
    /// What people call it. · 名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// What the source says of our copy. · 来源里的备注。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How far texts are transcribed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Covered {
    /// What is on record of each place. · 各行政区划的文档数。
    pub places: Vec<CoveredPlace>,
    /// How far each edition is transcribed. · 各版标准的转录程度。
    pub editions: Vec<CoveredText>,
    /// How far each plan is transcribed. · 各规划的转录程度。
    pub plans: Vec<CoveredText>,
    /// What adjustments change and attest. · 各次调整的事项。
    pub changes: CoveredChanges,
}

/// What adjustments change and attest, all together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CoveredChanges {
    /// Operations. · 调整事项数。
    pub operations: usize,
    /// How many of those somebody has compared with their source. · 其中已与来源核对的。
    pub verified: usize,
}

/// What is on record of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CoveredPlace {
    /// The place. · 行政区划标识。
    pub place: String,
    /// What people call it. · 名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The earliest date from which one of its texts or instruments holds or is known. · 最早日期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Instruments. · 文件数。
    pub instruments: usize,
    /// Adjustments. · 调整数。
    pub adjustments: usize,
    /// Standards. · 标准数。
    pub standards: usize,
    /// Editions. · 版本数。
    pub editions: usize,
    /// Plans. · 规划数。
    pub plans: usize,
    /// Tables of indicators. · 指标表数。
    pub indicators: usize,
}

/// How far an edition or a plan is transcribed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CoveredText {
    /// The place to which it belongs. · 行政区划。
    pub place: String,
    /// The edition or plan. · 版本或规划的标识。
    pub id: String,
    /// The document's path in the registry. · 文档在登记库中的路径。
    pub document: String,
    /// What people call it. · 名称。
    pub name: Name,
    /// What people call the edition, such as 2023年版. · 通称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it may still change. · 是否草案。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<bool>,
    /// The parent edition on which it is written as a difference. · 以差异方式编写时所依据的版本。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference_from: Option<String>,
    /// From when it holds, or its instrument does, or is known. · 自何时施行（或公布）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How many items, or targets, it says that it holds. · 公布的项目（目标）数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// How many are listed. · 登记的项目（目标）数。
    pub listed: usize,
    /// How far those are transcribed. · 其中按转录程度。
    pub transcribed: Levels,
    /// How many provisions, or targets. · 服务标准（目标）条数。
    pub lines: usize,
    /// How many of those have a value, and are more than words. · 其中有数值或明确要求的。
    pub valued: usize,
    /// How many of those somebody has compared with their source. · 其中已与来源核对的。
    pub verified: usize,
}

/// How many are transcribed how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Levels {
    /// Nothing but that they exist. · 未转录。
    pub none: usize,
    /// Their names. · 仅名称。
    pub names: usize,
    /// Some of them. · 部分。
    pub partial: usize,
    /// All of them. · 完整。
    pub full: usize,
}

impl Output {
    /// What is not verified, with lines worked out.
    pub fn of_unverified(all: &[Unverified<'_>], locator: &mut Locator<'_>) -> Self {
        let mut by_kind = BTreeMap::new();
        let mut by_sort = BTreeMap::new();
        let mut by_place = BTreeMap::new();
        let mut entries = Vec::with_capacity(all.len());
        for Unverified { of, kind, sort, place, what, name, note } in all {
            *by_kind.entry(kind.to_string()).or_default() += 1;
            *by_sort.entry(sort.as_str().to_owned()).or_default() += 1;
            *by_place.entry((*of).to_owned()).or_default() += 1;
            entries.push(OpenSource {
                place: (*of).to_owned(),
                kind: kind.to_string(),
                sort: sort.as_str().to_owned(),
                document: place.document.to_string(),
                path: place.path.to_string(),
                line: locator.find(place).map_or(1, |located| located.start.line),
                what: what.clone(),
                name: name.map(words),
                note: note.map(ToString::to_string),
            });
        }
        let open = Open { count: all.len(), by_kind, by_sort, by_place, entries };
        Self { version: VERSION, unverified: Some(open), coverage: None }
    }

    /// How far texts are transcribed.
    pub fn of_coverage(coverage: &Coverage<'_>) -> Self {
        let Coverage { places, texts, changes } = coverage;
        let (mut editions, mut plans) = (Vec::new(), Vec::new());
        for text in texts {
            match text.of {
                Of::Edition(_) => editions.push(covered(text)),
                Of::Plan(_) => plans.push(covered(text)),
            }
        }
        let places = places.iter().map(place).collect();
        let Changes { operations, verified } = *changes;
        let changes = CoveredChanges { operations, verified };
        let covered = Covered { places, editions, plans, changes };
        Self { version: VERSION, unverified: None, coverage: Some(covered) }
    }
}

fn place(place: &PlaceCovered<'_>) -> CoveredPlace {
    let PlaceCovered {
        id,
        name,
        instruments,
        adjustments,
        standards,
        editions,
        plans,
        indicators,
        from,
    } = place;
    CoveredPlace {
        place: (*id).to_owned(),
        name: name.map(words),
        from: from.map(|date| date.to_string()),
        instruments: *instruments,
        adjustments: *adjustments,
        standards: *standards,
        editions: *editions,
        plans: *plans,
        indicators: *indicators,
    }
}

fn covered(text: &Holding<'_>) -> CoveredText {
    let Holding { place, path, of, from, declared, listed, lines, valued, verified } = text;
    let Listing { none, names, partial, full } = *listed;
    let (name, label, draft) = match of {
        Of::Edition(edition) => (&edition.name, edition.label.as_ref(), edition.draft),
        Of::Plan(plan) => (&plan.name, None, None),
    };
    CoveredText {
        place: (*place).to_owned(),
        id: text.id(),
        document: (*path).to_owned(),
        name: words(name),
        label: label.map(ToString::to_string),
        draft,
        difference_from: text.difference_from().map(ToString::to_string),
        from: from.map(|date| date.to_string()),
        declared: declared.clone(),
        listed: listed.all(),
        transcribed: Levels { none, names, partial, full },
        lines: *lines,
        valued: *valued,
        verified: *verified,
    }
}

fn words(text: &Text) -> Name {
    Name { zh: text.zh.to_string(), en: text.en.as_ref().map(ToString::to_string) }
}
