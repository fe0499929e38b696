use std::io::ErrorKind;
use std::path::Path;

use jialiang_store::file::create;

use crate::command::{copy, out};

fn read(at: &Path, path: &str) -> String {
    std::fs::read_to_string(at.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What the check says of errors and warnings: nothing where all is well.
fn wrong(at: &Path) -> String {
    out(at, &["check", "-q", "--deny-warnings"]).1
}

/// A place, an instrument, a standard and an edition after each other: nothing is wrong with
/// what was given a source, and each is in the one layout.
#[test]
fn what_is_begun_with_a_source_is_well() {
    let at = copy("drafts");
    let from = ["--url", "https://example.org/a"];
    let all: [&[&str]; 4] = [
        &[
            "new",
            "place",
            "hebei",
            "--name",
            "河北省",
            "--level",
            "province",
            "--code",
            "130000",
            "--parent",
            "cn",
        ],
        &[
            "new",
            "instrument",
            "hebei/2022/notice",
            "--title",
            "关于某事的通知",
            "--issuer",
            "cn/moe",
            "--issued",
            "2022-05",
        ],
        &["new", "standard", "hebei/sample", "--name", "河北标准", "--implements", "cn/sample"],
        &[
            "new",
            "edition",
            "hebei/sample",
            "--name",
            "河北标准（一）",
            "--instrument",
            "hebei/2022/notice",
            "--difference-from",
            "cn/sample@1.0.0",
        ],
    ];
    for words in all {
        let (code, said) = out(&at, &[words, &from].concat());
        assert_eq!(code, Some(0), "{said}");
        assert!(
            said.starts_with("已写入 hebei/") && said.contains("jialiang check hebei/"),
            "{said}"
        );
    }
    assert_eq!(wrong(&at), "");
    assert_eq!(out(&at, &["fmt", "--check", "-q"]), (Some(0), String::new()));
    insta::assert_snapshot!(read(&at, "hebei/2022/notice.instrument.json"), @r#"
    {
      "$schema": "../../../../schemas/instrument.json",
      "id": "hebei/2022/notice",
      "title": { "zh": "关于某事的通知" },
      "issuers": ["cn/moe"],
      "issued": "2022-05",
      "source": { "url": "https://example.org/a", "verified": false, "note": "待核对" }
    }
    "#);
    insta::assert_snapshot!(read(&at, "hebei/sample@1.0.0.edition.json"), @r#"
    {
      "$schema": "../../../schemas/edition.json",
      "standard": "hebei/sample",
      "version": "1.0.0",
      "name": { "zh": "河北标准（一）" },
      "draft": true,
      "instrument": "hebei/2022/notice",
      "difference-from": "cn/sample@1.0.0",
      "transcribed": "none",
      "source": { "instrument": "hebei/2022/notice", "url": "https://example.org/a", "verified": false, "note": "待核对" },
      "items": []
    }
    "#);
    let standard = read(&at, "hebei/sample.standard.json");
    assert!(standard.contains(r#""implements": { "standard": "cn/sample", "versions": "^1" }"#));
}

/// Without a source none is made up: check tells until there is one.
#[test]
fn a_source_is_not_made_up() {
    let at = copy("drafts-bare");
    let place = ["new", "place", "hebei", "--name", "河北省", "--level", "province"];
    let (code, said) = out(&at, &place);
    assert_eq!((code, said.contains("还没有写来源")), (Some(0), true), "{said}");
    assert!(!read(&at, "hebei/jurisdiction.json").contains("source"));
    let found = wrong(&at);
    assert!(
        found.contains("[missing-source]") && found.contains("hebei/jurisdiction.json"),
        "{found}"
    );
}

#[test]
fn a_document_is_never_laid_over_another() {
    let at = copy("drafts-over");
    let before = read(&at, "cn/jurisdiction.json");
    let place = ["new", "place", "cn", "--name", "甲", "--level", "nation"];
    let (code, said) = out(&at, &place);
    assert_eq!(
        (code, said.as_str()),
        (Some(2), "错误：cn/jurisdiction.json 已经有了，未改动；要改请直接编辑，或换一个标识\n")
    );
    assert_eq!(read(&at, "cn/jurisdiction.json"), before);
    // What does not read is somebody's as well.
    std::fs::create_dir(at.join("hebei")).unwrap();
    std::fs::write(at.join("hebei/jurisdiction.json"), "{").unwrap();
    let place = ["new", "place", "hebei", "--name", "甲", "--level", "province"];
    assert_eq!(out(&at, &place).0, Some(2));
    assert_eq!(read(&at, "hebei/jurisdiction.json"), "{");
}

/// Of two that write the same file the second is told, and nothing is left beside it.
#[test]
fn a_file_is_begun_once() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("begun");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("new.json");
    create(&path, b"first").unwrap();
    assert_eq!(create(&path, b"second").unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&path).unwrap(), b"first");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

/// Names are looked up before anything is written.
#[test]
fn what_is_not_on_record_is_told_before_anything_is_written() {
    let at = copy("drafts-unknown");
    let cases: [(&[&str], &str); 8] = [
        (
            &["place", "hebei", "--name", "甲", "--level", "county", "--parent", "cnn"],
            "没有行政区划“cnn”",
        ),
        (
            &["instrument", "cn/2021/x", "--title", "甲", "--issuer", "cn/moff"],
            "没有单位“cn/moff”；是否想写“cn/mof”？",
        ),
        (&["instrument", "hebei/2021/x", "--title", "甲"], "请先写下它：jialiang new place hebei"),
        (
            &["instrument", "cn/2021/x", "--title", "甲", "--issued", "2021-13"],
            "--issued 的“2021-13”不是日期",
        ),
        (
            &["standard", "cn/y", "--name", "甲", "--implements", "cn/smaple"],
            "没有标准“cn/smaple”；是否想写“cn/sample”？",
        ),
        (&["edition", "cn/smaple", "--name", "甲"], "是否想写“cn/sample”？"),
        (
            &["edition", "cn/sample", "--name", "甲", "--difference-from", "cn/sample@9.0.0"],
            "没有“cn/sample@9.0.0”这一版",
        ),
        (
            &["edition", "cn/sample", "--name", "甲", "--instrument", "cn/2021/notise"],
            "是否想写“cn/2021/notice”？",
        ),
    ];
    for (words, said) in cases {
        let (code, text) = out(&at, &[&["new"], words].concat());
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(said), "{text}");
    }
    assert!(!at.join("hebei").exists() && !at.join("cn/2021/x.instrument.json").exists());
    assert!(!at.join("cn/sample@1.1.0.edition.json").exists());
}

/// With an edition before, a new one begins as a copy in which nothing counts as verified.
#[test]
fn a_later_edition_begins_as_a_copy_of_the_one_before() {
    let at = copy("drafts-later");
    let old =
        read(&at, crate::command::EDITION).replace("\"verified\": false", "\"verified\": true");
    std::fs::write(at.join(crate::command::EDITION), &old).unwrap();
    let edition = ["new", "edition", "cn/sample", "--name", "样本（二）", "--at", "草案"];
    let (code, said) = out(&at, &edition);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("抄自前一版 1.0.0 的"), "{said}");
    let new = read(&at, "cn/sample@1.1.0.edition.json");
    assert!(new.contains(r#""follows": "1.0.0""#) && new.contains(r#""draft": true"#), "{new}");
    assert!(old.contains(r#""verified": true"#) && !new.contains(r#""verified": true"#), "{new}");
    let (_, told) = out(&at, &["diff", "cn/sample@1.0.0", "cn/sample@1.1.0"]);
    assert!(told.contains("没有可归类的变化"), "{told}");
    assert_eq!(wrong(&at), "");
}

/// A whole text below a standard begins with the names that the standard above has.
#[test]
fn a_whole_text_begins_with_the_names_of_the_taxonomy() {
    let at = copy("drafts-whole");
    let from = ["--at", "某处"];
    let place = ["new", "place", "hebei", "--name", "河北省", "--level", "province"];
    let standard = ["new", "standard", "hebei/s", "--name", "标准", "--implements", "cn/sample@^1"];
    let edition = ["new", "edition", "hebei/s@2.0.0", "--name", "标准（一）"];
    for words in [&place[..], &standard, &edition] {
        assert_eq!(out(&at, &[words, &from].concat()).0, Some(0));
    }
    let parent: serde_json::Value =
        serde_json::from_str(&read(&at, crate::command::EDITION)).unwrap();
    let own: serde_json::Value =
        serde_json::from_str(&read(&at, "hebei/s@2.0.0.edition.json")).unwrap();
    let names = |edition: &serde_json::Value| {
        let items = edition["items"].as_array().unwrap().iter();
        items.map(|item| (item["id"].clone(), item["name"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(names(&own), names(&parent));
    assert!(own["items"][0].get("provisions").is_none());
    assert_eq!(wrong(&at), "");
}
