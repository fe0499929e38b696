//! The arguments of the verbs that hold documents to the rules and tell what changed:
//! `check`, `diff`, `accept`, `fmt`, `rules`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use jialiang_model::date::Day;
use jialiang_model::kind::Fingerprint;
use jialiang_model::text::Phrase;

use super::words::Words;
use super::{Shown, Speech, wrong};
use crate::lang::Lang;

#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) speech: Speech,
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) format: Format,
    pub(crate) notes: bool,
    pub(crate) deny_warnings: bool,
    pub(crate) limit: usize,
    /// The revision that the edit is compared with.
    pub(crate) base: Option<String>,
    /// The day of the check.
    pub(crate) on: Option<Day>,
    /// Whether everything that is found is accepted, and how.
    pub(crate) accept_all: Option<Terms>,
}

/// On what terms findings are accepted.
#[derive(Debug)]
pub(crate) struct Terms {
    pub(crate) reason: Phrase,
    pub(crate) by: Phrase,
    pub(crate) until: Day,
}

#[derive(Debug)]
pub(crate) struct Accept {
    pub(crate) speech: Speech,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) terms: Terms,
    pub(crate) base: Option<String>,
    pub(crate) registry: Option<PathBuf>,
    pub(crate) on: Option<Day>,
}

#[derive(Debug)]
pub(crate) struct Diff {
    pub(crate) speech: Speech,
    pub(crate) sides: Sides,
    pub(crate) format: DiffFormat,
    pub(crate) all: bool,
    pub(crate) exit_code: bool,
    /// The day for places that say none, and by when it was known.
    pub(crate) on: Option<Day>,
    pub(crate) known: Option<Day>,
    pub(crate) registry: Option<PathBuf>,
}

/// What is compared.
#[derive(Debug)]
pub(crate) enum Sides {
    /// Two editions.
    Two(String, String),
    /// What is in force in a place's parent, and in the place.
    Parent(String),
    /// What stands here with what stood in a revision, below some paths.
    Base(String, Vec<PathBuf>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiffFormat {
    Human,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Human,
    Json,
    Github,
    Sarif,
    Junit,
    Gitlab,
    Markdown,
}

impl Format {
    /// What `--format` takes.
    const NAMES: [&str; 7] = ["human", "json", "github", "sarif", "junit", "gitlab", "markdown"];

    fn parse(name: &str) -> Self {
        match name {
            "json" => Self::Json,
            "github" => Self::Github,
            "sarif" => Self::Sarif,
            "junit" => Self::Junit,
            "gitlab" => Self::Gitlab,
            "markdown" => Self::Markdown,
            _ => Self::Human,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Fmt {
    pub(crate) speech: Speech,
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) check: bool,
}

#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) speech: Speech,
    pub(crate) name: Option<String>,
}

/// The verbs, each without its `--help`.
pub(super) fn commands(lang: Lang) -> [Command; 5] {
    let w = &Words { lang };
    let path = |zh, en| {
        Arg::new("path")
            .num_args(0..)
            .value_name(w.t("路径", "PATH"))
            .value_parser(clap::value_parser!(PathBuf))
            .help(w.t(zh, en))
            .help_heading(w.t("参数", "Arguments"))
    };
    let check = w.verb("check", "检查登记库，指出哪一行违反哪条规则、怎么改", "Check a registry: which line breaks which rule, and how to mend it")
        .override_usage(w.t("jialiang check [选项] [路径]...", "jialiang check [OPTIONS] [PATH]..."))
        .after_help(w.t(
            "退出码：0 通过；1 有错误；2 程序未能工作。\n\n例：\n  jialiang check                      检查当前文件夹（或其中的 standards）\n  jialiang check standards/cn         只显示其中一个文件夹的问题\n  jialiang check --notes              逐条列出提示（共列 100 条，--limit 0 全部列出）\n  jialiang check --notes standards/cn 全部列出一个文件夹的提示\n  jialiang check --format json        供程序读取，格式见 schemas/check-output.json\n  jialiang check --format github      在 GitHub 的合并请求里标出各行",
            "Exit status: 0 all is well; 1 errors were found; 2 the command could not work.\n\nExamples:\n  jialiang check                      check this folder, or the `standards` in it\n  jialiang check standards/cn         show only what is wrong in one folder\n  jialiang check --notes              list the notes (100 findings in all; --limit 0 lists every one)\n  jialiang check --notes standards/cn list every note of one folder\n  jialiang check --format json        for programs; see schemas/check-output.json\n  jialiang check --format github      mark the lines of a pull request on GitHub",
        ))
        .arg(path("登记库，或其中的文件、文件夹", "A registry, or files and folders in one"))
        .arg(w.option("format", "输出格式：human、json、github、sarif、junit、gitlab 或 markdown", "Output format: human, json, github, sarif, junit, gitlab or markdown").value_name(w.t("格式", "FORMAT")).value_parser(Format::NAMES))
        .arg(w.option("notes", "逐条列出提示，不只给出数量；写了路径的全部列出，否则与其他发现合计列出 100 条（--limit 0 全部列出）", "List the notes, not only how many there are: all of them below a PATH, else 100 findings in all (--limit 0 lists every one)").action(ArgAction::SetTrue))
        .arg(w.option("deny-warnings", "有警告也算不通过", "Let warnings fail the check too").action(ArgAction::SetTrue))
        .arg(w.option("limit", "最多列出多少条，0 为不限；默认 100，写了路径又用 --notes 的不限；未列出的条数在末尾说明", "List at most so many findings, 0 for all; 100 where absent, and all with --notes and a PATH; how many are left out is said at the end").value_name("N").value_parser(clap::value_parser!(usize)));
    let rev = |name: &'static str, zh, en| {
        w.option(name, zh, en)
            .value_name(w.t("版本", "REV"))
            .value_parser(clap::value_parser!(String))
    };
    let day = |name: &'static str, zh, en| {
        w.option(name, zh, en).value_name(w.t("日期", "DAY")).value_parser(clap::value_parser!(Day))
    };
    let words = |name: &'static str, zh, en| {
        w.option(name, zh, en).value_name(w.t("文字", "TEXT")).value_parser(super::plain)
    };
    let until = || {
        day(
            "until",
            "接受到哪一天为止（这一天起不再接受），如 2027-07-01",
            "The day from which the finding may stand no more, such as 2027-07-01",
        )
    };
    let reason = || words("reason", "接受的理由", "Why the finding may stand");
    let by = || words("by", "由谁负责", "Who answers for it");
    let on = || {
        day(
            "on",
            "按哪一天检查接受是否到期；默认今天（北京时间）",
            "The day on which acceptances are checked; today in China where absent",
        )
    };
    let check = check
        .arg(rev("base", "与 git 版本比较（取它与 HEAD 的分叉点），另查改动是否合规", "Check the edit too: what differs from where a git revision and HEAD parted"))
        .arg(w.option("accept-all", "接受现有的全部错误和警告，各写一个文件（接管旧登记库时用）", "Accept every error and warning that is found, a file for each: to take on an old registry").action(ArgAction::SetTrue).requires("until"))
        .arg(until())
        .arg(reason())
        .arg(by())
        .arg(on());
    let on_day = |name: &'static str, zh, en| w.day(name, zh, en);
    let diff = w.verb("diff", "两版之间、或与 git 版本之间改了什么，版本号该升到哪里", "What changed between two editions, or since a git revision, and what the version must be")
        .override_usage(w.t("jialiang diff [选项] A B\n      jialiang diff [选项] --parent 行政区划\n      jialiang diff [选项] --base 版本 [路径]...", "jialiang diff [OPTIONS] A B\n       jialiang diff [OPTIONS] --parent PLACE\n       jialiang diff [OPTIONS] --base REV [PATH]..."))
        .after_help(w.t(
            "A、B：标准@版本号、标准@通称、版本:标准@版本号（git 版本里的）或文件。两边写行政区划时，比较现行标准：行政区划[/项目][@日期][;known=日期]，前面可加 git 版本。未定、只是最后所知和无记载的单列为未定、未见，不算相同，也不算取消。\n\n例：\n  jialiang diff cn/basic-public-services@2021年版 cn/basic-public-services@2023年版\n  jialiang diff HEAD~1:cn/basic-public-services@1.1.0 cn/basic-public-services@1.1.0\n  jialiang diff --base origin/main --format markdown    供评审的表格\n  jialiang diff 天津 --parent --on 2025-01-01                 本地与上级\n  jialiang diff hebei tianjin                                 两地\n  jialiang diff 天津@2015-01-01 天津@2025-01-01               两个日期\n  jialiang diff \"tianjin@2014-10-01;known=2015-01-31\" \"tianjin@2014-10-01;known=2015-04-30\"    两个所知时间",
            "A and B: standard@version, standard@label, REV:standard@version in a git revision, or files. Where both are places, what is in force is compared: place[/item][@day][;known=day], before which a git revision may stand. What is undecided, only last known or not on record is told as undecided or unseen, never as equal or removed.\n\nExamples:\n  jialiang diff cn/basic-public-services@1.0.0 cn/basic-public-services@1.1.0\n  jialiang diff HEAD~1:cn/basic-public-services@1.1.0 cn/basic-public-services@1.1.0\n  jialiang diff --base origin/main --format markdown    a table for reviewers\n  jialiang diff tianjin --parent --on 2025-01-01              a place with the one above\n  jialiang diff hebei tianjin                                 two places\n  jialiang diff tianjin@2015-01-01 tianjin@2025-01-01         two days\n  jialiang diff \"tianjin@2014-10-01;known=2015-01-31\" \"tianjin@2014-10-01;known=2015-04-30\"    two times of knowledge",
        ))
        .arg(
            Arg::new("what")
                .num_args(0..)
                .value_name(w.t("A B", "A B"))
                .help(w.t("要比较的两版或两地；用 --base 时为路径", "The two editions or places; with --base, paths"))
                .help_heading(w.t("参数", "Arguments")),
        )
        .arg(rev("base", "与 git 版本比较（取它与 HEAD 的分叉点）", "Everything that differs from where a git revision and HEAD parted"))
        .arg(w.option("format", "输出格式：human、json 或 markdown", "Output format: human, json or markdown").value_name(w.t("格式", "FORMAT")).value_parser(["human", "json", "markdown"]))
        .arg(w.option("all", "逐条列出只涉及登记的变化（来源、译文、转录程度）", "List changes of the record alone too: sources, translations, how far a text is transcribed").action(ArgAction::SetTrue))
        .arg(w.option("parent", "行政区划的现行标准与上级的比较", "What is in force in a place with what is in force above it").action(ArgAction::SetTrue).conflicts_with("base"))
        .arg(on_day("on", "行政区划没写日期时按哪一天；默认今天（北京时间）", "The day for places without one; today in China where absent"))
        .arg(on_day("known", "行政区划没写 known 时截至哪天所知；不写则用库中全部", "As known on a day, for places without one; everything on record where absent"))
        .arg(w.option("exit-code", "有变化时退出码为 1", "Exit with 1 where something changed").action(ArgAction::SetTrue))
        .arg(w.registry());
    let accept = w.verb("accept", "接受一条发现：由谁负责、为什么、到哪天为止", "Accept a finding: who answers for it, why, and until when")
        .override_usage(w.t("jialiang accept [选项] --reason 理由 --by 负责人 --until 日期 指纹", "jialiang accept [OPTIONS] --reason TEXT --by TEXT --until DAY FINGERPRINT"))
        .after_help(w.t(
            "写一个文件到登记库的 acceptances/ 里；请随改动一起提交。\n\n例：\n  jialiang accept 0f3a96c41d27 --reason 原文六月前补录 --by 某市发展改革委王某 --until 2027-07-01",
            "Writes a file below acceptances/ in the registry: commit it with the edit.\n\nExample:\n  jialiang accept 0f3a96c41d27 --reason 'the text arrives in June' --by 'Wang, reform commission' --until 2027-07-01",
        ))
        .arg(
            Arg::new("fingerprint")
                .required(true)
                .value_name(w.t("指纹", "FINGERPRINT"))
                .value_parser(clap::value_parser!(Fingerprint))
                .help(w.t("发现的指纹，check 会列出", "The finding's fingerprint, as check prints it"))
                .help_heading(w.t("参数", "Arguments")),
        )
        .arg(reason().required(true))
        .arg(by().required(true))
        .arg(until().required(true))
        .arg(rev("base", "与 check --base 相同：改动中的发现要写", "As of check --base: needed for findings on an edit"))
        .arg(w.registry())
        .arg(on());
    let fmt = w.verb("fmt", "把文档改写成规范格式：改一个数值只动一行", "Rewrite documents in the one layout, in which one changed value is one changed line")
        .override_usage(w.t("jialiang fmt [选项] [路径]...", "jialiang fmt [OPTIONS] [PATH]..."))
        .after_help(w.t(
            "例：\n  jialiang fmt                        改写整个登记库\n  jialiang fmt --check                只看哪些文档要改，不改写（要改时退出码为 1）",
            "Examples:\n  jialiang fmt                        rewrite the whole registry\n  jialiang fmt --check                only tell which documents would change (then exit 1)",
        ))
        .arg(path("登记库，或其中的文件、文件夹", "A registry, or files and folders in one"))
        .arg(w.option("check", "只检查，不改写", "Only check, write nothing").action(ArgAction::SetTrue));
    let rules = w
        .verb(
            "rules",
            "列出规则，或显示一条规则的说明",
            "List the rules, or show what one of them says",
        )
        .override_usage(w.t("jialiang rules [选项] [规则名]", "jialiang rules [OPTIONS] [NAME]"))
        .after_help(w.t(
            "例：\n  jialiang rules\n  jialiang rules missing-source",
            "Examples:\n  jialiang rules\n  jialiang rules missing-source",
        ))
        .arg(
            Arg::new("name")
                .value_name(w.t("规则名", "NAME"))
                .help(w.t("规则名", "The rule's name"))
                .help_heading(w.t("参数", "Arguments")),
        );
    [check, diff, accept, fmt, rules]
}

/// Today in China, which has one time for all of it.
pub(super) fn today() -> Option<Day> {
    const EAST: u64 = 8 * 3600;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.map_or(0, |since| since.as_secs()) + EAST;
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    Day::since_1970(days)
}

fn paths(given: &ArgMatches) -> Vec<PathBuf> {
    given.get_many::<PathBuf>("path").into_iter().flatten().cloned().collect()
}

fn text(given: &ArgMatches, id: &str) -> Option<String> {
    given.get_one::<String>(id).cloned()
}

/// The day that is asked for, else today.
pub(super) fn on(given: &ArgMatches) -> Option<Day> {
    given.get_one::<Day>("on").copied().or_else(today)
}

fn terms(given: &ArgMatches, reason: &str, by: &str) -> Option<Terms> {
    let phrase = |id: &str, otherwise: &str| {
        let given = given.get_one::<Phrase>(id).cloned();
        given.or_else(|| Phrase::parse(otherwise))
    };
    Some(Terms {
        reason: phrase("reason", reason)?,
        by: phrase("by", by)?,
        until: given.get_one::<Day>("until").copied()?,
    })
}

fn registry(given: &ArgMatches) -> Option<PathBuf> {
    given.get_one::<PathBuf>("registry").cloned()
}

pub(super) fn parse_check(speech: Speech, given: &ArgMatches) -> Result<Check, Shown> {
    // The notes of one part, for which somebody asks, are told in full.
    let full = given.get_flag("notes") && !paths(given).is_empty();
    Ok(Check {
        speech,
        paths: paths(given),
        format: Format::parse(given.get_one::<String>("format").map_or("", String::as_str)),
        notes: given.get_flag("notes"),
        deny_warnings: given.get_flag("deny-warnings"),
        limit: given.get_one::<usize>("limit").copied().unwrap_or(if full { 0 } else { 100 }),
        base: text(given, "base"),
        on: on(given),
        accept_all: match given.get_flag("accept-all") {
            false => None,
            true => Some(
                terms(given, "接管登记库时一并接受", "check --accept-all")
                    .ok_or_else(|| wrong::missing("--until", speech.lang))?,
            ),
        },
    })
}

pub(super) fn parse_diff(speech: Speech, given: &ArgMatches) -> Result<Diff, Shown> {
    let missing = |what| wrong::missing(what, speech.lang);
    let words: Vec<String> =
        given.get_many::<String>("what").into_iter().flatten().cloned().collect();
    let sides = match (text(given, "base"), words.as_slice()) {
        (None, [place]) if given.get_flag("parent") => Sides::Parent(place.clone()),
        (None, []) if given.get_flag("parent") => return Err(missing("PLACE")),
        (None, _) if given.get_flag("parent") => return Err(wrong::one_place(speech.lang)),
        (Some(rev), paths) => Sides::Base(rev, paths.iter().map(PathBuf::from).collect()),
        (None, [a, b]) => Sides::Two(a.clone(), b.clone()),
        (None, []) => return Err(missing("A B / --base REV")),
        (None, [_]) => return Err(missing("B / --parent")),
        (None, _) => return Err(wrong::too_many(speech.lang)),
    };
    Ok(Diff {
        speech,
        sides,
        format: match text(given, "format").as_deref() {
            Some("json") => DiffFormat::Json,
            Some("markdown") => DiffFormat::Markdown,
            _ => DiffFormat::Human,
        },
        all: given.get_flag("all"),
        exit_code: given.get_flag("exit-code"),
        on: on(given),
        known: given.get_one::<Day>("known").copied(),
        registry: registry(given),
    })
}

pub(super) fn parse_accept(speech: Speech, given: &ArgMatches) -> Result<Accept, Shown> {
    let missing = |what| wrong::missing(what, speech.lang);
    Ok(Accept {
        speech,
        fingerprint: given
            .get_one::<Fingerprint>("fingerprint")
            .copied()
            .ok_or_else(|| missing("FINGERPRINT"))?,
        terms: terms(given, "", "").ok_or_else(|| missing("--until"))?,
        base: text(given, "base"),
        registry: registry(given),
        on: on(given),
    })
}

pub(super) fn parse_fmt(speech: Speech, given: &ArgMatches) -> Fmt {
    Fmt { speech, paths: paths(given), check: given.get_flag("check") }
}

pub(super) fn parse_rules(speech: Speech, given: &ArgMatches) -> Rules {
    Rules { speech, name: text(given, "name") }
}
