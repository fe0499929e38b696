//! The arguments of the verbs by which git knows us: `merge-driver`, `textconv`, `init`.

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command};
use jialiang_model::id::Id;
use jialiang_model::kind::jurisdiction::{Code, Level};
use jialiang_model::text::Phrase;

use super::Speech;
use super::words::Words;
use crate::lang::Lang;

#[derive(Debug)]
pub(crate) struct MergeDriver {
    pub(crate) speech: Speech,
    pub(crate) base: PathBuf,
    pub(crate) ours: PathBuf,
    pub(crate) theirs: PathBuf,
    /// The document's path in the repository.
    pub(crate) path: Option<PathBuf>,
    pub(crate) marker_size: u16,
}

#[derive(Debug)]
pub(crate) struct Textconv {
    pub(crate) speech: Speech,
    pub(crate) file: PathBuf,
}

#[derive(Debug)]
pub(crate) struct Init {
    pub(crate) speech: Speech,
    pub(crate) folder: PathBuf,
    pub(crate) place: Option<NewPlace>,
    /// Where nobody says: GitHub's for a new registry, none for one that is there.
    pub(crate) ci: Option<Ci>,
    pub(crate) with_git_config: bool,
}

/// The place with which a registry begins.
#[derive(Debug)]
pub(crate) struct NewPlace {
    pub(crate) id: Id,
    pub(crate) name: Phrase,
    pub(crate) level: Level,
    pub(crate) code: Option<Code>,
    pub(crate) parent: Option<Id>,
}

/// Whose CI file to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ci {
    Github,
    Gitlab,
    None,
}

impl Ci {
    const NAMES: [&str; 3] = ["github", "gitlab", "none"];

    fn parse(name: &str) -> Self {
        match name {
            "gitlab" => Self::Gitlab,
            "none" => Self::None,
            _ => Self::Github,
        }
    }
}

/// The verbs, each without its `--help`.
pub(super) fn commands(lang: Lang) -> [Command; 3] {
    let words = Words { lang };
    [init(&words), merge_driver(&words), textconv(&words)]
}

fn init(w: &Words) -> Command {
    w.verb(
        "init",
        "建一个空的登记库，附模式、CI、钩子和 git 设置；已有的文件一概不动",
        "Start an empty registry with schemas, CI, hooks and what git needs; no file that is there is touched",
    )
    .override_usage(w.t("jialiang init [选项] [文件夹]", "jialiang init [OPTIONS] [DIR]"))
    .after_help(w.t(
        "退出码：0 已写好，或本来就有；2 程序未能工作。\n\n例：\n  jialiang init                       在当前文件夹（git 仓库的根）建库\n  jialiang init --ci gitlab --with-git-config\n                                      用 GitLab，并把合并驱动登记到本仓库的 git 配置\n  jialiang init --place tianjin --name 天津市 --level province --code 120000\n                                      同时写下第一个行政区划",
        "Exit status: 0 all is written, or was there already; 2 the command could not work.\n\nExamples:\n  jialiang init                       start one here, in the root of a git repository\n  jialiang init --ci gitlab --with-git-config\n                                      for GitLab, and tell this clone's git of the drivers\n  jialiang init --place tianjin --name Tianjin --level province --code 120000\n                                      write the first place too",
    ))
    .arg(
        w.file("dir", w.lang.pick("文件夹", "DIR"), "git 仓库的根；不写为当前文件夹", "The root of a git repository; this folder where absent")
            .default_value(".")
            .hide_default_value(true),
    )
    .arg(
        w.option("ci", "写哪一种 CI 文件：github、gitlab 或 none；不写则新库为 github，已有的库不加", "Which CI file to write: github, gitlab or none; where absent github for a new registry, none for one that is there")
            .value_name(w.t("哪一种", "WHICH"))
            .value_parser(Ci::NAMES),
    )
    .arg(
        w.option("with-git-config", "把合并驱动、文字驱动和钩子登记到本仓库的 git 配置", "Tell this clone's git of the drivers and the hooks")
            .action(ArgAction::SetTrue),
    )
    .arg(
        w.option("place", "第一个行政区划的标识，如 tianjin；要同时写 --name 和 --level", "The id of the first place, such as tianjin; wants --name and --level")
            .value_name(w.t("标识", "ID"))
            .value_parser(|word: &str| Id::parse(word).ok_or("no id"))
            .requires_all(["name", "level"]),
    )
    .arg(
        w.option("name", "它的名称，如 天津市", "Its name")
            .value_name(w.t("名称", "NAME"))
            .value_parser(|word: &str| Phrase::parse(word).ok_or("no phrase"))
            .requires("place"),
    )
    .arg(
        w.option("level", "它的层级：nation、province、prefecture 或 county", "Its level: nation, province, prefecture or county")
            .value_name(w.t("层级", "LEVEL"))
            .value_parser(|word: &str| super::level(word).ok_or("no level"))
            .requires("place"),
    )
    .arg(
        w.option("code", "它的六位行政区划代码", "Its GB/T 2260 code of six digits")
            .value_name(w.t("代码", "CODE"))
            .value_parser(|word: &str| Code::parse(word).ok_or("no code"))
            .requires("place"),
    )
    .arg(
        w.option("parent", "它的上级，须已在库中", "The place above it, which is on record already")
            .value_name(w.t("上级", "ID"))
            .value_parser(|word: &str| Id::parse(word).ok_or("no id"))
            .requires("place"),
    )
}

fn merge_driver(w: &Words) -> Command {
    w.verb(
        "merge-driver",
        "供 git 调用：按内容合并两个分支的一份文档，改不同的条目不冲突",
        "For git: merge two branches of a document by meaning; different provisions do not conflict",
    )
    .override_usage(w.t(
        "jialiang merge-driver [选项] <原来> <OURS> <THEIRS>",
        "jialiang merge-driver [OPTIONS] <BASE> <OURS> <THEIRS>",
    ))
    .after_help(w.t(
        "结果写入 <OURS>。有冲突时，各处用 <<<<<<< ours 和 >>>>>>> theirs 标出，并逐条列出两边的值。\n退出码：0 全部合并；1 有冲突；2 程序未能工作，<OURS> 未改动。\n\n例：\n  git config merge.jialiang.driver \"jialiang merge-driver %O %A %B --path=%P --marker-size=%L\"\n  echo \"*.edition.json merge=jialiang\" >> .gitattributes\n  jialiang merge-driver base.json ours.json theirs.json",
        "What comes out is written to <OURS>. Conflicts are marked by <<<<<<< ours and >>>>>>> theirs, and each is listed with the values of both sides.\nExit status: 0 merged; 1 with conflicts; 2 the command could not work and <OURS> is as it was.\n\nExamples:\n  git config merge.jialiang.driver \"jialiang merge-driver %O %A %B --path=%P --marker-size=%L\"\n  echo \"*.edition.json merge=jialiang\" >> .gitattributes\n  jialiang merge-driver base.json ours.json theirs.json",
    ))
    .arg(w.file("base", w.lang.pick("原来", "BASE"), "两个分支分开时的文件（%O）；空文件为当时没有", "The file when the branches parted (%O); an empty one where there was none").required(true))
    .arg(w.file("ours", "OURS", "本分支的文件（%A），结果写在这里", "The file of this branch (%A), in which the answer is written").required(true))
    .arg(w.file("theirs", "THEIRS", "另一分支的文件（%B）", "The file of the other branch (%B)").required(true))
    .arg(
        w.option("path", "文档在仓库中的路径（%P），由此知道文档类别；不写则看 $schema", "The document's path in the repository (%P), which tells its kind; without it `$schema` does")
            .value_name(w.t("路径", "PATH"))
            .value_parser(clap::value_parser!(PathBuf)),
    )
    .arg(
        w.option("marker-size", "冲突标记的长度（%L）；默认 7", "The length of conflict markers (%L); 7 where absent")
            .value_name("N")
            .value_parser(clap::value_parser!(u16).range(1..)),
    )
}

fn textconv(w: &Words) -> Command {
    w.verb(
        "textconv",
        "供 git 调用：把一版标准印成便于比较的文字，一事一行",
        "For git: print an edition as text to compare, a line for each fact",
    )
    .override_usage(w.t("jialiang textconv [选项] <文件>", "jialiang textconv [OPTIONS] <FILE>"))
    .after_help(w.t(
        "其他文档按规范格式印出，读不懂的文件原样印出。\n\n例：\n  git config diff.jialiang.textconv \"jialiang textconv\"\n  echo \"*.edition.json diff=jialiang\" >> .gitattributes\n  git log -p                          此后所见是条目和数值，不是 JSON",
        "Other documents are printed in the one layout, and what cannot be read as it is.\n\nExamples:\n  git config diff.jialiang.textconv \"jialiang textconv\"\n  echo \"*.edition.json diff=jialiang\" >> .gitattributes\n  git log -p                          from now on shows provisions and values, not JSON",
    ))
    .arg(w.file("file", w.lang.pick("文件", "FILE"), "一份文档", "A document").required(true))
}

fn file(given: &ArgMatches, name: &str) -> PathBuf {
    given.get_one::<PathBuf>(name).cloned().unwrap_or_default()
}

pub(super) fn parse_init(speech: Speech, given: &ArgMatches) -> Init {
    let place = (|| {
        Some(NewPlace {
            id: given.get_one::<Id>("place").cloned()?,
            name: given.get_one::<Phrase>("name").cloned()?,
            level: given.get_one::<Level>("level").copied()?,
            code: given.get_one::<Code>("code").copied(),
            parent: given.get_one::<Id>("parent").cloned(),
        })
    })();
    Init {
        speech,
        folder: file(given, "dir"),
        place,
        ci: given.get_one::<String>("ci").map(|name| Ci::parse(name)),
        with_git_config: given.get_flag("with-git-config"),
    }
}

pub(super) fn parse_merge_driver(speech: Speech, given: &ArgMatches) -> MergeDriver {
    MergeDriver {
        speech,
        base: file(given, "base"),
        ours: file(given, "ours"),
        theirs: file(given, "theirs"),
        path: given.get_one::<PathBuf>("path").cloned(),
        marker_size: given.get_one::<u16>("marker-size").copied().unwrap_or(7),
    }
}

pub(super) fn parse_textconv(speech: Speech, given: &ArgMatches) -> Textconv {
    Textconv { speech, file: file(given, "file") }
}
