//! The laws of section 7, over generated editions: small ones, of few words, so that any
//! two have much in common.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use jialiang_model::kind::Edition;

use crate::*;

const ITEMS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const LINES: [&str; 4] = ["p", "q", "r", "s"];

fn some(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![2 => Just(String::new()), 3 => select(of).prop_map(str::to_owned)]
}

fn line(id: &'static str) -> impl Strategy<Value = String> {
    let form = select(vec![
        r#""at-least":"5","unit":"CNY/person/month","better":"more""#,
        r#""at-least":"60","unit":"CNY/person/year","better":"more""#,
        r#""at-least":"7","unit":"CNY/person/month","better":"more""#,
        r#""at-least":"7","unit":"CNY/person/month","better":"less""#,
        r#""exactly":"7","unit":"CNY/household/month","better":"more""#,
        r#""average":"7","band":{"least":"5","most":"9"},"unit":"CNY/person/month","better":"more""#,
        r#""free":"of-charge""#,
        r#""words":{"zh":"甲"}"#,
        r#""words":{"zh":"乙","en":"B"}"#,
        r#""pegged":{"zh":"按条例","instrument":"cn/2004/x"}"#,
    ]);
    let rest = some(&[
        r#","measure":"m""#,
        r#","cell":{"age":"60-69"}"#,
        r#","cell":{"age":"60+"}"#,
        r#","name":{"zh":"名"}"#,
        r#","name":{"zh":"名","en":"name"}"#,
        r#","source":{"at":"某处","verified":true}"#,
        r#","continues":"a/p""#,
        r#","continues":"b/q""#,
        r#","continues":"c/r""#,
    ]);
    (form, rest).prop_map(move |(form, rest)| format!(r#"{{"id":"{id}",{form}{rest}}}"#))
}

/// Some of a list, in their order or otherwise, now and then one of them twice.
fn some_of<const N: usize>(
    all: [&'static str; N],
    most: usize,
    doubles: bool,
) -> impl Strategy<Value = Vec<&'static str>> {
    let doubled = prop_oneof![20 => Just(false), 1 => Just(doubles)];
    (subsequence(all.to_vec(), 0..=most), any::<bool>(), doubled).prop_flat_map(
        |(chosen, in_order, doubled)| {
            let mut chosen = chosen;
            if doubled && let Some(first) = chosen.first().copied() {
                chosen.push(first);
            }
            if in_order { Just(chosen).boxed() } else { Just(chosen).prop_shuffle().boxed() }
        },
    )
}

fn item(id: &'static str, doubles: bool) -> impl Strategy<Value = String> {
    let lines = some_of(LINES, 3, doubles).prop_flat_map(|ids| {
        let lines: Vec<_> = ids.into_iter().map(line).collect();
        lines.prop_map(|lines| match lines.is_empty() {
            true => String::new(),
            false => format!(r#","provisions":[{}]"#, lines.join(",")),
        })
    });
    let fields = (
        select(vec![r#"{"zh":"甲"}"#, r#"{"zh":"甲","en":"A"}"#, r#"{"zh":"乙"}"#]),
        select(vec!["x", "y"]),
        some(&[r#","transcribed":"full""#, r#","transcribed":"partial""#]),
        some(&[
            r#","recipients":{"zh":"老人"}"#,
            r#","recipients":{"zh":"老年人"}"#,
            r#","recipients":{"zh":"老年人","groups":[{"age":["60+"]}]}"#,
            r#","recipients":{"zh":"老人","groups":[{"age":["65+"]}]}"#,
            r#","recipients":{"zh":"儿童","groups":[{"age":["0-6"]}]}"#,
        ]),
        some(&[
            r#","content":{"zh":"甲"}"#,
            r#","content":{"zh":"甲","en":"A"}"#,
            r#","content":{"zh":"乙"}"#,
        ]),
        some(&[
            r#","responsibility":{"zh":"甲","payers":["central"]}"#,
            r#","responsibility":{"zh":"甲","payers":["central","local"]}"#,
            r#","responsibility":{"zh":"甲","payers":["county"]}"#,
            r#","responsibility":{"zh":"甲","payers":["local","county"]}"#,
            r#","responsibility":{"zh":"乙","payers":["central"],"instrument":"cn/2004/x"}"#,
            r#","responsibility":{"zh":"乙","payers":["central"]}"#,
        ]),
        some(&[r#","lead-agencies":["cn/moe"]"#, r#","lead-agencies":["cn/moe","cn/mof"]"#]),
        some(&[r#","continues":["a"]"#, r#","continues":["a","b"]"#, r#","continues":["c"]"#]),
        some(&[r#","source":{"at":"某处","verified":false}"#]),
    );
    (fields, lines).prop_map(move |((name, category, t, r, c, s, l, k, source), lines)| {
        format!(r#"{{"id":"{id}","name":{name},"category":"{category}"{t}{r}{c}{lines}{s}{l}{k}{source}}}"#)
    })
}

/// An edition as it can be read: now and then an id stands in it twice.
fn edition() -> impl Strategy<Value = Edition> {
    edition_with(true)
}

fn edition_with(doubles: bool) -> impl Strategy<Value = Edition> {
    let items = some_of(ITEMS, 4, doubles).prop_flat_map(move |ids| {
        let items: Vec<_> = ids.into_iter().map(|id| item(id, doubles)).collect();
        items.prop_map(|items| items.join(","))
    });
    let head = (
        select(vec!["1.0.0", "1.1.0"]),
        select(vec!["none", "names", "partial", "full"]),
        some(&[r#","label":"甲版""#, r#","label":"乙版""#]),
        some(&[r#","difference-from":"cn/x@1.0.0""#, r#","draft":true"#]),
        some(&[
            r#","declared":{"reworded":{"count":"2","items":["a"]},"widened":{"count":"1","items":["b"]}}"#,
            r#","editorial":["a"]"#,
            r#","editorial":["a","b"]"#,
        ]),
        some(&[
            r#","enacts":["a/p"]"#,
            r#","enacts":["a/p","b/q"],"not-applicable":[{"item":"a"}]"#,
            r#","not-applicable":[{"item":"a","reason":{"zh":"无此类地区"}},{"item":"c"}]"#,
            r#","not-applicable":[{"item":"b","reason":{"zh":"甲","en":"A"},"source":{"at":"某处","verified":true}}]"#,
        ]),
        some(&[r#","errata":[{"what":"items/a","why":"错","day":"2026-01-01"}]"#]),
    );
    (head, items).prop_map(|((version, transcribed, label, other, declared, here, errata), items)| {
        let text = format!(
            r#"{{"$schema":"edition.json","standard":"cn/s","version":"{version}"{label},"name":{{"zh":"甲"}}{other},"transcribed":"{transcribed}"{declared}{here}{errata},"items":[{items}]}}"#
        );
        jialiang_model::read::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
    })
}

/// Two lists that hold the same, in whatever order.
fn same(a: &[Change], b: &[Change]) -> bool {
    let mut left: Vec<&Change> = b.iter().collect();
    let found = |change: &Change| {
        left.iter().position(|other| *other == change).map(|at| left.swap_remove(at)).is_some()
    };
    a.len() == b.len() && a.iter().all(found)
}

fn config() -> ProptestConfig {
    ProptestConfig { max_shrink_iters: 500, ..ProptestConfig::with_cases(10_000) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_edition_does_not_differ_from_itself(a in edition()) {
        prop_assert_eq!(compare(&a, &a.clone()), vec![]);
        prop_assert!(between(&a, &a.clone()).is_empty());
    }

    #[test]
    fn changes_taken_back_are_the_changes_back(a in edition(), b in edition()) {
        let there: Vec<Change> = compare(&a, &b).into_iter().map(Change::invert).collect();
        let back = compare(&b, &a);
        prop_assert!(same(&there, &back), "{there:#?}\n{back:#?}");
        prop_assert_eq!(between(&a, &b).invert(), between(&b, &a));
        // Nothing differs without a change that says so.
        prop_assert_eq!(between(&a, &b).is_empty(), back.is_empty() );
    }

    #[test]
    fn a_patch_makes_what_it_was_made_from(a in edition(), b in edition()) {
        let patch = between(&a, &b);
        prop_assert_eq!(apply(&a, &patch), Ok(b.clone()));
        prop_assert_eq!(apply(&b, &patch.invert()), Ok(a));
    }

    #[test]
    fn patches_compose_associatively(
        a in edition(), b in edition(), c in edition(), d in edition(),
    ) {
        let [p, q, r] = [between(&a, &b), between(&b, &c), between(&c, &d)];
        let first = p.clone().compose(q.clone()).and_then(|pq| pq.compose(r.clone()));
        let last = q.clone().compose(r).and_then(|qr| p.clone().compose(qr));
        prop_assert_eq!(&first, &last);
        prop_assert_eq!(first, Ok(between(&a, &d)));
        prop_assert_eq!(p.compose(q), Ok(between(&a, &c)));
    }

    #[test]
    fn a_patch_on_another_base_is_refused_with_both_values(
        a in edition(), b in edition(), c in edition(),
    ) {
        let (patch, drift) = (between(&a, &b), between(&a, &c));
        let shared = patch.edits().any(|(slot, _)| drift.edits().any(|(other, _)| other == slot));
        match apply(&c, &patch) {
            Ok(_) => prop_assert!(!shared),
            Err(refused) => {
                let expected = patch.edits().find(|(slot, _)| **slot == refused.slot);
                let stands = drift.edits().find(|(slot, _)| **slot == refused.slot);
                if let (Some((_, edit)), Some((_, drifted))) = (expected, stands) {
                    prop_assert_eq!(&refused.expects, &edit.expects);
                    prop_assert_eq!(&refused.found, &drifted.leaves);
                    prop_assert_ne!(refused.expects, refused.found);
                } else {
                    // What it leaves is no edition, such as a provision in no item.
                    prop_assert!(matches!(refused.slot, Slot::Item(_)), "{refused:?}");
                }
            }
        }
    }

    #[test]
    fn merges_commute_and_a_conflict_names_both(
        base in edition_with(false), a in edition_with(false), b in edition_with(false),
    ) {
        let (there, back) = (merge(&base, &a, &b).unwrap(), merge(&base, &b, &a).unwrap());
        let turned: Vec<Conflict> = back
            .conflicts
            .into_iter()
            .map(|Conflict { slot, base, ours, theirs }| Conflict { slot, base, ours: theirs, theirs: ours })
            .collect();
        prop_assert_eq!(&there.conflicts, &turned);
        prop_assert_eq!(&there.ours, &back.theirs);
        prop_assert_eq!(&there.theirs, &back.ours);
        if there.conflicts.is_empty() {
            prop_assert_eq!(&there.ours, &there.theirs);
        }
        for conflict in &there.conflicts {
            prop_assert_ne!(&conflict.ours, &conflict.theirs);
        }
        // Each branch's own changes are in the whole, but for the conflicts.
        let (p, q) = (between(&base, &a), between(&base, &b));
        let whole = between(&base, &there.ours);
        for (slot, edit) in p.edits() {
            let torn = there.conflicts.iter().any(|c| c.slot == *slot || c.slot.item() == slot.item());
            let list = matches!(slot, Slot::Items | Slot::Provisions(_))
                || matches!(edit.leaves, Some(
                    Value::Ids(_)
                        | Value::Errata(_)
                        | Value::Lines(_)
                        | Value::NotApplicable(_)
                ));
            if !torn && !list {
                let found = whole.edits().find(|(s, _)| *s == slot).map(|(_, e)| e);
                prop_assert_eq!(found, Some(edit));
            }
        }
        // One branch that did nothing leaves the other's whole.
        prop_assert_eq!(merge(&base, &a, &base).unwrap().ours, a.clone());
        prop_assert_eq!(merge(&base, &base, &b).unwrap().theirs, b.clone());
        let alike = merge(&base, &a, &a).unwrap();
        prop_assert_eq!((alike.ours, alike.conflicts), (a, vec![]));
        // What touches nothing in common does not conflict.
        let slots = |patch: &Patch| -> Vec<Slot> { patch.edits().map(|(s, _)| s.clone()).collect() };
        let items = |patch: &Patch| -> Vec<String> {
            slots(patch).iter().filter_map(|s| s.item().map(str::to_owned)).collect()
        };
        let disjoint = !slots(&p).iter().any(|s| slots(&q).contains(s))
            && !items(&p).iter().any(|i| items(&q).contains(i));
        if disjoint {
            prop_assert_eq!(there.conflicts, vec![]);
            let both = p.clone().compose(q.clone()).map(|pq| apply(&base, &pq));
            prop_assert_eq!(both, Ok(Ok(there.ours)));
        }
    }

    #[test]
    fn two_that_both_made_an_edition_agree_where_they_say_the_same(
        a in edition_with(false), b in edition_with(false),
    ) {
        let (there, back) = (merge_added(&a, &b).unwrap(), merge_added(&b, &a).unwrap());
        prop_assert_eq!(&there.ours, &back.theirs);
        prop_assert_eq!(&there.theirs, &back.ours);
        prop_assert_eq!(there.conflicts.len(), back.conflicts.len());
        prop_assert_eq!(there.conflicts.is_empty(), there.ours == there.theirs);
        for Conflict { slot: _, base, ours, theirs } in &there.conflicts {
            prop_assert!(base.is_none() && ours != theirs);
        }
        let alike = merge_added(&a, &a).unwrap();
        prop_assert_eq!((alike.ours, alike.conflicts), (a.clone(), vec![]));
        // Nothing that one of them says is lost.
        let all: Vec<_> = facts(&there.ours).into_iter().chain(facts(&there.theirs)).collect();
        for (slot, value) in facts(&a).into_iter().chain(facts(&b)) {
            prop_assert!(all.contains(&(slot.clone(), value)), "{slot:?}");
        }
    }

    #[test]
    fn editions_that_differ_read_differently(
        a in edition(), b in edition(), one in any::<prop::sample::Index>(),
    ) {
        let read = |edition: &Edition, zh: bool| -> Vec<String> {
            let told = |(slot, value): &(Slot, Value)| words::told(slot, value);
            let lines = facts(edition).iter().flat_map(told).collect::<Vec<_>>();
            let pick = |m: &jialiang_model::finding::Message| if zh { m.zh.clone() } else { m.en.clone() };
            lines.iter().map(|line| format!("{}: {}", pick(&line.label), pick(&line.text))).collect()
        };
        prop_assert_eq!(facts(&a) == facts(&b), a == b);
        // One thing changed alone, so that no other change hides it.
        let edits: Vec<_> = between(&a, &b).edits.into_iter().collect();
        let alone = edits.get(one.index(edits.len().max(1))).cloned();
        let alone = alone.and_then(|edit| {
            apply(&a, &Patch { edits: std::iter::once(edit).collect() }).ok()
        });
        let others: Vec<Edition> = alone.into_iter().chain([a.clone(), b]).collect();
        for zh in [true, false] {
            let x = read(&a, zh);
            prop_assert!(x.iter().all(|line| !line.contains('\n')));
            for other in &others {
                prop_assert_eq!(x == read(other, zh), a == *other, "{:?}", x);
            }
        }
    }

    #[test]
    fn a_branch_in_which_an_id_stands_twice_is_not_merged(a in edition(), b in edition()) {
        let twice = |e: &Edition| {
            let again = |ids: Vec<&str>| (1..ids.len()).any(|i| ids[..i].contains(&ids[i]));
            again(e.items.iter().map(|i| i.id.as_str()).collect())
                || e.items.iter().any(|i| again(i.provisions.iter().map(|p| p.id.as_str()).collect()))
        };
        prop_assert_eq!(merge(&a, &a, &b).is_err(), twice(&a) || twice(&b));
    }

    #[test]
    fn the_verdict_of_a_union_is_the_greater_one(
        a in edition(), b in edition(), cut in any::<prop::sample::Index>(),
    ) {
        let changes = compare(&a, &b);
        let declared = Declared::of(&b, &changes);
        let (one, other) = changes.split_at(cut.index(changes.len() + 1));
        let whole = weigh(&changes, &declared).required;
        prop_assert_eq!(whole, weigh(one, &declared).required.max(weigh(other, &declared).required));
        let reasons = weigh(&changes, &declared).because;
        prop_assert_eq!(reasons.is_empty(), whole == Bump::None);
    }

    /// Our copy may be completed in steps: what is free there and free on is free at once.
    #[test]
    fn what_is_mended_freely_stays_free(a in edition()) {
        prop_assert_eq!(altered(&a, &a), vec![]);
    }
}
