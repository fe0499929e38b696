//! How things are shown, a file for each format.

mod answer;
pub(crate) mod ask;
pub(crate) mod diff;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod history;
pub(crate) mod human;
pub(crate) mod import;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod markdown;
pub(crate) mod report;
pub(crate) mod sarif;
pub(crate) mod show;
pub(crate) mod table;
#[cfg(test)]
mod tests;
pub(crate) mod wrap;

use std::fmt;
use std::io::Write;

use jialiang_check::Report;
use jialiang_check::locate::Locator;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::place::Place;
use jialiang_model::read::lines::Position;

use crate::args::Check;
use crate::cmd::Failure;
use crate::lang::Lang;

/// Prints a text, or bytes as they are.
pub(crate) fn print(text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_ref()).and_then(|()| out.flush()).map_err(Failure::Output)
}

/// Tells somebody beside the output what went wrong; where nobody listens, the exit code says
/// it alone.
pub(crate) fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// What a type of the machine outputs looks like in JSON.
pub(crate) fn json(output: &impl serde::Serialize) -> String {
    // The outputs hold strings, numbers, lists and objects with string keys: nothing that JSON
    // could refuse.
    serde_json::to_string_pretty(output).unwrap_or_default() + "\n"
}

/// A place as the services of a forge take it: a path of their repository, lines and
/// columns. A document that cannot be read any more is shown at its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    path: String,
    start: Position,
    end: Position,
}

impl Spot {
    fn new(place: &Place, locator: &mut Locator<'_>) -> Self {
        let first = Position { line: 1, column: 1 };
        let (start, end) = locator.find(place).map_or((first, first), |l| (l.start, l.end));
        Self { path: in_repository(&locator.shown(&place.document)), start, end }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.start.line, self.start.column)
    }
}

/// A path as typed, in the form of a repository's paths: `/` between folders, nothing to
/// pass through and come back from. A forge runs the command in the repository's root, so
/// that the two are the same; from elsewhere, a path that leads up keeps its `..`.
pub(crate) fn in_repository(path: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in path.split(std::path::is_separator) {
        match word {
            "." => {}
            "" if !words.is_empty() => {}
            ".." if words.last().is_some_and(|before| !matches!(*before, "" | "..")) => {
                words.pop();
            }
            _ => words.push(word),
        }
    }
    words.join("/")
}

/// Errors before warnings before notes, which are shown where they are asked for: whoever
/// stops reading, or a service that shows only so many, has seen the gravest.
fn by_level<'f>(report: &'f Report, args: &Check, locator: &mut Locator<'_>) -> Vec<&'f Finding> {
    let shown = report.findings.iter().filter(|f| args.notes || f.level != Level::Note);
    let mut shown = locator.in_order(shown.collect());
    shown.sort_by_key(|finding| finding.level);
    shown
}

/// What a finding says where there is room for lines but not for excerpts: what is wrong,
/// what to do, and what stands at the other places.
fn lines(finding: &Finding, locator: &mut Locator<'_>, lang: Lang) -> Vec<String> {
    // The label repeats the message beside an excerpt; the help says what the fix does.
    let Finding { rule: _, level: _, place: _, args: _, message, label: _, help, fix: _, related } =
        finding;
    let mut lines = vec![lang.of(message).to_owned()];
    lines.extend(help.iter().map(|help| lang.of(help).to_owned()));
    for other in related {
        let spot = Spot::new(&other.place, locator);
        lines.push(format!("{spot}: {}", lang.of(&other.message)));
    }
    lines
}

/// A text without the characters that a terminal or a log would obey, and that XML 1.0
/// cannot hold, even escaped.
pub(crate) fn visible(text: &str) -> String {
    let shown = |c: char| {
        matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
    };
    text.chars().map(|c| if shown(c) { c } else { '\u{fffd}' }).collect()
}

/// How many findings there are of each level, in words.
fn counts(report: &Report, lang: Lang) -> String {
    let [errors, warnings, notes] =
        [Level::Error, Level::Warning, Level::Note].map(|l| report.count(l));
    let accepted = report.accepted.len();
    let mut text = match lang {
        Lang::Zh => format!("{errors} 个错误、{warnings} 个警告、{notes} 个提示"),
        Lang::En => format!(
            "{}, {} and {}",
            human::count(errors, "error"),
            human::count(warnings, "warning"),
            human::count(notes, "note")
        ),
    };
    if accepted > 0 {
        text += &match lang {
            Lang::Zh => format!("，另有 {accepted} 条已接受"),
            Lang::En => format!("; {accepted} more accepted"),
        };
    }
    text
}
