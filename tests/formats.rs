use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jialiang_check::RULES;
use jialiang_check::output::{Found, Output};
use jialiang_model::finding::{Finding, Level};
use serde_json::Value;

use crate::command::{EDITION, copy, out};
use crate::{corpus, sample};

/// Those for other programs; `human` and `json` are tested with the command.
const FORMATS: [&str; 5] = ["github", "sarif", "junit", "gitlab", "markdown"];

/// A copy of the base in which several things are wrong: with a change that mends them and
/// without, with a second place, in documents that cannot be read, in a document with a
/// name that has to be escaped, and one that is only worth knowing.
fn broken(name: &str) -> PathBuf {
    let at = copy(name);
    let change = |document: &str, changes: &[(&str, &str)]| {
        let mut text = std::fs::read_to_string(at.join(document)).unwrap();
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        text
    };
    let edition = change(
        EDITION,
        &[
            ("\"cn/moe\", \"cn/mof\"", "\"cn/moe\", \"cn/moff\""),
            ("\"per-pupil-junior\"", "\"per-pupil-primary\""),
            ("\"most\": \"3000\"", "\"most\": \"300\""),
            (
                "\"verified\": true }\n    },\n    {\n      \"id\": \"student-grant\"",
                "\"verified\": false }\n    },\n    {\n      \"id\": \"student-grant\"",
            ),
        ],
    );
    let standard = change("cn/sample.standard.json", &[("\"示例标准\"", "\"示例\u{200b}标准\"")]);
    let notice = "cn/2021/notice.instrument.json";
    let key = change(
        notice,
        &[("\"issued\"", "\"100%, <a|b> & \\\"c\\\": `d`\": \"*e*\",\n  \"issued\"")],
    );
    let comma =
        change(notice, &[("\"2021-04-20\",", "\"2021-04-20\""), ("/notice", "/supplement")]);
    for (document, text) in [
        (EDITION, edition),
        ("cn/sample.standard.json", standard),
        (notice, key.clone()),
        ("cn/2021/50%,附件.instrument.json", key),
        ("cn/2021/supplement.instrument.json", comma),
    ] {
        std::fs::write(at.join(document), text).unwrap();
    }
    at
}

/// What is printed in a format, with all findings in it.
fn print(at: &Path, format: &str, lang: &str) -> String {
    let words = ["check", "--notes", "--limit", "0", "--format", format, "--lang", lang];
    let (code, text) = out(at, &[&words[..], &["--on", "2026-11-25"]].concat());
    assert!(matches!(code, Some(0 | 1)), "{text}");
    text
}

/// One rule of those that a SARIF log describes, to see how: what the others say is in
/// their documents.
fn with_one_rule(sarif: &str) -> String {
    let (head, rest) = sarif.split_once("\"rules\": [\n").unwrap();
    let (rules, tail) = rest.split_once("\n          ]\n").unwrap();
    let mut rules = rules.split(",\n            {\n");
    let one = rules.find(|rule| rule.contains("\"id\": \"empty-range\"")).unwrap();
    format!("{head}\"rules\": [\n            {{\n{one}\n          ]\n{tail}")
}

#[test]
fn as_they_are_printed() {
    let (clean, broken) = (copy("formats-clean"), broken("formats-broken"));
    for format in FORMATS {
        for lang in ["zh", "en"] {
            for (state, at) in [("clean", &clean), ("broken", &broken)] {
                let mut text = print(at, format, lang);
                if format == "sarif" {
                    let version = format!("ersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
                    text = with_one_rule(&text).replace(&version, "ersion\": \"[version]\"");
                }
                insta::assert_snapshot!(format!("{state}_{lang}_{format}"), text);
            }
        }
    }
}

/// A validator of a schema that is kept in `tests/formats`; see the README there.
fn validator(schema: &str) -> jsonschema::Validator {
    let path = sample::root().join("tests/formats").join(schema);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let reference = |text: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c))
    };
    let options = jsonschema::options().should_validate_formats(true);
    options.with_format("uri-reference", reference).build(&schema).unwrap()
}

fn follows(validator: &jsonschema::Validator, text: &str) -> Value {
    let value = serde_json::from_str(text).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

/// A schema that accepted everything would be no witness.
#[test]
fn the_schemas_refuse_what_is_wrong() {
    let at = broken("formats-refused");
    let spoil = |text: &str, from: &str, to: &str| -> Value {
        assert!(text.contains(from), "{from}");
        serde_json::from_str(&text.replacen(from, to, 1)).unwrap()
    };
    let (sarif, text) = (validator("sarif-schema-2.1.0.json"), print(&at, "sarif", "en"));
    for (from, to) in [
        ("\"startLine\": ", "\"startLine\": -"),
        ("\"level\": \"error\"", "\"level\": \"fatal\""),
        ("\"ruleId\"", "\"rule-id\""),
        ("\"2.1.0\"", "\"2.0.0\""),
        ("%E9%99%84", "附"),
        ("https://docs", "docs docs"),
    ] {
        assert!(!sarif.is_valid(&spoil(&text, from, to)), "{to}");
    }
    let (gitlab, text) = (validator("gitlab-code-quality.json"), print(&at, "gitlab", "en"));
    for (from, to) in [
        ("\"major\"", "\"error\""),
        ("\"path\": \"cn", "\"path\": \"./cn"),
        ("\"path\": \"cn", "\"path\": \"/cn"),
        ("\"begin\"", "\"start\""),
        ("\"check_name\"", "\"check\""),
    ] {
        assert!(!gitlab.is_valid(&spoil(&text, from, to)), "{to}");
    }
}

/// A finding as far as every format tells: the rule, the level, the document, the line.
type Seen = (String, Level, String, usize);

fn seen(output: &Output) -> Vec<Seen> {
    let one = |f: &Found| (f.rule.clone(), f.level, f.place.document.clone(), f.place.line);
    sorted(output.findings.iter().map(one).collect())
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort();
    all
}

fn word<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("{path} in {value}"))
}

fn number(value: &Value, path: &str) -> usize {
    let number = value.pointer(path).and_then(Value::as_u64);
    usize::try_from(number.unwrap_or_else(|| panic!("{path} in {value}"))).unwrap()
}

/// Undoes the escaping of a URI.
fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        let mut hex = || char::from(rest.next().unwrap()).to_digit(16).unwrap();
        bytes.push(if byte == b'%' { u8::try_from(hex() * 16 + hex()).unwrap() } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

/// What a SARIF log says: its results, and their fingerprints.
fn sarif(log: &Value, accepted: usize) -> (Vec<Seen>, Vec<String>) {
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let names: Vec<&str> = rules.iter().map(|rule| word(rule, "/id")).collect();
    assert_eq!(names, RULES.iter().map(|rule| rule.name).collect::<Vec<_>>());
    let mut all = (Vec::new(), Vec::new());
    let mut left = accepted;
    for result in run["results"].as_array().unwrap() {
        let rule = word(result, "/ruleId");
        assert_eq!(names[number(result, "/ruleIndex")], rule);
        let suppressed = !result["suppressions"].as_array().unwrap().is_empty();
        left -= usize::from(suppressed);
        if suppressed {
            continue;
        }
        let at = &result["locations"][0]["physicalLocation"];
        let level = Level::parse(word(result, "/level")).unwrap();
        let document = decoded(word(at, "/artifactLocation/uri"));
        all.0.push((rule.to_owned(), level, document, number(at, "/region/startLine")));
        all.1.push(word(result, "/partialFingerprints/jialiang~1v1").to_owned());
    }
    assert_eq!(left, 0, "what is accepted is suppressed");
    (sorted(all.0), sorted(all.1))
}

/// What a GitLab report says. A fingerprint that stands twice has its number behind it.
fn gitlab(report: &Value) -> (Vec<Seen>, Vec<String>) {
    let mut all = (Vec::new(), Vec::new());
    let mut fingerprints = BTreeSet::new();
    for violation in report.as_array().unwrap() {
        let level = match word(violation, "/severity") {
            "major" => Level::Error,
            "minor" => Level::Warning,
            "info" => Level::Note,
            other => panic!("{other}"),
        };
        let fingerprint = word(violation, "/fingerprint");
        assert!(fingerprints.insert(fingerprint), "{fingerprint} stands twice");
        let (rule, path) = (word(violation, "/check_name"), word(violation, "/location/path"));
        let line = number(violation, "/location/lines/begin");
        all.0.push((rule.to_owned(), level, path.to_owned(), line));
        all.1.push(fingerprint.split('-').next().unwrap().to_owned());
    }
    (sorted(all.0), sorted(all.1))
}

/// What a JUnit report says, its counts checked on the way.
fn junit(text: &str) -> Vec<Seen> {
    let xml = roxmltree::Document::parse(text).unwrap();
    let root = xml.root_element();
    let count = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).unwrap().parse::<usize>().unwrap()
    };
    let of = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.descendants().filter(|n| n.has_tag_name(name)).count()
    };
    assert_eq!(count(&root, "tests"), of(&root, "testcase"));
    assert_eq!(count(&root, "failures"), of(&root, "failure"));
    let mut all = Vec::new();
    let mut names = BTreeSet::new();
    for suite in root.children().filter(roxmltree::Node::is_element) {
        assert_eq!(count(&suite, "tests"), of(&suite, "testcase"));
        assert_eq!(count(&suite, "failures"), of(&suite, "failure"));
        assert_eq!(count(&suite, "skipped"), of(&suite, "skipped"));
        let rule = suite.attribute("name").unwrap();
        assert!(suite.has_children(), "{rule} has no test");
        for case in suite.children().filter(roxmltree::Node::is_element) {
            assert_eq!(case.attribute("classname").unwrap(), format!("jialiang.{rule}"));
            let name = case.attribute("name").unwrap();
            assert!(names.insert((rule.to_owned(), name.to_owned())), "{rule} {name} stands twice");
            let Some(said) = case.first_element_child() else { continue };
            let level = match said.attribute("type") {
                Some("not-run" | "accepted") => continue,
                Some(level) => Level::parse(level).unwrap(),
                None => Level::Note,
            };
            let element = match level {
                Level::Error => "failure",
                Level::Warning => "skipped",
                Level::Note => "system-out",
            };
            assert!(said.has_tag_name(element), "{level} in {text}");
            let place = said.text().unwrap().lines().next().unwrap();
            let [_, line, path] = place.rsplitn(3, ':').collect::<Vec<_>>()[..] else { panic!() };
            all.push((rule.to_owned(), level, path.to_owned(), line.parse().unwrap()));
        }
    }
    let suites = root.children().filter(roxmltree::Node::is_element);
    let names: Vec<_> = suites.map(|suite| suite.attribute("name").unwrap().to_owned()).collect();
    assert_eq!(names, RULES.iter().map(|rule| rule.name).collect::<Vec<_>>());
    sorted(all)
}

/// Undoes the escaping of a workflow command as GitHub's runner does: `%25` last, so that an
/// escaped `%0A` stays what it was.
fn unescaped(text: &str) -> String {
    [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What workflow commands say, and their messages. The last line is none.
fn github(text: &str) -> (Vec<Seen>, Vec<String>) {
    let mut all = (Vec::new(), Vec::new());
    let (commands, summary) = text.trim_end().rsplit_once('\n').unwrap_or(("", text));
    assert!(!summary.starts_with("::"), "{summary}");
    let mut before = Level::Error;
    for command in commands.lines() {
        let (head, data) = command.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap();
        let property = |name: &str| {
            let found = properties.split(',').find_map(|p| p.strip_prefix(name)?.strip_prefix('='));
            found.map(unescaped)
        };
        let level = match name {
            "error" => Level::Error,
            "warning" => Level::Warning,
            "notice" => Level::Note,
            other => panic!("{other}"),
        };
        assert!(before <= level, "{text}");
        before = level;
        let line = property("line").unwrap();
        let columns = (property("col").is_some(), property("endColumn").is_some());
        let one = property("endLine").unwrap() == line;
        assert_eq!(columns, (one, one), "{command}");
        all.0.push((
            property("title").unwrap(),
            level,
            property("file").unwrap(),
            line.parse().unwrap(),
        ));
        all.1.push(unescaped(data).lines().next().unwrap().to_owned());
    }
    (sorted(all.0), sorted(all.1))
}

/// What the rows of a Markdown table say.
fn markdown(text: &str) -> Vec<Seen> {
    // What is accepted has a table of its own, below.
    let (text, _) = text.split_once("<details>").unwrap_or((text, ""));
    let rows = text.lines().filter(|line| line.starts_with('|')).skip(2);
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').splitn(4, " | ").map(str::trim).collect();
        let [level, rule, place, _] = cells[..] else { panic!("{line}") };
        let (path, line) = place.trim_matches('`').rsplit_once(':').unwrap();
        let level = Level::parse(level).unwrap();
        (rule.trim_matches('`').to_owned(), level, path.to_owned(), line.parse().unwrap())
    };
    sorted(rows.map(row).collect())
}

/// Whatever is wrong, every format tells of the same findings, and is what its readers
/// expect.
#[test]
fn each_tells_of_the_same_findings() {
    let (log, report) =
        (validator("sarif-schema-2.1.0.json"), validator("gitlab-code-quality.json"));
    let mut registries = vec![copy("formats-same-clean"), broken("formats-same-broken")];
    let mut known = BTreeSet::new();
    for corpus::Case { name, files, .. } in corpus::cases() {
        // Of the cases that look alike to a format, one.
        let (_, report) = sample::check(files.clone());
        let shape = |f: &Finding| (f.rule, f.help.is_some(), f.fix.is_some(), f.related.len());
        if !known.insert(report.findings.iter().map(shape).collect::<Vec<_>>()) {
            continue;
        }
        let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats-corpus").join(name);
        let _ = std::fs::remove_dir_all(&at);
        for (path, bytes) in files {
            let path = at.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        registries.push(at);
    }
    for at in registries {
        let output: Output = serde_json::from_str(&print(&at, "json", "en")).unwrap();
        let (wanted, name) = (seen(&output), at.display());
        let fingerprints = sorted(output.findings.iter().map(|f| f.fingerprint.clone()).collect());
        let messages = sorted(output.findings.iter().map(|f| f.message.en.clone()).collect());
        let (found, marks) =
            sarif(&follows(&log, &print(&at, "sarif", "en")), output.accepted.len());
        assert_eq!((found, &marks), (wanted.clone(), &fingerprints), "sarif of {name}");
        let (found, marks) = gitlab(&follows(&report, &print(&at, "gitlab", "en")));
        assert_eq!((found, marks), (wanted.clone(), fingerprints), "gitlab of {name}");
        let (found, said) = github(&print(&at, "github", "en"));
        assert_eq!((found, said), (wanted.clone(), messages), "github of {name}");
        assert_eq!(junit(&print(&at, "junit", "en")), wanted, "junit of {name}");
        assert_eq!(markdown(&print(&at, "markdown", "en")), wanted, "markdown of {name}");
    }
}

#[test]
fn the_exit_status_is_the_same_in_every_format() {
    let (clean, broken) = (copy("formats-exit-clean"), broken("formats-exit-broken"));
    for format in FORMATS {
        assert_eq!(out(&clean, &["check", "--format", format]).0, Some(0), "{format}");
        assert_eq!(out(&broken, &["check", "--format", format]).0, Some(1), "{format}");
        let part = ["check", "registry.json", "--format", format];
        assert_eq!(out(&broken, &part).0, Some(0), "{format}");
        assert_eq!(out(&clean, &["check", "absent", "--format", format]).0, Some(2), "{format}");
    }
}

/// A forge runs the command in the root of its repository, and wants paths from there,
/// however the registry was named.
#[test]
fn a_path_is_one_of_the_repository() {
    let at = broken("formats-paths");
    let above = at.parent().unwrap();
    for (at, path, wanted) in [
        (at.as_path(), ".", EDITION.to_owned()),
        (at.as_path(), "./cn", EDITION.to_owned()),
        (above, "formats-paths", format!("formats-paths/{EDITION}")),
        (above, "./formats-paths/cn", format!("formats-paths/{EDITION}")),
        (above, "./formats-paths/./cn/../cn/2021/..", format!("formats-paths/{EDITION}")),
    ] {
        let print = |format| out(at, &["check", path, "--format", format]).1;
        for text in [
            print("github").replace("file=", "\"").replace(",line", "\""),
            print("gitlab"),
            print("sarif"),
        ] {
            assert!(text.contains(&format!("\"{wanted}\"")), "{path}: {text}");
        }
        let place = format!("{wanted}:41");
        assert!(print("markdown").contains(&place) && print("junit").contains(&place), "{path}");
    }
}

/// People read Markdown, and `--limit` and `--notes` mean there what they mean to people.
#[test]
fn markdown_is_as_long_as_was_asked_for() {
    let at = broken("formats-limit");
    let print = |words: &[&str]| {
        let given = ["check", "--lang", "en", "--format", "markdown"];
        out(&at, &[&given, words].concat()).1
    };
    let all = markdown(&print(&["--notes"]));
    let errors = markdown(&print(&[]));
    assert_eq!(all.len(), errors.len() + 1);
    let text = print(&["--limit", "2", "--notes"]);
    assert_eq!(markdown(&text).len(), 2);
    assert!(text.contains(&format!("{} more are not listed", all.len() - 2)), "{text}");
}

/// The byte at a line and a column, both from 1, columns in code points.
fn byte(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    before + text[before..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
}

/// Whoever does what a SARIF log says under `fixes` has mended it, also behind characters
/// that are two units in UTF-16 and four bytes in UTF-8.
#[test]
fn a_fix_mends_what_it_says() {
    let at = copy("formats-fix");
    let path = at.join(EDITION);
    let text = std::fs::read_to_string(&path).unwrap();
    let from = "\"中央财政和地方财政共同承担\", \"payers\": [\"central\", \"local\"]";
    let wrong = "\"𠀀中央财政\", \"payers\": [\"central\", \"locla\"]";
    assert!(text.contains(from));
    std::fs::write(&path, text.replacen(from, wrong, 1)).unwrap();
    let log: Value = serde_json::from_str(&print(&at, "sarif", "zh")).unwrap();
    assert_eq!(word(&log, "/runs/0/columnKind"), "unicodeCodePoints");
    let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(decoded(word(change, "/artifactLocation/uri")), EDITION);
    let replacement = &change["replacements"][0];
    let region = |key: &str| number(replacement, &format!("/deletedRegion/{key}"));
    let mut text = std::fs::read_to_string(&path).unwrap();
    let start = byte(&text, region("startLine"), region("startColumn"));
    let end = byte(&text, region("endLine"), region("endColumn"));
    text.replace_range(start..end, word(replacement, "/insertedContent/text"));
    std::fs::write(&path, text).unwrap();
    assert_eq!(out(&at, &["check"]).0, Some(0));
}
