//! What pages are put together from.

use jialiang_model::Registry;
use jialiang_model::date::PartialDate;
use jialiang_model::id::InstrumentId;
use jialiang_model::provision::Provision;
use jialiang_model::source::Source;
use jialiang_model::version::{Label, Version};

use crate::output::{Cell, Column, Fact, Group, Line, Row, Said, Table, Words};
use crate::{line, names};

/// A fact with one line.
pub(crate) fn fact(zh: &str, en: &str, value: impl Into<Words>) -> Fact {
    filled(zh, en, Cell::one(value))
}

/// A fact with what stands in a cell.
pub(crate) fn filled(zh: &str, en: &str, value: Cell) -> Fact {
    Fact { label: Words::new(zh, en), value, address: None, url: None }
}

/// A fact, where there is one.
pub(crate) fn maybe(zh: &str, en: &str, value: Option<impl Into<Words>>) -> Option<Fact> {
    value.map(|value| fact(zh, en, value))
}

/// A day or what its source has of one.
pub(crate) fn dated(zh: &str, en: &str, date: Option<PartialDate>) -> Option<Fact> {
    maybe(zh, en, date.map(day))
}

/// A date in words.
pub(crate) fn day(date: PartialDate) -> Words {
    use jialiang_model::date::Term;
    let zh = match date {
        PartialDate::Day(_) => date.to_string(),
        PartialDate::Month(year, month) => format!("{year}年{month}月"),
        PartialDate::Year(year) => format!("{year}年"),
        PartialDate::Term(year, Term::Spring) => format!("{year}年春季学期"),
        PartialDate::Term(year, Term::Autumn) => format!("{year}年秋季学期"),
    };
    Words::new(zh, date.to_string())
}

/// An interval in words; `until` is the first day that no longer belongs to it.
pub(crate) fn interval(from: Option<PartialDate>, until: Option<PartialDate>) -> Cell {
    if from.is_none() && until.is_none() {
        return Cell::Nothing;
    }
    let [from, until] = [from, until].map(|date| date.map(day));
    let said = |word: &str, date: Option<&String>, open: &str| {
        date.map_or_else(String::new, |date| format!("{open}{date}{word}"))
    };
    let zh = [
        said("起", from.as_ref().map(|words| &words.zh), ""),
        said("止（不含）", until.as_ref().map(|words| &words.zh), ""),
    ];
    let en = [
        said("", from.as_ref().map(|words| &words.en), "from "),
        said("", until.as_ref().map(|words| &words.en), "to before "),
    ];
    let joined = |words: [String; 2], between: &str| {
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(between)
    };
    Cell::one(Words::new(joined(zh, "，"), joined(en, " ")))
}

/// An instrument by its title, with its address.
pub(crate) fn instrument(registry: &Registry, zh: &str, en: &str, id: &InstrumentId) -> Fact {
    let mut fact = fact(zh, en, names::instrument(registry, id));
    fact.address = Some(id.to_string());
    fact
}

/// Where something comes from, and whether somebody compared it there.
pub(crate) fn source(registry: &Registry, source: &Source) -> Fact {
    let Source { instrument, url, at, excerpt, verified, note } = source;
    let mut lines: Vec<Words> = Vec::new();
    lines.extend(instrument.as_ref().map(|id| names::instrument(registry, id).into()));
    lines.extend(at.as_ref().map(Words::both));
    lines.extend(
        excerpt.as_ref().map(|words| Words::new(format!("“{words}”"), format!("“{words}”"))),
    );
    lines.extend(
        note.as_ref().map(|note| Words::new(format!("备注：{note}"), format!("Note: {note}"))),
    );
    lines.push(match verified {
        true => Words::new("已与来源核对", "compared with the source"),
        false => Words::new("未与来源核对", "not compared with the source"),
    });
    let last = lines.len();
    let lines = lines
        .into_iter()
        .zip(1..)
        .map(|(words, n)| Said { words, verified: (n == last).then_some(*verified) });
    Fact {
        label: Words::new("来源", "Source"),
        value: Cell::Said(lines.collect()),
        address: instrument.as_ref().map(ToString::to_string),
        url: url.as_ref().map(ToString::to_string),
    }
}

/// An edition's version and what people call it.
pub(crate) fn version(version: &Version, label: Option<&Label>) -> Words {
    let label = label.map(ToString::to_string);
    match label {
        Some(label) => Words::new(format!("{version}（{label}）"), format!("{version} ({label})")),
        None => Words::both(version),
    }
}

/// A provision as a line of the table.
pub(crate) fn provision(provision: &Provision) -> Words {
    let promised = jialiang_diff::words::form(&provision.form).en;
    let en = match &provision.name {
        Some(name) => format!("{}: {promised}", name.en()),
        // Lines without names are told apart by whom they are for.
        None if provision.cell.is_everyone() => promised,
        None => format!("[{}] {promised}", provision.cell),
    };
    Words::new(line::zh(provision), en)
}

/// A provision as a line of a cell, with the mark of its own source.
pub(crate) fn said(line: &Provision) -> Said {
    let verified = line.source.as_ref().map(|source| source.verified);
    Said { words: provision(line), verified }
}

/// How many, in English.
pub(crate) fn many(n: impl std::fmt::Display, one: &str, more: &str) -> String {
    let n = n.to_string();
    let word = if n == "1" { one } else { more };
    format!("{n} {word}")
}

/// A table with its columns: id, Chinese and English heading, share of the width.
pub(crate) fn table(
    id: &str,
    title: (&str, &str),
    columns: &[(&str, &str, &str, u16)],
    rows: Vec<Row>,
) -> Table {
    let column = |(id, zh, en, width): &(&str, &str, &str, u16)| Column {
        id: (*id).to_owned(),
        heading: Words::new(*zh, *en),
        width: *width,
    };
    Table {
        id: id.to_owned(),
        title: Words::new(title.0, title.1),
        columns: columns.iter().map(column).collect(),
        rows,
    }
}

/// A row of cells about what stands at an address.
pub(crate) fn row(address: impl ToString, verified: Option<bool>, cells: Vec<Cell>) -> Row {
    Row::Line(Line { address: Some(address.to_string()), verified, cells })
}

/// A heading over rows.
pub(crate) fn group(level: u8, title: Words) -> Row {
    Row::Group(Group { level, title, verified: None })
}

/// Whether a source was compared, where there is one.
pub(crate) fn verified(source: Option<&Source>) -> Option<bool> {
    source.map(|source| source.verified)
}

/// What the marks of a page mean, as far as they stand on it.
pub(crate) fn legend(page: &mut crate::output::Page) {
    if page.is_unverified() {
        page.notes.push(Words::new(
            "＊　未核对：登记的内容尚未与来源核对。",
            "＊ unverified: what is on record has not been compared with its source.",
        ));
    }
    let unseen = |row: &Row| match row {
        Row::Group(_) => false,
        Row::Line(line) => line.cells.contains(&Cell::Unseen),
    };
    let facts = page.facts.iter().any(|fact| fact.value == Cell::Unseen);
    if facts || page.tables.iter().flat_map(|table| &table.rows).any(unseen) {
        page.notes.push(Words::new(
            "未转录：原文的这一栏尚未录入，不表示原文没有规定。",
            "not transcribed: the text of the document is not on record here, which does not mean that it says nothing.",
        ));
    }
}
