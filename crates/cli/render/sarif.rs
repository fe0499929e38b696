//! For code scanning: SARIF 2.1.0, the interchange format of static analysis (OASIS).
//!
//! Braces in a message stand as they are. The standard has them doubled, for the sake of
//! placeholders such as `{0}`; no viewer that we know undoes that where a message has no
//! arguments, and people copy JSON out of our messages.

use jialiang_check::locate::Locator;
use jialiang_check::{RULES, Report, Rule};
use jialiang_model::finding::{Accepted, Finding, Fix, Level, Message, Related, Skipped};
use jialiang_model::place::Place;
use jialiang_store::Texts;
use serde::Serialize;

use super::{Spot, in_repository};
use crate::cmd::rules::document;
use crate::lang::Lang;

/// Where the standard keeps the schema of this output.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative paths start from, by the name that forges know.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    language: &'static str,
    original_uri_base_ids: UriBaseIds,
    results: Vec<Result>,
    automation_details: AutomationDetails,
    column_kind: &'static str,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    default_configuration: Configuration,
    help: Text,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: [Location; 1],
}

#[derive(Serialize)]
struct UriBaseIds {
    #[serde(rename = "%SRCROOT%")]
    root: UriBase,
}

#[derive(Serialize)]
struct UriBase {
    description: Text,
}

#[derive(Serialize)]
struct AutomationDetails {
    id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend>,
    /// Also where it is empty: either every result has it, or none.
    suppressions: Vec<Suppression>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "jialiang/v1")]
    v1: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text>,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

#[derive(PartialEq, Serialize)]
struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

impl Text {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), markdown: None }
    }
}

/// Notes are in it, as a level of their own that viewers filter by; what somebody has
/// accepted is in it as suppressed.
pub(crate) fn report(report: &Report, texts: &Texts, lang: Lang) -> String {
    let mut locator = Locator::new(texts);
    let mut results: Vec<Result> = locator
        .in_order(report.findings.iter().collect())
        .into_iter()
        .map(|finding| result(finding, &mut locator, lang))
        .collect();
    for Accepted { finding, reason, by, until } in &report.accepted {
        let justification = match lang {
            Lang::Zh => format!("{reason}（{by}，{until} 前有效）"),
            Lang::En => format!("{reason} ({by}, before {until})"),
        };
        let mut result = result(finding, &mut locator, lang);
        result.suppressions.push(Suppression {
            kind: "external",
            status: "accepted",
            justification,
        });
        results.push(result);
    }
    let language = lang.pick("zh-CN", "en");
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "jialiang",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    language,
                    rules: RULES.iter().map(|rule| descriptor(rule, lang)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: report
                    .skipped
                    .iter()
                    .map(|skipped| not_run(skipped, &locator, lang))
                    .collect(),
            }],
            language,
            original_uri_base_ids: UriBaseIds {
                root: UriBase {
                    description: Text::plain(lang.pick(
                        "运行命令的文件夹，通常是代码仓库的根",
                        "The folder in which the command was run, as a rule the root of the repository",
                    )),
                },
            },
            results,
            // The empty last part: the run is one of this category, and has no name of its own.
            automation_details: AutomationDetails { id: "jialiang/check/" },
            column_kind: "unicodeCodePoints",
        }],
    };
    // Strings, numbers, lists and objects with string keys: nothing that JSON could refuse.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn descriptor(rule: &Rule, lang: Lang) -> Descriptor {
    let heading = lang.pick("## 中文\n\n", "## English\n\n");
    let markdown = document(rule, lang);
    let words = markdown.split_once(heading).map_or("", |(_, rest)| rest);
    let words = words.split_once("\n## ").map_or(words, |(words, _)| words).trim_end();
    // What the rule says, and why; how to mend a breach is the third paragraph.
    let paragraphs: Vec<&str> = words.split("\n\n").take(2).collect();
    Descriptor {
        id: rule.name,
        short_description: Text::plain(rule.summary(lang == Lang::Zh)),
        full_description: Text::plain(paragraphs.join("\n\n")),
        default_configuration: Configuration { level: level(rule.level) },
        help: Text { text: words.to_owned(), markdown: Some(markdown) },
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn result(finding: &Finding, locator: &mut Locator<'_>, lang: Lang) -> Result {
    // The label repeats the message beside an excerpt; the arguments are in the fingerprint.
    let Finding { rule, level: grave, place, args: _, message, label: _, help, fix, related } =
        finding;
    let said = |message: &Message| lang.of(message).to_owned();
    let mut text = said(message);
    if let Some(help) = help {
        text += "\n";
        text += lang.of(help);
    }
    let mut others: Vec<Location> = Vec::new();
    for Related { place, message } in related {
        let location = location(place, Some(Text::plain(said(message))), locator);
        if !others.contains(&location) {
            others.push(location);
        }
    }
    let fixes = fix.iter().map(|Fix { place, replacement }| {
        let spot = Spot::new(place, locator);
        Mend {
            description: help.as_ref().map(|help| Text::plain(said(help))),
            artifact_changes: [Change {
                artifact_location: artifact(&spot.path),
                replacements: [Replacement {
                    deleted_region: region(&spot),
                    inserted_content: Text::plain(replacement.clone()),
                }],
            }],
        }
    });
    let fixes = fixes.collect();
    Result {
        rule_id: rule,
        rule_index: RULES.iter().position(|known| known.name == *rule),
        level: level(*grave),
        message: Text::plain(text),
        locations: [location(place, None, locator)],
        related_locations: others,
        partial_fingerprints: Fingerprints { v1: finding.fingerprint().to_string() },
        fixes,
        suppressions: Vec::new(),
    }
}

fn not_run(skipped: &Skipped, locator: &Locator<'_>, lang: Lang) -> Notification {
    let Skipped { document, rules } = skipped;
    let message = match lang {
        Lang::Zh => format!("文档无法读取或放错了位置，未执行的规则：{}", rules.join("、")),
        Lang::En => format!(
            "the document could not be read or placed; rules that were not run on it: {}",
            rules.join(", ")
        ),
    };
    let path = in_repository(&locator.shown(document));
    Notification {
        level: "warning",
        message: Text::plain(message),
        locations: [Location {
            physical_location: Physical { artifact_location: artifact(&path), region: None },
            logical_locations: Vec::new(),
            message: None,
        }],
    }
}

fn location(place: &Place, message: Option<Text>, locator: &mut Locator<'_>) -> Location {
    let spot = Spot::new(place, locator);
    let name = place.path.to_string();
    Location {
        physical_location: Physical {
            artifact_location: artifact(&spot.path),
            region: Some(region(&spot)),
        },
        logical_locations: if name.is_empty() {
            Vec::new()
        } else {
            vec![Logical { fully_qualified_name: name }]
        },
        message,
    }
}

fn region(Spot { path: _, start, end }: &Spot) -> Region {
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// A path as a URI reference (RFC 3986): every byte escaped that is neither unreserved nor
/// a separator, `:` too, before which a first folder would be a scheme.
fn artifact(path: &str) -> Artifact {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' => {
                uri.push(char::from(byte));
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    if path.starts_with('/') {
        Artifact { uri: format!("file://{uri}"), uri_base_id: None }
    } else {
        Artifact { uri, uri_base_id: Some(ROOT) }
    }
}
