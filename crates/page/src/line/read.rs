//! A line of a table, read: a form where it says one, the reason where it does not. Nothing
//! is guessed, and no word is dropped but those that only carry the number (标准为, 按, 执行).

use jialiang_model::cell::{Cell, CellValue};
use jialiang_model::id::{Id, ProvisionRef};
use jialiang_model::map::Map;
use jialiang_model::number::{Count, Number};
use jialiang_model::provision::{
    Average, Band, Better, Comparator, Coverage, Form, Grades, Peg, Rounding, Scale, Share,
    Supplement,
};
use jialiang_model::text::Phrase;
use jialiang_model::unit::{Period, Quantity, Subject, Unit};

use super::units::{Part, each_before, unit};
use super::{Line, Open, Promise, Why};

/// Words in front of a number that say how it binds.
const COMPARATORS: &[(&str, Comparator)] = &[
    ("不得低于", Comparator::AtLeast),
    ("不得少于", Comparator::AtLeast),
    ("不低于", Comparator::AtLeast),
    ("不少于", Comparator::AtLeast),
    ("不小于", Comparator::AtLeast),
    ("至少", Comparator::AtLeast),
    ("最低", Comparator::AtLeast),
    ("不得高于", Comparator::AtMost),
    ("不得超过", Comparator::AtMost),
    ("不高于", Comparator::AtMost),
    ("不超过", Comparator::AtMost),
    ("不多于", Comparator::AtMost),
    ("不大于", Comparator::AtMost),
    ("至多", Comparator::AtMost),
    ("最高", Comparator::AtMost),
];
/// The same behind a number.
const BEHIND: &[(&str, Comparator)] = &[
    ("及以上", Comparator::AtLeast),
    ("以上", Comparator::AtLeast),
    ("以内", Comparator::AtMost),
    ("之内", Comparator::AtMost),
];
/// Words that leave a number open.
const HEDGES: &[&str] = &[
    "左右",
    "上下",
    "大约",
    "大致",
    "原则上",
    "一般",
    "适当",
    "不等",
    "力争",
    "争取",
    "逐步",
    "参考",
    "建议",
    "视情",
    "根据实际",
    "上浮",
    "下浮",
    "倍",
    "以下",
    "余元",
    "多元",
    "约",
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

/// The longest line that is taken for a provision, in bytes.
const LONGEST: usize = 4000;

/// Reads a line of the official table.
pub fn read(text: &str) -> Result<Line, Why> {
    if text.len() > LONGEST {
        return Err(Why::Long);
    }
    let text = text.trim_matches([' ', '\u{3000}']);
    let text = without_number(text);
    let (name, cell, said) = named(text);
    let (lead, promise) = promise(said, name.is_some())?;
    let name = match name {
        Some(name) => Some(name),
        None => lead.map(|lead| Phrase::parse(&lead).ok_or(Why::Beside(lead))).transpose()?,
    };
    Ok(Line { name, cell, promise })
}

/// A line without the number that stands in front of it: 1. （1） ①.
fn without_number(text: &str) -> &str {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let rest = match text.strip_prefix(['（', '(']) {
        Some(inside) => inside.get(digits(inside)..).and_then(|rest| {
            (digits(inside) > 0).then(|| rest.strip_prefix(['）', ')'])).flatten()
        }),
        None if text.starts_with(|c| ('①'..='⑳').contains(&c)) => text.get('①'.len_utf8()..),
        None => text.get(digits(text)..).and_then(|rest| {
            let rest = (digits(text) > 0).then(|| rest.strip_prefix(['.', '．', '、']))??;
            (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
        }),
    };
    rest.map_or(text, |rest| rest.trim_start_matches([' ', '\u{3000}']))
}

/// The name, the cell, and what is left of a line.
fn named(text: &str) -> (Option<Phrase>, Cell, &str) {
    let colon = text.char_indices().find(|(at, c)| {
        let (before, after) = (text.get(..*at).unwrap_or(""), text.get(at + c.len_utf8()..));
        let digit = |c: char| c.is_ascii_digit();
        // 1:20 is a ratio.
        let ratio = before.ends_with(digit) && after.is_some_and(|after| after.starts_with(digit));
        matches!(c, '：' | ':') && !ratio
    });
    let (name, said) = match colon {
        Some((at, c)) => {
            (text.get(..at).unwrap_or(""), text.get(at + c.len_utf8()..).unwrap_or(""))
        }
        None => ("", text),
    };
    if colon.is_none() {
        let (cell, said) = celled(said);
        return (None, cell, said);
    }
    let inside = name.strip_suffix('〕').and_then(|rest| rest.rsplit_once('〔'));
    if let Some((before, inside)) = inside
        && let Some(cell) = cell_of(inside)
    {
        return (Phrase::parse(before.trim()), cell, said);
    }
    match Phrase::parse(name.trim_matches([' ', '\u{3000}'])) {
        Some(name) => (Some(name), Cell::default(), said),
        None => (None, Cell::default(), text),
    }
}

/// The cell in front of a line, and what is left of it.
pub(crate) fn celled(text: &str) -> (Cell, &str) {
    let cell = text.strip_prefix('〔').and_then(|rest| rest.split_once('〕'));
    let cell = cell.and_then(|(inside, rest)| Some((cell_of(inside)?, rest)));
    cell.unwrap_or((Cell::default(), text))
}

/// A cell as it is printed: `stage=primary,boarding=yes`.
fn cell_of(text: &str) -> Option<Cell> {
    let entries: Option<Vec<_>> = text
        .split([',', '，', '、'])
        .map(|one| {
            let (dimension, value) = one.trim().split_once('=')?;
            Some((Id::parse(dimension)?, CellValue::parse(value)?))
        })
        .collect();
    Map::new(entries?).map(Cell)
}

/// Full-width digits and signs as they are typed, no blanks, no stop at the end, no commas
/// between thousands.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '％' => '%',
        '．' => '.',
        '／' => '/',
        '－' | '−' => '-',
        '(' => '（',
        ')' => '）',
        '•' | '・' => '·',
        c => c,
    };
    let blank = |c: &char| !matches!(c, ' ' | '\u{3000}' | '\t');
    let chars: Vec<char> = text.chars().filter(blank).map(half).collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut said = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let three = (1..=3).all(|n| digit(at + n)) && !digit(at + 4);
        if *c == ',' && at > 0 && digit(at - 1) && three {
            continue;
        }
        said.push(*c);
    }
    said.trim_end_matches(['。', '；', ';', '，', ',']).to_owned()
}

/// The promise of a line, and what it calls itself where it has no name.
fn promise(original: &str, named: bool) -> Result<(Option<String>, Promise), Why> {
    let said = plain(original);
    let whole = |form| Ok((None, Promise::Whole(form)));
    match said.as_str() {
        "全覆盖" | "实现全覆盖" => return whole(Form::Coverage(Coverage::Everyone)),
        "应保尽保" | "实现应保尽保" => {
            return whole(Form::Coverage(Coverage::AllEligible));
        }
        "免费" | "免除" | "免收" | "全部免除" | "全额免除" | "免费提供" => {
            return whole(Form::Free);
        }
        _ => {}
    }
    if !named && let Some(name) = free_of(&said) {
        return Ok((Some(name), Promise::Whole(Form::Free)));
    }
    if let Some(peg) = peg(&said, original) {
        return whole(peg);
    }
    let (said, marks) = marks(&said);
    if let Some(form) = share(said, &marks).or_else(|| supplement(said, &marks)) {
        return Ok((None, marks.toward(form)));
    }
    let (name, form) = number(said, &marks, named)?;
    Ok((name, marks.toward(form)))
}

/// What is free of charge: 免除学杂费, where nothing narrows it.
fn free_of(said: &str) -> Option<String> {
    let what = ["免除", "免收", "免费提供"].iter().find_map(|verb| said.strip_prefix(verb))?;
    let narrowed = |c: char| {
        !('\u{4e00}'..='\u{9fff}').contains(&c)
            || "对部分半减符合以内限给向按或一二两三".contains(c)
    };
    let short = (1..=10).contains(&what.chars().count());
    (short && !what.contains(narrowed)).then(|| said.to_owned())
}

/// 按照《…》执行: the words as they stand.
fn peg(said: &str, original: &str) -> Option<Form> {
    let begins = ["按照", "依照", "参照", "根据", "依据", "按", "执行"];
    let ends = ["执行", "确定", "办理", "规定", "发放", "落实"];
    let mut open = 0_usize;
    let outside = |c: &char| {
        match c {
            '《' | '〔' => open += 1,
            '》' | '〕' => open = open.saturating_sub(1),
            _ => {}
        }
        open == 0
    };
    let bare: Vec<char> = said.chars().filter(outside).collect();
    // A document's number is no amount.
    let mut bare: String = bare.into_iter().collect();
    while let Some(at) = bare.find(|c: char| c.is_ascii_digit()) {
        let end = bare.get(at..)?.find(|c: char| !c.is_ascii_digit())? + at;
        if !bare.get(end..)?.starts_with('号') || !bare.get(..at)?.ends_with('〕') {
            return None;
        }
        bare.replace_range(at..end, "");
    }
    let fits = begins.iter().any(|word| said.starts_with(word))
        && ends.iter().any(|word| said.ends_with(word))
        && said.chars().count() > 4
        && !HEDGES.iter().any(|hedge| *hedge != "约" && bare.contains(hedge));
    let zh = Phrase::parse(original.trim_matches([' ', '\u{3000}']))?;
    fits.then(|| Form::Pegged(Box::new(Peg { zh, en: None, instrument: None, agency: None })))
}

/// What the end of a line says of its number.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    better: Option<Better>,
    days: Option<Count>,
}

impl Marks {
    fn toward(self, form: Form) -> Promise {
        match self.better {
            Some(better) => Promise::Whole(Open(form).toward(better)),
            None => Promise::Open(Open(form)),
        }
    }

    /// The scale of a number, of which the direction is not said yet.
    const fn scale(self, unit: Unit) -> Scale {
        Scale { unit, better: Better::More, days_per_year: self.days }
    }
}

fn marks(said: &str) -> (&str, Marks) {
    let (mut said, mut marks) = (said, Marks::default());
    loop {
        if let Some(rest) = said.strip_suffix("（多者优）") {
            (said, marks.better) = (rest, Some(Better::More));
            continue;
        }
        if let Some(rest) = said.strip_suffix("（少者优）") {
            (said, marks.better) = (rest, Some(Better::Less));
            continue;
        }
        let days = said.strip_suffix('）').and_then(|rest| rest.rsplit_once('（'));
        let days = days.and_then(|(rest, inside)| {
            let count = inside.strip_prefix("全年")?.trim_start_matches("按");
            let count = count.trim_end_matches("计算").trim_end_matches(['计', '天', '日']);
            Some((rest, Count::parse(count)?))
        });
        match days {
            Some((rest, count)) => (said, marks.days) = (rest, Some(count)),
            None => return (said, marks),
        }
    }
}

/// 按item/provision的30%（元/人·月，四舍五入，不低于5，不高于9）.
fn share(said: &str, marks: &Marks) -> Option<Form> {
    let (of, rest) = said.strip_prefix('按')?.split_once('的')?;
    let of = ProvisionRef::parse(of)?;
    let (percent, rest) = rest.split_once("%（")?;
    let mut words = rest.strip_suffix('）')?.split(['，', ',']);
    let (unit, left) = unit(words.next()?)?;
    if !left.is_empty() {
        return None;
    }
    let mut share =
        Share { of, percent: decimal(percent)?, rounding: None, least: None, most: None };
    for word in words {
        let rounding = Rounding::ALL.iter().find(|one| one.zh() == word);
        match (rounding, word.strip_prefix("不低于"), word.strip_prefix("不高于")) {
            (Some(rounding), _, _) => share.rounding = Some(*rounding),
            (None, Some(least), _) => share.least = Some(decimal(least)?),
            (None, None, Some(most)) => share.most = Some(decimal(most)?),
            (None, None, None) => return None,
        }
    }
    Some(Form::Share(Box::new(share), marks.scale(unit)))
}

/// 在item/provision上加发5元/人·月.
fn supplement(said: &str, marks: &Marks) -> Option<Form> {
    let (to, rest) = said.strip_prefix('在')?.split_once("上加发")?;
    let to = ProvisionRef::parse(to)?;
    let end = rest.find(|c: char| !matches!(c, '0'..='9' | '.' | '-'))?;
    let amount = decimal(rest.get(..end)?)?;
    let (unit, left) = unit(rest.get(end..)?)?;
    let adds = Supplement { to, amount };
    left.is_empty().then(|| Form::Supplement(Box::new(adds), marks.scale(unit)))
}

/// A number in whatever spelling, without needless noughts.
fn decimal(text: &str) -> Option<Number> {
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
                if found.comparator.replace(*comparator).is_some() {
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

fn number(said: &str, marks: &Marks, named: bool) -> Result<(Option<String>, Form), Why> {
    let all = numbers(said);
    let at = all.first().ok_or(Why::NoForm)?.clone();
    let cleared = NOT_ABOUT.iter().fold(said.to_owned(), |said, word| said.replace(word, ""));
    if let Some(hedge) = HEDGES.iter().find(|hedge| cleared.contains(**hedge)) {
        return Err(Why::Hedge(hedge));
    }
    let word = said.get(at.clone()).unwrap_or("");
    let (lead, tail) = (said.get(..at.start).unwrap_or(""), said.get(at.end..).unwrap_or(""));
    let (lead, sign) = lead.strip_suffix('-').map_or((lead, ""), |lead| (lead, "-"));
    if lead.ends_with('第') {
        return Err(Why::NoForm);
    }
    let number = decimal(&format!("{sign}{word}")).ok_or_else(|| Why::NoNumber(word.to_owned()))?;
    let (mut measured, tail) = unit(tail).ok_or_else(|| {
        if all.len() > 1 { Why::Numbers } else { Why::NoUnit(tail.chars().take(6).collect()) }
    })?;
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
        let bare = (found.left.is_empty() || found.left == "再")
            && matches!(measured.quantity, Quantity::Yuan | Quantity::TenThousandYuan);
        let plain = found.comparator.is_none() && found.verb.is_empty() && tail.is_empty();
        return match (own || bare) && plain {
            true => Ok((None, Form::Increase(number, scale))),
            false => Err(Why::Change),
        };
    }
    if ["增加", "提高", "上调", "增发", "加发", "另加", "降低", "减少"]
        .iter()
        .any(|word| lead.contains(word) || tail.contains(word))
    {
        return Err(Why::Change);
    }
    let mut tail = tail;
    if let Some((comparator, rest)) =
        BEHIND.iter().find_map(|(word, c)| tail.strip_prefix(word).map(|rest| (*c, rest)))
    {
        if found.comparator.replace(comparator).is_some() {
            return beside(tail);
        }
        tail = rest;
    }
    let comparator = found.comparator.unwrap_or(Comparator::Exactly);
    let mut carried = tail;
    while let Some(rest) = CARRIED.iter().find_map(|word| carried.strip_prefix(word)) {
        carried = rest;
    }
    if carried.is_empty() {
        tail = "";
    }
    let left = name(&found.left, &found.verb, tail, named)?;
    Ok((left, Form::Amount(comparator, number, scale)))
}

/// What a line without a name is called by: the words beside its number, where they are few
/// and plain.
fn name(left: &str, verb: &str, tail: &str, named: bool) -> Result<Option<String>, Why> {
    if left.is_empty() && tail.is_empty() {
        return Ok((!named && !verb.is_empty()).then(|| verb.to_owned()));
    }
    let words = format!("{left}{verb}{tail}");
    let plain =
        |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '“' | '”' | '（' | '）');
    let conditions = ["如", "若", "除", "其中", "或", "由", "超过", "不足", "每", "起"];
    let conditional = conditions.iter().any(|word| words.contains(word));
    if named || conditional || words.chars().count() > 40 || !words.chars().all(plain) {
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
