//! Every rule, over every document.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use jialiang_model::finding::{Finding, Report, Skipped, Totals};
use jialiang_store::Loaded;

use crate::explain;
use crate::rule::{Doc, Runs, Sink, Subject};
use crate::rules::RULES;

/// Checks a registry with every rule.
///
/// Findings come in the order of documents, then of places, then of rules.
pub fn run(loaded: &Loaded) -> Report {
    let subject = Subject::new(loaded);
    let documents = Doc::all(loaded);
    let mut findings = on_documents(&subject, &documents);
    for rule in RULES {
        if let Runs::OnRegistry(check) = rule.runs {
            check(&subject, &mut Sink::new(rule, &mut findings));
        }
    }
    for unreadable in &loaded.unreadable {
        findings.extend(explain::unreadable(unreadable, &loaded.texts));
    }
    findings.sort_by(|a, b| {
        (&a.place.document, a.place.bytes, &a.place.path, a.rule, &a.args).cmp(&(
            &b.place.document,
            b.place.bytes,
            &b.place.path,
            b.rule,
            &b.args,
        ))
    });
    Report { findings, accepted: Vec::new(), skipped: skipped(loaded), totals: totals(loaded) }
}

/// How many documents a thread takes at a time; fewer than this are left to one thread.
const STRETCH: usize = 64;

fn on_documents(subject: &Subject<'_>, documents: &[Doc<'_>]) -> Vec<Finding> {
    let stretches: Vec<_> = documents.chunks(STRETCH).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut findings = Vec::new();
        while let Some(stretch) = stretches.get(next.fetch_add(1, Ordering::Relaxed)) {
            for document in *stretch {
                for rule in RULES {
                    if let Runs::OnDocument(check) = rule.runs {
                        check(subject, document, &mut Sink::new(rule, &mut findings));
                    }
                }
            }
        }
        findings
    };
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    if cores == 1 || stretches.len() < 2 {
        return work();
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for thread in threads {
            match thread.join() {
                Ok(findings) => all.extend(findings),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

fn skipped(loaded: &Loaded) -> Vec<Skipped> {
    let rules: Vec<&'static str> = RULES
        .iter()
        .filter(|rule| matches!(rule.runs, Runs::OnDocument(_)))
        .map(|rule| rule.name)
        .collect();
    let unreadable = loaded.unreadable.iter().map(|u| &u.path);
    let mut documents: Vec<_> =
        unreadable.chain(loaded.misplaced.iter().map(|m| &m.path)).collect();
    documents.sort();
    let skip =
        |path: &std::sync::Arc<str>| Skipped { document: path.to_string(), rules: rules.clone() };
    documents.into_iter().map(skip).collect()
}

fn totals(loaded: &Loaded) -> Totals {
    let registry = &loaded.registry;
    let items = || registry.editions.values().flat_map(|e| &e.value.items);
    Totals {
        jurisdictions: registry.jurisdictions.len(),
        instruments: registry.instruments.len(),
        standards: registry.standards.len(),
        editions: registry.editions.len(),
        items: items().count(),
        provisions: items().map(|i| i.provisions.len()).sum(),
        unreadable: loaded.unreadable.len(),
        rules: RULES.len(),
    }
}
