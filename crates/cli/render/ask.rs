//! What is in force: for people at a terminal, for reviewers, for spreadsheets.

use jialiang_check::output::answer::{Answer, NotApplicable};
use jialiang_check::output::ask::{Ask, Asked, Item, Line};
use jialiang_model::cell::CellValue;

use super::answer::{
    because, by, cell, facts, headline, last_verified, marks, now, of, origin, printed, source,
};
use super::table::{Align, Table, most_columns};
use super::{visible, wrap};
use crate::args::Speech;
use crate::lang::Lang;

/// The question in one line: which day, as known when, of whom.
pub(super) fn question(asked: &Asked, lang: Lang) -> String {
    let mut all: Vec<String> = Vec::new();
    if let Some(on) = &asked.on {
        all.push(match lang {
            Lang::Zh => format!("{on} 的标准"),
            Lang::En => format!("on {on}"),
        });
        all.push(match (&asked.known, lang) {
            (Some(day), Lang::Zh) => format!("截至 {day} 所知"),
            (Some(day), Lang::En) => format!("as known on {day}"),
            (None, Lang::Zh) => "据库中全部文件".to_owned(),
            (None, Lang::En) => "by everything on record".to_owned(),
        });
    }
    if !asked.with.is_empty() {
        all.push(cell(&asked.with));
    }
    if let Some(rev) = &asked.rev {
        let rev = rev.get(..12).unwrap_or(rev);
        all.push(match lang {
            Lang::Zh => format!("登记库在 {rev} 时"),
            Lang::En => format!("the registry at {rev}"),
        });
    }
    all.join(lang.pick("，", ", "))
}

/// The word for a part of an item.
fn part(word: &str, lang: Lang) -> &str {
    match word {
        "standing" => lang.pick("状态", "standing"),
        "recipients" => lang.pick("服务对象", "recipients"),
        "content" => lang.pick("服务内容", "content"),
        "responsibility" => lang.pick("支出责任", "responsibility"),
        "lead-agencies" => lang.pick("牵头单位", "lead agencies"),
        other => other,
    }
}

/// What a line is called: its name, else its measure.
fn called(line: &Line, lang: Lang) -> String {
    let cell = cell(&line.cell);
    let bracket = |text: &str| match (text.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{text}）"),
        (false, Lang::En) => format!(" ({text})"),
    };
    let name = line.name.as_ref().map_or(line.measure.as_str(), |name| of(name, lang));
    format!("{name}{}", bracket(&cell))
}

pub(crate) fn human(output: &Ask, speech: Speech) -> String {
    let lang = speech.lang;
    let most = most_columns();
    let place = of(&output.asked.place_name, lang);
    let mut text = String::new();
    if output.asked.item.is_none() {
        text += &format!("{}\n", strong(place, speech));
        text += &format!("{}\n\n", visible(&question(&output.asked, lang)));
        if output.items.is_empty() {
            return text + &nothing(output, lang);
        }
        text += &visible(&table(output, lang).human(most));
        return text + &exempt(output, lang, most);
    }
    for item in &output.items {
        let title = format!("{place}  {}", of(&item.name, lang));
        text += &format!("{}\n", strong(&title, speech));
        text += &format!("{}/{}\n", output.asked.place, item.id);
        text += &format!("{}\n", visible(&question(&output.asked, lang)));
        let parts: Vec<(&str, String)> = item
            .parts
            .iter()
            .map(|one| {
                let mut said = of(&one.words, lang).to_owned();
                if let Some(by) = &one.origin {
                    said += &format!("\n{}", origin(by, lang));
                }
                (part(&one.part, lang), said)
            })
            .collect();
        if !parts.is_empty() {
            text += &format!("\n{}", pairs(&parts, 0, most));
        }
        for line in &item.lines {
            text += &block(line, speech, most);
        }
        text += &open(item, lang);
        text += &drafts(item, lang);
    }
    text
}

/// That drafts speak of an item, which are not counted.
fn drafts(item: &Item, lang: Lang) -> String {
    if item.drafts.is_empty() {
        return String::new();
    }
    visible(&match lang {
        Lang::Zh => format!("\n未计入草案：{}\n", item.drafts.join("、")),
        Lang::En => format!("\ndrafts not counted: {}\n", item.drafts.join(", ")),
    })
}

/// One line of an item with all that must be said of it.
fn block(line: &Line, speech: Speech, most: Option<usize>) -> String {
    let lang = speech.lang;
    let said = now(&line.answer, lang);
    let title = match line.measure.is_empty() {
        true => said,
        false => format!("{}{}{said}", called(line, lang), lang.pick("：", ": ")),
    };
    let mut text = format!("\n{}\n", strong(&title, speech));
    let mut all = facts(&line.answer, lang);
    all.extend(line.last_verified.iter().flat_map(|all| last_verified(all, lang)));
    let edition = line.printed.as_ref();
    all.extend(edition.map(|one| (lang.pick("版本", "edition"), printed(one, &line.answer, lang))));
    text += &pairs(&all, 2, most);
    text
}

/// Labels, and beside each what is so, over lines of a width.
pub(super) fn pairs(all: &[(&str, String)], indent: usize, most: Option<usize>) -> String {
    let label = all.iter().map(|(label, _)| wrap::width(label)).max().unwrap_or(0);
    let most = most.unwrap_or(100).max(40) - indent - label - 2;
    let mut text = String::new();
    for (name, said) in all {
        for (i, line) in wrap::lines(&visible(said), most).into_iter().enumerate() {
            let name = if i == 0 { *name } else { "" };
            let gap = " ".repeat(label - wrap::width(name) + 2);
            let row = format!("{}{name}{gap}{line}", " ".repeat(indent));
            text += &format!("{}\n", row.trim_end());
        }
    }
    text
}

pub(super) fn strong(text: &str, speech: Speech) -> String {
    let text = visible(text);
    if speech.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text }
}

/// That the facts leave several lines open, and which fact would choose.
fn open(item: &Item, lang: Lang) -> String {
    // `*`, any other value, cannot be typed.
    let typed = |value: &&str| CellValue::parse(value).is_some();
    let choices = item.open.iter().map(|(dimension, values)| {
        let values: Vec<&str> = values.iter().map(String::as_str).filter(typed).collect();
        (dimension, values)
    });
    let choices = choices.filter(|(_, values)| !values.is_empty());
    let all: Vec<String> =
        choices.map(|(dimension, values)| format!("{dimension}={}", values.join("|"))).collect();
    if all.is_empty() {
        return String::new();
    }
    visible(&match lang {
        Lang::Zh => format!("\n情形不同，标准不同；只看一种请用 --with 说明：{}\n", all.join("；")),
        Lang::En => {
            format!("\nWhat holds depends on the case; say which with --with: {}\n", all.join("; "))
        }
    })
}

fn nothing(output: &Ask, lang: Lang) -> String {
    let place = &output.asked.place;
    match lang {
        Lang::Zh => format!(
            "库中没有这里的标准；jialiang show {place} 看登记了什么。没有记载不等于没有规定。\n"
        ),
        Lang::En => format!(
            "No line is on record here, which does not mean that nothing holds; jialiang show {place} tells what is.\n"
        ),
    }
}

/// That an item as a whole is not applicable here.
fn declared(item: &Item) -> Option<&NotApplicable> {
    let one = |line: &Line| matches!(line.answer, Answer::NotApplicable(_));
    match item.lines.first().map(|line| &line.answer) {
        Some(Answer::NotApplicable(declared)) if item.lines.iter().all(one) => Some(declared),
        _ => None,
    }
}

/// The items that are not applicable here, each with its reason and its source.
fn exempted(output: &Ask, lang: Lang) -> Vec<(&str, String)> {
    let told = |item: &Item, one: &NotApplicable| {
        let why = because(one, lang);
        let mut said = match lang {
            Lang::Zh => format!("{}：{why}", of(&item.name, lang)),
            Lang::En => format!("{}: {why}", of(&item.name, lang)),
        };
        let from = one.source.as_ref().map(|cited| source(cited, lang));
        for more in [Some(one.edition.clone()), from].into_iter().flatten() {
            said += &format!("{}{more}", lang.pick("；", "; "));
        }
        said
    };
    let all = output.items.iter().filter_map(|item| Some((item, declared(item)?)));
    all.map(|(item, one)| (item.id.as_str(), told(item, one))).collect()
}

/// The same, below the table at the terminal.
fn exempt(output: &Ask, lang: Lang, most: Option<usize>) -> String {
    let all = exempted(output, lang);
    if all.is_empty() {
        return String::new();
    }
    let head = lang.pick("在此地不适用的上级项目", "items of the place above, not applicable here");
    format!("\n{head}\n{}", pairs(&all, 2, most))
}

/// Every line of every item as a row, but for items that are not applicable here.
fn table(output: &Ask, lang: Lang) -> Table {
    let columns = [
        lang.pick("项目", "item"),
        lang.pick("名称", "name"),
        lang.pick("条目", "line"),
        lang.pick("现行", "in force"),
        lang.pick("起", "since"),
        lang.pick("规定者", "set by"),
        lang.pick("说明", "notes"),
    ];
    let items = output.items.iter().filter(|item| declared(item).is_none());
    let rows = items.flat_map(|item| {
        item.lines.iter().map(|line| {
            let since = match &line.answer {
                Answer::Value(held) => held.since.clone(),
                _ => None,
            };
            let place = by(&line.answer).map(|by| of(&by.place_name, lang).to_owned());
            vec![
                item.id.clone(),
                of(&item.name, lang).to_owned(),
                called(line, lang),
                headline(&line.answer, lang),
                since.unwrap_or_default(),
                place.unwrap_or_default(),
                marks(&line.answer, lang),
            ]
        })
    });
    let rows = rows.collect();
    Table { columns: columns.map(|name| (name.to_owned(), Align::Left)).into(), rows }
}

/// Every line of every item as a row with all its columns, for spreadsheets.
pub(crate) fn csv(output: &Ask, lang: Lang) -> String {
    let head = [
        ("地址", "address"),
        ("项目", "item"),
        ("指标", "measure"),
        ("名称", "name"),
        ("适用范围", "cell"),
        ("状态", "status"),
        ("现行", "in force"),
        ("数值", "number"),
        ("单位", "unit"),
        ("起", "since"),
        ("止（次日）", "until"),
        ("规定者", "set by"),
        ("文件", "instrument"),
        ("文号", "document number"),
        ("为公众所知", "known since"),
        ("网址", "url"),
        ("说明", "notes"),
        ("版本所印", "edition prints"),
        ("已核对的值", "last verified"),
    ];
    let mut rows = vec![head.iter().map(|(zh, en)| lang.pick(zh, en).to_owned()).collect()];
    for item in &output.items {
        for line in &item.lines {
            let status = match &line.answer {
                Answer::Value(_) => "value",
                Answer::Undecided(_) => "undecided",
                Answer::NotYet(_) => "not-yet",
                Answer::Ended(_) => "ended",
                Answer::NotApplicable(_) => "not-applicable",
                Answer::Unknown(_) => "unknown",
            };
            let held = match &line.answer {
                Answer::Value(held) => Some(held),
                Answer::NotYet(not_yet) => Some(&not_yet.first),
                Answer::Undecided(_)
                | Answer::Ended(_)
                | Answer::NotApplicable(_)
                | Answer::Unknown(_) => None,
            };
            let origin = by(&line.answer);
            let word = |text: Option<&String>| text.cloned().unwrap_or_default();
            let source = match &line.answer {
                Answer::NotApplicable(declared) => declared.source.as_ref(),
                _ => held.and_then(|held| held.source.as_ref()),
            };
            let verified = line.last_verified.iter().flatten();
            let verified: Vec<&str> = verified.map(|one| of(&one.words, lang)).collect();
            rows.push(vec![
                line.address.clone(),
                of(&item.name, lang).to_owned(),
                line.measure.clone(),
                line.name.as_ref().map(|name| of(name, lang).to_owned()).unwrap_or_default(),
                cell(&line.cell),
                status.to_owned(),
                headline(&line.answer, lang),
                word(held.and_then(|held| held.number.as_ref())),
                word(held.and_then(|held| held.unit.as_ref())),
                word(held.and_then(|held| held.since.as_ref())),
                word(held.and_then(|held| held.until.as_ref())),
                origin.map(|by| of(&by.place_name, lang).to_owned()).unwrap_or_default(),
                word(origin.and_then(|by| by.instrument.as_ref())),
                word(origin.and_then(|by| by.number.as_ref())),
                word(origin.and_then(|by| by.known.as_ref())),
                word(source.and_then(|source| source.url.as_ref())),
                marks(&line.answer, lang),
                line.printed
                    .as_ref()
                    .map(|one| of(&one.words, lang).to_owned())
                    .unwrap_or_default(),
                verified.join(lang.pick(" 或 ", " or ")),
            ]);
        }
    }
    jialiang_page::csv::rows(&rows)
}

pub(crate) fn markdown(output: &Ask, lang: Lang) -> String {
    let place = of(&output.asked.place_name, lang);
    let title = match output.items.first().filter(|_| output.asked.item.is_some()) {
        Some(item) => format!("{place} · {}", of(&item.name, lang)),
        None => place.to_owned(),
    };
    let mut text =
        format!("## {}\n\n{}\n\n", visible(&title), visible(&question(&output.asked, lang)));
    if output.items.iter().all(|item| item.lines.is_empty()) {
        return text + &nothing(output, lang);
    }
    if output.asked.item.is_none() {
        text += &visible(&table(output, lang).markdown());
        let exempt = exempted(output, lang).into_iter();
        let rows: Vec<Vec<String>> = exempt.map(|(id, said)| vec![id.to_owned(), said]).collect();
        if !rows.is_empty() {
            let columns = [lang.pick("项目", "item"), lang.pick("不适用", "not applicable")];
            let columns = columns.map(|name| (name.to_owned(), Align::Left)).into();
            text += &format!("\n{}", visible(&Table { columns, rows }.markdown()));
        }
        return text;
    }
    for item in &output.items {
        let mut rows: Vec<Vec<String>> = item
            .parts
            .iter()
            .map(|one| vec![part(&one.part, lang).to_owned(), of(&one.words, lang).to_owned()])
            .collect();
        for line in &item.lines {
            rows.push(vec![called(line, lang), now(&line.answer, lang)]);
            let mut all = facts(&line.answer, lang);
            all.extend(line.last_verified.iter().flat_map(|all| last_verified(all, lang)));
            let edition = line.printed.as_ref();
            let edition =
                edition.map(|one| (lang.pick("版本", "edition"), printed(one, &line.answer, lang)));
            let below = all.into_iter().chain(edition);
            rows.extend(below.map(|(label, said)| vec![format!("— {label}"), said]));
        }
        let columns = [lang.pick("条目", "line"), lang.pick("现行", "in force")];
        let columns = columns.map(|name| (name.to_owned(), Align::Left)).into();
        text += &visible(&Table { columns, rows }.markdown());
        text += &open(item, lang);
        text += &drafts(item, lang);
    }
    text
}
