//! How fast it is told what an edit changes, beside a yardstick in the same run.
//!
//! `cargo bench --bench edits` measures three things: the comparison of two editions in
//! memory beside reading one of them; that of two nations in which every document differs
//! beside the yardstick; and the commands on a git repository in which ten documents of a
//! nation were edited, from start to exit, beside `check`. It takes turns round by round and
//! prints medians and ratios. Machines are noisy: the ratio is the figure, never the
//! seconds. `cargo bench --bench edits -- 2000` makes nations of about 2,000 documents
//! instead. The repository is made by `git`, which must be there.

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
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use generator::Size;
use jialiang_diff::{Change, Declared, apply, between, compare, merge, tally, weigh};
use jialiang_model::kind::{Document, Edition, Kind};
use jialiang_model::read;
use jialiang_store::source::Folder;
use jialiang_store::{Loaded, Source, cores, load};
use measure::{Nation, ROUNDS, bar, figure, jialiang, ratio, spawn, warm};
use serde_json::Value;
use yardstick::Tag;

fn main() {
    yardstick::self_check();
    let size = measure::size();
    println!("{} cores; {ROUNDS} rounds, medians", measure::cores());
    two_editions();
    as_items_grow();
    let before = Nation::written("edits-before", size);
    let after = before.rewritten("edits-after");
    two_nations(&before, &after);
    repository(&before, &after);
}

/// One in so many items is changed: 10 of 90.
const EVERY: usize = 9;

/// Where the nation's own edition stands.
const EDITION: &str = "cn/basic-public-services@1.0.0.edition.json";

/// The nation's own edition.
fn nations_own() -> Value {
    let mut own = None;
    generator::generate(Size::SMALL, &mut |path, text| {
        if path == EDITION {
            own = serde_json::from_str(&text).ok();
        }
    });
    own.expect("the nation has an edition")
}

/// The text of an edition of so many items, which are the nation's over and over; every
/// so manieth is changed.
fn text(items: usize, every: Option<usize>) -> String {
    let mut edition = nations_own();
    let own = edition["items"].as_array().expect("it is a list").clone();
    let mut all = Vec::with_capacity(items);
    for i in 0..items {
        let mut item = own[i % own.len()].clone();
        if i >= own.len() {
            let id = item["id"].as_str().expect("an item has an id");
            item["id"] = format!("{id}-{}", i / own.len()).into();
        }
        match every {
            Some(every) if i % every == 0 => change(&mut item, i / every),
            _ => {}
        }
        all.push(item);
    }
    edition["items"] = all.into();
    edition["counts"]["items"] = items.to_string().into();
    generator::canonical_text(EDITION, &edition)
}

/// Changes something that people would notice: most often a number.
fn change(item: &mut Value, turn: usize) {
    let longer = |text: &Value| format!("{}（改）", text.as_str().expect("it is text"));
    match turn % 10 {
        6 => item["content"]["zh"] = longer(&item["content"]["zh"]).into(),
        7 => item["lead-agencies"].as_array_mut().expect("it is a list").reverse(),
        8 => item["recipients"]["groups"][0]["member"] = Value::from(vec!["changed"]),
        9 => drop(item["provisions"].as_array_mut().expect("it is a list").pop()),
        _ => raise(item),
    }
}

/// Raises the first number of an item.
fn raise(item: &mut Value) {
    let lines = item["provisions"].as_array_mut().expect("it is a list");
    let number = lines.iter_mut().find_map(|line| {
        let keys = ["at-least", "exactly", "at-most", "average"];
        line.get_mut(keys.into_iter().find(|key| line.get(key).is_some())?)
    });
    let number = number.expect("each item has a number");
    let was: i64 = number.as_str().and_then(|n| n.parse().ok()).expect("it is a whole number");
    *number = (was + 1).to_string().into();
}

/// A document with something changed: of an edition every so manieth item, of others the
/// name.
fn changed(path: &str, text: &str) -> String {
    let mut document: Value = serde_json::from_str(text).expect("it is JSON");
    if let Some(items) = document.get_mut("items") {
        let items = items.as_array_mut().expect("it is a list").iter_mut();
        items.step_by(EVERY).enumerate().for_each(|(turn, item)| change(item, turn));
    } else {
        let named = if document.get("title").is_some() { "title" } else { "name" };
        let name = document[named]["zh"].as_str().expect("it is text");
        document[named]["zh"] = format!("{name}（改）").into();
    }
    generator::canonical_text(path, &document)
}

/// An edition as the store reads it.
fn typed(text: &str) -> Edition {
    let text = read::scan(text.as_bytes()).expect("nothing is hidden in it");
    match Kind::Edition.read(text) {
        Ok(Document::Edition(edition)) => *edition,
        other => panic!("{other:?}"),
    }
}

/// How long one run takes, in the middle of so many that memory is warm. What it makes is
/// dropped when the time has been taken, as the yardstick does.
fn each<T>(mut run: impl FnMut() -> T) -> Duration {
    const AT_LEAST: Duration = Duration::from_millis(20);
    let (mut taken, mut times) = (Duration::ZERO, 0);
    while taken < AT_LEAST {
        let begun = Instant::now();
        let made = black_box(run());
        taken += begun.elapsed();
        times += 1;
        drop(made);
    }
    taken / times
}

/// Two editions in memory: what is done with them, beside reading one of them.
fn two_editions() {
    let texts = [text(90, None), text(90, Some(EVERY)), text(90, Some(EVERY - 1))];
    let [a, b, c] = [&texts[0], &texts[1], &texts[2]].map(|text| typed(text));
    let changes = compare(&a, &b);
    let declared = Declared::of(&b, &changes);
    let patch = between(&a, &b);
    println!(
        "\ntwo editions of 90 items and {:.1} kB, 10 items changed: {} changes, {} edits",
        texts[0].len() as f64 / 1e3,
        changes.len(),
        patch.edits().len()
    );
    let mut times: [Vec<Duration>; 8] = [const { Vec::new() }; 8];
    for _ in 0..ROUNDS {
        let (a, b, c) = (black_box(&a), black_box(&b), black_box(&c));
        let round = [
            each(|| typed(black_box(&texts[0]))),
            each(|| {
                let mut documents = yardstick::Documents::default();
                documents.read(Tag::Edition, black_box(&texts[0])).expect("it reads");
                documents
            }),
            each(|| compare(a, b)),
            each(|| weigh(black_box(&changes), &declared)),
            each(|| tally(black_box(&changes), &declared)),
            each(|| between(a, b)),
            each(|| apply(a, black_box(&patch)).expect("it fits")),
            each(|| merge(a, b, c).expect("no id stands twice")),
        ];
        times.iter_mut().zip(round).for_each(|(times, time)| times.push(time));
    }
    let [reading, plain, comparing, ..] = &times;
    let labels = [
        "reading one of them: scan and typed parse",
        "the yardstick's parse of the same bytes",
        "compare",
        "weigh",
        "tally",
        "between",
        "apply",
        "merge with a third",
    ];
    labels.iter().zip(&times).for_each(|(label, times)| figure(label, times));
    bar("compare / typed parse of one, round by round", ratio(comparing, reading), 1.0 / 20.0);
    let plain = ratio(comparing, plain);
    println!("{:<52} {plain:8.3}", "compare / yardstick parse of one, round by round");
}

/// A way in which the second edition differs: its name, one item in how many is changed, and
/// what is done to the whole.
type Growth<'a> = (&'a str, usize, &'a dyn Fn(Edition) -> Edition);

/// The same number of items in many small editions, in some, and in one: what an item costs
/// must not depend on how many stand beside it. Memory is as cold for all of them.
fn as_items_grow() {
    const ITEMS: usize = 9_000;
    println!("\n{ITEMS} items, in pairs of editions of 90, 900 and 9,000");
    let reversed = |mut edition: Edition| {
        edition.items.reverse();
        edition
    };
    let cases: [Growth<'_>; 3] = [
        ("one in nine items changed", EVERY, &|edition| edition),
        ("the same, in reversed order", EVERY, &reversed),
        ("every item changed", 1, &|edition| edition),
    ];
    for (label, every, arrange) in cases {
        let sizes: Vec<(usize, Vec<(Edition, Edition)>)> = [90, 900, ITEMS]
            .map(|items| {
                let texts = [text(items, None), text(items, Some(every))];
                let pair = |_| (typed(&texts[0]), arrange(typed(&texts[1])));
                (items, (0..ITEMS / items).map(pair).collect())
            })
            .into();
        let mut rounds: Vec<Vec<Duration>> = vec![Vec::new(); sizes.len()];
        for _ in 0..ROUNDS {
            for ((_, pairs), times) in sizes.iter().zip(&mut rounds) {
                times.push(each(|| {
                    let all = black_box(pairs).iter().map(|(a, b)| compare(a, b));
                    all.collect::<Vec<Vec<Change>>>()
                }));
            }
        }
        println!("{label}");
        for ((items, _), times) in sizes.iter().zip(&rounds) {
            let times: Vec<Duration> = times.iter().map(|time| *time / ITEMS as u32).collect();
            figure(&format!("  compare, of an item among {items}"), &times);
        }
        let spread = (0..ROUNDS).map(|round| {
            let of = rounds.iter().map(|times| times[round].as_secs_f64());
            of.clone().fold(0.0, f64::max) / of.fold(f64::INFINITY, f64::min)
        });
        bar("  dearest / cheapest, round by round", measure::middle(spread.collect()), 1.5);
    }
}

impl Nation {
    /// The same nation in another folder, with something changed in every document.
    fn rewritten(&self, name: &str) -> Self {
        let folder = self.folder.with_file_name(name);
        let _ = std::fs::remove_dir_all(&folder);
        let bytes = cores::of_all(&self.paths(), |path| {
            let (file, text) = (folder.join(path), changed(path, &self.text(path)));
            std::fs::create_dir_all(file.parent().expect("it has one")).expect("it can be made");
            std::fs::write(file, &text).expect("the file can be written");
            text.len() as u64
        });
        Self { folder, documents: bytes.len(), bytes: bytes.iter().sum() }
    }

    fn load(&self) -> Loaded {
        let folder = Folder::holding(&self.folder).expect("it was just written");
        let loaded = load(&Source::Folder(folder)).expect("it reads");
        assert_eq!(loaded.documents.len(), self.documents);
        loaded
    }
}

/// Two nations: both are read, and each edition compared with its namesake.
fn two_nations(before: &Nation, after: &Nation) {
    println!(
        "\ntwo nations of {} documents, {:.1} MB each, every document changed",
        before.documents,
        before.bytes as f64 / 1e6
    );
    let texts = before.texts();
    let [mut plain, mut all, mut comparing] = [const { Vec::new() }; 3];
    let mut changes = 0;
    for _ in 0..ROUNDS {
        plain.push(warm(|| yardstick::parse_all(&texts, measure::cores())));
        all.push(warm(|| {
            let begun = Instant::now();
            let (a, b) = (before.load(), after.load());
            let read = begun.elapsed();
            let editions: Vec<&Edition> =
                b.registry.editions.values().map(|entry| &*entry.value).collect();
            let of_all = cores::of_all(&editions, |edition| {
                a.registry.editions.get(&edition.id()).map(|was| compare(&was.value, edition))
            });
            let took = begun.elapsed();
            comparing.push(took - read);
            changes = of_all.iter().flatten().map(Vec::len).sum();
            assert!(of_all.iter().all(|changes| changes.as_ref().is_some_and(|c| !c.is_empty())));
            took
        }));
    }
    figure("yardstick of one, from memory, all cores", &plain);
    figure("load of both, compare of every pair, all cores", &all);
    figure(&format!("  of that, compare: {changes} changes"), &comparing);
    bar("all of it / yardstick of one, round by round", ratio(&all, &plain), 2.5);
}

/// A program at a place, with nothing of the machine's own settings.
fn at(folder: &Path, mut command: Command) -> Command {
    command.current_dir(folder);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"].iter().for_each(|name| {
        command.env_remove(name);
    });
    command
}

fn git(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=someone", "-c", "user.email=someone@example.org"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]);
    // Nothing goes on behind the back of what is measured.
    command.args(["-c", "gc.auto=0", "-c", "maintenance.auto=false"]);
    command.args(words);
    at(folder, command)
}

/// How many documents `diff` shows.
fn shown(folder: &Path, base: &str) -> usize {
    let command = jialiang(&["diff", "--base", base, "--format", "json"]);
    let output = at(folder, command).stderr(Stdio::inherit()).output().expect("the command runs");
    let output: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let count = |key: &str| output[key].as_array().map_or(0, Vec::len);
    count("editions") + count("documents")
}

/// Edits ten documents: six editions and two instruments, a new edition, a place that is
/// gone.
fn edit(nation: &Nation) {
    let county = |n: usize, document: &str| format!("county-{n:04}/{document}");
    let edition = |n| county(n, "basic-public-services@1.0.0.edition.json");
    let rewrite = |from: &str, to: &str, change: &dyn Fn(&mut Value)| {
        let mut document = serde_json::from_str(&nation.text(from)).expect("it is JSON");
        change(&mut document);
        let text = generator::canonical_text(to, &document);
        std::fs::write(nation.folder.join(to), text).expect("the file can be written");
    };
    for n in 1..=6 {
        rewrite(&edition(n), &edition(n), &|edition| raise(&mut edition["items"][0]));
    }
    for n in 7..=8 {
        let path = county(n, "2024/basic-public-services.instrument.json");
        rewrite(&path, &path, &|instrument| instrument["effective"] = "2024-07-01".into());
    }
    let next = county(8, "basic-public-services@1.1.0.edition.json");
    rewrite(&edition(8), &next, &|edition| {
        edition["version"] = "1.1.0".into();
        edition["follows"] = "1.0.0".into();
        edition["items"].as_array_mut().expect("it is a list").iter_mut().for_each(raise);
    });
    let place = nation.folder.join(county(10, "jurisdiction.json"));
    std::fs::remove_file(place).expect("the place was there");
}

/// The commands in a git repository.
fn repository(nation: &Nation, every: &Nation) {
    let folder = nation.folder.as_path();
    let run = |words: &[&str]| _ = spawn(git(folder, words), &[0]);
    run(&["init", "--quiet"]);
    run(&["add", "--all"]);
    run(&["commit", "--quiet", "--message", "the nation"]);
    // As it comes from a server.
    run(&["gc", "--quiet"]);
    edit(nation);
    assert_eq!(shown(folder, "HEAD"), 10);
    beside_check(folder, "10 documents of the work tree changed", "HEAD");
    run(&["checkout", "--quiet", "-b", "edit"]);
    run(&["add", "--all"]);
    run(&["commit", "--quiet", "--message", "an edit"]);
    assert_eq!(shown(folder, "main"), 10);
    beside_check(folder, "the same, committed on a branch", "main");
    for path in every.paths() {
        std::fs::write(folder.join(&path), every.text(&path)).expect("the file can be written");
    }
    println!("\nin a git repository of the nation, every document changed");
    let (mut diff, mut stat) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        diff.push(spawn(at(folder, jialiang(&["diff", "--base", "main"])), &[0]));
        stat.push(spawn(git(folder, &["diff", "--stat", "main"]), &[0]));
    }
    figure("jialiang diff --base main", &diff);
    figure("git diff --stat main", &stat);
}

/// What is asked of an edit, beside `check`.
fn beside_check(folder: &Path, label: &str, base: &str) {
    println!("\nin a git repository of the nation, {label}");
    let ours = |words: &[&str], exits: &[i32]| warm(|| spawn(at(folder, jialiang(words)), exits));
    let [mut check, mut since, mut diff, mut status, mut stat] = [const { Vec::new() }; 5];
    for _ in 0..ROUNDS {
        check.push(ours(&["check"], &[0, 1]));
        since.push(ours(&["check", "--base", base], &[0, 1]));
        diff.push(ours(&["diff", "--base", base], &[0]));
        status.push(warm(|| spawn(git(folder, &["status", "--porcelain"]), &[0])));
        stat.push(warm(|| spawn(git(folder, &["diff", "--stat", base]), &[0])));
    }
    figure("jialiang check, from start to exit", &check);
    figure(&format!("jialiang check --base {base}"), &since);
    figure(&format!("jialiang diff --base {base}"), &diff);
    figure("git status --porcelain", &status);
    figure(&format!("git diff --stat {base}"), &stat);
    bar("check --base / check, round by round", ratio(&since, &check), 1.2);
    bar("diff --base / check, round by round", ratio(&diff, &check), 0.1);
}
