//! Reports, in every format.

use std::collections::BTreeMap;

use jialiang_check::output::report::{
    Covered, CoveredChanges, CoveredPlace, CoveredText, Name, Open, OpenSource, Output,
};
use jialiang_model::kind::Kind;

use super::human::count;
use super::table::{Align, Table, flowing, most_columns};
use super::wrap::width;
use crate::args::{Report, ReportFormat};
use crate::lang::Lang;

/// How many places with one open source each are told by name.
const FEW: usize = 5;

/// A report. `unreadable` is how many documents could not be read, and are not in it.
pub(crate) fn output(
    output: &Output,
    args: &Report,
    unreadable: usize,
    shown: impl Fn(&str) -> String,
) -> String {
    let lang = args.speech.lang;
    if args.format == ReportFormat::Json {
        // The output holds strings, numbers, lists and objects with string keys: nothing that
        // JSON could refuse.
        return serde_json::to_string_pretty(output).unwrap_or_default() + "\n";
    }
    let mut parts: Vec<Table> = Vec::new();
    let mut closing = String::new();
    let mut grouped = String::new();
    if let Some(open) = &output.unverified {
        match args.format {
            ReportFormat::Human => grouped = by_document(open, lang, shown),
            _ => parts.push(sources(open, lang)),
        }
        closing += &open_sentence(open, lang);
    }
    if let Some(covered) = &output.coverage {
        // A file of CSV is one table: that of the texts.
        if args.format != ReportFormat::Csv {
            parts.push(places(covered, lang));
        }
        parts.push(texts(covered, lang));
        closing += &covered_sentence(covered, lang);
    }
    if unreadable > 0 {
        closing += &match lang {
            Lang::Zh => format!("{unreadable} 份文档无法读取，未计入；原因见：jialiang check\n"),
            Lang::En => format!(
                "{unreadable} documents could not be read and do not count; for the reasons: jialiang check\n"
            ),
        };
    }
    let parts = parts.iter().filter(|table| !table.rows.is_empty());
    match args.format {
        ReportFormat::Csv => parts.map(Table::csv).collect(),
        ReportFormat::Markdown => {
            let mut text: String = parts.map(|table| table.markdown() + "\n").collect();
            text += &closing;
            super::visible(&text)
        }
        ReportFormat::Human | ReportFormat::Json => {
            let tables = parts.map(|table| table.human(most_columns()) + "\n");
            let mut text: String = std::iter::once(grouped).chain(tables).collect();
            if !args.speech.quiet {
                text += &closing;
            }
            match text.trim_end() {
                "" => String::new(),
                text => super::visible(text) + "\n",
            }
        }
    }
}

fn columns(lang: Lang, names: &[(&str, &str, Align)]) -> Vec<(String, Align)> {
    names.iter().map(|(zh, en, align)| (lang.pick(zh, en).to_owned(), *align)).collect()
}

fn called(name: Option<&Name>, lang: Lang) -> String {
    let in_lang = |name: &Name| match lang {
        Lang::Zh => name.zh.clone(),
        Lang::En => name.en.clone().unwrap_or_else(|| name.zh.clone()),
    };
    name.map(in_lang).unwrap_or_default()
}

/// What a sort of thing is called.
fn sort(word: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return word;
    }
    match word {
        "edition" => "版本",
        "category" => "类",
        "declared" => "公布的数目",
        "item" => "项目",
        "provision" => "服务标准",
        "not-applicable" => "不适用的项目",
        "operation" => "调整事项",
        "indicator" => "指标",
        "observation" => "指标数据",
        word => Kind::parse(word).map_or(word, |kind| kind.zh()),
    }
}

/// Under each document its lines, in columns that go through.
fn by_document(open: &Open, lang: Lang, shown: impl Fn(&str) -> String) -> String {
    use Align::{Left, Right};
    let columns = columns(
        lang,
        &[
            ("行", "line", Right),
            ("内容", "what", Left),
            ("名称", "name", Left),
            ("备注", "note", Left),
        ],
    );
    let rows = open.entries.iter().map(|entry| {
        let name = called(entry.name.as_ref(), lang);
        vec![
            entry.line.to_string(),
            what(entry, lang),
            name,
            entry.note.clone().unwrap_or_default(),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let most = most_columns();
    let table = Table { columns, rows: rows.clone() }.human(None);
    let wide = |most: usize| table.lines().any(|line| width(line) + 2 > most);
    let narrow = most.is_some_and(wide);
    // What stands over the columns says nothing that they do not.
    let mut text = String::new();
    let mut last = "";
    for ((entry, row), line) in open.entries.iter().zip(&rows).zip(table.lines().skip(1)) {
        if entry.document != last {
            if !last.is_empty() {
                text.push('\n');
            }
            text += &format!("{}\n", shown(&entry.document));
            last = &entry.document;
        }
        text += &match (narrow, row.as_slice()) {
            (true, [line, told @ .., note]) => {
                let head: Vec<String> = std::iter::once(line).chain(told).cloned().collect();
                let note: Vec<String> =
                    Some(note.clone()).filter(|n| !n.is_empty()).into_iter().collect();
                flowing(&head, 2, most) + &flowing(&note, 6, most)
            }
            _ => format!("  {line}\n"),
        };
    }
    if text.is_empty() { text } else { text + "\n" }
}

/// What is not verified; a document as such is told by its kind.
fn what(entry: &OpenSource, lang: Lang) -> String {
    match entry.path == "source" {
        true => sort(&entry.sort, lang).to_owned(),
        false => entry.what.clone(),
    }
}

/// For other programs, and to be put elsewhere: paths are those of the registry.
fn sources(open: &Open, lang: Lang) -> Table {
    use Align::{Left, Right};
    let columns = columns(
        lang,
        &[
            ("行政区划", "place", Left),
            ("文档", "document", Left),
            ("行", "line", Right),
            ("路径", "path", Left),
            ("内容", "what", Left),
            ("名称", "name", Left),
            ("备注", "note", Left),
        ],
    );
    let rows = open.entries.iter().map(|entry| {
        vec![
            entry.place.clone(),
            entry.document.clone(),
            entry.line.to_string(),
            entry.path.clone(),
            what(entry, lang),
            called(entry.name.as_ref(), lang),
            entry.note.clone().unwrap_or_default(),
        ]
    });
    Table { columns, rows: rows.collect() }
}

fn open_sentence(open: &Open, lang: Lang) -> String {
    if open.count == 0 {
        return lang.pick("全部来源都已核对。\n", "every source is verified.\n").to_owned();
    }
    let list = |all: &BTreeMap<String, usize>, name: &dyn Fn(&str) -> String| {
        let mut all: Vec<_> = all.iter().collect();
        all.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        // A long row of ones is told as one.
        let ones = all.iter().filter(|(_, n)| **n == 1).count();
        let shown = if ones > FEW { all.len() - ones } else { all.len() };
        let named = all.iter().take(shown).map(|(word, n)| format!("{} {n}", name(word)));
        let rest = (shown < all.len()).then(|| match lang {
            Lang::Zh => format!("另 {ones} 个各 1"),
            Lang::En => format!("{ones} more with 1 each"),
        });
        named.chain(rest).collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let kinds = list(&open.by_sort, &|word| sort(word, lang).to_owned());
    let places = list(&open.by_place, &str::to_owned);
    match lang {
        Lang::Zh => format!(
            "未核对 {} 处；按类别：{kinds}；按行政区划：{places}。\n核对原文后，把该处的 \"verified\" 改为 true，再运行 jialiang check\n",
            open.count
        ),
        Lang::En => format!(
            "{} not verified; by kind: {kinds}; by place: {places}.\ncompare each with its source, write \"verified\": true there, then run jialiang check\n",
            open.count
        ),
    }
}

/// How many documents are on record of a place, besides the one of itself.
fn held(place: &CoveredPlace) -> usize {
    let CoveredPlace {
        place: _,
        name: _,
        from: _,
        instruments,
        adjustments,
        standards,
        editions,
        plans,
        indicators,
    } = place;
    *instruments + *adjustments + *standards + *editions + *plans + *indicators
}

fn places(covered: &Covered, lang: Lang) -> Table {
    use Align::{Left, Right};
    let columns = columns(
        lang,
        &[
            ("行政区划", "place", Left),
            ("名称", "name", Left),
            ("最早", "from", Left),
            ("文件", "instruments", Right),
            ("调整", "adjustments", Right),
            ("标准", "standards", Right),
            ("版本", "editions", Right),
            ("规划", "plans", Right),
            ("指标表", "indicators", Right),
        ],
    );
    let rows = covered.places.iter().filter(|place| held(place) > 0).map(|place| {
        vec![
            place.place.clone(),
            called(place.name.as_ref(), lang),
            place.from.clone().unwrap_or_default(),
            place.instruments.to_string(),
            place.adjustments.to_string(),
            place.standards.to_string(),
            place.editions.to_string(),
            place.plans.to_string(),
            place.indicators.to_string(),
        ]
    });
    Table { columns, rows: rows.collect() }
}

fn texts(covered: &Covered, lang: Lang) -> Table {
    use Align::{Left, Right};
    let columns = columns(
        lang,
        &[
            ("版本或规划", "edition or plan", Left),
            ("通称", "label", Left),
            ("状态", "state", Left),
            ("自", "from", Left),
            ("公布", "declared", Right),
            ("登记", "listed", Right),
            ("未转录", "none", Right),
            ("仅名称", "names", Right),
            ("部分", "partial", Right),
            ("完整", "full", Right),
            ("条数", "lines", Right),
            ("有值", "valued", Right),
            ("已核对", "verified", Right),
        ],
    );
    let rows = covered.editions.iter().chain(&covered.plans).map(|text| {
        let CoveredText { id, label, draft, from, declared, listed, transcribed, .. } = text;
        let state = if *draft == Some(true) { lang.pick("草案", "draft") } else { "" };
        let numbers = [
            *listed,
            transcribed.none,
            transcribed.names,
            transcribed.partial,
            transcribed.full,
            text.lines,
            text.valued,
            text.verified,
        ];
        let words = [
            id.clone(),
            label.clone().unwrap_or_default(),
            state.to_owned(),
            from.clone().unwrap_or_default(),
            declared.clone().unwrap_or_default(),
        ];
        words.into_iter().chain(numbers.iter().map(ToString::to_string)).collect()
    });
    Table { columns, rows: rows.collect() }
}

fn covered_sentence(covered: &Covered, lang: Lang) -> String {
    let all = || covered.editions.iter().chain(&covered.plans);
    let sum = |of: fn(&CoveredText) -> usize| all().map(of).sum::<usize>();
    let (lines, valued, verified) =
        (sum(|text| text.lines), sum(|text| text.valued), sum(|text| text.verified));
    let bare = covered.places.iter().filter(|place| held(place) == 0);
    let (editions, plans, bare) = (covered.editions.len(), covered.plans.len(), bare.count());
    let mut text = match lang {
        Lang::Zh => format!(
            "{editions} 个版本、{plans} 份规划，共 {lines} 条服务标准和目标，其中 {valued} 条有数值或明确要求，{verified} 条已与来源核对。\n"
        ),
        Lang::En => format!(
            "{} and {} with {} (provisions and targets): {valued} say how much, {verified} are verified.\n",
            count(editions, "edition"),
            count(plans, "plan"),
            count(lines, "line"),
        ),
    };
    let CoveredChanges { operations, verified } = covered.changes;
    if operations > 0 {
        text += &match lang {
            Lang::Zh => format!("调整事项 {operations} 项，其中 {verified} 项已与来源核对。\n"),
            Lang::En => format!(
                "{} of adjustments: {verified} are verified.\n",
                count(operations, "operation")
            ),
        };
    }
    let differences = covered.editions.iter().filter(|e| e.difference_from.is_some()).count();
    if differences > 0 {
        text += &match lang {
            Lang::Zh => {
                format!("其中 {differences} 个版本以差异方式编写，只登记与上级不同的项目。\n")
            }
            Lang::En => {
                format!("{differences} of the editions list only what differs from the parent's.\n")
            }
        };
    }
    if bare > 0 {
        text += &match lang {
            Lang::Zh => format!("另有 {bare} 个行政区划，只登记了它本身。\n"),
            Lang::En => format!(
                "{} with nothing on record but the place itself.\n",
                count(bare, "more place")
            ),
        };
    }
    text + lang.pick(
        "未核对的逐条见：jialiang report unverified\n",
        "what is not verified: jialiang report unverified\n",
    )
}
