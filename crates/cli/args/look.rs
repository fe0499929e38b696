//! Arguments of the verbs by which one finds one's way: `list`, `find`, `log`, `blame`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ArgAction, ArgMatches, Command};

use jialiang_model::lookup::Sort;

use super::Speech;
use super::words::Words;
use crate::lang::Lang;

#[derive(Debug)]
pub(crate) struct List {
    pub(crate) speech: Speech,
    pub(crate) sort: Option<Sort>,
    /// What it must belong to.
    pub(crate) of: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) format: ListFormat,
    pub(crate) rev: Option<String>,
    pub(crate) registry: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListFormat {
    Human,
    Json,
    Csv,
}

#[derive(Debug)]
pub(crate) struct Find {
    pub(crate) speech: Speech,
    pub(crate) words: Vec<String>,
    pub(crate) sort: Option<Sort>,
    pub(crate) json: bool,
    pub(crate) limit: usize,
    pub(crate) rev: Option<String>,
    pub(crate) registry: Option<PathBuf>,
}

#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) speech: Speech,
    /// The whole registry where absent.
    pub(crate) address: Option<String>,
    pub(crate) format: LogFormat,
    pub(crate) limit: usize,
    pub(crate) all: bool,
    pub(crate) rev: Option<String>,
    pub(crate) registry: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Human,
    Json,
    Markdown,
}

#[derive(Debug)]
pub(crate) struct Blame {
    pub(crate) speech: Speech,
    pub(crate) address: String,
    pub(crate) json: bool,
    pub(crate) rev: Option<String>,
    pub(crate) registry: Option<PathBuf>,
}

/// Each sort by its word, and the word for many of it.
const SORTS: [(&str, &str, Sort); 15] = [
    ("place", "places", Sort::Place),
    ("instrument", "instruments", Sort::Instrument),
    ("adjustment", "adjustments", Sort::Adjustment),
    ("standard", "standards", Sort::Standard),
    ("edition", "editions", Sort::Edition),
    ("item", "items", Sort::Item),
    ("provision", "provisions", Sort::Provision),
    ("plan", "plans", Sort::Plan),
    ("domain", "domains", Sort::Domain),
    ("task", "tasks", Sort::Task),
    ("project", "projects", Sort::Project),
    ("target", "targets", Sort::Target),
    ("crosswalk", "crosswalks", Sort::Crosswalk),
    ("table", "tables", Sort::Indicators),
    ("indicator", "indicators", Sort::Indicator),
];

/// The word for many of a sort, as `jialiang list` takes it.
pub(crate) fn many(sort: Sort) -> &'static str {
    SORTS.iter().find(|(_, _, one)| *one == sort).map_or("", |(_, many, _)| many)
}

fn sort_of(word: &str) -> Option<Sort> {
    let fits = |(one, many, sort): &&(&str, &str, Sort)| {
        *one == word || *many == word || sort.zh() == word
    };
    SORTS.iter().find(fits).map(|(_, _, sort)| *sort)
}

/// A word for a sort in Chinese, with the one to type behind it.
pub(super) fn in_chinese(word: &str) -> Option<String> {
    Some(format!("{}（{word}）", sort_of(word)?.zh()))
}

/// The sort that is meant by a part of its Chinese word, where it is one alone.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    let chinese = !word.is_empty() && word.chars().all(|c| c as u32 >= 0x4e00);
    let mut fits = Sort::ALL.iter().map(|sort| sort.zh()).filter(|zh| chinese && zh.contains(word));
    fits.next().filter(|_| fits.next().is_none())
}

/// The verbs, each without its `--help`.
pub(super) fn commands(lang: Lang) -> [Command; 4] {
    let words = Words { lang };
    [list(&words), find(&words), log(&words), blame(&words)]
}

/// Words for sorts: the first of each is the one that is told.
fn sorts(many_first: bool) -> PossibleValuesParser {
    PossibleValuesParser::new(SORTS.map(|(one, many, sort)| {
        let (first, second) = if many_first { (many, one) } else { (one, many) };
        PossibleValue::new(first).aliases([second, sort.zh()])
    }))
}

fn list(w: &Words) -> Command {
    w.verb(
        "list",
        "列出登记库里有什么：行政区划、文件、标准、版本、服务项目、规划等",
        "List what there is: places, instruments, standards, editions, items, plans and more",
    )
    .override_usage(w.t(
        "jialiang list [选项] [类别] [地址]",
        "jialiang list [OPTIONS] [KIND] [ADDRESS]",
    ))
    .after_help(w.t(
        "类别：places 行政区划、instruments 文件、adjustments 调整、standards 标准、editions 版本、items 服务项目、provisions 服务标准、plans 规划、domains 领域、tasks 重点任务、projects 保障工程、targets 目标、crosswalks 对照表、tables 指标表、indicators 指标；也可写中文。不写则列出各类的数量。\n\n例：\n  jialiang list\n  jialiang list 文件 --place 天津\n  jialiang list items cn/basic-public-services@2023年版\n  jialiang list targets --format csv > targets.csv",
        "Kinds: places, instruments, adjustments, standards, editions, items, provisions, plans, domains, tasks, projects, targets, crosswalks, tables, indicators. Without one, how many there are of each.\n\nExamples:\n  jialiang list\n  jialiang list instruments --place tianjin\n  jialiang list items cn/basic-public-services@1.1.0\n  jialiang list targets --format csv > targets.csv",
    ))
    .arg(
        w.argument("kind", ("类别", "KIND"), "列出哪一类，如 items；不写则列出各类的数量", "Which kind, such as items; how many of each where absent")
            .value_parser(sorts(true)),
    )
    .arg(w.argument("of", ("地址", "ADDRESS"), "只列属于它的：一版标准、规划、行政区划等；服务项目不写则取各标准最新一版", "Only what belongs to it: an edition, a plan, a place; items are those of the latest editions where absent"))
    .arg(
        w.option("place", "只列某个行政区划的，如 tianjin 或 天津", "Only those of a place, such as tianjin")
            .value_name(w.t("行政区划", "PLACE")),
    )
    .arg(w.format("输出格式：human、json 或 csv", "Output format: human, json or csv", &["human", "json", "csv"]))
    .arg(w.rev())
    .arg(w.registry())
}

fn find(w: &Words) -> Command {
    w.verb(
        "find",
        "按词语查找：名称、通称、标识、文号、原文，中英文都可以",
        "Look for words: in names, labels, ids, document numbers and texts, Chinese or English",
    )
    .override_usage(w.t("jialiang find [选项] <词语>...", "jialiang find [OPTIONS] <WORD>..."))
    .after_help(w.t(
        "几个词语须同时出现。繁简、全角半角、空格、括号不分。先列名称相同的，再列名称以此开头的、名称含有的、标识、文号、文字含有的。\n退出码：0 找到；1 没有找到；2 程序未能工作。\n\n例：\n  jialiang find 助学金\n  jialiang find 财社〔2022〕49号\n  jialiang find 义务教育 寄宿生 --kind provision",
        "All words must stand there. Traditional and simplified characters, wide and narrow forms, blanks and kinds of brackets are the same. Names that are the words come first, then names that begin with them, names that hold them, ids, numbers, texts.\nExit status: 0 found; 1 nothing found; 2 the command could not work.\n\nExamples:\n  jialiang find school meals\n  jialiang find student-grants --kind item\n  jialiang find pension --format json",
    ))
    .arg(
        w.argument("word", ("词语", "WORD"), "要查找的词语", "What to look for")
            .required(true)
            .num_args(1..),
    )
    .arg(
        w.option("kind", "只找某一类，如 item、instrument（类别见 list --help）", "Only one kind, such as item or instrument; list --help tells them")
            .value_name(w.t("类别", "KIND"))
            .value_parser(sorts(false)),
    )
    .arg(w.format("输出格式：human 或 json", "Output format: human or json", &["human", "json"]))
    .arg(w.limit("最多列出多少条，0 为不限；默认 20", "List at most so many, 0 for all; 20 where absent"))
    .arg(w.rev())
    .arg(w.registry())
}

fn log(w: &Words) -> Command {
    w.verb(
        "log",
        "哪些 git 提交改过它：谁、哪天、改了什么（按条目和数值）",
        "Which git commits touched it: who, when, and what they changed in provisions and values",
    )
    .override_usage(w.t("jialiang log [选项] [地址]", "jialiang log [OPTIONS] [ADDRESS]"))
    .after_help(w.t(
        "地址可以是标准、版本、服务项目、条目、文件、规划、行政区划（其文件夹里的全部文档）、文档路径或名称；前面可加 版本: 只看该 git 版本及以前。服务项目和条目只列真正改过它的提交。合并提交只在内容与各方都不同时列出。已经删去的文档、项目、条目仍可按地址查。\n\n例：\n  jialiang log cn/basic-public-services@2023年版\n  jialiang log 全国/农村义务教育学生营养膳食补助\n  jialiang log tianjin --limit 5 --format markdown\n  jialiang log                        整个登记库",
        "An address may be that of a standard, an edition, an item, a provision, an instrument, a plan, a place (every document in its folder), or the path of a document; REV: before it asks for the history up to that git revision. Of items and provisions only the commits are listed that changed them. A merge is listed where it has what none of its sides has. Documents, items and provisions that are gone are still asked for by their addresses.\n\nExamples:\n  jialiang log cn/basic-public-services@1.1.0\n  jialiang log cn/school-meals\n  jialiang log tianjin --limit 5 --format markdown\n  jialiang log                        the whole registry",
    ))
    .arg(w.argument("address", ("地址", "ADDRESS"), "看谁的历史；不写为整个登记库", "Whose history; the whole registry's where absent"))
    .arg(w.format("输出格式：human、json 或 markdown", "Output format: human, json or markdown", &["human", "json", "markdown"]))
    .arg(w.limit("最多列出多少个提交，0 为不限；默认 20", "List at most so many commits, 0 for all; 20 where absent"))
    .arg(
        w.option("all", "逐条列出只涉及登记的变化（来源、译文、转录程度）", "List changes of the record alone too: sources, translations, how far a text is transcribed")
            .action(ArgAction::SetTrue),
    )
    .arg(w.rev())
    .arg(w.registry())
}

fn blame(w: &Words) -> Command {
    w.verb(
        "blame",
        "一版标准的每个项目、每个条目最后由哪个 git 提交改动：谁、哪天",
        "Which git commit changed each item and each line of an edition last: who, and when",
    )
    .override_usage(w.t("jialiang blame [选项] <地址>", "jialiang blame [OPTIONS] <ADDRESS>"))
    .after_help(w.t(
        "编号前有 ^ 的：浅克隆的历史到此为止，实际可能更早。\n\n例：\n  jialiang blame cn/basic-public-services@2023年版\n  jialiang blame cn/basic-public-services@1.1.0#school-meals",
        "A ^ before a commit: a shallow clone's history ends with it, and the line may be older.\n\nExamples:\n  jialiang blame cn/basic-public-services@1.1.0\n  jialiang blame cn/basic-public-services@1.1.0#school-meals",
    ))
    .arg(w.argument("address", ("地址", "ADDRESS"), "标准的某一版，或其中的服务项目", "An edition, or an item of one").required(true))
    .arg(w.format("输出格式：human 或 json", "Output format: human or json", &["human", "json"]))
    .arg(w.rev())
    .arg(w.registry())
}

fn text(given: &ArgMatches, name: &str) -> Option<String> {
    given.get_one::<String>(name).cloned()
}

fn is_json(given: &ArgMatches) -> bool {
    text(given, "format").as_deref() == Some("json")
}

fn registry(given: &ArgMatches) -> Option<PathBuf> {
    given.get_one::<PathBuf>("registry").cloned()
}

/// How many to list: all for 0.
fn most(given: &ArgMatches) -> usize {
    match given.get_one::<usize>("limit").copied() {
        None => 20,
        Some(0) => usize::MAX,
        Some(n) => n,
    }
}

pub(super) fn parse_list(speech: Speech, given: &ArgMatches) -> List {
    List {
        speech,
        sort: text(given, "kind").and_then(|word| sort_of(&word)),
        of: text(given, "of"),
        place: text(given, "place"),
        format: match text(given, "format").as_deref() {
            Some("json") => ListFormat::Json,
            Some("csv") => ListFormat::Csv,
            _ => ListFormat::Human,
        },
        rev: text(given, "rev"),
        registry: registry(given),
    }
}

pub(super) fn parse_find(speech: Speech, given: &ArgMatches) -> Find {
    Find {
        speech,
        words: given.get_many::<String>("word").into_iter().flatten().cloned().collect(),
        sort: text(given, "kind").and_then(|word| sort_of(&word)),
        json: is_json(given),
        limit: most(given),
        rev: text(given, "rev"),
        registry: registry(given),
    }
}

pub(super) fn parse_log(speech: Speech, given: &ArgMatches) -> Log {
    Log {
        speech,
        address: text(given, "address"),
        format: match text(given, "format").as_deref() {
            Some("json") => LogFormat::Json,
            Some("markdown") => LogFormat::Markdown,
            _ => LogFormat::Human,
        },
        limit: most(given),
        all: given.get_flag("all"),
        rev: text(given, "rev"),
        registry: registry(given),
    }
}

pub(super) fn parse_blame(speech: Speech, given: &ArgMatches) -> Blame {
    Blame {
        speech,
        address: text(given, "address").unwrap_or_default(),
        json: is_json(given),
        rev: text(given, "rev"),
        registry: registry(given),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_has_its_words() {
        for sort in Sort::ALL {
            let found = SORTS.iter().filter(|(_, _, one)| one == sort).count();
            assert_eq!(found, 1, "{sort}");
            assert_eq!(sort_of(many(*sort)), Some(*sort));
            assert_eq!(sort_of(sort.zh()), Some(*sort));
        }
    }
}
