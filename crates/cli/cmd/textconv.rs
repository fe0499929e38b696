//! `jialiang textconv`: an edition as text to compare.

use std::process::ExitCode;

use jialiang_diff::{facts, words};
use jialiang_model::canonical;
use jialiang_model::kind::{Document, Edition, Kind};

use super::{Failure, document, merge_driver};
use crate::args::Textconv;
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Textconv) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let bytes = document::bytes(&args.file)?;
    let kind = document::kind_of_path(&args.file);
    let shown = converted(kind, &bytes, lang).or_else(|| {
        // In the midst of a merge, both sides of what is in conflict.
        let sides = merge_driver::sides(std::str::from_utf8(&bytes).ok()?)?;
        let [ours, theirs] = sides.map(|side| converted(kind, side.as_bytes(), lang));
        Some(merge_driver::marked(&ours?, &theirs?, 7))
    });
    render::print(shown.map_or(bytes, String::into_bytes))?;
    Ok(ExitCode::SUCCESS)
}

/// A document as text to compare; none where it does not read.
fn converted(kind: Option<Kind>, bytes: &[u8], lang: Lang) -> Option<String> {
    let kind = kind.or_else(|| document::kind_of_text(bytes))?;
    Some(match document::read(kind, bytes)? {
        Document::Edition(edition) => text(&edition, lang),
        document => canonical::write(&document),
    })
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
