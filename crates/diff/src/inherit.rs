//! A difference as the whole text that it stands for.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::Edition;

/// The whole text of an edition that is written as a difference from another: each item
/// that it writes, it writes wholly; each that it leaves out is as the other has it.
///
/// Only a difference whose items are all on record leaves out what is as the other has it.
/// Of one that is transcribed in part, what is not on record is unseen: nothing is put in.
pub fn completed(difference: &Edition, parent: &Edition) -> Edition {
    let lists_all =
        |edition: &Edition| matches!(edition.transcribed, Transcribed::Names | Transcribed::Full);
    if !lists_all(difference) {
        return Edition { difference_from: None, ..difference.clone() };
    }
    let mut own: BTreeMap<&str, &Arc<Item>> =
        difference.items.iter().map(|item| (item.id.as_str(), item)).collect();
    // How far a text is on record is said by the edition that it comes from.
    let read = |item: &Arc<Item>, transcribed: Transcribed| match item.transcribed {
        Some(_) => Arc::clone(item),
        None => Arc::new(Item { transcribed: Some(transcribed), ..Item::clone(item) }),
    };
    let inherited = |item: &Arc<Item>| read(item, parent.transcribed);
    let marked = |item: &Arc<Item>| read(item, difference.transcribed);
    // What is declared not applicable here is left out of the whole text too.
    let set_aside = |item: &Arc<Item>| difference.not_applicable.iter().any(|n| n.item == item.id);
    let mut items: Vec<Arc<Item>> = parent
        .items
        .iter()
        .filter_map(|item| match own.remove(item.id.as_str()) {
            Some(mine) => Some(marked(mine)),
            None => (!set_aside(item)).then(|| inherited(item)),
        })
        .collect();
    let added = difference.items.iter().filter(|item| own.contains_key(item.id.as_str()));
    items.extend(added.map(marked));
    // What a difference leaves out of a list that is not wholly on record is not known to be
    // gone: it stays undecided.
    let open = !(lists_all(parent) && parent.difference_from.is_none());
    Edition {
        items,
        difference_from: difference.difference_from.clone().filter(|_| open),
        transcribed: difference.transcribed.min(parent.transcribed),
        ..difference.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{edition, item};

    #[test]
    fn a_difference_is_its_parent_with_its_own_items() {
        let parent = edition("1.0.0", "full", "", &[&item("a", ""), &item("b", "")]);
        let own = item("b", "").replace("名", "本地名");
        let head = r#""difference-from":"cn/s@1.0.0","#;
        let difference = edition("2.0.0", "names", head, &[&item("local", ""), &own]);
        let whole = completed(&difference, &parent);
        let names: Vec<_> =
            whole.items.iter().map(|i| (i.id.as_str(), i.name.zh.as_str())).collect();
        assert_eq!(names, [("a", "名"), ("b", "本地名"), ("local", "名")]);
        assert_eq!(
            (whole.difference_from.as_ref(), whole.version.to_string()),
            (None, "2.0.0".into())
        );
        // Each text is as far on record as the edition that it comes from says.
        let read: Vec<_> = whole.items.iter().map(|item| whole.transcribed(item)).collect();
        use Transcribed::{Full, Names};
        assert_eq!(read, [Full, Names, Names]);
    }

    /// What a difference declares not applicable is retired for the people there, whether the
    /// whole texts are compared or the differences as they are written.
    #[test]
    fn what_is_set_aside_is_retired() {
        let parent = edition("1.0.0", "full", "", &[&item("a", ""), &item("b", "")]);
        let head = r#""difference-from":"cn/s@1.0.0","#;
        let aside = r#""difference-from":"cn/s@1.0.0","not-applicable":[{"item":"b"}],"#;
        let before = edition("2.0.0", "full", head, &[]);
        let after = edition("2.1.0", "full", aside, &[]);
        let whole = completed(&after, &parent);
        let ids: Vec<_> = whole.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["a"]);
        let natures = |a: &Edition, b: &Edition| -> Vec<_> {
            let all = crate::compare(a, b).into_iter();
            let own = all.filter(|change| change.nature != crate::Nature::Described);
            own.map(|change| (change.nature, change.item().map(str::to_owned), change.why))
                .collect()
        };
        let retired = vec![(crate::Nature::ItemRetired, Some("b".to_owned()), None)];
        assert_eq!(natures(&before, &after), retired);
        assert_eq!(natures(&completed(&before, &parent), &whole), retired);
        let added = vec![(crate::Nature::ItemAdded, Some("b".to_owned()), None)];
        assert_eq!(natures(&after, &before), added);
        // Of a difference that wrote the item, and of a text that is not wholly on record.
        let wrote = edition("2.0.0", "full", head, &[&item("b", "")]);
        assert_eq!(natures(&wrote, &after), retired);
        let unread = edition("2.0.0", "partial", head, &[]);
        let unseen = crate::Nature::Unseen;
        assert_eq!(natures(&unread, &after), [(unseen, Some("b".to_owned()), None)]);
        // Another reason is no loss.
        let reason = aside.replace(r#""b"}"#, r#""b","reason":{"zh":"无农村"}}"#);
        assert_eq!(natures(&after, &edition("2.1.0", "full", &reason, &[])), []);
    }

    #[test]
    fn what_is_not_on_record_of_a_difference_is_unseen() {
        let parent = edition("1.0.0", "full", "", &[&item("a", ""), &item("b", "")]);
        for transcribed in ["none", "partial"] {
            let head = r#""difference-from":"cn/s@1.0.0","#;
            let own = item("b", "").replace("名", "本地名");
            let before = completed(&edition("2.0.0", transcribed, head, &[&own]), &parent);
            let ids: Vec<_> = before.items.iter().map(|item| item.id.as_str()).collect();
            assert_eq!((ids, &before.difference_from), (vec!["b"], &None));
            // The next edition does not write the item, and nobody is known to have lost it.
            let after = completed(&edition("2.1.0", transcribed, head, &[]), &parent);
            let natures: Vec<_> =
                crate::compare(&before, &after).iter().map(|change| change.nature).collect();
            assert!(natures.contains(&crate::Nature::Unseen), "{natures:?}");
            let declared = crate::Declared::default();
            let required = crate::weigh(&crate::compare(&before, &after), &declared).required;
            assert_eq!(required, crate::Bump::None);
        }
    }
}
