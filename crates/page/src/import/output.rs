//! What `import --format json` prints, as values: read it back with these types.

use serde::{Deserialize, Serialize};

use super::grid::ReadAs;
use super::ids::{How, Proposed};
use super::{Grade, Imported, Remark};
use crate::output::Words;

/// The version of this output; it rises when a reader would have to change.
pub const VERSION: u32 = 1;

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Output {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// The table's file. · 表格文件。
    pub table: String,
    /// The sheet, of a workbook. · 工作表。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The encoding in which text was read. · 读文字所用的编码。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The edition that was made, as standard@version. · 读成的版本。
    pub edition: String,
    /// The file that was written; none on a dry run. · 写下的文件；试运行时没有。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// How many items and provisions were read. · 读到的服务项目数和服务标准条数。
    pub items: usize,
    /// How many provisions, over all items. · 服务标准条数。
    pub provisions: usize,
    /// What a person must look at, and why. · 要人工处理和确认的单元格。
    pub remarks: Vec<Told>,
    /// The id of each item, and how it was found. · 各项目的标识及其由来。
    pub ids: Vec<Found>,
    /// Other sheets that have the headings, and were not read. · 有表头而没有读的工作表。
    pub sheets_left: Vec<String>,
    /// Columns that were left out, by the cells of their headings. · 未读的列。
    pub columns_left: Vec<Heading>,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Heading {
    /// Its cell. · 单元格。
    pub cell: String,
    /// Its words. · 列名。
    pub heading: String,
}

/// A cell that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Told {
    /// What is asked of the person. · 要做什么。
    pub grade: Grade,
    /// The cell, such as F12. · 单元格，如 F12。
    pub cell: String,
    /// The heading of its column. · 列名。
    pub heading: String,
    /// The item. · 服务项目标识。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The text in question. · 原文。
    pub text: String,
    /// What was made of it, and why. · 读作什么、为什么。
    pub why: Words,
}

/// The id of an item, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Found {
    /// The cell with the name. · 单元格。
    pub cell: String,
    /// The name in the table. · 表中的名称。
    pub name: String,
    /// The id. · 标识。
    pub id: String,
    /// How it was found: recorded, same-name, similar-name or new. · 由来。
    pub how: Way,
    /// The name on record that is alike. · 登记库中的近似名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// How alike the names are, in per cent. · 相似程度（%）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likeness: Option<u8>,
}

/// How an id was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The table's own data says it. · 表内登记数据所载。
    Recorded,
    /// An edition on record has an item of this name. · 登记库中有同名项目。
    SameName,
    /// An edition on record has an item of a name that is alike. · 登记库中有名称近似的项目，待确认。
    SimilarName,
    /// A new id, to be renamed. · 新标识，待改名。
    New,
}

impl Output {
    /// What became of a table; `written` is the file that was written.
    pub fn new(table: &str, imported: &Imported, written: Option<String>) -> Self {
        let Imported { edition, sheet, read_as, remarks, ids, sheets_left, columns_left } =
            imported;
        let told = |Remark { grade, cell, heading, item, text, why }: &Remark| Told {
            grade: *grade,
            cell: cell.clone(),
            heading: heading.clone(),
            item: item.as_ref().map(ToString::to_string),
            text: text.clone(),
            why: Words::new(why.zh.clone(), why.en.clone()),
        };
        let found = |Proposed { cell, name, id, how }: &Proposed| {
            let (way, like, likeness) = match how {
                How::Recorded => (Way::Recorded, None, None),
                How::SameName => (Way::SameName, None, None),
                How::SimilarName(name, alike) => {
                    (Way::SimilarName, Some(name.clone()), Some(*alike))
                }
                How::New => (Way::New, None, None),
            };
            let (cell, name, id) = (cell.clone(), name.clone(), id.to_string());
            Found { cell, name, id, how: way, like, likeness }
        };
        Self {
            version: VERSION,
            table: table.to_owned(),
            sheet: sheet.clone(),
            encoding: match read_as {
                ReadAs::Workbook => None,
                ReadAs::Text(encoding) => Some(encoding.to_ascii_uppercase()),
            },
            edition: edition.id().to_string(),
            written,
            items: edition.items.len(),
            provisions: edition.items.iter().map(|item| item.provisions.len()).sum(),
            remarks: remarks.iter().map(told).collect(),
            ids: ids.iter().map(found).collect(),
            sheets_left: sheets_left.clone(),
            columns_left: columns_left
                .iter()
                .map(|(cell, heading)| Heading { cell: cell.clone(), heading: heading.clone() })
                .collect(),
        }
    }
}
