use std::sync::atomic::{AtomicUsize, Ordering};

use jialiang_check::{RULES, Runs};
use jialiang_model::canonical;
use jialiang_model::kind::Kind;
use jialiang_model::read;
use jialiang_store::source::Memory;
use jialiang_store::{Source, load_counted};
use proptest::prelude::*;

use crate::sample;

/// One edit of a document's bytes, as a hand or a broken program makes them.
#[derive(Debug, Clone)]
enum Edit {
    Delete(prop::sample::Index, usize),
    Insert(prop::sample::Index, &'static [u8]),
    Repeat(prop::sample::Index, usize),
    Flip(prop::sample::Index, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || any::<prop::sample::Index>();
    let scraps: Vec<&'static [u8]> = vec![
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b",",
        b":",
        b"\\",
        b"null",
        b"1",
        b"\"id\": \"x\", ",
        "，".as_bytes(),
        "６".as_bytes(),
        "\u{200b}".as_bytes(),
        "\u{feff}".as_bytes(),
        b"\\u202e",
        b"\xff",
        b"\xce\xd2",
        b"[[[[[[[[",
        b"\n",
        b"\t",
        b"\0",
    ];
    prop_oneof![
        (at(), 1..40_usize).prop_map(|(i, n)| Edit::Delete(i, n)),
        (at(), prop::sample::select(scraps)).prop_map(|(i, s)| Edit::Insert(i, s)),
        (at(), 1..80_usize).prop_map(|(i, n)| Edit::Repeat(i, n)),
        (at(), any::<u8>()).prop_map(|(i, b)| Edit::Flip(i, b)),
    ]
}

fn apply(bytes: &mut Vec<u8>, edit: &Edit) {
    let len = bytes.len().max(1);
    match edit {
        Edit::Delete(at, n) => {
            let at = at.index(len);
            let end = (at + n).min(bytes.len());
            bytes.drain(at.min(end)..end);
        }
        Edit::Insert(at, scrap) => {
            let at = at.index(len).min(bytes.len());
            bytes.splice(at..at, scrap.iter().copied());
        }
        Edit::Repeat(at, n) => {
            let at = at.index(len).min(bytes.len());
            let end = (at + n).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        Edit::Flip(at, b) => {
            if let Some(byte) = bytes.get_mut(at.index(len)) {
                *byte = *b;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// Whatever happens to a document: nothing panics; what the hot path refuses the cold
    /// path explains, at a place inside the document; what reads is written and reads
    /// back the same; and no other document suffers.
    #[test]
    fn broken_documents_are_explained(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec(edit(), 1..4),
    ) {
        let mut files = sample::base();
        let path = files.keys().nth(which.index(files.len())).unwrap().clone();
        let bytes = files.get_mut(&path).unwrap();
        for edit in &edits {
            apply(bytes, edit);
        }
        let bytes = bytes.clone();
        let kind = Kind::at(&path).unwrap();
        let document = read::scan(&bytes).and_then(|text| kind.read(text).ok());
        if let Some(document) = &document {
            let written = canonical::write(document);
            let again = kind.read(&written);
            prop_assert_eq!(again.as_ref(), Ok(document));
        }
        let (loaded, report) = sample::check(files);
        prop_assert_eq!(loaded.unreadable.len(), usize::from(document.is_none()));
        let on_unreadable = |name: &str| {
            RULES.iter().any(|r| r.name == name && matches!(r.runs, Runs::OnUnreadable))
        };
        for finding in &report.findings {
            if on_unreadable(finding.rule) {
                prop_assert_eq!(&*finding.place.document, path.as_str());
                let (start, end) = finding.place.bytes.unwrap_or((0, 0));
                prop_assert!(start <= end && end <= bytes.len());
            }
        }
        let explained = report.findings.iter().any(|f| on_unreadable(f.rule));
        prop_assert_eq!(explained, document.is_none());
        // Every place can be shown.
        let lines = sample::lines(&loaded, &report);
        prop_assert_eq!(lines.len(), report.findings.len());
    }
}

/// Whoever watches a registry being read can tell how far it is.
#[test]
fn what_is_read_is_counted() {
    let read = AtomicUsize::new(0);
    let mut files = sample::base();
    files.insert("cn/stray.JSON".to_owned(), Vec::new());
    let source = Source::Memory(files.into_iter().collect::<Memory>());
    let loaded = load_counted(&source, &read).unwrap();
    assert_eq!(loaded.strays.len(), 1);
    assert_eq!(read.load(Ordering::Relaxed), loaded.documents.len() + 1);
}
