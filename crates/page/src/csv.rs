//! Tables as CSV that spreadsheet programs read without asking: UTF-8 with its mark, CRLF.

use csv::{Terminator, Writer, WriterBuilder};

use crate::official::{Official, pieces};
use crate::output::{Cell, Page, Row, Words};
use crate::{Speaks, columns};

/// What stands before the text, by which a spreadsheet program knows that it is UTF-8.
pub const MARK: &str = "\u{feff}";

/// An edition as CSV: one row an item, and what the registry holds beside it.
pub fn edition(table: &Official) -> Vec<u8> {
    let records = |record: &str| -> Vec<String> {
        pieces(record, columns::MOST_IN_CELL).into_iter().map(str::to_owned).collect()
    };
    let head = records(&table.record);
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| records(&row.record)).collect();
    let wide = rows.iter().map(Vec::len).chain([head.len(), 1]).max().unwrap_or(1);
    let mut out = Rows::new();
    let headings = columns::CSV.iter().map(ToString::to_string);
    out.row(headings.chain((1..wide).map(columns::record)));
    let gap = std::iter::repeat_n(String::new(), columns::CSV.len() - 2);
    let filled = |record: Vec<String>| {
        let missing = wide - record.len();
        record.into_iter().chain(std::iter::repeat_n(String::new(), missing))
    };
    out.row([columns::HEAD_ROW.to_owned()].into_iter().chain(gap).chain(filled(head)));
    for (row, record) in table.rows.iter().zip(rows) {
        let [_, area] = &row.area;
        let [_, category] = &row.category;
        let cells = [area, category].into_iter().chain(&row.cells).cloned();
        out.row(cells.chain(filled(record)));
    }
    out.bytes()
}

/// A page as CSV: its facts, then its tables, one under another.
pub fn page(page: &Page, speaks: Speaks) -> Vec<u8> {
    let said = |words: &Words| speaks.of(words).to_owned();
    let mut out = Rows::new();
    out.row([said(&page.title), page.address.clone()]);
    for fact in page.facts.iter().chain(&page.sources) {
        out.row([said(&fact.label), cell(&fact.value, speaks)]);
    }
    for table in &page.tables {
        out.row([String::new()]);
        out.row([said(&table.title)]);
        out.row(table.columns.iter().map(|column| said(&column.heading)));
        for row in &table.rows {
            match row {
                Row::Group(group) => out.row([said(&group.title)]),
                Row::Line(line) => {
                    let mut cells: Vec<String> =
                        line.cells.iter().map(|one| cell(one, speaks)).collect();
                    if let Some(first) = cells.first_mut().filter(|_| line.verified == Some(false))
                    {
                        first.push_str(crate::MARK);
                    }
                    out.row(cells);
                }
            }
        }
    }
    for note in &page.notes {
        out.row([said(note)]);
    }
    out.bytes()
}

/// Rows of texts as CSV.
pub fn rows(rows: &[Vec<String>]) -> String {
    let mut out = Rows::new();
    rows.iter().for_each(|row| out.row(row.iter().cloned()));
    // What texts were made into is text.
    String::from_utf8(out.bytes()).unwrap_or_default()
}

/// A cell as text, its lines one under another.
pub(crate) fn cell(cell: &Cell, speaks: Speaks) -> String {
    match cell {
        Cell::Unseen => speaks.pick(columns::UNSEEN, "not transcribed").to_owned(),
        Cell::Nothing => columns::NOTHING.to_owned(),
        Cell::Said(lines) => {
            let lines = lines.iter().map(|said| speaks.marked(said));
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

/// A text that a spreadsheet program would take for a formula gets a `'` before it, and so
/// does one that begins with such a `'`, so that taking one off gives the text again.
pub fn guarded(text: &str) -> String {
    let rest = text.trim_start_matches('\'');
    match rest.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// A text as it was before it was guarded.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if guarded(rest) == text => rest,
        _ => text,
    }
}

/// Rows as they are written. Writing to memory cannot fail.
struct Rows(Writer<Vec<u8>>);

impl Rows {
    fn new() -> Self {
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::CRLF).flexible(true);
        Self(builder.from_writer(MARK.as_bytes().to_vec()))
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|cell| guarded(&cell));
        let _ = self.0.write_record(cells.collect::<Vec<_>>());
    }

    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { max_shrink_iters: 500, ..ProptestConfig::default() })]
        #[test]
        fn a_guarded_text_is_no_formula_and_comes_back(text in "'{0,3}[=+@\t\r1中-]{0,3}") {
            let guarded = guarded(&text);
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']), "{guarded}");
            prop_assert_eq!(unguarded(&guarded), text);
        }
    }
}
