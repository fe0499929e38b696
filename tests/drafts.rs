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
/// An adjustment begins with a line as it was last printed, and the number that it is set to.
#[test]
fn an_adjustment_begins_with_its_line() {
    let at = copy("draft-adjustment");
    let new = |words: &[&str]| {
        let all = [&["new", "adjustment"], words].concat();
        out(&at, &all)
    };
    let first = ["--standard", "cn/sample", "--line", "school-meals/meal", "--from", "2021-autumn"];
    let source = ["--url", "https://example.org/a"];
    let (code, said) = new(&[&["cn/2022/meals"][..], &first, &["--to", "5"], &source].concat());
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!(read(&at, "cn/2022/meals.adjustment.json"));
    insta::assert_snapshot!(said);
    assert_eq!(wrong(&at), "");
    assert_eq!(out(&at, &["fmt", "--check", "-q"]), (Some(0), String::new()));
    // The next one begins where this one left the line.
    let (code, said) = new(&[&["cn/2023/meals"][..], &first, &source].concat());
    assert_eq!(
        (code, said.contains("“school-meals/meal”照现有记载抄来")),
        (Some(0), true),
        "{said}"
    );
    assert!(read(&at, "cn/2023/meals.adjustment.json").contains("\"at-least\": \"5\""));
    let (code, said) =
        new(&["cn/2024/x", "--standard", "cn/sample", "--line", "a/b", "--from", "2024"]);
    assert_eq!((code, said.contains("没有“a/b”")), (Some(2), true), "{said}");
    let (code, said) = new(&[&["cn/2024/x"][..], &first, &["--to", "5", "--to", "6"]].concat());
    assert_eq!((code, said.contains("只有 1 个 --line")), (Some(2), true), "{said}");
    let (code, said) = new(&[&["cn/2024/x"][..], &first, &["--to", "五"]].concat());
    assert_eq!(code, Some(2), "{said}");
}

/// A place without a line of its own begins with that of the nearest place above that writes
/// it, and is told whose it is; no number before is made up.
#[test]
fn an_adjustment_begins_with_the_line_of_the_nearest_place_above() {
    let at = copy("draft-inherited");
    let place = |id: &str, name: &str, level: &str, parent: &str| {
        let words = ["new", "place", id, "--name", name, "--level", level, "--parent", parent];
        let (code, said) = out(&at, &[&words[..], &["--url", "https://example.org/p"]].concat());
        assert_eq!((code, said.contains("followed")), (Some(0), true), "{said}");
    };
    place("hebei", "河北省", "province", "cn");
    place("baoding", "保定市", "prefecture", "hebei");
    let notice = read(&at, "cn/2021/notice.adjustment.json");
    let snack = notice.replace("\"meal\"", "\"snack\"").replace("      \"was\": \"3\",\n", "");
    for (id, number) in [("cn/2021/snack", "2"), ("hebei/2021/snack", "3")] {
        let text = snack.replace("\"id\": \"cn/2021/notice\"", &format!("\"id\": \"{id}\""));
        let text = text.replace("\"4\"", &format!("\"{number}\""));
        let path = at.join(format!("{id}.adjustment.json"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let new = |id: &str, line: &str| {
        let words = ["new", "adjustment", id, "--standard", "cn/sample", "--line", line];
        let rest = ["--from", "2026-11", "--to", "9", "--url", "https://example.org/a"];
        out(&at, &[&words[..], &rest].concat())
    };
    let (code, said) = new("baoding/2026/snack", "school-meals/snack");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("保定市没有自己的“school-meals/snack”，照河北省的那一条抄来"), "{said}");
    let text = read(&at, "baoding/2026/snack.adjustment.json");
    assert!(text.contains("\"at-least\": \"9\"") && !text.contains("\"was\""), "{text}");
    // What only an edition above prints is the nation's.
    let (code, said) = new("baoding/2026/meal", "school-meals/meal");
    assert_eq!((code, said.contains("照全国的那一条抄来")), (Some(0), true), "{said}");
    assert_eq!(wrong(&at), "");
    let (code, said) = new("baoding/2026/none", "school-meals/none");
    assert!(code == Some(2) && said.contains("school-meals/meal、school-meals/snack"), "{said}");
}

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
        (
            Some(2),
            "错误：cn/jurisdiction.json 已经有了，未改动；它写了什么：jialiang show cn；要改、要补单位（agencies），请直接编辑这份文档\n"
        )
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

/// Begins documents with a source, which must go well, and tells what was said.
fn begin(at: &Path, words: &[&str]) -> String {
    let (code, said) = out(at, &[&["new"], words, &["--at", "某处"]].concat());
    assert_eq!(code, Some(0), "{said}");
    said
}

/// What is said of a document that is not begun.
fn refused(at: &Path, words: &[&str]) -> String {
    let (code, said) = out(at, &[&["new"], words].concat());
    assert_eq!(code, Some(2), "{said}");
    said
}

fn hunan(at: &Path) {
    begin(
        at,
        &[
            "place",
            "hunan",
            "--name",
            "湖南省",
            "--level",
            "省级",
            "--parent",
            "cn",
            "--code",
            "430000",
        ],
    );
}

/// Another place's document is another document, however alike the two are written.
#[test]
fn a_guess_stays_in_its_place() {
    let at = copy("drafts-guess");
    hunan(&at);
    let said = refused(&at, &["edition", "hunan/sample@1.0.0", "--name", "甲"]);
    assert_eq!(
        said,
        "错误：登记库里没有标准“hunan/sample”；请先写下它：jialiang new standard hunan/sample --name … --implements cn/sample@^1\n"
    );
    let standard = ["standard", "hunan/sample", "--name", "甲", "--implements", "cn/sample"];
    begin(&at, &standard);
    let instrument = ["--instrument", "hunan/2021/notice"];
    let edition = [&["edition", "hunan/sample", "--name", "甲"][..], &instrument].concat();
    let said = refused(&at, &edition);
    assert!(said.contains("请先写下它：jialiang new instrument hunan/2021/notice"), "{said}");
    // Of the same place, the same name in another year.
    let edition = ["edition", "cn/sample", "--name", "甲", "--instrument", "cn/2020/notice"];
    assert!(refused(&at, &edition).contains("是否想写“cn/2021/notice”？"));
    let said = refused(&at, &["instrument", "hunen/2021/x", "--title", "甲"]);
    assert!(said.contains("是否想写“hunan”？") && said.contains("jialiang new place hunen"));
    assert!(!refused(&at, &["standard", "hainan/x", "--name", "甲"]).contains("是否"));
}

#[test]
fn what_is_there_already_is_told_with_what_to_do() {
    let at = copy("drafts-there");
    let said = refused(&at, &["standard", "cn/sample", "--name", "甲"]);
    assert!(said.contains("新的一版：jialiang new edition cn/sample"), "{said}");
    hunan(&at);
    let said =
        refused(&at, &["instrument", "hunan/2022/x", "--title", "甲", "--issuer", "hunan/ndrc"]);
    let line = r#""agencies": [{ "id": "ndrc", "name": { "zh": "…" } }],"#;
    assert!(said.contains("写在 source 之前") && said.contains(line), "{said}");
    // The line is right where it is put.
    let text = read(&at, "hunan/jurisdiction.json");
    let line = line.replace('…', "甲");
    let text = text.replace("\"source\"", &format!("{line}\n  \"source\""));
    std::fs::write(at.join("hunan/jurisdiction.json"), text).unwrap();
    assert_eq!(out(&at, &["fmt", "-q"]), (Some(0), String::new()));
    let instrument = [
        "instrument",
        "hunan/2022/x",
        "--title",
        "甲",
        "--issuer",
        "hunan/ndrc",
        "--issued",
        "2022",
    ];
    begin(&at, &instrument);
    let said =
        refused(&at, &["instrument", "hunan/2022/y", "--title", "甲", "--issuer", "hunan/moe"]);
    let line = r#"hunan/jurisdiction.json 的 agencies（… 换成单位全称），再运行一次：
  { "id": "moe", "name": { "zh": "…" } },"#;
    assert!(said.contains(line), "{said}");
    assert_eq!(wrong(&at), "");
}

/// A draft above counts where nothing is published yet, and a version that nobody has is told.
#[test]
fn a_standard_below_a_draft_answers_to_it() {
    let at = copy("drafts-below");
    hunan(&at);
    begin(&at, &["standard", "hunan/sample", "--name", "甲", "--implements", "cn/sample"]);
    let from = ["--difference-from", "cn/sample@1.0.0"];
    begin(&at, &[&["edition", "hunan/sample", "--name", "甲"][..], &from].concat());
    let place = ["place", "changsha", "--name", "长沙市", "--level", "地级", "--parent", "hunan"];
    begin(&at, &place);
    let said = begin(
        &at,
        &["standard", "changsha/sample", "--name", "乙", "--implements", "hunan/sample"],
    );
    assert!(said.contains("“hunan/sample”只有草案 1.0.0，按 ^1 写"), "{said}");
    assert!(read(&at, "changsha/sample.standard.json").contains(r#""versions": "^1""#));
    let said = begin(
        &at,
        &["standard", "changsha/other", "--name", "乙", "--implements", "hunan/sample@^2"],
    );
    assert!(said.contains("没有“hunan/sample”符合 ^2 的版本（现有 1.0.0（草案））"), "{said}");
    let said = begin(&at, &["edition", "changsha/other", "--name", "乙"]);
    assert!(said.contains("没有“hunan/sample”符合 ^2 的版本"), "{said}");
    // The names that the difference leaves to its parent are the parent's.
    let own = read(&at, "hunan/sample@1.0.0.edition.json");
    let item =
        r#"[{ "id": "school-meals", "name": { "zh": "湖南的营养膳食" }, "category": "CAT" }]"#;
    let cn: serde_json::Value = serde_json::from_str(&read(&at, crate::command::EDITION)).unwrap();
    let of = |id: &str| {
        cn["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone()
    };
    let item = item.replace("CAT", of("school-meals")["category"].as_str().unwrap());
    let own = own.replace("[]", &item).replace("\"none\"", "\"partial\"");
    std::fs::write(at.join("hunan/sample@1.0.0.edition.json"), own).unwrap();
    let said = begin(&at, &["edition", "changsha/sample", "--name", "乙"]);
    let all = cn["items"].as_array().unwrap().len();
    let names = format!("hunan/sample@1.0.0 的 1 个、cn/sample@1.0.0 的 {} 个", all - 1);
    assert!(said.contains(&names) && !said.contains("还没有名称"), "{said}");
    assert!(said.contains("--difference-from hunan/sample@1.0.0"), "{said}");
    let text = read(&at, "changsha/sample@1.0.0.edition.json");
    let name = of("tuition-waiver")["name"]["zh"].as_str().unwrap().to_owned();
    assert!(text.contains("湖南的营养膳食") && text.contains(&name), "{text}");
}

/// What check would find is refused, or told, before anything is written.
#[test]
fn what_check_would_find_is_told_before() {
    let at = copy("drafts-before");
    let label: serde_json::Value =
        serde_json::from_str(&read(&at, crate::command::EDITION)).unwrap();
    let label = label["label"].as_str().unwrap();
    let said = refused(&at, &["edition", "cn/sample", "--name", "甲", "--label", label]);
    assert!(said.contains(&format!("“{label}”已是 cn/sample@1.0.0 的通称")), "{said}");
    hunan(&at);
    begin(&at, &["standard", "hunan/alone", "--name", "甲", "--implements", "cn/sample@^2"]);
    let from = ["--difference-from", "cn/sample@1.0.0"];
    let said = refused(&at, &[&["edition", "hunan/alone", "--name", "甲"][..], &from].concat());
    assert!(said.contains("落实的是 cn/sample 的 ^2，不是 cn/sample@1.0.0"), "{said}");
    assert!(!at.join("hunan/alone@1.0.0.edition.json").exists());
    let said = begin(&at, &["edition", "cn/sample@0.9.0", "--name", "甲"]);
    assert!(said.contains("排在已有的 1.0.0 版之前"), "{said}");
}

/// A place is inside its parent and below it.
#[test]
fn a_place_is_not_begun_outside_its_parent() {
    let at = copy("drafts-inside");
    hunan(&at);
    let city = |rest: &[&'static str]| {
        [&["place", "changsha", "--name", "长沙市", "--parent", "hunan"][..], rest].concat()
    };
    let said = refused(&at, &city(&["--level", "province"]));
    assert!(said.contains("“湖南省”（hunan）是省级，它的下级不能是省级"), "{said}");
    let said = refused(&at, &city(&["--level", "prefecture", "--code", "440100"]));
    assert!(said.contains("440100 的前两位与上级“湖南省”（hunan）的 430000 不同"), "{said}");
    assert!(!at.join("changsha").exists());
    let said = begin(&at, &city(&["--level", "prefecture", "--code", "430102"]));
    assert!(said.contains("430102 是县级的代码，而这里写的是地级"), "{said}");
}

/// What people write by habit is answered with what to write.
#[test]
fn habits_are_answered_with_what_to_write() {
    let at = copy("drafts-habits");
    hunan(&at);
    let cases: [(&[&str], &str); 8] = [
        (
            &["place", "x", "--name", "长沙市", "--level", "地级", "--parent", "长沙市"],
            "--parent 的“长沙市”不是标识；写法如 nanjing\n",
        ),
        (
            &["place", "Changsha", "--name", "长沙市", "--level", "地级"],
            "“Changsha”不是标识；请写作 changsha\n",
        ),
        (&["standard", "湖南省/sample", "--name", "甲"], "是否指 hunan/sample？"),
        (&["edition", "湖南省/sample@1.0.0", "--name", "甲"], "是否指 hunan/sample@1.0.0？"),
        (&["city", "x"], "没有“city”这种文档\n可选：行政区划（place）、文件"),
        (
            &["place", "x", "--name", "", "--level", "地级"],
            "不能为空\n用法见 jialiang new place --help\n",
        ),
        (&["place", "x"], "用法见 jialiang new place --help\n"),
        (
            &["instrument", "cn/2024/x", "--title", "甲", "--issued", "2024年2月3日"],
            "请写作 2024-02-03\n",
        ),
    ];
    for (words, wanted) in cases {
        let said = refused(&at, words);
        assert!(said.contains(wanted), "{said}");
    }
}

/// A name is as good as an id where one thing on record bears it, and which is told.
#[test]
fn what_is_on_record_may_be_named() {
    let at = copy("drafts-named");
    hunan(&at);
    let words = ["place", "yuhua", "--name", "雨花区", "--level", "区县", "--parent", "湖南省"];
    let said = begin(&at, &words);
    assert!(said.contains("“湖南省”即 hunan"), "{said}");
    let text = read(&at, "yuhua/jurisdiction.json");
    assert!(text.contains("\"parent\": \"hunan\"") && text.contains("\"county\""), "{text}");
    let words = ["instrument", "hunan/2024/a", "--title", "甲", "--issuer", "全国/教育部"];
    let rest = ["--issuer", "全国/财政部"];
    let said = begin(&at, &[&words[..], &rest].concat());
    assert!(said.contains("“全国/教育部”即 cn/moe") && said.contains("cn/mof"), "{said}");
    begin(&at, &["standard", "hunan/sample", "--name", "甲", "--implements", "示例标准"]);
    let words = ["edition", "hunan/sample", "--name", "甲", "--difference-from", "示例标准@1.0.0"];
    let said = begin(&at, &words);
    assert!(said.contains("“示例标准@1.0.0”即 cn/sample@1.0.0"), "{said}");
    let words = ["instrument", "hunan/2024/b", "--title", "甲", "--issuer", "全国/水利部"];
    let said = refused(&at, &words);
    assert!(said.contains("“全国/水利部”不是"), "{said}");
}
