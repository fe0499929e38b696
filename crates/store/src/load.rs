//! Reading a whole registry.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jialiang_model::Registry;
use jialiang_model::kind::{Document, Kind};
use jialiang_model::read;

use crate::Error;
use crate::source::{Found, Source, Texts};

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it stands.
    pub path: Arc<str>,
    /// Its kind, by where it stands.
    pub kind: Kind,
}

/// Something that cannot be a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// Where it stands.
    pub path: Arc<str>,
    /// Why it cannot be one.
    pub why: StrayReason,
}

/// Why something cannot be a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrayReason {
    /// No document can stand at this path.
    Path,
    /// A symbolic link: it would give a document a second path, or lead out.
    Link,
    /// Its name is not UTF-8.
    Name,
    /// It is no file: a pipe, a socket, a device.
    NoFile,
    /// It stands deeper than any document.
    Depth,
}

/// A document that stands elsewhere than its id says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// Where it stands.
    pub path: Arc<str>,
    /// Where its id says that it stands.
    pub says: String,
}

/// A registry as it was read, with everything that could not be.
#[derive(Debug)]
pub struct Loaded {
    /// Every readable document.
    pub registry: Registry,
    /// Documents that could not be read, by path.
    pub unreadable: Vec<Unreadable>,
    /// What cannot be a document, by path.
    pub strays: Vec<Stray>,
    /// Documents whose path and id disagree, by path. They are in no registry: which of the
    /// two is wrong is not known.
    pub misplaced: Vec<Misplaced>,
    /// The path of everything that can be a document, readable or not, in order.
    pub documents: Vec<Arc<str>>,
    /// Reads documents again, to show a place.
    pub texts: Texts,
}

enum Outcome {
    Document(Document),
    Unreadable(Kind),
    Stray(StrayReason),
}

/// Reads every document of a source, on all cores.
pub fn load(source: &Source) -> Result<Loaded, Error> {
    load_counted(source, &AtomicUsize::new(0))
}

/// Reads every document of a source, on all cores, and counts what was read as it goes on:
/// another thread can tell from the count how far it is.
pub fn load_counted(source: &Source, read: &AtomicUsize) -> Result<Loaded, Error> {
    let mut outcomes = source.each(|found| {
        let outcome = read_one(found);
        read.fetch_add(1, Ordering::Relaxed);
        outcome
    })?;
    outcomes.sort_by(|a, b| a.0.cmp(&b.0));
    let paths = outcomes.iter().filter(|(_, outcome)| !matches!(outcome, Outcome::Stray(_)));
    let paths = paths.map(|(path, _)| Arc::clone(path)).collect();
    let mut documents = Vec::with_capacity(outcomes.len());
    let (mut unreadable, mut strays, mut misplaced) = (Vec::new(), Vec::new(), Vec::new());
    for (path, outcome) in outcomes {
        match outcome {
            Outcome::Document(document) => {
                let says = document.identity().path();
                if *says == *path {
                    documents.push((path, document));
                } else {
                    misplaced.push(Misplaced { path, says });
                }
            }
            Outcome::Unreadable(kind) => unreadable.push(Unreadable { path, kind }),
            Outcome::Stray(why) => strays.push(Stray { path, why }),
        }
    }
    Ok(Loaded {
        registry: Registry::new(documents),
        unreadable,
        strays,
        misplaced,
        documents: paths,
        texts: Texts::new(source.clone()),
    })
}

fn read_one(found: Found<'_>) -> (Arc<str>, Outcome) {
    match found {
        Found::Stray(path, why) => (path, Outcome::Stray(why)),
        Found::Closed(path) => {
            let kind = Kind::at(&path);
            (path, kind.map_or(Outcome::Stray(StrayReason::Path), Outcome::Unreadable))
        }
        Found::File(path, bytes) => {
            let outcome = match Kind::at(&path) {
                None => Outcome::Stray(StrayReason::Path),
                Some(kind) => match read::scan(bytes).map(|text| kind.read(text)) {
                    Some(Ok(document)) => Outcome::Document(document),
                    Some(Err(_)) | None => Outcome::Unreadable(kind),
                },
            };
            (path, outcome)
        }
    }
}
