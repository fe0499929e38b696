//! Any bytes at all, read as a document of each kind.
//!
//! The laws: nothing panics; the hot path refuses exactly what the cold path explains; a
//! document that reads is written in a layout that reads back the same; and the reader
//! that keeps places agrees with `serde_json` on what is JSON.

#![no_main]

use jialiang_model::canonical;
use jialiang_model::kind::Kind;
use jialiang_model::read::{self, span};
use jialiang_store::source::Memory;
use jialiang_store::{Source, load};
use libfuzzer_sys::fuzz_target;

const PATHS: [&str; 6] = [
    "registry.json",
    "cn/jurisdiction.json",
    "cn/2021/notice.instrument.json",
    "cn/sample.standard.json",
    "cn/sample@1.0.0.edition.json",
    "acceptances/0f3a96c41d27.acceptance.json",
];

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let theirs = serde_json::from_str::<serde_json::Value>(text).ok();
        match span::parse(text) {
            Ok(node) => assert_eq!(Some(node.to_json()), theirs),
            Err(syntax) => assert!(theirs.is_none() || syntax.what == span::Wrong::Depth),
        }
    }
    for path in PATHS {
        let Some(kind) = Kind::at(path) else { continue };
        let document = read::scan(bytes).and_then(|text| kind.read(text).ok());
        if let Some(document) = &document {
            let written = canonical::write(document);
            let again = kind.read(&written);
            assert_eq!(again.as_ref(), Ok(document));
        }
        let memory = Memory::from_iter([(path, bytes)]);
        let Ok(loaded) = load(&Source::Memory(memory)) else { continue };
        let report = jialiang_check::run(&jialiang_check::Subject::new(&loaded));
        let unreadable = !loaded.unreadable.is_empty();
        assert_eq!(unreadable, document.is_none());
        assert!(!unreadable || report.findings.iter().any(|f| &*f.place.document == path));
    }
});
