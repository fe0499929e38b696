//! Any three editions, as a base and its two branches, with a zero byte between them.
//!
//! The laws: nothing panics; an edition does not differ from itself; a patch makes what it was
//! made from, and is taken back; changes taken back are the changes back; branches merge the
//! same whichever comes first.

#![no_main]

use jialiang_diff::{Change, Declared, altered, apply, between, compare, merge, tally, weigh};
use jialiang_model::kind::{Document, Edition, Kind};
use jialiang_model::read;
use libfuzzer_sys::fuzz_target;

fn edition(bytes: &[u8]) -> Option<Box<Edition>> {
    match Kind::Edition.read(read::scan(bytes)?) {
        Ok(Document::Edition(edition)) => Some(edition),
        _ => None,
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |byte| *byte == 0).map(edition);
    let (Some(Some(base)), Some(Some(a)), Some(Some(b))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return;
    };
    assert_eq!(compare(&a, &a.clone()), Vec::new());
    let patch = between(&a, &b);
    assert_eq!(apply(&a, &patch).as_ref(), Ok(&*b));
    assert_eq!(apply(&b, &patch.invert()).as_ref(), Ok(&*a));
    let changes = compare(&a, &b);
    let declared = Declared::of(&b, &changes);
    let _ = (weigh(&changes, &declared), tally(&changes, &declared), altered(&a, &b));
    let mut back = compare(&b, &a);
    for change in changes.into_iter().map(Change::invert) {
        let at = back.iter().position(|other| *other == change);
        back.swap_remove(at.expect("each change is taken back"));
    }
    assert!(back.is_empty());
    match (merge(&base, &a, &b), merge(&base, &b, &a)) {
        (Ok(there), Ok(back)) => {
            assert_eq!((there.ours, there.theirs), (back.theirs, back.ours));
        }
        (there, back) => assert!(there.is_err() && back.is_err()),
    }
});
