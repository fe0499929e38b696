//! Two branches of a document of any kind become one again, by keys and by ids.
//!
//! Editions have slots, and [`merge`](crate::merge()). The other kinds are small: a
//! taxonomy, a place with its agencies, an instrument. What two branches do under different
//! keys, or to elements with different ids, does not conflict.

use std::collections::{BTreeSet, HashMap};

use jialiang_model::place::IdPath;
use serde_json::{Map, Value};

use crate::merge::{Orders, Woven};
use crate::slot::Word;

/// A value that two branches leave otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// Where, by ids.
    pub path: IdPath,
    /// What stood there when the branches parted.
    pub base: Option<Value>,
    /// What the first branch left there.
    pub ours: Option<Value>,
    /// What the second branch left there.
    pub theirs: Option<Value>,
}

/// Two branches in one.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// Both branches; where they conflict, as the first has it.
    pub ours: Value,
    /// Both branches; where they conflict, as the second has it.
    pub theirs: Value,
    /// Where they conflict.
    pub conflicts: Vec<Clash>,
}

/// Merges two branches that parted at `base`; at nothing, where both made the document.
///
/// The keys of the document, and of elements of lists that have an `id`, are merged one by
/// one; lists of such elements id by id, whatever their order; to lists of objects without
/// ids both branches may add. Every other value is one whole: of a name in two languages,
/// one branch's Chinese never goes with the other's English.
pub fn merge(base: Option<&Value>, ours: &Value, theirs: &Value) -> Merged {
    let mut conflicts = Vec::new();
    let sides = Sides { base, ours: Some(ours), theirs: Some(theirs) };
    let (first, second) = sides.meet(&IdPath::root(), true, &mut conflicts);
    let whole = |side: Option<Value>, own: &Value| side.unwrap_or_else(|| own.clone());
    Merged { ours: whole(first, ours), theirs: whole(second, theirs), conflicts }
}

/// Both branches in one: as the first has it where they conflict, and as the second has it.
type Both = (Option<Value>, Option<Value>);

/// One value in three states.
#[derive(Clone, Copy)]
struct Sides<'a> {
    base: Option<&'a Value>,
    ours: Option<&'a Value>,
    theirs: Option<&'a Value>,
}

impl<'a> Sides<'a> {
    fn each<T>(self, of: impl Fn(&'a Value) -> Option<T>) -> [Option<T>; 3] {
        [self.base.and_then(&of), self.ours.and_then(&of), self.theirs.and_then(&of)]
    }

    /// `entered` says that the keys of objects here are merged one by one.
    fn meet(self, path: &IdPath, entered: bool, conflicts: &mut Vec<Clash>) -> Both {
        let Self { base, ours, theirs } = self;
        if ours == theirs || theirs == base {
            return (ours.cloned(), ours.cloned());
        }
        if ours == base {
            return (theirs.cloned(), theirs.cloned());
        }
        let met = match (ours, theirs) {
            (Some(Value::Object(_)), Some(Value::Object(_))) if entered => {
                self.keys(path, conflicts)
            }
            (Some(Value::Array(_)), Some(Value::Array(_))) => {
                let met = self.elements(path, conflicts).or_else(|| self.added());
                met.or_else(|| self.aligned(path, conflicts))
            }
            _ => None,
        };
        met.unwrap_or_else(|| {
            let [base, ours, theirs] = self.each(|value| Some(value.clone()));
            let path = path.clone();
            conflicts.push(Clash { path, base, ours: ours.clone(), theirs: theirs.clone() });
            (ours, theirs)
        })
    }

    /// Objects, key by key.
    fn keys(self, path: &IdPath, conflicts: &mut Vec<Clash>) -> Option<Both> {
        let [base, ours, theirs] = self.each(Value::as_object);
        let (ours, theirs) = (ours?, theirs?);
        let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        let (mut first, mut second) = (Map::new(), Map::new());
        for key in keys {
            let sides = Sides {
                base: base.and_then(|base| base.get(key)),
                ours: ours.get(key),
                theirs: theirs.get(key),
            };
            let (a, b) = sides.meet(&path.join(key), false, conflicts);
            first.extend(a.map(|a| (key.clone(), a)));
            second.extend(b.map(|b| (key.clone(), b)));
        }
        Some((Some(first.into()), Some(second.into())))
    }

    /// Lists whose elements have ids, id by id; none where an element has none, or an id
    /// stands twice.
    fn elements(self, path: &IdPath, conflicts: &mut Vec<Clash>) -> Option<Both> {
        let lists = self.each(|value| Some(Elements::of(value)));
        let [base, ours, theirs] = lists;
        let base = base.unwrap_or(Some(Elements::default()))?;
        let (ours, theirs) = (ours??, theirs??);
        let words: BTreeSet<&str> = ours.ids.iter().chain(&theirs.ids).copied().collect();
        let (mut first, mut second) = (Map::new(), Map::new());
        let mut torn = BTreeSet::new();
        for word in words {
            let (base, ours, theirs) = (base.get(word), ours.get(word), theirs.get(word));
            let sides = Sides { base, ours, theirs };
            let (a, b) = sides.meet(&path.join(word), true, conflicts);
            if a.is_some() != b.is_some() {
                torn.insert(Word::from(word));
            }
            first.extend(a.map(|a| (word.to_owned(), a)));
            second.extend(b.map(|b| (word.to_owned(), b)));
        }
        let orders = Orders { base: base.order(), ours: ours.order(), theirs: theirs.order() };
        let woven = orders.weave(&torn);
        if !woven.decided {
            let ids = |order: &[Word]| -> Value { order.iter().map(|w| w.to_string()).collect() };
            conflicts.push(Clash {
                path: path.clone(),
                base: self.base.map(|_| ids(&orders.base)),
                ours: Some(ids(&orders.ours)),
                theirs: Some(ids(&orders.theirs)),
            });
        }
        let list = |order: Vec<Word>, mut elements: Map<String, Value>| -> Value {
            order.iter().filter_map(|word| elements.remove(&**word)).collect()
        };
        let Woven { ours: a, theirs: b, decided: _ } = woven;
        Some((Some(list(a, first)), Some(list(b, second))))
    }

    /// Lists of objects without ids that are as long as they were, place by place: what one
    /// branch changed, and the other left as it was.
    fn aligned(self, path: &IdPath, conflicts: &mut Vec<Clash>) -> Option<Both> {
        let [base, ours, theirs] = self.each(Value::as_array);
        let (base, ours, theirs) = (base?, ours?, theirs?);
        let without_ids =
            |list: &[Value]| list.iter().all(|v| v.is_object() && v.get("id").is_none());
        let alike = base.len() == ours.len() && base.len() == theirs.len();
        if !alike || ![base, ours, theirs].iter().all(|list| without_ids(list)) {
            return None;
        }
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for (i, ((base, ours), theirs)) in base.iter().zip(ours).zip(theirs).enumerate() {
            let sides = Sides { base: Some(base), ours: Some(ours), theirs: Some(theirs) };
            let (a, b) = sides.meet(&path.join(format!("[{i}]")), false, conflicts);
            first.extend(a);
            second.extend(b);
        }
        Some((Some(first.into()), Some(second.into())))
    }

    /// Lists of objects to which both branches only added.
    fn added(self) -> Option<Both> {
        let [base, ours, theirs] = self.each(Value::as_array);
        let base = base.map_or(&[][..], Vec::as_slice);
        let (a, b) = (ours?.strip_prefix(base)?, theirs?.strip_prefix(base)?);
        let mut all: Vec<&Value> = a.iter().chain(b).collect();
        if !all.iter().all(|value| value.is_object()) {
            return None;
        }
        // The same whichever comes first.
        all.sort_by_cached_key(|value| value.to_string());
        all.dedup();
        let list: Value = base.iter().chain(all).cloned().collect();
        Some((Some(list.clone()), Some(list)))
    }
}

/// A list whose elements have ids.
#[derive(Default)]
struct Elements<'a> {
    ids: Vec<&'a str>,
    all: HashMap<&'a str, &'a Value>,
}

impl<'a> Elements<'a> {
    fn of(list: &'a Value) -> Option<Self> {
        let list = list.as_array()?;
        let ids: Option<Vec<&str>> = list.iter().map(|value| value.get("id")?.as_str()).collect();
        let ids = ids?;
        let all: HashMap<_, _> = ids.iter().copied().zip(list).collect();
        (all.len() == ids.len()).then_some(Self { ids, all })
    }

    fn get(&self, id: &str) -> Option<&'a Value> {
        self.all.get(id).copied()
    }

    fn order(&self) -> Vec<Word> {
        self.ids.iter().map(|id| Word::from(*id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What the merge of three states leaves, and where it conflicts; it commutes.
    fn merged(base: &Value, ours: &Value, theirs: &Value) -> (Value, Vec<String>) {
        let base = (!base.is_null()).then_some(base);
        let there = merge(base, ours, theirs);
        let back = merge(base, theirs, ours);
        assert_eq!((&there.ours, &there.theirs), (&back.theirs, &back.ours));
        assert_eq!(there.conflicts.len(), back.conflicts.len());
        if there.conflicts.is_empty() {
            assert_eq!(there.ours, there.theirs);
        }
        let paths = there.conflicts.iter().map(|clash| clash.path.to_string()).collect();
        (there.ours, paths)
    }

    fn list(ids: &[&str]) -> Value {
        ids.iter().map(|id| json!({ "id": id })).collect()
    }

    #[test]
    fn different_keys_and_ids_do_not_conflict() {
        let base = json!({ "id": "x", "agencies": list(&["a", "b"]) });
        let ours = json!({ "id": "x", "code": "1", "agencies": list(&["a", "n", "b", "z"]) });
        let theirs = json!({ "id": "x", "agencies": list(&["b", "c"]), "from": "2020" });
        let whole = json!({
            "id": "x", "code": "1", "from": "2020", "agencies": list(&["n", "b", "c", "z"])
        });
        assert_eq!(merged(&base, &ours, &theirs), (whole, vec![]));
    }

    #[test]
    fn one_key_changed_otherwise_conflicts_and_no_other() {
        let of = |name: &str, code: &str| json!({ "l": [{ "id": "a", "name": { "zh": name } }], "code": code });
        let (whole, paths) = merged(&of("甲", "1"), &of("乙", "1"), &of("丙", "2"));
        assert_eq!((whole, paths), (of("乙", "2"), vec!["l/a/name".to_owned()]));
    }

    #[test]
    fn what_one_branch_took_away_and_the_other_changed_conflicts() {
        let of = |all: Value| json!({ "l": all });
        let (base, gone) = (of(list(&["a", "b"])), of(list(&["b"])));
        let changed = of(json!([{ "id": "a", "until": "2" }, { "id": "b" }]));
        let (whole, paths) = merged(&base, &gone, &changed);
        assert_eq!((whole, paths), (gone.clone(), vec!["l/a".to_owned()]));
        assert_eq!(merged(&base, &changed, &gone).0, changed);
    }

    #[test]
    fn both_may_add_to_what_has_no_ids_and_not_to_what_has_an_order() {
        let of = |key: &str, all: Value| json!({ key: all });
        let why = |words: &[&str]| words.iter().map(|why| json!({ "why": why })).collect::<Value>();
        let errata = |words: &[&str]| of("errata", why(words));
        let (whole, paths) = merged(&errata(&["0"]), &errata(&["0", "2"]), &errata(&["0", "1"]));
        assert_eq!((whole, paths), (errata(&["0", "1", "2"]), vec![]));
        let issuers = |all: &[&str]| of("issuers", json!(all));
        let (_, paths) = merged(&issuers(&["a"]), &issuers(&["a", "b"]), &issuers(&["a", "c"]));
        assert_eq!(paths, ["issuers"]);
    }

    #[test]
    fn different_elements_without_ids_do_not_conflict() {
        let of = |all: &[&str]| {
            let all: Value = all.iter().map(|n| json!({ "item": "a", "was": n })).collect();
            json!({ "operations": all })
        };
        let (base, ours) = (of(&["1", "2", "3"]), of(&["9", "2", "3"]));
        let (whole, paths) = merged(&base, &ours, &of(&["1", "2", "8"]));
        assert_eq!((whole, paths), (of(&["9", "2", "8"]), vec![]));
        let (_, paths) = merged(&base, &ours, &of(&["7", "2", "3"]));
        assert_eq!(paths, ["operations/[0]"]);
        let (_, paths) = merged(&base, &ours, &of(&["2", "3"]));
        assert_eq!(paths, ["operations"]);
    }

    #[test]
    fn two_that_both_made_it_agree_where_they_say_the_same() {
        let ours = json!({ "id": "x", "name": "n", "agencies": list(&["a"]) });
        let theirs = json!({ "id": "x", "level": "county", "agencies": list(&["b"]) });
        let whole = json!({
            "id": "x", "name": "n", "level": "county", "agencies": list(&["a", "b"])
        });
        assert_eq!(merged(&Value::Null, &ours, &theirs), (whole, vec![]));
        let other = json!({ "id": "x", "name": "m" });
        assert_eq!(merged(&Value::Null, &ours, &other).1, ["name"]);
    }

    #[test]
    fn an_id_that_stands_twice_leaves_the_list_one_whole() {
        let of = |ids: &[&str]| json!({ "l": list(ids) });
        let (_, paths) = merged(&of(&["a", "b"]), &of(&["b", "a", "a"]), &of(&["b"]));
        assert_eq!(paths, ["l"]);
    }

    #[test]
    fn two_orders_conflict() {
        let of = |ids: &[&str]| json!({ "l": list(ids) });
        let (ours, theirs) = (of(&["b", "a", "c"]), of(&["a", "c", "b"]));
        let (whole, paths) = merged(&of(&["a", "b", "c"]), &ours, &theirs);
        assert_eq!((whole, paths), (ours, vec!["l".to_owned()]));
    }
}
