//! Text over lines of a width, as Chinese and English are broken: not inside a word, not
//! before a mark that closes, not behind one that opens.

use unicode_width::UnicodeWidthChar;

/// How many columns of a terminal a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The widest piece of a text that is not broken.
pub(crate) fn widest_piece(text: &str) -> usize {
    text.lines().flat_map(pieces).map(|piece| width(piece.trim_end())).max().unwrap_or(0)
}

/// A text over lines of a width; the lines it has are kept apart.
pub(crate) fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let mut now = String::new();
        for piece in pieces(line) {
            if !now.is_empty() && width(&now) + width(piece.trim_end()) > most {
                lines.push(std::mem::take(&mut now));
            }
            // A piece that fits no line is broken where the line ends.
            for c in piece.chars() {
                if width(&now) + c.width().unwrap_or(0) > most {
                    if c == ' ' {
                        continue;
                    }
                    let full = std::mem::take(&mut now);
                    // Blanks alone are no line.
                    if !full.trim_end().is_empty() {
                        lines.push(full);
                    }
                }
                now.push(c);
            }
        }
        lines.push(now);
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// What is not broken, each with the blanks behind it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in line.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.extend(line.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    pieces.extend(line.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Whether a line may end between two characters.
fn may_break(before: char, after: char) -> bool {
    // A stroke and a point hold what they join, as in 元/生·年.
    const OPENS: &str = "（《〈“‘「『【〔([{/·";
    const CLOSES: &str = "）》〉”’」』】〕，。、；：？！…—·％＊↑)]},.;:?!%/";
    let wide = |c: char| c.width() == Some(2);
    if OPENS.contains(before) || CLOSES.contains(after) || after == ' ' {
        return false;
    }
    match before {
        // A number keeps to the Chinese words around it: 不低于 720 元.
        ' ' => !wide(after),
        // As in 27号 and 2023年.
        before if before.is_ascii_digit() => false,
        _ => wide(before) || wide(after) || CLOSES.contains(before) && !before.is_ascii(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_stay_with_their_words() {
        let text = "生均公用经费基准定额（小学）：不低于 720 元/生·年＊";
        assert_eq!(lines(text, 22), ["生均公用经费基准定额", "（小学）：不低于", "720 元/生·年＊"]);
        assert_eq!(lines("one two  three", 8), ["one two", "three"]);
        assert_eq!(lines("一\n二", 8), ["一", "二"]);
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("   ，", 4), ["，"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_shrink_iters: 500, ..ProptestConfig::default() })]
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(
            text in "[a-c中文（）。，/ \n]{0,60}",
            most in 4_usize..30,
        ) {
            let lines = lines(&text, most);
            for line in &lines {
                prop_assert!(width(line) <= most, "{line}");
            }
            let bare = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
