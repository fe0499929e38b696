//! A standard to fill in, and which editions of the one above it answers to.

use jialiang_model::finding::Message;
use jialiang_model::id::StandardId;
use jialiang_model::kind::standard::Implements;
use jialiang_model::kind::{Document, Edition, Expected, Standard};
use jialiang_model::version::Requirement;

use super::known::last;
use super::{Desk, Draft, Failure};
use crate::args::NewStandard;

impl Desk<'_> {
    pub(super) fn standard(&self, new: &NewStandard) -> Result<Draft, Failure> {
        let NewStandard { id, name, implements } = new;
        let schema = self.vacant(&Expected::Standard(id.clone()))?;
        self.has_place(id.place())?;
        let mut notes = Vec::new();
        let implements = match implements {
            None => {
                notes.push(Message::new(
                    "还没有分类：没有上级标准的，请写 areas（方面、类和项目标识）",
                    "it has no taxonomy yet: without a standard above, write its areas, with their categories and the ids of items",
                ));
                None
            }
            Some((standard, versions)) => {
                self.has_standard(standard)?;
                let editions = self.editions(standard);
                let versions = match versions {
                    Some(versions) => {
                        notes.extend(unmet(standard, versions, &editions));
                        versions.clone()
                    }
                    None => as_numbered(standard, &editions, &mut notes)?,
                };
                Some(Implements { standard: standard.clone(), versions })
            }
        };
        let document = Document::Standard(Box::new(Standard {
            schema,
            id: id.clone(),
            name: self.text(name),
            implements,
            areas: Vec::new(),
            source: self.source(None),
        }));
        Ok(Draft { document, notes })
    }
}

/// The editions that share the first number of a standard's last one, of its last draft where
/// none is published.
fn as_numbered(
    standard: &StandardId,
    editions: &[&Edition],
    notes: &mut Vec<Message>,
) -> Result<Requirement, Failure> {
    let none = || {
        Failure::Said(Message::new(
            format!(
                "“{standard}”还没有哪一版在库中，请写明对应的版本，如 --implements {standard}@^1"
            ),
            format!(
                "no edition of `{standard}` is on record: say which it answers to, such as --implements {standard}@^1"
            ),
        ))
    };
    let last = last(editions).ok_or_else(none)?;
    let (version, major) = (&last.version, last.version.semver().major);
    if last.draft == Some(true) {
        notes.push(Message::new(
            format!("“{standard}”只有草案 {version}，按 ^{major} 写；定稿的版本号不同时请改"),
            format!(
                "`{standard}` has only the draft {version}, so that ^{major} was written: mend it where the final text has another number"
            ),
        ));
    }
    Requirement::parse(&format!("^{major}")).ok_or_else(none)
}

/// That no edition on record is among those that are asked for.
pub(super) fn unmet(
    standard: &StandardId,
    versions: &Requirement,
    editions: &[&Edition],
) -> Option<Message> {
    if editions.iter().any(|edition| versions.admits(&edition.version)) {
        return None;
    }
    let (there_zh, there_en) = match editions.is_empty() {
        true => ("它还没有哪一版在库中".to_owned(), "none at all is".to_owned()),
        false => (
            format!("现有 {}", listed(editions, "、").0),
            format!("there are {}", listed(editions, ", ").1),
        ),
    };
    Some(Message::new(
        format!("库中没有“{standard}”符合 {versions} 的版本（{there_zh}），请核对 implements"),
        format!(
            "no edition of `{standard}` at {versions} is on record ({there_en}): look at `implements`"
        ),
    ))
}

/// The versions of some editions, in Chinese and in English.
fn listed(editions: &[&Edition], comma: &str) -> (String, String) {
    let each = |draft: &str| {
        let one = |edition: &&Edition| match edition.draft {
            Some(true) => format!("{}{draft}", edition.version),
            _ => edition.version.to_string(),
        };
        editions.iter().map(one).collect::<Vec<_>>().join(comma)
    };
    (each("（草案）"), each(" (a draft)"))
}
