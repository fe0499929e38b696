//! Tables as workbooks that an office prints: the same bytes for the same table.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::official::{Official, Row, pieces};
use crate::output::{Column, Page, Row as PageRow, Table};
use crate::{Speaks, columns, csv};

/// The most characters of one cell.
const MOST: usize = 32_767;
/// What stands at the end of a text that goes on in the data beside it.
pub const GOES_ON: &str = "……（全文见登记数据）";
/// A4.
const A4: u8 = 9;
const FONT: &str = "宋体";
/// The widths of the printed columns, in characters.
const WIDTHS: [f64; 7] = [6.0, 18.0, 22.0, 28.0, 30.0, 20.0, 18.0];
const GREY: Color = Color::RGB(0x00E7_E6E6);
const LIGHT: Color = Color::RGB(0x00F5_F5F5);
const PALE: Color = Color::RGB(0x0080_8080);

/// A workbook could not be made.
#[derive(Debug)]
pub struct Error(XlsxError);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the workbook could not be made")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// A text as a cell shows it: one that is too long ends in [`GOES_ON`].
pub fn shown(text: &str) -> String {
    match pieces(text, MOST).as_slice() {
        [] => String::new(),
        [all] => (*all).to_owned(),
        [..] => {
            let most = MOST - GOES_ON.encode_utf16().count();
            format!("{}{GOES_ON}", pieces(text, most).first().copied().unwrap_or_default())
        }
    }
}

/// An edition as a workbook: the printable official table, and beside it, hidden and outside
/// of what is printed, what the registry holds.
pub fn edition(table: &Official) -> Result<Vec<u8>, Error> {
    let mut book = workbook(&table.title)?;
    write_official(book.add_worksheet(), table)?;
    Ok(book.save_to_buffer()?)
}

/// A page as a workbook: its facts on a sheet, and each table on one.
pub fn page(page: &Page, speaks: Speaks) -> Result<Vec<u8>, Error> {
    let mut book = workbook(speaks.of(&page.title))?;
    write_facts(book.add_worksheet(), page, speaks)?;
    for table in &page.tables {
        write_table(book.add_worksheet(), table, speaks)?;
    }
    Ok(book.save_to_buffer()?)
}

/// An empty workbook that says of itself nothing that changes from one run to the next.
fn workbook(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day));
    Ok(book)
}

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10).set_text_wrap().set_align(FormatAlign::Top)
}

fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin)
}

fn heading() -> Format {
    let format = boxed().set_bold().set_background_color(GREY);
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

fn group(level: usize) -> Format {
    let format = boxed().set_bold().set_align(FormatAlign::VerticalCenter);
    match level {
        1 => format.set_font_size(11).set_background_color(GREY),
        _ => format.set_background_color(LIGHT),
    }
}

fn big() -> Format {
    let format = Format::new().set_font_name(FONT).set_font_size(18).set_bold();
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// The paper: A4 on its side, as wide as the page, with the page's number at its foot.
fn paper(sheet: &mut Worksheet, foot: &str) {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
    sheet.set_footer(format!("&C{foot}"));
}

/// The height that a text takes in a column of a width: not every spreadsheet program finds it
/// by itself, and none does for merged cells.
fn height(text: &str, width: f64) -> f64 {
    const LINE: f64 = 13.5;
    // A spreadsheet has no row higher than this.
    const HIGHEST: f64 = 409.0;
    let length =
        |line: &str| -> f64 { line.chars().map(|c| if c.is_ascii() { 1.05 } else { 2.0 }).sum() };
    let lines: f64 = text.split('\n').map(|line| (length(line) / width).ceil().max(1.0)).sum();
    (LINE * lines + 3.0).min(HIGHEST)
}

/// The format of an official cell: what is not there is grey.
fn official(cell: &str) -> Format {
    match cell {
        columns::UNSEEN | columns::NOTHING => boxed().set_font_color(PALE),
        _ => boxed(),
    }
}

fn write_official(sheet: &mut Worksheet, table: &Official) -> Result<(), XlsxError> {
    const LAST: u16 = 6;
    let wide: f64 = WIDTHS.iter().sum();
    sheet.set_name(columns::SHEET)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.merge_range(0, 0, 0, LAST, &shown(&table.title), &big())?;
    sheet.set_row_height(0, 32)?;
    // The row of the subtitle is the one above the headings, where the head's data stands.
    sheet.merge_range(1, 0, 1, LAST, &shown(&table.subtitle), &plain())?;
    sheet.set_row_height(1, height(&table.subtitle, wide))?;
    for (column, heading_words) in (0..).zip(columns::PRINTED) {
        sheet.write_string_with_format(2, column, heading_words, &heading())?;
    }
    sheet.set_row_height(2, 24)?;
    let mut records = vec![(1, table.record.as_str())];
    let mut at = 3;
    let (mut area, mut category) = ("", "");
    let centred = boxed().set_align(FormatAlign::Center);
    for (row, number) in table.rows.iter().zip(1..) {
        let Row { area: [area_title, _], category: [category_title, _], cells, .. } = row;
        for (level, title, before) in
            [(1, area_title, &mut area), (2, category_title, &mut category)]
        {
            if !title.is_empty() && *before != title.as_str() {
                sheet.merge_range(at, 0, at, LAST, &shown(title), &group(level))?;
                sheet.set_row_height(at, 20)?;
                *before = title;
                at += 1;
            }
        }
        let mark = if row.unverified { crate::MARK } else { "" };
        sheet.write_string_with_format(at, 0, format!("{number}{mark}"), &centred)?;
        let mut tall: f64 = 0.0;
        for ((column, cell), width) in (1..).zip(cells).zip(WIDTHS.iter().skip(1)) {
            sheet.write_string_with_format(at, column, shown(cell), &official(cell))?;
            tall = tall.max(height(cell, *width));
        }
        sheet.set_row_height(at, tall)?;
        records.push((at, &row.record));
        at += 1;
    }
    let last_row = at.saturating_sub(1);
    for note in &table.notes {
        sheet.merge_range(at, 0, at, LAST, &shown(note), &plain())?;
        sheet.set_row_height(at, height(note, wide))?;
        at += 1;
    }
    let widest = write_records(sheet, LAST + 1, &records)?;
    for (column, number) in (LAST + 1..).zip(0..widest) {
        sheet.write_string(2, column, columns::record(number))?;
        sheet.set_column_hidden(column)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_repeat_rows(2, 2)?;
    sheet.set_print_area(0, 0, at.saturating_sub(1).max(last_row), LAST)?;
    paper(sheet, "第 &P 页，共 &N 页");
    Ok(())
}

/// Writes what the registry holds, in as many columns as it needs; answers how many.
fn write_records(
    sheet: &mut Worksheet,
    first: u16,
    records: &[(u32, &str)],
) -> Result<usize, XlsxError> {
    let mut widest = 1;
    for (row, record) in records {
        let pieces = pieces(record, columns::MOST_IN_CELL);
        widest = widest.max(pieces.len());
        for (column, piece) in (first..).zip(pieces) {
            sheet.write_string(*row, column, piece)?;
        }
    }
    Ok(widest)
}

fn page_foot(speaks: Speaks) -> &'static str {
    speaks.pick("第 &P 页，共 &N 页", "page &P of &N")
}

fn write_facts(sheet: &mut Worksheet, page: &Page, speaks: Speaks) -> Result<(), XlsxError> {
    sheet.set_name(speaks.pick("概况", "Overview"))?;
    sheet.set_column_width(0, 20)?.set_column_width(1, 100)?;
    let title = shown(speaks.of(&page.title));
    sheet.merge_range(0, 0, 0, 1, &title, &big())?;
    sheet.set_row_height(0, height(&title, 60.0) * 1.7)?;
    let mut at = 1;
    for fact in page.facts.iter().chain(&page.sources) {
        let label = boxed().set_bold().set_background_color(LIGHT);
        sheet.write_string_with_format(at, 0, speaks.of(&fact.label), &label)?;
        let mut value = csv::cell(&fact.value, speaks);
        if let Some(url) = &fact.url {
            value += &format!("\n{url}");
        }
        sheet.write_string_with_format(at, 1, shown(&value), &boxed())?;
        sheet.set_row_height(at, height(&value, 100.0))?;
        at += 1;
    }
    for note in &page.notes {
        sheet.merge_range(at, 0, at, 1, &shown(speaks.of(note)), &plain())?;
        sheet.set_row_height(at, height(speaks.of(note), 120.0))?;
        at += 1;
    }
    paper(sheet, page_foot(speaks));
    Ok(())
}

/// A column's width, in characters.
fn share(column: &Column, all: f64) -> f64 {
    const WIDE: f64 = 140.0;
    (f64::from(column.width) / all * WIDE).max(6.0)
}

fn write_table(sheet: &mut Worksheet, table: &Table, speaks: Speaks) -> Result<(), XlsxError> {
    sheet.set_name(speaks.of(&table.title))?;
    let all: f64 = table.columns.iter().map(|column| f64::from(column.width)).sum();
    for (at, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(at, share(column, all))?;
        sheet.write_string_with_format(0, at, speaks.of(&column.heading), &heading())?;
    }
    let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    for (at, row) in (1..).zip(&table.rows) {
        match row {
            PageRow::Group(one) => {
                let title = shown(speaks.of(&one.title));
                let format = group(usize::from(one.level));
                match last {
                    0 => sheet.write_string_with_format(at, 0, title, &format)?,
                    _ => sheet.merge_range(at, 0, at, last, &title, &format)?,
                };
            }
            PageRow::Line(line) => {
                let mut tall: f64 = 0.0;
                for ((at_column, cell), column) in (0..).zip(&line.cells).zip(&table.columns) {
                    let mut text = csv::cell(cell, speaks);
                    if at_column == 0 && line.verified == Some(false) {
                        text.push_str(crate::MARK);
                    }
                    sheet.write_string_with_format(at, at_column, shown(&text), &boxed())?;
                    tall = tall.max(height(&text, share(column, all)));
                }
                sheet.set_row_height(at, tall)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    paper(sheet, page_foot(speaks));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Range, Reader, Xlsx};

    use super::*;

    fn row(name: &str, record: String) -> Row {
        let cells = [name, "学生", columns::UNSEEN, "免费\n全覆盖", columns::NOTHING, "教育部"];
        Row {
            area: ["一、学有所教".to_owned(), "学有所教".to_owned()],
            category: ["（一）义务教育服务".to_owned(), "义务教育服务".to_owned()],
            cells: cells.map(str::to_owned),
            unverified: name == "甲",
            record,
        }
    }

    fn table() -> Official {
        Official {
            title: "示例标准".to_owned(),
            subtitle: "版本：1.0.0".to_owned(),
            notes: vec!["＊　未核对".to_owned()],
            record: "{\"head\":true}".to_owned(),
            rows: vec![
                row("甲", "长".repeat(columns::MOST_IN_CELL + 1)),
                row("=HYPERLINK(\"x\")", "{}".to_owned()),
            ],
        }
    }

    fn opened(bytes: Vec<u8>, sheet: &str) -> Range<Data> {
        Xlsx::new(Cursor::new(bytes)).unwrap().worksheet_range(sheet).unwrap()
    }

    #[test]
    fn the_table_stands_where_it_is_looked_for() {
        let sheet = opened(edition(&table()).unwrap(), columns::SHEET);
        let text = |row, column| match sheet.get_value((row, column)) {
            Some(Data::String(text)) => text.clone(),
            Some(Data::Empty) | None => String::new(),
            other => panic!("{other:?} is no text"),
        };
        assert_eq!((text(0, 0), text(1, 0)), ("示例标准".into(), "版本：1.0.0".into()));
        let heads: Vec<String> = (0..9).map(|column| text(2, column)).collect();
        let wanted = columns::PRINTED.iter().copied().chain(["登记数据", "登记数据2"]);
        assert_eq!(heads, wanted.collect::<Vec<_>>());
        assert_eq!(text(1, 7), "{\"head\":true}");
        assert_eq!((text(3, 0), text(4, 0)), ("一、学有所教".into(), "（一）义务教育服务".into()));
        assert_eq!(
            (text(5, 0), text(5, 1), text(5, 4)),
            ("1＊".into(), "甲".into(), "免费\n全覆盖".into())
        );
        assert_eq!((text(5, 7).chars().count(), text(5, 8)), (columns::MOST_IN_CELL, "长".into()));
        // What looks like a formula is a text, and the groups are not repeated.
        assert_eq!((text(6, 0), text(6, 1)), ("2".into(), "=HYPERLINK(\"x\")".into()));
        assert_eq!(text(7, 0), "＊　未核对");
    }

    #[test]
    fn what_no_cell_holds_is_cut_and_says_so() {
        let long = "字".repeat(MOST + 1);
        let shown = shown(&long);
        assert_eq!(shown.encode_utf16().count(), MOST);
        assert!(shown.ends_with(GOES_ON));
        assert_eq!(super::shown("字"), "字");
        assert_eq!(super::shown(""), "");
    }

    #[test]
    fn the_same_table_is_the_same_bytes() {
        assert_eq!(edition(&table()).unwrap(), edition(&table()).unwrap());
    }
}
