use std::path::{Path, PathBuf};
use std::process::Command;

use jialiang_check::output::history::{Blame, Log};

use crate::command::{EDITION, copy, out};
use crate::sample;

/// Runs git at a place as somebody, on a day of January 2024.
fn git(at: &Path, who: &str, day: u32, words: &[&str]) -> String {
    let date = format!("2024-01-{day:02}T12:00:00+0800");
    let output = Command::new("git")
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(words)
        .current_dir(at)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", who), ("GIT_COMMITTER_NAME", "C")])
        .envs([("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_EMAIL", "c@example.org")])
        .envs([("GIT_AUTHOR_DATE", &*date), ("GIT_COMMITTER_DATE", &*date)])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "git {words:?}: {said}");
    said.trim().to_owned()
}

fn commit(at: &Path, who: &str, day: u32, message: &str) {
    git(at, who, day, &["add", "--all"]);
    git(at, who, day, &["commit", "--quiet", "--message", message]);
}

fn edit(at: &Path, document: &str, from: &str, to: &str) {
    let path = at.join(document);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{document} holds no {from}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

const NOTICE: &str = "cn/2021/notice.instrument.json";
const MEAL: &str = "\"at-least\": \"4\"";
const PRIMARY: &str = "\"at-least\": \"650\"";
const JUNIOR: &str = "\"at-least\": \"850\"";

/// A registry with a history: it begins, two values rise on branches of their own, the
/// branches are merged, an instrument gets its number.
fn registry(name: &str) -> PathBuf {
    let at = copy(name);
    git(&at, "王", 1, &["init", "--quiet"]);
    commit(&at, "王", 1, "the registry");
    git(&at, "李", 2, &["checkout", "--quiet", "-b", "meals"]);
    edit(&at, EDITION, MEAL, "\"at-least\": \"5\"");
    commit(&at, "李", 2, "Meals\nof five yuan\n\nand a reason");
    git(&at, "张", 3, &["checkout", "--quiet", "main"]);
    edit(&at, EDITION, PRIMARY, "\"at-least\": \"720\"");
    commit(&at, "张", 3, "Primary");
    git(&at, "张", 4, &["merge", "--quiet", "--no-ff", "--message", "both", "meals"]);
    edit(&at, NOTICE, "\"issuers\"", "\"number\": \"教发〔2021〕1号\",\n  \"issuers\"");
    commit(&at, "赵", 5, "the number");
    at
}

fn schema(name: &str) -> serde_json::Value {
    let path = sample::root().join(format!("schemas/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn log(at: &Path, words: &[&str]) -> Log {
    let (code, text) = out(at, &[&["log", "--format", "json"], words].concat());
    assert_eq!(code, Some(0), "{text}");
    let value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::is_valid(&schema("log-output"), &value), "{text}");
    serde_json::from_str(&text).unwrap()
}

/// The commits of a log by what they say, `-` for what is not committed.
fn subjects(at: &Path, words: &[&str]) -> Vec<String> {
    let name = |commit: Option<&jialiang_check::output::history::Commit>| {
        commit.map_or("-".to_owned(), |commit| commit.subject.clone())
    };
    log(at, words).entries.iter().map(|entry| name(entry.commit.as_ref())).collect()
}

fn blame(at: &Path, words: &[&str]) -> Blame {
    let (code, text) = out(at, &[&["blame", "--format", "json"], words].concat());
    assert_eq!(code, Some(0), "{text}");
    let value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::is_valid(&schema("blame-output"), &value), "{text}");
    serde_json::from_str(&text).unwrap()
}

/// Of a line of an edition, who changed it last; `-` where that is not committed.
fn author(blame: &Blame, part: &str) -> String {
    let line = blame.lines.iter().find(|line| line.address.ends_with(part)).unwrap();
    line.commit.map_or("-".to_owned(), |commit| blame.commits[commit].author.clone())
}

#[test]
fn a_log_tells_what_each_commit_changed_in_the_words_of_diff() {
    let at = registry("history-log");
    let without_ids = |text: String| {
        let line = |line: &str| match line.split_once("  ") {
            Some((id, rest)) if id.len() == 12 => format!("ID  {rest}\n"),
            _ => format!("{line}\n"),
        };
        text.lines().map(line).collect::<String>()
    };
    insta::assert_snapshot!("log_zh", without_ids(out(&at, &["log"]).1));
    let english = ["log", "cn/sample@2021年版", "--lang", "en", "--limit", "2"];
    insta::assert_snapshot!("edition_log_en", without_ids(out(&at, &english).1));
    let (_, markdown) = out(&at, &["log", "cn/school-meals", "--format", "markdown"]);
    assert!(markdown.starts_with("## 2024-01-02 Meals of five yuan\n"), "{markdown}");
    assert!(markdown.contains("提高标准") || markdown.contains("4 元"), "{markdown}");
}

#[test]
fn only_the_commits_are_told_that_touched_what_was_asked_for() {
    let at = registry("history-scope");
    let all = ["the number", "Primary", "Meals of five yuan", "the registry"];
    assert_eq!(subjects(&at, &[]), all);
    assert_eq!(subjects(&at, &["cn"]), all);
    assert_eq!(subjects(&at, &["cn/sample"]), all[1..]);
    assert_eq!(subjects(&at, &["cn/sample@1.0.0"]), all[1..]);
    assert_eq!(subjects(&at, &["cn/2021/notice"]), ["the number", "the registry"]);
    assert_eq!(subjects(&at, &["cn/school-meals"]), all[2..]);
    assert_eq!(subjects(&at, &["cn/sample@1.0.0#school-meals/meal"]), all[2..]);
    let primary = ["Primary", "the registry"];
    assert_eq!(subjects(&at, &["cn/tuition-waiver/per-pupil-primary"]), primary);
    assert_eq!(subjects(&at, &["cn/tuition-waiver/per-pupil-junior"]), ["the registry"]);
    // Up to a revision, and no further than asked for.
    assert_eq!(subjects(&at, &["HEAD~1^1:cn"]), primary);
    let two = log(&at, &["--limit", "2"]);
    assert_eq!((two.entries.len(), two.more), (2, true));
    assert!(!log(&at, &["--limit", "4"]).more);
    // Only what was asked for is told of a commit that did more.
    edit(&at, EDITION, JUNIOR, "\"at-least\": \"940\"");
    edit(&at, EDITION, "\"at-least\": \"5\"", "\"at-least\": \"6\"");
    commit(&at, "钱", 6, "two at once");
    let meal = log(&at, &["cn/school-meals", "--limit", "1"]);
    let changes = &meal.entries[0].editions[0].changes;
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].item.as_deref(), Some("school-meals"));
}

#[test]
fn a_merge_is_told_where_it_has_what_no_side_has() {
    let at = registry("history-merge");
    git(&at, "李", 6, &["checkout", "--quiet", "-b", "side"]);
    edit(&at, EDITION, "\"at-least\": \"5\"", "\"at-least\": \"6\"");
    commit(&at, "李", 6, "six");
    git(&at, "张", 7, &["checkout", "--quiet", "main"]);
    edit(&at, EDITION, JUNIOR, "\"at-least\": \"940\"");
    commit(&at, "张", 7, "junior");
    git(&at, "周", 8, &["merge", "--quiet", "--no-ff", "--no-commit", "side"]);
    edit(&at, EDITION, "\"at-least\": \"6\"", "\"at-least\": \"7\"");
    commit(&at, "周", 8, "seven");
    let meal = ["seven", "six", "Meals of five yuan", "the registry"];
    assert_eq!(subjects(&at, &["cn/school-meals/meal"]), meal);
    assert_eq!(subjects(&at, &["cn/tuition-waiver/per-pupil-junior"]), ["junior", "the registry"]);
    let blamed = blame(&at, &["cn/sample@1.0.0"]);
    assert_eq!(author(&blamed, "#school-meals/meal"), "周");
    assert_eq!(author(&blamed, "#tuition-waiver/per-pupil-junior"), "张");
    // What a merge leaves aside had no part in what is there.
    git(&at, "李", 9, &["checkout", "--quiet", "-b", "lost", "HEAD~1"]);
    edit(&at, EDITION, "\"at-least\": \"940\"", "\"at-least\": \"999\"");
    commit(&at, "李", 9, "lost");
    git(&at, "周", 10, &["checkout", "--quiet", "main"]);
    git(&at, "周", 10, &["merge", "--quiet", "--strategy", "ours", "--message", "ours", "lost"]);
    assert_eq!(subjects(&at, &["cn/school-meals/meal"]), meal);
    assert!(!subjects(&at, &["cn/sample@1.0.0"]).contains(&"lost".to_owned()));
}

#[test]
fn every_line_has_the_commit_that_changed_it_last() {
    let at = registry("history-blame");
    let blamed = blame(&at, &["cn/sample@1.0.0"]);
    for (part, who) in [
        ("cn/sample@1.0.0", "王"),
        ("#school-meals", "王"),
        ("#school-meals/meal", "李"),
        ("#tuition-waiver/per-pupil-primary", "张"),
        ("#tuition-waiver/per-pupil-junior", "王"),
    ] {
        assert_eq!(author(&blamed, part), who, "{part}");
    }
    let text = std::fs::read_to_string(at.join(EDITION)).unwrap();
    let meal = blamed.lines.iter().find(|line| line.address.ends_with("/meal")).unwrap();
    let there: String = text.lines().skip(meal.line - 1).take(3).collect();
    assert!(there.contains("\"meal\""), "{there}");
    let (_, shown) = out(&at, &["blame", "农村义务教育学生营养膳食补助"]);
    let rest: Vec<&str> = shown.lines().map(|line| &line[12..]).collect();
    insta::assert_snapshot!("blame_item_zh", rest.join("\n"));
    let (code, text) = out(&at, &["blame", "cn", "--lang", "en"]);
    assert_eq!(
        (code, &*text),
        (Some(2), "error: cn is no edition; jialiang list tells what there is\n")
    );
}

#[test]
fn what_is_not_committed_is_told_as_such() {
    let at = registry("history-work");
    edit(&at, EDITION, "\"at-least\": \"5\"", "\"at-least\": \"6\"");
    assert_eq!(
        subjects(&at, &["cn/school-meals/meal", "--limit", "1"]),
        ["-", "Meals of five yuan"]
    );
    assert_eq!(subjects(&at, &["cn/tuition-waiver", "--limit", "1"]), ["Primary"]);
    assert_eq!(subjects(&at, &["HEAD:cn/school-meals", "--limit", "1"]), ["Meals of five yuan"]);
    let blamed = blame(&at, &["cn/sample@1.0.0"]);
    assert_eq!(author(&blamed, "#school-meals/meal"), "-");
    assert_eq!(author(&blamed, "#school-meals"), "王");
    assert_eq!(author(&blame(&at, &["HEAD:cn/sample@1.0.0"]), "#school-meals/meal"), "李");
    let (_, text) = out(&at, &["log", "cn/school-meals", "--limit", "1"]);
    assert!(text.starts_with("未提交\n  cn/sample@1.0.0（2021年版）\n"), "{text}");
    let (_, text) = out(&at, &["blame", "cn/school-meals", "--lang", "en"]);
    assert!(text.contains("not committed"), "{text}");
    // A document that git does not know yet.
    let new = "cn/2022/more.instrument.json";
    std::fs::create_dir_all(at.join("cn/2022")).unwrap();
    std::fs::copy(at.join("cn/2021/notice.instrument.json"), at.join(new)).unwrap();
    edit(&at, new, "cn/2021/notice", "cn/2022/more");
    assert_eq!(subjects(&at, &["cn/2022/more"]), ["-"]);
}

#[test]
fn what_did_not_read_for_a_while_keeps_its_history() {
    let at = registry("history-broken");
    let whole = std::fs::read_to_string(at.join(EDITION)).unwrap();
    std::fs::write(at.join(EDITION), whole.replacen('{', "", 1)).unwrap();
    commit(&at, "孙", 6, "broken");
    std::fs::write(at.join(EDITION), whole.replace("\"850\"", "\"940\"")).unwrap();
    commit(&at, "周", 7, "mended");
    let blamed = blame(&at, &["cn/sample@1.0.0"]);
    assert_eq!(author(&blamed, "#school-meals/meal"), "李");
    assert_eq!(author(&blamed, "#tuition-waiver/per-pupil-junior"), "周");
    assert_eq!(subjects(&at, &["cn/sample@1.0.0", "--limit", "2"]), ["mended", "broken"]);
    // What mended it is compared with what could be read last, and says so.
    let told = log(&at, &["cn/sample@1.0.0", "--limit", "1"]);
    let last = git(&at, "C", 8, &["rev-parse", "HEAD~2"]);
    let entry = &told.entries[0];
    assert_eq!(entry.last_readable.get(EDITION).map(String::as_str), last.get(..12));
    assert_eq!(entry.editions[0].changes.len(), 1);
    assert!(entry.documents.is_empty());
    let (_, text) = out(&at, &["log", "cn/sample@1.0.0", "--limit", "2"]);
    assert!(text.contains("上一个版本读不懂，与最近读得懂的"), "{text}");
    assert!(text.contains("850") && text.contains("940"), "{text}");
    let line = ["log", "cn/tuition-waiver/per-pupil-junior", "--limit", "1", "--lang", "en"];
    let (_, text) = out(&at, &[&line[..], &["--format", "markdown"]].concat());
    assert!(text.contains("the version before cannot be read; compared with"), "{text}");
    assert!(text.contains("850") && text.contains("940"), "{text}");
    // So is what mends it and is not committed.
    std::fs::write(at.join(EDITION), whole.replacen('{', "", 1)).unwrap();
    commit(&at, "孙", 7, "broken again");
    std::fs::write(at.join(EDITION), whole.replace("\"850\"", "\"950\"")).unwrap();
    let (_, text) = out(&at, &["log", "cn/sample@1.0.0", "--limit", "1"]);
    assert!(text.starts_with("未提交\n") && text.contains("940") && text.contains("950"), "{text}");
    git(&at, "C", 7, &["checkout", "--quiet", "--", "."]);
    // What is gone is still asked for by its address.
    std::fs::remove_file(at.join(EDITION)).unwrap();
    commit(&at, "吴", 8, "gone");
    assert_eq!(subjects(&at, &["cn/sample@1.0.0", "--limit", "1"]), ["gone"]);
    assert_eq!(out(&at, &["log", "cn/nothing@1.0.0"]).0, Some(2));
}

#[test]
fn an_item_or_a_line_that_is_gone_keeps_its_history() {
    let at = registry("history-removed");
    let text = std::fs::read_to_string(at.join(EDITION)).unwrap();
    let mut edition: serde_json::Value = serde_json::from_str(&text).unwrap();
    let items = edition["items"].as_array_mut().unwrap();
    items.retain(|item| item["id"] != "school-meals");
    let waiver = items.iter_mut().find(|item| item["id"] == "tuition-waiver").unwrap();
    let lines = waiver["provisions"].as_array_mut().unwrap();
    lines.retain(|line| line["id"] != "per-pupil-primary");
    std::fs::write(at.join(EDITION), edition.to_string()).unwrap();
    assert_eq!(out(&at, &["fmt", "-q"]).0, Some(0));
    commit(&at, "吴", 8, "fewer");
    let meals = ["fewer", "Meals of five yuan", "the registry"];
    for address in [
        "cn/sample@1.0.0#school-meals",
        "cn/sample@2021年版#school-meals",
        "cn/sample#school-meals",
        "cn/school-meals",
        "cn/school-meals/meal",
        "全国/school-meals",
        "school-meals",
    ] {
        assert_eq!(subjects(&at, &[address]), meals, "{address}");
    }
    let primary = ["fewer", "Primary", "the registry"];
    assert_eq!(subjects(&at, &["cn/tuition-waiver/per-pupil-primary"]), primary);
    let (_, text) = out(&at, &["log", "cn/sample@1.0.0#school-meals", "--limit", "1"]);
    assert!(text.contains("school-meals") && !text.contains("per-pupil-primary"), "{text}");
    // What never was there has none, whatever else was there and could not be read.
    std::fs::write(at.join(EDITION), "{").unwrap();
    commit(&at, "孙", 9, "broken");
    for address in ["cn/sample@1.0.0#nothing", "cn/nothing", "cn/sample@1.0.0#school-meals/none"] {
        assert_eq!(out(&at, &["log", address]).0, Some(2), "{address}");
    }
    // Nor is what it had lost with the whole edition.
    std::fs::remove_file(at.join(EDITION)).unwrap();
    commit(&at, "吴", 10, "gone");
    let all = subjects(&at, &["cn/sample@1.0.0#school-meals"]);
    assert!(all.ends_with(&meals.map(str::to_owned)), "{all:?}");
}

#[test]
fn a_shallow_clone_says_where_its_history_ends() {
    let at = registry("history-whole");
    let parent = at.parent().unwrap();
    let shallow = parent.join("history-shallow");
    let _ = std::fs::remove_dir_all(&shallow);
    let url = format!("file://{}", at.display());
    git(parent, "C", 9, &["clone", "--quiet", "--depth", "3", &url, "history-shallow"]);
    let told = log(&shallow, &["cn/school-meals"]);
    assert_eq!(told.entries.len(), 1, "the merge had it from one side, at which the clone ends");
    assert!(told.entries.iter().all(|entry| entry.end && entry.editions.is_empty()));
    assert_eq!(log(&shallow, &["cn/sample"]).entries.len(), 2, "the two sides of the merge");
    let blamed = blame(&shallow, &["cn/sample@1.0.0"]);
    assert!(blamed.lines.iter().all(|line| line.or_earlier));
    let (_, text) = out(&shallow, &["log", "cn/school-meals"]);
    assert!(text.contains("浅克隆的历史到此为止") && text.contains("--unshallow"), "{text}");
    let (_, text) = out(&shallow, &["blame", "cn/sample@1.0.0"]);
    assert!(text.starts_with('^') && text.contains("--unshallow"), "{text}");
}

#[test]
fn without_a_repository_or_a_commit_the_reason_is_told() {
    let at = copy("history-none");
    git(&at, "C", 1, &["init", "--quiet"]);
    let (code, text) = out(&at, &["log"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("还没有提交"), "{text}");
    let outside = std::env::temp_dir().join(format!("jialiang-history-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&outside);
    for (path, bytes) in sample::base() {
        let path = outside.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let (code, text) = out(&outside, &["blame", "cn/sample@1.0.0"]);
    std::fs::remove_dir_all(&outside).unwrap();
    assert_eq!(code, Some(2));
    assert!(text.contains("不在 git 仓库里"), "{text}");
}
