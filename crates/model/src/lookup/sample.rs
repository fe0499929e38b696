//! A small registry in which things are looked up.

use std::sync::Arc;

use crate::kind::Kind;
use crate::registry::Registry;

pub(crate) fn registry() -> Registry {
    let item = |id: &str, name: &str, more: &str| {
        format!(r#"{{ "id": "{id}", "name": {{ "zh": "{name}" }}, "category": "aid"{more} }}"#)
    };
    let edition = |standard: &str, version: &str, more: &str, items: &[String]| {
        format!(
            r#"{{ "$schema": "edition.json", "standard": "{standard}", "version": "{version}", {more},
              "transcribed": "full", "items": [{}] }}"#,
            items.join(",")
        )
    };
    let line = r#", "provisions": [{ "id": "meal", "name": { "zh": "膳食补助" }, "at-least": "5",
        "unit": "CNY/person/day", "better": "more" }]"#;
    let place = |id: &str, name: &str, level: &str| {
        format!(
            r#"{{ "$schema": "jurisdiction.json", "id": "{id}", "name": {{ "zh": "{name}" }}, "level": "{level}" }}"#
        )
    };
    let standard = |id: &str, name: &str| {
        format!(
            r#"{{ "$schema": "standard.json", "id": "{id}", "name": {{ "zh": "{name}", "en": "The {id} Standards" }} }}"#
        )
    };
    let documents = [
        (
            "cn/jurisdiction.json",
            place("cn", "中华人民共和国", "nation").replace(
                "\"level\"",
                r#""agencies": [{ "id": "ndrc", "name": { "zh": "国家发展改革委" } }], "level""#,
            ),
        ),
        ("tianjin/jurisdiction.json", place("tianjin", "天津市", "province")),
        ("jilin/jurisdiction.json", place("jilin", "吉林省", "province")),
        ("jilin-city/jurisdiction.json", place("jilin-city", "吉林市", "prefecture")),
        (
            "cn/2022/meals.instrument.json",
            r#"{ "$schema": "instrument.json", "id": "cn/2022/meals", "title": { "zh": "关于《供餐》的通知" },
              "number": "财社〔2022〕49号" }"#
                .to_owned(),
        ),
        (
            "cn/2022/meals.adjustment.json",
            r#"{ "$schema": "adjustment.json", "id": "cn/2022/meals", "standard": "cn/basic", "instrument": "cn/2022/meals",
              "operations": [{ "item": "school-meals", "rename": { "zh": "供餐新名" }, "from": "2022-09" },
                { "item": "school-meals", "set": { "id": "meal", "name": { "zh": "早餐补助" }, "exactly": "5",
                  "unit": "CNY/person/day", "better": "more",
                  "source": { "excerpt": "提高到每天五元", "verified": true } }, "from": "2022-09" }] }"#
                .to_owned(),
        ),
        (
            "tianjin/2015/pension.adjustment.json",
            r#"{ "$schema": "adjustment.json", "id": "tianjin/2015/pension", "standard": "tianjin/basic",
              "operations": [{ "item": "allowance", "end": "x", "from": "2015" }] }"#
                .to_owned(),
        ),
        ("cn/basic.standard.json", standard("cn/basic", "国家基本公共服务标准")),
        ("tianjin/basic.standard.json", standard("tianjin/basic", "天津市基本公共服务实施标准")),
        (
            "cn/basic@1.0.0.edition.json",
            edition(
                "cn/basic",
                "1.0.0",
                r#""label": "2021年版", "name": { "zh": "国家标准（2021年版）" }"#,
                &[item("school-meals", "学生供餐", ""), item("old-aid", "旧补贴", "")],
            ),
        ),
        (
            "cn/basic@1.1.0.edition.json",
            edition(
                "cn/basic",
                "1.1.0",
                r#""label": "2023年版", "name": { "zh": "国家标准（2023年版）" }"#,
                &[item("school-meals", "营养膳食补助", line), item("allowance", "最低生活保障", "")],
            ),
        ),
        (
            "cn/basic@2.0.0.edition.json",
            edition(
                "cn/basic",
                "2.0.0",
                r#""draft": true, "name": { "zh": "国家标准（草案）" }"#,
                &[item("school-meals", "膳食", ""), item("new-aid", "新补贴", "")],
            ),
        ),
        (
            "tianjin/basic@1.0.0.edition.json",
            edition(
                "tianjin/basic",
                "1.0.0",
                r#""label": "2021年版", "name": { "zh": "天津标准（2021年版）" }"#,
                &[item("allowance", "最低生活保障", "")],
            ),
        ),
        (
            "tianjin/plan.plan.json",
            r#"{ "$schema": "plan.json", "id": "tianjin/plan", "name": { "zh": "天津规划" },
              "last-day": "2025-12-31", "transcribed": "partial", "domains": [{
                "id": "education", "name": { "zh": "公共教育" }, "basic-standard": { "zh": "以国家标准为准。" },
                "tasks": [{ "id": "quality", "title": { "zh": "提高质量" }, "text": { "zh": "入园率达到93%。" },
                  "targets": [{ "id": "preschool", "excerpt": "入园率达到93%", "at-least": "93",
                    "unit": "percent", "firmness": "firm" }] }],
                "projects": [{ "id": "schools", "title": { "zh": "建设学校" } }] }] }"#
                .to_owned(),
        ),
        (
            "tianjin/figures.indicators.json",
            r#"{ "$schema": "indicators.json", "id": "tianjin/figures", "name": { "zh": "天津指标" },
              "indicators": [{ "id": "enrolment", "name": { "zh": "毛入园率" }, "unit": "percent" }] }"#
                .to_owned(),
        ),
    ];
    Registry::new(documents.into_iter().map(|(path, text)| {
        let document =
            Kind::at(path).unwrap().read(&text).unwrap_or_else(|e| panic!("{path}: {e:?}"));
        (Arc::from(path), document)
    }))
}
