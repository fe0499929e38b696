//! Lasting coats, painted in order of issue, and what was seen between them.

use std::collections::BTreeSet;

use super::record::{Coat, D, Paint};
use super::{Could, Live, Scene, Seen, Slow, State, Verdict, Way};

impl Slow {
    /// Each day of a place's own lasting layer.
    pub(super) fn lasting(&self, live: &[Live], seen: &[Seen], scene: &Scene<'_>) -> Vec<State> {
        let unfounded = self.unfounded(live, scene);
        let painted = self.painted(&Ground { live, seen, scene, unfounded: &unfounded });
        self.between(painted, seen, scene)
    }

    /// Paints in order of issue.
    fn painted(&self, ground: &Ground<'_>) -> Vec<State> {
        let days = 0..self.calendar.len();
        let mut states: Vec<State> = days.clone().map(|_| State::nothing()).collect();
        let orders: BTreeSet<(D, u8)> =
            ground.live.iter().map(|live| self.coat(live.coat).order).collect();
        for order in orders {
            let group: Vec<&Live> =
                ground.live.iter().filter(|live| self.coat(live.coat).order == order).collect();
            for d in days.clone() {
                let here = (group.iter())
                    .filter(|live| live.from <= d && d < live.until)
                    .map(|live| live.coat);
                let here: Vec<usize> = here.collect();
                let below = &states[d as usize];
                states[d as usize] = self.pile(below, &here, d, Some(ground));
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
        ground: Option<&Ground<'_>>,
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
        self.heap(&below, &rest, &rest, d, ground)
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
    fn heap(
        &self,
        below: &State,
        all: &[usize],
        coats: &[usize],
        d: D,
        ground: Option<&Ground<'_>>,
    ) -> State {
        let last = coats.iter().filter(|a| !coats.iter().any(|b| self.record.under(**a, *b)));
        let each = last.map(|coat| {
            let rest: Vec<usize> = coats.iter().filter(|c| *c != coat).copied().collect();
            let below = match ground {
                Some(ground) if self.way(*coat, d, ground) != Way::Plain => {
                    let out: Vec<usize> =
                        all.iter().filter(|c| !rest.contains(c)).copied().collect();
                    self.there(*coat, d, &out, ground)
                }
                _ => self.heap(below, all, &rest, d, ground),
            };
            let way = ground.map_or(Way::Plain, |ground| self.way(*coat, d, ground));
            self.coated(&below, *coat, way, d)
        });
        each.reduce(|a, b| a.or(&b)).unwrap_or_else(|| below.clone())
    }

    /// In which way a coat stands on what lies below it.
    fn way(&self, number: usize, d: D, ground: &Ground<'_>) -> Way {
        let coat = self.coat(number);
        match (&coat.paint, coat.within) {
            (Paint::Altered, _) => Way::Altered,
            (_, Some(past)) if d < past => Way::Within,
            _ if ground.unfounded.contains(&number) => Way::BaseAnnulled,
            _ => Way::Plain,
        }
    }

    /// What lies below a coat that hangs on it, with what was seen of it before the coat
    /// began: everything issued before it, and of its own day of issue what is not left out.
    fn there(&self, number: usize, d: D, out: &[usize], ground: &Ground<'_>) -> State {
        let coat = self.coat(number);
        let below: Vec<Live> = (ground.live.iter())
            .filter(|l| {
                let early = self.coat(l.coat).order <= coat.order;
                early && l.coat != number && !out.contains(&l.coat) && !self.before(number, l.coat)
            })
            .copied()
            .collect();
        let seen: Vec<Seen> = ground.seen.iter().filter(|s| s.day < coat.first).cloned().collect();
        self.lasting(&below, &seen, ground.scene).swap_remove(d as usize)
    }

    /// One coat on what lies below it.
    fn coated(&self, below: &State, number: usize, way: Way, d: D) -> State {
        let coat = self.coat(number);
        let way = match (&coat.paint, coat.within) {
            (Paint::Altered, _) => Way::Altered,
            (_, Some(past)) if d < past => Way::Within,
            _ => way,
        };
        let mine = match &coat.paint {
            Paint::Value(value) => Could::Value(value.clone()),
            Paint::Ended => Could::Ended,
            Paint::Altered => Could::Unnamed,
            Paint::Repeal(_) => unreachable!("a repeal is no coat of its own"),
        };
        let mut state = State {
            could: BTreeSet::new(),
            tops: BTreeSet::from([(number, way)]),
            start_unknown: below.start_unknown && way != Way::Plain,
        };
        for (what, other) in &below.could {
            match way {
                Way::Altered => {
                    state.could.insert((what.clone(), Some(number)));
                }
                Way::Within | Way::BaseAnnulled => {
                    state.could.insert((what.clone(), *other));
                }
                Way::Plain | Way::Protected => {
                    if let Some(other) = other.filter(|o| *what != mine && self.protects(coat, *o))
                    {
                        state.could.insert((what.clone(), Some(other)));
                        // Where its own start is unseen it may still begin.
                        let open = self.coat(other).within.is_some_and(|past| d < past);
                        let way = if open { Way::Within } else { Way::Protected };
                        state.tops.insert((other, way));
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
        other.order.0 < coat.order.0
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
            let eve = coat.order.0 - 1;
            for of in 0..self.record.docs.len() {
                let later = self.is_off(of, coat.first, scene.horizon.known)
                    && !self.is_off(of, coat.first, eve);
                if !later || of == coat.doc {
                    continue;
                }
                let below: Vec<Live> =
                    live.iter().filter(|l| self.before(l.coat, one.coat)).copied().collect();
                let mut then = below.clone();
                // As known before its issue, the coats of that document reach further.
                for (number, other) in self.record.coats.iter().enumerate() {
                    let same = other.doc == of
                        && other.measure == coat.measure
                        && other.cell.covers(&scene.cell)
                        && other.known <= scene.horizon.known
                        && other.order < scene.horizon.coats;
                    if same && !other.temporary && self.before(number, one.coat) {
                        then.retain(|l| l.coat != number);
                        then.extend(self.parts(number, eve));
                    }
                }
                let at = |live: &[Live]| {
                    let unfounded = self.unfounded(live, scene);
                    let ground = Ground { live, seen: &[], scene, unfounded: &unfounded };
                    self.painted(&ground).swap_remove(coat.first as usize)
                };
                let (then, now) = (at(&then), at(&below));
                let came = then.could.len() == 1
                    && then.could.iter().all(|(what, from)| {
                        *what == Could::Value(was.clone())
                            && from.is_some_and(|from| self.coat(from).doc == of)
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
    fn between(&self, mut states: Vec<State>, seen: &[Seen], scene: &Scene<'_>) -> Vec<State> {
        let len = states.len();
        let mut start = 0;
        while start < len {
            let tops = states[start].tops.clone();
            let end = (start..len).find(|d| states[*d].tops != tops).unwrap_or(len);
            let issued = tops.iter().map(|(coat, _)| self.coat(*coat).order.0).max();
            let within =
                tops.iter().find(|(_, way)| *way == Way::Within).filter(|_| tops.len() == 1);
            let run = Run { start, end, issued, within: within.map(|(coat, _)| *coat) };
            self.run(&mut states, &run, seen, scene.above);
            start = end;
        }
        states
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
    fn within(
        &self,
        base: &State,
        coat: usize,
        seen: &State,
        past: bool,
        above: &Verdict,
    ) -> State {
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

/// On what a layer is painted.
pub(super) struct Ground<'a> {
    live: &'a [Live],
    seen: &'a [Seen],
    scene: &'a Scene<'a>,
    /// The coats whose base was annulled.
    unfounded: &'a BTreeSet<usize>,
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
