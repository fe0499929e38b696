//! What is in force, as rules read it: each item that a place has decided, day by day, beside
//! the place above it.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use jialiang_diff::words;
use jialiang_model::date::Day;
use jialiang_model::finding::Message;
use jialiang_model::kind::Standard;
use jialiang_model::kind::adjustment::{Act, Operation};
use jialiang_model::number::{Decimal, Number};
use jialiang_model::order::Order;
use jialiang_model::place::Place;
use jialiang_model::provision::{Better, Comparator, Form, Provision};
use jialiang_model::unit::Measured;
use jialiang_model::{Entry, Registry};
use jialiang_resolve::{
    Answer, Facts, Held, InForce, Known, LineRef, Mark, Page, Question, Said, Trouble,
};
use jialiang_store::cores;

use crate::rule::place;

/// The place, the standard and the item of which a place has said something.
pub(crate) type Named<'a> = (&'a str, &'a str, &'a str);

/// What is in force in a registry.
#[derive(Debug)]
pub(crate) struct Force<'a> {
    /// The index.
    pub(crate) index: InForce<'a>,
    decided: Vec<Named<'a>>,
    /// Where the editions of a place write otherwise who is entitled than those above it.
    entitled: HashSet<(&'a str, &'a str)>,
    troubles: OnceLock<Vec<Trouble<'a>>>,
}

/// An item that a place has decided, in force.
#[derive(Debug)]
pub struct Decided<'a> {
    /// The place.
    pub place: &'a str,
    /// The standard.
    pub standard: &'a str,
    /// The item.
    pub item: &'a str,
    /// The place above.
    pub parent: Option<&'a str>,
    /// Its lines, each for its people.
    pub strands: Vec<Strand<'a>>,
}

/// One line for its people, as finely as either place tells them apart.
#[derive(Debug)]
pub struct Strand<'a> {
    /// The line of the index.
    pub line: LineRef<'a>,
    /// What holds, in the order of days.
    pub stands: Vec<Stand<'a>>,
}

/// What holds over days between which no answer changes, as known by everything on record.
#[derive(Debug)]
pub struct Stand<'a> {
    /// The first day.
    pub day: Day,
    /// The day after the last.
    pub until: Option<Day>,
    /// What holds in the place.
    pub here: Answer<'a>,
    /// What holds above it.
    pub above: Option<Answer<'a>>,
}

impl<'a> Force<'a> {
    /// Indexes a registry; `None` where nothing is adjusted, and no standard stands below
    /// another.
    pub(crate) fn of(registry: &'a Registry) -> Option<Self> {
        let below = registry.standards.values().any(|one| one.value.implements.is_some());
        if registry.adjustments.is_empty() && !below {
            return None;
        }
        let index = InForce::new(registry);
        // Who repeats the recipients above entitles nobody by itself.
        let standards: Vec<&'a Entry<Standard>> =
            registry.standards.values().filter(|one| one.value.implements.is_some()).collect();
        let stretches: Vec<_> = standards.chunks(64).collect();
        let entitled = cores::of_all(&stretches, |stretch| {
            let one = |entry: &&'a Entry<Standard>| {
                let id = &entry.value.id;
                let items = index.entitled(id.place(), id.as_str());
                items.into_iter().map(move |item| (id.place(), id.as_str(), item))
            };
            stretch.iter().flat_map(one).collect::<Vec<Named<'a>>>()
        });
        let mut decided = index.decided();
        let named: HashSet<_> = decided.iter().map(|(place, _, item)| (*place, *item)).collect();
        let (mut more, mut all) = (BTreeSet::new(), HashSet::new());
        for one in entitled.into_iter().flatten() {
            let (place, _, item) = one;
            all.insert((place, item));
            if !named.contains(&(place, item)) {
                more.insert(one);
            }
        }
        decided.extend(more);
        let entitled = all;
        Some(Self { index, decided, entitled, troubles: OnceLock::new() })
    }

    /// Whether a place says for itself who is entitled to an item: by an adjustment, or in an
    /// edition that does not repeat the recipients above.
    pub(crate) fn entitles(&self, (place, standard, item): Named<'_>) -> bool {
        self.entitled.contains(&(place, item)) || self.index.rewords(place, item, Some(standard))
    }

    /// Every item that a place has decided.
    pub(crate) fn decided(&self) -> &[Named<'a>] {
        &self.decided
    }

    /// What the law refuses or cannot decide.
    pub(crate) fn troubles(&self) -> &[Trouble<'a>] {
        self.troubles.get_or_init(|| self.index.troubles())
    }

    /// What holds of one item, on all days; no line of it where there is nothing to find.
    pub(crate) fn told(&self, named: Named<'a>) -> Decided<'a> {
        let (place, standard, item) = named;
        let at = self.index.place(place);
        let pages = at.and_then(|at| self.index.only_printed(at, item, standard));
        if pages.is_some_and(|pages| all_keep(&pages)) {
            let parent = self.index.parent(place, Some(standard));
            return Decided { place, standard, item, parent, strands: Vec::new() };
        }
        self.walked(named)
    }

    /// What holds of one item, on all days.
    fn walked(&self, (place, standard, item): Named<'a>) -> Decided<'a> {
        let parent = self.index.parent(place, Some(standard));
        let mut strands = Vec::new();
        if let Some(at) = self.index.place(place) {
            let up = parent.and_then(|parent| self.index.place(parent));
            let mut days: Vec<Day> = Vec::new();
            let mut of = None;
            for line in self.index.lines_of(at, item, Some(standard)) {
                // What the place only follows is the matter of the place above.
                if !self.index.decides_line(at, line) {
                    continue;
                }
                if of != Some(line.measure()) {
                    of = Some(line.measure());
                    days = self.days_of((place, standard, item), of);
                }
                let line = line.clone();
                let here = self.index.answers(at, &line, &days);
                let mut above = up.map(|up| self.index.answers(up, &line, &days).into_iter());
                let stand = |(i, here): (usize, Answer<'a>)| {
                    let day = days.get(i).copied()?;
                    let until = days.get(i + 1).copied();
                    Some(Stand { day, until, here, above: above.as_mut().and_then(Iterator::next) })
                };
                let stands = here.into_iter().enumerate().filter_map(stand).collect();
                strands.push(Strand { line, stands });
            }
        }
        Decided { place, standard, item, parent, strands }
    }

    /// The days on which what holds of an item may change.
    pub(crate) fn days(&self, named: Named<'_>) -> Vec<Day> {
        self.days_of(named, None)
    }

    /// The days on which what holds of one measure of an item may change.
    pub(crate) fn days_of(
        &self,
        (place, standard, item): Named<'_>,
        measure: Option<&str>,
    ) -> Vec<Day> {
        let facts = Facts::none();
        let Some(valid) = Day::parse("1900-01-01") else { return Vec::new() };
        self.index
            .boundaries(&Question {
                place,
                item,
                standard: Some(standard),
                line: measure,
                facts: &facts,
                valid,
                known: Known::Latest,
            })
            .valid
    }

    /// What holds of a line on a day, as known by another.
    pub(crate) fn answer(
        &self,
        decided: &Decided<'a>,
        strand: &Strand<'a>,
        day: Day,
        known: Known,
    ) -> Option<Answer<'a>> {
        let at = self.index.place(decided.place)?;
        Some(self.index.answer(at, &strand.line, day, known))
    }
}

/// The day before.
pub(crate) fn eve(day: Day) -> Option<Day> {
    Day::of(day.date().pred_opt()?)
}

impl Strand<'_> {
    /// For whom, as people read it: nothing where it is for everyone.
    pub(crate) fn whom(&self) -> (String, String) {
        let facts = self.line.facts();
        if facts.is_empty() {
            return (String::new(), String::new());
        }
        (format!("（{facts}）"), format!(" ({facts})"))
    }
}

/// What surely holds on a day: a value within the days that are followed.
pub(crate) fn sure<'h, 'a>(answer: &'h Answer<'a>) -> Option<&'h Held<'a>> {
    match answer {
        Answer::Value(held) if !held.marks.has(Mark::LastKnown) => Some(held),
        Answer::Value(_)
        | Answer::Undecided { .. }
        | Answer::NotYet { .. }
        | Answer::Ended { .. }
        | Answer::NotApplicable(..)
        | Answer::Unknown(_) => None,
    }
}

/// A value, followed or not.
pub(crate) fn value<'h, 'a>(answer: &'h Answer<'a>) -> Option<&'h Held<'a>> {
    match answer {
        Answer::Value(held) => Some(held),
        Answer::Undecided { .. }
        | Answer::NotYet { .. }
        | Answer::Ended { .. }
        | Answer::NotApplicable(..)
        | Answer::Unknown(_) => None,
    }
}

/// Every value that may hold on a day.
pub(crate) fn possible<'h, 'a>(answer: &'h Answer<'a>) -> &'h [Held<'a>] {
    match answer {
        Answer::Value(held) => std::slice::from_ref(held),
        Answer::Undecided { candidates, why: _ } => candidates,
        Answer::NotYet { .. }
        | Answer::Ended { .. }
        | Answer::NotApplicable(..)
        | Answer::Unknown(_) => &[],
    }
}

/// The number in force with its unit.
pub(crate) fn measured(held: &Held<'_>) -> Option<Measured> {
    let number = held.value()?;
    Some(Measured { number, ..held.line.form.measured()? })
}

/// A value as people read it.
pub(crate) fn told(held: &Held<'_>) -> Message {
    words::form(&held.form())
}

/// A value as people read it, and what it comes to in the unit of another, where that is
/// another unit.
pub(crate) fn told_beside(held: &Held<'_>, other: &Held<'_>) -> Message {
    let message = told(held);
    let (Some(mine), Some(theirs)) = (measured(held), measured(other)) else { return message };
    if mine.unit == theirs.unit {
        return message;
    }
    let nought = Measured { number: Number::ZERO, ..theirs };
    let turned = nought.less(mine).and_then(|number| Number::of(-number.decimal()));
    let Some(number) = turned else { return message };
    let unit = theirs.unit;
    let (zh, en) = (unit.zh(), unit.to_string());
    Message::new(
        format!("{}（合{number}{zh}）", message.zh),
        format!("{} (which is {number} {en})", message.en),
    )
}

/// Whether one value is worse than another for the people it is for: by the number, whatever
/// stands before it, and else by the forms; `None` where that cannot be said.
pub(crate) fn lower(one: &Held<'_>, other: &Held<'_>) -> Option<bool> {
    if let (Some(mine), Some(theirs)) = (measured(one), measured(other)) {
        let (scale, beside) = (one.line.form.scale()?, other.line.form.scale()?);
        let order = mine.compare(theirs).ok()?;
        return (scale.better == beside.better).then_some(match scale.better {
            Better::More => order == Ordering::Less,
            Better::Less => order == Ordering::Greater,
        });
    }
    match one.form().compare(&other.form()) {
        Order::Worse => Some(true),
        Order::Equal | Order::Better => Some(false),
        Order::Undecided(_) => None,
    }
}

/// Where something was said: of a line, where it is of one.
pub(crate) fn place_of(said: Said<'_>, line: Option<&Provision>) -> Place {
    match said {
        Said::Operation(entry, operation) => {
            let all = &entry.value.operations;
            let at = all.iter().position(|one| std::ptr::eq(one, operation)).unwrap_or(0);
            let word = format!("[{at}]");
            let Operation { item: _, act, when: _, bond: _, source: _ } = operation;
            let words = ["operations", &word, act.key()];
            match (act, line) {
                (Act::Add(_), Some(line)) => {
                    let added = ["provisions", line.id.as_str()];
                    place(&entry.path, &[&words[..], &added].concat())
                }
                _ => place(&entry.path, &words),
            }
        }
        Said::Edition(entry, item) => match line {
            Some(line) => {
                let words = ["items", item.id.as_str(), "provisions", line.id.as_str()];
                place(&entry.path, &words)
            }
            None => place(&entry.path, &["items", item.id.as_str()]),
        },
        Said::List(entry) => Place::document(&entry.path),
    }
}

/// Where a value was said.
pub(crate) fn place_held(held: &Held<'_>) -> Place {
    place_of(held.said, Some(held.line))
}

/// The operation that said it, if one did.
pub(crate) fn operation<'a>(said: Said<'a>) -> Option<&'a Operation> {
    match said {
        Said::Operation(_, operation) => Some(operation),
        Said::Edition(..) | Said::List(_) => None,
    }
}

/// Whether two were said by one line.
pub(crate) fn one_line(a: &Held<'_>, b: &Held<'_>) -> bool {
    std::ptr::eq(a.line, b.line) && a.number == b.number
}

/// Whether a value keeps to one above it; `None` where that cannot be said. The comparator
/// of the one above decides.
pub(crate) fn keeps(here: &Form, above: &Form) -> Option<bool> {
    let compare = |m: Measured, n: Measured| m.compare(n).ok();
    match (here, above) {
        (Form::Amount(mine, _, s), Form::Amount(theirs, _, t)) => {
            if s.better != t.better {
                return None;
            }
            let order = compare(here.measured()?, above.measured()?)?;
            let (least, most) = (order != Ordering::Less, order != Ordering::Greater);
            let from_below = matches!(mine, Comparator::AtLeast | Comparator::Exactly);
            let from_above = matches!(mine, Comparator::AtMost | Comparator::Exactly);
            match (theirs, t.better) {
                (Comparator::AtLeast, _) | (Comparator::Exactly, Better::More) => {
                    // Not more than less than the floor is surely below it.
                    if from_below || !least { Some(least && from_below) } else { None }
                }
                (Comparator::AtMost, _) | (Comparator::Exactly, Better::Less) => {
                    if from_above || !most { Some(most && from_above) } else { None }
                }
            }
        }
        (Form::Average(mine, s), Form::Average(theirs, t)) => {
            if s.better != t.better {
                return None;
            }
            let order = compare(here.measured()?, above.measured()?)?;
            let worse = match t.better {
                Better::More => Ordering::Less,
                Better::Less => Ordering::Greater,
            };
            if order == worse {
                return Some(false);
            }
            match (mine.band, theirs.band) {
                (_, None) => Some(true),
                (None, Some(_)) => None,
                (Some(mine), Some(theirs)) => {
                    let of = |number, scale: &jialiang_model::provision::Scale| Measured {
                        number,
                        unit: scale.unit,
                        days_per_year: scale.days_per_year,
                    };
                    let low = compare(of(mine.least, s), of(theirs.least, t))?;
                    let high = compare(of(mine.most, s), of(theirs.most, t))?;
                    Some(low != Ordering::Less && high != Ordering::Greater)
                }
            }
        }
        // What is free above may cost nothing here.
        (Form::Amount(_, number, s), Form::Free) if s.better == Better::Less => {
            Some(*number == Number::ZERO)
        }
        (here, above) => match here.compare(above) {
            Order::Equal | Order::Better => Some(true),
            Order::Worse => Some(false),
            Order::Undecided(_) => None,
        },
    }
}

/// Whether each line that a place prints keeps to each one printed above it for some of the same
/// people: then no rule on what is in force finds anything in them, on whatever day.
fn all_keep(pages: &[Page<'_>]) -> bool {
    // What a share comes to is not printed.
    let plain = |page: &Page<'_>| !matches!(page.line.form, Form::Share(..));
    let keep = |own: &Page<'_>, above: &Page<'_>| {
        own.measure != above.measure
            || !Facts::of(&own.line.cell).meets(&above.line.cell)
            || plain(above)
                && match keeps(&own.line.form, &above.line.form) {
                    Some(keeps) => keeps,
                    None => above.line.form.number().is_none() && above.line.form != Form::Free,
                }
    };
    let (own, above): (Vec<&Page<'_>>, Vec<&Page<'_>>) =
        pages.iter().partition(|page| page.level == 0);
    own.iter().all(|own| plain(own) && above.iter().all(|above| keep(own, above)))
}

/// Whether a change that is printed beside its result leads to it, within its rounding.
pub(crate) fn leads(
    base: Number,
    by: jialiang_model::kind::adjustment::Step,
    result: Number,
) -> Option<(bool, Decimal)> {
    use jialiang_model::kind::adjustment::{Size, Step};
    use jialiang_model::provision::Rounding;
    let Step { size, rounding } = by;
    let base = base.decimal();
    let exact = match size {
        Size::Amount(amount) => base.checked_add(amount.decimal())?,
        Size::Percent(percent) => {
            let part = base.checked_mul(percent.decimal())?.checked_div(Decimal::ONE_HUNDRED)?;
            base.checked_add(part)?
        }
    };
    let off = result.decimal().checked_sub(exact)?;
    let half = Decimal::ONE.checked_div(Decimal::TWO)?;
    let fits = match (rounding, size) {
        (None, Size::Amount(_)) => off.is_zero(),
        // How a per cent was rounded is not printed: to a whole unit, either way.
        (None, Size::Percent(_)) => off.abs() < Decimal::ONE,
        (Some(Rounding::HalfUp), _) => off.abs() <= half,
        (Some(Rounding::Up), _) => !off.is_sign_negative() && off < Decimal::ONE,
        (Some(Rounding::Down), _) => {
            off.is_zero() || (off.is_sign_negative() && off > -Decimal::ONE)
        }
    };
    Some((fits, exact.normalize()))
}

#[cfg(test)]
mod tests {
    use jialiang_store::source::Memory;
    use jialiang_store::{Source, load};

    use super::*;
    use crate::Subject;
    use crate::rule::{Runs, Sink};
    use crate::rules::RULES;

    /// Small places below one another, whose editions print lines at random.
    fn printed(dice: &mut u64) -> Memory {
        let mut below = |n: u64| {
            *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (*dice >> 33) % n
        };
        let mut files: Vec<(String, String)> = Vec::new();
        for (i, place) in ["top", "mid", "low"].into_iter().enumerate() {
            let above = ["", "top", "mid"][i];
            let parent = if i == 0 { String::new() } else { format!(r#", "parent": "{above}""#) };
            files.push((
                format!("{place}/jurisdiction.json"),
                format!(
                    r#"{{ "$schema": "../schemas/jurisdiction.json", "id": "{place}", "name": {{ "zh": "某地" }}, "level": "county"{parent} }}"#
                ),
            ));
            let implements = if i == 0 {
                String::new()
            } else {
                r#", "implements": { "standard": "top/s", "versions": "^1" }"#.to_owned()
            };
            files.push((
                format!("{place}/s.standard.json"),
                format!(
                    r#"{{ "$schema": "../schemas/standard.json", "id": "{place}/s", "name": {{ "zh": "某标准" }}{implements} }}"#
                ),
            ));
            for edition in 0..below(3) {
                let mut lines = Vec::new();
                for (id, cell) in [
                    ("whole", ""),
                    ("rural", r#", "cell": { "residence": "rural" }"#),
                    ("urban", r#", "cell": { "residence": "urban" }"#),
                ] {
                    let (number, form) = (100 + 10 * below(3), below(7));
                    let says = match form {
                        0 => r#""free": "of-charge""#.to_owned(),
                        1 => format!(
                            r#""at-most": "{number}", "unit": "CNY/person/month", "better": "more""#
                        ),
                        2 => format!(
                            r#""exactly": "{}", "unit": "CNY/person/year", "better": "more""#,
                            number * 12
                        ),
                        _ => format!(
                            r#""at-least": "{number}", "unit": "CNY/person/month", "better": "more""#
                        ),
                    };
                    if lines.is_empty() || below(3) > 0 {
                        lines.push(format!(r#"{{ "id": "{id}", "measure": "m", {says}{cell} }}"#));
                    }
                }
                let (year, month) = (2019 + below(4), 1 + below(9));
                files.push((
                    format!("{place}/s@1.{edition}.0.edition.json"),
                    format!(
                        r#"{{ "$schema": "../schemas/edition.json", "standard": "{place}/s", "version": "1.{edition}.0", "name": {{ "zh": "某版" }}, "transcribed": "full", "effective": "{year}-0{month}-01", "items": [{{ "id": "it", "name": {{ "zh": "某项" }}, "category": "c", "provisions": [{}] }}] }}"#,
                        lines.join(", ")
                    ),
                ));
            }
        }
        files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
    }

    /// Where an item is not walked day by day, no rule would have found anything.
    #[test]
    fn what_is_not_walked_hides_nothing() {
        let (mut dice, mut spared, mut found) = (7, 0, 0);
        for _ in 0..3_000 {
            let loaded = load(&Source::Memory(printed(&mut dice))).unwrap();
            assert!(loaded.unreadable.is_empty(), "{:?}", loaded.unreadable);
            let subject = Subject::new(&loaded).on(Day::parse("2026-11-25").unwrap());
            let Some(force) = subject.force() else { continue };
            for named in force.decided() {
                let walked = force.walked(*named);
                let mut findings = Vec::new();
                for rule in RULES {
                    if let Runs::OnDecided(check) = rule.runs {
                        check(&subject, &walked, &mut Sink::new(rule, &mut findings));
                    }
                }
                found += findings.len();
                if force.told(*named).strands.is_empty() && !walked.strands.is_empty() {
                    spared += 1;
                    assert!(findings.is_empty(), "{named:?} {findings:?}");
                }
            }
        }
        assert!(spared > 100 && found > 100, "{spared} {found}");
    }
}
