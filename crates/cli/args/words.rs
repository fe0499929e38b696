//! Arguments and verbs in a language: what all verbs make theirs with.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};

use jialiang_model::date::Day;

use crate::lang::Lang;

/// Makes arguments and verbs in a language.
pub(super) struct Words {
    pub(super) lang: Lang,
}

impl Words {
    pub(super) fn t(&self, zh: &str, en: &str) -> String {
        self.lang.pick(zh, en).to_owned()
    }

    pub(super) fn option(&self, name: &'static str, zh: &str, en: &str) -> Arg {
        Arg::new(name).long(name).help(self.t(zh, en)).help_heading(self.t("选项", "Options"))
    }

    pub(super) fn file(&self, name: &'static str, value: &str, zh: &str, en: &str) -> Arg {
        Arg::new(name)
            .value_name(value.to_owned())
            .value_parser(clap::value_parser!(PathBuf))
            .help(self.t(zh, en))
            .help_heading(self.t("参数", "Arguments"))
    }

    pub(super) fn verb(&self, name: &'static str, zh: &str, en: &str) -> Command {
        let usage = self.t("用法:", "Usage:");
        Command::new(name)
            .about(self.t(zh, en))
            .help_template(format!(
                "{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}\n"
            ))
            .disable_help_flag(true)
            .hide_possible_values(true)
    }

    pub(super) fn argument(
        &self,
        name: &'static str,
        value: (&str, &str),
        zh: &str,
        en: &str,
    ) -> Arg {
        Arg::new(name)
            .value_name(self.t(value.0, value.1))
            .help(self.t(zh, en))
            .help_heading(self.t("参数", "Arguments"))
    }

    pub(super) fn format(&self, zh: &str, en: &str, names: &'static [&'static str]) -> Arg {
        self.option("format", zh, en)
            .value_name(self.t("格式", "FORMAT"))
            .value_parser(PossibleValuesParser::new(names))
    }

    pub(super) fn limit(&self, zh: &str, en: &str) -> Arg {
        self.option("limit", zh, en).value_name("N").value_parser(clap::value_parser!(usize))
    }

    pub(super) fn registry(&self) -> Arg {
        self.option(
            "registry",
            "登记库的路径；默认为当前文件夹（或其中的 standards）",
            "The registry's path; this folder, or the `standards` in it, where absent",
        )
        .value_name(self.t("路径", "PATH"))
        .value_parser(clap::value_parser!(PathBuf))
    }

    /// A day.
    pub(super) fn day(&self, name: &'static str, zh: &str, en: &str) -> Arg {
        self.option(name, zh, en)
            .value_name(self.t("日期", "DAY"))
            .value_parser(clap::value_parser!(Day))
    }

    /// As which git revision the registry is read.
    pub(super) fn rev(&self) -> Arg {
        self.option(
            "rev",
            "按哪个 git 版本的登记库回答，如 HEAD~3、某个标签；不写为当前内容",
            "Ask the registry as a git revision has it, such as HEAD~3 or a tag; as it stands where absent",
        )
        .value_name(self.t("版本", "REV"))
    }

    /// A file to write instead of printing, and whether it may be replaced.
    pub(super) fn output(&self) -> [Arg; 2] {
        [
            self.option(
                "output",
                "写入文件，不印在屏幕上；- 为印在屏幕上",
                "Write a file instead of printing; - prints",
            )
            .short('o')
            .value_name(self.t("文件", "FILE"))
            .value_parser(clap::value_parser!(PathBuf)),
            self.option(
                "force",
                "-o 的文件里已有别的内容，也替换",
                "Replace the file of -o even where it holds something else",
            )
            .action(ArgAction::SetTrue),
        ]
    }
}
