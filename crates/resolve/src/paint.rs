//! The surface of one measure at a known day, and what it says on a day. Section 3.

use std::cell::{Cell as Counter, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use jialiang_model::kind::adjustment::Step;
use jialiang_model::number::Number;
use jialiang_model::provision::Provision;

use crate::annul::{less, off};
use crate::answer::Said;
use crate::coat::{ALWAYS, Band, Coat, Doc, Does, NEVER, eve, morrow, same};
use crate::facts::Facts;
use crate::reach::{canon, reach};

/// So many days are painted for one question; what would need more is undecided.
const MOST_PAINTED: u32 = 20_000;
/// So many coats may hang on one another.
const MOST_HANGING: usize = 64;

/// Why several could hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clash {
    Between,
    Within,
    SameDay,
    Crossing,
    Overrun,
    BaseAnnulled,
    Seen,
    Altered(Step),
    /// It was seen later, with nothing on record before it.
    Since,
}

/// What a place itself says of a day. Coats are borrowed from its band.
#[derive(Debug, Clone)]
pub(crate) enum Own<'b, 'a> {
    /// It has not decided.
    Nothing,
    /// This holds.
    Is(&'b Coat<'a>),
    /// Something of this.
    Open(Open<'b, 'a>),
    /// It has ended.
    Ended(&'b Coat<'a>),
}

/// What could hold, as a place itself says it.
#[derive(Debug, Clone)]
pub(crate) struct Open<'b, 'a> {
    /// One of these, no two of one value.
    pub(crate) of: Vec<&'b Coat<'a>>,
    /// Or what the place above has.
    pub(crate) above: bool,
    /// Or something that no document names.
    pub(crate) unnamed: bool,
    /// It was seen later only: what the place above has may have held before.
    pub(crate) since: bool,
    pub(crate) clash: Clash,
    /// The coats on top, where they are the reason: the first and the last.
    pub(crate) by: Option<(&'b Coat<'a>, &'b Coat<'a>)>,
}

/// What is taken into account while an event is held against what lies below it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    /// The event's own order of issue.
    pub(crate) issued: NaiveDate,
    pub(crate) edition: bool,
    /// Its document, of which what begins before a day lies below.
    pub(crate) own: Option<(u32, NaiveDate)>,
    /// Whether every coat that is known lies below, whenever it was issued.
    pub(crate) all_coats: bool,
    /// What was seen counts only before this day.
    pub(crate) seen_before: NaiveDate,
    /// Whether what the same document saw counts.
    pub(crate) seen_own: bool,
}

impl Judged {
    pub(crate) fn coat(self, coat: &Coat<'_>, docs: &[Doc<'_>], known: NaiveDate) -> bool {
        let edition = docs.get(coat.doc as usize).is_some_and(|doc| doc.edition);
        let before = (coat.issued, edition) < (self.issued, self.edition);
        let own = self.own.is_some_and(|(doc, first)| {
            coat.doc == doc && coat.issued == self.issued && coat.from < first
        });
        own || (coat.known <= known && (before || self.all_coats))
    }

    pub(crate) fn seen(self, seen: &Coat<'_>, docs: &[Doc<'_>]) -> bool {
        let edition = docs.get(seen.doc as usize).is_some_and(|doc| doc.edition);
        let own = self.seen_own && self.own.is_some_and(|(doc, _)| doc == seen.doc);
        seen.from < self.seen_before
            && (own || (seen.issued, edition) < (self.issued, self.edition))
    }
}

/// What one entry of a day says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// What lies below: the place above.
    Below,
    Ended,
    /// A value, by the first that says it.
    Value(usize),
    /// Something that no document names.
    Unnamed,
}

/// In which way a coat is on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Top {
    Plain,
    /// Its start was run over.
    Protected,
    /// It begins on some day of a period.
    Within,
    Altered,
    BaseAnnulled,
}

/// What could hold, the coat that brought it, and the one that shows it.
type Entry = (What, Option<usize>, usize);

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    could: Vec<Entry>,
    tops: Vec<(usize, Top)>,
    /// Seen later only, with nothing before it.
    since: bool,
    /// Two sources saw two values on the day that speaks here.
    clashes: bool,
}

impl State {
    fn nothing() -> Self {
        Self { could: vec![(What::Below, None, 0)], tops: Vec::new(), since: false, clashes: false }
    }

    fn is(&self, what: What) -> bool {
        self.could.iter().all(|(one, _, _)| *one == what)
    }

    fn tidy(mut self) -> Self {
        self.could.sort_unstable();
        self.could.dedup();
        self.tops.sort_unstable();
        self.tops.dedup();
        self
    }

    /// Either this or that.
    fn or(mut self, other: &Self) -> Self {
        self.could.extend(&other.could);
        self.tops.extend(&other.tops);
        self.since |= other.since;
        self.clashes |= other.clashes;
        self.tidy()
    }
}

/// A stretch of days, and why it is open.
type Told = (State, Option<Clash>);

/// A coat as far as it reaches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Live {
    pub(crate) coat: usize,
    /// Its first day, or the one on which an annulment of it is itself taken off.
    pub(crate) from: NaiveDate,
    pub(crate) until: NaiveDate,
}

/// What the place above has on a day, where it is certain.
pub(crate) type Above<'c, 'a> = dyn Fn(NaiveDate) -> Option<(&'a Provision, Option<Number>)> + 'c;

/// The surface of one band, for some facts, as known by the end of a day.
pub(crate) struct Surface<'b, 'a, 'c> {
    band: &'b Band<'a>,
    docs: &'b [Doc<'a>],
    above: &'c Above<'c, 'a>,
    /// Of every coat and everything seen, the first that says the same.
    canon: Arc<[usize]>,
    /// In groups of one order of issue.
    lasting: Vec<Vec<Live>>,
    temporary: Vec<Vec<Live>>,
    /// What was seen and is known, by day.
    seen: Vec<usize>,
    /// Coats whose base was annulled.
    unfounded: Vec<usize>,
    /// The first days of stretches within which nothing changes.
    edges: Vec<NaiveDate>,
    painted: RefCell<Vec<Option<Rc<State>>>>,
    /// Whether what the place above has on a day matters within a stretch.
    held_above: bool,
    /// What the band says over each stretch, once it was asked.
    said: RefCell<Vec<Option<Rc<Told>>>>,
    budget: Rc<Counter<u32>>,
    /// How many coats hang on this surface.
    depth: usize,
}

impl std::fmt::Debug for Surface<'_, '_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surface").field("measure", &self.band.measure).finish_non_exhaustive()
    }
}

impl<'b, 'a, 'c> Surface<'b, 'a, 'c> {
    pub(crate) fn new(
        band: &'b Band<'a>,
        docs: &'b [Doc<'a>],
        facts: &Facts,
        known: NaiveDate,
        judged: Option<Judged>,
        above: &'c Above<'c, 'a>,
    ) -> Self {
        let visible = |coat: &Coat<'_>| {
            coat.covers(facts)
                && judged.map_or(coat.known <= known, |judged| judged.coat(coat, docs, known))
        };
        let live = reach(band, docs, known, &visible);
        let seen = band.seen.iter().enumerate().filter(|(_, seen)| {
            seen.known <= known
                && seen.covers(facts)
                && !band.spares(seen, facts)
                && judged.is_none_or(|judged| judged.seen(seen, docs))
        });
        let seen: Vec<usize> = seen.map(|(i, _)| i).collect();
        let budget = Rc::new(Counter::new(MOST_PAINTED));
        let mut surface = Self::of(band, docs, above, canon(band), live, seen, budget);
        if band.annulled {
            surface.unfounded = surface.find_unfounded(known, &visible);
        }
        surface
    }

    fn of(
        band: &'b Band<'a>,
        docs: &'b [Doc<'a>],
        above: &'c Above<'c, 'a>,
        canon: Arc<[usize]>,
        live: Vec<Live>,
        mut seen: Vec<usize>,
        budget: Rc<Counter<u32>>,
    ) -> Self {
        let day = |i: &usize| band.seen.get(*i).map_or(NEVER, |seen| seen.from);
        seen.sort_by_key(day);
        let mut edges = vec![ALWAYS];
        for live in &live {
            let Some(coat) = band.coats.get(live.coat) else { continue };
            edges.extend([live.from, coat.sure, live.until]);
            if !seen.is_empty() {
                edges.push(morrow(coat.issued));
            }
        }
        edges.extend(seen.iter().map(day));
        let within =
            |live: &Live| band.coats.get(live.coat).is_some_and(|coat| coat.from < coat.sure);
        let held_above = !seen.is_empty() && live.iter().any(within);
        if !seen.is_empty() {
            let next: Vec<NaiveDate> = edges.iter().map(|edge| morrow(*edge)).collect();
            edges.extend(next);
        }
        edges.sort_unstable();
        edges.dedup();
        let order = |live: &Live| {
            let coat = band.coats.get(live.coat);
            let edition = |doc: u32| docs.get(doc as usize).is_some_and(|doc| doc.edition);
            coat.map_or((NEVER, false), |coat| (coat.issued, edition(coat.doc)))
        };
        let temporary = |live: &Live| band.coats.get(live.coat).is_some_and(|c| c.temporary);
        let groups = |wanted: bool| {
            let mut all: Vec<Live> =
                live.iter().filter(|live| temporary(live) == wanted).copied().collect();
            all.sort_by_key(order);
            let groups = all.chunk_by(|a, b| order(a) == order(b));
            groups.map(<[Live]>::to_vec).collect::<Vec<_>>()
        };
        Self {
            band,
            docs,
            above,
            canon,
            lasting: groups(false),
            temporary: groups(true),
            seen,
            unfounded: Vec::new(),
            painted: RefCell::new(vec![None; edges.len()]),
            held_above,
            said: RefCell::new(vec![None; edges.len()]),
            edges,
            budget,
            depth: 0,
        }
    }

    fn coat(&self, i: usize) -> Option<&'b Coat<'a>> {
        self.band.coats.get(i)
    }

    /// A coat, or what was seen, by the number under which entries show it.
    fn shown(&self, i: usize) -> Option<&'b Coat<'a>> {
        let seen = i.checked_sub(self.band.coats.len());
        seen.map_or_else(|| self.band.coats.get(i), |seen| self.band.seen.get(seen))
    }

    fn value(&self, i: usize) -> What {
        What::Value(self.canon.get(i).copied().unwrap_or(i))
    }

    /// The stretch in which a day lies.
    fn at(&self, day: NaiveDate) -> usize {
        self.edges.partition_point(|edge| *edge <= day).saturating_sub(1)
    }

    fn edge(&self, at: usize) -> NaiveDate {
        self.edges.get(at).copied().unwrap_or(NEVER)
    }

    /// What the lasting coats paint over a stretch.
    fn painted(&self, at: usize) -> Rc<State> {
        if let Some(Some(state)) = self.painted.borrow().get(at) {
            return Rc::clone(state);
        }
        let day = self.edge(at);
        let state = self.alone(day).unwrap_or_else(|| {
            let groups = self.lasting.get(self.ground(day)..).unwrap_or_default().iter();
            groups.fold(State::nothing(), |state, group| self.pile(state, group, day, true))
        });
        let state = Rc::new(state);
        if let Some(kept) = self.painted.borrow_mut().get_mut(at) {
            *kept = Some(Rc::clone(&state));
        }
        state
    }

    /// The last group of which a single coat hangs on what lies below it: that is looked up for
    /// it alone, and nothing painted before is needed.
    fn ground(&self, day: NaiveDate) -> usize {
        let hangs = |group: &Vec<Live>| {
            let mut here = group.iter().filter(|live| live.from <= day && day < live.until);
            match (here.next(), here.next()) {
                (Some(one), None) => self.way(one.coat, day, true) != Top::Plain,
                _ => false,
            }
        };
        self.lasting.iter().rposition(hangs).unwrap_or(0)
    }

    /// A day on which one coat lies on top of all others by itself, as on most.
    fn alone(&self, day: NaiveDate) -> Option<State> {
        let mut top: Option<(usize, &Coat<'a>)> = None;
        for group in self.lasting.iter().rev() {
            for live in group {
                let coat = self.coat(live.coat)?;
                if live.from > day || day >= live.until {
                    continue;
                }
                match top {
                    None => top = Some((live.coat, coat)),
                    Some((_, above)) => {
                        // What meets it on its own day of issue, or may not be run over.
                        let meets = above.issued == coat.issued || coat.from > above.from;
                        if meets || matches!(coat.does, Does::Repeals(_)) {
                            return None;
                        }
                    }
                }
            }
        }
        let (i, coat) = top?;
        let plain =
            matches!(coat.does, Does::Sets | Does::Ends) && self.way(i, day, true) == Top::Plain;
        plain.then(|| State {
            could: vec![(self.says(i), Some(i), i)],
            tops: vec![(i, Top::Plain)],
            since: false,
            clashes: false,
        })
    }

    /// Lays the coats of one order of issue on what lies there on one day.
    fn pile(&self, mut below: State, group: &[Live], day: NaiveDate, lasting: bool) -> State {
        let mut here: Vec<usize> = Vec::new();
        for live in group {
            let Some(coat) = self.coat(live.coat) else { continue };
            if live.from > day || day >= live.until {
                continue;
            }
            // A repeal speaks of what was there before this day of issue.
            if let Does::Repeals(of) = coat.does {
                self.repeal(&mut below, live.coat, of);
            } else {
                here.push(live.coat);
            }
        }
        if here.is_empty() {
            return below;
        }
        self.heap(below, &here, &here, day, lasting)
    }

    fn repeal(&self, state: &mut State, repeal: usize, of: u32) {
        let is = |coat: Option<usize>| {
            coat.and_then(|coat| self.coat(coat)).is_some_and(|coat| coat.doc == of)
        };
        if !state.could.iter().any(|(_, coat, _)| is(*coat)) {
            return;
        }
        for entry in &mut state.could {
            if is(entry.1) {
                *entry = (What::Ended, Some(repeal), repeal);
            }
        }
        state.tops.retain(|(coat, _)| !is(Some(*coat)));
        state.tops.push((repeal, Top::Plain));
        *state = std::mem::replace(state, State::nothing()).tidy();
    }

    /// Coats of one order of issue: where no order among the last is stated, each of them
    /// could be the last.
    fn heap(
        &self,
        below: State,
        all: &[usize],
        coats: &[usize],
        day: NaiveDate,
        lasting: bool,
    ) -> State {
        if self.budget.get() == 0 || self.depth > MOST_HANGING {
            // Too much hangs on one another: that it is undecided is said, and nothing named.
            let could = vec![(What::Unnamed, None, 0)];
            let tops = coats.iter().map(|i| (*i, self.way(*i, day, lasting))).collect();
            return State { could, tops, ..State::nothing() };
        }
        self.budget.set(self.budget.get() - 1);
        if let [one] = coats {
            let way = self.way(*one, day, lasting);
            let below = if lasting && way != Top::Plain {
                let out: Vec<usize> = all.to_vec();
                self.there(*one, day, &out)
            } else {
                below
            };
            return self.coated(&below, *one, way, day);
        }
        let under = |a: usize, b: usize| self.under(a, b);
        let mut state: Option<State> = None;
        for last in coats.iter().filter(|a| !coats.iter().any(|b| under(**a, *b))) {
            let rest: Vec<usize> = coats.iter().filter(|c| *c != last).copied().collect();
            let way = self.way(*last, day, lasting);
            let on = if way == Top::Plain {
                // What is protected from all of them stays below each that is the last.
                self.kept(&below, &rest, day, lasting)
            } else if lasting {
                let out: Vec<usize> = all.iter().filter(|c| !rest.contains(c)).copied().collect();
                self.there(*last, day, &out)
            } else {
                self.heap(below.clone(), all, &rest, day, lasting)
            };
            let own = self.coated(&on, *last, way, day);
            state = Some(match state {
                Some(state) => state.or(&own),
                None => own,
            });
        }
        state.unwrap_or(below)
    }

    /// What of a day is left under some coats: the starts that none of them may run over.
    fn kept(&self, below: &State, coats: &[usize], day: NaiveDate, lasting: bool) -> State {
        let mut state = below.clone();
        for coat in coats {
            match self.way(*coat, day, lasting) {
                Top::Plain | Top::Protected => {
                    state.could.retain(|entry| self.stays(*coat, *entry));
                }
                Top::Altered => state.could.clear(),
                Top::Within | Top::BaseAnnulled => {}
            }
        }
        state
    }

    /// Whether an entry is not covered by a coat: it is a later start of an earlier document
    /// that says something else.
    fn stays(&self, coat: usize, (what, other, _): Entry) -> bool {
        other.is_some_and(|other| what != self.says(coat) && self.protects(coat, other))
    }

    fn says(&self, i: usize) -> What {
        match self.coat(i).map(|coat| coat.does) {
            Some(Does::Sets | Does::Saw) => self.value(i),
            Some(Does::Ends | Does::Repeals(_)) => What::Ended,
            Some(Does::Alters(_)) | None => What::Unnamed,
        }
    }

    /// One coat on what lies below it.
    fn coated(&self, below: &State, i: usize, way: Top, day: NaiveDate) -> State {
        let mut state = State {
            could: Vec::new(),
            tops: vec![(i, way)],
            since: below.since && way != Top::Plain,
            clashes: false,
        };
        for entry in &below.could {
            match way {
                Top::Altered => state.could.push((entry.0, Some(i), entry.2)),
                Top::Within | Top::BaseAnnulled => state.could.push(*entry),
                Top::Plain | Top::Protected => {
                    if let (true, Some(other)) = (self.stays(i, *entry), entry.1) {
                        state.could.push(*entry);
                        // Where its own start is unseen it may still begin.
                        let open = self.coat(other).is_some_and(|other| day < other.sure);
                        state.tops.push((other, if open { Top::Within } else { Top::Protected }));
                    }
                }
            }
        }
        state.could.push((self.says(i), Some(i), i));
        state.tidy()
    }

    fn way(&self, i: usize, day: NaiveDate, lasting: bool) -> Top {
        let Some(coat) = self.coat(i) else { return Top::Plain };
        match coat.does {
            Does::Alters(_) => Top::Altered,
            _ if day < coat.sure => Top::Within,
            _ if lasting && self.unfounded.contains(&i) => Top::BaseAnnulled,
            _ => Top::Plain,
        }
    }

    /// Whether a coat may not run over the start of another.
    fn protects(&self, coat: usize, other: usize) -> bool {
        let (Some(coat), Some(other)) = (self.coat(coat), self.coat(other)) else { return false };
        let named = match coat.said {
            Said::Operation(_, operation) => {
                let bond = &operation.bond;
                let doc = self.docs.get(other.doc as usize).map_or("", |doc| doc.id);
                bond.replaces.iter().chain(&bond.lifts).any(|id| id.as_str() == doc)
            }
            Said::Edition(..) | Said::List(_) => false,
        };
        other.issued < coat.issued && other.doc != coat.doc && other.from > coat.from && !named
    }

    /// Whether, of two coats, the first is surely painted before the second.
    fn under(&self, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (self.coat(a), self.coat(b)) else { return false };
        let edition = |doc: u32| self.docs.get(doc as usize).is_some_and(|doc| doc.edition);
        let (p, q) = ((x.issued, edition(x.doc)), (y.issued, edition(y.doc)));
        if p != q {
            return p < q;
        }
        if x.doc == y.doc {
            return x.from < y.from || (x.from == y.from && x.holds(y) && !y.holds(x));
        }
        let after = |doc: u32, other: u32| {
            self.docs.get(doc as usize).is_some_and(|doc| doc.after.contains(&other))
        };
        after(y.doc, x.doc) && !after(x.doc, y.doc)
    }

    /// What lies below a coat that hangs on it, with what was seen of it before the coat began.
    fn there(&self, i: usize, day: NaiveDate, out: &[usize]) -> State {
        let Some(coat) = self.coat(i) else { return State::nothing() };
        let edition = |doc: u32| self.docs.get(doc as usize).is_some_and(|doc| doc.edition);
        let order = |c: &Coat<'_>| (c.issued, edition(c.doc));
        let live = self.lasting.iter().flatten().filter(|live| {
            live.coat != i
                && !out.contains(&live.coat)
                && !self.under(i, live.coat)
                && self.coat(live.coat).is_some_and(|other| order(other) <= order(coat))
        });
        let seen = self
            .seen
            .iter()
            .copied()
            .filter(|seen| self.band.seen.get(*seen).is_some_and(|seen| seen.from < coat.from));
        let (live, seen) = (live.copied().collect(), seen.collect());
        let (canon, budget) = (Arc::clone(&self.canon), Rc::clone(&self.budget));
        let mut below = Self::of(self.band, self.docs, self.above, canon, live, seen, budget);
        below.unfounded.clone_from(&self.unfounded);
        below.depth = self.depth + 1;
        below.lasting(day).0
    }

    /// The coats that changed what has been annulled since.
    fn find_unfounded(&self, known: NaiveDate, visible: &impl Fn(&Coat<'_>) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let all: Vec<Live> = self.lasting.iter().flatten().copied().collect();
        for live in &all {
            let Some(coat) = self.coat(live.coat) else { continue };
            let (Some(was), Some(line)) = (coat.was, coat.line) else { continue };
            let below: Vec<Live> =
                all.iter().filter(|l| self.under(l.coat, live.coat)).copied().collect();
            let unfounded = found.clone();
            let paint = |live: Vec<Live>| {
                let (canon, budget) = (Arc::clone(&self.canon), Rc::clone(&self.budget));
                let mut surface =
                    Self::of(self.band, self.docs, self.above, canon, live, Vec::new(), budget);
                surface.unfounded.clone_from(&unfounded);
                let state = surface.painted(surface.at(coat.from));
                State::clone(&state)
            };
            let says = |what: What| match what {
                What::Value(i) => self
                    .shown(i)
                    .and_then(|one| one.line.map(|l| same(l, one.number, line, Some(was))))
                    .unwrap_or(false),
                What::Below | What::Ended | What::Unnamed => false,
            };
            for (of, doc) in self.docs.iter().enumerate() {
                let is_off = |by| off(doc, by).iter().any(|o| o.0 <= coat.from && coat.from < o.1);
                let cut = is_off(known) && !is_off(eve(coat.issued));
                let Ok(of) = u32::try_from(of) else { continue };
                if !cut || of == coat.doc || !self.band.coats.iter().any(|c| c.doc == of) {
                    continue;
                }
                // As known before its issue, the coats of that document reach further.
                let mut then = below.clone();
                for (i, other) in self.band.coats.iter().enumerate() {
                    if other.doc == of
                        && !other.temporary
                        && visible(other)
                        && self.under(i, live.coat)
                    {
                        then.retain(|l| l.coat != i);
                        let off = off(doc, eve(coat.issued));
                        let parts = less((other.from, other.until), off);
                        then.extend(parts.map(|(from, until)| Live { coat: i, from, until }));
                    }
                }
                let (then, now) = (paint(then), paint(below.clone()));
                let from_it = |entry: &Entry| {
                    says(entry.0)
                        && entry.1.and_then(|i| self.coat(i)).is_some_and(|one| one.doc == of)
                };
                let came = then.could.len() == 1 && then.could.iter().all(from_it);
                let still =
                    self.certain(&now, coat.from).is_some_and(|(l, n)| same(l, n, line, Some(was)));
                if came && !still && !found.contains(&live.coat) {
                    found.push(live.coat);
                }
            }
        }
        found
    }

    /// The one value of a state, with what the place above has, where it is certain.
    fn certain(&self, state: &State, day: NaiveDate) -> Option<(&'a Provision, Option<Number>)> {
        let mut one: Option<(&'a Provision, Option<Number>)> = None;
        let mut see = |value: (&'a Provision, Option<Number>)| match one {
            None => {
                one = Some(value);
                true
            }
            Some((line, number)) => same(line, number, value.0, value.1),
        };
        for (what, _, _) in &state.could {
            let value = match what {
                What::Value(i) => self.shown(*i).and_then(|one| Some((one.line?, one.number))),
                What::Below | What::Ended => (self.above)(day),
                What::Unnamed => None,
            };
            if !see(value?) {
                return None;
            }
        }
        if state.since && !(self.above)(day).is_none_or(see) {
            return None;
        }
        one
    }

    /// What the lasting coats and what was seen say on a day, and why it is open.
    fn lasting(&self, day: NaiveDate) -> Told {
        let at = self.at(day);
        let base = self.painted(at);
        if self.seen.is_empty() {
            return (State::clone(&base), None);
        }
        // One stretch over which the same is on top.
        let mut first = at;
        while first > 0 && self.painted(first - 1).tops == base.tops {
            first -= 1;
        }
        let mut behind = at + 1;
        while behind < self.edges.len() && self.painted(behind).tops == base.tops {
            behind += 1;
        }
        let (start, end) = (self.edge(first), self.edge(behind));
        let issued =
            base.tops.iter().filter_map(|(i, _)| self.coat(*i)).map(|coat| coat.issued).max();
        let within = match base.tops.as_slice() {
            [(i, Top::Within)] => Some(*i),
            _ => None,
        };
        // What was issued after a witness, and lies there, is stronger.
        let inside: Vec<(NaiveDate, usize)> = self
            .seen
            .iter()
            .filter_map(|i| Some((self.band.seen.get(*i)?, *i)))
            .filter(|(seen, _)| start <= seen.from && seen.from < end)
            .filter(|(seen, _)| issued.is_none_or(|issued| issued <= seen.issued))
            .map(|(seen, i)| (seen.from, i))
            .collect();
        let last = inside.iter().map(|(on, _)| *on).rfind(|on| *on <= day);
        let next = inside.iter().map(|(on, _)| *on).find(|on| *on > day);
        let on = |wanted: NaiveDate, since: bool| {
            let here = inside.iter().filter(|(on, _)| *on == wanted);
            let could: Vec<Entry> = here
                .map(|(_, i)| {
                    let show = self.band.coats.len() + i;
                    (self.value(show), None, show)
                })
                .collect();
            let mut values: Vec<What> = could.iter().map(|entry| entry.0).collect();
            values.dedup();
            let clashes = values.iter().any(|what| Some(what) != values.first());
            State { could, tops: Vec::new(), since, clashes }.tidy()
        };
        let sure = issued.map_or(start, |issued| issued.max(start));
        let (state, why) = match (within, last, next) {
            (_, Some(last), _) if last == day => (on(last, false), None),
            (_, None, None) => return (State::clone(&base), None),
            (_, Some(last), Some(next)) => {
                (on(last, false).or(&on(next, false)), Some(Clash::Between))
            }
            (None, Some(last), None) => (on(last, false), None),
            (None, None, Some(next)) if issued.is_none() => (on(next, true), Some(Clash::Since)),
            (None, None, Some(_)) if day <= sure => return (State::clone(&base), None),
            (None, None, Some(next)) => {
                (State::clone(&base).or(&on(next, false)), Some(Clash::Between))
            }
            (Some(coat), last, next) => {
                let past = last.is_some();
                let Some(of) = last.or(next) else { return (State::clone(&base), None) };
                (self.inside(&base, coat, &on(of, false), past, day), Some(Clash::Within))
            }
        };
        (State { tops: base.tops.clone(), ..state }, why)
    }

    /// A day within the period in which a coat begins, on one side of what was seen in it.
    fn inside(&self, base: &State, coat: usize, seen: &State, past: bool, day: NaiveDate) -> State {
        let part = |mine: bool| State {
            could: base.could.iter().filter(|e| (e.1 == Some(coat)) == mine).copied().collect(),
            tops: Vec::new(),
            since: base.since && !mine,
            clashes: false,
        };
        let (old, new) = (part(false), part(true));
        let alike = |side: &State| {
            let (a, b) = (self.certain(seen, day), self.certain(side, day));
            a.zip(b).is_some_and(|((l, m), (k, n))| same(l, m, k, n))
        };
        match past {
            false if alike(&old) => old,
            false if alike(&new) => base.clone(),
            false => old.or(seen),
            true if alike(&new) => new,
            true if alike(&old) => base.clone(),
            true => seen.clone().or(&new),
        }
    }

    /// What the band says over a stretch.
    fn told(&self, at: usize) -> Rc<Told> {
        if let Some(Some(told)) = self.said.borrow().get(at) {
            return Rc::clone(told);
        }
        let told = Rc::new(self.layered(self.edge(at)));
        if let Some(kept) = self.said.borrow_mut().get_mut(at) {
            *kept = Some(Rc::clone(&told));
        }
        told
    }

    /// What the band says on a day: temporary coats on lasting ones.
    fn layered(&self, day: NaiveDate) -> Told {
        let (lasting, why) = self.lasting(day);
        let mut over = State::nothing();
        for group in &self.temporary {
            over = self.pile(over, group, day, false);
        }
        if over.is(What::Below) {
            return (lasting, why);
        }
        let mut state = State { could: Vec::new(), ..over.clone() };
        for entry in &over.could {
            if entry.0 == What::Below {
                state.could.extend(&lasting.could);
                state.since |= lasting.since;
            } else {
                state.could.push(*entry);
            }
        }
        (state.tidy(), None)
    }

    /// Whether the lasting coats, and what was seen, leave a day to the place above.
    pub(crate) fn follows(&self, day: NaiveDate) -> bool {
        let state = self.lasting(day).0;
        state.is(What::Below) && !state.since || state.is(What::Ended)
    }

    /// What the band says on a day, with the stretch of days over which it says so.
    pub(crate) fn on(&self, day: NaiveDate) -> (Own<'b, 'a>, NaiveDate, NaiveDate) {
        let mut at = self.at(day);
        // What was seen within a period is held against the place above, day by day.
        let told = if self.held_above && day != self.edge(at) {
            Rc::new(self.layered(day))
        } else {
            self.told(at)
        };
        let (state, why) = &*told;
        let same = |at: usize| {
            let other = &self.told(at).0;
            other.could == state.could && other.since == state.since
        };
        let mut from = at;
        if state.is(What::Ended) {
            while from > 0 && same(from - 1) {
                from -= 1;
            }
        }
        at += 1;
        while at < self.edges.len() && same(at) {
            at += 1;
        }
        (self.answer(state, *why), self.edge(from), self.edge(at))
    }

    fn answer(&self, state: &State, why: Option<Clash>) -> Own<'b, 'a> {
        if state.is(What::Below) && !state.since {
            return Own::Nothing;
        }
        if state.is(What::Ended) {
            let by = state.could.first().and_then(|entry| self.shown(entry.2));
            return by.map_or(Own::Nothing, Own::Ended);
        }
        let mut of: Vec<(What, &'b Coat<'a>)> = Vec::new();
        let (mut above, mut unnamed) = (false, false);
        for (what, _, show) in &state.could {
            match what {
                What::Below | What::Ended => above = true,
                What::Unnamed => unnamed = true,
                What::Value(_) => {
                    // Of those that say the same the first one in order shows it: what was
                    // enacted before what was seen.
                    if let Some(coat) = self.shown(*show)
                        && !of.iter().any(|(other, _)| other == what)
                    {
                        of.push((*what, coat));
                    }
                }
            }
        }
        let of: Vec<&Coat<'a>> = of.into_iter().map(|(_, coat)| coat).collect();
        if let ([one], false, false, false) = (of.as_slice(), above, unnamed, state.since) {
            return Own::Is(one);
        }
        let tops: Vec<&'b Coat<'a>> =
            state.tops.iter().filter_map(|(i, _)| self.coat(*i)).collect();
        let by = tops.first().copied().zip(tops.last().copied());
        let has = |way: Top| state.tops.iter().any(|(_, top)| *top == way);
        let step = tops.iter().rev().find_map(|coat| match coat.does {
            Does::Alters(step) => Some(step),
            _ => None,
        });
        let clash = if state.clashes {
            Clash::Seen
        } else if state.since {
            Clash::Since
        } else if let Some(why) = why {
            why
        } else if has(Top::Protected) {
            Clash::Overrun
        } else if has(Top::BaseAnnulled) {
            Clash::BaseAnnulled
        } else if let (true, Some(step)) = (has(Top::Altered), step) {
            Clash::Altered(step)
        } else if has(Top::Within) {
            Clash::Within
        } else if by.is_some_and(|(a, b)| a.doc == b.doc) {
            Clash::Crossing
        } else {
            Clash::SameDay
        };
        Own::Open(Open { of, above, unnamed, since: state.since, clash, by })
    }

    /// The pairs of coats that meet and may not simply cover each other: the one below first.
    pub(crate) fn meetings(&self) -> Vec<(Clash, &'b Coat<'a>, &'b Coat<'a>)> {
        let mut all: Vec<(Clash, &'b Coat<'a>, &'b Coat<'a>)> = Vec::new();
        let mut see = |clash: Clash, a: &'b Coat<'a>, b: &'b Coat<'a>| {
            let there = |(_, x, y): &(Clash, &Coat<'a>, &Coat<'a>)| {
                std::ptr::eq(*x, a) && std::ptr::eq(*y, b)
            };
            if !all.iter().any(there) {
                all.push((clash, a, b));
            }
        };
        for at in 0..self.edges.len() {
            let state = self.painted(at);
            for (n, (j, way)) in state.tops.iter().enumerate() {
                let Some(a) = self.coat(*j) else { continue };
                if *way == Top::BaseAnnulled {
                    see(Clash::BaseAnnulled, a, a);
                }
                for (i, other) in state.tops.iter().skip(n + 1) {
                    let Some(b) = self.coat(*i) else { continue };
                    if a.same(b) {
                        continue;
                    }
                    let (low, high) = if self.protects(*j, *i) { (b, a) } else { (a, b) };
                    if self.protects(*i, *j) || self.protects(*j, *i) {
                        see(Clash::Overrun, low, high);
                    } else if a.doc == b.doc {
                        see(Clash::Crossing, a, b);
                    } else if a.issued == b.issued && *way == *other {
                        see(Clash::SameDay, a, b);
                    }
                }
            }
        }
        let seen: Vec<&'b Coat<'a>> =
            self.seen.iter().filter_map(|i| self.band.seen.get(*i)).collect();
        for (n, a) in seen.iter().enumerate() {
            for b in seen.iter().skip(n + 1) {
                if a.from == b.from && !a.same(b) {
                    see(Clash::Seen, a, b);
                }
            }
        }
        all
    }

    /// Whether a value was set or seen by a day.
    pub(crate) fn had(&self, day: NaiveDate, line: &Provision) -> bool {
        let live = self.lasting.iter().chain(&self.temporary).flatten();
        let coats = live.filter(|live| live.from <= day).filter_map(|live| self.coat(live.coat));
        let seen = self.seen.iter().filter_map(|i| self.band.seen.get(*i));
        coats
            .chain(seen.filter(|seen| seen.from <= day))
            .any(|coat| coat.line.is_some_and(|l| same(l, coat.number, line, None)))
    }

    /// Whether a value that is known, and was not annulled, begins after a day.
    pub(crate) fn starts_after(&self, day: NaiveDate) -> Option<Coat<'a>> {
        let live = self.lasting.iter().chain(&self.temporary).flatten();
        let later = live.filter(|live| live.from > day);
        let coats =
            later.filter_map(|live| Some(Coat { from: live.from, ..*self.coat(live.coat)? }));
        coats.filter(|coat| coat.does == Does::Sets).min_by_key(|coat| coat.from)
    }
}
