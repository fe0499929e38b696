//! How fast one finds one's way: names and words looked up in a whole nation, pages and
//! tables written, and a table read back, beside a yardstick in the same run.
//!
//! `cargo bench --bench look` reads a synthetic nation once and takes turns round by round:
//! a name and a word looked up in it beside the yardstick's parse of its bytes; and the page,
//! the tables and the import of one edition of 90 items beside the typed parse of it. The
//! ratio is the figure, never the seconds. `cargo bench --bench look -- 2000` takes a nation
//! of about 2,000 documents instead.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

mod generator;
mod measure;
mod yardstick;

use std::hint::black_box;
use std::time::{Duration, Instant};

use jialiang_model::Registry;
use jialiang_model::find::find;
use jialiang_model::kind::{Document, EditionId, Kind};
use jialiang_model::lookup::{Target, look_up};
use jialiang_model::read;
use jialiang_page::import::{Grid, Into, import};
use jialiang_page::official::Official;
use jialiang_page::{Speaks, csv, html, of, xlsx};
use jialiang_store::source::Folder;
use jialiang_store::{Source, load};
use measure::{Nation, ROUNDS, bar, figure, ratio, warm};

fn main() {
    yardstick::self_check();
    println!("{} cores; {ROUNDS} rounds, medians", measure::cores());
    let nation = Nation::written("look", measure::size());
    println!(
        "\nsynthetic nation: {} documents, {:.1} MB",
        nation.documents,
        nation.bytes as f64 / 1e6
    );
    let folder = Folder::holding(&nation.folder).expect("it was just written");
    let loaded = load(&Source::Folder(folder)).expect("it reads");
    whole(&nation, &loaded.registry);
    one_edition(&nation, &loaded.registry);
}

/// The nation's own edition.
const EDITION: &str = "cn/basic-public-services@1.0.0";

fn once<T>(run: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    black_box(run());
    begun.elapsed()
}

/// The mean of several runs, where one is short.
fn each<T>(times: u32, mut run: impl FnMut() -> T) -> Duration {
    let begun = Instant::now();
    (0..times).for_each(|_| drop(black_box(run())));
    begun.elapsed() / times
}

/// What is looked up in all of it, beside reading all of it once.
fn whole(nation: &Nation, registry: &Registry) {
    let texts = nation.texts();
    let edition = &registry.editions[&EditionId::parse(EDITION).expect("it is one")].value;
    let item = &edition.items[edition.items.len() / 2];
    let (id, name) = (format!("{EDITION}#{}", item.id), item.name.zh.to_string());
    let mut times: [Vec<Duration>; 4] = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        let round = [
            warm(|| yardstick::parse_all(&texts, measure::cores())),
            each(1000, || look_up(registry, black_box(&id)).is_ok()),
            warm(|| once(|| look_up(registry, black_box(&name)).is_ok())),
            warm(|| once(|| find(registry, &[black_box(name.as_str())], None).len())),
        ];
        times.iter_mut().zip(round).for_each(|(times, time)| times.push(time));
    }
    let [reading, address, by_name, word] = &times;
    figure("yardstick: the parse of its bytes, all cores", reading);
    figure("an address looked up", address);
    figure("a Chinese name looked up", by_name);
    figure("a word looked for in everything", word);
    bar("ten thousand addresses / yardstick", ratio(address, reading) * 1e4, 1.0);
    bar("a name / yardstick", ratio(by_name, reading), 0.25);
    bar("a word / yardstick", ratio(word, reading), 1.0);
}

/// One edition as a page and as tables, beside reading it.
fn one_edition(nation: &Nation, registry: &Registry) {
    let id = EditionId::parse(EDITION).expect("it is one");
    let entry = &registry.editions[&id];
    let standard = &registry.standards[&id.standard].value;
    let text = nation.text(&format!("{EDITION}.edition.json"));
    let read_one = || match read::scan(text.as_bytes()).map(|text| Kind::Edition.read(text)) {
        Some(Ok(Document::Edition(edition))) => edition,
        _ => panic!("it reads"),
    };
    let table = || Official::of(registry, &entry.value);
    let (as_csv, as_xlsx) = (csv::edition(&table()), xlsx::edition(&table()).expect("it is made"));
    let back = |bytes: &[u8]| {
        let version = id.version.clone();
        let into = Into {
            standard,
            version,
            label: None,
            name: None,
            file: "table",
            difference_from: None,
            instrument: None,
        };
        let grid = Grid::read(bytes, None).expect("it reads");
        import(&grid, registry, &into).expect("it is a table").edition
    };
    assert!(back(&as_csv).items == entry.value.items, "what is written reads back");
    println!(
        "\nan edition of {} items, {:.1} kB; as a workbook {:.1} kB",
        entry.value.items.len(),
        text.len() as f64 / 1e3,
        as_xlsx.len() as f64 / 1e3
    );
    let mut times: [Vec<Duration>; 7] = [const { Vec::new() }; 7];
    for _ in 0..ROUNDS {
        let round = [
            each(50, read_one),
            each(10, || of(registry, Target::Edition(entry))),
            each(10, || html::page(&of(registry, Target::Edition(entry)), Speaks::Zh)),
            each(10, || csv::edition(&table())),
            each(3, || xlsx::edition(&table()).expect("it is made")),
            each(3, || back(&as_csv)),
            each(3, || back(&as_xlsx)),
        ];
        times.iter_mut().zip(round).for_each(|(times, time)| times.push(time));
    }
    let labels = [
        "reading it: scan and typed parse",
        "its page",
        "its page in HTML",
        "its table in CSV",
        "its workbook",
        "the table read back",
        "the workbook read back",
    ];
    labels.iter().zip(&times).for_each(|(label, times)| figure(label, times));
    let [reading, page, in_html, in_csv, book, csv_back, book_back] = &times;
    bar("its page / typed parse", ratio(page, reading), 2.0);
    bar("its page in HTML / typed parse", ratio(in_html, reading), 2.0);
    bar("its table in CSV / typed parse", ratio(in_csv, reading), 4.0);
    bar("its workbook / typed parse", ratio(book, reading), 20.0);
    bar("the table read back / typed parse", ratio(csv_back, reading), 15.0);
    bar("the workbook read back / typed parse", ratio(book_back, reading), 20.0);
}
