//! Why an operation is of no act, or of two: what a schema can only call `oneOf`.

use jialiang_model::finding::Finding;
use jialiang_model::kind::adjustment::{ACT_KEYS, BESIDE, beside};

use super::schema::Spot;

/// Why an operation has not exactly one act with the keys that go with it.
pub(super) fn operation(spot: &Spot<'_>) -> Vec<Finding> {
    let (zh, en) = spot.called();
    let has = |key: &str| spot.node.member(key).is_some();
    let at = |key: &str| spot.member(key).unwrap_or_else(|| spot.value());
    let known = |key: &str| ACT_KEYS.contains(&key) || BESIDE.contains(&key) || key == "source";
    let written: Vec<&str> = ACT_KEYS.iter().copied().filter(|key| has(key)).collect();
    match written.as_slice() {
        // The one unknown key among its keys is reported, and is likely the act.
        [] if spot.node.members().iter().any(|m| !known(&m.key)) => Vec::new(),
        [] => vec![
            Finding::new(
                spot.value(),
                format!("{zh}没有写作了什么调整"),
                format!("{en} does not say what it changes"),
            )
            .label("缺少事项", "no act")
            .help(
                format!("请写其中一个键：{}", ACT_KEYS.join("、")),
                format!("write one of the keys: {}", ACT_KEYS.join(", ")),
            ),
        ],
        [act] => {
            let (must, may) = beside(act);
            let lacks = must.iter().filter(|key| !has(key) && !spot.misspells(Some(key)));
            let lacks = lacks.map(|key| {
                Finding::new(
                    at(act),
                    format!("{zh}写了“{act}”，没有写“{key}”"),
                    format!("{en} has `{act}` and no `{key}`"),
                )
                .arg("act", *act)
                .arg("key", *key)
                .label(format!("缺少“{key}”"), format!("no `{key}`"))
                .help(
                    format!("请补上“{key}”，如 {}", example(key)),
                    format!("add it, such as {}", example(key)),
                )
            });
            let beyond = BESIDE.iter().filter(|key| has(key) && !must.contains(key));
            let beyond = beyond.filter(|key| !may.contains(key)).map(|key| {
                Finding::new(
                    at(key),
                    format!("“{key}”与“{act}”不相配"),
                    format!("`{key}` does not go with `{act}`"),
                )
                .arg("act", *act)
                .arg("key", *key)
                .label(format!("与“{act}”不相配"), format!("does not go with `{act}`"))
                .help(
                    format!("请删去“{key}”，或改写成另一种事项"),
                    format!("delete `{key}`, or write another act"),
                )
            });
            lacks.chain(beyond).collect()
        }
        [first, rest @ ..] => rest
            .iter()
            .map(|second| {
                Finding::new(
                    at(second),
                    format!("{zh}既写了“{first}”又写了“{second}”，一项只能写一件事"),
                    format!("{en} has both `{first}` and `{second}`; an operation does one thing"),
                )
                .arg("first", *first)
                .arg("second", *second)
                .label("第二件事", "a second act")
                .help("请分成两项", "write two operations")
                .related(at(first), "第一件事", "the first act")
            })
            .collect(),
    }
}

/// How a key that an act needs is written.
const fn example(key: &str) -> &'static str {
    match key.as_bytes() {
        b"item" => r#""item": "student-grant""#,
        b"from" => r#""from": "2021-09-01""#,
        b"on" => r#""on": "2021-12-31""#,
        _ => r#""by": { "amount": "15" }"#,
    }
}

/// Why a step is neither an amount nor a per cent.
pub(super) fn step(spot: &Spot<'_>) -> Vec<Finding> {
    let at = |key: &str| spot.member(key);
    if let (Some(amount), Some(percent)) = (at("amount"), at("percent")) {
        return vec![
            Finding::new(
                percent,
                "增幅既写了数额又写了百分比，只能写一种",
                "the step is an amount and a per cent; it is one of them",
            )
            .label("第二种写法", "the second")
            .help(
                "请照原文写一种；另一种可由结果核对",
                "keep the one that the document prints: the other follows from the result",
            )
            .related(amount, "第一种写法", "the first"),
        ];
    }
    let known = ["amount", "percent", "rounding"];
    if spot.node.members().iter().any(|member| !known.contains(&member.key.as_str())) {
        return Vec::new();
    }
    // What is no object at all is told by its type.
    if spot.node.as_str().is_some() {
        return Vec::new();
    }
    vec![
        Finding::new(
            spot.value(),
            "增幅没有写数额，也没有写百分比",
            "the step is neither an amount nor a per cent",
        )
        .label("缺少增幅", "no size")
        .help(
            "请写 { \"amount\": \"15\" } 或 { \"percent\": \"10\" }",
            "write { \"amount\": \"15\" } or { \"percent\": \"10\" }",
        ),
    ]
}
