//! Lines and columns, as people count them.

/// A place as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Where each line of a text begins, and how many characters stand before every few
/// thousand bytes, so that many positions in it are found quickly.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl Lines {
    /// How many bytes stand between two counts of characters.
    const STEP: usize = 4096;

    /// The lines of a text.
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect();
        let mut characters = vec![0];
        for chunk in text.as_bytes().chunks(Self::STEP) {
            characters.push(characters.last().copied().unwrap_or(0) + begun(chunk));
        }
        Self { starts, characters }
    }

    /// The position of a byte in the text.
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied().unwrap_or(0);
        let before = |byte: usize| {
            let step = byte / Self::STEP;
            let rest = text.as_bytes().get(step * Self::STEP..byte).unwrap_or(&[]);
            self.characters.get(step).copied().unwrap_or(0) + begun(rest)
        };
        Position { line, column: before(byte) - before(start) + 1 }
    }
}

/// How many characters begin in bytes of UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_position_counts_lines_and_characters(text in "(甲|a|\n|𠀀){0,40}", n in 0..4_usize, at in any::<prop::sample::Index>()) {
            let text = format!("{}{text}", "乙甲x".repeat(n * 700));
            let (byte, _) = text.char_indices().nth(at.index(text.chars().count().max(1))).unwrap_or((0, 'x'));
            let before = &text[..byte];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            prop_assert_eq!(Lines::new(&text).position(&text, byte), Position { line, column });
        }
    }
}
