//! Every source of a document, and what it is the source of.

use jialiang_model::id::Id;
use jialiang_model::kind::adjustment::{Act, Operation};
use jialiang_model::source::Source;
use jialiang_model::text::Text;

use crate::rule::Doc;

/// A source, and what it is the source of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cited<'a, 'b> {
    /// The source.
    pub(crate) source: &'a Source,
    /// The path by ids of what comes from it.
    pub(crate) words: &'b [&'b str],
    /// What comes from it, by its id.
    pub(crate) what: &'b str,
    /// What people call that.
    pub(crate) name: Option<&'a Text>,
}

/// Shows every source that a document writes, in its order.
pub(crate) fn each_source<'a>(document: &Doc<'a>, visit: &mut dyn FnMut(Cited<'a, '_>)) {
    let mut see = |source: Option<&'a Source>, words: &[&str], what: &str, name| {
        if let Some(source) = source {
            visit(Cited { source, words, what, name });
        }
    };
    match document {
        Doc::Registry(_) | Doc::Acceptance(_) => {}
        Doc::Jurisdiction(e) => {
            see(e.value.source.as_ref(), &[], e.value.id.as_str(), Some(&e.value.name));
        }
        Doc::Instrument(e) => {
            see(e.value.source.as_ref(), &[], e.value.id.as_str(), Some(&e.value.title));
        }
        Doc::Adjustment(e) => {
            let adjustment = &e.value;
            see(adjustment.source.as_ref(), &[], &e.path, None);
            for (i, one) in adjustment.assessments.iter().enumerate() {
                let words = ["assessments", &format!("[{i}]")];
                see(Some(&one.source), &words, "assessments", None);
            }
            for (i, operation) in adjustment.operations.iter().enumerate() {
                let word = format!("[{i}]");
                let Operation { item, act, when: _, bond: _, source } = operation;
                let of = item.as_ref().map_or(adjustment.id.as_str(), Id::as_str);
                let what = match line_of(act) {
                    Some(line) => format!("{of}/{line}"),
                    None => of.to_owned(),
                };
                let named = act.line().and_then(|line| line.name.as_deref());
                see(source.as_deref(), &["operations", &word], &what, named);
                let words = ["operations", &word, act.key()];
                let line = act.line().and_then(|line| line.source.as_deref());
                see(line, &words, &what, named);
                if let Act::Add(item) = act {
                    see(item.source.as_deref(), &words, of, Some(&item.name));
                    for provision in &item.provisions {
                        let line = provision.id.as_str();
                        let words = [&words[..], &["provisions", line]].concat();
                        let name = provision.name.as_deref().or(Some(&item.name));
                        see(provision.source.as_deref(), &words, &format!("{of}/{line}"), name);
                    }
                }
            }
        }
        Doc::Standard(e) => {
            see(e.value.source.as_ref(), &[], e.value.id.as_str(), Some(&e.value.name));
            for area in &e.value.areas {
                for category in &area.categories {
                    let (area, id) = (area.id.as_str(), category.id.as_str());
                    let words = ["areas", area, "categories", id];
                    see(category.source.as_ref(), &words, id, Some(&category.name));
                }
            }
        }
        Doc::Plan(e) => see(e.value.source.as_ref(), &[], &e.path, Some(&e.value.name)),
        Doc::Crosswalk(e) => see(e.value.source.as_ref(), &[], &e.path, None),
        Doc::Indicators(e) => {
            see(e.value.source.as_ref(), &[], &e.path, Some(&e.value.name));
            for indicator in &e.value.indicators {
                let id = indicator.id.as_str();
                let name = Some(&indicator.name);
                see(indicator.source.as_ref(), &["indicators", id], id, name);
                for (i, seen) in indicator.observations.iter().enumerate() {
                    let word = format!("[{i}]");
                    let words = ["indicators", id, "observations", &word];
                    see(seen.source.as_ref(), &words, &format!("{id} {}", seen.of), name);
                }
            }
        }
        Doc::Edition(e) => {
            let edition = &e.value;
            see(edition.source.as_ref(), &[], &e.path, Some(&edition.name));
            if let Some(declared) = &edition.declared {
                see(declared.source.as_ref(), &["declared"], "declared", None);
            }
            for (i, one) in edition.not_applicable.iter().enumerate() {
                let word = format!("[{i}]");
                see(one.source.as_ref(), &["not-applicable", &word], one.item.as_str(), None);
            }
            for item in &edition.items {
                let id = item.id.as_str();
                see(item.source.as_deref(), &["items", id], id, Some(&item.name));
                for provision in &item.provisions {
                    let line = provision.id.as_str();
                    let words = ["items", id, "provisions", line];
                    let name = provision.name.as_deref().or(Some(&item.name));
                    see(provision.source.as_deref(), &words, &format!("{id}/{line}"), name);
                }
            }
        }
    }
}

/// The line that an act is about, by its id.
pub(crate) fn line_of(act: &Act) -> Option<&Id> {
    match act {
        Act::Set { line, .. }
        | Act::Change { base: line, .. }
        | Act::Confirm(line)
        | Act::Attest { line, .. } => Some(&line.id),
        Act::Alter { line, by: _ } | Act::End(line) => Some(line),
        Act::Add(_)
        | Act::Retire(_)
        | Act::Rename(_)
        | Act::Recipients(..)
        | Act::Content(_)
        | Act::Responsibility(_)
        | Act::LeadAgencies(_)
        | Act::Repeal(_)
        | Act::Annul(_) => None,
    }
}
