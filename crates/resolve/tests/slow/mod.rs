//! The slow model: the law of `docs/meaning.md`, sections 3 to 5, read aloud. For each known
//! day everything is painted anew, day by day, and nothing is shared with the crate but the
//! documents. It is written to be checked with the page beside it, not to be fast.

pub(crate) mod hand;
mod paint;
pub(crate) mod record;
pub(crate) mod story;
mod witness;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use jialiang_model::Registry;
use jialiang_model::cell::Cell;

use record::{Calendar, Coat, D, OPEN, Paint, Record, V};

/// What holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Value(V),
    Undecided(BTreeSet<V>),
    NotYet,
    Ended,
    Unknown,
}

/// What could hold on one day, as one layer tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Could {
    /// What the layer below has: the place above, or under temporary coats the lasting ones.
    Below,
    Ended,
    Value(V),
    /// Something that no document names.
    Unnamed,
}

/// One day of one layer: what could hold, with the coat that brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) could: BTreeSet<(Could, Option<usize>)>,
    /// The coats on top and the way in which they are; none where nothing was painted.
    pub(crate) tops: BTreeSet<(usize, Way)>,
    /// Whether it was seen later only, with nothing before it.
    pub(crate) start_unknown: bool,
}

/// In which way a coat is on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    Plain,
    /// Its start was run over.
    Protected,
    /// It begins on some day of this period.
    Within,
    /// It changed what lies below by so much.
    Altered,
    /// What it changed was annulled.
    BaseAnnulled,
}

impl State {
    fn nothing() -> Self {
        Self {
            could: BTreeSet::from([(Could::Below, None)]),
            tops: BTreeSet::new(),
            start_unknown: false,
        }
    }

    fn is_nothing(&self) -> bool {
        self.could.iter().all(|(could, _)| *could == Could::Below)
    }

    fn is_ended(&self) -> bool {
        self.could.iter().all(|(could, _)| *could == Could::Ended)
    }

    /// Either this or that.
    fn or(&self, other: &Self) -> Self {
        Self {
            could: self.could.union(&other.could).cloned().collect(),
            tops: self.tops.union(&other.tops).copied().collect(),
            start_unknown: self.start_unknown || other.start_unknown,
        }
    }
}

/// Of whom and what is asked: a place, a measure and a full cell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    pub(crate) place: usize,
    pub(crate) measure: String,
    pub(crate) cell: String,
}

/// What is taken into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Horizon {
    /// What is known by the end of a day.
    pub(crate) known: D,
    /// Of coats, only those that stand before this in the order of issue.
    pub(crate) coats: (D, u8),
    /// Of what attests, only what stands before this in the order of issue.
    pub(crate) witnesses: (D, u8),
}

impl Horizon {
    pub(crate) fn by(known: D) -> Self {
        Self { known, coats: (OPEN, 0), witnesses: (OPEN, 0) }
    }
}

/// A coat as far as it reaches at a known day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Live {
    pub(crate) coat: usize,
    pub(crate) until: D,
}

/// Where and as of when a layer is painted.
pub(crate) struct Scene<'a> {
    pub(crate) cell: Cell,
    pub(crate) horizon: Horizon,
    /// What the place above has.
    pub(crate) above: &'a [Verdict],
}

/// A value attested for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) witness: usize,
    pub(crate) day: D,
    pub(crate) value: V,
    /// The issue day of what attests.
    pub(crate) issued: D,
}

/// What was worked out once.
type Kept<K, V> = RefCell<HashMap<K, V>>;

/// The slow model of one registry.
pub(crate) struct Slow {
    pub(crate) record: Record,
    pub(crate) calendar: Calendar,
    answers: Kept<(Asked, Horizon), Rc<Vec<Verdict>>>,
    seen: Kept<(Asked, usize), Option<Seen>>,
}

impl Slow {
    pub(crate) fn new(registry: &Registry, places: &[&str]) -> Self {
        let calendar = Calendar::new();
        let record = Record::of(registry, &calendar, places);
        Self { record, calendar, answers: RefCell::default(), seen: RefCell::default() }
    }

    /// What holds on each day of the calendar.
    pub(crate) fn answers(&self, asked: &Asked, horizon: Horizon) -> Rc<Vec<Verdict>> {
        let key = (asked.clone(), horizon);
        if let Some(answers) = self.answers.borrow().get(&key) {
            return answers.clone();
        }
        let answers = Rc::new(self.answer(asked, horizon, &[]));
        self.answers.borrow_mut().insert(key, answers.clone());
        answers
    }

    /// The same, with some coats more.
    fn answer(&self, asked: &Asked, horizon: Horizon, more: &[usize]) -> Vec<Verdict> {
        let above = self.above(asked, horizon);
        let live = self.live(asked, horizon, more);
        let (temporary, lasting): (Vec<Live>, Vec<Live>) =
            live.iter().partition(|live| self.coat(live.coat).temporary);
        let seen = self.all_seen(asked, horizon);
        let states = self.lasting(&lasting, &seen, &self.scene(asked, horizon, &above));
        let mut out = Vec::new();
        for d in 0..self.calendar.len() {
            let state = &states[d as usize];
            let below = self.resolve(state, &above[d as usize]);
            let below = match below {
                Verdict::Unknown if self.begins_after(asked, horizon, d) => Verdict::NotYet,
                verdict => verdict,
            };
            out.push(self.temporarily(&temporary, d, &below));
        }
        out
    }

    /// Whether a coat reaches over a day of what is asked, as known at the end.
    pub(crate) fn holds(&self, asked: &Asked, coat: usize, d: D) -> bool {
        let live = self.live(asked, Horizon::by(OPEN), &[]);
        live.iter().any(|one| one.coat == coat && self.coat(coat).first <= d && d < one.until)
    }

    fn scene<'a>(&self, asked: &Asked, horizon: Horizon, above: &'a [Verdict]) -> Scene<'a> {
        Scene { cell: cell(&asked.cell), horizon, above }
    }

    /// The answers of the place above.
    fn above(&self, asked: &Asked, horizon: Horizon) -> Rc<Vec<Verdict>> {
        match asked.place.checked_sub(1) {
            // The order of issue within a place is no matter of the place above.
            Some(place) => {
                self.answers(&Asked { place, ..asked.clone() }, Horizon::by(horizon.known))
            }
            None => Rc::new(vec![Verdict::Unknown; self.calendar.len() as usize]),
        }
    }

    fn coat(&self, coat: usize) -> &Coat {
        &self.record.coats[coat]
    }

    /// Whether a document says that the item begins later, in the place or above it, and a
    /// value begins on a later day there.
    fn begins_after(&self, asked: &Asked, horizon: Horizon, d: D) -> bool {
        let standings = self.record.standings.iter();
        let known: Vec<_> = standings
            .filter(|one| one.place <= asked.place && one.known <= horizon.known)
            .collect();
        let added = known.iter().any(|one| one.added) && known.iter().all(|one| one.first > d);
        let starts = |place: usize| {
            let asked = Asked { place, ..asked.clone() };
            self.live(&asked, Horizon::by(horizon.known), &[]).iter().any(|live| {
                let coat = self.coat(live.coat);
                matches!(coat.paint, Paint::Value(_)) && coat.first > d
            })
        };
        added && (0..=asked.place).any(starts)
    }

    /// Temporary coats, one over the other in order of issue.
    fn over(&self, coats: &[usize], d: D) -> State {
        let orders: BTreeSet<(D, u8)> = coats.iter().map(|c| self.coat(*c).order).collect();
        orders.into_iter().fold(State::nothing(), |below, order| {
            let group: Vec<usize> =
                coats.iter().filter(|c| self.coat(**c).order == order).copied().collect();
            self.pile(&below, &group, d, None)
        })
    }

    /// What one layer says, put on what lies below it.
    fn resolve(&self, state: &State, below: &Verdict) -> Verdict {
        if state.is_nothing() {
            return below.clone();
        }
        if state.is_ended() {
            return match below {
                Verdict::Value(_) | Verdict::Undecided(_) => below.clone(),
                Verdict::NotYet | Verdict::Ended | Verdict::Unknown => Verdict::Ended,
            };
        }
        let mut values = BTreeSet::new();
        let mut open = false;
        let mut follow = |values: &mut BTreeSet<V>, or_nothing: bool| match below {
            Verdict::Value(value) => {
                values.insert(value.clone());
            }
            Verdict::Undecided(candidates) => {
                values.extend(candidates.iter().cloned());
                open = true;
            }
            Verdict::NotYet | Verdict::Ended | Verdict::Unknown => open |= or_nothing,
        };
        let mut unnamed = false;
        for (could, _) in &state.could {
            match could {
                Could::Value(value) => {
                    values.insert(value.clone());
                }
                Could::Below | Could::Ended => follow(&mut values, true),
                Could::Unnamed => unnamed = true,
            }
        }
        if state.start_unknown {
            follow(&mut values, false);
        }
        match (open || unnamed, values.len()) {
            (false, 1) => Verdict::Value(values.into_iter().next().unwrap()),
            _ => Verdict::Undecided(values),
        }
    }

    /// The coats of a place that cover what is asked, as far as they reach.
    fn live(&self, asked: &Asked, horizon: Horizon, more: &[usize]) -> Vec<Live> {
        let cell = cell(&asked.cell);
        let mut out = Vec::new();
        for (number, coat) in self.record.coats.iter().enumerate() {
            let here = coat.place == asked.place;
            let mine = match coat.paint {
                Paint::Repeal(_) => here,
                Paint::Value(_) | Paint::Ended | Paint::Altered => {
                    here && coat.measure == asked.measure && coat.cell.covers(&cell)
                }
            };
            let in_time = coat.known <= horizon.known && coat.order < horizon.coats;
            if mine && (in_time || more.contains(&number)) {
                out.push(Live { coat: number, until: coat.until });
            }
        }
        // What was annulled reaches no further than that day.
        for live in &mut out {
            for annulment in &self.record.annulments {
                if annulment.of == self.coat(live.coat).doc && annulment.known <= horizon.known {
                    live.until = live.until.min(annulment.from);
                }
            }
        }
        // What was annulled before it began lifts and repeals nothing.
        out.retain(|live| self.coat(live.coat).first < live.until);
        // What was lifted reaches no further than the first day of what lifts it.
        let lifters: Vec<usize> = out.iter().map(|live| live.coat).collect();
        for live in &mut out {
            for lifter in &lifters {
                let lifter = self.coat(*lifter);
                if lifter.lifts.contains(&self.coat(live.coat).doc) {
                    live.until = live.until.min(lifter.first);
                }
            }
        }
        // What was repealed for a time only ends with its document.
        let repeals: Vec<(usize, usize)> = (out.iter())
            .filter_map(|live| match self.coat(live.coat).paint {
                Paint::Repeal(of) => Some((live.coat, of)),
                Paint::Value(_) | Paint::Ended | Paint::Altered => None,
            })
            .collect();
        for live in &mut out {
            let coat = self.coat(live.coat);
            for (repeal, of) in &repeals {
                let repeal = self.coat(*repeal);
                if coat.temporary && *of == coat.doc && coat.order < repeal.order {
                    live.until = live.until.min(repeal.first);
                }
            }
        }
        out.retain(|live| self.coat(live.coat).first < live.until);
        // What is carried over from a period gives way to the next recorded start.
        let starts: BTreeMap<usize, (D, D)> = (out.iter())
            .filter(|live| {
                let coat = self.coat(live.coat);
                matches!(coat.paint, Paint::Value(_) | Paint::Ended) && !coat.temporary
            })
            .map(|live| {
                let coat = self.coat(live.coat);
                (live.coat, (coat.within.unwrap_or(coat.first), live.until))
            })
            .collect();
        for live in &mut out {
            let coat = self.coat(live.coat);
            if let (Some(past), false) = (coat.period, coat.temporary) {
                let next = (starts.iter())
                    .filter(|(other, (day, until))| {
                        **other != live.coat && *day > coat.first && *until > past
                    })
                    .map(|(_, (day, _))| past.max(*day));
                live.until = live.until.min(next.min().unwrap_or(OPEN));
            }
        }
        out
    }

    /// The temporary coats of one day, on what lasts.
    fn temporarily(&self, temporary: &[Live], d: D, below: &Verdict) -> Verdict {
        let here: Vec<usize> = (temporary.iter())
            .filter(|live| self.coat(live.coat).first <= d && d < live.until)
            .map(|live| live.coat)
            .collect();
        self.resolve(&self.over(&here, d), below)
    }
}

/// Reads a cell such as `age=65,residence=rural`.
pub(crate) fn cell(text: &str) -> Cell {
    let json: BTreeMap<&str, &str> =
        text.split(',').filter_map(|part| part.split_once('=')).collect();
    serde_json::from_str(&serde_json::to_string(&json).unwrap()).unwrap()
}
