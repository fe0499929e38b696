//! Columns for people at a terminal, aligned by the width that characters have there, and for
//! spreadsheet programs.

use std::io::IsTerminal;

use unicode_width::UnicodeWidthStr;

use super::{visible, wrap};

/// How wide lines may be: as the shell says, else as the terminal is; elsewhere as wide as they
/// come.
pub(crate) fn most_columns() -> Option<usize> {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || {
        let terminal = std::io::stdout().is_terminal();
        terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0))
    };
    told.or_else(seen).map(|columns: usize| columns.max(LEAST))
}

/// Narrower than this, nothing is broken any more.
const LEAST: usize = 40;

/// Pieces of a text one behind the other, on lines of a width that begin with blanks.
pub(crate) fn flowing(pieces: &[String], indent: usize, most: Option<usize>) -> String {
    let most = most.unwrap_or(usize::MAX).saturating_sub(indent);
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.width() + 2 + piece.width() <= most => {
                line.push_str("  ");
                line.push_str(piece);
            }
            _ => lines.extend(wrap::lines(piece, most)),
        }
    }
    lines.iter().map(|line| format!("{}{line}\n", " ".repeat(indent))).collect()
}

/// Rows in columns where those fit, with what stands over them as the first row; else each as
/// a block, with what stands over a column before its words.
pub(crate) fn fitted(rows: &[Vec<String>], most: Option<usize>) -> Vec<String> {
    let lines = aligned(rows);
    let fits = most.is_none_or(|most| lines.iter().all(|line| line.width() <= most));
    let (false, Some((head, rows))) = (fits, rows.split_first()) else { return lines };
    let block = |row: &Vec<String>| blocks(head, row, most);
    rows.iter()
        .map(block)
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// A row as a block: its first cell, and below it the others that hold something.
fn blocks(head: &[String], row: &[String], most: Option<usize>) -> String {
    let cells = head.iter().zip(row).map(|(head, cell)| {
        let cell = visible(cell).replace(['\n', '\r', '\t'], " ");
        (head, cell)
    });
    let mut cells = cells.enumerate().filter(|(i, (_, cell))| *i == 0 || !cell.is_empty());
    let first = cells.next().map(|(_, (_, cell))| cell).unwrap_or_default();
    let rest: Vec<String> = cells.map(|(_, (head, cell))| format!("{head} {cell}")).collect();
    flowing(&[first], 0, most) + &flowing(&rest, 2, most)
}

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
    ///
    /// Where the lines would be wider than somebody can see, each row is a block instead.
    pub(crate) fn human(&self, most: Option<usize>) -> String {
        let text = self.in_columns();
        let wide = |most: usize| text.lines().any(|line| line.width() > most);
        if !most.is_some_and(wide) {
            return text;
        }
        let head: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        self.rows.iter().map(|row| blocks(&head, row, most)).collect()
    }

    fn in_columns(&self) -> String {
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

    /// For spreadsheet programs.
    pub(crate) fn csv(&self) -> String {
        let head = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(self.rows.clone()).collect();
        jialiang_page::csv::rows(&rows)
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
        let text = jialiang_page::csv::rows(&rows(&[&["=1+1", "a,\"b\""], &["甲", ""]]));
        assert_eq!(text, "\u{feff}'=1+1,\"a,\"\"b\"\"\"\r\n甲,\r\n");
    }

    fn table() -> Table {
        let columns = vec![("名称".to_owned(), Align::Left), ("n".to_owned(), Align::Right)];
        let row = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        Table { columns, rows: vec![row("河北省", "7"), row("a|b,\"c\"", "12"), row("=1", "")] }
    }

    #[test]
    fn columns_stay_columns_beside_wide_characters() {
        let text = table().human(None);
        assert_eq!(text, "名称      n\n河北省    7\na|b,\"c\"  12\n=1\n");
        let ends: Vec<usize> = text.lines().take(3).map(|line| line.width()).collect();
        assert_eq!(ends, [11, 11, 11]);
    }

    #[test]
    fn what_is_too_wide_for_columns_is_in_blocks() {
        let rows = rows(&[
            &["地址", "名称", "自", "条数"],
            &["cn/basic-public-services@1.0.0", "国家基本公共服务标准", "", "65"],
            &["cn", "国家", "2021-03", "1"],
        ]);
        let lines = fitted(&rows, Some(40));
        assert_eq!(
            lines,
            [
                "cn/basic-public-services@1.0.0",
                "  名称 国家基本公共服务标准  条数 65",
                "cn",
                "  名称 国家  自 2021-03  条数 1",
            ]
        );
        assert!(fitted(&rows, None).iter().any(|line| line.width() > 40));
        assert_eq!(fitted(&rows, Some(140)), aligned(&rows));
        assert_eq!(table().human(Some(40)), table().human(None));
        assert_eq!(table().human(Some(9)).lines().next(), Some("河北省"));
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
