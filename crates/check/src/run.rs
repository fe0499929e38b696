//! Every rule, over every document.

use std::collections::BTreeSet;

use jialiang_model::finding::{Accepted, Against, Finding, Level, Report, Skipped, Totals};
use jialiang_model::kind::Acceptance;
use jialiang_store::{Loaded, cores};

use crate::explain;
use crate::force::{Force, Named};
use crate::rule::{Answered, Doc, Rule, Runs, Sink, Subject};
use crate::rules::{RULES, misplaced_document};

/// Checks a registry with every rule.
///
/// Rules on a base run where the subject has one. What somebody has accepted is kept apart
/// from the findings; what could not be read can be accepted by nobody. Findings come in the
/// order of documents, then of places, then of rules.
pub fn run(subject: &Subject<'_>) -> Report {
    let loaded = subject.loaded;
    let documents = Doc::all(loaded);
    let mut findings = on_documents(subject, &documents);
    findings.extend(on_registry(subject));
    for unreadable in &loaded.unreadable {
        findings.extend(explain::unreadable(unreadable, &loaded.texts));
    }
    findings.sort_by(by_place);
    let (mut findings, accepted, answered) = accepted(subject, findings);
    if !answered.is_empty() {
        for rule in RULES {
            if let Runs::OnAcceptances(check) = rule.runs {
                check(subject, &answered, &mut Sink::new(rule, &mut findings));
            }
        }
        findings.sort_by(by_place);
    }
    Report { findings, accepted, skipped: skipped(loaded), totals: totals(subject) }
}

fn by_place(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    (&a.place.document, a.place.bytes, &a.place.path, a.rule, &a.args).cmp(&(
        &b.place.document,
        b.place.bytes,
        &b.place.path,
        b.rule,
        &b.args,
    ))
}

/// Whether somebody can answer for what a rule finds: not for what could not be read, and
/// not for acceptances themselves.
pub fn can_be_accepted(finding: &Finding) -> bool {
    let rule = RULES.iter().find(|rule| rule.name == finding.rule);
    // No rule looks into a document that stands in the wrong place.
    let misplaced = finding.rule == misplaced_document::RULE.name;
    let answerable =
        |rule: &Rule| !matches!(rule.runs, Runs::OnUnreadable | Runs::OnAcceptances(_));
    finding.level != Level::Note && !misplaced && rule.is_some_and(|rule| answerable(rule))
}

/// Whether a finding is on an edit, so that it is found only beside a base.
pub fn is_on_edit(finding: &Finding) -> bool {
    is_on_edit_of(finding.rule)
}

/// Whether a rule looks at edits.
pub(crate) fn is_on_edit_of(name: &str) -> bool {
    let rule = RULES.iter().find(|rule| rule.name == name);
    rule.is_some_and(|rule| matches!(rule.runs, Runs::OnBase(_)))
}

/// Takes out of the findings what somebody answers for on the day of the check.
fn accepted<'a>(
    subject: &Subject<'a>,
    findings: Vec<Finding>,
) -> (Vec<Finding>, Vec<Accepted>, Vec<Answered<'a>>) {
    let acceptances = &subject.loaded.registry.acceptances;
    if acceptances.is_empty() {
        return (findings, Vec::new(), Vec::new());
    }
    let (mut left, mut accepted) = (Vec::with_capacity(findings.len()), Vec::new());
    let mut found = BTreeSet::new();
    for finding in findings {
        let print = finding.fingerprint();
        let entry = acceptances.get(&print).filter(|entry| {
            can_be_accepted(&finding) && says_what_it_accepts(&entry.value, &finding)
        });
        let Some(entry) = entry else {
            left.push(finding);
            continue;
        };
        found.insert(print);
        let Acceptance { schema: _, fingerprint: _, rule: _, at: _, finding: _, reason, by, until } =
            &*entry.value;
        if subject.on.is_some_and(|day| *until <= day) {
            left.push(finding);
            continue;
        }
        let (reason, by) = (reason.to_string(), by.to_string());
        accepted.push(Accepted { finding, reason, by, until: *until });
    }
    let answered = acceptances.iter().map(|(print, acceptance)| {
        let known = found.contains(print) || was_looked_for(subject, &acceptance.value);
        Answered { acceptance, found: known.then(|| found.contains(print)) }
    });
    (left, accepted, answered.collect())
}

/// Where a finding is, as an acceptance writes it.
pub fn at(finding: &Finding) -> String {
    format!("{} {}", finding.place.document, finding.place.path)
}

/// Whether an acceptance names the rule and the place that it is about: a reviewer reads
/// those, and not the fingerprint.
fn says_what_it_accepts(acceptance: &Acceptance, finding: &Finding) -> bool {
    acceptance.rule.as_str() == finding.rule && acceptance.at.as_str().trim() == at(finding).trim()
}

/// Whether the check would have found what is accepted, if it were still there.
fn was_looked_for(subject: &Subject<'_>, acceptance: &Acceptance) -> bool {
    let rule = RULES.iter().find(|rule| rule.name == acceptance.rule.as_str());
    let document = acceptance.at.as_str().split(' ').next().unwrap_or("");
    match rule.map(|rule| &rule.runs) {
        Some(Runs::OnBase(_)) if subject.base.is_none() => false,
        Some(_) => !subject.is_there(document),
        // No such rule finds anything any more.
        None => true,
    }
}

/// How many documents a thread takes at a time.
const STRETCH: usize = 64;

fn on_documents(subject: &Subject<'_>, documents: &[Doc<'_>]) -> Vec<Finding> {
    // What is in force is indexed beside.
    let stretches: Vec<_> =
        std::iter::once(None).chain(documents.chunks(STRETCH).map(Some)).collect();
    let found = cores::of_all(&stretches, |stretch| {
        let mut findings = Vec::new();
        let Some(stretch) = stretch else {
            let _indexed = subject.force();
            return findings;
        };
        for document in *stretch {
            for rule in RULES {
                if let Runs::OnDocument(check) = rule.runs {
                    check(subject, document, &mut Sink::new(rule, &mut findings));
                }
            }
        }
        findings
    });
    found.into_iter().flatten().collect()
}

/// What is found in the registry as a whole, rule by rule, and in force, item by item: each
/// item is answered once for all rules.
fn on_registry(subject: &Subject<'_>) -> Vec<Finding> {
    enum Part<'a, 'f> {
        Rule(&'static Rule),
        Items(&'f Force<'a>, &'f [Named<'a>]),
    }
    let force = subject.force();
    let items = force.into_iter().flat_map(|force| {
        force.decided().chunks(STRETCH).map(move |items| Part::Items(force, items))
    });
    let parts: Vec<Part<'_, '_>> = RULES.iter().copied().map(Part::Rule).chain(items).collect();
    let found = cores::of_all(&parts, |part| {
        let mut findings = Vec::new();
        match part {
            Part::Rule(rule) => {
                let mut sink = Sink::new(rule, &mut findings);
                match (&rule.runs, subject.base) {
                    (Runs::OnRegistry(check), _) => check(subject, &mut sink),
                    (Runs::OnBase(check), Some(base)) => check(subject, base, &mut sink),
                    (
                        Runs::OnBase(_)
                        | Runs::OnUnreadable
                        | Runs::OnDocument(_)
                        | Runs::OnDecided(_)
                        | Runs::OnAcceptances(_),
                        _,
                    ) => {}
                }
            }
            Part::Items(force, items) => {
                for one in *items {
                    let decided = force.told(*one);
                    for rule in RULES {
                        if let Runs::OnDecided(check) = rule.runs {
                            check(subject, &decided, &mut Sink::new(rule, &mut findings));
                        }
                    }
                }
            }
        }
        findings
    });
    found.into_iter().flatten().collect()
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

fn totals(subject: &Subject<'_>) -> Totals {
    let loaded = subject.loaded;
    let registry = &loaded.registry;
    let items = || registry.editions.values().flat_map(|e| &e.value.items);
    Totals {
        jurisdictions: registry.jurisdictions.len(),
        instruments: registry.instruments.len(),
        adjustments: registry.adjustments.len(),
        standards: registry.standards.len(),
        editions: registry.editions.len(),
        items: items().count(),
        provisions: items().map(|i| i.provisions.len()).sum(),
        plans: registry.plans.len(),
        targets: registry.plans.values().map(|e| e.value.every_target().count()).sum(),
        unreadable: loaded.unreadable.len(),
        rules: RULES
            .iter()
            .filter(|rule| subject.base.is_some() || !matches!(rule.runs, Runs::OnBase(_)))
            .count(),
        base: subject.base.map(|base| Against {
            name: base.name().to_owned(),
            differing: base.differing().count(),
        }),
    }
}
