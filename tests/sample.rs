use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jialiang_check::Report;
use jialiang_check::locate::Locator;
use jialiang_model::finding::Finding;
use jialiang_store::source::Memory;
use jialiang_store::{Loaded, Source, load};

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
    let loaded = registry(files);
    let report = jialiang_check::run(&loaded);
    (loaded, report)
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
