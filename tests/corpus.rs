use std::fmt::Write as _;

use jialiang_check::locate::Locator;
use jialiang_check::{RULES, Report};
use jialiang_model::date::Day;
use jialiang_model::finding::Level;
use jialiang_model::kind::Kind;
use jialiang_store::Loaded;

use crate::sample::{self, Files};

/// A case: its name, which is its one defect, and its documents over the base.
pub(crate) struct Case {
    pub(crate) name: String,
    /// What is checked: `after`, without what `gone` lists.
    pub(crate) files: Files,
    /// What was there before the edit, where the defect is one of an edit.
    before: Option<Files>,
}

impl Case {
    /// The case checked on the day of the corpus.
    fn check(self) -> (Loaded, Report) {
        sample::check_edit(self.files, self.before.as_ref(), Day::parse("2026-11-25"))
    }
}

/// Every case, in the order of names.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases: Vec<_> = std::fs::read_dir(sample::root().join("tests/corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| {
            let over = |side: &str| {
                let side = path.join(side);
                let mut files = sample::base();
                files.extend(if side.is_dir() { sample::folder(&side) } else { Files::new() });
                files
            };
            let mut files = over("after");
            let gone = std::fs::read_to_string(path.join("gone")).unwrap_or_default();
            gone.lines().for_each(|path| drop(files.remove(path)));
            let before = path.join("before").is_dir().then(|| over("before"));
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            Case { name, files, before }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// What looks like a defect and is none raises no alarm: each folder of `tests/honest` is named
/// by why not.
#[test]
fn honest_registries_raise_no_alarm() {
    let folders = std::fs::read_dir(sample::root().join("tests/honest")).unwrap();
    for folder in folders.map(|entry| entry.unwrap().path()) {
        let mut files = sample::base();
        files.extend(sample::folder(&folder));
        let (loaded, report) = sample::check_edit(files, None, Day::parse("2026-11-25"));
        let mut locator = Locator::new(&loaded.texts);
        let alarms = report.findings.iter().filter(|finding| finding.level != Level::Note);
        let alarms: Vec<_> = alarms.map(|one| sample::line(one, &mut locator)).collect();
        assert!(alarms.is_empty(), "{}: {alarms:?}", folder.display());
    }
}

/// What a rule finds in any case, with its sentence in both languages: a rule that finds
/// too much shows up here, in a case that its author did not think of.
#[test]
fn every_rule_over_every_case() {
    let checked: Vec<_> = cases()
        .into_iter()
        .map(|case| {
            let name = case.name.clone();
            let (loaded, report) = case.check();
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
    for case in cases() {
        let name = case.name.clone();
        assert!(!case.check().1.findings.is_empty(), "nothing is found in {name}");
    }
}

/// Every rule has a case of its own.
#[test]
fn every_rule_has_a_case() {
    let mut found: Vec<&str> = cases()
        .into_iter()
        .flat_map(|case| case.check().1.findings.into_iter().map(|f| f.rule))
        .collect();
    found.sort_unstable();
    found.dedup();
    let mut rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    rules.sort_unstable();
    assert_eq!(found, rules);
}

/// An edit that only lays documents out otherwise is no edit, whatever else is wrong.
#[test]
fn another_layout_is_no_change() {
    for case in cases() {
        let squeezed = |(path, bytes): (&String, &Vec<u8>)| {
            let value: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
            let reads = Kind::at(path).is_some_and(|kind| {
                std::str::from_utf8(bytes).is_ok_and(|text| kind.read(text).is_ok())
            });
            let text = value.filter(|_| reads).map(|value| value.to_string().into_bytes());
            (path.clone(), text.unwrap_or_else(|| bytes.clone()))
        };
        let before: Files = case.files.iter().map(squeezed).collect();
        let alone = sample::check(case.files.clone()).1.findings;
        let edited = sample::check_edit(case.files, Some(&before), None).1.findings;
        assert_eq!(alone, edited, "{}", case.name);
    }
}
