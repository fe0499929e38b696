//! How fast it is answered what is in force, everywhere: beside a yardstick in the same run.
//!
//! `cargo bench --bench force` makes a nation with a history in memory (see
//! `generator/events.rs`): four levels, three provisions an item, ten events a provision, a
//! fifth of the items decided otherwise than above. Of these one provision in ten is not
//! simple: attested, confirmed, begun within a year, of periods, or changed for a time.
//! Round by round it answers one pair of days for every provision of every place, each
//! answer with its value, its origin and its marks, beside the yardstick's parse of the
//! documents of `cargo bench --bench nation` on as many threads. Then half the places, and
//! half the places with twice the events, show how it grows. The ratio is the figure, never
//! the seconds. `cargo bench --bench force -- 2000` takes a nation of about 500 places.

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
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use generator::Size;
use generator::events::{Eventful, Made};
use jialiang_model::Registry;
use jialiang_model::date::Day;
use jialiang_resolve::{Answer, Held, InForce, Known, Mark, Question};
use measure::{ROUNDS, bar, figure, ratio, warm};
use yardstick::Tag;

/// Events of each provision.
const EVENTS: usize = 10;
/// How often everything is indexed: that takes longer, and is steadier.
const INDEXED: usize = 3;
/// How many places a thread takes at a time.
const CHUNK: usize = 8;
/// The days that are asked for: some events before the last one are the answer.
const VALID: &str = "2024-03-15";
const KNOWN: &str = "2025-03-31";

fn main() {
    yardstick::self_check();
    let (cores, size) = (measure::cores(), measure::size());
    let half = Size {
        provinces: size.provinces.div_ceil(2),
        prefectures: size.prefectures / 2,
        counties: size.counties / 2,
    };
    println!("{cores} cores; {ROUNDS} rounds, medians");

    let mut texts = Vec::new();
    let mut bytes = 0;
    generator::generate(size, &mut |path, text| {
        bytes += text.len();
        texts.extend(Tag::of(path).map(|tag| (tag, text)));
    });
    println!("\nyardstick: {} documents, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    let whole = Nation::made(Eventful { size, events: EVENTS });
    let index = InForce::new(&whole.registry);
    sample(&whole, &index);
    let places = whole.places();
    let [mut parse, mut made, mut asked, mut asked_again] = [const { Vec::new() }; 4];
    made.extend((0..INDEXED).map(|_| once(|| InForce::new(&whole.registry))));
    for _ in 0..ROUNDS {
        parse.push(warm(|| yardstick::parse_all(&texts, cores)));
        asked.push(warm(|| answer_all(&index, &places, &whole.items, cores, whole.made)));
    }
    drop(texts);
    figure(&format!("yardstick, {cores} cores"), &parse);
    figure("everything indexed, 1 core", &made);
    figure(&format!("every provision of every place, {cores} cores"), &asked);
    bar("every provision / yardstick", ratio(&asked, &parse), 0.5);

    let fewer = Nation::made(Eventful { size: half, events: EVENTS });
    let other = InForce::new(&fewer.registry);
    let places_of_other = fewer.places();
    let [mut small, mut small_made] = [const { Vec::new() }; 2];
    asked.clear();
    made.clear();
    for _ in 0..INDEXED {
        small_made.push(once(|| InForce::new(&fewer.registry)));
        made.push(once(|| InForce::new(&whole.registry)));
    }
    for _ in 0..ROUNDS {
        small.push(warm(|| answer_all(&other, &places_of_other, &fewer.items, cores, fewer.made)));
        asked.push(warm(|| answer_all(&index, &places, &whole.items, cores, whole.made)));
    }
    let more = places.len() as f64 / places_of_other.len() as f64;
    grown("places", more, &asked, &small, &made, &small_made);
    drop((index, places));
    drop(whole);

    let twice = Nation::made(Eventful { size: half, events: 2 * EVENTS });
    let index = InForce::new(&twice.registry);
    let places = twice.places();
    for times in [&mut asked_again, &mut asked, &mut made, &mut small_made] {
        times.clear();
    }
    for _ in 0..INDEXED {
        small_made.push(once(|| InForce::new(&fewer.registry)));
        made.push(once(|| InForce::new(&twice.registry)));
    }
    for _ in 0..ROUNDS {
        asked_again
            .push(warm(|| answer_all(&other, &places_of_other, &fewer.items, cores, fewer.made)));
        asked.push(warm(|| answer_all(&index, &places, &twice.items, cores, twice.made)));
    }
    grown("events", 2.0, &asked, &asked_again, &made, &small_made);
}

/// Prints what more of something costs, as if it were twice as much.
fn grown(
    what: &str,
    more: f64,
    asked: &[Duration],
    small: &[Duration],
    made: &[Duration],
    small_made: &[Duration],
) {
    println!();
    bar(&format!("answers: twice the {what}"), ratio(asked, small) * 2.0 / more, 2.2);
    let index = ratio(made, small_made) * 2.0 / more;
    println!("{:<52} {index:8.2}   no bar", format!("index: twice the {what}"));
}

fn once<T>(run: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    let made = black_box(run());
    let took = begun.elapsed();
    drop(made);
    took
}

/// A nation with a history, read.
struct Nation {
    registry: Registry,
    items: Vec<String>,
    made: Made,
}

impl Nation {
    fn made(nation: Eventful) -> Self {
        let mut documents = Vec::new();
        let made = nation.generate(&mut |path, document| {
            documents.push((Arc::<str>::from(path), document));
        });
        let registry = Registry::new(documents);
        let categories = registry.standards.values().flat_map(|entry| entry.value.categories());
        let items = categories.flat_map(|category| &category.items);
        let items = items.map(|item| item.id.to_string()).collect();
        println!(
            "\n{} places, {} documents, {} provisions that hold, {} events",
            nation.size.places(),
            made.documents,
            made.provisions,
            made.events
        );
        Self { registry, items, made }
    }

    fn places(&self) -> Vec<&str> {
        self.registry.jurisdictions.keys().map(|id| id.as_str()).collect()
    }
}

/// What was seen of answers, so that none can be left out.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Tally {
    answers: usize,
    values: usize,
    sum: i128,
    marks: usize,
    sources: usize,
    inherited: usize,
}

impl Tally {
    fn see(&mut self, answer: &Answer<'_>) {
        self.answers += 1;
        let held: &[Held<'_>] = match answer {
            Answer::Value(held) => std::slice::from_ref(held),
            Answer::Undecided { candidates, why: _ } => candidates,
            Answer::NotYet { .. }
            | Answer::Ended { .. }
            | Answer::NotApplicable(..)
            | Answer::Unknown(_) => &[],
        };
        self.values += usize::from(matches!(answer, Answer::Value(_)));
        for held in held {
            self.sum += held.value().map_or(0, |number| number.decimal().mantissa());
            self.marks += held.marks.iter().count();
            self.sources += usize::from(held.source().is_some_and(|source| source.verified));
            self.inherited += usize::from(held.marks.has(Mark::Inherited));
            black_box((held.place, held.said.document(), held.stamp, held.since, held.until));
        }
    }
}

/// Answers for every provision of every place, on so many threads, and says how long it took.
fn answer_all(
    index: &InForce<'_>,
    places: &[&str],
    items: &[String],
    threads: usize,
    made: Made,
) -> Duration {
    let day = |text: &str| Day::parse(text).expect("it is a day");
    let (valid, known) = (day(VALID), Known::By(day(KNOWN)));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut tally = Tally::default();
        loop {
            let from = next.fetch_add(CHUNK, Ordering::Relaxed);
            if from >= places.len() {
                return tally;
            }
            for place in &places[from..places.len().min(from + CHUNK)] {
                let place = index.place(place).expect("it is there");
                for item in items {
                    for line in index.lines_of(place, item, None) {
                        tally.see(&index.answer(place, line, valid, known));
                    }
                }
            }
        }
    };
    let begun = Instant::now();
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mine = work();
        let theirs = others.into_iter().map(|other| other.join().expect("a worker ends"));
        std::iter::once(mine).chain(theirs).collect()
    });
    let took = begun.elapsed();
    let answers: usize = tallies.iter().map(|tally| tally.answers).sum();
    assert_eq!(answers, made.provisions, "every provision was answered");
    black_box(tallies);
    took
}

/// Holds the fast way against the careful one, for some places, and prints what was said.
fn sample(nation: &Nation, index: &InForce<'_>) {
    let day = |text: &str| Day::parse(text).expect("it is a day");
    let (valid, known) = (day(VALID), Known::By(day(KNOWN)));
    let mut tally = Tally::default();
    for place in nation.places().iter().step_by(61) {
        let at = index.place(place).expect("it is there");
        for item in &nation.items {
            for line in index.lines_of(at, item, None) {
                let answer = index.answer(at, line, valid, known);
                tally.see(&answer);
                let question = Question {
                    place,
                    item,
                    standard: None,
                    line: Some(line.measure()),
                    facts: line.facts(),
                    valid,
                    known,
                };
                let told = index.ask(&question);
                let [one] = told.as_slice() else { panic!("{place} {item}: one answer") };
                assert_eq!(said(&one.answer), said(&answer), "{place} {item}");
            }
        }
    }
    println!("of a sample: {tally:?}");
}

/// An answer in words, so that two can be compared.
fn said(answer: &Answer<'_>) -> String {
    let held = |held: &Held<'_>| {
        let marks: Vec<Mark> = held.marks.iter().collect();
        let (since, until, followed) = (held.since, held.until, held.followed);
        format!(
            "{} {:?} {} {} {:?} {since:?} {until:?} {followed:?} {marks:?}",
            held.line.id,
            held.value(),
            held.place,
            held.said.document(),
            held.stamp
        )
    };
    match answer {
        Answer::Value(one) => held(one),
        Answer::Undecided { candidates, why: _ } => {
            format!("one of {:?}", candidates.iter().map(held).collect::<Vec<_>>())
        }
        Answer::NotYet { first, under: _ } => format!("not yet {}", held(first)),
        Answer::Ended { since, by, into: _ } => format!("ended {since:?} by {}", by.document()),
        Answer::NotApplicable(edition, _) => format!("not applicable by {}", edition.path),
        Answer::Unknown(tried) => format!("unknown: {:?}", tried.why),
    }
}
