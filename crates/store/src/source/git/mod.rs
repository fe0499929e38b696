//! A registry as a commit of its git repository has it.
//!
//! Git's own files are read, and nothing is written: no command is run, no filter, no hook.
//! What the configuration of the user, of the machine or of the repository says changes no
//! answer, and objects are those that their ids name, even where somebody has put a
//! replacement in their place.

mod changed;
mod history;
mod index;
mod objects;
mod repository;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gix::bstr::{BString, ByteSlice};
use gix::{ObjectId, ThreadSafeRepository};

use super::Folder;
use crate::base::Base;
use crate::{Error, ErrorKind};

pub use changed::Changed;
pub use history::{Commit, History, Origins, Own, Part, Parts, Scope, Step};

/// A commit of a git repository, seen from the registry's folder in it.
///
/// Where the folder did not exist yet, the registry was empty.
#[derive(Debug, Clone)]
pub struct Git(Arc<Seen>);

/// A commit, and the registry's folder in it.
#[derive(Debug)]
struct Seen {
    repository: ThreadSafeRepository,
    commit: ObjectId,
    /// The folder's path from the root of the work tree, a `/` behind each name.
    prefix: BString,
    /// The folder in the commit, where it is one.
    tree: Option<ObjectId>,
    /// The folder as it was named, for errors.
    root: PathBuf,
    /// The folder as the file system names it.
    full: PathBuf,
}

const _: () = {
    const fn shared<T: Send + Sync + Clone + std::fmt::Debug>() {}
    shared::<Git>();
};

/// So many digits of a commit's id are shown: enough for the largest repositories.
const SHORT: usize = 12;

impl Git {
    /// The registry of a folder as a revision has it: whatever `git rev-parse` takes and is
    /// a commit, such as `HEAD~3`, `origin/main`, a tag, an id.
    pub fn at(folder: &Folder, revision: &str) -> Result<Self, Error> {
        repository::Opened::holding(folder)?.at(revision)
    }

    /// The registry of a folder as it was when the branch of `HEAD` left that of a revision:
    /// at the merge base of the two, the latest where there are several.
    pub fn merge_base(folder: &Folder, revision: &str) -> Result<Self, Error> {
        repository::Opened::holding(folder)?.merge_base(revision)
    }

    /// The commit's id in full hexadecimal.
    pub fn commit(&self) -> String {
        self.0.commit.to_string()
    }

    /// The bytes of a document there; `None` where it does not stand there.
    ///
    /// No more of a giant document than shows that it is too large: so many spaces.
    pub fn read(&self, document: &str) -> Result<Option<Vec<u8>>, Error> {
        self.objects().read(document)
    }

    /// The names of the files that stand directly in a folder of the registry.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>, Error> {
        self.objects().names(folder)
    }

    /// The registry as it was, with what differs from it in the work tree now.
    pub fn base(&self, folder: &Folder) -> Result<Base, Error> {
        if self.0.tree.is_none()
            && let Some(there) = self.objects().registry_elsewhere(self.0.commit)?
        {
            let why = std::io::Error::other(there);
            return Err(Error::new(ErrorKind::Moved, &self.0.root, Some(why)));
        }
        let changed = self.changed(folder)?;
        Ok(self.base_of(self.0.commit.to_hex_with_len(SHORT).to_string(), changed))
    }

    /// What changed as a base of that name, to show what stood there before.
    pub fn base_of(&self, name: String, changed: Vec<Changed>) -> Base {
        let differing = changed.into_iter().map(|changed| (changed.path, changed.before));
        Base::new(name, differing).below(&self.0.prefix.to_str_lossy())
    }

    /// A document's path as `git show` takes it.
    pub(super) fn shown(&self, document: &str) -> String {
        let commit = self.0.commit.to_hex_with_len(SHORT);
        format!("{commit}:{}{document}", self.0.prefix.to_str_lossy())
    }
}

/// An error about the registry in a folder, with everything that git's own error says.
fn error(kind: ErrorKind, root: &Path, why: &gix::Error) -> Error {
    let mut said: Vec<String> = why.iter_errors().map(|e| e.to_string()).collect();
    said.dedup();
    Error::new(kind, root, Some(std::io::Error::other(said.join(": "))))
}
