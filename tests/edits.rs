use std::path::{Path, PathBuf};
use std::process::Command;

use jialiang_check::output::Output as CheckOutput;
use jialiang_check::output::diff::Output as DiffOutput;

use crate::command::{EDITION, copy, out};
use crate::sample;

/// Runs git at a place, with nothing of the machine's own settings.
fn git(at: &Path, words: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=someone", "-c", "user.email=someone@example.org"])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(words)
        .current_dir(at)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(status.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&status.stderr));
}

/// A copy of the base, committed.
fn committed(name: &str) -> PathBuf {
    let at = copy(name);
    git(&at, &["init", "--quiet"]);
    git(&at, &["add", "--all"]);
    git(&at, &["commit", "--quiet", "--message", "the registry"]);
    at
}

fn edit(at: &Path, document: &str, pairs: &[(&str, &str)]) {
    let path = at.join(document);
    let mut text = std::fs::read_to_string(&path).unwrap();
    for (from, to) in pairs {
        assert!(text.contains(from), "{document} holds no {from}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(path, text).unwrap();
}

/// A new edition that follows the committed one, with some of its words exchanged.
fn next(at: &Path, version: &str, pairs: &[(&str, &str)]) {
    let document = format!("cn/sample@{version}.edition.json");
    let notice = std::fs::read_to_string(at.join("cn/2021/notice.instrument.json")).unwrap();
    let notice =
        notice.replace("cn/2021/notice", "cn/2023/notice").replace("2021-04-20", "2023-07-30");
    std::fs::create_dir_all(at.join("cn/2023")).unwrap();
    std::fs::write(at.join("cn/2023/notice.instrument.json"), notice).unwrap();
    std::fs::copy(at.join(EDITION), at.join(&document)).unwrap();
    let version = format!("\"version\": \"{version}\"");
    let head = [
        ("\"version\": \"1.0.0\"", version.as_str()),
        ("\"label\": \"2021年版\"", "\"label\": \"2023年版\""),
        (
            "\"instrument\": \"cn/2021/notice\",\n  \"trans",
            "\"instrument\": \"cn/2023/notice\",\n  \"follows\": \"1.0.0\",\n  \"trans",
        ),
    ];
    edit(at, &document, &[&head[..], pairs].concat());
}

const PRIMARY: &str = "\"at-least\": \"650\"";

/// What the real notice of 2023 did, as far as the texts are on record.
#[test]
fn the_real_editions_differ_as_their_sources_say() {
    let root = sample::root();
    let sides = ["diff", "cn/basic-public-services@2021年版", "cn/basic-public-services@2023年版"];
    for lang in ["zh", "en"] {
        let (code, text) = out(&root, &[&sides[..], &["--lang", lang]].concat());
        assert_eq!(code, Some(0), "{text}");
        insta::assert_snapshot!(format!("national_{lang}"), text);
        let markdown = [&sides[..], &["--format", "markdown", "--lang", lang]].concat();
        insta::assert_snapshot!(format!("national_{lang}_markdown"), out(&root, &markdown).1);
    }
    let (_, text) = out(&root, &[&sides[..], &["--format", "json"]].concat());
    let output: DiffOutput = serde_json::from_str(&text).unwrap();
    let schema = std::fs::read_to_string(root.join("schemas/diff-output.json")).unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::is_valid(&schema, &serde_json::from_str(&text).unwrap()));
    let [pair] = &output.editions[..] else { panic!("{text}") };
    assert_eq!((pair.required.as_str(), pair.declared.as_deref()), ("minor", Some("minor")));
    let line = |class: &str| {
        let line = pair.summary.iter().find(|line| line.class == class).unwrap();
        (line.computed.len(), line.declared, line.unseen_least, line.unseen_most)
    };
    assert_eq!(line("added"), (1, Some(1), 0, 0));
    assert_eq!(line("raised"), (3, Some(3), 0, 0));
    assert_eq!(line("widened"), (0, Some(2), 2, 2));
    // The rename may be one of the 41, or one more.
    assert_eq!(line("reworded"), (1, Some(41), 40, 41));
    assert_eq!(line("lead-agencies"), (0, Some(10), 10, 10));
    assert_eq!(pair.summary.len(), 5);
    let of = |nature: &str| pair.changes.iter().filter(|c| c.nature == nature).collect::<Vec<_>>();
    assert_eq!(of("item-renamed").len(), 1);
    // 2 amounts and the boarders', the meal, 5 of the special aid: each value before is
    // known from a later document.
    let raised = of("provision-raised");
    assert_eq!(raised.len(), 9);
    assert!(raised.iter().all(|change| change.before_attested_by.is_some()));
    let losses = pair.changes.iter().filter(|c| c.requires == "major");
    assert_eq!(losses.count(), 0);
}

/// Versions, labels, files and revisions name the same two editions.
#[test]
fn one_grammar_names_both_sides() {
    let at = committed("edits-sides");
    next(&at, "1.1.0", &[(PRIMARY, "\"at-least\": \"720\"")]);
    let (_, wanted) = out(&at, &["diff", "cn/sample@1.0.0", "cn/sample@1.1.0"]);
    assert!(wanted.contains("+10.77%"), "{wanted}");
    let file = "cn/sample@1.1.0.edition.json";
    for sides in [["cn/sample@2021年版", "cn/sample@2023年版"], [EDITION, file]] {
        assert_eq!(out(&at, &["diff", sides[0], sides[1]]).1, wanted, "{sides:?}");
    }
    let (code, text) = out(&at, &["diff", "HEAD:cn/sample@2021年版", file, "--exit-code"]);
    assert_eq!(code, Some(1), "{text}");
    let commit =
        text.lines().find_map(|line| line.trim().split_once(":cn/sample@1.0.0")).unwrap().0;
    assert_eq!(text.replace(&format!("{commit}:"), ""), wanted);
    assert_eq!(out(&at, &["diff", "HEAD:cn/sample@1.0.0", EDITION, "--exit-code"]).0, Some(0));
    for (sides, said) in [
        (["cn/sample@1.0.0", "cn/sample@3.0.0"], "现有 1.0.0、1.1.0"),
        (["cn/sample@1.0.0", "cn/sample"], "现有 1.0.0、1.1.0"),
        (["cn/sample@1.0.0", "甲乙"], "不是一版标准"),
        (["cn/sample@1.0.0", "registry.json"], "不是一版标准"),
        (["nowhere:cn/sample@1.0.0", "cn/sample@1.0.0"], "git fetch origin nowhere"),
    ] {
        let (code, text) = out(&at, &[&["diff"][..], &sides].concat());
        assert_eq!((code, text.contains(said)), (Some(2), true), "{text}");
    }
}

/// Everything since a base: the edition in place, the new one against what it follows, and
/// every other document by name.
#[test]
fn a_base_shows_everything_since() {
    let at = committed("edits-since");
    assert_eq!(out(&at, &["diff", "--base", "HEAD"]), (Some(0), "没有变化。\n".to_owned()));
    next(&at, "2.0.0", &[(PRIMARY, "\"at-least\": \"600\"")]);
    edit(
        &at,
        EDITION,
        &[("义务教育阶段免除学杂费\" }", "义务教育阶段免除学杂费\", \"en\": \"No tuition\" }")],
    );
    std::fs::remove_file(at.join("registry.json")).unwrap();
    std::fs::write(at.join("registry.json"), "{}").unwrap();
    let (code, text) = out(&at, &["diff", "--base", "HEAD", "--all"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("since_zh", scrubbed(&text));
    let (_, part) = out(&at, &["diff", "--base", "HEAD", "cn/2023"]);
    assert_eq!(part, "其他文档\n  新增 cn/2023/notice.instrument.json\n");
}

/// Of an adjustment it is told what each operation was, becomes, and from when: of a new one
/// all, of a changed one what it did not say before.
#[test]
fn what_an_adjustment_says_is_told() {
    let at = committed("edits-adjusted");
    let words = ["new", "adjustment", "cn/2024/meals", "--standard", "cn/sample"];
    let rest = ["--line", "school-meals/meal", "--to", "6", "--from", "2024-03"];
    let (code, said) = out(&at, &[&words[..], &rest, &["--url", "https://example.org/a"]].concat());
    assert_eq!(code, Some(0), "{said}");
    edit(&at, "cn/2021/notice.adjustment.json", &[("\"was\": \"3\"", "\"was\": \"3.5\"")]);
    let (_, text) = out(&at, &["diff", "--base", "HEAD"]);
    assert_eq!(
        text,
        "\
其他文档
  有改动 cn/2021/notice.adjustment.json
    school-meals/meal：3.5 → 不低于 4 元/生·天（全年 200 天），自 2021-04-20 起
  新增 cn/2024/meals.adjustment.json
    school-meals/meal：不低于 4 元/生·天（全年 200 天） → 不低于 6 元/生·天（全年 200 天），自 2024-03 起
"
    );
    let words = ["diff", "--base", "HEAD", "cn/2024", "--format"];
    let (_, text) = out(&at, &[&words[..], &["markdown", "--lang", "en"]].concat());
    assert!(
        text.ends_with("from 2024-03 on\n") && text.contains("  - school-meals/meal: at least 4"),
        "{text}"
    );
    let (_, text) = out(&at, &[&words[..], &["json"]].concat());
    let told: DiffOutput = serde_json::from_str(&text).unwrap();
    let [document] = told.documents.as_slice() else { panic!("{text}") };
    let [operation] = document.operations.as_slice() else { panic!("{text}") };
    assert_eq!(operation.what.as_deref(), Some("school-meals/meal"));
    assert_eq!(operation.from.as_deref(), Some("2024-03"));
    // A source that was completed changes nothing that is said.
    git(&at, &["checkout", "--quiet", "."]);
    edit(&at, "cn/2021/notice.adjustment.json", &[("第三条", "第四条")]);
    let (_, text) = out(&at, &["diff", "--base", "HEAD", "cn/2021"]);
    assert_eq!(text, "其他文档\n  有改动 cn/2021/notice.adjustment.json\n");
}

/// A text without the ids of commits.
fn scrubbed(text: &str) -> String {
    let is_id = |word: &str| word.len() == 12 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let words = text.split_inclusive([' ', ':', '\n']);
    words
        .map(|word| {
            let bare = word.trim_end_matches([' ', ':', '\n']);
            if is_id(bare) { word.replace(bare, "COMMIT") } else { word.to_owned() }
        })
        .collect()
}

/// The gate on an edit: found, accepted, and found again when the acceptance has run out.
#[test]
fn a_finding_on_an_edit_is_accepted_for_a_time() {
    let at = committed("edits-accept");
    assert_eq!(out(&at, &["check", "--base", "HEAD"]).0, Some(0));
    edit(&at, EDITION, &[(PRIMARY, "\"at-least\": \"720\"")]);
    let (code, text) = out(&at, &["check", "--base", "HEAD"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("gate_zh", scrubbed(&text));
    let json = |words: &[&str]| -> CheckOutput {
        serde_json::from_str(&out(&at, &[&["check", "--format", "json"], words].concat()).1)
            .unwrap()
    };
    let found = json(&["--base", "HEAD"]).findings;
    assert_eq!(found.len(), 1);
    let print = found[0].fingerprint.as_str();
    let terms = ["--reason", "原文还在核对", "--by", "示例市王某", "--until", "2027-07-01"];
    let accept = [&["accept", print][..], &terms].concat();
    let (code, said) = out(&at, &accept);
    assert_eq!((code, said.contains("--base")), (Some(2), true), "{said}");
    let (code, said) = out(&at, &[&accept[..], &["--base", "HEAD"]].concat());
    assert_eq!((code, said.contains("2027-07-01")), (Some(0), true), "{said}");
    let path = format!("acceptances/{print}.acceptance.json");
    assert!(at.join(&path).is_file());
    let day = |on: &str| json(&["--base", "HEAD", "--on", on]);
    let held = day("2027-01-01");
    assert_eq!((held.findings.len(), held.accepted.len()), (0, 1));
    assert_eq!(held.accepted[0].finding.fingerprint, print);
    assert_eq!(out(&at, &["check", "--base", "HEAD", "--on", "2027-01-01"]).0, Some(0));
    let rules = |output: &CheckOutput| -> Vec<String> {
        output.findings.iter().map(|found| found.rule.clone()).collect()
    };
    assert_eq!(rules(&day("2027-06-20")), ["expiring-acceptance"]);
    assert_eq!(rules(&day("2027-07-01")), ["expired-acceptance", "altered-edition"]);
    assert_eq!(out(&at, &["check", "--base", "HEAD", "--on", "2027-07-01"]).0, Some(1));
    // Without a base nobody looks for it, and nobody calls the acceptance stale.
    assert_eq!(rules(&json(&["--on", "2027-01-01"])), Vec::<String>::new());
    edit(&at, EDITION, &[("\"at-least\": \"720\"", PRIMARY)]);
    assert_eq!(rules(&day("2027-01-01")), ["stale-acceptance"]);
    assert_eq!(out(&at, &["fmt", "--check"]).0, Some(0));
}

/// A registry that was moved has no base in its new folder: nothing slips through with it.
#[test]
fn a_moved_registry_is_held_against_nothing() {
    let at = committed("edits-moved");
    std::fs::create_dir(at.join("data")).unwrap();
    git(&at, &["mv", "cn", "registry.json", "data"]);
    let (code, text) = out(&at, &["check", "data", "--base", "HEAD"]);
    assert_eq!((code, text.contains("单独提交")), (Some(2), true), "{text}");
}

/// What is accepted must say what it is, hold for a time to come, and be readable.
#[test]
fn an_acceptance_says_what_it_accepts() {
    let at = committed("edits-terms");
    edit(&at, EDITION, &[(PRIMARY, "\"at-least\": \"720\"")]);
    let found = |words: &[&str]| -> CheckOutput {
        let all = [&["check", "--base", "HEAD", "--format", "json"], words].concat();
        serde_json::from_str(&out(&at, &all).1).unwrap()
    };
    let print = found(&[]).findings[0].fingerprint.clone();
    let accept = |until: &str, reason: &str| {
        let words = ["accept", &print, "--base", "HEAD", "--by", "王某"];
        out(&at, &[&words[..], &["--until", until, "--reason", reason]].concat())
    };
    assert_eq!(accept("2020-01-01", "核对中").0, Some(2));
    assert_eq!(accept("2099-01-01", "核\u{200b}对中").0, Some(2));
    assert_eq!(accept("2099-01-01", "核对中").0, Some(0));
    assert_eq!(found(&[]).findings.len(), 0);
    // Another value is another finding.
    edit(&at, EDITION, &[("\"at-least\": \"720\"", "\"at-least\": \"1\"")]);
    let rules: Vec<String> = found(&[]).findings.into_iter().map(|found| found.rule).collect();
    assert_eq!(rules, ["stale-acceptance", "altered-edition"]);
    edit(&at, EDITION, &[("\"at-least\": \"1\"", "\"at-least\": \"720\"")]);
    // A reviewer reads the rule and the place, and not the fingerprint.
    let path = format!("acceptances/{print}.acceptance.json");
    edit(&at, &path, &[("altered-edition", "overstated-version")]);
    assert_eq!(found(&[]).findings.iter().filter(|f| f.rule == "altered-edition").count(), 1);
    // What stands in the wrong place is looked into by no rule, and accepted by nobody.
    let misplaced = committed("edits-misplaced");
    std::fs::create_dir(misplaced.join("zz")).unwrap();
    git(&misplaced, &["mv", EDITION, "zz/sample@1.0.0.edition.json"]);
    let words = ["check", "--base", "HEAD", "--accept-all", "--until", "2099-01-01"];
    let (code, text) = out(&misplaced, &words);
    assert_eq!((code, text.contains("不能接受")), (Some(1), true), "{text}");
}

/// Everything that is wrong with an old registry is taken on at once; what does not read is
/// not.
#[test]
fn an_old_registry_is_taken_on() {
    let at = copy("edits-take-on");
    edit(&at, EDITION, &[("\"cn/moe\", \"cn/mof\"", "\"cn/moe\", \"cn/moff\"")]);
    edit(&at, "cn/2021/notice.instrument.json", &[("[\"cn/moe\"]", "[\"cn/mo\"]")]);
    assert_eq!(out(&at, &["check"]).0, Some(1));
    let (code, text) = out(&at, &["check", "--accept-all"]);
    assert_eq!((code, text.contains("until")), (Some(2), true), "{text}");
    let (code, text) = out(&at, &["check", "--accept-all", "--until", "2099-01-01"]);
    assert_eq!((code, text.contains("接受了 2 条")), (Some(0), true), "{text}");
    assert_eq!(out(&at, &["check"]).0, Some(0));
    let unread = copy("edits-take-on-unread");
    edit(&unread, EDITION, &[("\"better\"", "\"bettr\"")]);
    let (code, text) = out(&unread, &["check", "--accept-all", "--until", "2099-01-01"]);
    assert_eq!((code, text.contains("1 条不能接受")), (Some(1), true), "{text}");
}

/// A branch: its name, the version it gives, the words it exchanges, the verdict on it.
type Branch<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str);

/// Four edits in four branches, and the four verdicts on them.
#[test]
fn four_edits_have_four_verdicts() {
    let gone = std::fs::read_to_string(sample::root().join("tests/base").join(EDITION)).unwrap();
    let from = gone.find(",\n    {\n      \"id\": \"student-grant\"").unwrap();
    let to = gone.rfind("\n  ]").unwrap();
    let retired = &gone[from..to];
    let edits: [Branch<'_>; 4] = [
        ("raised", "1.1.0", &[(PRIMARY, "\"at-least\": \"720\"")], "minor"),
        ("narrowed", "2.0.0", &[("[\"primary\", \"junior\"]", "[\"primary\"]")], "major"),
        (
            "retired",
            "2.0.0",
            &[(retired, ""), ("\"2\", \"items\": \"3\"", "\"1\", \"items\": \"2\"")],
            "major",
        ),
        (
            "reworded",
            "1.0.1",
            &[("\"zh\": \"义务教育阶段学生\"", "\"zh\": \"义务教育学段的学生\"")],
            "patch",
        ),
    ];
    for (name, version, pairs, verdict) in edits {
        let at = committed(&format!("edits-verdict-{name}"));
        git(&at, &["switch", "--quiet", "--create", name]);
        next(&at, version, pairs);
        let (_, text) = out(&at, &["diff", "--base", "main", "--format", "json"]);
        let output: DiffOutput = serde_json::from_str(&text).unwrap();
        let [pair] = &output.editions[..] else { panic!("{text}") };
        assert_eq!(pair.required, verdict, "{name}");
        assert_eq!(pair.declared.as_deref(), Some(verdict), "{name}");
        if name == "retired" {
            edit(
                &at,
                "cn/sample.standard.json",
                &[("\"student-grant\" }", "\"student-grant\", \"until\": \"2.0.0\" }")],
            );
        }
        let (code, text) = out(&at, &["check", "--base", "main"]);
        assert_eq!(code, Some(0), "{name}: {text}");
    }
}
