//! `jialiang show`.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use jialiang_model::finding::Message;
use jialiang_model::kind::Expected;
use jialiang_model::lookup::{self, Missing, Target};
use jialiang_page::official::Official;
use jialiang_page::output::Output;
use jialiang_page::{Speaks, csv, html, markdown, xlsx};
use jialiang_store::source::{Folder, Git};
use jialiang_store::{Loaded, Source, file, load};

use super::{Asked, Failure};
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
        is_outside(path, &asked.folder)?;
    }
    let (rev, word) = lookup::revision(&args.address);
    let source = match rev {
        None => Source::Folder(asked.folder),
        Some(rev) => Source::Git(Git::at(&asked.folder, rev)?),
    };
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
    match &args.out {
        None => render::print(bytes)?,
        Some(path) => {
            if !args.force {
                is_ours(path, args.format, &bytes)?;
            }
            file::replace(path, &bytes).map_err(|e| Failure::Write(path.clone(), e))?;
            if args.speech.quiet {
                return Ok(ExitCode::SUCCESS);
            }
            let path = render::visible(&path.display().to_string());
            render::print(match args.speech.lang {
                Lang::Zh => format!("已写入 {path}\n"),
                Lang::En => format!("wrote {path}\n"),
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// That a file does not come to lie among the documents.
fn is_outside(path: &Path, folder: &Folder) -> Result<(), Failure> {
    // The nearest folder above it that is there tells where it would be.
    let mut above = path.ancestors().skip(1).map(|above| match above.as_os_str().is_empty() {
        true => Path::new("."),
        false => above,
    });
    if above.find(|above| above.exists()).and_then(|above| folder.inside(above)).is_none() {
        return Ok(());
    }
    let (file, root) = (path.display(), folder.root().display());
    Err(Failure::Said(Message::new(
        format!("{file} 在登记库（{root}）里，那里只放登记的文档；请用 -o 写到登记库以外的文件夹"),
        format!(
            "{file} lies in the registry ({root}), which holds documents only: write to a folder outside of it with -o"
        ),
    )))
}

/// That what stands in the way, if anything does, is such a page: the same workbook, web page
/// or table by its kind, the same text by its first line.
fn is_ours(path: &Path, format: ShowFormat, bytes: &[u8]) -> Result<(), Failure> {
    let old = match std::fs::read(path) {
        Ok(old) if path.is_file() => old,
        // Whether it can be written is told where it is.
        _ => return Ok(()),
    };
    let begins = |with: &[u8]| old.starts_with(with);
    let first = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
    let same = match format {
        ShowFormat::Xlsx => begins(b"PK\x03\x04"),
        ShowFormat::Html => begins(b"<!DOCTYPE html>"),
        ShowFormat::Csv => begins("\u{feff}".as_bytes()),
        ShowFormat::Json => serde_json::from_slice::<Output>(&old).is_ok(),
        ShowFormat::Markdown | ShowFormat::Human => first(&old) == first(bytes),
    };
    if same || old.is_empty() {
        return Ok(());
    }
    let file = path.display();
    Err(Failure::Said(Message::new(
        format!("{file} 已有别的内容，没有动它；请换一个文件名，确要替换请加 --force"),
        format!(
            "{file} holds something else, and was left alone: choose another name, or replace it with --force"
        ),
    )))
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
