use jialiang_check::{RULES, Report, Rule, Runs};
use jialiang_model::date::Day;
use jialiang_model::finding::Level;
use jialiang_store::Loaded;

use crate::sample::{self, Files};

/// A fenced block of a rule's document: its words behind the fence, and its text.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(words) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
            blocks.push((words.to_owned(), text.join("\n") + "\n"));
        }
    }
    blocks
}

/// Bytes written as `\x{EF}`, so that an example can hold what no text file should.
fn raw(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x{") {
        let (hex, after) = after.split_once('}').expect("a byte is written \\x{EF}");
        bytes.extend(before.as_bytes());
        bytes.push(u8::from_str_radix(hex, 16).expect("two hexadecimal digits"));
        rest = after;
    }
    bytes.extend(rest.as_bytes());
    bytes
}

/// The example of a rule's document, over the base.
struct Example {
    /// The registry.
    files: Files,
    /// The registry before the edit, where the rule looks at edits.
    before: Option<Files>,
    /// The day of the check.
    on: Option<Day>,
    /// What must be found.
    wanted: Vec<String>,
}

impl Example {
    fn check(self) -> (Loaded, Report) {
        sample::check_edit(self.files, self.before.as_ref(), self.on)
    }
}

fn example(rule: &Rule) -> Example {
    let (mut files, mut before, mut on) = (sample::base(), None, None);
    let mut wanted = Vec::new();
    for (words, text) in blocks(rule.document) {
        match words.split_once(' ') {
            Some(("before", path)) => {
                let before = before.get_or_insert_with(sample::base);
                before.insert(path.to_owned(), text.into_bytes());
            }
            Some(("json", path)) => drop(files.insert(path.to_owned(), text.into_bytes())),
            Some(("raw", path)) => drop(files.insert(path.to_owned(), raw(&text))),
            Some(("gone", path)) => drop(files.remove(path).expect("it stands in the base")),
            _ if words == "on" => on = Some(Day::parse(text.trim()).unwrap()),
            _ if words == "findings" => wanted.extend(text.lines().map(str::to_owned)),
            _ => {}
        }
    }
    Example { files, before, on, wanted }
}

#[test]
fn the_base_is_silent() {
    let (loaded, report) = sample::check(sample::base());
    assert_eq!(sample::lines(&loaded, &report), Vec::<String>::new());
}

#[test]
fn what_a_document_promises_its_rule_finds() {
    for rule in RULES {
        let example = example(rule);
        let wanted = example.wanted.clone();
        assert!(!wanted.is_empty(), "{} promises no finding", rule.name);
        let (loaded, report) = example.check();
        assert_eq!(sample::lines(&loaded, &report), wanted, "the example of {}", rule.name);
        assert!(wanted.iter().any(|line| line.ends_with(rule.name)), "{}", rule.name);
    }
}

#[test]
fn documents_are_complete_and_names_are_file_stems() {
    let folder = sample::root().join("crates/check/src/rules");
    let mut stems: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        .filter(|stem| stem != "mod")
        .collect();
    stems.sort();
    let mut names: Vec<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    names.sort();
    assert_eq!(names, stems);
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for rule in RULES {
        assert!(rule.document.starts_with(&format!("# {}\n", rule.name)), "{}", rule.name);
        assert!(rule.document.contains("\n## Example · 示例\n"), "{}", rule.name);
        let (zh, en) = (rule.summary(true), rule.summary(false));
        assert!(han(zh) && zh.ends_with('。'), "{}: {zh}", rule.name);
        assert!(!han(en) && en.ends_with('.'), "{}: {en}", rule.name);
    }
}

/// Each finding speaks both languages: its sentence, its label, its help.
#[test]
fn findings_speak_both_languages() {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for rule in RULES {
        let (_, report) = example(rule).check();
        for finding in &report.findings {
            let related = finding.related.iter().map(|r| &r.message);
            for message in finding.help.iter().chain(related).chain([&finding.message]) {
                assert!(han(&message.zh), "{}: {}", rule.name, message.zh);
                assert!(!message.en.is_empty(), "{}", rule.name);
            }
            assert!(finding.level == Level::Note || finding.help.is_some(), "{}", rule.name);
        }
    }
}

#[test]
fn rules_on_unreadable_documents_are_errors() {
    for rule in RULES {
        assert!(!matches!(rule.runs, Runs::OnUnreadable) || rule.level == Level::Error);
    }
}

/// The base with pieces of its documents exchanged.
fn changed(edits: &[(&str, &str, &str)]) -> Vec<String> {
    let mut files = sample::base();
    for (path, from, to) in edits {
        let text = String::from_utf8(files.remove(*path).unwrap()).unwrap();
        assert!(text.contains(from), "{path} holds no {from}");
        files.insert((*path).to_owned(), text.replacen(from, to, 1).into_bytes());
    }
    let (loaded, report) = sample::check(files);
    sample::lines(&loaded, &report)
}

const EDITION: &str = "cn/sample@1.0.0.edition.json";

/// What real documents do, and no rule may call wrong.
#[test]
fn what_is_right_is_silent() {
    let meal = r#"          "id": "meal","#;
    let second = |keys: &str| {
        format!(r#"          "id": "meal-2", "measure": "meal", {keys} }}, {{{}{meal}"#, "\n")
    };
    for keys in [
        // Not less than 4 and not more than 6.
        r#""at-most": "6", "unit": "CNY/pupil/day", "days-per-year": "200", "better": "more""#,
        // Each person's own amount rises by 3 per cent.
        r#""increase": "3", "unit": "percent", "better": "more""#,
    ] {
        assert_eq!(changed(&[(EDITION, meal, &second(keys))]), Vec::<String>::new(), "{keys}");
    }
    let retroactive = "\"issued\": \"2021-04-20\",\n  \"effective\": \"2020-01-01\",\n  \"until\": \"2021-01-01\"";
    let edit = ("cn/2021/notice.instrument.json", "\"issued\": \"2021-04-20\"", retroactive);
    assert_eq!(changed(&[edit]), Vec::<String>::new());
}

/// Where since when the earlier value held is not on record, a raise goes further beyond the
/// place above only where it does so on every day on which it may have held.
#[test]
fn a_raise_is_beyond_the_parent_only_where_that_is_sure() {
    let rule = RULES.iter().find(|rule| rule.name == "unassessed-raise").unwrap();
    for (was, told) in [("4.5", true), ("5.5", false)] {
        let mut files = example(rule).files;
        files.remove("tianjin/2023/late.adjustment.json").unwrap();
        let path = "tianjin/2021/meals.adjustment.json";
        let text = String::from_utf8(files.remove(path).unwrap()).unwrap();
        let text = text.replace(r#""exactly": "5""#, r#""exactly": "6""#);
        let from = r#""from": "2022"#;
        assert!(text.contains(from));
        let text = text.replace(from, &format!(r#""was": "{was}", {from}"#));
        files.insert(path.to_owned(), text.into_bytes());
        let (_, report) = sample::check(files);
        let found = report.findings.iter().any(|finding| finding.rule == rule.name);
        assert_eq!(found, told, "6 after {was}, above 4 and, before April 2021, 3");
    }
}

/// A line that the next edition's copy does not show, because only a part of its text is on
/// record, is not known to be lowered: the parent's lower line is not put in its place.
#[test]
fn what_a_copy_in_part_does_not_show_is_not_lowered() {
    let standard = r#"{ "$schema": "../../../schemas/standard.json", "id": "tianjin/sample",
        "name": { "zh": "天津市示例标准" }, "implements": { "standard": "cn/sample", "versions": "^1" },
        "source": { "at": "示例", "verified": true } }"#;
    let place = r#"{ "$schema": "../../../schemas/jurisdiction.json", "id": "tianjin",
        "name": { "zh": "天津市" }, "level": "province", "code": "120000", "parent": "cn",
        "source": { "at": "示例", "verified": true } }"#;
    let meal = r#"{ "id": "school-meals", "name": { "zh": "农村义务教育学生营养膳食补助" },
        "category": "compulsory", "provisions": [ { "id": "meal", "at-least": "6",
        "unit": "CNY/pupil/day", "days-per-year": "200", "better": "more" } ],
        "source": { "at": "示例", "verified": true } }"#;
    let edition = |version: &str, more: &str, transcribed: &str, items: &str| {
        format!(
            r#"{{ "$schema": "../../../schemas/edition.json", "standard": "tianjin/sample",
            "version": "{version}", "name": {{ "zh": "天津市示例标准" }}, {more}
            "difference-from": "cn/sample@1.0.0", "transcribed": "{transcribed}",
            "source": {{ "at": "示例", "verified": true }}, "items": [ {items} ] }}"#
        )
    };
    let rules = |transcribed: &str| {
        let mut files = sample::base();
        for (path, text) in [
            ("tianjin/jurisdiction.json", place.to_owned()),
            ("tianjin/sample.standard.json", standard.to_owned()),
            ("tianjin/sample@1.0.0.edition.json", edition("1.0.0", "", "partial", meal)),
            (
                "tianjin/sample@1.1.0.edition.json",
                edition("1.1.0", r#""follows": "1.0.0","#, transcribed, ""),
            ),
        ] {
            files.insert(path.to_owned(), text.into_bytes());
        }
        let (_, report) = sample::check(files);
        report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules("none"), [""; 0]);
    assert_eq!(rules("partial"), [""; 0]);
    // A difference that is all on record says by what it leaves out that the parent's holds.
    assert_eq!(rules("full"), ["understated-version"]);
}

/// One slip in a document that others refer to is one finding: nothing is called missing
/// that stands there unread, misplaced or as a link.
#[test]
fn no_other_document_suffers() {
    let notice = "cn/2021/notice.instrument.json";
    for (path, from, to) in [
        (notice, "\"id\": \"cn/2021/notice\"", "\"id\": \"cn/2021/notise\""),
        (notice, "\"issued\": \"2021-04-20\"", "\"issued\": \"2021-4-20\""),
        ("cn/jurisdiction.json", "\"id\": \"cn\"", "\"id\": \"china\""),
        ("cn/jurisdiction.json", "\"level\": \"nation\"", "\"level\": \"national\""),
        ("cn/sample.standard.json", "\"id\": \"cn/sample\"", "\"id\": \"cn/simple\""),
    ] {
        let found = changed(&[(path, from, to)]);
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        assert!(found[0].starts_with(path), "{found:?}");
    }
}

/// A finding keeps its fingerprint when something is inserted above it or reworded, and
/// two findings have two.
#[test]
fn fingerprints_are_of_what_is_found() {
    let prints = |edits: &[(&str, &str, &str)]| {
        let mut files = sample::base();
        for (path, from, to) in edits {
            let text = String::from_utf8(files.remove(*path).unwrap()).unwrap();
            files.insert((*path).to_owned(), text.replacen(from, to, 1).into_bytes());
        }
        let (_, report) = sample::check(files);
        let mut prints: Vec<_> = report.findings.iter().map(|f| f.fingerprint()).collect();
        prints.sort();
        prints
    };
    let typo = (EDITION, "[\"cn/moe\", \"cn/mof\"]", "[\"cn/moe\", \"cn/moff\"]");
    let above = (
        EDITION,
        "\"label\": \"2021年版\",",
        "\"label\": \"2021年版\",\n  \"effective\": \"2021-05-01\",",
    );
    let reworded = (EDITION, "义务教育阶段学生", "义务教育学生");
    assert_eq!(prints(&[typo]).len(), 1);
    assert_eq!(prints(&[typo]), prints(&[typo, above, reworded]));
    let hidden = [
        (EDITION, "义务教育阶段免除", "义务\u{200b}教育\u{200b}阶段免除"),
        (EDITION, "普通高中", "普通\u{200b}高中"),
    ];
    let mut three = prints(&hidden);
    three.dedup();
    assert_eq!(three.len(), 3);
}

/// A document that is too large is one finding, and is not read any further.
#[test]
fn a_giant_is_refused_whole() {
    let mut files = sample::base();
    let giant = files.get_mut("registry.json").unwrap();
    giant.resize(jialiang_model::read::MOST_BYTES + 1, b' ');
    let (loaded, report) = sample::check(files);
    assert_eq!(sample::lines(&loaded, &report), ["registry.json:1:1 broken-encoding"]);
}
