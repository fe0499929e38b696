//! A page that an office can print: one file, no script, nothing from outside.

use askama::Template;

use crate::columns;
use crate::output::{Cell, Column, Line, Page, Row, Table};
use crate::{MARK, Speaks};

/// The column of running numbers.
const NUMBER: &str = "number";

#[derive(Template)]
#[template(path = "page.html")]
struct Sheet<'a> {
    page: &'a Page,
    speaks: Speaks,
    mark: &'static str,
    unseen: &'static str,
    /// Whether tables have titles: one table alone needs none.
    titled: bool,
}

impl Sheet<'_> {
    /// The width of each column: running numbers take what they need, the others share the
    /// rest.
    fn widths(&self, table: &Table) -> Vec<String> {
        let others = table.columns.iter().filter(|column| column.id != NUMBER);
        let all: u32 = others.map(|column| u32::from(column.width)).sum();
        let width = |column: &Column| match column.id == NUMBER {
            true => "3.4em".to_owned(),
            // Not quite all of it, so that the numbers have room.
            false => format!("{}%", u32::from(column.width) * 96 / all.max(1)),
        };
        table.columns.iter().map(width).collect()
    }

    /// What sets a cell apart: a running number, the mark of its row.
    fn class(&self, table: &Table, line: &Line, at: &usize) -> &'static str {
        let number = table.columns.get(*at).is_some_and(|column| column.id == NUMBER);
        let marked = *at == 0 && line.verified == Some(false);
        match (number, marked) {
            (false, false) => "",
            (true, false) => " class=\"number\"",
            (false, true) => " class=\"marked\"",
            (true, true) => " class=\"number marked\"",
        }
    }
}

/// A page as HTML.
pub fn page(page: &Page, speaks: Speaks) -> String {
    let sheet = Sheet {
        page,
        speaks,
        mark: MARK,
        unseen: speaks.pick(columns::UNSEEN, "not transcribed"),
        titled: page.tables.len() > 1,
    };
    // Writing to memory cannot fail.
    sheet.render().unwrap_or_default()
}
