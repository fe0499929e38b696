//! Single documents, and what they lead to, without reading a whole registry.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jialiang_model::kind::{Document, Edition, EditionId, Expected, Kind};
use jialiang_model::{Registry, read};

use crate::ErrorKind;
use crate::source::Texts;

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
    let mut queue: VecDeque<(Expected, usize)> =
        wanted.into_iter().map(|expected| (expected, 0)).collect();
    while let Some((expected, depth)) = queue.pop_front() {
        let path = expected.path();
        if documents.contains_key(&path) {
            continue;
        }
        let document = match texts.read(&path) {
            Err(e) if e.kind() == ErrorKind::NotFound => None,
            Err(_) => {
                unreadable.push(path.clone());
                None
            }
            Ok(bytes) => {
                let kind = Kind::at(&path);
                let text = read::scan(&bytes);
                let document = kind.zip(text).and_then(|(kind, text)| kind.read(text).ok());
                let document = document.filter(|document| document.identity() == expected);
                if document.is_none() {
                    unreadable.push(path.clone());
                }
                document
            }
        };
        if let Some(Document::Edition(edition)) = &document
            && depth < HIGHEST
        {
            queue.extend(leads_to(edition, depth).map(|expected| (expected, depth + 1)));
        }
        documents.insert(path, document);
    }
    let read = documents
        .into_iter()
        .filter_map(|(path, document)| Some((Arc::from(path.as_str()), document?)));
    Gathered { registry: Registry::new(read), unreadable }
}

/// What is needed to compare an edition; only of one that is asked for, what it follows.
fn leads_to(edition: &Edition, depth: usize) -> impl Iterator<Item = Expected> {
    let follows = edition.follows.iter().filter(move |_| depth == 0).map(|version| {
        let standard = edition.standard.clone();
        Expected::Edition(EditionId { standard, version: version.clone() })
    });
    let parent = edition.difference_from.iter().cloned().map(Expected::Edition);
    let lines = edition.items.iter().flat_map(|item| {
        let lines = item.provisions.iter().filter_map(|line| line.source.as_deref());
        item.source.as_deref().into_iter().chain(lines)
    });
    let cited = lines.filter_map(|source| source.instrument.as_ref());
    let instruments = edition.instrument.iter().chain(cited).cloned().map(Expected::Instrument);
    follows.chain(parent).chain(instruments)
}
