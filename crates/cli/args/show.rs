//! The arguments of the verb by which people read: `show`.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::words::Words;
use super::{Shown, Speech};
use crate::lang::Lang;
use crate::render::visible;

#[derive(Debug)]
pub(crate) struct Show {
    pub(crate) speech: Speech,
    pub(crate) address: String,
    pub(crate) format: ShowFormat,
    /// The file to write, instead of printing.
    pub(crate) out: Option<PathBuf>,
    /// Whether a file may be replaced that holds something else.
    pub(crate) force: bool,
    /// Whether a difference is shown with what it takes over.
    pub(crate) whole: bool,
    /// As which git revision the registry is read.
    pub(crate) rev: Option<String>,
    pub(crate) registry: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShowFormat {
    Human,
    Json,
    Html,
    Csv,
    Xlsx,
    Markdown,
}

impl ShowFormat {
    const NAMES: [&str; 6] = ["human", "json", "html", "csv", "xlsx", "markdown"];

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "human" | "txt" => Self::Human,
            "json" => Self::Json,
            "html" | "htm" => Self::Html,
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "markdown" | "md" => Self::Markdown,
            _ => return None,
        })
    }

    /// What the name of a file asks for.
    fn of_file(path: &Path, lang: Lang) -> Result<Self, Shown> {
        let word = path.extension().and_then(|word| word.to_str()).unwrap_or_default();
        Self::parse(&word.to_ascii_lowercase()).ok_or_else(|| {
            let path = visible(&path.display().to_string());
            let text = match lang {
                Lang::Zh => format!(
                    "错误：{path}：看不出要写成什么格式；文件名请以 .xlsx、.html、.csv、.md、.json 或 .txt 结尾，或写明 --format\n"
                ),
                Lang::En => format!(
                    "error: {path}: its name tells no format; write .xlsx, .html, .csv, .md, .json or .txt, or say --format\n"
                ),
            };
            Shown { text, failed: true }
        })
    }
}

/// The verbs, each without its `--help`.
pub(super) fn commands(lang: Lang) -> [Command; 1] {
    [show(&Words { lang })]
}

fn show(w: &Words) -> Command {
    w.verb(
        "show",
        "显示一版标准（官方六栏表）、服务项目、文件、行政区划、规划等，可存为网页、Excel 表",
        "Show an edition as the official table, an item, a document, a place, a plan and so on; also as HTML or for Excel",
    )
    .override_usage(w.t("jialiang show [选项] <地址>", "jialiang show [OPTIONS] <ADDRESS>"))
    .after_help(w.t(
        "标＊的内容尚未与来源核对；“未转录”是原文尚未录入，不是没有规定。各版的 CSV 和 Excel 表一律用中文，附登记数据，可用 jialiang import 读回。\n\n例：\n  jialiang show cn/basic-public-services@2023年版            官方六栏表\n  jialiang show cn/basic-public-services@2023年版#school-meals\n  jialiang show cn/2023/basic-public-services                 一份文件，有哪些版引用它\n  jialiang show cn                                            行政区划：单位、标准、文件\n  jialiang show 天津                                          名称也可以
  jialiang show cn/basic-public-services@2023年版 -o 标准.xlsx  可打印的 Excel 表\n  jialiang show cn/basic-public-services@2023年版 -o 标准.html  可打印的网页",
        "What bears a ＊ has not been compared with its source; `not transcribed` means that the text is not on record, and not that it says nothing. Of an edition, CSV and Excel tables are in Chinese and carry the registry's own data, so that jialiang import reads them back.\n\nExamples:\n  jialiang show cn/basic-public-services@1.1.0               the official table\n  jialiang show cn/basic-public-services@1.1.0#school-meals\n  jialiang show cn/2023/basic-public-services                a document, and which editions cite it\n  jialiang show cn                                           a place: agencies, standards, documents\n  jialiang show cn/basic-public-services@1.1.0 -o table.xlsx a table to print from Excel\n  jialiang show cn/basic-public-services@1.1.0 -o table.html a page to print from a browser",
    ))
    .arg(
        Arg::new("address")
            .required(true)
            .value_name(w.t("地址", "ADDRESS"))
            .help(w.t(
                "要显示什么：地址、通称或名称；前面可加 git 版本，如 HEAD~1:cn/…",
                "What to show: an address, a label or a name; a git revision may stand before it, as in HEAD~1:cn/…",
            ))
            .help_heading(w.t("参数", "Arguments")),
    )
    .arg(
        w.option(
            "format",
            "输出格式：human、json、html、csv、xlsx 或 markdown；不写则看 -o 的文件名",
            "Output format: human, json, html, csv, xlsx or markdown; by the name of the file of -o where absent",
        )
        .value_name(w.t("格式", "FORMAT"))
        .value_parser(ShowFormat::NAMES),
    )
    .args(w.output())
    .arg(
        w.option(
            "whole",
            "以差异方式编写的版本：连同沿用上级的服务项目一并显示（CSV、Excel 不附登记数据）",
            "Of an edition written as a difference: show the items that it takes over too (CSV and Excel then carry no data)",
        )
        .action(ArgAction::SetTrue),
    )
    .arg(w.rev())
    .arg(w.registry())
}

pub(super) fn parse_show(speech: Speech, given: &ArgMatches) -> Result<Show, Shown> {
    let out = given.get_one::<PathBuf>("output").filter(|path| path.as_os_str() != "-").cloned();
    let format = match given.get_one::<String>("format") {
        Some(name) => ShowFormat::parse(name).unwrap_or(ShowFormat::Human),
        None => match &out {
            Some(path) => ShowFormat::of_file(path, speech.lang)?,
            None => ShowFormat::Human,
        },
    };
    Ok(Show {
        speech,
        address: given.get_one::<String>("address").cloned().unwrap_or_default(),
        format,
        out,
        whole: given.get_flag("whole"),
        force: given.get_flag("force"),
        rev: given.get_one::<String>("rev").cloned(),
        registry: given.get_one::<PathBuf>("registry").cloned(),
    })
}
