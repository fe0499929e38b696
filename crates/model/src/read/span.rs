//! A JSON reader that keeps where everything stands.
//!
//! It is the cold path: it runs on documents that failed the typed parse, and on those of
//! which a place must be shown. It accepts exactly the texts that `serde_json` accepts
//! down to [`DEEPEST`] levels, and keeps every member of an object, doubled keys included.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use crate::place::{IdPath, Part};

/// The deepest nesting that is read.
pub const DEEPEST: usize = 64;

/// A JSON value and the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes.
    pub bytes: Range<usize>,
    /// The value.
    pub value: Value,
}

/// A JSON value. A number keeps its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// An object, every member in its order.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The bytes of the key, quotes included.
    pub key_bytes: Range<usize>,
    /// The key, unescaped.
    pub key: String,
    /// The value.
    pub node: Node,
}

/// Where a text stops being JSON, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syntax {
    /// The bytes of the first character that cannot be; of a needless comma the comma, of
    /// a missing one the place where it belongs.
    pub bytes: Range<usize>,
    /// What was wrong.
    pub what: Wrong,
    /// The innermost bracket that is open there.
    pub open: Option<usize>,
}

/// What is wrong where a text stops being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A value was expected.
    Value,
    /// A quoted key was expected.
    Key,
    /// A `:` was expected.
    Colon,
    /// Another value follows without a comma.
    MissingComma,
    /// A `,` or the end of the object was expected.
    CommaOrBrace,
    /// A `,` or the end of the list was expected.
    CommaOrBracket,
    /// A comma stands before the end of an object or list.
    TrailingComma,
    /// A string has no end.
    Unclosed,
    /// A raw control character stands in a string.
    Control,
    /// An escape is none of JSON's.
    Escape,
    /// A number is not written as JSON writes numbers.
    Number,
    /// Something stands behind the end of the document.
    Trailing,
    /// The document ends too early.
    End,
    /// The nesting is deeper than [`DEEPEST`].
    Depth,
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at byte {}", self.what, self.bytes.start)
    }
}

impl std::error::Error for Syntax {}

/// Reads a text.
pub fn parse(text: &str) -> Result<Node, Syntax> {
    let mut reader = Reader { text, at: 0, open: Vec::new() };
    let node = reader.value(0)?;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.wrong(Wrong::Trailing));
    }
    Ok(node)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Where each bracket stands that is open.
    open: Vec<usize>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What is wrong with the character at the reader's place.
    fn wrong(&self, what: Wrong) -> Syntax {
        let rest = self.text.get(self.at..).unwrap_or("");
        let len = rest.chars().next().map_or(0, char::len_utf8);
        let what = if len == 0 { Wrong::End } else { what };
        self.wrong_at(self.at..self.at + len, what)
    }

    fn wrong_at(&self, bytes: Range<usize>, what: Wrong) -> Syntax {
        Syntax { bytes, what, open: self.open.last().copied() }
    }

    /// What is wrong behind a value that ended at `end`: no comma and no end of the
    /// bracket.
    fn no_comma(&self, end: usize, what: Wrong) -> Syntax {
        match self.peek() {
            Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                self.wrong_at(end..end, Wrong::MissingComma)
            }
            _ => self.wrong(what),
        }
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Syntax> {
        self.blanks();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.wrong(Wrong::Value)),
        };
        Ok(Node { bytes: start..self.at, value })
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Syntax> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.wrong(Wrong::Value))
        }
    }

    fn enter(&mut self, depth: usize) -> Result<(), Syntax> {
        if depth >= DEEPEST {
            return Err(self.wrong(Wrong::Depth));
        }
        self.open.push(self.at);
        self.at += 1;
        Ok(())
    }

    fn leave<T>(&mut self, value: T) -> Result<T, Syntax> {
        self.open.pop();
        self.at += 1;
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> Result<Value, Syntax> {
        self.enter(depth)?;
        let mut members = Vec::new();
        self.blanks();
        if self.peek() == Some(b'}') {
            return self.leave(Value::Object(members));
        }
        let mut comma = self.at;
        loop {
            self.blanks();
            match self.peek() {
                Some(b'"') => {}
                Some(b'}') => return Err(self.wrong_at(comma..comma + 1, Wrong::TrailingComma)),
                _ => return Err(self.wrong(Wrong::Key)),
            }
            let start = self.at;
            let key = self.string()?;
            let key_bytes = start..self.at;
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(self.wrong(Wrong::Colon));
            }
            self.at += 1;
            let node = self.value(depth + 1)?;
            let end = node.bytes.end;
            members.push(Member { key_bytes, key, node });
            self.blanks();
            match self.peek() {
                Some(b',') => {
                    comma = self.at;
                    self.at += 1;
                }
                Some(b'}') => return self.leave(Value::Object(members)),
                _ => return Err(self.no_comma(end, Wrong::CommaOrBrace)),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Syntax> {
        self.enter(depth)?;
        let mut elements = Vec::new();
        self.blanks();
        if self.peek() == Some(b']') {
            return self.leave(Value::Array(elements));
        }
        let mut comma = self.at;
        loop {
            self.blanks();
            if self.peek() == Some(b']') {
                return Err(self.wrong_at(comma..comma + 1, Wrong::TrailingComma));
            }
            let element = self.value(depth + 1)?;
            let end = element.bytes.end;
            elements.push(element);
            self.blanks();
            match self.peek() {
                Some(b',') => {
                    comma = self.at;
                    self.at += 1;
                }
                Some(b']') => return self.leave(Value::Array(elements)),
                _ => return Err(self.no_comma(end, Wrong::CommaOrBracket)),
            }
        }
    }

    fn number(&mut self) -> Result<Value, Syntax> {
        let start = self.at;
        let wrong = |reader: &Self| {
            let end = reader.at.max(start + 1);
            let what = if reader.at >= reader.text.len() { Wrong::End } else { Wrong::Number };
            Err(reader.wrong_at(start..end, what))
        };
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => {
                self.at += 1;
                if matches!(self.peek(), Some(b'0'..=b'9')) {
                    return wrong(self);
                }
            }
            Some(b'1'..=b'9') => self.digits(),
            _ => return wrong(self),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if !matches!(self.peek(), Some(b'0'..=b'9')) {
                return wrong(self);
            }
            self.digits();
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if !matches!(self.peek(), Some(b'0'..=b'9')) {
                return wrong(self);
            }
            self.digits();
        }
        let number = self.text.get(start..self.at).unwrap_or("");
        // Digits can spell a number beyond every float, which no reader could keep.
        if number.parse::<serde_json::Number>().is_err() {
            return Err(self.wrong_at(start..self.at, Wrong::Number));
        }
        Ok(Value::Number(number.to_owned()))
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> Result<String, Syntax> {
        let open = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|b| b != b'"' && b != b'\\' && b >= 0x20) {
                self.at += 1;
            }
            out.push_str(self.text.get(start..self.at).unwrap_or(""));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(b'\n') | None => {
                    return Err(self.wrong_at(open..self.at, Wrong::Unclosed));
                }
                Some(_) => return Err(self.wrong(Wrong::Control)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Syntax> {
        let start = self.at;
        let wrong = |reader: &Self, end: usize| {
            let mut end = end.min(reader.text.len());
            while !reader.text.is_char_boundary(end) {
                end += 1;
            }
            reader.wrong_at(start..end, Wrong::Escape)
        };
        self.at += 2;
        Ok(match self.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.unit().ok_or_else(|| wrong(self, start + 6))?;
                if let Some(c) = char::from_u32(u32::from(first)) {
                    return Ok(c);
                }
                let followed = self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u"));
                if !followed {
                    return Err(wrong(self, start + 6));
                }
                self.at += 2;
                let second = self.unit().ok_or_else(|| wrong(self, start + 12))?;
                match char::decode_utf16([first, second]).next() {
                    Some(Ok(c)) => c,
                    _ => return Err(wrong(self, start + 12)),
                }
            }
            _ => return Err(wrong(self, start + 2)),
        })
    }

    /// The four hexadecimal digits at the reader's place.
    fn unit(&mut self) -> Option<u16> {
        let hex = self.text.get(self.at..self.at + 4)?;
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u16::from_str_radix(hex, 16).ok()
    }
}

impl Node {
    /// The members of an object; none where it is something else.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of a list; none where it is something else.
    pub fn elements(&self) -> &[Self] {
        match &self.value {
            Value::Array(elements) => elements,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The first member with a key.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members().iter().find(|m| m.key == key)
    }

    /// The word by which an id path names the element at an index of this list: its id or
    /// itself, with `[2]` behind the second of two that are alike.
    pub fn word_of(&self, index: usize) -> String {
        let Some(word) = self.elements().get(index).and_then(Self::name) else {
            return format!("[{index}]");
        };
        let before = self.elements().iter().take(index).filter_map(Self::name);
        match before.filter(|w| *w == word).count() {
            0 => word.to_owned(),
            n => format!("{word}[{}]", n + 1),
        }
    }

    /// The words of all elements of this list, as [`word_of`](Self::word_of) has each.
    pub fn words(&self) -> Vec<String> {
        let mut times: HashMap<&str, usize> = HashMap::new();
        let elements = self.elements().iter().enumerate();
        elements
            .map(|(index, element)| match element.name() {
                None => format!("[{index}]"),
                Some(word) => {
                    let n = times.entry(word).or_default();
                    *n += 1;
                    if *n == 1 { word.to_owned() } else { format!("{word}[{n}]") }
                }
            })
            .collect()
    }

    /// What an element of a list is called: itself, or its id.
    fn name(&self) -> Option<&str> {
        self.as_str().or_else(|| self.member("id").and_then(|m| m.node.as_str()))
    }

    /// The element of this list that a word names.
    fn element(&self, word: &str, index: &Index) -> Option<&Self> {
        let elements = self.elements();
        if let Some(words) = index.0.get(&self.bytes.start) {
            return elements.get(*words.get(word)?);
        }
        (0..elements.len()).find(|i| self.word_of(*i) == word).and_then(|i| elements.get(i))
    }

    /// The path by ids of the innermost value that holds a byte.
    pub fn path_at(&self, byte: usize) -> IdPath {
        let mut path = Vec::new();
        let mut node = self;
        loop {
            let members = node.members().iter();
            let member = members
                .clone()
                .find(|m| m.node.bytes.contains(&byte) || m.key_bytes.contains(&byte));
            if let Some(member) = member {
                path.push(member.key.clone());
                node = &member.node;
                continue;
            }
            let Some(index) = node.elements().iter().position(|e| e.bytes.contains(&byte)) else {
                return path.into_iter().collect();
            };
            path.push(node.word_of(index));
            let Some(element) = node.elements().get(index) else {
                return path.into_iter().collect();
            };
            node = element;
        }
    }

    /// The bytes of a place in this document, or of the nearest thing around it that is
    /// there.
    pub fn locate(&self, path: &IdPath, part: Part, index: &Index) -> Range<usize> {
        let mut node = self;
        let mut key = None;
        if path.words().next().is_none() {
            return self.bytes.start..self.bytes.start + 1;
        }
        for word in path.words() {
            if let Some(member) = node.member(word) {
                key = Some(member.key_bytes.clone());
                node = &member.node;
                continue;
            }
            match node.element(word, index) {
                Some(element) => {
                    key = element.member("id").map(|m| m.node.bytes.clone());
                    node = element;
                }
                None => return node.head(key),
            }
        }
        match part {
            Part::Key => key.unwrap_or_else(|| node.head(None)),
            Part::Value => node.head(key),
        }
    }

    /// The bytes that show a value: all of a plain one; of an object its id, else its
    /// key, else its opening bracket.
    fn head(&self, key: Option<Range<usize>>) -> Range<usize> {
        match &self.value {
            Value::Object(_) => self
                .member("id")
                .map(|m| m.node.bytes.clone())
                .or(key)
                .unwrap_or(self.bytes.start..self.bytes.start + 1),
            Value::Array(_) => key.unwrap_or(self.bytes.start..self.bytes.start + 1),
            _ => self.bytes.clone(),
        }
    }

    /// The value without its places; of a doubled key the last, as `serde_json` has it.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::Number(text) => text
                .parse::<serde_json::Number>()
                .map_or(serde_json::Value::Null, serde_json::Value::Number),
            Value::String(text) => text.as_str().into(),
            Value::Array(elements) => elements.iter().map(Self::to_json).collect(),
            Value::Object(members) => members
                .iter()
                .map(|m| (m.key.clone(), m.node.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}

/// Which element of each long list a word names, so that many places in one document are
/// found quickly.
#[derive(Debug, Clone, Default)]
pub struct Index(HashMap<usize, HashMap<String, usize>>);

impl Index {
    /// Lists shorter than this are walked.
    const LONG: usize = 16;

    /// The long lists of a document.
    pub fn new(root: &Node) -> Self {
        fn walk(node: &Node, index: &mut Index) {
            if node.elements().len() >= Index::LONG {
                let words = node.words().into_iter().enumerate().map(|(i, word)| (word, i));
                index.0.insert(node.bytes.start, words.collect());
            }
            node.members().iter().for_each(|member| walk(&member.node, index));
            node.elements().iter().for_each(|element| walk(element, index));
        }
        let mut index = Self::default();
        walk(root, &mut index);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{Lines, Position};
    use super::*;
    use proptest::prelude::*;

    fn wrong(text: &str) -> (Wrong, Position) {
        let syntax = parse(text).unwrap_err();
        (syntax.what, Lines::new(text).position(text, syntax.bytes.start))
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let at = |line, column| Position { line, column };
        assert_eq!(wrong("{\"名\"：1}"), (Wrong::Colon, at(1, 5)));
        assert_eq!(wrong("{\n \"a\": 1,\n}"), (Wrong::TrailingComma, at(2, 8)));
        assert_eq!(wrong("[1 2]"), (Wrong::MissingComma, at(1, 3)));
        assert_eq!(wrong("[1; 2]"), (Wrong::CommaOrBracket, at(1, 3)));
        assert_eq!(parse("{\"a\": [1").unwrap_err().open, Some(6));
        assert_eq!(wrong("{\"a\": \"b\n\"}"), (Wrong::Unclosed, at(1, 7)));
        assert_eq!(wrong("[01]"), (Wrong::Number, at(1, 2)));
        assert_eq!(wrong("[1e999]"), (Wrong::Number, at(1, 2)));
        assert_eq!(wrong("{}{"), (Wrong::Trailing, at(1, 3)));
        assert_eq!(wrong("{\"a\":"), (Wrong::End, at(1, 6)));
        assert_eq!(wrong(&"[".repeat(100)), (Wrong::Depth, at(1, 65)));
        assert_eq!(wrong("[\"\\ud800\"]"), (Wrong::Escape, at(1, 3)));
    }

    #[test]
    fn a_path_by_ids_finds_its_bytes() {
        let text = r#"{"items":[{"id":"a"},{"id":"b","lead":["cn/x","cn/y"],"n":"7"},{"id":"a","n":"8"}]}"#;
        let node = parse(text).unwrap();
        let find =
            |path: &str, part| &text[node.locate(&IdPath::parse(path), part, &Index::new(&node))];
        assert_eq!(find("items/b/n", Part::Value), "\"7\"");
        assert_eq!(find("items/b/n", Part::Key), "\"n\"");
        assert_eq!(find("items/b", Part::Value), "\"b\"");
        assert_eq!(find("items/b/lead/cn~1y", Part::Value), "\"cn/y\"");
        assert_eq!(find("items/a[2]/n", Part::Value), "\"8\"");
        assert_eq!(find("items/b/gone", Part::Value), "\"b\"");
        assert_eq!(find("", Part::Value), "{");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        /// On any text the reader and `serde_json` agree: both refuse, or both read the same.
        #[test]
        fn it_agrees_with_serde_json(text in r#"([\[\]{},: \n]|"[a-z甲]*"|"\\u[0-9a-fA-F]{3,4}"|"\\u[dD][89a-f]00\\u[dD][c-f]00"|-?[0-9]{1,3}(\.[0-9]*)?([eE][+-]?[0-9]{0,3})?|true|false|null|nul|\\|\PC){0,24}"#) {
            let ours = parse(&text).ok().map(|n| n.to_json());
            let theirs = serde_json::from_str::<serde_json::Value>(&text).ok();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn it_agrees_on_what_is_json(value in json()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                prop_assert_eq!(parse(&text).unwrap().to_json(), value.clone());
            }
        }
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 64, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|m| m.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }
}
