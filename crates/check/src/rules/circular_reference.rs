//! What refers upward arrives at a top.

use std::sync::Arc;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::{Id, ProvisionRef, StandardId};
use jialiang_model::item::Item;
use jialiang_model::kind::Edition;
use jialiang_model::provision::Form;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "circular-reference",
    level: Level::Error,
    document: include_str!("circular_reference.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    match document {
        Doc::Registry(_)
        | Doc::Instrument(_)
        | Doc::Adjustment(_)
        | Doc::Plan(_)
        | Doc::Crosswalk(_)
        | Doc::Indicators(_)
        | Doc::Acceptance(_) => {}
        Doc::Jurisdiction(e) => {
            let up =
                |place: &Id| registry.jurisdictions.get(place).and_then(|e| e.value.parent.clone());
            if let Some(way) = circle(&e.value.id, up) {
                sink.report(found(document, &["parent"], &way));
            }
        }
        Doc::Standard(e) => {
            let up = |standard: &StandardId| {
                let above = registry.standards.get(standard)?.value.implements.as_ref()?;
                Some(above.standard.clone())
            };
            if let Some(way) = circle(&e.value.id, up) {
                sink.report(found(document, &["implements", "standard"], &way));
            }
        }
        Doc::Edition(e) => {
            for item in &e.value.items {
                for provision in &item.provisions {
                    let Some((_, key)) = base(&provision.form) else {
                        continue;
                    };
                    let (id, line) = (item.id.as_str(), provision.id.as_str());
                    let Some(start) = ProvisionRef::parse(&format!("{id}/{line}")) else {
                        continue;
                    };
                    if let Some(way) = circle(&start, |line| next(&e.value, line)) {
                        let words = ["items", id, "provisions", line, key[0], key[1]];
                        sink.report(found(document, &words, &way));
                    }
                }
            }
        }
    }
}

/// The provision that a form is computed from, and the keys under which it stands.
fn base(form: &Form) -> Option<(&ProvisionRef, [&'static str; 2])> {
    match form {
        Form::Share(share, _) => Some((&share.of, ["share", "of"])),
        Form::Supplement(adds, _) => Some((&adds.to, ["adds", "to"])),
        Form::Amount(..)
        | Form::Average(..)
        | Form::Increase(..)
        | Form::Free
        | Form::Pegged(_)
        | Form::Coverage(_)
        | Form::Words(_) => None,
    }
}

fn next(edition: &Edition, line: &ProvisionRef) -> Option<ProvisionRef> {
    let (item, id) = (line.item(), line.provision());
    let item: &Arc<Item> = edition.items.iter().find(|one| one.id.as_str() == item)?;
    let provision = item.provisions.iter().find(|one| one.id.as_str() == id)?;
    base(&provision.form).map(|(reference, _)| reference.clone())
}

/// The way from a thing back to itself, if it leads there.
fn circle<T: PartialEq + Clone>(start: &T, up: impl Fn(&T) -> Option<T>) -> Option<Vec<T>> {
    const LONGEST: usize = 64;
    let mut way = vec![start.clone()];
    while let Some(above) = way.last().and_then(&up) {
        if above == *start {
            way.push(above);
            return Some(way);
        }
        // A circle further up, of which this is no part, is reported there.
        if way.contains(&above) || way.len() > LONGEST {
            return None;
        }
        way.push(above);
    }
    None
}

fn found<T: ToString>(document: &Doc<'_>, words: &[&str], way: &[T]) -> Finding {
    let way: Vec<String> = way.iter().map(T::to_string).collect();
    let shown = way.join(" → ");
    Finding::new(
        document.place(words),
        format!("绕了一圈又回到自己：{shown}"),
        format!("this comes back to itself: {shown}"),
    )
    .arg("way", &shown)
    .label("回到自己", "back to itself")
    .help("请改正其中一处引用", "mend one of the references on the way")
}
