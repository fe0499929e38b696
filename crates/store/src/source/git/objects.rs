//! Reading trees and documents out of git objects.

use std::sync::Arc;

use gix::bstr::ByteSlice;
use gix::objs::FindExt;
use gix::objs::tree::{Entry, EntryKind, EntryMode};
use gix::odb::HeaderExt;
use gix::odb::pack::cache::lru::MemoryCappedHashmap;
use gix::{ObjectId, Repository};
use jialiang_model::read::MOST_BYTES;

use super::{Git, error};
use crate::load::StrayReason;
use crate::source::role::{self, Form, Role};
use crate::source::{Found, Walk};
use crate::{Error, ErrorKind};

/// Documents that lie near each other in a pack are written as changes of each other: so
/// many bytes of them are kept by each thread.
const KEPT: usize = 16 * 1024 * 1024;

/// What one thread reads objects with.
pub(in crate::source) struct Objects {
    pub(super) repository: Repository,
    git: Git,
}

impl Git {
    pub(super) fn objects(&self) -> Objects {
        let mut repository = self.0.repository.to_thread_local();
        repository.objects.set_pack_cache(|| Box::new(MemoryCappedHashmap::new(KEPT)));
        Objects { repository, git: self.clone() }
    }
}

impl Walk for Git {
    type Part = Entry;
    type Tools = (Objects, Vec<u8>);

    fn parts(&self) -> Result<Vec<Entry>, Error> {
        self.0.tree.map_or_else(|| Ok(Vec::new()), |tree| self.objects().entries(tree))
    }

    fn tools(&self) -> (Objects, Vec<u8>) {
        (self.objects(), Vec::new())
    }

    fn walk(
        &self,
        part: &Entry,
        (objects, buffer): &mut (Objects, Vec<u8>),
        visit: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Error> {
        objects.walk("", part, 0, buffer, visit)
    }
}

/// What stands under an entry of a tree.
fn form(mode: EntryMode) -> Form {
    match mode.kind() {
        EntryKind::Tree => Form::Folder,
        EntryKind::Blob | EntryKind::BlobExecutable => Form::File,
        EntryKind::Link => Form::Link,
        EntryKind::Commit => Form::Other,
    }
}

/// The path of a tree's entry, with the path above it; what it is to the registry. Nothing
/// where it is hidden.
pub(super) fn role(above: &str, entry: &Entry, depth: usize) -> (Arc<str>, Role) {
    let path = format!("{above}{}", entry.filename.to_str_lossy());
    let role = if role::is_hidden(&entry.filename) {
        Role::Nothing
    } else if entry.filename.to_str().is_err() {
        Role::Stray(StrayReason::Name)
    } else if entry.mode.is_commit() {
        // A repository of its own: its documents are not in this one.
        Role::Stray(StrayReason::NoFile)
    } else {
        Role::of(&path, form(entry.mode), depth)
    };
    (path.into(), role)
}

impl Objects {
    pub(super) fn damaged(&self, why: &gix::Error) -> Error {
        error(ErrorKind::Object, &self.git.0.root, why)
    }

    /// A tree's entries, as they can stand in a folder.
    pub(super) fn entries(&self, tree: ObjectId) -> Result<Vec<Entry>, Error> {
        let found = self.repository.find_tree(tree).map_err(|e| self.damaged(&e))?;
        let entries = found.decode().map_err(|e| self.damaged(&e))?.entries;
        let named = entries.iter().all(|e| !e.filename.is_empty() && !e.filename.contains(&b'/'));
        if !named || !entries.is_sorted_by(|a, b| a < b) {
            let why = format!("the tree {tree} is not in order");
            return Err(self.damaged(&gix::error::corruption(why).corrupted_error()));
        }
        Ok(entries.into_iter().map(Entry::from).collect())
    }

    /// A folder of a commit in which a registry stands, at most three folders deep.
    pub(super) fn registry_elsewhere(&self, commit: ObjectId) -> Result<Option<String>, Error> {
        let found = self.repository.find_commit(commit).map_err(|e| self.damaged(&e))?;
        let root = found.tree_id().map_err(|e| self.damaged(&e))?.detach();
        let mut folders = vec![(root, String::new(), 0)];
        while let Some((tree, path, depth)) = folders.pop() {
            let entries = self.entries(tree)?;
            if entries.iter().any(|e| e.filename == "registry.json" && form(e.mode) == Form::File) {
                return Ok(Some(if path.is_empty() { ".".to_owned() } else { path }));
            }
            let below = |e: &&Entry| {
                depth < 3 && form(e.mode) == Form::Folder && !role::is_hidden(&e.filename)
            };
            for entry in entries.iter().filter(below) {
                let name = entry.filename.to_str_lossy();
                let path = if path.is_empty() { name.into() } else { format!("{path}/{name}") };
                folders.push((entry.oid, path, depth + 1));
            }
        }
        Ok(None)
    }

    /// The names of the files that stand directly in a folder.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>, Error> {
        let mut tree = self.git.0.tree;
        for name in folder.split('/') {
            let Some(id) = tree else { return Ok(Vec::new()) };
            let entries = self.entries(id)?;
            let folder = |e: &&Entry| e.filename == name && form(e.mode) == Form::Folder;
            tree = entries.iter().find(folder).map(|entry| entry.oid);
        }
        let Some(id) = tree else { return Ok(Vec::new()) };
        let names = self.entries(id)?.into_iter().filter(|e| form(e.mode) == Form::File);
        Ok(names.filter_map(|e| String::from_utf8(e.filename.into()).ok()).collect())
    }

    /// The bytes of a document.
    pub(super) fn read(&self, document: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut tree = self.git.0.tree;
        let mut names = document.split('/').peekable();
        while let (Some(id), Some(name)) = (tree, names.next()) {
            let last = names.peek().is_none();
            let wanted = if last { Form::File } else { Form::Folder };
            let entries = self.entries(id)?;
            let entry = entries.iter().find(|e| e.filename == name && form(e.mode) == wanted);
            tree = entry.map(|entry| entry.oid);
            if let (true, Some(blob)) = (last, tree) {
                return self.blob(blob).map(Some);
            }
        }
        Ok(None)
    }

    /// The bytes of a file; no more of a giant file than shows that it is too large.
    pub(super) fn blob(&self, id: ObjectId) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        Ok(if self.fill(id, &mut bytes)? { bytes } else { vec![b' '; MOST_BYTES + 1] })
    }

    /// Reads a file into a buffer, unless it is too large for a document.
    fn fill(&self, id: ObjectId, buffer: &mut Vec<u8>) -> Result<bool, Error> {
        let objects = &self.repository.objects;
        let header = objects.header(id).map_err(|e| self.damaged(&e))?;
        if header.size() > MOST_BYTES as u64 {
            return Ok(false);
        }
        objects.find_blob(&id, buffer).map_err(|e| self.damaged(&e))?;
        Ok(true)
    }

    fn walk(
        &self,
        above: &str,
        entry: &Entry,
        depth: usize,
        buffer: &mut Vec<u8>,
        visit: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Error> {
        let (path, role) = role(above, entry, depth);
        match role {
            Role::Folder => {
                let above = format!("{path}/");
                for entry in self.entries(entry.oid)? {
                    self.walk(&above, &entry, depth + 1, buffer, visit)?;
                }
            }
            Role::Document if self.fill(entry.oid, buffer)? => visit(Found::File(path, buffer)),
            Role::Document => visit(Found::Closed(path)),
            Role::Stray(why) => visit(Found::Stray(path, why)),
            Role::Nothing => {}
        }
        Ok(())
    }
}
