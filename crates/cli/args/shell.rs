//! The arguments of the verbs by which a system learns of the command: `completions`, `man`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use super::Speech;
use super::words::Words;
use crate::lang::Lang;

/// What a shell needs to complete the command line.
#[derive(Debug)]
pub(crate) struct Completions {
    pub(crate) shell: Dialect,
    pub(crate) command: Command,
}

/// The language of a shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Bash,
    Zsh,
    Fish,
    Elvish,
    PowerShell,
}

#[derive(Debug)]
pub(crate) struct Man {
    pub(crate) lang: Lang,
    pub(crate) quiet: bool,
    /// The folder for a page of each verb; the page of the command is printed where absent.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) command: Command,
}

/// The verbs, each without its `--help`.
pub(super) fn commands(lang: Lang) -> [Command; 2] {
    let w = &Words { lang };
    [completions(w), man(w)]
}

fn completions(w: &Words) -> Command {
    w.verb(
        "completions",
        "印出命令行补全脚本：bash、zsh、fish、elvish 或 powershell",
        "Print what a shell needs to complete the command line",
    )
    .override_usage(w.t("jialiang completions [选项] <SHELL>", "jialiang completions [OPTIONS] <SHELL>"))
    .after_help(w.t(
        "例：\n  jialiang completions bash > ~/.local/share/bash-completion/completions/jialiang\n  jialiang completions zsh > ~/.zfunc/_jialiang\n  jialiang completions fish > ~/.config/fish/completions/jialiang.fish",
        "Examples:\n  jialiang completions bash > ~/.local/share/bash-completion/completions/jialiang\n  jialiang completions zsh > ~/.zfunc/_jialiang\n  jialiang completions fish > ~/.config/fish/completions/jialiang.fish",
    ))
    .arg(
        Arg::new("shell")
            .required(true)
            .value_name("SHELL")
            .value_parser(["bash", "zsh", "fish", "elvish", "powershell"])
            .help(w.t(
                "bash、zsh、fish、elvish 或 powershell",
                "bash, zsh, fish, elvish or powershell",
            ))
            .help_heading(w.t("参数", "Arguments")),
    )
}

fn man(w: &Words) -> Command {
    w.verb("man", "印出手册页，或把每个命令的手册页写到一个文件夹", "Print the manual page, or write one for each verb")
        .override_usage(w.t("jialiang man [选项]", "jialiang man [OPTIONS]"))
        .after_help(w.t(
            "例：\n  jialiang man > jialiang.1 && man -l jialiang.1\n  jialiang man -o ~/.local/share/man/zh_CN/man1 --lang zh",
            "Examples:\n  jialiang man > jialiang.1 && man -l jialiang.1\n  jialiang man -o ~/.local/share/man/man1 --lang en",
        ))
        .arg(
            w.option(
                "output",
                "写到哪个文件夹，每个命令一页；不写则印出总的一页",
                "The folder for a page of each verb; without it the page of the command is printed",
            )
            .short('o')
            .value_name(w.t("文件夹", "DIR"))
            .value_parser(clap::value_parser!(PathBuf)),
        )
}

pub(super) fn parse_completions(lang: Lang, given: &ArgMatches) -> Completions {
    let shell = match given.get_one::<String>("shell").map_or("", String::as_str) {
        "zsh" => Dialect::Zsh,
        "fish" => Dialect::Fish,
        "elvish" => Dialect::Elvish,
        "powershell" => Dialect::PowerShell,
        _ => Dialect::Bash,
    };
    Completions { shell, command: super::command(lang) }
}

pub(super) fn parse_man(speech: Speech, given: &ArgMatches) -> Man {
    let folder = given.get_one::<PathBuf>("output").cloned();
    Man { lang: speech.lang, quiet: speech.quiet, folder, command: super::command(speech.lang) }
}
