//! For people at a terminal: facts, then tables as wide as the terminal allows; where it is too
//! narrow for columns, a block for each row.

use std::io::IsTerminal;

use comfy_table::{
    Cell as Square, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle,
    Table as Grid, TableStyle, Width,
};
use jialiang_page::output::{Cell, Column, Fact, Line, Page, Row, Table};
use jialiang_page::{MARK, Speaks, columns};

use crate::args::Speech;
use crate::lang::Lang;
use crate::render::{visible, wrap};

/// A column narrower than this breaks words into splinters.
const NARROWEST: u16 = 10;
/// A word longer than this may be broken.
const LONGEST: usize = 40;
/// Blanks on either side of a cell's words, and the line between.
const GAP: u16 = 3;

const STRONG: &str = "1";
const FAINT: &str = "2";

/// Lines between columns, and under the heading.
const LINED: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction('│'))
    .header_separator(LineStyle::none().fill('─').junction('┼'))
    .content_lines(ContentLineStyle::none().junction('│'));

pub(crate) fn page(page: &Page, speech: Speech) -> String {
    Sheet { speech, speaks: speaks(speech.lang), width: width() }.page(page)
}

fn speaks(lang: Lang) -> Speaks {
    match lang {
        Lang::Zh => Speaks::Zh,
        Lang::En => Speaks::En,
    }
}

/// How wide lines may be: as the shell says, else as the terminal is, else 100.
fn width() -> u16 {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || {
        let terminal = std::io::stdout().is_terminal();
        terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| width.0)
    };
    told.or_else(seen).unwrap_or(100).clamp(60, 200)
}

struct Sheet {
    speech: Speech,
    speaks: Speaks,
    width: u16,
}

impl Sheet {
    fn page(&self, page: &Page) -> String {
        let mut text = format!("{}\n", self.paint(self.speaks.of(&page.title), STRONG));
        text += &format!("{}\n\n", self.paint(&page.address, FAINT));
        text += &self.facts(&page.facts);
        for table in &page.tables {
            text.push_str(if text.ends_with("\n\n") { "" } else { "\n" });
            if page.tables.len() > 1 {
                text += &format!("{}\n", self.paint(self.speaks.of(&table.title), STRONG));
            }
            text += &self.table(table);
        }
        if !page.sources.is_empty() {
            text += &format!("\n{}", self.facts(&page.sources));
        }
        text.push_str(if page.notes.is_empty() { "" } else { "\n" });
        for note in &page.notes {
            text += &self.folded(self.speaks.of(note));
        }
        text
    }

    /// A text without what a terminal would obey, in a colour where there is colour.
    fn paint(&self, text: &str, colour: &str) -> String {
        let text = visible(text);
        match self.speech.colour {
            true => format!("\u{1b}[{colour}m{text}\u{1b}[0m"),
            false => text,
        }
    }

    fn cell(&self, cell: &Cell) -> String {
        visible(&match cell {
            Cell::Unseen => self.speaks.pick(columns::UNSEEN, "not transcribed").to_owned(),
            Cell::Nothing => columns::NOTHING.to_owned(),
            Cell::Said(lines) => {
                let lines = lines.iter().map(|said| self.speaks.marked(said));
                lines.collect::<Vec<_>>().join("\n")
            }
        })
    }

    /// Words over lines as wide as the terminal.
    fn folded(&self, text: &str) -> String {
        let lines = wrap::lines(&visible(text), usize::from(self.width));
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    fn facts(&self, facts: &[Fact]) -> String {
        let rows = facts.iter().map(|fact| {
            let mut value = self.cell(&fact.value);
            if let Some(address) = &fact.address {
                value += &format!("\n{address}");
            }
            if let Some(url) = &fact.url {
                value += &format!("\n{url}");
            }
            vec![visible(self.speaks.of(&fact.label)), value]
        });
        self.pairs(rows.collect(), 0)
    }

    /// Labels, and beside them what is so, below an indent.
    fn pairs(&self, rows: Vec<Vec<String>>, indent: u16) -> String {
        let widest = rows.iter().filter_map(|row| row.first()).map(|label| columns_of(label)).max();
        // The widest label that is not to be broken.
        let label = widest.unwrap_or(0).min(self.width / 3) + 2;
        let value = self.width.saturating_sub(label + indent);
        let text = self.grid(TableStyle::new(), &[label, value], &[], rows);
        let blank = " ".repeat(usize::from(indent));
        text.lines().map(|line| format!("{blank}{line}\n")).collect()
    }

    fn table(&self, table: &Table) -> String {
        let lines = || table.rows.iter().filter_map(line);
        // What is not on record in any row needs no column, only to be told.
        let (mut shown, mut unseen) = (Vec::new(), Vec::new());
        for (at, column) in table.columns.iter().enumerate() {
            let all = lines().all(|line| line.cells.get(at) == Some(&Cell::Unseen));
            if all { unseen.push(column) } else { shown.push((at, column)) }
        }
        // Where most of a table is not on record, its columns are mostly that.
        let cells = || lines().flat_map(|line| shown.iter().map(|(at, _)| line.cells.get(*at)));
        let blank = cells().filter(|cell| *cell == Some(&Cell::Unseen)).count();
        let sparse = blank * 2 > cells().count();
        let widths = if sparse { None } else { self.widths(table, &shown) };
        let text = match widths {
            Some(widths) => self.columns(table, &shown, &widths),
            None => self.blocks(table, &shown),
        };
        // What follows a group's blank line would else stand two lines below.
        let mut text = text.trim_start_matches('\n').to_owned();
        if !unseen.is_empty() {
            let names: Vec<&str> =
                unseen.iter().map(|column| self.speaks.of(&column.heading)).collect();
            text.push('\n');
            text += &match self.speech.lang {
                Lang::Zh => self.folded(&format!("各项均未转录的栏目：{}。原文尚未录入，不表示没有规定。", names.join("、"))),
                Lang::En => self.folded(&format!(
                    "Not transcribed of any item: {}. The text is not on record, which does not mean that it says nothing.",
                    names.join(", ")
                )),
            };
        }
        text
    }

    /// How wide each column is; none where the terminal is too narrow for them.
    fn widths(&self, table: &Table, shown: &[(usize, &Column)]) -> Option<Vec<u16>> {
        let marked = table.rows.iter().filter_map(line).any(|line| line.verified == Some(false));
        let longest = |at: usize| {
            let lines = table.rows.iter().filter_map(line);
            let cells = lines.filter_map(|line| line.cells.get(at));
            let text = cells.map(|cell| widest_line(&self.cell(cell)));
            // The first bears the marks of rows.
            let mark = if at == 0 && marked { wrap::width(MARK) } else { 0 };
            text.max().unwrap_or(0).saturating_add(u16::try_from(mark).unwrap_or(0))
        };
        let wanted: Vec<u16> = shown
            .iter()
            .map(|(at, column)| longest(*at).max(columns_of(self.speaks.of(&column.heading))))
            .collect();
        let piece = |at: usize| {
            let cells = table.rows.iter().filter_map(line).filter_map(|line| line.cells.get(at));
            let widest = cells.map(|cell| wrap::widest_piece(&self.cell(cell))).max();
            u16::try_from(widest.unwrap_or(0).min(LONGEST)).unwrap_or(u16::MAX)
        };
        let pieces: Vec<u16> = shown.iter().map(|(at, _)| piece(*at)).collect();
        let gaps = GAP * u16::try_from(shown.len()).unwrap_or(u16::MAX);
        let room = self.width.saturating_sub(gaps);
        // Columns that need less than their share leave the rest to the others.
        let mut widths: Vec<Option<u16>> = vec![None; shown.len()];
        loop {
            let open: Vec<usize> =
                (0..shown.len()).filter(|i| widths.get(*i) == Some(&None)).collect();
            let taken: u16 = widths.iter().flatten().sum();
            let left = room.saturating_sub(taken);
            let weight = |i: usize| shown.get(i).map_or(1, |(_, column)| u32::from(column.width));
            let all: u32 = open.iter().map(|i| weight(*i)).sum();
            let share = |i: usize| {
                u16::try_from(u32::from(left) * weight(i) / all.max(1)).unwrap_or(u16::MAX)
            };
            let of = |all: &[u16], i: usize| all.get(i).copied().unwrap_or(0);
            let fit = |i: &usize| of(&wanted, *i) <= share(*i);
            let long = |i: &usize| of(&pieces, *i) > share(*i);
            let settled: Vec<(usize, u16)> = if open.iter().any(fit) {
                open.into_iter().filter(fit).map(|i| (i, of(&wanted, i))).collect()
            } else if open.iter().any(long) {
                // What is not to be broken takes its room from the others.
                open.into_iter().filter(long).map(|i| (i, of(&pieces, i))).collect()
            } else {
                open.into_iter().map(|i| (i, share(i))).collect()
            };
            if settled.is_empty() {
                break;
            }
            for (i, width) in settled {
                if let Some(slot) = widths.get_mut(i) {
                    *slot = Some(width);
                }
            }
        }
        let widths: Vec<u16> = widths.into_iter().flatten().collect();
        let narrow = widths.iter().zip(&wanted).any(|(has, wants)| has < wants && *has < NARROWEST);
        let squeezed = narrow || widths.iter().sum::<u16>() > room;
        (!squeezed).then_some(widths)
    }

    fn columns(&self, table: &Table, shown: &[(usize, &Column)], widths: &[u16]) -> String {
        let blanks = |at: usize| if at == 0 { 1 } else { 2 };
        let padded: Vec<u16> =
            widths.iter().enumerate().map(|(at, width)| width + blanks(at)).collect();
        let heads: Vec<String> =
            shown.iter().map(|(_, column)| visible(self.speaks.of(&column.heading))).collect();
        let mut text = self.grid(LINED, &padded, &heads, Vec::new());
        let mut rows: Vec<Vec<String>> = Vec::new();
        let flush = |rows: &mut Vec<Vec<String>>, text: &mut String| {
            if !rows.is_empty() {
                let tall = rows.iter().any(|row| {
                    row.iter()
                        .zip(widths)
                        .any(|(cell, width)| cell.contains('\n') || columns_of(cell) > *width)
                });
                let style = match tall {
                    true => LINED.row_separator(LineStyle::none().fill('╌').junction('┼')),
                    false => LINED,
                };
                *text += &self.grid(style, &padded, &[], std::mem::take(rows));
            }
        };
        let mut begun = false;
        for row in &table.rows {
            match row {
                Row::Group(_) => {
                    flush(&mut rows, &mut text);
                    let heading = self.heading(row);
                    // Under the heads of the columns it needs no blank line.
                    text += if begun { &heading } else { heading.trim_start_matches('\n') };
                    begun = true;
                }
                Row::Line(line) => {
                    begun = true;
                    rows.push(shown.iter().map(|(at, _)| self.at(line, *at)).collect());
                }
            }
        }
        flush(&mut rows, &mut text);
        text
    }

    /// The words of one cell; the first bears the mark of the whole row.
    fn at(&self, line: &Line, at: usize) -> String {
        let mut text = line.cells.get(at).map(|cell| self.cell(cell)).unwrap_or_default();
        if at == 0 && line.verified == Some(false) {
            text += MARK;
        }
        text
    }

    fn heading(&self, row: &Row) -> String {
        let Row::Group(group) = row else {
            return String::new();
        };
        let mark = if group.verified == Some(false) { MARK } else { "" };
        let title = format!("{}{mark}", self.speaks.of(&group.title));
        match group.level {
            1 => format!("\n{}\n", self.paint(&title, STRONG)),
            _ => format!("{}\n", self.paint(&title, STRONG)),
        }
    }

    /// A block for each row: the name, then a line for each column.
    fn blocks(&self, table: &Table, shown: &[(usize, &Column)]) -> String {
        let mut text = String::new();
        let numbered = table.columns.first().is_some_and(|column| column.id == "number");
        for row in &table.rows {
            let Row::Line(line) = row else {
                text += &self.heading(row);
                continue;
            };
            let first = self.at(line, 0);
            let (title, skip) = match numbered {
                true => (format!("{first} {}", self.at(line, 1)), 2),
                false => (first, 1),
            };
            text += &format!("{}\n", self.paint(&title, STRONG));
            let rest: Vec<_> = shown.iter().filter(|(at, _)| *at >= skip).collect();
            let name = |column: &Column| visible(self.speaks.of(&column.heading));
            let unseen = |at: usize| line.cells.get(at) == Some(&Cell::Unseen);
            let said = rest.iter().filter(|(at, _)| !unseen(*at));
            let mut pairs: Vec<Vec<String>> =
                said.map(|(at, column)| vec![name(column), self.at(line, *at)]).collect();
            // What is not on record stands on one line.
            let missing: Vec<String> =
                rest.iter().filter(|(at, _)| unseen(*at)).map(|(_, column)| name(column)).collect();
            if !missing.is_empty() && pairs.is_empty() && missing.len() > 1 {
                let unseen = self.cell(&Cell::Unseen);
                text.truncate(text.trim_end_matches('\n').len());
                text += &format!("  {}\n", self.paint(&unseen, FAINT));
            } else if !missing.is_empty() {
                let missing = missing.join(self.speaks.pick("、", ", "));
                pairs.push(vec![self.cell(&Cell::Unseen), missing]);
            }
            text += &self.pairs(pairs, 2);
        }
        text
    }

    /// Rows in columns of these widths, without blanks at the ends of lines.
    fn grid(
        &self,
        style: TableStyle,
        widths: &[u16],
        heads: &[String],
        rows: Vec<Vec<String>>,
    ) -> String {
        let mut grid = Grid::new();
        grid.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
        grid.set_width(self.width);
        if !heads.is_empty() {
            grid.set_header(heads.iter().map(Square::new));
        }
        let lined = style.content_lines.junction.is_some();
        // Broken into lines here, as Chinese is, the words are broken no more there.
        let blanks = |at: usize| match (lined, at) {
            (false, _) => (0, 0),
            (true, 0) => (0, 1),
            (true, _) => (1, 1),
        };
        let inner = |at: usize, width: &u16| {
            let (left, right) = blanks(at);
            usize::from(width.saturating_sub(left + right))
        };
        for row in rows {
            let cells = row.iter().zip(widths).enumerate();
            grid.add_row(cells.map(|(at, (cell, width))| {
                Square::new_owned(wrap::lines(cell, inner(at, width)).join("\n"))
            }));
        }
        for ((at, column), width) in grid.column_iter_mut().enumerate().zip(widths) {
            column.set_padding(blanks(at));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(*width)));
        }
        grid.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

fn line(row: &Row) -> Option<&Line> {
    match row {
        Row::Group(_) => None,
        Row::Line(line) => Some(line),
    }
}

fn widest_line(text: &str) -> u16 {
    text.lines().map(columns_of).max().unwrap_or(0)
}

/// How many columns of a terminal a text takes.
fn columns_of(text: &str) -> u16 {
    u16::try_from(wrap::width(text)).unwrap_or(u16::MAX)
}
