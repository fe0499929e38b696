//! What commits have of what is asked for, compared by the ids of objects.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::tree::Entry;
use jialiang_model::date::Day;

use super::history::{Commit, Own, Part, Scope, Step};
use super::objects::{Objects, role};
use super::{Changed, Git, Seen};
use crate::source::role::Role;
use crate::{Error, ErrorKind};

/// What a commit has of what was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    Nothing,
    /// A folder or a file.
    Object(ObjectId),
    /// The files of a standard.
    Files(Vec<(String, ObjectId)>),
    /// A part of a document.
    Part(Vec<u8>),
}

pub(super) struct Walk<'a> {
    git: &'a Git,
    pub(super) objects: Objects,
    scope: &'a Scope,
    part: Option<Part<'a>>,
    /// The folders from the repository's root to what is asked for.
    folders: Vec<Vec<u8>>,
    shallow: HashSet<ObjectId>,
    /// What stands under the name of so many folders in a tree.
    below: HashMap<(usize, ObjectId), Option<ObjectId>>,
    /// What the folder of that tree holds of what is asked for.
    held: HashMap<ObjectId, Rc<State>>,
    states: HashMap<ObjectId, Rc<State>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        git: &'a Git,
        scope: &'a Scope,
        part: Option<Part<'a>>,
    ) -> Result<Self, Error> {
        let objects = git.objects();
        let shallow = objects.repository.shallow_commits().map_err(|e| objects.damaged(&e))?;
        let shallow = shallow.iter().flat_map(|all| all.iter().copied()).collect();
        let names = git.0.prefix.split(|byte| *byte == b'/');
        let own = scope.parts().0.split('/').map(str::as_bytes);
        let folders = names.chain(own).filter(|name| !name.is_empty()).map(<[u8]>::to_vec);
        Ok(Self {
            git,
            scope,
            part,
            folders: folders.collect(),
            shallow,
            below: HashMap::new(),
            held: HashMap::new(),
            states: HashMap::new(),
            objects,
        })
    }

    fn find(&self, id: ObjectId) -> Result<gix::Commit<'_>, Error> {
        match self.objects.repository.try_find_object(id) {
            Ok(Some(object)) => object.try_into_commit().map_err(|e| self.objects.damaged(&e)),
            Ok(None) => {
                let why = std::io::Error::new(std::io::ErrorKind::NotFound, id.to_string());
                Err(Error::new(ErrorKind::Object, &self.git.0.root, Some(why)))
            }
            Err(e) => Err(self.objects.damaged(&e)),
        }
    }

    /// When a commit was made; where it does not tell, as if it were the oldest.
    pub(super) fn time(&self, id: ObjectId) -> Result<i64, Error> {
        Ok(self.find(id)?.time().map_or(i64::MIN, |time| time.seconds))
    }

    /// The parents of a commit that are here, and whether a shallow clone ends with it.
    pub(super) fn parents(&self, id: ObjectId) -> Result<(Vec<ObjectId>, bool), Error> {
        let parents: Vec<_> = self.find(id)?.parent_ids().map(gix::Id::detach).collect();
        let end = self.shallow.contains(&id) && !parents.is_empty();
        Ok((if end { Vec::new() } else { parents }, end))
    }

    /// What stands under a name of a tree; of a registry's folders and files alone.
    fn under(&mut self, at: usize, tree: ObjectId, name: &[u8]) -> Result<Option<ObjectId>, Error> {
        if let Some(known) = self.below.get(&(at, tree)) {
            return Ok(*known);
        }
        let folder = at < self.folders.len();
        let entries = self.objects.entries(tree)?;
        let fits = |e: &&Entry| {
            e.filename == name && if folder { e.mode.is_tree() } else { e.mode.is_blob() }
        };
        let found = entries.iter().find(fits).map(|entry| entry.oid);
        self.below.insert((at, tree), found);
        Ok(found)
    }

    /// What a commit has of what is asked for.
    pub(super) fn state(&mut self, id: ObjectId) -> Result<Rc<State>, Error> {
        if let Some(known) = self.states.get(&id) {
            return Ok(Rc::clone(known));
        }
        let found = self.find(id)?.tree_id().map(gix::Id::detach);
        let mut tree = Some(found.map_err(|e| self.objects.damaged(&e))?);
        for at in 0..self.folders.len() {
            let Some(here) = tree else { break };
            let name = self.folders.get(at).cloned().unwrap_or_default();
            tree = self.under(at, here, &name)?;
        }
        let state = match tree {
            None => Rc::new(State::Nothing),
            Some(tree) => self.held(tree)?,
        };
        self.states.insert(id, Rc::clone(&state));
        Ok(state)
    }

    /// What a folder holds of what is asked for.
    fn held(&mut self, tree: ObjectId) -> Result<Rc<State>, Error> {
        if let Some(known) = self.held.get(&tree) {
            return Ok(Rc::clone(known));
        }
        let state = match self.scope {
            Scope::All | Scope::Folder(_) => State::Object(tree),
            Scope::Standard(id) => {
                let entries = self.objects.entries(tree)?;
                let files = entries.into_iter().filter(|e| e.mode.is_blob()).filter_map(|e| {
                    let name = e.filename.to_str().ok()?;
                    let path = format!("{}/{name}", id.place());
                    self.scope.covers(&path).then_some((path, e.oid))
                });
                let files: Vec<_> = files.collect();
                if files.is_empty() { State::Nothing } else { State::Files(files) }
            }
            Scope::Document(_) => {
                let file = self.scope.parts().1.unwrap_or_default().as_bytes();
                match (self.under(self.folders.len(), tree, file)?, self.part) {
                    (None, _) => State::Nothing,
                    (Some(blob), None) => State::Object(blob),
                    (Some(blob), Some(part)) => {
                        part(&self.objects.blob(blob)?).map_or(State::Nothing, State::Part)
                    }
                }
            }
        };
        let state = Rc::new(state);
        self.held.insert(tree, Rc::clone(&state));
        Ok(state)
    }

    pub(super) fn commit(&self, id: ObjectId) -> Result<Commit, Error> {
        let found = self.find(id)?;
        let author = found.author().map_err(|e| self.objects.damaged(&e))?.trim();
        let time = author.time().ok();
        let day = time.and_then(|time| {
            Day::since_1970((time.seconds + i64::from(time.offset)).div_euclid(86_400))
        });
        let message = found.message_raw_sloppy().to_str_lossy().into_owned();
        let lines = message.trim_start().lines().take_while(|line| !line.trim().is_empty());
        Ok(Commit {
            id: id.to_string(),
            author: author.name.to_str_lossy().into_owned(),
            email: author.email.to_str_lossy().into_owned(),
            day,
            subject: lines.map(str::trim).collect::<Vec<_>>().join(" "),
            parents: found.parent_ids().count(),
        })
    }

    /// The registry's folder in a commit.
    fn registry(&mut self, id: ObjectId) -> Result<Option<ObjectId>, Error> {
        let found = self.find(id)?.tree_id().map(gix::Id::detach);
        let mut tree = Some(found.map_err(|e| self.objects.damaged(&e))?);
        let own = self.git.0.prefix.split(|byte| *byte == b'/').filter(|n| !n.is_empty()).count();
        for at in 0..own {
            let Some(here) = tree else { break };
            let name = self.folders.get(at).cloned().unwrap_or_default();
            tree = self.under(at, here, &name)?;
        }
        Ok(tree)
    }

    pub(super) fn step(
        &mut self,
        id: ObjectId,
        parents: &[ObjectId],
        end: bool,
        own: Own<'_>,
    ) -> Result<Step, Error> {
        let tree = self.registry(id)?;
        let mut differing: Option<Vec<Differs>> = None;
        let mut sides: BTreeMap<Arc<str>, Vec<Option<ObjectId>>> = BTreeMap::new();
        for parent in parents {
            let before = self.registry(*parent)?;
            let mut all = Vec::new();
            self.differing(before, tree, "", 0, &mut all)?;
            for one in &all {
                sides.entry(Arc::clone(&one.path)).or_default().push(one.before);
            }
            match &mut differing {
                None => differing = Some(all),
                Some(kept) => {
                    kept.retain(|one| all.iter().any(|other| other.path == one.path));
                }
            }
        }
        let differing = match differing {
            Some(differing) => differing,
            None => {
                let mut all = Vec::new();
                self.differing(None, tree, "", 0, &mut all)?;
                all
            }
        };
        let mut changed = Vec::new();
        let mut merged = BTreeMap::new();
        for Differs { path, before, after } in differing {
            let sides = sides.remove(&path).unwrap_or_default();
            if let (true, Some(now)) = (parents.len() > 1, after) {
                let sides: Option<Vec<ObjectId>> = sides.into_iter().collect();
                if let Some(sides) = sides {
                    let sides = sides.into_iter().map(|id| self.objects.blob(id));
                    let sides: Vec<Vec<u8>> = sides.collect::<Result<_, _>>()?;
                    if !own(&self.objects.blob(now)?, &sides) {
                        continue;
                    }
                    merged.insert(Arc::clone(&path), sides);
                }
            }
            let before = before.map(|id| self.objects.blob(id)).transpose()?;
            changed.push(Changed { path, before, after: after.is_some() });
        }
        changed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let Seen { repository, prefix, root, full, commit: _, tree: _ } = &*self.git.0;
        let at = Git(Arc::new(Seen {
            repository: repository.clone(),
            commit: id,
            prefix: prefix.clone(),
            tree,
            root: root.clone(),
            full: full.clone(),
        }));
        let before = parents.first().map(ToString::to_string);
        Ok(Step { commit: self.commit(id)?, at, before, changed, sides: merged, end })
    }

    /// The documents of the scope that are not the same in two trees.
    fn differing(
        &self,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
        above: &str,
        depth: usize,
        all: &mut Vec<Differs>,
    ) -> Result<(), Error> {
        if before == after {
            return Ok(());
        }
        let list = |tree: Option<ObjectId>| -> Result<BTreeMap<Arc<str>, (ObjectId, bool)>, Error> {
            let mut entries = BTreeMap::new();
            for entry in tree.map_or_else(|| Ok(Vec::new()), |tree| self.objects.entries(tree))? {
                let (path, role) = role(above, &entry, depth);
                match role {
                    Role::Document if self.scope.covers(&path) => {
                        entries.insert(path, (entry.oid, false));
                    }
                    Role::Folder => {
                        entries.insert(path, (entry.oid, true));
                    }
                    Role::Document | Role::Stray(_) | Role::Nothing => {}
                }
            }
            Ok(entries)
        };
        let (then, now) = (list(before)?, list(after)?);
        let mut paths: Vec<&Arc<str>> = then.keys().chain(now.keys()).collect();
        paths.sort_unstable();
        paths.dedup();
        for path in paths {
            let (a, b) = (then.get(path), now.get(path));
            if a == b {
                continue;
            }
            let of = |one: Option<&(ObjectId, bool)>, folder| {
                one.filter(|one| one.1 == folder).map(|one| one.0)
            };
            self.differing(of(a, true), of(b, true), &format!("{path}/"), depth + 1, all)?;
            let (before, after) = (of(a, false), of(b, false));
            if before != after {
                all.push(Differs { path: Arc::clone(path), before, after });
            }
        }
        Ok(())
    }
}

/// A document that is not the same in two trees.
struct Differs {
    path: Arc<str>,
    before: Option<ObjectId>,
    after: Option<ObjectId>,
}
