//! For people at a terminal: changes by item, old and new with both places, the summary, and
//! the verdict with its reasons.

use jialiang_check::locate::Locator;
use jialiang_check::review::{Compared, Review};
use jialiang_diff::{Bump, Change};
use jialiang_store::Texts;

use super::{Shown, fate, operated};
use crate::args::Speech;
use crate::lang::Lang;
use crate::render::{in_repository, visible};

pub(crate) fn review(review: &Review, texts: &Texts, all: bool, speech: Speech) -> String {
    let lang = speech.lang;
    let mut blocks = super::each(review, texts, |pair, locator| one(pair, all, locator, speech));
    if !review.documents.is_empty() {
        let mut text = lang.pick("其他文档\n", "Other documents\n").to_owned();
        for (path, what) in &review.documents {
            let shown = in_repository(&texts.shown(path));
            text += &format!("  {} {shown}\n", fate(*what, lang));
            for said in operated(review, path, lang) {
                text += &format!("    {}\n", visible(&said));
            }
        }
        blocks.push(text);
    }
    if blocks.is_empty() {
        return lang.pick("没有变化。\n", "Nothing has changed.\n").to_owned();
    }
    blocks.join("\n")
}

/// A text without what a terminal would obey, in a colour where there is colour.
pub(super) fn paint(text: &str, colour: &str, speech: Speech) -> String {
    let text = visible(text);
    match speech.colour {
        true => format!("\u{1b}[{colour}m{text}\u{1b}[0m"),
        false => text,
    }
}

pub(super) const STRONG: &str = "1";
pub(super) const GOOD: &str = "32";
pub(super) const BAD: &str = "31";
pub(super) const PLAIN: &str = "0";

fn one(pair: &Compared, all: bool, locator: &mut Locator<'_>, speech: Speech) -> String {
    let lang = speech.lang;
    let shown = Shown::new(pair, all, lang);
    let mut text = paint(&shown.heading(), STRONG, speech) + "\n";
    for (item, changes) in &shown.items {
        text += "\n";
        text += &match item.is_empty() {
            true => lang.pick("版本信息\n", "the edition itself\n").to_owned(),
            // An item that nobody has named bears its id.
            false if shown.name(item) == *item => format!("{}\n", paint(item, STRONG, speech)),
            false => format!("{} {}\n", paint(item, STRONG, speech), visible(&shown.name(item))),
        };
        for change in changes {
            text += &row(&shown, change, locator, speech);
        }
    }
    text += "\n";
    if let Some(records) = shown.counted_records() {
        text += &match lang {
            Lang::Zh => format!("只涉及登记的变化：{records}（逐条列出：--all）\n"),
            Lang::En => format!("changes of the record alone: {records} (to list them: --all)\n"),
        };
    }
    let computed = shown.computed();
    let none = lang.pick("没有可归类的变化", "nothing that a summary counts");
    text += &match lang {
        Lang::Zh => format!("小结（比较所得）：{}\n", computed.as_deref().unwrap_or(none)),
        Lang::En => format!("summary (computed): {}\n", computed.as_deref().unwrap_or(none)),
    };
    let unseen = shown.unseen();
    if !unseen.is_empty() {
        text += &match lang {
            Lang::Zh => format!("通知另称而文本未见：{}\n", unseen.join("、")),
            Lang::En => {
                format!("declared by the notice, unseen in the texts: {}\n", unseen.join(", "))
            }
        };
    }
    if pair.force.is_some() {
        text += &shown.last_known().map(|said| said + "\n").unwrap_or_default();
        return text;
    }
    let (verdict, admitted) = shown.verdict();
    let colour = if admitted { GOOD } else { BAD };
    text += lang.pick("结论：", "verdict: ");
    text += &(paint(&verdict, colour, speech) + "\n");
    for reason in shown.reasons() {
        text += &format!("  {}\n", visible(&reason));
    }
    text
}

fn row(shown: &Shown<'_>, change: &Change, locator: &mut Locator<'_>, speech: Speech) -> String {
    let colour = match shown.bump(change) {
        Bump::Major => BAD,
        Bump::Minor => GOOD,
        Bump::Patch | Bump::None => PLAIN,
    };
    let mut text = format!("  {}\n", paint(&shown.what(change), colour, speech));
    let [before, after] = shown.values(change).map(|value| value.map(|value| visible(&value)));
    let per_cent = shown.per_cent(change).map(|p| format!("  {p}")).unwrap_or_default();
    text += &match (before, after) {
        (Some(before), Some(after)) if before == after => format!("    {after}\n"),
        (Some(before), Some(after)) => format!("    {before} → {after}{per_cent}\n"),
        (Some(before), None) => format!("    − {before}\n"),
        (None, Some(after)) => format!("    + {after}\n"),
        (None, None) => String::new(),
    };
    let places: Vec<String> =
        [false, true].into_iter().filter_map(|after| shown.place(change, after, locator)).collect();
    // What no document says stands nowhere.
    if !places.is_empty() {
        text += &format!("    {}\n", visible(&places.join(" → ")));
    }
    if let Some(attested) = shown.attested(change) {
        text += &format!("    {attested}\n");
    }
    text
}
