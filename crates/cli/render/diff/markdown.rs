//! For a reviewer: what changed, as the comment of a pull request.

use jialiang_check::locate::Locator;
use jialiang_check::review::{Compared, Review};
use jialiang_store::Texts;

use super::{Shown, fate, operated};
use crate::lang::Lang;
use crate::render::in_repository;
use crate::render::markdown::{code, inline, table_row};

pub(crate) fn review(review: &Review, texts: &Texts, all: bool, lang: Lang) -> String {
    let mut blocks = super::each(review, texts, |pair, locator| one(pair, all, locator, lang));
    if !review.documents.is_empty() {
        let mut text = format!("## {}\n\n", lang.pick("其他文档", "Other documents"));
        for (path, what) in &review.documents {
            let shown = in_repository(&texts.shown(path));
            text += &format!("- {} {}\n", fate(*what, lang), code(&shown));
            for said in operated(review, path, lang) {
                text += &format!("  - {}\n", inline(&said));
            }
        }
        blocks.push(text);
    }
    if blocks.is_empty() {
        return format!("{}\n", lang.pick("没有变化。", "Nothing has changed."));
    }
    blocks.join("\n")
}

fn one(pair: &Compared, all: bool, locator: &mut Locator<'_>, lang: Lang) -> String {
    let shown = Shown::new(pair, all, lang);
    let mut text = format!("## {}\n\n", inline(&shown.heading()));
    if pair.force.is_none() {
        let (verdict, admitted) = shown.verdict();
        let mark = if admitted { "✅" } else { "❌" };
        text += &format!("{mark} **{}**\n\n", inline(&verdict));
        for reason in shown.reasons() {
            text += &format!("- {}\n", inline(&reason));
        }
    }
    if let Some(said) = shown.last_known() {
        text += &format!("- {}\n", inline(&said));
    }
    if let Some(computed) = shown.computed() {
        text += &format!("- {}{}\n", lang.pick("比较所得：", "computed: "), inline(&computed));
    }
    let unseen = shown.unseen();
    if !unseen.is_empty() {
        let unseen = inline(&unseen.join(lang.pick("、", ", ")));
        text += &format!(
            "- {}{unseen}\n",
            lang.pick("通知另称而文本未见：", "declared by the notice, unseen in the texts: ")
        );
    }
    if let Some(records) = shown.counted_records() {
        text += &format!(
            "- {}{}\n",
            lang.pick("只涉及登记的变化：", "changes of the record alone: "),
            inline(&records)
        );
    }
    if shown.items.is_empty() {
        return text;
    }
    text += lang.pick(
        "\n| 服务项目 | 变化 | 原来 | 现在 | 位置 |\n",
        "\n| Item | Change | Before | Now | Place |\n",
    );
    text += "| --- | --- | --- | --- | --- |\n";
    for (item, changes) in &shown.items {
        let mut name = match item.is_empty() {
            true => lang.pick("版本信息", "the edition itself").to_owned(),
            false => format!("{} {}", inline(&shown.name(item)), code(item)),
        };
        for change in changes {
            let [mut before, mut after] = shown
                .values(change)
                .map(|value| value.map_or_else(|| "—".to_owned(), |value| inline(&value)));
            if let Some(per_cent) = shown.per_cent(change) {
                after += &format!(" ({per_cent})");
            }
            if let Some(attested) = shown.attested(change) {
                before += &format!("<br>{}", inline(&attested));
            }
            let places: Vec<String> = [false, true]
                .into_iter()
                .filter_map(|after| shown.place(change, after, locator))
                .map(|place| code(&place))
                .collect();
            let cells =
                [name.clone(), inline(&shown.what(change)), before, after, places.join("<br>")];
            text += &table_row(&cells);
            name = String::new();
        }
    }
    text
}
