//! `jialiang check`.

use std::process::ExitCode;

use jialiang_model::finding::Level;
use jialiang_store::{Source, load};

use super::{Asked, Failure};
use crate::args::{Check, Format};
use crate::render;

pub(crate) fn run(args: &Check) -> Result<ExitCode, Failure> {
    let asked = Asked::new(&args.paths)?;
    let loaded = load(&Source::Folder(asked.folder.clone()))?;
    asked.is_met_by(&loaded, &args.paths)?;
    let mut report = jialiang_check::run(&jialiang_check::Subject::new(&loaded));
    let errors = report.count(Level::Error);
    if asked.is_part() {
        report.findings.retain(|finding| {
            asked.covers(&finding.place.document)
                || finding.related.iter().any(|r| asked.covers(&r.place.document))
        });
        report.skipped.retain(|skipped| asked.covers(&skipped.document));
    }
    let elsewhere = errors - report.count(Level::Error);
    let text = match args.format {
        Format::Human => render::human::report(&report, &loaded.texts, args, elsewhere),
        Format::Json => render::json::report(&report, &loaded.texts),
        Format::Github => render::github::report(&report, &loaded.texts, args, elsewhere),
        Format::Sarif => render::sarif::report(&report, &loaded.texts, args.speech.lang),
        Format::Junit => render::junit::report(&report, &loaded.texts, args),
        Format::Gitlab => render::gitlab::report(&report, &loaded.texts, args.speech.lang),
        Format::Markdown => render::markdown::report(&report, &loaded.texts, args, elsewhere),
    };
    render::print(&text)?;
    let failed =
        report.count(Level::Error) > 0 || (args.deny_warnings && report.count(Level::Warning) > 0);
    // Giving back a nation's worth of memory piece by piece takes longer than exiting.
    std::mem::forget(loaded);
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
