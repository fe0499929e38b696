//! All answers on both clocks.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use jialiang_model::date::Day;
use jialiang_model::provision::Form;

use crate::answer::{Answer, Question};
use crate::ask::{Ask, one};
use crate::coat::{eve, morrow};
use crate::facts::Facts;
use crate::index::InForce;

/// The days on which answers may change; between them they are constant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Boundaries {
    /// First days on the valid clock.
    pub valid: Vec<Day>,
    /// First days on the known clock.
    pub known: Vec<Day>,
}

/// One measure, for whom, on both clocks.
#[derive(Debug, Clone)]
pub struct Strand<'a> {
    /// The measure.
    pub measure: &'a str,
    /// For whom.
    pub cell: Facts,
    /// Its answers, in the order of the known clock, then of the valid one.
    pub stretches: Vec<Stretch<'a>>,
}

/// One answer, and the days on both clocks over which it is given; half-open, `None` where
/// they are open.
#[derive(Debug, Clone)]
pub struct Stretch<'a> {
    /// The days for which it holds.
    pub valid: (Option<Day>, Option<Day>),
    /// The days by which it was known.
    pub known: (Option<Day>, Option<Day>),
    /// The answer.
    pub answer: Answer<'a>,
}

/// First days, on both clocks.
#[derive(Debug, Default)]
pub(crate) struct Edges {
    pub(crate) valid: BTreeSet<NaiveDate>,
    known: BTreeSet<NaiveDate>,
    /// Whether the days on which editions reword an item are wanted too.
    words: bool,
}

impl<'a> InForce<'a> {
    /// The days on which the answers to a question may change; its two days are not read.
    pub fn boundaries(&self, question: &Question<'_>) -> Boundaries {
        let mut edges = Edges { words: question.line.is_none(), ..Edges::default() };
        if let Some((site, key)) = self.asked(question) {
            for (measure, _) in self.measures(site, key, question.line) {
                self.edges(site, key, measure, &mut edges, &mut Vec::new());
            }
        }
        let days = |all: BTreeSet<NaiveDate>| all.into_iter().filter_map(Day::of).collect();
        Boundaries { valid: days(edges.valid), known: days(edges.known) }
    }

    /// All answers to a question on both clocks; its two days are not read.
    pub fn history(&self, question: &Question<'_>) -> Vec<Strand<'a>> {
        let Some((site, key)) = self.asked(question) else { return Vec::new() };
        let mut strands = Vec::new();
        for (measure, cells) in self.measures(site, key, question.line) {
            let mut edges = Edges { words: true, ..Edges::default() };
            self.edges(site, key, measure, &mut edges, &mut Vec::new());
            let mut all: Vec<Facts> = Vec::new();
            for cell in cells {
                let Some(facts) = crate::people::joined(question.facts, cell) else { continue };
                for one in self.told_apart(site, key, measure, None, facts) {
                    if !all.contains(&one) {
                        all.push(one);
                    }
                }
            }
            for cell in all {
                let stretches = self.stretches(site, key, measure, &cell, &edges);
                strands.push(Strand { measure, cell, stretches });
            }
        }
        strands
    }

    /// The place and the item of a question.
    pub(crate) fn asked(&self, question: &Question<'_>) -> Option<(u32, u32)> {
        let site = self.site_ids.get(question.place).copied()?;
        Some((site, self.find(site, question.item, question.standard).ok()?))
    }

    pub(crate) fn edges(
        &self,
        site: u32,
        key: u32,
        measure: &str,
        edges: &mut Edges,
        on_the_way: &mut Vec<(u32, String)>,
    ) {
        let here = (key, measure.to_owned());
        if on_the_way.contains(&here) {
            return;
        }
        on_the_way.push(here);
        let (root, _) = self.key(key);
        for at in self.chain(site, key) {
            if let Some(followed) = self.followed(at, key) {
                edges.valid.insert(morrow(followed));
            }
            for dated in
                self.editions.get(&(at, root)).into_iter().flatten().filter(|_| edges.words)
            {
                edges.valid.insert(dated.effective);
                edges.known.insert(dated.known);
            }
            if let Some(site) = self.sites.get(at as usize) {
                edges.valid.extend([site.days.0, site.days.1]);
            }
            let Some(book) = self.books.get(&(at, key)) else { continue };
            for worded in &book.words {
                edges.valid.extend([worded.from, worded.until]);
                edges.known.insert(worded.known);
            }
            let band = book.band(measure);
            // Before what was seen, a coat is sure on its first day only, and on those through
            // its issue.
            let seen = band.is_some_and(|band| !band.seen.is_empty());
            for coat in band.iter().flat_map(|band| band.all()) {
                let days = [coat.from, coat.sure, coat.over, coat.until, coat.known, coat.expires];
                edges.valid.extend(days);
                edges.known.insert(coat.known);
                if seen {
                    edges.valid.extend(days.map(morrow));
                    edges.valid.insert(morrow(coat.issued));
                }
                let doc = self.docs.get(coat.doc as usize);
                for (known, spans) in doc.iter().flat_map(|doc| &doc.off) {
                    for day in spans.iter().flat_map(|span| [span.0, span.1]) {
                        edges.valid.extend([day, morrow(day)]);
                    }
                    edges.known.insert(*known);
                }
                if let Some(Form::Share(share, _)) = coat.line.map(|line| &line.form)
                    && let Some(base) = self.key_ids.get(&(root, share.of.item())).copied()
                {
                    for (measure, _) in self.measures(site, base, Some(share.of.provision())) {
                        self.edges(site, base, measure, edges, on_the_way);
                    }
                }
            }
        }
        on_the_way.pop();
    }

    fn stretches(
        &self,
        site: u32,
        key: u32,
        measure: &'a str,
        cell: &Facts,
        edges: &Edges,
    ) -> Vec<Stretch<'a>> {
        // A day for each stretch between two first days, and the stretch.
        let stretches = |days: &BTreeSet<NaiveDate>| {
            let days: Vec<NaiveDate> =
                days.iter().copied().filter(|day| Day::of(*day).is_some()).collect();
            let first = days.first().map(|first| (eve(*first), None, Day::of(*first)));
            let rest = days
                .iter()
                .enumerate()
                .map(|(i, day)| (*day, Day::of(*day), days.get(i + 1).copied().and_then(Day::of)));
            first.into_iter().chain(rest).collect::<Vec<_>>()
        };
        let mut all: Vec<Stretch<'a>> = Vec::new();
        let mut before: Vec<usize> = Vec::new();
        for (known, known_from, known_until) in stretches(&edges.known).into_iter().skip(1) {
            let mut row: Vec<Stretch<'a>> = Vec::new();
            for (day, from, until) in stretches(&edges.valid) {
                let ask = Ask { site, key, measure, day, known, judged: None, verified: false };
                let answer = self.told(ask, cell);
                match row.last_mut() {
                    Some(last) if one(&last.answer, &answer, true) => last.valid.1 = until,
                    _ => row.push(Stretch {
                        valid: (from, until),
                        known: (known_from, known_until),
                        answer,
                    }),
                }
            }
            // What stays as it was goes on in the stretch that it has.
            let mut now = Vec::new();
            for stretch in row {
                let same = before.iter().copied().find(|i| {
                    all.get(*i).is_some_and(|old| {
                        old.valid == stretch.valid && one(&old.answer, &stretch.answer, true)
                    })
                });
                match same.and_then(|i| all.get_mut(i).map(|old| (i, old))) {
                    Some((i, old)) => {
                        old.known.1 = known_until;
                        // The latest answer knows best until when it holds.
                        old.answer = stretch.answer;
                        now.push(i);
                    }
                    None => {
                        now.push(all.len());
                        all.push(stretch);
                    }
                }
            }
            before = now;
        }
        all
    }
}
