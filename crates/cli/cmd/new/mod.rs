//! `jialiang new`: a document to fill in, with what is known and nothing else.
//!
//! What it writes is never made up: a source that nobody names is left out, and check says
//! so until there is one.

mod adjustment;
mod edition;
mod known;
mod named;
mod place;
mod standard;

use std::process::ExitCode;

use jialiang_model::canonical;
use jialiang_model::finding::Message;
use jialiang_model::id::InstrumentId;
use jialiang_model::kind::{Document, Expected, Instrument, Jurisdiction, Kind, SchemaRef};
use jialiang_model::source::Source;
use jialiang_model::text::{Phrase, Text};
use jialiang_store::Loaded;

use super::progress::watched;
use super::{Asked, Failure};
use crate::args::{New, NewInstrument, NewPlace, What};
use crate::lang::Lang;
use crate::render;

/// A document to fill in.
struct Draft {
    document: Document,
    /// What somebody should know of how it begins, and what is left to fill in.
    notes: Vec<Message>,
}

pub(crate) fn run(args: &New) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let asked = Asked::new(&args.registry.iter().cloned().collect::<Vec<_>>())?;
    let source = jialiang_store::Source::Folder(asked.folder.clone());
    let loaded = watched(args.speech, |progress| progress.load(&source))?;
    let read = match &args.what {
        What::Unread(unread) => Some(named::read(&loaded, args, unread)?),
        _ => None,
    };
    let args = read.as_ref().map_or(args, |read| &read.args);
    let desk = Desk { loaded: &loaded, args };
    let Draft { document, mut notes } = match &args.what {
        What::Place(new) => desk.place(new)?,
        What::Instrument(new) => desk.instrument(new)?,
        What::Adjustment(new) => desk.adjustment(new)?,
        What::Standard(new) => desk.standard(new)?,
        What::Edition(new) => desk.edition(new)?,
        What::Unread(unread) => return Err(desk.unread(unread)),
    };
    notes.splice(0..0, read.iter().flat_map(|read| read.notes.clone()));
    let path = document.identity().path();
    let text = canonical::write(&document);
    asked.folder.create(&path, text.as_bytes())?;
    let shown = loaded.texts.shown(&path);
    if args.speech.quiet {
        // What was asked for is the document: where it is.
        render::print(format!("{shown}\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    if !has_source(&document) {
        notes.push(Message::new(
            "还没有写来源：补上之前 check 会报 missing-source（下次可用 --url、--at）",
            "it has no source yet: until it has one, check says missing-source (--url and --at write one)",
        ));
    }
    let mut said = match lang {
        Lang::Zh => format!("已写入 {shown}\n"),
        Lang::En => format!("written: {shown}\n"),
    };
    said.extend(notes.iter().map(|note| format!("  {}\n", lang.of(note))));
    said += &match lang {
        Lang::Zh => format!("下一步：填写这份文档，再检查：\n  jialiang check {shown}\n"),
        Lang::En => format!("next: fill it in, then check it:\n  jialiang check {shown}\n"),
    };
    render::print(said)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether a document says where it comes from.
fn has_source(document: &Document) -> bool {
    match document {
        Document::Jurisdiction(d) => d.source.is_some(),
        Document::Instrument(d) => d.source.is_some(),
        Document::Standard(d) => d.source.is_some(),
        Document::Edition(d) => d.source.is_some(),
        Document::Plan(d) => d.source.is_some(),
        Document::Adjustment(d) => d.source.is_some(),
        Document::Crosswalk(d) => d.source.is_some(),
        Document::Indicators(d) => d.source.is_some(),
        // These speak of the registry, and come from nowhere else.
        Document::Registry(_) | Document::Acceptance(_) => true,
    }
}

/// A place as somebody describes it.
pub(super) fn jurisdiction(
    new: &NewPlace,
    english: Option<Phrase>,
    schema: SchemaRef,
    source: Option<Source>,
) -> Document {
    let NewPlace { id, name, level, code, parent } = new;
    Document::Jurisdiction(Box::new(Jurisdiction {
        schema,
        id: id.clone(),
        name: Text { zh: name.clone(), en: english },
        level: *level,
        code: *code,
        parent: parent.clone(),
        from: None,
        until: None,
        agencies: Vec::new(),
        followed: Vec::new(),
        source,
    }))
}

/// A registry, and what is asked for in it.
struct Desk<'a> {
    loaded: &'a Loaded,
    args: &'a New,
}

impl Desk<'_> {
    /// That nothing stands yet where a document would.
    fn vacant(&self, expected: &Expected) -> Result<SchemaRef, Failure> {
        let path = expected.path();
        let Loaded { documents, strays, misplaced, registry, .. } = self.loaded;
        let shown = |path: &str| self.loaded.texts.shown(path);
        if documents.iter().any(|d| **d == *path) || strays.iter().any(|s| *s.path == *path) {
            return Err(self.there(expected, &shown(&path)));
        }
        if let Some(other) = misplaced.iter().find(|m| m.says == path) {
            return Err(self.there(expected, &shown(&other.path)));
        }
        let kind = Kind::at(&path).unwrap_or(Kind::Registry);
        let card = registry.card.as_ref().map(|card| &card.value.schema);
        Ok(SchemaRef::beside(card, kind, path.matches('/').count()))
    }

    fn text(&self, zh: &Phrase) -> Text {
        Text { zh: zh.clone(), en: self.args.english.clone() }
    }

    /// Where the document comes from, as far as somebody says; compared with it is nothing.
    fn source(&self, instrument: Option<&InstrumentId>) -> Option<Source> {
        let New { url, at, .. } = self.args;
        let source = Source {
            instrument: instrument.cloned(),
            url: url.clone(),
            at: at.clone(),
            excerpt: None,
            verified: false,
            note: Phrase::parse("待核对"),
        };
        source.names_something().then_some(source)
    }

    fn instrument(&self, new: &NewInstrument) -> Result<Draft, Failure> {
        let NewInstrument { id, title, number, issuers, issued, published, effective } = new;
        let schema = self.vacant(&Expected::Instrument(id.clone()))?;
        self.has_place(id.place())?;
        issuers.iter().try_for_each(|agency| self.has_agency(agency))?;
        let document = Document::Instrument(Box::new(Instrument {
            schema,
            id: id.clone(),
            title: self.text(title),
            number: number.clone(),
            issuers: issuers.clone(),
            issued: *issued,
            published: *published,
            effective: *effective,
            until: None,
            errata: Vec::new(),
            source: self.source(None),
        }));
        let mut notes = Vec::new();
        if issued.or(*published).or(*effective).is_none() {
            notes.push(Message::new(
                "还没有日期：没有印发、公布或施行日期的文件，不算已经发布",
                "it has no date yet: without one it is not known to have been issued",
            ));
        }
        Ok(Draft { document, notes })
    }
}
