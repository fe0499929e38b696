//! What is in force on the real registry, before and after every boundary on both clocks,
//! against a table made by hand.

use jialiang_model::Registry;
use jialiang_model::date::Day;
use jialiang_model::number::{Decimal, Number};
use jialiang_model::provision::Form;
use jialiang_resolve::{Answer, Facts, Held, InForce, Known, Mark, Question, Standing};
use jialiang_store::source::Folder;
use jialiang_store::{Source, load};

use crate::sample;

fn standards() -> Registry {
    let folder = Folder::holding(&sample::root().join("standards")).unwrap();
    load(&Source::Folder(folder)).unwrap().registry
}

/// An answer as the table writes it, and the marks of its value.
type Written = (String, Vec<String>);

/// Of whom, and of what, the rows of the table speak.
struct Subject<'t> {
    place: &'t str,
    item: &'t str,
    line: Option<&'t str>,
    facts: Facts,
}

impl<'t> Subject<'t> {
    fn parse(heading: &'t str) -> Self {
        let mut words = heading.split(' ');
        let (place, item) = (words.next().unwrap(), words.next().unwrap());
        let line = words.next();
        Self { place, item, line, facts: Facts::parse(words.next().unwrap_or("")).unwrap() }
    }

    fn question(&self, valid: &str, known: &str) -> Question<'_> {
        let day = |text: &str| Day::parse(text).unwrap();
        let known = if known == "-" { Known::Latest } else { Known::By(day(known)) };
        let Self { place, item, line, ref facts } = *self;
        Question { place, item, standard: None, line, facts, valid: day(valid), known }
    }

    fn ask<'a>(&self, in_force: &InForce<'a>, valid: &str, known: &str) -> Vec<Answer<'a>> {
        let answers = in_force.ask(&self.question(valid, known));
        answers.into_iter().map(|answered| answered.answer).collect()
    }

    /// The answers as the table writes them, each with its marks.
    fn written(&self, in_force: &InForce<'_>, valid: &str, known: &str) -> Vec<Written> {
        if self.line.is_some() {
            return self.ask(in_force, valid, known).iter().map(written).collect();
        }
        let standing = match in_force.item(&self.question(valid, known)).standing {
            Standing::Stands(_) => "stands",
            Standing::Retired(..) => "retired",
            Standing::NotApplicable(_) => "not-applicable",
            Standing::Unknown => "unknown",
        };
        vec![(standing.to_owned(), Vec::new())]
    }
}

/// A value as the table writes it.
fn value(held: &Held<'_>) -> String {
    match (held.value(), &held.line.form) {
        (Some(number), _) => number.to_string(),
        (None, Form::Free) => "free".to_owned(),
        (None, form) => format!("{form:?}"),
    }
}

/// An answer in the words of the table.
fn written(answer: &Answer<'_>) -> Written {
    match answer {
        Answer::Value(held) => {
            let last = if held.marks.has(Mark::LastKnown) { "last " } else { "" };
            let marks = held.marks.iter().map(word).collect();
            (format!("{last}{}", value(held)), marks)
        }
        Answer::Undecided { candidates, why: _ } => {
            let mut values: Vec<String> = candidates.iter().map(value).collect();
            values.sort_by_key(|value| (value.len(), value.clone()));
            (format!("undecided {}", values.join(" ")), Vec::new())
        }
        Answer::NotYet { first, under: _ } => (format!("not-yet {}", value(first)), Vec::new()),
        Answer::Ended { .. } => ("ended".to_owned(), Vec::new()),
        Answer::NotApplicable(..) => ("not-applicable".to_owned(), Vec::new()),
        Answer::Unknown(_) => ("unknown".to_owned(), Vec::new()),
    }
}

/// A mark as the table writes it: `over-before-issue`.
fn word(mark: Mark) -> String {
    let mut word = String::new();
    for letter in format!("{mark:?}").chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

/// Whether an answer is what a row says.
fn fits(wanted: &str, said: &str) -> bool {
    match wanted {
        "undecided" | "not-yet" => said.split(' ').next() == Some(wanted),
        wanted => match wanted.strip_prefix("held ") {
            Some(value) => said.strip_prefix("last ").unwrap_or(said) == value,
            None => said == wanted,
        },
    }
}

#[test]
fn every_dated_value_is_in_force_on_its_days_and_no_others() {
    let registry = standards();
    let in_force = InForce::new(&registry);
    let mut subject = None;
    let mut rows = 0;
    let mut wrong = Vec::new();
    for row in include_str!("dated.txt").lines() {
        if let Some(heading) = row.strip_prefix("= ") {
            subject = Some((heading, Subject::parse(heading)));
            continue;
        }
        if row.is_empty() || row.starts_with('#') {
            continue;
        }
        rows += 1;
        let (heading, subject) = subject.as_ref().unwrap();
        let (clocks, marks) = row.split_once(" [").unwrap_or((row, "]"));
        let marks: Vec<&str> = marks.trim_end_matches(']').split_whitespace().collect();
        let mut words = clocks.splitn(3, ' ');
        let (valid, known) = (words.next().unwrap(), words.next().unwrap());
        let wanted = words.next().unwrap();
        let said = subject.written(&in_force, valid, known);
        let right = match said.as_slice() {
            [(answer, held)] => {
                fits(wanted, answer) && marks.iter().all(|mark| held.iter().any(|h| h == mark))
            }
            _ => false,
        };
        if !right {
            wrong.push(format!("{heading} {row}: {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {rows}\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows > 400, "{rows}");
}

/// The one value of a subject on a day.
fn number(in_force: &InForce<'_>, heading: &str, valid: &str, known: &str) -> Number {
    match Subject::parse(heading).ask(in_force, valid, known).as_slice() {
        [Answer::Value(held)] => held.value().unwrap(),
        other => panic!("{heading} {valid} {known}: {other:?}"),
    }
}

/// Tianjin's aid to near-poor households is 30% of the allowance, rounded, in its own unit.
#[test]
fn near_poor_aid_is_three_tenths_of_the_allowance() {
    let registry = standards();
    let in_force = InForce::new(&registry);
    for day in ["2018-04-01", "2019-03-31", "2019-04-01", "2025-08-31", "2025-09-01"] {
        let base = number(&in_force, "tianjin minimum-living-allowance allowance", day, "-");
        let aid = number(&in_force, "tianjin minimum-living-allowance near-poor", day, "-");
        let half = Decimal::new(5, 1);
        let share = (base.decimal() * Decimal::new(3, 1) + half).floor();
        assert_eq!(aid.decimal(), share, "{day}");
        let answers =
            Subject::parse("tianjin minimum-living-allowance near-poor").ask(&in_force, day, "-");
        let [Answer::Value(held)] = answers.as_slice() else { panic!("{answers:?}") };
        let Form::Amount(_, _, scale) = &held.line.form else { panic!("{:?}", held.line) };
        assert_eq!(scale.unit.to_string(), "CNY/household/month");
    }
}

/// Tianjin passed the nation's 15 of 2014 and its 18 of 2018 on in full: what it adds of its
/// own stayed the same.
#[test]
fn what_tianjin_adds_to_the_pension_stayed_when_the_nation_rose() {
    let registry = standards();
    let in_force = InForce::new(&registry);
    let own = |valid: &str, known: &str| {
        let mine = number(&in_force, "tianjin resident-pension basic", valid, known);
        let theirs = number(&in_force, "cn resident-pension basic", valid, known);
        (mine.decimal() - theirs.decimal()).to_string()
    };
    assert_eq!((own("2014-06-30", "-"), own("2014-07-01", "-")), ("165".into(), "165".into()));
    // As known when the city had issued its notice of 2018 and not yet that of 2019.
    assert_eq!(own("2017-12-31", "2019-07-04"), "207");
    assert_eq!(own("2019-01-01", "2019-07-04"), "207");
    // In 2019 the city rose and the nation did not.
    assert_eq!(own("2019-01-01", "-"), "219");
}
/// Nothing on record is refused, undecided for want of an order, or the answer on no day.
#[test]
fn the_record_has_no_trouble() {
    let registry = standards();
    let in_force = InForce::new(&registry);
    let troubles = in_force.troubles();
    assert!(troubles.is_empty(), "{troubles:?}");
}
