//! A page as a value: what `show --format json` prints, and what every other format shows.

use jialiang_model::finding::Message;
use serde::{Deserialize, Serialize};

/// The version of this output; it rises when a reader would have to change.
pub const VERSION: u32 = 1;

/// What `show --format json` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Output {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// The page. · 页面。
    pub page: Page,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    /// A place. · 行政区划。
    Place,
    /// An official document. · 文件。
    Instrument,
    /// What one document changes of one standard. · 调整。
    Adjustment,
    /// A lasting standard. · 标准。
    Standard,
    /// One published text of a standard. · 标准的一版。
    Edition,
    /// A service of an edition. · 服务项目。
    Item,
    /// A line of an item. · 服务标准的一条。
    Provision,
    /// A plan. · 规划。
    Plan,
    /// A domain of a plan. · 规划的领域。
    Domain,
    /// A key task of a plan. · 重点任务。
    Task,
    /// A project of a plan. · 保障工程。
    Project,
    /// A target of a plan. · 规划目标。
    Target,
    /// How a plan and a standard answer to each other. · 对照表。
    Crosswalk,
    /// A table of indicators. · 指标表。
    Indicators,
    /// An indicator. · 指标。
    Indicator,
}

/// A page that a person reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Page {
    /// What it shows. · 所示之物的类别。
    pub shows: Shows,
    /// Its address. · 地址。
    pub address: String,
    /// Its title. · 标题。
    pub title: Words,
    /// What stands above the tables. · 表前各项。
    pub facts: Vec<Fact>,
    /// The tables. · 表。
    pub tables: Vec<Table>,
    /// Where it comes from. · 来源。
    pub sources: Vec<Fact>,
    /// What a reader must know to read it. · 说明。
    pub notes: Vec<Words>,
}

/// One fact: a label and what is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fact {
    /// What the fact is called. · 名目。
    pub label: Words,
    /// What is so. · 内容。
    pub value: Cell,
    /// The address of what it speaks of. · 所指之物的地址。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The web page where it was read. · 查阅的网页。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Table {
    /// Its lasting name, for programs. · 表的标识。
    pub id: String,
    /// Its title. · 表题。
    pub title: Words,
    /// Its columns. · 各列。
    pub columns: Vec<Column>,
    /// Its rows. · 各行。
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Column {
    /// Its lasting name, for programs. · 列的标识。
    pub id: String,
    /// What stands at its head. · 列名。
    pub heading: Words,
    /// Its share of the width, beside the other columns. · 相对宽度。
    pub width: u16,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Row {
    /// A heading over the rows that follow. · 分组标题。
    Group(Group),
    /// A line of cells. · 数据行。
    Line(Line),
}

/// A heading over the rows that follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Group {
    /// How deep it stands, from 1. · 层次，自 1 起。
    pub level: u8,
    /// What it says. · 标题。
    pub title: Words,
    /// Whether it was compared with its source; absent where it names none. · 是否已与来源核对；没有来源的不填。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
}

/// A line of cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Line {
    /// The address of what it shows. · 所示之物的地址。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether it was compared with its source; absent where it names none. · 是否已与来源核对；没有来源的不填。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// The cells, one for each column. · 各单元格，与各列对应。
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Cell {
    /// Lines of words. · 文字，一行一条。
    Said(Vec<Said>),
    /// The text is not transcribed: nothing is known. · 未转录。
    Unseen,
    /// The text is on record and says nothing here. · 原文未写。
    Nothing,
}

/// One line of words in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Said {
    /// The words. · 文字。
    pub words: Words,
    /// Whether they were compared with a source of their own. · 另有来源时，是否已核对。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
}

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Words {
    /// In Chinese. · 中文。
    pub zh: String,
    /// In English; the Chinese where nothing else is on record. · 英文；没有时同中文。
    pub en: String,
}

impl Words {
    /// Pairs the words.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The same in both languages, as ids and dates are.
    pub fn both(words: impl ToString) -> Self {
        let words = words.to_string();
        Self { zh: words.clone(), en: words }
    }
}

impl From<Message> for Words {
    fn from(Message { zh, en }: Message) -> Self {
        Self { zh, en }
    }
}

impl Cell {
    /// One line of words.
    pub fn one(words: impl Into<Words>) -> Self {
        Self::Said(vec![Said { words: words.into(), verified: None }])
    }

    /// One line of words, or nothing.
    pub fn maybe(words: Option<impl Into<Words>>) -> Self {
        words.map_or(Self::Nothing, Self::one)
    }

    /// Whether a line of it was not compared with its source.
    pub fn is_unverified(&self) -> bool {
        matches!(self, Self::Said(lines) if lines.iter().any(|said| said.verified == Some(false)))
    }
}

impl Page {
    /// Whether something on it was not compared with its source.
    pub fn is_unverified(&self) -> bool {
        let row = |row: &Row| match row {
            Row::Group(group) => group.verified == Some(false),
            Row::Line(line) => {
                line.verified == Some(false) || line.cells.iter().any(Cell::is_unverified)
            }
        };
        let facts = self.facts.iter().chain(&self.sources);
        facts.into_iter().any(|fact| fact.value.is_unverified())
            || self.tables.iter().flat_map(|table| &table.rows).any(row)
    }
}

impl From<Page> for Output {
    fn from(page: Page) -> Self {
        Self { version: VERSION, page }
    }
}
