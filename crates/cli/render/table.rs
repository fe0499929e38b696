//! Tables: in columns for people, as Markdown, as CSV.

use unicode_width::UnicodeWidthStr;

/// How wide a column of words may be in a terminal before its words are cut.
const WIDEST: usize = 60;

/// A table: what stands over each column, whether it holds numbers, and rows as long.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<(String, Align)>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// On which side the words of a column begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

impl Table {
    /// In columns; a Chinese character is as wide as two others.
    pub(crate) fn human(&self) -> String {
        let head: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let all: Vec<Vec<String>> = std::iter::once(&head)
            .chain(&self.rows)
            .map(|row| row.iter().map(|cell| cut(cell)).collect())
            .collect();
        let width = |i: usize| all.iter().filter_map(|row| row.get(i)).map(|c| c.width()).max();
        let widths: Vec<usize> = (0..self.columns.len()).map(|i| width(i).unwrap_or(0)).collect();
        let mut text = String::new();
        for row in &all {
            let mut line = String::new();
            for ((cell, width), (_, align)) in row.iter().zip(&widths).zip(&self.columns) {
                let gap = " ".repeat(width.saturating_sub(cell.width()));
                line += &match align {
                    Align::Left => format!("{cell}{gap}  "),
                    Align::Right => format!("{gap}{cell}  "),
                };
            }
            text += line.trim_end();
            text.push('\n');
        }
        text
    }

    pub(crate) fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = line(self.columns.iter().map(|(name, _)| in_a_cell(name)).collect());
        let rule = |align: &Align| if *align == Align::Right { "---:" } else { "---" };
        text += &line(self.columns.iter().map(|(_, align)| rule(align).to_owned()).collect());
        text.extend(self.rows.iter().map(|row| line(row.iter().map(|c| in_a_cell(c)).collect())));
        text
    }

    /// With a byte-order mark, without which spreadsheets take Chinese for something else.
    pub(crate) fn csv(&self) -> String {
        let line = |cells: Vec<String>| cells.join(",") + "\r\n";
        let mut text = String::from("\u{feff}");
        text += &line(self.columns.iter().map(|(name, _)| quoted(name)).collect());
        text.extend(self.rows.iter().map(|row| line(row.iter().map(|c| quoted(c)).collect())));
        text
    }
}

/// Words that fit a column.
fn cut(cell: &str) -> String {
    if cell.width() <= WIDEST {
        return cell.to_owned();
    }
    let mut kept = String::new();
    for c in cell.chars() {
        if kept.width() + 3 > WIDEST {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

fn in_a_cell(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
}

/// A cell of CSV. One that begins like a formula would be reckoned by a spreadsheet.
fn quoted(cell: &str) -> String {
    let cell = match cell.starts_with(['=', '+', '-', '@']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    match cell.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let columns = vec![("名称".to_owned(), Align::Left), ("n".to_owned(), Align::Right)];
        let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        Table { columns, rows: vec![row("河北省", "7"), row("a|b,\"c\"", "12"), row("=1", "")] }
    }

    #[test]
    fn columns_stay_columns_beside_wide_characters() {
        let text = table().human();
        assert_eq!(text, "名称      n\n河北省    7\na|b,\"c\"  12\n=1\n");
        let ends: Vec<usize> = text.lines().take(3).map(|line| line.width()).collect();
        assert_eq!(ends, [11, 11, 11]);
    }

    #[test]
    fn a_cell_is_one_cell_in_every_form() {
        assert_eq!(table().csv(), "\u{feff}名称,n\r\n河北省,7\r\n\"a|b,\"\"c\"\"\",12\r\n'=1,\r\n");
        let markdown =
            "| 名称 | n |\n| --- | ---: |\n| 河北省 | 7 |\n| a\\|b,\"c\" | 12 |\n| =1 |  |\n";
        assert_eq!(table().markdown(), markdown);
    }

    #[test]
    fn a_wide_cell_is_cut() {
        assert_eq!(cut(&"字".repeat(31)).width(), 59);
        assert_eq!(cut(&"a".repeat(60)).len(), 60);
    }
}
