//! A page that an office can print: one file, no script, nothing from outside.

use askama::Template;

use crate::columns;
use crate::output::{Cell, Page, Row, Table};
use crate::{MARK, Speaks};

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
    /// The width of each column, per cent.
    fn widths(&self, table: &Table) -> Vec<u32> {
        let all: u32 = table.columns.iter().map(|column| u32::from(column.width)).sum();
        let width = |width: u16| u32::from(width) * 100 / all.max(1);
        table.columns.iter().map(|column| width(column.width)).collect()
    }

    /// Whether a column holds running numbers.
    fn is_number(&self, table: &Table, at: &usize) -> bool {
        table.columns.get(*at).is_some_and(|column| column.id == "number")
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
