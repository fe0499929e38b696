//! Small editions for tests.

use jialiang_model::kind::Edition;

/// An edition with items as they are written; `head` is keys of it, each with a comma.
pub(crate) fn edition(version: &str, transcribed: &str, head: &str, items: &[&str]) -> Edition {
    let items = items.join(",");
    let text = format!(
        r#"{{"$schema":"edition.json","standard":"cn/s","version":"{version}","name":{{"zh":"甲"}},{head}"transcribed":"{transcribed}","items":[{items}]}}"#
    );
    jialiang_model::read::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// An item with more keys, each behind a comma.
pub(crate) fn item(id: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","name":{{"zh":"名"}},"category":"c"{more}}}"#)
}

/// An item with two lines, each by its form and number.
pub(crate) fn with(id: &str, first: &str, second: &str) -> String {
    let scale = r#""unit":"CNY/person/month","better":"more""#;
    item(
        id,
        &format!(
            r#","provisions":[{{"id":"p","cell":{{"age":"60-69"}},{first},{scale}}},{{"id":"q","cell":{{"age":"70+"}},{second},{scale}}}]"#
        ),
    )
}
