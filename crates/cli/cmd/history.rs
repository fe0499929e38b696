//! `jialiang history`.

use std::process::ExitCode;

use jialiang_check::output::ask::{Asking, History as Output};
use jialiang_model::finding::Message;
use jialiang_resolve::{InForce, Known};

use super::asking::{Typed, warn};
use super::{Asked, Failure, Open, out};
use crate::args::{History, HistoryFormat};
use crate::render;

pub(crate) fn run(args: &History) -> Result<ExitCode, Failure> {
    let typed = Typed::read(&args.asked)?;
    if typed.on.is_some() || typed.known.is_some() {
        return Err(Failure::Said(Message::new(
            "历史列出全部日期，地址里不写日期；某一天的标准请用 jialiang ask",
            "a history is of all days: write no day in the address, or ask for one with jialiang ask",
        )));
    }
    if let Some(path) = &args.out {
        let asked = Asked::new(&args.asked.registry.iter().cloned().collect::<Vec<_>>())?;
        out::is_outside(path, &asked.folder)?;
    }
    let open = Open::new(args.asked.registry.as_ref(), typed.rev)?;
    warn(&open, args.speech.lang);
    let force = InForce::new(&open.loaded.registry);
    let meant = typed.meant(&open, &force, &args.asked)?;
    let Some(item) = &meant.item else {
        let place = &meant.place;
        return Err(Failure::Said(Message::new(
            format!(
                "请写服务项目，如 jialiang history {place} resident-pension；jialiang ask {place} 列出有什么"
            ),
            format!(
                "name an item, as in jialiang history {place} resident-pension; jialiang ask {place} lists them"
            ),
        )));
    };
    let Some(valid) = jialiang_model::date::Day::since_1970(0) else {
        return Ok(ExitCode::from(2));
    };
    let commit = open.git.as_ref().map(|git| git.commit());
    let asking = Asking {
        place: &meant.place,
        item: Some(item),
        line: meant.line.as_deref(),
        standard: meant.standard.as_deref(),
        facts: &meant.facts,
        // A history is of all days: this one is not looked at.
        valid,
        known: Known::Latest,
        rev: commit.as_deref(),
    };
    let output = Output::new(&open.loaded.registry, &open.loaded.texts, &force, &asking);
    let speech =
        crate::args::Speech { colour: args.speech.colour && args.out.is_none(), ..args.speech };
    let text = match args.format {
        HistoryFormat::Human => render::history::human(&output, speech),
        HistoryFormat::Json => render::json(&output),
        HistoryFormat::Svg => render::history::svg::picture(&output, speech.lang),
        HistoryFormat::Markdown => render::history::markdown(&output, speech.lang),
    };
    let same = |old: &[u8]| match args.format {
        HistoryFormat::Svg => old.starts_with(b"<svg "),
        HistoryFormat::Json => serde_json::from_slice::<Output>(old).is_ok(),
        HistoryFormat::Human | HistoryFormat::Markdown => {
            out::first(old) == out::first(text.as_bytes())
        }
    };
    out::put(text.as_bytes(), args.out.as_deref(), args.force, args.speech, same)?;
    Ok(ExitCode::from(u8::from(output.strands.is_empty())))
}
