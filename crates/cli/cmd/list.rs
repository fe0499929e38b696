//! `jialiang list`.

use std::process::ExitCode;

use jialiang_check::list::{counts, rows};
use jialiang_check::output::look;
use jialiang_model::Registry;
use jialiang_model::kind::Jurisdiction;
use jialiang_model::lookup::Target;

use super::{Failure, Open, look_up};
use crate::args::{List, ListFormat, many};
use crate::lang::Lang;
use crate::render::{self, table};

pub(crate) fn run(args: &List) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let open = Open::new(args.registry.as_ref(), args.rev.as_deref())?;
    let registry = &open.loaded.registry;
    let place = args.place.as_deref().map(|word| place(registry, word)).transpose()?;
    let of = args.of.as_deref().map(|word| look_up(registry, word)).transpose()?;
    let found = args.sort.map(|sort| rows(registry, sort, place, of)).unwrap_or_default();
    if args.format == ListFormat::Json {
        render::print(render::json(&look::List::new(registry, &found)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(sort) = args.sort else {
        let mut cells = vec![vec![
            lang.pick("类别", "kind").to_owned(),
            lang.pick("数量", "how many").to_owned(),
            lang.pick("列出", "to list them").to_owned(),
        ]];
        cells.extend(counts(registry).into_iter().map(|(sort, n)| {
            let command = format!("jialiang list {}", many(sort));
            vec![lang.pick(sort.zh(), many(sort)).to_owned(), n.to_string(), command]
        }));
        print(&cells, args)?;
        return Ok(ExitCode::SUCCESS);
    };
    let mut head =
        vec![lang.pick("地址", "address").to_owned(), lang.pick("名称", "name").to_owned()];
    if let Some(row) = found.first() {
        let columns = row.cells.iter().map(|cell| cell.column);
        head.extend(columns.map(|column| lang.pick(column.zh, column.en).to_owned()));
    }
    let mut cells = vec![head];
    cells.extend(found.iter().map(|row| {
        let name = lang.of(&row.target.name()).to_owned();
        let rest = row.cells.iter().map(|cell| lang.of(&cell.shown).to_owned());
        [row.target.address(), name].into_iter().chain(rest).collect()
    }));
    if found.is_empty() && args.format == ListFormat::Human {
        render::print(match lang {
            Lang::Zh => format!("没有{}。各类的数量见 jialiang list\n", sort.zh()),
            Lang::En => {
                format!("There are no {}; jialiang list tells what there is.\n", many(sort))
            }
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&cells, args)?;
    Ok(ExitCode::SUCCESS)
}

/// The place that a word names.
fn place<'a>(registry: &'a Registry, word: &str) -> Result<&'a Jurisdiction, Failure> {
    match look_up(registry, word)? {
        Target::Place(entry) => Ok(&entry.value),
        other => Err(Failure::NotThat(other.address(), jialiang_model::lookup::Sort::Place)),
    }
}

fn print(cells: &[Vec<String>], args: &List) -> Result<(), Failure> {
    if args.format == ListFormat::Csv {
        return render::print(jialiang_page::csv::rows(cells));
    }
    let mut lines = table::fitted(cells, table::most_columns());
    // In blocks there is no line of headings.
    let in_columns = lines.first() == table::aligned(cells).first();
    if let (true, Some(head)) = (args.speech.colour && in_columns, lines.first_mut()) {
        *head = format!("\u{1b}[1m{head}\u{1b}[0m");
    }
    render::print(lines.join("\n") + "\n")
}
