//! For people: excerpts with carets, both places, how to mend it, and a summary.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Patch, Renderer, Snippet};
use jialiang_check::locate::{Located, Locator};
use jialiang_check::{Report, can_be_accepted, is_on_edit};
use jialiang_model::finding::{Accepted, Against, Finding, Level, Message};
use jialiang_model::place::Place;
use jialiang_store::Texts;

use crate::args::Check;
use crate::lang::Lang;

/// `elsewhere` is how many errors stand outside the part that was asked for.
pub(crate) fn report(report: &Report, texts: &Texts, args: &Check, elsewhere: usize) -> String {
    let lang = args.speech.lang;
    let mut locator = Locator::new(texts);
    let shown: Vec<&Finding> =
        report.findings.iter().filter(|f| args.notes || f.level != Level::Note).collect();
    let shown = locator.in_order(shown);
    let limit = if args.limit == 0 { shown.len() } else { args.limit };
    let mut text = String::new();
    for finding in shown.iter().take(limit) {
        text += &one(finding, &mut locator, args);
        text += "\n";
    }
    if !args.speech.quiet {
        text += &accepted(report, args, &mut locator);
        text += &summary(report, args);
    }
    text += &outside(elsewhere, lang);
    if shown.len() > limit {
        text += &left_out(shown.len() - limit, args);
    }
    text
}

/// How many findings were not listed, and the command that lists them all.
fn left_out(more: usize, args: &Check) -> String {
    let mut all = "jialiang check".to_owned();
    for path in &args.paths {
        all += &format!(" {}", quoted(&path.display().to_string()));
    }
    if let Some(rev) = &args.base {
        all += &format!(" --base {}", quoted(rev));
    }
    if args.notes {
        all += " --notes";
    }
    all += " --limit 0";
    match args.speech.lang {
        Lang::Zh => format!("还有 {more} 条未列出；全部列出：{all}\n"),
        Lang::En => format!("{more} more are not listed; to list them: {all}\n"),
    }
}

/// What is said of errors outside the part that was asked for.
pub(super) fn outside(elsewhere: usize, lang: Lang) -> String {
    if elsewhere == 0 {
        return String::new();
    }
    match lang {
        Lang::Zh => format!("登记库的其他位置还有 {elsewhere} 个错误：jialiang check\n"),
        Lang::En => format!(
            "{} elsewhere in the registry: jialiang check\n",
            count(elsewhere, "more error")
        ),
    }
}

/// What somebody answers for: who, why, and until when.
fn accepted(report: &Report, args: &Check, locator: &mut Locator<'_>) -> String {
    let lang = args.speech.lang;
    let mut text = String::new();
    for Accepted { finding, reason, by, until } in &report.accepted {
        let path = locator.shown(&finding.place.document);
        let line = locator.find(&finding.place).map(|l| format!(":{}", l.start.line));
        let line = line.unwrap_or_default();
        let rule = finding.rule;
        text += &match lang {
            Lang::Zh => {
                format!("已接受 [{rule}] {path}{line}：{by}，到 {until} 为止（{reason}）\n")
            }
            Lang::En => {
                format!("accepted [{rule}] {path}{line}: by {by} until {until} ({reason})\n")
            }
        };
    }
    if text.is_empty() { text } else { text + "\n" }
}

/// The lines of a text that are shown, and which line is the first of them.
struct Window<'a> {
    text: &'a str,
    first_line: usize,
    from: usize,
}

impl<'a> Window<'a> {
    fn new(located: &Located<'a>) -> Self {
        let text = located.text;
        let line_start =
            |at: usize| text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let from = line_start(located.bytes.start);
        let to = text
            .get(located.bytes.end..)
            .and_then(|t| t.find('\n'))
            .map_or(text.len(), |i| located.bytes.end + i);
        Self { text: text.get(from..to).unwrap_or(""), first_line: located.start.line, from }
    }
}

/// A place, worked out for one rendering.
struct Spot {
    path: String,
    text: String,
    first_line: usize,
    column: usize,
    span: std::ops::Range<usize>,
}

impl Spot {
    /// A line longer than this is no line for people, and only its place is shown.
    const LONGEST: usize = 4000;

    fn is_shown(&self) -> bool {
        self.text.len() <= Self::LONGEST
    }
}

fn spot(place: &Place, locator: &mut Locator<'_>) -> Option<Spot> {
    let path = locator.shown(&place.document);
    let located = locator.find(place)?;
    let window = Window::new(&located);
    let span = located.bytes.start - window.from..located.bytes.end - window.from;
    let (text, first_line) = (window.text.to_owned(), window.first_line);
    Some(Spot { path, text, first_line, column: located.start.column, span })
}

fn one(finding: &Finding, locator: &mut Locator<'_>, args: &Check) -> String {
    let (speech, lang) = (args.speech, args.speech.lang);
    let said = |message: &Message| lang.of(message).to_owned();
    let title = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let title = title.with_name(lang.pick(finding.level.zh(), finding.level.as_str()));
    let main = spot(&finding.place, locator);
    let related: Vec<_> = finding
        .related
        .iter()
        .filter_map(|r| Some((spot(&r.place, locator)?, said(&r.message))))
        .collect();
    let fix =
        finding.fix.as_ref().and_then(|f| Some((spot(&f.place, locator)?, f.replacement.clone())));
    let fix = fix.filter(|(spot, _)| spot.is_shown());
    let message = said(&finding.message);
    let label = finding.label.as_ref().map(said).unwrap_or_default();
    let help = finding.help.as_ref().map(said).unwrap_or_default();
    let help_title = Title::HELP.with_name(lang.pick("帮助", "help"));
    let snippet = |spot: &'_ Spot| {
        Snippet::source(spot.text.clone()).line_start(spot.first_line).path(spot.path.clone())
    };
    let mut group = Group::with_title(title.primary_title(&message).id(finding.rule));
    let origin = |spot: &Spot| {
        Origin::path(spot.path.clone()).line(spot.first_line).char_column(spot.column)
    };
    match &main {
        Some(spot) if spot.is_shown() => {
            let span = AnnotationKind::Primary.span(spot.span.clone()).label(&label);
            group = group.element(snippet(spot).annotation(span));
        }
        Some(spot) => group = group.element(origin(spot)),
        None => group = group.element(Origin::path(locator.shown(&finding.place.document))),
    }
    for (spot, message) in &related {
        if spot.is_shown() {
            let span = AnnotationKind::Context.span(spot.span.clone()).label(message);
            group = group.element(snippet(spot).annotation(span));
        } else {
            group = group.element(origin(spot));
        }
    }
    let mut mended = None;
    match &fix {
        _ if help.is_empty() => {}
        Some((spot, replacement)) => {
            let source = Snippet::source(spot.text.clone())
                .line_start(spot.first_line)
                .path(spot.path.clone())
                .patch(Patch::new(spot.span.clone(), replacement.clone()));
            mended = Some(Group::with_title(help_title.secondary_title(&help)).element(source));
        }
        None => group = group.element(help_title.message(&help)),
    }
    let accept = can_be_accepted(finding).then(|| accept(finding, locator, args));
    if let Some(accept) = &accept {
        let title = Title::NOTE.with_name(lang.pick("接受", "accept"));
        match mended.take() {
            Some(group) => mended = Some(group.element(title.message(accept))),
            None => group = group.element(title.message(accept)),
        }
    }
    let groups: Vec<_> = std::iter::once(group).chain(mended).collect();
    let renderer = if speech.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(width()).render(&groups) + "\n"
}

/// The command that accepts a finding, as it must be typed here.
pub(super) fn accept(finding: &Finding, locator: &Locator<'_>, args: &Check) -> String {
    let mut command = format!("jialiang accept {}", finding.fingerprint());
    if let Some(rev) = args.base.as_ref().filter(|_| is_on_edit(finding)) {
        command += &format!(" --base {}", quoted(rev));
    }
    let root = locator.shown("");
    let root = root.trim_end_matches(std::path::is_separator);
    if !matches!(root, "" | "." | "standards") {
        command += &format!(" --registry {}", quoted(root));
    }
    command
        + args
            .speech
            .lang
            .pick(" --reason 理由 --by 负责人 --until 日期", " --reason WHY --by WHO --until DAY")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+@:,".contains(c);
    match word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// The width of the terminal, as far as the shell tells.
fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(140).clamp(60, 400)
}

pub(super) fn summary(report: &Report, args: &Check) -> String {
    let lang = args.speech.lang;
    let t = &report.totals;
    let mut text = match lang {
        Lang::Zh => format!(
            "检查了 {} 个行政区划、{} 份文件{}、{} 部标准、{} 个版本，共 {} 个服务项目、{} 条服务标准{}；用了 {} 条规则。\n",
            t.jurisdictions,
            t.instruments,
            match t.adjustments {
                0 => String::new(),
                adjustments => format!("、{adjustments} 次调整"),
            },
            t.standards,
            t.editions,
            t.items,
            t.provisions,
            match t.plans {
                0 => String::new(),
                plans => format!("，以及 {plans} 份规划、{} 个目标", t.targets),
            },
            t.rules
        ),
        Lang::En => format!(
            "Checked {}, {}{}, {} and {} with {} and {}{}, by {}.\n",
            count(t.jurisdictions, "place"),
            count(t.instruments, "instrument"),
            match t.adjustments {
                0 => String::new(),
                adjustments => format!(", {}", count(adjustments, "adjustment")),
            },
            count(t.standards, "standard"),
            count(t.editions, "edition"),
            count(t.items, "item"),
            count(t.provisions, "provision"),
            match t.plans {
                0 => String::new(),
                plans => format!(", {} with {}", count(plans, "plan"), count(t.targets, "target")),
            },
            count(t.rules, "rule"),
        ),
    };
    if let Some(Against { name, differing }) = &t.base {
        text += &match lang {
            Lang::Zh => format!("与 {name} 比较：{differing} 份文档有改动。\n"),
            Lang::En => format!("Against {name}: {}.\n", differ(*differing)),
        };
    }
    for skipped in &report.skipped {
        let document = &skipped.document;
        text += &match lang {
            Lang::Zh => format!(
                "{document} 无法读取或放错了位置，改好后请再查一次：还有 {} 条规则未对它执行",
                skipped.rules.len()
            ),
            Lang::En => format!(
                "{document} could not be read or placed; check again once it is mended: {} rules were not run on it",
                skipped.rules.len()
            ),
        };
        text += &match lang {
            Lang::Zh => format!("（{}）\n", skipped.rules.join("、")),
            Lang::En => format!(" ({})\n", skipped.rules.join(", ")),
        };
    }
    let (errors, warnings) = (report.count(Level::Error), report.count(Level::Warning));
    if errors + warnings == 0 {
        text += lang.pick("没有发现问题。\n", "Nothing is wrong.\n");
    } else {
        text += &match lang {
            Lang::Zh => format!(
                "发现 {errors} 个错误、{warnings} 个警告。规则说明：jialiang rules 规则名\n"
            ),
            Lang::En => format!(
                "Found {} and {}. What a rule says: jialiang rules NAME\n",
                count(errors, "error"),
                count(warnings, "warning")
            ),
        };
    }
    if !args.notes {
        text += &notes(report, lang);
    }
    text
}

/// How many notes there are, by rule and document.
fn notes(report: &Report, lang: Lang) -> String {
    let mut by_rule: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|f| f.level == Level::Note) {
        let documents = by_rule.entry(finding.rule).or_default();
        *documents.entry(&finding.place.document).or_default() += 1;
    }
    let mut text = String::new();
    for (rule, documents) in &by_rule {
        let total: usize = documents.values().sum();
        text += &match lang {
            Lang::Zh => format!("提示 {rule}：{total} 处，在 {} 份文档中\n", documents.len()),
            Lang::En => format!("note {rule}: {total} in {}\n", count(documents.len(), "document")),
        };
        let mut most: Vec<_> = documents.iter().collect();
        most.sort_by_key(|(document, n)| (std::cmp::Reverse(**n), **document));
        for (document, n) in most.into_iter().take(8) {
            text += &format!("  {n:5}  {document}\n");
        }
        if documents.len() > 8 {
            text += "         …\n";
        }
    }
    if !by_rule.is_empty() {
        text += lang
            .pick("逐条列出：jialiang check --notes\n", "To list them: jialiang check --notes\n");
    }
    text
}

pub(super) fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn differ(n: usize) -> String {
    let documents = count(n, "document");
    format!("{documents} differ{}", if n == 1 { "s" } else { "" })
}
