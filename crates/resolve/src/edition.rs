//! What is in force as editions, so that two places, or two days, are compared by the same
//! engine as two texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jialiang_model::cell::{Cell, CellValue};
use jialiang_model::date::Day;
use jialiang_model::id::{Id, StandardId};
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::{Edition, Kind, SchemaRef};
use jialiang_model::map::Map;
use jialiang_model::provision::Provision;
use jialiang_model::text::{Phrase, Text};
use jialiang_model::version::Version;

use crate::answer::{Answer, Answered, Held, Known, Question, Said};
use crate::ask::MOST_LEVELS;
use crate::facts::{Fact, Facts, overlap};
use crate::index::InForce;
use crate::item::{ItemInForce, Standing, Told};

/// One side of a comparison: a place at both clocks.
#[derive(Debug, Clone, Copy)]
pub struct At<'q> {
    /// The place.
    pub place: &'q str,
    /// The standard, or one that it implements; every one of the place where absent.
    pub standard: Option<&'q str>,
    /// The day for which it is asked.
    pub valid: Day,
    /// By when it was known.
    pub known: Known,
}

/// What is in force on two sides, as far as it is certain, as editions; and what is not.
#[derive(Debug, Clone)]
pub struct Sides<'a> {
    /// The items with the lines that are certain on both sides: a line that stands on one side
    /// only is not there on the other.
    pub lines: [Edition; 2],
    /// The items with what is said of them besides: what stands on one side only is not on
    /// record on the other.
    pub words: [Edition; 2],
    /// The lines that are undecided or unknown on a side: they stand in no edition.
    pub open: Vec<Open<'a>>,
    /// What is held on either side, by item and line of [`lines`](Self::lines).
    pub held: BTreeMap<(Id, Id), [Option<Held<'a>>; 2]>,
    /// What said the parts of items on either side, by item and by the key of the part.
    pub said: BTreeMap<(Id, &'static str), [Option<Said<'a>>; 2]>,
    /// Which side's place stands above the other's, where both are asked of one day, as known
    /// on one day.
    pub upper: Option<Upper>,
    /// Whether both sides are asked of one day, as known on one day.
    pub at_once: bool,
}

/// The side whose place stands above that of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upper {
    /// The first.
    First,
    /// The second.
    Second,
}

/// A line of which one side, or both, cannot be said.
#[derive(Debug, Clone)]
pub struct Open<'a> {
    /// The item.
    pub item: Id,
    /// The measure, and for whom, as an id.
    pub line: Id,
    /// The measure.
    pub measure: Id,
    /// For whom.
    pub cell: Cell,
    /// The answer on either side; none where nothing is on record.
    pub sides: [Option<Answer<'a>>; 2],
}

/// Whether an item stands on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    Stands,
    Not,
    Unknown,
}

/// One side of one item.
struct Side<'a> {
    id: Id,
    there: There,
    item: ItemInForce<'a>,
    answers: Vec<Answered<'a>>,
    /// What it continues of what stands on the other side.
    continues: Vec<Id>,
}

impl Side<'_> {
    /// Whether an item surely stands, and does not only begin later.
    fn is_there(&self) -> bool {
        let begins = |one: &Answered<'_>| matches!(one.answer, Answer::NotYet { .. });
        let unnamed = matches!(self.item.standing, Standing::Unknown);
        self.there == There::Stands && !(unnamed && self.answers.iter().all(begins))
    }
}

impl<'a> InForce<'a> {
    /// What is certainly in force in a place, as an edition; and the lines that are not
    /// certain. `None` where the place is no id.
    pub fn edition(&self, at: At<'_>) -> Option<(Edition, Vec<Open<'a>>)> {
        let Sides {
            lines: [mut edition, _],
            words: [words, _],
            open,
            held: _,
            said: _,
            upper: _,
            at_once: _,
        } = sides((self, at), (self, at))?;
        for item in &mut edition.items {
            let Some(told) = words.items.iter().find(|told| told.id == item.id) else { continue };
            let provisions = item.provisions.clone();
            *item = Arc::new(Item { provisions, ..Item::clone(told) });
        }
        Some((edition, open))
    }

    fn side(&self, at: At<'_>, root: &str, id: &Id) -> Side<'a> {
        let facts = Facts::none();
        let question = Question {
            place: at.place,
            item: id.as_str(),
            standard: Some(root),
            line: None,
            facts: &facts,
            valid: at.valid,
            known: at.known,
        };
        let item = self.item(&question);
        let mut answers = self.ask(&question);
        let not_here = !answers.is_empty()
            && answers.iter().all(|one| matches!(one.answer, Answer::NotApplicable(..)));
        answers.retain(|one| !one.measure.is_empty());
        let seen = answers.iter().any(|one| !matches!(one.answer, Answer::Unknown(_)));
        let has =
            |one: &Answered<'_>| matches!(one.answer, Answer::Value(_) | Answer::Undecided { .. });
        let there = match &item.standing {
            // What a place above takes away stands as far as the place has decided it itself.
            Standing::Retired(..) | Standing::NotApplicable(_) if answers.iter().any(has) => {
                There::Stands
            }
            Standing::Retired(..) | Standing::NotApplicable(_) => There::Not,
            Standing::Stands(_) | Standing::Unknown if not_here => There::Not,
            Standing::Stands(_) => There::Stands,
            Standing::Unknown if seen => There::Stands,
            Standing::Unknown => There::Unknown,
        };
        Side { id: id.clone(), there, item, answers, continues: Vec::new() }
    }
}

/// What is in force on two sides; `None` where a place is no id. Lines are told apart as finely
/// as either side does.
pub fn sides<'a>(
    (a, at_a): (&InForce<'a>, At<'_>),
    (b, at_b): (&InForce<'a>, At<'_>),
) -> Option<Sides<'a>> {
    let mut all = Sides {
        lines: [empty(at_a)?, empty(at_b)?],
        words: [empty(at_a)?, empty(at_b)?],
        open: Vec::new(),
        held: BTreeMap::new(),
        said: BTreeMap::new(),
        upper: upper((a, at_a), (b, at_b)),
        at_once: at_a.valid == at_b.valid && at_a.known == at_b.known,
    };
    let mut keys = a.items(at_a.place, at_a.standard);
    let mut seen: BTreeSet<_> = keys.iter().copied().collect();
    keys.extend(b.items(at_b.place, at_b.standard).into_iter().filter(|key| seen.insert(*key)));
    let names = names(b);
    let one_place = at_a.place == at_b.place;
    let mut pairs = Vec::new();
    for (root, item) in keys {
        let Some(id) = Id::parse(item) else { continue };
        pairs.push((root, [a.side(at_a, root, &id), b.side(at_b, root, &id)]));
    }
    for pair in linked(pairs, one_place) {
        if pair.iter().all(|side| side.there == There::Unknown) {
            continue;
        }
        let name = named(&pair, &names);
        words(&name, &pair, &mut all);
        lines((name, one_place), pair, &mut all);
    }
    Some(all)
}

/// An item that goes on as another: the one before and the later one, each by its index, and
/// the side on which the later one stands.
#[derive(Debug, Clone, Copy)]
struct Goes {
    before: usize,
    after: usize,
    later: usize,
}

/// What goes on under another id: what is retired on one side, and stands on the other.
fn goes_on(pairs: &[(&str, [Side<'_>; 2])], one_place: bool) -> Vec<Goes> {
    let mut found = Vec::new();
    for (before, (root, [a, b])) in pairs.iter().enumerate() {
        for (later, (gone, was)) in [(a, b), (b, a)].into_iter().enumerate() {
            let Standing::Retired(_, into) = &gone.item.standing else { continue };
            if gone.there != There::Not || !was.is_there() {
                continue;
            }
            for (after, (other, [a, b])) in pairs.iter().enumerate() {
                let (new, then) = if later == 0 { (a, b) } else { (b, a) };
                // Another place may have had both all along: there nothing went on.
                let is_new = new.is_there() && (one_place || !then.is_there());
                if root == other && before != after && is_new && into.contains(&&new.id) {
                    found.push(Goes { before, after, later });
                }
            }
        }
    }
    found
}

/// The items on both sides. One that goes on as one under another id is one pair, as if the id
/// were the same; of others it is said what they continue.
fn linked<'a>(pairs: Vec<(&str, [Side<'a>; 2])>, one_place: bool) -> Vec<[Side<'a>; 2]> {
    let links = goes_on(&pairs, one_place);
    let mut pairs: Vec<Option<[Side<'a>; 2]>> =
        pairs.into_iter().map(|(_, pair)| Some(pair)).collect();
    for Goes { before, after, later } in links.iter().copied() {
        let same = |one: &&Goes| one.before == before || one.after == after;
        let is_alone = links.iter().filter(same).count() == 1;
        let Some(old) = pairs.get_mut(before).and_then(Option::take) else { continue };
        let id = old.first().map(|side| side.id.clone());
        let Some([mut a, mut b]) = pairs.get_mut(after).and_then(Option::take) else { continue };
        let (new, then) = if later == 0 { (&mut a, &mut b) } else { (&mut b, &mut a) };
        new.continues.extend(id);
        let begins = !then.is_there();
        if begins {
            // That it begins later is no item without lines.
            then.there = There::Not;
        }
        let (old, pair) = match (begins && is_alone, old, later) {
            (true, [_, was], 0) => (None, [a, was]),
            (true, [was, _], _) => (None, [was, b]),
            (false, old, _) => (Some(old), [a, b]),
        };
        for (at, one) in [(before, old), (after, Some(pair))] {
            if let Some(slot) = pairs.get_mut(at) {
                *slot = one;
            }
        }
    }
    pairs.into_iter().flatten().collect()
}

/// Which place stands above the other, at the same two clocks.
fn upper((a, at_a): (&InForce<'_>, At<'_>), (b, at_b): (&InForce<'_>, At<'_>)) -> Option<Upper> {
    if at_a.valid != at_b.valid || at_a.known != at_b.known || at_a.place == at_b.place {
        return None;
    }
    let over = |force: &InForce<'_>, above: &str, at: At<'_>| {
        let up = |place: &&str| force.parent(place, at.standard);
        let mut way = std::iter::successors(force.parent(at.place, at.standard), up);
        way.by_ref().take(MOST_LEVELS).any(|place| place == above)
    };
    if over(b, at_a.place, at_b) {
        Some(Upper::First)
    } else {
        over(a, at_b.place, at_a).then_some(Upper::Second)
    }
}

/// An edition of no items; what it says of itself is not compared.
fn empty(at: At<'_>) -> Option<Edition> {
    let word = |text: &str| Text { zh: Phrase::line(text), en: None };
    let named = at.standard.and_then(StandardId::parse);
    let standard = named.or_else(|| StandardId::parse(&format!("{}/in-force", at.place)))?;
    Some(Edition {
        schema: SchemaRef::beside(None, Kind::Edition, 0),
        standard,
        version: Version::parse("0.0.0")?,
        label: None,
        name: word(at.place),
        draft: None,
        instrument: None,
        follows: None,
        effective: None,
        difference_from: None,
        transcribed: Transcribed::Full,
        counts: None,
        declared: None,
        editorial: Vec::new(),
        enacts: Vec::new(),
        not_applicable: Vec::new(),
        errata: Vec::new(),
        source: None,
        items: Vec::new(),
    })
}

/// What items are called in the latest documents that have them.
fn names<'a>(force: &InForce<'a>) -> BTreeMap<&'a str, &'a Text> {
    let editions = force.registry.editions.values().flat_map(|entry| &entry.value.items);
    editions.map(|item| (item.id.as_str(), &item.name)).collect()
}

/// Both sides of what every item has: a name, in force on the later side or the first, else as
/// the latest document has it.
fn named(pair: &[Side<'_>; 2], names: &BTreeMap<&str, &Text>) -> Text {
    let [a, b] = pair;
    let id = &b.id;
    let told = b.item.name.or(a.item.name).map(|told| told.value);
    let name = told.or_else(|| names.get(id.as_str()).copied());
    name.cloned().unwrap_or_else(|| Text { zh: Phrase::line(id.as_str()), en: None })
}

fn bare(id: &Id, name: Text, transcribed: Transcribed) -> Item {
    Item {
        id: id.clone(),
        name,
        category: id.clone(),
        transcribed: Some(transcribed),
        recipients: None,
        content: None,
        provisions: Vec::new(),
        responsibility: None,
        lead_agencies: Vec::new(),
        continues: Vec::new(),
        source: None,
    }
}

/// What is said of an item besides its lines, on both sides.
fn words<'a>(name_here: &Text, pair: &[Side<'a>; 2], all: &mut Sides<'a>) {
    // Of an item under two ids the words are told under the later one.
    let [_, Side { id, .. }] = pair;
    if pair.iter().any(|side| side.there == There::Not) {
        return;
    }
    let both_named = pair.iter().all(|side| side.item.name.is_some());
    for (at, side) in pair.iter().enumerate() {
        let ItemInForce { standing: _, name, recipients, content, responsibility, lead_agencies } =
            &side.item;
        let called = match name {
            Some(told) if both_named => told.value.clone(),
            Some(_) | None => name_here.clone(),
        };
        let mut item = bare(id, called, Transcribed::Partial);
        item.recipients = recipients.map(|told| Box::new(told.value.0.clone()));
        item.content = content.map(|told| Box::new(told.value.clone()));
        item.responsibility = responsibility.map(|told| Box::new(told.value.clone()));
        item.lead_agencies = lead_agencies.map(|told| told.value.to_vec()).unwrap_or_default();
        if let Some(edition) = all.words.get_mut(at) {
            edition.items.push(Arc::new(item));
        }
        let mut say = |key: &'static str, said: Option<Said<'a>>| {
            let slot = all.said.entry((id.clone(), key)).or_default();
            if let Some(slot) = slot.get_mut(at) {
                *slot = said;
            }
        };
        say("name", name.map(by));
        say("recipients", recipients.map(by));
        say("content", content.map(by));
        say("responsibility", responsibility.map(by));
        say("lead-agencies", lead_agencies.map(by));
    }
}

fn by<'a, T>(told: Told<'a, T>) -> Said<'a> {
    told.said
}

/// The lines of an item on both sides.
fn lines<'a>((name, one_place): (Text, bool), pair: [Side<'a>; 2], all: &mut Sides<'a>) {
    let ids = pair.each_ref().map(|side| side.id.clone());
    let [_, id] = &ids;
    let mut items = [const { Vec::<Provision>::new() }; 2];
    let unknown = pair.iter().any(|side| side.there == There::Unknown);
    for Line { measure, facts, answers } in refined(&pair) {
        let (Some(measure_id), Some(line)) = (Id::parse(&measure), line_id(&measure, &facts))
        else {
            continue;
        };
        let cell = cell(&facts);
        let is_open = |answer: &Option<Answer<'a>>, side: &Side<'a>| match answer {
            Some(Answer::Undecided { .. } | Answer::Unknown(_)) => true,
            // That the record of another place begins later decides nothing of the place.
            Some(Answer::NotYet { .. }) => !one_place,
            // Where the item is not there, neither is its line.
            None => side.there != There::Not,
            Some(Answer::Value(_) | Answer::Ended { .. } | Answer::NotApplicable(..)) => false,
        };
        let open = answers.iter().zip(&pair).any(|(answer, side)| is_open(answer, side));
        let helds = answers.each_ref().map(|answer| match answer {
            Some(Answer::Value(held)) => Some(*held),
            _ => None,
        });
        if helds.iter().any(Option::is_some) {
            for id in &ids {
                all.held.insert((id.clone(), line.clone()), helds);
            }
        }
        if open || unknown {
            all.open.push(Open {
                item: id.clone(),
                line,
                measure: measure_id,
                cell,
                sides: answers,
            });
            continue;
        }
        for (lines, held) in items.iter_mut().zip(&helds) {
            lines.extend(held.map(|held| Provision {
                id: line.clone(),
                name: held.line.name.clone(),
                measure: Some(measure_id.clone()),
                cell: cell.clone(),
                form: held.form(),
                continues: None,
                source: None,
            }));
        }
    }
    for ((edition, provisions), side) in all.lines.iter_mut().zip(items).zip(&pair) {
        if side.there != There::Not {
            let continues = side.continues.clone();
            let item = bare(id, name.clone(), Transcribed::Full);
            edition.items.push(Arc::new(Item {
                id: side.id.clone(),
                provisions,
                continues,
                ..item
            }));
        }
    }
}

/// A measure for people who are told apart on neither side, and both answers for them.
struct Line<'a> {
    measure: String,
    facts: Facts,
    answers: [Option<Answer<'a>>; 2],
}

/// The common refinement of both sides' cells; what only one side tells, on its own.
fn refined<'a>([a, b]: &[Side<'a>; 2]) -> Vec<Line<'a>> {
    let mut all: Vec<Line<'a>> = Vec::new();
    for one in &a.answers {
        let mut met = false;
        for other in b.answers.iter().filter(|other| other.measure == one.measure) {
            let Some(facts) = shared((one, &a.answers), (other, &b.answers)) else { continue };
            met = true;
            let answers = [Some(one.answer.clone()), Some(other.answer.clone())];
            all.push(Line { measure: one.measure.to_owned(), facts, answers });
        }
        if !met {
            let answers = [Some(one.answer.clone()), None];
            all.push(Line { measure: one.measure.to_owned(), facts: one.cell.clone(), answers });
        }
    }
    for other in &b.answers {
        let mut same = a.answers.iter().filter(|one| one.measure == other.measure);
        if !same.any(|one| shared((one, &a.answers), (other, &b.answers)).is_some()) {
            let answers = [None, Some(other.answer.clone())];
            all.push(Line {
                measure: other.measure.to_owned(),
                facts: other.cell.clone(),
                answers,
            });
        }
    }
    all
}

/// For whom both answers are; `None` for nobody.
fn shared(
    (one, all_a): (&Answered<'_>, &[Answered<'_>]),
    (other, all_b): (&Answered<'_>, &[Answered<'_>]),
) -> Option<Facts> {
    let mut facts = one.cell.clone();
    for (dimension, theirs) in other.cell.iter() {
        let fact = match (facts.get(dimension.as_str()), theirs) {
            (None, theirs) => theirs.clone(),
            (Some(Fact::Is(mine)), Fact::Is(theirs)) => Fact::Is(meet(mine, theirs)?),
            (Some(Fact::Other), Fact::Other) => Fact::Other,
            (Some(Fact::Is(mine)), Fact::Other) => is_other(mine, dimension, one, all_b)?,
            (Some(Fact::Other), Fact::Is(theirs)) => is_other(theirs, dimension, one, all_a)?,
        };
        facts = facts.with(dimension.clone(), fact);
    }
    Some(facts)
}

/// A value where another side has all but those that it names: only where it names no such.
fn is_other(
    value: &CellValue,
    dimension: &Id,
    of: &Answered<'_>,
    all: &[Answered<'_>],
) -> Option<Fact> {
    let mut same = all.iter().filter(|one| one.measure == of.measure);
    let named = same.any(|one| match one.cell.get(dimension.as_str()) {
        Some(Fact::Is(theirs)) => overlap(theirs, value),
        Some(Fact::Other) | None => false,
    });
    (!named).then(|| Fact::Is(value.clone()))
}

/// What two values share.
fn meet(a: &CellValue, b: &CellValue) -> Option<CellValue> {
    match (a, b) {
        (CellValue::Range(a, b), CellValue::Range(c, d)) => {
            let last = match (b, d) {
                (Some(b), Some(d)) => Some(*b.min(d)),
                (one, other) => one.or(*other),
            };
            let first = *a.max(c);
            last.is_none_or(|last| first <= last).then_some(CellValue::Range(first, last))
        }
        (a, b) => (a == b).then(|| a.clone()),
    }
}

fn cell(facts: &Facts) -> Cell {
    let values = facts.iter().filter_map(|(dimension, fact)| match fact {
        Fact::Is(value) => Some((dimension.clone(), value.clone())),
        Fact::Other => None,
    });
    // Facts name a dimension once.
    Cell(Map::new(values.collect()).unwrap_or_default())
}

/// An id for a measure and for whom, the same on both sides whatever their lines are called.
fn line_id(measure: &str, facts: &Facts) -> Option<Id> {
    let mut text = measure.to_owned();
    for (dimension, fact) in facts.iter() {
        let value = match fact {
            Fact::Is(value) => value.to_string().replace('+', "-up"),
            Fact::Other => "other".to_owned(),
        };
        text += &format!("-{dimension}-{value}");
    }
    Id::parse(&text)
}
