//! Why a provision or a target is of no form, or of two: what a schema can only call `oneOf`.

use jialiang_model::finding::Finding;
use jialiang_model::kind::plan::AIM_KEYS;
use jialiang_model::provision::{FORM_KEYS, NUMERIC_KEYS};

use super::schema::Spot;

/// Why something has not exactly one form with the keys that go with it: a target says whose
/// words it reads and how firmly, a provision does not.
pub(super) fn explain(spot: &Spot<'_>) -> Vec<Finding> {
    let is_target = ["excerpt", "firmness"].iter().any(|key| spot.node.member(key).is_some());
    if is_target { target(spot) } else { provision(spot) }
}

fn target(spot: &Spot<'_>) -> Vec<Finding> {
    let (zh, en) = spot.called();
    let has = |key: &str| spot.node.member(key).is_some();
    let at = |key: &str| spot.member(key).unwrap_or_else(|| spot.value());
    let written: Vec<&str> = AIM_KEYS.iter().copied().filter(|k| has(k)).collect();
    match written.as_slice() {
        [] if spot.node.members().iter().any(|m| !TARGET_KEYS.contains(&m.key.as_str())) => {
            Vec::new()
        }
        [] => vec![
            Finding::new(
                spot.value(),
                format!("目标{zh}没有写要达到什么"),
                format!("the target {en} does not say what it aims at"),
            )
            .label("缺少形式", "no form")
            .help(
                format!("请写其中一个键：{}", AIM_KEYS.join("、")),
                format!("write one of the keys: {}", AIM_KEYS.join(", ")),
            ),
        ],
        [form] if has("unit") => vec![
            Finding::new(
                at("unit"),
                format!("目标{zh}的形式是“{form}”，没有数值，不能有“unit”"),
                format!("the target {en} is of the form `{form}`, which has no number, so `unit` does not go with it"),
            )
            .arg("form", *form)
            .arg("key", "unit")
            .label(format!("与“{form}”不相配"), format!("does not go with `{form}`"))
            .help("请删去“unit”，或改写成数值", "delete `unit`, or write a number"),
        ],
        [_] if spot.misspells(Some("unit")) => Vec::new(),
        [form] => vec![
            Finding::new(
                at(form),
                format!("目标{zh}写了数值，没有写计量单位（unit）"),
                format!("the target {en} has a number and no unit"),
            )
            .arg("form", *form)
            .arg("key", "unit")
            .label("缺少计量单位", "no unit")
            .help("请补上，如 \"unit\": \"percent\"（%）", "add it, such as \"unit\": \"percent\""),
        ],
        [first, rest @ ..] => rest
            .iter()
            .map(|second| {
                Finding::new(
                    at(second),
                    format!("目标{zh}既写了“{first}”又写了“{second}”，一个目标只能有一种形式"),
                    format!("the target {en} has both `{first}` and `{second}`; a target has one form"),
                )
                .arg("first", *first)
                .arg("second", *second)
                .label("第二种形式", "a second form")
                .help(
                    "请分成两个目标，各用自己的 id",
                    "write two targets, each with an id of its own",
                )
                .related(at(first), "第一种形式", "the first form")
            })
            .collect(),
    }
}

/// Why a provision has not exactly one form with the keys that go with it.
fn provision(spot: &Spot<'_>) -> Vec<Finding> {
    let (zh, en) = spot.called();
    let has = |key: &str| spot.node.member(key).is_some();
    let written: Vec<&str> = FORM_KEYS.iter().copied().filter(|k| has(k)).collect();
    let at = |key: &str| spot.member(key).unwrap_or_else(|| spot.value());
    match written.as_slice() {
        // The one unknown key among its keys is reported, and is likely the form.
        [] if spot.node.members().iter().any(|m| !PROVISION_KEYS.contains(&m.key.as_str())) => {
            Vec::new()
        }
        [] => vec![
            Finding::new(
                spot.value(),
                format!("{zh}没有写标准是什么"),
                format!("{en} does not say what it promises"),
            )
            .label("缺少形式", "no form")
            .help(
                format!("请写其中一个键：{}", FORM_KEYS.join("、")),
                format!("write one of the keys: {}", FORM_KEYS.join(", ")),
            ),
        ],
        [form] => {
            let numeric = NUMERIC_KEYS.contains(form);
            let mut findings = Vec::new();
            if numeric && !has("unit") && !spot.misspells(Some("unit")) {
                findings.push(
                    Finding::new(
                        at(form),
                        format!("{zh}写了数值，没有写计量单位（unit）"),
                        format!("{en} has a number and no unit"),
                    )
                    .arg("form", *form)
                    .arg("key", "unit")
                    .label("缺少计量单位", "no unit")
                    .help(
                        "请补上，如 \"unit\": \"CNY/person/month\"（元/人·月）",
                        "add it, such as \"unit\": \"CNY/person/month\"",
                    ),
                );
            }
            if numeric && !has("better") && !spot.misspells(Some("better")) {
                findings.push(
                    Finding::new(
                        at(form),
                        format!("{zh}没有写明多者优还是少者优（better）"),
                        format!("{en} does not say which way is better for the recipient"),
                    )
                    .arg("form", *form)
                    .arg("key", "better")
                    .label("缺少方向", "no direction")
                    .help(
                        "请补上 \"better\": \"more\"（多者优）或 \"less\"（少者优）",
                        "add \"better\": \"more\" or \"less\"",
                    ),
                );
            }
            for key in ["band", "grades"].into_iter().filter(|k| *form != "average" && has(k)) {
                findings.push(
                    Finding::new(
                        at(key),
                        format!("“{key}”只与“average”相配，{zh}写的是“{form}”"),
                        format!("`{key}` goes only with `average`, and {en} has `{form}`"),
                    )
                    .arg("form", *form)
                    .arg("key", key)
                    .label("与 average 相配", "goes with `average`")
                    .help(
                        format!("请删去“{key}”，或把“{form}”改为“average”"),
                        format!("delete `{key}`, or write `average` instead of `{form}`"),
                    ),
                );
            }
            for key in
                ["unit", "better", "days-per-year"].into_iter().filter(|k| !numeric && has(k))
            {
                findings.push(
                    Finding::new(
                        at(key),
                        format!("{zh}的形式是“{form}”，没有数值，不能有“{key}”"),
                        format!("{en} is of the form `{form}`, which has no number, so `{key}` does not go with it"),
                    )
                    .arg("form", *form)
                    .arg("key", key)
                    .label(format!("与“{form}”不相配"), format!("does not go with `{form}`"))
                    .help(
                        format!("请删去“{key}”，或改写成数值"),
                        format!("delete `{key}`, or write a number"),
                    ),
                );
            }
            findings
        }
        [first, rest @ ..] => rest
            .iter()
            .map(|second| {
                Finding::new(
                    at(second),
                    format!("{zh}既写了“{first}”又写了“{second}”，一条标准只能有一种形式"),
                    format!("{en} has both `{first}` and `{second}`; a provision has one form"),
                )
                .arg("first", *first)
                .arg("second", *second)
                .label("第二种形式", "a second form")
                .help(
                    "请分成两条，各用自己的 id",
                    "write two provisions, each with an id of its own",
                )
                .related(at(first), "第一种形式", "the first form")
            })
            .collect(),
    }
}

/// Every key that a provision can have.
const PROVISION_KEYS: &[&str] = &[
    "id",
    "name",
    "measure",
    "cell",
    "unit",
    "days-per-year",
    "better",
    "band",
    "grades",
    "source",
];

/// Every key that a target can have beside its form.
const TARGET_KEYS: &[&str] = &[
    "id",
    "excerpt",
    "measures",
    "indicator",
    "unit",
    "nature",
    "firmness",
    "due",
    "scope",
    "note",
];
