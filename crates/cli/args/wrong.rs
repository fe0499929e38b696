//! What is wrong with the arguments, in Chinese and in English.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use jialiang_model::kind::jurisdiction::Level;

use super::{Shown, command, look, table};
use crate::lang::Lang;

/// The verb that the words begin with, and the verb below it.
pub(super) fn verbs(words: &[OsString], lang: Lang) -> Vec<String> {
    let mut at = command(lang);
    let mut verbs = Vec::new();
    for word in words.iter().skip(1).map(|word| word.to_string_lossy()) {
        let Some(verb) = at.find_subcommand(&*word).cloned() else { break };
        at = verb;
        verbs.push(word.into_owned());
    }
    verbs
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

/// That an argument is missing.
pub(super) fn missing(what: &str, lang: Lang) -> Shown {
    let (zh, en) = (format!("错误：缺少“{what}”\n"), format!("error: `{what}` is missing\n"));
    Shown { text: lang.pick(&zh, &en).to_owned(), failed: true }
}

/// Two words where one belongs.
pub(super) fn too_many(lang: Lang) -> Shown {
    let text = lang.pick(
        "错误：只能比较两版：jialiang diff A B\n",
        "error: two editions are compared: jialiang diff A B\n",
    );
    Shown { text: text.to_owned(), failed: true }
}

/// Two words where one place belongs.
pub(super) fn one_place(lang: Lang) -> Shown {
    let text = lang.pick(
        "错误：--parent 只写一个行政区划：jialiang diff 行政区划 --parent\n",
        "error: --parent goes with one place: jialiang diff PLACE --parent\n",
    );
    Shown { text: text.to_owned(), failed: true }
}

/// What the parser has to say, in the language.
pub(super) fn shown(error: &clap::Error, verbs: &[String], lang: Lang) -> Shown {
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
            let one = |word: &str| {
                let level = || Some(format!("{}（{word}）", Level::parse(word)?.zh()));
                look::in_chinese(word).or_else(level).unwrap_or_else(|| word.to_owned())
            };
            all.split(", ").map(one).collect::<Vec<_>>().join("、")
        }
        Lang::En => {
            let one = |word: &str| match Level::parse(word) {
                Some(level) => format!("{word} ({})", level.zh()),
                None => word.to_owned(),
            };
            all.split(", ").map(one).collect::<Vec<_>>().join(", ")
        }
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
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::parse;
    use super::*;

    fn said(words: &[&str], lang: Lang) -> String {
        let words = words.iter().map(OsString::from).collect();
        parse(words, lang).unwrap_err().text
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
            (
                &["jialiang", "ask", "a", "--on", "2014年10月1日"],
                "请写成 2014-10-01",
                "write 2014-10-01",
            ),
            (
                &["jialiang", "ask", "a", "--known", "2014/10/1"],
                "请写成 2014-10-01",
                "write 2014-10-01",
            ),
            (&["jialiang", "ask", "a", "--on", "x"], "年-月-日，如 2014", "such as 2014-10-01"),
            (&["jialiang"], "请写一个命令", "a command is missing"),
            (&["jialiang", "new"], "“jialiang new”后面要写种类", "`jialiang new` wants a kind"),
            (
                &["jialiang", "new", "x"],
                "可选：行政区划（place）、文件（instrument）",
                "possible: place, instrument",
            ),
            (
                &["jialiang", "new", "place", "a", "--name", "n", "--level", "乡"],
                "可选：国家（nation）、省级（province）、地级（prefecture）、县级（county）",
                "possible: nation (国家), province (省级)",
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
}
