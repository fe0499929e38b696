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
    clippy::indexing_slicing,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

mod generator;
mod measure;
mod yardstick;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use generator::Size;
use measure::{Nation, ROUNDS, bar, figure, jialiang, median, ratio, spawn, warm};

fn main() {
    yardstick::self_check();
    let (cores, size) = (measure::cores(), measure::size());
    let written = |size: Size| Nation::written(&format!("nation-{}", size.places()), size);
    let nation = written(size);
    let quarter = written(Size {
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
        whole.push(warm(|| check(&nation)));
        small.push(warm(|| check(&quarter)));
    }
    drop(texts);
    figure("yardstick, 1 core", &one);
    figure(&format!("yardstick, {cores} cores"), &all);
    figure("jialiang check, from start to exit", &whole);
    figure("jialiang check of a quarter of it", &small);
    println!();
    // 1.5 until what is in force was looked at too, item by item beside the place above.
    bar("check / yardstick, all cores, round by round", ratio(&whole, &all), 2.0);
    let per = |times: &[Duration], documents: usize| median(times).as_secs_f64() / documents as f64;
    let growth = per(&whole, nation.documents) / per(&small, quarter.documents);
    bar("time per document, whole / quarter", growth, 1.15);
    bar("time per document, quarter / whole", 1.0 / growth, 1.15);
    bar(
        "peak memory of check / bytes of files",
        peak_of_check(&nation) as f64 / nation.bytes as f64,
        2.0,
    );

    let standards = Path::new(env!("CARGO_MANIFEST_DIR")).join("standards");
    let standards = standards.to_string_lossy();
    // The registry grows: what it costs is held against reading it.
    let (mut ours, mut read, mut version) = (vec![], vec![], vec![]);
    for _ in 0..101 {
        version.push(spawn(jialiang(&["--version"]), &[0]));
        read.push(spawn(jialiang(&["list", "places", "--registry", &standards]), &[0]));
        ours.push(spawn(jialiang(&["check", &standards]), &[0]));
    }
    println!(
        "\ncheck standards {:.2} ms, list places of it {:.2} ms, --version {:.2} ms",
        median(&ours).as_secs_f64() * 1e3,
        median(&read).as_secs_f64() * 1e3,
        median(&version).as_secs_f64() * 1e3
    );
    bar("check standards / list places of it, round by round", ratio(&ours, &read), 2.0);
}

fn check(nation: &Nation) -> Duration {
    spawn(jialiang(&["check", &nation.folder.to_string_lossy()]), &[0])
}

/// The most memory that the command holds, in bytes, looked at every millisecond.
fn peak_of_check(nation: &Nation) -> u64 {
    let mut child = jialiang(&["check"])
        .arg(&nation.folder)
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
