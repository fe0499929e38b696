//! What somebody perhaps meant by a word that its grammar refuses.

use jialiang_model::Grammar;
use jialiang_model::cell::CELL_VALUE;
use jialiang_model::date::{DAY, PARTIAL_DATE};
use jialiang_model::number::{COUNT, NUMBER};
use jialiang_model::unit::{UNIT, Unit};
use jialiang_model::version::VERSION;

/// The ASCII character that a full-width one was typed for.
pub(super) fn half_width(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' => Some(' '),
        '“' | '”' => Some('"'),
        '、' => Some(','),
        '。' => Some('.'),
        '—' | '–' => Some('-'),
        '〔' | '【' => Some('['),
        '〕' | '】' => Some(']'),
        _ => None,
    }
}

/// The word that the grammar accepts and a person would read the same way, if there is
/// one: half-width, trimmed, without separators and unit signs, a Chinese date, a Chinese
/// unit, a range in words.
pub fn meant(text: &str, grammar: &Grammar) -> Option<String> {
    let half: String = text.chars().map(|c| half_width(c).unwrap_or(c)).collect();
    let half = half.trim_matches([' ', '\u{3000}']).to_owned();
    let trimmed = text.trim_matches([' ', '\u{3000}']).to_owned();
    let dashed = half.to_ascii_lowercase().replace(['_', ' '], "-");
    let g = |all: &[Grammar]| all.contains(grammar);
    let special = if g(&[NUMBER, COUNT]) {
        number(&half)
    } else if g(&[DAY, PARTIAL_DATE]) {
        date(&half)
    } else if g(&[CELL_VALUE]) {
        range(&half)
    } else if g(&[VERSION]) {
        version(&half)
    } else if g(&[UNIT]) {
        unit(text)
    } else {
        None
    };
    let accepts = |word: &String| word != text && accepts(grammar, word);
    [Some(trimmed), Some(half), special, Some(dashed)].into_iter().flatten().find(accepts)
}

fn accepts(grammar: &Grammar, text: &str) -> bool {
    let schema = serde_json::json!({ "pattern": grammar.pattern });
    jsonschema::is_valid(&schema, &text.into())
}

fn number(text: &str) -> Option<String> {
    let text = text.trim_start_matches('+').replace(['_', ' '], "");
    // Commas between thousands only: 1,5 may be one and a half.
    let mut groups = text.split('.').next().unwrap_or("").split(',').skip(1);
    if !groups.all(|g| g.trim_end_matches(|c: char| !c.is_ascii_digit()).len() == 3) {
        return None;
    }
    let digits = text.replace(',', "");
    // Only the sign of the unit that almost every amount has: 80% is no amount of yuan.
    let digits = digits.trim_end_matches('元');
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
        && digits.bytes().any(|b| b.is_ascii_digit());
    if !plain {
        return None;
    }
    let whole = digits.trim_start_matches('0');
    let whole = if whole.is_empty() || whole.starts_with('.') {
        format!("0{whole}")
    } else {
        whole.to_owned()
    };
    Some(match whole.contains('.') {
        true => whole.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => whole,
    })
}

/// 2021年4月20日, 2021/4/20, 2021.4.20 and 2021-4-20.
fn date(text: &str) -> Option<String> {
    let plain = text.replace(['年', '月', '/', '.'], "-").replace(['日', '号'], "");
    let parts: Vec<&str> = plain.trim_end_matches('-').split('-').collect();
    let pad = |part: &str| format!("{part:0>2}");
    match parts.as_slice() {
        [year] => Some((*year).to_owned()),
        [year, month] => Some(format!("{year}-{}", pad(month))),
        [year, month, day] => Some(format!("{year}-{}-{}", pad(month), pad(day))),
        _ => None,
    }
}

/// 70~79岁, 70至79, 80岁以上.
fn range(text: &str) -> Option<String> {
    let plain = text.replace(['岁', '周'], "");
    match plain.strip_suffix("以上").or_else(|| plain.strip_suffix("及以上")) {
        Some(first) => Some(format!("{first}+")),
        None => Some(plain.replace(['~', '至', '到', '—'], "-")),
    }
}

/// `1` and `1.0`.
fn version(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['v', 'V']);
    match text.split('.').count() {
        1 => Some(format!("{text}.0.0")),
        2 => Some(format!("{text}.0")),
        _ => Some(text.to_owned()),
    }
}

/// 元/生·天 and 元/生/天.
fn unit(text: &str) -> Option<String> {
    let plain = |text: &str| text.replace(['·', '.', '／'], "/");
    let wanted = plain(text);
    Unit::all().find(|unit| plain(&unit.zh()) == wanted).map(|unit| unit.to_string())
}

#[cfg(test)]
mod tests {
    use super::meant;
    use jialiang_model::{cell, date, id, number, unit, version};

    #[test]
    fn habits_are_understood() {
        for (text, grammar, wanted) in [
            ("７２０", &number::NUMBER, Some("720")),
            ("1,000", &number::NUMBER, Some("1000")),
            ("650元", &number::NUMBER, Some("650")),
            ("2000.00", &number::NUMBER, Some("2000")),
            ("00", &number::NUMBER, Some("0")),
            ("约650", &number::NUMBER, None),
            ("80%", &number::NUMBER, None),
            ("1,5", &number::NUMBER, None),
            ("1,000,000元", &number::NUMBER, Some("1000000")),
            ("70,79", &cell::CELL_VALUE, None),
            ("2021年4月20日", &date::PARTIAL_DATE, Some("2021-04-20")),
            ("2021/4", &date::PARTIAL_DATE, Some("2021-04")),
            ("2021-04-31", &date::PARTIAL_DATE, None),
            ("70~79岁", &cell::CELL_VALUE, Some("70-79")),
            ("80岁以上", &cell::CELL_VALUE, Some("80+")),
            ("1.0", &version::VERSION, Some("1.0.0")),
            ("元/生·天", &unit::UNIT, Some("CNY/pupil/day")),
            ("元/生/年", &unit::UNIT, Some("CNY/pupil/year")),
            ("School_Meals", &id::ID, Some("school-meals")),
        ] {
            assert_eq!(meant(text, grammar).as_deref(), wanted, "{text}");
        }
    }
}
