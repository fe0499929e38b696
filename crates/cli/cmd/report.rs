//! `jialiang report`.

use std::process::ExitCode;

use jialiang_check::locate::Locator;
use jialiang_check::output::report::Output;
use jialiang_check::report::{coverage, unverified};

use super::progress::watched;
use super::{Asked, Failure, source};
use crate::args::{Report, Topic};
use crate::render;

pub(crate) fn run(args: &Report) -> Result<ExitCode, Failure> {
    let asked = Asked::new(&args.paths)?;
    let source = source(&asked.folder, args.rev.as_deref())?;
    let loaded = watched(args.speech, |progress| progress.load(&source))?;
    asked.is_met_by(&loaded, &args.paths)?;
    let covers = |path: &str| asked.covers(path);
    let output = match args.topic {
        Topic::Unverified => {
            let all = unverified(&loaded, covers);
            Output::of_unverified(&all, &mut Locator::new(&loaded.texts))
        }
        Topic::Coverage => Output::of_coverage(&coverage(&loaded, covers)),
    };
    let unreadable = loaded.unreadable.iter().filter(|u| asked.covers(&u.path)).count();
    let shown = |document: &str| loaded.texts.shown(document);
    render::print(render::report::output(&output, args, unreadable, shown))?;
    Ok(ExitCode::SUCCESS)
}
