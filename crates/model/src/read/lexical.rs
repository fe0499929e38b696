//! What no document may hold, wherever it stands: bytes that are not text, and
//! characters that a reader of the file cannot see.

use std::ops::Range;

/// Something in a document's bytes that keeps it from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    /// The bytes.
    pub bytes: Range<usize>,
    /// What is wrong with them.
    pub what: What,
}

/// What is wrong with bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The document is larger than [`super::MOST_BYTES`].
    TooLarge,
    /// A byte-order mark at the beginning.
    ByteOrderMark,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// A character that shows as nothing, as another blank, or turns the text around.
    Hidden(char),
    /// The same, written as an escape.
    Escaped(char),
}

/// Whether a character is refused everywhere: controls, characters without width,
/// direction marks, blanks that look like a space, non-characters.
pub const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{8}'
            | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{a0}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}' | '\u{1160}'
            | '\u{1680}'
            | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    ) || (c as u32) & 0xfffe == 0xfffe
}

/// Everything that keeps the bytes from being read, in their order.
pub fn offences(bytes: &[u8]) -> Vec<Offence> {
    if bytes.len() > super::MOST_BYTES {
        return vec![Offence { bytes: 0..0, what: What::TooLarge }];
    }
    let mut found = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        for (i, c) in valid.char_indices() {
            if is_hidden(c) {
                let start = at + i;
                let what = if start == 0 && c == '\u{feff}' {
                    What::ByteOrderMark
                } else {
                    What::Hidden(c)
                };
                found.push(Offence { bytes: start..start + c.len_utf8(), what });
            }
        }
        escapes(valid, &mut |range, c| {
            found.push(Offence { bytes: at + range.start..at + range.end, what: What::Escaped(c) });
        });
        at += valid.len();
        if !chunk.invalid().is_empty() {
            found.push(Offence { bytes: at..at + chunk.invalid().len(), what: What::NotUtf8 });
            at += chunk.invalid().len();
        }
    }
    found.sort_by_key(|o| o.bytes.start);
    found
}

/// Visits every escape that stands for a refused character. In JSON a backslash occurs
/// only inside strings, so no parser is needed to find one.
fn escapes(text: &str, visit: &mut dyn FnMut(Range<usize>, char)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\\')) {
        let start = at + next;
        at = start + 2;
        let control = match bytes.get(start + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => {
                let (c, end) = unicode_escape(bytes, start);
                at = end;
                if c.is_some_and(|c| is_hidden(c) || c.is_control()) {
                    visit(start..end, c.unwrap_or_default());
                }
                continue;
            }
            _ => continue,
        };
        visit(start..at, control);
    }
}

/// The character of a `\uXXXX` at a place, or of a pair of them, and where it ends.
fn unicode_escape(bytes: &[u8], start: usize) -> (Option<char>, usize) {
    let unit = |at: usize| -> Option<u16> {
        if bytes.get(at..at + 2)? != b"\\u" {
            return None;
        }
        let hex = bytes.get(at + 2..at + 6)?;
        if !hex.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    let Some(first) = unit(start) else {
        return (None, start + 2);
    };
    let pair = unit(start + 6).map(|second| [first, second]);
    if let Some(Ok(c)) = pair.and_then(|pair| char::decode_utf16(pair).next())
        && u32::from(c) > 0xffff
    {
        return (Some(c), start + 12);
    }
    (char::from_u32(u32::from(first)), start + 6)
}

/// Whether a text holds anything that [`offences`] would report.
///
/// Almost every stretch of a document is let pass by [`may_offend`], sixteen bytes at a
/// time; only a stretch in which a byte could begin a refused character is looked at.
pub(super) fn is_suspect(text: &str) -> bool {
    const STRETCH: usize = 128;
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut backslash = false;
    while at < bytes.len() {
        let end = (at + STRETCH).min(bytes.len());
        let after = |n: usize| bytes.get((at + n).min(bytes.len())..(end + n).min(bytes.len()));
        let (Some(here), Some(next), Some(third)) = (bytes.get(at..end), after(1), after(2)) else {
            break;
        };
        if may_offend(here, next, third) {
            backslash |= here.contains(&b'\\');
            let mut start = at;
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut stop = end;
            while !text.is_char_boundary(stop) {
                stop += 1;
            }
            if text.get(start..stop).is_some_and(|s| s.chars().any(is_hidden)) {
                return true;
            }
        }
        at = end;
    }
    let mut found = false;
    if backslash {
        escapes(text, &mut |_, _| found = true);
    }
    found
}

/// Whether a refused character or a backslash could begin in a stretch, `next` and
/// `third` being the same one and two bytes on. Written without a branch, so that it
/// vectorises; the last bytes of the text, which have no third, are looked at one by one.
fn may_offend(here: &[u8], next: &[u8], third: &[u8]) -> bool {
    let mut any = false;
    for ((&a, &b), &c) in here.iter().zip(next).zip(third) {
        any |= may_begin(a, b, c);
    }
    let rest = third.len().min(here.len());
    any || here
        .iter()
        .enumerate()
        .skip(rest)
        .any(|(i, a)| may_begin(*a, next.get(i).copied().unwrap_or(0), 0))
}

/// Whether three bytes could begin a refused character, or the first is a backslash.
#[inline(always)]
const fn may_begin(a: u8, b: u8, c: u8) -> bool {
    let single = (a < 0x20) & (a != b'\n') & (a != b'\r') & (a != b'\t')
        | (a == 0x7f)
        | (a == b'\\')
        | (a == 0xc2) & (b <= 0xad)
        | (a == 0xcd) & (b == 0x8f)
        | (a == 0xd8) & (b == 0x9c);
    // U+2000–200F, U+2028–202F, U+205F–206F; not the quotes and dashes between them.
    let general =
        (a == 0xe2) & ((b == 0x81) | (b == 0xa0) | (b == 0x80) & ((c < 0x90) | (c > 0xa7)));
    let triple = (a == 0xe1) & ((b == 0x85) | (b == 0x9a) | (b == 0x9e) | (b == 0xa0))
        | (a == 0xe3) & (b == 0x85)
        | (a == 0xef) & ((b == 0xb7) | (b == 0xb8) | (b >= 0xbb) & (b != 0xbc) & (b != 0xbd))
        | (a >= 0xf0);
    single | general | triple
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_refused_character_is_seen_at_every_offset() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_hidden(*c)) {
            for before in [0, 3, 253, 254, 255, 256] {
                let text = format!(
                    "{}{c}{}",
                    "甲".repeat(before / 3) + &"x".repeat(before % 3),
                    "乙".repeat(9)
                );
                assert!(is_suspect(&text), "{:x} after {before}", u32::from(c));
                assert_eq!(offences(text.as_bytes()).len(), 1);
            }
        }
    }

    #[test]
    fn escapes_hide_nothing() {
        for (text, n) in [
            (r#""\u200b""#, 1),
            (r#""\n""#, 1),
            (r#""\\n""#, 0),
            (r#""\\\n""#, 1),
            (r#""\u4e2d""#, 0),
            (r#""\udb40\udc41""#, 1),
            (r#""\u""#, 0),
            (r#""\"""#, 0),
        ] {
            assert_eq!(offences(text.as_bytes()).len(), n, "{text}");
            assert_eq!(is_suspect(text), n > 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_fast_scan_and_the_slow_one_agree(text in "(甲|，|“|[ -~]|[\u{80}-\u{300}]|[\u{1100}-\u{1200}]|[\u{2000}-\u{2100}]|\u{feff}|\\\\u20[0-9a-f]{2}|\\\\n){0,400}") {
            prop_assert_eq!(is_suspect(&text), !offences(text.as_bytes()).is_empty());
        }
    }
}
