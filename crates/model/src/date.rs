//! Days, and dates as precise as their source. Section 3 of the meaning.

use chrono::{Datelike, NaiveDate};
use std::fmt;

use crate::grammar::Grammar;

macro_rules! day_pattern {
    () => {
        "((19|20)[0-9]{2}-((01|03|05|07|08|10|12)-(0[1-9]|[12][0-9]|3[01])|(04|06|09|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|((19|20)(0[48]|[2468][048]|[13579][26])|2000)-02-29)"
    };
}

/// A day from 1900 to 2099.
pub const DAY: Grammar = Grammar {
    en: "day",
    zh: "日期",
    pattern: concat!("^", day_pattern!(), "$"),
    example: "2023-08-09",
};
/// A day, a month, a year or a school term.
pub const PARTIAL_DATE: Grammar = Grammar {
    en: "date (day, month, year or term)",
    zh: "日期（可只到月、年或学期）",
    pattern: concat!("^(", day_pattern!(), "|(19|20)[0-9]{2}(-(0[1-9]|1[0-2]|spring|autumn))?)$"),
    example: "2023-08-09",
};

/// Reads a day written in full; `chrono` alone would also take `2024-2-9`.
fn parse_day(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !shaped {
        return None;
    }
    text.parse().ok().filter(|d: &NaiveDate| (1900..2100).contains(&d.year()))
}

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// Reads a day such as `2023-08-09`.
    pub fn parse(text: &str) -> Option<Self> {
        parse_day(text).map(Self)
    }

    /// The day as a date.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The day of a date; `None` outside 1900 to 2099.
    pub fn of(date: NaiveDate) -> Option<Self> {
        (1900..2100).contains(&date.year()).then_some(Self(date))
    }

    /// The day that lies so many days after 1 January 1970; `None` outside 1900 to 2099.
    pub fn since_1970(days: i64) -> Option<Self> {
        let day = NaiveDate::from_ymd_opt(1970, 1, 1)?;
        let day = day.checked_add_signed(chrono::TimeDelta::try_days(days)?)?;
        (1900..2100).contains(&day.year()).then_some(Self(day))
    }

    /// How many days it is until another day; below nought for an earlier one.
    pub fn days_until(self, other: Self) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

written!(Day, DAY, "A day, such as 2023-08-09. · 日期，如 2023-08-09。");

/// A term of the school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// From 1 March to the end of August.
    Spring,
    /// From 1 September to the end of February.
    Autumn,
}

/// A date as its source has it, no more precise than that.
///
/// It has two readings: an effective period begins on its [`first_day`](Self::first_day);
/// knowledge comes on its [`last_day`](Self::last_day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A day.
    Day(NaiveDate),
    /// A month of a year, 1 to 12.
    Month(i32, u32),
    /// A year.
    Year(i32),
    /// A school term, named by the year in which it begins.
    Term(i32, Term),
}

impl PartialDate {
    /// Reads a date such as `2023-08-09`, `2023-08`, `2023` or `2023-spring`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(day) = parse_day(text) {
            return Some(Self::Day(day));
        }
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        if !crate::id::is_year(year) {
            return None;
        }
        let year = year.parse().ok()?;
        match rest {
            None => Some(Self::Year(year)),
            Some("spring") => Some(Self::Term(year, Term::Spring)),
            Some("autumn") => Some(Self::Term(year, Term::Autumn)),
            Some(month) if month.len() == 2 && month.bytes().all(|b| b.is_ascii_digit()) => {
                let month = month.parse().ok()?;
                (1..=12).contains(&month).then_some(Self::Month(year, month))
            }
            Some(_) => None,
        }
    }

    /// The first day it can mean: when an effective period begins.
    pub fn first_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => ymd(year, month, 1),
            Self::Year(year) => ymd(year, 1, 1),
            Self::Term(year, Term::Spring) => ymd(year, 3, 1),
            Self::Term(year, Term::Autumn) => ymd(year, 9, 1),
        }
    }

    /// The last day it can mean: when its document is surely known.
    pub fn last_day(self) -> NaiveDate {
        let next = match self {
            Self::Day(day) => return day,
            Self::Month(year, 12) | Self::Year(year) => ymd(year + 1, 1, 1),
            Self::Month(year, month) => ymd(year, month + 1, 1),
            Self::Term(year, Term::Spring) => ymd(year, 9, 1),
            Self::Term(year, Term::Autumn) => ymd(year + 1, 3, 1),
        };
        next.pred_opt().unwrap_or(next)
    }
}

/// A day whose parts are known to be in range.
fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Term(year, Term::Spring) => write!(f, "{year:04}-spring"),
            Self::Term(year, Term::Autumn) => write!(f, "{year:04}-autumn"),
        }
    }
}

written!(
    PartialDate,
    PARTIAL_DATE,
    "A date as precise as its source: day, month, year or school term. · 日期，精确到来源所载：日、月、年或学期。"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(text: &str) -> (String, String) {
        let date = PartialDate::parse(text).unwrap();
        (date.first_day().to_string(), date.last_day().to_string())
    }

    #[test]
    fn a_date_has_two_readings() {
        assert_eq!(readings("2023-spring"), ("2023-03-01".into(), "2023-08-31".into()));
        assert_eq!(readings("2023-autumn"), ("2023-09-01".into(), "2024-02-29".into()));
        assert_eq!(readings("2021-04"), ("2021-04-01".into(), "2021-04-30".into()));
        assert_eq!(readings("2021-12"), ("2021-12-01".into(), "2021-12-31".into()));
        assert_eq!(readings("2099"), ("2099-01-01".into(), "2099-12-31".into()));
        assert_eq!(readings("2021-04-21"), ("2021-04-21".into(), "2021-04-21".into()));
    }

    #[test]
    fn a_day_is_written_in_full() {
        for text in ["2024-2-9", "2023-02-29", "1899-12-31", "２０２３-01-01", "2023-13", "23"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
