//! Shares of other lines, computed at the same two clocks.

use jialiang_model::number::{Decimal, Number};
use jialiang_model::provision::{Form, Scale};
use jialiang_model::unit::Measured;

use crate::answer::{Answer, Doubt, Held, Mark};
use crate::ask::{Ask, MOST_LEVELS, alike};
use crate::facts::Facts;
use crate::index::InForce;
use crate::lay::rounded;
use crate::people::{joined, merged};

impl<'a> InForce<'a> {
    /// A share of another line, at the same two clocks.
    pub(crate) fn share(
        &self,
        ask: Ask<'_>,
        facts: &Facts,
        held: Held<'a>,
        on_the_way: &mut Vec<(u32, String)>,
    ) -> Answer<'a> {
        let Form::Share(share, scale) = &held.line.form else { return Answer::Value(held) };
        let undecided = |candidates: Vec<Held<'a>>| Answer::Undecided {
            candidates,
            why: Doubt::Base(held.line),
        };
        let (root, item) = self.key(ask.key);
        let here = (ask.key, ask.measure.to_owned());
        if on_the_way.contains(&here) || on_the_way.len() > MOST_LEVELS {
            let mut way: Vec<String> = on_the_way
                .iter()
                .map(|(key, measure)| format!("{}/{measure}", self.key(*key).1))
                .collect();
            way.push(format!("{item}/{}", ask.measure));
            return Answer::Undecided { candidates: Vec::new(), why: Doubt::Cycle(way) };
        }
        on_the_way.push(here);
        let key = self.key_ids.get(&(root, share.of.item())).copied();
        let measures = key.map(|key| self.measures(ask.site, key, Some(share.of.provision())));
        let base = match (key, measures.as_deref()) {
            (Some(key), Some([(measure, cells)])) => {
                let cell = cells.first().copied().flatten();
                let facts = joined(facts, cell).unwrap_or_else(|| facts.clone());
                let ask = Ask { key, measure, ..ask };
                let all = self.told_apart(ask.site, key, measure, None, facts);
                let told = all.into_iter().map(|facts| {
                    let answer = self.told_within(ask, &facts, on_the_way);
                    (facts, answer)
                });
                // Those whom the base does not tell apart on that day have one answer.
                let mut told = merged(told.collect(), &Facts::none());
                if let ([_], Some((_, one))) = (told.as_slice(), told.first()) {
                    Some(one.clone())
                } else {
                    let all = told.drain(..).flat_map(|(_, answer)| match answer {
                        Answer::Value(held) => vec![held],
                        Answer::Undecided { candidates, .. } => candidates,
                        _ => Vec::new(),
                    });
                    let (candidates, why) = (all.collect(), Doubt::Crossing);
                    Some(Answer::Undecided { candidates, why })
                }
            }
            _ => None,
        };
        on_the_way.pop();
        let computed = |base: &Held<'a>| {
            let part = in_unit(base, scale)?.checked_mul(share.percent.decimal())?;
            let part = part.checked_div(Decimal::ONE_HUNDRED)?;
            let mut number = rounded(part, share.rounding)?;
            if let Some(least) = share.least {
                number = number.max(least);
            }
            if let Some(most) = share.most {
                number = number.min(most);
            }
            // It is as sure as the less sure of both, and has been so since the later of the
            // two, known since then too, until the first ends.
            let carried = [
                Mark::LastKnown,
                Mark::Unverified,
                Mark::CarriedOver,
                Mark::StartUnknown,
                Mark::Temporary,
                Mark::OverBeforeIssue,
                Mark::Retroactive,
                Mark::AssumedKnown,
            ];
            let mut marks = held.marks.with(Mark::Computed, true);
            for mark in carried.into_iter().filter(|mark| base.marks.has(*mark)) {
                marks = marks.with(mark, true);
            }
            let until = match (held.until, base.until) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (one, other) => one.or(other),
            };
            let since = held.since.max(base.since);
            let later = base.stamp.known > held.stamp.known;
            let stamp = if later { base.stamp } else { held.stamp };
            // Who holds the base back holds it back.
            let own = held.marks.has(Mark::LastKnown) || !marks.has(Mark::LastKnown);
            let lags = if own { held } else { *base };
            Some(Held {
                number: Some(number),
                marks,
                until,
                since,
                stamp,
                followed: lags.followed,
                behind: lags.behind,
                ..held
            })
        };
        match base {
            Some(Answer::Value(base)) => {
                computed(&base).map_or_else(|| undecided(Vec::new()), Answer::Value)
            }
            Some(Answer::Undecided { candidates, why }) => match why {
                Doubt::Cycle(way) => {
                    Answer::Undecided { candidates: Vec::new(), why: Doubt::Cycle(way) }
                }
                why => {
                    let mut all: Vec<Held<'a>> = Vec::new();
                    let mut whole = !candidates.is_empty();
                    for base in &candidates {
                        match computed(base) {
                            Some(one) if all.iter().any(|other| alike(other, &one)) => {}
                            Some(one) => all.push(one),
                            None => whole = false,
                        }
                    }
                    // Where all that could hold comes to the same nothing is undecided.
                    let named = match why {
                        Doubt::Between
                        | Doubt::Within
                        | Doubt::Inherited
                        | Doubt::SameDay(..)
                        | Doubt::Seen(..)
                        | Doubt::Crossing => true,
                        Doubt::Overrun(_)
                        | Doubt::BaseAnnulled(_)
                        | Doubt::Altered(..)
                        | Doubt::Base(_)
                        | Doubt::Cycle(_) => false,
                    };
                    match all.as_slice() {
                        [one] if whole && named => Answer::Value(*one),
                        _ => undecided(all),
                    }
                }
            },
            _ => undecided(Vec::new()),
        }
    }
}

/// The number of a base in the unit of its share: as it is where quantity and period are one,
/// else exactly converted.
fn in_unit(base: &Held<'_>, scale: &Scale) -> Option<Decimal> {
    let form = base.form();
    let (number, own) = (base.value()?, form.scale()?);
    if own.unit.quantity == scale.unit.quantity && own.unit.period == scale.unit.period {
        return Some(number.decimal());
    }
    let nought = Measured {
        number: Number::ZERO,
        unit: scale.unit,
        days_per_year: scale.days_per_year.or(own.days_per_year),
    };
    let mine = Measured { number, unit: own.unit, days_per_year: own.days_per_year };
    Some(-nought.less(mine)?.decimal())
}
