//! What the command cannot be brought to say yet, or says of names that not every file
//! system takes: warnings, findings that somebody has accepted, hostile words.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use jialiang_check::Report;
use jialiang_model::date::Day;
use jialiang_model::finding::{Accepted, Finding, Level};
use jialiang_model::place::{IdPath, Place};
use jialiang_store::source::Memory;
use jialiang_store::{Loaded, Source, load};
use serde_json::Value;

use super::{github, gitlab, in_repository, junit, markdown, sarif, visible};
use crate::args::{self, Args, Check};
use crate::lang::Lang;

const HOSTILE: &str = "cn/50%, a:b|c&<d>`e'\"_f.instrument.json";

fn check(words: &[&str], lang: Lang) -> Check {
    let words = ["jialiang", "check"].iter().chain(words).map(OsString::from).collect();
    let Ok(Args::Check(check)) = args::parse(words, lang) else { panic!("these are arguments") };
    check
}

/// A registry whose one document has a hostile name, and what was found in it.
fn hostile() -> (Loaded, Report) {
    let document = "{\n  \"甲\": \"乙\",\n  \"丙\": [\"丁\"]\n}\n";
    let files = [(HOSTILE.to_owned(), document.as_bytes().to_vec())];
    let loaded = load(&Source::Memory(files.into_iter().collect::<Memory>())).unwrap();
    let path: Arc<str> = HOSTILE.into();
    let place = |words: &[&str]| Place::at(&path, words.iter().collect::<IdPath>());
    let words = "50%, a:b|c&<d>`e'\"_f\r\n*::error::x*\u{1}[x](y){0} @moe";
    let finding = |rule, level, place| {
        let mut finding = Finding::new(place, format!("坏：{words}"), format!("bad: {words}"))
            .label("标", "label")
            .help(format!("改：{words}"), format!("mend: {words}"));
        finding.rule = rule;
        finding.level = level;
        finding
    };
    let twice = finding("doubled-id", Level::Error, place(&["甲"]))
        .related(place(&["丙"]), "另一处", "the other")
        .related(place(&["丙"]), "另一处", "the other");
    let fixed =
        finding("schema-violation", Level::Warning, place(&["丙"])).fix(place(&["丙"]), "[\n]");
    let gone: Arc<str> = "cn/gone.standard.json".into();
    let findings = vec![
        finding("unverified", Level::Note, Place::document(&gone)),
        fixed,
        twice.clone(),
        twice,
        finding("not-listed", Level::Warning, place(&[])),
    ];
    let accepted = Accepted {
        finding: finding("missing-source", Level::Error, place(&["甲"])),
        reason: format!("历史文件 {words}"),
        by: "cn/moe".to_owned(),
        until: Day::parse("2027-01-01").unwrap(),
    };
    (loaded, Report { findings, accepted: vec![accepted], ..Report::default() })
}

/// Kept beside the snapshots of the command, so that the XML Schema validator sees them too.
fn snapshot(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("hostile_{name}"), text.replace(env!("CARGO_PKG_VERSION"), "[version]"));
    });
}

#[test]
fn a_path_is_one_of_the_repository() {
    for (typed, wanted) in [
        ("cn/a.json", "cn/a.json"),
        ("./cn/a.json", "cn/a.json"),
        ("./standards/./cn/a.json", "standards/cn/a.json"),
        ("standards//cn/a.json", "standards/cn/a.json"),
        ("standards/cn/../cn/a.json", "standards/cn/a.json"),
        ("standards/cn/2021/../../cn/a.json", "standards/cn/a.json"),
        ("../../cn/a.json", "../../cn/a.json"),
        ("/srv/standards/../cn/a.json", "/srv/cn/a.json"),
        ("/../cn/a.json", "/../cn/a.json"),
    ] {
        assert_eq!(in_repository(typed), wanted);
    }
}

#[test]
fn nothing_is_printed_that_would_be_obeyed() {
    assert_eq!(
        visible("甲\t\r\n\u{1b}[31m\u{0}\u{9b}\u{fffe}𠀀"),
        "甲\t\r\n\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}𠀀"
    );
}

#[test]
fn github_reads_one_command_a_line() {
    let (loaded, report) = hostile();
    let text = github::report(&report, &loaded.texts, &check(&["--notes"], Lang::Zh), 2);
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), report.findings.len());
    assert_eq!(text.lines().count(), commands.len() + 1);
    let levels: Vec<_> = commands.iter().map(|c| c.split(' ').next().unwrap()).collect();
    assert_eq!(levels, ["::error", "::error", "::warning", "::warning", "::notice"]);
    snapshot("github", &text);
    let text = github::report(&report, &loaded.texts, &check(&[], Lang::En), 0);
    assert!(!text.contains("::notice"), "{text}");
}

/// The value of a text that follows a schema kept in `tests/formats`, its formats too.
fn follows(schema: &str, text: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(schema);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .with_format("uri-reference", |text: &str| {
            text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c))
        })
        .build(&schema)
        .unwrap();
    let value = serde_json::from_str(text).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}");
    value
}

#[test]
fn sarif_tells_what_is_suppressed_and_why() {
    let (loaded, report) = hostile();
    let text = sarif::report(&report, &loaded.texts, Lang::Zh);
    let mut log = follows("sarif-schema-2.1.0.json", &text);
    let run = &mut log["runs"][0];
    run["tool"]["driver"]["rules"] = Value::Null;
    let results = run["results"].as_array().unwrap();
    let suppressed: Vec<_> =
        results.iter().filter(|r| !r["suppressions"].as_array().unwrap().is_empty()).collect();
    assert_eq!((results.len(), suppressed.len()), (6, 1));
    let [suppression] = suppressed[0]["suppressions"].as_array().unwrap().as_slice() else {
        panic!()
    };
    let justification = suppression["justification"].as_str().unwrap();
    assert_eq!(
        (&suppression["kind"], &suppression["status"]),
        (&"external".into(), &"accepted".into())
    );
    for word in ["历史文件", "cn/moe", "2027-01-01"] {
        assert!(justification.contains(word), "{justification}");
    }
    snapshot("sarif", &serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn gitlab_sees_two_where_there_are_two() {
    let (loaded, report) = hostile();
    let text = gitlab::report(&report, &loaded.texts, Lang::Zh);
    let violations = follows("gitlab-code-quality.json", &text);
    let violations = violations.as_array().unwrap();
    let mut fingerprints: Vec<_> =
        violations.iter().map(|v| v["fingerprint"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), report.findings.len());
    snapshot("gitlab", &text);
}

#[test]
fn junit_fails_what_fails_the_check() {
    let (loaded, report) = hostile();
    let text = junit::report(&report, &loaded.texts, &check(&[], Lang::Zh));
    snapshot("junit", &text);
    for (words, failures, skipped) in [(&[][..], 2, 3), (&["--deny-warnings"][..], 4, 1)] {
        let text = junit::report(&report, &loaded.texts, &check(words, Lang::En));
        let xml = roxmltree::Document::parse(&text).unwrap();
        let elements =
            |name| xml.descendants().filter(|n| n.has_tag_name(name)).collect::<Vec<_>>();
        assert_eq!(elements("failure").len(), failures);
        assert_eq!(elements("skipped").len(), skipped);
        let accepted =
            elements("skipped").into_iter().find(|n| n.attribute("type") == Some("accepted"));
        assert!(accepted.unwrap().text().unwrap().contains("(cn/moe, before 2027-01-01)"));
        let mut names: Vec<_> = elements("testcase")
            .iter()
            .map(|n| (n.attribute("classname").unwrap(), n.attribute("name").unwrap()))
            .collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}

#[test]
fn markdown_holds_no_markup_but_its_own() {
    let (loaded, report) = hostile();
    let text = markdown::report(&report, &loaded.texts, &check(&["--notes"], Lang::Zh), 2);
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let cells = line.replace("\\|", "").matches('|').count() - 1;
        assert!(cells == 4 || cells == 6, "{line}");
    }
    snapshot("markdown", &text);
    let text = markdown::report(&report, &loaded.texts, &check(&["--limit", "1"], Lang::En), 0);
    assert!(text.contains("\n3 more are not listed; to list them: `--limit 0`\n"), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("| error")).count(), 1);
    assert_eq!(text.lines().filter(|line| line.starts_with("| warning")).count(), 0);
}
