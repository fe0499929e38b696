use std::path::Path;

use jialiang_check::output::look::{Find, List};

use crate::command::{copy, out};
use crate::sample;

fn schema(name: &str) -> serde_json::Value {
    let path = sample::root().join(format!("schemas/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is printed for programs reads back, and its schema accepts it.
fn read<T: serde::de::DeserializeOwned>(at: &Path, words: &[&str], name: &str) -> T {
    let (_, text) = out(at, &[words, &["--format", "json"]].concat());
    assert!(jsonschema::is_valid(&schema(name), &serde_json::from_str(&text).unwrap()), "{text}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn what_there_is_is_listed_in_columns() {
    let at = copy("look-list");
    let (code, text) = out(&at, &["list"]);
    assert_eq!(code, Some(0));
    assert!(text.lines().any(|line| line == "服务项目  3     jialiang list items"), "{text}");
    let (code, text) = out(&at, &["list", "editions"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("list_editions_zh", text);
    let (_, text) = out(&at, &["list", "provisions", "cn/school-meals", "--lang", "en"]);
    insta::assert_snapshot!("list_provisions_en", text);
    // Its kind may be said in Chinese, and what it must belong to by name.
    let by_name = out(&at, &["list", "服务标准", "农村义务教育学生营养膳食补助", "--lang", "en"]);
    assert_eq!(by_name.1, text);
    let (code, text) = out(&at, &["list", "projects", "cn/sample@1.0.0"]);
    assert_eq!((code, &*text), (Some(0), "没有保障工程。各类的数量见 jialiang list\n"));
}

#[test]
fn a_kind_that_is_none_is_asked_back_in_the_language() {
    let at = copy("look-kinds");
    let (code, text) = out(&at, &["list", "项目"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("不能是“项目”\n是否想写“服务项目”？"), "{text}");
    let (_, text) = out(&at, &["find", "x", "--kind", "东西"]);
    assert!(text.contains("可选：行政区划（place）、文件（instrument）、"), "{text}");
    let (_, text) = out(&at, &["list", "东西", "--lang", "en"]);
    assert!(text.contains("possible: places, instruments, "), "{text}");
    for (chinese, english) in [("服务项目", "items"), ("行政区划", "place"), ("指标", "indicator")]
    {
        assert_eq!(out(&at, &["list", chinese]), out(&at, &["list", english]));
    }
}

#[test]
fn a_list_for_programs_and_for_spreadsheets() {
    let at = copy("look-list-formats");
    let list: List = read(&at, &["list", "items"], "list-output");
    assert_eq!(list.counts.get("item"), Some(&3));
    let addresses: Vec<&str> = list.rows.iter().map(|row| &*row.address).collect();
    assert_eq!(addresses[..2], ["cn/sample@1.0.0#tuition-waiver", "cn/sample@1.0.0#school-meals"]);
    assert_eq!(list.rows[1].details.get("category").map(String::as_str), Some("compulsory"));
    let (_, text) = out(&at, &["list", "places", "--format", "csv"]);
    assert!(text.starts_with("\u{feff}地址,名称,层级,代码,上级\r\ncn,"), "{text:?}");
    // Nothing to list is no reason to leave the head out for programs.
    let none: List = read(&at, &["list", "items", "--place", "cn"], "list-output");
    assert_eq!(none.rows.len(), 3);
}

#[test]
fn what_is_found_is_told_with_its_address_and_line() {
    let at = copy("look-find");
    let (code, text) = out(&at, &["find", "營養", "膳食"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("find_zh", text);
    let (_, text) = out(&at, &["find", "营养", "--color", "always"]);
    assert!(text.contains("学生\u{1b}[1;31m营养\u{1b}[0m膳食"), "{text}");
    let found: Find = read(&at, &["find", "school-meals", "--kind", "item"], "find-output");
    assert_eq!(found.found, 1);
    let hit = &found.hits[0];
    assert_eq!((&*hit.address, hit.rank.as_str()), ("cn/sample@1.0.0#school-meals", "id"));
    let bytes = std::fs::read_to_string(at.join(&hit.place.document)).unwrap();
    assert!(bytes.lines().nth(hit.place.line - 1).unwrap().contains("\"id\": \"school-meals\""));
}

#[test]
fn what_is_not_found_is_an_exit_code_and_a_question() {
    let at = copy("look-none");
    let (code, text) = out(&at, &["find", "营养膳食捕助"]);
    assert_eq!(code, Some(1));
    assert!(
        text.starts_with("没有找到“营养膳食捕助”。是否要找：\n  cn/sample@1.0.0#school-meals  "),
        "{text}"
    );
    let (code, text) = out(&at, &["find", "qqqq", "--lang", "en"]);
    assert_eq!(code, Some(1));
    assert_eq!(
        text,
        "Nothing holds `qqqq`. Try other words, or jialiang list for what there is.\n"
    );
    let none: Find = read(&at, &["find", "营养膳食捕助"], "find-output");
    assert_eq!((none.found, none.hits.len(), none.near.is_empty()), (0, 0, false));
    let (code, text) = out(&at, &["find", "义务教育", "--limit", "1"]);
    assert_eq!(code, Some(0));
    assert!(text.contains("条；全部列出：--limit 0\n"), "{text}");
}

#[test]
fn a_name_that_means_several_things_is_asked_back() {
    let at = copy("look-ambiguous");
    let second = at.join("cn/second.standard.json");
    let first = std::fs::read_to_string(at.join("cn/sample.standard.json")).unwrap();
    std::fs::write(second, first.replace("cn/sample", "cn/second")).unwrap();
    let name = "示例标准";
    let (code, text) = out(&at, &["list", "editions", name]);
    assert_eq!(code, Some(2));
    assert_eq!(
        text,
        format!(
            "错误：“{name}”所指不止一个，请写出地址：\n  cn/sample  {name}\n  cn/second  {name}\n"
        )
    );
    let (code, text) = out(&at, &["blame", "cn/sampel@1.0.0", "--lang", "en"]);
    assert_eq!(code, Some(2));
    assert!(text.starts_with("error: nothing on record is called `cn/sampel@1.0.0`; did you mean:\n  cn/sample@1.0.0 "), "{text}");
}

#[test]
fn labels_agencies_and_addresses_lead_somewhere() {
    let root = sample::root();
    let edition = "cn/basic-public-services@1.1.0";
    let (code, text) = out(&root, &["show", "2023年版"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("所指不止一个，请写出地址：\n") && text.contains(edition), "{text}");
    let place = out(&root, &["show", "cn"]);
    for agency in ["cn/ndrc", "国家发展改革委", "全国/国家发展改革委"] {
        assert_eq!(out(&root, &["show", agency]), place, "{agency}");
    }
    // What is asked of an agency is not answered of its place.
    let (code, text) = out(&root, &["log", "cn/ndrc", "--lang", "en"]);
    assert_eq!(code, Some(2));
    assert!(text.starts_with("error: `cn/ndrc` is an agency, "), "{text}");
    assert!(text.contains("\n  cn  "), "{text}");
    for (word, address) in [
        (edition, edition),
        ("cn/basic-public-services@2023年版", edition),
        ("1.1.0", edition),
        (&*format!("{edition}#school-meals"), &*format!("{edition}#school-meals")),
        ("school-meals/meal", "#school-meals/meal"),
        ("ndrc", "cn  "),
        ("cn/ndrc", "cn  "),
    ] {
        let (code, text) = out(&root, &["find", word]);
        assert_eq!(code, Some(0), "{word}: {text}");
        assert!(text.lines().any(|line| line.contains(address)), "{word}: {text}");
    }
}

#[test]
fn two_editions_are_compared_by_name() {
    let root = sample::root();
    let by_name = ["国家基本公共服务标准@2021年版", "国家基本公共服务标准（2023年版）"];
    let by_id = ["cn/basic-public-services@1.0.0", "cn/basic-public-services@1.1.0"];
    let diff = |sides: [&str; 2]| out(&root, &["diff", sides[0], sides[1]]);
    assert_eq!(diff(by_name), diff(by_id));
    let (code, text) = out(&root, &["diff", "国家基本公共服务标谁@2021年版", by_id[1]]);
    assert_eq!(code, Some(2));
    assert!(text.contains("是否指："), "{text}");
}
