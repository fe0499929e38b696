//! `jialiang accept`.

use std::process::ExitCode;

use jialiang_check::{Subject, at, can_be_accepted};
use jialiang_model::Registry;
use jialiang_model::canonical;
use jialiang_model::date::Day;
use jialiang_model::finding::Finding;
use jialiang_model::kind::{Acceptance, Document, Expected, Kind, SchemaRef};
use jialiang_model::text::Phrase;
use jialiang_store::source::Folder;
use jialiang_store::{Source, load};

use super::{Asked, Failure};
use crate::args::{Accept, Terms};
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Accept) -> Result<ExitCode, Failure> {
    in_time(&args.terms, args.on)?;
    let asked = Asked::new(&args.registry.iter().cloned().collect::<Vec<_>>())?;
    let loaded = load(&Source::Folder(asked.folder.clone()))?;
    let base = args.base.as_deref().map(|rev| super::diff::base(&asked.folder, rev)).transpose()?;
    let mut subject = Subject::new(&loaded);
    subject.base = base.as_ref();
    subject.on = args.on;
    let report = jialiang_check::run(&subject);
    let accepted = report.accepted.iter().map(|accepted| &accepted.finding);
    let mut all = report.findings.iter().chain(accepted);
    let found = all.find(|finding| finding.fingerprint() == args.fingerprint);
    let found = found.ok_or(Failure::NoFinding(args.fingerprint, args.base.is_some()))?;
    if !can_be_accepted(found) {
        return Err(Failure::NotAcceptable(args.fingerprint));
    }
    let lang = args.speech.lang;
    let path = write(&asked.folder, &loaded.registry, found, &args.terms)?;
    if args.speech.quiet {
        return Ok(ExitCode::SUCCESS);
    }
    let shown = loaded.texts.shown(&path);
    let until = args.terms.until;
    render::print(&match lang {
        Lang::Zh => format!("已接受到 {until} 为止：{}\n请提交 {shown}\n", found.message.zh),
        Lang::En => format!("accepted until {until}: {}\ncommit {shown}\n", found.message.en),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// That an acceptance would hold on the day of the check.
pub(super) fn in_time(terms: &Terms, on: Option<Day>) -> Result<(), Failure> {
    match on {
        Some(today) if terms.until <= today => Err(Failure::Over(terms.until)),
        Some(_) | None => Ok(()),
    }
}

/// Writes the acceptance of a finding, and tells its path.
pub(super) fn write(
    folder: &Folder,
    registry: &Registry,
    finding: &Finding,
    terms: &Terms,
) -> Result<String, Failure> {
    let Terms { reason, by, until } = terms;
    let fingerprint = finding.fingerprint();
    let card = registry.card.as_ref().map(|card| &card.value.schema);
    let at = at(finding);
    let acceptance = Acceptance {
        schema: SchemaRef::beside(card, Kind::Acceptance, 1),
        fingerprint,
        rule: Phrase::line(finding.rule),
        at: Phrase::line(&at),
        finding: Phrase::line(&finding.message.zh),
        reason: reason.clone(),
        by: by.clone(),
        until: *until,
    };
    let path = Expected::Acceptance(fingerprint).path();
    let text = canonical::write(&Document::Acceptance(Box::new(acceptance)));
    folder.write(&path, text.as_bytes())?;
    Ok(path)
}
