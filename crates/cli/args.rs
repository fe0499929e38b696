//! The arguments: parsed, validated, and nothing done yet.
//!
//! Every word that the command says of itself stands here in both languages, side by
//! side; a test keeps that complete.

mod git;
mod look;
mod report;
mod shell;
mod show;
mod table;
mod write;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use jialiang_model::date::Day;
use jialiang_model::kind::Fingerprint;
use jialiang_model::kind::jurisdiction::Level;
use jialiang_model::text::Phrase;

use crate::cmd::Failure;
use crate::lang::Lang;

pub(crate) use git::{Ci, Init, MergeDriver, NewPlace, Textconv};
pub(crate) use look::{Blame, Find, List, ListFormat, Log, LogFormat, many};
pub(crate) use report::{Report, ReportFormat, Topic};
pub(crate) use shell::{Completions, Dialect, Man};
pub(crate) use show::{Show, ShowFormat};
pub(crate) use table::Import;
pub(crate) use write::{New, NewEdition, NewInstrument, NewStandard, Unread, What, Which};

/// What the command was asked to do.
#[derive(Debug)]
pub(crate) enum Args {
    Check(Check),
    Diff(Diff),
    Accept(Accept),
    Fmt(Fmt),
    Rules(Rules),
    Show(Show),
    Import(Import),
    Init(Init),
    MergeDriver(MergeDriver),
    Textconv(Textconv),
    New(New),
    Report(Report),
    Completions(Completions),
    Man(Man),
    List(List),
    Find(Find),
    Log(Log),
    Blame(Blame),
}

/// How to speak.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speech {
    pub(crate) lang: Lang,
    pub(crate) colour: bool,
    /// Whether only what is wrong is told, and what was asked for.
    pub(crate) quiet: bool,
}

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
    pub(crate) registry: Option<PathBuf>,
}

/// What is compared.
#[derive(Debug)]
pub(crate) enum Sides {
    /// Two editions.
    Two(String, String),
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

/// Something to show instead of running: help, the version, or what is wrong.
#[derive(Debug)]
pub(crate) struct Shown {
    text: String,
    failed: bool,
}

impl Shown {
    pub(crate) fn print(self) -> Result<ExitCode, Failure> {
        use std::io::Write;
        if self.failed {
            crate::render::complain(&self.text);
            return Ok(ExitCode::from(2));
        }
        std::io::stdout().write_all(self.text.as_bytes()).map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads the arguments.
pub(crate) fn parse(words: Vec<OsString>, lang: Lang) -> Result<Args, Shown> {
    let verbs = verbs(&words, lang);
    let matches =
        command(lang).try_get_matches_from(words).map_err(|error| shown(&error, &verbs, lang))?;
    let Some((name, given)) = matches.subcommand() else {
        let text = command(lang).render_help().to_string();
        return Err(Shown { text, failed: true });
    };
    let speech = Speech { lang, colour: colour(given), quiet: given.get_flag("quiet") };
    let paths = |given: &ArgMatches| -> Vec<PathBuf> {
        given.get_many::<PathBuf>("path").into_iter().flatten().cloned().collect()
    };
    let text = |given: &ArgMatches, id: &str| given.get_one::<String>(id).cloned();
    let on = |given: &ArgMatches| given.get_one::<Day>("on").copied().or_else(today);
    let terms = |given: &ArgMatches, reason: &str, by: &str| {
        let phrase = |id: &str, otherwise: &str| {
            let given = given.get_one::<Phrase>(id).cloned();
            given.or_else(|| Phrase::parse(otherwise))
        };
        Some(Terms {
            reason: phrase("reason", reason)?,
            by: phrase("by", by)?,
            until: given.get_one::<Day>("until").copied()?,
        })
    };
    let registry = |given: &ArgMatches| given.get_one::<PathBuf>("registry").cloned();
    let missing = |what: &str| {
        let (zh, en) = (format!("错误：缺少“{what}”\n"), format!("error: `{what}` is missing\n"));
        Shown { text: lang.pick(&zh, &en).to_owned(), failed: true }
    };
    Ok(match name {
        "diff" => {
            let words: Vec<String> =
                given.get_many::<String>("what").into_iter().flatten().cloned().collect();
            let sides = match (text(given, "base"), words.as_slice()) {
                (Some(rev), paths) => Sides::Base(rev, paths.iter().map(PathBuf::from).collect()),
                (None, [a, b]) => Sides::Two(a.clone(), b.clone()),
                (None, []) => return Err(missing("A B / --base REV")),
                (None, [_]) => return Err(missing("B")),
                (None, _) => return Err(too_many(lang)),
            };
            Args::Diff(Diff {
                speech,
                sides,
                format: match text(given, "format").as_deref() {
                    Some("json") => DiffFormat::Json,
                    Some("markdown") => DiffFormat::Markdown,
                    _ => DiffFormat::Human,
                },
                all: given.get_flag("all"),
                exit_code: given.get_flag("exit-code"),
                registry: registry(given),
            })
        }
        "accept" => Args::Accept(Accept {
            speech,
            fingerprint: given
                .get_one::<Fingerprint>("fingerprint")
                .copied()
                .ok_or_else(|| missing("FINGERPRINT"))?,
            terms: terms(given, "", "").ok_or_else(|| missing("--until"))?,
            base: text(given, "base"),
            registry: registry(given),
            on: on(given),
        }),
        "fmt" => Args::Fmt(Fmt { speech, paths: paths(given), check: given.get_flag("check") }),
        "rules" => Args::Rules(Rules { speech, name: given.get_one::<String>("name").cloned() }),
        "show" => Args::Show(show::parse_show(speech, given)?),
        "import" => {
            Args::Import(table::parse_import(speech, given).ok_or_else(|| missing("--standard"))?)
        }
        "init" => Args::Init(git::parse_init(speech, given)),
        "merge-driver" => Args::MergeDriver(git::parse_merge_driver(speech, given)),
        "textconv" => Args::Textconv(git::parse_textconv(speech, given)),
        "new" => Args::New(write::parse_new(speech, given)?),
        "report" => Args::Report(report::parse_report(speech, given)),
        "completions" => Args::Completions(shell::parse_completions(lang, given)),
        "man" => Args::Man(shell::parse_man(speech, given)),
        "list" => Args::List(look::parse_list(speech, given)),
        "find" => Args::Find(look::parse_find(speech, given)),
        "log" => Args::Log(look::parse_log(speech, given)),
        "blame" => Args::Blame(look::parse_blame(speech, given)),
        _ => Args::Check(Check {
            speech,
            paths: paths(given),
            format: Format::parse(given.get_one::<String>("format").map_or("", String::as_str)),
            notes: given.get_flag("notes"),
            deny_warnings: given.get_flag("deny-warnings"),
            limit: given.get_one::<usize>("limit").copied().unwrap_or(100),
            base: text(given, "base"),
            on: on(given),
            accept_all: match given.get_flag("accept-all") {
                false => None,
                true => Some(
                    terms(given, "接管登记库时一并接受", "check --accept-all")
                        .ok_or_else(|| missing("--until"))?,
                ),
            },
        }),
    })
}

/// The verb that the words begin with, and the verb below it.
fn verbs(words: &[OsString], lang: Lang) -> Vec<String> {
    let mut at = command(lang);
    let mut verbs = Vec::new();
    for word in words.iter().skip(1).map(|word| word.to_string_lossy()) {
        let Some(verb) = at.find_subcommand(&*word).cloned() else { break };
        at = verb;
        verbs.push(word.into_owned());
    }
    verbs
}

/// Two words where one belongs.
fn too_many(lang: Lang) -> Shown {
    let text = lang.pick(
        "错误：只能比较两版：jialiang diff A B\n",
        "error: two editions are compared: jialiang diff A B\n",
    );
    Shown { text: text.to_owned(), failed: true }
}

/// Words as a document can hold them: one line, and nothing hidden in it.
fn plain(text: &str) -> Result<Phrase, String> {
    let hidden = |c: char| c.is_control() || jialiang_model::read::lexical::is_hidden(c);
    let phrase = Phrase::parse(text).filter(|_| !text.contains(hidden));
    phrase.ok_or_else(|| "a line of text without hidden characters".to_owned())
}

/// What `--level` takes, in English and as people say it in Chinese.
fn levels() -> clap::builder::PossibleValuesParser {
    let one = |level: &Level| {
        let short = level.zh().trim_end_matches('级');
        clap::builder::PossibleValue::new(level.as_str()).aliases([level.zh(), short])
    };
    Level::ALL.iter().map(one).collect::<Vec<_>>().into()
}

/// A level, as it is written or said.
fn level(word: &str) -> Option<Level> {
    let said = |level: &&Level| [level.zh(), level.zh().trim_end_matches('级')].contains(&word);
    Level::parse(word).or_else(|| Level::ALL.iter().find(said).copied())
}

/// Today in China, which has one time for all of it.
fn today() -> Option<Day> {
    const EAST: u64 = 8 * 3600;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.map_or(0, |since| since.as_secs()) + EAST;
    let days = i64::try_from(seconds / 86_400).unwrap_or(0);
    Day::since_1970(days)
}

/// Colour is for terminals, unless somebody asks for it or against it.
fn colour(given: &ArgMatches) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match given.get_one::<String>("color").map(String::as_str) {
        Some("always") => true,
        Some("never") => false,
        _ => {
            !set("NO_COLOR")
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
                && std::io::stdout().is_terminal()
        }
    }
}

/// The command line, in a language.
pub(crate) fn command(lang: Lang) -> Command {
    let t = |zh, en| lang.pick(zh, en).to_owned();
    let options = t("选项", "Options");
    let option = |name: &'static str, zh, en| {
        Arg::new(name).long(name).help(t(zh, en)).help_heading(options.clone())
    };
    let help = option("help", "显示帮助", "Show this help")
        .short('h')
        .action(ArgAction::Help)
        .display_order(102);
    let lang_option = option(
        "lang",
        "语言：zh 或 en；不写则随系统",
        "Language: zh or en; the locale's where absent",
    )
    .value_name(t("语言", "LANG"))
    .value_parser(["zh", "en"])
    .display_order(100)
    .global(true);
    let color = option(
        "color",
        "颜色：auto、always 或 never；auto 只在终端上用，并遵守 NO_COLOR",
        "Colour: auto, always or never; auto is for terminals only and minds NO_COLOR",
    )
    .value_name(t("何时", "WHEN"))
    .value_parser(["auto", "always", "never"])
    .display_order(101)
    .global(true);
    let quiet = option(
        "quiet",
        "只说哪里不对；要读取的内容照常输出",
        "Tell only what is wrong; what was asked for is printed all the same",
    )
    .short('q')
    .action(ArgAction::SetTrue)
    .display_order(101)
    .global(true);
    let path = |zh, en| {
        Arg::new("path")
            .num_args(0..)
            .value_name(t("路径", "PATH"))
            .value_parser(clap::value_parser!(PathBuf))
            .help(t(zh, en))
            .help_heading(t("参数", "Arguments"))
    };
    let template =
        |usage: &str| format!("{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}\n");
    let usage = t("用法:", "Usage:");
    let base = |name: &'static str, zh, en| {
        Command::new(name)
            .about(t(zh, en))
            .help_template(template(&usage))
            .disable_help_flag(true)
            .hide_possible_values(true)
    };

    let check = base("check", "检查登记库，指出哪一行违反哪条规则、怎么改", "Check a registry: which line breaks which rule, and how to mend it")
        .override_usage(t("jialiang check [选项] [路径]...", "jialiang check [OPTIONS] [PATH]..."))
        .after_help(t(
            "退出码：0 通过；1 有错误；2 程序未能工作。\n\n例：\n  jialiang check                      检查当前文件夹（或其中的 standards）\n  jialiang check standards/cn         只显示其中一个文件夹的问题\n  jialiang check --notes              逐条列出提示\n  jialiang check --format json        供程序读取，格式见 schemas/check-output.json\n  jialiang check --format github      在 GitHub 的合并请求里标出各行",
            "Exit status: 0 all is well; 1 errors were found; 2 the command could not work.\n\nExamples:\n  jialiang check                      check this folder, or the `standards` in it\n  jialiang check standards/cn         show only what is wrong in one folder\n  jialiang check --notes              list every note\n  jialiang check --format json        for programs; see schemas/check-output.json\n  jialiang check --format github      mark the lines of a pull request on GitHub",
        ))
        .arg(path("登记库，或其中的文件、文件夹", "A registry, or files and folders in one"))
        .arg(option("format", "输出格式：human、json、github、sarif、junit、gitlab 或 markdown", "Output format: human, json, github, sarif, junit, gitlab or markdown").value_name(t("格式", "FORMAT")).value_parser(Format::NAMES))
        .arg(option("notes", "逐条列出提示，不只给出数量", "List every note, not only how many there are").action(ArgAction::SetTrue))
        .arg(option("deny-warnings", "有警告也算不通过", "Let warnings fail the check too").action(ArgAction::SetTrue))
        .arg(option("limit", "最多列出多少条，0 为不限；默认 100", "List at most so many findings, 0 for all; 100 where absent").value_name("N").value_parser(clap::value_parser!(usize)));
    let rev = |name: &'static str, zh, en| {
        option(name, zh, en).value_name(t("版本", "REV")).value_parser(clap::value_parser!(String))
    };
    let day = |name: &'static str, zh, en| {
        option(name, zh, en).value_name(t("日期", "DAY")).value_parser(clap::value_parser!(Day))
    };
    let words = |name: &'static str, zh, en| {
        option(name, zh, en).value_name(t("文字", "TEXT")).value_parser(plain)
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
    let registry = || {
        option(
            "registry",
            "登记库的路径；默认为当前文件夹（或其中的 standards）",
            "The registry's path; this folder, or the `standards` in it, where absent",
        )
        .value_name(t("路径", "PATH"))
        .value_parser(clap::value_parser!(PathBuf))
    };
    let check = check
        .arg(rev("base", "与 git 版本比较（取它与 HEAD 的分叉点），另查改动是否合规", "Check the edit too: what differs from where a git revision and HEAD parted"))
        .arg(option("accept-all", "接受现有的全部错误和警告，各写一个文件（接管旧登记库时用）", "Accept every error and warning that is found, a file for each: to take on an old registry").action(ArgAction::SetTrue).requires("until"))
        .arg(until())
        .arg(reason())
        .arg(by())
        .arg(on());
    let diff = base("diff", "两版之间、或与 git 版本之间改了什么，版本号该升到哪里", "What changed between two editions, or since a git revision, and what the version must be")
        .override_usage(t("jialiang diff [选项] A B\n      jialiang diff [选项] --base 版本 [路径]...", "jialiang diff [OPTIONS] A B\n       jialiang diff [OPTIONS] --base REV [PATH]..."))
        .after_help(t(
            "A、B：标准@版本号、标准@通称、版本:标准@版本号（git 版本里的）或文件。\n\n例：\n  jialiang diff cn/basic-public-services@2021年版 cn/basic-public-services@2023年版\n  jialiang diff HEAD~1:cn/basic-public-services@1.1.0 cn/basic-public-services@1.1.0\n  jialiang diff --base origin/main --format markdown    供评审的表格",
            "A and B: standard@version, standard@label, REV:standard@version in a git revision, or files.\n\nExamples:\n  jialiang diff cn/basic-public-services@1.0.0 cn/basic-public-services@1.1.0\n  jialiang diff HEAD~1:cn/basic-public-services@1.1.0 cn/basic-public-services@1.1.0\n  jialiang diff --base origin/main --format markdown    a table for reviewers",
        ))
        .arg(
            Arg::new("what")
                .num_args(0..)
                .value_name(t("A B", "A B"))
                .help(t("要比较的两版；用 --base 时为路径", "The two editions; with --base, paths"))
                .help_heading(t("参数", "Arguments")),
        )
        .arg(rev("base", "与 git 版本比较（取它与 HEAD 的分叉点）", "Everything that differs from where a git revision and HEAD parted"))
        .arg(option("format", "输出格式：human、json 或 markdown", "Output format: human, json or markdown").value_name(t("格式", "FORMAT")).value_parser(["human", "json", "markdown"]))
        .arg(option("all", "逐条列出只涉及登记的变化（来源、译文、转录程度）", "List changes of the record alone too: sources, translations, how far a text is transcribed").action(ArgAction::SetTrue))
        .arg(option("exit-code", "有变化时退出码为 1", "Exit with 1 where something changed").action(ArgAction::SetTrue))
        .arg(registry());
    let accept = base("accept", "接受一条发现：由谁负责、为什么、到哪天为止", "Accept a finding: who answers for it, why, and until when")
        .override_usage(t("jialiang accept [选项] --reason 理由 --by 负责人 --until 日期 指纹", "jialiang accept [OPTIONS] --reason TEXT --by TEXT --until DAY FINGERPRINT"))
        .after_help(t(
            "写一个文件到登记库的 acceptances/ 里；请随改动一起提交。\n\n例：\n  jialiang accept 0f3a96c41d27 --reason 原文六月前补录 --by 某市发展改革委王某 --until 2027-07-01",
            "Writes a file below acceptances/ in the registry: commit it with the edit.\n\nExample:\n  jialiang accept 0f3a96c41d27 --reason 'the text arrives in June' --by 'Wang, reform commission' --until 2027-07-01",
        ))
        .arg(
            Arg::new("fingerprint")
                .required(true)
                .value_name(t("指纹", "FINGERPRINT"))
                .value_parser(clap::value_parser!(Fingerprint))
                .help(t("发现的指纹，check 会列出", "The finding's fingerprint, as check prints it"))
                .help_heading(t("参数", "Arguments")),
        )
        .arg(reason().required(true))
        .arg(by().required(true))
        .arg(until().required(true))
        .arg(rev("base", "与 check --base 相同：改动中的发现要写", "As of check --base: needed for findings on an edit"))
        .arg(registry())
        .arg(on());
    let fmt = base("fmt", "把文档改写成规范格式：改一个数值只动一行", "Rewrite documents in the one layout, in which one changed value is one changed line")
        .override_usage(t("jialiang fmt [选项] [路径]...", "jialiang fmt [OPTIONS] [PATH]..."))
        .after_help(t(
            "例：\n  jialiang fmt                        改写整个登记库\n  jialiang fmt --check                只看哪些文档要改，不改写（要改时退出码为 1）",
            "Examples:\n  jialiang fmt                        rewrite the whole registry\n  jialiang fmt --check                only tell which documents would change (then exit 1)",
        ))
        .arg(path("登记库，或其中的文件、文件夹", "A registry, or files and folders in one"))
        .arg(option("check", "只检查，不改写", "Only check, write nothing").action(ArgAction::SetTrue));
    let rules = base(
        "rules",
        "列出规则，或显示一条规则的说明",
        "List the rules, or show what one of them says",
    )
    .override_usage(t("jialiang rules [选项] [规则名]", "jialiang rules [OPTIONS] [NAME]"))
    .after_help(t(
        "例：\n  jialiang rules\n  jialiang rules missing-source",
        "Examples:\n  jialiang rules\n  jialiang rules missing-source",
    ))
    .arg(
        Arg::new("name")
            .value_name(t("规则名", "NAME"))
            .help(t("规则名", "The rule's name"))
            .help_heading(t("参数", "Arguments")),
    );
    Command::new("jialiang")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "嘉量：把基本公共服务标准管得像代码一样——有版本、可检查、可评审",
            "Jialiang keeps public-service standards the way good engineers keep code: versioned, checked, reviewable",
        ))
        .help_template(format!("{{about}}\n\n{usage} {{usage}}\n\n{}\n{{subcommands}}\n\n{}\n{{options}}{{after-help}}\n", t("命令:", "Commands:"), t("选项:", "Options:")))
        .override_usage(t("jialiang <命令> [选项]", "jialiang <COMMAND> [OPTIONS]"))
        .after_help(t(
            "例：\n  jialiang check standards\n  jialiang check --help",
            "Examples:\n  jialiang check standards\n  jialiang check --help",
        ))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .hide_possible_values(true)
        .subcommand_required(true)
        .args([lang_option, color, quiet, help.clone()])
        .arg(option("version", "显示版本", "Show the version").short('V').action(ArgAction::Version).display_order(103))
        .subcommand(check.arg(help.clone()))
        .subcommand(diff.arg(help.clone()))
        .subcommand(accept.arg(help.clone()))
        .subcommand(fmt.arg(help.clone()))
        .subcommand(rules.arg(help.clone()))
        .subcommands(look::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(show::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(table::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(git::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommand(write::new(lang, &help))
        .subcommand(report::report(lang).arg(help.clone()))
        .subcommands(shell::commands(lang).map(|verb| verb.arg(help.clone())))
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(all) => Some(all.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(all) => {
            Some(all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        ContextValue::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// What the parser has to say, in the language.
fn shown(error: &clap::Error, verbs: &[String], lang: Lang) -> Shown {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Shown { text: error.render().to_string(), failed: false };
    }
    let (zh, en) = sentence(error, verbs);
    let hint = context(error, ContextKind::SuggestedSubcommand)
        .or_else(|| context(error, ContextKind::SuggestedArg))
        .or_else(|| context(error, ContextKind::SuggestedValue));
    let valid = context(error, ContextKind::ValidValue).filter(|v| !v.is_empty()).or_else(|| {
        (error.kind() == ErrorKind::InvalidSubcommand).then(|| {
            let command = command(lang);
            let of = verbs.first().and_then(|verb| command.find_subcommand(verb));
            let all = of.unwrap_or(&command).get_subcommands().map(Command::get_name);
            all.collect::<Vec<_>>().join(", ")
        })
    });
    // A kind is told in Chinese as well, and may be typed so.
    let hint = hint.or_else(|| match error.kind() {
        ErrorKind::InvalidValue => {
            let word = context(error, ContextKind::InvalidValue)?;
            let sorts = valid.as_ref()?.split(", ").all(|one| look::in_chinese(one).is_some());
            look::meant(&word).filter(|_| sorts).map(str::to_owned)
        }
        _ => None,
    });
    let valid = valid.map(|all| match lang {
        Lang::Zh => {
            let one = |word: &str| look::in_chinese(word).unwrap_or_else(|| word.to_owned());
            all.split(", ").map(one).collect::<Vec<_>>().join("、")
        }
        Lang::En => all,
    });
    let mut text = match lang {
        Lang::Zh => format!("错误：{zh}\n"),
        Lang::En => format!("error: {en}\n"),
    };
    match (hint, valid) {
        (Some(hint), _) => {
            text += &match lang {
                Lang::Zh => format!("是否想写“{hint}”？\n"),
                Lang::En => format!("did you mean `{hint}`?\n"),
            }
        }
        (None, Some(valid)) => {
            text += &match lang {
                Lang::Zh => format!("可选：{valid}\n"),
                Lang::En => format!("possible: {valid}\n"),
            }
        }
        (None, None) => {}
    }
    let of = ["jialiang"].into_iter().chain(verbs.iter().map(String::as_str));
    let of = of.collect::<Vec<_>>().join(" ");
    text += &match lang {
        Lang::Zh => format!("用法见 {of} --help\n"),
        Lang::En => format!("for the usage see {of} --help\n"),
    };
    Shown { text, failed: true }
}

/// What is wrong with the arguments, in Chinese and in English.
fn sentence(error: &clap::Error, verbs: &[String]) -> (String, String) {
    let get = |kind| context(error, kind).unwrap_or_default();
    let arg = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            (format!("没有“{arg}”这个参数"), format!("there is no argument `{arg}`"))
        }
        ErrorKind::InvalidSubcommand if !verbs.is_empty() => {
            let name = get(ContextKind::InvalidSubcommand);
            (
                format!("没有“{name}”这种文档"),
                format!("there is no kind `{name}` for `{}`", verbs.join(" ")),
            )
        }
        ErrorKind::InvalidSubcommand => {
            let name = get(ContextKind::InvalidSubcommand);
            (format!("没有“{name}”这个命令"), format!("there is no command `{name}`"))
        }
        ErrorKind::MissingSubcommand if get(ContextKind::InvalidSubcommand).contains(' ') => {
            let verb = get(ContextKind::InvalidSubcommand);
            (
                format!("“{verb}”后面要写种类，见 {verb} --help"),
                format!("`{verb}` wants a kind: see {verb} --help"),
            )
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => (
            "请写一个命令，如 check".to_owned(),
            "a command is missing, such as `check`".to_owned(),
        ),
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("“{arg}”后面要写一个值"), format!("`{arg}` wants a value"))
        }
        ErrorKind::InvalidValue => {
            (format!("“{arg}”不能是“{value}”"), format!("`{arg}` cannot be `{value}`"))
        }
        ErrorKind::ValueValidation if value.trim().is_empty() => {
            (format!("“{arg}”不能为空"), format!("`{arg}` cannot be empty"))
        }
        ErrorKind::ValueValidation => {
            let (hint_zh, hint_en) = table::spelling(&arg, &value);
            (
                format!("“{arg}”的值“{value}”读不懂{hint_zh}"),
                format!("`{value}` of `{arg}` cannot be read{hint_en}"),
            )
        }
        ErrorKind::MissingRequiredArgument => {
            (format!("缺少“{arg}”"), format!("`{arg}` is missing"))
        }
        ErrorKind::ArgumentConflict => {
            let prior = get(ContextKind::PriorArg);
            let prior = if prior.is_empty() { arg.clone() } else { prior };
            (
                format!("“{arg}”不能与“{prior}”同用"),
                format!("`{arg}` cannot stand beside `{prior}`"),
            )
        }
        ErrorKind::NoEquals => {
            (format!("“{arg}”要写成 {arg}=值"), format!("`{arg}` is written {arg}=VALUE"))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            (format!("“{arg}”的值的个数不对"), format!("`{arg}` has the wrong number of values"))
        }
        ErrorKind::InvalidUtf8 => {
            ("参数不是 UTF-8 编码".to_owned(), "an argument is not UTF-8".to_owned())
        }
        _ => (error.kind().to_string(), error.kind().to_string()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn said(words: &[&str], lang: Lang) -> String {
        let words = words.iter().map(OsString::from).collect();
        parse(words, lang).unwrap_err().text
    }

    fn every(command: &Command) -> Vec<&Command> {
        let mut all = vec![command];
        all.extend(command.get_subcommands().flat_map(every));
        all
    }

    fn helps(command: &Command) -> Vec<String> {
        let mut all = vec![command.clone().render_help().to_string()];
        all.extend(command.get_subcommands().flat_map(helps));
        all
    }

    /// Everything a person reads is in the language: no help without Chinese in Chinese,
    /// none with Chinese in English, and no English word of the parser's own in Chinese.
    #[test]
    fn help_is_complete_in_both_languages() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (lang, chinese) in [(Lang::Zh, true), (Lang::En, false)] {
            let command = command(lang);
            for one in every(&command) {
                let about = one.get_about().map(ToString::to_string).unwrap_or_default();
                assert_eq!(han(&about), chinese, "{}: {about}", one.get_name());
                for arg in one.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!help.is_empty(), "{} {}", one.get_name(), arg.get_id());
                    assert_eq!(han(&help), chinese, "{} {}", one.get_name(), arg.get_id());
                }
            }
            for text in helps(&command) {
                for word in [
                    "Usage:",
                    "Options:",
                    "Commands:",
                    "Arguments:",
                    "OPTIONS",
                    "Print",
                    "default:",
                ] {
                    assert!(!chinese || !text.contains(word), "{word} in {text}");
                }
                assert!(chinese || !han(&text), "{text}");
            }
        }
    }

    #[test]
    fn what_is_wrong_with_the_arguments_is_said_in_both_languages() {
        let import = |option, value| ["jialiang", "import", "表.csv", option, value];
        let cases: &[(&[&str], &str, &str)] = &[
            (&["jialiang", "chekc"], "没有“chekc”这个命令", "there is no command `chekc`"),
            (&["jialiang", "check", "--format", "yaml"], "不能是“yaml”", "cannot be `yaml`"),
            (&["jialiang", "check", "--format"], "后面要写一个值", "wants a value"),
            (
                &["jialiang", "check", "--not"],
                "没有“--not”这个参数",
                "there is no argument `--not`",
            ),
            (&["jialiang", "check", "--limit", "x"], "读不懂", "cannot be read"),
            (&import("--version", "1.2"), "读不懂；请写成 1.2.0", "cannot be read: write 1.2.0"),
            (&import("--version", "v2"), "请写成 2.0.0", "write 2.0.0"),
            (&import("--version", "2024年版"), "通称用 --label 写", "goes behind --label"),
            (&import("--version", "x"), "如 1.2.0", "such as 1.2.0"),
            (&import("--label", "2025"), "请写成 2025年版", "write 2025年版"),
            (&import("--label", "new"), "至少一个汉字", "one Chinese character"),
            (&["jialiang"], "请写一个命令", "a command is missing"),
            (&["jialiang", "new"], "“jialiang new”后面要写种类", "`jialiang new` wants a kind"),
            (
                &["jialiang", "new", "x"],
                "可选：行政区划（place）、文件（instrument）",
                "possible: place, instrument",
            ),
            (
                &["jialiang", "new", "place", "HeBei", "--name", "n", "--level", "county"],
                "“HeBei”不是标识；请写作 hebei",
                "`HeBei` is no id; write hebei",
            ),
        ];
        for (words, zh, en) in cases {
            let (in_zh, in_en) = (said(words, Lang::Zh), said(words, Lang::En));
            assert!(in_zh.contains(zh) && in_zh.starts_with("错误："), "{in_zh}");
            assert!(in_en.contains(en) && in_en.starts_with("error: "), "{in_en}");
        }
        assert!(said(&["jialiang", "chekc"], Lang::En).contains("did you mean `check`?"));
        assert!(said(&["jialiang", "check", "--not"], Lang::Zh).contains("是否想写“--notes”？"));
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
