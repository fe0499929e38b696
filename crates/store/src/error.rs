//! Why a source could not be read or written.

use std::path::{Path, PathBuf};

/// What the store was doing when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Nothing stands at the path.
    NotFound,
    /// No `registry.json` stands at the path or above it.
    NoRegistry,
    /// A file or folder could not be read.
    Read,
    /// A file could not be written.
    Write,
    /// A document that was to be new stands there already.
    Exists,
    /// The path lies in the work tree of no git repository.
    NoRepository,
    /// The git repository that holds the path is damaged, or of a format that is not known.
    Repository,
    /// The branch has no commit yet.
    NoCommit,
    /// The [revision](Error::revision) is not known here: misspelt, or not fetched.
    NoRevision,
    /// The [revision](Error::revision) is no commit.
    NotCommit,
    /// The clone is shallow: its history ends before what the [revision](Error::revision)
    /// leads to.
    Shallow,
    /// The [revision](Error::revision) and `HEAD` have no commit in common.
    Unrelated,
    /// The registry stood in another folder then, which the cause names.
    Moved,
    /// An object of the git repository is missing or damaged.
    Object,
}

/// A source that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}", describe(*.kind, .path, .revision.as_deref().unwrap_or("HEAD")))]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    revision: Option<Box<str>>,
    #[source]
    source: Option<std::io::Error>,
}

fn describe(kind: ErrorKind, path: &Path, revision: &str) -> String {
    let path = path.display();
    match kind {
        ErrorKind::NotFound => format!("nothing stands at {path}"),
        ErrorKind::NoRegistry => format!("no registry.json stands in {path} or above it"),
        ErrorKind::Read => format!("{path} could not be read"),
        ErrorKind::Write => format!("{path} could not be written"),
        ErrorKind::Exists => format!("something stands at {path} already"),
        ErrorKind::NoRepository => format!("{path} lies in no git repository"),
        ErrorKind::Repository => format!("the git repository of {path} could not be read"),
        ErrorKind::NoCommit => format!("the git repository of {path} has no commit yet"),
        ErrorKind::NoRevision => format!("the git repository of {path} knows no {revision}"),
        ErrorKind::NotCommit => format!("{revision} is no commit in the git repository of {path}"),
        ErrorKind::Shallow => {
            format!("the history of the shallow clone of {path} ends before {revision} is reached")
        }
        ErrorKind::Unrelated => {
            format!("{revision} and HEAD have no commit in common in the git repository of {path}")
        }
        ErrorKind::Moved => format!("the registry in {path} stood in another folder then"),
        ErrorKind::Object => {
            format!("an object of the git repository of {path} is missing or damaged")
        }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, path: &Path, source: Option<std::io::Error>) -> Self {
        Self { kind, path: path.to_owned(), revision: None, source }
    }

    /// The same error, about a revision.
    #[cfg(feature = "git")]
    pub(crate) fn of(mut self, revision: &str) -> Self {
        self.revision = Some(revision.into());
        self
    }

    pub(crate) fn read(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |e| Self::new(ErrorKind::Read, path, Some(e))
    }

    pub(crate) fn write(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |e| Self::new(ErrorKind::Write, path, Some(e))
    }

    /// What the store was doing.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The path it was about; of a git repository, that of the registry in it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The revision that it was about, as it was asked for.
    pub fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }
}
