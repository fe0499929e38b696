//! `jialiang check`.

use std::process::ExitCode;

use jialiang_check::{Report, Subject, can_be_accepted};
use jialiang_model::finding::Level;
use jialiang_store::{Base, Loaded, Source};

use super::progress::{Progress, watched};
use super::{Asked, Failure};
use crate::args::{Check, Format, Speech, Terms};
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Check) -> Result<ExitCode, Failure> {
    watched(args.speech, |progress| check(args, progress))?.finish(args)
}

/// What was found, and where.
struct Checked {
    asked: Asked,
    loaded: Loaded,
    base: Option<Base>,
    report: Report,
    /// How many errors stand outside the part that was asked for.
    elsewhere: usize,
}

fn check(args: &Check, progress: &Progress) -> Result<Checked, Failure> {
    if let Some(terms) = &args.accept_all {
        super::accept::in_time(terms, args.on)?;
    }
    let asked = Asked::new(&args.paths)?;
    // What differs from the base is looked for while the registry is read.
    let (loaded, base) = std::thread::scope(|scope| {
        let rev = args.base.as_deref();
        let base = rev.map(|rev| scope.spawn(|| super::diff::base(&asked.folder, rev)));
        let loaded = progress.load(&Source::Folder(asked.folder.clone()));
        let base = base.map(|base| base.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
        (loaded, base)
    });
    let (mut loaded, base) = (loaded?, base.transpose()?);
    asked.is_met_by(&loaded, &args.paths)?;
    if let Some(base) = &base {
        loaded.texts = loaded.texts.clone().with_base(base);
    }
    progress.checks();
    let mut subject = Subject::new(&loaded);
    subject.base = base.as_ref();
    subject.on = args.on;
    let mut report = jialiang_check::run(&subject);
    let errors = report.count(Level::Error);
    if asked.is_part() {
        report.findings.retain(|finding| {
            asked.covers(&finding.place.document)
                || finding.related.iter().any(|r| asked.covers(&r.place.document))
        });
        report.accepted.retain(|accepted| asked.covers(&accepted.finding.place.document));
        report.skipped.retain(|skipped| asked.covers(&skipped.document));
    }
    let elsewhere = errors - report.count(Level::Error);
    Ok(Checked { asked, loaded, base, report, elsewhere })
}

impl Checked {
    /// Prints what was found, or accepts it.
    fn finish(self, args: &Check) -> Result<ExitCode, Failure> {
        let Self { asked, loaded, base, report, elsewhere } = self;
        if let Some(terms) = &args.accept_all {
            return accept_all(&asked, &loaded, &report, terms, args.speech);
        }
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
        let failed = report.count(Level::Error) > 0
            || (args.deny_warnings && report.count(Level::Warning) > 0);
        // Giving back a nation's worth of memory piece by piece takes longer than exiting.
        std::mem::forget((loaded, base, report));
        Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// Writes an acceptance for each error and warning that somebody can answer for.
fn accept_all(
    asked: &Asked,
    loaded: &Loaded,
    report: &Report,
    terms: &Terms,
    Speech { lang, quiet, colour: _ }: Speech,
) -> Result<ExitCode, Failure> {
    let (mut accepted, mut left) = (0, 0);
    for finding in report.findings.iter().filter(|finding| finding.level != Level::Note) {
        if can_be_accepted(finding) {
            super::accept::write(&asked.folder, &loaded.registry, finding, terms)?;
            accepted += 1;
        } else {
            left += 1;
        }
    }
    let until = terms.until;
    let folder = loaded.texts.shown("acceptances");
    let mut text = match lang {
        _ if quiet => String::new(),
        Lang::Zh => format!("接受了 {accepted} 条发现，到 {until} 为止；请提交 {folder}/\n"),
        Lang::En => format!("accepted {accepted} findings until {until}; commit {folder}/\n"),
    };
    if left > 0 {
        text += &match lang {
            Lang::Zh => format!("还有 {left} 条不能接受，只能改正：jialiang check\n"),
            Lang::En => {
                format!("{left} more cannot be accepted, and must be mended: jialiang check\n")
            }
        };
    }
    render::print(&text)?;
    Ok(if left > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
