//! `jialiang ask`.

use std::process::ExitCode;

use jialiang_check::output::answer::Answer;
use jialiang_check::output::ask::{Ask as Output, Asking};
use jialiang_model::finding::Message;
use jialiang_resolve::{InForce, Known};

use super::asking::{Typed, warn};
use super::{Failure, Open};
use crate::args::{Ask, AskFormat};
use crate::render;

pub(crate) fn run(args: &Ask) -> Result<ExitCode, Failure> {
    let typed = Typed::read(&args.asked)?;
    let one = |option: &str, a: Option<_>, b: Option<_>| match (a, b) {
        (Some(_), Some(_)) => Err(Failure::Said(Message::new(
            format!("地址里已有日期，不必再写 {option}"),
            format!("the address says the day already: leave {option} out"),
        ))),
        (a, b) => Ok(a.or(b)),
    };
    let on = one("--on", typed.on, args.on)?.or(args.today);
    let known = one("--known", typed.known, args.known)?;
    let Some(valid) = on else {
        return Err(Failure::Said(Message::new(
            "系统时间读不懂，请写明 --on 日期",
            "the clock tells no day: write --on DAY",
        )));
    };
    let open = Open::new(args.asked.registry.as_ref(), typed.rev)?;
    warn(&open, args.speech.lang);
    let force = InForce::new(&open.loaded.registry);
    let meant = typed.meant(&open, &force, &args.asked)?;
    let commit = open.git.as_ref().map(|git| git.commit());
    let asking = Asking {
        place: &meant.place,
        item: meant.item.as_deref(),
        line: meant.line.as_deref(),
        standard: meant.standard.as_deref(),
        facts: &meant.facts,
        valid,
        known: known.map_or(Known::Latest, Known::By),
        rev: commit.as_deref(),
    };
    let output = Output::new(&open.loaded.registry, &open.loaded.texts, &force, &asking);
    render::print(match args.format {
        AskFormat::Human => render::ask::human(&output, args.speech),
        AskFormat::Json => render::json(&output),
        AskFormat::Csv => render::ask::csv(&output, args.speech.lang),
        AskFormat::Markdown => render::ask::markdown(&output, args.speech.lang),
    })?;
    let definite = |answer: &Answer| match answer {
        Answer::Value(_) | Answer::NotYet(_) | Answer::Ended(_) | Answer::NotApplicable(_) => true,
        Answer::Undecided(_) | Answer::Unknown(_) => false,
    };
    let answered = output.answers().next().is_some() && output.answers().all(definite);
    Ok(ExitCode::from(u8::from(!answered)))
}
