//! What commits changed, one after another, the latest first.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_check::review::{Compared, Fate, Review};
use jialiang_store::Texts;
use jialiang_store::source::Commit;

use super::human::{BAD, GOOD, PLAIN, STRONG, paint};
use super::{Bump, Shown, fate};
use crate::args::Speech;
use crate::lang::Lang;
use crate::render::markdown::{code, inline};
use crate::render::{in_repository, visible};

/// A commit, or what is not committed yet, and what it changed.
pub(crate) struct Told {
    pub(crate) commit: Option<Commit>,
    /// Whether a shallow clone ends with it, so that what it changed is not known.
    pub(crate) end: bool,
    pub(crate) review: Review,
    /// How many items and lines each edition has that it touched.
    pub(crate) sizes: BTreeMap<Arc<str>, (usize, usize)>,
    /// Of each document that was there before and is there, the keys that differ; `None` where
    /// only the layout does.
    pub(crate) keys: BTreeMap<Arc<str>, Option<Vec<String>>>,
    pub(crate) texts: Texts,
    /// Of each document whose version before cannot be read, the commit that has the version
    /// with which it is compared instead.
    pub(crate) readable: BTreeMap<Arc<str>, String>,
}

impl Told {
    /// The other documents, each with what became of it.
    fn documents(&self, lang: Lang) -> Vec<(&'static str, String, String)> {
        let one = |(path, what): &(Arc<str>, Fate)| {
            let shown = match &self.commit {
                // A commit's own prefix would stand in every line.
                Some(_) => path.to_string(),
                None => in_repository(&self.texts.shown(path)),
            };
            let size = self.sizes.get(path).filter(|_| *what == Fate::Added);
            let size = size.map(|(items, lines)| match lang {
                Lang::Zh => format!("（{items} 个服务项目、{lines} 条服务标准）"),
                Lang::En => format!(" ({items} items, {lines} provisions)"),
            });
            let keys = self.keys.get(path).filter(|_| *what == Fate::Changed);
            let said = match (keys, lang) {
                (None, _) => size.unwrap_or_default(),
                (Some(None), Lang::Zh) => format!("（{}）", only_laid_out(lang)),
                (Some(None), Lang::En) => format!(" ({})", only_laid_out(lang)),
                (Some(Some(keys)), _) if keys.is_empty() => String::new(),
                (Some(Some(keys)), Lang::Zh) => format!("（{}）", keys.join("、")),
                (Some(Some(keys)), Lang::En) => format!(" ({})", keys.join(", ")),
            };
            let said = match (passed_over(self, path, lang), lang) {
                (None, _) => said,
                (Some(why), Lang::Zh) => format!("{said}；{why}"),
                (Some(why), Lang::En) => format!("{said}; {why}"),
            };
            (fate(*what, lang), shown, said)
        };
        self.review.documents.iter().map(one).collect()
    }
}

/// That the version before does not read, and what is compared instead.
fn passed_over(one: &Told, path: &Arc<str>, lang: Lang) -> Option<String> {
    let commit = one.readable.get(path)?;
    Some(match lang {
        Lang::Zh => format!("上一个版本读不懂，与最近读得懂的 {commit} 比较"),
        Lang::En => {
            format!("the version before cannot be read; compared with {commit}, the last that can")
        }
    })
}

/// The edition that a pair is of.
fn edition(pair: &Compared, lang: Lang) -> String {
    let id = pair.after.id();
    match (&pair.after.label, lang) {
        (Some(label), Lang::Zh) => format!("{id}（{label}）"),
        (Some(label), Lang::En) => format!("{id} ({label})"),
        (None, _) => id.to_string(),
    }
}

fn nothing(lang: Lang) -> String {
    lang.pick("没有提交改过它。\n", "No commit has touched it.\n").to_owned()
}

fn ended(lang: Lang) -> &'static str {
    lang.pick(
        "浅克隆的历史到此为止，此前的改动不在本地；取回全部历史：git fetch --unshallow",
        "the history of this shallow clone ends here, and what came before is not here; to fetch all of it: git fetch --unshallow",
    )
}

fn only_laid_out(lang: Lang) -> &'static str {
    lang.pick("内容未变，只是排版不同", "the same content, laid out otherwise")
}

pub(crate) fn human(told: &[Told], more: bool, all: bool, speech: Speech) -> String {
    let lang = speech.lang;
    if told.is_empty() {
        return nothing(lang);
    }
    let mut blocks: Vec<String> = told.iter().map(|one| block(one, all, speech)).collect();
    if more {
        blocks.push(
            lang.pick(
                "还有更早的提交；全部列出：--limit 0\n",
                "There are earlier commits; to list all: --limit 0\n",
            )
            .to_owned(),
        );
    }
    blocks.join("\n")
}

fn block(one: &Told, all: bool, speech: Speech) -> String {
    let lang = speech.lang;
    let mut text = match &one.commit {
        None => paint(lang.pick("未提交", "not committed"), STRONG, speech) + "\n",
        Some(commit) => {
            let id = commit.id.get(..12).unwrap_or(&commit.id);
            let day = commit.day.map(|day| day.to_string()).unwrap_or_default();
            let merge = match commit.parents > 1 {
                true => lang.pick("  合并", "  merge"),
                false => "",
            };
            format!(
                "{}  {day}  {}{merge}\n    {}\n",
                paint(id, STRONG, speech),
                visible(&commit.author),
                visible(&commit.subject)
            )
        }
    };
    if one.end {
        return text + &format!("  {}\n", ended(lang));
    }
    for pair in &one.review.compared {
        text += &format!("  {}\n", visible(&edition(pair, lang)));
        if let Some(why) = passed_over(one, &pair.after_path, lang) {
            text += &format!("    {why}\n");
        }
        let shown = Shown::new(pair, all, lang);
        for (item, changes) in &shown.items {
            text += &match item.is_empty() {
                true => format!("    {}\n", lang.pick("版本信息", "the edition itself")),
                false => format!("    {item} {}\n", visible(&shown.name(item))),
            };
            for change in changes {
                let colour = match shown.bump(change) {
                    Bump::Major => BAD,
                    Bump::Minor => GOOD,
                    Bump::Patch | Bump::None => PLAIN,
                };
                text += &format!("      {}", paint(&shown.what(change), colour, speech));
                if let Some(values) = values(&shown, change) {
                    text += &format!("{}{}", lang.pick("：", ": "), visible(&values));
                }
                text += "\n";
            }
        }
        if let Some(records) = shown.counted_records() {
            text += &match lang {
                Lang::Zh => format!("    只涉及登记的变化：{records}\n"),
                Lang::En => format!("    changes of the record alone: {records}\n"),
            };
        }
        if pair.changes.is_empty() {
            text += &format!("    {}\n", only_laid_out(lang));
        }
    }
    for (what, path, size) in one.documents(lang) {
        text += &format!("  {what} {}{size}\n", visible(&path));
    }
    text
}

/// Both values of a change on one line.
fn values(shown: &Shown<'_>, change: &super::Change) -> Option<String> {
    let per_cent = shown.per_cent(change).map(|p| format!("  {p}")).unwrap_or_default();
    match shown.values(change) {
        [Some(before), Some(after)] if before == after => Some(after),
        [Some(before), Some(after)] => Some(format!("{before} → {after}{per_cent}")),
        [Some(before), None] => Some(format!("− {before}")),
        [None, Some(after)] => Some(format!("+ {after}")),
        [None, None] => None,
    }
}

pub(crate) fn markdown(told: &[Told], more: bool, all: bool, lang: Lang) -> String {
    if told.is_empty() {
        return nothing(lang);
    }
    let mut text = String::new();
    for one in told {
        text += &match &one.commit {
            None => format!("## {}\n\n", lang.pick("未提交", "Not committed")),
            Some(commit) => {
                let id = commit.id.get(..12).unwrap_or(&commit.id);
                let day = commit.day.map(|day| day.to_string()).unwrap_or_default();
                format!(
                    "## {day} {}\n\n{} {}\n\n",
                    inline(&commit.subject),
                    code(id),
                    inline(&commit.author)
                )
            }
        };
        if one.end {
            text += &format!("- {}\n\n", ended(lang));
            continue;
        }
        for pair in &one.review.compared {
            text += &format!("- {}\n", inline(&edition(pair, lang)));
            if let Some(why) = passed_over(one, &pair.after_path, lang) {
                text += &format!("  - {}\n", inline(&why));
            }
            let shown = Shown::new(pair, all, lang);
            for (item, changes) in &shown.items {
                let name = match item.is_empty() {
                    true => lang.pick("版本信息", "the edition itself").to_owned(),
                    false => format!("{} {}", inline(&shown.name(item)), code(item)),
                };
                for change in changes {
                    text += &format!("  - {name} {}", inline(&shown.what(change)));
                    if let Some(values) = values(&shown, change) {
                        text += &format!("{}{}", lang.pick("：", ": "), inline(&values));
                    }
                    text += "\n";
                }
            }
            if let Some(records) = shown.counted_records() {
                let head = lang.pick("只涉及登记的变化：", "changes of the record alone: ");
                text += &format!("  - {head}{}\n", inline(&records));
            }
            if pair.changes.is_empty() {
                text += &format!("  - {}\n", only_laid_out(lang));
            }
        }
        for (what, path, size) in one.documents(lang) {
            text += &format!("- {what} {}{size}\n", code(&path));
        }
        text += "\n";
    }
    if more {
        text += lang.pick("还有更早的提交。\n", "There are earlier commits.\n");
    }
    text.trim_end().to_owned() + "\n"
}
