//! The rows of a table: which of them are items, and under which area and category.

use std::collections::BTreeMap;

use jialiang_model::finding::Message;
use jialiang_model::fold::fold;
use jialiang_model::id::Id;
use jialiang_model::kind::Standard;

use super::grid::{Grid, cell_name};
use super::heading::{Column, Heads};
use super::{Grade, Remark};
use crate::columns;

/// A text, and the cell in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) cell: String,
    /// The cells of the rows below in which it goes on, each with the number of the line,
    /// from nought, that is its first.
    pub(super) below: Vec<(usize, String)>,
    /// Whether the rows in which it stands are each for other people.
    pub(super) split: bool,
}

impl Said {
    pub(super) fn new(text: impl ToString, cell: String) -> Self {
        Self { text: text.to_string(), cell, below: Vec::new(), split: false }
    }

    /// The lines in which something stands, each with its cell.
    pub(super) fn lines(&self) -> Vec<(&str, &str)> {
        let lines = self.text.split('\n').enumerate().map(|(number, line)| {
            let below = self.below.iter().rev().find(|(first, _)| *first <= number);
            let cell = below.map_or(self.cell.as_str(), |(_, cell)| cell);
            (line.trim_matches([' ', '\u{3000}', '\t']), cell)
        });
        lines.filter(|(line, _)| !line.is_empty()).collect()
    }
}

/// A row that is an item.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number, from nought.
    pub(super) at: u32,
    pub(super) area: Option<Said>,
    pub(super) category: Option<Said>,
    /// The official columns.
    pub(super) cells: BTreeMap<Column, Said>,
    /// What the registry holds.
    pub(super) record: Option<Said>,
}

/// Everything that stands below the headings.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) items: Vec<Row>,
    /// The edition's own data.
    pub(super) head: Option<Said>,
    /// Whether the column of provisions is divided into others below its heading.
    pub(super) divided: bool,
    pub(super) remarks: Vec<Remark>,
}

/// Why a cell was not read, in both languages.
type Reason = (&'static str, &'static str);
const NO_HEADING: Reason = (
    "这一列没有列名，这一格没有读；请给这一列写上列名，或把内容并入有列名的一栏",
    "its column has no heading, and it was not read: give the column one, or move the text",
);
const DOUBLED_HEADING: Reason = (
    "这一列的列名前面已有，这一格没有读；请把内容并入前面那一列",
    "its heading stands before already, and it was not read: move the text to that column",
);
const NUMBERED: Reason = (
    "这一行有序号而没有服务项目，没有读；请补上名称",
    "the row has a number of its own and names no item, and was not read: write the name",
);
const SECOND_HEADING: Reason = (
    "列名下面的第二行列名，没有读；请把它写进下面各行，如“城市：数值”",
    "a heading below the headings, which was not read: write it into the rows below",
);
const FORMULA: Reason = (
    "是没有存值的公式，没有读；请在 Excel 或 WPS 里打开、保存后再导入",
    "a formula without a value: open the workbook in a spreadsheet program and save it, then import it again",
);

impl Rows {
    fn unread(&mut self, row: u32, at: u32, column: Option<&Column>, text: &str, why: Reason) {
        self.remarks.push(Remark {
            grade: Grade::Unread,
            cell: cell_name(row, at),
            heading: column.map_or_else(String::new, |column| column.heading()),
            item: None,
            text: text.to_owned(),
            why: Message::new(why.0, why.1),
        });
    }

    fn skipped(&mut self, cell: String, text: String, why: Reason) {
        self.remarks.push(Remark {
            grade: Grade::Skipped,
            cell,
            heading: String::new(),
            item: None,
            text,
            why: Message::new(why.0, why.1),
        });
    }
}

/// Areas and categories as numbered headings: 一、幼有所育, （一）优孕优生服务.
#[derive(Debug, PartialEq, Eq)]
enum Group {
    Area,
    Category,
}

/// The name behind the number of a heading.
pub(super) fn unnumbered(text: &str) -> &str {
    numbered(text).map_or(text, |(_, name)| name)
}

fn numbered(text: &str) -> Option<(Group, &str)> {
    const NUMERALS: &str = "一二三四五六七八九十百";
    let numeral = |c: char| NUMERALS.contains(c) || c.is_ascii_digit();
    let (group, inside) = match text.strip_prefix(['（', '(']) {
        Some(inside) => (Group::Category, inside),
        None => (Group::Area, text),
    };
    let rest = inside.trim_start_matches(numeral);
    if rest.len() == inside.len() {
        return None;
    }
    let closed = match group {
        Group::Category => rest.strip_prefix(['）', ')'])?,
        // 1. and 1、 number items.
        Group::Area if inside.starts_with(|c: char| c.is_ascii_digit()) => return None,
        Group::Area => rest.strip_prefix(['、', '.', '．'])?,
    };
    let name = closed.trim_matches([' ', '\u{3000}', '、']);
    (!name.is_empty()).then_some((group, name))
}

/// What a cell that stands alone in its row is a heading of.
fn group(text: &str, column: Option<Column>, taxonomy: Option<&Standard>) -> Option<Group> {
    match column {
        Some(Column::Area) => return Some(Group::Area),
        Some(Column::Category) => return Some(Group::Category),
        _ => {}
    }
    if let Some((group, _)) = numbered(text) {
        return Some(group);
    }
    if column == Some(Column::Name) {
        return None;
    }
    let word = fold(text);
    let mut areas = taxonomy.iter().flat_map(|standard| &standard.areas);
    if areas.any(|area| fold(area.name.zh.as_str()) == word) {
        return Some(Group::Area);
    }
    let mut categories = taxonomy.iter().flat_map(|standard| standard.categories());
    let known = categories.any(|category| fold(category.name.zh.as_str()) == word);
    // A category that nothing names stands as its id.
    (known || Id::parse(text).is_some()).then_some(Group::Category)
}

/// What is said below a table: notes, who filled it in, sums.
fn is_note(text: &str) -> bool {
    const BEGIN: &[&str] = &[
        "注：",
        "注:",
        "说明：",
        "说明:",
        "备注：",
        "备注:",
        "填表人",
        "填表单位",
        "填报人",
        "填报单位",
        "审核人",
        "制表人",
        "制表单位",
        "联系人",
        "联系电话",
    ];
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect();
    matches!(bare.as_str(), "合计" | "总计" | "小计" | "共计")
        || BEGIN.iter().any(|word| bare.starts_with(word))
}

/// The name of an item without the number in front of it: 3、 and （二） and 1.
fn without_number(text: &str) -> &str {
    let text = unnumbered(text);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix(['、', '.', '．']).filter(|_| rest.len() < text.len());
    let behind = behind.map(|behind| behind.trim_start_matches([' ', '\u{3000}']));
    behind
        .filter(|name| !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text)
}

/// Gathers the rows below the headings.
pub(super) fn gather(grid: &Grid, heads: &Heads, taxonomy: Option<&Standard>) -> Rows {
    let mut rows = Rows { divided: heads.divided(grid), ..Rows::default() };
    let by_column: BTreeMap<u32, Column> =
        heads.columns.iter().map(|(column, at)| (*at, *column)).collect();
    // Of a workbook the edition's data stands in the row above the headings.
    rows.head = heads.row.checked_sub(1).and_then(|row| record(grid, heads, row));
    let (mut area, mut category) = (None::<Said>, None::<Said>);
    for row in grid.rows().into_iter().filter(|row| *row > heads.row) {
        let said = |column: u32, text: &str| Said::new(text, cell_name(row, column));
        let recorded = record(grid, heads, row);
        let is_record = |column: &u32| matches!(by_column.get(column), Some(Column::Record(_)));
        let seen: Vec<(u32, &str)> = grid.row(row).filter(|(at, _)| !is_record(at)).collect();
        let of = |column: Column| {
            let at = *heads.columns.get(&column)?;
            grid.text(row, at).map(|text| said(at, text))
        };
        if of(Column::Area).is_some_and(|area| area.text == columns::HEAD_ROW) {
            rows.head = recorded.or(rows.head);
            continue;
        }
        let heads_again = |(at, text): &(u32, &str)| {
            let column = by_column.get(at).copied();
            column == Column::named(text) && (column.is_some() || heads.says(*at, text))
        };
        if recorded.is_none() && seen.len() > 1 && seen.iter().all(heads_again) {
            // The headings again, on another page.
            continue;
        }
        let called = of(Column::Name).map(|name| name.text);
        if recorded.is_none() && called.as_deref().and_then(Column::named) == Some(Column::Name) {
            // 城市｜农村 below 服务标准, beside headings that are merged over both rows.
            for (at, text) in seen.iter().filter(|cell| !heads_again(cell)) {
                rows.divided |= heads.columns.get(&Column::Provisions) == Some(at);
                rows.unread(row, *at, by_column.get(at), text, SECOND_HEADING);
            }
            continue;
        }
        let note = seen.first().is_some_and(|(_, text)| is_note(text))
            || called.as_deref().is_some_and(is_note);
        if let (None, true, Some((at, _))) = (&recorded, note, seen.first()) {
            let all: Vec<&str> = seen.iter().map(|(_, text)| *text).collect();
            rows.skipped(
                cell_name(row, *at),
                all.join(" "),
                (
                    "注释、落款或合计，不是服务项目，略过",
                    "a note, a signature or a sum, and no item: left out",
                ),
            );
            continue;
        }
        if let (None, [(at, text)]) = (&recorded, seen.as_slice()) {
            let column = by_column.get(at).copied();
            match group(text, column, taxonomy) {
                // Another area has categories of its own.
                Some(Group::Area) => (area, category) = (Some(said(*at, text)), None),
                Some(Group::Category) => category = Some(said(*at, text)),
                None if column
                    .is_some_and(|c| c == Column::Name || Column::BESIDE.contains(&c)) =>
                {
                    item(&mut rows, grid, heads, row, (&area, &category), None);
                }
                // A running number without anything, and what is said below the table.
                None if column == Some(Column::Number) && text.parse::<u32>().is_ok() => {}
                None => rows.skipped(
                    cell_name(row, *at),
                    (*text).to_owned(),
                    (
                        "整行只有这一格，不是服务项目，略过",
                        "the only cell of its row, and no item: left out",
                    ),
                ),
            }
            continue;
        }
        for (at, text) in seen.iter().filter(|(at, _)| !grid.is_filled(row, *at)) {
            if !heads.has(*at) {
                rows.unread(row, *at, None, text, NO_HEADING);
            } else if heads.doubled(*at) {
                rows.unread(row, *at, None, text, DOUBLED_HEADING);
            } else if grid.is_formula(row, *at) {
                rows.unread(row, *at, by_column.get(at), text, FORMULA);
            }
        }
        let before = area.as_ref().map(|area| area.text.clone());
        let numbered = of(Column::Number).is_some_and(|said| said.text.parse::<u32>().is_ok());
        let filled = heads.columns.get(&Column::Number).is_some_and(|at| grid.is_filled(row, *at));
        if recorded.is_none() && numbered && !filled && of(Column::Name).is_none() {
            let official = seen.iter().filter(|(at, _)| {
                by_column.get(at).is_some_and(|column| Column::BESIDE.contains(column))
            });
            for (at, text) in official {
                rows.unread(row, *at, by_column.get(at), text, NUMBERED);
            }
            continue;
        }
        area = of(Column::Area).or(area);
        if area.as_ref().map(|area| &area.text) != before.as_ref() {
            category = None;
        }
        category = of(Column::Category).or(category);
        if !seen.is_empty() || recorded.is_some() {
            item(&mut rows, grid, heads, row, (&area, &category), recorded);
        }
    }
    rows
}

/// What the registry holds of a row, put together from its parts.
fn record(grid: &Grid, heads: &Heads, row: u32) -> Option<Said> {
    let mut found: Option<Said> = None;
    for (column, at) in &heads.columns {
        let (Column::Record(_), Some(text)) = (column, grid.text(row, *at)) else { continue };
        match &mut found {
            Some(said) => said.text += text,
            None => found = Some(Said::new(text, cell_name(row, *at))),
        }
    }
    found
}

/// Adds a row as an item, or to the item above, which goes on in it.
fn item(
    rows: &mut Rows,
    grid: &Grid,
    heads: &Heads,
    row: u32,
    (area, category): (&Option<Said>, &Option<Said>),
    record: Option<Said>,
) {
    let official = std::iter::once(Column::Name).chain(Column::BESIDE);
    let mut cells: BTreeMap<Column, Said> = BTreeMap::new();
    let mut merged = BTreeMap::new();
    for column in official {
        let Some(at) = heads.columns.get(&column).copied() else { continue };
        let Some(text) = grid.text(row, at) else { continue };
        merged.insert(column, grid.is_filled(row, at));
        // What was read back from the registry's own data stands as it was.
        let text = match column {
            Column::Name if record.is_none() => without_number(text),
            _ => text,
        };
        cells.insert(column, Said::new(text, cell_name(row, at)));
    }
    let goes_on = record.is_none()
        && merged.get(&Column::Name).copied().unwrap_or(!cells.contains_key(&Column::Name));
    if !goes_on || rows.items.is_empty() {
        let (area, category) = (area.clone(), category.clone());
        rows.items.push(Row { at: row, area, category, cells, record });
        return;
    }
    let Some(above) = rows.items.last_mut() else { return };
    let name = above.cells.get(&Column::Name).map_or_else(String::new, |name| name.text.clone());
    let blank = !cells.contains_key(&Column::Name);
    let text = |cells: &BTreeMap<Column, Said>, column| {
        cells.get(&column).map(|said: &Said| said.text.clone())
    };
    let own = |column| merged.get(&column) == Some(&false);
    let split = own(Column::Recipients)
        && own(Column::Provisions)
        && text(&cells, Column::Recipients) != text(&above.cells, Column::Recipients);
    for (column, said) in cells {
        if column == Column::Name || merged.get(&column).copied().unwrap_or(false) {
            continue;
        }
        if blank {
            rows.remarks.push(Remark {
                grade: Grade::Confirm,
                cell: said.cell.clone(),
                heading: column.heading(),
                item: None,
                text: said.text.clone(),
                why: Message::new(
                    format!("这一行没有写服务项目，读作上一项“{name}”的续行"),
                    format!("the row names no item: read as going on with `{name}` above"),
                ),
            });
        }
        match above.cells.get_mut(&column) {
            // Who are each promised the same are promised it twice.
            Some(there) if there.text != said.text || (split && column == Column::Provisions) => {
                there.split |= split;
                there.below.push((there.text.split('\n').count(), said.cell));
                there.text += &format!("\n{}", said.text);
            }
            Some(_) => {}
            None => {
                above.cells.insert(column, said);
            }
        }
    }
    if let Some(said) = above.cells.get_mut(&Column::Provisions) {
        said.split |= split;
    }
}
