//! Over which days a value holds without a break.

use std::collections::BTreeSet;
use std::ops::Bound;

use chrono::NaiveDate;
use jialiang_model::date::Day;

use crate::answer::{Answer, Answered, Held, Mark, Question};
use crate::ask::Ask;
use crate::coat::eve;
use crate::facts::Facts;
use crate::history::Edges;
use crate::index::InForce;

/// The days without a break on which one value holds, half-open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unbroken {
    /// The first; `None` where it is not on record.
    pub since: Option<Day>,
    /// The day after the last; `None` where nothing on record follows.
    pub until: Option<Day>,
}

impl<'a> InForce<'a> {
    /// The days without a break, with that of the question, on which what holds is this same
    /// value of this same line, as known on the question's known day. `None` where the answer
    /// is no value.
    ///
    /// They begin later than [`Held::since`], the first day of what said it, where something
    /// else lay on top in between: a payment for a time that lapsed, a decision of the place
    /// itself that ended. They end before [`Held::until`] where something else than the next
    /// coat comes in between: the item is retired, or from some day on the value is in doubt.
    /// The first is `None` also where it was only seen in force, and on the day on which it was
    /// seen it held already.
    ///
    /// Every stretch of days before and after is asked for: that is done for an answer that is
    /// shown, and [`InForce::ask`] does not do it.
    pub fn unbroken(&self, question: &Question<'_>, answered: &Answered<'a>) -> Option<Unbroken> {
        let Answer::Value(held) = &answered.answer else { return None };
        let (site, key) = self.asked(question)?;
        let (day, known) = (question.valid.date(), question.known.date());
        let measure = answered.measure;
        let mut edges = Edges::default();
        self.edges(site, key, measure, &mut edges, &mut Vec::new());
        let ask = Ask { site, key, measure, day, known, judged: None, verified: false };
        // Those who have one answer today may have had others, and may get others: it holds for
        // all of them since the last of their first days, until the first of their last.
        let mut first = Some(NaiveDate::MIN);
        let mut end: Option<NaiveDate> = None;
        for facts in self.told_apart(site, key, measure, None, answered.cell.clone()) {
            let told = self.told(ask, &facts);
            if matches!(&told, Answer::Value(one) if is_same(one, held)) {
                let (since, until) = self.around(ask, &facts, held, &edges.valid);
                first = first.zip(since).map(|(one, other)| one.max(other));
                end = end.into_iter().chain(until).min();
            }
        }
        let seen_by = held.marks.has(Mark::Attested).then_some(held.stamp.known);
        let since = first.and_then(Day::of).filter(|day| seen_by.is_none_or(|seen| seen < *day));
        Some(Unbroken { since, until: end.and_then(Day::of) })
    }

    /// The first of the days without a break on which a value holds, and the day after the
    /// last; `None` where it holds before, or after, all days on record.
    fn around(
        &self,
        ask: Ask<'_>,
        facts: &Facts,
        held: &Held<'a>,
        days: &BTreeSet<NaiveDate>,
    ) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let holds = |day: NaiveDate| {
            let told = self.told(Ask { day, ..ask }, facts);
            matches!(&told, Answer::Value(one) if is_same(one, held))
        };
        let before = days.range(..=ask.day).rev().copied();
        let after = days.range((Bound::Excluded(ask.day), Bound::Unbounded)).copied();
        let first = before.into_iter().find(|first| !holds(eve(*first)));
        (first, after.into_iter().find(|day| !holds(*day)))
    }
}

/// Whether two are one value of one line of one document.
fn is_same(a: &Held<'_>, b: &Held<'_>) -> bool {
    std::ptr::eq(a.line, b.line) && a.number == b.number && a.place == b.place
}
