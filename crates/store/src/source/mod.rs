//! Where a registry's bytes are.

mod folder;
mod memory;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Base;
use crate::load::StrayReason;
use crate::{Error, ErrorKind};

pub use folder::Folder;
pub use memory::Memory;

/// Where a registry's bytes are.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Source {
    /// A folder of the file system.
    Folder(Folder),
    /// Bytes in memory.
    Memory(Memory),
}

/// What a source finds when it is walked: a file that may be a document, or something
/// that cannot be.
pub(crate) enum Found<'a> {
    File(Arc<str>, &'a [u8]),
    /// A file that may be a document and does not open.
    Closed(Arc<str>),
    Stray(Arc<str>, StrayReason),
}

/// A part of a source that one thread can walk by itself.
pub(crate) type Part = std::path::PathBuf;

impl Source {
    /// The parts to walk, in their order.
    pub(crate) fn parts(&self) -> Result<Vec<Part>, Error> {
        match self {
            Self::Folder(folder) => folder.parts(),
            Self::Memory(memory) => Ok(memory.parts()),
        }
    }

    /// Walks one part; the buffer is used again for the next.
    pub(crate) fn walk(
        &self,
        part: &Part,
        buffer: &mut Vec<u8>,
        visit: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Error> {
        match self {
            Self::Folder(folder) => folder.walk(part, buffer, visit),
            Self::Memory(memory) => {
                memory.walk(part, visit);
                Ok(())
            }
        }
    }
}

impl Source {
    /// The names of the files that stand directly in a folder of the registry, in no order;
    /// none where there is no such folder.
    pub fn names(&self, folder: &str) -> Result<Vec<String>, Error> {
        match self {
            Self::Folder(source) => source.names(folder),
            Self::Memory(memory) => Ok(memory.names(folder)),
        }
    }
}

/// Reads single documents of a source again, when a place in them must be shown.
#[derive(Debug, Clone)]
pub struct Texts {
    source: Source,
    /// Documents from elsewhere, by the paths under which they are shown.
    others: BTreeMap<String, Arc<[u8]>>,
}

impl Texts {
    /// The documents of a source.
    pub const fn new(source: Source) -> Self {
        Self { source, others: BTreeMap::new() }
    }

    /// The same texts, and those of a base under [`Base::path`].
    #[must_use]
    pub fn with_base(mut self, base: &Base) -> Self {
        for (path, bytes) in &*base.bytes {
            self.others.insert(base.path(path).to_string(), Arc::clone(bytes));
        }
        self
    }

    /// The same texts, and one from elsewhere under the path at which it is shown.
    #[must_use]
    pub fn with(mut self, shown: &str, bytes: Vec<u8>) -> Self {
        self.others.insert(shown.to_owned(), bytes.into());
        self
    }

    /// The bytes of a document, as they are now; as they were, for one of a base.
    pub fn read(&self, document: &str) -> Result<Cow<'_, [u8]>, Error> {
        if let Some(bytes) = self.others.get(document) {
            return Ok(Cow::Borrowed(bytes));
        }
        match &self.source {
            Source::Folder(folder) => folder.read(document).map(Cow::Owned),
            Source::Memory(memory) => memory.get(document).map(Cow::Borrowed).ok_or_else(|| {
                Error::new(ErrorKind::NotFound, std::path::Path::new(document), None)
            }),
        }
    }

    /// How a document's path is shown to people: as they would type it, with `?` for what
    /// a terminal would obey.
    pub fn shown(&self, document: &str) -> String {
        let shown = match &self.source {
            _ if self.others.contains_key(document) => document.to_owned(),
            Source::Folder(folder) => folder.path(document).display().to_string(),
            Source::Memory(_) => document.to_owned(),
        };
        shown.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
    }
}
