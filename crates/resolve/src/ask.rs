//! From a question to its answers. Sections 3 to 5.

use chrono::NaiveDate;
use jialiang_model::date::Day;
use jialiang_model::id::Id;
use jialiang_model::kind::adjustment::Act;
use jialiang_model::number::Number;
use jialiang_model::provision::{Form, Provision};

use crate::answer::{
    Absent, Answer, Answered, Basis, Doubt, Held, Known, Mark, Marks, Nothing, Printed, Question,
    Said, Stamp, Tried,
};
use crate::coat::{ALWAYS, Band, Coat, Does, NEVER, same};
use crate::facts::Facts;
use crate::index::{Book, InForce, Word, Worded};
use crate::paint::{Clash, Judged, Open, Own, Surface};
use crate::people::{joined, merged};
use crate::reach::plain;

/// No chain of places is longer.
pub(crate) const MOST_LEVELS: usize = 16;

/// What is asked of one measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'q> {
    pub(crate) site: u32,
    pub(crate) key: u32,
    pub(crate) measure: &'q str,
    pub(crate) day: NaiveDate,
    pub(crate) known: NaiveDate,
    /// Set while an event is held against what lies below it.
    pub(crate) judged: Option<Judged>,
    /// Whether only values count that were compared with their source.
    pub(crate) verified: bool,
}

/// A place of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceRef(pub(crate) u32);

/// An item of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemRef(pub(crate) u32);

/// A line of the index: an item's measure, for whom.
#[derive(Debug, Clone)]
pub struct LineRef<'a> {
    pub(crate) key: u32,
    pub(crate) measure: &'a str,
    pub(crate) facts: Facts,
}

impl<'a> LineRef<'a> {
    /// The measure.
    pub const fn measure(&self) -> &'a str {
        self.measure
    }

    /// For whom.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// Where an answer is on its way up.
#[derive(Debug, Clone, Copy)]
struct Way {
    site: u32,
    level: usize,
    followed: Option<NaiveDate>,
    /// The place that holds that day back.
    behind: u32,
    from: NaiveDate,
    until: NaiveDate,
}

impl Way {
    /// The first step, in a place.
    const fn at(site: u32, level: usize) -> Self {
        Self { site, level, followed: Some(NEVER), behind: site, from: ALWAYS, until: NEVER }
    }

    /// The same, where the instruments of the place are followed through a day, or it does not
    /// say.
    fn follow(self, through: Option<NaiveDate>) -> Self {
        let (followed, behind) = match (self.followed, through) {
            (None, _) => (None, self.behind),
            (Some(_), None) => (None, self.site),
            (Some(a), Some(b)) if a <= b => (Some(a), self.behind),
            (Some(_), Some(b)) => (Some(b), self.site),
        };
        Self { followed, behind, ..self }
    }
}

/// Where what lies below is looked up.
#[derive(Debug, Clone, Copy)]
enum Below<'b, 'a> {
    /// On record.
    Record,
    /// In a book of the place asked that is not yet on its shelf; above it, on record.
    Unshelved(&'b Book<'a>),
    /// As already painted, place by place on the way up, where there is anything to paint.
    Painted(&'b [Option<Surface<'b, 'a, 'b>>]),
}

impl Known {
    pub(crate) fn date(self) -> NaiveDate {
        match self {
            Self::Latest => NEVER,
            Self::By(day) => day.date(),
        }
    }
}

impl<'a> InForce<'a> {
    /// Answers, for each measure and for whoever the lines tell apart.
    pub fn ask(&self, question: &Question<'_>) -> Vec<Answered<'a>> {
        let nothing = |why: Nothing, places: Vec<&'a str>| {
            let tried = Tried { why, places, ..Tried::default() };
            let answer = Answer::Unknown(tried);
            vec![Answered { measure: "", cell: Facts::none(), answer, printed: None }]
        };
        let Question { place, item, standard, line, facts, valid, known } = *question;
        let Some(site) = self.site_ids.get(place).copied() else {
            return nothing(Nothing::Place, Vec::new());
        };
        let key = match self.find(site, item, standard) {
            Ok(key) => key,
            Err(why) => return nothing(why, self.names(site, None)),
        };
        let places = self.names(site, Some(key));
        let (day, known) = (valid.date(), known.date());
        let mut answers = Vec::new();
        for (measure, cells) in self.measures(site, key, line) {
            let ask = Ask { site, key, measure, day, known, judged: None, verified: false };
            let mut all: Vec<Facts> = Vec::new();
            for cell in cells {
                let Some(facts) = joined(facts, cell) else { continue };
                for one in self.told_apart(site, key, measure, None, facts) {
                    if !all.contains(&one) {
                        all.push(one);
                    }
                }
            }
            let told: Vec<(Facts, Answer<'a>)> =
                all.into_iter().map(|facts| (facts.clone(), self.told(ask, &facts))).collect();
            for (cell, answer) in merged(told, facts) {
                let printed = self.in_print(site, key, measure, &cell, day, known);
                answers.push(Answered { measure, cell, answer, printed });
            }
        }
        if answers.is_empty() {
            if let Some(absent) = self.absent(site, key, day) {
                let why = Nothing::Absent;
                let tried = Tried { why, places, absent: Some(absent), ..Tried::default() };
                let answer = Answer::Unknown(tried);
                return vec![Answered { measure: "", cell: Facts::none(), answer, printed: None }];
            }
            // Of an item without lines it is told at least that it does not stand.
            let ask = Ask { site, key, measure: "", day, known, judged: None, verified: false };
            let mut stands =
                self.chain(site, key).filter_map(|at| Some((at, self.books.get(&(at, key))?)));
            if let Some(answer) = stands.next().and_then(|(at, book)| self.standing(ask, at, book))
            {
                return vec![Answered { measure: "", cell: Facts::none(), answer, printed: None }];
            }
            let why = if line.is_some() { Nothing::Line } else { Nothing::Record };
            return nothing(why, places);
        }
        answers
    }

    /// A place, to ask of it again and again.
    pub fn place(&self, place: &str) -> Option<PlaceRef> {
        self.site_ids.get(place).copied().map(PlaceRef)
    }

    /// An item of a place, to ask of it again and again.
    pub fn item_of(&self, place: PlaceRef, item: &str, standard: &str) -> Option<ItemRef> {
        self.find(place.0, item, Some(standard)).ok().map(ItemRef)
    }

    /// The lines of an item that are on record in a place and above it, each for its people,
    /// to ask of them again and again.
    pub fn lines_of(&self, place: PlaceRef, item: &str, standard: Option<&str>) -> &[LineRef<'a>] {
        let Ok(key) = self.find(place.0, item, standard) else { return &[] };
        let cut = self.chain(place.0, key).find_map(|at| self.cut_of.get(&(at, key)));
        cut.and_then(|cut| self.cuts.get(*cut as usize)).map_or(&[], Vec::as_slice)
    }

    /// What the lines of an item in a place and above it tell apart.
    pub(crate) fn told_lines(&self, site: u32, key: u32) -> Vec<LineRef<'a>> {
        let mut lines = Vec::new();
        for (measure, _) in self.measures(site, key, None) {
            for facts in self.told_apart(site, key, measure, None, Facts::none()) {
                lines.push(LineRef { key, measure, facts });
            }
        }
        lines
    }

    /// Answers for one line, at two clocks: what [`ask`](Self::ask) does, for those who ask
    /// millions of times.
    pub fn answer(
        &self,
        place: PlaceRef,
        line: &LineRef<'a>,
        valid: Day,
        known: Known,
    ) -> Answer<'a> {
        let LineRef { key, measure, facts } = line;
        let ask = Ask {
            site: place.0,
            key: *key,
            measure,
            day: valid.date(),
            known: known.date(),
            judged: None,
            verified: false,
        };
        self.told(ask, facts)
    }

    /// Answers for one line on each of several days, by everything on record: each place is
    /// painted once for all of them.
    pub fn answers(&self, place: PlaceRef, line: &LineRef<'a>, days: &[Day]) -> Vec<Answer<'a>> {
        let LineRef { key, measure, facts } = line;
        let ask = Ask {
            site: place.0,
            key: *key,
            measure,
            day: ALWAYS,
            known: NEVER,
            judged: None,
            verified: false,
        };
        let chain: Vec<u32> = self.chain(place.0, *key).collect();
        let above: Vec<_> =
            chain.iter().map(|site| |day| self.above(ask, *site, facts, day)).collect();
        let mut painted: Vec<Option<Surface<'_, 'a, '_>>> = Vec::new();
        for (site, above) in chain.iter().zip(&above) {
            let band = self.book(*site, *key).and_then(|book| book.band(measure));
            let band = band.filter(|band| !band.plain);
            let surface = |band| Surface::new(band, &self.docs, facts, NEVER, None, above);
            painted.push(band.map(surface));
        }
        let way = Way::at(place.0, 0);
        let answer = |day: &Day| {
            let ask = Ask { day: day.date(), ..ask };
            let answer = self.climb(ask, Below::Painted(&painted), facts, way);
            self.computed(ask, facts, answer, &mut Vec::new())
        };
        days.iter().map(answer).collect()
    }

    /// The item of an id in a place: of the standard that is named, else of the only one.
    pub(crate) fn find(
        &self,
        site: u32,
        item: &str,
        standard: Option<&str>,
    ) -> Result<u32, Nothing> {
        let keys = self.keys_of.get(item).ok_or(Nothing::Item)?;
        if let Some(standard) = standard {
            let root = self.root_of.get(standard).or_else(|| self.root_ids.get(standard));
            let root = root.ok_or(Nothing::Item)?;
            return keys.iter().copied().find(|key| self.key(*key).0 == *root).ok_or(Nothing::Item);
        }
        if let [one] = keys.as_slice() {
            return Ok(*one);
        }
        let there = |key: &&u32| {
            self.chain(site, **key).any(|site| {
                let root = self.key(**key).0;
                self.books.contains_key(&(site, **key)) || self.editions.contains_key(&(site, root))
            })
        };
        let here: Vec<u32> = keys.iter().filter(there).copied().collect();
        match here.as_slice() {
            [one] => Ok(*one),
            [] => Err(Nothing::Item),
            _ => Err(Nothing::Ambiguous),
        }
    }

    /// A place and those above it, in the standard of an item.
    pub(crate) fn chain(&self, site: u32, key: u32) -> impl Iterator<Item = u32> {
        let root = self.key(key).0;
        std::iter::successors(Some(site), move |at| self.up(*at, root)).take(MOST_LEVELS)
    }

    /// The first place from one upward that is not there on a day.
    fn absent(&self, site: u32, key: u32, day: NaiveDate) -> Option<Absent<'a>> {
        let at = self.chain(site, key).find(|at| !self.is_there(*at, day))?;
        let site = self.sites.get(at as usize)?;
        let (from, until) = (Day::of(site.days.0), Day::of(site.days.1));
        Some(Absent { place: site.id, from, until })
    }

    fn names(&self, site: u32, key: Option<u32>) -> Vec<&'a str> {
        let chain = self.chain(site, key.unwrap_or(u32::MAX));
        chain.filter_map(|at| self.sites.get(at as usize)).map(|site| site.id).collect()
    }

    /// What one place says of its own band.
    pub(crate) fn own<'b>(
        &'b self,
        band: &'b Band<'a>,
        site: u32,
        ask: Ask<'_>,
        facts: &Facts,
    ) -> (Own<'b, 'a>, NaiveDate, NaiveDate) {
        if band.plain {
            return plain(band, &self.docs, facts, ask.day, ask.known, ask.judged);
        }
        if let Some(own) = crate::page::alone(band, &self.docs, facts, ask) {
            return own;
        }
        let above = |day| self.above(ask, site, facts, day);
        Surface::new(band, &self.docs, facts, ask.known, ask.judged, &above).on(ask.day)
    }

    /// What the place above another has on a day, where it is certain.
    pub(crate) fn above(
        &self,
        ask: Ask<'_>,
        site: u32,
        facts: &Facts,
        day: NaiveDate,
    ) -> Option<(&'a Provision, Option<Number>)> {
        let site = self.up(site, self.key(ask.key).0)?;
        let ask = Ask { day, judged: None, ..ask };
        let way = Way::at(site, 1);
        match self.climb(ask, Below::Record, facts, way) {
            Answer::Value(held) => Some((held.line, held.number)),
            _ => None,
        }
    }

    /// Whether a place has not decided on a day, or has ended what it had.
    pub(crate) fn follows(&self, ask: Ask<'_>, book: &Book<'a>, facts: &Facts) -> bool {
        let Some(band) = book.band(ask.measure) else { return true };
        let above = |_| None;
        let surface = Surface::new(band, &self.docs, facts, ask.known, ask.judged, &above);
        surface.follows(ask.day)
    }

    /// What lies below an event of a book that is not yet on its shelf.
    pub(crate) fn below(&self, ask: Ask<'_>, book: &Book<'a>, facts: &Facts) -> Answer<'a> {
        let way = Way::at(ask.site, 0);
        self.climb(ask, Below::Unshelved(book), facts, way)
    }

    /// What is on record, no share computed.
    pub(crate) fn record(&self, ask: Ask<'_>, facts: &Facts) -> Answer<'a> {
        let way = Way::at(ask.site, 0);
        self.climb(ask, Below::Record, facts, way)
    }

    /// The whole answer: with shares computed.
    pub(crate) fn told(&self, ask: Ask<'_>, facts: &Facts) -> Answer<'a> {
        let mut on_the_way = Vec::new();
        self.told_within(ask, facts, &mut on_the_way)
    }

    pub(crate) fn told_within(
        &self,
        ask: Ask<'_>,
        facts: &Facts,
        on_the_way: &mut Vec<(u32, String)>,
    ) -> Answer<'a> {
        let answer = self.record(ask, facts);
        self.computed(ask, facts, answer, on_the_way)
    }

    /// An answer, with a share computed.
    pub(crate) fn computed(
        &self,
        ask: Ask<'_>,
        facts: &Facts,
        answer: Answer<'a>,
        on_the_way: &mut Vec<(u32, String)>,
    ) -> Answer<'a> {
        match answer {
            Answer::Value(held)
                if matches!(held.line.form, Form::Share(..)) && held.number.is_none() =>
            {
                self.share(ask, facts, held, on_the_way)
            }
            answer => answer,
        }
    }

    /// What a place says, else the one above it.
    fn climb(&self, ask: Ask<'_>, below: Below<'_, 'a>, facts: &Facts, way: Way) -> Answer<'a> {
        // Nobody decides in a place that is not there, and what stood above those below it then
        // is not on record.
        if !self.is_there(way.site, ask.day) {
            return self.nothing(ask, facts);
        }
        let book = match below {
            Below::Unshelved(book) if way.level == 0 => Some(book),
            Below::Unshelved(_) | Below::Record | Below::Painted(_) => self.book(way.site, ask.key),
        };
        let way = way.follow(self.followed(way.site, ask.key));
        if let Some(book) = book
            && let Some(answer) = self.standing(ask, way.site, book)
        {
            return answer;
        }
        let band = book.and_then(|book| book.band(ask.measure));
        let painted = match below {
            Below::Painted(painted) => painted.get(way.level).and_then(Option::as_ref),
            Below::Record | Below::Unshelved(_) => None,
        };
        let verified = band.filter(|_| ask.verified).map(Band::verified);
        let (own, from, until) = match (painted, verified.as_ref().or(band)) {
            (Some(painted), _) => painted.on(ask.day),
            (None, Some(band)) => self.own(band, way.site, ask, facts),
            (None, None) => (Own::Nothing, ALWAYS, NEVER),
        };
        let days = self.sites.get(way.site as usize).map_or((ALWAYS, NEVER), |site| site.days);
        let (from, until) = (from.max(days.0), until.min(days.1));
        let way = Way { from: way.from.max(from), until: way.until.min(until), ..way };
        let above = || {
            let root = self.key(ask.key).0;
            let up = self.up(way.site, root).filter(|_| way.level < MOST_LEVELS)?;
            let ask = Ask { judged: None, ..ask };
            let way = Way { site: up, level: way.level + 1, ..way };
            Some(self.climb(ask, below, facts, way))
        };
        match own {
            Own::Is(coat) => match self.held(ask, coat, way, false) {
                Some(held) => Answer::Value(held),
                None => self.nothing(ask, facts),
            },
            Own::Nothing => above().unwrap_or_else(|| self.nothing(ask, facts)),
            Own::Ended(coat) => match above() {
                Some(answer @ (Answer::Value(_) | Answer::Undecided { .. })) => answer,
                _ => match Day::of(from.max(coat.from)) {
                    Some(since) => Answer::Ended { since, by: coat.said, into: Vec::new() },
                    None => self.nothing(ask, facts),
                },
            },
            Own::Open(open) => self.open(ask, &open, way, above),
        }
    }

    /// What could hold, with what the place above has where that could.
    fn open(
        &self,
        ask: Ask<'_>,
        open: &Open<'_, 'a>,
        way: Way,
        above: impl FnOnce() -> Option<Answer<'a>>,
    ) -> Answer<'a> {
        let Open { of, above: up, unnamed, since, clash, by } = open;
        let mut candidates: Vec<Held<'a>> =
            of.iter().filter_map(|coat| self.held(ask, coat, way, *since)).collect();
        let mut add = |held: Held<'a>| {
            if !candidates.iter().any(|one| alike(one, &held)) {
                candidates.push(held);
            }
        };
        let mut undecided = *unnamed;
        if *up || *since {
            match above() {
                Some(Answer::Value(held)) => add(held),
                Some(Answer::Undecided { candidates: more, why: _ }) => {
                    more.into_iter().for_each(add);
                    undecided = true;
                }
                _ => undecided |= *up,
            }
        }
        if let ([one], false) = (candidates.as_slice(), undecided) {
            return Answer::Value(*one);
        }
        candidates.sort_by_key(|held| held.since.unwrap_or(held.stamp.known));
        let seen = of.first().zip(of.last());
        let why = match (clash, seen, by) {
            (Clash::SameDay, _, Some((a, b))) => Doubt::SameDay(a.said, b.said),
            (Clash::Seen, Some((a, b)), _) => Doubt::Seen(a.said, b.said),
            (Clash::Overrun, _, Some((_, by))) => Doubt::Overrun(by.said),
            (Clash::BaseAnnulled, _, Some((_, by))) => Doubt::BaseAnnulled(by.said),
            (Clash::Altered(step), _, Some((_, by))) => Doubt::Altered(*step, by.said),
            (Clash::Crossing, ..) => Doubt::Crossing,
            (Clash::Within, ..) => Doubt::Within,
            (Clash::Since, ..) => Doubt::Inherited,
            _ => Doubt::Between,
        };
        Answer::Undecided { candidates, why }
    }

    /// What must be said instead of a value where the item itself does not stand.
    fn standing(&self, ask: Ask<'_>, site: u32, book: &Book<'a>) -> Option<Answer<'a>> {
        if !book.halts {
            return None;
        }
        let words = self.worded(site, ask.key);
        let last = decides(&words, ask.day, ask.known)?;
        match last.word {
            Word::Retired(into) => {
                let mut goes: Vec<&'a Id> = into.iter().collect();
                for id in self.continued.get(&ask.key).into_iter().flatten() {
                    if !goes.contains(id) {
                        goes.push(id);
                    }
                }
                Some(Answer::Ended { since: Day::of(last.from)?, by: last.said, into: goes })
            }
            Word::NotApplicable(entry, one) => Some(Answer::NotApplicable(entry, one)),
            Word::Item(_)
            | Word::Applies
            | Word::Name(_)
            | Word::Recipients(..)
            | Word::Content(_)
            | Word::Responsibility(_)
            | Word::Lead(_) => None,
        }
    }

    /// Nothing speaks of that day: what will, or what was tried.
    fn nothing(&self, ask: Ask<'_>, facts: &Facts) -> Answer<'a> {
        let mut first: Option<(u32, Coat<'a>)> = None;
        let mut known_from: Option<NaiveDate> = None;
        let mut covered = false;
        let mut dimensions: Vec<(String, Vec<String>)> = Vec::new();
        let absent = self.absent(ask.site, ask.key, ask.day);
        let there = |at: &u32| self.is_there(*at, ask.day);
        for site in self.chain(ask.site, ask.key).take_while(there) {
            let band = self.books.get(&(site, ask.key)).and_then(|book| book.band(ask.measure));
            for coat in band.iter().flat_map(|band| band.all()) {
                for (dimension, value) in coat.cell.iter().flat_map(|cell| cell.0.iter()) {
                    let (dimension, value) = (dimension.to_string(), value.to_string());
                    match dimensions.iter_mut().find(|(one, _)| *one == dimension) {
                        Some((_, values)) if !values.contains(&value) => values.push(value),
                        Some(_) => {}
                        None => dimensions.push((dimension, vec![value])),
                    }
                }
                if !coat.covers(facts) || coat.line.is_none() {
                    continue;
                }
                covered = true;
                if coat.known > ask.known {
                    known_from = Some(known_from.map_or(coat.known, |day| day.min(coat.known)));
                }
            }
            if let Some(band) = band {
                let judged = ask.judged.filter(|_| site == ask.site);
                let above = |_| None;
                let surface = Surface::new(band, &self.docs, facts, ask.known, judged, &above);
                if let Some(coat) = surface.starts_after(ask.day)
                    && first.is_none_or(|(_, one)| coat.from < one.from)
                {
                    first = Some((site, coat));
                }
            }
        }
        let mut later = None;
        if let Some((site, coat)) = first {
            let way = Way::at(site, 0).follow(self.followed(site, ask.key));
            let under = self.continues.get(self.key(ask.key).1).copied();
            // What is said of it is said of its first day.
            let first_day = Ask { day: coat.from, ..ask };
            later = self.held(first_day, &coat, way, false).map(Box::new);
            if let Some(first) = later.take_if(|_| under.is_some() || self.begins_after(ask)) {
                return Answer::NotYet { first, under };
            }
        }
        Answer::Unknown(Tried {
            first: later,
            places: self.names(ask.site, Some(ask.key)),
            why: match (absent, covered) {
                (Some(_), _) => Nothing::Absent,
                (None, true) => Nothing::Record,
                (None, false) => Nothing::Facts,
            },
            known_from: known_from.and_then(Day::of),
            absent,
            dimensions,
        })
    }

    /// Whether a document that is known says that the item begins after the day: it adds the
    /// item, and nothing says that it stood. That a record begins later says no such thing.
    fn begins_after(&self, ask: Ask<'_>) -> bool {
        let mut added = false;
        for at in self.chain(ask.site, ask.key) {
            for worded in self.worded(at, ask.key) {
                let Word::Item(item) = worded.word else { continue };
                if worded.known > ask.known {
                    continue;
                }
                if worded.from <= ask.day {
                    return false;
                }
                added |= match worded.said {
                    Said::Operation(_, operation) => matches!(operation.act, Act::Add(_)),
                    Said::Edition(entry, _) => {
                        let declared = entry.value.declared.as_ref();
                        let added = declared.and_then(|summary| summary.added.as_ref());
                        added.is_some_and(|added| added.items.contains(&item.id))
                    }
                    Said::List(_) => false,
                };
            }
        }
        added
    }

    /// A coat as an answer tells it; `None` of one that writes no line.
    fn held(&self, ask: Ask<'_>, coat: &Coat<'a>, way: Way, unknown: bool) -> Option<Held<'a>> {
        let seen = coat.does == Does::Saw;
        let day = ask.day;
        let last_known = way.followed.is_none_or(|followed| day > followed);
        let marks = Marks::default()
            .with(Mark::Attested, seen)
            .with(Mark::StartUnknown, unknown)
            .with(Mark::LastKnown, last_known)
            .with(Mark::CarriedOver, day >= coat.over)
            .with(Mark::Temporary, coat.temporary)
            .with(Mark::OverBeforeIssue, !seen && way.until <= coat.known)
            .with(Mark::Retroactive, !seen && day < coat.known)
            .with(Mark::Expired, day >= coat.expires)
            .with(Mark::AssumedKnown, coat.basis == Basis::Effective)
            .with(Mark::Unverified, coat.unverified)
            .with(Mark::Computed, coat.computed)
            .with(Mark::Inherited, way.level > 0);
        let named = |site: u32| self.sites.get(site as usize).map_or("", |site| site.id);
        Some(Held {
            line: coat.line?,
            number: coat.number,
            place: named(way.site),
            said: coat.said,
            stamp: stamp(coat)?,
            since: if seen { None } else { Day::of(coat.from) },
            until: Day::of(way.until),
            followed: way.followed.and_then(Day::of),
            behind: named(way.behind),
            marks,
        })
    }

    /// What the place's edition of that day, else the nearest one above, prints.
    fn in_print(
        &self,
        site: u32,
        key: u32,
        measure: &str,
        cell: &Facts,
        day: NaiveDate,
        known: NaiveDate,
    ) -> Option<Printed<'a>> {
        let (root, item) = self.key(key);
        for at in self.chain(site, key).take_while(|at| self.is_there(*at, day)) {
            let mut dated = self.editions.get(&(at, root)).into_iter().flatten();
            let last = dated.rfind(|one| one.known <= known && one.effective <= day);
            let Some(edition) = last.map(|one| one.entry) else { continue };
            let Some(item) = edition.value.items.iter().find(|one| one.id.as_str() == item) else {
                continue;
            };
            let lines = item.provisions.iter();
            let mut lines =
                lines.filter(|line| self.measure(key, line) == measure && cell.within(&line.cell));
            if let Some(line) = lines.next() {
                return Some(Printed { edition, item, line });
            }
        }
        None
    }
}

fn stamp(coat: &Coat<'_>) -> Option<Stamp> {
    Some(Stamp { issued: Day::of(coat.issued)?, known: Day::of(coat.known)?, basis: coat.basis })
}

/// Of what is said of an item as a whole: what decides on a day, as known on another, whether it
/// stands.
pub(crate) fn decides<'w, 'a>(
    words: &'w [Worded<'a>],
    day: NaiveDate,
    known: NaiveDate,
) -> Option<&'w Worded<'a>> {
    words.iter().rev().find(|worded| {
        let stands = matches!(worded.word, Word::Item(_) | Word::Applies);
        (stands || matches!(worded.word, Word::Retired(_) | Word::NotApplicable(..)))
            && worded.known <= known
            && worded.from <= day
            && day < worded.until
    })
}

/// Whether two say the same value.
pub(crate) fn alike(a: &Held<'_>, b: &Held<'_>) -> bool {
    same(a.line, a.number, b.line, b.number)
}

/// Whether two answers are one: of the same words, for the same reason.
///
/// Until when they hold is not compared where `whenever` is set.
pub(crate) fn one(a: &Answer<'_>, b: &Answer<'_>, whenever: bool) -> bool {
    let held = |a: &Held<'_>, b: &Held<'_>| {
        std::ptr::eq(a.line, b.line)
            && a.number == b.number
            && (whenever || a.until == b.until)
            && a.marks == b.marks
            && a.place == b.place
            && a.stamp == b.stamp
    };
    match (a, b) {
        (Answer::Value(a), Answer::Value(b)) => held(a, b),
        (
            Answer::Undecided { candidates: a, why: v },
            Answer::Undecided { candidates: b, why: w },
        ) => {
            std::mem::discriminant(v) == std::mem::discriminant(w)
                && a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| held(a, b))
        }
        (Answer::NotYet { first: a, .. }, Answer::NotYet { first: b, .. }) => held(a, b),
        (Answer::Ended { since: a, .. }, Answer::Ended { since: b, .. }) => a == b,
        (Answer::NotApplicable(a, _), Answer::NotApplicable(b, _)) => std::ptr::eq(*a, *b),
        (Answer::Unknown(a), Answer::Unknown(b)) => {
            let first = match (&a.first, &b.first) {
                (Some(a), Some(b)) => held(a, b),
                (a, b) => a.is_none() && b.is_none(),
            };
            (a.why, a.known_from, a.absent) == (b.why, b.known_from, b.absent) && first
        }
        _ => false,
    }
}
