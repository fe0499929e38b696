//! The last verified value beneath one that nobody has compared with its source. Section 10.

use crate::answer::{Answer, Answered, Held, Mark, Question};
use crate::ask::Ask;
use crate::coat::{Band, Coat, Does};
use crate::index::InForce;
use crate::people::joined;

impl<'a> InForce<'a> {
    /// What would hold by verified documents alone, where an answer to a question is a value
    /// that is unverified: several where those leave it undecided, or tell people apart whom
    /// the answer does not; empty where there is none; `None` where the answer needs none
    /// beside it.
    pub fn verified(
        &self,
        question: &Question<'_>,
        answered: &Answered<'a>,
    ) -> Option<Vec<Held<'a>>> {
        let Answer::Value(held) = &answered.answer else { return None };
        if !held.marks.has(Mark::Unverified) {
            return None;
        }
        let mut all: Vec<Held<'a>> = Vec::new();
        let Some((site, key)) = self.asked(question) else { return Some(all) };
        let (day, known) = (question.valid.date(), question.known.date());
        let measure = answered.measure;
        let ask = Ask { site, key, measure, day, known, judged: None, verified: true };
        let facts = joined(question.facts, None).unwrap_or_default();
        let facts = answered
            .cell
            .iter()
            .fold(facts, |facts, (dimension, fact)| facts.with(dimension.clone(), fact.clone()));
        for facts in self.told_apart(site, key, measure, None, facts) {
            let found = match self.told(ask, &facts) {
                Answer::Value(held) => vec![held],
                Answer::Undecided { candidates, why: _ } => candidates,
                Answer::NotYet { .. }
                | Answer::Ended { .. }
                | Answer::NotApplicable(..)
                | Answer::Unknown(_) => Vec::new(),
            };
            // A share without its base has no number, and is no value.
            for held in found.into_iter().filter(|held| !held.marks.has(Mark::Unverified)) {
                let same = |one: &Held<'_>| {
                    std::ptr::eq(one.line, held.line)
                        && one.number == held.number
                        && one.since == held.since
                };
                if !all.iter().any(same) {
                    all.push(held);
                }
            }
        }
        Some(all)
    }
}

impl Band<'_> {
    /// The same without the values that nobody has compared with their source. What ends or
    /// repeals stays: it brings no value.
    pub(crate) fn verified(&self) -> Self {
        let kept = |coat: &&Coat<'_>| {
            !coat.unverified || matches!(coat.does, Does::Ends | Does::Repeals(_))
        };
        Self {
            coats: self.coats.iter().filter(kept).copied().collect(),
            seen: self.seen.iter().filter(kept).copied().collect(),
            // Numbers of coats are others now: which say the same is looked up anew.
            canon: std::sync::Arc::default(),
            ..self.clone()
        }
    }
}
