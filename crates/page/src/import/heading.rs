//! The headings of a table: which column holds what.

use std::collections::BTreeMap;

use jialiang_model::fold::fold;

use super::grid::Grid;
use crate::columns;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Area,
    Category,
    Number,
    Name,
    Recipients,
    Content,
    Provisions,
    Responsibility,
    LeadAgencies,
    /// What the registry holds, in parts.
    Record(usize),
}

impl Column {
    /// The five columns beside the name that the official table has.
    pub(super) const BESIDE: [Self; 5] = [
        Self::Recipients,
        Self::Content,
        Self::Provisions,
        Self::Responsibility,
        Self::LeadAgencies,
    ];

    /// The heading as the official table writes it.
    pub(super) fn heading(self) -> String {
        match self {
            Self::Area => columns::AREA.to_owned(),
            Self::Category => columns::CATEGORY.to_owned(),
            Self::Number => columns::NUMBER.to_owned(),
            Self::Name => columns::NAME.to_owned(),
            Self::Recipients => columns::RECIPIENTS.to_owned(),
            Self::Content => columns::CONTENT.to_owned(),
            Self::Provisions => columns::PROVISIONS.to_owned(),
            Self::Responsibility => columns::RESPONSIBILITY.to_owned(),
            Self::LeadAgencies => columns::LEAD_AGENCIES.to_owned(),
            Self::Record(part) => columns::record(part),
        }
    }

    /// The column that a heading names, in the words of various tables.
    pub(super) fn named(text: &str) -> Option<Self> {
        let mut word: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        // 服務項目
        word = fold(&word);
        // 服务标准（2023年版）
        let bare = word.split(['（', '(']).next().unwrap_or("");
        if let Some(part) = bare.strip_prefix(columns::RECORD) {
            let part: usize = if part.is_empty() { 1 } else { part.parse().ok()? };
            return part.checked_sub(1).map(Self::Record);
        }
        Some(match bare {
            "方面" | "领域" | "服务领域" | "一级分类" | "area" => Self::Area,
            "类别" | "分类" | "服务类别" | "二级分类" | "category" => Self::Category,
            "序号" | "编号" | "项目编号" | "no." | "no" | "#" => Self::Number,
            "服务项目" | "服务项目名称" | "项目名称" | "项目" | "事项" | "服务事项"
            | "事项名称" | "item" | "service" | "serviceitem" | "name" => Self::Name,
            "服务对象" | "保障对象" | "对象" | "recipients" => Self::Recipients,
            "服务内容" | "保障内容" | "内容" | "content" => Self::Content,
            "服务标准" | "保障标准" | "标准" | "补助标准" | "服务" | "provisions" | "standard" =>
            {
                // 服务（保障）标准 is cut short at its bracket.
                if bare == "服务" && !word.ends_with("标准") {
                    return None;
                }
                Self::Provisions
            }
            "支出责任" | "支出责任划分" | "经费保障" | "支出" | "responsibility" | "payers" => {
                Self::Responsibility
            }
            "牵头负责单位" | "牵头负责部门" | "牵头单位" | "牵头部门" | "责任单位" | "责任部门"
            | "leadagencies" | "leadagency" => Self::LeadAgencies,
            _ => return None,
        })
    }
}

/// The row of headings, and what the columns hold.
#[derive(Debug)]
pub(super) struct Heads {
    pub(super) row: u32,
    pub(super) columns: BTreeMap<Column, u32>,
    /// Columns with a heading that nobody knows, or with one that stands twice.
    pub(super) unknown: Vec<(u32, String)>,
}

impl Heads {
    /// Whether a column has a heading.
    pub(super) fn has(&self, column: u32) -> bool {
        self.columns.values().any(|at| *at == column)
            || self.unknown.iter().any(|(at, _)| *at == column)
    }

    /// Whether a column has a heading of provisions or the like that stands before it already.
    pub(super) fn doubled(&self, column: u32) -> bool {
        let one = self.unknown.iter().find(|(at, _)| *at == column);
        let known = one.and_then(|(_, text)| Column::named(text));
        known.is_some_and(|known| known == Column::Name || Column::BESIDE.contains(&known))
    }

    /// Whether a heading that nobody knows says this.
    pub(super) fn says(&self, column: u32, text: &str) -> bool {
        self.unknown.iter().any(|(at, heading)| *at == column && heading == text)
    }

    /// Whether the column of provisions goes on in one without a heading, as below a heading
    /// that is merged over two: then neither says for whom it holds.
    pub(super) fn divided(&self, grid: &Grid) -> bool {
        let Some(at) = self.columns.get(&Column::Provisions) else { return false };
        let beside = at + 1;
        let below = |row: &u32| *row > self.row && grid.text(*row, beside).is_some();
        !self.has(beside) && grid.rows().iter().any(below)
    }
}

/// The headings, in the first row that names the items and something else of the official
/// table.
pub(super) fn find(grid: &Grid) -> Option<Heads> {
    grid.rows().into_iter().take(60).find_map(|row| {
        let mut heads = Heads { row, columns: BTreeMap::new(), unknown: Vec::new() };
        for (column, text) in grid.row(row) {
            match Column::named(text) {
                Some(known) if !heads.columns.contains_key(&known) => {
                    heads.columns.insert(known, column);
                }
                Some(_) | None => heads.unknown.push((column, text.to_owned())),
            }
        }
        let has = |column: Column| heads.columns.contains_key(&column);
        (has(Column::Name) && Column::BESIDE.into_iter().any(has)).then_some(heads)
    })
}
