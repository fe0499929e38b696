use std::fmt::Write as _;

use jialiang_check::RULES;
use jialiang_check::locate::Locator;

use crate::sample::{self, Files};

/// Every case: its name, which is its one defect, and its documents over the base.
pub(crate) fn cases() -> Vec<(String, Files)> {
    let mut cases: Vec<_> = std::fs::read_dir(sample::root().join("tests/corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| {
            let mut files = sample::base();
            files.extend(sample::folder(&path.join("after")));
            (path.file_name().unwrap().to_str().unwrap().to_owned(), files)
        })
        .collect();
    cases.sort();
    cases
}

/// What a rule finds in any case, with its sentence in both languages: a rule that finds
/// too much shows up here, in a case that its author did not think of.
#[test]
fn every_rule_over_every_case() {
    let checked: Vec<_> = cases()
        .into_iter()
        .map(|(name, files)| {
            let (loaded, report) = sample::check(files);
            (name, loaded, report)
        })
        .collect();
    for rule in RULES {
        let mut text = String::new();
        for (name, loaded, report) in &checked {
            let mut locator = Locator::new(&loaded.texts);
            for finding in locator.in_order(report.findings.iter().collect()) {
                if finding.rule == rule.name {
                    let line = sample::line(finding, &mut locator);
                    let help = finding.help.as_ref();
                    let _ = writeln!(
                        text,
                        "{name}\n  {line}\n  {}\n  {}",
                        finding.message.zh, finding.message.en
                    );
                    if let Some(help) = help {
                        let _ = writeln!(text, "  > {}\n  > {}", help.zh, help.en);
                    }
                    for related in &finding.related {
                        let _ = writeln!(
                            text,
                            "  + {}: {}",
                            related.place.document, related.message.en
                        );
                    }
                }
            }
        }
        insta::assert_snapshot!(format!("corpus__{}", rule.name), text);
    }
}

/// A case has a defect, and each of its findings has a fingerprint of its own that does
/// not depend on what stands above it.
#[test]
fn every_case_is_found() {
    for (name, files) in cases() {
        let (_, report) = sample::check(files);
        assert!(!report.findings.is_empty(), "nothing is found in {name}");
    }
}

/// Every rule has a case of its own.
#[test]
fn every_rule_has_a_case() {
    let mut found: Vec<&str> = cases()
        .into_iter()
        .flat_map(|(_, files)| sample::check(files).1.findings.into_iter().map(|f| f.rule))
        .collect();
    found.sort_unstable();
    found.dedup();
    let mut rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    rules.sort_unstable();
    assert_eq!(found, rules);
}
