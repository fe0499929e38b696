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
use jialiang_model::date::Day;
use jialiang_model::id::StandardId;

use super::walk::{State, Walk};
use super::{Changed, Git};
use crate::Error;

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
    pub(super) fn parts(&self) -> (&str, Option<&str>) {
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
