//! The arguments of `new`: what is begun, and what is known of it already.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use jialiang_check::meant;
use jialiang_model::Grammar;
use jialiang_model::date::{PARTIAL_DATE, PartialDate};
use jialiang_model::finding::Message;
use jialiang_model::id::{
    AGENCY, AgencyId, ID, INSTRUMENT, Id, InstrumentId, PROVISION_REF, ProvisionRef, STANDARD,
    StandardId,
};
use jialiang_model::kind::edition::EDITION;
use jialiang_model::kind::jurisdiction::{CODE, Code, Level};
use jialiang_model::number::{NUMBER, Number};
use jialiang_model::source::{URL, Url};
use jialiang_model::text::Phrase;
use jialiang_model::version::{LABEL, Label, REQUIREMENT, Requirement, Version};

use super::words::Words;
use super::{NewPlace, Shown, Speech};
use crate::lang::Lang;

/// A document to begin.
#[derive(Debug)]
pub(crate) struct New {
    pub(crate) speech: Speech,
    pub(crate) registry: Option<PathBuf>,
    /// What it is called in English.
    pub(crate) english: Option<Phrase>,
    /// Where it comes from, as far as is known: a page, and a place in it.
    pub(crate) url: Option<Url>,
    pub(crate) at: Option<Phrase>,
    pub(crate) what: What,
}

/// What is begun.
#[derive(Debug)]
pub(crate) enum What {
    Place(NewPlace),
    Instrument(NewInstrument),
    Adjustment(NewAdjustment),
    Standard(NewStandard),
    Edition(NewEdition),
    /// Nothing: a word is no id, and may be the name of what is on record.
    Unread(Unread),
}

/// A word that is no id.
#[derive(Debug)]
pub(crate) struct Unread {
    /// That it is none.
    pub(crate) said: Message,
    pub(crate) word: String,
    /// What it should be.
    pub(crate) grammar: Grammar,
    /// The words in which it stands where it names something else than what is begun; they are
    /// read again once an id is found for it.
    again: Option<Again>,
}

/// Words to be read again with ids in place of names.
#[derive(Debug)]
struct Again {
    speech: Speech,
    given: ArgMatches,
    ids: BTreeMap<String, String>,
}

impl Unread {
    /// The words read again, with an id in place of the name, or what is wrong with them then;
    /// nothing where the name is that of what is begun.
    pub(crate) fn again(&self, id: String) -> Option<Result<New, String>> {
        let Again { speech, given, ids } = self.again.as_ref()?;
        let mut ids = ids.clone();
        let first = ids.insert(self.word.clone(), id).is_none();
        // Who tells it says again that it is an error.
        let bare = |Shown { text, .. }: Shown| {
            let text = text.trim_end();
            let zh = text.strip_prefix("错误：");
            zh.or_else(|| text.strip_prefix("error: ")).unwrap_or(text).to_owned()
        };
        first.then(|| read_new(*speech, given, ids).map_err(bare))
    }
}

#[derive(Debug)]
pub(crate) struct NewInstrument {
    pub(crate) id: InstrumentId,
    pub(crate) title: Phrase,
    pub(crate) number: Option<Phrase>,
    pub(crate) issuers: Vec<AgencyId>,
    pub(crate) issued: Option<PartialDate>,
    pub(crate) published: Option<PartialDate>,
    pub(crate) effective: Option<PartialDate>,
}

#[derive(Debug)]
pub(crate) struct NewAdjustment {
    pub(crate) id: InstrumentId,
    pub(crate) standard: StandardId,
    pub(crate) instrument: Option<InstrumentId>,
    /// The lines that are set, and to which numbers, as far as those are given.
    pub(crate) lines: Vec<ProvisionRef>,
    pub(crate) to: Vec<Number>,
    pub(crate) from: PartialDate,
}

#[derive(Debug)]
pub(crate) struct NewStandard {
    pub(crate) id: StandardId,
    pub(crate) name: Phrase,
    /// The standard above, and which of its editions: those of its last one's first number
    /// where nobody says.
    pub(crate) implements: Option<(StandardId, Option<Requirement>)>,
}

#[derive(Debug)]
pub(crate) struct NewEdition {
    pub(crate) standard: StandardId,
    pub(crate) version: Option<Version>,
    pub(crate) name: Phrase,
    pub(crate) label: Option<Label>,
    pub(crate) instrument: Option<InstrumentId>,
    pub(crate) difference_from: Option<(StandardId, Which)>,
}

/// Which edition of a standard is meant.
#[derive(Debug)]
pub(crate) enum Which {
    Version(Version),
    Label(Label),
}

fn text(w: &Words, arg: Arg, zh: &str, en: &str) -> Arg {
    arg.value_name(w.t(zh, en)).value_parser(clap::value_parser!(String))
}

/// The verb and what it can begin, each with its `--help`.
pub(super) fn new(lang: Lang, help: &Arg) -> Command {
    let w = &Words { lang };
    let kinds = [place(w), instrument(w), adjustment(w), standard(w), edition(w)];
    let option =
        |name, zh, en, value: (&str, &str)| text(w, w.option(name, zh, en), value.0, value.1);
    let kinds = kinds.map(|kind| {
        let en = option("en", "英文名称", "What it is called in English", ("文字", "TEXT"));
        // An adjustment is called as its instrument is.
        let kind = match kind.get_name() {
            "adjustment" => kind,
            _ => kind.arg(en.value_parser(super::plain)),
        };
        kind.arg(option(
            "url",
            "来源网页；不写来源的，check 会一直报错直到补上",
            "The page it comes from; without a source check fails until there is one",
            ("网址", "URL"),
        ))
        .arg(
            option(
                "at",
                "来源出处，如 第3页 或 GB/T 2260",
                "Where in the source, or which source, such as GB/T 2260",
                ("出处", "TEXT"),
            )
            .value_parser(super::plain),
        )
        .arg(
            w.option(
                "registry",
                "登记库的路径；默认为当前文件夹（或其中的 standards）",
                "The registry's path; this folder, or the `standards` in it, where absent",
            )
            .value_name(w.t("路径", "PATH"))
            .value_parser(clap::value_parser!(PathBuf)),
        )
        .arg(help.clone())
    });
    let usage = w.t("用法:", "Usage:");
    w.verb(
        "new",
        "按规范格式起草一份文档：行政区划、文件、调整、标准或一版标准",
        "Begin a document in the one layout: a place, an instrument, an adjustment, a standard or an edition",
    )
    .override_usage(w.t("jialiang new <种类> [选项] <标识>", "jialiang new <KIND> [OPTIONS] <ID>"))
    .help_template(format!(
        "{{about}}\n\n{usage} {{usage}}\n\n{}\n{{subcommands}}\n\n{}\n{{options}}{{after-help}}\n",
        w.t("种类:", "Kinds:"),
        w.t("选项:", "Options:"),
    ))
    .after_help(w.t(
        "写到它该在的路径，已有的文件不覆盖。只写给出的内容，不编造数值和来源。\n退出码：0 已写好；2 未写。\n\n例：\n  jialiang new place nanjing --name 南京市 --level prefecture --code 320100 --parent jiangsu\n  jialiang new edition --help",
        "It is written to its own path, never over a file. Nothing is written but what is given: no value and no source is made up.\nExit status: 0 it is written; 2 it is not.\n\nExamples:\n  jialiang new place nanjing --name Nanjing --level prefecture --code 320100 --parent jiangsu\n  jialiang new edition --help",
    ))
    .subcommand_required(true)
    .disable_help_subcommand(true)
    .arg(help.clone())
    .subcommands(kinds)
}

fn id(w: &Words, zh: &str, en: &str) -> Arg {
    Arg::new("id")
        .required(true)
        .value_name(w.t("标识", "ID"))
        .help(w.t(zh, en))
        .help_heading(w.t("参数", "Arguments"))
}

fn name(w: &Words, zh: &str, en: &str) -> Arg {
    w.option("name", zh, en)
        .value_name(w.t("名称", "NAME"))
        .value_parser(super::plain)
        .required(true)
}

fn day(w: &Words, name: &'static str, zh: &str, en: &str) -> Arg {
    text(w, w.option(name, zh, en), "日期", "DAY")
}

fn place(w: &Words) -> Command {
    w.verb("place", "一个行政区划", "A place with authority")
        .override_usage(w.t(
            "jialiang new place [选项] --name 名称 --level 层级 <标识>",
            "jialiang new place [OPTIONS] --name NAME --level LEVEL <ID>",
        ))
        .after_help(w.t(
            "例：\n  jialiang new place nanjing --name 南京市 --level prefecture --code 320100 --parent jiangsu --at 'GB/T 2260'",
            "Example:\n  jialiang new place nanjing --name Nanjing --level prefecture --code 320100 --parent jiangsu --at 'GB/T 2260'",
        ))
        .arg(id(w, "标识，一个词，不含上级，如 nanjing", "The id: one word without its parent, such as nanjing"))
        .arg(name(w, "名称，如 南京市", "Its name in Chinese"))
        .arg(
            w.option("level", "层级：nation、province、prefecture、county，也可写国家、省级、地级、县级", "Its level: nation, province, prefecture or county")
                .value_name(w.t("层级", "LEVEL"))
                .value_parser(super::levels())
                .required(true),
        )
        .arg(text(w, w.option("code", "六位行政区划代码", "Its GB/T 2260 code of six digits"), "代码", "CODE"))
        .arg(text(w, w.option("parent", "上级的标识或名称，须已在库中", "The place above it, by id or name, which is on record already"), "上级", "ID"))
}

fn instrument(w: &Words) -> Command {
    w.verb("instrument", "一份文件（通知、意见、办法等）", "An official document")
        .override_usage(w.t(
            "jialiang new instrument [选项] --title 标题 <标识>",
            "jialiang new instrument [OPTIONS] --title TITLE <ID>",
        ))
        .after_help(w.t(
            "例：\n  jialiang new instrument cn/2026/basic-public-services --title 关于印发某标准的通知 --number 某发〔2026〕1号 --issuer cn/ndrc --issuer cn/mof --issued 2026-01-30 --url https://www.gov.cn/",
            "Example:\n  jialiang new instrument cn/2026/basic-public-services --title 'Notice of the standards' --issuer cn/ndrc --issuer cn/mof --issued 2026-01-30 --url https://www.gov.cn/",
        ))
        .arg(id(w, "标识：行政区划/年份/名称", "The id: place/year/name"))
        .arg(
            w.option("title", "标题，照录原文", "Its title in Chinese, as it stands")
                .value_name(w.t("标题", "TITLE"))
                .value_parser(super::plain)
                .required(true),
        )
        .arg(text(w, w.option("number", "文号，如 发改社会〔2021〕443号", "Its number"), "文号", "NUMBER").value_parser(super::plain))
        .arg(text(w, w.option("issuer", "发文单位（行政区划/单位）；有几个写几次，按先后", "Who issued it, place/agency; once for each, in order"), "单位", "AGENCY").action(ArgAction::Append))
        .arg(day(w, "issued", "印发日期；只知到月的写到月", "When it was issued; a month or a year where no more is known"))
        .arg(day(w, "published", "公布日期，与印发日期不同时写", "When it was published, where that differs"))
        .arg(day(w, "effective", "施行日期", "From when it is valid"))
}

fn adjustment(w: &Words) -> Command {
    w.verb("adjustment", "一份文件对一部标准的调整（草案）", "What an instrument changes of a standard, as a draft")
        .override_usage(w.t(
            "jialiang new adjustment [选项] --standard 标准 --line 项目/条目 --from 日期 <标识>",
            "jialiang new adjustment [OPTIONS] --standard STANDARD --line ITEM/LINE --from DAY <ID>",
        ))
        .after_help(w.t(
            "条目照最近一次记载抄来，--to 写调整后的数额。标识一般同作出调整的文件：那份文件已在库中的，不必再写 --instrument。\n其他调整（不作调整、停止执行、新增、取消等）请在写出的文档里改。\n\n例：\n  jialiang new adjustment tianjin/2026/minimum-allowance --standard tianjin/basic-public-services --line minimum-living-allowance/allowance --to 1060 --from 2026-07",
            "A line is as it was last printed, and --to says the number that it is set to. The id is that of the instrument as a rule: where that is on record, --instrument need not be given.\nFor other changes (confirm, end, add, retire and more) edit the document.\n\nExample:\n  jialiang new adjustment tianjin/2026/minimum-allowance --standard tianjin/basic-public-services --line minimum-living-allowance/allowance --to 1060 --from 2026-07",
        ))
        .arg(id(w, "标识：执行地/年份/名称，一般同文件", "The id: the place where it holds, the year, a name; as a rule that of the instrument"))
        .arg(text(w, w.option("standard", "所调整的标准，须已在库中", "The standard that it changes, which is on record already"), "标准", "STANDARD").required(true))
        .arg(text(w, w.option("instrument", "作出调整的文件，须已在库中", "The instrument that makes the changes, which is on record already"), "文件", "ID"))
        .arg(text(w, w.option("line", "所调整的条目（项目/条目）；有几条写几次", "A line that is set, item/line; once for each"), "条目", "ITEM/LINE").action(ArgAction::Append).required(true))
        .arg(text(w, w.option("to", "调整后的数额，与 --line 依次对应", "The number that it is set to, in the order of --line"), "数额", "NUMBER").action(ArgAction::Append))
        .arg(day(w, "from", "自何时起执行；只知到月的写到月", "From when it holds; a month or a year where no more is known").required(true))
}

fn standard(w: &Words) -> Command {
    w.verb("standard", "一部标准（各版共用的名称和分类）", "A standard: what all of its editions share")
        .override_usage(w.t(
            "jialiang new standard [选项] --name 名称 <标识>",
            "jialiang new standard [OPTIONS] --name NAME <ID>",
        ))
        .after_help(w.t(
            "例：\n  jialiang new standard nanjing/basic-public-services --name 南京市基本公共服务实施标准 --implements cn/basic-public-services@^1",
            "Example:\n  jialiang new standard nanjing/basic-public-services --name 'Standards of Nanjing' --implements cn/basic-public-services@^1",
        ))
        .arg(id(w, "标识：行政区划/名称", "The id: place/name"))
        .arg(name(w, "名称", "Its name in Chinese"))
        .arg(text(
            w,
            w.option("implements", "所落实的上级标准，如 cn/basic-public-services@^1；不写 @ 则按上级最新一版", "The standard above, such as cn/basic-public-services@^1; without @, as its last edition is numbered"),
            "标准",
            "STANDARD",
        ))
}

fn edition(w: &Words) -> Command {
    w.verb("edition", "一版标准（草案）", "An edition of a standard, as a draft")
        .override_usage(w.t(
            "jialiang new edition [选项] --name 全称 <标准[@版本号]>",
            "jialiang new edition [OPTIONS] --name NAME <STANDARD[@VERSION]>",
        ))
        .after_help(w.t(
            "已有前一版的，从前一版抄起，来源一律改为未核对；没有的，列出分类中各项目的名称；\n以差异方式编写的，从空白起。写出来的都是草案（\"draft\": true），定稿时删去这一行。\n\n例：\n  jialiang new edition nanjing/basic-public-services --name 南京市基本公共服务实施标准（2023年版） --label 2023年版 --difference-from cn/basic-public-services@2023年版",
            "Where there is an edition before, it begins as a copy of that, with no source verified; else with the names of all items of the taxonomy;\nas a difference it begins empty. It is a draft (\"draft\": true): take that line out when the text is final.\n\nExample:\n  jialiang new edition nanjing/basic-public-services --name 'Standards of Nanjing (2023)' --difference-from cn/basic-public-services@1.1.0",
        ))
        .arg(id(w, "标准，或标准@版本号；不写版本号则取下一个", "The standard, or standard@version; the next version where absent"))
        .arg(name(w, "全称", "Its full name in Chinese"))
        .arg(text(w, w.option("label", "通称，如 2023年版", "What people call it"), "通称", "LABEL"))
        .arg(text(w, w.option("instrument", "公布它的文件，须已在库中", "The instrument that publishes it, which is on record already"), "文件", "ID"))
        .arg(text(
            w,
            w.option("difference-from", "以差异方式编写时所依据的上级版本（标准@版本号或通称）", "The parent edition on which it is written as a difference: standard@version or @label"),
            "版本",
            "EDITION",
        ))
}

/// The words by which documents name each other, which people may take for names.
const IDS: [Grammar; 5] = [PLACE, STANDARD, INSTRUMENT, AGENCY, EDITION];

/// The id of a place.
const PLACE: Grammar = Grammar { example: "nanjing", ..ID };

/// The id of what is begun, which no option names.
const ID_ARG: &str = "id";

/// Why words could not be read.
enum Refused {
    /// What to show instead.
    Shown(Shown),
    /// It may be a name, which is looked up; and whether of something else than what is begun.
    Name(Box<(Unread, bool)>),
}

/// Reads words by the grammars of documents, and says which a word does not follow.
struct Reader<'a> {
    lang: Lang,
    given: &'a ArgMatches,
    /// Ids in place of names.
    ids: &'a BTreeMap<String, String>,
}

impl Reader<'_> {
    /// That a word does not follow its grammar, and which one that it may stand for does.
    fn refused(&self, arg: &str, word: &str, grammar: &Grammar) -> Refused {
        let Grammar { zh, en, example, .. } = grammar;
        let said = match arg == ID_ARG {
            true => Message::new(format!("“{word}”不是{zh}"), format!("`{word}` is no {en}")),
            false => Message::new(
                format!("{arg} 的“{word}”不是{zh}"),
                format!("`{word}` of {arg} is no {en}"),
            ),
        };
        let near = meant(word, grammar);
        // Only the registry knows who bears a name.
        if near.is_none() && !word.is_ascii() && IDS.contains(grammar) {
            let (word, grammar) = (word.to_owned(), *grammar);
            // What is begun has no name yet, or bears its own id.
            let named = arg != ID_ARG;
            return Refused::Name(Box::new((Unread { said, word, grammar, again: None }, named)));
        }
        let text = match (self.lang, near) {
            (Lang::Zh, Some(near)) => format!("错误：{}；请写作 {near}\n", said.zh),
            (Lang::En, Some(near)) => format!("error: {}; write {near}\n", said.en),
            (Lang::Zh, None) => format!("错误：{}；写法如 {example}\n", said.zh),
            (Lang::En, None) => format!("error: {}; write it as in {example}\n", said.en),
        };
        Refused::Shown(Shown { text, failed: true })
    }

    fn words(&self, name: &str) -> Vec<&str> {
        let words = self.given.try_get_many::<String>(name).ok().flatten();
        let words = words.into_iter().flatten();
        words.map(|word| self.ids.get(word).unwrap_or(word).as_str()).collect()
    }

    fn all<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
        grammar: &Grammar,
    ) -> Result<Vec<T>, Refused> {
        let arg = if name == ID_ARG { name.to_owned() } else { format!("--{name}") };
        let one = |word: &str| parse(word).ok_or_else(|| self.refused(&arg, word, grammar));
        self.words(name).into_iter().map(one).collect()
    }

    fn one<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
        grammar: &Grammar,
    ) -> Result<Option<T>, Refused> {
        Ok(self.all(name, parse, grammar)?.into_iter().next())
    }

    /// A word that the parser of arguments has seen to.
    fn must<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
        grammar: &Grammar,
    ) -> Result<T, Refused> {
        self.one(name, parse, grammar)?.ok_or_else(|| self.refused(name, "", grammar))
    }

    fn id<T>(&self, parse: impl Fn(&str) -> Option<T>, grammar: &Grammar) -> Result<T, Refused> {
        // The parser of arguments has seen to it that there is one.
        self.one(ID_ARG, parse, grammar)?.ok_or_else(|| self.refused(ID_ARG, "", grammar))
    }

    fn phrase(&self, name: &str) -> Option<Phrase> {
        self.given.try_get_one::<Phrase>(name).ok().flatten().cloned()
    }

    /// A phrase that the parser of arguments has seen to.
    fn named(&self, name: &str) -> Phrase {
        self.phrase(name).unwrap_or_else(|| Phrase::line(""))
    }
}

pub(super) fn parse_new(speech: Speech, given: &ArgMatches) -> Result<New, Shown> {
    read_new(speech, given, BTreeMap::new())
}

fn read_new(speech: Speech, all: &ArgMatches, ids: BTreeMap<String, String>) -> Result<New, Shown> {
    let (kind, given) = all.subcommand().unwrap_or(("", all));
    let read = Reader { lang: speech.lang, given, ids: &ids };
    let what = match what(kind, &read) {
        Ok(what) => what,
        Err(Refused::Name(unread)) => {
            let (unread, named) = *unread;
            let again = || Again { speech, given: all.clone(), ids: ids.clone() };
            What::Unread(Unread { again: named.then(again), ..unread })
        }
        Err(Refused::Shown(shown)) => return Err(shown),
    };
    let url = match read.one("url", Url::parse, &URL) {
        Ok(url) => url,
        Err(Refused::Shown(shown)) => return Err(shown),
        Err(Refused::Name(_)) => None,
    };
    Ok(New {
        speech,
        registry: given.get_one::<PathBuf>("registry").cloned(),
        english: read.phrase("en"),
        url,
        at: read.phrase("at"),
        what,
    })
}

/// What is begun, of a kind.
fn what(kind: &str, read: &Reader<'_>) -> Result<What, Refused> {
    Ok(match kind {
        "place" => What::Place(NewPlace {
            id: read.id(Id::parse, &PLACE)?,
            name: read.named("name"),
            level: read
                .given
                .get_one::<String>("level")
                .and_then(|word| super::level(word))
                .unwrap_or(Level::County),
            code: read.one("code", Code::parse, &CODE)?,
            parent: read.one("parent", Id::parse, &PLACE)?,
        }),
        "instrument" => What::Instrument(NewInstrument {
            id: read.id(InstrumentId::parse, &INSTRUMENT)?,
            title: read.named("title"),
            number: read.phrase("number"),
            issuers: read.all("issuer", AgencyId::parse, &AGENCY)?,
            issued: read.one("issued", PartialDate::parse, &PARTIAL_DATE)?,
            published: read.one("published", PartialDate::parse, &PARTIAL_DATE)?,
            effective: read.one("effective", PartialDate::parse, &PARTIAL_DATE)?,
        }),
        "adjustment" => What::Adjustment(NewAdjustment {
            id: read.id(InstrumentId::parse, &INSTRUMENT)?,
            standard: read.must("standard", StandardId::parse, &STANDARD)?,
            instrument: read.one("instrument", InstrumentId::parse, &INSTRUMENT)?,
            lines: read.all("line", ProvisionRef::parse, &PROVISION_REF)?,
            to: read.all("to", Number::parse, &NUMBER)?,
            from: read.must("from", PartialDate::parse, &PARTIAL_DATE)?,
        }),
        "standard" => What::Standard(NewStandard {
            id: read.id(StandardId::parse, &STANDARD)?,
            name: read.named("name"),
            implements: implements(read)?,
        }),
        _ => {
            let (standard, version) = read.id(
                |word| match word.split_once('@') {
                    Some((standard, version)) => {
                        Some((StandardId::parse(standard)?, Some(Version::parse(version)?)))
                    }
                    None => Some((StandardId::parse(word)?, None)),
                },
                &EDITION,
            )?;
            What::Edition(NewEdition {
                standard,
                version,
                name: read.named("name"),
                label: read.one("label", Label::parse, &LABEL)?,
                instrument: read.one("instrument", InstrumentId::parse, &INSTRUMENT)?,
                difference_from: read.one("difference-from", edition_of, &EDITION)?,
            })
        }
    })
}

fn edition_of(word: &str) -> Option<(StandardId, Which)> {
    let (standard, at) = word.split_once('@')?;
    let version = Version::parse(at).map(Which::Version);
    Some((StandardId::parse(standard)?, version.or_else(|| Label::parse(at).map(Which::Label))?))
}

/// The standard above, and which of its editions.
fn implements(read: &Reader<'_>) -> Result<Option<(StandardId, Option<Requirement>)>, Refused> {
    let Some(word) = read.words("implements").first().copied() else { return Ok(None) };
    let (standard, versions) = match word.split_once('@') {
        Some((standard, versions)) => (standard, Some(versions)),
        None => (word, None),
    };
    let arg = "--implements";
    let standard =
        StandardId::parse(standard).ok_or_else(|| read.refused(arg, standard, &STANDARD))?;
    let versions = versions
        .map(|v| Requirement::parse(v).ok_or_else(|| read.refused(arg, v, &REQUIREMENT)))
        .transpose()?;
    Ok(Some((standard, versions)))
}
