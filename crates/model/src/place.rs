//! Where in a registry something stands.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A path inside a document by ids, such as
/// `items/school-meals/provisions/meal/at-least`.
///
/// It holds no array index, so it survives insertion above it. A word of it is a key; in
/// a list, the `id` of an element, or the element itself where it is a string, with `[2]`
/// behind the second of two that are alike, or `[n]` where it has neither. `~` and `/`
/// inside a word are written `~0` and `~1`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdPath(Vec<Box<str>>);

impl IdPath {
    /// The path of the document itself.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The path one word further in.
    #[must_use]
    pub fn join(&self, word: impl AsRef<str>) -> Self {
        let mut words = self.0.clone();
        words.push(word.as_ref().into());
        Self(words)
    }

    /// Reads a path as printed.
    pub fn parse(text: &str) -> Self {
        if text.is_empty() {
            return Self::root();
        }
        let word = |w: &str| w.replace("~1", "/").replace("~0", "~").into();
        Self(text.split('/').map(word).collect())
    }

    /// The words, unescaped.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }
}

impl<S: AsRef<str>> FromIterator<S> for IdPath {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        Self(words.into_iter().map(|w| w.as_ref().into()).collect())
    }
}

impl fmt::Display for IdPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("/")?;
            }
            f.write_str(&word.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

/// The words by which a path names the elements of a list: their ids, with `[2]` behind
/// the second of two that are alike.
pub fn counted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    ids.map(|id| {
        let n = times.entry(id).or_default();
        *n += 1;
        if *n == 1 { id.to_owned() } else { format!("{id}[{n}]") }
    })
    .collect()
}

/// What part of a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The value at the path.
    Value,
    /// The key at the path's last word.
    Key,
}

/// A document of the registry, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document's path in the registry, with `/` between folders.
    pub document: Arc<str>,
    /// Where in the document, by ids.
    pub path: IdPath,
    /// The key or the value.
    pub part: Part,
    /// The bytes, where they are known already: in documents that could not be read, the
    /// path alone does not always tell them.
    pub bytes: Option<(usize, usize)>,
}

impl Place {
    /// A whole document.
    pub fn document(document: &Arc<str>) -> Self {
        Self::at(document, IdPath::root())
    }

    /// A value in a document.
    pub fn at(document: &Arc<str>, path: IdPath) -> Self {
        Self { document: Arc::clone(document), path, part: Part::Value, bytes: None }
    }

    /// Bytes of a document, with the path as far as it is known.
    pub fn bytes(document: &Arc<str>, path: IdPath, bytes: Range<usize>) -> Self {
        Self {
            document: Arc::clone(document),
            path,
            part: Part::Value,
            bytes: Some((bytes.start, bytes.end)),
        }
    }

    /// The key at the path's last word, instead of its value.
    #[must_use]
    pub fn key(mut self) -> Self {
        self.part = Part::Key;
        self
    }
}
