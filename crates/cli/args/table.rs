//! The arguments of the verb that reads tables: `import`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use jialiang_check::meant;
use jialiang_model::date::{DAY, Day};
use jialiang_model::fold::fold;
use jialiang_model::id::InstrumentId;
use jialiang_model::kind::EditionId;
use jialiang_model::text::Phrase;
use jialiang_model::version::{Label, Version};

use super::Speech;
use super::words::Words;
use crate::lang::Lang;

#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) speech: Speech,
    pub(crate) table: PathBuf,
    /// The standard, by its address or name.
    pub(crate) standard: String,
    pub(crate) version: Version,
    pub(crate) label: Option<Label>,
    pub(crate) name: Option<Phrase>,
    pub(crate) sheet: Option<String>,
    /// The edition of which the table lists only what is different.
    pub(crate) difference_from: Option<EditionId>,
    pub(crate) instrument: Option<InstrumentId>,
    /// The file to write, instead of one in the registry.
    pub(crate) out: Option<PathBuf>,
    pub(crate) dry_run: bool,
    pub(crate) force: bool,
    pub(crate) json: bool,
    pub(crate) registry: Option<PathBuf>,
}

/// The verbs, each without its `--help`.
pub(super) fn commands(lang: Lang) -> [Command; 1] {
    [import(&Words { lang })]
}

fn import(w: &Words) -> Command {
    w.verb(
        "import",
        "把 Excel 或 CSV 里的六栏表读成一版草案，没有读懂的逐格列出",
        "Read an Excel or CSV table into a draft edition, and list every cell that could not be read",
    )
    .override_usage(w.t(
        "jialiang import [选项] --standard 标准 --version 版本号 <表格>",
        "jialiang import [OPTIONS] --standard STANDARD --version VERSION <TABLE>",
    ))
    .after_help(w.t(
        "认列名不认列序：服务项目（项目名称、事项）、服务对象、服务内容、服务标准（保障标准）、支出责任、牵头负责单位（责任单位）；方面、类别可以是列，也可以是“一、幼有所育”“（一）优孕优生服务”这样的整行。服务标准一行写一条，如“小学：不低于720元/生·年”，方向不明的在行末写（多者优）或（少者优）。\njialiang show … -o 表.xlsx 写出的表，改好后读回，没有改的一字不动。\n一句写在一行里，数用阿拉伯数字，数前数后有别的话的写“名称：数值”。读不懂的按文字保留，不猜。退出码：0 都读懂了；1 有没读懂的格或没读的工作表，已列出；2 程序未能工作，什么也没写。\n\n例：\n  jialiang import 标准.xlsx --standard cn/basic-public-services --version 1.2.0 -n\n                                      只看读成什么，不写文件\n  jialiang import 标准.xlsx --standard cn/basic-public-services --version 1.2.0 --label 2025年版\n                                      写一份草案到登记库",
        "Columns are known by their headings, in any order: the official Chinese ones, or item, recipients, content, provisions, responsibility and lead agencies; areas and categories are columns, or rows of their own. A line in the column of provisions is one provision; the Chinese help shows how it says which way is better.\nA table that jialiang show -o table.xlsx wrote is read back as it was, but for what was edited.\nA sentence stands on one line and its number in digits, with a colon behind its name. What does not read stays words; nothing is guessed. Exit status: 0 everything was read; 1 a cell or a sheet was not, and is listed; 2 the command could not work, and nothing was written.\n\nExamples:\n  jialiang import table.xlsx --standard cn/basic-public-services --version 1.2.0 -n\n                                      only tell what would be written\n  jialiang import table.xlsx --standard cn/basic-public-services --version 1.2.0\n                                      write a draft into the registry",
    ))
    .arg(
        Arg::new("table")
            .required(true)
            .value_name(w.t("表格", "TABLE"))
            .value_parser(clap::value_parser!(PathBuf))
            .help(w.t(
                "表格：.xlsx 或 .csv（UTF-8、UTF-16、GBK 都可以）",
                "The table: .xlsx, or .csv in UTF-8, UTF-16 or GBK",
            ))
            .help_heading(w.t("参数", "Arguments")),
    )
    .arg(
        w.option("standard", "读成哪部标准的一版：地址或名称", "The standard of which it is an edition: its address or name")
            .value_name(w.t("标准", "STANDARD"))
            .required(true),
    )
    .arg(
        w.option("version", "版本号，如 1.2.0", "The version, such as 1.2.0")
            .value_name(w.t("版本号", "VERSION"))
            .value_parser(|word: &str| Version::parse(word).ok_or("no version"))
            .required(true),
    )
    .arg(
        w.option("label", "通称，如 2025年版", "What people call the edition: letters, digits and at least one Chinese character")
            .value_name(w.t("通称", "LABEL"))
            .value_parser(|word: &str| Label::parse(word).ok_or("no label")),
    )
    .arg(
        w.option("name", "全称；不写则用表里登记数据的，再没有就用标准的名称", "Its full name; that in the table's own data, else the standard's, where absent")
            .value_name(w.t("全称", "NAME"))
            .value_parser(super::plain),
    )
    .arg(
        w.option("sheet", "读哪张工作表；不写则读“服务标准”，没有就读第一张有表头的", "The sheet to read; the official one, else the first with the headings, where absent")
            .value_name(w.t("工作表", "SHEET")),
    )
    .arg(
        w.option("difference-from", "表里只列了与哪一版上级标准不同的项目，如 cn/basic-public-services@1.1.0；不写为全文（已有草案的从草案）", "The parent edition of which the table lists only what is different, such as cn/basic-public-services@1.1.0; a whole text where absent, or as the draft on record says")
            .value_name(w.t("版本", "EDITION"))
            .value_parser(|word: &str| EditionId::parse(word).ok_or("no edition")),
    )
    .arg(
        w.option("instrument", "公布它的文件，如 hebei/2024/standards", "The instrument that publishes it, such as hebei/2024/standards")
            .value_name(w.t("文件", "INSTRUMENT"))
            .value_parser(|word: &str| InstrumentId::parse(word).ok_or("no instrument")),
    )
    .arg(
        w.option("output", "写到这个文件，不写进登记库", "Write this file, and nothing into the registry")
            .short('o')
            .value_name(w.t("文件", "FILE"))
            .value_parser(clap::value_parser!(PathBuf)),
    )
    .arg(
        w.option("dry-run", "只报告，不写文件", "Only report, write nothing")
            .short('n')
            .action(ArgAction::SetTrue)
            .conflicts_with("output"),
    )
    .arg(
        w.option("force", "已有的是草案时，用读成的替换它；已公布的版不会替换", "Replace what stands there where it is a draft; a published edition is never replaced")
            .action(ArgAction::SetTrue),
    )
    .arg(
        w.option("format", "输出格式：human 或 json", "Output format: human or json")
            .value_name(w.t("格式", "FORMAT"))
            .value_parser(["human", "json"]),
    )
    .arg(w.registry())
}

/// How a version, a label or a day that does not read is written, as the end of a sentence.
pub(super) fn spelling(arg: &str, value: &str) -> (String, String) {
    let told = |zh: String, en: String| (format!("；{zh}"), format!(": {en}"));
    if matches!(arg.split(' ').next(), Some("--on" | "--known" | "--until")) {
        let plain = fold(value);
        let day = Day::parse(&plain).or_else(|| Day::parse(&meant(&plain, &DAY)?));
        return match day {
            Some(day) => {
                told(format!("请写成 {day}（年-月-日）"), format!("write {day} (year-month-day)"))
            }
            None => told(
                "日期写作 年-月-日，如 2014-10-01".to_owned(),
                "a day is year-month-day, such as 2014-10-01".to_owned(),
            ),
        };
    }
    if arg.starts_with("--version") {
        let bare = value.trim_start_matches(['v', 'V']);
        let whole = ["", ".0", ".0.0"].map(|end| Version::parse(&format!("{bare}{end}")));
        return match whole.into_iter().flatten().next() {
            Some(version) => told(format!("请写成 {version}"), format!("write {version}")),
            None if Label::parse(value).is_some() => told(
                "版本号是三段数，如 1.2.0，通称用 --label 写".to_owned(),
                "a version is three numbers, such as 1.2.0; what people call it goes behind --label".to_owned(),
            ),
            None => told(
                "版本号是三段数，如 1.2.0".to_owned(),
                "a version is three numbers, such as 1.2.0".to_owned(),
            ),
        };
    }
    if arg.starts_with("--label") {
        let year = value.len() == 4 && value.chars().all(|c| c.is_ascii_digit());
        return match year {
            true => told(format!("请写成 {value}年版"), format!("write {value}年版")),
            false => told(
                "通称只用汉字、字母和数字，至少一个汉字，如 2025年版".to_owned(),
                "letters, digits and at least one Chinese character, such as 2025年版".to_owned(),
            ),
        };
    }
    (String::new(), String::new())
}

/// None where an argument is missing, which the parser does not let pass.
pub(super) fn parse_import(speech: Speech, given: &ArgMatches) -> Option<Import> {
    let path = |name: &str| given.get_one::<PathBuf>(name).cloned();
    Some(Import {
        speech,
        table: path("table")?,
        standard: given.get_one::<String>("standard").cloned()?,
        version: given.get_one::<Version>("version").cloned()?,
        label: given.get_one::<Label>("label").cloned(),
        name: given.get_one::<Phrase>("name").cloned(),
        sheet: given.get_one::<String>("sheet").cloned(),
        difference_from: given.get_one::<EditionId>("difference-from").cloned(),
        instrument: given.get_one::<InstrumentId>("instrument").cloned(),
        out: path("output"),
        dry_run: given.get_flag("dry-run"),
        force: given.get_flag("force"),
        json: given.get_one::<String>("format").is_some_and(|name| name == "json"),
        registry: path("registry"),
    })
}
