//! How the lines of an item went: drawn over both clocks, as a table, as a picture.

pub(crate) mod svg;

use std::collections::BTreeSet;

use jialiang_check::output::answer::{Answer, Held};
use jialiang_check::output::ask::{History, Span, Strand, Stretch};
use unicode_width::UnicodeWidthStr;

use super::answer::{by, cell, headline, last, marks, of, origin, short};
use super::ask::{question, strong};
use super::table::{Align, Table, most_columns};
use super::visible;
use crate::args::Speech;
use crate::lang::Lang;

/// Where nobody says how wide lines may be, a drawing is no wider than this.
const WIDE: usize = 120;

/// A strand over both clocks: a row for each time of knowledge, a column for each run of days.
struct Grid<'s> {
    /// The first day of each column; none for days without beginning.
    valid: Vec<Option<&'s str>>,
    /// The first day of each row.
    known: Vec<Option<&'s str>>,
    /// What is answered there, row by row.
    cells: Vec<Vec<Option<&'s Stretch>>>,
}

/// Whether a span holds everything from a start to the next one.
fn holds(span: &Span, start: Option<&str>) -> bool {
    span.from.as_deref() <= start
        && span.until.as_deref().is_none_or(|until| start.is_none_or(|start| start < until))
}

fn is_nothing(one: Option<&Stretch>) -> bool {
    one.is_none_or(|one| matches!(one.answer, Answer::Unknown(_)))
}

impl<'s> Grid<'s> {
    fn new(strand: &'s Strand) -> Self {
        let (mut valid, mut known) = (BTreeSet::from([None]), BTreeSet::from([None]));
        for Stretch { valid: days, known: by, retroactive_until, answer: _ } in &strand.stretches {
            valid.insert(days.from.as_deref());
            valid.extend(days.until.as_deref().map(Some));
            valid.extend(retroactive_until.as_deref().map(Some));
            known.insert(by.from.as_deref());
            known.extend(by.until.as_deref().map(Some));
        }
        let mut valid: Vec<_> = valid.into_iter().collect();
        let mut all: Vec<(Option<&str>, Vec<Option<&Stretch>>)> = known
            .into_iter()
            .map(|by| {
                let there = strand.stretches.iter().filter(|one| holds(&one.known, by));
                let there: Vec<&Stretch> = there.collect();
                let at =
                    |day: &Option<&str>| there.iter().find(|one| holds(&one.valid, *day)).copied();
                (by, valid.iter().map(at).collect())
            })
            .collect();
        // Before anything was known there is nothing to draw, nor of days of which nothing is
        // known at any time.
        all.retain(|(_, row)| !row.iter().all(|one| is_nothing(*one)));
        while valid.len() > 1
            && all.iter().all(|(_, row)| is_nothing(row.first().copied().flatten()))
        {
            valid.remove(0);
            for (_, row) in &mut all {
                row.remove(0);
            }
        }
        let (known, cells) = all.into_iter().unzip();
        Self { valid, known, cells }
    }
}

/// Whether a stretch reaches back on a day.
fn is_back(one: &Stretch, start: Option<&str>) -> bool {
    one.retroactive_until.as_deref().is_some_and(|until| start.is_none_or(|start| start < until))
}

/// What people call a strand.
fn called(strand: &Strand, lang: Lang) -> String {
    let name = strand.name.as_ref().map_or(strand.measure.as_str(), |name| of(name, lang));
    let cell = cell(&strand.cell);
    match (cell.is_empty(), lang) {
        (true, _) => name.to_owned(),
        (false, Lang::Zh) => format!("{name}（{cell}）"),
        (false, Lang::En) => format!("{name} ({cell})"),
    }
}

/// The unit of a strand's numbers, where it is one.
fn unit(strand: &Strand, lang: Lang) -> Option<String> {
    let held = strand.stretches.iter().filter_map(|one| match &one.answer {
        Answer::Value(held) => held.unit.as_deref(),
        _ => None,
    });
    let all: BTreeSet<&str> = held.collect();
    let mut all = all.into_iter();
    match (all.next(), all.next()) {
        (Some(only), None) => Some(match lang {
            Lang::Zh => jialiang_model::unit::Unit::parse(only)
                .map_or_else(|| only.to_owned(), jialiang_model::unit::Unit::zh),
            Lang::En => only.to_owned(),
        }),
        _ => None,
    }
}

fn titled(strand: &Strand, lang: Lang) -> String {
    let name = called(strand, lang);
    match (unit(strand, lang), lang) {
        (Some(unit), Lang::Zh) => format!("{name}，{unit}"),
        (Some(unit), Lang::En) => format!("{name}, {unit}"),
        (None, _) => name,
    }
}

fn title(output: &History, lang: Lang) -> String {
    format!("{}  {}", of(&output.asked.place_name, lang), of(&output.name, lang))
}

fn nothing(lang: Lang) -> &'static str {
    lang.pick(
        "库中无记载；没有记载不等于没有规定。\n",
        "Nothing is on record, which does not mean that nothing held.\n",
    )
}

pub(crate) fn human(output: &History, speech: Speech) -> String {
    let lang = speech.lang;
    let most = most_columns();
    let mut text = format!("{}\n", strong(&title(output, lang), speech));
    text +=
        &format!("{}/{}\n", output.asked.place, output.asked.item.as_deref().unwrap_or_default());
    let asked = question(&output.asked, lang);
    if !asked.is_empty() {
        text += &format!("{}\n", visible(&asked));
    }
    if output.strands.is_empty() {
        return text + nothing(lang);
    }
    let mut drawn = false;
    for strand in &output.strands {
        text += &format!("\n{}\n", strong(&titled(strand, lang), speech));
        match drawing(&Grid::new(strand), most.unwrap_or(WIDE), lang) {
            Some(drawing) => {
                drawn = true;
                text += &drawing;
                for line in sources(strand, lang) {
                    for (i, row) in
                        super::wrap::lines(&line, most.unwrap_or(WIDE).saturating_sub(4))
                            .iter()
                            .enumerate()
                    {
                        text += &format!("{}{row}\n", if i == 0 { "  " } else { "    " });
                    }
                }
            }
            None => text += &visible(&table(strand, lang).human(most)),
        }
    }
    if drawn {
        let legend = lang.pick(
            "横为适用的日期，竖为所知的时间。▒ 上溯（公布时已过去的日子）　┄ 推定　╌ 最后所知　? 未定　· 尚未开始　— 无记载",
            "Across: the days for which it held; down: as known since. ▒ reaches back (days over when it became known), ┄ attested, ╌ last known, ? undecided, · not yet, — not on record",
        );
        text += &format!("\n{}\n", super::wrap::lines(legend, most.unwrap_or(WIDE)).join("\n"));
    }
    text
}

/// What one cell of a drawing shows: words, and what the rest of it is filled with.
type Cell = (String, char);

/// A grid as rows of cells; columns that show nothing new are left out.
struct Sketch<'s> {
    valid: Vec<Option<&'s str>>,
    known: Vec<Option<&'s str>>,
    cells: Vec<Vec<Cell>>,
}

fn sketch<'s>(grid: &Grid<'s>, lang: Lang) -> Sketch<'s> {
    let cell = |one: Option<&Stretch>, day: Option<&str>| -> Cell {
        let Some(one) = one else { return ("—".to_owned(), ' ') };
        let filled = match &one.answer {
            Answer::Value(_) if is_back(one, day) => '▒',
            Answer::Value(held) if has(held, "last-known") => '╌',
            Answer::Value(held) if has(held, "attested") => '┄',
            Answer::Value(_) => '─',
            Answer::NotYet(_) => return ("·".to_owned(), ' '),
            Answer::Undecided(_)
            | Answer::Ended(_)
            | Answer::NotApplicable(_)
            | Answer::Unknown(_) => ' ',
        };
        (visible(&short(&one.answer, lang)), filled)
    };
    let row = |cells: &Vec<Option<&Stretch>>| -> Vec<Cell> {
        cells.iter().zip(&grid.valid).map(|(one, day)| cell(*one, *day)).collect()
    };
    let rows: Vec<Vec<Cell>> = grid.cells.iter().map(row).collect();
    let is_new = |at: &usize| {
        *at == 0 || rows.iter().any(|row| row.get(*at) != row.get(at.saturating_sub(1)))
    };
    let kept: Vec<usize> = (0..grid.valid.len()).filter(is_new).collect();
    let of_row = |row: &Vec<Cell>| kept.iter().filter_map(|at| row.get(*at).cloned()).collect();
    Sketch {
        valid: kept.iter().filter_map(|at| grid.valid.get(*at).copied()).collect(),
        known: grid.known.clone(),
        cells: rows.iter().map(of_row).collect(),
    }
}

fn has(held: &Held, mark: &str) -> bool {
    held.marks.iter().any(|one| one.mark == mark)
}

/// Rows and columns as characters, in as many panels one below the other as the width asks
/// for; none where not even one column fits, or there is nothing to draw.
fn drawing(grid: &Grid<'_>, most: usize, lang: Lang) -> Option<String> {
    let sketch = sketch(grid, lang);
    let side = |by: &Option<&str>| match (by, lang) {
        (Some(day), Lang::Zh) => format!("{day} 起知"),
        (Some(day), Lang::En) => format!("known {day}"),
        (None, _) => lang.pick("一直", "always").to_owned(),
    };
    let sides: Vec<String> = sketch.known.iter().map(side).collect();
    let left = sides.iter().map(|side| side.width()).max()? + 2;
    let heads: Vec<&str> = sketch.valid.iter().map(|day| day.unwrap_or("…")).collect();
    let width = |at: usize| {
        let cells = sketch.cells.iter().filter_map(|row| row.get(at));
        let cells = cells.map(|(text, _)| text.width() + 2);
        cells.chain(heads.get(at).map(|head| head.width() + 2)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let mut text = String::new();
    let mut first = 0;
    while first < heads.len() {
        let mut room = most.saturating_sub(left);
        let fits = |width: &&usize| {
            let rest = room.checked_sub(**width);
            room = rest.unwrap_or(room);
            rest.is_some()
        };
        let count = widths.iter().skip(first).take_while(fits).count();
        if count == 0 {
            return None;
        }
        if first > 0 {
            text.push('\n');
        }
        text += &panel(&sketch, &sides, left, (first, count), &widths);
        first += count;
    }
    Some(text)
}

/// Some columns of a drawing.
fn panel(
    sketch: &Sketch<'_>,
    sides: &[String],
    left: usize,
    (first, count): (usize, usize),
    widths: &[usize],
) -> String {
    let columns = || widths.iter().skip(first).take(count);
    let mut head = " ".repeat(left);
    for (day, width) in sketch.valid.iter().skip(first).zip(columns()) {
        let day = day.unwrap_or("…");
        head += &format!("{day}{}", " ".repeat(width.saturating_sub(day.width())));
    }
    let mut text = head.trim_end().to_owned() + "\n";
    let mut shown: Option<&[Cell]> = None;
    for (side, row) in sides.iter().zip(&sketch.cells) {
        let row = row.get(first..first + count).unwrap_or_default();
        // What became known may change nothing here, and at first nothing may be known.
        let nothing = shown.is_none() && row.iter().all(|(text, _)| text == "—");
        if shown == Some(row) || nothing {
            continue;
        }
        shown = Some(row);
        let mut line = format!("{side}{}", " ".repeat(left.saturating_sub(side.width())));
        let mut before: Option<&Cell> = None;
        for (cell, width) in row.iter().zip(columns()) {
            let (said, filled) = cell;
            let said = if before == Some(cell) && *filled != ' ' { "" } else { said };
            let fill = std::iter::repeat_n(*filled, width.saturating_sub(said.width()));
            line += &format!("{said}{}", fill.collect::<String>());
            before = Some(cell);
        }
        text += &format!("{}\n", line.trim_end());
    }
    text
}

/// Every value once, with the document that said it, in the order of their starts.
fn sources(strand: &Strand, lang: Lang) -> Vec<String> {
    let mut all: Vec<(Option<&str>, String)> = Vec::new();
    for one in &strand.stretches {
        let held = match &one.answer {
            Answer::Value(held) => std::slice::from_ref(&**held),
            Answer::Undecided(undecided) => undecided.candidates.as_slice(),
            Answer::NotYet(_)
            | Answer::Ended(_)
            | Answer::NotApplicable(_)
            | Answer::Unknown(_) => &[],
        };
        for held in held {
            let value = super::answer::value(held, lang);
            let by = origin(&held.origin, lang);
            let since = held.since.as_deref();
            let days = match (since, lang) {
                (Some(day), Lang::Zh) => format!("{day} 起"),
                (Some(day), Lang::En) => format!("since {day}"),
                (None, Lang::Zh) => "起始不详".to_owned(),
                (None, Lang::En) => "start unknown".to_owned(),
            };
            let line = visible(&format!("{value}  {days}  {by}"));
            if !all.iter().any(|(_, there)| *there == line) {
                all.push((since, line));
            }
        }
        if let Answer::Ended(ended) = &one.answer {
            let line =
                visible(&format!("{}  {}", headline(&one.answer, lang), origin(&ended.by, lang)));
            if !all.iter().any(|(_, there)| *there == line) {
                all.push((Some(&ended.since), line));
            }
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter().map(|(_, line)| line).collect()
}

/// A span in words: open ends are left out.
fn span(span: &Span, lang: Lang) -> String {
    let Span { from, until } = span;
    let until = until.as_deref().map(last);
    match (from, until, lang) {
        (None, None, Lang::Zh) => "一直".to_owned(),
        (None, None, Lang::En) => "always".to_owned(),
        (Some(from), None, Lang::Zh) => format!("{from} 起"),
        (Some(from), None, Lang::En) => format!("since {from}"),
        (None, Some(until), Lang::Zh) => format!("至 {until}"),
        (None, Some(until), Lang::En) => format!("to {until}"),
        (Some(from), Some(until), Lang::Zh) => format!("{from} 至 {until}"),
        (Some(from), Some(until), Lang::En) => format!("{from} to {until}"),
    }
}

/// A row for each stretch, by knowledge and then by days; of what nothing is known, none.
fn table(strand: &Strand, lang: Lang) -> Table {
    let columns = [
        lang.pick("所知", "known"),
        lang.pick("适用", "for the days"),
        lang.pick("标准", "what held"),
        lang.pick("上溯", "reaches back"),
        lang.pick("说明", "notes"),
        lang.pick("规定", "set by"),
    ];
    let mut all: Vec<&Stretch> =
        strand.stretches.iter().filter(|one| !is_nothing(Some(one))).collect();
    all.sort_by(|a, b| {
        let key = |one: &Stretch| (one.known.from.clone(), one.valid.from.clone());
        key(a).cmp(&key(b))
    });
    let rows = all.into_iter().map(|one| {
        let back = one.retroactive_until.as_deref().map(last);
        vec![
            span(&one.known, lang),
            span(&one.valid, lang),
            headline(&one.answer, lang),
            back.map_or_else(String::new, |day| match lang {
                Lang::Zh => format!("至 {day}"),
                Lang::En => format!("to {day}"),
            }),
            marks(&one.answer, lang),
            by(&one.answer).map(|by| origin(by, lang)).unwrap_or_default(),
        ]
    });
    let rows = rows.collect();
    Table { columns: columns.map(|name| (name.to_owned(), Align::Left)).into(), rows }
}

pub(crate) fn markdown(output: &History, lang: Lang) -> String {
    let mut text = format!("## {}\n", visible(&title(output, lang)));
    if output.strands.is_empty() {
        text += &format!("\n{}", nothing(lang));
    }
    for strand in &output.strands {
        text += &format!("\n### {}\n\n", visible(&titled(strand, lang)));
        text += &visible(&table(strand, lang).markdown());
    }
    text
}
