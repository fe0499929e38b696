//! Columns for people at a terminal, aligned by the width that characters have there, and for
//! spreadsheet programs.

use unicode_width::UnicodeWidthStr;

use super::visible;

/// Rows as lines, each column as wide as its widest cell, two blanks between columns.
pub(crate) fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let shown: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| visible(cell).replace(['\n', '\r', '\t'], " ")).collect())
        .collect();
    let columns = shown.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = shown.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line += cell;
            line += &" ".repeat(width.saturating_sub(cell.width()) + 2);
        }
        line.trim_end().to_owned()
    };
    shown.iter().map(line).collect()
}

/// Rows as CSV that spreadsheet programs read without asking: UTF-8 with its mark, CRLF, and
/// nothing that they would take for a formula.
pub(crate) fn csv(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let text = if formula { format!("'{text}") } else { text.clone() };
        match text.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text,
        }
    };
    let mut all = "\u{feff}".to_owned();
    for row in rows {
        all += &row.iter().map(cell).collect::<Vec<_>>().join(",");
        all += "\r\n";
    }
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
        cells.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    #[test]
    fn chinese_is_twice_as_wide() {
        let lines = aligned(&rows(&[&["天津", "a"], &["cn", "b"], &["", "c"]]));
        assert_eq!(lines, ["天津  a", "cn    b", "      c"]);
    }

    #[test]
    fn a_cell_of_csv_is_no_formula_and_holds_commas() {
        let text = csv(&rows(&[&["=1+1", "a,\"b\""], &["甲", ""]]));
        assert_eq!(text, "\u{feff}'=1+1,\"a,\"\"b\"\"\"\r\n甲,\r\n");
    }
}
