//! Lasting coats, painted in order of issue, and what was seen between them.

use std::collections::BTreeSet;

use super::record::{Coat, D, Paint};
use super::{Could, Live, Scene, Seen, Slow, State, Verdict, Way};

impl Slow {
    /// Each day of a place's own lasting layer.
    pub(super) fn lasting(
        &self,
        live: &[Live],
        seen: &[Seen],
        scene: &Scene<'_>,
    ) -> Vec<State> {
        let unfounded = self.unfounded(live, scene);
        let painted = self.painted(live, &unfounded);
        self.between(painted, live, seen, scene)
    }

    /// Paints in order of issue, without what was seen.
    fn painted(&self, live: &[Live], unfounded: &BTreeSet<usize>) -> Vec<State> {
        let days = 0..self.calendar.len();
        let mut states: Vec<State> = days.clone().map(|_| State::nothing()).collect();
        let orders: BTreeSet<(D, u8)> = live.iter().map(|live| self.coat(live.coat).order).collect();
        for order in orders {
            let group: Vec<&Live> =
                live.iter().filter(|live| self.coat(live.coat).order == order).collect();
            for d in days.clone() {
                let here = group.iter().filter(|live| {
                    self.coat(live.coat).first <= d && d < live.until
                });
                let here: Vec<usize> = here.map(|live| live.coat).collect();
                let below = &states[d as usize];
                states[d as usize] = self.pile(below, &here, d, unfounded);
            }
        }
        states
    }

    /// Paints the coats of one day of issue on what lies there on one day.
    pub(super) fn pile(
        &self,
        below: &State,
        coats: &[usize],
        d: D,
        unfounded: &BTreeSet<usize>,
    ) -> State {
        // A repeal speaks of what was there before this day of issue.
        let mut below = below.clone();
        let mut rest = Vec::new();
        for coat in coats {
            match self.coat(*coat).paint {
                Paint::Repeal(of) => self.repeal(&mut below, *coat, of),
                Paint::Value(_) | Paint::Ended | Paint::Altered => rest.push(*coat),
            }
        }
        self.heap(&below, &rest, d, unfounded)
    }

    fn repeal(&self, state: &mut State, repeal: usize, of: usize) {
        let is = |coat: &Option<usize>| coat.is_some_and(|coat| self.coat(coat).doc == of);
        if !state.could.iter().any(|(_, coat)| is(coat)) {
            return;
        }
        let could = std::mem::take(&mut state.could);
        for (what, coat) in could {
            if is(&coat) {
                state.could.insert((Could::Ended, Some(repeal)));
            } else {
                state.could.insert((what, coat));
            }
        }
        state.tops.retain(|(coat, _)| self.coat(*coat).doc != of);
        state.tops.insert((repeal, Way::Plain));
    }

    /// Coats of one day of issue: where no order among the last is stated, each of them could
    /// be the last.
    fn heap(&self, below: &State, coats: &[usize], d: D, unfounded: &BTreeSet<usize>) -> State {
        let under = |a: &usize, b: &usize| self.record.under(*a, *b);
        let last: Vec<usize> =
            coats.iter().filter(|a| !coats.iter().any(|b| under(a, b))).copied().collect();
        let one = |coat: usize, rest: &[usize]| {
            let below = self.heap(below, rest, d, unfounded);
            self.coated(&below, coat, d, unfounded)
        };
        match last.as_slice() {
            [] => below.clone(),
            [coat] => {
                let rest: Vec<usize> = coats.iter().filter(|c| *c != coat).copied().collect();
                one(*coat, &rest)
            }
            last => {
                let each = last.iter().map(|coat| {
                    let rest: Vec<usize> =
                        coats.iter().filter(|c| under(c, coat)).copied().collect();
                    one(*coat, &rest)
                });
                each.reduce(|a, b| a.or(&b)).unwrap()
            }
        }
    }

    /// One coat on what lies below it.
    fn coated(&self, below: &State, number: usize, d: D, unfounded: &BTreeSet<usize>) -> State {
        let coat = self.coat(number);
        let mine = match &coat.paint {
            Paint::Value(value) => Could::Value(value.clone()),
            Paint::Ended => Could::Ended,
            Paint::Altered => {
                let mut could: BTreeSet<_> =
                    below.could.iter().map(|(what, _)| (what.clone(), Some(number))).collect();
                could.insert((Could::Unnamed, Some(number)));
                return State {
                    could,
                    tops: BTreeSet::from([(number, Way::Altered)]),
                    start_unknown: false,
                };
            }
            Paint::Repeal(_) => unreachable!("a repeal is no coat of its own"),
        };
        let way = match coat.within {
            Some(past) if d < past => Way::Within,
            _ if unfounded.contains(&number) => Way::BaseAnnulled,
            _ => Way::Plain,
        };
        let mut state = State {
            could: BTreeSet::new(),
            tops: BTreeSet::from([(number, way)]),
            start_unknown: false,
        };
        for (what, other) in &below.could {
            match way {
                Way::Within | Way::BaseAnnulled => {
                    state.could.insert((what.clone(), *other));
                }
                Way::Plain | Way::Protected | Way::Altered => {
                    if let Some(other) = other.filter(|o| *what != mine && self.protects(coat, *o)) {
                        state.could.insert((what.clone(), Some(other)));
                        state.tops.insert((other, Way::Protected));
                    }
                }
            }
        }
        state.could.insert((mine, Some(number)));
        state
    }

    /// Whether a coat may not run over the start of another.
    fn protects(&self, coat: &Coat, other: usize) -> bool {
        let other = self.coat(other);
        !coat.temporary
            && other.order.0 < coat.order.0
            && other.doc != coat.doc
            && other.first > coat.first
            && !coat.releases.contains(&other.doc)
    }

    /// The coats that changed what has been annulled since.
    fn unfounded(&self, live: &[Live], scene: &Scene<'_>) -> BTreeSet<usize> {
        let mut out = BTreeSet::new();
        for one in live {
            let coat = self.coat(one.coat);
            let Some(was) = &coat.was else { continue };
            for annulment in &self.record.annulments {
                let later = annulment.known <= scene.horizon.known && annulment.known >= coat.order.0;
                if !later || annulment.from > coat.first || annulment.of == coat.doc {
                    continue;
                }
                let below: Vec<Live> =
                    live.iter().filter(|l| self.before(l.coat, one.coat)).copied().collect();
                let mut then = below.clone();
                // As it was before the annulment, the coats of that document reach further.
                for (number, other) in self.record.coats.iter().enumerate() {
                    let same = other.doc == annulment.of
                        && other.measure == coat.measure
                        && other.cell.covers(&scene.cell)
                        && other.known <= scene.horizon.known
                        && other.order < scene.horizon.coats;
                    if same && !other.temporary && self.before(number, one.coat) {
                        then.retain(|l| l.coat != number);
                        then.push(Live { coat: number, until: other.until });
                    }
                }
                let at = |live: &[Live]| {
                    let unfounded = self.unfounded(live, scene);
                    self.painted(live, &unfounded).swap_remove(coat.first as usize)
                };
                let (then, now) = (at(&then), at(&below));
                let came = then.could.len() == 1
                    && then.could.iter().all(|(what, from)| {
                        *what == Could::Value(was.clone())
                            && from.is_some_and(|from| self.coat(from).doc == annulment.of)
                    });
                let still = self.resolve(&now, &scene.above[coat.first as usize])
                    == Verdict::Value(was.clone());
                if came && !still {
                    out.insert(one.coat);
                }
            }
        }
        out
    }

    /// Whether a coat was painted before another.
    fn before(&self, a: usize, b: usize) -> bool {
        a != b && self.record.under(a, b)
    }

    /// Puts what was seen between what was painted.
    fn between(
        &self,
        mut states: Vec<State>,
        live: &[Live],
        seen: &[Seen],
        scene: &Scene<'_>,
    ) -> Vec<State> {
        let len = states.len();
        let mut start = 0;
        while start < len {
            let tops = states[start].tops.clone();
            let end = (start..len).find(|d| states[*d].tops != tops).unwrap_or(len);
            if let Some((coat, way)) = tops.iter().next().copied().filter(|_| tops.len() == 1) {
                self.reseat(&mut states, (start, end), coat, way, (live, seen, scene));
            }
            let issued = tops.iter().map(|(coat, _)| self.coat(*coat).order.0).max();
            let within = tops.iter().find(|(_, way)| *way == Way::Within).filter(|_| tops.len() == 1);
            let run = Run { start, end, issued, within: within.map(|(coat, _)| *coat) };
            self.run(&mut states, &run, seen, scene.above);
            start = end;
        }
        states
    }

    /// Says of a coat that hangs on what lies below it what that is, with what was seen of it
    /// before the coat began.
    fn reseat(
        &self,
        states: &mut [State],
        (start, end): (usize, usize),
        number: usize,
        way: Way,
        (live, seen, scene): (&[Live], &[Seen], &Scene<'_>),
    ) {
        if matches!(way, Way::Plain | Way::Protected) {
            return;
        }
        let coat = self.coat(number);
        let below: Vec<Live> =
            live.iter().filter(|l| self.before(l.coat, number)).copied().collect();
        let seen: Vec<Seen> = seen.iter().filter(|s| s.day < coat.first).cloned().collect();
        let below = self.lasting(&below, &seen, scene);
        for d in start..end {
            let mut could: BTreeSet<_> = below[d].could.clone();
            match (&coat.paint, way) {
                (Paint::Value(value), _) => {
                    could.insert((Could::Value(value.clone()), Some(number)));
                }
                (Paint::Ended, _) => {
                    could.insert((Could::Ended, Some(number)));
                }
                (Paint::Altered, _) => {
                    could.insert((Could::Unnamed, Some(number)));
                }
                (Paint::Repeal(_), _) => continue,
            }
            states[d].could = could;
            states[d].start_unknown = below[d].start_unknown;
        }
    }

    /// One stretch over which the same is on top.
    fn run(&self, states: &mut [State], run: &Run, seen: &[Seen], above: &[Verdict]) {
        let days = (run.start as D)..(run.end as D);
        // What was issued after a witness, and lies there, is stronger.
        let stands = |s: &&Seen| days.contains(&s.day) && run.issued.is_none_or(|i| i <= s.issued);
        let stands: Vec<&Seen> = seen.iter().filter(stands).collect();
        let on = |day: D, unknown: bool| State {
            could: (stands.iter())
                .filter(|s| s.day == day)
                .map(|s| (Could::Value(s.value.clone()), None))
                .collect(),
            tops: BTreeSet::new(),
            start_unknown: unknown,
        };
        let certain = run.issued.map_or(run.start as D, |issued| issued.max(run.start as D));
        for d in days.clone() {
            let last = stands.iter().map(|s| s.day).filter(|day| *day <= d).max();
            let next = stands.iter().map(|s| s.day).filter(|day| *day > d).min();
            let base = &states[d as usize];
            let state = match (run.within, last, next) {
                (_, Some(last), _) if last == d => on(d, false),
                (_, None, None) => continue,
                (_, Some(last), Some(next)) => on(last, false).or(&on(next, false)),
                (None, Some(last), None) => on(last, false),
                (None, None, Some(next)) if run.issued.is_none() => on(next, true),
                (None, None, Some(_)) if d <= certain => continue,
                (None, None, Some(next)) => base.or(&on(next, false)),
                (Some(coat), last, next) => {
                    let seen = on(last.or(next).unwrap(), false);
                    self.within(base, coat, &seen, last.is_some(), &above[d as usize])
                }
            };
            states[d as usize] = State { tops: states[d as usize].tops.clone(), ..state };
        }
    }

    /// A day within the period in which a coat begins, on one side of what was seen in it.
    fn within(&self, base: &State, coat: usize, seen: &State, past: bool, above: &Verdict) -> State {
        let is = |(_, from): &&(Could, Option<usize>)| *from == Some(coat);
        let part = |mine: bool| State {
            could: base.could.iter().filter(|one| is(one) == mine).cloned().collect(),
            tops: BTreeSet::new(),
            start_unknown: base.start_unknown && !mine,
        };
        let (old, new) = (part(false), part(true));
        let same = |side: &State| {
            let seen = self.resolve(seen, above);
            matches!(seen, Verdict::Value(_)) && self.resolve(side, above) == seen
        };
        match past {
            false if same(&old) => old,
            false if same(&new) => base.clone(),
            false => old.or(seen),
            true if same(&new) => new,
            true if same(&old) => base.clone(),
            true => seen.or(&new),
        }
    }
}

/// A stretch over which the same is on top.
struct Run {
    start: usize,
    end: usize,
    /// The last issue day of what is on top; none where nothing was painted.
    issued: Option<D>,
    /// The coat that begins on some day within it.
    within: Option<usize>,
}
