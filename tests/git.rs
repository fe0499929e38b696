use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use jialiang_store::source::{Changed, Folder, Git};
use jialiang_store::{Error, ErrorKind, Loaded, Source, StrayReason, load};

use crate::sample;

/// A repository in a folder of its own.
struct Repo(PathBuf);

impl Repo {
    /// A new one, without a commit.
    fn new(name: &str) -> Self {
        let repo = Self::empty(name);
        repo.git(&["init", "--quiet", "--initial-branch=main"]);
        repo
    }

    /// A folder for one.
    fn empty(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("git-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// One with the base registry at its root, committed.
    fn base(name: &str) -> Self {
        let repo = Self::new(name);
        repo.lay("");
        repo.commit("base");
        repo
    }

    /// Lays the base registry below a path, with a `/` behind it.
    fn lay(&self, below: &str) {
        for (path, bytes) in sample::base() {
            self.write(&format!("{below}{path}"), bytes);
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// What a command of git says; nothing of the machine has a part in it.
    fn git(&self, words: &[&str]) -> String {
        self.git_with(words, "")
    }

    fn git_with(&self, words: &[&str], input: &str) -> String {
        let (done, said) = self.try_git(words, input);
        assert!(done, "git {words:?}: {said}");
        said
    }

    fn try_git(&self, words: &[&str], input: &str) -> (bool, String) {
        let mut git = Command::new("git")
            .args(["-c", "protocol.file.allow=always", "-c", "gc.auto=0"])
            .args(words)
            .current_dir(&self.0)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", &self.0)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_NAME", "A")
            .env("GIT_AUTHOR_EMAIL", "a@example.org")
            .env("GIT_AUTHOR_DATE", "2024-01-01T00:00:00Z")
            .env("GIT_COMMITTER_NAME", "C")
            .env("GIT_COMMITTER_EMAIL", "c@example.org")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("git is on this machine");
        git.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = git.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).trim_end().to_owned())
    }

    /// Commits everything as it stands, and tells the commit's id.
    fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn folder(&self) -> Folder {
        Folder::holding(&self.0).unwrap()
    }

    fn at(&self, revision: &str) -> Git {
        Git::at(&self.folder(), revision).unwrap()
    }

    /// What has changed since a revision, a line for each: its path, with `+` before what is
    /// new, `-` before what is gone and `~` before what differs.
    fn changed(&self, revision: &str) -> Vec<String> {
        lines(&self.at(revision).changed(&self.folder()).unwrap())
    }

    /// Makes git forget what it knows, so that the next look at a file is not too close to
    /// the last: the index becomes younger than every file.
    fn settle(&self) {
        self.git(&["update-index", "-q", "--really-refresh"]);
        let index = File::options().append(true).open(self.path(".git/index")).unwrap();
        index.set_modified(SystemTime::now() + Duration::from_secs(5)).unwrap();
    }
}

fn lines(changed: &[Changed]) -> Vec<String> {
    let line = |c: &Changed| {
        let sign = match (&c.before, c.after) {
            (None, true) => '+',
            (Some(_), false) => '-',
            (Some(_), true) => '~',
            (None, false) => panic!("{} is nowhere", c.path),
        };
        format!("{sign}{}", c.path)
    };
    changed.iter().map(line).collect()
}

/// Everything that a registry was read as.
fn told(loaded: &Loaded) -> String {
    let Loaded { registry, unreadable, strays, misplaced, documents, texts: _ } = loaded;
    format!("{registry:#?}\n{unreadable:#?}\n{strays:#?}\n{misplaced:#?}\n{documents:#?}")
}

/// A clean work tree and its commit are read as the same.
#[track_caller]
fn is_read_alike(folder: &Folder, git: &Git) {
    let now = load(&Source::Folder(folder.clone())).unwrap();
    let then = load(&Source::Git(git.clone())).unwrap();
    assert_eq!(told(&then), told(&now));
    for document in &now.documents {
        let text = now.texts.read(document).unwrap();
        let (most, same) = (jialiang_model::read::MOST_BYTES, then.texts.read(document).unwrap());
        assert!(text == same || (text.len() > most && same.len() > most), "{document}");
    }
    assert_eq!(git.changed(folder).unwrap(), []);
}

/// The kind of an error, and what it says in full.
fn failed<T: std::fmt::Debug>(result: Result<T, Error>) -> (ErrorKind, String) {
    let error = result.unwrap_err();
    let mut said = error.to_string();
    if let Some(source) = std::error::Error::source(&error) {
        write!(said, ": {source}").unwrap();
    }
    (error.kind(), said)
}

const STANDARD: &str = "cn/sample.standard.json";
const EDITION: &str = "cn/sample@1.0.0.edition.json";
const PLACE: &str = "cn/jurisdiction.json";

#[test]
fn a_clean_tree_is_read_alike_whatever_stands_in_it() {
    let repo = Repo::new("alike");
    repo.lay("");
    repo.write("cn/2022/broken.instrument.json", "{");
    repo.write("cn/2022/empty.instrument.json", "");
    repo.write("cn/2022/not-utf-8.instrument.json", b"\xff\xfe{}");
    repo.write("cn/2022/giant.instrument.json", vec![b'x'; 16 * 1024 * 1024 + 1]);
    repo.write("cn/2022/giant.json", vec![b'x'; 16 * 1024 * 1024 + 1]);
    repo.write("cn/other.standard.json", sample::base()[STANDARD].clone());
    repo.write("cn/notes.json", "{}");
    repo.write("cn/CAPITALS.JSON", "{}");
    repo.write("cn/copy.json.bak", "{}");
    repo.write("cn/text.json.txt", "");
    repo.write("cn/README.md", "");
    repo.write("cn/文档 with a space.json", "{}");
    repo.write(".hidden.json", "{}");
    repo.write(".hidden/cn.json", "{}");
    repo.write("cn/.hidden/cn.json", "{}");
    repo.write("1/2/3/4/5/6/7/8/deep.json", "{}");
    repo.write("1/2/3/4/5/6/7/8/9/deeper.json", "{}");
    repo.write("cn/folder.json/inside.json", "{}");
    repo.write("cn/folder.json/inside.md", "");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        symlink(STANDARD, repo.path("link.json")).unwrap();
        symlink("cn", repo.path("link")).unwrap();
        symlink("nowhere", repo.path("cn/link")).unwrap();
        let name = std::ffi::OsStr::from_bytes(b"cn/\xff.json");
        fs::write(repo.0.join(name), "{}").unwrap();
        fs::create_dir(repo.0.join(std::ffi::OsStr::from_bytes(b"\xfe"))).unwrap();
        fs::write(repo.0.join(std::ffi::OsStr::from_bytes(b"\xfe/in.json")), "{}").unwrap();
    }
    repo.commit("everything");
    let git = repo.at("HEAD");
    is_read_alike(&repo.folder(), &git);
    let loaded = load(&Source::Git(git)).unwrap();
    assert_eq!(loaded.misplaced.len(), 1);
    assert!(loaded.strays.iter().any(|s| s.why == StrayReason::Depth));
    if cfg!(unix) {
        assert_eq!(loaded.strays.iter().filter(|s| s.why == StrayReason::Link).count(), 3);
        assert_eq!(loaded.strays.iter().filter(|s| s.why == StrayReason::Name).count(), 2);
    }
    assert_eq!(loaded.unreadable.len(), 4);

    // In a pack, as changes of each other.
    repo.git(&["gc", "--quiet", "--aggressive"]);
    is_read_alike(&repo.folder(), &repo.at("HEAD"));
    repo.git(&["repack", "-adq", "--write-midx"]);
    is_read_alike(&repo.folder(), &repo.at("HEAD"));
}

#[test]
fn the_real_registry_is_read_alike() {
    let repo = Repo::new("standards");
    for (path, bytes) in sample::folder(&sample::root().join("standards")) {
        repo.write(&format!("standards/{path}"), bytes);
    }
    repo.commit("everything");
    let folder = Folder::holding(&repo.path("standards")).unwrap();
    is_read_alike(&folder, &Git::at(&folder, "HEAD").unwrap());
}

#[test]
fn objects_named_by_the_longer_hash_are_read_alike() {
    let repo = Repo::empty("sha256");
    repo.git(&["init", "--quiet", "--object-format=sha256", "--initial-branch=main"]);
    repo.lay("");
    let commit = repo.commit("base");
    assert_eq!(repo.at("main").commit(), commit);
    is_read_alike(&repo.folder(), &repo.at("main"));
    repo.write(STANDARD, "{}");
    assert_eq!(repo.changed("HEAD"), [format!("~{STANDARD}")]);
}

#[test]
fn a_registry_may_stand_anywhere_in_a_repository() {
    for below in ["standards/", "data/民生/standards/"] {
        let repo = Repo::new(&format!("below-{}", below.matches('/').count()));
        repo.lay(below);
        repo.write("elsewhere.json", "{}");
        repo.write("data/elsewhere.json", "{}");
        repo.write("standards-too/elsewhere.json", "{}");
        let commit = repo.commit("base");
        // Named from the root, and from a folder below its own.
        for named in ["", "cn", "cn/2021/notice.instrument.json"] {
            let full = repo.path(&format!("{below}{named}"));
            let here = std::env::current_dir().unwrap();
            for typed in [full.clone(), relative(&here, &full)] {
                let folder = Folder::holding(&typed).unwrap();
                let git = Git::at(&folder, "HEAD").unwrap();
                assert_eq!(git.commit(), commit);
                is_read_alike(&folder, &git);
            }
        }
        repo.write("elsewhere.json", "[]");
        repo.write(&format!("{below}{STANDARD}"), "[]");
        repo.write(&format!("{below}new.json"), "[]");
        let folder = Folder::holding(&repo.path(below)).unwrap();
        let git = Git::at(&folder, "HEAD").unwrap();
        let changed = git.changed(&folder).unwrap();
        assert_eq!(lines(&changed), [format!("~{STANDARD}"), "+new.json".to_owned()]);
        let text = sample::base()[STANDARD].clone();
        assert_eq!(changed[0].before.as_ref(), Some(&text));
        assert_eq!(git.read(STANDARD).unwrap(), Some(text));
        for nowhere in ["", "new.json", "cn", "cn/", "/cn", "cn/../registry.json", "../x.json"] {
            assert_eq!(git.read(nowhere).unwrap(), None, "{nowhere}");
        }
        let loaded = load(&Source::Git(git)).unwrap();
        let shown = loaded.texts.shown(STANDARD);
        assert_eq!(shown, format!("{}:{below}{STANDARD}", &commit[..12]));
        let text = String::from_utf8(loaded.texts.read(STANDARD).unwrap().into_owned()).unwrap();
        assert_eq!(repo.git(&["show", &shown]), text.trim_end());
        assert_eq!(loaded.texts.read("new.json").unwrap_err().kind(), ErrorKind::NotFound);
    }
}

/// A path as it is typed in a folder.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    from.map(|_| Path::new("..").as_os_str()).chain(to.map(|c| c.as_os_str())).collect()
}

#[test]
fn a_work_tree_may_have_its_repository_elsewhere() {
    let repo = Repo::base("worktree");
    let other = Repo::empty("worktree-linked");
    fs::remove_dir(&other.0).unwrap();
    repo.git(&["worktree", "add", "--quiet", "-b", "other", other.0.to_str().unwrap()]);
    assert!(other.path(".git").is_file());
    is_read_alike(&other.folder(), &other.at("HEAD"));
    other.write(STANDARD, "{}");
    other.git(&["add", "--all"]);
    assert_eq!(other.changed("HEAD"), [format!("~{STANDARD}")]);
    let commit = other.commit("other");
    assert_eq!(other.at("HEAD").commit(), commit);
    assert_eq!(other.changed("HEAD"), [""; 0]);
    assert_eq!(other.changed("main"), [format!("~{STANDARD}")]);
    // A commit is the same from wherever it is seen, and so is a folder.
    assert_eq!(lines(&repo.at("other").changed(&other.folder()).unwrap()), [""; 0]);
    assert_eq!(lines(&other.at("main").changed(&repo.folder()).unwrap()), [""; 0]);

    let bare = Repo::empty("worktree-bare");
    bare.git(&["clone", "--quiet", "--bare", repo.0.to_str().unwrap(), "bare.git"]);
    bare.git(&["-C", "bare.git", "worktree", "add", "--quiet", "../tree", "other"]);
    let folder = Folder::holding(&bare.path("tree")).unwrap();
    is_read_alike(&folder, &Git::at(&folder, "HEAD").unwrap());

    let above = Repo::new("submodule");
    above.git(&["submodule", "--quiet", "add", repo.0.to_str().unwrap(), "below"]);
    above.commit("submodule");
    let below = Folder::holding(&above.path("below")).unwrap();
    is_read_alike(&below, &Git::at(&below, "HEAD").unwrap());
    // Seen from above, it is no folder of this repository.
    above.lay("");
    above.commit("base");
    let loaded = load(&Source::Git(above.at("HEAD"))).unwrap();
    let strays: Vec<_> = loaded.strays.iter().map(|s| (&*s.path, s.why)).collect();
    assert_eq!(strays, [("below", StrayReason::NoFile)]);
    assert_eq!(above.changed("HEAD").len(), sample::base().len(), "the documents in it");
}

#[test]
fn a_folder_that_did_not_exist_was_an_empty_registry() {
    let repo = Repo::new("absent");
    repo.write("README.md", "");
    repo.commit("before");
    repo.lay("standards/");
    let folder = Folder::holding(&repo.path("standards")).unwrap();
    for _ in 0..2 {
        let git = Git::at(&folder, "HEAD").unwrap();
        let loaded = load(&Source::Git(git.clone())).unwrap();
        assert_eq!((loaded.documents.len(), loaded.strays.len()), (0, 0));
        assert!(loaded.registry.card.is_none());
        assert_eq!(git.read("registry.json").unwrap(), None);
        let all: Vec<String> = sample::base().keys().map(|path| format!("+{path}")).collect();
        assert_eq!(lines(&git.changed(&folder).unwrap()), all);
        // A file, or the link to another folder, was no registry either.
        fs::rename(repo.path("standards"), repo.path("aside")).unwrap();
        repo.write("standards", "");
        repo.commit("a file");
        repo.remove("standards");
        fs::rename(repo.path("aside"), repo.path("standards")).unwrap();
    }
}

#[test]
fn the_merge_base_is_where_the_branch_began() {
    let repo = Repo::base("merge-base");
    let base = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["checkout", "--quiet", "-b", "work"]);
    repo.write(STANDARD, "{}");
    let work = repo.commit("ahead");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.write(PLACE, "{}");
    repo.remove(EDITION);
    let main = repo.commit("behind");
    repo.git(&["checkout", "--quiet", "work"]);
    let folder = repo.folder();
    let git = Git::merge_base(&folder, "main").unwrap();
    assert_eq!(git.commit(), base);
    assert_eq!(lines(&git.changed(&folder).unwrap()), [format!("~{STANDARD}")]);
    assert_eq!(
        repo.changed("main"),
        [format!("~{PLACE}"), format!("~{STANDARD}"), format!("+{EDITION}")]
    );

    repo.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(repo.at("HEAD").commit(), work);
    assert_eq!(Git::merge_base(&folder, "main").unwrap().commit(), base);
    assert_eq!(Git::merge_base(&folder, "HEAD").unwrap().commit(), work);
    // With itself, with what it comes of and with what comes of it.
    assert_eq!(Git::merge_base(&folder, "HEAD~1").unwrap().commit(), base);
    repo.git(&["checkout", "--quiet", &base]);
    assert_eq!(Git::merge_base(&folder, "main").unwrap().commit(), base);
    repo.git(&["checkout", "--quiet", "main"]);
    assert_eq!(Git::merge_base(&folder, &work[..9]).unwrap().commit(), base);
    assert_eq!(Git::merge_base(&folder, &main).unwrap().commit(), main);

    repo.git(&["checkout", "--quiet", "--orphan", "alone"]);
    repo.commit("alone");
    let (kind, said) = failed(Git::merge_base(&folder, "main"));
    assert_eq!((kind, said.contains("main")), (ErrorKind::Unrelated, true), "{said}");
}

/// Every clock was wrong, branches were merged both ways: git's answer is ours.
#[test]
fn the_merge_base_is_that_of_git_in_any_history() {
    let repo = Repo::new("history");
    let mut dice = Dice(7);
    let mut history = String::new();
    const COMMITS: usize = 120;
    for i in 0..COMMITS {
        let time = 1_700_000_000 + dice.below(60);
        write!(history, "commit refs/heads/b{i}\nmark :{}\n", i + 1).unwrap();
        write!(history, "committer C <c@example.org> {time} +0000\ndata 1\nx\n").unwrap();
        let (one, other) = (i - dice.below(7.min(i + 1)), i - dice.below(7.min(i + 1)));
        if one < i {
            writeln!(history, "from :{}", one + 1).unwrap();
            if other < i && other != one {
                writeln!(history, "merge :{}", other + 1).unwrap();
            }
        }
        write!(history, "M 100644 inline registry.json\ndata 2\n{{}}\n\n").unwrap();
    }
    repo.git_with(&["fast-import", "--quiet"], &history);
    repo.write("registry.json", "{}");
    let folder = repo.folder();
    let mut several = 0;
    for _ in 0..120 {
        let (ours, theirs) = (dice.below(COMMITS), format!("b{}", dice.below(COMMITS)));
        repo.git(&["symbolic-ref", "HEAD", &format!("refs/heads/b{ours}")]);
        let (found, bases) = repo.try_git(&["merge-base", "--all", "HEAD", &theirs], "");
        several += usize::from(bases.lines().count() > 1);
        match Git::merge_base(&folder, &theirs) {
            Ok(git) => assert_eq!(Some(&*git.commit()), bases.lines().next(), "b{ours} {theirs}"),
            Err(e) => assert_eq!((e.kind(), found), (ErrorKind::Unrelated, false)),
        }
    }
    assert!(several > 0, "some have several");
}

#[test]
fn a_revision_is_whatever_git_takes() {
    let repo = Repo::base("revisions");
    let base = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["tag", "--annotate", "--message", "t", "v1"]);
    repo.git(&["tag", "--annotate", "--message", "t", "v1-again", "v1"]);
    repo.write(STANDARD, "{}");
    repo.commit("second");
    repo.git(&["branch", "feature/one"]);
    repo.git(&["pack-refs", "--all"]);
    repo.commit("third");
    let clone = Repo::empty("revisions-clone");
    clone.git(&["clone", "--quiet", repo.0.to_str().unwrap(), "."]);
    clone.commit("fourth");
    let asked = [
        "HEAD",
        "@",
        "HEAD~3",
        "HEAD^^",
        "HEAD~1^0",
        "main",
        "refs/heads/main",
        "origin/main",
        "origin",
        "origin/feature/one",
        "v1",
        "v1^{}",
        "v1-again",
        "tags/v1",
        "HEAD@{1}",
        "main@{0}",
        "@{u}",
        "main@{upstream}",
        ":/second",
        "HEAD^{/third}",
        &base,
        &base[..7],
    ];
    for revision in asked {
        let commit = clone.git(&["rev-list", "--max-count=1", revision]);
        assert_eq!(clone.at(revision).commit(), commit, "{revision}");
    }
    assert_eq!(clone.changed("v1"), [format!("~{STANDARD}")]);
    let folder = clone.folder();
    let git = Git::merge_base(&folder, "v1-again").unwrap();
    assert_eq!(git.commit(), base);
}

#[test]
fn an_error_says_what_is_wrong_with_the_repository() {
    let outside = std::env::temp_dir().join(format!("jialiang-outside-{}", std::process::id()));
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("registry.json"), "{}").unwrap();
    let (kind, said) = failed(Git::at(&Folder::holding(&outside).unwrap(), "HEAD"));
    fs::remove_dir_all(&outside).unwrap();
    assert_eq!(kind, ErrorKind::NoRepository, "{said}");

    let repo = Repo::new("unborn");
    repo.lay("");
    for revision in ["HEAD", "@", "HEAD~1"] {
        assert_eq!(failed(Git::at(&repo.folder(), revision)).0, ErrorKind::NoCommit);
    }
    assert_eq!(failed(Git::at(&repo.folder(), "main")).0, ErrorKind::NoRevision);
    repo.commit("base");
    repo.git(&["switch", "--quiet", "--orphan", "new"]);
    repo.lay("");
    assert_eq!(failed(Git::merge_base(&repo.folder(), "main")).0, ErrorKind::NoCommit);

    // Of a format that this program does not know: better no answer than a wrong one.
    let repo = Repo::base("format");
    let config = fs::read_to_string(repo.path(".git/config")).unwrap();
    let newer = config.replace("repositoryformatversion = 0", "repositoryformatversion = 1");
    for extension in ["refStorage = reftable", "objectFormat = sha512", "another = true"] {
        fs::write(repo.path(".git/config"), format!("{newer}[extensions]\n{extension}\n")).unwrap();
        let (kind, said) = failed(Git::at(&repo.folder(), "HEAD"));
        assert_eq!(kind, ErrorKind::Repository, "{said}");
    }
    fs::write(repo.path(".git/config"), config).unwrap();
    fs::rename(repo.path(".git"), repo.path("moved")).unwrap();
    fs::write(repo.path(".git"), "gitdir: nowhere\n").unwrap();
    let (kind, said) = failed(Git::at(&repo.folder(), "HEAD"));
    assert_eq!(kind, ErrorKind::Repository, "{said}");
}

#[test]
fn an_error_says_what_is_wrong_with_a_revision() {
    let repo = Repo::base("bad-revisions");
    repo.git(&["tag", "blob", "HEAD:registry.json"]);
    repo.git(&["tag", "--annotate", "--message", "t", "tree", "HEAD:cn"]);
    let unknown = [
        "nowhere",
        "origin/main",
        "HEAD~9",
        "HEAD^2",
        "deadbeef",
        "",
        "a b",
        "-x",
        "main..main",
        "^main",
        "HEAD^!",
        "@{u}",
        "0000000000000000000000000000000000000001",
        "HEAD:nowhere",
    ];
    for revision in unknown {
        let error = Git::at(&repo.folder(), revision).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NoRevision, "{revision}: {error}");
        assert_eq!(error.revision(), Some(revision));
        assert!(error.path().ends_with("git-bad-revisions"), "{error:?}");
    }
    for revision in
        ["HEAD:cn", "HEAD^{tree}", "HEAD:registry.json", "blob", "tree", ":registry.json"]
    {
        let error = Git::at(&repo.folder(), revision).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotCommit, "{revision}: {error}");
        assert_eq!(error.revision(), Some(revision));
    }
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let repo = Repo::base("deep");
    repo.commit("second");
    repo.git(&["checkout", "--quiet", "-b", "other"]);
    repo.commit("third");
    repo.git(&["checkout", "--quiet", "main"]);
    repo.commit("fourth");
    let clone = Repo::empty("shallow");
    let from = format!("file://{}", repo.0.to_str().unwrap());
    clone.git(&["clone", "--quiet", "--depth=1", "--no-single-branch", &from, "."]);
    is_read_alike(&clone.folder(), &clone.at("HEAD"));
    for revision in ["HEAD~1", "HEAD~2", "origin/other~1", "HEAD^"] {
        let error = Git::at(&clone.folder(), revision).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Shallow, "{revision}: {error}");
        assert_eq!(error.revision(), Some(revision));
    }
    let error = Git::merge_base(&clone.folder(), "origin/other").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Shallow, "{error}");
    assert_eq!(failed(Git::at(&clone.folder(), "nowhere")).0, ErrorKind::NoRevision);
    clone.git(&["fetch", "--quiet", "--unshallow"]);
    let base = clone.git(&["rev-parse", "HEAD~1"]);
    let git = Git::merge_base(&clone.folder(), "origin/other").unwrap();
    assert_eq!(git.commit(), base);
}

#[test]
fn an_object_that_is_missing_or_damaged_is_an_error() {
    let object = |repo: &Repo, name: &str| {
        let id = repo.git(&["rev-parse", name]);
        repo.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))
    };
    for (name, damage) in [("missing", None), ("damaged", Some("no object")), ("empty", Some(""))] {
        for what in ["HEAD^{tree}", "HEAD:cn", &format!("HEAD:{STANDARD}")] {
            let repo = Repo::base(name);
            repo.write(STANDARD, "changed");
            // Nothing in the index vouches for what stands below.
            repo.remove(".git/index");
            let path = object(&repo, what);
            fs::remove_file(&path).unwrap();
            damage.into_iter().for_each(|bytes| fs::write(&path, bytes).unwrap());
            let git = Git::at(&repo.folder(), "HEAD");
            let read = git.and_then(|git| load(&Source::Git(git)).map(drop));
            assert_eq!(failed(read).0, ErrorKind::Object, "{name} {what}");
            let git = Git::at(&repo.folder(), "HEAD");
            let changed = git.and_then(|git| git.changed(&repo.folder()));
            let (kind, said) = failed(changed);
            assert_eq!(kind, ErrorKind::Object, "{name} {what} {said}");
        }
        let repo = Repo::base(name);
        repo.git(&["checkout", "--quiet", "-b", "other"]);
        repo.commit("second");
        repo.git(&["checkout", "--quiet", "--detach", "main"]);
        repo.commit("third");
        let path = object(&repo, "main");
        fs::remove_file(&path).unwrap();
        damage.into_iter().for_each(|bytes| fs::write(&path, bytes).unwrap());
        for revision in ["main", "HEAD~1"] {
            let (kind, said) = failed(Git::at(&repo.folder(), revision));
            assert_eq!(kind, ErrorKind::Object, "{name} {revision} {said}");
        }
        let (kind, said) = failed(Git::merge_base(&repo.folder(), "other"));
        assert_eq!(kind, ErrorKind::Object, "{name} {said}");
    }

    // A tree that no folder could be: git would not have written it.
    let repo = Repo::base("disorder");
    let blob = repo.git(&["rev-parse", "HEAD:registry.json"]);
    let bytes: Vec<u8> =
        (0..20).map(|i| u8::from_str_radix(&blob[2 * i..2 * i + 2], 16).unwrap()).collect();
    for names in [["b.json", "a.json"], ["a.json", "a.json"], ["a/b.json", "b.json"]] {
        let entries = names.map(|name| [b"100644 ", name.as_bytes(), b"\0", &bytes].concat());
        fs::write(repo.path(".git/tree"), entries.concat()).unwrap();
        let tree = repo.git(&["hash-object", "-t", "tree", "-w", "--literally", "--", ".git/tree"]);
        let commit = repo.git(&["commit-tree", "-m", "m", &tree]);
        let (kind, said) = failed(load(&Source::Git(repo.at(&commit))));
        assert_eq!(kind, ErrorKind::Object, "{names:?} {said}");
    }
}

#[test]
fn a_giant_document_is_not_taken_out_of_its_object() {
    let repo = Repo::base("giant");
    repo.write(STANDARD, vec![b'{'; jialiang_model::read::MOST_BYTES + 1]);
    repo.commit("giant");
    let git = repo.at("HEAD");
    let before = git.read(STANDARD).unwrap().unwrap();
    assert_eq!(before.len(), jialiang_model::read::MOST_BYTES + 1);
    assert_eq!(repo.changed("HEAD"), [""; 0]);
    repo.write(STANDARD, vec![b'{'; jialiang_model::read::MOST_BYTES + 2]);
    assert_eq!(repo.changed("HEAD"), [format!("~{STANDARD}")]);
    assert_eq!(repo.changed("HEAD~1"), [format!("~{STANDARD}")]);
}

/// A file that was touched in every way that leaves or changes its bytes.
#[test]
fn what_has_changed_is_told_by_bytes() {
    type Act = fn(&Repo);
    let cases: &[(&str, Act, &[&str])] = &[
        ("nothing", |_| {}, &[]),
        ("modified", |r| r.write(STANDARD, "{}"), &["~cn/sample.standard.json"]),
        (
            "staged",
            |r| {
                r.write(STANDARD, "{}");
                r.git(&["add", "--all"]);
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "modified after staging",
            |r| {
                r.write(STANDARD, "{}");
                r.git(&["add", "--all"]);
                r.write(STANDARD, "[]");
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "staged and taken back in the work tree only",
            |r| {
                r.write(STANDARD, "{}");
                r.git(&["add", "--all"]);
                r.write(STANDARD, &sample::base()[STANDARD]);
            },
            &[],
        ),
        ("deleted", |r| r.remove(STANDARD), &["-cn/sample.standard.json"]),
        (
            "deleted in the index only",
            |r| drop(r.git(&["rm", "--quiet", "--cached", STANDARD])),
            &[],
        ),
        (
            "deleted, staged",
            |r| drop(r.git(&["rm", "--quiet", STANDARD])),
            &["-cn/sample.standard.json"],
        ),
        (
            "folder deleted",
            |r| fs::remove_dir_all(r.path("cn/2021")).unwrap(),
            &["-cn/2021/notice.adjustment.json", "-cn/2021/notice.instrument.json"],
        ),
        (
            "added",
            |r| r.write("cn/2022/new.instrument.json", ""),
            &["+cn/2022/new.instrument.json"],
        ),
        (
            "added, staged",
            |r| {
                r.write("new.json", "{}");
                r.git(&["add", "--all"]);
            },
            &["+new.json"],
        ),
        (
            "added, only meant to be",
            |r| {
                r.write("new.json", "{}");
                r.git(&["add", "--intent-to-add", "new.json"]);
            },
            &["+new.json"],
        ),
        (
            "in the commit, and only meant to be added again",
            |r| {
                r.git(&["rm", "--quiet", "--cached", STANDARD]);
                r.git(&["add", "--intent-to-add", STANDARD]);
            },
            &[],
        ),
        (
            "ignored",
            |r| {
                r.write(".gitignore", "*.json\n");
                r.write("cn/ignored.json", "{}");
            },
            &["+cn/ignored.json"],
        ),
        (
            "not for the registry",
            |r| {
                r.write("cn/.hidden.json", "{}");
                r.write(".hidden/new.json", "{}");
                r.write("cn/new.md", "{}");
                r.write("cn/new.json.bak", "{}");
                r.write("1/2/3/4/5/6/7/8/9/deep.json", "{}");
            },
            &[],
        ),
        (
            "touched",
            |r| {
                let file = File::options().append(true).open(r.path(STANDARD)).unwrap();
                file.set_modified(SystemTime::now() - Duration::from_secs(1000)).unwrap();
            },
            &[],
        ),
        ("written again", |r| r.write(STANDARD, &sample::base()[STANDARD]), &[]),
        (
            "renamed",
            |r| fs::rename(r.path(STANDARD), r.path("cn/b.json")).unwrap(),
            &["+cn/b.json", "-cn/sample.standard.json"],
        ),
        (
            "renamed, staged",
            |r| drop(r.git(&["mv", "cn", "aa"])),
            &[
                "+aa/2021/notice.adjustment.json",
                "+aa/2021/notice.instrument.json",
                "+aa/jurisdiction.json",
                "+aa/sample-crosswalk.crosswalk.json",
                "+aa/sample-figures.indicators.json",
                "+aa/sample-plan.plan.json",
                "+aa/sample.standard.json",
                "+aa/sample@1.0.0.edition.json",
                "-cn/2021/notice.adjustment.json",
                "-cn/2021/notice.instrument.json",
                "-cn/jurisdiction.json",
                "-cn/sample-crosswalk.crosswalk.json",
                "-cn/sample-figures.indicators.json",
                "-cn/sample-plan.plan.json",
                "-cn/sample.standard.json",
                "-cn/sample@1.0.0.edition.json",
            ],
        ),
        (
            "a folder in place of a file",
            |r| {
                r.remove(STANDARD);
                r.write(&format!("{STANDARD}/in.json"), "");
            },
            &["-cn/sample.standard.json", "+cn/sample.standard.json/in.json"],
        ),
        (
            "a file in place of a folder",
            |r| {
                fs::remove_dir_all(r.path("cn")).unwrap();
                r.write("cn", "");
            },
            &[
                "-cn/2021/notice.adjustment.json",
                "-cn/2021/notice.instrument.json",
                "-cn/jurisdiction.json",
                "-cn/sample-crosswalk.crosswalk.json",
                "-cn/sample-figures.indicators.json",
                "-cn/sample-plan.plan.json",
                "-cn/sample.standard.json",
                "-cn/sample@1.0.0.edition.json",
            ],
        ),
        (
            "assumed unchanged, and changed",
            |r| {
                r.git(&["update-index", "--assume-unchanged", STANDARD, PLACE]);
                r.write(STANDARD, "{}");
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "not wanted in the work tree, and changed there",
            |r| {
                r.git(&["update-index", "--skip-worktree", STANDARD, PLACE]);
                r.write(STANDARD, "{}");
                r.remove(PLACE);
            },
            &["-cn/jurisdiction.json", "~cn/sample.standard.json"],
        ),
        (
            "other line ends",
            |r| r.write(STANDARD, with_returns(&sample::base()[STANDARD])),
            &["~cn/sample.standard.json"],
        ),
        (
            "other line ends, staged as they are",
            |r| {
                r.write(STANDARD, with_returns(&sample::base()[STANDARD]));
                r.git(&["add", "--all"]);
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "other line ends that git itself has written",
            |r| {
                r.remove(STANDARD);
                r.remove(PLACE);
                r.git(&["-c", "core.autocrlf=true", "checkout", "--", "."]);
                assert!(fs::read(r.path(STANDARD)).unwrap().contains(&b'\r'));
                let file = File::options().append(true).open(r.path(STANDARD)).unwrap();
                file.set_modified(SystemTime::now() - Duration::from_secs(1000)).unwrap();
            },
            &[],
        ),
        (
            "other line ends that git itself has written, and a change",
            |r| {
                r.remove(STANDARD);
                r.git(&["-c", "core.autocrlf=true", "checkout", "--", "."]);
                let text = fs::read_to_string(r.path(STANDARD)).unwrap();
                r.write(STANDARD, text.replacen("cn", "nc", 1));
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "no index",
            |r| {
                r.write(STANDARD, "{}");
                r.remove(".git/index");
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "no index that can be read",
            |r| {
                r.write(STANDARD, "{}");
                r.write(".git/index", "DIRC what is this");
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "half an index",
            |r| {
                r.write(STANDARD, "{}");
                let index = fs::read(r.path(".git/index")).unwrap();
                r.write(".git/index", &index[..index.len() / 2]);
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "an index of version 4",
            |r| {
                r.git(&["update-index", "--index-version=4"]);
                r.write(STANDARD, "{}");
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "an index without its trees",
            |r| {
                let entries = r.git(&["ls-files", "--stage"]);
                r.remove(".git/index");
                r.git_with(&["update-index", "--index-info"], &format!("{entries}\n"));
                r.settle();
                r.write(STANDARD, "{}");
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "a split index",
            |r| {
                r.git(&["update-index", "--split-index"]);
                r.write(STANDARD, "{}");
                r.git(&["add", "--all"]);
                r.write("cn/2021/new.json", "{}");
                r.git(&["add", "--all"]);
                r.git(&["rm", "--quiet", PLACE]);
            },
            &["+cn/2021/new.json", "-cn/jurisdiction.json", "~cn/sample.standard.json"],
        ),
        (
            "a split index whose other half is gone",
            |r| {
                r.git(&["update-index", "--split-index"]);
                for entry in fs::read_dir(r.path(".git")).unwrap() {
                    let path = entry.unwrap().path();
                    if path.file_name().unwrap().to_str().unwrap().starts_with("sharedindex") {
                        fs::remove_file(path).unwrap();
                    }
                }
                r.write(STANDARD, "{}");
            },
            &["~cn/sample.standard.json"],
        ),
        (
            "a sparse index",
            |r| {
                r.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "aa"]);
                r.write("cn/sample.standard.json", "{}");
                r.write(PLACE, &sample::base()[PLACE]);
            },
            &[
                "-cn/2021/notice.adjustment.json",
                "-cn/2021/notice.instrument.json",
                "-cn/sample-crosswalk.crosswalk.json",
                "-cn/sample-figures.indicators.json",
                "-cn/sample-plan.plan.json",
                "~cn/sample.standard.json",
                "-cn/sample@1.0.0.edition.json",
            ],
        ),
        (
            "in conflict",
            |r| {
                r.git(&["checkout", "--quiet", "-b", "other"]);
                r.write(STANDARD, "{}");
                r.commit("ours");
                r.git(&["checkout", "--quiet", "-b", "third", "main"]);
                r.write(STANDARD, "[]");
                r.commit("theirs");
                assert!(!r.try_git(&["merge", "other"], "").0);
                // Even where it stands as it was.
                r.write(STANDARD, &sample::base()[STANDARD]);
            },
            &["~cn/sample.standard.json"],
        ),
    ];
    for (name, act, wanted) in cases {
        for settled in [false, true] {
            let repo = Repo::base("changed");
            if settled {
                repo.settle();
            }
            act(&repo);
            assert_eq!(repo.changed("main"), *wanted, "{name}, settled: {settled}");
        }
    }
}

/// Bytes with the line ends of another system.
fn with_returns(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8(bytes.to_vec()).unwrap().replace('\n', "\r\n").into_bytes()
}

/// What has changed since a revision, found by reading everything.
fn slowly(repo: &Repo, revision: &str) -> Vec<String> {
    let read = |source: Source| -> BTreeMap<String, Vec<u8>> {
        let loaded = load(&source).unwrap();
        let strays = loaded.strays.iter().filter(|s| s.why == StrayReason::Path).map(|s| &s.path);
        let json = strays.filter(|path| path.to_ascii_lowercase().ends_with(".json"));
        let all = loaded.documents.iter().chain(json);
        all.map(|path| (path.to_string(), loaded.texts.read(path).unwrap().into_owned())).collect()
    };
    let before = read(Source::Git(repo.at(revision)));
    let after = read(Source::Folder(repo.folder()));
    let paths: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let line = |path: &String| match (before.get(path), after.get(path)) {
        (Some(_), None) => Some(format!("-{path}")),
        (None, Some(_)) => Some(format!("+{path}")),
        (one, other) => (one != other).then(|| format!("~{path}")),
    };
    paths.into_iter().filter_map(line).collect()
}

/// Whatever people do to files and tell git, no answer differs from that of reading all.
#[test]
fn what_has_changed_is_told_alike_whatever_was_done_before() {
    let repo = Repo::new("random");
    let mut dice = Dice(11);
    let texts = ["{}", "[]", "{ }", "", "{}\n", "\"\""];
    let folders = ["", "a/", "a/b/", "a.b/", "a-b/", "b/c.json/", "ab/", "民生/"];
    let names = ["a.json", "b.json", "a.json.json", "B.JSON", "c", "a.json.bak"];
    repo.write("registry.json", "{}");
    repo.commit("0");
    let mut commits = vec!["HEAD".to_owned()];
    for step in 0..80 {
        for _ in 0..dice.below(4) {
            let folder = folders[dice.below(folders.len())];
            let path = format!("{folder}{}", names[dice.below(names.len())]);
            let full = repo.path(&path);
            // What stands in the way goes.
            if full.is_dir() {
                fs::remove_dir_all(&full).unwrap();
            }
            for above in full.ancestors().skip(1).take_while(|above| **above != repo.0) {
                if above.is_file() {
                    fs::remove_file(above).unwrap();
                }
            }
            match dice.below(8) {
                0 => drop(fs::remove_file(&full)),
                1 if !folder.is_empty() => drop(fs::remove_dir_all(full.parent().unwrap())),
                2 if full.exists() => drop(repo.try_git(&["add", &path], "")),
                3 => drop(repo.try_git(&["rm", "-q", "--cached", "--", &path], "")),
                _ => repo.write(&path, texts[dice.below(texts.len())]),
            }
        }
        let commit = &commits[dice.below(commits.len())];
        match dice.below(14) {
            0..4 => commits.push(repo.commit("more")),
            4 => drop(repo.git(&["add", "--all"])),
            5 => drop(repo.git(&["add", "--update"])),
            6 => drop(repo.git(&["reset", "--quiet"])),
            7 => drop(repo.git(&["reset", "--quiet", "--hard", commit])),
            8 => drop(repo.git(&["stash", "--quiet", "--include-untracked"])),
            9 => drop(repo.git(&["status", "--porcelain"])),
            10 => drop(repo.git(&["update-index", "--index-version", ["2", "3", "4"][step % 3]])),
            11 => {
                drop(repo.git(&["update-index", ["--split-index", "--no-split-index"][step % 2]]))
            }
            12 => drop(repo.git(&["gc", "--quiet"])),
            _ => {}
        }
        for revision in ["HEAD", &commits[dice.below(commits.len())]] {
            assert_eq!(repo.changed(revision), slowly(&repo, revision), "step {step}, {revision}");
        }
    }
}

/// A small generator of numbers that look random.
struct Dice(u64);

impl Dice {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % n
    }
}

/// Makes the index say of a document that it has the content of an object, and gives the
/// index a time so much after that of the document.
fn forge(repo: &Repo, document: &str, object: &str, younger: Duration) {
    let bytes = |id: &str| -> Vec<u8> {
        (0..20).map(|i| u8::from_str_radix(&id[2 * i..2 * i + 2], 16).unwrap()).collect()
    };
    let (is, says) = (bytes(&repo.git(&["hash-object", document])), bytes(object));
    let path = repo.path(".git/index");
    let mut index = fs::read(&path).unwrap();
    let at = index.windows(20).position(|window| window == is).unwrap();
    index[at..at + 20].copy_from_slice(&says);
    fs::write(&path, index).unwrap();
    let time = fs::metadata(repo.path(document)).unwrap().modified().unwrap();
    File::options().append(true).open(path).unwrap().set_modified(time + younger).unwrap();
}

/// What the index vouches for is not read: one that lies is believed. It is not believed of
/// a file that may have been written after it.
#[test]
fn what_the_index_vouches_for_is_not_read() {
    let repo = Repo::base("forged");
    let base = repo.git(&["rev-parse", &format!("HEAD:{STANDARD}")]);
    let text = String::from_utf8(sample::base()[STANDARD].clone()).unwrap();
    // As many bytes, and others.
    let other = text.replacen("cn/", "nc/", 1);
    assert!(other.len() == text.len() && other != text);
    repo.write(STANDARD, &other);
    // A time in whole seconds may be that of a file system that knows no others.
    let second = Duration::from_secs(800_000_000);
    let fine = [(0, false), (1, false), (10, false), (1000, true), (5000, true)];
    let coarse = [(0, false), (999, false), (1000, true)];
    for (time, cases) in [(second + Duration::from_micros(7), &fine[..]), (second * 2, &coarse)] {
        let file = File::options().append(true).open(repo.path(STANDARD)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + time).unwrap();
        repo.git(&["add", "--all"]);
        let index = fs::read(repo.path(".git/index")).unwrap();
        for (younger, believed) in cases {
            fs::write(repo.path(".git/index"), &index).unwrap();
            forge(&repo, STANDARD, &base, Duration::from_millis(*younger));
            let wanted = if *believed { vec![] } else { vec![format!("~{STANDARD}")] };
            assert_eq!(repo.changed("HEAD"), wanted, "younger by {younger} ms");
        }
        fs::write(repo.path(".git/index"), &index).unwrap();
    }
}

/// Written within a moment of the index, with as many bytes and the same time.
#[test]
fn a_change_that_the_clock_did_not_see_is_seen() {
    let repo = Repo::base("racy");
    let text = String::from_utf8(sample::base()[STANDARD].clone()).unwrap();
    for round in 0..20 {
        repo.write(STANDARD, &text);
        repo.git(&["add", "--all"]);
        let time = fs::metadata(repo.path(STANDARD)).unwrap().modified().unwrap();
        repo.write(STANDARD, text.replacen("cn/", ["nc/", "c//", "/cn"][round % 3], 1));
        if round % 2 == 0 {
            let file = File::options().append(true).open(repo.path(STANDARD)).unwrap();
            file.set_modified(time).unwrap();
        }
        assert_eq!(repo.changed("HEAD"), [format!("~{STANDARD}")], "round {round}");
    }
}

/// What configurations say, and what lies in wait in a repository, changes no answer.
#[test]
fn no_configuration_changes_an_answer() {
    let repo = Repo::base("hostile");
    let base = repo.git(&["rev-parse", "HEAD"]);
    repo.write(STANDARD, "{}");
    repo.write(EDITION, with_returns(&sample::base()[EDITION]));
    let honest = repo.commit("second");
    let text = repo.at("HEAD").read(PLACE).unwrap();
    repo.write("cn/new.json", "{}");
    let elsewhere = Repo::base("hostile-elsewhere");
    let place = repo.git(&["rev-parse", &format!("HEAD:{PLACE}")]);
    let other = repo.git(&["rev-parse", &format!("HEAD:{EDITION}")]);
    repo.git(&["replace", &place, &other]);
    repo.git(&["replace", &honest, &base]);
    let mark = repo.path("marked");
    let run = format!("touch {}", mark.display());
    for hook in ["fsmonitor", "post-index-change", "post-checkout", "reference-transaction"] {
        repo.write(&format!(".git/hooks/{hook}"), format!("#!/bin/sh\n{run}\n"));
    }
    repo.write(".gitattributes", "* text=auto eol=crlf filter=evil diff=evil\n*.json ident\n");
    repo.write(".git/info/attributes", "*.json filter=evil -text\n");
    repo.write(".git/info/exclude", "*\n");
    repo.write("included", "[core]\n\tbare = true\n");
    let config = fs::read_to_string(repo.path(".git/config")).unwrap();
    let settings = format!(
        r#"{config}
[core]
	bare = true
	worktree = {elsewhere}
	autocrlf = true
	fsmonitor = {run}
	hooksPath = hooks
	trustctime = false
	checkStat = minimal
	ignoreStat = true
	fileMode = false
	ignoreCase = true
	sparseCheckout = true
	untrackedCache = true
	abbrev = 4
	attributesFile = {elsewhere}/.git/config
	excludesFile = {elsewhere}/.git/config
[include]
	path = {included}
[filter "evil"]
	clean = {run}
	smudge = {run}
	process = {run}
	required = true
[diff "evil"]
	textconv = {run}
[index]
	threads = 9
	skipHash = true
[gitoxide "core"]
	indexFile = {elsewhere}/.git/index
	shallowFile = config
	refsNamespace = evil
[gitoxide "objects"]
	allocLimit = 1
	replaceRefBase = refs/heads
"#,
        elsewhere = elsewhere.0.display(),
        included = repo.path("included").display(),
    );
    fs::write(repo.path(".git/config"), settings).unwrap();
    let git = repo.at("main");
    assert_eq!(git.commit(), honest);
    assert_eq!(git.read(PLACE).unwrap(), text);
    assert_eq!(repo.changed("main"), ["+cn/new.json"]);
    let both = ["+cn/new.json", "~cn/sample.standard.json", "~cn/sample@1.0.0.edition.json"];
    assert_eq!(repo.changed(&base), both);
    repo.remove("cn/new.json");
    is_read_alike(&repo.folder(), &git);
    assert_eq!(Git::merge_base(&repo.folder(), &base).unwrap().commit(), base);
    assert!(!mark.exists(), "something was run");
}

/// Everything below a folder, with its bytes and its time.
fn everything(at: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut all = BTreeMap::new();
    let mut folders = vec![at.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let (path, said) = entry.map(|e| (e.path(), e.metadata().unwrap())).unwrap();
            let bytes = if said.is_dir() { Vec::new() } else { fs::read(&path).unwrap() };
            if said.is_dir() {
                folders.push(path.clone());
            }
            all.insert(path, (bytes, said.modified().unwrap()));
        }
    }
    all
}

#[test]
fn nothing_is_written() {
    let repo = Repo::base("unwritten");
    repo.write(STANDARD, "{}");
    let touched = File::options().append(true).open(repo.path(PLACE)).unwrap();
    touched.set_modified(SystemTime::now() - Duration::from_secs(1000)).unwrap();
    let before = everything(&repo.0);
    let folder = repo.folder();
    let git = Git::merge_base(&folder, "HEAD").unwrap();
    assert_eq!(lines(&git.changed(&folder).unwrap()), [format!("~{STANDARD}")]);
    load(&Source::Git(git)).unwrap();
    assert!(before == everything(&repo.0));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_no_document() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let repo = Repo::base("no-file");
    repo.remove(STANDARD);
    symlink("jurisdiction.json", repo.path(STANDARD)).unwrap();
    fs::remove_dir_all(repo.path("cn/2021")).unwrap();
    symlink("..", repo.path("cn/2021")).unwrap();
    // A mode is no content.
    fs::set_permissions(repo.path(PLACE), fs::Permissions::from_mode(0o755)).unwrap();
    let gone = [
        "-cn/2021/notice.adjustment.json",
        "-cn/2021/notice.instrument.json",
        "-cn/sample.standard.json",
    ];
    assert_eq!(repo.changed("HEAD"), gone);
    repo.commit("links");
    assert_eq!(repo.changed("HEAD"), [""; 0]);
    repo.remove(STANDARD);
    repo.write(STANDARD, "jurisdiction.json");
    assert_eq!(repo.changed("HEAD"), ["+cn/sample.standard.json"]);
    assert_eq!(repo.changed("HEAD~1"), [gone[0], gone[1], "~cn/sample.standard.json"]);
}
