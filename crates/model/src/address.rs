//! One grammar for everything that is printed and typed, and it parses back.
//!
//! `[REV:]path[@at][;known=day][#item[/provision]]`, where the path is one to four words
//! with `/` between them and `at` is a version, a label or a day:
//!
//! - `cn/basic-public-services@2023年版#school-meals/meal`
//! - `main~3:cn/basic-public-services@1.1.0`
//! - `tianjin/basic-pension/monthly@2014-10-01;known=2015-01-31`
//! - `cn/2023/basic-public-services`
//!
//! What a path of two words names, a standard or an item in a place, is for the registry
//! to say: the grammar only keeps it.

use std::fmt;

use crate::date::Day;
use crate::id::{is_id, is_year};
use crate::version::{Label, Version};

/// What stands behind the `@`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum At {
    /// An edition by its version.
    Version(Version),
    /// An edition by its label.
    Label(Label),
    /// A day for which the question is asked.
    Day(Day),
}

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// The git revision in which to look.
    pub rev: Option<Box<str>>,
    /// The words of the path.
    pub path: Vec<Box<str>>,
    /// The version, label or day.
    pub at: Option<At>,
    /// The day by which what is known must have been issued.
    pub known: Option<Day>,
    /// An item, or an item and a provision, inside an edition.
    pub fragment: Vec<Box<str>>,
}

impl Address {
    /// Reads an address; `None` where a part does not follow the grammar.
    pub fn parse(text: &str) -> Option<Self> {
        let (rev, rest) = match text.split_once(':') {
            Some((rev, rest)) => (Some(rev), rest),
            None => (None, text),
        };
        if !rev.is_none_or(is_rev) {
            return None;
        }
        let (rest, fragment) = match rest.split_once('#') {
            Some((rest, fragment)) => (rest, words(fragment, 2, is_id)?),
            None => (rest, Vec::new()),
        };
        let (rest, known) = match rest.split_once(";known=") {
            Some((rest, day)) => (rest, Some(Day::parse(day)?)),
            None => (rest, None),
        };
        let (path, at) = match rest.split_once('@') {
            Some((path, at)) => (path, Some(At::parse(at)?)),
            None => (rest, None),
        };
        let path = words(path, 4, |word| is_id(word) || is_year(word))?;
        Some(Self { rev: rev.map(Into::into), path, at, known, fragment })
    }
}

impl At {
    fn parse(text: &str) -> Option<Self> {
        Day::parse(text)
            .map(Self::Day)
            .or_else(|| Version::parse(text).map(Self::Version))
            .or_else(|| Label::parse(text).map(Self::Label))
    }
}

fn words(text: &str, most: usize, is_word: impl Fn(&str) -> bool) -> Option<Vec<Box<str>>> {
    let words: Vec<Box<str>> = text.split('/').map(Into::into).collect();
    (words.len() <= most && words.iter().all(|word| is_word(word))).then_some(words)
}

/// A revision as git takes it, without what the address grammar itself uses.
fn is_rev(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_graphic() && !b";#:\\\"'`".contains(&b))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rev, path, at, known, fragment } = self;
        if let Some(rev) = rev {
            write!(f, "{rev}:")?;
        }
        f.write_str(&path.join("/"))?;
        match at {
            Some(At::Version(version)) => write!(f, "@{version}")?,
            Some(At::Label(label)) => write!(f, "@{label}")?,
            Some(At::Day(day)) => write!(f, "@{day}")?,
            None => {}
        }
        if let Some(day) = known {
            write!(f, ";known={day}")?;
        }
        if !fragment.is_empty() {
            write!(f, "#{}", fragment.join("/"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_printed_parses_back() {
        for text in [
            "cn/basic-public-services@2023年版#school-meals/meal",
            "HEAD~3:cn/basic-public-services@1.1.0",
            "tianjin/basic-pension/monthly@2014-10-01;known=2015-01-31",
            "cn/2023/basic-public-services",
            "tianjin",
        ] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in [
            "",
            "cn/",
            "cn@",
            "cn#",
            "CN",
            "cn@latest",
            "cn;known=2015",
            ":cn",
            "cn/../x",
            "cn@2014-2-9",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_round_trip_law(
            rev in proptest::option::of("[A-Za-z][A-Za-z0-9._/~^@{}]{0,8}"),
            path in proptest::collection::vec("[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}|(19|20)[0-9]{2}", 1..=4),
            at in proptest::option::of("(0|[1-9][0-9]?)\\.[1-9]\\.0|20[0-9]{2}年版|20[0-9]{2}-0[1-9]-[12][0-8]"),
            known in proptest::option::of("20[0-9]{2}-0[1-9]-[12][0-8]"),
            fragment in proptest::collection::vec("[a-z][a-z0-9]{0,5}", 0..=2),
        ) {
            let mut text = String::new();
            if let Some(rev) = rev { text += &format!("{rev}:"); }
            text += &path.join("/");
            if let Some(at) = at { text += &format!("@{at}"); }
            if let Some(day) = known { text += &format!(";known={day}"); }
            if !fragment.is_empty() { text += &format!("#{}", fragment.join("/")); }
            let address = Address::parse(&text);
            prop_assert!(address.is_some(), "{}", text);
            prop_assert_eq!(address.map(|a| a.to_string()), Some(text));
        }
    }
}
