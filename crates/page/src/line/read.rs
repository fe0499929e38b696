//! A line of a table, read: a form where it says one, the reason where it does not. Nothing
//! is guessed, and no word is dropped but those that only carry the number (标准为, 按, 执行).

use jialiang_model::cell::{Cell, CellValue};
use jialiang_model::id::{Id, ProvisionRef};
use jialiang_model::map::Map;
use jialiang_model::number::Count;
use jialiang_model::provision::{Better, Coverage, Form, Peg, Rounding, Scale, Share, Supplement};
use jialiang_model::text::Phrase;
use jialiang_model::unit::Unit;

use super::number::{decimal, number};
use super::units::unit;
use super::{Line, Open, Promise, Why, words};

/// Words that leave a number open.
pub(super) const HEDGES: &[&str] = &[
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
            // 1. 5 may be a number with a blank in it.
            let next = rest.trim_start_matches([' ', '\u{3000}']);
            let number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
            (!next.starts_with(number)).then_some(rest)
        }),
    };
    rest.map_or(text, |rest| rest.trim_start_matches([' ', '\u{3000}']))
}

/// Whether a line begins with the number of a list.
pub(crate) fn is_numbered(text: &str) -> bool {
    without_number(text).len() < text.len()
}

/// Whether a line begins with digits, a dot and digits, which beside lines that have numbers
/// in front may be a number of the list and another behind it.
pub(crate) fn may_be_listed(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let rest = text.trim_start_matches(number);
    let behind = rest.strip_prefix(['.', '．']).filter(|_| rest.len() < text.len());
    behind.is_some_and(|behind| behind.starts_with(number))
}

/// Whether a line begins with a name, which a colon ends.
pub(crate) fn is_named(text: &str) -> bool {
    named(without_number(text)).0.is_some()
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
/// between thousands. None where a blank stands within a number, which may be two.
fn plain(text: &str) -> Option<String> {
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
    let blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\t');
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，');
    let mut said = String::with_capacity(text.len());
    let (mut last, mut gap) = (None::<char>, false);
    for c in text.chars().map(half) {
        if blank(c) {
            gap = true;
            continue;
        }
        let digits = c.is_ascii_digit() || last.is_some_and(|last| last.is_ascii_digit());
        if gap && digits && part(c) && last.is_some_and(part) {
            return None;
        }
        said.push(c);
        (last, gap) = (Some(c), false);
    }
    let said = without_commas(&said);
    Some(said.trim_end_matches(['。', '；', ';', '，', ',']).to_owned())
}

/// Numbers without the commas between their thousands. Three digits before the first may as
/// well be two numbers, as 720,940 is, and keep it.
fn without_commas(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(from.len());
        let (number, behind) = from.split_at(end);
        let mut groups = number.split(',');
        let first = groups.next().map_or(0, str::len);
        let thousands = (1..=2).contains(&first) && groups.all(|group| group.len() == 3);
        said.push_str(before);
        match thousands && !before.ends_with('.') {
            true => said.extend(number.chars().filter(|c| *c != ',')),
            false => said.push_str(number),
        }
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// The promise of a line, and what it calls itself where it has no name.
fn promise(original: &str, named: bool) -> Result<(Option<String>, Promise), Why> {
    let Some(said) = plain(original) else { return Err(Why::Blank) };
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
    if let Some(peg) = peg(&said, original)? {
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
            || "对部分半减符合以内限给向按或一二两三四五六七八九十百成不非未无除暂停仅只原前后再元折但收取".contains(c)
    };
    let short = (1..=10).contains(&what.chars().count());
    (short && !what.contains(narrowed)).then(|| said.to_owned())
}

/// 按照《…》执行: the words as they stand, where they say no number of their own.
fn peg(said: &str, original: &str) -> Result<Option<Form>, Why> {
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
        let digits = bare.chars().skip_while(|c| !c.is_ascii_digit());
        let end = at + digits.take_while(char::is_ascii_digit).count();
        let (before, behind) = (bare.get(..at).unwrap_or(""), bare.get(end..).unwrap_or(""));
        if !behind.starts_with('号') || !before.ends_with('〕') {
            return Ok(None);
        }
        bare.replace_range(at..end, "");
    }
    let fits = begins.iter().any(|word| said.starts_with(word))
        && ends.iter().any(|word| said.ends_with(word))
        && said.chars().count() > 4
        && !HEDGES.iter().any(|hedge| *hedge != "约" && bare.contains(hedge));
    let zh = Phrase::parse(original.trim_matches([' ', '\u{3000}']));
    let (true, Some(zh)) = (fits, zh) else { return Ok(None) };
    match words::spelled(&bare).or_else(|| words::reversed(&bare)) {
        Some(word) => Err(Why::Spelled(word)),
        None => {
            let peg = Peg { zh, en: None, instrument: None, agency: None };
            Ok(Some(Form::Pegged(Box::new(peg))))
        }
    }
}

/// What the end of a line says of its number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
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
    pub(super) const fn scale(self, unit: Unit) -> Scale {
        Scale { unit, better: Better::More, days_per_year: self.days }
    }
}

fn marks(said: &str) -> (&str, Marks) {
    let (mut said, mut marks) = (said, Marks::default());
    loop {
        let better = [("（多者优）", Better::More), ("（少者优）", Better::Less)];
        let better =
            better.into_iter().find_map(|(word, better)| Some((said.strip_suffix(word)?, better)));
        if let Some((rest, better)) = better {
            // What says both stays, and no number is read beside it.
            if marks.better.is_some_and(|other| other != better) {
                return (said, marks);
            }
            (said, marks.better) = (rest, Some(better));
            continue;
        }
        let days = said.strip_suffix('）').and_then(|rest| rest.rsplit_once('（'));
        let days = days.and_then(|(rest, inside)| {
            let count = inside.strip_prefix("全年")?.trim_start_matches("按");
            let count = count.trim_end_matches("计算").trim_end_matches(['计', '天', '日']);
            Some((rest, Count::parse(count)?))
        });
        match days {
            Some((rest, count)) if marks.days.is_none_or(|other| other == count) => {
                (said, marks.days) = (rest, Some(count));
            }
            _ => return (said, marks),
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
