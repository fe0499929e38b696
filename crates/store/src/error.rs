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
}

/// A source that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}", describe(*.kind, .path))]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    #[source]
    source: Option<std::io::Error>,
}

fn describe(kind: ErrorKind, path: &Path) -> String {
    let path = path.display();
    match kind {
        ErrorKind::NotFound => format!("nothing stands at {path}"),
        ErrorKind::NoRegistry => format!("no registry.json stands in {path} or above it"),
        ErrorKind::Read => format!("{path} could not be read"),
        ErrorKind::Write => format!("{path} could not be written"),
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, path: &Path, source: Option<std::io::Error>) -> Self {
        Self { kind, path: path.to_owned(), source }
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

    /// The path it was about.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
