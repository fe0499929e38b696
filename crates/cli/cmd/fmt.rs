//! `jialiang fmt`.

use std::process::ExitCode;

use jialiang_model::canonical;
use jialiang_model::kind::Kind;
use jialiang_model::read;
use jialiang_store::Source;

use super::progress::watched;
use super::{Asked, Failure};
use crate::args::Fmt;
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Fmt) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let asked = Asked::new(&args.paths)?;
    let source = Source::Folder(asked.folder.clone());
    let loaded = watched(args.speech, |progress| progress.load(&source))?;
    asked.is_met_by(&loaded, &args.paths)?;
    let mut out = String::new();
    let (mut same, mut changed, mut unreadable) = (0, 0, 0);
    for document in loaded.documents.iter().filter(|document| asked.covers(document)) {
        let shown = loaded.texts.shown(document);
        let bytes = loaded.texts.read(document)?;
        let written = Kind::at(document).and_then(|kind| rewritten(kind, &bytes));
        match written {
            None => {
                unreadable += 1;
                out += &match lang {
                    Lang::Zh => format!("无法读取，未改写：{shown}\n"),
                    Lang::En => format!("cannot be read, left as it is: {shown}\n"),
                };
            }
            Some(text) if text.as_bytes() == bytes.as_ref() => same += 1,
            Some(text) => {
                changed += 1;
                let line = first_difference(&text, &String::from_utf8_lossy(&bytes));
                out += &match (lang, args.check) {
                    // What is mended is not wrong any more.
                    (_, false) if args.speech.quiet => String::new(),
                    (Lang::Zh, true) => format!("要改写：{shown}:{line}\n"),
                    (Lang::En, true) => format!("would change: {shown}:{line}\n"),
                    (Lang::Zh, false) => format!("已改写：{shown}\n"),
                    (Lang::En, false) => format!("rewritten: {shown}\n"),
                };
                if !args.check {
                    asked.folder.write(document, text.as_bytes())?;
                }
            }
        }
    }
    if !args.speech.quiet {
        out += &summary(lang, args.check, same, changed, unreadable);
    }
    render::print(&out)?;
    let failed = unreadable > 0 || (args.check && changed > 0);
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The document in the one layout; none where it does not read, or would not read back
/// the same.
fn rewritten(kind: Kind, bytes: &[u8]) -> Option<String> {
    let document = kind.read(read::scan(bytes)?).ok()?;
    let text = canonical::write(&document);
    (kind.read(&text).as_ref() == Ok(&document)).then_some(text)
}

/// The first line, from 1, on which two texts differ.
fn first_difference(a: &str, b: &str) -> usize {
    a.split('\n').zip(b.split('\n')).take_while(|(a, b)| a == b).count() + 1
}

fn summary(lang: Lang, check: bool, same: usize, changed: usize, unreadable: usize) -> String {
    let mut text = match (lang, check) {
        (Lang::Zh, true) => format!("{same} 份文档已是规范格式，{changed} 份要改写。\n"),
        (Lang::En, true) => {
            format!("{same} documents are in the one layout, {changed} would change.\n")
        }
        (Lang::Zh, false) => format!("{same} 份文档本来就是规范格式，改写了 {changed} 份。\n"),
        (Lang::En, false) => {
            format!("{same} documents were in the one layout, {changed} were rewritten.\n")
        }
    };
    if check && changed > 0 {
        text += lang.pick("改写：jialiang fmt\n", "to rewrite them: jialiang fmt\n");
    }
    if unreadable > 0 {
        text += &match lang {
            Lang::Zh => format!("{unreadable} 份无法读取，原因见：jialiang check\n"),
            Lang::En => {
                format!("{unreadable} could not be read; for the reasons: jialiang check\n")
            }
        };
    }
    text
}
