//! A table as rows of texts, each with its place, read from the bytes of a file.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use jialiang_model::finding::Message;
use jialiang_model::read::lexical;

use super::heading;
use crate::columns;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;
/// The most that a workbook may say it unpacks to.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most rows and columns that are looked at; what stands further out is an error.
const MOST_ROWS: u32 = 50_000;
const MOST_COLUMNS: u32 = 256;
/// The most bytes of text.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// Why a file is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Larger than is read.
    TooLarge,
    /// An old workbook, `.xls`.
    OldWorkbook,
    /// A workbook that does not open, and what its reader says.
    Broken(String),
    /// No sheet has this name; these do.
    NoSheet(String, Vec<String>),
    /// A sheet was named, and the file has none.
    NoSheets,
    /// Bytes in no encoding that is read.
    Encoding,
    /// A quote that is opened in this row and never closed.
    Unclosed(u32),
    /// No row holds the headings of the official table.
    NoHeading,
    /// No row below the headings is an item.
    NoItems,
}

impl Trouble {
    /// The trouble as a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::TooLarge => Message::new(
                "表格太大：文件不超过 16 MiB、5 万行、256 列；请删去无关的工作表、行和列",
                "the table is too large: at most 16 MiB, 50,000 rows and 256 columns are read; take out sheets, rows and columns that do not belong to it",
            ),
            Self::OldWorkbook => Message::new(
                "这是旧的 .xls 格式，读不了；请在 Excel 或 WPS 里另存为 .xlsx",
                "this is an old .xls workbook, which is not read: save it as .xlsx",
            ),
            Self::Broken(why) => Message::new(
                format!("工作簿打不开（{why}）；请在 Excel 或 WPS 里打开后另存为 .xlsx"),
                format!(
                    "the workbook does not open ({why}): open it in a spreadsheet program and save it as .xlsx"
                ),
            ),
            Self::NoSheet(name, names) => Message::new(
                format!("没有名为“{name}”的工作表；有：{}", names.join("、")),
                format!("there is no sheet `{name}`; there are: {}", names.join(", ")),
            ),
            Self::NoSheets => Message::new(
                "CSV 文件没有工作表，请不写 --sheet",
                "a CSV file has no sheets: leave --sheet out",
            ),
            Self::Encoding => Message::new(
                "文字编码读不了：不是 UTF-8、UTF-16 或 GB18030（GBK）；请另存为“CSV UTF-8”",
                "the text is in no encoding that is read, which are UTF-8, UTF-16 and GB18030 (GBK): save it as CSV UTF-8",
            ),
            Self::Unclosed(row) => Message::new(
                format!("第 {row} 行有一个引号没有配对，后面的行都读不准；请补上引号"),
                format!(
                    "a quote in row {row} is never closed, so that the rows behind it cannot be told apart: close it"
                ),
            ),
            Self::NoHeading => Message::new(
                format!(
                    "找不到表头：要有一行写着“{}”和“{}”等列名",
                    columns::NAME,
                    columns::PROVISIONS
                ),
                format!(
                    "no row holds the headings: one must say {} and {}, or the like",
                    columns::NAME,
                    columns::PROVISIONS
                ),
            ),
            Self::NoItems => {
                Message::new("表头下面没有服务项目", "no item stands below the headings")
            }
        }
    }
}

/// How the bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadAs {
    /// A workbook.
    Workbook,
    /// Text in this encoding.
    Text(&'static str),
}

/// A table as rows of texts, each with its place.
#[derive(Debug, Clone)]
pub struct Grid {
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// How the bytes were read.
    pub read_as: ReadAs,
    /// The texts by row and column, from nought; no cell is empty.
    cells: BTreeMap<(u32, u32), String>,
    /// Cells whose text is that of a merged cell above.
    filled: BTreeSet<(u32, u32)>,
    /// Cells of a formula of which the workbook holds no value; the formula is their text.
    formulas: BTreeSet<(u32, u32)>,
    /// The other sheets that have the headings, where nobody named one.
    pub(super) others: Vec<String>,
}

impl Grid {
    /// Reads a table: a workbook by its first bytes, else text. Of a workbook the sheet that
    /// is named, else the official one, else the first that is seen and has the headings.
    pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Self, Trouble> {
        if bytes.len() > MOST_BYTES {
            return Err(Trouble::TooLarge);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(Trouble::OldWorkbook);
        }
        if bytes.starts_with(b"PK") {
            return workbook(bytes, sheet);
        }
        if sheet.is_some() {
            return Err(Trouble::NoSheets);
        }
        let (text, encoding) = decoded(bytes)?;
        separated(&text, encoding)
    }

    /// The numbers of the rows in which something stands.
    pub(super) fn rows(&self) -> BTreeSet<u32> {
        self.cells.keys().map(|(row, _)| *row).collect()
    }

    /// The cells of a row, by column.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        self.cells
            .range((row, 0)..=(row, u32::MAX))
            .map(|((_, column), text)| (*column, text.as_str()))
    }

    /// The text of a cell.
    pub(super) fn text(&self, row: u32, column: u32) -> Option<&str> {
        self.cells.get(&(row, column)).map(String::as_str)
    }

    /// Whether a cell holds a formula without its value.
    pub(super) fn is_formula(&self, row: u32, column: u32) -> bool {
        self.formulas.contains(&(row, column))
    }

    /// Whether the text of a cell is that of a merged cell above.
    pub(super) fn is_filled(&self, row: u32, column: u32) -> bool {
        self.filled.contains(&(row, column))
    }
}

/// The name of a cell, such as C12, by its row and column from nought.
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut n = column + 1;
    while n > 0 {
        n -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
    }
    let letters: String = letters.into_iter().collect();
    format!("{letters}{}", row + 1)
}

fn broken(error: &impl ToString) -> Trouble {
    Trouble::Broken(error.to_string())
}

fn workbook(bytes: &[u8], sheet: Option<&str>) -> Result<Grid, Trouble> {
    match unpacked(bytes) {
        None => return Err(broken(&"zip")),
        Some(size) if size > MOST_UNPACKED => return Err(Trouble::TooLarge),
        Some(_) => {}
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let seen = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let mut names: Vec<String> =
        book.sheets_metadata().iter().filter(seen).map(|sheet| sheet.name.clone()).collect();
    if let Some(name) = sheet {
        if !book.sheet_names().iter().any(|one| one == name) {
            return Err(Trouble::NoSheet(name.to_owned(), names));
        }
        return worksheet(&mut book, name);
    }
    names.sort_by_key(|name| name != columns::SHEET);
    let mut found: Option<Grid> = None;
    for name in names {
        // What is wrong with a sheet behind the one that is read is no reason to read none.
        let grid = match (worksheet(&mut book, &name), &found) {
            (Ok(grid), _) => grid,
            (Err(trouble), None) => return Err(trouble),
            (Err(_), Some(_)) => continue,
        };
        match &mut found {
            _ if heading::find(&grid).is_none() => {}
            Some(found) => found.others.push(name),
            None => found = Some(grid),
        }
    }
    found.ok_or(Trouble::NoHeading)
}

/// How many bytes a workbook says that it unpacks to.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let number = |at: usize, len: usize| -> Option<u64> {
        let part = bytes.get(at..at.checked_add(len)?)?;
        Some(part.iter().rev().fold(0, |n, b| (n << 8) | u64::from(*b)))
    };
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let count = number(end + 10, 2)?;
    let mut at = usize::try_from(number(end + 16, 4)?).ok()?;
    let mut sum = 0_u64;
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        sum += number(at + 24, 4)?;
        let behind = number(at + 28, 2)? + number(at + 30, 2)? + number(at + 32, 2)?;
        at = at.checked_add(46)?.checked_add(usize::try_from(behind).ok()?)?;
    }
    Some(sum)
}

fn worksheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Grid, Trouble> {
    let merged = book.merge_cells_by_sheet_name(name).map_err(|e| broken(&e))?;
    let mut reader = book.worksheet_cells_reader(name).map_err(|e| broken(&e))?;
    let mut cells = BTreeMap::new();
    let mut size = 0_usize;
    // Cell by cell: a sheet that names one cell far out would else be filled with blanks.
    while let Some(cell) = reader.next_cell().map_err(|e| broken(&e))? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(n) => n.to_string(),
            DataRef::Float(n) => n.to_string(),
            DataRef::String(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(true) => "TRUE".to_owned(),
            DataRef::Bool(false) => "FALSE".to_owned(),
            DataRef::DateTime(day) => day.to_string(),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::Error(error) => error.to_string(),
        };
        let text = tidy(&text);
        if text.is_empty() {
            continue;
        }
        size += text.len();
        if row >= MOST_ROWS || column >= MOST_COLUMNS || size > MOST_TEXT {
            return Err(Trouble::TooLarge);
        }
        cells.insert((row, column), text);
    }
    drop(reader);
    let formulas = formulas(book, name, &mut cells)?;
    let mut filled = BTreeSet::new();
    for area in merged {
        let ((first, column), (last, _)) = (area.start, area.end);
        let Some(text) = cells.get(&(first, column)).cloned() else { continue };
        for row in first.saturating_add(1)..=last.min(MOST_ROWS) {
            size += text.len();
            if size > MOST_TEXT {
                return Err(Trouble::TooLarge);
            }
            if let Entry::Vacant(vacant) = cells.entry((row, column)) {
                vacant.insert(text.clone());
                filled.insert((row, column));
            }
        }
    }
    let (sheet, others) = (Some(name.to_owned()), Vec::new());
    Ok(Grid { sheet, read_as: ReadAs::Workbook, cells, filled, formulas, others })
}

/// The cells with a formula and no value, which a program that does not calculate writes;
/// they take the formula for their text, so that none is thought to be blank.
fn formulas(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    cells: &mut BTreeMap<(u32, u32), String>,
) -> Result<BTreeSet<(u32, u32)>, Trouble> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|e| broken(&e))?;
    let (mut found, mut size) = (BTreeSet::new(), 0_usize);
    // A formula that does not read says nothing of the values, which were read.
    while let Ok(Some(cell)) = reader.next_formula() {
        let (row, column) = cell.get_position();
        let text = format!("={}", tidy(cell.get_value()));
        if text == "=" || cells.contains_key(&(row, column)) {
            continue;
        }
        size += text.len();
        if row >= MOST_ROWS || column >= MOST_COLUMNS || size > MOST_TEXT {
            return Err(Trouble::TooLarge);
        }
        cells.insert((row, column), text);
        found.insert((row, column));
    }
    Ok(found)
}

/// One spelling for the ends of lines, no blanks around, and no character that a document
/// cannot hold: what looks like a blank is one, and what shows as nothing is gone.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\r' => tidied.push('\n'),
            c if c.is_whitespace() && lexical::is_hidden(c) => tidied.push(' '),
            c if lexical::is_hidden(c) => {}
            c => tidied.push(c),
        }
    }
    tidied.trim_matches([' ', '\u{3000}', '\n', '\t']).to_owned()
}

/// The text of a file, and its encoding: by its mark, else UTF-8 where it is that, else
/// GB18030 where it is that.
fn decoded(bytes: &[u8]) -> Result<(String, &'static str), Trouble> {
    let strict = |encoding: &'static encoding_rs::Encoding, bytes| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(|text| text.into_owned())
            .filter(|text| !text.contains('\0'))
    };
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let text = strict(encoding, bytes.get(mark..).unwrap_or_default());
        return text.map(|text| (text, encoding.name())).ok_or(Trouble::Encoding);
    }
    [encoding_rs::UTF_8, encoding_rs::GB18030]
        .into_iter()
        .find_map(|encoding| strict(encoding, bytes).map(|text| (text, encoding.name())))
        .ok_or(Trouble::Encoding)
}

/// Text with a comma, a tab or a semicolon between cells: whichever makes the headings.
fn separated(text: &str, encoding: &'static str) -> Result<Grid, Trouble> {
    let mut first = None;
    for separator in [',', '\t', ';'] {
        let grid = rows(text, separator).map(|cells| Grid {
            sheet: None,
            read_as: ReadAs::Text(encoding),
            cells,
            filled: BTreeSet::new(),
            formulas: BTreeSet::new(),
            others: Vec::new(),
        });
        match grid {
            Ok(grid) if heading::find(&grid).is_some() => return Ok(grid),
            other => {
                first.get_or_insert(other.err().unwrap_or(Trouble::NoHeading));
            }
        }
    }
    Err(first.unwrap_or(Trouble::NoHeading))
}

fn rows(text: &str, separator: char) -> Result<BTreeMap<(u32, u32), String>, Trouble> {
    let mut cells = BTreeMap::new();
    let (mut row, mut column, mut size) = (0_u32, 0_u32, 0_usize);
    let mut cell = String::new();
    // The row in which a quote is open.
    let mut open = None;
    let mut put = |row: u32, column: u32, cell: &mut String| {
        let text = tidy(crate::csv::unguarded(&std::mem::take(cell)));
        size += text.len();
        if row >= MOST_ROWS || column >= MOST_COLUMNS || size > MOST_TEXT {
            return Err(Trouble::TooLarge);
        }
        if !text.is_empty() {
            cells.insert((row, column), text);
        }
        Ok(())
    };
    let mut chars = text.chars().peekable();
    let mut fresh = true;
    while let Some(c) = chars.next() {
        match c {
            '"' if open.is_some() => match chars.next_if_eq(&'"') {
                Some(quote) => cell.push(quote),
                None => open = None,
            },
            c if open.is_some() => cell.push(c),
            '"' if fresh => open = Some(row),
            c if c == separator => {
                put(row, column, &mut cell)?;
                column += 1;
                fresh = true;
                continue;
            }
            '\r' | '\n' => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                put(row, column, &mut cell)?;
                (row, column, fresh) = (row + 1, 0, true);
                continue;
            }
            c => cell.push(c),
        }
        fresh = false;
    }
    if let Some(row) = open {
        return Err(Trouble::Unclosed(row + 1));
    }
    put(row, column, &mut cell)?;
    Ok(cells)
}
