//! The arguments of the verbs that ask what is in force: `ask` and `history`.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use jialiang_model::date::Day;

use super::words::Words;
use super::{Shown, Speech, gate};
use crate::lang::Lang;
use crate::render::visible;

/// What is asked, as it was typed.
#[derive(Debug)]
pub(crate) struct Asked {
    /// A place, or all of an address.
    pub(crate) place: String,
    /// An item, or an item and a line of it.
    pub(crate) item: Option<String>,
    pub(crate) standard: Option<String>,
    /// What is known of the person or the case.
    pub(crate) with: Option<String>,
    pub(crate) rev: Option<String>,
    pub(crate) registry: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) speech: Speech,
    pub(crate) asked: Asked,
    pub(crate) on: Option<Day>,
    pub(crate) today: Option<Day>,
    pub(crate) known: Option<Day>,
    pub(crate) format: AskFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskFormat {
    Human,
    Json,
    Csv,
    Markdown,
}

#[derive(Debug)]
pub(crate) struct History {
    pub(crate) speech: Speech,
    pub(crate) asked: Asked,
    pub(crate) format: HistoryFormat,
    /// The file to write, instead of printing.
    pub(crate) out: Option<PathBuf>,
    pub(crate) force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HistoryFormat {
    Human,
    Json,
    Svg,
    Markdown,
}

impl HistoryFormat {
    const NAMES: [&str; 4] = ["human", "json", "svg", "markdown"];

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "human" | "txt" => Self::Human,
            "json" => Self::Json,
            "svg" => Self::Svg,
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
                    "错误：{path}：看不出要写成什么格式；文件名请以 .svg、.md、.json 或 .txt 结尾，或写明 --format\n"
                ),
                Lang::En => format!(
                    "error: {path}: its name tells no format; write .svg, .md, .json or .txt, or say --format\n"
                ),
            };
            Shown { text, failed: true }
        })
    }
}

/// The verbs, each without its `--help`.
pub(super) fn commands(lang: Lang) -> [Command; 2] {
    let words = Words { lang };
    [ask(&words), history(&words)]
}

fn ask(w: &Words) -> Command {
    w.verb(
        "ask",
        "某地某项标准某一天是多少、截至某一天所知，依据是什么",
        "What holds in a place for an item on a day, as known on a day, and why",
    )
    .override_usage(w.t(
        "jialiang ask [选项] <行政区划> [项目[/条目]]",
        "jialiang ask [OPTIONS] <PLACE> [ITEM[/PROVISION]]",
    ))
    .after_help(w.t(
        "行政区划、项目、条目写标识或名称；也可写成一个地址：行政区划/项目/条目@日期;known=日期。\n答案是值及其依据，或：未定（列出可能的值）、尚未开始（文件载明此后设立的）、已停止、不适用、库中无记载（列出查过什么、最早的记载、接下来可试什么）。没有记载不等于没有规定。现行值未核对的，并列最近一个已核对的值。\n退出码：0 所问各条都有确定的答案；1 有未定或无记载的；2 程序未能工作。\n\n例：\n  jialiang ask 天津 城乡居民基本养老保险 --on 2014-10-01\n  jialiang ask tianjin resident-pension --on 2014-10-01 --known 2015-01-31\n  jialiang ask \"tianjin/resident-pension/basic@2014-10-01;known=2015-01-31\"\n  jialiang ask 天津 older-people-allowances --with age=72\n  jialiang ask 天津 --format csv > 现行标准.csv     全部有标准或不适用的项目\n  jialiang ask 全国 --rev HEAD~1                    登记库当时是怎么说的",
        "Places, items and provisions are ids or names; one address does as well: place/item/provision@day;known=day.\nThe answer is a value and what it rests on, or: undecided (with the candidates), not yet (where a document says that it begins), ended, not applicable, or that nothing is on record (with what was tried, the first that is on record and what to try next), which does not mean that nothing held. Beside an unverified value stands the last verified one.\nExit status: 0 every line has a definite answer; 1 something is undecided or not on record; 2 the command could not work.\n\nExamples:\n  jialiang ask tianjin resident-pension --on 2014-10-01\n  jialiang ask tianjin resident-pension --on 2014-10-01 --known 2015-01-31\n  jialiang ask \"tianjin/resident-pension/basic@2014-10-01;known=2015-01-31\"\n  jialiang ask tianjin older-people-allowances --with age=72\n  jialiang ask tianjin --format csv > in-force.csv    every item that has lines or is not applicable\n  jialiang ask cn --rev HEAD~1                        what the registry said then",
    ))
    .arg(place(w))
    .arg(w.argument(
        "item",
        ("项目[/条目]", "ITEM[/PROVISION]"),
        "服务项目，后面可加 / 和条目或指标；不写则列出全部有标准的项目",
        "An item, with / and a provision or a measure behind it; every item that has lines where absent",
    ).display_order(2))
    .arg(w.day(
        "on",
        "哪一天的标准；默认今天（北京时间）",
        "The day for which it is asked; today in China where absent",
    ))
    .arg(w.day(
        "known",
        "截至哪一天所知：只算那天及以前已公布的文件；不写则用库中全部",
        "As known by the end of a day: only documents public by then; everything on record where absent",
    ))
    .args(about(w))
    .arg(w.format(
        "输出格式：human、json、csv 或 markdown",
        "Output format: human, json, csv or markdown",
        &["human", "json", "csv", "markdown"],
    ))
    .arg(w.rev())
    .arg(w.registry())
}

fn history(w: &Words) -> Command {
    w.verb(
        "history",
        "某地某项标准历来是多少：横看适用的日期，竖看何时所知；可存为 SVG 图",
        "How the lines of an item went in a place: for which days, and as known when; also as SVG",
    )
    .override_usage(w.t(
        "jialiang history [选项] <行政区划> <项目[/条目]>",
        "jialiang history [OPTIONS] <PLACE> <ITEM[/PROVISION]>",
    ))
    .after_help(w.t(
        "每行是一段“所知”的时间，每列是一段适用的日期；▒ 是上溯：文件公布时已经过去的日子。放不下时分成几幅，再窄则列成表。\n退出码：0 有历史；1 库中无记载；2 程序未能工作。\n\n例：\n  jialiang history 天津 resident-pension/basic\n  jialiang history 天津 最低生活保障 -o 低保.svg\n  jialiang history tianjin resident-pension --format json    格式见 schemas/history-output.json",
        "Each row is a time of knowledge, each column a run of days; what is shaded (▒) reaches back: days that were over when the document became known. What does not fit stands in panels below, and where not even one column fits, in a table.\nExit status: 0 there is a history; 1 nothing is on record; 2 the command could not work.\n\nExamples:\n  jialiang history tianjin resident-pension/basic\n  jialiang history tianjin minimum-living-allowance -o allowance.svg\n  jialiang history tianjin resident-pension --format json    see schemas/history-output.json",
    ))
    .arg(place(w))
    .arg(w.argument(
        "item",
        ("项目[/条目]", "ITEM[/PROVISION]"),
        "服务项目，后面可加 / 和条目或指标",
        "An item, with / and a provision or a measure behind it",
    ).display_order(2))
    .args(about(w))
    .arg(w.format(
        "输出格式：human、json、svg 或 markdown；不写则看 -o 的文件名",
        "Output format: human, json, svg or markdown; by the name of the file of -o where absent",
        &HistoryFormat::NAMES,
    ))
    .args(w.output())
    .arg(w.rev())
    .arg(w.registry())
}

fn place(w: &Words) -> clap::Arg {
    w.argument(
        "place",
        ("行政区划", "PLACE"),
        "行政区划，如 天津 或 tianjin；或整个地址，前面可加 git 版本",
        "A place, such as tianjin; or a whole address, before which a git revision may stand",
    )
    .required(true)
    .display_order(1)
}

fn about(w: &Words) -> [clap::Arg; 2] {
    [
        w.option(
            "with",
            "已知的情形，如 age=72,residence=rural；不写则各种情形分列",
            "What is known of the person or the case, such as age=72,residence=rural; every case where absent",
        )
        .value_name(w.t("情形", "FACTS")),
        w.option(
            "standard",
            "哪部标准；只在两部标准有同一标识的项目时需要",
            "Which standard: needed only where two works have an item of one id",
        )
        .value_name(w.t("标准", "STANDARD")),
    ]
}

fn text(given: &ArgMatches, name: &str) -> Option<String> {
    given.get_one::<String>(name).cloned()
}

fn asked(given: &ArgMatches) -> Asked {
    Asked {
        place: text(given, "place").unwrap_or_default(),
        item: text(given, "item"),
        standard: text(given, "standard"),
        with: text(given, "with"),
        rev: text(given, "rev"),
        registry: given.get_one::<PathBuf>("registry").cloned(),
    }
}

pub(super) fn parse_ask(speech: Speech, given: &ArgMatches) -> Ask {
    Ask {
        speech,
        asked: asked(given),
        on: given.get_one::<Day>("on").copied(),
        today: gate::today(),
        known: given.get_one::<Day>("known").copied(),
        format: match text(given, "format").as_deref() {
            Some("json") => AskFormat::Json,
            Some("csv") => AskFormat::Csv,
            Some("markdown") => AskFormat::Markdown,
            _ => AskFormat::Human,
        },
    }
}

pub(super) fn parse_history(speech: Speech, given: &ArgMatches) -> Result<History, Shown> {
    let out = given.get_one::<PathBuf>("output").filter(|path| path.as_os_str() != "-").cloned();
    let format = match text(given, "format") {
        Some(name) => HistoryFormat::parse(&name).unwrap_or(HistoryFormat::Human),
        None => match &out {
            Some(path) => HistoryFormat::of_file(path, speech.lang)?,
            None => HistoryFormat::Human,
        },
    };
    Ok(History { speech, asked: asked(given), format, out, force: given.get_flag("force") })
}
