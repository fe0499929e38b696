use jialiang_check::{RULES, Rule, Runs};
use jialiang_model::finding::Level;

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

/// The example registry of a rule's document, over the base, and what must be found.
fn example(rule: &Rule) -> (Files, Vec<String>) {
    let mut files = sample::base();
    let mut wanted = Vec::new();
    for (words, text) in blocks(rule.document) {
        match words.split_once(' ') {
            Some(("json", path)) => drop(files.insert(path.to_owned(), text.into_bytes())),
            Some(("raw", path)) => drop(files.insert(path.to_owned(), raw(&text))),
            Some(("gone", path)) => drop(files.remove(path).expect("it stands in the base")),
            _ if words == "findings" => wanted.extend(text.lines().map(str::to_owned)),
            _ => {}
        }
    }
    (files, wanted)
}

#[test]
fn the_base_is_silent() {
    let (loaded, report) = sample::check(sample::base());
    assert_eq!(sample::lines(&loaded, &report), Vec::<String>::new());
}

#[test]
fn what_a_document_promises_its_rule_finds() {
    for rule in RULES {
        let (files, wanted) = example(rule);
        assert!(!wanted.is_empty(), "{} promises no finding", rule.name);
        let (loaded, report) = sample::check(files);
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
        let (files, _) = example(rule);
        let (_, report) = sample::check(files);
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
