use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex_lite::Regex;
use yaml_rust2::{Yaml, YamlLoader};

use crate::drivers::{empty, out, program};
use crate::sample;

/// The files, by their paths from the root.
const FILES: [&str; 4] = [
    "action.yml",
    ".pre-commit-hooks.yaml",
    "crates/cli/init/github.yml",
    "crates/cli/init/gitlab.yml",
];

fn read(path: &str) -> String {
    std::fs::read_to_string(sample::root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn yaml(text: &str) -> Yaml {
    let mut all = YamlLoader::load_from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The fenced blocks of a page: what is written before each, its language, its text.
fn blocks(page: &str) -> Vec<(String, String, String)> {
    let fence = Regex::new("(?ms)(?:^<!-- ([^ ]+) -->\n)?^```([a-z]+)\n(.*?)^```$").unwrap();
    let part = |found: &regex_lite::Captures<'_>, n| {
        found.get(n).map_or_else(String::new, |part| part.as_str().to_owned())
    };
    fence
        .captures_iter(page)
        .map(|found| (part(&found, 1), part(&found, 2), part(&found, 3)))
        .collect()
}

/// Every script in a file of CI or of hooks.
fn scripts(yaml: &Yaml, all: &mut Vec<String>) {
    match yaml {
        Yaml::Hash(members) => {
            for (key, value) in members {
                let lines = |value: &Yaml| value.as_str().map(str::to_owned);
                match key.as_str() {
                    Some("run" | "entry") => all.extend(lines(value)),
                    Some("script" | "before_script") => {
                        all.extend(value.as_vec().into_iter().flatten().filter_map(lines));
                    }
                    _ => scripts(value, all),
                }
            }
        }
        Yaml::Array(elements) => elements.iter().for_each(|element| scripts(element, all)),
        _ => {}
    }
}

/// The commands of ours in a script, word by word, as a shell would take them apart.
fn commands(script: &str) -> Vec<Vec<String>> {
    let ours = Regex::new("(?:^|[\\s\"'`(])jialiang ([a-z][^|>;&\n]*)").unwrap();
    let given = Regex::new(r"\$\{\w+:\+([^}]*)\}").unwrap();
    // A shell fills in the one, git the other.
    let script = given.replace_all(script, "$1").replace("%L", "7");
    let lines = script.lines().filter(|line| !line.trim_start().starts_with('#'));
    let words = |line: &str| {
        line.split_whitespace().map(|word| word.trim_matches(['"', '\'', '`']).to_owned()).collect()
    };
    let all = lines.flat_map(|line| {
        ours.captures_iter(line).map(|found| words(&found[1])).collect::<Vec<Vec<String>>>()
    });
    all.collect()
}

/// Whether the command's own parser takes words: help is the last that is asked for, so that
/// nothing is done.
fn parses(words: &[String]) -> Result<(), String> {
    let (before, behind) =
        words.split_at(words.iter().position(|w| w == "--").unwrap_or(words.len()));
    let words: Vec<&str> = before
        .iter()
        .map(String::as_str)
        .chain(["--help"])
        .chain(behind.iter().map(String::as_str))
        .collect();
    match out(&sample::root(), "jialiang", &words) {
        (Some(0), _) => Ok(()),
        (_, said) => Err(said),
    }
}

#[test]
fn every_command_in_the_files_exists() {
    let mut all = Vec::new();
    for path in FILES {
        scripts(&yaml(&read(path)), &mut all);
    }
    for path in ["crates/cli/init/pre-commit", "crates/cli/init/pre-merge-commit"] {
        all.push(read(path));
    }
    for page in ["docs/ci.md", "crates/cli/init/README.md"] {
        for (_, language, text) in blocks(&read(page)) {
            match language.as_str() {
                "yaml" => scripts(&yaml(&text), &mut all),
                "sh" | "text" => all.push(text),
                other => panic!("{page}: a block in {other}"),
            }
        }
    }
    let mut verbs: BTreeMap<String, usize> = BTreeMap::new();
    for words in all.iter().flat_map(|script| commands(script)) {
        *verbs.entry(words[0].clone()).or_default() += 1;
        let shown = words.join(" ");
        assert_eq!(parses(&words), Ok(()), "{shown}");
    }
    assert_eq!(
        verbs.keys().collect::<Vec<_>>(),
        ["check", "fmt", "init", "merge-driver", "textconv"]
    );
    assert!(verbs["check"] > 10, "{verbs:?}");
    // The test sees what is wrong.
    let bad = commands("jialiang check --formt github -- x || true");
    assert_eq!(bad, [["check", "--formt", "github", "--", "x"]]);
    assert!(parses(&bad[0]).is_err());
}

/// What the page shows is what `jialiang init` writes and says.
#[test]
fn the_page_shows_what_init_writes() {
    let blocks = blocks(&read("docs/ci.md"));
    let block = |name: &str| -> &str {
        blocks.iter().find(|block| block.0 == name).map_or_else(|| panic!("{name}"), |b| &b.2)
    };
    for name in ["github.yml", "gitlab.yml", "pre-commit", "gitattributes"] {
        assert_eq!(block(name), read(&format!("crates/cli/init/{name}")), "{name}");
    }
    let at = empty("page");
    let (code, said) = out(&at, "jialiang", &["init"]);
    assert_eq!(code, Some(0), "{said}");
    for line in block("config").lines() {
        assert!(said.contains(&format!("\n  {line}\n")), "{line}\n{said}");
    }
}

#[test]
fn the_action_uses_what_it_takes() {
    let text = read("action.yml");
    let action = yaml(&text);
    let inputs = action["inputs"].as_hash().unwrap();
    let taken: Vec<&str> = inputs.keys().filter_map(Yaml::as_str).collect();
    assert_eq!(taken, ["path", "base", "args", "version"]);
    for found in Regex::new(r"inputs\.([a-z]+)").unwrap().captures_iter(&text) {
        assert!(taken.contains(&&found[1]), "{}", &found[1]);
    }
    for input in taken {
        assert!(text.contains(&format!("inputs.{input}")), "{input}");
        assert!(read("docs/ci.md").contains(&format!("| `{input}` |")), "{input}");
    }
    // Nothing that a stranger can write in a pull request is pasted into a script.
    let mut all = Vec::new();
    scripts(&action, &mut all);
    scripts(&yaml(&read("crates/cli/init/github.yml")), &mut all);
    assert!(all.iter().all(|script| !script.contains("${{")));
    assert_eq!(action["runs"]["using"].as_str(), Some("composite"));
    for step in action["runs"]["steps"].as_vec().unwrap() {
        assert_eq!(step["shell"].as_str(), Some("bash"));
    }
}

/// The script of a step.
fn step(yaml: &Yaml, name: &str) -> String {
    let steps = match &yaml["runs"] {
        Yaml::BadValue => &yaml["jobs"]["check"]["steps"],
        runs => &runs["steps"],
    };
    let steps = steps.as_vec().unwrap();
    let step = steps.iter().find(|step| step["name"].as_str() == Some(name));
    step.unwrap_or_else(|| panic!("{name}"))["run"].as_str().unwrap().to_owned()
}

/// Runs a script as CI does, with some variables set.
fn script(at: &Path, shell: &[&str], text: &str, set: &[(&str, &str)]) -> (Option<i32>, String) {
    let set: Vec<String> = set.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let mut words: Vec<&str> = set.iter().map(String::as_str).collect();
    words.extend(shell);
    words.extend(["-c", text]);
    out(at, "env", &words)
}

const BASH: &[&str] = &["bash", "--noprofile", "--norc", "-eo", "pipefail"];

/// A folder with a registry in it, in which one thing can be wrong.
fn registry(name: &str, wrong: bool) -> PathBuf {
    let at = empty(name);
    for (path, bytes) in sample::base() {
        let path = at.join("standards").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text = if wrong { text.replace("\"cn/mof\"", "\"cn/moff\"") } else { text };
        std::fs::write(path, text).unwrap();
    }
    at
}

#[test]
fn the_action_checks() {
    let check = step(&yaml(&read("action.yml")), "Check");
    for (wrong, status) in [(false, 0), (true, 1)] {
        let at = registry(if wrong { "action-wrong" } else { "action" }, wrong);
        let (code, said) = script(
            &at,
            BASH,
            &check,
            &[
                ("JIALIANG_PATH", "standards"),
                ("JIALIANG_BASE", "none"),
                ("JIALIANG_ARGS", "--lang en --deny-warnings"),
                ("GITHUB_STEP_SUMMARY", "summary.md"),
            ],
        );
        assert_eq!(code, Some(status), "{said}");
        assert_eq!(
            said.contains("::error file=standards/cn/sample@1.0.0.edition.json"),
            wrong,
            "{said}"
        );
        let summary = std::fs::read_to_string(at.join("summary.md")).unwrap();
        assert_eq!(summary.contains("unknown-reference"), wrong, "{summary}");
        assert!(summary.starts_with('#'), "{summary}");
        // No path is the registry here, and two paths are two.
        let all = |path| {
            script(
                &at,
                BASH,
                &check,
                &[("JIALIANG_PATH", path), ("GITHUB_STEP_SUMMARY", "/dev/null")],
            )
        };
        assert_eq!(all("").0, Some(status));
        assert_eq!(all("standards/registry.json standards/cn/sample.standard.json").0, Some(0));
        assert_eq!(all("absent").0, Some(2));
    }
    let at = registry("action-shallow", false);
    program(&at, "git", &["init", "-q"]);
    let missing = "0123456789abcdef0123456789abcdef01234567";
    let (code, said) = script(&at, BASH, &check, &[("JIALIANG_BASE", missing)]);
    let told = said.contains("::error::") && said.contains("fetch-depth: 0");
    assert_eq!((code, told), (Some(2), true), "{said}");
}

/// A folder with a `cargo` in it that only tells how it was called.
fn cargo(name: &str) -> PathBuf {
    let at = empty(name);
    let path = at.join("cargo");
    std::fs::write(&path, "#!/bin/sh\necho cargo \"$@\"\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    at
}

#[test]
fn what_ci_installs_is_ours() {
    let at = cargo("cargo");
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", at.display());
    let source = "https://git.example.org/jialiang";
    let install = step(&yaml(&read("action.yml")), "Install");
    let run = |text: &str, set: &[(&str, &str)]| {
        script(&at, BASH, text, &[&[("PATH", path.as_str())], set].concat())
    };
    assert_eq!(
        run(&install, &[("JIALIANG_VERSION", ""), ("GITHUB_ACTION_PATH", "/an action")]),
        (Some(0), "cargo install --locked --path /an action\n".to_owned())
    );
    assert_eq!(
        run(&install, &[("JIALIANG_VERSION", "v1"), ("JIALIANG_REPOSITORY", source)]),
        (Some(0), format!("cargo install --locked --git {source} --rev v1 jialiang-cli\n"))
    );
    let gitlab = yaml(&read("crates/cli/init/gitlab.yml"));
    let before = gitlab["jialiang"]["before_script"][0].as_str().unwrap().to_owned();
    for install in [step(&yaml(&read("crates/cli/init/github.yml")), "Install"), before] {
        let (code, said) = run(&install, &[("JIALIANG_SOURCE", "")]);
        assert_eq!((code, said.contains("JIALIANG_SOURCE")), (Some(1), true), "{said}");
        assert_eq!(
            run(&install, &[("JIALIANG_SOURCE", source)]),
            (Some(0), format!("cargo install --locked --git {source} jialiang-cli\n"))
        );
        assert_eq!(
            run(&install, &[("JIALIANG_SOURCE", source), ("JIALIANG_REV", "v1")]),
            (Some(0), format!("cargo install --locked --git {source} --rev v1 jialiang-cli\n"))
        );
    }
    // The package of the repository's root, which has the command.
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("[package]\nname = \"jialiang-cli\"\n"));
    assert!(manifest.contains("[[bin]]\nname = \"jialiang\"\n"));
}

#[test]
fn what_init_writes_for_ci_checks() {
    let github = step(&yaml(&read("crates/cli/init/github.yml")), "Check");
    let gitlab = yaml(&read("crates/cli/init/gitlab.yml"));
    let reports = &gitlab["jialiang"]["artifacts"]["reports"];
    let gitlab = gitlab["jialiang"]["script"][0].as_str().unwrap();
    for (wrong, status) in [(false, 0), (true, 1)] {
        let at = registry(if wrong { "ci-wrong" } else { "ci" }, wrong);
        let (code, said) =
            script(&at, BASH, &github, &[("BASE", ""), ("GITHUB_STEP_SUMMARY", "summary.md")]);
        assert_eq!(code, Some(status), "{said}");
        assert_eq!(said.contains("::error file=standards/cn/"), wrong, "{said}");
        let summary = std::fs::read_to_string(at.join("summary.md")).unwrap();
        assert_eq!(summary.contains("unknown-reference"), wrong, "{summary}");
        let (code, said) = script(&at, &["sh", "-e"], gitlab, &[]);
        assert_eq!(code, Some(status), "{said}");
        let report =
            |name: &str| std::fs::read_to_string(at.join(reports[name].as_str().unwrap())).unwrap();
        let quality: Vec<serde_json::Value> = serde_json::from_str(&report("codequality")).unwrap();
        assert_eq!(
            quality.iter().any(|finding| finding["check_name"] == "unknown-reference"),
            wrong
        );
        let junit = report("junit");
        let junit = roxmltree::Document::parse(&junit).unwrap();
        assert_eq!(junit.descendants().any(|node| node.has_tag_name("failure")), wrong);
    }
}

/// Compared with what was there: a published edition whose value changes is told, and only
/// then.
#[test]
fn ci_compares_with_a_base() {
    let action = step(&yaml(&read("action.yml")), "Check");
    let github = step(&yaml(&read("crates/cli/init/github.yml")), "Check");
    let gitlab = yaml(&read("crates/cli/init/gitlab.yml"));
    let gitlab = gitlab["jialiang"]["script"][0].as_str().unwrap();
    let at = registry("base", false);
    let git = |words: &[&str]| assert_eq!(program(&at, "git", words).status.code(), Some(0));
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "base"]);
    let edition = at.join("standards/cn/sample@1.0.0.edition.json");
    let text = std::fs::read_to_string(&edition).unwrap();
    std::fs::write(&edition, text.replace("\"650\"", "\"720\"")).unwrap();
    git(&["commit", "-q", "-a", "-m", "a value"]);
    let summary = ("GITHUB_STEP_SUMMARY", "/dev/null");
    let path = ("JIALIANG_PATH", "standards");
    for (base, status) in [("", 0), ("HEAD", 0), ("HEAD~1", 1)] {
        for (code, said) in [
            script(&at, BASH, &action, &[path, summary, ("JIALIANG_BASE", base)]),
            script(&at, BASH, &github, &[summary, ("BASE", base)]),
            script(&at, &["sh", "-e"], gitlab, &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", base)]),
        ] {
            assert_eq!(code, Some(status), "{base}: {said}");
            assert_eq!(said.contains("altered-edition"), status == 1, "{base}: {said}");
        }
    }
}

/// The hook sees what is staged, whatever is being edited; it says so where it cannot work.
#[test]
fn the_hook_checks_what_is_staged() {
    let at = registry("hook", false);
    let git = |words: &[&str]| out(&at, "git", words);
    git(&["init", "-q", "-b", "main"]);
    let (code, said) = out(&at, "jialiang", &["init", "--ci", "none", "--with-git-config"]);
    assert_eq!(code, Some(0), "{said}");
    git(&["add", "-A"]);
    assert_eq!(git(&["commit", "-q", "-m", "base"]), (Some(0), String::new()));
    let edition = at.join("standards/cn/sample@1.0.0.edition.json");
    let text = std::fs::read_to_string(&edition).unwrap();
    let wrong = text.replace("\"cn/mof\"", "\"cn/moff\"");
    std::fs::write(&edition, &wrong).unwrap();
    git(&["add", "-A"]);
    std::fs::write(&edition, &text).unwrap();
    let (code, said) = git(&["commit", "-m", "wrong"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(" --> standards/cn/sample@1.0.0.edition.json:"), "{said}");
    // Layout is minded too.
    std::fs::write(&edition, text.replace("  \"label\"", " \"label\"")).unwrap();
    git(&["add", "-A"]);
    let (code, said) = git(&["commit", "-m", "layout"]);
    assert_eq!(
        (code, said.contains("要改写：standards/cn/sample@1.0.0.edition.json:5")),
        (Some(1), true),
        "{said}"
    );
    std::fs::write(&edition, text.replace("\"650\"", "\"720\"")).unwrap();
    git(&["add", "-A"]);
    std::fs::write(&edition, "{ being edited").unwrap();
    assert_eq!(git(&["commit", "-m", "right"]).0, Some(0));
    // Without the command nothing is let pass in silence.
    let bare = Command::new("/bin/sh")
        .arg(at.join(".githooks/pre-commit"))
        .env("PATH", "/nowhere")
        .current_dir(&at)
        .output()
        .unwrap();
    assert_eq!(bare.status.code(), Some(1));
    assert!(String::from_utf8(bare.stderr).unwrap().contains("cannot be checked without jialiang"));
}
