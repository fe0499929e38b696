use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

use crate::sample;

/// The licences under which a crate may come into the product.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Features that nobody may switch on: features add up over the whole graph, so one crate
/// would change what the others do.
const OFF: &[(&str, &str, &str)] = &[
    ("chrono", "clock", "the library knows no clock"),
    ("chrono", "now", "the library knows no clock"),
    ("gix", "async-network-client", "nothing is ever fetched"),
    ("gix", "attributes", "no filter changes what a document is"),
    ("gix", "blocking-network-client", "nothing is ever fetched"),
    ("gix", "credentials", "nobody is asked for a password"),
    ("gix", "interrupt", "a library catches no signal"),
    ("jsonschema", "default", "it would bring a network client"),
    ("jsonschema", "resolve-async", "a schema is never fetched"),
    ("jsonschema", "resolve-file", "a schema is never fetched"),
    ("jsonschema", "resolve-http", "a schema is never fetched"),
    ("rust_decimal", "serde-float", "no amount is ever a float"),
    ("serde_json", "arbitrary_precision", "it changes how every number is read"),
    ("serde_json", "preserve_order", "it changes the order of every map"),
    ("serde_json", "unbounded_depth", "a deep document would overflow the stack"),
];

/// What cargo says of the workspace, every feature of ours switched on.
static METADATA: LazyLock<Value> = LazyLock::new(|| {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--all-features",
            "--locked",
            "--manifest-path",
        ])
        .arg(sample::root().join("Cargo.toml"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata failed: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
});

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("cargo metadata without `{key}`"))
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("cargo metadata without `{key}`"))
}

/// The workspace's packages, each with the folder of its manifest.
fn ours() -> Vec<(&'static Value, String)> {
    let ids = list(&METADATA, "workspace_members");
    let root = Path::new(word(&METADATA, "workspace_root"));
    list(&METADATA, "packages")
        .iter()
        .filter(|package| ids.contains(&package["id"]))
        .map(|package| {
            let folder = Path::new(word(package, "manifest_path")).parent().unwrap();
            let folder = folder.strip_prefix(root).unwrap().to_str().unwrap();
            (package, folder.replace('\\', "/"))
        })
        .collect()
}

/// What a crate of ours is called in sentences: `model`, and `cli` for the root package.
fn short(package: &str) -> &str {
    package.strip_prefix("jialiang-").unwrap_or(package)
}

/// The `members` of the workspace, floor by floor, as the root manifest lists them.
fn floors() -> Vec<String> {
    let manifest = std::fs::read_to_string(sample::root().join("Cargo.toml")).unwrap();
    let (_, rest) =
        manifest.split_once("\nmembers = [").expect("the root manifest lists `members`");
    let (list, _) = rest.split_once("\n]").expect("one member stands on each line");
    list.lines().filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

/// A crate depends only on crates that stand before it; the command stands above all.
#[test]
fn every_dependency_goes_down() {
    let floors = floors();
    let ours = ours();
    let mut height = BTreeMap::new();
    for (package, folder) in &ours {
        let floor = floors.iter().position(|member| member == folder);
        let floor = if folder.is_empty() { Some(floors.len()) } else { floor };
        let name = word(package, "name");
        height.insert(name, floor.unwrap_or_else(|| panic!("{name} is not in `members`")));
    }
    assert_eq!(height.len(), floors.len() + 1, "each of `members` is one crate");
    for (package, _) in &ours {
        let name = word(package, "name");
        for dependency in list(package, "dependencies") {
            let to = word(dependency, "name");
            let kind = dependency["kind"].as_str().unwrap_or("normal");
            if let Some(below) = height.get(to) {
                assert!(
                    below < &height[name],
                    "{name} depends on {to} ({kind}), which stands no lower: a crate may depend only on \
                     crates listed before it in `members` of the root Cargo.toml; move what both need \
                     down, or the crate up"
                );
            }
        }
    }
}

/// Who uses a crate from outside, and how: (crate, user, kind).
type Use = (String, String, String);

/// The rows of `tests/dependencies.txt`: what they allow, and the licence of each crate.
fn allowed() -> (BTreeSet<Use>, BTreeMap<String, String>) {
    let text = std::fs::read_to_string(sample::root().join("tests/dependencies.txt")).unwrap();
    let (mut uses, mut licences) = (BTreeSet::new(), BTreeMap::new());
    let mut before = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [name, users, kind, licence, why] = cells[..] else {
            panic!("not `name | who may use it | kind | licence | why`: {line}");
        };
        assert!(matches!(kind, "normal" | "dev"), "the kind is `normal` or `dev`: {line}");
        assert!(!why.is_empty(), "a dependency has a reason: {line}");
        for user in users.split(", ") {
            let new = uses.insert((name.to_owned(), user.to_owned(), kind.to_owned()));
            assert!(new, "{name} for {user} stands twice in tests/dependencies.txt");
        }
        licences.insert(name.to_owned(), licence.to_owned());
        before.push((name, users.to_owned()));
    }
    assert!(before.is_sorted(), "the rows of tests/dependencies.txt stand in the order of names");
    (uses, licences)
}

#[test]
fn every_crate_from_outside_has_a_reason() {
    let ours = ours();
    let names: BTreeSet<&str> = ours.iter().map(|(package, _)| word(package, "name")).collect();
    let mut uses = BTreeSet::new();
    for (package, _) in &ours {
        for dependency in list(package, "dependencies") {
            let name = word(dependency, "name");
            if !names.contains(name) {
                let kind = dependency["kind"].as_str().unwrap_or("normal");
                let user = short(word(package, "name"));
                uses.insert((name.to_owned(), user.to_owned(), kind.to_owned()));
            }
        }
    }
    let (allowed, licences) = allowed();
    if let Some((name, user, kind)) = uses.difference(&allowed).next() {
        panic!(
            "{user} uses {name} ({kind}) and tests/dependencies.txt does not allow it: do without it, \
             or add the row with its licence and the reason"
        );
    }
    if let Some((name, user, kind)) = allowed.difference(&uses).next() {
        panic!("{user} no longer uses {name} ({kind}): take it out of tests/dependencies.txt");
    }
    for package in list(&METADATA, "packages") {
        if let Some(licence) = licences.get(word(package, "name")) {
            assert_eq!(
                package["license"].as_str(),
                Some(licence.as_str()),
                "the licence of {}",
                package["name"]
            );
        }
    }
}

/// Reads an SPDX expression: whether the allowed licences satisfy it.
struct Spdx<'a>(Vec<&'a str>);

impl<'a> Spdx<'a> {
    fn satisfied(expression: &'a str) -> bool {
        let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let mut words: Vec<&str> = spaced.split_whitespace().collect();
        words.reverse();
        let mut spdx = Spdx(words);
        let answer = spdx.any();
        answer && spdx.0.is_empty()
    }

    fn takes(&mut self, word: &str) -> bool {
        let takes = self.0.last() == Some(&word);
        if takes {
            self.0.pop();
        }
        takes
    }

    fn any(&mut self) -> bool {
        let mut answer = self.all();
        while self.takes("OR") {
            answer |= self.all();
        }
        answer
    }

    fn all(&mut self) -> bool {
        let mut answer = self.one();
        while self.takes("AND") {
            answer &= self.one();
        }
        answer
    }

    fn one(&mut self) -> bool {
        if self.takes("(") {
            let answer = self.any();
            return self.takes(")") && answer;
        }
        let mut name = self.0.pop().unwrap_or_default().to_owned();
        if self.takes("WITH") {
            name = format!("{name} WITH {}", self.0.pop().unwrap_or_default());
        }
        LICENCES.contains(&name.as_str())
    }
}

#[test]
fn a_licence_is_read_as_its_expression_means() {
    for (expression, wanted) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT/Apache-2.0", true),
        ("MIT OR GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("GPL-3.0 AND MIT OR Zlib", true),
        ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
        ("GPL-3.0 AND (MIT OR Zlib)", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0 WITH Some-exception", false),
        ("MIT OR", true),
        ("MIT Zlib", false),
        ("", false),
    ] {
        assert_eq!(Spdx::satisfied(expression), wanted, "{expression}");
    }
}

/// Every crate of the whole graph, for every platform, comes under a licence we accept.
#[test]
fn every_licence_is_accepted() {
    for package in list(&METADATA, "packages") {
        let name = word(package, "name");
        let licence = package["license"].as_str().unwrap_or("");
        assert!(
            Spdx::satisfied(licence),
            "{name} comes under `{licence}`, which none of the accepted licences satisfies"
        );
    }
}

#[test]
fn what_must_stay_off_is_off() {
    let nodes = list(&METADATA["resolve"], "nodes");
    for package in list(&METADATA, "packages") {
        let name = word(package, "name");
        let node = nodes.iter().find(|node| node["id"] == package["id"]).unwrap();
        for (which, feature, why) in OFF {
            let on = list(node, "features").iter().any(|f| f.as_str() == Some(*feature));
            assert!(*which != name || !on, "the feature `{feature}` of {name} is on: {why}");
        }
    }
    for (package, _) in ours() {
        for dependency in list(package, "dependencies") {
            if dependency["name"] == "jsonschema" {
                assert_eq!(
                    dependency["uses_default_features"], false,
                    "jsonschema in {}",
                    package["name"]
                );
            }
        }
    }
}

/// A test file that nobody declares is a test that nobody runs.
#[test]
fn no_test_file_is_forgotten() {
    let folder = sample::root().join("tests");
    let declared = std::fs::read_to_string(folder.join("tests.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_some_and(|e| e == "rs") && stem != "tests" {
            let line = format!("mod {stem};");
            assert!(
                declared.lines().any(|l| l == line),
                "tests/tests.rs does not declare `{line}`"
            );
        }
    }
}
