//! Units, and the conversions that are exact. Section 4 of the meaning.
//!
//! Yuan per person per year and per month convert by 12. A day converts to a year only
//! through a count that the provision names. A school-year amount does not become
//! monthly, and an amount per household never becomes one per person. Anything else
//! compares by name or not at all.

use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::fmt;

use crate::grammar::Grammar;
use crate::id::split;
use crate::number::{Count, Number};

vocabulary! {
    /// What is counted.
    pub enum Quantity: "What is counted. · 计量的东西。" {
        /// Yuan.
        Yuan = "CNY", "元";
        /// Ten thousand yuan: a spelling of yuan.
        TenThousandYuan = "10k-CNY", "万元";
        /// Per cent.
        Percent = "percent", "%";
        /// Per mille: a spelling of per cent.
        PerMille = "per-mille", "‰";
        /// Occasions.
        Time = "time", "次";
        /// Programme channels.
        Channel = "channel", "套";
        /// Things.
        Piece = "piece", "个";
        /// Services or subjects on a list.
        Item = "item", "项";
        /// Copies of a printed work.
        Copy = "copy", "册";
        /// People.
        Person = "person", "人";
        /// Households.
        Household = "household", "户";
        /// Beds.
        Bed = "bed", "张";
        /// Square metres.
        SquareMetre = "square-metre", "平方米";
        /// Kilometres.
        Kilometre = "kilometre", "公里";
        /// Minutes.
        Minute = "minute", "分钟";
        /// Hours.
        Hour = "hour", "小时";
        /// Calendar days.
        Day = "day", "天";
        /// Working days.
        WorkingDay = "working-day", "工作日";
        /// Months.
        Month = "month", "个月";
        /// Years.
        Year = "year", "年";
    }
}

vocabulary! {
    /// For whom or for what it is counted.
    pub enum Subject: "For whom or what. · 按谁计。" {
        /// Each person.
        Person = "person", "人";
        /// Each pupil or student.
        Pupil = "pupil", "生";
        /// Each child.
        Child = "child", "孩";
        /// Each household.
        Household = "household", "户";
        /// Each village.
        Village = "village", "村";
        /// Each township.
        Township = "township", "乡镇";
        /// Each county.
        County = "county", "县";
        /// Every thousand people.
        ThousandPeople = "thousand-people", "千人";
        /// Every ten thousand people.
        TenThousandPeople = "10k-people", "万人";
    }
}

vocabulary! {
    /// In what time.
    pub enum Period: "In what time. · 按什么期间计。" {
        /// Each day; converts only through a named count of days.
        Day = "day", "天";
        /// Each week.
        Week = "week", "周";
        /// Each month.
        Month = "month", "月";
        /// Each school term.
        Term = "term", "学期";
        /// Each school year; it does not become monthly.
        SchoolYear = "school-year", "学年";
        /// Each year.
        Year = "year", "年";
    }
}

/// A quantity, for whom, and in what time.
pub const UNIT: Grammar = Grammar {
    en: "unit",
    zh: "计量单位",
    pattern: "^(CNY|10k-CNY|percent|per-mille|time|channel|piece|item|copy|person|household|bed|square-metre|kilometre|minute|hour|day|working-day|month|year)(/(person|pupil|child|household|village|township|county|thousand-people|10k-people))?(/(day|week|month|term|school-year|year))?$",
    example: "CNY/pupil/year",
};

/// A unit, such as `CNY/pupil/year` or `channel`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// What is counted.
    pub quantity: Quantity,
    /// For whom or what.
    pub subject: Option<Subject>,
    /// In what time.
    pub period: Option<Period>,
}

impl Unit {
    /// Reads a unit; `None` for a word that is not in the lists.
    pub fn parse(text: &str) -> Option<Self> {
        let (quantity, rest) = match split(text, b'/') {
            Some((quantity, rest)) => (quantity, Some(rest)),
            None => (text, None),
        };
        let quantity = Quantity::parse(quantity)?;
        let (subject, period) = match rest.map(|rest| (rest, split(rest, b'/'))) {
            None => (None, None),
            Some((_, Some((subject, period)))) => {
                (Some(Subject::parse(subject)?), Some(Period::parse(period)?))
            }
            Some((word, None)) => match Subject::parse(word) {
                Some(subject) => (Some(subject), None),
                None => (None, Some(Period::parse(word)?)),
            },
        };
        Some(Self { quantity, subject, period })
    }

    /// Every unit that can be written.
    pub fn all() -> impl Iterator<Item = Self> {
        fn open<T: Copy>(all: &'static [T]) -> impl Iterator<Item = Option<T>> {
            std::iter::once(None).chain(all.iter().copied().map(Some))
        }
        Quantity::ALL.iter().flat_map(|&quantity| {
            open(Subject::ALL).flat_map(move |subject| {
                open(Period::ALL).map(move |period| Self { quantity, subject, period })
            })
        })
    }

    /// The unit in Chinese, such as 元/生·年.
    pub fn zh(self) -> String {
        let mut text = self.quantity.zh().to_owned();
        for (i, word) in [self.subject.map(Subject::zh), self.period.map(Period::zh)]
            .into_iter()
            .flatten()
            .enumerate()
        {
            text.push_str(if i == 0 { "/" } else { "·" });
            text.push_str(word);
        }
        text
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.quantity.as_str())?;
        if let Some(subject) = self.subject {
            write!(f, "/{subject}")?;
        }
        if let Some(period) = self.period {
            write!(f, "/{period}")?;
        }
        Ok(())
    }
}

written!(
    Unit,
    UNIT,
    "A unit: quantity[/for whom][/in what time], such as CNY/pupil/year. · 计量单位：数量[/按谁][/期间]，如 CNY/pupil/year（元/生·年）。"
);

/// A number with its unit and, for a daily one, the days a year that it is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The number.
    pub number: Number,
    /// Its unit.
    pub unit: Unit,
    /// How many days make its year, where the provision names it.
    pub days_per_year: Option<Count>,
}

/// Why two measured numbers do not compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotComparable {
    /// Their units do not convert into each other.
    Units(Unit, Unit),
    /// Both are daily, for different numbers of days a year, or one does not say for how
    /// many.
    DayCounts(Option<Count>, Option<Count>),
    /// The exact product does not fit the decimals.
    TooLarge,
}

impl Measured {
    /// Compares two measured numbers exactly, by cross-multiplication.
    pub fn compare(self, other: Self) -> Result<Ordering, NotComparable> {
        let (left, right) = factors(self, other)?;
        let scaled = |m: Self, factor: Decimal| {
            m.number.decimal().checked_mul(factor).ok_or(NotComparable::TooLarge)
        };
        Ok(scaled(self, left)?.cmp(&scaled(other, right)?))
    }
}

impl Measured {
    /// This number less another, in this one's unit, exactly; `None` where the two do not
    /// compare or the difference is no number of six digits behind the point.
    pub fn less(self, other: Self) -> Option<Number> {
        let (left, right) = factors(self, other).ok()?;
        let mine = self.number.decimal().checked_mul(left)?;
        let theirs = other.number.decimal().checked_mul(right)?;
        let difference = mine.checked_sub(theirs)?;
        let part = difference.checked_div(left)?;
        (part.checked_mul(left)? == difference).then(|| Number::of(part)).flatten()
    }

    /// By how many per cent this number lies above an earlier one, exactly converted and
    /// rounded to two places, a half away from nought; `None` where the two do not compare
    /// or the earlier one is nought.
    pub fn per_cent_above(self, before: Self) -> Option<Decimal> {
        let (left, right) = factors(self, before).ok()?;
        let now = self.number.decimal().checked_mul(left)?;
        let then = before.number.decimal().checked_mul(right)?;
        let part = now.checked_sub(then)?.checked_div(then.abs())?;
        let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let rounded = part.checked_mul(Decimal::ONE_HUNDRED)?.round_dp_with_strategy(2, strategy);
        Some(rounded.normalize())
    }
}

/// The whole factors that bring both numbers to one unit.
fn factors(a: Measured, b: Measured) -> Result<(Decimal, Decimal), NotComparable> {
    let apart = NotComparable::Units(a.unit, b.unit);
    let (base_a, scale_a) = base(a.unit.quantity);
    let (base_b, scale_b) = base(b.unit.quantity);
    if base_a != base_b || a.unit.subject != b.unit.subject {
        return Err(apart);
    }
    let (time_a, time_b) = if a.unit.period == b.unit.period {
        if a.unit.period == Some(Period::Day) && a.days_per_year != b.days_per_year {
            return Err(NotComparable::DayCounts(a.days_per_year, b.days_per_year));
        }
        (1, 1)
    } else {
        match (per_year(a), per_year(b)) {
            (Some(x), Some(y)) => (x, y),
            (None, _) | (_, None) => return Err(apart),
        }
    };
    let product = |x: u32, y: u32| Decimal::from(u64::from(x) * u64::from(y));
    Ok((product(scale_a, time_a), product(scale_b, time_b)))
}

/// The quantity that a spelling stands for, and how many of the smallest it holds.
const fn base(quantity: Quantity) -> (Quantity, u32) {
    match quantity {
        Quantity::TenThousandYuan => (Quantity::Yuan, 10_000),
        Quantity::Percent => (Quantity::PerMille, 10),
        Quantity::Yuan
        | Quantity::PerMille
        | Quantity::Time
        | Quantity::Channel
        | Quantity::Piece
        | Quantity::Item
        | Quantity::Copy
        | Quantity::Person
        | Quantity::Household
        | Quantity::Bed
        | Quantity::SquareMetre
        | Quantity::Kilometre
        | Quantity::Minute
        | Quantity::Hour
        | Quantity::Day
        | Quantity::WorkingDay
        | Quantity::Month
        | Quantity::Year => (quantity, 1),
    }
}

/// How often the period comes in a year, where that is exact: only for money per person.
fn per_year(m: Measured) -> Option<u32> {
    let money = matches!(m.unit.quantity, Quantity::Yuan | Quantity::TenThousandYuan);
    let person = match m.unit.subject {
        Some(Subject::Person | Subject::Pupil | Subject::Child) => true,
        Some(
            Subject::Household
            | Subject::Village
            | Subject::Township
            | Subject::County
            | Subject::ThousandPeople
            | Subject::TenThousandPeople,
        )
        | None => false,
    };
    if !(money && person) {
        return None;
    }
    match m.unit.period? {
        Period::Year => Some(1),
        Period::Month => Some(12),
        Period::Day => m.days_per_year.map(Count::get),
        Period::Week | Period::Term | Period::SchoolYear => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn m(number: &str, unit: &str, days: Option<&str>) -> Measured {
        Measured {
            number: Number::parse(number).unwrap(),
            unit: Unit::parse(unit).unwrap(),
            days_per_year: days.map(|d| Count::parse(d).unwrap()),
        }
    }

    #[test]
    fn a_year_is_twelve_months_and_a_named_number_of_days() {
        let year = m("1000", "CNY/pupil/year", None);
        assert_eq!(year.compare(m("5", "CNY/pupil/day", Some("200"))), Ok(Ordering::Equal));
        assert_eq!(
            m("960", "CNY/person/year", None).compare(m("80", "CNY/person/month", None)),
            Ok(Ordering::Equal)
        );
        assert_eq!(m("0.1", "10k-CNY/pupil/year", None).compare(year), Ok(Ordering::Equal));
        assert_eq!(
            m("3.5", "percent", None).compare(m("36", "per-mille", None)),
            Ok(Ordering::Less)
        );
    }

    #[test]
    fn what_does_not_convert_says_so() {
        let apart = [
            (m("5", "CNY/pupil/day", None), m("1000", "CNY/pupil/year", None)),
            (m("1000", "CNY/pupil/school-year", None), m("100", "CNY/pupil/month", None)),
            (m("1000", "CNY/household/year", None), m("1000", "CNY/person/year", None)),
            (m("12", "CNY/household/year", None), m("1", "CNY/household/month", None)),
            (m("2", "time/year", None), m("1", "time/month", None)),
        ];
        for (a, b) in apart {
            assert_eq!(a.compare(b), Err(NotComparable::Units(a.unit, b.unit)));
        }
        let (a, b) = (m("5", "CNY/pupil/day", Some("200")), m("4", "CNY/pupil/day", Some("250")));
        assert!(matches!(a.compare(b), Err(NotComparable::DayCounts(..))));
        let open = m("5.1", "CNY/pupil/day", None);
        assert!(matches!(a.compare(open), Err(NotComparable::DayCounts(..))));
    }

    #[test]
    fn a_rise_in_per_cent_is_of_what_was_there_before() {
        let rise =
            |now: &Measured, before: &Measured| now.per_cent_above(*before).map(|p| p.to_string());
        let (old, new) = (m("650", "CNY/pupil/year", None), m("720", "CNY/pupil/year", None));
        assert_eq!(rise(&new, &old).as_deref(), Some("10.77"));
        assert_eq!(rise(&old, &new).as_deref(), Some("-9.72"));
        let monthly = m("60", "CNY/pupil/month", None);
        assert_eq!(rise(&new, &monthly).as_deref(), Some("0"));
        assert_eq!(rise(&new, &m("0", "CNY/pupil/year", None)), None);
        assert_eq!(rise(&new, &m("5", "CNY/household/year", None)), None);
    }

    #[test]
    fn the_pattern_lists_the_vocabulary() {
        let join = |words: Vec<&str>| words.join("|");
        assert_eq!(
            UNIT.pattern,
            format!(
                "^({})(/({}))?(/({}))?$",
                join(Quantity::ALL.iter().map(|w| w.as_str()).collect()),
                join(Subject::ALL.iter().map(|w| w.as_str()).collect()),
                join(Period::ALL.iter().map(|w| w.as_str()).collect()),
            )
        );
    }
}
