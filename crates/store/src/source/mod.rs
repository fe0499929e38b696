//! Where a registry's bytes are.

mod folder;
mod memory;
mod role;

use std::borrow::Cow;
use std::sync::Arc;

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

    /// What one thread walks parts with.
    pub(crate) fn walker(&self) -> Walker<'_> {
        match self {
            Self::Folder(folder) => Walker::Folder(folder, Vec::new()),
            Self::Memory(memory) => Walker::Memory(memory),
        }
    }
}

/// Walks one part of a source after another, with room for bytes that is used again.
pub(crate) enum Walker<'a> {
    Folder(&'a Folder, Vec<u8>),
    Memory(&'a Memory),
}

impl Walker<'_> {
    /// Walks one part.
    pub(crate) fn walk(
        &mut self,
        part: &Part,
        visit: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Error> {
        match self {
            Self::Folder(folder, buffer) => folder.walk(part, buffer, visit),
            Self::Memory(memory) => {
                memory.walk(part, visit);
                Ok(())
            }
        }
    }
}

/// Reads single documents of a source again, when a place in them must be shown.
#[derive(Debug, Clone)]
pub struct Texts(pub(crate) Source);

impl Texts {
    /// The bytes of a document, as they are now.
    pub fn read(&self, document: &str) -> Result<Cow<'_, [u8]>, Error> {
        match &self.0 {
            Source::Folder(folder) => folder.read(document).map(Cow::Owned),
            Source::Memory(memory) => memory.get(document).map(Cow::Borrowed).ok_or_else(|| {
                Error::new(ErrorKind::NotFound, std::path::Path::new(document), None)
            }),
        }
    }

    /// How a document's path is shown to people: as they would type it, with `?` for what
    /// a terminal would obey.
    pub fn shown(&self, document: &str) -> String {
        let shown = match &self.0 {
            Source::Folder(folder) => folder.path(document).display().to_string(),
            Source::Memory(_) => document.to_owned(),
        };
        shown.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
    }
}
