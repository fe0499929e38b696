//! How one provision stands to another: three answers, and the reason for the third.
//!
//! The comparator decides compliance; the direction of better decides weight. Section 4.

use rust_decimal::Decimal;
use std::cmp::Ordering;

use super::{Average, Better, Comparator, Form, Peg, Provision, Scale, Share};
use crate::number::Number;
use crate::order::{Order, Why};
use crate::unit::Measured;

impl Provision {
    /// How this provision stands to another, for the people it is made for.
    ///
    /// Undecided for different cells, forms, directions or units that do not convert.
    pub fn compare(&self, other: &Self) -> Order {
        let Self { id: _, name: _, measure: _, cell, form, continues: _, source: _ } = self;
        let Self {
            id: _,
            name: _,
            measure: _,
            cell: cell_b,
            form: form_b,
            continues: _,
            source: _,
        } = other;
        if self.measure() != other.measure() {
            return Order::Undecided(Why::Objects);
        }
        if cell != cell_b {
            return Order::Undecided(Why::Cells);
        }
        form.compare(form_b)
    }
}

/// What a form allows between its worst and its best, in the direction of better;
/// `None` is without bound.
struct Reach {
    worst: Option<Number>,
    best: Option<Number>,
}

impl Form {
    /// How this form stands to another of the same cell.
    pub fn compare(&self, other: &Self) -> Order {
        match (self, other) {
            (Self::Amount(c, n, s), Self::Amount(d, m, t)) => {
                dominates(&reach(*c, *n, *s), *s, &reach(*d, *m, *t), *t)
            }
            (Self::Average(a, s), Self::Average(b, t)) => average(**a, *s, **b, *t),
            (Self::Share(a, s), Self::Share(b, t)) => share(a, *s, b, *t),
            (Self::Supplement(a, s), Self::Supplement(b, t)) => {
                if a.to != b.to {
                    return Order::Undecided(Why::Objects);
                }
                exact(a.amount, *s, b.amount, *t)
            }
            (Self::Increase(n, s), Self::Increase(m, t)) => exact(*n, *s, *m, *t),
            (Self::Free, Self::Free) => Order::Equal,
            (Self::Pegged(a), Self::Pegged(b)) => pegged(a, b),
            (Self::Coverage(a), Self::Coverage(b)) if a == b => Order::Equal,
            (Self::Coverage(_), Self::Coverage(_)) => Order::Undecided(Why::Words),
            (Self::Words(a), Self::Words(b)) if a.zh == b.zh => Order::Equal,
            (Self::Words(_), Self::Words(_)) => Order::Undecided(Why::Words),
            (
                Self::Amount(..)
                | Self::Average(..)
                | Self::Share(..)
                | Self::Supplement(..)
                | Self::Increase(..)
                | Self::Free
                | Self::Pegged(_)
                | Self::Coverage(_)
                | Self::Words(_),
                _,
            ) => Order::Undecided(Why::Forms),
        }
    }
}

fn reach(comparator: Comparator, n: Number, scale: Scale) -> Reach {
    let (low, high) = match comparator {
        Comparator::AtLeast => (Some(n), None),
        Comparator::Exactly => (Some(n), Some(n)),
        Comparator::AtMost => (None, Some(n)),
    };
    match scale.better {
        Better::More => Reach { worst: low, best: high },
        Better::Less => Reach { worst: high, best: low },
    }
}

fn measured(number: Number, Scale { unit, better: _, days_per_year }: Scale) -> Measured {
    Measured { number, unit, days_per_year }
}

/// Compares two numbers in the direction of better.
fn exact(n: Number, s: Scale, m: Number, t: Scale) -> Order {
    if s.better != t.better {
        return Order::Undecided(Why::Directions);
    }
    match measured(n, s).compare(measured(m, t)) {
        Err(reason) => Order::Undecided(reason.into()),
        Ok(ordering) => toward(ordering, s.better),
    }
}

/// What a larger or smaller number is for the recipient.
const fn toward(ordering: Ordering, better: Better) -> Order {
    match (ordering, better) {
        (Ordering::Equal, _) => Order::Equal,
        (Ordering::Greater, Better::More) | (Ordering::Less, Better::Less) => Order::Better,
        (Ordering::Greater, Better::Less) | (Ordering::Less, Better::More) => Order::Worse,
    }
}

/// The same object in the same words is the same; other words of one object may set
/// another part of it.
fn pegged(a: &Peg, b: &Peg) -> Order {
    let Peg { zh, en: _, instrument, agency } = a;
    let Peg { zh: zh_b, en: _, instrument: instrument_b, agency: agency_b } = b;
    if instrument != instrument_b || agency != agency_b {
        Order::Undecided(Why::Objects)
    } else if zh != zh_b {
        Order::Undecided(Why::Words)
    } else {
        Order::Equal
    }
}

/// Both ends at least as good, and one better, is better; ends that cross are undecided.
fn dominates(a: &Reach, s: Scale, b: &Reach, t: Scale) -> Order {
    if s.better != t.better {
        return Order::Undecided(Why::Directions);
    }
    // Without a bound: the worst is worse than any number, the best better than any.
    let end = |x: Option<Number>, y: Option<Number>, unbounded: Order| match (x, y) {
        (Some(x), Some(y)) => exact(x, s, y, t),
        (None, Some(_)) => unbounded,
        (Some(_), None) => unbounded.flip(),
        (None, None) => Order::Equal,
    };
    // Unbounded ends say nothing about units: without one common bound, check them here.
    if let Err(reason) = measured(Number::ZERO, s).compare(measured(Number::ZERO, t)) {
        return Order::Undecided(reason.into());
    }
    both(end(a.worst, b.worst, Order::Worse), end(a.best, b.best, Order::Better))
}

fn both(a: Order, b: Order) -> Order {
    match (a, b) {
        (Order::Undecided(why), _) | (_, Order::Undecided(why)) => Order::Undecided(why),
        (Order::Equal, other) | (other, Order::Equal) => other,
        (Order::Better, Order::Better) => Order::Better,
        (Order::Worse, Order::Worse) => Order::Worse,
        (Order::Better, Order::Worse) | (Order::Worse, Order::Better) => {
            Order::Undecided(Why::Overlap)
        }
    }
}

/// Averages compare by the average; bands only qualify it: they may not pull the other
/// way, and a band or a number of grades that only one side states leaves it undecided.
fn average(a: Average, s: Scale, b: Average, t: Scale) -> Order {
    let Average { number: n, band: band_a, grades: grades_a } = a;
    let Average { number: m, band: band_b, grades: grades_b } = b;
    let ends = match (band_a, band_b) {
        (None, None) => Order::Equal,
        (Some(a), Some(b)) => {
            let (worst_a, best_a, worst_b, best_b) = match s.better {
                Better::More => (a.least, a.most, b.least, b.most),
                Better::Less => (a.most, a.least, b.most, b.least),
            };
            both(exact(worst_a, s, worst_b, t), exact(best_a, s, best_b, t))
        }
        (Some(_), None) | (None, Some(_)) => Order::Undecided(Why::Overlap),
    };
    // A number of grades matters only beside the average; stated on one side only, it
    // leaves open what the other allows.
    let open = Order::Undecided(Why::Overlap);
    let grades = |equal_averages: bool| match (grades_a, grades_b) {
        (None, None) => Order::Equal,
        (Some(a), Some(b)) if !equal_averages || a == b => Order::Equal,
        (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => open,
    };
    match exact(n, s, m, t) {
        Order::Undecided(why) => Order::Undecided(why),
        Order::Equal => both(ends, grades(true)),
        decided @ (Order::Better | Order::Worse) => both(decided, both(ends, grades(false))),
    }
}

fn share(a: &Share, s: Scale, b: &Share, t: Scale) -> Order {
    let Share { of, percent, rounding, least, most } = a;
    let Share { of: of_b, percent: percent_b, rounding: rounding_b, least: least_b, most: most_b } =
        b;
    let Scale { unit, better, days_per_year } = s;
    let Scale { unit: unit_b, better: better_b, days_per_year: days_b } = t;
    if of != of_b {
        return Order::Undecided(Why::Objects);
    }
    if unit != unit_b || days_per_year != days_b {
        return Order::Undecided(Why::Units);
    }
    if better != better_b {
        return Order::Undecided(Why::Directions);
    }
    if rounding != rounding_b {
        return Order::Undecided(Why::Rounding);
    }
    // No least is below every least, no most above every most.
    let least = least.map(Number::decimal).cmp(&least_b.map(Number::decimal));
    let open = |most: Option<Number>| most.map_or(Decimal::MAX, Number::decimal);
    let most = open(*most).cmp(&open(*most_b));
    let percent = percent.decimal().cmp(&percent_b.decimal());
    both(toward(percent, better), both(toward(least, better), toward(most, better)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(json: &str) -> Provision {
        crate::read::from_str(&format!(r#"{{"id":"x",{json}}}"#)).unwrap()
    }

    fn order(a: &str, b: &str) -> Order {
        let (a, b) = (p(a), p(b));
        let answer = a.compare(&b);
        assert_eq!(b.compare(&a), answer.flip());
        answer
    }

    #[test]
    fn more_is_better_where_it_says_so() {
        let more = r#""unit":"CNY/person/month","better":"more""#;
        let less = r#""unit":"CNY/person/year","better":"less""#;
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""at-least":"93",{more}"#)),
            Order::Better
        );
        // A personal contribution of at least 400 is worse for who pays it than 380.
        assert_eq!(
            order(&format!(r#""at-least":"400",{less}"#), &format!(r#""at-least":"380",{less}"#)),
            Order::Worse
        );
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""at-least":"98",{less}"#)),
            Order::Undecided(Why::Directions)
        );
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""exactly":"98",{more}"#)),
            Order::Better
        );
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""exactly":"103",{more}"#)),
            Order::Undecided(Why::Overlap)
        );
    }

    #[test]
    fn averages_compare_by_the_average_and_their_band() {
        let a = r#""average":"2300","band":{"least":"1200","most":"3500"},"unit":"CNY/pupil/year","better":"more""#;
        let b = r#""average":"2000","band":{"least":"1000","most":"3000"},"unit":"CNY/pupil/year","better":"more""#;
        let c = r#""average":"2000","unit":"CNY/pupil/year","better":"more""#;
        assert_eq!(order(a, b), Order::Better);
        assert_eq!(order(b, c), Order::Undecided(Why::Overlap));
        let graded = |n: &str, grades: &str| {
            format!(r#""average":"{n}"{grades},"unit":"CNY/pupil/year","better":"more""#)
        };
        let grades = r#","grades":{"least":"2","most":"3"}"#;
        assert_eq!(order(&graded("2300", grades), &graded("2000", grades)), Order::Better);
        let one_side = order(&graded("2300", grades), &graded("2000", ""));
        assert_eq!(one_side, Order::Undecided(Why::Overlap));
    }

    #[test]
    fn words_and_pegs_are_equal_or_undecided() {
        assert_eq!(order(r#""free":"of-charge""#, r#""free":"of-charge""#), Order::Equal);
        assert_eq!(
            order(r#""words":{"zh":"甲"}"#, r#""words":{"zh":"乙"}"#),
            Order::Undecided(Why::Words)
        );
        assert_eq!(
            order(r#""free":"of-charge""#, r#""coverage":"everyone""#),
            Order::Undecided(Why::Forms)
        );
        let peg = |t: &str| format!(r#""pegged":{{"zh":"{t}","instrument":"cn/2004/x"}}"#);
        assert_eq!(order(&peg("按条例"), &peg("按条例")), Order::Equal);
        // One instrument, perhaps another article of it.
        assert_eq!(order(&peg("按第三条"), &peg("按第九条")), Order::Undecided(Why::Words));
    }

    #[test]
    fn a_share_compares_with_its_bounds() {
        let s = |percent: &str, rest: &str| {
            format!(
                r#""share":{{"of":"a/b","percent":"{percent}"{rest}}},"unit":"CNY/household/month","better":"more""#
            )
        };
        assert_eq!(order(&s("30", ""), &s("25", "")), Order::Better);
        assert_eq!(order(&s("30", r#","least":"100""#), &s("30", "")), Order::Better);
        assert_eq!(order(&s("30", r#","most":"100""#), &s("30", "")), Order::Worse);
        assert_eq!(
            order(&s("30", r#","most":"100""#), &s("25", "")),
            Order::Undecided(Why::Overlap)
        );
        assert_eq!(
            order(&s("30", r#","rounding":"up""#), &s("30", "")),
            Order::Undecided(Why::Rounding)
        );
    }
}
