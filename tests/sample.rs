use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jialiang_check::locate::Locator;
use jialiang_check::{Report, Subject};
use jialiang_model::date::Day;
use jialiang_model::finding::Finding;
use jialiang_store::source::Memory;
use jialiang_store::{Base, Loaded, Source, load};

/// Documents by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every file of a folder, by its path from there.
pub(crate) fn folder(folder: &Path) -> Files {
    fn walk(at: &Path, from: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, from, files);
            } else {
                let name = path.strip_prefix(from).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    walk(folder, folder, &mut files);
    files
}

/// The small registry over which examples and corpus cases are laid. Nothing is wrong
/// with it.
pub(crate) fn base() -> Files {
    folder(&root().join("tests/base"))
}

/// Reads documents as a registry.
pub(crate) fn registry(files: Files) -> Loaded {
    load(&Source::Memory(files.into_iter().collect::<Memory>())).unwrap()
}

/// Checks documents as a registry.
pub(crate) fn check(files: Files) -> (Loaded, Report) {
    check_edit(files, None, None)
}

/// Checks documents as a registry, as an edit of what was there before, on a day.
pub(crate) fn check_edit(
    files: Files,
    before: Option<&Files>,
    on: Option<Day>,
) -> (Loaded, Report) {
    let base = before.map(|before| base_of(before, &files));
    let mut loaded = registry(files);
    if let Some(base) = &base {
        loaded.texts = loaded.texts.with_base(base);
    }
    let mut subject = Subject::new(&loaded);
    if let Some(base) = &base {
        subject = subject.against(base);
    }
    if let Some(day) = on {
        subject = subject.on(day);
    }
    let report = jialiang_check::run(&subject);
    (loaded, report)
}

/// What differs between two states of a registry, as the earlier one has it.
fn base_of(before: &Files, after: &Files) -> Base {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    Base::new("before", differing.map(|path| (path.as_str().into(), before.get(path).cloned())))
}

/// Findings as lines of `document:line:column rule`, in the order of places.
pub(crate) fn lines(loaded: &Loaded, report: &Report) -> Vec<String> {
    let mut locator = Locator::new(&loaded.texts);
    let findings = locator.in_order(report.findings.iter().collect());
    findings.into_iter().map(|finding| line(finding, &mut locator)).collect()
}

/// A finding as `document:line:column rule`.
pub(crate) fn line(finding: &Finding, locator: &mut Locator<'_>) -> String {
    let start = locator.find(&finding.place).map(|located| located.start);
    let (line, column) = start.map_or((0, 0), |p| (p.line, p.column));
    format!("{}:{line}:{column} {}", finding.place.document, finding.rule)
}
