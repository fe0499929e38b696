//! The arguments of `report`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use super::Speech;
use super::words::Words;
use crate::lang::Lang;

#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) speech: Speech,
    pub(crate) topic: Topic,
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) format: ReportFormat,
    pub(crate) rev: Option<String>,
}

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Unverified,
    Coverage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportFormat {
    Human,
    Json,
    Csv,
    Markdown,
}

pub(super) fn report(lang: Lang) -> Command {
    let w = &Words { lang };
    w.verb(
        "report",
        "报告：还有哪些未核对；各地各版转录到什么程度",
        "Report what is not verified yet, or how far each text is transcribed",
    )
    .override_usage(w.t(
        "jialiang report [选项] <报告> [路径]...",
        "jialiang report [OPTIONS] <REPORT> [PATH]...",
    ))
    .after_help(w.t(
        "例：\n  jialiang report unverified standards/cn     国家标准里还没有与来源核对的\n  jialiang report coverage                    各地各版：公布几项、登记几项、转录到什么程度\n  jialiang report coverage --format csv       用电子表格打开；json 的格式见 schemas/report-output.json",
        "Examples:\n  jialiang report unverified standards/cn     what nobody has compared with its source\n  jialiang report coverage                    place by place: what is declared, listed, transcribed\n  jialiang report coverage --format csv       for a spreadsheet; schemas/report-output.json tells of json",
    ))
    .arg(
        Arg::new("report")
            .required(true)
            .display_order(1)
            .value_name(w.t("报告", "REPORT"))
            .value_parser(["unverified", "coverage"])
            .help(w.t(
                "unverified（未核对的来源）或 coverage（转录程度）",
                "unverified (sources to verify) or coverage (how far texts are transcribed)",
            ))
            .help_heading(w.t("参数", "Arguments")),
    )
    .arg(
        w.file(
            "path",
            w.lang.pick("路径", "PATH"),
            "登记库，或其中的文件、文件夹",
            "A registry, or files and folders in one",
        )
        .num_args(0..)
        .display_order(2),
    )
    .arg(
        w.option(
            "format",
            "输出格式：human、json、csv 或 markdown",
            "Output format: human, json, csv or markdown",
        )
        .value_name(w.t("格式", "FORMAT"))
        .value_parser(["human", "json", "csv", "markdown"]),
    )
    .arg(w.rev())
}

pub(super) fn parse_report(speech: Speech, given: &ArgMatches) -> Report {
    let word = |name: &str| given.get_one::<String>(name).map(String::as_str);
    Report {
        speech,
        topic: match word("report") {
            Some("coverage") => Topic::Coverage,
            _ => Topic::Unverified,
        },
        paths: given.get_many::<PathBuf>("path").into_iter().flatten().cloned().collect(),
        format: match word("format") {
            Some("json") => ReportFormat::Json,
            Some("csv") => ReportFormat::Csv,
            Some("markdown") => ReportFormat::Markdown,
            _ => ReportFormat::Human,
        },
        rev: word("rev").map(str::to_owned),
    }
}
