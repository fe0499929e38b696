//! What nobody has compared with its source yet.

use jialiang_model::kind::Kind;
use jialiang_model::place::Place;
use jialiang_model::text::{Phrase, Text};
use jialiang_store::Loaded;

use super::place_of;
use crate::rule::Doc;
use crate::sources::{Cited, each_source};

/// What sort of thing a source is the source of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A document as such.
    Document(Kind),
    /// A category of a taxonomy.
    Category,
    /// What an edition says that it holds or changes.
    Declared,
    /// An item of an edition.
    Item,
    /// A line of an item.
    Provision,
    /// An item that is declared not applicable.
    NotApplicable,
    /// An operation of an adjustment, or what it writes out.
    Operation,
    /// An indicator.
    Indicator,
    /// What was observed of one.
    Observation,
}

impl Sort {
    /// The sort of what stands at a path by ids.
    fn at(kind: Kind, words: &[&str]) -> Self {
        match words {
            ["areas", _, "categories", _] => Self::Category,
            ["declared", ..] => Self::Declared,
            ["items", _] => Self::Item,
            ["items", _, "provisions", _] => Self::Provision,
            ["not-applicable", _] => Self::NotApplicable,
            ["operations", ..] => Self::Operation,
            ["indicators", _] => Self::Indicator,
            ["indicators", _, "observations", _] => Self::Observation,
            _ => Self::Document(kind),
        }
    }

    /// Its name for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document(kind) => kind.as_str(),
            Self::Category => "category",
            Self::Declared => "declared",
            Self::Item => "item",
            Self::Provision => "provision",
            Self::NotApplicable => "not-applicable",
            Self::Operation => "operation",
            Self::Indicator => "indicator",
            Self::Observation => "observation",
        }
    }
}

/// Something that nobody has compared with its source yet.
#[derive(Debug, Clone)]
pub struct Unverified<'a> {
    /// The place to which the document belongs.
    pub of: &'a str,
    /// The document's kind.
    pub kind: Kind,
    /// What sort of thing it is.
    pub sort: Sort,
    /// Where its source stands.
    pub place: Place,
    /// What it is, by its id.
    pub what: String,
    /// What people call it.
    pub name: Option<&'a Text>,
    /// What its source says of our copy.
    pub note: Option<&'a Phrase>,
}

/// Everything that nobody has compared with its source yet, by document in the order of
/// paths, and in the order of the document.
pub fn unverified<'a>(loaded: &'a Loaded, covers: impl Fn(&str) -> bool) -> Vec<Unverified<'a>> {
    let mut documents: Vec<Doc<'a>> = Doc::all(loaded);
    documents.retain(|document| covers(document.path()));
    documents.sort_by(|a, b| a.path().cmp(b.path()));
    let mut all = Vec::new();
    for document in documents {
        each_source(&document, &mut |Cited { source, words, what, name }| {
            if source.verified {
                return;
            }
            all.push(Unverified {
                of: place_of(document.path()),
                kind: document.kind(),
                sort: Sort::at(document.kind(), words),
                place: document.place(&[words, &["source"]].concat()),
                what: what.to_owned(),
                name,
                note: source.note.as_ref(),
            });
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::coverage::tests::registry;

    #[test]
    fn what_is_not_verified_is_listed_with_its_place() {
        let loaded = registry();
        let all = unverified(&loaded, |_| true);
        let told: Vec<_> = all
            .iter()
            .map(|one| {
                let name = one.name.map(|name| name.zh.as_str());
                (one.of, one.sort, one.place.path.to_string(), one.what.as_str(), name)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("cn", Sort::Document(Kind::Jurisdiction), "source".to_owned(), "cn", Some("国家")),
                (
                    "cn",
                    Sort::Provision,
                    "items/a/provisions/x/source".to_owned(),
                    "a/x",
                    Some("甲")
                ),
            ]
        );
        assert_eq!(unverified(&loaded, |path| path == "cn/jurisdiction.json").len(), 1);
    }
}
