//! A finding that somebody answers for, and until when.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::SchemaRef;
use crate::date::Day;
use crate::grammar::Grammar;
use crate::text::Phrase;

/// What stays the same when a finding is the same: twelve hexadecimal digits.
pub const FINGERPRINT: Grammar = Grammar {
    en: "fingerprint of twelve hexadecimal digits",
    zh: "指纹（十二位十六进制数）",
    pattern: "^[0-9a-f]{12}$",
    example: "0f3a96c41d27",
};

/// What stays the same when a finding is the same, such as `0f3a96c41d27`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 12]);

impl Fingerprint {
    /// Reads a fingerprint of twelve small hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 12] = text.as_bytes().try_into().ok()?;
        digits.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).then_some(Self(digits))
    }

    /// The first twelve digits of a hash.
    pub(crate) fn of(hash: &[u8]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |n: u8| DIGITS.get(usize::from(n & 15)).copied().unwrap_or(b'0');
        let mut digits = [b'0'; 12];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(hash) {
            if let [high, low] = pair {
                (*high, *low) = (digit(byte >> 4), digit(*byte));
            }
        }
        Self(digits)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or(""))
    }
}

written!(Fingerprint, FINGERPRINT, "The fingerprint of a finding. · 发现的指纹。");

/// A finding that somebody answers for: it stands in `acceptances/`, one file for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Acceptance {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// The finding. · 所接受的发现。
    pub fingerprint: Fingerprint,
    /// Its rule, for whoever reads this. · 规则名，供阅读。
    pub rule: Phrase,
    /// Where it was found, for whoever reads this. · 发现的位置，供阅读。
    pub at: Phrase,
    /// What was found, for whoever reads this. · 发现的内容，供阅读。
    pub finding: Phrase,
    /// Why it may stand. · 接受的理由。
    pub reason: Phrase,
    /// Who answers for it. · 负责人。
    pub by: Phrase,
    /// The day from which it may stand no more. · 自何日起不再接受。
    pub until: Day,
}
