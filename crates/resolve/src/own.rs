//! The own part of a place: its value less its parent's. Section 5.

use jialiang_model::number::Number;
use jialiang_model::unit::{Measured, Unit};

use crate::answer::{Answer, Held, Question};
use crate::ask::Ask;
use crate::facts::Facts;
use crate::index::InForce;

/// A place's value less its parent's, in force on one day, as known on one day.
#[derive(Debug, Clone)]
pub struct OwnPart<'a> {
    /// The measure.
    pub measure: &'a str,
    /// For whom: as finely as either level tells people apart.
    pub cell: Facts,
    /// The place's answer.
    pub here: Answer<'a>,
    /// The parent's answer.
    pub above: Answer<'a>,
    /// The difference, in the place's unit; `None` where either is no certain number, or the
    /// units do not convert, or the place follows its parent.
    pub part: Option<(Number, Unit)>,
}

impl<'a> InForce<'a> {
    /// The own part of a place in each line of a question; empty where nothing stands above.
    pub fn own_part(&self, question: &Question<'_>) -> Vec<OwnPart<'a>> {
        let Some((site, key)) = self.asked(question) else { return Vec::new() };
        let Some(up) = self.up(site, self.key(key).0) else { return Vec::new() };
        let (day, known) = (question.valid.date(), question.known.date());
        let mut parts = Vec::new();
        for (measure, cells) in self.measures(site, key, question.line) {
            let mut seen: Vec<Facts> = Vec::new();
            for cell in cells {
                let Some(facts) = crate::people::joined(question.facts, cell) else { continue };
                for cell in self.told_apart(site, key, measure, None, facts) {
                    if seen.contains(&cell) {
                        continue;
                    }
                    let ask = Ask { site, key, measure, day, known, judged: None, verified: false };
                    let here = self.told(ask, &cell);
                    let above = self.told(Ask { site: up, ..ask }, &cell);
                    let part = match (&here, &above) {
                        (Answer::Value(here), Answer::Value(above)) => part(here, above),
                        _ => None,
                    };
                    parts.push(OwnPart { measure, cell: cell.clone(), here, above, part });
                    seen.push(cell);
                }
            }
        }
        parts
    }
}

fn part(here: &Held<'_>, above: &Held<'_>) -> Option<(Number, Unit)> {
    let mine = measured(here)?;
    Some((mine.less(measured(above)?)?, mine.unit))
}

/// The number in force with its unit.
pub(crate) fn measured(held: &Held<'_>) -> Option<Measured> {
    let number = held.value()?;
    let measured = held.line.form.measured()?;
    Some(Measured { number, ..measured })
}
