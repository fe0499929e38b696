//! How fast the main job is, beside a yardstick in the same run.
//!
//! `cargo bench --bench nation` writes a synthetic nation once below `target/`, then
//! takes turns, round by round, between the yardstick (plain structs read by `serde_json`
//! from memory) and the command `jialiang check`, and prints medians and ratios. Machines are noisy:
//! the ratio is the figure, never the seconds. `cargo bench --bench nation -- 2000` makes a
//! nation of about 2,000 documents instead.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

mod generator;
mod yardstick;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use generator::Size;
use yardstick::Tag;

const ROUNDS: usize = 7;

fn main() {
    yardstick::self_check();
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let asked = std::env::args().find_map(|word| word.parse().ok());
    let size = asked.map_or(Size::NATION, Size::documents);
    let nation = Nation::written(size);
    let quarter = Nation::written(Size {
        provinces: size.provinces.div_ceil(4),
        prefectures: size.prefectures.div_ceil(4),
        counties: size.counties.div_ceil(4),
    });
    println!(
        "synthetic nation: {} documents, {:.1} MB; {cores} cores; {ROUNDS} rounds, medians\n",
        nation.documents,
        nation.bytes as f64 / 1e6
    );

    let texts = nation.texts();
    let [mut one, mut all, mut whole, mut small] = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        one.push(warm(|| yardstick::parse_all(&texts, 1)));
        all.push(warm(|| yardstick::parse_all(&texts, cores)));
        whole.push(warm(|| nation.check()));
        small.push(warm(|| quarter.check()));
    }
    drop(texts);
    let seconds = |label: &str, times: &mut Vec<Duration>| {
        println!("{label:<52} {:8.3} s", median(times).as_secs_f64());
    };
    seconds("yardstick, 1 core", &mut one);
    seconds(&format!("yardstick, {cores} cores"), &mut all);
    seconds("jialiang check, from start to exit", &mut whole);
    seconds("jialiang check of a quarter of it", &mut small);
    println!();
    let ratios: Vec<f64> =
        whole.iter().zip(&all).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect();
    bar("check / yardstick, all cores, round by round", middle(ratios), 1.5);
    let per = |times: &mut Vec<Duration>, documents: usize| {
        median(times).as_secs_f64() / documents as f64
    };
    let growth = per(&mut whole, nation.documents) / per(&mut small, quarter.documents);
    bar("time per document, whole / quarter", growth, 1.15);
    bar("time per document, quarter / whole", 1.0 / growth, 1.15);
    bar(
        "peak memory of check / bytes of files",
        nation.peak_of_check() as f64 / nation.bytes as f64,
        2.0,
    );

    let standards = Path::new(env!("CARGO_MANIFEST_DIR")).join("standards");
    let standards = standards.to_string_lossy();
    let (mut ours, mut version) = (vec![], vec![]);
    for _ in 0..101 {
        version.push(spawn(&["--version"]));
        ours.push(spawn(&["check", &standards]));
    }
    let ratio = median(&mut ours).as_secs_f64() / median(&mut version).as_secs_f64();
    println!(
        "\ncheck standards {:.2} ms, --version {:.2} ms",
        median(&mut ours).as_secs_f64() * 1e3,
        median(&mut version).as_secs_f64() * 1e3
    );
    bar("check standards / --version", ratio, 3.0);
}

/// The second of two runs: the first brings files and memory back that what was timed
/// before it has pushed out.
fn warm(mut run: impl FnMut() -> Duration) -> Duration {
    run();
    run()
}

/// A synthetic nation on disk.
struct Nation {
    folder: PathBuf,
    documents: usize,
    bytes: u64,
}

impl Nation {
    fn written(size: Size) -> Self {
        let places = size.places();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("nation-{places}"));
        let done = folder.join(".done");
        let _ = std::fs::remove_dir_all(&folder);
        let generator::Summary { files, bytes } = generator::write_to(&folder, size);
        std::fs::write(done, "").expect("the folder was just made");
        Self { folder, documents: files, bytes }
    }

    fn texts(&self) -> Vec<(Tag, String)> {
        let mut texts = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("it was just written") {
                let path = entry.expect("it was just written").path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(tag) = Tag::of(&path.to_string_lossy()) {
                    texts.push((tag, std::fs::read_to_string(&path).expect("it was just written")));
                }
            }
        }
        texts
    }

    fn check(&self) -> Duration {
        spawn(&["check", &self.folder.to_string_lossy()])
    }

    /// The most memory that the command holds, in bytes, looked at every millisecond.
    fn peak_of_check(&self) -> u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jialiang"))
            .arg("check")
            .arg(&self.folder)
            .stdout(Stdio::null())
            .spawn()
            .expect("the command runs");
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        while child.try_wait().expect("it is our child").is_none() {
            let status = std::fs::read_to_string(&status).unwrap_or_default();
            let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0 kB");
            let kib: u64 = line.trim().trim_end_matches(" kB").parse().expect("it is a number");
            peak = peak.max(kib * 1024);
            std::thread::sleep(Duration::from_millis(1));
        }
        peak
    }
}

fn spawn(words: &[&str]) -> Duration {
    let begun = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_jialiang"))
        .args(words)
        .stdout(Stdio::null())
        .status()
        .expect("the command runs");
    let took = begun.elapsed();
    assert!(status.success(), "{words:?}: {status}");
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn middle(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn bar(label: &str, ratio: f64, bar: f64) {
    let held = if ratio <= bar { "held" } else { "BROKEN" };
    println!("{label:<52} {ratio:8.2}   bar {bar:4.2}  {held}");
}
