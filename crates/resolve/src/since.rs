//! Since when a value holds without a break.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use jialiang_model::date::Day;

use crate::answer::{Answer, Answered, Held, Mark, Question};
use crate::ask::Ask;
use crate::coat::eve;
use crate::facts::Facts;
use crate::history::Edges;
use crate::index::InForce;

impl<'a> InForce<'a> {
    /// The first day of the days without a break, up to that of the question, on which what
    /// holds is this same value of this same line, as known on the question's known day.
    ///
    /// It is later than [`Held::since`], the first day of what said it, where something else
    /// lay on top in between: a payment for a time that lapsed, a decision of the place itself
    /// that ended. It is `None` where the answer is no value, and where its start is not on
    /// record: it was only seen in force, and on the day on which it was seen it held already.
    ///
    /// Every earlier stretch of days is asked for: that is done for an answer that is shown,
    /// and [`InForce::ask`] does not do it.
    pub fn since(&self, question: &Question<'_>, answered: &Answered<'a>) -> Option<Day> {
        let Answer::Value(held) = &answered.answer else { return None };
        let (site, key) = self.asked(question)?;
        let (day, known) = (question.valid.date(), question.known.date());
        let measure = answered.measure;
        let mut edges = Edges::default();
        self.edges(site, key, measure, &mut edges, &mut Vec::new());
        let ask = Ask { site, key, measure, day, known, judged: None, verified: false };
        // Those who have one answer today may have had others: it holds for all of them since
        // the last of their days.
        let mut last: Option<NaiveDate> = None;
        for facts in self.told_apart(site, key, measure, None, answered.cell.clone()) {
            let told = self.told(ask, &facts);
            if matches!(&told, Answer::Value(one) if is_same(one, held)) {
                let first = self.unbroken(ask, &facts, held, &edges.valid)?;
                last = last.max(Some(first));
            }
        }
        let last = last.and_then(Day::of)?;
        let seen_by = held.marks.has(Mark::Attested).then_some(held.stamp.known);
        (seen_by.is_none_or(|seen| seen < last)).then_some(last)
    }

    /// The first of the days without a break on which a value holds; `None` where it holds
    /// before all days on record.
    fn unbroken(
        &self,
        ask: Ask<'_>,
        facts: &Facts,
        held: &Held<'a>,
        days: &BTreeSet<NaiveDate>,
    ) -> Option<NaiveDate> {
        days.range(..=ask.day).rev().copied().find(|first| {
            let before = self.told(Ask { day: eve(*first), ..ask }, facts);
            !matches!(&before, Answer::Value(one) if is_same(one, held))
        })
    }
}

/// Whether two are one value of one line of one document.
fn is_same(a: &Held<'_>, b: &Held<'_>) -> bool {
    std::ptr::eq(a.line, b.line) && a.number == b.number && a.place == b.place
}
