//! A number in a line: how it binds, its unit, and what else stands beside it.

use jialiang_model::number::{Count, Number};
use jialiang_model::provision::{Average, Band, Comparator, Form, Grades};
use jialiang_model::unit::{Period, Quantity, Subject};

use super::Why;
use super::read::{HEDGES, Marks};
use super::units::{Part, each_before, unit};
use super::words;

/// Words in front of a number that say how it binds.
const COMPARATORS: &[(&str, Comparator)] = &[
    ("不得低于", Comparator::AtLeast),
    ("不得少于", Comparator::AtLeast),
    ("不低于", Comparator::AtLeast),
    ("不少于", Comparator::AtLeast),
    ("不小于", Comparator::AtLeast),
    ("至少", Comparator::AtLeast),
    ("最低", Comparator::AtLeast),
    ("最少", Comparator::AtLeast),
    ("不得高于", Comparator::AtMost),
    ("不得超过", Comparator::AtMost),
    ("不高于", Comparator::AtMost),
    ("不超过", Comparator::AtMost),
    ("不多于", Comparator::AtMost),
    ("不大于", Comparator::AtMost),
    ("至多", Comparator::AtMost),
    ("最高", Comparator::AtMost),
    ("最多", Comparator::AtMost),
];
/// The same behind a number.
const BEHIND: &[(&str, Comparator)] = &[
    ("及以上", Comparator::AtLeast),
    ("以上", Comparator::AtLeast),
    ("以内", Comparator::AtMost),
    ("之内", Comparator::AtMost),
];
/// Words in which 约 means something else.
const NOT_ABOUT: &[&str] = &["节约", "签约", "契约", "预约", "履约", "合约", "公约"];
/// Words in front of a number, or behind it, that only carry it.
const CARRIERS: &[&str] =
    &["标准为", "比例为", "标准", "按照", "按", "为", "是", "达到", "应", "定额", "的", "共"];
/// Words behind a number that only carry it.
const CARRIED: &[&str] =
    &["给予补助", "执行", "发放", "计发", "补助", "补贴", "资助", "标准", "的"];
/// Verbs that a line with a name may have between the name and the number.
const VERBS: &[&str] = &[
    "给予", "发放", "补助", "补贴", "资助", "奖励", "提供", "组织", "举办", "开展", "享受", "支付",
    "配备", "开放",
];
/// What says that each person's own amount rises.
const OWN: &[&str] = &[
    "在本人原标准上",
    "在本人原标准基础上",
    "在原标准上",
    "在原标准基础上",
    "在原有标准基础上",
    "在现有标准基础上",
    "在原基础上",
];

/// A number in whatever spelling, without needless noughts.
pub(super) fn decimal(text: &str) -> Option<Number> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = match whole.trim_start_matches('0') {
        "" if whole.is_empty() => return None,
        "" => "0",
        whole => whole,
    };
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    let text = format!("{sign}{whole}{point}{fraction}");
    Number::parse(if text == "-0" { "0" } else { &text })
}

/// What stands in front of a number, taken from its end.
#[derive(Debug, Default)]
struct Before {
    comparator: Option<Comparator>,
    subject: Option<Subject>,
    period: Option<Period>,
    average: bool,
    more: bool,
    verb: String,
    left: String,
}

fn before(text: &str) -> Option<Before> {
    let mut found = Before::default();
    let mut rest = text;
    'words: loop {
        for (word, comparator) in COMPARATORS {
            if let Some(left) = rest.strip_suffix(word) {
                // 最高不超过 says one thing twice.
                if found.comparator.replace(*comparator).is_some_and(|other| other != *comparator) {
                    return None;
                }
                rest = left;
                continue 'words;
            }
        }
        for (word, subject, period) in [
            ("年生均", Subject::Pupil, Some(Period::Year)),
            ("年人均", Subject::Person, Some(Period::Year)),
            ("月人均", Subject::Person, Some(Period::Month)),
            ("生均", Subject::Pupil, None),
            ("人均", Subject::Person, None),
            ("户均", Subject::Household, None),
        ] {
            if let Some(left) = rest.strip_suffix(word) {
                let doubled = found.subject.replace(subject).is_some()
                    || (period.is_some() && found.period.is_some());
                if doubled {
                    return None;
                }
                found.period = found.period.or(period);
                rest = left;
                continue 'words;
            }
        }
        if let Some((part, left)) = each_before(rest) {
            let doubled = match part {
                Part::Subject(subject) => found.subject.replace(subject).is_some(),
                Part::Period(period) => found.period.replace(period).is_some(),
            };
            if doubled {
                return None;
            }
            rest = left;
            continue;
        }
        if let Some(left) = rest.strip_suffix("平均") {
            (found.average, rest) = (true, left);
            continue;
        }
        if let Some(left) = rest.strip_suffix("增加") {
            (found.more, rest) = (true, left);
            continue;
        }
        if let Some((verb, left)) =
            VERBS.iter().find_map(|verb| rest.strip_suffix(verb).map(|left| (*verb, left)))
        {
            found.verb.insert_str(0, verb);
            rest = left;
            continue;
        }
        match CARRIERS.iter().find_map(|word| rest.strip_suffix(word)) {
            Some(left) => rest = left,
            None => break,
        }
    }
    found.left = rest.to_owned();
    Some(found)
}

/// The numbers of a text, as bytes.
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        match found.last_mut() {
            Some(last) if last.end == at && (c.is_ascii_digit() || c == '.') => last.end = at + 1,
            _ if c.is_ascii_digit() => found.push(at..at + 1),
            _ => {}
        }
    }
    found
}

/// The form of a number, and what a line without a name is called by.
pub(super) fn number(
    said: &str,
    marks: &Marks,
    named: bool,
) -> Result<(Option<String>, Form), Why> {
    let all = numbers(said);
    let at = all.first().ok_or(Why::NoForm)?.clone();
    let cleared = NOT_ABOUT.iter().fold(said.to_owned(), |said, word| said.replace(word, ""));
    if let Some(hedge) = HEDGES.iter().find(|hedge| cleared.contains(**hedge)) {
        return Err(Why::Hedge(hedge));
    }
    let word = said.get(at.clone()).unwrap_or("");
    let (lead, tail) = (said.get(..at.start).unwrap_or(""), said.get(at.end..).unwrap_or(""));
    let (lead, sign) = signed(lead, named)?;
    if lead.ends_with('第') {
        return Err(Why::NoForm);
    }
    clear(word, lead.is_empty() && !named)?;
    let number = decimal(&format!("{sign}{word}")).ok_or_else(|| Why::NoNumber(word.to_owned()))?;
    let (mut measured, tail) = unit(tail).ok_or_else(|| {
        if all.len() > 1 { Why::Numbers } else { Why::NoUnit(tail.chars().take(6).collect()) }
    })?;
    let money = matches!(measured.quantity, Quantity::Yuan | Quantity::TenThousandYuan);
    if money && !sign.is_empty() && !lead.ends_with("增加") {
        return Err(Why::Negative);
    }
    if measured.quantity == Quantity::Year && (1900..=2200).contains(&word.parse().unwrap_or(0)) {
        return Err(Why::Date);
    }
    let beside = |what: &str| Err(Why::Beside(what.to_owned()));
    let Some(mut found) = before(lead) else { return beside(lead) };
    // A unit half of which stands in front of the number and half behind it.
    let doubled = (found.subject.is_some() && measured.subject.is_some())
        || (found.period.is_some() && measured.period.is_some());
    if doubled {
        return beside(lead);
    }
    measured.subject = measured.subject.or(found.subject);
    measured.period = measured.period.or(found.period);
    let scale = marks.scale(measured);
    if measured.quantity == Quantity::Percent && lead.contains('的') {
        return Err(Why::ShareOf);
    }
    if found.average {
        if found.comparator.is_some() || found.more {
            return beside(lead);
        }
        let (band, grades) = split(tail, measured.quantity)?;
        let average = Average { number, band, grades };
        let left = name(&found.left, &found.verb, "", named)?;
        return Ok((left, Form::Average(Box::new(average), scale)));
    }
    if all.len() > 1 {
        return Err(Why::Numbers);
    }
    if found.more {
        let own = OWN.contains(&found.left.as_str());
        let bare = (found.left.is_empty() || found.left == "再") && money;
        let plain = found.comparator.is_none() && found.verb.is_empty() && tail.is_empty();
        return match (own || bare) && plain {
            true => Ok((None, Form::Increase(number, scale))),
            false => Err(Why::Change),
        };
    }
    if ["增加", "提高", "提至", "提到", "上调", "下调", "增发", "加发", "另加", "降低", "减少"]
        .iter()
        .any(|word| lead.contains(word) || tail.contains(word))
    {
        return Err(Why::Change);
    }
    let (mut tail, mut behind) = (tail, false);
    if let Some((comparator, rest)) =
        BEHIND.iter().find_map(|(word, c)| tail.strip_prefix(word).map(|rest| (*c, rest)))
    {
        if found.comparator.replace(comparator).is_some() {
            return beside(tail);
        }
        (tail, behind) = (rest, true);
    }
    let comparator = found.comparator.unwrap_or(Comparator::Exactly);
    let mut carried = tail;
    while let Some(rest) = CARRIED.iter().find_map(|word| carried.strip_prefix(word)) {
        carried = rest;
    }
    // 80%的标准 is a share of it.
    if carried.is_empty() && measured.quantity != Quantity::Percent {
        tail = "";
    }
    // 720元以上老年人 says who, and 300元五角 and 500元一年 another amount.
    if !tail.is_empty() && (behind || money || measured.quantity == Quantity::Percent) {
        return beside(&format!("{}{}{tail}", found.left, found.verb));
    }
    let left = name(&found.left, &found.verb, tail, named)?;
    // 城市低保标准30% is a share of it.
    let share = left.as_ref().is_some_and(|left| !left.ends_with("比例") && !left.ends_with('率'));
    if measured.quantity == Quantity::Percent && share {
        return Err(Why::ShareOf);
    }
    Ok((left, Form::Amount(comparator, number, scale)))
}

/// What stands before a number, and its sign. A dash is one only behind a word that binds the
/// number, or behind a name; else it may be a bullet, or stand between two words.
fn signed(lead: &str, named: bool) -> Result<(&str, &str), Why> {
    let Some(before) = lead.strip_suffix('-') else { return Ok((lead, "")) };
    let bound = ["不低于", "不高于", "平均", "增加"].iter().any(|word| before.ends_with(word));
    match bound || (named && before.is_empty()) {
        true => Ok((before, "-")),
        false => Err(Why::Negative),
    }
}

/// That a number can be nothing else: 1.720 may be 1720 or the item 1. of a list, 0720 lacks
/// something.
fn clear(word: &str, first: bool) -> Result<(), Why> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let thousands = fraction.len() == 3 && whole != "0";
    let needless = first && fraction.ends_with('0') && whole != "0";
    if thousands || needless {
        return Err(Why::Dot(word.to_owned()));
    }
    let strange = word.ends_with('.') || (whole.len() > 1 && whole.starts_with('0'));
    if strange { Err(Why::NoNumber(word.to_owned())) } else { Ok(()) }
}

/// What a line without a name is called by: the words beside its number, where each is known.
fn name(left: &str, verb: &str, tail: &str, named: bool) -> Result<Option<String>, Why> {
    if left.is_empty() && tail.is_empty() {
        return Ok((!named && !verb.is_empty()).then(|| verb.to_owned()));
    }
    let words = format!("{left}{verb}{tail}");
    if named || !words::known(left) || !words::known(tail) {
        return Err(Why::Beside(words));
    }
    Ok(Some(words))
}

/// How an average may be split: （1000—3000元，分2—3档）, or the same in a sentence.
fn split(tail: &str, quantity: Quantity) -> Result<(Option<Band>, Option<Grades>), Why> {
    let beside = || Why::Beside(tail.to_owned());
    let inside = tail.strip_prefix('（').and_then(|rest| rest.strip_suffix('）'));
    let words = inside.or_else(|| tail.strip_prefix(['，', ','])).unwrap_or(tail);
    let (mut band, mut grades) = (None, None);
    for word in words.split(['，', ',', '；', '、']).filter(|word| !word.is_empty()) {
        let divided = ["可以分为", "可分为", "可以分", "可分", "分为", "分"];
        let divided = divided.iter().find_map(|start| word.strip_prefix(start));
        if let Some(count) = divided.and_then(|rest| rest.strip_suffix('档')) {
            let (least, most) = range(count).unwrap_or((count, count));
            let both = (Count::parse(least), Count::parse(most));
            let (Some(least), Some(most)) = both else { return Err(beside()) };
            if grades.replace(Grades { least, most }).is_some() {
                return Err(beside());
            }
            continue;
        }
        let stated = word.strip_prefix('在').unwrap_or(word);
        let ends = [
            "范围内确定具体标准",
            "范围内确定",
            "范围内浮动",
            "范围内分档确定",
            "范围内",
            "之间",
            "",
        ];
        let stated = ends.iter().find_map(|end| stated.strip_suffix(end)).unwrap_or(stated);
        let stated = stated.strip_suffix(quantity.zh()).ok_or_else(beside)?;
        let (least, most) = range(stated).ok_or_else(beside)?;
        let least = least.strip_suffix(quantity.zh()).unwrap_or(least);
        let (Some(least), Some(most)) = (decimal(least), decimal(most)) else {
            return Err(beside());
        };
        if band.replace(Band { least, most }).is_some() {
            return Err(beside());
        }
    }
    Ok((band, grades))
}

/// The two ends of a range.
fn range(text: &str) -> Option<(&str, &str)> {
    let dash = |c: char| matches!(c, '—' | '–' | '~' | '～' | '至' | '到');
    if let Some((least, rest)) = text.split_once(dash) {
        return Some((least, rest.trim_start_matches(dash)));
    }
    // A hyphen is also the sign of a number.
    let at = text.get(1..)?.find('-')? + 1;
    Some((text.get(..at)?, text.get(at + 1..)?))
}
