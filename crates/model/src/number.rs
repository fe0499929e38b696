//! Exact decimals, each with one spelling. Section 4 of the meaning.

pub use rust_decimal::Decimal;
use std::fmt;

use crate::grammar::Grammar;

/// An exact decimal of at most 15 digits before the point and 6 after it, with no `+`,
/// no leading zero, no trailing zero behind a point.
pub const NUMBER: Grammar = Grammar {
    en: "number (ASCII digits, no separator, no unit, no needless nought)",
    zh: "数字（半角，不带千分位、单位和多余的零）",
    pattern: "^(0|-?([1-9][0-9]{0,14}(\\.[0-9]{0,5}[1-9])?|0\\.[0-9]{0,5}[1-9]))$",
    example: "720",
};
/// A whole number from 0 to 999,999,999.
pub const COUNT: Grammar = Grammar {
    en: "whole number (ASCII digits, no separator, no unit)",
    zh: "整数（半角，不带千分位和单位）",
    pattern: "^(0|[1-9][0-9]{0,8})$",
    example: "81",
};

/// An exact decimal in its one spelling, such as `720` or `0.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Decimal);

impl Number {
    /// Nought.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads a number; `None` where it is not in its one spelling.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match crate::id::split(digits, b'.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let fraction_digits = fraction.unwrap_or("");
        let written_once = !whole.is_empty()
            && whole.len() <= 15
            && all_digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(|f| {
                !f.is_empty() && f.len() <= 6 && all_digits(f) && !f.ends_with('0')
            })
            && !(negative && whole == "0" && fraction.is_none());
        if !written_once {
            return None;
        }
        let mut mantissa: i128 = 0;
        for b in whole.bytes().chain(fraction_digits.bytes()) {
            mantissa = mantissa * 10 + i128::from(b - b'0');
        }
        let scale = u32::try_from(fraction_digits.len()).ok()?;
        let mantissa = if negative { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }

    /// The number of a decimal; `None` where it has more digits than a number may.
    pub fn of(decimal: Decimal) -> Option<Self> {
        let number = decimal.normalize();
        // Nought has one spelling, without a sign.
        let number = if number.is_zero() { Decimal::ZERO } else { number };
        (number.scale() <= 6 && number.abs() < Decimal::from(1_000_000_000_000_000_u64))
            .then_some(Self(number))
    }

    /// The number as a decimal.
    pub const fn decimal(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

written!(
    Number,
    NUMBER,
    "An exact decimal as a string, such as \"720\" or \"0.5\". · 十进制数，写成字符串，如 \"720\"、\"0.5\"。"
);

/// A whole number from 0 to 999,999,999, such as a declared count of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u32);

impl Count {
    /// Reads a count; `None` where it is not in its one spelling.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = text.len() <= 9
            && text.bytes().all(|b| b.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'));
        if ok { text.parse().ok().map(Self) } else { None }
    }

    /// The count.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

written!(Count, COUNT, "A whole number as a string. · 整数，写成字符串。");
