//! Where a registry's bytes are.

mod folder;
#[cfg(feature = "git")]
mod git;
mod memory;
mod role;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::base::Base;
use crate::load::StrayReason;
use crate::{Error, ErrorKind, cores};

pub use folder::Folder;
#[cfg(feature = "git")]
pub use git::{Changed, Commit, Git, History, Origins, Own, Part, Parts, Scope, Step};
pub use memory::Memory;

/// Where a registry's bytes are.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Source {
    /// A folder of the file system.
    Folder(Folder),
    /// Bytes in memory.
    Memory(Memory),
    /// A commit of a git repository.
    #[cfg(feature = "git")]
    Git(Git),
}

/// What a source finds when it is walked: a file that may be a document, or something
/// that cannot be.
pub(crate) enum Found<'a> {
    File(Arc<str>, &'a [u8]),
    /// A file that may be a document and does not open, or is too large to be opened.
    Closed(Arc<str>),
    Stray(Arc<str>, StrayReason),
}

/// A source that is walked part by part, by several threads.
trait Walk: Sync {
    /// A part that one thread can walk by itself.
    type Part: Sync;
    /// What one thread walks with, used again for its next part.
    type Tools;

    /// The parts to walk.
    fn parts(&self) -> Result<Vec<Self::Part>, Error>;

    fn tools(&self) -> Self::Tools;

    /// Walks one part.
    fn walk(
        &self,
        part: &Self::Part,
        tools: &mut Self::Tools,
        visit: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Error>;
}

/// Makes something of each find in a source, on all cores and in no order.
fn each<W: Walk, R: Send>(
    source: &W,
    make: impl Fn(Found<'_>) -> R + Sync,
) -> Result<Vec<R>, Error> {
    let parts = source.parts()?;
    cores::on_all(
        &parts,
        || source.tools(),
        |tools, part, made| source.walk(part, tools, &mut |found| made.push(make(found))),
    )
}

impl Source {
    /// Makes something of each find, on all cores and in no order.
    pub(crate) fn each<R: Send>(
        &self,
        make: impl Fn(Found<'_>) -> R + Sync,
    ) -> Result<Vec<R>, Error> {
        match self {
            Self::Folder(folder) => each(folder, make),
            Self::Memory(memory) => each(memory, make),
            #[cfg(feature = "git")]
            Self::Git(git) => each(git, make),
        }
    }

    /// The names of the files that stand directly in a folder of the registry, in no order;
    /// none where there is no such folder.
    pub fn names(&self, folder: &str) -> Result<Vec<String>, Error> {
        match self {
            Self::Folder(source) => source.names(folder),
            Self::Memory(memory) => Ok(memory.names(folder)),
            #[cfg(feature = "git")]
            Self::Git(git) => git.names(folder),
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

    /// The bytes of a document, as they are now; as they were, for one of a base.
    pub fn read(&self, document: &str) -> Result<Cow<'_, [u8]>, Error> {
        if let Some(bytes) = self.others.get(document) {
            return Ok(Cow::Borrowed(bytes));
        }
        let missing = || Error::new(ErrorKind::NotFound, Path::new(document), None);
        match &self.source {
            Source::Folder(folder) => folder.read(document).map(Cow::Owned),
            Source::Memory(memory) => memory.get(document).map(Cow::Borrowed).ok_or_else(missing),
            #[cfg(feature = "git")]
            Source::Git(git) => git.read(document)?.map(Cow::Owned).ok_or_else(missing),
        }
    }

    /// How a document's path is shown to people: as they would type it, with `?` for what
    /// a terminal would obey.
    pub fn shown(&self, document: &str) -> String {
        let shown = match &self.source {
            _ if self.others.contains_key(document) => document.to_owned(),
            Source::Folder(folder) => folder.path(document).display().to_string(),
            Source::Memory(_) => document.to_owned(),
            #[cfg(feature = "git")]
            Source::Git(git) => git.shown(document),
        };
        shown.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
    }
}
