//! `jialiang diff`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use jialiang_check::review::{Compared, Review, review};
use jialiang_model::address::{Address, At};
use jialiang_model::id::StandardId;
use jialiang_model::kind::{Document, Edition, EditionId, Expected, Kind};
use jialiang_model::lookup::{Missing, Target, look_up};
use jialiang_model::version::Version;
use jialiang_model::{Registry, read};
use jialiang_resolve::InForce;
use jialiang_store::source::{Folder, Git};
use jialiang_store::{Base, Gathered, Source, Texts, gather, leads_to, load};

mod force;

use super::progress::watched;
use super::{Asked, Failure};
use crate::args::{Diff, DiffFormat, Sides};
use crate::render;

pub(crate) fn run(args: &Diff) -> Result<ExitCode, Failure> {
    let (found, texts) = match &args.sides {
        Sides::Two(a, b) => match force::places(a, b, args)? {
            Some(found) => found,
            None => two(a, b, args)?,
        },
        Sides::Parent(place) => force::parent(place, args)?,
        Sides::Base(rev, paths) => watched(args.speech, |_| since(rev, paths))?,
    };
    let lang = args.speech.lang;
    let text = match args.format {
        DiffFormat::Human => render::diff::human::review(&found, &texts, args.all, args.speech),
        DiffFormat::Json => render::diff::json::review(&found, &texts),
        DiffFormat::Markdown => render::diff::markdown::review(&found, &texts, args.all, lang),
    };
    render::print(&text)?;
    let differs =
        found.compared.iter().any(|pair| !pair.changes.is_empty()) || !found.documents.is_empty();
    // Giving back every document that differs piece by piece takes longer than exiting.
    std::mem::forget((found, texts));
    Ok(if args.exit_code && differs { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Everything that changed since a base, or what of it stands below the paths.
fn since(rev: &str, paths: &[PathBuf]) -> Result<(Review, Texts), Failure> {
    let asked = Asked::new(paths)?;
    let base = base(&asked.folder, rev)?;
    let texts = Texts::new(Source::Folder(asked.folder.clone())).with_base(&base);
    let wanted = base.differing().filter_map(|(path, _)| Expected::at(path));
    let gathered = gather(&texts, wanted);
    let mut found = review(&gathered, &base);
    found.compared.retain(|pair| asked.covers(&pair.after_path));
    found.documents.retain(|(path, _)| asked.covers(path));
    if found.adjusts() {
        let loaded = load(&Source::Folder(asked.folder))?;
        found.tell(&InForce::new(&loaded.registry), &loaded.registry, &base);
    }
    Ok((found, texts))
}

/// The registry as the merge base of a revision and HEAD has it, with what differs now.
pub(crate) fn base(folder: &Folder, rev: &str) -> Result<Base, Failure> {
    Ok(Git::merge_base(folder, rev)?.base(folder)?)
}

/// One side of a comparison: an edition, where it is shown, and what it leads to.
struct Side {
    edition: Edition,
    shown: Arc<str>,
    bytes: Vec<u8>,
    registry: Registry,
}

fn two(a: &str, b: &str, args: &Diff) -> Result<(Review, Texts), Failure> {
    let before = side(a, args)?;
    let after = side(b, args)?;
    let pair = Compared::new(
        (&before.registry, Arc::clone(&before.shown), &before.edition),
        (&after.registry, Arc::clone(&after.shown), &after.edition),
    );
    let texts = [before, after].into_iter().map(|side| (side.shown.to_string(), side.bytes));
    let texts = Texts::new(Source::Memory(texts.collect()));
    Ok((Review { compared: vec![pair], ..Review::default() }, texts))
}

/// Finds one side: a file, or an edition of the registry here or in a revision.
fn side(word: &str, args: &Diff) -> Result<Side, Failure> {
    let path = Path::new(word);
    if path.is_file() {
        return file(path);
    }
    let asked = Asked::new(&args.registry.iter().cloned().collect::<Vec<_>>())?;
    let (rev, rest) = match word.split_once(':') {
        Some((rev, rest)) => (Some(rev), rest),
        None => (None, word),
    };
    let source = match rev {
        None => Source::Folder(asked.folder.clone()),
        Some(rev) => Source::Git(Git::at(&asked.folder, rev)?),
    };
    let from = Texts::new(source.clone());
    // A path as it is printed, with the registry's folder in front, or from the registry.
    let root = from.shown("");
    let root = root.split_once(':').filter(|_| rev.is_some()).map_or(&*root, |(_, root)| root);
    let document = rest.strip_prefix(root).unwrap_or(rest);
    let id = match Expected::at(document) {
        Some(Expected::Edition(id)) => id,
        _ if is_plain(rest) => edition(word, rest, &source)?,
        _ => named(word, rest, &source)?,
    };
    let Gathered { registry, unreadable } = gather(&from, [Expected::Edition(id.clone())]);
    let document = Expected::Edition(id.clone()).path();
    if unreadable.contains(&document) {
        return Err(Failure::Unreadable(from.shown(&document)));
    }
    let Some(entry) = registry.editions.get(&id) else {
        return Err(Failure::NoEdition(word.to_owned(), versions(&source, &id.standard)?));
    };
    let edition = Edition::clone(&entry.value);
    let (shown, bytes) = (from.shown(&document).into(), from.read(&document)?.into_owned());
    Ok(Side { edition, shown, bytes, registry })
}

/// An edition in a file, wherever it stands; what it leads to is looked up in the registry
/// that holds the file, if one does.
fn file(path: &Path) -> Result<Side, Failure> {
    let bytes = std::fs::read(path).map_err(|e| Failure::file(path, &e))?;
    let shown = path.display().to_string();
    let edition = read::scan(&bytes).map(|text| Kind::Edition.read(text));
    let Some(Ok(Document::Edition(edition))) = edition else {
        let kind = super::document::kind_of_text(&bytes);
        return Err(match kind {
            Some(Kind::Edition) | None => Failure::Unreadable(shown),
            Some(_) => Failure::NoEditionIn(shown),
        });
    };
    let registry = match Folder::holding(path) {
        Ok(folder) => {
            let wanted: Vec<_> = leads_to(&edition).collect();
            gather(&Texts::new(Source::Folder(folder)), wanted).registry
        }
        Err(_) => Registry::default(),
    };
    Ok(Side { edition: *edition, shown: shown.into(), bytes, registry })
}

/// Whether a word is an address of a standard and what stands behind `@`: then nothing else
/// need be read to find it.
fn is_plain(word: &str) -> bool {
    let address = Address::parse(word);
    address.is_some_and(|address| StandardId::parse(&address.path.join("/")).is_some())
}

/// The edition that a name names, by which the whole registry is asked.
fn named(word: &str, rest: &str, source: &Source) -> Result<EditionId, Failure> {
    let registry = load(source)?.registry;
    match look_up(&registry, rest) {
        Ok(Target::Edition(entry)) => Ok(entry.value.id()),
        Ok(Target::Standard(entry)) => {
            let all = versions(source, &entry.value.id)?;
            Err(Failure::NoEdition(word.to_owned(), all))
        }
        Ok(_) => Err(Failure::NoAddress(word.to_owned())),
        Err(Missing::Nothing(near)) if near.is_empty() => Err(Failure::NoAddress(word.to_owned())),
        Err(missing) => Err(Failure::Missing(word.to_owned(), missing)),
    }
}

/// The edition that an address names, by version or by label.
fn edition(word: &str, rest: &str, source: &Source) -> Result<EditionId, Failure> {
    let none = || Failure::NoAddress(word.to_owned());
    let Address { rev: _, path, at, known, fragment } = Address::parse(rest).ok_or_else(none)?;
    let standard = StandardId::parse(&path.join("/")).ok_or_else(none)?;
    if known.is_some() || !fragment.is_empty() {
        return Err(none());
    }
    match at {
        Some(At::Version(version)) => Ok(EditionId { standard, version }),
        Some(At::Label(label)) => {
            let all = versions(source, &standard)?;
            let texts = Texts::new(source.clone());
            let ids = all.iter().map(|version| {
                Expected::Edition(EditionId {
                    standard: standard.clone(),
                    version: version.clone(),
                })
            });
            let gathered = gather(&texts, ids);
            let mut found =
                gathered.registry.editions.values().filter(|e| {
                    e.value.standard == standard && e.value.label.as_ref() == Some(&label)
                });
            match (found.next(), found.next()) {
                (Some(one), None) => Ok(one.value.id()),
                _ => Err(Failure::NoEdition(word.to_owned(), all)),
            }
        }
        Some(At::Day(_)) | None => {
            Err(Failure::NoEdition(word.to_owned(), versions(source, &standard)?))
        }
    }
}

/// The versions of a standard that stand in a source, in their order.
fn versions(source: &Source, standard: &StandardId) -> Result<Vec<Version>, Failure> {
    let names = source.names(standard.place())?;
    let mut versions: Vec<Version> = names
        .iter()
        .filter_map(|name| match Expected::at(&format!("{}/{name}", standard.place()))? {
            Expected::Edition(id) if id.standard == *standard => Some(id.version),
            _ => None,
        })
        .collect();
    versions.sort();
    Ok(versions)
}
