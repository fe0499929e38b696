//! For people: what a table was read as, what they must look at, and what to do next.

use jialiang_page::import::Grade;
use jialiang_page::import::output::{Output, Told, Way};

use super::visible;
use crate::args::Speech;
use crate::lang::Lang;

pub(crate) fn told(output: &Output, speech: Speech) -> String {
    let Output {
        version: _,
        table,
        sheet,
        encoding,
        edition,
        written,
        items,
        provisions,
        remarks,
        ids,
        sheets_left,
        columns_left,
    } = output;
    let lang = speech.lang;
    let of = |grade: Grade| remarks.iter().filter(|told| told.grade == grade).collect::<Vec<_>>();
    let unread = of(Grade::Unread);
    if speech.quiet {
        let told = listed(output, &unread, lang, ("没有读懂", "not read"));
        let told = told + &sheets(sheets_left, lang);
        return visible(told.trim_start_matches('\n'));
    }
    let mut text = match (lang, sheet, encoding) {
        (Lang::Zh, Some(sheet), _) => format!("{table} 的工作表“{sheet}”"),
        (Lang::Zh, None, encoding) => {
            format!("{table}（按 {} 编码读）", encoding.as_deref().unwrap_or("UTF-8"))
        }
        (Lang::En, Some(sheet), _) => format!("sheet `{sheet}` of {table}"),
        (Lang::En, None, encoding) => {
            format!("{table}, read as {}", encoding.as_deref().unwrap_or("UTF-8"))
        }
    };
    text += &match lang {
        Lang::Zh => {
            format!("：{items} 个服务项目、{provisions} 条服务标准，读作草案 {edition}。\n")
        }
        Lang::En => format!(
            ": {} and {}, read as the draft {edition}.\n",
            super::human::count(*items, "item"),
            super::human::count(*provisions, "provision")
        ),
    };
    for (all, zh, en) in [
        (unread.clone(), "没有读懂", "not read"),
        (of(Grade::Confirm), "请确认", "to be confirmed"),
        (of(Grade::Changed), "表中改动过", "edited in the table"),
        (of(Grade::Skipped), "不是服务项目，略过", "left out, for they are no items"),
    ] {
        text += &listed(output, &all, lang, (zh, en));
    }
    text += &found(output, lang);
    if !columns_left.is_empty() {
        let all: Vec<String> = columns_left
            .iter()
            .map(|one| format!("{} {}", one.cell, short(&one.heading)))
            .collect();
        text += &match lang {
            Lang::Zh => format!("\n没有读的列：{}\n", all.join("、")),
            Lang::En => format!("\ncolumns left out: {}\n", all.join(", ")),
        };
    }
    text += &sheets(sheets_left, lang);
    let confirmed = of(Grade::Confirm).len();
    let renamed = ids.iter().filter(|one| one.how == Way::New).count();
    text += "\n";
    text += &match (lang, unread.len()) {
        (Lang::Zh, 0) if !sheets_left.is_empty() => "有工作表没有读。".to_owned(),
        (Lang::Zh, 0) if confirmed > 0 => format!("都读了，其中 {confirmed} 处请确认。"),
        (Lang::Zh, 0) => "全部读懂。".to_owned(),
        (Lang::Zh, n) => format!("有 {n} 处没有读懂，请逐处处理。"),
        (Lang::En, 0) if !sheets_left.is_empty() => "a sheet was not read. ".to_owned(),
        (Lang::En, 0) if confirmed > 0 => {
            format!("everything was read, {confirmed} of it to be confirmed. ")
        }
        (Lang::En, 0) => "everything was read. ".to_owned(),
        (Lang::En, 1) => "1 place was not read: see to it. ".to_owned(),
        (Lang::En, n) => format!("{n} places were not read: see to each. "),
    };
    if renamed > 0 {
        text += &match lang {
            Lang::Zh => format!("有 {renamed} 个新标识，请改名并列入分类。"),
            Lang::En => {
                format!(
                    "{}: rename each, and list it in the taxonomy. ",
                    super::human::count(renamed, "new id")
                )
            }
        };
    }
    text += &match (lang, written) {
        (Lang::Zh, Some(path)) => format!("已写入 {path}\n核对后运行：jialiang check {path}\n"),
        (Lang::En, Some(path)) => {
            format!("wrote {path}\ncompare it with its source, then run: jialiang check {path}\n")
        }
        (Lang::Zh, None) => "试运行，没有写文件；去掉 -n 即写入登记库。\n".to_owned(),
        (Lang::En, None) => {
            "a dry run: nothing was written; leave -n out to write it into the registry.\n"
                .to_owned()
        }
    };
    visible(&text)
}

/// The other sheets with the headings, of which one run reads one.
fn sheets(left: &[String], lang: Lang) -> String {
    let Some(first) = left.first() else { return String::new() };
    match lang {
        Lang::Zh => format!(
            "\n也有表头而没有读的工作表：{}；请用 --sheet {first} 另读，或并到一张表里\n",
            left.join("、")
        ),
        Lang::En => format!(
            "\nsheets with the headings that were not read: {}; read each with --sheet {first}, or put them into one\n",
            left.join(", ")
        ),
    }
}

/// Where a cell is, as a spreadsheet program takes it.
fn place(output: &Output, cell: &str) -> String {
    let sheet = output.sheet.as_ref().map_or_else(String::new, |sheet| format!("{sheet}!"));
    format!("{}:{sheet}{cell}", output.table)
}

fn listed(output: &Output, all: &[&Told], lang: Lang, (zh, en): (&str, &str)) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut text = match lang {
        Lang::Zh => format!("\n{zh}（{} 处）：\n", all.len()),
        Lang::En => format!("\n{en} ({}):\n", all.len()),
    };
    for Told { grade: _, cell, heading, item, text: said, why } in all {
        let item = item.as_deref().unwrap_or("");
        let about = [heading.as_str(), item].into_iter().filter(|word| !word.is_empty());
        let about = about.collect::<Vec<_>>().join(" ");
        text += format!("  {}  {about}", place(output, cell)).trim_end();
        let said = if said.is_empty() {
            lang.pick("（空）", "(blank)").to_owned()
        } else {
            short(said)
        };
        text +=
            &format!("\n    {said}\n    → {}\n", lang.pick(&why.zh, &why.en).replace('\n', " ⏎ "));
    }
    text
}

/// The ids, and how they were found; one by one where a person must look.
fn found(output: &Output, lang: Lang) -> String {
    let count = |way: Way| output.ids.iter().filter(|one| one.how == way).count();
    let counts = [
        (Way::Recorded, "取自登记数据", "from the table's own data"),
        (Way::SameName, "按同名项目", "by the same name"),
        (Way::SimilarName, "按近似名称（待确认）", "by a name that is alike, to be confirmed"),
        (Way::New, "新标识（待改名）", "new, to be renamed"),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|(way, ..)| count(*way) > 0)
        .map(|(way, zh, en)| match lang {
            Lang::Zh => format!("{zh} {} 项", count(way)),
            Lang::En => format!("{} {en}", count(way)),
        })
        .collect();
    let mut text = match lang {
        Lang::Zh => format!("\n项目标识：{}\n", said.join("，")),
        Lang::En => format!("\nids of items: {}\n", said.join(", ")),
    };
    for one in output.ids.iter().filter(|one| matches!(one.how, Way::SimilarName | Way::New)) {
        let at = place(output, &one.cell);
        let name = short(&one.name);
        text += &match (lang, &one.like, one.likeness) {
            (Lang::Zh, Some(like), Some(alike)) => {
                format!("  {at}  {name} → {}（登记为“{like}”，相似 {alike}%）\n", one.id)
            }
            (Lang::En, Some(like), Some(alike)) => {
                format!("  {at}  {name} → {} (on record as {like}, {alike}% alike)\n", one.id)
            }
            (_, _, _) => format!("  {at}  {name} → {}\n", one.id),
        };
    }
    text
}

/// A text on one line, no longer than a person reads here.
fn short(text: &str) -> String {
    const MOST: usize = 120;
    let line = text.replace('\n', " ⏎ ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}
