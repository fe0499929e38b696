//! `jialiang show`.

use std::io::IsTerminal;
use std::process::ExitCode;

use jialiang_model::kind::Expected;
use jialiang_model::lookup::{self, Missing, Target};
use jialiang_page::official::Official;
use jialiang_page::output::Output;
use jialiang_page::{Speaks, csv, html, markdown, xlsx};
use jialiang_store::{Loaded, load};

use super::{Asked, Failure, one_revision, out, source};
use crate::args::{Show, ShowFormat};
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Show) -> Result<ExitCode, Failure> {
    let terminal = args.out.is_none() && std::io::stdout().is_terminal();
    if args.format == ShowFormat::Xlsx && terminal {
        return Err(Failure::Workbook);
    }
    let asked = Asked::new(&args.registry.iter().cloned().collect::<Vec<_>>())?;
    if let Some(path) = &args.out {
        out::is_outside(path, &asked.folder)?;
    }
    let (rev, word) = lookup::revision(&args.address);
    let rev = one_revision(rev, args.rev.as_deref())?;
    let source = source(&asked.folder, rev)?;
    let loaded = load(&source)?;
    let found = lookup::look_up(&loaded.registry, word);
    let found = match &found {
        // The page of the one place that has an agency tells of it.
        Err(Missing::Agency(places)) => match places.as_slice() {
            [place] => lookup::look_up(&loaded.registry, &place.address),
            _ => found,
        },
        _ => found,
    };
    let target = found.map_err(|missing| match unreadable(&loaded, word) {
        Some(path) => Failure::Unreadable(loaded.texts.shown(path)),
        None => Failure::Missing(args.address.clone(), missing),
    })?;
    let bytes = shown(args, &loaded, target)?;
    let same = |old: &[u8]| is_like(old, args.format, &bytes);
    out::put(&bytes, args.out.as_deref(), args.force, args.speech, same)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether what stands in a file is such a page: the same workbook, web page or table by its
/// kind, the same text by its first line.
fn is_like(old: &[u8], format: ShowFormat, bytes: &[u8]) -> bool {
    let begins = |with: &[u8]| old.starts_with(with);
    match format {
        ShowFormat::Xlsx => begins(b"PK\x03\x04"),
        ShowFormat::Html => begins(b"<!DOCTYPE html>"),
        ShowFormat::Csv => begins("\u{feff}".as_bytes()),
        ShowFormat::Json => serde_json::from_slice::<Output>(old).is_ok(),
        ShowFormat::Markdown | ShowFormat::Human => out::first(old) == out::first(bytes),
    }
}

/// The document that an address leads to, where it is there and does not read.
fn unreadable<'l>(loaded: &'l Loaded, word: &str) -> Option<&'l str> {
    let (document, _) = word.split_once('#').unwrap_or((word, ""));
    let is_it = |path: &&str| {
        let stem = path.strip_suffix(".json").and_then(|path| path.rsplit_once('.'));
        stem.is_some_and(|(stem, _)| stem == document)
            || path.strip_suffix("/jurisdiction.json") == Some(document)
    };
    let paths = loaded.unreadable.iter().map(|one| &*one.path);
    paths.filter(|path| Expected::at(path).is_some()).find(is_it)
}

/// What is shown, as bytes of its format.
fn shown(args: &Show, loaded: &Loaded, target: Target<'_>) -> Result<Vec<u8>, Failure> {
    let registry = &loaded.registry;
    let speaks = match args.speech.lang {
        Lang::Zh => Speaks::Zh,
        Lang::En => Speaks::En,
    };
    let page = match target {
        Target::Edition(entry) if args.whole => jialiang_page::whole(registry, &entry.value),
        target => jialiang_page::of(registry, target),
    };
    // The official table; of what an edition takes over it does not hold the data.
    let official = || match target {
        Target::Edition(entry) => Some(match args.whole {
            true => Official::whole(registry, &entry.value),
            false => Official::of(registry, &entry.value),
        }),
        _ => None,
    };
    let workbook = |bytes: Result<Vec<u8>, xlsx::Error>| {
        bytes.map_err(|error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            Failure::NoWorkbook(cause.unwrap_or_default())
        })
    };
    Ok(match args.format {
        ShowFormat::Human => {
            let speech = crate::args::Speech {
                colour: args.speech.colour && args.out.is_none(),
                ..args.speech
            };
            render::show::human::page(&page, speech).into_bytes()
        }
        ShowFormat::Json => render::show::json::page(page).into_bytes(),
        ShowFormat::Html => html::page(&page, speaks).into_bytes(),
        ShowFormat::Markdown => markdown::page(&page, speaks).into_bytes(),
        ShowFormat::Csv => match official() {
            Some(table) => csv::edition(&table),
            None => csv::page(&page, speaks),
        },
        ShowFormat::Xlsx => workbook(match official() {
            Some(table) => xlsx::edition(&table),
            None => xlsx::page(&page, speaks),
        })?,
    })
}
