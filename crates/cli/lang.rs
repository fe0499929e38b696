//! The language in which the command speaks.

use std::ffi::OsString;

use jialiang_model::finding::Message;

/// The language in which the command speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    Zh,
    En,
}

impl Lang {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The sentence in this language.
    pub(crate) fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The message in this language.
    pub(crate) fn of(self, message: &Message) -> &str {
        self.pick(&message.zh, &message.en)
    }
}

/// The language that the arguments ask for, else that of the locale, else English. It is
/// needed before the arguments are parsed, for what their parser says.
pub(crate) fn of(words: &[OsString], environment: impl Fn(&str) -> Option<String>) -> Lang {
    let words: Vec<&str> = words.iter().filter_map(|w| w.to_str()).collect();
    let asked = words.iter().enumerate().rev().find_map(|(i, word)| match *word {
        "--lang" => words.get(i + 1).and_then(|w| Lang::parse(w)),
        _ => word.strip_prefix("--lang=").and_then(Lang::parse),
    });
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(environment)
        .find(|value| !value.is_empty());
    asked.unwrap_or_else(|| match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(words: &[&str], locale: &str) -> Lang {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        of(&words, |name| (name == "LANG").then(|| locale.to_owned()))
    }

    #[test]
    fn the_argument_goes_before_the_locale() {
        assert_eq!(lang(&["jialiang", "check"], "zh_CN.UTF-8"), Lang::Zh);
        assert_eq!(lang(&["jialiang", "check"], "C.UTF-8"), Lang::En);
        assert_eq!(lang(&["jialiang", "--lang", "en"], "zh_CN.UTF-8"), Lang::En);
        assert_eq!(lang(&["jialiang", "--lang=zh"], ""), Lang::Zh);
    }
}
