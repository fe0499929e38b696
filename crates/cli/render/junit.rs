//! For what reads test reports: JUnit XML, as Jenkins and GitLab take it.
//!
//! A test suite is a rule, not a document: the rules are few and the same from run to run,
//! so that a green run has tests and a trend means something; a nation's documents are
//! thousands, and come and go. A test case is a finding, named by its document and its path
//! by ids, so that it keeps its name when lines move; a rule without findings is one case
//! that passed.
//!
//! - An error is a failure; so is a warning with `--deny-warnings`.
//! - Any other warning is `skipped`, the one state that both show and that fails nothing;
//!   so is what somebody has accepted, and a rule that was not run on some documents. The
//!   attribute `type` says which it is.
//! - A note is a case that passed, with its text in `system-out`.
//!
//! GitLab also reads `file` of a test case. It is left out: the schema of the Jenkins xUnit
//! plugin knows none, and the plugin refuses a report that has one. The place is in the text.

use std::collections::{BTreeMap, HashMap};
use std::io;

use jialiang_check::locate::Locator;
use jialiang_check::{RULES, Report};
use jialiang_model::finding::{Accepted, Finding, Level};
use jialiang_store::Texts;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Spot, lines, visible};
use crate::args::Check;
use crate::lang::Lang;

/// A test case.
struct Case {
    name: String,
    state: State,
    kind: &'static str,
    message: String,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Passed,
    Skipped,
    Failed,
}

pub(crate) fn report(report: &Report, texts: &Texts, args: &Check) -> String {
    // A buffer in memory takes whatever is written.
    write(&suites(report, texts, args)).map_or_else(|_| String::new(), |xml| xml + "\n")
}

/// The suites by their rules, in the order of the rules.
fn suites<'a>(report: &'a Report, texts: &Texts, args: &Check) -> Vec<(&'a str, Vec<Case>)> {
    let lang = args.speech.lang;
    let mut locator = Locator::new(texts);
    let mut by_rule: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    for finding in locator.in_order(report.findings.iter().collect()) {
        let state = match finding.level {
            Level::Error => State::Failed,
            Level::Warning if args.deny_warnings => State::Failed,
            Level::Warning => State::Skipped,
            Level::Note => State::Passed,
        };
        let kind = finding.level.as_str();
        by_rule.entry(finding.rule).or_default().push(case(
            finding,
            state,
            kind,
            &mut locator,
            lang,
        ));
    }
    for Accepted { finding, reason, by, until } in &report.accepted {
        let mut case = case(finding, State::Skipped, "accepted", &mut locator, lang);
        case.text += &match lang {
            Lang::Zh => format!("\n已接受：{reason}（{by}，{until} 前有效）"),
            Lang::En => format!("\naccepted: {reason} ({by}, before {until})"),
        };
        by_rule.entry(finding.rule).or_default().push(case);
    }
    let mut suites: Vec<(&str, Vec<Case>)> = Vec::new();
    for rule in RULES {
        let mut cases = by_rule.remove(rule.name).unwrap_or_default();
        if cases.is_empty() {
            let name = rule.summary(lang == Lang::Zh).to_owned();
            let (message, text) = (String::new(), String::new());
            cases.push(Case { name, state: State::Passed, kind: "", message, text });
        }
        cases.extend(not_run(report, rule.name, lang));
        suites.push((rule.name, cases));
    }
    // No finding is lost, even one of a rule that is not listed.
    suites.extend(by_rule);
    for (_, cases) in &mut suites {
        tell_apart(cases);
    }
    suites
}

fn case(
    finding: &Finding,
    state: State,
    kind: &'static str,
    locator: &mut Locator<'_>,
    lang: Lang,
) -> Case {
    let spot = Spot::new(&finding.place, locator);
    let name = format!("{} {}", spot.path, finding.place.path);
    let text = format!("{spot}\n{}", lines(finding, locator, lang).join("\n"));
    let message = lang.of(&finding.message).to_owned();
    Case { name: name.trim_end().to_owned(), state, kind, message, text }
}

/// One case for the documents on which a rule was not run.
fn not_run(report: &Report, rule: &str, lang: Lang) -> Option<Case> {
    let documents: Vec<&str> = report
        .skipped
        .iter()
        .filter(|skipped| skipped.rules.contains(&rule))
        .map(|skipped| skipped.document.as_str())
        .collect();
    let message = match lang {
        Lang::Zh => format!("有 {} 份文档无法读取或放错了位置，未检查", documents.len()),
        Lang::En => {
            format!("not run on documents that could not be read or placed: {}", documents.len())
        }
    };
    let name = lang.pick("未检查的文档", "documents not checked").to_owned();
    let text = documents.join("\n");
    let case = Case { name, state: State::Skipped, kind: "not-run", message, text };
    (!documents.is_empty()).then_some(case)
}

/// GitLab passes over a second case of one name.
fn tell_apart(cases: &mut [Case]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for case in cases {
        let n = times.entry(case.name.clone()).or_default();
        *n += 1;
        if *n > 1 {
            case.name += &format!(" ({n})");
        }
    }
}

fn write(suites: &[(&str, Vec<Case>)]) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = || suites.iter().flat_map(|(_, cases)| cases);
    let of = |state, cases: &mut dyn Iterator<Item = &Case>| {
        cases.filter(|case| case.state == state).count().to_string()
    };
    writer
        .create_element("testsuites")
        .with_attribute(("name", "jialiang check"))
        .with_attribute(("tests", all().count().to_string().as_str()))
        .with_attribute(("failures", of(State::Failed, &mut all()).as_str()))
        .with_attribute(("errors", "0"))
        .with_attribute(("time", "0"))
        .write_inner_content(|writer| {
            for (rule, cases) in suites {
                writer
                    .create_element("testsuite")
                    .with_attribute(("name", *rule))
                    .with_attribute(("tests", cases.len().to_string().as_str()))
                    .with_attribute(("failures", of(State::Failed, &mut cases.iter()).as_str()))
                    .with_attribute(("errors", "0"))
                    .with_attribute(("skipped", of(State::Skipped, &mut cases.iter()).as_str()))
                    .with_attribute(("time", "0"))
                    .write_inner_content(|writer| {
                        cases.iter().try_for_each(|case| element(writer, rule, case))
                    })?;
            }
            Ok(())
        })?;
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

fn element(writer: &mut Writer<Vec<u8>>, rule: &str, case: &Case) -> io::Result<()> {
    let Case { name, state, kind, message, text } = case;
    let [name, message, text] = [name, message, text].map(|text| visible(text));
    let element = writer
        .create_element("testcase")
        // GitLab shows the class beside the name; Jenkins takes what is before the dot for
        // a package.
        .with_attribute(("classname", format!("jialiang.{rule}").as_str()))
        .with_attribute(("name", name.as_str()))
        .with_attribute(("time", "0"));
    let inner = match state {
        State::Passed if text.is_empty() => return element.write_empty().map(drop),
        State::Passed => "system-out",
        State::Skipped => "skipped",
        State::Failed => "failure",
    };
    let write = |writer: &mut Writer<Vec<u8>>| {
        let mut element = writer.create_element(inner);
        if *state != State::Passed {
            element = element
                .with_attribute(("type", *kind))
                .with_attribute(("message", message.as_str()));
        }
        element.write_text_content(BytesText::new(&text)).map(drop)
    };
    element.write_inner_content(write).map(drop)
}
