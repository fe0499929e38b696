//! A page as Markdown, as forges and note-takers show it.

use crate::columns;
use crate::output::{Cell, Fact, Page, Row, Table};
use crate::{MARK, Speaks};

/// A page as Markdown.
pub fn page(page: &Page, speaks: Speaks) -> String {
    let mut text = format!("# {}\n", escaped(speaks.of(&page.title)));
    facts(&mut text, &page.facts, speaks);
    for one in &page.tables {
        table(&mut text, one, speaks);
    }
    facts(&mut text, &page.sources, speaks);
    for note in &page.notes {
        text += &format!("\n{}\n", escaped(speaks.of(note)));
    }
    text += &format!("\n`{}`\n", page.address);
    text
}

fn facts(text: &mut String, facts: &[Fact], speaks: Speaks) {
    for (fact, n) in facts.iter().zip(0..) {
        let url = fact.url.as_ref().map(|url| format!(" <{url}>")).unwrap_or_default();
        let value = cell(&fact.value, speaks, speaks.pick("；", "; "));
        let label = escaped(speaks.of(&fact.label));
        let colon = speaks.pick("：", ": ");
        text.push_str(if n == 0 { "\n" } else { "" });
        text.push_str(&format!("- **{label}**{colon}{value}{url}\n"));
    }
}

fn table(text: &mut String, table: &Table, speaks: Speaks) {
    text.push_str(&format!("\n## {}\n\n", escaped(speaks.of(&table.title))));
    let mut row = |cells: Vec<String>| text.push_str(&format!("| {} |\n", cells.join(" | ")));
    row(table.columns.iter().map(|column| escaped(speaks.of(&column.heading))).collect());
    row(table.columns.iter().map(|_| "---".to_owned()).collect());
    for one in &table.rows {
        match one {
            Row::Group(group) => {
                let mark = if group.verified == Some(false) { MARK } else { "" };
                let mut cells = vec![String::new(); table.columns.len()];
                let title = format!("**{}{mark}**", escaped(speaks.of(&group.title)));
                // Beside the number, where the names stand.
                let at = usize::from(table.columns.first().is_some_and(|c| c.id == "number"));
                if let Some(cell) = cells.get_mut(at) {
                    *cell = title;
                }
                row(cells);
            }
            Row::Line(line) => {
                let mut cells: Vec<String> =
                    line.cells.iter().map(|one| cell(one, speaks, "<br>")).collect();
                if let Some(first) = cells.first_mut().filter(|_| line.verified == Some(false)) {
                    first.push_str(MARK);
                }
                row(cells);
            }
        }
    }
}

fn cell(cell: &Cell, speaks: Speaks, between: &str) -> String {
    match cell {
        Cell::Unseen => format!("_{}_", speaks.pick(columns::UNSEEN, "not transcribed")),
        Cell::Nothing => columns::NOTHING.to_owned(),
        Cell::Said(lines) => {
            let lines = lines.iter().map(|said| escaped(&speaks.marked(said)));
            lines.collect::<Vec<_>>().join(between)
        }
    }
}

/// A text in which nothing is taken for a sign of Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_sign() {
        assert_eq!(escaped("a|b <i> *c* [d](e)\n# f"), "a\\|b &lt;i> \\*c\\* \\[d\\](e) \\# f");
    }
}
