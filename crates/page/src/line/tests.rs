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

/// Lines that look like an amount and are another, or none: whatever is not wholly understood
/// stays words.
#[test]
fn no_amount_is_made_of_half_a_line() {
    // Blanks, dots, commas and dashes.
    for text in [
        "1 720元/生·年（多者优）",
        "一档 500 600元/人·月",
        "小学：不低于1 720元/生·年",
        "小学：不低于1\u{3000}720元/生·年",
        "1. 720元/生·年",
        "每人每月1 ,720元",
    ] {
        assert_eq!(said(text), "Blank", "{text}");
    }
    for (text, number) in
        [("1.720元/生·年", "1.720"), ("每生每年1.720元", "1.720"), ("3.50元/生·天", "3.50")]
    {
        assert_eq!(said(text), format!("Dot({number:?})"), "{text}");
    }
    for text in [
        "小学-720元/生·年",
        "小学－720元/生·年",
        "-720元/生·年",
        "小学：-720元/生·年",
        "不低于-5元",
        "-2次",
    ] {
        assert_eq!(said(text), "Negative", "{text}");
    }
    for (text, wanted) in [
        ("720,940元/生·年", "Numbers"),
        ("1、720元/生·年", "Numbers"),
        ("0720元", r#"NoNumber("0720")"#),
        ("720", r#"NoUnit("")"#),
        ("12,345元", "exactly 12345元?"),
        ("1,234,567元", "exactly 1234567元?"),
        ("2.5元/人·天", "exactly 2.5元/人·天?"),
    ] {
        assert_eq!(said(text), wanted, "{text}");
    }
    // Numbers in characters, and what bounds or changes a peg.
    for (text, word) in [
        ("按每人每月五百元发放", "元"),
        ("按三百元标准执行", "元"),
        ("按五百标准执行", "百"),
        ("按城市低保标准的百分之三十发放", "百"),
        ("按低保标准的三成发放", "成"),
        ("按低保标准的一半发放", "一半"),
        ("按照不低于国家标准执行", "不低于"),
        ("按照国家标准提高后执行", "提高"),
    ] {
        assert_eq!(said(text), format!("Spelled({word:?})"), "{text}");
    }
    assert_eq!(said("按照最低生活保障标准执行"), "pegged 按照最低生活保障标准执行");
    // Words that turn, bound or halve a number, and numbers spelled beside it.
    for text in [
        "不再发放720元/人·月",
        "停止发放720元/人·月",
        "取消补助720元/人·月",
        "未达到720元/人·月",
        "低于720元/人·月",
        "大于720元/人·月",
        "小于720元/人·月",
        "逾720元/人·月",
        "不到720元/人·月",
        "接近720元/人·月",
        "大概720元/人·月",
        "暂定720元/人·月",
        "上限720元/人·月",
        "最高可达720元/人·月",
        "720元/人·月（含）以上",
        "720元/人·月的一半",
        "720元/人·月半价",
        "720元/人·月（农村减半）",
        "二十5元/人·月",
        "每人每月两千300元",
        "300元五角",
        "提至720元/人·月",
        "原标准720元/人·月",
        "上年标准720元/人·月",
        "月收入不超过3000元家庭",
        "收入720元以上老年人",
        "老年人720元以上补贴人员",
        "按月发放500元",
        "老年人按月发放100元/人",
        "月补助500元",
        "年补助1200元/人",
        "日均5元",
        "按季度发放300元",
        "500元/人半年",
        "每人500元一年",
        "两人720元/月",
        "每人每两年500元",
        "小学：月补助500元",
        "中央补助500元/人·月",
        "城市100元农村",
        "免除百分之五十学费",
        "和100元/人·月",
        "老年人和100元/人·月",
        "老年人）100元/人·月",
        "小学：80%的标准",
    ] {
        let said = said(text);
        let unread = ["Beside(", "Change", "NoForm"].iter().any(|why| said.starts_with(why));
        assert!(unread, "{text}: {said}");
    }
    for (text, wanted) in [
        ("最多600元/人·月", "at-most 不高于600元/人·月?"),
        ("城市老年人每人每月600元", "城市老年人：exactly 600元/人·月?"),
        ("720元/人·月（多者优）（少者优）", r#"Beside("（多者优）")"#),
        ("免费5元/生·天", r#"Beside("免费")"#),
        ("城市低保标准30%", "ShareOf"),
        ("住院费用支付比例80%", "住院费用支付比例：exactly 80%?"),
    ] {
        assert_eq!(said(text), wanted, "{text}");
    }
}

#[test]
fn names_that_make_a_number_doubtful() {
    for (name, word) in [
        ("取消", Some("取消")),
        ("原标准", Some("原标准")),
        ("上限", Some("上限")),
        ("农村减半", Some("减半")),
        ("最低生活保障标准", None),
        ("未成年人", None),
        ("60—69岁", None),
        ("农村免除学杂费", None),
    ] {
        assert_eq!(doubt(name), word, "{name}");
    }
    let measured = |name: &str, unit: &str| {
        measured_in(name, jialiang_model::unit::Unit::parse(unit).unwrap())
    };
    assert_eq!(measured("每人每月", "CNY"), Some("每人"));
    assert_eq!(measured("月标准", "CNY/person"), Some("月"));
    assert_eq!(measured("月标准", "CNY/person/month"), None);
    assert_eq!(measured("年标准", "CNY/person/month"), Some("年"));
    assert_eq!(measured("2023年缴费满15年", "CNY/person/month"), None);
    assert_eq!(measured("老年人日间照料", "CNY"), None);
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

/// An amount of money below nought, or an amount whose sign is the first of the line.
fn below_nought(provision: &Provision) -> bool {
    let (number, first) = match &provision.form {
        Form::Amount(comparator, number, _) => {
            (number, *comparator == Comparator::Exactly && provision.name.is_none())
        }
        Form::Average(average, _) => (&average.number, false),
        _ => return false,
    };
    use jialiang_model::unit::Quantity::{TenThousandYuan, Yuan};
    let money = provision
        .form
        .scale()
        .is_some_and(|scale| matches!(scale.unit.quantity, Yuan | TenThousandYuan));
    number.to_string().starts_with('-') && (money || first)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 500, ..ProptestConfig::with_cases(4000) })]

    /// What a line prints, it says: its name, its cell where it has no name, its form; that
    /// more is better goes without saying. But what is below nought and may not be, or would
    /// be read behind a bullet, a person must look at.
    #[test]
    fn a_printed_line_reads_back(provision in provisions()) {
        let printed = zh(&provision);
        let line = read(&printed);
        if below_nought(&provision) {
            prop_assert_eq!(line, Err(Why::Negative), "{}", printed);
            return Ok(());
        }
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
