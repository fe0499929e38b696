//! For a reviewer: the comment of a pull request, or the summary of a job.

use jialiang_check::locate::Locator;
use jialiang_check::{Report, can_be_accepted};
use jialiang_model::finding::{Accepted, Finding, Level};
use jialiang_store::Texts;

use super::{Spot, by_level, counts, human, visible};
use crate::args::Check;
use crate::lang::Lang;

pub(crate) fn report(report: &Report, texts: &Texts, args: &Check, elsewhere: usize) -> String {
    let lang = args.speech.lang;
    let mut locator = Locator::new(texts);
    let shown = by_level(report, args, &mut locator);
    let limit = if args.limit == 0 { shown.len() } else { args.limit };
    let mut text = heading(report, args);
    if !shown.is_empty() {
        let names =
            lang.pick("| 级别 | 规则 | 位置 | 说明 |\n", "| Level | Rule | Place | Message |\n");
        text += &format!("\n{names}| --- | --- | --- | --- |\n");
    }
    let mut ways_out = String::new();
    for finding in shown.iter().take(limit) {
        text += &row(finding, &mut locator, lang);
        ways_out += &way_out(finding, &mut locator, args);
    }
    if shown.len() > limit {
        let more = shown.len() - limit;
        text += &match lang {
            Lang::Zh => format!("\n还有 {more} 条未列出；全部列出：`--limit 0`\n"),
            Lang::En => format!("\n{more} more are not listed; to list them: `--limit 0`\n"),
        };
    }
    if !ways_out.is_empty() {
        text += &format!("\n### {}\n\n{ways_out}", lang.pick("怎么改", "How to mend it"));
    }
    text += &accepted(report, &mut locator, lang);
    let summary = human::summary(report, args) + &human::outside(elsewhere, lang);
    text + "\n" + &block(&summary)
}

fn heading(report: &Report, args: &Check) -> String {
    let lang = args.speech.lang;
    let (errors, warnings) = (report.count(Level::Error), report.count(Level::Warning));
    let verdict = if errors > 0 || (args.deny_warnings && warnings > 0) {
        lang.pick("检查未通过", "The check failed")
    } else {
        lang.pick("检查通过", "The check passed")
    };
    format!("## {verdict}{}{}\n", lang.pick("：", ": "), counts(report, lang))
}

fn row(finding: &Finding, locator: &mut Locator<'_>, lang: Lang) -> String {
    // The label repeats the message beside an excerpt; `way_out` shows the rest.
    let Finding { rule, level, place, args: _, message, label: _, help: _, fix: _, related: _ } =
        finding;
    let Spot { path, start, end: _ } = Spot::new(place, locator);
    let cells = [
        lang.pick(level.zh(), level.as_str()).to_owned(),
        code(rule),
        code(&format!("{path}:{}", start.line)),
        inline(lang.of(message)),
    ];
    table_row(&cells)
}

pub(super) fn table_row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// What to do, and the other places. Findings that say neither are in the table alone.
fn way_out(finding: &Finding, locator: &mut Locator<'_>, args: &Check) -> String {
    let lang = args.speech.lang;
    if finding.help.is_none() && finding.related.is_empty() {
        return String::new();
    }
    let spot = Spot::new(&finding.place, locator);
    let what = finding.help.as_ref().unwrap_or(&finding.message);
    let mut text = format!(
        "- {} {}{}{}\n",
        code(&spot.to_string()),
        code(finding.rule),
        lang.pick("：", ": "),
        inline(lang.of(what))
    );
    for other in &finding.related {
        let spot = Spot::new(&other.place, locator);
        text += &format!(
            "  - {}{}{}\n",
            code(&spot.to_string()),
            lang.pick("：", ": "),
            inline(lang.of(&other.message))
        );
    }
    if can_be_accepted(finding) {
        let command = human::accept(finding, locator, args);
        text += &format!("  - {}{}\n", lang.pick("接受：", "to accept it: "), code(&command));
    }
    text
}

fn accepted(report: &Report, locator: &mut Locator<'_>, lang: Lang) -> String {
    let n = report.accepted.len();
    if n == 0 {
        return String::new();
    }
    let (summary, names) = match lang {
        Lang::Zh => (format!("已接受 {n} 条"), "| 规则 | 位置 | 说明 | 理由 | 负责 | 到期 |"),
        Lang::En => (format!("{n} accepted"), "| Rule | Place | Message | Reason | By | Until |"),
    };
    let mut text = format!(
        "\n<details>\n<summary>{summary}</summary>\n\n{names}\n| --- | --- | --- | --- | --- | --- |\n"
    );
    for Accepted { finding, reason, by, until } in &report.accepted {
        let Spot { path, start, end: _ } = Spot::new(&finding.place, locator);
        text += &table_row(&[
            code(finding.rule),
            code(&format!("{path}:{}", start.line)),
            inline(lang.of(&finding.message)),
            inline(reason),
            inline(by),
            until.to_string(),
        ]);
    }
    text + "\n</details>\n"
}

/// A text in which nothing is markup. A table takes care of its own `|`.
pub(super) fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '&' => escaped += "&amp;",
            '\n' => escaped += "<br>",
            '\r' => {}
            // Neither an address to write to nor somebody to call.
            '@' => escaped += "@<!-- -->",
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '$' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The longest run of backticks in a text.
fn backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A text as code, on one line.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    let fence = "`".repeat(backticks(&text) + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// A text as it stands, over several lines.
fn block(text: &str) -> String {
    let fence = "`".repeat(backticks(text).max(2) + 1);
    format!("{fence}text\n{text}{fence}\n")
}
