//! Which commits touched documents, and since when each part of one is as it is.
//!
//! Merges are followed as git does: where a merge has what one of its parents has, the others
//! had no part in it and are left alone; where it has what none of them has, it is a change of
//! its own and all of them are followed. Of a document that a merge put together from several
//! sides, whoever asks says whether anything in it is the merge's own. What is compared are the
//! ids of objects, so that only what changed is read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::tree::Entry;
use jialiang_model::date::Day;
use jialiang_model::id::StandardId;

use super::objects::{Objects, role};
use super::{Changed, Git, Seen};
use crate::source::role::Role;
use crate::{Error, ErrorKind};

/// Which documents a history is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of the registry.
    All,
    /// The folder of a place.
    Folder(String),
    /// A standard and all of its editions.
    Standard(StandardId),
    /// One document.
    Document(String),
}

impl Scope {
    /// Whether a document belongs to it.
    pub fn covers(&self, document: &str) -> bool {
        match self {
            Self::All => true,
            Self::Folder(folder) => {
                document.strip_prefix(&**folder).is_some_and(|rest| rest.starts_with('/'))
            }
            Self::Standard(id) => {
                document.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with(['@', '.']))
            }
            Self::Document(path) => document == path,
        }
    }

    /// The folder in which its documents stand, and the file, where it is one.
    fn parts(&self) -> (&str, Option<&str>) {
        match self {
            Self::All => ("", None),
            Self::Folder(folder) => (folder, None),
            Self::Standard(id) => (id.place(), None),
            Self::Document(path) => match path.rsplit_once('/') {
                Some((folder, file)) => (folder, Some(file)),
                None => ("", Some(path)),
            },
        }
    }
}

/// What a commit says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id in full hexadecimal.
    pub id: String,
    /// Who wrote the change.
    pub author: String,
    /// The author's address.
    pub email: String,
    /// The author's day, where the author was; `None` where the commit does not tell it.
    pub day: Option<Day>,
    /// The first paragraph of its message, in one line.
    pub subject: String,
    /// How many parents it has.
    pub parents: usize,
}

/// A commit that touched what was asked for.
#[derive(Debug)]
pub struct Step {
    /// The commit.
    pub commit: Commit,
    /// The registry as the commit has it.
    pub at: Git,
    /// The first parent's id, if it has one here.
    pub before: Option<String>,
    /// The documents that are not as in the first parent, nor as in any other.
    pub changed: Vec<Changed>,
    /// Of a merge, what each parent has of a document that is its own in part.
    pub sides: BTreeMap<Arc<str>, Vec<Vec<u8>>>,
    /// Whether a shallow clone's history ends here: what came before is not known.
    pub end: bool,
}

/// The commits that touched something, the latest first.
#[derive(Debug)]
pub struct History {
    /// The commits.
    pub steps: Vec<Step>,
    /// Whether there are more than were asked for.
    pub more: bool,
}

/// The commit that last changed each part of a document.
#[derive(Debug, Default)]
pub struct Origins {
    /// The commits, each once.
    pub commits: Vec<Commit>,
    /// For each part, the number of its commit.
    pub of: BTreeMap<String, usize>,
    /// The commits at which a shallow clone's history ends: what they have may be older.
    pub ends: Vec<usize>,
}

/// Tells the bytes that a part has in a document's; `None` where the document has no such part.
pub type Part<'a> = &'a dyn Fn(&[u8]) -> Option<Vec<u8>>;

/// Tells whether a merge has anything in a document, the first bytes, that none of its parents
/// has in theirs.
pub type Own<'a> = &'a dyn Fn(&[u8], &[Vec<u8>]) -> bool;

/// The content of each part of a document.
pub type Parts = BTreeMap<String, String>;

impl Git {
    /// The commits up to this one that touched documents, or a part of one.
    pub fn history(
        &self,
        scope: &Scope,
        part: Option<Part<'_>>,
        own: Own<'_>,
        limit: usize,
    ) -> Result<History, Error> {
        let mut walk = Walk::new(self, scope, part)?;
        let (mut steps, mut seen) = (Vec::new(), HashSet::from([self.0.commit]));
        let mut next = Queue::default();
        next.push(walk.time(self.0.commit)?, self.0.commit);
        while let Some(id) = next.pop() {
            let (parents, end) = walk.parents(id)?;
            let now = walk.state(id)?;
            let mut same = None;
            for parent in &parents {
                if walk.state(*parent)? == now {
                    same = Some(*parent);
                    break;
                }
            }
            let touched = same.is_none() && !(parents.is_empty() && *now == State::Nothing);
            if touched {
                let step = walk.step(id, &parents, end, own)?;
                // A merge may take each document from one of its sides; and not every file is
                // a document.
                let empty = step.changed.is_empty();
                if !empty && steps.len() == limit {
                    return Ok(History { steps, more: true });
                }
                steps.extend((!empty).then_some(step));
            }
            for parent in same.map_or(parents, |same| vec![same]) {
                if seen.insert(parent) {
                    next.push(walk.time(parent)?, parent);
                }
            }
        }
        Ok(History { steps, more: false })
    }

    /// The commit up to this one that last changed each part of a document. `parts` tells the
    /// parts of a document's bytes; `None` where they do not read, and then what stood there
    /// before and after is compared.
    pub fn origins(
        &self,
        document: &str,
        parts: &dyn Fn(&[u8]) -> Option<Parts>,
    ) -> Result<Origins, Error> {
        let scope = Scope::Document(document.to_owned());
        let mut walk = Walk::new(self, &scope, None)?;
        let mut read: HashMap<ObjectId, Option<Rc<Parts>>> = HashMap::new();
        let mut parts_of = |walk: &mut Walk<'_>, commit: ObjectId| -> Result<_, Error> {
            let State::Object(blob) = *walk.state(commit)? else {
                return Ok(Some(Rc::new(Parts::new())));
            };
            if let Some(known) = read.get(&blob) {
                return Ok(known.clone());
            }
            let found = parts(&walk.objects.blob(blob)?).map(Rc::new);
            read.insert(blob, found.clone());
            Ok(found)
        };
        // Of each commit, the parts that it is asked for, and the latest commit known to have
        // them.
        let mut asked: HashMap<ObjectId, BTreeMap<String, ObjectId>> = HashMap::new();
        let start = self.0.commit;
        let all = parts_of(&mut walk, start)?.unwrap_or_default();
        asked.insert(start, all.keys().map(|part| (part.clone(), start)).collect());
        let mut next = Queue::default();
        next.push(walk.time(start)?, start);
        let mut origins = Origins::default();
        let mut numbers: HashMap<ObjectId, usize> = HashMap::new();
        while let Some(id) = next.pop() {
            let Some(mut mine) = asked.remove(&id) else { continue };
            let (parents, end) = walk.parents(id)?;
            if parts_of(&mut walk, id)?.is_some() {
                mine.values_mut().for_each(|holder| *holder = id);
            }
            for parent in parents {
                let there = parts_of(&mut walk, parent)?;
                let passed: Vec<String> = mine
                    .keys()
                    .filter(|part| {
                        there.as_ref().is_none_or(|there| there.get(*part) == all.get(*part))
                    })
                    .cloned()
                    .collect();
                if passed.is_empty() {
                    continue;
                }
                let theirs = asked.entry(parent).or_default();
                for part in passed {
                    if let Some(holder) = mine.remove(&part) {
                        theirs.insert(part, holder);
                    }
                }
                next.push(walk.time(parent)?, parent);
            }
            for (part, holder) in mine {
                let number = match numbers.get(&holder) {
                    Some(number) => *number,
                    None => {
                        origins.commits.push(walk.commit(holder)?);
                        numbers.insert(holder, origins.commits.len() - 1);
                        origins.commits.len() - 1
                    }
                };
                if end && !origins.ends.contains(&number) {
                    origins.ends.push(number);
                }
                origins.of.insert(part, number);
            }
        }
        Ok(origins)
    }
}

/// Commits that are to be looked at, the latest first.
#[derive(Default)]
struct Queue {
    heap: BinaryHeap<(i64, Reverse<usize>, ObjectId)>,
    pushed: usize,
}

impl Queue {
    fn push(&mut self, time: i64, commit: ObjectId) {
        self.heap.push((time, Reverse(self.pushed), commit));
        self.pushed += 1;
    }

    fn pop(&mut self) -> Option<ObjectId> {
        self.heap.pop().map(|(_, _, commit)| commit)
    }
}

/// What a commit has of what was asked for.
#[derive(Debug, PartialEq, Eq)]
enum State {
    Nothing,
    /// A folder or a file.
    Object(ObjectId),
    /// The files of a standard.
    Files(Vec<(String, ObjectId)>),
    /// A part of a document.
    Part(Vec<u8>),
}

struct Walk<'a> {
    git: &'a Git,
    objects: Objects,
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
    fn new(git: &'a Git, scope: &'a Scope, part: Option<Part<'a>>) -> Result<Self, Error> {
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
    fn time(&self, id: ObjectId) -> Result<i64, Error> {
        Ok(self.find(id)?.time().map_or(i64::MIN, |time| time.seconds))
    }

    /// The parents of a commit that are here, and whether a shallow clone ends with it.
    fn parents(&self, id: ObjectId) -> Result<(Vec<ObjectId>, bool), Error> {
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
    fn state(&mut self, id: ObjectId) -> Result<Rc<State>, Error> {
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

    fn commit(&self, id: ObjectId) -> Result<Commit, Error> {
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

    fn step(
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
