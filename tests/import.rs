use std::path::Path;

use jialiang_model::kind::{Document, Kind};
use jialiang_page::import::output::Output;

use crate::command::{copy, out};
use crate::sample;

/// Every table of the corpus, over the small registry: what is said of it, and with which
/// exit code.
#[test]
fn each_table_is_told_what_is_wrong_with_it() {
    let at = copy("import-corpus");
    let tables = sample::folder(&sample::root().join("tests/tables"));
    assert!(tables.len() > 20);
    let mut said = String::new();
    for (name, bytes) in &tables {
        std::fs::write(at.join(name), bytes).unwrap();
        let words = ["import", name, "--standard", "cn/sample", "--version", "1.1.0", "-n"];
        let (code, text) = out(&at, &words);
        let without_the_end = text.replace("试运行，没有写文件；去掉 -n 即写入登记库。\n", "");
        said += &format!("── {name} · {}\n{without_the_end}\n", code.unwrap());
    }
    insta::assert_snapshot!("tables", said);
    assert!(!at.join("cn/sample@1.1.0.edition.json").exists());
}

fn edition(path: &Path) -> jialiang_model::kind::Edition {
    let text = std::fs::read_to_string(path).unwrap();
    match Kind::Edition.read(&text).unwrap() {
        Document::Edition(edition) => *edition,
        _ => panic!("no edition"),
    }
}

/// The real editions as tables, and back: nothing is lost.
#[test]
fn the_real_editions_read_back_from_their_tables() {
    let root = sample::root();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import-real");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let schema = std::fs::read_to_string(root.join("schemas/import-output.json")).unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    let documents = sample::folder(&root.join("standards"));
    let editions = documents.keys().filter_map(|path| path.strip_suffix(".edition.json"));
    for (number, address) in editions.enumerate() {
        let (standard, version) = address.split_once('@').unwrap();
        for form in ["xlsx", "csv"] {
            let table = folder.join(format!("{number}.{form}"));
            let table = table.to_str().unwrap();
            let (code, text) = out(&root, &["show", address, "-o", table]);
            assert_eq!(code, Some(0), "{text}");
            let back = format!("{table}.json");
            let words = ["import", table, "--standard", standard, "--version", version];
            let (code, text) =
                out(&root, &[&words[..], &["-o", &back, "--format", "json"]].concat());
            assert_eq!(code, Some(0), "{address} {text}");
            let output: Output = serde_json::from_str(&text).unwrap();
            assert!(jsonschema::is_valid(&schema, &serde_json::from_str(&text).unwrap()));
            assert!(output.remarks.is_empty(), "{text}");
            let before = edition(&root.join(format!("standards/{address}.edition.json")));
            let mut after = edition(Path::new(&back));
            if before.draft.is_none() {
                assert_eq!(after.draft.take(), Some(true));
            }
            assert_eq!(after, before, "{address} {form}");
        }
    }
}

const TABLE: &str = "方面,类别,服务项目,服务对象,服务内容,服务标准,支出责任,牵头负责单位
学有所教,义务教育服务,义务教育阶段免除学杂费,义务教育阶段学生,免费教育,〔stage=primary〕不低于720元/生·年,中央财政和地方财政共同承担,教育部、财政部
学有所教,义务教育服务,农村义务教育学生营养膳食补助,农村学生,提供膳食,不低于5元/生·天（全年200天）,地方财政承担,教育部
学有所教,普通高中助学服务,普通高中国家助学金,学生,发放助学金,平均2000元/生·年（1000—3000元，分2—3档）,地方财政承担,教育部
";

/// A draft is written once, replaced where it is asked for, and no published edition ever.
#[test]
fn a_draft_is_written_and_nothing_else_is_touched() {
    let at = copy("import-writes");
    std::fs::write(at.join("表.csv"), TABLE).unwrap();
    let import = |version: &str, more: &[&str]| {
        let words = ["import", "表.csv", "--standard", "示例标准", "--version", version];
        out(&at, &[&words[..], more].concat())
    };
    let published = std::fs::read(at.join("cn/sample@1.0.0.edition.json")).unwrap();
    for more in [&[][..], &["--force"], &["-n"]] {
        let (code, text) = import("1.0.0", more);
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains("不是草案，不能替换"), "{text}");
    }
    assert_eq!(std::fs::read(at.join("cn/sample@1.0.0.edition.json")).unwrap(), published);

    let (code, text) = import("2.0.0", &["--label", "2023年版"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.ends_with("已写入 cn/sample@2.0.0.edition.json\n核对后运行：jialiang check cn/sample@2.0.0.edition.json\n"), "{text}");
    let draft = edition(&at.join("cn/sample@2.0.0.edition.json"));
    assert_eq!(draft.draft, Some(true));
    assert_eq!(draft.follows.as_ref().map(ToString::to_string).as_deref(), Some("1.0.0"));
    let ids: Vec<String> = draft
        .items
        .iter()
        .flat_map(|item| item.provisions.iter().map(move |p| format!("{}/{}", item.id, p.id)))
        .collect();
    assert_eq!(
        ids,
        ["tuition-waiver/per-pupil-primary", "school-meals/meal", "student-grant/grant"]
    );
    // It is in the one layout, and nothing is wrong with it.
    assert_eq!(out(&at, &["fmt", "--check"]).0, Some(0));
    let (code, text) = out(&at, &["check"]);
    assert_eq!(code, Some(0), "{text}");

    let (code, text) = import("2.0.0", &[]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("--force"), "{text}");
    assert_eq!(import("2.0.0", &["--force"]).0, Some(0));
}

#[test]
fn what_cannot_work_says_what_to_do() {
    let at = copy("import-fails");
    std::fs::write(at.join("表.csv"), TABLE).unwrap();
    let failed = |words: &[&str], zh: &str| {
        let (code, text) = out(&at, &[&["import"], words].concat());
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(zh), "{text}");
    };
    let version = ["--version", "2.0.0"];
    failed(&["没有.csv", "--standard", "cn/sample", version[0], version[1]], "没有.csv");
    failed(&["表.csv", "--standard", "cn/sampel", version[0], version[1]], "cn/sample");
    failed(&["表.csv", "--standard", "cn", version[0], version[1]], "不是一部标准");
    failed(&["表.csv", "--standard", "cn/sample", "--version", "1.1"], "“1.1”读不懂");
    failed(
        &["表.csv", "--standard", "cn/sample", version[0], version[1], "--sheet", "甲"],
        "CSV 文件没有工作表",
    );
    let left: Vec<_> = std::fs::read_dir(at.join("cn")).unwrap().collect();
    assert_eq!(
        left.len(),
        std::fs::read_dir(sample::root().join("tests/base/cn")).unwrap().count()
    );
}

/// A table that is not there is told in the words of every other file.
#[test]
fn a_table_that_is_not_there_is_told() {
    let at = copy("import-nofile");
    let words = ["import", "no.csv", "--standard", "cn/sample", "--version", "2.0.0", "-n"];
    assert_eq!(out(&at, &words), (Some(2), "错误：没有 no.csv 这个文件或文件夹\n".to_owned()));
    assert_eq!(out(&at, &["check", "no.csv"]), out(&at, &words));
}
