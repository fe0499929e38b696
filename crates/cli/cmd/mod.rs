//! What the command does, a file for each verb.

pub(crate) mod accept;
pub(crate) mod ask;
mod asking;
pub(crate) mod blame;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod document;
pub(crate) mod find;
pub(crate) mod fmt;
mod gone;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod man;
pub(crate) mod merge_driver;
mod missing;
pub(crate) mod new;
mod out;
mod progress;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod show;
pub(crate) mod textconv;

use std::path::{Path, PathBuf};

use jialiang_store::source::{Folder, Git};
use jialiang_store::{Error, ErrorKind, Loaded, Source, load};

use jialiang_model::Registry;
use jialiang_model::date::Day;
use jialiang_model::finding::Message;
use jialiang_model::kind::Fingerprint;
use jialiang_model::lookup::{self, Missing, Sort, Target};
use jialiang_model::version::Version;

use crate::lang::Lang;

/// Why the command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The registry could not be read or written.
    Store(Error),
    /// Two paths lie in different registries.
    Elsewhere(PathBuf),
    /// No document stands at or below a path.
    Nothing(PathBuf),
    /// What should name an edition does not.
    NoAddress(String),
    /// No edition stands at an address; these versions of the standard do.
    NoEdition(String, Vec<Version>),
    /// A word names nothing, or several things.
    Missing(String, Missing),
    /// What an address names is of another sort than is asked for.
    NotThat(String, Sort),
    /// A document does not read.
    Unreadable(String),
    /// A file could not be read, and why.
    File(PathBuf, String),
    /// There is no such file.
    NoFile(PathBuf),
    /// No finding has this fingerprint; whether a base was looked at.
    NoFinding(Fingerprint, bool),
    /// The day until which something is accepted has come already.
    Over(Day),
    /// A file is no edition.
    NoEditionIn(String),
    /// A finding that nobody can answer for.
    NotAcceptable(Fingerprint),
    /// No rule has this name.
    NoRule(String, Option<&'static str>),
    /// A workbook cannot be shown at a terminal.
    Workbook,
    /// A workbook could not be made, and why.
    NoWorkbook(String),
    /// A file is no table that can be read, and why.
    Table(PathBuf, Message),
    /// What should be a standard is something else.
    NotStandard(String),
    /// A document stands where one is to be written, and whether it is a draft.
    Taken(String, bool),
    /// Nothing could be printed.
    Output(std::io::Error),
    /// A file could not be written.
    Write(PathBuf, std::io::Error),
    /// A registry lies at or above the folder in which one was to begin.
    RegistryAbove(PathBuf),
    /// A registry lies below it.
    RegistryBelow(PathBuf),
    /// The place above a new one is not on record.
    NoParent(String),
    /// There is no git to be told.
    NoGit(std::io::Error),
    /// The folder is in no git repository.
    NoRepository(PathBuf),
    /// Git would not, and says why.
    Git(String),
    /// What the new document refers to is not so, or other words of a verb's own.
    Said(Message),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl Failure {
    /// Why a file could not be read: that there is none is told like that of a registry.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NoFile(path.to_owned()),
            _ => Self::File(path.to_owned(), error.to_string()),
        }
    }

    /// The failure and its cause, once.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Store(error) => {
                let path = error.path().display();
                let cause =
                    std::error::Error::source(error).map_or_else(String::new, |e| e.to_string());
                let revision = error.revision().unwrap_or("HEAD");
                match error.kind() {
                    ErrorKind::NotFound => (
                        format!("没有 {path} 这个文件或文件夹"),
                        format!("there is nothing at {path}"),
                    ),
                    ErrorKind::NoRegistry => (
                        format!(
                            "{path} 及其上级文件夹里都没有 registry.json，不知道登记库在哪里；请写出登记库的路径，如 jialiang check standards。若这里就是登记库，请补上 registry.json：{{ \"$schema\": \"../schemas/registry.json\", \"format\": \"1\", \"name\": {{ \"zh\": \"…\" }} }}；要新建一个，请用 jialiang init"
                        ),
                        format!(
                            "no registry.json stands in {path} or above it; name the registry, such as jialiang check standards; where this is the registry, add a registry.json: {{ \"$schema\": \"../schemas/registry.json\", \"format\": \"1\", \"name\": {{ \"zh\": \"…\" }} }}"
                        ),
                    ),
                    ErrorKind::Write => (
                        format!("无法写入 {path}：{cause}"),
                        format!("{path} could not be written: {cause}"),
                    ),
                    ErrorKind::Exists => (
                        format!("{path} 已经有了，未改动；要改请直接编辑，或换一个标识"),
                        format!(
                            "{path} is there already, and was left as it is: edit it, or choose another id"
                        ),
                    ),
                    ErrorKind::NoRepository => (
                        format!(
                            "{path} 不在 git 仓库里，没有以前的内容可以比较；请在仓库里运行，或先建立仓库：git init && git add . && git commit"
                        ),
                        format!(
                            "{path} lies in no git repository, so that there is nothing to compare it with; run the command in one, or make one: git init && git add . && git commit"
                        ),
                    ),
                    ErrorKind::Repository => (
                        format!("无法读取 {path} 所在的 git 仓库：{cause}；请用 git fsck 检查"),
                        format!(
                            "the git repository of {path} could not be read: {cause}; run git fsck to check it"
                        ),
                    ),
                    ErrorKind::NoCommit => (
                        format!(
                            "{path} 所在的 git 仓库还没有提交，没有以前的内容可以比较；请先提交：git add . && git commit"
                        ),
                        format!(
                            "the git repository of {path} has no commit yet, so that there is nothing to compare with; commit first: git add . && git commit"
                        ),
                    ),
                    ErrorKind::NoRevision => {
                        let run = fetch(revision);
                        (
                            format!(
                                "{path} 所在的 git 仓库里没有“{revision}”：写错了，或还没有取回；请运行 {run}"
                            ),
                            format!(
                                "the git repository of {path} knows no `{revision}`: it is misspelt, or was not fetched; run {run}"
                            ),
                        )
                    }
                    ErrorKind::NotCommit => (
                        format!(
                            "“{revision}”不是提交；请写分支、标签或提交的编号，git log --oneline 列出提交"
                        ),
                        format!(
                            "`{revision}` is no commit; name a branch, a tag or a commit: git log --oneline lists commits"
                        ),
                    ),
                    ErrorKind::Shallow => (
                        format!(
                            "{path} 所在的是浅克隆，历史不够长，找不到“{revision}”所指的提交或与它的分叉点；请取回全部历史：git fetch --unshallow"
                        ),
                        format!(
                            "{path} lies in a shallow clone whose history ends before what `{revision}` leads to; fetch all of it: git fetch --unshallow"
                        ),
                    ),
                    ErrorKind::Unrelated => (
                        format!(
                            "“{revision}”与 HEAD 没有共同的提交，找不到分叉点；请另选一个，git log --oneline --graph --all 列出全部历史"
                        ),
                        format!(
                            "`{revision}` and HEAD have no commit in common; name another: git log --oneline --graph --all lists all history"
                        ),
                    ),
                    ErrorKind::Moved => (
                        format!(
                            "分叉点上登记库在 {cause}，不在 {path}；搬动登记库请单独提交，不加 --base 检查，其余改动另行比较"
                        ),
                        format!(
                            "the registry stood in {cause} then, and not in {path}: move it in an edit of its own, checked without --base, and change it in another"
                        ),
                    ),
                    ErrorKind::Object => (
                        format!(
                            "{path} 所在的 git 仓库里有对象缺失或损坏：{cause}；请用 git fsck 检查，部分克隆请取回全部对象：git fetch --refetch --no-filter"
                        ),
                        format!(
                            "an object of the git repository of {path} is missing or damaged: {cause}; run git fsck to check it, or in a partial clone git fetch --refetch --no-filter"
                        ),
                    ),
                    _ => (
                        format!("无法读取 {path}：{cause}"),
                        format!("{path} could not be read: {cause}"),
                    ),
                }
            }
            Self::Elsewhere(path) => (
                format!("{} 不在同一个登记库里，请分开运行", path.display()),
                format!("{} lies in another registry: run the command for each", path.display()),
            ),
            Self::Nothing(path) => (
                format!("{} 里没有文档；文档是 .json 文件", path.display()),
                format!("no document stands at {}; documents are .json files", path.display()),
            ),
            Self::NoRule(name, near) => {
                let (zh, en) = near.map_or_else(
                    || {
                        (
                            "jialiang rules 列出全部规则".to_owned(),
                            "`jialiang rules` lists them all".to_owned(),
                        )
                    },
                    |near| (format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
                );
                (format!("没有“{name}”这条规则；{zh}"), format!("there is no rule `{name}`; {en}"))
            }
            Self::NoAddress(word) => (
                format!(
                    "“{word}”不是一版标准，也没有这个文件；请写成 cn/basic-public-services@1.1.0、…@2023年版 或文件路径"
                ),
                format!(
                    "`{word}` names no edition, and there is no such file; write cn/basic-public-services@1.1.0, …@2023年版 or the path of a file"
                ),
            ),
            Self::NoEdition(word, versions) => {
                let versions: Vec<String> = versions.iter().map(ToString::to_string).collect();
                match versions.is_empty() {
                    true => (
                        format!("没有“{word}”：登记库里没有这部标准的任何一版"),
                        format!("there is no `{word}`: no edition of that standard is on record"),
                    ),
                    false => (
                        format!("没有“{word}”这一版；现有 {}", versions.join("、")),
                        format!("there is no edition `{word}`; there are {}", versions.join(", ")),
                    ),
                }
            }
            Self::Missing(word, why) => missing::sentence(word, why),
            Self::NotThat(address, sort) => (
                format!("{address} 不是{}；jialiang list 列出有什么", sort.zh()),
                format!("{address} is no {sort}; jialiang list tells what there is"),
            ),
            Self::Unreadable(path) => (
                format!("{path} 读不懂，原因见 jialiang check"),
                format!("{path} does not read; for the reasons: jialiang check"),
            ),
            Self::File(path, cause) => (
                format!("无法读取 {}：{cause}", path.display()),
                format!("{} could not be read: {cause}", path.display()),
            ),
            Self::NoFile(path) => {
                let path = path.display();
                (format!("没有 {path} 这个文件或文件夹"), format!("there is nothing at {path}"))
            }
            Self::NoFinding(print, true) => (
                format!("没有指纹为 {print} 的发现；现有的发现见 jialiang check --base …"),
                format!(
                    "no finding has the fingerprint {print}; for those there are: jialiang check --base …"
                ),
            ),
            Self::NoFinding(print, false) => (
                format!(
                    "没有指纹为 {print} 的发现；改动中的发现请加 --base 版本，现有的发现见 jialiang check"
                ),
                format!(
                    "no finding has the fingerprint {print}; for one on an edit add --base REV; for those there are: jialiang check"
                ),
            ),
            Self::Over(until) => (
                format!("--until {until} 不晚于今天，接受了也不起作用；请写将来的日期"),
                format!(
                    "--until {until} is no later than today, and would accept nothing: write a day to come"
                ),
            ),
            Self::NoEditionIn(path) => (
                format!("{path} 不是一版标准；比较的两边都要是某一版"),
                format!("{path} is no edition: both sides of a comparison must be one"),
            ),
            Self::NotAcceptable(print) => (
                format!("{print} 不能接受：读不懂的文档、提示和有关接受本身的发现，只能改正"),
                format!(
                    "{print} cannot be accepted: documents that do not read, notes, and what is found about acceptances can only be mended"
                ),
            ),
            Self::Write(path, error) if error.kind() == std::io::ErrorKind::NotFound => {
                let folder = path.parent().unwrap_or(path).display();
                let path = path.display();
                (
                    format!(
                        "无法写入 {path}：没有 {folder} 这个文件夹；请先建立它：mkdir -p {folder}"
                    ),
                    format!(
                        "{path} could not be written: there is no folder {folder}; make it first: mkdir -p {folder}"
                    ),
                )
            }
            Self::Write(path, error) => (
                format!("无法写入 {}：{error}", path.display()),
                format!("{} could not be written: {error}", path.display()),
            ),
            Self::RegistryAbove(path) => (
                format!("{} 已是登记库，其中不能再建；请在它的上级文件夹运行", path.display()),
                format!(
                    "{} is a registry, and none can begin inside it; run the command in the folder above",
                    path.display()
                ),
            ),
            Self::RegistryBelow(path) => (
                format!("已有登记库：{}；一个仓库只建一个，其他文件夹请另外运行", path.display()),
                format!(
                    "a registry is there already: {}; one is enough for a repository, or begin another in a folder beside it",
                    path.display()
                ),
            ),
            Self::NoParent(place) => (
                format!("上级“{place}”不在库中：请先用 --place {place} 写下它，或不写 --parent"),
                format!(
                    "the place above, `{place}`, is not on record: write it first with --place {place}, or leave --parent out"
                ),
            ),
            Self::NoGit(error) => (
                format!("无法运行 git（{error}）：请先安装，或不写 --with-git-config"),
                format!(
                    "git could not be run ({error}): install it, or leave --with-git-config out"
                ),
            ),
            Self::NoRepository(path) => (
                format!(
                    "{} 不在 git 仓库里：请先运行 git init，或不写 --with-git-config",
                    path.display()
                ),
                format!(
                    "{} is in no git repository: run git init first, or leave --with-git-config out",
                    path.display()
                ),
            ),
            Self::Git(why) => (format!("git 报错：{why}"), format!("git says: {why}")),
            Self::Said(Message { zh, en }) => (zh.clone(), en.clone()),
            Self::Workbook => (
                "Excel 表不能印在屏幕上：请写明文件，如 -o 标准.xlsx".to_owned(),
                "a workbook cannot be shown at a terminal: name a file, such as -o table.xlsx"
                    .to_owned(),
            ),
            Self::NoWorkbook(why) => (
                format!("无法生成 Excel 表：{why}；请改用 --format csv"),
                format!("the workbook could not be made: {why}; try --format csv"),
            ),
            Self::Table(path, why) => {
                let path = path.display();
                (format!("{path}：{}", why.zh), format!("{path}: {}", why.en))
            }
            Self::NotStandard(word) => (
                format!("“{word}”不是一部标准；请写标准的地址，如 cn/basic-public-services"),
                format!(
                    "`{word}` is no standard; write the address of one, such as cn/basic-public-services"
                ),
            ),
            Self::Taken(path, true) => (
                format!("{path} 已有草案，没有动它；要用读成的替换，请加 --force"),
                format!("{path} holds a draft already, and was left alone; --force replaces it"),
            ),
            Self::Taken(path, false) => (
                format!("{path} 已在，且不是草案，不能替换；请换一个版本号，或用 -o 写到别处"),
                format!(
                    "{path} is there and is no draft, so that it cannot be replaced: choose another version, or write elsewhere with -o"
                ),
            ),
            Self::Output(error) => {
                (format!("无法输出：{error}"), format!("the output could not be written: {error}"))
            }
        };
        // What a terminal would obey is not repeated to it.
        let [zh, en] = [zh, en].map(|said| crate::render::visible(&said));
        match lang {
            Lang::Zh => format!("错误：{zh}"),
            Lang::En => format!("error: {en}"),
        }
    }
}

/// The command that brings a revision here or, where that is none that a remote could have,
/// lists those that are here.
fn fetch(revision: &str) -> String {
    let name = revision.split(['~', '^', '@', ':']).next().unwrap_or_default();
    let name = name.strip_prefix("refs/").unwrap_or(name);
    let name = name.strip_prefix("remotes/").or(name.strip_prefix("heads/")).unwrap_or(name);
    let (remote, name) = match name.split_once('/') {
        Some((remote @ ("origin" | "upstream"), name)) => (remote, name),
        _ => ("origin", name),
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let named = !name.is_empty() && !name.starts_with('-') && name.chars().all(plain);
    if named && name != "HEAD" {
        format!("git fetch {remote} {name}")
    } else {
        "git log --oneline --all".to_owned()
    }
}

/// A registry that is read to find something in it.
pub(crate) struct Open {
    pub(crate) folder: Folder,
    /// The commit as which it is read, where one is asked for.
    pub(crate) git: Option<Git>,
    pub(crate) loaded: Loaded,
}

impl Open {
    /// The registry that is named or here, as it stands or as a revision has it.
    pub(crate) fn new(registry: Option<&PathBuf>, rev: Option<&str>) -> Result<Self, Failure> {
        let folder = Asked::new(&registry.cloned().into_iter().collect::<Vec<_>>())?.folder;
        let git = rev.map(|rev| Git::at(&folder, rev)).transpose()?;
        let source = match &git {
            None => Source::Folder(folder.clone()),
            Some(git) => Source::Git(git.clone()),
        };
        Ok(Self { loaded: load(&source)?, folder, git })
    }
}

/// A registry's folder as it stands, or as a revision has it.
pub(crate) fn source(folder: &Folder, rev: Option<&str>) -> Result<Source, Failure> {
    Ok(match rev {
        None => Source::Folder(folder.clone()),
        Some(rev) => Source::Git(Git::at(folder, rev)?),
    })
}

/// The revision before an address, or that of `--rev`: not both.
pub(crate) fn one_revision<'r>(
    before: Option<&'r str>,
    option: Option<&'r str>,
) -> Result<Option<&'r str>, Failure> {
    match (before, option) {
        (Some(_), Some(_)) => Err(Failure::Said(Message::new(
            "地址前的 git 版本与 --rev 只能写一个",
            "a revision stands before the address and behind --rev: write one of them",
        ))),
        (before, option) => Ok(before.or(option)),
    }
}

/// What a word names in a registry.
pub(crate) fn look_up<'a>(registry: &'a Registry, word: &str) -> Result<Target<'a>, Failure> {
    lookup::look_up(registry, word).map_err(|why| Failure::Missing(word.to_owned(), why))
}

/// A registry, and the part of it that was asked for.
pub(crate) struct Asked {
    pub(crate) folder: Folder,
    /// Paths from the root; empty for the whole.
    within: Vec<String>,
}

impl Asked {
    /// The registry that holds the paths; without paths the one here, else `standards`.
    pub(crate) fn new(paths: &[PathBuf]) -> Result<Self, Failure> {
        let Some(first) = paths.first() else {
            let folder = match Folder::holding(Path::new(".")) {
                Err(e) if e.kind() == ErrorKind::NoRegistry => {
                    let inside = Path::new("standards");
                    if inside.join("registry.json").is_file() {
                        Folder::holding(inside)?
                    } else {
                        return Err(e.into());
                    }
                }
                other => other?,
            };
            return Ok(Self { folder, within: Vec::new() });
        };
        let folder = Folder::holding(first)?;
        let mut within = Vec::new();
        for path in paths {
            let other = Folder::holding(path)?;
            let inside =
                folder.inside(path).filter(|_| folder.inside(other.root()).as_deref() == Some(""));
            within.push(inside.ok_or_else(|| Failure::Elsewhere(path.clone()))?);
        }
        if within.iter().any(String::is_empty) {
            within.clear();
        }
        Ok(Self { folder, within })
    }

    /// Whether only a part was asked for.
    pub(crate) fn is_part(&self) -> bool {
        !self.within.is_empty()
    }

    /// That each path that was asked for has something to look at.
    pub(crate) fn is_met_by(&self, loaded: &Loaded, paths: &[PathBuf]) -> Result<(), Failure> {
        let strays = loaded.strays.iter().map(|s| &s.path);
        let all: Vec<_> = loaded.documents.iter().chain(strays).collect();
        for (within, path) in self.within.iter().zip(paths) {
            if !all.iter().any(|document| covers(within, document)) {
                return Err(Failure::Nothing(path.clone()));
            }
        }
        Ok(())
    }

    /// Whether a document is in the part that was asked for.
    pub(crate) fn covers(&self, document: &str) -> bool {
        self.within.is_empty() || self.within.iter().any(|within| covers(within, document))
    }
}

/// Whether a path is, or leads to, a document.
fn covers(within: &str, document: &str) -> bool {
    let rest = document.strip_prefix(within);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
