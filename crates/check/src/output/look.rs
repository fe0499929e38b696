//! What `jialiang list` and `jialiang find` print for programs, as values.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use jialiang_model::find::{Field, Hit, Rank};
use jialiang_model::lookup::{Named, Sort, Target};
use jialiang_model::place::{IdPath, Place};

use super::{Spot, Words, spot, words};
use crate::list::{Row, counts};
use crate::locate::Locator;
use jialiang_model::Registry;

/// The version of these outputs; it rises when a reader would have to change.
pub const VERSION: u32 = 1;

/// What there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct List {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// How many there are of each sort in the registry; of editions the latest of each
    /// standard counts for items. · 登记库中各类的数量；服务项目按各标准最新一版计。
    pub counts: BTreeMap<String, usize>,
    /// What was asked for. · 所列各项。
    pub rows: Vec<Listed>,
}

/// Something that is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Listed {
    /// What sort of thing it is. · 类别。
    pub sort: Sort,
    /// Its full address. · 地址。
    pub address: String,
    /// What people call it. · 名称。
    pub name: Words,
    /// Its document's path in the registry. · 文档在登记库中的路径。
    pub document: String,
    /// What else is said of its sort, by column. · 该类别的其他各栏。
    pub details: BTreeMap<String, String>,
}

impl List {
    /// Rows as this output has them.
    pub fn new(registry: &Registry, rows: &[Row<'_>]) -> Self {
        let counts = counts(registry).into_iter().map(|(sort, n)| (sort.to_string(), n));
        let rows = rows.iter().map(|row| Listed {
            sort: row.target.sort(),
            address: row.target.address(),
            name: words(&row.target.name()),
            document: row.target.document().to_string(),
            details: row
                .cells
                .iter()
                .filter(|cell| !cell.value.is_empty())
                .map(|cell| (cell.column.key.to_owned(), cell.value.clone()))
                .collect(),
        });
        Self { version: VERSION, counts: counts.collect(), rows: rows.collect() }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Find {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// The words that were looked for. · 查找的词语。
    pub words: Vec<String>,
    /// How many were found. · 找到的总数。
    pub found: usize,
    /// The best of them, the best first. · 所列各项，按匹配程度排列。
    pub hits: Vec<Found>,
    /// What is called nearly so, where nothing was found. · 没有找到时，名称相近的。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Near>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Found {
    /// What sort of thing it is. · 类别。
    pub sort: Sort,
    /// Its full address. · 地址。
    pub address: String,
    /// What people call it. · 名称。
    pub name: Words,
    /// How well it fits. · 匹配程度。
    pub rank: Rank,
    /// In which field. · 所在栏目。
    pub field: Field,
    /// What stands there. · 该处文字。
    pub text: String,
    /// Where. · 位置。
    pub place: Spot,
}

/// Something that is called nearly as what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Near {
    /// Its full address. · 地址。
    pub address: String,
    /// What people call it. · 名称。
    pub name: Words,
}

impl Find {
    /// Hits as this output has them, with their places worked out.
    pub fn new(
        looked_for: &[&str],
        found: usize,
        hits: &[Hit<'_>],
        near: &[Named],
        locator: &mut Locator<'_>,
    ) -> Self {
        let near =
            near.iter().map(|one| Near { address: one.address.clone(), name: words(&one.name) });
        let hits = hits.iter().map(|hit| Found {
            sort: hit.target.sort(),
            address: hit.target.address(),
            name: words(&hit.target.name()),
            rank: hit.rank,
            field: hit.field,
            text: hit.text.to_owned(),
            place: place(&hit.target, &hit.at, locator),
        });
        Self {
            version: VERSION,
            words: looked_for.iter().map(|&word| word.to_owned()).collect(),
            found,
            hits: hits.collect(),
            near: near.collect(),
        }
    }
}

fn place(target: &Target<'_>, at: &IdPath, locator: &mut Locator<'_>) -> Spot {
    spot(&Place::at(&Arc::clone(target.document()), at.clone()), locator)
}
