//! The registry as it was when an edit began.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_model::id::{InstrumentId, StandardId};
use jialiang_model::kind::{Document, Edition, EditionId, Expected, Instrument, Kind, Standard};
use jialiang_model::{Registry, read};

use crate::cores;

/// What stood at a path when an edit began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Was {
    /// Nothing.
    Absent,
    /// A document.
    Document(Document),
    /// Something that does not read, or says that it stands elsewhere.
    Unreadable,
}

/// The registry as it was when an edit began: only what differs now is held, and everything
/// else is as it is now.
#[derive(Debug, Clone, Default)]
pub struct Base {
    name: String,
    /// The registry's folder in the repository, with a `/` behind it.
    above: String,
    differing: Arc<BTreeMap<Arc<str>, Was>>,
    pub(crate) bytes: Arc<BTreeMap<String, Arc<[u8]>>>,
}

impl Base {
    /// The documents that differ, each with the bytes that stood at its path then, if any.
    /// `name` is what people call the base, such as a commit's short id.
    pub fn new(
        name: impl Into<String>,
        differing: impl IntoIterator<Item = (Arc<str>, Option<Vec<u8>>)>,
    ) -> Self {
        let one = |(path, before): (Arc<str>, Option<Vec<u8>>)| {
            let kind = Kind::at(&path)?;
            Some((path, kind, before.map(Arc::<[u8]>::from)))
        };
        let all: Vec<_> = differing.into_iter().filter_map(one).collect();
        let was = cores::of_all(&all, |(path, kind, before)| {
            let was = match before {
                None => Was::Absent,
                Some(bytes) => match read::scan(bytes).map(|text| kind.read(text)) {
                    Some(Ok(document)) if document.identity().path() == **path => {
                        Was::Document(document)
                    }
                    _ => Was::Unreadable,
                },
            };
            (Arc::clone(path), was)
        });
        let documents: BTreeMap<Arc<str>, Was> = was.into_iter().collect();
        let bytes =
            all.into_iter().filter_map(|(path, _, before)| Some((path.to_string(), before?)));
        let bytes: BTreeMap<String, Arc<[u8]>> = bytes.collect();
        let (differing, bytes) = (Arc::new(documents), Arc::new(bytes));
        Self { name: name.into(), above: String::new(), differing, bytes }
    }

    /// The same, for a registry that is a folder of its repository.
    #[must_use]
    #[cfg(feature = "git")]
    pub(crate) fn below(mut self, above: &str) -> Self {
        self.above = above.to_owned();
        self
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path under which [`Texts`](crate::Texts) shows a document as it was.
    pub fn path(&self, document: &str) -> Arc<str> {
        format!("{}:{}{document}", self.name, self.above).into()
    }

    /// The command that brings a document back as it was, from anywhere in the repository.
    pub fn checkout(&self, document: &str) -> String {
        let Self { name, above, .. } = self;
        let path = format!(":/{above}{document}").replace('\'', "'\\''");
        format!("git checkout {name} -- '{path}'")
    }

    /// What differs now, with what stood there, in the order of paths.
    pub fn differing(&self) -> impl Iterator<Item = (&Arc<str>, &Was)> {
        self.differing.iter()
    }

    /// A document as it was: `Err` where it is as it is now.
    fn was(&self, expected: Expected) -> Result<Option<&Document>, ()> {
        match self.differing.get(expected.path().as_str()) {
            None => Err(()),
            Some(Was::Document(document)) => Ok(Some(document)),
            Some(Was::Absent | Was::Unreadable) => Ok(None),
        }
    }

    /// An instrument as it was.
    pub fn instrument<'a>(
        &'a self,
        now: &'a Registry,
        id: &InstrumentId,
    ) -> Option<&'a Instrument> {
        match self.was(Expected::Instrument(id.clone())) {
            Err(()) => now.instruments.get(id).map(|entry| &*entry.value),
            Ok(Some(Document::Instrument(was))) => Some(was),
            Ok(_) => None,
        }
    }

    /// A standard as it was.
    pub fn standard<'a>(&'a self, now: &'a Registry, id: &StandardId) -> Option<&'a Standard> {
        match self.was(Expected::Standard(id.clone())) {
            Err(()) => now.standards.get(id).map(|entry| &*entry.value),
            Ok(Some(Document::Standard(was))) => Some(was),
            Ok(_) => None,
        }
    }

    /// An edition as it was.
    pub fn edition<'a>(&'a self, now: &'a Registry, id: &EditionId) -> Option<&'a Edition> {
        match self.was(Expected::Edition(id.clone())) {
            Err(()) => now.editions.get(id).map(|entry| &*entry.value),
            Ok(Some(Document::Edition(was))) => Some(was),
            Ok(_) => None,
        }
    }

    /// The editions of a standard as they were, in no order.
    pub fn editions<'a>(
        &'a self,
        now: &'a Registry,
        standard: &'a StandardId,
    ) -> impl Iterator<Item = &'a Edition> {
        let kept = now
            .editions
            .values()
            .filter(|entry| !self.differing.contains_key(&entry.path))
            .map(|entry| &*entry.value);
        let were = self.differing.values().filter_map(|was| match was {
            Was::Document(Document::Edition(edition)) => Some(&**edition),
            _ => None,
        });
        kept.chain(were).filter(move |edition| edition.standard == *standard)
    }
}
