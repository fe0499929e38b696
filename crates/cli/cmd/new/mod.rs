//! `jialiang new`: a document to fill in, with what is known and nothing else.
//!
//! What it writes is never made up: a source that nobody names is left out, and check says
//! so until there is one.

mod edition;

use std::process::ExitCode;

use jialiang_check::nearest;
use jialiang_model::canonical;
use jialiang_model::finding::Message;
use jialiang_model::id::{AgencyId, InstrumentId, StandardId};
use jialiang_model::kind::standard::Implements;
use jialiang_model::kind::{
    Document, Expected, Instrument, Jurisdiction, Kind, SchemaRef, Standard, jurisdiction_path,
};
use jialiang_model::source::Source;
use jialiang_model::text::{Phrase, Text};
use jialiang_model::version::Requirement;
use jialiang_store::Loaded;

use super::progress::watched;
use super::{Asked, Failure};
use crate::args::{New, NewInstrument, NewPlace, NewStandard, What};
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
    let desk = Desk { loaded: &loaded, args };
    let Draft { document, mut notes } = match &args.what {
        What::Place(new) => desk.place(new)?,
        What::Instrument(new) => desk.instrument(new)?,
        What::Standard(new) => desk.standard(new)?,
        What::Edition(new) => desk.edition(new)?,
    };
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
            return Err(there(&shown(&path)));
        }
        if let Some(other) = misplaced.iter().find(|m| m.says == path) {
            return Err(there(&shown(&other.path)));
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

    fn place(&self, new: &NewPlace) -> Result<Draft, Failure> {
        let schema = self.vacant(&Expected::Jurisdiction(new.id.clone()))?;
        if let Some(parent) = &new.parent {
            self.has_place(parent.as_str())?;
        }
        let same = |code| {
            let mut all = self.loaded.registry.jurisdictions.values();
            all.find(|entry| entry.value.code == Some(code))
        };
        let mut notes = Vec::new();
        if let Some(other) = new.code.and_then(same) {
            let (code, id, name) = (new.code, &other.value.id, &other.value.name.zh);
            let code = code.map(|code| code.to_string()).unwrap_or_default();
            notes.push(Message::new(
                format!("代码 {code} 也是“{name}”（{id}）的，请核对"),
                format!("the code {code} is that of `{id}` too: see which is right"),
            ));
        }
        let english = self.args.english.clone();
        Ok(Draft { document: jurisdiction(new, english, schema, self.source(None)), notes })
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

    fn standard(&self, new: &NewStandard) -> Result<Draft, Failure> {
        let NewStandard { id, name, implements } = new;
        let schema = self.vacant(&Expected::Standard(id.clone()))?;
        self.has_place(id.place())?;
        let implements = match implements {
            None => None,
            Some((standard, versions)) => {
                self.has_standard(standard)?;
                let versions = match versions {
                    Some(versions) => versions.clone(),
                    None => self.as_numbered(standard)?,
                };
                Some(Implements { standard: standard.clone(), versions })
            }
        };
        let mut notes = Vec::new();
        if implements.is_none() {
            notes.push(Message::new(
                "还没有分类：没有上级标准的，请写 areas（方面、类和项目标识）",
                "it has no taxonomy yet: without a standard above, write its areas, with their categories and the ids of items",
            ));
        }
        let document = Document::Standard(Box::new(Standard {
            schema,
            id: id.clone(),
            name: self.text(name),
            implements,
            areas: Vec::new(),
            source: self.source(None),
        }));
        Ok(Draft { document, notes })
    }

    /// The editions that share the first number of a standard's last one.
    fn as_numbered(&self, standard: &StandardId) -> Result<Requirement, Failure> {
        let editions = self.loaded.registry.editions.values();
        let last = editions
            .filter(|e| e.value.standard == *standard && e.value.draft != Some(true))
            .map(|e| e.value.version.semver().major)
            .max();
        last.and_then(|major| Requirement::parse(&format!("^{major}"))).ok_or_else(|| {
            Failure::Said(Message::new(
                format!(
                    "“{standard}”还没有哪一版在库中，请写明对应的版本，如 --implements {standard}@^1"
                ),
                format!(
                    "no edition of `{standard}` is on record: say which it answers to, such as --implements {standard}@^1"
                ),
            ))
        })
    }

    /// That a place is on record.
    fn has_place(&self, place: &str) -> Result<(), Failure> {
        let places = &self.loaded.registry.jurisdictions;
        if places.contains_key(place) {
            return Ok(());
        }
        self.is_readable(&jurisdiction_path(place))?;
        Err(unknown(
            ("行政区划", "place"),
            place,
            nearest(place, places.keys().map(|id| id.as_str())),
            &format!("jialiang new place {place} …"),
        ))
    }

    /// That an agency is on record.
    fn has_agency(&self, agency: &AgencyId) -> Result<(), Failure> {
        self.has_place(agency.place())?;
        let place = self.loaded.registry.jurisdictions.get(agency.place());
        let known: Vec<String> = place
            .into_iter()
            .flat_map(|place| &place.value.agencies)
            .map(|known| format!("{}/{}", agency.place(), known.id))
            .collect();
        if known.iter().any(|known| known == agency.as_str()) {
            return Ok(());
        }
        let near = nearest(agency.as_str(), known.iter().map(String::as_str));
        let file = self.loaded.texts.shown(&jurisdiction_path(agency.place()));
        let (zh, en) = meant(
            near,
            &format!("请先写进 {file} 的 agencies"),
            &format!("add it to the agencies in {file} first"),
        );
        Err(Failure::Said(Message::new(
            format!("登记库里没有单位“{agency}”；{zh}"),
            format!("no agency `{agency}` is on record; {en}"),
        )))
    }

    /// That a standard is on record.
    fn has_standard(&self, standard: &StandardId) -> Result<&Standard, Failure> {
        let standards = &self.loaded.registry.standards;
        if let Some(entry) = standards.get(standard) {
            return Ok(&entry.value);
        }
        self.is_readable(&Expected::Standard(standard.clone()).path())?;
        Err(unknown(
            ("标准", "standard"),
            standard.as_str(),
            nearest(standard.as_str(), standards.keys().map(|id| id.as_str())),
            &format!("jialiang new standard {standard} …"),
        ))
    }

    /// That an instrument is on record.
    fn has_instrument(&self, instrument: &InstrumentId) -> Result<(), Failure> {
        let instruments = &self.loaded.registry.instruments;
        if instruments.contains_key(instrument) {
            return Ok(());
        }
        self.is_readable(&Expected::Instrument(instrument.clone()).path())?;
        Err(unknown(
            ("文件", "instrument"),
            instrument.as_str(),
            nearest(instrument.as_str(), instruments.keys().map(|id| id.as_str())),
            &format!("jialiang new instrument {instrument} …"),
        ))
    }

    /// That what is not on record is not there and unreadable.
    fn is_readable(&self, path: &str) -> Result<(), Failure> {
        match self.loaded.unreadable.iter().any(|u| *u.path == *path) {
            true => Err(Failure::Unreadable(self.loaded.texts.shown(path))),
            false => Ok(()),
        }
    }
}

/// That something stands where a document was to be new.
fn there(shown: &str) -> Failure {
    Failure::Said(Message::new(
        format!("{shown} 已经有了，未改动；要改请直接编辑，或换一个标识"),
        format!("{shown} is there already, and was left as it is: edit it, or choose another id"),
    ))
}

/// That a word names nothing on record, and what to do about it.
fn unknown((zh, en): (&str, &str), word: &str, near: Option<&str>, command: &str) -> Failure {
    let (then_zh, then_en) =
        meant(near, &format!("请先写下它：{command}"), &format!("write it first: {command}"));
    Failure::Said(Message::new(
        format!("登记库里没有{zh}“{word}”；{then_zh}"),
        format!("no {en} `{word}` is on record; {then_en}"),
    ))
}

/// What may have been meant, else what to do.
fn meant(near: Option<&str>, zh: &str, en: &str) -> (String, String) {
    match near {
        Some(near) => (format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
        None => (zh.to_owned(), en.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_a_document_does_not_name_is_told() {
        let Failure::Said(Message { zh, en }) =
            unknown(("行政区划", "place"), "hebie", Some("hebei"), "x")
        else {
            unreachable!()
        };
        assert_eq!(zh, "登记库里没有行政区划“hebie”；是否想写“hebei”？");
        assert_eq!(en, "no place `hebie` is on record; did you mean `hebei`?");
        assert_eq!(
            there("x").sentence(Lang::En),
            "error: x is there already, and was left as it is: edit it, or choose another id"
        );
    }
}
