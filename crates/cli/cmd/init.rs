//! `jialiang init`: an empty registry, and everything around it that git and CI need.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

use jialiang_model::canonical;
use jialiang_model::kind::{Kind, SchemaRef, jurisdiction_path};
use jialiang_model::source::Source;
use jialiang_model::text::Phrase;
use serde_json::json;

use super::{Failure, document};
use crate::args::{Ci, Init, NewPlace};
use crate::lang::Lang;
use crate::render;

/// The folder of the registry: where `jialiang check` looks for one.
const REGISTRY: &str = "standards";
const CARD: &str = "registry.json";
const ATTRIBUTES: &str = ".gitattributes";
const HOOKS: &str = ".githooks";

/// What git must be told in each clone.
pub(crate) const CONFIG: &[(&str, &str)] = &[
    ("merge.jialiang.name", "Jialiang: merge by meaning"),
    ("merge.jialiang.driver", "jialiang merge-driver %O %A %B --path=%P --marker-size=%L"),
    ("diff.jialiang.textconv", "jialiang textconv"),
    // A text that git keeps would stay in the words of an older version, or of another
    // language, beside new ones.
    ("diff.jialiang.cachetextconv", "false"),
    // The line that names an item stands over the changes in it.
    ("diff.jialiang.xfuncname", "^[a-z0-9-]+([[][0-9]+[]])?: .*"),
    (HOOKS_PATH, HOOKS),
];
const HOOKS_PATH: &str = "core.hooksPath";

/// A file to write where there is none.
struct New {
    path: String,
    text: String,
    executable: bool,
}

pub(crate) fn run(args: &Init) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let folder = args.folder.as_path();
    let new = alone(folder)?;
    let ci = args.ci.unwrap_or(if new { Ci::Github } else { Ci::None });
    if let Some(parent) = args.place.as_ref().and_then(|place| place.parent.as_ref()) {
        let path = folder.join(REGISTRY).join(jurisdiction_path(parent.as_str()));
        if !path.is_file() {
            return Err(Failure::NoParent(parent.to_string()));
        }
    }
    std::fs::create_dir_all(folder).map_err(|e| Failure::Write(folder.to_owned(), e))?;
    if args.with_git_config {
        in_a_repository(folder)?;
    }
    let mut said = Said::default();
    let written = files(args.place.as_ref(), ci).into_iter().try_for_each(|new| {
        let path = folder.join(&new.path);
        match new.write(&path) {
            Ok(()) => said.written.push(shown(&path)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                if new.path == ATTRIBUTES {
                    said.attributes = missing_lines(&path, &new.text);
                }
                said.left.push(shown(&path));
            }
            Err(e) => return Err(Failure::Write(path, e)),
        }
        Ok(())
    });
    let configured = written.and_then(|()| match args.with_git_config {
        true => configure(folder).map(|outcome| said.configured = Some(outcome)),
        false => Ok(()),
    });
    said.above = repository_above(folder);
    // What was done before something failed is told as well.
    render::print(if args.speech.quiet { said.amiss(lang) } else { said.text(ci, lang) })?;
    configured.map(|()| ExitCode::SUCCESS)
}

/// That no other registry lies above or below the folder; false where one stands already
/// where ours would: it is completed.
fn alone(folder: &Path) -> Result<bool, Failure> {
    let full = std::fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
    let full = full.map_err(|e| Failure::File(folder.to_owned(), e.to_string()))?;
    if let Some(above) = full.ancestors().find(|at| is_card(&at.join(CARD))) {
        return Err(Failure::RegistryAbove(above.to_owned()));
    }
    if folder.join(REGISTRY).join(CARD).is_file() {
        return Ok(false);
    }
    below(folder, 0).map_or(Ok(true), |below| Err(Failure::RegistryBelow(below)))
}

/// Whether a file is the card of a registry: what another program keeps under this name,
/// or the schema of cards, is none.
fn is_card(path: &Path) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return false };
    match serde_json::from_slice::<serde::de::IgnoredAny>(&bytes) {
        Ok(_) => document::kind_of_text(&bytes) == Some(Kind::Registry),
        // One that is broken is one.
        Err(_) => true,
    }
}

/// The first registry in a folder, as far down as one is looked for.
fn below(folder: &Path, depth: usize) -> Option<PathBuf> {
    const DEEPEST: usize = 8;
    let mut folders: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let name = entry.file_name();
        // Made by programs, and full of files.
        let passed_over =
            name.as_encoded_bytes().starts_with(b".") || name == "target" || name == "node_modules";
        match entry.file_type() {
            Ok(kind) if kind.is_file() && name == CARD && is_card(&entry.path()) => {
                return Some(entry.path());
            }
            Ok(kind) if kind.is_dir() && !passed_over => folders.push(entry.path()),
            _ => {}
        }
    }
    folders.sort();
    folders.iter().filter(|_| depth < DEEPEST).find_map(|folder| below(folder, depth + 1))
}

/// The root of the git repository, where it lies above the folder.
fn repository_above(folder: &Path) -> Option<String> {
    let full = std::fs::canonicalize(folder).ok()?;
    let root = full.ancestors().find(|at| at.join(".git").exists())?;
    (root != full).then(|| shown(root))
}

fn files(place: Option<&NewPlace>, ci: Ci) -> Vec<New> {
    let new = |path: &str, text: &str| New {
        path: path.to_owned(),
        text: text.to_owned(),
        executable: false,
    };
    let inside = |path: &str| format!("{REGISTRY}/{path}");
    let mut files = vec![new(&inside(CARD), &card(place))];
    if let Some(place) = place {
        files.push(new(&inside(&jurisdiction_path(place.id.as_str())), &jurisdiction(place)));
    }
    for kind in Kind::ALL {
        files.push(new(&format!("schemas/{kind}.json"), jialiang_check::schema_text(*kind)));
    }
    files.push(new(ATTRIBUTES, include_str!("../init/gitattributes")));
    for (name, text) in [
        ("pre-commit", include_str!("../init/pre-commit")),
        ("pre-merge-commit", include_str!("../init/pre-merge-commit")),
    ] {
        files.push(New { executable: true, ..new(&format!("{HOOKS}/{name}"), text) });
    }
    match ci {
        Ci::Github => {
            files.push(new(".github/workflows/jialiang.yml", include_str!("../init/github.yml")));
        }
        Ci::Gitlab => files.push(new(".gitlab-ci.yml", include_str!("../init/gitlab.yml"))),
        Ci::None => {}
    }
    files.push(new("README.md", include_str!("../init/README.md")));
    files
}

/// The registry's card.
fn card(place: Option<&NewPlace>) -> String {
    let name = match place {
        Some(place) => json!({ "zh": format!("{}公共服务标准登记库", place.name) }),
        None => json!({ "zh": "公共服务标准登记库", "en": "Registry of public service standards" }),
    };
    laid_out(
        Kind::Registry,
        &json!({
            "$schema": "../schemas/registry.json",
            "format": jialiang_model::FORMAT,
            "name": name,
        }),
    )
}

/// A place as its founder gives it: its source is that somebody wrote it down.
fn jurisdiction(place: &NewPlace) -> String {
    let source = Source {
        instrument: None,
        url: None,
        at: Phrase::parse("建库时填写"),
        excerpt: None,
        verified: false,
        note: Phrase::parse("请改为可查的出处，核对后写 true"),
    };
    let schema = SchemaRef::beside(None, Kind::Jurisdiction, 1);
    canonical::write(&super::new::jurisdiction(place, None, schema, Some(source)))
}

/// A document in the one layout.
fn laid_out(kind: Kind, value: &serde_json::Value) -> String {
    let text = value.to_string();
    kind.read(&text).map_or(text, |document| canonical::write(&document))
}

impl New {
    /// Writes the file where there is none.
    fn write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut options = std::fs::File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if self.executable {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o777);
        }
        options.open(path)?.write_all(self.text.as_bytes())
    }
}

/// The lines of a text that a file lacks, comments aside.
fn missing_lines(path: &Path, text: &str) -> Vec<String> {
    let there = std::fs::read(path).unwrap_or_default();
    let there = String::from_utf8_lossy(&there);
    let lacks = |line: &&str| !line.starts_with('#') && !there.lines().any(|l| l.trim() == *line);
    text.lines().filter(lacks).map(str::to_owned).collect()
}

fn git(folder: &Path, words: &[&str]) -> Result<Output, Failure> {
    let output = Command::new("git").arg("-C").arg(folder).args(words).output();
    output.map_err(Failure::NoGit)
}

fn in_a_repository(folder: &Path) -> Result<(), Failure> {
    match git(folder, &["rev-parse", "--git-dir"])?.status.success() {
        true => Ok(()),
        false => Err(Failure::NoRepository(folder.to_owned())),
    }
}

/// What was told git, and the folder of hooks that it had before.
struct Configured {
    hooks: Option<String>,
}

/// Tells git of the drivers and the hooks, in this clone only.
fn configure(folder: &Path) -> Result<Configured, Failure> {
    let mut hooks = None;
    for (key, value) in CONFIG {
        if *key == HOOKS_PATH {
            let had = git(folder, &["config", "--get", key])?.stdout;
            let had = String::from_utf8_lossy(&had).trim_end().to_owned();
            if !had.is_empty() && had != *value {
                // Somebody's own hooks are not switched off.
                hooks = Some(had);
                continue;
            }
        }
        let set = git(folder, &["config", "--local", "--replace-all", key, value])?;
        if !set.status.success() {
            let why = String::from_utf8_lossy(&set.stderr).trim().to_owned();
            return Err(Failure::Git(why));
        }
    }
    Ok(Configured { hooks })
}

/// A path without what a terminal would obey.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path).display().to_string();
    path.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// What was done, for people.
#[derive(Default)]
struct Said {
    written: Vec<String>,
    left: Vec<String>,
    /// The lines that an attributes file lacks that was there before.
    attributes: Vec<String>,
    configured: Option<Configured>,
    above: Option<String>,
}

impl Said {
    /// What somebody has to mend, and nothing else.
    fn amiss(&self, lang: Lang) -> String {
        match self.attributes.as_slice() {
            [] => String::new(),
            lines => format!(
                "{}\n{}\n",
                lang.pick(
                    "请在原有的 .gitattributes 里补上：",
                    "add to the .gitattributes that was there:",
                ),
                lines.join("\n")
            ),
        }
    }

    fn text(&self, ci: Ci, lang: Lang) -> String {
        let Self { written, left, attributes, configured, above } = self;
        let mut text = String::new();
        let mut list = |zh, en, lines: &[String]| {
            if !lines.is_empty() {
                text += lang.pick(zh, en);
                text.push('\n');
                text.extend(lines.iter().map(|line| format!("  {line}\n")));
            }
        };
        list("已写入：", "written:", written);
        list("本来就有，未动：", "there already, and left alone:", left);
        list(
            "请在原有的 .gitattributes 里补上：",
            "add to the .gitattributes that was there:",
            attributes,
        );
        match configured {
            None => {
                let lines: Vec<String> = CONFIG
                    .iter()
                    .map(|(key, value)| match value.contains(' ') {
                        true => format!("git config {key} \"{value}\""),
                        false => format!("git config {key} {value}"),
                    })
                    .collect();
                list(
                    "每个克隆运行一次（或用 jialiang init --with-git-config）：",
                    "once in each clone (or with jialiang init --with-git-config):",
                    &lines,
                );
            }
            Some(Configured { hooks }) => {
                let set = CONFIG.iter().filter(|(key, _)| hooks.is_none() || *key != HOOKS_PATH);
                let lines: Vec<String> =
                    set.map(|(key, value)| format!("{key} = {value}")).collect();
                list("已写入本仓库的 git 配置：", "told git, in this clone:", &lines);
                let had: Vec<String> = hooks.iter().cloned().collect();
                list(
                    "core.hooksPath 原有，未动；请在那里的 pre-commit 里调用 .githooks/pre-commit：",
                    "core.hooksPath was set, and left alone; call .githooks/pre-commit from the pre-commit in:",
                    &had,
                );
            }
        }
        let root: Vec<String> = above.iter().cloned().collect();
        list(
            "这里不是仓库的根：CI 文件、.githooks 请移到下面这个文件夹，并改写其中的路径：",
            "this is not the root of the repository: move the CI file and .githooks there, and mend the paths in them:",
            &root,
        );
        match ci {
            Ci::Github | Ci::Gitlab => {
                text += lang.pick(
                    "CI 还要知道嘉量的来处：把变量 JIALIANG_SOURCE 设为它的 git 地址。\n",
                    "CI must know where Jialiang is: set the variable JIALIANG_SOURCE to the address of its git repository.\n",
                );
            }
            Ci::None => {}
        }
        text += lang.pick(
            "下一步见 README.md；检查：jialiang check\n",
            "README.md says what comes next; to check: jialiang check\n",
        );
        text
    }
}
