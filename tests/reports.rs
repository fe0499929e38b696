use jialiang_check::output::report::Output;

use crate::command::{copy, out};
use crate::sample;

#[test]
fn what_is_not_verified_is_listed_and_counted() {
    let at = copy("report-unverified");
    assert_eq!(out(&at, &["report", "unverified"]).1, "全部来源都已核对。\n");
    for path in [crate::command::EDITION, "cn/2021/notice.instrument.json"] {
        let text = std::fs::read_to_string(at.join(path)).unwrap();
        std::fs::write(at.join(path), text.replace("\"verified\": true", "\"verified\": false"))
            .unwrap();
    }
    let (code, text) = out(&at, &["report", "unverified"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(text, @r#"
    cn/2021/notice.instrument.json
       7  文件            关于印发示例标准的通知

    cn/sample@1.0.0.edition.json
      10  版本            示例标准（2021年版）
      42  tuition-waiver  义务教育阶段免除学杂费
      58  school-meals    农村义务教育学生营养膳食补助
      75  student-grant   普通高中国家助学金

    未核对 5 处；按类别：项目 3、版本 1、文件 1；按行政区划：cn 5。
    核对原文后，把该处的 "verified" 改为 true，再运行 jialiang check
    "#);
    // Every note of the rule is in it, and nothing else.
    let (_, json) = out(&at, &["report", "unverified", "--format", "json"]);
    let open = serde_json::from_str::<Output>(&json).unwrap().unverified.unwrap();
    let (_, checked) = out(&at, &["check", "--format", "json"]);
    let checked: jialiang_check::output::Output = serde_json::from_str(&checked).unwrap();
    let noted = checked.findings.iter().filter(|found| found.rule == "unverified").count();
    assert_eq!((open.count, open.entries.len()), (noted, noted));
    assert_eq!(open.by_kind.values().sum::<usize>(), noted);
    assert_eq!(open.by_sort.values().sum::<usize>(), noted);
    assert_eq!((open.by_sort["edition"], open.by_sort["item"]), (1, 3));
    assert_eq!(open.by_place.values().sum::<usize>(), noted);
    let (_, csv) = out(&at, &["report", "unverified", "--format", "csv"]);
    assert_eq!(csv.lines().count(), noted + 1);
}

#[test]
fn how_far_texts_are_transcribed_is_told_text_by_text() {
    let at = copy("report-coverage");
    for (lang, name) in [("zh", "coverage_zh"), ("en", "coverage_en")] {
        let (code, text) = out(&at, &["report", "coverage", "--lang", lang]);
        assert_eq!(code, Some(0));
        insta::assert_snapshot!(name, text);
    }
    let (_, part) = out(&at, &["report", "coverage", "cn/sample.standard.json"]);
    assert!(!part.contains("cn/sample@1.0.0"), "{part}");
    // What was asked for is printed all the same, without the sentences behind it.
    let (_, quiet) = out(&at, &["report", "coverage", "-q"]);
    assert!(quiet.contains("cn/sample@1.0.0") && !quiet.contains("jialiang report"), "{quiet}");
    let (_, csv) = out(&at, &["report", "coverage", "--format", "csv"]);
    assert!(csv.starts_with("\u{feff}版本或规划,通称,"), "{csv}");
    let (_, markdown) = out(&at, &["report", "coverage", "--format", "markdown"]);
    assert!(markdown.contains("| --- | --- |"), "{markdown}");
}

/// The machine output reads back into its types and follows its published schema.
#[test]
fn the_machine_output_keeps_its_word() {
    let root = sample::root();
    let schema = std::fs::read_to_string(root.join("schemas/report-output.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    for topic in ["unverified", "coverage"] {
        let (code, text) = out(&root, &["report", topic, "--format", "json"]);
        assert_eq!(code, Some(0));
        let output: Output = serde_json::from_str(&text).unwrap();
        assert_eq!(output.unverified.is_some(), topic == "unverified");
        assert_eq!(output.coverage.is_some(), topic == "coverage");
        assert!(jsonschema::is_valid(&schema, &serde_json::from_str(&text).unwrap()));
    }
}

#[test]
fn what_does_not_read_is_not_counted_in_silence() {
    let at = copy("report-unreadable");
    std::fs::write(at.join(crate::command::EDITION), "{").unwrap();
    for topic in ["unverified", "coverage"] {
        let (code, text) = out(&at, &["report", topic]);
        assert_eq!(code, Some(0));
        assert!(text.contains("1 份文档无法读取，未计入"), "{text}");
    }
}

/// On a narrow terminal each row is a block, and nothing is cut or wider than it.
#[test]
fn a_narrow_terminal_is_filled_and_not_overrun() {
    use unicode_width::UnicodeWidthStr;
    let root = sample::root();
    for topic in ["unverified", "coverage"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_jialiang"))
            .args(["report", topic, "--lang", "zh", "-q"])
            .current_dir(&root)
            .env("COLUMNS", "60")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let paths = text.lines().filter(|line| line.contains(".json"));
        assert_eq!(paths.count() > 0, topic == "unverified");
        for line in text.lines().filter(|line| !line.contains(".json")) {
            assert!(line.width() <= 60, "{line}");
        }
        assert!(!text.contains('…') && text.lines().count() > 20);
    }
}

/// A draft is marked, and a name without a translation has none made up.
#[test]
fn drafts_are_marked_and_translations_are_not_made_up() {
    let at = copy("report-draft");
    let path = at.join(crate::command::EDITION);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\"version\"", "\"draft\": true, \"version\"", 1)).unwrap();
    let (_, text) = out(&at, &["report", "coverage"]);
    let line = text.lines().find(|line| line.starts_with("cn/sample@1.0.0")).unwrap();
    assert!(line.contains("草案"), "{line}");
    let (_, json) = out(&at, &["report", "coverage", "--format", "json"]);
    let covered = serde_json::from_str::<Output>(&json).unwrap().coverage.unwrap();
    let text: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(covered.editions[0].name.en.as_deref(), text["name"]["en"].as_str());
    assert_eq!(covered.editions[0].draft, Some(true));
}
