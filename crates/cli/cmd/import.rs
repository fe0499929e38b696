//! `jialiang import`.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use jialiang_model::canonical;
use jialiang_model::kind::{Document, Edition, Kind};
use jialiang_model::lookup::{self, Target};
use jialiang_model::read;
use jialiang_page::import::output::Output;
use jialiang_page::import::{Grade, Grid, Into, MOST_BYTES, import};
use jialiang_store::{Loaded, Source, file, load};

use super::{Asked, Failure};
use crate::args::Import;
use crate::render;

pub(crate) fn run(args: &Import) -> Result<ExitCode, Failure> {
    let trouble = |trouble: jialiang_page::import::Trouble| {
        Failure::Table(args.table.clone(), trouble.message())
    };
    let asked = Asked::new(&args.registry.iter().cloned().collect::<Vec<_>>())?;
    let loaded = load(&Source::Folder(asked.folder.clone()))?;
    let standard = match lookup::look_up(&loaded.registry, &args.standard) {
        Ok(Target::Standard(entry)) => &entry.value,
        Ok(_) => return Err(Failure::NotStandard(args.standard.clone())),
        Err(missing) => return Err(Failure::Missing(args.standard.clone(), missing)),
    };
    let grid = Grid::read(&bytes(&args.table)?, args.sheet.as_deref()).map_err(trouble)?;
    let name = args.table.file_name().unwrap_or(args.table.as_os_str()).to_string_lossy();
    let into = Into {
        standard,
        version: args.version.clone(),
        label: args.label.clone(),
        name: args.name.clone(),
        file: &name,
    };
    let imported = import(&grid, &loaded.registry, &into).map_err(trouble)?;
    let written = write(args, &asked, &loaded, &imported.edition)?;
    let output = Output::new(&name, &imported, written);
    render::print(match args.json {
        // Strings, lists and numbers only: this cannot fail.
        true => serde_json::to_string_pretty(&output).unwrap_or_default() + "\n",
        false => render::import::told(&output, args.speech),
    })?;
    let left = !imported.sheets_left.is_empty();
    let unread = left || imported.remarks.iter().any(|remark| remark.grade == Grade::Unread);
    Ok(ExitCode::from(u8::from(unread)))
}

/// The bytes of a table; no more of a giant one than shows that it is too large.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let why = |error: std::io::Error| Failure::file(path, &error);
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(why)?;
    file.take(most).read_to_end(&mut bytes).map_err(why)?;
    Ok(bytes)
}

/// Writes the draft, and tells where; nothing on a dry run.
fn write(
    args: &Import,
    asked: &Asked,
    loaded: &Loaded,
    edition: &Edition,
) -> Result<Option<String>, Failure> {
    let document = Document::Edition(Box::new(edition.clone()));
    let text = canonical::write(&document);
    if let Some(path) = &args.out {
        let shown = path.display().to_string();
        if path.exists() {
            let old = std::fs::read(path).unwrap_or_default();
            may_replace(args, &shown, &old)?;
        }
        file::replace(path, text.as_bytes()).map_err(|e| Failure::Write(path.clone(), e))?;
        return Ok(Some(shown));
    }
    let path = document.identity().path();
    if loaded.documents.iter().any(|there| **there == *path) {
        may_replace(args, &loaded.texts.shown(&path), &loaded.texts.read(&path)?)?;
    }
    if args.dry_run {
        return Ok(None);
    }
    asked.folder.write(&path, text.as_bytes())?;
    Ok(Some(loaded.texts.shown(&path)))
}

/// That what stands there is a draft, and that somebody asked to replace it.
fn may_replace(args: &Import, shown: &str, old: &[u8]) -> Result<(), Failure> {
    let old = read::scan(old).and_then(|text| Kind::Edition.read(text).ok());
    let draft = matches!(old, Some(Document::Edition(old)) if old.draft == Some(true));
    match draft && args.force {
        true => Ok(()),
        false => Err(Failure::Taken(shown.to_owned(), draft)),
    }
}
