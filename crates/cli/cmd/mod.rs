//! What the command does, a file for each verb.

pub(crate) mod check;
pub(crate) mod document;
pub(crate) mod fmt;
pub(crate) mod init;
pub(crate) mod merge_driver;
pub(crate) mod rules;
pub(crate) mod textconv;

use std::path::{Path, PathBuf};

use jialiang_store::source::Folder;
use jialiang_store::{Error, ErrorKind, Loaded};

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
    /// No rule has this name.
    NoRule(String, Option<&'static str>),
    /// Nothing could be printed.
    Output(std::io::Error),
    /// A file could not be read.
    Read(PathBuf, std::io::Error),
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
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl Failure {
    /// The failure and its cause, once.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Store(error) => {
                let path = error.path().display();
                let cause =
                    std::error::Error::source(error).map_or_else(String::new, |e| e.to_string());
                match error.kind() {
                    ErrorKind::NotFound => (
                        format!("没有 {path} 这个文件或文件夹"),
                        format!("there is nothing at {path}"),
                    ),
                    ErrorKind::NoRegistry => (
                        format!(
                            "{path} 及其上级文件夹里都没有 registry.json，不知道登记库在哪里；请写出登记库的路径，如 jialiang check standards。若这里就是登记库，请补上 registry.json：{{ \"$schema\": \"../schemas/registry.json\", \"format\": \"1\", \"name\": {{ \"zh\": \"…\" }} }}"
                        ),
                        format!(
                            "no registry.json stands in {path} or above it; name the registry, such as jialiang check standards; where this is the registry, add a registry.json: {{ \"$schema\": \"../schemas/registry.json\", \"format\": \"1\", \"name\": {{ \"zh\": \"…\" }} }}"
                        ),
                    ),
                    ErrorKind::Write => (
                        format!("无法写入 {path}：{cause}"),
                        format!("{path} could not be written: {cause}"),
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
            Self::Read(path, error) => (
                format!("无法读取 {}：{error}", path.display()),
                format!("{} could not be read: {error}", path.display()),
            ),
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
            Self::Output(error) => {
                (format!("无法输出：{error}"), format!("the output could not be written: {error}"))
            }
        };
        match lang {
            Lang::Zh => format!("错误：{zh}"),
            Lang::En => format!("error: {en}"),
        }
    }
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
