use jialiang_model::canonical;
use jialiang_model::kind::{Document, Kind};
use jialiang_model::read;
use serde_json::Value;

use crate::sample;

/// Every document of the real registry and of the base, with its path.
fn documents() -> Vec<(String, String)> {
    let mut files = sample::folder(&sample::root().join("standards"));
    files.extend(sample::base().into_iter().map(|(path, bytes)| (format!("base/{path}"), bytes)));
    files
        .into_iter()
        .filter(|(path, _)| path.ends_with(".json"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

fn document(path: &str, text: &str) -> Document {
    let path = path.strip_prefix("base/").unwrap_or(path);
    Kind::at(path).unwrap().read(text).unwrap()
}

#[test]
fn what_is_written_reads_back_and_is_written_the_same() {
    for (path, text) in documents() {
        let value = document(&path, &text);
        let written = canonical::write(&value);
        assert_eq!(written, text, "{path} is not in the one layout");
        assert_eq!(document(&path, &written), value, "{path}");
        assert!(read::scan(written.as_bytes()).is_some());
    }
}

/// Whatever its layout and the order of its keys, a document that says the same has the
/// same hash; one that says something else has another.
#[test]
fn the_hash_is_of_what_is_said() {
    for (path, text) in documents() {
        let hash = canonical::hash(&document(&path, &text));
        let squeezed = serde_json::from_str::<Value>(&text).unwrap().to_string();
        assert_eq!(canonical::hash(&document(&path, &squeezed)), hash, "{path}");
        // A document says something in Chinese, or what of an item.
        let other = match text.contains("\"zh\": \"") {
            true => text.replacen("\"zh\": \"", "\"zh\": \"又", 1),
            false => text.replacen("\"item\": \"", "\"item\": \"x", 1),
        };
        assert_ne!(other, text);
        assert_ne!(canonical::hash(&document(&path, &other)), hash, "{path}");
    }
}

/// One changed value is one changed line: every string of every document is changed in
/// turn, and wherever the document still reads, exactly one line of its layout differs.
#[test]
fn one_changed_value_is_one_changed_line() {
    let mut changed = 0;
    for (path, text) in documents().into_iter().filter(|(path, _)| path.starts_with("base/")) {
        let value: Value = serde_json::from_str(&text).unwrap();
        for pointer in strings(&value) {
            for new in ["又", "x1", "9", "2022-01-01", "less", "CNY/person/year"] {
                let mut value = value.clone();
                *value.pointer_mut(&pointer).unwrap() = new.into();
                let kind = Kind::at(path.strip_prefix("base/").unwrap()).unwrap();
                let Ok(document) = kind.read(&value.to_string()) else { continue };
                let written = canonical::write(&document);
                assert_eq!(written.lines().count(), text.lines().count(), "{path}{pointer}");
                let differ = written.lines().zip(text.lines()).filter(|(a, b)| a != b).count();
                assert!(differ <= 1, "{path}{pointer} = {new}: {differ} lines");
                changed += differ;
            }
        }
    }
    assert!(changed > 100, "only {changed} changes were tried");
}

fn strings(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, all: &mut Vec<String>) {
        match value {
            Value::String(_) => all.push(at.to_owned()),
            Value::Array(list) => {
                for (i, element) in list.iter().enumerate() {
                    walk(element, &format!("{at}/{i}"), all);
                }
            }
            Value::Object(map) => {
                for (key, value) in map {
                    walk(
                        value,
                        &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                        all,
                    );
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}
