//! A registry in a folder of the file system.

use std::fs::{self, DirEntry, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use jialiang_model::kind::Expected;
use jialiang_model::read::MOST_BYTES;

use super::role::{self, Form, Role};
use super::{Found, Walk};
use crate::load::StrayReason;
use crate::{Error, ErrorKind, file};

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
            root = above(&root);
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
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| file::replace(&path, bytes)).map_err(error)
    }

    /// Writes a document where none stands, wholly or not at all; an error of the kind
    /// [`ErrorKind::Exists`] where something does.
    pub fn create(&self, document: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.path(document);
        let error = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::AlreadyExists => Error::new(ErrorKind::Exists, &path, None),
            _ => Error::write(&path)(e),
        };
        if Expected::at(document).is_none() {
            let why = "no document can stand at this path";
            return Err(error(std::io::Error::new(std::io::ErrorKind::InvalidInput, why)));
        }
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| file::create(&path, bytes)).map_err(error)
    }

    /// Where a document of the walk stands. What leads out of the root stands nowhere.
    pub(super) fn path(&self, document: &str) -> PathBuf {
        let mut words = Path::new(document).components();
        if !words.all(|word| matches!(word, Component::Normal(_))) {
            return self.root.join(CARD).join("outside");
        }
        if self.root == Path::new(".") { PathBuf::from(document) } else { self.root.join(document) }
    }

    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>, Error> {
        let path = self.path(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(Error::read(&path)(e)),
        };
        let mut names = Vec::new();
        for entry in entries {
            names.extend(entry.map_err(Error::read(&path))?.file_name().into_string().ok());
        }
        Ok(names)
    }

    pub(super) fn read(&self, document: &str) -> Result<Vec<u8>, Error> {
        let path = self.path(document);
        // A link would lead out, and a pipe would be waited for.
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Err(Error::new(ErrorKind::Read, &path, None)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::new(ErrorKind::NotFound, &path, Some(e)));
            }
            Err(e) => return Err(Error::read(&path)(e)),
        }
        let mut bytes = Vec::new();
        let len = read_into(&path, &mut bytes).map_err(Error::read(&path))?;
        bytes.truncate(len);
        Ok(bytes)
    }

    /// The entries of the root, each of which one thread can tour by itself.
    pub(super) fn entries(&self) -> Result<Vec<DirEntry>, Error> {
        let error = || Error::read(&self.root);
        fs::read_dir(&self.root).map_err(error())?.map(|entry| entry.map_err(error())).collect()
    }

    /// Walks an entry of the root and opens no file.
    pub(super) fn tour(entry: &DirEntry, visit: &mut dyn FnMut(Sight<'_>)) -> Result<(), Error> {
        Self::enter(&mut String::new(), entry, 0, visit)
    }

    /// Walks an entry of a folder, whose path is left as it was.
    fn enter(
        path: &mut String,
        entry: &DirEntry,
        depth: usize,
        visit: &mut dyn FnMut(Sight<'_>),
    ) -> Result<(), Error> {
        let name = entry.file_name();
        if role::is_hidden(name.as_encoded_bytes()) {
            return Ok(());
        }
        let above = path.len();
        path.push_str(&name.to_string_lossy());
        let kind = entry.file_type().map_err(|e| Error::read(&entry.path())(e))?;
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
        let role = match name.to_str() {
            Some(_) => Role::of(path, form, depth),
            None => Role::Stray(StrayReason::Name),
        };
        match role {
            Role::Folder => {
                path.push('/');
                let folder = entry.path();
                for entry in fs::read_dir(&folder).map_err(Error::read(&folder))? {
                    let entry = entry.map_err(Error::read(&folder))?;
                    Self::enter(path, &entry, depth + 1, visit)?;
                }
            }
            Role::Document => visit(Sight::Document(path, entry)),
            Role::Stray(why) => visit(Sight::Stray(path, why)),
            Role::Nothing => {}
        }
        path.truncate(above);
        Ok(())
    }
}

/// What is seen where no file is opened: a file that may be a document, or something that
/// cannot be one.
pub(super) enum Sight<'a> {
    Document(&'a str, &'a DirEntry),
    Stray(&'a str, StrayReason),
}

/// The folder above, as somebody would write it: what leads into a folder and out of it again
/// is left out, except behind a link, which may lead anywhere.
fn above(folder: &Path) -> PathBuf {
    let named = matches!(folder.components().next_back(), Some(Component::Normal(_)));
    let linked = || fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_symlink());
    match folder.parent() {
        _ if folder == Path::new(".") => PathBuf::from(".."),
        Some(above) if named && !linked() => match above.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => above.to_owned(),
        },
        _ => folder.join(".."),
    }
}

impl Walk for Folder {
    type Part = DirEntry;
    type Tools = Vec<u8>;

    fn parts(&self) -> Result<Vec<DirEntry>, Error> {
        self.entries()
    }

    fn tools(&self) -> Vec<u8> {
        Vec::new()
    }

    fn walk(
        &self,
        part: &DirEntry,
        buffer: &mut Vec<u8>,
        visit: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Error> {
        Self::tour(part, &mut |sight| match sight {
            Sight::Document(path, file) => match read_into(&file.path(), buffer) {
                Ok(len) => visit(Found::File(path.into(), buffer.get(..len).unwrap_or_default())),
                Err(_) => visit(Found::Closed(path.into())),
            },
            Sight::Stray(path, why) => visit(Found::Stray(path.into(), why)),
        })
    }
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
