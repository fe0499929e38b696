//! For GitLab's code quality: the part of Code Climate's format that it reads.

use std::collections::HashMap;

use jialiang_check::Report;
use jialiang_check::locate::Locator;
use jialiang_model::finding::{Finding, Level};
use jialiang_store::Texts;
use serde::Serialize;

use super::Spot;
use crate::lang::Lang;

#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Notes are in it: GitLab compares two reports and shows what is new. What somebody has
/// accepted is not: GitLab has no word for it.
pub(crate) fn report(report: &Report, texts: &Texts, lang: Lang) -> String {
    let mut locator = Locator::new(texts);
    let mut times: HashMap<String, usize> = HashMap::new();
    let violations: Vec<_> = locator
        .in_order(report.findings.iter().collect())
        .into_iter()
        .map(|finding| {
            let Spot { path, start, end: _ } = Spot::new(&finding.place, &mut locator);
            Violation {
                description: description(finding, lang),
                check_name: finding.rule,
                fingerprint: unique(finding.fingerprint().to_string(), &mut times),
                severity: severity(finding.level),
                location: Location { path, lines: Lines { begin: start.line } },
            }
        })
        .collect();
    // Strings, numbers, lists and objects with string keys: nothing that JSON could refuse.
    serde_json::to_string_pretty(&violations).unwrap_or_default() + "\n"
}

/// GitLab shows one line: what is wrong, and what to do.
fn description(finding: &Finding, lang: Lang) -> String {
    let message = lang.of(&finding.message);
    match &finding.help {
        Some(help) => format!("{message}{}{}", lang.pick("；", "; "), lang.of(help)),
        None => message.to_owned(),
    }
}

/// GitLab takes two entries with one fingerprint for one. Two findings that differ in
/// nothing but their position have one, and are told apart by their order.
fn unique(fingerprint: String, times: &mut HashMap<String, usize>) -> String {
    let n = times.entry(fingerprint.clone()).or_default();
    *n += 1;
    if *n == 1 { fingerprint } else { format!("{fingerprint}-{n}") }
}

/// `critical` and `blocker` stay free: no rule knows how much harm a breach does.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Note => "info",
    }
}
