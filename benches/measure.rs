//! What every benchmark measures with: a nation on disk, commands from start to exit,
//! medians, and bars.
#![allow(dead_code, unreachable_pub, reason = "each benchmark uses a part of it")]
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::generator::{self, Size, Summary};
use crate::yardstick::Tag;

/// How often everything is measured; the middle one counts.
pub const ROUNDS: usize = 7;

/// How many cores there are.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// The size that was asked for, as a number of documents; else a whole nation's.
pub fn size() -> Size {
    let asked = std::env::args().find_map(|word| word.parse().ok());
    asked.map_or(Size::NATION, Size::documents)
}

/// A synthetic nation on disk.
pub struct Nation {
    pub folder: PathBuf,
    pub documents: usize,
    pub bytes: u64,
}

impl Nation {
    /// A nation in a folder of this name below `target/`, in place of what stood there.
    pub fn written(name: &str, size: Size) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let Summary { files, bytes } = generator::write_to(&folder, size);
        Self { folder, documents: files, bytes }
    }

    /// The paths of its documents, from its folder.
    pub fn paths(&self) -> Vec<String> {
        let (mut paths, mut folders) = (Vec::new(), vec![self.folder.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("it was just written") {
                let path = entry.expect("it was just written").path();
                if path.ends_with(".git") {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let path = path.strip_prefix(&self.folder).expect("it stands in the folder");
                    paths.push(path.to_string_lossy().into_owned());
                }
            }
        }
        paths
    }

    /// A document's text.
    pub fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).expect("it was just written")
    }

    /// Its texts, as the yardstick reads them.
    pub fn texts(&self) -> Vec<(Tag, String)> {
        let paths = self.paths();
        paths.iter().filter_map(|path| Some((Tag::of(path)?, self.text(path)))).collect()
    }
}

/// The command, with words behind it.
pub fn jialiang(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jialiang"));
    command.args(words);
    command
}

/// How long a command takes from start to exit; it must exit with one of these codes.
pub fn spawn(mut command: Command, exits: &[i32]) -> Duration {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("the command runs");
    let took = begun.elapsed();
    let met = status.code().is_some_and(|code| exits.contains(&code));
    assert!(met, "{command:?}: {status}");
    took
}

/// The second of two runs: the first brings files and memory back that what was timed
/// before it has pushed out.
pub fn warm(mut run: impl FnMut() -> Duration) -> Duration {
    run();
    run()
}

pub fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

pub fn middle(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// The middle of the ratios of two times, round by round.
pub fn ratio(times: &[Duration], of: &[Duration]) -> f64 {
    middle(times.iter().zip(of).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect())
}

/// Prints the median of times, in a unit that fits it.
pub fn figure(label: &str, times: &[Duration]) {
    let seconds = median(times).as_secs_f64();
    let (figure, unit) = match seconds {
        s if s < 1e-3 => (s * 1e6, "us"),
        s if s < 0.1 => (s * 1e3, "ms"),
        s => (s, "s"),
    };
    println!("{label:<52} {figure:8.3} {unit}");
}

/// Prints a ratio beside its bar.
pub fn bar(label: &str, ratio: f64, bar: f64) {
    let held = if ratio <= bar { "held" } else { "BROKEN" };
    let digits = if bar < 1.0 { 3 } else { 2 };
    println!("{label:<52} {ratio:8.digits$}   bar {bar:.digits$}  {held}");
}
