//! Any bytes as a table: a workbook, or text.
//!
//! The laws: nothing panics; what is read reads back the same once it has been written as a
//! table of its own.

#![no_main]

use jialiang_model::Registry;
use jialiang_model::kind::{Document, Kind, Standard};
use jialiang_model::version::Version;
use jialiang_page::csv;
use jialiang_page::import::{Grid, Into, import};
use jialiang_page::official::Official;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static STANDARD: LazyLock<Standard> = LazyLock::new(|| {
    let text = r#"{"$schema":"standard.json","id":"cn/s","name":{"zh":"标准"},"areas":[{"id":"a","name":{"zh":"学有所教"},"categories":[{"id":"c","name":{"zh":"义务教育服务"},"items":[{"id":"meals"}]}]}]}"#;
    match Kind::Standard.read(text) {
        Ok(Document::Standard(standard)) => *standard,
        _ => panic!("it reads"),
    }
});

fuzz_target!(|bytes: &[u8]| {
    let registry = Registry::default();
    let into = || Into {
        standard: &STANDARD,
        version: Version::parse("1.0.0").expect("it is one"),
        label: None,
        name: None,
        file: "table",
    };
    let Ok(grid) = Grid::read(bytes, None) else { return };
    let Ok(first) = import(&grid, &registry, &into()) else { return };
    let table = csv::edition(&Official::of(&registry, &first.edition));
    let grid = Grid::read(&table, None).expect("what is written is a table");
    let again = import(&grid, &registry, &into()).expect("and reads");
    assert_eq!(again.edition.items, first.edition.items);
});
