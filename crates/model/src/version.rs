//! Versions, version requirements, and the labels people use for them.

use std::fmt;

use crate::grammar::Grammar;

/// A semantic version of three numbers.
pub const VERSION: Grammar = Grammar {
    en: "version",
    zh: "版本号",
    pattern: "^(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})$",
    example: "1.1.0",
};
/// The versions a local standard answers to: `^1`, `^1.2`, `^1.2.3`, or exactly `=1.2.3`.
pub const REQUIREMENT: Grammar = Grammar {
    en: "version requirement",
    zh: "版本要求",
    pattern: "^(\\^(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){0,2}|=(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){2})$",
    example: "^1",
};
/// A label: what people call an edition. Letters, digits and Chinese; no space, no sign
/// of the address grammar, and nothing that reads as a version or a date.
pub const LABEL: Grammar = Grammar {
    en: "label",
    zh: "版本名称",
    pattern: "^([0-9A-Za-z]{0,12}[\u{4e00}-\u{9fff}][0-9A-Za-z\u{4e00}-\u{9fff}]{0,20})$",
    example: "2023年版",
};

fn is_part(text: &str) -> bool {
    (1..=6).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'))
}

/// A semantic version of three numbers, such as `1.1.0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(semver::Version);

impl Version {
    /// Reads a version; `None` for anything but three plain numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = text.split('.');
        (parts.clone().count() == 3 && parts.clone().all(is_part))
            .then(|| text.parse().ok())
            .flatten()
            .map(Self)
    }

    /// The version as the `semver` crate has it.
    pub const fn semver(&self) -> &semver::Version {
        &self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

written!(Version, VERSION, "A semantic version of three numbers. · 语义化版本号，三个数字。");

/// Which editions of a parent a local standard answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    written: Box<str>,
    req: semver::VersionReq,
}

impl Requirement {
    /// Reads a requirement such as `^1`.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = text.split_at_checked(1)?;
        let parts = rest.split('.');
        let count = parts.clone().count();
        let ok = parts.clone().all(is_part)
            && match sign {
                "^" => count <= 3,
                "=" => count == 3,
                _ => false,
            };
        if !ok {
            return None;
        }
        let req = text.parse().ok()?;
        Some(Self { written: text.into(), req })
    }

    /// Whether a version answers the requirement.
    pub fn admits(&self, version: &Version) -> bool {
        self.req.matches(&version.0)
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

written!(
    Requirement,
    REQUIREMENT,
    "Which parent editions this standard answers to, such as ^1. · 适用的上级标准版本范围，如 ^1。"
);

/// What people call an edition, such as `2023年版`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(Box<str>);

impl Label {
    /// Reads a label; it holds at least one Chinese character.
    pub fn parse(text: &str) -> Option<Self> {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let before = text.chars().take_while(|c| !han(*c)).count();
        let after = text.chars().count().checked_sub(before + 1)?;
        let ok = before <= 12
            && after <= 20
            && text.chars().all(|c| han(c) || c.is_ascii_alphanumeric());
        ok.then(|| Self(text.into()))
    }

    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

written!(
    Label,
    LABEL,
    "What people call the edition, such as 2023年版. · 版本的通称，如 2023年版。"
);
