//! What attests: whether a document says something that the record does not show.

use super::record::{D, Paint, Says, V, Witness};
use super::{Asked, Horizon, Seen, Slow, Verdict, cell};

impl Slow {
    /// Everything that was seen of what is asked, and is known.
    pub(super) fn all_seen(&self, asked: &Asked, horizon: Horizon) -> Vec<Seen> {
        (0..self.record.witnesses.len())
            .filter(|number| self.record.witnesses[*number].order < horizon.witnesses)
            .filter_map(|number| self.seen(asked, number))
            .filter(|seen| seen.day <= horizon.known)
            .collect()
    }

    /// What one witness attests of what is asked.
    pub(crate) fn seen(&self, asked: &Asked, number: usize) -> Option<Seen> {
        let witness = &self.record.witnesses[number];
        let mine = witness.place == asked.place
            && witness.measure == asked.measure
            && witness.cell.covers(&cell(&asked.cell))
            && !self.outdone(asked, number);
        if !mine {
            return None;
        }
        let key = (asked.clone(), number);
        if let Some(seen) = self.seen.borrow().get(&key) {
            return seen.clone();
        }
        let day = self.judge(asked, witness);
        let seen = day.map(|day| Seen {
            witness: number,
            day,
            value: witness.value.clone(),
            issued: witness.order.0,
        });
        self.seen.borrow_mut().insert(key, seen.clone());
        seen
    }

    /// Whether the same document says the same kind of thing, of the same day, of a cell that
    /// lies inside: the wider line does not speak of it.
    fn outdone(&self, asked: &Asked, number: usize) -> bool {
        let one = &self.record.witnesses[number];
        let cell = cell(&asked.cell);
        let first = |says: Says| match says {
            Says::Was(coat) => Some(self.record.coats[coat].first),
            Says::Confirm | Says::Attest(_) | Says::Line(_) => None,
        };
        let inside = |other: &jialiang_model::cell::Cell| {
            one.cell.covers(other) && !other.covers(&one.cell) && other.covers(&cell)
        };
        let witnessed = self.record.witnesses.iter().any(|other| {
            let kind = match (one.says, other.says) {
                (Says::Was(_), Says::Was(_)) => first(one.says) == first(other.says),
                (a, b) => a == b,
            };
            kind && other.doc == one.doc
                && other.order == one.order
                && other.measure == one.measure
                && inside(&other.cell)
        });
        // An enacted line, or a change without a number before, is as near.
        let painted = self.record.coats.iter().any(|coat| {
            let kind = match one.says {
                Says::Was(_) => {
                    first(one.says) == Some(coat.first) && !matches!(coat.paint, Paint::Repeal(_))
                }
                Says::Line(_) => true,
                Says::Confirm | Says::Attest(_) => false,
            };
            kind && coat.doc == one.doc
                && coat.order == one.order
                && coat.measure == one.measure
                && inside(&coat.cell)
        });
        witnessed || painted
    }

    /// The day for which a witness attests its value, where it does.
    fn judge(&self, asked: &Asked, witness: &Witness) -> Option<D> {
        let issued = witness.order.0;
        let expected = Verdict::Value(witness.value.clone());
        match witness.says {
            Says::Was(number) => {
                let coat = &self.record.coats[number];
                let horizon =
                    Horizon { known: issued - 1, coats: (issued, 0), witnesses: (issued, 0) };
                let own: Vec<usize> = (0..self.record.coats.len())
                    .filter(|other| {
                        let other = &self.record.coats[*other];
                        other.doc == coat.doc
                            && other.order == coat.order
                            && other.first < coat.first
                    })
                    .collect();
                let there = self.answer(asked, horizon, &own);
                (there[coat.first as usize] != expected).then(|| issued.min(coat.first - 1))
            }
            Says::Confirm => self.unlike_inherited(asked, witness, issued),
            Says::Attest(on) => self.unlike_inherited(asked, witness, on),
            Says::Line(effective) => {
                let horizon = Horizon { known: issued, coats: (issued, 1), witnesses: (issued, 1) };
                let there = &self.answers(asked, horizon)[effective as usize];
                if *there == expected {
                    return None;
                }
                let open = matches!(there, Verdict::Undecided(c) if c.contains(&witness.value));
                let above = (0..asked.place).any(|place| {
                    let asked = Asked { place, ..asked.clone() };
                    match &self.answers(&asked, Horizon::by(issued))[effective as usize] {
                        Verdict::Undecided(c) => c.contains(&witness.value),
                        verdict => *verdict == expected,
                    }
                });
                let had = self.had_before(asked, horizon, effective, &witness.value);
                if !open && !above && had {
                    return None;
                }
                Some(effective)
            }
        }
    }

    /// A confirmation or a page that says what the place inherits says nothing of its own.
    fn unlike_inherited(&self, asked: &Asked, witness: &Witness, day: D) -> Option<D> {
        // In the place only what was issued before it, or is an adjustment of its day.
        let issued = witness.order.0;
        let horizon = Horizon { known: day, coats: (issued, 1), witnesses: (issued, 0) };
        let above = self.above(asked, horizon);
        let live = self.live(asked, horizon, &[]);
        let lasting: Vec<_> =
            live.into_iter().filter(|live| !self.coat(live.coat).temporary).collect();
        let mut seen = self.all_seen(asked, horizon);
        seen.retain(|seen| seen.day < day);
        let scene = self.scene(asked, horizon, &above);
        let state = &self.lasting(&lasting, &seen, &scene)[day as usize];
        // Where two say two things of one day, the place is not said to inherit either.
        let cell = cell(&asked.cell);
        let contradicted = self.record.witnesses.iter().any(|other| {
            let that_day = match other.says {
                Says::Confirm => other.order.0 == day,
                Says::Attest(on) => on == day,
                Says::Was(_) | Says::Line(_) => false,
            };
            that_day
                && other.place == asked.place
                && other.measure == asked.measure
                && other.cell.covers(&cell)
                && other.value != witness.value
        });
        let inherits = !contradicted && (state.is_nothing() || state.is_ended());
        let same = above[day as usize] == Verdict::Value(witness.value.clone());
        (!(inherits && same)).then_some(day)
    }

    /// Whether a value held before in the place or above it.
    fn had_before(&self, asked: &Asked, horizon: Horizon, day: D, value: &V) -> bool {
        (0..=asked.place).any(|place| {
            let asked = Asked { place, ..asked.clone() };
            let painted = self.live(&asked, horizon, &[]).iter().any(|live| {
                let coat = self.coat(live.coat);
                coat.paint == Paint::Value(value.clone()) && live.from <= day
            });
            let seen = self.all_seen(&asked, horizon);
            painted || seen.iter().any(|seen| seen.value == *value && seen.day <= day)
        })
    }
}
