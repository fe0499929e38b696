//! The arguments: parsed, validated, and nothing done yet.
//!
//! Every word that the command says of itself stands here in both languages, side by
//! side; a test keeps that complete.

mod ask;
mod gate;
mod git;
mod look;
mod report;
mod shell;
mod show;
mod table;
mod words;
mod write;
mod wrong;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};

use jialiang_model::kind::jurisdiction::Level;
use jialiang_model::text::Phrase;

use crate::cmd::Failure;
use crate::lang::Lang;

pub(crate) use ask::{Ask, AskFormat, Asked, History, HistoryFormat};
pub(crate) use gate::{Accept, Check, Diff, DiffFormat, Fmt, Format, Rules, Sides, Terms};
pub(crate) use git::{Ci, Init, MergeDriver, NewPlace, Textconv};
pub(crate) use look::{Blame, Find, List, ListFormat, Log, LogFormat, many};
pub(crate) use report::{Report, ReportFormat, Topic};
pub(crate) use shell::{Completions, Dialect, Man};
pub(crate) use show::{Show, ShowFormat};
pub(crate) use table::Import;
pub(crate) use write::{
    New, NewAdjustment, NewEdition, NewInstrument, NewStandard, Unread, What, Which,
};

/// What the command was asked to do.
#[derive(Debug)]
pub(crate) enum Args {
    Check(Check),
    Diff(Diff),
    Accept(Accept),
    Fmt(Fmt),
    Rules(Rules),
    Ask(Ask),
    History(History),
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
    let verbs = wrong::verbs(&words, lang);
    let matches = command(lang)
        .try_get_matches_from(words)
        .map_err(|error| wrong::shown(&error, &verbs, lang))?;
    let Some((name, given)) = matches.subcommand() else {
        let text = command(lang).render_help().to_string();
        return Err(Shown { text, failed: true });
    };
    let speech = Speech { lang, colour: colour(given), quiet: given.get_flag("quiet") };
    Ok(match name {
        "diff" => Args::Diff(gate::parse_diff(speech, given)?),
        "accept" => Args::Accept(gate::parse_accept(speech, given)?),
        "fmt" => Args::Fmt(gate::parse_fmt(speech, given)),
        "rules" => Args::Rules(gate::parse_rules(speech, given)),
        "ask" => Args::Ask(ask::parse_ask(speech, given)),
        "history" => Args::History(ask::parse_history(speech, given)?),
        "show" => Args::Show(show::parse_show(speech, given)?),
        "import" => Args::Import(
            table::parse_import(speech, given).ok_or_else(|| wrong::missing("--standard", lang))?,
        ),
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
        _ => Args::Check(gate::parse_check(speech, given)?),
    })
}

/// Words as a document can hold them: one line, and nothing hidden in it.
fn plain(text: &str) -> Result<Phrase, String> {
    let hidden = |c: char| c.is_control() || jialiang_model::read::lexical::is_hidden(c);
    let phrase = Phrase::parse(text).filter(|_| !text.contains(hidden));
    phrase.ok_or_else(|| "a line of text without hidden characters".to_owned())
}

/// What `--level` takes, in English and as people say it in Chinese.
fn levels() -> clap::builder::PossibleValuesParser {
    let one =
        |level: &Level| clap::builder::PossibleValue::new(level.as_str()).aliases(spoken(*level));
    Level::ALL.iter().map(one).collect::<Vec<_>>().into()
}

/// How a level is said in Chinese. 市 is said of three levels, and of none alone.
const fn spoken(level: Level) -> &'static [&'static str] {
    match level {
        Level::Nation => &["国家", "国家级", "国"],
        Level::Province => &["省级", "省"],
        Level::Prefecture => &["地级", "地", "地市", "地级市"],
        Level::County => &["县级", "县", "区县", "县区", "区"],
    }
}

/// A level, as it is written or said.
fn level(word: &str) -> Option<Level> {
    let said = |level: &&Level| spoken(**level).contains(&word);
    Level::parse(word).or_else(|| Level::ALL.iter().find(said).copied())
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
    let usage = t("用法:", "Usage:");
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
        .subcommands(gate::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(ask::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(look::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(show::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(table::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommands(git::commands(lang).map(|verb| verb.arg(help.clone())))
        .subcommand(write::new(lang, &help))
        .subcommand(report::report(lang).arg(help.clone()))
        .subcommands(shell::commands(lang).map(|verb| verb.arg(help.clone())))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

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
    fn the_command_line_is_well_formed() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
