use jialiang_check::schema_accepts;
use jialiang_model::kind::Kind;
use jialiang_model::read::scan;
use jialiang_model::read::span::{self, Node};
use serde_json::Value;

use crate::sample;

/// The verdicts that a second validator has to agree with: `tests/ajv/run.mjs` reads them.
const VERDICTS: &str = "tests/ajv/verdicts.txt";

/// Every folder that holds documents at their places in a registry.
fn registries() -> Vec<String> {
    let mut folders =
        vec!["standards".to_owned(), "tests/base".to_owned(), "tests/specimens".to_owned()];
    for case in std::fs::read_dir(sample::root().join("tests/corpus")).unwrap() {
        let case = case.unwrap().file_name().into_string().unwrap();
        for side in ["before", "after"] {
            let folder = format!("tests/corpus/{case}/{side}");
            if sample::root().join(&folder).is_dir() {
                folders.push(folder);
            }
        }
    }
    folders
}

fn has_doubled_key(node: &Node) -> bool {
    let members = node.members();
    let doubled = |i: usize, key: &str| members.iter().take(i).any(|m| m.key == key);
    members.iter().enumerate().any(|(i, m)| doubled(i, &m.key) || has_doubled_key(&m.node))
        || node.elements().iter().any(has_doubled_key)
}

/// The value of a document past the lexical layer: text that holds nothing hidden, is
/// JSON, and gives no key twice. A schema can say nothing of what fails there.
fn value(bytes: &[u8]) -> Option<(&str, Value)> {
    let text = scan(bytes)?;
    let value = serde_json::from_str(text).ok()?;
    let node = span::parse(text).ok()?;
    (!has_doubled_key(&node)).then_some((text, value))
}

/// `UPDATE_VERDICTS=1 cargo test verdicts` writes them anew.
#[test]
fn schema_and_type_agree_on_every_document() {
    let mut lines = Vec::new();
    for folder in registries() {
        for (path, bytes) in sample::folder(&sample::root().join(&folder)) {
            let Some(kind) = Kind::at(&path) else { continue };
            let Some((text, value)) = value(&bytes) else {
                let read = scan(&bytes).is_some_and(|text| kind.read(text).is_ok());
                assert!(!read, "{folder}/{path} is read though its text is no JSON document");
                continue;
            };
            let accepts = schema_accepts(kind, &value);
            let read = kind.read(text);
            assert_eq!(accepts, read.is_ok(), "{folder}/{path}: the type says {read:?}");
            lines.push((if accepts { "accepts" } else { "refuses" }, format!("{folder}/{path}")));
        }
    }
    lines.sort();
    let text: String = lines.iter().map(|(verdict, path)| format!("{verdict} {path}\n")).collect();
    let path = sample::root().join(VERDICTS);
    if std::env::var_os("UPDATE_VERDICTS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "{VERDICTS} is not what the types say: run `UPDATE_VERDICTS=1 cargo test verdicts`"
    );
}
