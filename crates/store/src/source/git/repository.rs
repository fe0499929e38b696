//! Finding the repository that holds a registry, and a commit in it.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use gix::bstr::{BStr, BString};
use gix::discover::upwards;
use gix::revision::spec::parse::{ObjectKindHint, Options};
use gix::sec::Trust;
use gix::{ObjectId, Repository};

use super::{Git, Seen, error};
use crate::source::Folder;
use crate::{Error, ErrorKind};

/// What holds whatever a configuration says: an id names its own object, git's files are
/// where git has them, and no object takes more memory than git allows the base of a change
/// to the largest document (32 times its size).
const SETTINGS: [&str; 4] = [
    "core.useReplaceRefs=false",
    "gitoxide.core.indexFile=index",
    "gitoxide.core.shallowFile=shallow",
    "gitoxide.objects.allocLimit=536870912",
];

/// What a repository may ask of whoever reads it.
const KNOWN: [&str; 9] = [
    "compatObjectFormat",
    "noop",
    "noop-v1",
    "objectFormat",
    "partialClone",
    "preciousObjects",
    "refStorage",
    "relativeWorktrees",
    "worktreeConfig",
];

/// The repository that holds a registry.
pub(super) struct Opened {
    repository: Repository,
    prefix: BString,
    root: PathBuf,
    full: PathBuf,
}

impl Opened {
    /// The repository in whose work tree a folder lies.
    pub(super) fn holding(folder: &Folder) -> Result<Self, Error> {
        let root = folder.root();
        let full = std::fs::canonicalize(root).map_err(Error::read(root))?;
        // Whose the files are makes no difference: nothing in them is run.
        let options = upwards::Options {
            trust: upwards::TrustPolicy::Assume(Trust::Full),
            // Only what has a work tree is looked for.
            dot_git_only: true,
            current_dir: Some(&full),
            ..Default::default()
        };
        let found = gix::discover::upwards_opts(&full, options).map_err(|e| {
            let none = e.downcast_any_ref::<upwards::Error>().is_some();
            error(if none { ErrorKind::NoRepository } else { ErrorKind::Repository }, root, &e)
        });
        let found = found.map(|(path, _)| path.into_repository_and_work_tree_directories());
        // A file that leads to a repository which is gone was passed over.
        let work_tree = found.as_ref().ok().and_then(|(_, work_tree)| work_tree.as_deref());
        let below = full.ancestors().take_while(|above| Some(*above) != work_tree);
        if let Some(file) = below.map(|above| above.join(".git")).find(|file| file.is_file()) {
            let why = format!("{} leads to no repository", file.display());
            let why = std::io::Error::new(std::io::ErrorKind::NotFound, why);
            return Err(Error::new(ErrorKind::Repository, root, Some(why)));
        }
        let (git_dir, work_tree) = found?;
        let outside = || Error::new(ErrorKind::NoRepository, root, None);
        let work_tree =
            std::fs::canonicalize(work_tree.ok_or_else(outside)?).map_err(Error::read(root))?;
        let mut prefix = BString::default();
        for name in full.strip_prefix(work_tree).map_err(|_| outside())? {
            let name = gix::path::os_str_into_bstr(name);
            prefix.extend_from_slice(name.map_err(|e| error(ErrorKind::Repository, root, &e))?);
            prefix.push(b'/');
        }
        let mut repository = gix::open::Options::isolated()
            .with(Trust::Full)
            .open_path_as_is(true)
            .config_overrides(SETTINGS)
            .open(git_dir)
            .map_err(|e| error(ErrorKind::Repository, root, &e))?
            .to_thread_local();
        repository.clear_namespace();
        let opened = Self { repository, prefix, root: root.to_owned(), full };
        opened.is_of_a_known_format()?;
        Ok(opened)
    }

    /// That nothing is asked of whoever reads the repository but what is known here, and
    /// that its references are kept in files: others would look as if there were none.
    fn is_of_a_known_format(&self) -> Result<(), Error> {
        let config = self.repository.config_snapshot();
        let asks = config.integer("core.repositoryFormatVersion").unwrap_or(0) > 0;
        let sections = config.plumbing().sections_by_name("extensions");
        for section in sections.into_iter().flatten() {
            for name in section.value_names() {
                let known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(&name));
                let value = section.value(&name).unwrap_or_default();
                let files = !name.eq_ignore_ascii_case("refStorage") || value == "files";
                if (asks && !known) || !files {
                    let why = format!("extensions.{name} = {value}");
                    let why = std::io::Error::new(std::io::ErrorKind::Unsupported, why);
                    return Err(Error::new(ErrorKind::Repository, &self.root, Some(why)));
                }
            }
        }
        Ok(())
    }

    pub(super) fn at(self, revision: &str) -> Result<Git, Error> {
        let commit = self.commit(revision)?;
        self.seen_at(commit)
    }

    pub(super) fn merge_base(self, revision: &str) -> Result<Git, Error> {
        let (theirs, ours) = (self.commit(revision)?, self.commit("HEAD")?);
        let found = self.repository.merge_bases_many(ours, &[theirs]);
        let found = found.map_err(|e| self.damaged(&e))?;
        let mut bases: Vec<ObjectId> = found.into_iter().map(gix::Id::detach).collect();
        if bases.len() > 1 {
            // Where clocks were wrong, one may be older than another that comes of it.
            let above = self.ancestors(&bases)?;
            bases.retain(|base| !above.contains(base));
            bases.sort_by_key(|base| Reverse(self.time(*base)));
        }
        match bases.first() {
            Some(base) => self.seen_at(*base),
            None if self.is_shallow() => Err(self.error(ErrorKind::Shallow).of(revision)),
            None => {
                // That nothing is missing in which the two might have met.
                self.ancestors(&[ours, theirs])?;
                Err(self.error(ErrorKind::Unrelated).of(revision))
            }
        }
    }

    /// When a commit was made, in seconds.
    fn time(&self, commit: ObjectId) -> Option<i64> {
        self.repository.find_commit(commit).ok()?.time().ok().map(|time| time.seconds)
    }

    /// Everything that commits come of, as far as it is here.
    fn ancestors(&self, of: &[ObjectId]) -> Result<HashSet<ObjectId>, Error> {
        let (mut seen, mut next) = (HashSet::new(), of.to_vec());
        while let Some(id) = next.pop() {
            match self.repository.try_find_object(id) {
                Ok(Some(object)) => {
                    let commit = object.try_into_commit().map_err(|e| self.damaged(&e))?;
                    let parents = commit.parent_ids().map(gix::Id::detach);
                    next.extend(parents.filter(|parent| seen.insert(*parent)));
                }
                Ok(None) if self.is_shallow() => {}
                Ok(None) => return Err(self.missing(id)),
                Err(e) => return Err(self.damaged(&e)),
            }
        }
        Ok(seen)
    }

    /// The commit that a revision names.
    fn commit(&self, revision: &str) -> Result<ObjectId, Error> {
        let id = self.parse(revision).map_err(|e| self.unknown(revision, &e))?;
        let object = match self.repository.try_find_object(id) {
            Ok(Some(object)) => object,
            // A commit knows its parents even where the clone ends with it.
            Ok(None) if self.is_shallow() => {
                return Err(self.error(ErrorKind::Shallow).of(revision));
            }
            Ok(None) => return Err(self.missing(id)),
            Err(e) => return Err(self.damaged(&e)),
        };
        let object = object.peel_tags_to_end().map_err(|e| self.damaged(&e))?;
        if object.kind == gix::objs::Kind::Commit {
            Ok(object.id)
        } else {
            Err(self.error(ErrorKind::NotCommit).of(revision))
        }
    }

    fn parse(&self, revision: &str) -> Result<ObjectId, gix::Error> {
        let options =
            Options { object_kind_hint: Some(ObjectKindHint::Committish), ..Default::default() };
        let spec = BStr::new(revision.as_bytes());
        let spec = gix::revision::Spec::from_bstr(spec, &self.repository, options)?;
        match spec.detach() {
            gix::revision::plumbing::Spec::Include(id) => Ok(id),
            _ => Err(gix::error::validation("it names several commits").validation_error()),
        }
    }

    /// Why a revision could not be parsed.
    fn unknown(&self, revision: &str, why: &gix::Error) -> Error {
        let name = revision.split(['~', '^', '@', ':']).next().unwrap_or(revision);
        let name = if name.is_empty() { "HEAD" } else { name };
        if name == "HEAD" && self.repository.head().is_ok_and(|head| head.is_unborn()) {
            return self.error(ErrorKind::NoCommit);
        }
        let mut kind = if why.is_corrupted() { ErrorKind::Object } else { ErrorKind::NoRevision };
        if name != revision
            && let Ok(commit) = self.commit(name)
        {
            // It leads beyond the end of the history, if nothing is missing in between.
            match self.ancestors(&[commit]) {
                Ok(_) if self.is_shallow() => kind = ErrorKind::Shallow,
                Ok(_) => {}
                Err(e) => return e,
            }
        }
        error(kind, &self.root, why).of(revision)
    }

    fn is_shallow(&self) -> bool {
        self.repository.is_shallow().unwrap_or(false)
    }

    /// The registry's folder in a commit.
    fn seen_at(self, commit: ObjectId) -> Result<Git, Error> {
        let mut tree = {
            let found = self.repository.find_commit(commit).map_err(|e| self.damaged(&e))?;
            Some(found.tree_id().map_err(|e| self.damaged(&e))?.detach())
        };
        for name in self.prefix.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
            let Some(id) = tree else { break };
            let folder = self.repository.find_tree(id).map_err(|e| self.damaged(&e))?;
            let entries = folder.decode().map_err(|e| self.damaged(&e))?.entries;
            let entry = entries.iter().find(|e| e.filename == name && e.mode.is_tree());
            tree = entry.map(|entry| entry.oid.to_owned());
        }
        let Self { repository, prefix, root, full } = self;
        let repository = repository.into_sync();
        Ok(Git(Arc::new(Seen { repository, commit, prefix, tree, root, full })))
    }

    fn missing(&self, id: ObjectId) -> Error {
        let why = std::io::Error::new(std::io::ErrorKind::NotFound, id.to_string());
        Error::new(ErrorKind::Object, &self.root, Some(why))
    }

    fn damaged(&self, why: &gix::Error) -> Error {
        error(ErrorKind::Object, &self.root, why)
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, &self.root, None)
    }
}
