//! Which documents of a folder are not those of a commit.

use std::collections::HashMap;
use std::fs::{self, DirEntry, File};
use std::io::ErrorKind::NotFound;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use gix::ObjectId;
use gix::index::Entry;
use gix::index::entry::{Mode, Stage};
use gix::objs::tree::Entry as Object;
use gix::objs::{self, Kind};
use gix::progress::Discard;
use jialiang_model::read::MOST_BYTES;

use super::Git;
use super::index::{Branch, Index};
use super::objects::{Objects, role};
use crate::source::Folder;
use crate::source::folder::Sight;
use crate::source::role::{self, DEEPEST, Form, Role};
use crate::{Error, cores};

/// A document that is not the same in a commit and in the work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where it stands.
    pub path: Arc<str>,
    /// Its bytes in the commit, as [`Git::read`] has them; `None` where it does not stand
    /// there.
    pub before: Option<Vec<u8>>,
    /// Whether it stands in the work tree.
    pub after: bool,
}

/// A document of the commit.
struct Was {
    path: Arc<str>,
    id: ObjectId,
    /// The number of its entry in the index, where it is known.
    entry: Option<usize>,
}

/// What became of a document.
enum Is {
    New(Arc<str>),
    /// The document of the commit by its number, and whether it has changed.
    Here(usize, bool),
}

impl Git {
    /// The documents that are not the same in this commit and in the folder as it stands in
    /// the work tree now, by path: everything that the folder would hand out, whether git
    /// tracks it or not.
    ///
    /// Documents are the same if their bytes are. What git holds for unchanged is not read;
    /// so a document that git wrote with other line ends than are in the commit is the same
    /// document. One that is in conflict has changed.
    pub fn changed(&self, folder: &Folder) -> Result<Vec<Changed>, Error> {
        let root = folder.root();
        let here = fs::canonicalize(root).map_err(Error::read(root))? == self.0.full;
        let index = if here { Index::of(&self.objects().repository) } else { None };
        let comparison = Comparison { git: self, index: index.as_ref() };
        let before = comparison.before()?;
        let numbers = before.iter().enumerate().map(|(number, was)| (&*was.path, number));
        let numbers: HashMap<&str, usize> = numbers.collect();
        let parts = folder.entries()?;
        let now = cores::on_all(
            &parts,
            || (),
            |(), part, now| {
                Folder::tour(part, &mut |sight| {
                    if let Sight::Document(path, file) = sight {
                        let was = numbers.get(path).and_then(|n| Some((*n, before.get(*n)?)));
                        now.extend(comparison.is(was, path, file));
                    }
                })
            },
        )?;
        comparison.changed(&before, now)
    }
}

/// A commit beside the index of a work tree.
struct Comparison<'a> {
    git: &'a Git,
    index: Option<&'a Index>,
}

impl Comparison<'_> {
    /// The documents of the commit.
    fn before(&self) -> Result<Vec<Was>, Error> {
        let Some(tree) = self.git.0.tree else { return Ok(Vec::new()) };
        let branch = self.index.map(|index| self.registry(index));
        let mut before = Vec::new();
        if !self.in_step(branch.as_ref(), tree, &mut before) {
            let parts = self.git.objects().entries(tree)?;
            let tools = || self.git.objects();
            before = cores::on_all(&parts, tools, |objects, part, before| {
                self.list(objects, branch.as_ref(), "", part, 0, before)
            })?;
        }
        Ok(before)
    }

    /// The branch of the index that is the registry's folder.
    fn registry<'i>(&self, index: &'i Index) -> Branch<'i> {
        let prefix: &[u8] = &self.git.0.prefix;
        let ends = prefix.iter().enumerate().filter(|(_, byte)| **byte == b'/');
        ends.fold(index.root(), |branch, (end, _)| {
            index.below(&branch, prefix.get(..=end).unwrap_or(prefix))
        })
    }

    /// Lists the documents of a tree by the index, if that is in step with the tree.
    fn in_step(&self, branch: Option<&Branch<'_>>, tree: ObjectId, before: &mut Vec<Was>) -> bool {
        let (Some(index), Some(branch)) = (self.index, branch) else { return false };
        let Some(entries) = index.in_step(branch, tree) else { return false };
        for (entry, number) in entries.iter().zip(branch.entries.clone()) {
            let path = index.path(entry).get(self.git.0.prefix.len()..).unwrap_or_default();
            if let Some(path) = document(path, entry.mode) {
                before.push(Was { path: path.into(), id: entry.id, entry: Some(number) });
            }
        }
        true
    }

    /// Lists the documents of a tree's entry.
    fn list(
        &self,
        objects: &Objects,
        branch: Option<&Branch<'_>>,
        above: &str,
        entry: &Object,
        depth: usize,
        before: &mut Vec<Was>,
    ) -> Result<(), Error> {
        let (path, role) = role(above, entry, depth);
        match role {
            Role::Document => before.push(Was { path, id: entry.oid, entry: None }),
            Role::Folder => {
                let above = format!("{path}/");
                let branch = branch
                    .zip(self.index)
                    .map(|(branch, index)| index.below(branch, &self.in_repository(&above)));
                if !self.in_step(branch.as_ref(), entry.oid, before) {
                    for entry in objects.entries(entry.oid)? {
                        self.list(objects, branch.as_ref(), &above, &entry, depth + 1, before)?;
                    }
                }
            }
            Role::Stray(_) | Role::Nothing => {}
        }
        Ok(())
    }

    /// A path of the registry as one of the repository.
    fn in_repository(&self, path: &str) -> Vec<u8> {
        [&self.git.0.prefix, path.as_bytes()].concat()
    }

    /// What became of a document that the work tree shows. `None` where it is gone since.
    fn is(&self, was: Option<(usize, &Was)>, path: &str, file: &DirEntry) -> Option<Is> {
        let Some((number, was)) = was else { return Some(Is::New(path.into())) };
        let entry = self.index.and_then(|index| {
            let entry = was.entry.or_else(|| index.find(&self.in_repository(path)))?;
            Some((index, index.get(entry)?))
        });
        let changed = match self.compare(was.id, entry, file) {
            Ok(changed) => changed,
            Err(e) if e.kind() == NotFound => return None,
            // Nobody knows: it is shown rather than passed over.
            Err(_) => true,
        };
        Some(Is::Here(number, changed))
    }

    /// Whether a file has changed since it was an object.
    fn compare(
        &self,
        was: ObjectId,
        entry: Option<(&Index, &Entry)>,
        file: &DirEntry,
    ) -> std::io::Result<bool> {
        let said = file.metadata()?;
        let mut converted = false;
        if let Some((index, entry)) = entry {
            if entry.stage() != Stage::Unconflicted {
                return Ok(true);
            }
            if entry.id == was {
                if index.vouches(entry, &said) {
                    return Ok(false);
                }
                converted = u64::from(entry.stat.size) == said.len();
            }
        }
        let mut content = File::open(file.path())?;
        let hash = |content: &mut dyn std::io::Read, len| {
            let never = AtomicBool::new(false);
            objs::compute_stream_hash(was.kind(), Kind::Blob, content, len, &mut Discard, &never)
                .map_err(std::io::Error::other)
        };
        if hash(&mut content, said.len())? == was {
            return Ok(false);
        }
        if !converted || said.len() > MOST_BYTES as u64 {
            return Ok(true);
        }
        let text = without_returns(&fs::read(file.path())?);
        Ok(hash(&mut text.as_slice(), text.len() as u64)? != was)
    }

    /// The documents that have changed, with their bytes in the commit.
    fn changed(&self, before: &[Was], now: Vec<Is>) -> Result<Vec<Changed>, Error> {
        let mut changed = Vec::new();
        let mut gone = vec![true; before.len()];
        for is in now {
            match is {
                Is::New(path) => changed.push((path, None, true)),
                Is::Here(number, differs) => {
                    gone.get_mut(number).into_iter().for_each(|gone| *gone = false);
                    if let (true, Some(was)) = (differs, before.get(number)) {
                        changed.push((Arc::clone(&was.path), Some(was.id), true));
                    }
                }
            }
        }
        for (was, gone) in before.iter().zip(gone) {
            if gone {
                changed.push((Arc::clone(&was.path), Some(was.id), false));
            }
        }
        let tools = || self.git.objects();
        let mut changed = cores::on_all(&changed, tools, |objects, (path, id, after), all| {
            let before = id.map(|id| objects.blob(id)).transpose()?;
            all.push(Changed { path: Arc::clone(path), before, after: *after });
            Ok(())
        })?;
        changed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(changed)
    }
}

/// The path of an entry of the index, from the registry's folder, if a document can stand
/// there.
fn document(path: &[u8], mode: Mode) -> Option<&str> {
    let path = std::str::from_utf8(path).ok()?;
    let depth = path.matches('/').count();
    let seen = depth <= DEEPEST && !path.split('/').any(|name| role::is_hidden(name.as_bytes()));
    let file = mode == Mode::FILE || mode == Mode::FILE_EXECUTABLE;
    (seen && file && Role::of(path, Form::File, depth) == Role::Document).then_some(path)
}

/// Bytes with the line ends that git keeps.
fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => kept.extend(line.iter().chain(b"\n")),
            None => kept.extend(line),
        }
    }
    kept
}
