//! A name where an id belongs: the id of what bears the name.

use jialiang_model::Grammar;
use jialiang_model::finding::Message;
use jialiang_model::id::{AGENCY, AgencyId, INSTRUMENT, InstrumentId, STANDARD, StandardId};
use jialiang_model::kind::Jurisdiction;
use jialiang_model::kind::edition::EDITION;
use jialiang_model::lookup::{Target, look_up};
use jialiang_store::Loaded;

use super::{Desk, Failure};
use crate::args::{New, Unread, What};

/// The words with an id in place of each name that one thing on record bears, and what to say
/// where that does not make them whole. What was read so is told.
pub(super) fn read(loaded: &Loaded, args: &New, unread: &Unread) -> Result<Begun, Failure> {
    let mut begun = begin(&Desk { loaded, args }, unread)?;
    while let What::Unread(unread) = &begun.args.what {
        let next = begin(&Desk { loaded, args: &begun.args }, unread)?;
        begun.notes.extend(next.notes);
        begun.args = next.args;
    }
    Ok(begun)
}

/// Words that were read by names, and which ids those stand for.
pub(super) struct Begun {
    pub(super) args: New,
    pub(super) notes: Vec<Message>,
}

fn begin(desk: &Desk<'_>, unread: &Unread) -> Result<Begun, Failure> {
    let Unread { word, grammar, .. } = unread;
    let id = desk.id_of(word, grammar);
    let again = id.and_then(|id| Some((unread.again(id.clone())?, id)));
    let Some((read, id)) = again else { return Err(desk.unread(unread)) };
    let args = read.map_err(|said| Failure::Said(Message::new(said.clone(), said)))?;
    let note = Message::new(format!("“{word}”即 {id}"), format!("`{word}` is {id}"));
    Ok(Begun { args, notes: vec![note] })
}

impl Desk<'_> {
    /// That a word is no id, and which id its bearer has where one bears it as a name.
    pub(super) fn unread(&self, unread: &Unread) -> Failure {
        let Unread { said, word, grammar, .. } = unread;
        let (zh, en) = match self.id_of(word, grammar) {
            Some(id) => (format!("是否指 {id}？"), format!("did you mean {id}?")),
            None => {
                let example = grammar.example;
                (format!("写法如 {example}"), format!("write it as in {example}"))
            }
        };
        Failure::Said(Message::new(format!("{}；{zh}", said.zh), format!("{}; {en}", said.en)))
    }

    /// The id, of the form that is wanted, of what is called so; of a pair, whose place is
    /// called so.
    fn id_of(&self, word: &str, grammar: &Grammar) -> Option<String> {
        let registry = &self.loaded.registry;
        match (*grammar, look_up(registry, word).ok()) {
            (STANDARD, Some(Target::Standard(entry))) => return Some(entry.value.id.to_string()),
            (EDITION, Some(Target::Standard(entry))) => return Some(entry.value.id.to_string()),
            (EDITION, Some(Target::Edition(entry))) => return Some(entry.value.id().to_string()),
            (INSTRUMENT, Some(Target::Instrument(entry))) => {
                return Some(entry.value.id.to_string());
            }
            _ => {}
        }
        let Some((head, rest)) = word.split_once('/') else {
            let one_word = ![STANDARD, EDITION, INSTRUMENT, AGENCY].contains(grammar);
            return self.place_called(word).filter(|_| one_word).map(|place| place.id.to_string());
        };
        let place = self.place_called(head)?;
        let pair = format!("{}/{rest}", place.id);
        match *grammar {
            STANDARD => StandardId::parse(&pair).map(|id| id.to_string()),
            INSTRUMENT => InstrumentId::parse(&pair).map(|id| id.to_string()),
            EDITION => {
                let standard = pair.split('@').next().unwrap_or_default();
                StandardId::parse(standard).map(|_| pair)
            }
            AGENCY => AgencyId::parse(&pair).map(|id| id.to_string()).or_else(|| {
                let short = |name: &str| name == rest || name.ends_with(rest);
                let agency = place.agencies.iter().find(|one| short(one.name.zh.as_str()))?;
                Some(format!("{}/{}", place.id, agency.id))
            }),
            _ => None,
        }
    }

    fn place_called(&self, word: &str) -> Option<&Jurisdiction> {
        match look_up(&self.loaded.registry, word).ok()? {
            Target::Place(entry) => Some(&entry.value),
            _ => None,
        }
    }
}
