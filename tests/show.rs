use std::path::{Path, PathBuf};

use jialiang_page::output::Output;

use crate::command::{EDITION, copy, out};
use crate::sample;

/// A copy of the base and of its specimens, with an edition that is written as a difference.
fn registry(name: &str) -> PathBuf {
    let at = copy(name);
    let text = std::fs::read_to_string(at.join(EDITION)).unwrap();
    let own = text
        .replace("\"1.0.0\"", "\"1.1.0\"")
        .replace("\"2021年版\"", "\"2023年版\"")
        .replace("（2021年版）", "（2023年版）")
        .replace(
            "\"instrument\": \"cn/2021/notice\",\n  \"transcribed\"",
            "\"follows\": \"1.0.0\",\n  \"difference-from\": \"cn/sample@1.0.0\",\n  \"transcribed\"",
        )
        .replace("\"exactly\": \"4\"", "\"exactly\": \"5\"")
        .replace("\"at-least\": \"4\"", "\"at-least\": \"5\"");
    let mut value: serde_json::Value = serde_json::from_str(&own).unwrap();
    value["items"].as_array_mut().unwrap().retain(|item| item["id"] == "school-meals");
    let head = "cn/sample@1.1.0.edition.json";
    std::fs::write(at.join(head), value.to_string()).unwrap();
    assert_eq!(out(&at, &["fmt"]).0, Some(0));
    at
}

fn shown(at: &Path, words: &[&str]) -> String {
    let (code, text) = out(at, &[&["show"], words].concat());
    assert_eq!(code, Some(0), "{words:?}: {text}");
    text
}

const ADDRESSES: [&str; 15] = [
    "cn",
    "cn/2021/notice",
    "cn/2021/notice.adjustment.json",
    "cn/sample",
    "cn/sample@1.0.0",
    "cn/sample@2023年版",
    "cn/sample@1.1.0#school-meals",
    "cn/sample@1.1.0#school-meals/meal",
    "cn/sample-plan",
    "cn/sample-plan#education",
    "cn/sample-plan#education/quality",
    "cn/sample-plan#preschool",
    "cn/sample-crosswalk",
    "cn/sample-figures",
    "cn/sample-figures#preschool",
];

#[test]
fn there_is_a_page_of_everything_in_both_languages() {
    let at = registry("show-all");
    for lang in ["zh", "en"] {
        let pages = ADDRESSES.map(|address| shown(&at, &[address, "--lang", lang]));
        insta::assert_snapshot!(format!("human_{lang}"), pages.join("\n\n"));
    }
}

#[test]
fn a_document_says_the_same_in_every_format() {
    let at = registry("show-formats");
    for format in ["html", "markdown", "csv"] {
        let pages = ["cn/sample@1.0.0", "cn/sample@1.1.0#school-meals"]
            .map(|address| shown(&at, &[address, "--format", format]));
        insta::assert_snapshot!(format!("{format}_zh"), pages.join("\n\n"));
    }
}

/// Every operation is a line that people read, and so is what a place follows, and what an
/// edition enacts and sets aside.
#[test]
fn what_is_changed_is_said_in_words() {
    let at = copy("show-changes");
    for (path, bytes) in sample::folder(&sample::root().join("tests/specimens/sample")) {
        let path = at.join("sample").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let addresses = ["sample/2022/rise", "cn/2021/notice", "sample", "sample/services@1.1.0"];
    for lang in ["zh", "en"] {
        let pages = addresses.map(|address| shown(&at, &[address, "--lang", lang]));
        insta::assert_snapshot!(format!("changes_{lang}"), pages.join("\n\n"));
    }
    let markdown = shown(&at, &["sample/2022/rise", "--format", "markdown"]);
    let line = "生均公用经费（age=6-11,stage=primary）";
    assert!(!markdown.contains(line) && markdown.contains("由 650 调整为 720 元/生·年"));
    let (code, listed) = out(&at, &["list", "调整", "--place", "sample"]);
    assert_eq!(code, Some(0), "{listed}");
    insta::assert_snapshot!("changes_list_zh", listed);
    let (_, found) = out(&at, &["find", "放学后托管"]);
    insta::assert_snapshot!("changes_find_zh", found);
}

/// An empty folder beside a registry, as one names it from there.
fn beside(at: &Path) -> String {
    let name = format!("{}-pages", at.file_name().unwrap().to_str().unwrap());
    let folder = at.with_file_name(&name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(folder).unwrap();
    format!("../{name}")
}

/// Whatever is shown can be shown in every format, in both languages.
#[test]
fn there_is_every_page_in_every_format() {
    let at = registry("show-every");
    let pages = beside(&at);
    for address in ADDRESSES {
        for format in ["html", "csv", "xlsx", "markdown"] {
            for lang in ["zh", "en"] {
                let file = format!("{pages}/page.{lang}.{format}");
                let words = [address, "--format", format, "--lang", lang, "--force", "-o", &file];
                shown(&at, &words);
                assert!(std::fs::metadata(at.join(&file)).unwrap().len() > 100, "{words:?}");
            }
        }
    }
}

/// The machine output reads back into its types and follows its published schema.
#[test]
fn the_page_as_data_keeps_its_word() {
    let at = registry("show-json");
    let schema = std::fs::read_to_string(sample::root().join("schemas/show-output.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for address in ADDRESSES {
        let text = shown(&at, &[address, "--format", "json"]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(validator.is_valid(&value), "{address}");
        let output: Output = serde_json::from_str(&text).unwrap();
        for table in &output.page.tables {
            for row in &table.rows {
                if let jialiang_page::output::Row::Line(line) = row {
                    assert_eq!(line.cells.len(), table.columns.len(), "{address} {}", table.id);
                    let lead = line.address.as_deref();
                    assert!(lead.is_none_or(|to| out(&at, &["show", to]).0 == Some(0)), "{lead:?}");
                }
            }
        }
    }
}

/// A difference lists its own; with `--whole` it lists what it takes over too, and no data that
/// would read back as its own.
#[test]
fn a_difference_can_be_completed() {
    let at = registry("show-whole");
    let own = shown(&at, &["cn/sample@1.1.0", "--format", "csv"]);
    let whole = shown(&at, &["cn/sample@1.1.0", "--format", "csv", "--whole"]);
    let rows = |text: &str| text.matches("义务教育服务").count();
    assert_eq!((rows(&own), rows(&whole)), (1, 2));
    assert!(own.contains("difference-from") && !whole.contains("difference-from"));
    let page = shown(&at, &["cn/sample@1.1.0", "--whole"]);
    assert!(page.contains("1↑") && page.contains("\n2 "), "{page}");
    assert!(page.contains("普通高中国家助学金") && page.contains("不低于5"), "{page}");
}

#[test]
fn nothing_in_a_document_is_markup() {
    let at = copy("show-markup");
    let path = at.join(EDITION);
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replace("义务教育阶段学生\"", "<script>alert(1)</script>&amp;\"");
    let text = text.replace("\"普通高中国家助学金\"", "\"=cmd|'/c calc'!A1\"");
    std::fs::write(&path, text).unwrap();
    let page = shown(&at, &["cn/sample@1.0.0", "--format", "html"]);
    assert!(!page.contains("<script") && page.contains("&#60;script&#62;"), "{page}");
    assert!(page.contains("&#38;amp;"), "{page}");
    for outside in ["<link", "<img", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    let page = shown(&at, &["cn/sample@1.0.0", "--format", "markdown"]);
    assert!(!page.contains("<script"), "{page}");
    let table = shown(&at, &["cn/sample@1.0.0", "--format", "csv"]);
    assert!(table.contains(",'=cmd|'/c calc'!A1,"), "{table}");
    assert!(table.starts_with("\u{feff}方面,类别,服务项目,"), "{table}");
    assert!(table.replace("\r\n", "").lines().count() > 1 && table.ends_with("\r\n"));
}

#[test]
fn a_file_is_written_wholly_and_its_name_tells_the_format() {
    let at = copy("show-files");
    let pages = beside(&at);
    let written = |file: &str| {
        let file = &format!("{pages}/{file}");
        let said = shown(&at, &["cn/sample@1.0.0", "-o", file]);
        assert_eq!(said, format!("已写入 {file}\n"));
        std::fs::read(at.join(file)).unwrap()
    };
    assert!(written("表.html").starts_with(b"<!DOCTYPE html>"));
    assert!(written("表.csv").starts_with("\u{feff}方面".as_bytes()));
    assert!(written("表.md").starts_with("# 示例标准".as_bytes()));
    assert!(written("表.json").starts_with(b"{"));
    assert!(written("表.txt").starts_with("示例标准（2021年版）\n".as_bytes()));
    let book = written("表.xlsx");
    assert!(book.starts_with(b"PK"));
    // A second later the same table is the same bytes.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(written("表.xlsx"), book);
    let (code, said) = out(&at, &["show", "cn", "-o", "../no-such-folder/cn.html"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("无法写入 ../no-such-folder/cn.html：没有 ../no-such-folder 这个文件夹"),
        "{said}"
    );
    let left = std::fs::read_dir(at.join(&pages)).unwrap();
    let left = left.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().ends_with(".new"));
    assert_eq!(left.count(), 0);
}

/// Neither a document nor anything else that is not such a page is lost to a page.
#[test]
fn a_page_replaces_nothing_but_a_page() {
    let at = copy("show-replace");
    let pages = beside(&at);
    let document = std::fs::read(at.join(EDITION)).unwrap();
    for file in [EDITION, "cn/new.html", "../show-replace/page.csv", "page.md", "new/page.md"] {
        for force in [&[][..], &["--force"]] {
            let words = [&["show", "cn", "--format", "json", "-o", file][..], force].concat();
            let (code, said) = out(&at, &words);
            assert_eq!(code, Some(2), "{file}");
            assert!(said.contains(&format!("{file} 在登记库")), "{said}");
        }
    }
    assert_eq!(std::fs::read(at.join(EDITION)).unwrap(), document);
    let file = &format!("{pages}/a");
    for (ending, foreign) in [
        ("json", "{\"name\": \"x\"}"),
        ("csv", "a,b\n"),
        ("html", "<p>"),
        ("md", "# 说明\n"),
        ("txt", "说明\n"),
        ("xlsx", "说明\n"),
    ] {
        let file = &format!("{file}.{ending}");
        std::fs::write(at.join(file), foreign).unwrap();
        let (code, said) = out(&at, &["show", "cn/sample", "-o", file, "--lang", "en"]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("replace it with --force"), "{said}");
        assert_eq!(std::fs::read(at.join(file)).unwrap(), foreign.as_bytes());
        shown(&at, &["cn/sample", "-o", file, "--force"]);
        // What is such a page already is made anew.
        shown(&at, &["cn/sample", "-o", file]);
        assert_ne!(std::fs::read(at.join(file)).unwrap(), foreign.as_bytes());
    }
}

#[test]
fn a_file_whose_name_tells_no_format_is_not_written() {
    let at = copy("show-names");
    let pages = beside(&at);
    for file in ["表.xls", "表.docx", "noext"] {
        let file = &format!("{pages}/{file}");
        let (code, said) = out(&at, &["show", "cn", "-o", file]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.starts_with(&format!("错误：{file}：看不出")), "{said}");
        assert!(!at.join(file).exists());
        shown(&at, &["cn", "-o", file, "--format", "html"]);
        assert!(at.join(file).exists());
    }
    // What is to be printed makes no file.
    assert_eq!(shown(&at, &["cn", "-o", "-"]), shown(&at, &["cn"]));
    assert!(!at.join("-").exists());
}

#[test]
fn what_is_not_there_is_told_with_what_is_near() {
    let at = registry("show-missing");
    for (words, zh) in [
        (["show", "cn/sampel@1.0.0"], "cn/sample@1.0.0"),
        (["show", "不存在的东西"], "登记库里没有“不存在的东西”"),
    ] {
        let (code, text) = out(&at, &words);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(zh), "{text}");
    }
    std::fs::write(at.join(EDITION), "{").unwrap();
    let (code, text) = out(&at, &["show", "cn/sample@1.0.0"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("读不懂"), "{text}");
}

/// A narrow terminal gets a block for each item, a wide one columns; no line is wider than it.
#[test]
fn a_page_keeps_to_the_width_of_the_terminal() {
    let at = registry("show-width");
    for columns in ["60", "100", "160"] {
        for address in ADDRESSES {
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_jialiang"))
                .args(["show", address, "--lang", "zh"])
                .current_dir(&at)
                .env("COLUMNS", columns)
                .output()
                .unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(!text.contains('\u{1b}'), "{address}");
            // What stands above the tables is told as it is.
            for line in text.lines().skip(2) {
                let wide = line.chars().map(|c| if c as u32 > 0x2e7f { 2 } else { 1 });
                let wide: usize = wide.sum();
                assert!(wide <= columns.parse().unwrap(), "{address}: {line}");
            }
        }
    }
    let words = ["show", "cn/sample@1.0.0", "--lang", "zh"];
    assert!(out(&at, &words).1.contains("服务项目"));
}
