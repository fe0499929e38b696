//! The same as a picture of its own: days from left to right as far apart as they are, one row
//! for each time of knowledge. Nothing in it comes from outside, and it holds no script.

use std::collections::BTreeMap;

use jialiang_check::output::answer::Answer;
use jialiang_check::output::ask::{History, Strand, Stretch};
use jialiang_model::date::Day;
use quick_xml::escape::escape;

use super::super::answer::{headline, marks, origin, short};
use super::super::ask::question;
use super::super::{visible, wrap};
use super::{Grid, has, is_back, nothing, sources, span, title, titled};
use crate::lang::Lang;

const WIDTH: i64 = 1080;
const MARGIN: i64 = 24;
/// Where the days begin, right of the times of knowledge.
const LEFT: i64 = 150;
const ROW: i64 = 30;
const LINE: i64 = 18;
/// So many columns of small text fit the width.
const COLUMNS: usize = 150;

/// Light enough for dark words; told apart by their order, for each value has its number.
const FILLS: [&str; 8] =
    ["#cfe3f5", "#fbe2c3", "#d5ecd0", "#f3d3dc", "#e2dcf3", "#f4efc2", "#cdeae8", "#e8ddd3"];

/// A text as it may stand in the picture.
fn text(words: &str) -> String {
    escape(visible(words).replace(['\n', '\r', '\t'], " ").as_str()).into_owned()
}

struct Sheet {
    lang: Lang,
    body: String,
    /// The lowest line that is drawn so far.
    at: i64,
}

pub(crate) fn picture(output: &History, lang: Lang) -> String {
    let mut sheet = Sheet { lang, body: String::new(), at: MARGIN };
    let named = title(output, lang);
    sheet.words(&named, 20, "600");
    let asked = question(&output.asked, lang);
    if !asked.is_empty() {
        sheet.words(&asked, 13, "400");
    }
    if output.strands.is_empty() {
        sheet.words(nothing(lang).trim_end(), 13, "400");
    } else {
        sheet.legend();
    }
    for strand in &output.strands {
        sheet.strand(strand);
    }
    let height = sheet.at + MARGIN;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" lang="{}" font-family="system-ui, sans-serif" font-size="13" fill="#222">
<title>{}</title>
<defs>
<pattern id="back" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.2" height="7" fill="#a33" fill-opacity="0.5"/></pattern>
<pattern id="open" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#eee"/><circle cx="2" cy="2" r="1.1" fill="#777"/></pattern>
</defs>
<rect width="{WIDTH}" height="{height}" fill="#fff"/>
{}</svg>
"##,
        lang.pick("zh-CN", "en"),
        text(&named),
        sheet.body
    )
}

impl Sheet {
    /// Words over as many lines as they need.
    fn words(&mut self, words: &str, size: i64, weight: &str) {
        for line in wrap::lines(&visible(words), COLUMNS * 13 / usize::try_from(size).unwrap_or(13))
        {
            self.at += size + 6;
            self.body += &format!(
                "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\">{}</text>\n",
                self.at,
                text(&line)
            );
        }
    }

    fn legend(&mut self) {
        let lang = self.lang;
        self.at += 28;
        let mut x = MARGIN;
        let kinds = [
            ("value", lang.pick("有据的值", "a value on record")),
            (
                "back",
                lang.pick(
                    "上溯：公布时已过去的日子",
                    "reaches back: days over when it became known",
                ),
            ),
            ("attested", lang.pick("推定", "attested")),
            ("last", lang.pick("最后所知", "last known")),
            ("undecided", lang.pick("未定", "undecided")),
            ("ended", lang.pick("已停止、不适用", "ended, not applicable")),
            ("none", lang.pick("尚未开始", "not yet")),
        ];
        for (kind, said) in kinds {
            let width = i64::try_from(wrap::width(said)).unwrap_or(0) * 7;
            if x > MARGIN && x + 32 + width > WIDTH - MARGIN {
                x = MARGIN;
                self.at += 22;
            }
            let y = self.at;
            self.shape((x, y - 12, 26, 16), kind, FILLS.first().copied().unwrap_or("#ddd"), "");
            self.body += &format!(
                "<text x=\"{}\" y=\"{y}\" font-size=\"12\">{}</text>\n",
                x + 32,
                text(said)
            );
            x += 32 + width + 22;
        }
        self.at += 6;
    }

    /// One rectangle of a kind; what it says is shown where somebody points at it.
    fn shape(&mut self, (x, y, w, h): (i64, i64, i64, i64), kind: &str, fill: &str, said: &str) {
        let said =
            if said.is_empty() { String::new() } else { format!("<title>{}</title>", text(said)) };
        let (fill, more) = match kind {
            "undecided" => ("url(#open)", " stroke=\"#777\""),
            "attested" => (fill, " stroke=\"#555\" stroke-dasharray=\"4 3\""),
            "last" => (fill, " stroke=\"#888\" fill-opacity=\"0.4\""),
            "ended" => ("#ddd", " stroke=\"#999\""),
            "none" => ("#fff", " stroke=\"#bbb\" stroke-dasharray=\"1 3\""),
            _ => (fill, " stroke=\"#888\""),
        };
        let place = format!("x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
        self.body += &format!("<rect {place} fill=\"{fill}\"{more}>{said}</rect>\n");
        if kind == "back" {
            self.body += &format!("<rect {place} fill=\"url(#back)\" pointer-events=\"none\"/>\n");
        }
    }

    fn strand(&mut self, strand: &Strand) {
        self.at += 22;
        self.words(&titled(strand, self.lang), 15, "600");
        let grid = Grid::new(strand);
        if let Some(axis) = Axis::new(&grid) {
            self.rows(&grid, &axis);
        }
        self.at += 6;
        for line in sources(strand, self.lang) {
            self.words(&line, 12, "400");
        }
    }

    fn rows(&mut self, grid: &Grid<'_>, axis: &Axis) {
        let lang = self.lang;
        let top = self.at + 30;
        let mut free = 0;
        for day in grid.valid.iter().copied().flatten() {
            let x = axis.x(Some(day));
            let bottom = top + ROW * i64::try_from(grid.known.len()).unwrap_or(0);
            self.body += &format!(
                "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#ccc\"><title>{}</title></line>\n",
                top - 6,
                text(day)
            );
            // A day whose words would lie over others' is told where somebody points at it.
            if x >= free {
                self.body += &format!(
                    "<text x=\"{x}\" y=\"{}\" font-size=\"11\">{}</text>\n",
                    top - 10,
                    text(day)
                );
                free = x + 70;
            }
        }
        let mut fills: BTreeMap<String, &str> = BTreeMap::new();
        for (row, (by, cells)) in grid.known.iter().zip(&grid.cells).enumerate() {
            let y = top + ROW * i64::try_from(row).unwrap_or(0);
            let side = match (by, lang) {
                (Some(day), Lang::Zh) => format!("{day} 起知"),
                (Some(day), Lang::En) => format!("known {day}"),
                (None, _) => lang.pick("一直", "always").to_owned(),
            };
            self.body += &format!(
                "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"12\">{}</text>\n",
                y + ROW / 2 + 4,
                text(&side)
            );
            let mut at = 0;
            while let Some(first) = cells.get(at) {
                let back = |at: usize| {
                    let day = grid.valid.get(at).copied().flatten();
                    first.is_some_and(|one| is_back(one, day))
                };
                let alike = |(i, one): &(usize, &Option<&Stretch>)| {
                    let same = match (first, one) {
                        (Some(a), Some(b)) => std::ptr::eq(*a, *b),
                        (None, None) => true,
                        _ => false,
                    };
                    same && back(*i) == back(at)
                };
                let run = cells.iter().enumerate().skip(at).take_while(alike).count();
                if let Some(one) = first {
                    let from = axis.x(grid.valid.get(at).copied().flatten());
                    let until = grid.valid.get(at + run).map_or(WIDTH - MARGIN, |day| axis.x(*day));
                    let frame = (from, y + 2, (until - from).max(1), ROW - 4);
                    self.cell(one, frame, back(at), &mut fills);
                }
                at += run.max(1);
            }
        }
        self.at = top + ROW * i64::try_from(grid.known.len()).unwrap_or(0) + LINE / 2;
    }

    fn cell<'f>(
        &mut self,
        one: &Stretch,
        frame: (i64, i64, i64, i64),
        back: bool,
        fills: &mut BTreeMap<String, &'f str>,
    ) where
        'static: 'f,
    {
        let lang = self.lang;
        let label = short(&one.answer, lang);
        let kind = match &one.answer {
            Answer::Value(_) if back => "back",
            Answer::Value(held) if has(held, "last-known") => "last",
            Answer::Value(held) if has(held, "attested") => "attested",
            Answer::Value(_) => "value",
            Answer::Undecided(_) => "undecided",
            Answer::NotYet(_) => "none",
            Answer::Ended(_) | Answer::NotApplicable(_) => "ended",
            Answer::Unknown(_) => return,
        };
        let next = FILLS.get(fills.len() % FILLS.len()).copied().unwrap_or("#ddd");
        let fill = match kind {
            "back" | "attested" | "last" | "value" => *fills.entry(label.clone()).or_insert(next),
            _ => next,
        };
        let mut said = vec![headline(&one.answer, lang), span(&one.valid, lang)];
        said.push(match lang {
            Lang::Zh => format!("所知：{}", span(&one.known, lang)),
            Lang::En => format!("known: {}", span(&one.known, lang)),
        });
        said.push(marks(&one.answer, lang));
        said.extend(super::by(&one.answer).map(|by| origin(by, lang)));
        said.retain(|text| !text.is_empty());
        self.shape(frame, kind, fill, &said.join(lang.pick("；", "; ")));
        let (x, y, w, _) = frame;
        let width = i64::try_from(wrap::width(&label)).unwrap_or(i64::MAX).saturating_mul(8);
        if width + 6 <= w && kind != "none" {
            self.body += &format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"13\" pointer-events=\"none\">{}</text>\n",
                x + 5,
                y + ROW / 2 + 3,
                text(&label)
            );
        }
    }
}

/// Where days lie.
struct Axis {
    first: i64,
    last: i64,
}

fn number(day: &str) -> Option<i64> {
    Some(Day::since_1970(0)?.days_until(Day::parse(day)?))
}

impl Axis {
    /// From before the first start to behind the last, so that open ends show.
    fn new(grid: &Grid<'_>) -> Option<Self> {
        let days = || grid.valid.iter().copied().flatten().filter_map(number);
        let known = grid.known.iter().copied().flatten().filter_map(number);
        let (first, last) = (days().min()?, days().chain(known).max()?);
        let room = ((last - first) / 12).max(120);
        let open = grid.valid.first() == Some(&None);
        Some(Self { first: if open { first - room } else { first }, last: last + room })
    }

    fn x(&self, day: Option<&str>) -> i64 {
        let Some(day) = day.and_then(number) else { return LEFT };
        let wide = WIDTH - MARGIN - LEFT;
        LEFT + (day - self.first) * wide / (self.last - self.first).max(1)
    }
}
