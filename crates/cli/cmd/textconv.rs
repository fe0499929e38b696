//! `jialiang textconv`: an edition as text to compare.

use std::process::ExitCode;

use jialiang_diff::{facts, words};
use jialiang_model::canonical;
use jialiang_model::kind::{Document, Edition};

use super::{Failure, document};
use crate::args::Textconv;
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Textconv) -> Result<ExitCode, Failure> {
    let bytes = document::bytes(&args.file)?;
    let kind = document::kind_of_path(&args.file).or_else(|| document::kind_of_text(&bytes));
    match kind.and_then(|kind| document::read(kind, &bytes)) {
        Some(Document::Edition(edition)) => {
            render::print(text(&edition, args.speech.lang))?;
        }
        Some(document) => render::print(canonical::write(&document))?,
        None => render::print(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The edition, a line for each fact.
fn text(edition: &Edition, lang: Lang) -> String {
    let mut text = String::new();
    for (slot, value) in facts(edition) {
        for line in words::told(&slot, &value) {
            text += &format!("{}: {}\n", lang.of(&line.label), lang.of(&line.text));
        }
    }
    text
}
