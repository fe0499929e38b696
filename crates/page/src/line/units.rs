//! The words of units, as tables write them.

use jialiang_model::unit::{Period, Quantity, Subject, Unit};

/// Other words for quantities, beside those of the list.
const QUANTITIES: &[(&str, Quantity)] = &[
    ("日", Quantity::Day),
    ("个工作日", Quantity::WorkingDay),
    ("㎡", Quantity::SquareMetre),
    ("个小时", Quantity::Hour),
    ("千米", Quantity::Kilometre),
];
/// Other words for those by whom it is counted.
const SUBJECTS: &[(&str, Subject)] = &[("学生", Subject::Pupil), ("儿童", Subject::Child)];
/// Other words for periods.
const PERIODS: &[(&str, Period)] = &[("日", Period::Day)];

/// The longest word of a list at the start of a text, and what is left behind it.
fn longest<T: Copy>(
    text: &str,
    words: impl Iterator<Item = (&'static str, T)>,
) -> Option<(T, &str)> {
    words
        .filter_map(|(word, value)| text.strip_prefix(word).map(|rest| (value, rest)))
        .min_by_key(|(_, rest)| rest.len())
}

fn quantity(text: &str) -> Option<(Quantity, &str)> {
    let listed = Quantity::ALL.iter().map(|one| (one.zh(), *one));
    longest(text, listed.chain(QUANTITIES.iter().copied()))
}

/// Those by whom it is counted, at the start of a text.
pub(super) fn subject(text: &str) -> Option<(Subject, &str)> {
    let listed = Subject::ALL.iter().map(|one| (one.zh(), *one));
    longest(text, listed.chain(SUBJECTS.iter().copied()))
}

/// The period at the start of a text.
pub(super) fn period(text: &str) -> Option<(Period, &str)> {
    let listed = Period::ALL.iter().map(|one| (one.zh(), *one));
    longest(text, listed.chain(PERIODS.iter().copied()))
}

/// The words behind 每 in front of a number, at the end of a text, and what is left before.
pub(super) fn each_before(text: &str) -> Option<(Part, &str)> {
    let at = text.rfind('每')?;
    let (before, word) = (text.get(..at)?, text.get(at + '每'.len_utf8()..)?);
    let whole = |rest: &str| rest.is_empty();
    if let Some((found, rest)) = subject(word)
        && whole(rest)
    {
        return Some((Part::Subject(found), before));
    }
    let (found, rest) = period(word)?;
    whole(rest).then_some((Part::Period(found), before))
}

/// One of the two halves of a unit behind its quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Subject(Subject),
    Period(Period),
}

/// The unit at the start of a text, such as 元/生·年, and what is left behind it.
pub(super) fn unit(text: &str) -> Option<(Unit, &str)> {
    let (found, mut rest) = quantity(text)?;
    let mut unit = Unit { quantity: found, subject: None, period: None };
    loop {
        let Some(behind) = rest.strip_prefix(['/', '·', '每']) else {
            return Some((unit, rest));
        };
        // 元/（人·月）
        let inside = behind.strip_prefix(['（', '(']);
        let word = inside.unwrap_or(behind);
        let Some((part, mut left)) = part(word) else {
            return Some((unit, rest));
        };
        match part {
            Part::Subject(found) if unit.subject.is_none() => unit.subject = Some(found),
            Part::Period(found) if unit.period.is_none() => unit.period = Some(found),
            Part::Subject(_) | Part::Period(_) => return Some((unit, rest)),
        }
        if inside.is_some() {
            if let Some((Part::Period(found), behind)) =
                left.strip_prefix(['·', '/']).and_then(self::part)
                && unit.period.is_none()
            {
                unit.period = Some(found);
                left = behind;
            }
            match left.strip_prefix(['）', ')']) {
                Some(closed) => left = closed,
                None => return Some((unit, rest)),
            }
        }
        rest = left;
    }
}

fn part(text: &str) -> Option<(Part, &str)> {
    let by_period = period(text).map(|(found, rest)| (Part::Period(found), rest));
    let by_subject = subject(text).map(|(found, rest)| (Part::Subject(found), rest));
    match (by_subject, by_period) {
        (Some(a), Some(b)) => Some(if a.1.len() <= b.1.len() { a } else { b }),
        (found, other) => found.or(other),
    }
}
