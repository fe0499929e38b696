//! A registry in a folder of the file system.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jialiang_model::kind::Expected;
use jialiang_model::read::MOST_BYTES;

use super::role::{self, Form, Role};
use super::{Found, Part};
use crate::load::StrayReason;
use crate::{Error, ErrorKind};

/// The file that marks a registry's root.
const CARD: &str = "registry.json";

/// The root folder of a registry.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The registry that holds a path: the nearest folder at or above it with a
    /// `registry.json`.
    pub fn holding(path: &Path) -> Result<Self, Error> {
        if fs::metadata(path).is_err() {
            return Err(Error::new(ErrorKind::NotFound, path, None));
        }
        let full = fs::canonicalize(path).map_err(Error::read(path))?;
        // The root keeps the form in which it was typed, so that paths are shown as typed.
        let mut root = if full.is_dir() { path.to_owned() } else { path.join("..") };
        if let (false, Some(parent)) = (full.is_dir(), path.parent()) {
            root =
                if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() };
        }
        for _ in full.ancestors() {
            if root.join(CARD).is_file() {
                return Ok(Self { root });
            }
            root = if root == Path::new(".") { PathBuf::from("..") } else { root.join("..") };
        }
        Err(Error::new(ErrorKind::NoRegistry, path, None))
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path, from the root, of something in the folder, with `/` between folders; the
    /// empty path is the root. `None` for what is elsewhere.
    pub fn inside(&self, path: &Path) -> Option<String> {
        let full = fs::canonicalize(path).ok()?;
        let root = fs::canonicalize(&self.root).ok()?;
        let rest = full.strip_prefix(root).ok()?;
        let words: Option<Vec<&str>> = rest.iter().map(|word| word.to_str()).collect();
        Some(words?.join("/"))
    }

    /// Replaces a document's bytes: either all of them are new, or none.
    pub fn write(&self, document: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.path(document);
        let error = |e| Error::write(&path)(e);
        if Expected::at(document).is_none() {
            let why = "no document can stand at this path";
            return Err(error(std::io::Error::new(std::io::ErrorKind::InvalidInput, why)));
        }
        let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
        let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
        // Left by a process of the same number that was killed; never one that is at work.
        let _ = fs::remove_file(&beside);
        let written = (|| {
            let mut file = File::options().write(true).create_new(true).open(&beside)?;
            if let Ok(old) = fs::metadata(&path) {
                file.set_permissions(old.permissions())?;
            }
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        })();
        if written.is_err() {
            // The old document stands; the half-written file beside it is of no use.
            let _ = fs::remove_file(&beside);
        }
        written.map_err(error)
    }

    /// Where a document of the walk stands. What leads out of the root stands nowhere.
    pub(super) fn path(&self, document: &str) -> PathBuf {
        let mut words = Path::new(document).components();
        if !words.all(|word| matches!(word, std::path::Component::Normal(_))) {
            return self.root.join(CARD).join("outside");
        }
        if self.root == Path::new(".") { PathBuf::from(document) } else { self.root.join(document) }
    }

    pub(super) fn read(&self, document: &str) -> Result<Vec<u8>, Error> {
        let path = self.path(document);
        let mut bytes = Vec::new();
        let len = read_into(&path, &mut bytes).map_err(Error::read(&path))?;
        bytes.truncate(len);
        Ok(bytes)
    }

    pub(super) fn parts(&self) -> Result<Vec<Part>, Error> {
        let mut parts = Vec::new();
        let entries = fs::read_dir(&self.root).map_err(Error::read(&self.root))?;
        for entry in entries {
            parts.push(entry.map_err(Error::read(&self.root))?.path());
        }
        parts.sort();
        Ok(parts)
    }

    pub(super) fn walk(
        &self,
        part: &Part,
        buffer: &mut Vec<u8>,
        visit: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Error> {
        self.tour(part, &mut |sight| match sight {
            Sight::Document(name, path) => match read_into(path, buffer) {
                Ok(len) => visit(Found::File(name, buffer.get(..len).unwrap_or_default())),
                Err(_) => visit(Found::Closed(name)),
            },
            Sight::Stray(name, why) => visit(Found::Stray(name, why)),
        })
    }

    /// Walks one part and opens no file.
    pub(super) fn tour(&self, part: &Part, visit: &mut dyn FnMut(Sight<'_>)) -> Result<(), Error> {
        let kind = fs::symlink_metadata(part).map_err(Error::read(part))?.file_type();
        self.enter(part, kind, 0, visit)
    }

    fn enter(
        &self,
        path: &Path,
        kind: fs::FileType,
        depth: usize,
        visit: &mut dyn FnMut(Sight<'_>),
    ) -> Result<(), Error> {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        if path.file_name().is_some_and(|name| role::is_hidden(name.as_encoded_bytes())) {
            return Ok(());
        }
        let Some(name) = inside.to_str() else {
            visit(Sight::Stray(inside.to_string_lossy().as_ref().into(), StrayReason::Name));
            return Ok(());
        };
        let name: Arc<str> = if std::path::MAIN_SEPARATOR == '/' {
            name.into()
        } else {
            name.replace(std::path::MAIN_SEPARATOR, "/").into()
        };
        let form = if kind.is_symlink() {
            Form::Link
        } else if kind.is_dir() {
            Form::Folder
        } else if kind.is_file() {
            Form::File
        } else {
            // A pipe or a socket would be waited for.
            Form::Other
        };
        match Role::of(&name, form, depth) {
            Role::Folder => {
                for entry in fs::read_dir(path).map_err(Error::read(path))? {
                    let entry = entry.map_err(Error::read(path))?;
                    let kind = entry.file_type().map_err(Error::read(path))?;
                    self.enter(&entry.path(), kind, depth + 1, visit)?;
                }
            }
            Role::Document => visit(Sight::Document(name, path)),
            Role::Stray(why) => visit(Sight::Stray(name, why)),
            Role::Nothing => {}
        }
        Ok(())
    }
}

/// What is seen where no file is opened: a file that may be a document, with its path in
/// the file system, or something that cannot be one.
pub(super) enum Sight<'a> {
    Document(Arc<str>, &'a Path),
    Stray(Arc<str>, StrayReason),
}

/// Reads a file into the front of a buffer, which grows as needed and is used again, and
/// tells how much was read; no more of a giant file than shows that it is too large.
fn read_into(path: &Path, buffer: &mut Vec<u8>) -> std::io::Result<usize> {
    const FIRST: usize = 256 * 1024;
    let mut file = File::open(path)?;
    let mut len = 0;
    loop {
        if len == buffer.len() {
            buffer.resize((len * 2).max(FIRST), 0);
        }
        let rest = buffer.get_mut(len..).unwrap_or_default();
        match file.read(rest) {
            Ok(0) => return Ok(len),
            Ok(n) => len += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
        if len > MOST_BYTES {
            return Ok(len);
        }
    }
}
