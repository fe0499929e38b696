//! What git's index vouches for.
//!
//! The index is the list of files that git last compared with its objects, each with what
//! the file system said of it then. A file of which it still says the same has not changed,
//! and need not be read. What the index cannot vouch for is compared by content: no answer
//! rests on it alone.

use std::fs::Metadata;
use std::ops::Range;

use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::stat::{Options, Time};
use gix::index::entry::{Flags, Stage, Stat};
use gix::index::extension::Tree;
use gix::index::{Entry, File, decode};
use gix::{ObjectId, Repository};

/// Everything that the file system says of a file is compared, to the nanosecond.
const STRICTLY: Options =
    Options { trust_ctime: true, check_stat: true, use_nsec: true, use_stdev: false };

/// Two ticks of the slowest clock by which file systems keep time, in nanoseconds: what was
/// written in one tick bears one time.
const TICKS: i128 = 20_000_000;

/// The index of a work tree.
pub(super) struct Index(File);

/// What the index says of a folder, as far as it is still in step with a tree.
#[derive(Debug, Clone)]
pub(super) struct Branch<'a> {
    /// Its entries: those of everything below the folder.
    pub(super) entries: Range<usize>,
    /// The tree that they come to, if known.
    node: Option<&'a Tree>,
}

impl Index {
    /// The index of a repository's work tree; `None` where it is missing or not understood.
    pub(super) fn of(repository: &Repository) -> Option<Self> {
        let options = decode::Options { alloc_limit_bytes: Some(1 << 30), ..Default::default() };
        // Git itself does not compare the checksum when it reads the index.
        File::at(repository.index_path(), repository.object_hash(), true, options).ok().map(Self)
    }

    /// All of it.
    pub(super) fn root(&self) -> Branch<'_> {
        // The entries of a sparse index may stand for whole folders.
        let node = if self.0.is_sparse() { None } else { self.0.tree() };
        Branch { entries: 0..self.0.entries().len(), node }
    }

    /// The part that is below a folder of a branch; both paths end with `/`.
    pub(super) fn below<'a>(&'a self, branch: &Branch<'a>, path: &[u8]) -> Branch<'a> {
        let all = self.0.entries();
        let entries = all.get(branch.entries.clone()).unwrap_or_default();
        let path_of = |entry: &Entry| entry.path(&self.0).as_bytes();
        let first = entries.partition_point(|e| path_of(e) < path);
        let rest = entries.get(first..).unwrap_or_default();
        let len = rest.partition_point(|e| path_of(e).starts_with(path));
        let start = branch.entries.start + first;
        let name = path.strip_suffix(b"/").unwrap_or(path);
        let name = name.rsplit(|byte| *byte == b'/').next().unwrap_or(name);
        let node = branch.node.and_then(|node| {
            let at = node.children.binary_search_by(|child| child.name.as_slice().cmp(name));
            at.ok().and_then(|at| node.children.get(at))
        });
        Branch { entries: start..start + len, node }
    }

    /// The entries of a branch, if they are known to be those of a tree.
    pub(super) fn in_step(&self, branch: &Branch<'_>, tree: ObjectId) -> Option<&[Entry]> {
        let node = branch.node.filter(|node| node.id == tree)?;
        let entries = self.0.entries().get(branch.entries.clone())?;
        let whole = usize::try_from(node.num_entries?).ok()? == entries.len();
        (whole && entries.iter().all(is_plain)).then_some(entries)
    }

    /// The path of an entry.
    pub(super) fn path(&self, entry: &Entry) -> &[u8] {
        entry.path(&self.0).as_bytes()
    }

    /// The entry of a file, by its path in the repository; of a file in conflict, one of its
    /// entries.
    pub(super) fn find(&self, path: &[u8]) -> Option<usize> {
        self.0.entry_index_by_path(BStr::new(path)).ok()
    }

    /// An entry by its number.
    pub(super) fn get(&self, entry: usize) -> Option<&Entry> {
        self.0.entries().get(entry)
    }

    /// Whether a file of which the file system says this still has the content that it had
    /// when git made its entry.
    pub(super) fn vouches(&self, entry: &Entry, file: &Metadata) -> bool {
        // Git takes away the size of what it could not vouch for itself.
        let sized = entry.stat.size != 0 || entry.id == ObjectId::empty_blob(entry.id.kind());
        let compared = is_plain(entry) && sized;
        let same = || stat(file).is_some_and(|file| entry.stat.matches(&file, STRICTLY));
        compared && same() && self.is_older(&entry.stat)
    }

    /// Whether a file is older than the index, by more than can pass unseen between two
    /// changes of it.
    fn is_older(&self, file: &Stat) -> bool {
        let (index, file) = (self.0.timestamp(), file.mtime);
        let seconds = index.unix_seconds() - i64::from(file.secs);
        if index.nanoseconds() == 0 || file.nsecs == 0 {
            // A file system that keeps whole seconds, or a time that somebody has set.
            return seconds > 0;
        }
        let rest = i128::from(index.nanoseconds()) - i128::from(file.nsecs);
        i128::from(seconds) * 1_000_000_000 + rest > TICKS
    }
}

/// What the file system says of a file, in the words of the index.
#[cfg(unix)]
fn stat(file: &Metadata) -> Option<Stat> {
    use std::os::unix::fs::MetadataExt;
    // The index keeps the lower 32 bits of everything.
    let time = |secs: i64, nsecs: i64| Time { secs: secs as u32, nsecs: nsecs as u32 };
    Some(Stat {
        mtime: time(file.mtime(), file.mtime_nsec()),
        ctime: time(file.ctime(), file.ctime_nsec()),
        dev: file.dev() as u32,
        ino: file.ino() as u32,
        uid: file.uid(),
        gid: file.gid(),
        size: file.size() as u32,
    })
}

/// What the file system says of a file, in the words of the index.
#[cfg(windows)]
fn stat(file: &Metadata) -> Option<Stat> {
    Stat::from_fs(&file.clone().into()).ok()
}

/// Nothing that is known to be meant as git means it.
#[cfg(not(any(unix, windows)))]
fn stat(_: &Metadata) -> Option<Stat> {
    None
}

/// Whether an entry says what was compared: it is in no conflict and no mere intention.
pub(super) fn is_plain(entry: &Entry) -> bool {
    entry.stage() == Stage::Unconflicted && !entry.flags.contains(Flags::INTENT_TO_ADD)
}
