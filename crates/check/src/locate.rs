//! From places by ids to lines and columns, worked out only for what is shown.

use std::collections::HashMap;
use std::ops::Range;

use jialiang_model::finding::Finding;
use jialiang_model::place::Place;
use jialiang_model::read::lines::{Lines, Position};
use jialiang_model::read::span::{self, Index, Node};
use jialiang_store::Texts;

/// A document's text, read again to show places in it.
#[derive(Debug)]
struct Shown {
    bytes: Vec<u8>,
    text: String,
    lines: Lines,
    node: Option<(Node, Index)>,
}

/// Finds places in documents, reading each at most once.
#[derive(Debug)]
pub struct Locator<'a> {
    texts: &'a Texts,
    documents: HashMap<String, Option<Shown>>,
}

/// Where something is shown.
#[derive(Debug, Clone)]
pub struct Located<'a> {
    /// The document's text; bytes that are not UTF-8 are replaced.
    pub text: &'a str,
    /// The bytes in that text.
    pub bytes: Range<usize>,
    /// The line and column of the first.
    pub start: Position,
    /// The line and column behind the last.
    pub end: Position,
}

impl<'a> Locator<'a> {
    /// A locator over the documents of a source.
    pub fn new(texts: &'a Texts) -> Self {
        Self { texts, documents: HashMap::new() }
    }

    /// The document's path as people would type it.
    pub fn shown(&self, document: &str) -> String {
        self.texts.shown(document)
    }

    /// Findings in the order in which a reader of the documents meets them.
    pub fn in_order<'f>(&mut self, findings: Vec<&'f Finding>) -> Vec<&'f Finding> {
        let mut placed: Vec<_> = findings
            .into_iter()
            .map(|finding| {
                let start = self.find(&finding.place).map(|located| located.bytes.start);
                ((&finding.place.document, start, finding.rule), finding)
            })
            .collect();
        placed.sort_by(|a, b| a.0.cmp(&b.0));
        placed.into_iter().map(|(_, finding)| finding).collect()
    }

    /// Finds a place. `None` where the document cannot be read any more.
    pub fn find(&mut self, place: &Place) -> Option<Located<'_>> {
        let texts = self.texts;
        let shown = self
            .documents
            .entry(place.document.to_string())
            .or_insert_with(|| Shown::read(texts, &place.document))
            .as_ref()?;
        let bytes = match (place.bytes, &shown.node) {
            (Some((start, end)), _) => shown.in_text(start)..shown.in_text(end),
            (None, Some((node, index))) => node.locate(&place.path, place.part, index),
            (None, None) => 0..0,
        };
        Some(Located {
            text: &shown.text,
            start: shown.lines.position(&shown.text, bytes.start),
            end: shown.lines.position(&shown.text, bytes.end),
            bytes,
        })
    }
}

impl Shown {
    fn read(texts: &Texts, document: &str) -> Option<Self> {
        let bytes = texts.read(document).ok()?.into_owned();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lines = Lines::new(&text);
        let node = span::parse(&text).ok().map(|node| {
            let index = Index::new(&node);
            (node, index)
        });
        Some(Self { bytes, text, lines, node })
    }

    /// Where a byte of the document is in the text, in which bad bytes are replaced.
    fn in_text(&self, byte: usize) -> usize {
        if self.bytes.len() == self.text.len() {
            return byte;
        }
        let before = self.bytes.get(..byte).unwrap_or(&self.bytes);
        String::from_utf8_lossy(before).len().min(self.text.len())
    }
}
