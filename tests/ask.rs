use std::path::{Path, PathBuf};
use std::process::Command;

use jialiang_check::output::answer::Answer;
use jialiang_check::output::ask::{Ask, History};
use jialiang_check::output::diff::Output as Diff;

use crate::command::{copy, out};
use crate::sample;

/// An instrument of a place, a word for its day of issue.
fn instrument(id: &str, issued: &str) -> String {
    format!(
        r#"{{
  "$schema": "../../../../schemas/instrument.json",
  "id": "{id}",
  "title": {{ "zh": "关于调整餐补的通知", "en": "Notice on meals" }},
  "number": "山教〔{}〕9号",
  "issued": "{issued}",
  "source": {{ "at": "示例", "verified": true }}
}}
"#,
        issued.get(..4).unwrap()
    )
}

/// One `set` of the meal, with what stands beside it.
fn set(number: &str, beside: &str) -> String {
    format!(
        r#"{{
      "item": "school-meals",
      "set": {{
        "id": "meal",
        "name": {{ "zh": "餐补<b>&\"补\"</b>", "en": "Meal <b>&\"aid\"</b>" }},
        "at-least": "{number}",
        "unit": "CNY/pupil/day",
        "days-per-year": "200",
        "better": "more"
      }},
      {beside}
    }}"#
    )
}

fn adjustment(id: &str, operations: &[String]) -> String {
    format!(
        r#"{{
  "$schema": "../../../../schemas/adjustment.json",
  "id": "{id}",
  "standard": "cn/sample",
  "instrument": "{id}",
  "source": {{ "instrument": "{id}", "url": "https://example.org/{id}", "verified": true }},
  "operations": [
    {}
  ]
}}
"#,
        operations.join(",\n    ")
    )
}

/// The base with two places below the nation. The hill raised the meal to 5 and then to 6 by
/// one document, issued when the 5 was over; to 7 on some day of 2023; and was followed through
/// June 2024. The lake decided nothing.
fn registry(name: &str) -> PathBuf {
    let at = copy(name);
    let place = |id: &str, zh: &str, more: &str| {
        format!(
            r#"{{
  "$schema": "../../../schemas/jurisdiction.json",
  "id": "{id}",
  "name": {{ "zh": "{zh}" }},
  "level": "province",
  "parent": "cn",
  {more}"source": {{ "at": "示例", "verified": true }}
}}
"#
        )
    };
    let put = |path: &str, text: &str| {
        let path = at.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let followed = "\"followed\": [{ \"through\": \"2024-06-30\" }],\n  ";
    put("hill/jurisdiction.json", &place("hill", "山省", followed));
    put("lake/jurisdiction.json", &place("lake", "湖省", ""));
    put("hill/2022/meals.instrument.json", &instrument("hill/2022/meals", "2022-03-09"));
    let both = [
        set("5", r#""was": "4", "from": "2021-09-01""#),
        set("6", r#""was": "5", "from": "2022-01-01""#),
    ];
    put("hill/2022/meals.adjustment.json", &adjustment("hill/2022/meals", &both));
    put("hill/2023/meals.instrument.json", &instrument("hill/2023/meals", "2023-12-20"));
    let within = [set("7", r#""was": "6", "from": "2023", "as": "within""#)];
    put("hill/2023/meals.adjustment.json", &adjustment("hill/2023/meals", &within));
    at
}

fn schema(name: &str) -> serde_json::Value {
    let path = sample::root().join(format!("schemas/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is printed for programs reads back, and its schema accepts it.
fn read<T: serde::de::DeserializeOwned>(at: &Path, words: &[&str], name: &str) -> T {
    let (_, text) = out(at, &[words, &["--format", "json"]].concat());
    let value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert!(jsonschema::is_valid(&schema(name), &value), "{text}");
    serde_json::from_str(&text).unwrap()
}

const MEAL: &str = "school-meals/meal";

/// The one answer in short: a number, numbers between which it is undecided, or a word.
fn short(at: &Path, words: &[&str]) -> String {
    let ask: Ask = read(at, &[&["ask"], words].concat(), "ask-output");
    let [item] = ask.items.as_slice() else { panic!("{words:?}: {:?}", ask.items) };
    let [line] = item.lines.as_slice() else { panic!("{words:?}: {:?}", item.lines) };
    match &line.answer {
        Answer::Value(held) => held.number.clone().unwrap(),
        Answer::Undecided(undecided) => {
            let all = undecided.candidates.iter().map(|held| held.number.clone().unwrap());
            format!("undecided {}", all.collect::<Vec<_>>().join(" "))
        }
        Answer::NotYet(_) => "not yet".to_owned(),
        Answer::Ended(_) => "ended".to_owned(),
        Answer::NotApplicable(_) => "not applicable".to_owned(),
        Answer::Unknown(unknown) => format!("unknown: {}", unknown.why),
    }
}

#[test]
fn a_value_is_told_with_what_it_rests_on() {
    let at = registry("ask-value");
    let words = ["ask", "山省", "school-meals", "--on", "2021-10-01"];
    let (code, text) = out(&at, &words);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("ask_zh", text);
    let (_, text) = out(&at, &[&words[..], &["--lang", "en"]].concat());
    insta::assert_snapshot!("ask_en", text);
    let (_, text) = out(&at, &[&words[..], &["--format", "markdown"]].concat());
    insta::assert_snapshot!("ask_markdown", text);
}

/// A value without a page of its own is looked up where its instrument is; that somebody
/// compared the instrument's record with its source verifies no value.
#[test]
fn a_value_without_a_source_is_looked_up_where_its_instrument_is() {
    let at = registry("ask-looked-up");
    let path = at.join("hill/2022/meals.instrument.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let page = r#""url": "https://example.org/page", "verified": true"#;
    std::fs::write(&path, text.replace(r#""at": "示例", "verified": true"#, page)).unwrap();
    let path = at.join("hill/2022/meals.adjustment.json");
    let own = r#"  "source": { "instrument": "hill/2022/meals", "url": "https://example.org/hill/2022/meals", "verified": true },
"#;
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(own));
    let asked = |own_source: &str| {
        std::fs::write(&path, text.replace(own, own_source)).unwrap();
        out(&at, &["ask", "hill", MEAL, "--on", "2021-10-01"]).1
    };
    let said = asked("");
    assert!(said.contains("不低于 5 元/生·天（全年 200 天）＊"), "{said}");
    assert!(said.contains("https://example.org/page；未核对"), "{said}");
    // One that only names the instrument is verified by what it says itself.
    let named = |verified| {
        format!(
            "  \"source\": {{ \"instrument\": \"hill/2022/meals\", \"verified\": {verified} }},\n"
        )
    };
    let said = asked(&named(false));
    assert!(said.contains("https://example.org/page；未核对"), "{said}");
    let said = asked(&named(true));
    assert!(said.contains("https://example.org/page；已核对") && !said.contains('＊'), "{said}");
}

/// Where something is only the last that is known, it is said in which document to write how
/// far documents were followed; and so does the note on a floor that is undecided for it.
#[test]
fn who_holds_an_answer_back_is_named() {
    let at = registry("ask-behind");
    let said = |place: &str| out(&at, &["ask", place, MEAL, "--on", "2024-07-01"]).1;
    let text = said("hill");
    assert!(
        text.contains("文件跟踪至 2024-06-30，见 hill/jurisdiction.json 的 followed"),
        "{text}"
    );
    // The lake follows the nation: it is the first that does not say.
    let text = said("lake");
    assert!(text.contains("请在 lake/jurisdiction.json 里写 followed"), "{text}");
    let low = [set("3", r#""was": "7", "from": "2024-08-01""#)];
    std::fs::create_dir_all(at.join("hill/2024")).unwrap();
    let write = |path: &str, text: String| std::fs::write(at.join(path), text).unwrap();
    write("hill/2024/low.instrument.json", instrument("hill/2024/low", "2023-12-30"));
    write("hill/2024/low.adjustment.json", adjustment("hill/2024/low", &low));
    let note = |more: &[&str]| {
        let (_, text) = out(&at, &[&["check", "--notes", "hill/2024"], more].concat());
        let all = text.split("\n\n").filter(|one| one.contains("undecided-floor"));
        all.collect::<Vec<_>>().join("\n\n")
    };
    let text = note(&[]);
    assert!(text.contains("hill/jurisdiction.json 的 followed 到 2024-06-30"), "{text}");
    assert!(text.contains("cn/jurisdiction.json 没有写 followed"), "{text}");
    let text = note(&["--lang", "en"]);
    assert!(text.contains("cn/jurisdiction.json says no `followed`"), "{text}");
    // What does not convert is not decided by following documents further.
    let unit = adjustment("hill/2024/low", &low).replace("CNY/pupil/day", "CNY/person/month");
    let unit = unit.replace("        \"days-per-year\": \"200\",\n", "");
    write("hill/2024/low.adjustment.json", unit);
    let text = note(&[]);
    assert!(text.contains("单位换算不了") && !text.contains("没有跟踪"), "{text}");
}

/// A draft counts nowhere, and that there is one is said beside its item, here and below.
#[test]
fn a_draft_that_is_not_counted_is_told() {
    let at = registry("ask-draft");
    let words = ["ask", "lake", MEAL, "--on", "2024-02-01"];
    assert!(!out(&at, &words).1.contains("草案"));
    let new = ["new", "adjustment", "lake/2024/meals", "--standard", "cn/sample", "--line", MEAL];
    let (code, said) = out(&at, &[&new[..], &["--from", "2024-01", "--to", "9"]].concat());
    assert_eq!(code, Some(0), "{said}");
    let (_, text) = out(&at, &words);
    assert!(text.ends_with("\n未计入草案：lake/2024/meals.adjustment.json\n"), "{text}");
    assert!(text.contains("不低于 4 元"), "{text}");
    let (_, text) = out(&at, &["ask", "hill", MEAL, "--on", "2024-02-01"]);
    assert!(!text.contains("草案"), "{text}");
    let ask: Ask = read(&at, &words, "ask-output");
    assert_eq!(ask.items[0].drafts, ["lake/2024/meals.adjustment.json"]);
}

#[test]
fn the_two_clocks_answer_apart() {
    let at = registry("ask-clocks");
    let cases = [
        (&["--on", "2021-10-01"][..], "5"),
        (&["--on", "2021-10-01", "--known", "2022-03-08"], "4"),
        (&["--on", "2022-02-01", "--known", "2022-03-09"], "6"),
        (&["--on", "2023-06-01"], "undecided 6 7"),
        (&["--on", "2024-02-01"], "7"),
        (&["--on", "2024-07-01"], "7"),
    ];
    for (options, expected) in cases {
        assert_eq!(short(&at, &[&["hill", MEAL], options].concat()), expected, "{options:?}");
    }
    // The same as one address, and by names.
    for words in [
        &["hill/school-meals/meal@2021-10-01;known=2022-03-08"][..],
        &["山省/农村义务教育学生营养膳食补助/meal@2021-10-01;known=2022-03-08"],
        &[
            "山省",
            "农村义务教育学生营养膳食补助/meal",
            "--on",
            "2021-10-01",
            "--known",
            "2022-03-08",
        ],
        &["hill", "school-meals/meal@2021-10-01;known=2022-03-08"],
    ] {
        assert_eq!(short(&at, words), "4", "{words:?}");
    }
}

#[test]
fn an_exit_code_says_whether_everything_was_answered() {
    let at = registry("ask-codes");
    let code = |words: &[&str]| out(&at, &[&["ask"], words].concat()).0;
    assert_eq!(code(&["hill", MEAL, "--on", "2022-02-01"]), Some(0));
    assert_eq!(code(&["hill", MEAL, "--on", "2023-06-01"]), Some(1));
    assert_eq!(code(&["hill", MEAL, "--on", "2022-02-01", "--with", "age=7x"]), Some(2));
    assert_eq!(code(&["hill", "nothing"]), Some(2));
}

#[test]
fn what_cannot_be_asked_is_told_with_a_way_out() {
    let at = registry("ask-wrong");
    let said = |words: &[&str]| out(&at, words).1;
    let text = said(&["ask", "hill", "营养补助"]);
    assert!(text.contains("  hill/school-meals  农村义务教育学生营养膳食补助"), "{text}");
    let text = said(&["ask", "hill", "消防车", "--lang", "en"]);
    assert!(text.contains("jialiang ask hill lists them"), "{text}");
    let text = said(&["ask", "hill", "school-meals/x"]);
    assert!(text.contains("  school-meals/meal  "), "{text}");
    let text = said(&["ask", "hill", MEAL, "--with", "age"]);
    assert!(text.contains("“age”") && text.contains("age=72"), "{text}");
    let text = said(&["ask", "hill@2021-10"]);
    assert!(text.contains("“2021-10”不是日期"), "{text}");
    let text = said(&["ask", "hill@2021-10-01", "--on", "2021-10-01"]);
    assert!(text.contains("--on"), "{text}");
    let text = said(&["ask", "cn/sample"]);
    assert!(text.starts_with("错误："), "{text}");
    let text = said(&["history", "hill"]);
    assert!(text.contains("jialiang ask hill"), "{text}");
    let text = said(&["history", "hill/school-meals@2021-10-01"]);
    assert!(text.contains("jialiang ask"), "{text}");
}

#[test]
fn documents_that_do_not_read_are_told_beside_the_answer() {
    let at = registry("ask-unreadable");
    std::fs::write(at.join("hill/2023/meals.adjustment.json"), "{").unwrap();
    for words in [
        &["ask", "hill", MEAL, "--on", "2024-02-01"][..],
        &["history", "hill", MEAL],
        &["diff", "hill", "--parent", "--on", "2024-02-01"],
    ] {
        let (_, text) = out(&at, words);
        assert!(text.contains("1 份文档读不懂"), "{text}");
    }
    assert!(out(&at, &["ask", "hill", MEAL, "--on", "2024-02-01"]).1.contains("不低于 6 元"));
}

#[test]
fn facts_that_leave_several_lines_open_say_so() {
    let at = registry("ask-facts");
    let words = ["ask", "cn", "tuition-waiver", "--on", "2022-01-01", "--known", "2022-01-01"];
    let (_, text) = out(&at, &words);
    assert!(text.contains("只看一种请用 --with 说明：stage=junior|primary"), "{text}");
    let (code, text) = out(&at, &[&words[..], &["--with", "stage=primary"]].concat());
    assert_eq!(code, Some(0));
    assert!(text.contains("650") && !text.contains("850") && !text.contains("--with"), "{text}");
    let (code, text) = out(&at, &[&words[..], &["--with", "stage=university"]].concat());
    // A value that the dimension never has is refused, and what it may be is told.
    assert_eq!(code, Some(2));
    assert!(text.contains("“stage”没有“university”；可写：stage=junior|primary"), "{text}");
}

#[test]
fn every_line_of_a_place_is_a_row() {
    let at = registry("ask-all");
    let words = ["ask", "hill", "--on", "2022-02-01"];
    let (_, text) = out(&at, &words);
    insta::assert_snapshot!("ask_all_zh", text);
    let (_, text) = out(&at, &[&words[..], &["--format", "csv", "--lang", "en"]].concat());
    insta::assert_snapshot!("ask_all_csv", text);
}

#[test]
fn what_the_registry_said_then_is_asked_by_its_revision() {
    let at = registry("ask-rev");
    let git = |words: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(words)
            .current_dir(&at)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(done.status.success(), "{words:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "the registry"]);
    let path = at.join("hill/2022/meals.adjustment.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"at-least\": \"6\"", "\"at-least\": \"6.5\"")).unwrap();
    let words = ["hill", MEAL, "--on", "2022-02-01"];
    assert_eq!(short(&at, &words), "6.5");
    assert_eq!(short(&at, &[&words[..], &["--rev", "HEAD"]].concat()), "6");
    assert_eq!(short(&at, &["HEAD:hill", MEAL, "--on", "2022-02-01"]), "6");
    let (code, _) = out(&at, &["ask", "HEAD:hill", MEAL, "--rev", "HEAD"]);
    assert_eq!(code, Some(2));
    let side = "hill/school-meals@2022-02-01";
    let (_, text) = out(&at, &["diff", &format!("HEAD:{side}"), side]);
    assert!(text.contains("6 元/生·天") && text.contains("6.5 元/生·天"), "{text}");
    // Every verb that reads a registry reads one of then.
    std::fs::remove_file(&path).unwrap();
    for words in [
        &["show", "hill/2022/meals"][..],
        &["list", "adjustments"],
        &["find", "餐补"],
        &["report", "coverage"],
        &["history", "hill", MEAL],
        &["ask", "hill", MEAL],
    ] {
        let then = out(&at, &[words, &["--rev", "HEAD"]].concat());
        assert_ne!(then.0, Some(2), "{words:?}: {}", then.1);
        if words[0] != "report" {
            assert_ne!(then, out(&at, words), "{words:?}");
        }
    }
}

#[test]
fn a_history_is_drawn_over_both_clocks() {
    let at = registry("history-drawn");
    let (code, text) = out(&at, &["history", "hill", MEAL]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("history_drawn_zh", text);
    let (_, text) = out(&at, &["history", "hill", MEAL, "--format", "markdown", "--lang", "en"]);
    insta::assert_snapshot!("history_markdown", text);
    let history: History = read(&at, &["history", "hill", MEAL], "history-output");
    let [strand] = history.strands.as_slice() else { panic!("{:?}", history.strands) };
    assert!(strand.stretches.iter().any(|one| one.retroactive_until.is_some()));
}

#[test]
fn a_picture_stands_alone_and_obeys_no_text() {
    let at = registry("history-picture");
    let picture = at.with_file_name("history-picture.svg");
    let _ = std::fs::remove_file(&picture);
    let path = picture.to_str().unwrap();
    let (code, text) = out(&at, &["history", "hill", MEAL, "-o", path]);
    assert_eq!((code, text), (Some(0), format!("已写入 {path}\n")));
    let text = std::fs::read_to_string(&picture).unwrap();
    let svg = roxmltree::Document::parse(&text).unwrap();
    let names: Vec<&str> = svg.descendants().map(|node| node.tag_name().name()).collect();
    assert!(
        !names.iter().any(|name| ["b", "script", "image", "a", "foreignObject"].contains(name))
    );
    let words: String = svg.descendants().filter_map(|node| node.text()).collect();
    assert!(words.contains("餐补<b>&\"补\"</b>"), "{words}");
    for fill in ["url(#back)", "url(#open)"] {
        assert!(svg.descendants().any(|node| node.attribute("fill") == Some(fill)), "{fill}");
    }
    assert!(!text.contains("href"));
    // It is written again over itself, not over something else, and not among documents.
    assert_eq!(out(&at, &["history", "hill", MEAL, "-o", path]).0, Some(0));
    std::fs::write(&picture, "my own").unwrap();
    assert_eq!(out(&at, &["history", "hill", MEAL, "-o", path]).0, Some(2));
    assert_eq!(std::fs::read_to_string(&picture).unwrap(), "my own");
    assert_eq!(out(&at, &["history", "hill", MEAL, "-o", "meal.svg"]).0, Some(2));
    assert_eq!(out(&at, &["history", "hill", MEAL, "-o", "../meal.xyz"]).0, Some(2));
}

/// Says through which day a place is followed, which did not.
fn follow(at: &Path, place: &str) {
    let path = at.join(format!("{place}/jurisdiction.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    let followed = "\"followed\": [{ \"through\": \"2024-06-30\" }],\n  \"source\"";
    std::fs::write(&path, text.replacen("\"source\"", followed, 1)).unwrap();
}

#[test]
fn what_is_in_force_is_compared_along_every_axis() {
    let at = registry("diff-axes");
    follow(&at, "cn");
    let (code, text) = out(&at, &["diff", "hill", "--parent", "--on", "2022-02-01"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("diff_parent_zh", text);
    let (_, text) = out(&at, &["diff", "湖省", "山省", "--on", "2022-02-01", "--lang", "en"]);
    insta::assert_snapshot!("diff_places_en", text);
    let knowns = ["hill@2021-10-01;known=2022-03-08", "hill@2021-10-01;known=2022-03-09"];
    let (_, text) = out(&at, &["diff", knowns[0], knowns[1], "--format", "markdown"]);
    insta::assert_snapshot!("diff_knowns_markdown", text);
    // What follows the parent is equal to it.
    let words = ["diff", "lake", "--parent", "--on", "2022-02-01", "--exit-code"];
    assert_eq!(out(&at, &words).0, Some(0), "{}", out(&at, &words).1);
    let (code, text) = out(&at, &["diff", "cn", "--parent"]);
    assert_eq!(code, Some(2), "{text}");
}

/// The one change of the meal: its nature, what it would be by what is last known, and why it
/// is undecided.
fn meal(at: &Path, words: &[&str]) -> (String, Option<String>, String) {
    let found: Diff = read(at, &[&["diff"], words].concat(), "diff-output");
    let changes = found.in_force.iter().flat_map(|sides| &sides.changes);
    let meals: Vec<_> = changes.filter(|one| one.item.as_deref() == Some("school-meals")).collect();
    let [meal] = meals.as_slice() else { panic!("{words:?}: {meals:?}") };
    let why = meal.undecided.as_ref().map(|words| words.en.clone()).unwrap_or_default();
    (meal.nature.clone(), meal.last_known.clone(), why)
}

#[test]
fn an_exact_amount_is_held_against_what_the_place_above_requires_at_least() {
    let at = registry("diff-bounds");
    for place in ["cn", "lake"] {
        follow(&at, place);
    }
    let path = at.join("hill/2022/meals.adjustment.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let exactly = |number: &str| {
        let exact = format!("\"exactly\": \"{number}\"");
        std::fs::write(&path, text.replace("\"at-least\": \"6\"", &exact)).unwrap();
    };
    let on = ["--on", "2022-02-01"];
    let nature = |words: &[&str]| meal(&at, &[words, &on].concat()).0;
    // A place gives just what the place above requires at least: that is no lowering.
    exactly("4");
    assert_eq!(nature(&["hill", "--parent"]), "provision-reexpressed");
    assert_eq!(nature(&["cn", "hill"]), "provision-reexpressed");
    assert_eq!(nature(&["hill", "cn"]), "provision-reexpressed");
    // Beside another place, or another day, nobody knows who was given more.
    let (nature_beside, last, why) = meal(&at, &["lake", "hill", "--on", "2022-02-01"]);
    assert_eq!((&*nature_beside, last), ("provision-altered", None));
    assert!(why.starts_with("the amounts are equal, but `at least 4 CNY/pupil/day"), "{why}");
    assert!(why.contains("`4 CNY/pupil/day (200 days a year)` is exact"), "{why}");
    exactly("5");
    assert_eq!(meal(&at, &["hill@2021-10-01", "hill@2022-02-01"]).0, "provision-altered");
    assert_eq!(nature(&["hill", "--parent"]), "provision-raised");
    assert_eq!(nature(&["hill", "cn"]), "provision-lowered");
    // Which is more between a bound and an exact amount above it is told with both.
    let (nature_beside, _, why) = meal(&at, &["lake", "hill", "--on", "2022-02-01"]);
    assert_eq!(nature_beside, "provision-altered");
    assert!(why.contains("is only a least and `5 CNY/pupil/day (200 days a year)`"), "{why}");
    exactly("3");
    assert_eq!(nature(&["hill", "--parent"]), "provision-lowered");
}

#[test]
fn what_is_only_last_known_is_undecided_and_told_with_what_it_would_be() {
    let at = registry("diff-last-known");
    follow(&at, "cn");
    let (nature, last, why) = meal(&at, &["hill", "--parent", "--on", "2024-07-01"]);
    assert_eq!((&*nature, last.as_deref()), ("provision-altered", Some("provision-raised")));
    assert!(why.contains("the first followed through 2024-06-30"), "{why}");
    let (nature, last, _) = meal(&at, &["hill", "--parent", "--on", "2024-02-01"]);
    assert_eq!((&*nature, last), ("provision-raised", None));
    let (_, text) = out(&at, &["diff", "hill", "--parent", "--on", "2024-07-01"]);
    assert!(text.contains("按最后所知为“提高标准”"), "{text}");
    assert!(text.lines().all(|line| line.is_empty() || !line.trim().is_empty()), "{text}");
}

#[test]
fn what_is_equal_by_what_is_last_known_is_undecided() {
    let at = registry("diff-last-equal");
    follow(&at, "cn");
    let words = ["hill@2024-02-01", "hill@2024-07-01"];
    let (nature, last, why) = meal(&at, &words);
    assert_eq!((&*nature, last.as_deref()), ("provision-altered", Some("equal")));
    let expected = "by what is last known, equal (the second followed through 2024-06-30)";
    assert_eq!(why, expected);
    assert_eq!(out(&at, &["diff", words[0], words[1], "--exit-code"]).0, Some(1));
    // Within the horizon it is equal, and so is a question held against itself.
    for words in [["hill@2024-02-01", "hill@2024-03-01"], ["hill@2024-07-01", "hill@2024-07-01"]] {
        let (code, text) = out(&at, &["diff", words[0], words[1], "--exit-code"]);
        assert_eq!(code, Some(0), "{text}");
    }
}

#[test]
fn one_item_is_compared_with_the_day_beside_it() {
    let at = registry("diff-item");
    follow(&at, "cn");
    let on = ["--on", "2022-02-01"];
    for words in [&["hill/school-meals", "--parent"][..], &["cn/school-meals", "hill/school-meals"]]
    {
        assert_eq!(meal(&at, &[words, &on].concat()).0, "provision-raised", "{words:?}");
    }
    let (code, text) = out(&at, &[&["diff", "hill/school-meal", "cn/sample"], &on[..]].concat());
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("school-meals"), "{text}");
}

#[test]
fn a_dimension_that_no_line_tells_apart_is_refused() {
    let at = registry("ask-untold");
    let words = ["ask", "cn", "tuition-waiver", "--on", "2022-01-01", "--with"];
    let (code, text) = out(&at, &[&words[..], &["foo=1"]].concat());
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("不按“foo”区分；可写：") && text.contains("stage="), "{text}");
    let near = [&words[..], &["stagee=primary", "--lang", "en"]].concat();
    let (code, text) = out(&at, &near);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("(did you mean `stage`?); it may be: "), "{text}");
}

/// Of the real registry: no line is blank but for what parts, and an item without a name is
/// called by its id once.
#[test]
fn what_no_document_says_has_no_place_line() {
    let (_, text) = out(&sample::root(), &["diff", "tianjin", "--parent", "--on", "2025-10-01"]);
    assert!(text.lines().all(|line| line.is_empty() || !line.trim().is_empty()), "{text}");
    assert!(!text.contains("price-subsidy price-subsidy"), "{text}");
}

#[test]
fn the_items_that_are_not_applicable_are_listed_with_reason_and_source() {
    let root = sample::root();
    let words = ["ask", "qingdao", "--on", "2025-10-01"];
    let (_, text) = out(&root, &words);
    for part in ["在此地不适用的上级项目", "ethnic-minority-culture", "未写理由", "已核对"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let ask: Ask = read(&root, &words, "ask-output");
    let of = |id: &str| ask.items.iter().find(|item| item.id == id).unwrap();
    for id in ["school-meals", "ethnic-minority-culture"] {
        for line in &of(id).lines {
            let Answer::NotApplicable(one) = &line.answer else { panic!("{line:?}") };
            assert!(one.source.is_some() && one.edition.starts_with("qingdao/"));
        }
    }
}

#[test]
fn beside_an_unverified_value_the_last_verified_one_is_told() {
    let at = registry("ask-verified");
    let path = at.join("hill/2022/meals.adjustment.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"verified\": true", "\"verified\": false")).unwrap();
    let words = ["ask", "hill", MEAL, "--on", "2022-02-01"];
    let ask: Ask = read(&at, &words, "ask-output");
    let verified = ask.items[0].lines[0].last_verified.as_ref().unwrap();
    let [one] = verified.as_slice() else { panic!("{verified:?}") };
    assert_eq!((one.number.as_deref(), &*one.origin.place), (Some("4"), "cn"));
    let (_, text) = out(&at, &words);
    assert!(text.contains("已核对  不低于 4 元/生·天（全年 200 天）"), "{text}");
    // A verified one needs nothing beside it.
    let ask: Ask = read(&at, &["ask", "cn", MEAL, "--on", "2022-02-01"], "ask-output");
    assert_eq!(ask.items[0].lines[0].last_verified, None);
    // There may be none.
    let path = at.join("cn/2021/notice.adjustment.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"verified\": true", "\"verified\": false")).unwrap();
    let path = at.join("cn/sample@1.0.0.edition.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"verified\": true", "\"verified\": false")).unwrap();
    let (_, text) = out(&at, &words);
    assert!(text.contains("没有：这一天没有已核对的值"), "{text}");
}

/// Of the real registry: that a record begins is not that a service does.
#[test]
fn where_only_the_record_begins_it_is_unknown() {
    let root = sample::root();
    let (code, text) = out(&root, &["ask", "cn", "funding", "--on", "2018-06-01"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("库中无记载（2019-01-01 起有记载）"), "{text}");
    assert_eq!(short(&root, &["cn", "childcare-allowance", "--on", "2024-06-01"]), "not yet");
}

#[test]
fn what_is_undecided_is_never_equal_and_never_gone() {
    let at = registry("diff-open");
    for (before, after) in [
        ("hill@2023-06-01", "hill@2023-06-01"),
        ("hill@2023-06-01", "hill@2022-02-01"),
        ("lake@2023-06-01", "hill@2023-06-01"),
    ] {
        let found: Diff = read(&at, &["diff", before, after], "diff-output");
        let [sides] = found.in_force.as_slice() else { panic!("{found:?}") };
        let meals: Vec<_> = sides
            .changes
            .iter()
            .filter(|one| one.item.as_deref() == Some("school-meals"))
            .collect();
        let [meal] = meals.as_slice() else { panic!("{before} {after}: {meals:?}") };
        assert_eq!(meal.nature, "provision-altered");
        let why = meal.undecided.as_ref().map(|words| &*words.en);
        assert_eq!(why, Some("what is in force on one side is itself undecided"));
        assert!(meal.before.is_some() && meal.after.is_some());
    }
}

/// Of the real registry: what is printed for programs reads back, whatever is asked.
#[test]
fn every_answer_of_the_real_registry_reads_back() {
    let root = sample::root();
    for place in ["cn", "tianjin", "hebei"] {
        for day in ["2012-06-01", "2018-10-01", "2025-10-01"] {
            let ask: Ask = read(&root, &["ask", place, "--on", day], "ask-output");
            assert!(ask.items.iter().all(|item| !item.lines.is_empty()));
        }
    }
    let _: History = read(&root, &["history", "tianjin", "resident-pension"], "history-output");
    let _: Diff = read(&root, &["diff", "hebei@2018-10-01", "tianjin@2018-10-01"], "diff-output");
}

/// Tianjin's pension, as the README shows it.
#[test]
fn the_pension_of_tianjin_on_both_clocks() {
    let root = sample::root();
    let on = ["tianjin", "resident-pension/basic", "--on", "2014-10-01"];
    assert_eq!(short(&root, &[&on[..], &["--known", "2015-01-31"]].concat()), "220");
    assert_eq!(short(&root, &[&on[..], &["--known", "2015-04-30"]].concat()), "235");
    for (readme, lang) in [("README.md", "en"), ("README.zh.md", "zh")] {
        let readme = std::fs::read_to_string(root.join(readme)).unwrap();
        let ask = ["ask", "tianjin", "resident-pension/basic", "--on", "2014-10-01"];
        let (_, printed) = out(&root, &[&ask[..], &["--lang", lang]].concat());
        assert!(readme.contains(printed.trim_end()), "{lang}\n{printed}");
        // Of the drawing a part is shown.
        let history = ["history", "tianjin", "resident-pension/basic"];
        let (_, printed) = out(&root, &[&history[..], &["--lang", lang]].concat());
        let (_, rest) =
            readme.split_once("jialiang history tianjin resident-pension/basic").unwrap();
        let block = rest.split("```").nth(2).unwrap();
        let lines = block.lines().skip(1).filter(|line| *line != "…");
        assert!(lines.clone().count() > 8);
        for line in lines {
            assert!(printed.lines().any(|there| there == line), "{lang}: {line}\n{printed}");
        }
    }
}
