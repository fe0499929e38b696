//! What the commits of a history changed, in the words of [`crate::review`].

use std::collections::{BTreeMap, BTreeSet};

use jialiang_model::kind::Document;
use jialiang_model::place::{IdPath, counted};
use jialiang_store::{Base, Gathered, Was};
use serde_json::Value;

use crate::review::{Fate, Review, review};

/// What a commit changed, held against its parent: as [`review`] tells it, but that a new
/// edition is only told to be new; what it changed of the one before it is no commit's doing.
pub fn changed(gathered: &Gathered, base: &Base) -> Review {
    let mut review = review(gathered, base);
    let was =
        base.differing().filter(|(_, was)| !matches!(was, Was::Document(Document::Edition(_))));
    for (path, _) in was {
        let before = review.compared.len();
        review.compared.retain(|pair| pair.after_path != *path);
        if review.compared.len() < before {
            review.documents.push((path.clone(), Fate::Added));
        }
    }
    review.documents.sort_by(|a, b| a.0.cmp(&b.0));
    review
}

/// What stands at a path by ids in a document's bytes, the same for the same content however
/// it is laid out; all the bytes of a document that is no JSON.
pub fn part(bytes: &[u8], path: &IdPath) -> Option<Vec<u8>> {
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else {
        return Some(bytes.to_vec());
    };
    let mut at = &document;
    for word in path.words() {
        at = match at {
            Value::Object(map) => map.get(word)?,
            Value::Array(list) => {
                let ids = counted(list.iter().map(id));
                list.get(ids.iter().position(|id| id == word)?)?
            }
            _ => return None,
        };
    }
    Some(at.to_string().into_bytes())
}

/// The keys under which two documents differ: none where only the layout does, or where one
/// of them is no JSON.
pub fn keys(before: &[u8], after: &[u8]) -> Vec<String> {
    let read = |bytes| match serde_json::from_slice(bytes) {
        Ok(Value::Object(map)) => Some(map),
        _ => None,
    };
    let (Some(before), Some(after)) = (read(before), read(after)) else { return Vec::new() };
    let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| before.get(*key) != after.get(*key));
    keys.into_iter().cloned().collect()
}

/// The parts of a document, below a path where one is given, in which a merge has what none of
/// its parents has: those of an edition as [`parts`] names them, else the keys of the document.
/// `None` where one of them is no JSON, so that nothing can be said.
pub fn own(after: &[u8], parents: &[Vec<u8>], path: Option<&IdPath>) -> Option<BTreeSet<String>> {
    let now = parts(after)?;
    let then = parents.iter().map(|bytes| parts(bytes)).collect::<Option<Vec<Parts>>>()?;
    let below: Option<Vec<&str>> = path.map(|path| path.words().collect());
    let within = |part: &str| match below.as_deref() {
        Some(["items", item, "provisions", line]) => part == format!("{item}/{line}"),
        Some(["items", item]) => part.split('/').next() == Some(item),
        _ => true,
    };
    let all = then.iter().flat_map(BTreeMap::keys).chain(now.keys());
    let own =
        all.filter(|part| within(part) && then.iter().all(|t| t.get(*part) != now.get(*part)));
    Some(own.cloned().collect())
}

/// Whether two documents are JSON, and the same but for their layout.
pub fn is_only_laid_out(before: &[u8], after: &[u8]) -> bool {
    let read = |bytes| serde_json::from_slice::<Value>(bytes).ok();
    read(before).is_some_and(|before| read(after) == Some(before))
}

/// The content of each part of a document.
pub type Parts = BTreeMap<String, String>;

/// The parts of an edition that are blamed one by one: itself under the empty word, each item
/// without its lines under its id, each line under `item/line`; of any other document, its keys
/// behind a `.`. `None` for what is no JSON.
pub fn parts(bytes: &[u8]) -> Option<Parts> {
    let Value::Object(mut edition) = serde_json::from_slice(bytes).ok()? else { return None };
    let mut parts = Parts::new();
    if !edition.contains_key("items") {
        return Some(
            edition.iter().map(|(key, value)| (format!(".{key}"), value.to_string())).collect(),
        );
    }
    let items = edition.remove("items");
    parts.insert(String::new(), Value::Object(edition).to_string());
    let list = |value: Option<Value>| match value {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    let items = list(items);
    let words = counted(items.iter().map(id));
    for (word, item) in words.iter().zip(items.clone()) {
        let Value::Object(mut item) = item else { continue };
        let lines = list(item.remove("provisions"));
        parts.insert(word.clone(), Value::Object(item).to_string());
        for (line, value) in counted(lines.iter().map(id)).iter().zip(&lines) {
            parts.insert(format!("{word}/{line}"), value.to_string());
        }
    }
    Some(parts)
}

fn id(value: &Value) -> &str {
    value.get("id").and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDITION: &str = r#"{ "version": "1.0.0", "items": [
        { "id": "meals", "name": "供餐", "provisions": [{ "id": "meal", "at-least": "4" }] } ] }"#;

    #[test]
    fn a_part_is_the_same_however_it_is_laid_out() {
        let path = IdPath::parse("items/meals/provisions/meal");
        let one = part(EDITION.as_bytes(), &path).unwrap();
        let other = EDITION.replace([' ', '\n'], "");
        assert_eq!(part(other.as_bytes(), &path), Some(one));
        assert_eq!(part(EDITION.as_bytes(), &IdPath::parse("items/none")), None);
        assert_eq!(part(b"{", &path), Some(b"{".to_vec()));
    }

    #[test]
    fn keys_that_differ_are_told_and_layout_is_none() {
        let after = EDITION.replace("\"4\"", "\"5\"");
        assert_eq!(keys(EDITION.as_bytes(), after.as_bytes()), ["items"]);
        let laid_out = EDITION.replace(' ', "");
        assert_eq!(keys(EDITION.as_bytes(), laid_out.as_bytes()), [""; 0]);
        assert!(is_only_laid_out(EDITION.as_bytes(), laid_out.as_bytes()));
        assert!(!is_only_laid_out(EDITION.as_bytes(), after.as_bytes()));
        assert!(!is_only_laid_out(b"{", b"{"));
    }

    #[test]
    fn what_a_merge_took_from_its_sides_is_not_its_own() {
        let base = EDITION.replace("\"at-least\"", "\"x\": \"1\", \"at-least\"");
        let ours = base.replace("供餐", "学生供餐").into_bytes();
        let theirs = base.replace("\"4\"", "\"5\"").into_bytes();
        let sides = [ours, theirs];
        let merged = base.replace("供餐", "学生供餐").replace("\"4\"", "\"5\"");
        assert_eq!(own(merged.as_bytes(), &sides, None), Some(BTreeSet::new()));
        let more = merged.replace("\"5\"", "\"6\"");
        let line = BTreeSet::from(["meals/meal".to_owned()]);
        assert_eq!(own(more.as_bytes(), &sides, None), Some(line.clone()));
        let path = IdPath::parse("items/meals/provisions/meal");
        assert_eq!(own(more.as_bytes(), &sides, Some(&path)), Some(line));
        let other = IdPath::parse("items/other");
        assert_eq!(own(more.as_bytes(), &sides, Some(&other)), Some(BTreeSet::new()));
        assert_eq!(own(b"{", &sides, None), None);
    }

    #[test]
    fn a_line_is_no_part_of_its_item() {
        let before = parts(EDITION.as_bytes()).unwrap();
        let after = parts(EDITION.replace("\"4\"", "\"5\"").as_bytes()).unwrap();
        let differ: Vec<&String> =
            before.keys().filter(|key| before.get(*key) != after.get(*key)).collect();
        assert_eq!(differ, ["meals/meal"]);
        assert_eq!(before.keys().collect::<Vec<_>>(), ["", "meals", "meals/meal"]);
        assert_eq!(parts(b"{"), None);
    }
}
