//! What is answered: never a default, never an option.

use jialiang_model::date::Day;
use jialiang_model::id::Id;
use jialiang_model::item::Item;
use jialiang_model::kind::adjustment::{Adjustment, Operation, Step};
use jialiang_model::kind::edition::NotApplicable;
use jialiang_model::kind::{Edition, Instrument};
use jialiang_model::number::Number;
use jialiang_model::provision::{Average, Comparator, Form, Provision};
use jialiang_model::{Entry, source::Source};

use crate::facts::Facts;

/// The knowledge on which an answer rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    /// Everything on record.
    #[default]
    Latest,
    /// What was public by the end of a day.
    By(Day),
}

/// What is asked: of one place, one item, at two clocks.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The place.
    pub place: &'q str,
    /// The item.
    pub item: &'q str,
    /// The standard, or one that it implements; needed only where items of two works of one
    /// place share an id.
    pub standard: Option<&'q str>,
    /// A line's id, or a measure; every line of the item where absent.
    pub line: Option<&'q str>,
    /// What is known of the person or the case.
    pub facts: &'q Facts,
    /// The day for which it is asked.
    pub valid: Day,
    /// By when it was known.
    pub known: Known,
}

/// The answer for one measure and one cell of it.
#[derive(Debug, Clone)]
pub struct Answered<'a> {
    /// The measure.
    pub measure: &'a str,
    /// For whom: what the question left open and the lines tell apart.
    pub cell: Facts,
    /// The answer.
    pub answer: Answer<'a>,
    /// What the place's edition of that day, else the nearest one above, prints for it.
    pub printed: Option<Printed<'a>>,
}

/// A line of an edition beside what is in force.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The edition.
    pub edition: &'a Entry<Edition>,
    /// The item in it.
    pub item: &'a Item,
    /// The line.
    pub line: &'a Provision,
}

/// What holds.
#[derive(Debug, Clone)]
pub enum Answer<'a> {
    /// This holds.
    Value(Held<'a>),
    /// One of these holds, or something near them; which, is not on record.
    Undecided {
        /// What could hold, in the order of their starts; empty where nothing can be named.
        candidates: Vec<Held<'a>>,
        /// Why it is undecided.
        why: Doubt<'a>,
    },
    /// Nothing holds yet: a document says that the item begins later.
    NotYet {
        /// The first that will.
        first: Box<Held<'a>>,
        /// The item under which earlier days are answered, where this one continues another.
        under: Option<&'a Id>,
    },
    /// It holds no more.
    Ended {
        /// The first day on which it held no more.
        since: Day,
        /// What ended it.
        by: Said<'a>,
        /// The items that it goes on as.
        into: Vec<&'a Id>,
    },
    /// The parent's item is not applicable in the place.
    NotApplicable(&'a Entry<Edition>, &'a NotApplicable),
    /// Nothing is on record.
    Unknown(Tried<'a>),
}

/// A line in force, and why.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// The line, as the document that brought it writes it.
    pub line: &'a Provision,
    /// The number in its place: where only a number before was printed (由X), where it was
    /// computed from a base or from another line. Band and grades of the line do not go with
    /// it.
    pub number: Option<Number>,
    /// The place that decided it.
    pub place: &'a str,
    /// What said it.
    pub said: Said<'a>,
    /// When that was issued, known, and how that is known.
    pub stamp: Stamp,
    /// The first day of what said it, where that is on record. Where something else lay on top
    /// in between, [`InForce::unbroken`](crate::InForce::unbroken) tells since when it holds again.
    pub since: Option<Day>,
    /// The day after the last, where something on record follows.
    pub until: Option<Day>,
    /// Through which day the instruments of the places concerned have been followed; `None`
    /// where one of them does not say.
    pub followed: Option<Day>,
    /// The place among them that holds that day back: whose instruments have been followed
    /// least far, or that does not say.
    pub behind: &'a str,
    /// What must be said beside the value.
    pub marks: Marks,
}

/// What said something.
#[derive(Debug, Clone, Copy)]
pub enum Said<'a> {
    /// An operation of an adjustment.
    Operation(&'a Entry<Adjustment>, &'a Operation),
    /// A line, or an item, of an edition.
    Edition(&'a Entry<Edition>, &'a Item),
    /// The list of an edition as a whole: what it leaves out, or calls not applicable.
    List(&'a Entry<Edition>),
}

/// When something was issued and known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The day by which it is ordered: its issue, else its publication, else its effective
    /// day.
    pub issued: Day,
    /// The day from which it is known.
    pub known: Day,
    /// On what the known day rests.
    pub basis: Basis,
}

/// On what a known day rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The day of issue.
    Issue,
    /// The day of publication, which is on record and differs.
    Publication,
    /// The effective day: neither issue nor publication is on record.
    Effective,
    /// The day on which it was seen in force.
    Seen,
}

/// What must be said beside a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Mark {
    /// Seen in force on a day: it belongs to an older instrument that is not on record.
    Attested,
    /// Since when is not on record.
    StartUnknown,
    /// The last that is known: the place's instruments have not been followed so far.
    LastKnown,
    /// Carried over from a period that is over.
    CarriedOver,
    /// For a time only: it lapses, and what lies below shows again.
    Temporary,
    /// Over before it was issued.
    OverBeforeIssue,
    /// Issued after it took effect, and the day lies before that.
    Retroactive,
    /// Its instrument's own validity has expired; that moves no value.
    Expired,
    /// Neither issue nor publication of its instrument is on record.
    AssumedKnown,
    /// Nobody has checked it with its source.
    Unverified,
    /// Computed from a base or from another line.
    Computed,
    /// The place has not decided it: it follows one above.
    Inherited,
}

impl Mark {
    /// Every mark.
    pub const ALL: &'static [Self] = &[
        Self::Attested,
        Self::StartUnknown,
        Self::LastKnown,
        Self::CarriedOver,
        Self::Temporary,
        Self::OverBeforeIssue,
        Self::Retroactive,
        Self::Expired,
        Self::AssumedKnown,
        Self::Unverified,
        Self::Computed,
        Self::Inherited,
    ];
}

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks(u16);

impl Marks {
    /// Whether a mark is there.
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u16) != 0
    }

    /// The marks that are there.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL.iter().copied().filter(move |mark| self.has(*mark))
    }

    /// The same with one more, if so.
    #[must_use]
    pub const fn with(self, mark: Mark, so: bool) -> Self {
        if so { Self(self.0 | (1 << mark as u16)) } else { self }
    }
}

/// Why an answer is undecided.
#[derive(Debug, Clone)]
pub enum Doubt<'a> {
    /// Another value was seen later, and since when it holds is not on record.
    Between,
    /// It begins on some day within a period.
    Within,
    /// Two documents of one day of issue, neither of which says that it comes after.
    SameDay(Said<'a>, Said<'a>),
    /// Two cells that cross, set by one document for one day.
    Crossing,
    /// It runs over a later start that an earlier document has fixed, and does not say so.
    Overrun(Said<'a>),
    /// The change is on record, its result is not.
    Altered(Step, Said<'a>),
    /// What it changed was annulled.
    BaseAnnulled(Said<'a>),
    /// The place has decided, from when is not on record; before that it follows the one above.
    Inherited,
    /// Two sources saw different values on one day.
    Seen(Said<'a>, Said<'a>),
    /// It is a share of a line that is itself undecided, or has no number.
    Base(&'a Provision),
    /// It is a share of itself: the lines on the way.
    Cycle(Vec<String>),
}

/// What was tried for an answer that is unknown.
#[derive(Debug, Clone, Default)]
pub struct Tried<'a> {
    /// The places that were asked, from the place upward.
    pub places: Vec<&'a str>,
    /// Why there was nothing.
    pub why: Nothing,
    /// The first value on record of a later day. That the record begins with it does not say
    /// that nothing held before.
    pub first: Option<Box<Held<'a>>>,
    /// The day from which something is known of it, where that lies after the known day.
    pub known_from: Option<Day>,
    /// The place that is not there on that day, where one is: it, or one above it.
    pub absent: Option<Absent<'a>>,
    /// The dimensions that the lines tell apart, with their values: facts must name one.
    pub dimensions: Vec<(String, Vec<String>)>,
}

/// A place that is not there on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent<'a> {
    /// The place.
    pub place: &'a str,
    /// Its first day, where that is on record.
    pub from: Option<Day>,
    /// The first day on which it is no more, where that is on record.
    pub until: Option<Day>,
}

/// Why there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nothing {
    /// No such place is on record.
    Place,
    /// No such item is on record in the place or above it.
    Item,
    /// No such line is on record.
    Line,
    /// Two works have an item of that id: a standard must be named.
    Ambiguous,
    /// No line holds for the facts.
    Facts,
    /// The place, or one above it that it would follow, is not there on that day.
    Absent,
    /// Nothing that is on record speaks of that day.
    #[default]
    Record,
}

impl<'a> Held<'a> {
    /// What it promises, with the number that is in force.
    pub fn form(&self) -> Form {
        let Some(number) = self.number else { return self.line.form.clone() };
        match &self.line.form {
            Form::Amount(comparator, _, scale) => Form::Amount(*comparator, number, *scale),
            Form::Average(_, scale) => {
                Form::Average(Box::new(Average { number, band: None, grades: None }), *scale)
            }
            Form::Share(_, scale) => Form::Amount(Comparator::Exactly, number, *scale),
            form @ (Form::Supplement(..)
            | Form::Increase(..)
            | Form::Free
            | Form::Pegged(_)
            | Form::Coverage(_)
            | Form::Words(_)) => form.clone(),
        }
    }

    /// The number in force, where it is one.
    pub fn value(&self) -> Option<Number> {
        match (self.number, &self.line.form) {
            (Some(number), _) => Some(number),
            // The number of a share is its per cent: what it comes to was not computed.
            (None, Form::Share(..)) => None,
            (None, form) => form.number(),
        }
    }

    /// Where it comes from: its own source, else its operation's, else its document's.
    pub fn source(&self) -> Option<&'a Source> {
        self.line.source.as_deref().or_else(|| self.said.source())
    }

    /// Where it can be looked up: its source; where that names neither a page nor a place in
    /// one, or there is none, with those of its instrument's. That somebody compared the
    /// instrument's own record with its source verifies no value.
    pub fn sourced(&self, registry: &'a jialiang_model::Registry) -> Option<Source> {
        let own = self.source();
        if own.is_some_and(|source| source.url.is_some() || source.at.is_some()) {
            return own.cloned();
        }
        let named = own.and_then(|source| source.instrument.as_ref());
        let id = named.or_else(|| self.said.instrument_id());
        let instrument = id.and_then(|id| registry.instruments.get(id));
        let of_instrument = instrument.and_then(|entry| entry.value.source.as_ref());
        match (own, of_instrument) {
            (Some(own), Some(Source { url, at, .. })) => {
                Some(Source { url: url.clone(), at: at.clone(), ..own.clone() })
            }
            (None, Some(source)) => Some(Source { verified: false, ..source.clone() }),
            (own, None) => own.cloned(),
        }
    }
}

impl<'a> Said<'a> {
    /// The path of its document.
    pub fn document(self) -> &'a str {
        match self {
            Self::Operation(entry, _) => &entry.path,
            Self::Edition(entry, _) | Self::List(entry) => &entry.path,
        }
    }

    /// Where it comes from: an operation's source, an item's, else its document's.
    pub fn source(self) -> Option<&'a Source> {
        match self {
            Self::Operation(entry, operation) => {
                operation.source.as_deref().or(entry.value.source.as_ref())
            }
            Self::Edition(entry, item) => item.source.as_deref().or(entry.value.source.as_ref()),
            Self::List(entry) => entry.value.source.as_ref(),
        }
    }

    /// The id of the instrument that it cites, if one.
    pub fn instrument_id(self) -> Option<&'a jialiang_model::id::InstrumentId> {
        match self {
            Self::Operation(entry, _) => entry.value.instrument.as_ref(),
            Self::Edition(entry, _) | Self::List(entry) => entry.value.instrument.as_ref(),
        }
    }

    /// The instrument on record that it cites.
    pub fn instrument(self, registry: &'a jialiang_model::Registry) -> Option<&'a Instrument> {
        registry.instruments.get(self.instrument_id()?).map(|entry| &*entry.value)
    }
}
