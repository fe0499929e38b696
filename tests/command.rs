use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jialiang_check::output::Output as CheckOutput;

use crate::sample;

fn jialiang(at: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jialiang"))
        .args(words)
        .current_dir(at)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env_remove("COLUMNS")
        .env("LANG", "zh_CN.UTF-8")
        .output()
        .unwrap()
}

pub(crate) fn out(at: &Path, words: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = jialiang(at, words);
    let text = [stdout, stderr].concat();
    (status.code(), String::from_utf8(text).unwrap())
}

/// A copy of the base in a folder of its own.
pub(crate) fn copy(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (path, bytes) in sample::base() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

pub(crate) const EDITION: &str = "cn/sample@1.0.0.edition.json";

/// A copy with one thing changed in its edition.
fn broken(name: &str, from: &str, to: &str) -> PathBuf {
    let folder = copy(name);
    let path = folder.join(EDITION);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from));
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    folder
}

/// Where nobody hears what is wrong, the exit code still says it.
#[test]
fn a_closed_error_output_is_no_panic() {
    for words in [&["show", "不存在的东西"][..], &["nonsense"], &["list", "x"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = Command::new(env!("CARGO_BIN_EXE_jialiang"))
            .args(words)
            .current_dir(sample::root())
            .stdout(std::process::Stdio::null())
            .stderr(writer)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn the_real_registry_has_no_errors() {
    let root = sample::root();
    let (code, text) = out(&root, &["check"]);
    insta::assert_snapshot!("standards_zh", text);
    assert_eq!(code, Some(0));
    let (code, text) = out(&root, &["check", "standards", "--lang", "en"]);
    insta::assert_snapshot!("standards_en", text);
    assert_eq!(code, Some(0));
    assert_eq!(out(&root, &["fmt", "--check"]).0, Some(0));
}

/// What the two READMEs show is what is printed.
#[test]
fn the_readme_shows_what_is_printed() {
    let root = sample::root();
    for (readme, lang) in [("README.md", "en"), ("README.zh.md", "zh")] {
        let readme = std::fs::read_to_string(root.join(readme)).unwrap();
        let (_, printed) = out(&root, &["check", "--lang", lang]);
        assert!(readme.contains(printed.trim_end()), "{lang}");
        let gap = readme
            .split('$')
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
        assert!(!gap, "a place in the README for {lang} was never filled");
    }
}

#[test]
fn a_finding_shows_its_line_both_sides_and_the_way_out() {
    let at = broken("finding", "\"cn/moe\", \"cn/mof\"", "\"cn/moe\", \"cn/moff\"");
    let (code, text) = out(&at, &["check"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("finding_zh", text);
    let (_, text) = out(&at, &["check", "--lang", "en"]);
    insta::assert_snapshot!("finding_en", text);
}

#[test]
fn an_unreadable_document_is_explained_and_no_other_suffers() {
    let at = broken("unreadable", "\"at-least\": \"650\"", "\"at-least\": \"６５０\"");
    let instrument = at.join("cn/2021/notice.instrument.json");
    let text = std::fs::read_to_string(&instrument).unwrap();
    std::fs::write(&instrument, text.replace("[\"cn/moe\"]", "[\"cn/mo\"]")).unwrap();
    let (code, text) = out(&at, &["check"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("unreadable_zh", text);
}

/// The machine output reads back into its types and follows its published schema.
#[test]
fn the_machine_output_keeps_its_word() {
    let at = broken("machine", "\"better\": \"more\"", "\"bettr\": \"more\"");
    for words in
        [&["check", "--format", "json"][..], &["check", "--format", "json", "--lang", "en"]]
    {
        let (code, text) = out(&at, words);
        assert_eq!(code, Some(1));
        let output: CheckOutput = serde_json::from_str(&text).unwrap();
        let spot = &output.findings[0].place;
        assert_eq!((output.findings.len(), spot.line, spot.column), (1, 29, 11), "{text}");
        assert_eq!(output.skipped.len(), 1);
        let schema =
            std::fs::read_to_string(sample::root().join("schemas/check-output.json")).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        assert!(jsonschema::is_valid(&schema, &value));
    }
}

#[test]
fn the_command_says_why_it_cannot_work() {
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    std::fs::create_dir_all(&nowhere).unwrap();
    let lost = std::env::temp_dir();
    for (at, words, zh) in [
        (nowhere.as_path(), &["check", "absent"][..], "没有 absent 这个文件或文件夹"),
        (lost.as_path(), &["check", "."], "都没有 registry.json"),
        (nowhere.as_path(), &["rules", "missing-sauce"], "是否想写“missing-source”"),
        (nowhere.as_path(), &["chekc"], "没有“chekc”这个命令"),
    ] {
        let (code, text) = out(at, words);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(zh), "{text}");
    }
}

#[test]
fn a_part_shows_its_own_findings() {
    let at = broken("part", "\"cn/moe\", \"cn/mof\"", "\"cn/moe\", \"cn/moff\"");
    assert_eq!(out(&at, &["check", "cn"]).0, Some(1));
    assert_eq!(out(&at, &["check", EDITION]).0, Some(1));
    assert_eq!(out(&at, &["check", "cn/2021"]).0, Some(0));
    assert_eq!(out(&at.join("cn/2021"), &["check", "."]).0, Some(0));
    assert!(out(&at.join("cn/2021"), &["check"]).1.contains("../../cn/sample@1.0.0.edition.json:"));
}

#[test]
fn colour_is_asked_for() {
    let at = broken("colour", "\"cn/moe\", \"cn/mof\"", "\"cn/moe\", \"cn/moff\"");
    assert!(!out(&at, &["check"]).1.contains('\u{1b}'));
    assert!(out(&at, &["check", "--color", "always"]).1.contains('\u{1b}'));
}

#[test]
fn fmt_rewrites_only_what_is_not_in_the_one_layout() {
    let at = copy("fmt");
    let path = at.join(EDITION);
    let text = std::fs::read_to_string(&path).unwrap();
    let squeezed: serde_json::Value = serde_json::from_str(&text).unwrap();
    std::fs::write(&path, squeezed.to_string()).unwrap();
    let (code, said) = out(&at, &["fmt", "--check"]);
    assert_eq!(
        (code, said.contains("要改写：cn/sample@1.0.0.edition.json:1")),
        (Some(1), true),
        "{said}"
    );
    assert_eq!(out(&at, &["fmt"]).0, Some(0));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    assert_eq!(out(&at, &["fmt", "--check"]).0, Some(0));
    std::fs::write(&path, "{").unwrap();
    assert_eq!(out(&at, &["fmt"]).0, Some(1));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "{");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_no_document() {
    let at = copy("link");
    std::os::unix::fs::symlink(at.join(EDITION), at.join("cn/sample@1.0.1.edition.json")).unwrap();
    std::os::unix::fs::symlink("/", at.join("tianjin")).unwrap();
    let (code, text) = out(&at, &["check", "--lang", "en"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("cn/sample@1.0.1.edition.json is a symbolic link"), "{text}");
    assert!(text.contains("tianjin is a symbolic link"), "{text}");
    assert!(text.contains("2 errors"), "{text}");
}

/// Nothing that could be meant as a document is passed over in silence, and nothing that
/// is none is waited for.
#[cfg(unix)]
#[test]
fn nothing_is_passed_over() {
    let at = copy("passed-over");
    std::fs::rename(at.join(EDITION), at.join("cn/sample@1.0.0.edition.JSON")).unwrap();
    let deep = at.join("cn/a/b/c/d/e/f/g/h");
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("x.json"), "{").unwrap();
    std::fs::write(at.join("cn/README.md"), "read me").unwrap();
    std::os::unix::net::UnixListener::bind(at.join("cn/socket.standard.json")).unwrap();
    let (code, text) = out(&at, &["check", "--lang", "en"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("no document can stand at cn/sample@1.0.0.edition.JSON"), "{text}");
    assert!(text.contains("the folder cn/a/b/c/d/e/f/g/h stands too deep"), "{text}");
    assert!(text.contains("cn/socket.standard.json is no file"), "{text}");
    let (code, text) = out(&at, &["check", "cn/README.md"]);
    assert_eq!((code, text.contains("里没有文档")), (Some(2), true), "{text}");
}

/// The reference of the command, as people read it.
#[test]
fn the_reference() {
    let at = sample::root();
    for lang in ["zh", "en"] {
        let mut text = String::new();
        for words in [
            &["--help"][..],
            &["check", "--help"],
            &["fmt", "--help"],
            &["rules", "--help"],
            &["init", "--help"],
            &["merge-driver", "--help"],
            &["textconv", "--help"],
            &["new", "--help"],
            &["new", "place", "--help"],
            &["new", "instrument", "--help"],
            &["new", "standard", "--help"],
            &["new", "edition", "--help"],
            &["report", "--help"],
            &["completions", "--help"],
            &["man", "--help"],
            &["rules"],
        ] {
            let (code, said) = out(&at, &[words, &["--lang", lang]].concat());
            assert_eq!(code, Some(0));
            text += &format!("$ jialiang {}\n{said}\n", words.join(" "));
        }
        insta::assert_snapshot!(format!("reference_{lang}"), text);
    }
}

/// A part of a registry is shown as it was typed, not by way of itself.
#[test]
fn a_part_is_shown_without_a_way_round() {
    let at = broken("way-round", "\"cn/moe\", \"cn/mof\"", "\"cn/moe\", \"cn/moff\"");
    let above = at.parent().unwrap();
    let (_, text) = out(above, &["check", "way-round/cn"]);
    assert!(text.contains("way-round/cn/sample@1.0.0.edition.json"), "{text}");
    assert!(!text.contains("..") && text.contains("--registry way-round "), "{text}");
    let (_, text) = out(&at, &["check", "cn"]);
    assert!(
        text.contains(" cn/sample@1.0.0.edition.json") && !text.contains("--registry"),
        "{text}"
    );
    let (_, text) = out(&at.join("cn"), &["check", "."]);
    assert!(text.contains("../cn/sample@1.0.0.edition.json"), "{text}");
    let (_, text) = out(&at, &["check", "cn/../cn"]);
    assert!(text.contains(EDITION), "{text}");
}

/// How many notes were left out is the last thing that is said, with the command that lists
/// them all; those of one part are told in full.
#[test]
fn what_is_left_out_is_counted_at_the_end() {
    let at = sample::root();
    let (_, text) = out(&at, &["check", "--notes"]);
    let last = text.lines().last().unwrap();
    assert!(
        last.starts_with("还有 ") && last.ends_with("jialiang check --notes --limit 0"),
        "{last}"
    );
    let (_, text) = out(&at, &["check", "--notes", "standards/cn", "--lang", "en"]);
    assert!(text.matches("note[").count() > 100 && !text.contains("not listed"), "{text}");
    let words = ["check", "--notes", "standards/cn", "--limit", "9", "--lang", "en"];
    let (_, text) = out(&at, &words);
    let last = text.lines().last().unwrap();
    assert!(
        last.ends_with("to list them: jialiang check standards/cn --notes --limit 0"),
        "{last}"
    );
}
