//! Single documents, and what they lead to, without reading a whole registry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jialiang_model::kind::{Document, Edition, EditionId, Expected, Kind};
use jialiang_model::{Registry, read};

use crate::source::Texts;
use crate::{ErrorKind, cores};

/// How far up editions are followed that are written as differences.
const HIGHEST: usize = 16;

/// Single documents, and what they lead to.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What was read.
    pub registry: Registry,
    /// The paths of what stands there and does not read, or says that it stands elsewhere.
    pub unreadable: Vec<String>,
}

/// Reads documents, and of each edition what is needed to compare it: the edition that it
/// follows, those that it is written on, and the instruments that it cites.
///
/// What is not there is left out.
pub fn gather(texts: &Texts, wanted: impl IntoIterator<Item = Expected>) -> Gathered {
    let mut documents: BTreeMap<String, Option<Document>> = BTreeMap::new();
    let mut unreadable = Vec::new();
    let mut wave: Vec<Expected> = wanted.into_iter().collect();
    for depth in 0..HIGHEST {
        let mut asked = BTreeSet::new();
        wave.retain(|expected| {
            let path = expected.path();
            !documents.contains_key(&path) && asked.insert(path)
        });
        if wave.is_empty() {
            break;
        }
        let mut next = Vec::new();
        for (path, found) in cores::of_all(&wave, |expected| one(texts, expected)) {
            if let Found::Document(document) = &found
                && let Document::Edition(edition) = &**document
            {
                next.extend(leads_to(edition));
                next.extend(followed(edition).filter(|_| depth == 0));
            }
            let document = match found {
                Found::Document(document) => Some(*document),
                Found::Nothing => None,
                Found::Unreadable => {
                    unreadable.push(path.clone());
                    None
                }
            };
            documents.insert(path, document);
        }
        wave = next;
    }
    unreadable.sort();
    let read = documents
        .into_iter()
        .filter_map(|(path, document)| Some((Arc::from(path.as_str()), document?)));
    Gathered { registry: Registry::new(read), unreadable }
}

/// What stands where a document is looked for.
enum Found {
    Document(Box<Document>),
    Nothing,
    Unreadable,
}

fn one(texts: &Texts, expected: &Expected) -> (String, Found) {
    let path = expected.path();
    let found = match texts.read(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => Found::Nothing,
        Err(_) => Found::Unreadable,
        Ok(bytes) => {
            let text = Kind::at(&path).zip(read::scan(&bytes));
            let document = text.and_then(|(kind, text)| kind.read(text).ok());
            let document = document.filter(|document| document.identity() == *expected);
            document.map_or(Found::Unreadable, |document| Found::Document(Box::new(document)))
        }
    };
    (path, found)
}

/// What is needed to compare an edition: those that it is written on, and the instruments
/// that it cites.
pub fn leads_to(edition: &Edition) -> impl Iterator<Item = Expected> {
    let parent = edition.difference_from.iter().cloned().map(Expected::Edition);
    let lines = edition.items.iter().flat_map(|item| {
        let lines = item.provisions.iter().filter_map(|line| line.source.as_deref());
        item.source.as_deref().into_iter().chain(lines)
    });
    let cited = lines.filter_map(|source| source.instrument.as_ref());
    let instruments = edition.instrument.iter().chain(cited).cloned().map(Expected::Instrument);
    parent.chain(instruments)
}

/// The edition that another follows.
fn followed(edition: &Edition) -> Option<Expected> {
    let (standard, version) = (edition.standard.clone(), edition.follows.clone()?);
    Some(Expected::Edition(EditionId { standard, version }))
}
