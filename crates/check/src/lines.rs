//! The lines that an adjustment writes out.

use jialiang_model::id::Id;
use jialiang_model::kind::Adjustment;
use jialiang_model::kind::adjustment::{Act, Operation};
use jialiang_model::provision::Provision;

/// A line that an adjustment writes out, and where.
#[derive(Debug, Clone)]
pub(crate) struct Written<'a> {
    /// The item that it is of.
    pub(crate) item: &'a Id,
    /// The line.
    pub(crate) line: &'a Provision,
    /// Its path by ids.
    pub(crate) words: Vec<String>,
}

impl Written<'_> {
    /// Its path by ids, and some keys below it.
    pub(crate) fn words<'s>(&'s self, keys: &[&'s str]) -> Vec<&'s str> {
        self.words.iter().map(String::as_str).chain(keys.iter().copied()).collect()
    }
}

/// Every line that an adjustment writes out, in its order: of each operation that sets,
/// changes, confirms or attests one, and of each item that it adds.
pub(crate) fn written(adjustment: &Adjustment) -> Vec<Written<'_>> {
    let mut all = Vec::new();
    for (i, operation) in adjustment.operations.iter().enumerate() {
        let Operation { item: Some(item), act, when: _, bond: _, source: _ } = operation else {
            continue;
        };
        let at = |keys: &[&str]| -> Vec<String> {
            let word = format!("[{i}]");
            let words = ["operations", &word, act.key()];
            words.iter().chain(keys).map(|word| (*word).to_owned()).collect()
        };
        if let Some(line) = act.line() {
            all.push(Written { item, line, words: at(&[]) });
        }
        if let Act::Add(added) = act {
            all.extend(added.provisions.iter().map(|line| Written {
                item,
                line,
                words: at(&["provisions", line.id.as_str()]),
            }));
        }
    }
    all
}
