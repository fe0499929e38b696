//! Tables that a hurried person makes, of which nothing may be lost or taken for what it is not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use jialiang_model::item::Transcribed;
use jialiang_model::provision::Form;
use rust_xlsxwriter::{Format, Workbook};

use super::tests::{TWO, edition, imported, into, on_record, on_record_as, registry, with_lines};
use super::*;
use crate::csv;
use crate::official::Official;

/// The provisions of a table's first item, words as 文字, and its remarks on them.
fn lines_of(item: &str, cell: &str) -> (Vec<String>, Vec<(Grade, String)>) {
    let text = format!("类别,服务项目,服务标准\n义务教育,{item},\"{cell}\"\n");
    let read = imported(text.as_bytes(), &registry());
    let line = |one: &jialiang_model::provision::Provision| match &one.form {
        Form::Words(words) => format!("文字 {}", words.zh),
        _ => crate::line::zh(one),
    };
    let told = read.remarks.iter().map(|r| (r.grade, r.why.zh.clone())).collect();
    (read.edition.items[0].provisions.iter().map(line).collect(), told)
}

/// A number that stands beside half a sentence is not read.
#[test]
fn a_sentence_over_two_lines_is_no_amount() {
    for (cell, wanted) in [
        ("每人每月不低于\n600元（多者优）", ["文字 每人每月不低于", "文字 600元（多者优）"]),
        ("城市每人每月1\n200元", ["文字 城市每人每月1", "文字 200元"]),
        ("每人每月600元（多者优）\n左右", ["文字 每人每月600元（多者优）", "文字 左右"]),
        // A stop, a name or a number of a list begins anew.
        ("提供服务。\n600元/人·月（多者优）", ["文字 提供服务。", "600元/人·月"]),
        ("提供服务\n城市：600元/人·月（多者优）", ["文字 提供服务", "城市：600元/人·月"]),
        ("提供服务\n（2）600元/人·月（多者优）", ["文字 提供服务", "600元/人·月"]),
    ] {
        let (lines, told) = lines_of("补助", cell);
        assert_eq!(lines, wanted, "{cell}");
        assert!(told.iter().all(|(grade, _)| *grade == Grade::Unread), "{told:?}");
    }
}

#[test]
fn names_do_not_hide_what_a_number_means() {
    for line in [
        "取消：720元/人·月（多者优）",
        "原标准：720元/人·月（多者优）",
        "农村减半：720元/人·月（多者优）",
        "月标准：720元/人（多者优）",
        "每人每月：720元（多者优）",
    ] {
        assert_eq!(lines_of("补助", line).0, [format!("文字 {line}")]);
    }
    assert_eq!(lines_of("补助", "60—69岁：720元/人·月（多者优）").0, ["60—69岁：720元/人·月"]);
    // Of money that people pay, nobody says which way is better.
    for line in [
        "个人承担：500元/人·月",
        "个人支付：500元/人·月",
        "家庭支付：500元/人·月",
        "自费：500元/人·月",
        "学费：500元/人·月",
        "家庭月收入：不超过3000元/户·月",
    ] {
        let (lines, told) = lines_of("补助", line);
        assert_eq!(lines, [format!("文字 {line}")]);
        assert!(told[0].1.contains("没有写明多了好"), "{told:?}");
    }
}

/// Beside 1. and 3. the line 2.5元 may be 5元.
#[test]
fn a_number_of_a_list_is_no_part_of_an_amount() {
    let (lines, _) = lines_of("补助", "1.小学：9元/生·天（多者优）\n2.5元/生·天（多者优）");
    assert_eq!(lines, ["小学：9元/生·天", "文字 2.5元/生·天（多者优）"]);
    assert_eq!(lines_of("补助", "2.5元/生·天（多者优）").0, ["2.5元/生·天"]);
}

/// Rows of an item that are each for other people: an amount says for whom, or is not read.
#[test]
fn rows_for_other_people_are_not_mixed() {
    let read = |first: &str, second: &str| {
        let text = format!(
            "类别,服务项目,服务对象,服务标准\n义务教育,补助,城市老人,{first}\n,,农村老人,{second}\n"
        );
        let read = imported(text.as_bytes(), &registry());
        let line = |one: &jialiang_model::provision::Provision| one.form.key();
        read.edition.items[0].provisions.iter().map(line).collect::<Vec<_>>()
    };
    let (city, country) = ("100元/人·月（多者优）", "50元/人·月（多者优）");
    assert_eq!(read(city, country), ["words", "words"]);
    assert_eq!(read(city, city), ["words", "words"]);
    let named = ["城市", "农村"].map(|name| format!("{name}：{city}"));
    assert_eq!(read(&named[0], &named[1]), ["exactly", "exactly"]);
}

/// Who says that a direction is right sees of what.
#[test]
fn a_confirmation_shows_what_was_understood() {
    let (_, told) = lines_of("补助", "城市老年人每人每月600元");
    assert_eq!(told[0].0, Grade::Confirm);
    assert!(told[0].1.starts_with("读作名称“城市老年人”，等于“600元/人·月”；"), "{told:?}");
    let (_, told) = lines_of("补助", "〔age=60-69〕不低于600元/人·月");
    assert!(told[0].1.starts_with("读作适用〔age=60-69〕，“不低于600元/人·月”；"), "{told:?}");
}

/// What was taken out of our own table is told.
#[test]
fn what_is_gone_is_told() {
    let (lines, told) = with_lines("初中：不低于850元/生·年（少者优）");
    assert_eq!(lines.len(), 1);
    assert_eq!(told, ["F3 Changed "]);
    let (lines, told) = with_lines("小学：不低于650元/生·年\n初中：不低于850元/生·年（少者优）");
    assert!(
        lines[0].starts_with("primary m [stage=primary] 小学：不低于650元/生·年  "),
        "{lines:?}"
    );
    assert_eq!(told, ["F3 Unread 小学：不低于650元/生·年", "F3 Changed 小学：不低于650元/生·年"]);

    // Of an edition on record, an item and a column too.
    let both =
        edition("1.0.0", &format!(r#"{TWO},{{"id":"b","name":{{"zh":"教科书"}},"category":"x"}}"#));
    let registry = on_record(&both);
    let mut table = Official::of(&registry, &both);
    table.rows.pop();
    let text = String::from_utf8(csv::edition(&table)).unwrap();
    let told = remarks(text.as_bytes(), &registry);
    assert_eq!(told, ["C1 Changed  已删去服务项目“教科书”（b）"]);
    let text = text.replace("服务内容", "别的");
    let told = remarks(text.as_bytes(), &registry);
    assert!(
        told.contains(&"C1 Changed  表里没有“服务内容”一栏，各项仍按登记数据".to_owned()),
        "{told:?}"
    );
}

fn remarks(bytes: &[u8], registry: &Registry) -> Vec<String> {
    let told = imported(bytes, registry).remarks;
    told.iter().map(|r| format!("{} {:?} {} {}", r.cell, r.grade, r.text, r.why.zh)).collect()
}

/// What was changed where nobody sees it is told, where the edition is on record.
#[test]
fn hidden_data_is_compared_with_the_record() {
    let truth = edition("1.0.0", TWO);
    let registry = on_record(&truth);
    let text = String::from_utf8(csv::edition(&Official::of(&registry, &truth))).unwrap();
    assert_eq!(remarks(text.as_bytes(), &registry), [""; 0]);
    for (from, to, wanted) in [
        (
            r#""stage"":""primary"#,
            r#""stage"":""junior"#,
            "provisions/primary/cell/stage：primary → junior",
        ),
        (
            r#""id"":""a"#,
            r#""id"":""evil"#,
            "登记数据的标识是“evil”，登记库的 cn/s@1.0.0 里没有这一项",
        ),
        (r#""verified"":true"#, r#""verified"":false"#, "verified：true → false"),
    ] {
        assert!(text.contains(from), "{from}: {text}");
        let told = remarks(text.replace(from, to).as_bytes(), &registry);
        assert!(told.iter().any(|one| one.contains("Confirm") && one.contains(wanted)), "{told:?}");
    }
}

/// Data that cannot be compared with a record is told, and not believed in silence.
#[test]
fn data_of_no_edition_on_record_is_told() {
    let truth = edition("1.0.0", TWO);
    let text = String::from_utf8(csv::edition(&Official::of(&on_record(&truth), &truth))).unwrap();
    let told = remarks(text.as_bytes(), &registry());
    assert!(told.len() == 1 && told[0].contains("登记库里没有 cn/s@1.0.0"), "{told:?}");
    let headless: Vec<&str> = text.lines().filter(|line| !line.contains("#版本")).collect();
    let told = remarks(headless.join("\n").as_bytes(), &on_record(&truth));
    assert!(told.len() == 1 && told[0].contains("没有整版的登记数据"), "{told:?}");
}

/// Every cell that was not read is listed.
#[test]
fn no_cell_is_lost() {
    let registry = registry();
    let said = |text: &str| remarks(text.as_bytes(), &registry);
    // 200 stands under no heading, and then 100 may be only a part.
    let told = said("类别,服务项目,服务标准\n义务教育,甲,每人每月100元（多者优）,每人每月200元\n");
    assert!(told[0].starts_with("D2 Unread 每人每月200元 这一列没有列名"), "{told:?}");
    assert!(told[1].starts_with("C2 Unread 每人每月100元（多者优） 这一栏分了列"), "{told:?}");
    // Notes, signatures and sums are no items, and numbers no part of a name.
    let text = "类别,服务项目,服务标准\n义务教育,3、甲,免费\n,填表人：张三,审核人：李四\n,合计,共1项\n,注：自2024年起执行,\n";
    let read = imported(text.as_bytes(), &registry);
    let names: Vec<&str> = read.edition.items.iter().map(|item| item.name.zh.as_str()).collect();
    assert_eq!(names, ["甲"]);
    let told: Vec<_> = read.remarks.iter().map(|r| (r.grade, r.text.as_str())).collect();
    assert_eq!(
        told,
        [
            (Grade::Skipped, "填表人：张三 审核人：李四"),
            (Grade::Skipped, "合计 共1项"),
            (Grade::Skipped, "注：自2024年起执行"),
        ]
    );
    // Traditional headings; and no category is made up.
    let read = imported("服務項目,服務標準\n生育保險,免费\n".as_bytes(), &registry);
    assert_eq!(read.edition.items[0].category.as_str(), "unfiled");
    assert!(read.remarks[0].why.zh.starts_with("表里没有写方面、类别"));
}

/// A workbook with headings over two rows, and a second sheet.
#[test]
fn a_workbook_says_what_was_left() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("一").unwrap();
    for (column, text) in [(0, "类别"), (1, "服务项目")] {
        sheet.merge_range(0, column, 1, column, text, &plain).unwrap();
    }
    sheet.merge_range(0, 2, 0, 3, "服务标准", &plain).unwrap();
    sheet.write_string(1, 2, "城市").unwrap().write_string(1, 3, "农村").unwrap();
    for (column, text) in [(0, "义务教育"), (1, "甲"), (2, "600元/人·月（多者优）"), (3, "300元")]
    {
        sheet.write_string(2, column, text).unwrap();
    }
    let other = book.add_worksheet().set_name("附件2").unwrap();
    other.write_string(0, 0, "服务项目").unwrap().write_string(0, 1, "服务标准").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let registry = registry();
    let read = imported(&bytes, &registry);
    assert_eq!(read.sheets_left, ["附件2"]);
    let names: Vec<&str> = read.edition.items.iter().map(|item| item.name.zh.as_str()).collect();
    assert_eq!(names, ["甲"]);
    let words = |one: &jialiang_model::provision::Provision| matches!(one.form, Form::Words(_));
    assert!(read.edition.items.iter().flat_map(|item| &item.provisions).all(words));
    let told: Vec<_> = read
        .remarks
        .iter()
        .filter(|r| r.grade == Grade::Unread)
        .map(|r| (r.cell.as_str(), r.text.as_str()))
        .collect();
    for cell in [("C2", "城市"), ("D2", "农村"), ("C3", "600元/人·月（多者优）"), ("D3", "300元")]
    {
        assert!(told.contains(&cell), "{cell:?}: {told:?}");
    }
    // Who names a sheet has chosen it.
    let grid = Grid::read(&bytes, Some("一")).unwrap();
    assert!(import(&grid, &registry, &into(&registry, "1.0.0")).unwrap().sheets_left.is_empty());
}

/// Another area has categories of its own; what the registry has already stands where the
/// taxonomy lists it; and items come in its order.
#[test]
fn an_area_ends_the_category_of_the_one_before() {
    let known = edition("0.9.0", r#"{"id":"old","name":{"zh":"养老补助"},"category":"z"}"#);
    let text = "服务项目,服务标准\n一、学有所教,\n（一）义务教育,\n餐费,免费\n二、老有所养,\n养老补助,免费\n探访,免费\n";
    let read = imported(text.as_bytes(), &on_record_as(&known));
    let filed: Vec<(&str, &str)> =
        read.edition.items.iter().map(|i| (i.name.zh.as_str(), i.category.as_str())).collect();
    // The second area has one category only.
    assert_eq!(filed, [("餐费", "x"), ("养老补助", "z"), ("探访", "z")]);
    let two =
        "服务项目,服务标准\n一、老有所养,\n（一）养老服务,\n探访,免费\n二、学有所教,\n餐费,免费\n";
    let read = imported(two.as_bytes(), &registry());
    assert_eq!(read.edition.items[1].category.as_str(), "unfiled");
    let told: Vec<_> = read.remarks.iter().map(|r| (r.grade, r.text.as_str())).collect();
    assert_eq!(told, [(Grade::Unread, "二、学有所教")]);
}

/// A table without data of its own goes into the draft that is there, and keeps what the draft
/// says of itself; a whole text behind a difference is told.
#[test]
fn a_draft_keeps_its_head() {
    let mut draft = edition("1.0.0", "");
    draft.draft = Some(true);
    draft.instrument = InstrumentId::parse("cn/2024/notice");
    draft.difference_from = EditionId::parse("cn/t@1.0.0");
    draft.transcribed = Transcribed::None;
    let text = "类别,服务项目,服务标准\n义务教育,餐费,免费\n";
    let read = imported(text.as_bytes(), &on_record_as(&draft));
    let items = read.edition.items.clone();
    let wanted = Edition { items, transcribed: Transcribed::Partial, ..draft.clone() };
    assert_eq!((read.edition, read.remarks.len()), (wanted, 0));
    draft.version = Version::parse("0.9.0").unwrap();
    let read = imported(text.as_bytes(), &on_record_as(&draft));
    assert_eq!(read.edition.difference_from, None);
    assert!(read.remarks[0].why.zh.contains("--difference-from cn/t@1.0.0"));
    let registry = on_record_as(&draft);
    let asked =
        Into { difference_from: EditionId::parse("cn/t@1.1.0"), ..into(&registry, "1.0.0") };
    let read = import(&Grid::read(text.as_bytes(), None).unwrap(), &registry, &asked).unwrap();
    assert_eq!(read.edition.difference_from, asked.difference_from);
    assert_eq!(read.remarks.len(), 0);
}

/// What a second reader found: nothing of it is read as if it were plain.
#[test]
fn what_is_doubtful_stays_words() {
    for line in [
        "每两年：1次（多者优）",
        "每年免费体检：1次（多者优）",
        "每位老人：每月100元（多者优）",
        "人均住房建筑面积：不低于15平方米（多者优）",
        "≥：600元/人·月（多者优）",
        "建议：600元/人·月（多者优）",
        "2020年以前：免费",
        "按国家规定不执行",
        "按照已废止的《办法》执行",
        "按国家规定缓期执行",
        "免费提供材料但收取工本费",
    ] {
        let (lines, told) = lines_of("补助", line);
        assert_eq!(lines, [format!("文字 {line}")], "{line}");
        assert!(told.iter().any(|(grade, _)| *grade == Grade::Unread), "{line}: {told:?}");
    }
    let (lines, told) = lines_of("高龄津贴", "80周岁以上：每人每月100元（多者优）");
    assert_eq!((lines, told.len()), (vec!["80周岁以上：100元/人·月".to_owned()], 0));
    let cell = "以下标准自2024年起停止执行：\n城市：每人每月600元（多者优）";
    let (lines, _) = lines_of("补助", cell);
    assert!(lines.iter().all(|line| line.starts_with("文字")), "{lines:?}");
    // Another service is another item, however alike the names are.
    let known =
        edition("0.9.0", r#"{"id":"grant","name":{"zh":"中等职业教育国家助学金"},"category":"x"}"#);
    let text = "类别,服务项目,服务标准\n义务教育,中等职业教育国家奖学金,免费\n义务教育,中等职业教育国家奖学金,免费\n";
    let read = imported(text.as_bytes(), &on_record_as(&known));
    let ids: Vec<&str> = read.edition.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["local-1", "local-2"]);
    assert!(read.remarks[0].why.zh.starts_with("与 B2 同名"), "{:?}", read.remarks);
    // A second column of one heading, and a number without a name, are not dropped.
    let text =
        "序号,类别,服务项目,服务标准,服务标准\n1,义务教育,甲,免费,每人5元\n2,义务教育,,免费,\n";
    let read = imported(text.as_bytes(), &registry());
    let told: Vec<_> = read.remarks.iter().map(|r| (r.grade, r.cell.as_str())).collect();
    assert_eq!(told, [(Grade::Unread, "E2"), (Grade::Unread, "D3")]);
}

/// The data of rows that were copied from nobody knows where is verified by nobody.
#[test]
fn data_without_its_edition_is_verified_by_nobody() {
    let own = edition(
        "1.0.0",
        r#"{"id":"a","name":{"zh":"甲"},"category":"x","source":{"at":"某处","verified":true}}"#,
    );
    let table = csv::edition(&Official::of(&registry(), &own));
    let text = String::from_utf8(table).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.starts_with("#版本")).collect();
    let read = imported(without.join("\r\n").as_bytes(), &registry());
    assert_eq!(read.edition.items[0].source.as_ref().map(|source| source.verified), Some(false));
}
