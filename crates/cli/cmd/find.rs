//! `jialiang find`.

use std::process::ExitCode;

use jialiang_check::locate::Locator;
use jialiang_check::output::look;
use jialiang_model::find::{Hit, Rank, find, marks};
use jialiang_model::lookup::near;
use jialiang_model::place::Place;

use super::{Failure, Open};
use crate::args::{Find, Speech};
use crate::lang::Lang;
use crate::render::table::most_columns;
use crate::render::wrap::width;
use crate::render::{self, visible};

pub(crate) fn run(args: &Find) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let open = Open::new(args.registry.as_ref(), args.rev.as_deref())?;
    let words: Vec<&str> = args.words.iter().map(String::as_str).collect();
    let all = find(&open.loaded.registry, &words, args.sort);
    let hits = all.get(..args.limit.min(all.len())).unwrap_or(&all);
    let near = match all.is_empty() {
        true => near(&open.loaded.registry, &words.join(" "), false),
        false => Vec::new(),
    };
    let mut locator = Locator::new(&open.loaded.texts);
    if args.json {
        let found = look::Find::new(&words, all.len(), hits, &near, &mut locator);
        render::print(render::json(&found))?;
    } else if all.is_empty() {
        let asked = words.join(" ");
        let mut text = match lang {
            Lang::Zh => format!("没有找到“{asked}”。"),
            Lang::En => format!("Nothing holds `{asked}`."),
        };
        text += match (near.is_empty(), lang) {
            (true, Lang::Zh) => "可换个说法，或用 jialiang list 看有什么。\n",
            (true, Lang::En) => " Try other words, or jialiang list for what there is.\n",
            (false, Lang::Zh) => "是否要找：\n",
            (false, Lang::En) => " Did you mean:\n",
        };
        for one in &near {
            text += &format!("  {}  {}\n", one.address, lang.of(&one.name));
        }
        render::print(visible(&text))?;
    } else {
        let mut text: String =
            hits.iter().map(|hit| shown(hit, &words, &mut locator, args.speech)).collect();
        let more = all.len() - hits.len();
        if more > 0 {
            text += &match lang {
                Lang::Zh => format!("另有 {more} 条；全部列出：--limit 0\n"),
                Lang::En => format!("{more} more; to list all: --limit 0\n"),
            };
        }
        render::print(text)?;
    }
    Ok(ExitCode::from(u8::from(all.is_empty())))
}

/// A hit in two lines, or in three where a text decides.
fn shown(hit: &Hit<'_>, words: &[&str], locator: &mut Locator<'_>, speech: Speech) -> String {
    let lang = speech.lang;
    let name = hit.target.name();
    let (address, most) = (hit.target.address(), most_columns());
    let name_of = lang.of(&name);
    let wide = most.is_some_and(|most| width(&address) + 2 + width(name_of) > most);
    let mut text = format!(
        "{}{}{}\n",
        marked(&address, if hit.rank == Rank::Id { words } else { &[] }, speech),
        if wide { "\n    " } else { "  " },
        marked(name_of, words, speech)
    );
    if !matches!(hit.rank, Rank::Id) && hit.text != lang.of(&name) {
        let (zh, en) = (hit.field.zh(), hit.field.as_str());
        let colon = lang.pick("：", ": ");
        let around = around(hit.text, words, most);
        text += &format!("    {}{colon}{}\n", lang.pick(zh, en), marked(&around, words, speech));
    }
    let place = Place::at(hit.target.document(), hit.at.clone());
    let line = locator.find(&place).map(|located| located.start.line);
    let path = render::in_repository(&locator.shown(hit.target.document()));
    let spot = line.map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
    let sort = hit.target.sort();
    text + &format!("    {}  {}\n", lang.pick(sort.zh(), sort.as_str()), visible(&spot))
}

/// What stands around the first of the words, where a text is long; no more than fits a line
/// of Chinese behind its heading.
fn around(text: &str, words: &[&str], most: Option<usize>) -> String {
    const MOST: usize = 80;
    let most = most.map_or(MOST, |columns| (columns.saturating_sub(16) / 2).clamp(10, MOST));
    let before = most / 4;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let first = marks(text, words).first().map_or(0, |at| at.start);
    let hit = chars.iter().position(|(at, _)| *at == first).unwrap_or(0);
    if chars.len() <= most {
        return text.to_owned();
    }
    let from = hit.saturating_sub(before);
    let part: String = chars.iter().skip(from).take(most).map(|(_, c)| c).collect();
    let cut = |cut: bool| if cut { "…" } else { "" };
    format!("{}{part}{}", cut(from > 0), cut(from + most < chars.len()))
}

/// A text with the words in it in colour, where there is colour.
fn marked(text: &str, words: &[&str], speech: Speech) -> String {
    let text = visible(text);
    if !speech.colour {
        return text;
    }
    let (mut shown, mut from) = (String::new(), 0);
    for at in marks(&text, words) {
        shown += text.get(from..at.start).unwrap_or_default();
        shown += &format!("\u{1b}[1;31m{}\u{1b}[0m", text.get(at.clone()).unwrap_or_default());
        from = at.end;
    }
    shown + text.get(from..).unwrap_or_default()
}
