use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::sample;

const EDITION: &str = "standards/cn/sample@1.0.0.edition.json";
const STANDARD: &str = "standards/cn/sample.standard.json";
const PLACE: &str = "standards/cn/jurisdiction.json";

/// Runs a program as somebody does whose git knows nothing but what the repository says.
pub(crate) fn program(at: &Path, name: &str, words: &[&str]) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_jialiang")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path));
    let mut command = Command::new(name);
    for (key, _) in std::env::vars_os() {
        if key.to_str().is_some_and(|key| key.starts_with("GIT_") || key.starts_with("LC_")) {
            command.env_remove(key);
        }
    }
    command
        .args(words)
        .current_dir(at)
        .env("PATH", std::env::join_paths(path).unwrap())
        .env("HOME", env!("CARGO_TARGET_TMPDIR"))
        .env("LANG", "zh_CN.UTF-8")
        .env("LC_MESSAGES", "zh_CN.UTF-8")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_PAGER", "cat")
        .env("GIT_EDITOR", "true")
        .env("GIT_TERMINAL_PROMPT", "0");
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "Zhang San")
            .env(format!("GIT_{who}_EMAIL"), "zhangsan@example.org")
            .env(format!("GIT_{who}_DATE"), "2024-01-01T00:00:00Z");
    }
    command.output().unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// A program's exit status, and everything that it prints.
pub(crate) fn out(at: &Path, name: &str, words: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = program(at, name, words);
    (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}

/// An empty folder of its own.
pub(crate) fn empty(name: &str) -> PathBuf {
    let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drivers").join(name);
    let _ = std::fs::remove_dir_all(&at);
    std::fs::create_dir_all(&at).unwrap();
    at
}

/// The same, as the root of a repository of which git need not know.
fn root(name: &str) -> PathBuf {
    let at = empty(name);
    std::fs::create_dir(at.join(".git")).unwrap();
    at
}

/// A git repository with a registry in it, as `jialiang init` leaves it, and the small
/// registry of the other tests.
struct Repo {
    at: PathBuf,
}

impl Repo {
    fn new(name: &str) -> Self {
        let repo = Self { at: empty(name) };
        repo.git(&["init", "-q", "-b", "main"]);
        let (code, text) = repo.run("jialiang", &["init", "--ci", "none", "--with-git-config"]);
        assert_eq!(code, Some(0), "{text}");
        // Its edition is edited again and again, and its adjustment would contradict that.
        let mut files = sample::base();
        files.remove("cn/2021/notice.adjustment.json");
        for (path, bytes) in files {
            let path = repo.at.join("standards").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        repo.commit("base");
        repo
    }

    fn run(&self, name: &str, words: &[&str]) -> (Option<i32>, String) {
        out(&self.at, name, words)
    }

    /// What git prints, where it is content.
    fn git(&self, words: &[&str]) -> String {
        let (code, text) = self.run("git", words);
        assert_eq!(code, Some(0), "git {words:?}\n{text}");
        text
    }

    /// The exit status and the words of a git that may not be content.
    fn tried(&self, words: &[&str]) -> (bool, String) {
        let (code, text) = self.run("git", words);
        (code == Some(0), text)
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.at.join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.at.join(path), text).unwrap();
    }

    /// Changes what stands once in a file.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from} in {path}");
        self.write(path, &text.replacen(from, to, 1));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// A branch from main on which one thing is done, committed; back on main afterwards.
    fn branch(&self, name: &str, work: impl FnOnce(&Self)) {
        self.git(&["switch", "-q", "-c", name, "main"]);
        work(self);
        self.commit(name);
        self.git(&["switch", "-q", "main"]);
    }

    /// Two branches, the second merged into the first; whether git was content, and what
    /// was said.
    fn merged(&self, ours: impl FnOnce(&Self), theirs: impl FnOnce(&Self)) -> (bool, String) {
        self.branch("ours", ours);
        self.branch("theirs", theirs);
        self.git(&["switch", "-q", "ours"]);
        self.tried(&["merge", "theirs", "-m", "merged"])
    }

    /// Takes one side of every conflict in a file.
    fn resolve(&self, path: &str, ours: bool) {
        self.write(path, &sides(&self.read(path))[usize::from(!ours)]);
    }

    fn is_well(&self) {
        let (code, text) = self.run("jialiang", &["check"]);
        assert_eq!(code, Some(0), "{text}");
        let (code, text) = self.run("jialiang", &["fmt", "--check"]);
        assert_eq!(code, Some(0), "{text}");
    }
}

/// A file with conflict markers as either side has it.
fn sides(text: &str) -> [String; 2] {
    let (mut sides, mut on) = ([String::new(), String::new()], [true, true]);
    for line in text.split_inclusive('\n') {
        match line.trim_end() {
            "<<<<<<< ours" => on = [true, false],
            "=======" => on = [false, true],
            ">>>>>>> theirs" => on = [true, true],
            _ => {
                for (side, on) in sides.iter_mut().zip(on) {
                    side.push_str(if on { line } else { "" });
                }
            }
        }
    }
    assert_eq!(on, [true, true]);
    sides
}

fn raise(from: &'static str, to: &'static str) -> impl Fn(&Repo) {
    move |repo| repo.edit(EDITION, &format!("\"{from}\""), &format!("\"{to}\""))
}

#[test]
fn different_provisions_merge_cleanly() {
    let repo = Repo::new("different");
    let (well, said) = repo.merged(raise("650", "720"), |repo| {
        raise("850", "940")(repo);
        repo.edit(EDITION, "\"at-least\": \"4\"", "\"at-least\": \"5\"");
    });
    assert!(well && !said.contains("冲突"), "{said}");
    let text = repo.read(EDITION);
    for value in ["720", "940", "5"] {
        assert!(text.contains(&format!("\"at-least\": \"{value}\"")), "{text}");
    }
    repo.is_well();
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn the_same_provision_conflicts_with_both_values_readable() {
    let repo = Repo::new("same");
    let (well, said) = repo.merged(
        |repo| {
            raise("650", "720")(repo);
            raise("850", "900")(repo);
        },
        |repo| raise("850", "940")(repo),
    );
    assert!(!well);
    let listed: String =
        said.lines().filter(|line| !line.contains("uto-merging")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!("git_conflict_zh", listed);
    let text = repo.read(EDITION);
    let hunk = "          \"at-least\": \"900\",\n=======\n          \"at-least\": \"940\",\n>>>>>>> theirs\n";
    assert!(text.contains(&format!("<<<<<<< ours\n{hunk}")), "{text}");
    // Over the hunks of a merge git cuts the heading in the midst of a character.
    let shown = without_hashes(&repo.git(&["diff"]));
    let shown: Vec<&str> = shown.lines().map(|line| line.split(" @@@ ").next().unwrap()).collect();
    insta::assert_snapshot!("git_diff_in_conflict_zh", shown.join("\n"));
    // What does not conflict is merged.
    assert!(text.contains("\"at-least\": \"720\""), "{text}");
    assert_eq!(text.matches("<<<<<<<").count(), 1);
    assert_eq!(repo.git(&["status", "--porcelain"]), format!("UU {EDITION}\n"));
    // Nobody can commit it by mistake.
    repo.git(&["add", EDITION]);
    assert!(!repo.tried(&["commit", "-m", "by mistake"]).0);
    repo.resolve(EDITION, false);
    repo.is_well();
    repo.commit("resolved");
    assert!(repo.read(EDITION).contains("\"at-least\": \"940\""));
}

#[test]
fn an_item_that_one_took_away_and_the_other_changed_conflicts() {
    for keep in [true, false] {
        let repo = Repo::new(if keep { "kept" } else { "gone" });
        let take_away = |repo: &Repo| {
            let text = repo.read(EDITION);
            let start = text.find("    {\n      \"id\": \"school-meals\"").unwrap();
            let end = text.find("    {\n      \"id\": \"student-grant\"").unwrap();
            repo.write(EDITION, &[&text[..start], &text[end..]].concat());
            repo.edit(EDITION, "\"items\": \"3\"", "\"items\": \"2\"");
            let listed = "{ \"id\": \"school-meals\"";
            repo.edit(STANDARD, listed, &format!("{listed}, \"until\": \"1.0.0\""));
        };
        let (well, said) = repo.merged(
            |repo| repo.edit(EDITION, "\"at-least\": \"4\"", "\"at-least\": \"5\""),
            take_away,
        );
        assert!(!well);
        let points = "  school-meals
    原来    —
    ours    留着，有改动
    theirs  整个删去
  school-meals/meal
    原来    不低于 4 元/生·天（全年 200 天）
    ours    不低于 5 元/生·天（全年 200 天）
    theirs  —
1 处冲突";
        assert!(said.contains(points), "{said}");
        assert_eq!(repo.read(EDITION).matches("<<<<<<< ours").count(), 1);
        repo.resolve(EDITION, keep);
        if keep {
            // The taxonomy and the count went with the item.
            repo.edit(EDITION, "\"items\": \"2\"", "\"items\": \"3\"");
            repo.edit(STANDARD, ", \"until\": \"1.0.0\"", "");
        }
        repo.is_well();
        repo.commit("resolved");
        assert_eq!(repo.read(EDITION).contains("\"at-least\": \"5\""), keep);
    }
}

/// Writes an item into the edition and the taxonomy, behind school meals.
fn add_item(repo: &Repo, id: &str, amount: &str) {
    let item = format!(
        r#"    {{
      "id": "{id}",
      "name": {{ "zh": "{id}" }},
      "category": "compulsory",
      "provisions": [
        {{
          "id": "amount",
          "at-least": "{amount}",
          "unit": "CNY/pupil/year",
          "better": "more"
        }}
      ],
      "lead-agencies": ["cn/moe"]
    }},
"#
    );
    let before = "    {\n      \"id\": \"student-grant\"";
    repo.edit(EDITION, before, &format!("{item}{before}"));
    let listed = "            { \"id\": \"school-meals\" }";
    repo.edit(STANDARD, listed, &format!("{listed},\n            {{ \"id\": \"{id}\" }}"));
}

#[test]
fn items_that_both_add_at_one_place_come_one_after_the_other() {
    let repo = Repo::new("both-add");
    repo.edit(
        EDITION,
        "  \"counts\": { \"areas\": \"1\", \"categories\": \"2\", \"items\": \"3\" },\n",
        "",
    );
    repo.commit("no counts");
    let (well, said) = repo.merged(
        |repo| add_item(repo, "textbooks", "100"),
        |repo| add_item(repo, "boarding", "300"),
    );
    assert!(well, "{said}");
    repo.is_well();
    for path in [EDITION, STANDARD] {
        let text = repo.read(path);
        let at = |id: &str| text.find(&format!("\"id\": \"{id}\"")).unwrap();
        assert!(at("school-meals") < at("boarding") && at("boarding") < at("textbooks"));
    }
}

/// Two changes that are right apart can be wrong together: the hook sees the whole.
#[test]
fn the_merged_whole_is_checked_again() {
    let repo = Repo::new("whole");
    let add = |id: &'static str| {
        move |repo: &Repo| {
            add_item(repo, id, "100");
            repo.edit(EDITION, "\"items\": \"3\"", "\"items\": \"4\"");
        }
    };
    let (well, said) = repo.merged(add("textbooks"), add("boarding"));
    assert!(!well && said.contains("count-mismatch"), "{said}");
    repo.edit(EDITION, "\"items\": \"4\"", "\"items\": \"5\"");
    repo.is_well();
    repo.commit("five");
}

#[test]
fn what_other_kinds_say_merges_by_keys_and_ids() {
    let repo = Repo::new("kinds");
    let agency = |id: &'static str, zh: &'static str| {
        move |repo: &Repo| {
            let last = "{ \"id\": \"mof\", \"name\": { \"zh\": \"财政部\", \"en\": \"Ministry of Finance\" } }";
            let new =
                format!("{last},\n    {{ \"id\": \"{id}\", \"name\": {{ \"zh\": \"{zh}\" }} }}");
            repo.edit(PLACE, last, &new);
        }
    };
    let (well, said) = repo.merged(
        |repo| {
            agency("nhc", "国家卫生健康委")(repo);
            repo.edit(PLACE, "\"zh\": \"全国\"", "\"zh\": \"中国\"");
        },
        |repo| {
            agency("mca", "民政部")(repo);
            repo.edit(
                PLACE,
                "\"zh\": \"教育部\", \"en\": \"Ministry of Education\"",
                "\"zh\": \"教育部\"",
            );
        },
    );
    assert!(well, "{said}");
    let text = repo.read(PLACE);
    assert!(
        text.contains("民政部") && text.contains("国家卫生健康委") && text.contains("中国"),
        "{text}"
    );
    assert!(!text.contains("Ministry of Education"), "{text}");
    repo.is_well();
}

#[test]
fn other_kinds_conflict_readably() {
    let repo = Repo::new("kinds-conflict");
    let rename = |zh: &'static str| {
        move |repo: &Repo| {
            repo.edit(STANDARD, "\"zh\": \"义务教育服务\"", &format!("\"zh\": \"{zh}\""))
        }
    };
    let (well, said) = repo.merged(rename("义务教育"), rename("义务教育阶段"));
    assert!(!well);
    assert!(said.contains("  areas/education/categories/compulsory/name\n"), "{said}");
    assert!(
        said.contains("    ours    {\"en\":\"Compulsory education\",\"zh\":\"义务教育\"}\n"),
        "{said}"
    );
    repo.resolve(STANDARD, true);
    repo.is_well();
}

#[test]
fn what_does_not_read_is_merged_by_lines() {
    let repo = Repo::new("broken");
    repo.branch("ours", |repo| raise("650", "720")(repo));
    repo.git(&["switch", "-q", "-c", "theirs", "main"]);
    repo.edit(EDITION, "\"2000\",", "\"2000\"");
    repo.edit(EDITION, "\"at-least\": \"4\"", "\"at-least\": \"5\"");
    repo.git(&["commit", "-q", "--no-verify", "-a", "-m", "broken"]);
    repo.git(&["switch", "-q", "ours"]);
    let (well, said) = repo.tried(&["merge", "theirs", "-m", "merged"]);
    assert!(said.contains("theirs 读不懂，已改为按行合并"), "{said}");
    // The lines go together; the hook says what is wrong with them.
    assert!(!well && said.contains("broken-json"), "{said}");
    let text = repo.read(EDITION);
    assert!(text.contains("\"720\"") && text.contains("\"at-least\": \"5\""), "{text}");
    repo.edit(EDITION, "\"2000\"", "\"2000\",");
    repo.is_well();
    repo.commit("mended");
    // The same lines conflict, as git itself has it.
    repo.branch("other", |repo| repo.edit(EDITION, "\"at-least\": \"4\"", "\"at-least\": \"6\""));
    repo.git(&["switch", "-q", "theirs"]);
    let (well, said) = repo.tried(&["merge", "other"]);
    assert!(!well && said.contains("1 处冲突"), "{said}");
    let text = repo.read(EDITION);
    assert!(text.contains("<<<<<<< ours\n          \"at-least\": \"5\",\n=======\n          \"at-least\": \"6\",\n>>>>>>> theirs\n"), "{text}");
}

#[test]
fn a_document_that_both_made_is_merged() {
    let repo = Repo::new("both-made");
    let next = "standards/cn/sample@1.1.0.edition.json";
    let make = |repo: &Repo, edit: &dyn Fn(String) -> String| {
        let text = repo.read(EDITION).replace("\"version\": \"1.0.0\"", "\"version\": \"1.1.0\"");
        let text = text.replace("\"2021年版\"", "\"2023年版\"");
        let instrument = "  \"instrument\": \"cn/2021/notice\",\n";
        let text =
            text.replacen(instrument, &format!("{instrument}  \"follows\": \"1.0.0\",\n"), 1);
        repo.write(next, &edit(text));
    };
    let (well, said) = repo.merged(
        |repo| make(repo, &|text| text.replace("\"650\"", "\"720\"")),
        |repo| make(repo, &|text| text.replace("\"2000\"", "\"2300\"")),
    );
    assert!(!well);
    // What both say alike is no conflict; where they differ both are shown.
    assert!(
        said.contains(
            "  tuition-waiver/per-pupil-primary\n    原来    —\n    ours    不低于 720 元/生·年"
        ),
        "{said}"
    );
    assert!(said.contains("  student-grant/grant\n    原来    —\n"), "{said}");
    assert!(!said.contains("school-meals"), "{said}");
    let text = repo.read(next);
    assert_eq!(text.matches("<<<<<<< ours").count(), 2, "{text}");
    repo.resolve(next, true);
    assert_eq!(repo.run("jialiang", &["fmt", "--check"]).0, Some(0));
}

#[test]
fn a_rebase_merges_by_meaning_too() {
    let repo = Repo::new("rebase");
    let add = |repo: &Repo, id: &str| {
        add_item(repo, id, "100");
        repo.edit(EDITION, "\"items\": \"3\"", "\"items\": \"4\"");
    };
    repo.branch("work", |repo| add(repo, "boarding"));
    add(&repo, "textbooks");
    repo.commit("main goes on");
    repo.git(&["switch", "-q", "work"]);
    let (well, said) = repo.tried(&["rebase", "main"]);
    assert!(well, "{said}");
    let text = repo.read(EDITION);
    assert!(text.contains("boarding") && text.contains("textbooks"), "{text}");
    // A rebase runs no hook: check says that the count is one behind.
    assert!(repo.run("jialiang", &["check"]).1.contains("count-mismatch"));
}

#[test]
fn git_shows_what_changed_in_words() {
    let repo = Repo::new("words");
    repo.edit(EDITION, "\"at-least\": \"4\"", "\"at-least\": \"5\"");
    repo.edit(EDITION, "义务教育阶段学生", "义务教育阶段学生（含特殊教育）");
    let shown = repo.git(&["diff", "-U1"]);
    insta::assert_snapshot!("git_diff_zh", without_hashes(&shown));
    repo.git(&["config", "diff.jialiang.textconv", "jialiang textconv --lang en"]);
    insta::assert_snapshot!("git_diff_en", without_hashes(&repo.git(&["diff", "-U1"])));
    repo.git(&["config", "diff.jialiang.textconv", "jialiang textconv"]);
    repo.commit("raise");
    let log = repo.git(&["log", "-p", "-1", "-U0"]);
    assert!(log.contains("+school-meals/meal: 不低于 5 元/生·天（全年 200 天）"), "{log}");
    assert!(log.contains("-school-meals/meal: 不低于 4 元/生·天（全年 200 天）"), "{log}");
    let blame = repo.git(&["blame", "-s", EDITION]);
    assert!(blame.contains("school-meals/meal: 不低于 5 元/生·天"), "{blame}");
    // A layout is no change.
    let squeezed: serde_json::Value = serde_json::from_str(&repo.read(EDITION)).unwrap();
    repo.write(EDITION, &squeezed.to_string());
    assert!(!repo.git(&["diff"]).contains("@@"));
    // What does not read is shown as it is.
    repo.write(EDITION, "{ broken");
    assert!(repo.git(&["diff"]).contains("+{ broken"));
}

fn without_hashes(diff: &str) -> String {
    let kept = diff.lines().filter(|line| !line.starts_with("index "));
    kept.collect::<Vec<_>>().join("\n")
}

/// Run by hand: the file keeps its permissions, and is as it was where nothing could be done.
#[test]
fn the_answer_is_written_whole_or_not_at_all() {
    let at = empty("by-hand");
    let text = String::from_utf8(sample::base()["cn/sample@1.0.0.edition.json"].clone()).unwrap();
    let files = ["base.json", "ours.json", "theirs.json"];
    std::fs::write(at.join(files[0]), &text).unwrap();
    std::fs::write(at.join(files[1]), text.replace("\"650\"", "\"720\"")).unwrap();
    std::fs::write(at.join(files[2]), text.replace("\"850\"", "\"940\"")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o640);
        std::fs::set_permissions(at.join(files[1]), mode).unwrap();
    }
    let driver = |words: &[&str]| out(&at, "jialiang", &[&["merge-driver"], words].concat());
    let (code, said) = driver(&["base.json", "ours.json", "absent.json"]);
    assert_eq!((code, said.contains("没有 absent.json 这个文件")), (Some(2), true), "{said}");
    let ours = || std::fs::read_to_string(at.join(files[1])).unwrap();
    assert_eq!(ours(), text.replace("\"650\"", "\"720\""));
    assert_eq!(driver(&["base.json", "ours.json", "theirs.json", "--marker-size", "0"]).0, Some(2));
    // Without a path the document itself tells its kind.
    assert_eq!(driver(&files), (Some(0), String::new()));
    assert_eq!(ours(), text.replace("\"650\"", "\"720\"").replace("\"850\"", "\"940\""));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(at.join(files[1])).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
    std::fs::write(at.join(files[2]), text.replace("\"650\"", "\"730\"")).unwrap();
    let (code, said) = driver(&[
        "base.json",
        "ours.json",
        "theirs.json",
        "--marker-size=9",
        "--lang=en",
        "--path=-x.edition.json",
    ]);
    assert_eq!(code, Some(1));
    assert!(said.contains("-x.edition.json: the two branches differ here"), "{said}");
    assert!(said.contains("between <<<<<<<<< ours and >>>>>>>>> theirs"), "{said}");
    assert!(ours().contains("\n<<<<<<<<< ours\n"));
    assert_eq!(std::fs::read_dir(&at).unwrap().count(), 3, "nothing is left beside");
    // A path that is no document's is merged by lines.
    let (code, said) = driver(&["base.json", "base.json", "base.json", "--path", "notes.txt"]);
    assert_eq!((code, said.contains("不知道它是哪一类文档")), (Some(0), true), "{said}");
}

/// Every file below a folder but git's own, with its bytes.
fn files(at: &Path) -> sample::Files {
    let mut files = sample::folder(at);
    files.retain(|path, _| !path.starts_with(".git/"));
    files
}

#[test]
fn a_new_registry_is_well() {
    let at = root("init");
    let (code, said) = out(&at, "jialiang", &["init"]);
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!("init_zh", said);
    for words in [&["check"][..], &["check", "--deny-warnings"], &["fmt", "--check"]] {
        let (code, said) = out(&at, "jialiang", words);
        assert_eq!(code, Some(0), "{said}");
    }
    // A document's schema is where its `$schema` says.
    let card = std::fs::read_to_string(at.join("standards/registry.json")).unwrap();
    assert!(card.contains("\"../schemas/registry.json\""), "{card}");
    for kind in jialiang_model::kind::Kind::ALL {
        let written = std::fs::read_to_string(at.join(format!("schemas/{kind}.json"))).unwrap();
        assert_eq!(written, jialiang_check::schema_text(*kind));
    }
    let before = files(&at);
    let (code, said) = out(&at, "jialiang", &["init", "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!("init_again_en", said);
    assert_eq!(files(&at), before);
    #[cfg(unix)]
    for hook in ["pre-commit", "pre-merge-commit"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(at.join(".githooks").join(hook)).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111);
    }
}

#[test]
fn a_registry_can_begin_with_its_place() {
    let at = root("init-place");
    let place = ["init", "--place", "tianjin", "--name", "天津市", "--level", "province"];
    let (code, said) =
        out(&at, "jialiang", &[&place[..], &["--code", "120000", "--ci", "gitlab"]].concat());
    assert_eq!(code, Some(0), "{said}");
    let text = std::fs::read_to_string(at.join("standards/tianjin/jurisdiction.json")).unwrap();
    insta::assert_snapshot!("init_place", text);
    assert!(at.join(".gitlab-ci.yml").is_file() && !at.join(".github").exists());
    let (code, said) = out(&at, "jialiang", &["check"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(out(&at, "jialiang", &["fmt", "--check"]).0, Some(0));
    // Another place, under the first; a parent must be on record.
    let district = |parent| {
        ["init", "--place", "heping", "--name", "和平区", "--level", "county", "--parent", parent]
    };
    let (code, said) = out(&at, "jialiang", &district("tianjn"));
    assert_eq!((code, said.contains("上级“tianjn”不在库中")), (Some(2), true), "{said}");
    let (code, said) = out(&at, "jialiang", &district("tianjin"));
    assert_eq!(code, Some(0), "{said}");
    // A registry that is there gets no second CI file unasked.
    assert!(!at.join(".github").exists());
    assert_eq!(out(&at, "jialiang", &["check"]).0, Some(0));
    for (words, zh) in [
        (&["init", "--place", "x"][..], "缺少“--name"),
        (&["init", "--name", "x"], "--place <标识>"),
        (&["init", "--place", "X", "--name", "x", "--level", "county"], "的值“X”读不懂"),
        (
            &["init", "--place", "x", "--name", "x", "--level", "county", "--code", "12"],
            "的值“12”读不懂",
        ),
    ] {
        let (code, said) = out(&at, "jialiang", words);
        assert_eq!((code, said.contains(zh)), (Some(2), true), "{said}");
    }
}

#[test]
fn what_is_there_is_left_alone() {
    let at = root("init-there");
    std::fs::write(at.join("README.md"), "ours").unwrap();
    std::fs::write(
        at.join(".gitattributes"),
        "* text=auto\n*.standard.json text eol=lf merge=jialiang diff=jialiang\n",
    )
    .unwrap();
    let (code, said) = out(&at, "jialiang", &["init", "--ci", "none", "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("there already, and left alone:\n  .gitattributes\n  README.md\n"),
        "{said}"
    );
    assert!(said.contains("add to the .gitattributes that was there:\n  *.edition.json text eol=lf merge=jialiang diff=jialiang\n  *.instrument"), "{said}");
    assert_eq!(std::fs::read_to_string(at.join("README.md")).unwrap(), "ours");
    // Neither in a registry nor around one does another begin.
    let inside = out(&at, "jialiang", &["init", "standards/cn"]);
    assert_eq!((inside.0, inside.1.contains("已是登记库")), (Some(2), true), "{}", inside.1);
    let around = empty("init-around");
    std::fs::create_dir_all(around.join("deep/down")).unwrap();
    std::fs::copy(at.join("standards/registry.json"), around.join("deep/down/registry.json"))
        .unwrap();
    let (code, said) = out(&around, "jialiang", &["init"]);
    assert_eq!((code, said.contains("deep/down/registry.json")), (Some(2), true), "{said}");
    assert_eq!(files(&around).len(), 1);
    // What another program keeps under this name is no registry.
    std::fs::write(around.join("deep/down/registry.json"), "{ \"components\": [] }").unwrap();
    assert_eq!(out(&around, "jialiang", &["init", "new/folder"]).0, Some(0));
    assert!(around.join("new/folder/standards/registry.json").is_file());
}

#[test]
fn git_is_told_where_there_is_one() {
    let at = std::env::temp_dir().join(format!("jialiang-no-repository-{}", std::process::id()));
    std::fs::create_dir_all(&at).unwrap();
    let (code, said) = out(&at, "jialiang", &["init", "--with-git-config"]);
    assert_eq!((code, said.contains("请先运行 git init")), (Some(2), true), "{said}");
    assert_eq!(std::fs::read_dir(&at).unwrap().count(), 0, "nothing is half done");
    std::fs::remove_dir_all(&at).unwrap();
    let at = empty("init-git");
    let no_git = Command::new(env!("CARGO_BIN_EXE_jialiang"))
        .args(["init", "--with-git-config", "--lang", "en"])
        .current_dir(&at)
        .env("PATH", "/nowhere")
        .output()
        .unwrap();
    let said = String::from_utf8(no_git.stderr).unwrap();
    assert_eq!(
        (no_git.status.code(), said.contains("git could not be run")),
        (Some(2), true),
        "{said}"
    );
    out(&at, "git", &["init", "-q"]);
    let told = || out(&at, "git", &["config", "--local", "--list"]).1;
    out(&at, "git", &["config", "core.hooksPath", "their/hooks"]);
    for _ in 0..2 {
        let (code, said) = out(&at, "jialiang", &["init", "--with-git-config"]);
        assert_eq!((code, said.contains("their/hooks")), (Some(0), true), "{said}");
        assert!(told().contains("core.hookspath=their/hooks\n"));
    }
    out(&at, "git", &["config", "--unset", "core.hooksPath"]);
    assert_eq!(out(&at, "jialiang", &["init", "--with-git-config"]).0, Some(0));
    let told = told();
    for line in [
        "merge.jialiang.name=Jialiang: merge by meaning",
        "merge.jialiang.driver=jialiang merge-driver %O %A %B --path=%P --marker-size=%L",
        "diff.jialiang.textconv=jialiang textconv",
        "diff.jialiang.cachetextconv=false",
        "diff.jialiang.xfuncname=^[a-z0-9-]+([[][0-9]+[]])?: .*",
        "core.hookspath=.githooks",
    ] {
        assert_eq!(told.lines().filter(|told| *told == line).count(), 1, "{told}");
    }
    // The lines that are printed do the same in a shell.
    let by_hand = empty("init-by-hand");
    out(&by_hand, "git", &["init", "-q"]);
    let (_, said) = out(&by_hand, "jialiang", &["init"]);
    let lines = said.lines().filter(|line| line.starts_with("  git config "));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(out(&by_hand, "sh", &["-e", "-c", &lines.join("\n")]), (Some(0), String::new()));
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let by_hand = out(&by_hand, "git", &["config", "--local", "--list"]).1;
    assert_eq!(sorted(&by_hand), sorted(&told));
    // A folder of the repository is not its root.
    std::fs::create_dir(at.join("part")).unwrap();
    let (_, said) = out(&at, "jialiang", &["init", "part", "--lang", "en"]);
    assert!(said.contains("this is not the root of the repository"), "{said}");
}
