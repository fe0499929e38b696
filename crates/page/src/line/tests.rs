#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;
use proptest::sample::select;

use jialiang_model::provision::{Better, Form, Provision};

use super::*;

/// A provision as it is written.
fn provision(keys: &str) -> Provision {
    let text = format!(r#"{{"id":"p",{keys}}}"#);
    jialiang_model::read::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// A line as it was read: name, cell, and the printed form.
fn said(text: &str) -> String {
    match read(text) {
        Err(why) => format!("{why:?}"),
        Ok(Line { name, cell, promise }) => {
            let (form, open) = match promise {
                Promise::Whole(form) => (form, ""),
                Promise::Open(open) => (open.toward(Better::More), "?"),
            };
            let name = name.map_or_else(String::new, |name| format!("{name}："));
            let cell = if cell.is_everyone() { String::new() } else { format!("〔{cell}〕") };
            format!("{name}{cell}{} {}{open}", form.key(), super::form(&form))
        }
    }
}

#[test]
fn lines_of_real_tables_read() {
    for (text, wanted) in [
        ("小学生均公用经费：不低于720元/生·年", "小学生均公用经费：at-least 不低于720元/生·年?"),
        ("每生每天5元", "exactly 5元/生·天?"),
        ("每人每月不低于1,000 元。", "at-least 不低于1000元/人·月?"),
        ("不低于每人每月５０元", "at-least 不低于50元/人·月?"),
        ("X元/人·月", "NoForm"),
        ("500元/人/月", "exactly 500元/人·月?"),
        ("500元/（人·月）", "exactly 500元/人·月?"),
        ("低保标准：每户每月810.50元", "低保标准：exactly 810.5元/户·月?"),
        ("提供不少于15套广播节目", "提供广播节目：at-least 不低于15套?"),
        ("广播节目：不少于15套", "广播节目：at-least 不低于15套?"),
        ("招聘会：至少2次/年", "招聘会：at-least 不低于2次/年?"),
        (
            "县级以上地方人民政府每年至少组织2次退役军人专场招聘活动",
            "县级以上地方人民政府组织退役军人专场招聘活动：at-least 不低于2次/年?",
        ),
        (
            "平均资助标准为每生每年2000元，在1000—3000元范围内确定具体标准，可以分为2—3档",
            "资助：average 平均2000元/生·年（1000—3000元，分2—3档）?",
        ),
        (
            "平均2000元/生·年（1000-3000元，分3档）",
            "average 平均2000元/生·年（1000—3000元，分3档）?",
        ),
        ("办结时限：5个工作日以内（少者优）", "办结时限：at-most 不高于5工作日（少者优）"),
        ("学杂费：免除", "学杂费：free 免费"),
        ("免除学杂费", "免除学杂费：free 免费"),
        ("一次性补贴：最高不超过500元", "一次性补贴：at-most 不高于500元?"),
        ("全覆盖", "coverage 全覆盖"),
        ("应保尽保", "coverage 应保尽保"),
        ("抚恤：按照《军人抚恤优待条例》执行", "抚恤：pegged 按照《军人抚恤优待条例》执行"),
        ("按照民发〔2023〕12号文件规定执行", "pegged 按照民发〔2023〕12号文件规定执行"),
        ("按照每人每月500元标准执行", "exactly 500元/人·月?"),
        ("在本人原标准上每人每月增加37元", "increase 在本人原标准上增加37元/人·月?"),
        ("营养膳食补助：5元/生·天（全年200天）", "营养膳食补助：exactly 5元/生·天（全年200天）?"),
        ("（1）小学〔stage=primary〕：年生均720元", "小学：〔stage=primary〕exactly 720元/生·年?"),
        ("政策范围内住院费用支付比例：80%", "政策范围内住院费用支付比例：exactly 80%?"),
    ] {
        assert_eq!(said(text), wanted, "{text}");
    }
}

/// What no form has room for stays words, for the one reason that a person is told.
#[test]
fn what_is_unsure_is_no_form() {
    for (text, wanted) in [
        ("每人每月500元左右", r#"Hedge("左右")"#),
        ("约500元", r#"Hedge("约")"#),
        ("原则上不低于500元", r#"Hedge("原则上")"#),
        ("城市800元，农村600元", "Numbers"),
        ("由450元提高到590元", "Numbers"),
        ("3000—6000元", "Numbers"),
        ("500亿元", r#"NoUnit("亿元")"#),
        ("每年两次", "NoForm"),
        ("提供服务", "NoForm"),
        ("按低保标准的30%执行", "ShareOf"),
        ("提高10%", "Change"),
        ("每人每月加发50元", "Change"),
        ("2025年底前建成", "Date"),
        ("住院：年度最高500元封顶线内", r#"Beside("年度封顶线内")"#),
        (
            "县级财政给予每人500元，不足部分由市级承担",
            r#"Beside("县级财政给予，不足部分由市级承担")"#,
        ),
        ("第3次", "NoForm"),
        ("65周岁及以上", r#"NoUnit("周岁及以上")"#),
        ("0.1234567元", r#"NoNumber("0.1234567")"#),
        ("每人每月500元/人", r#"Beside("每人每月")"#),
        ("", "NoForm"),
    ] {
        assert_eq!(said(text), wanted, "{text}");
    }
}

#[test]
fn every_unit_reads_back() {
    for unit in jialiang_model::unit::Unit::all() {
        assert_eq!(units::unit(&unit.zh()), Some((unit, "")), "{unit}");
    }
}

fn numbers() -> impl Strategy<Value = &'static str> {
    select(vec!["0", "5", "-5", "720", "0.5", "-0.000001", "999999999999999", "1000"])
}

fn scales() -> impl Strategy<Value = String> {
    let units: Vec<String> =
        jialiang_model::unit::Unit::all().map(|unit| unit.to_string()).collect();
    (select(units), select(vec!["more", "less"]), select(vec!["", r#","days-per-year":"200""#]))
        .prop_map(|(unit, better, days)| format!(r#""unit":"{unit}","better":"{better}"{days}"#))
}

fn forms() -> impl Strategy<Value = String> {
    let amount = (select(vec!["at-least", "exactly", "at-most", "increase"]), numbers(), scales())
        .prop_map(|(key, n, scale)| format!(r#""{key}":"{n}",{scale}"#));
    let average = (
        numbers(),
        prop::option::of((numbers(), numbers())),
        select(vec![
            "",
            r#","grades":{"least":"2","most":"3"}"#,
            r#","grades":{"least":"3","most":"3"}"#,
        ]),
        scales(),
    )
        .prop_map(|(n, band, grades, scale)| {
            let band = band.map_or_else(String::new, |(least, most)| {
                format!(r#","band":{{"least":"{least}","most":"{most}"}}"#)
            });
            format!(r#""average":"{n}"{band}{grades},{scale}"#)
        });
    let share = (
        numbers(),
        select(vec!["", r#","rounding":"up""#, r#","rounding":"half-up""#]),
        prop::option::of(numbers()),
        prop::option::of(numbers()),
        scales(),
    )
        .prop_map(|(percent, rounding, least, most, scale)| {
            let end = |key: &str, n: Option<&str>| {
                n.map_or_else(String::new, |n| format!(r#","{key}":"{n}""#))
            };
            let ends = end("least", least) + &end("most", most);
            format!(r#""share":{{"of":"a-b/c","percent":"{percent}"{rounding}{ends}}},{scale}"#)
        });
    let adds = (numbers(), scales())
        .prop_map(|(n, scale)| format!(r#""adds":{{"to":"a/b-c","amount":"{n}"}},{scale}"#));
    let wordy = select(vec![
        r#""free":"of-charge""#,
        r#""coverage":"everyone""#,
        r#""coverage":"all-eligible""#,
        r#""pegged":{"zh":"按照《军人抚恤优待条例》及国家有关规定执行"}"#,
        r#""pegged":{"zh":"按照价格主管部门批准的学费标准执行"}"#,
    ])
    .prop_map(str::to_owned);
    prop_oneof![amount, average, share, adds, wordy]
}

fn provisions() -> impl Strategy<Value = Provision> {
    // A line with a name does not print its cell.
    let named = select(vec![
        r#""name":{"zh":"生均公用经费（小学）"},"#,
        r#""name":{"zh":"第1档 60—69岁 A类"},"#,
        r#""cell":{"stage":"primary","age":"70-79"},"#,
        r#""cell":{"age":"80+"},"#,
        "",
    ]);
    (named, forms()).prop_map(|(named, form)| provision(&format!("{named}{form}")))
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 500, ..ProptestConfig::with_cases(4000) })]

    /// What a line prints, it says: its name, its cell where it has no name, its form; that
    /// more is better goes without saying.
    #[test]
    fn a_printed_line_reads_back(provision in provisions()) {
        let printed = zh(&provision);
        let line = read(&printed);
        prop_assert!(line.is_ok(), "{printed}: {line:?}");
        let Line { name, cell, promise } = line.unwrap();
        prop_assert_eq!(name.as_ref(), provision.name.as_ref().map(|name| &name.zh), "{}", printed);
        prop_assert_eq!(&cell, &provision.cell, "{}", printed);
        let less = provision.form.scale().is_some_and(|scale| scale.better == Better::Less);
        let form = match promise {
            Promise::Whole(form) => form,
            Promise::Open(open) => {
                prop_assert!(!less, "{}", printed);
                open.toward(Better::More)
            }
        };
        prop_assert_eq!(form, provision.form, "{}", printed);
    }

    /// Whatever stands in a cell, it is read or refused, and what is read prints a line that
    /// says the same.
    #[test]
    fn whatever_is_read_prints_what_was_read(
        words in prop::collection::vec(select(vec![
            "每人", "每月", "每年", "不低于", "不超过", "平均", "5", "720", "1,000", ".", "-", "元", "套", "次",
            "%", "/", "人", "·", "月", "（", "）", "：", "，", "标准", "为", "按照", "执行", "《", "》", "增加",
            "补助", "老年人", "分", "档", "—", "全年", "天", "少者优", "〔", "〕", "a=b", "免除", "1.", " ",
        ]), 0..12),
    ) {
        let text: String = words.concat();
        if let Ok(Line { name, cell, promise }) = read(&text) {
            let form = match promise {
                Promise::Whole(form) => form,
                Promise::Open(open) => open.toward(Better::More),
            };
            if matches!(form, Form::Pegged(_)) {
                return Ok(());
            }
            let mut again = provision(r#""free":"of-charge""#);
            again.form = form.clone();
            again.cell = cell;
            let name = name.map(|zh| Box::new(jialiang_model::text::Text { zh, en: None }));
            again.name = None;
            if name.is_none() {
                let line = read(&zh(&again));
                prop_assert!(line.is_ok(), "{text} -> {}", zh(&again));
                let said = match line.unwrap().promise {
                    Promise::Whole(form) => form,
                    Promise::Open(open) => open.toward(Better::More),
                };
                prop_assert_eq!(said, form, "{}", text);
            }
        }
    }
}
