//! The laws of what is in force, on random histories, against a slow model.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking; its calendar is short"
)]

mod slow;

use std::collections::BTreeSet;

use jialiang_model::Registry;
use jialiang_model::cell::Cell;
use jialiang_model::date::Day;
use jialiang_model::id::Id;
use jialiang_resolve::{Answer, Fact, Facts, Held, InForce, Known, Question, What};
use proptest::prelude::*;
use proptest::sample::Index;
use slow::record::{D, OPEN, Paint, V};
use slow::story::{Story, Text, story};
use slow::{Asked, Horizon, Slow, Verdict};

/// How many histories are tried: six hundred, always the same, or as many others as proptest is
/// told (`PROPTEST_CASES=20000`); of laws that ask very often a part of them.
fn tries(part: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if config.cases == 256 {
        // The same histories every time, unless more are asked for.
        config.cases = 600;
        config.rng_seed = proptest::test_runner::RngSeed::Fixed(20_261_125);
    }
    config.cases = config.cases.div_ceil(part);
    config.max_shrink_iters = 2_000;
    config.max_global_rejects = 1_000_000;
    config
}

fn places(story: &Story) -> Vec<&'static str> {
    (0..story.places()).map(Story::name).collect()
}

/// Every full cell of the two dimensions that histories tell apart.
fn cells() -> Vec<String> {
    let mut out = Vec::new();
    for residence in ["rural", "urban"] {
        for age in ["30", "65", "75", "85"] {
            out.push(format!("age={age},residence={residence}"));
        }
    }
    out
}

/// Every question of a history, but for its days.
fn questions(story: &Story) -> Vec<Asked> {
    let mut out = Vec::new();
    for place in 0..story.places() {
        for measure in ["basic", "extra"] {
            for cell in cells() {
                out.push(Asked { place, measure: measure.into(), cell });
            }
        }
    }
    out
}

/// What the crate answers, and the answer as the slow model would put it.
fn ask<'a>(
    fast: &InForce<'a>,
    asked: &Asked,
    facts: &Facts,
    valid: Day,
    known: Known,
) -> (Answer<'a>, Verdict) {
    let question = Question {
        place: Story::name(asked.place),
        item: "it",
        standard: None,
        line: Some(&asked.measure),
        facts,
        valid,
        known,
    };
    let mut answered = fast.ask(&question);
    assert_eq!(answered.len(), 1, "one answer for a full cell: {answered:?}");
    let answer = answered.remove(0).answer;
    let value = |held: &Held<'_>| V::of(&held.form());
    let verdict = match &answer {
        Answer::Value(held) => Verdict::Value(value(held)),
        Answer::Undecided { candidates, .. } => {
            Verdict::Undecided(candidates.iter().map(value).collect())
        }
        Answer::NotYet { .. } => Verdict::NotYet,
        Answer::Ended { .. } => Verdict::Ended,
        Answer::Unknown(_) => Verdict::Unknown,
        Answer::NotApplicable(..) => panic!("no history declares that"),
    };
    (answer, verdict)
}

/// The day of knowledge of a place in the calendar.
fn known(slow: &Slow, known: D) -> Known {
    if known == OPEN { Known::Latest } else { Known::By(slow.calendar.day(known)) }
}

/// The days of knowledge that are asked for: every one of the calendar, and all on record.
fn knowns(slow: &Slow) -> impl Iterator<Item = D> + use<> {
    (0..slow.calendar.len()).chain([OPEN])
}

/// One question of a history, with its facts.
fn pick(story: &Story, pick: &Index) -> (Asked, Facts) {
    let questions = questions(story);
    let asked = questions[pick.index(questions.len())].clone();
    let facts = Facts::parse(&asked.cell).unwrap();
    (asked, facts)
}

/// What the crate answers to one question on every day, as known on one.
fn row(fast: &InForce<'_>, slow: &Slow, (asked, facts): &(Asked, Facts), by: D) -> Vec<Verdict> {
    let day = |d| slow.calendar.day(d);
    (0..slow.calendar.len()).map(|d| ask(fast, asked, facts, day(d), known(slow, by)).1).collect()
}

fn equal(story: &Story, index: &Index) -> Result<(), TestCaseError> {
    let registry = story.registry();
    let slow = Slow::new(&registry, &places(story));
    let fast = InForce::new(&registry);
    let (asked, facts) = pick(story, index);
    for by in knowns(&slow) {
        let answers = slow.answers(&asked, Horizon::by(by));
        for (d, verdict) in answers.iter().enumerate() {
            let day = slow.calendar.day(d as D);
            let (answer, mine) = ask(&fast, &asked, &facts, day, known(&slow, by));
            prop_assert!(
                mine == *verdict,
                "{asked:?} on {day} known {:?}\nslow {verdict:?}\nfast {mine:?}\n{}",
                known(&slow, by),
                brief(&answer),
            );
        }
    }
    Ok(())
}

/// Values, each with a day on which it shows.
type Shown = Vec<(Day, V)>;

/// The values that show on each day to those of whom some facts are true, at any known day.
fn shown(fast: &InForce<'_>, asked: &Asked, facts: &Facts) -> Shown {
    let mut shown = BTreeSet::new();
    let question = Question {
        place: Story::name(asked.place),
        item: "it",
        standard: None,
        line: Some(&asked.measure),
        facts,
        valid: Day::parse("2020-01-01").unwrap(),
        known: Known::Latest,
    };
    // Between boundaries nothing changes: another law.
    let told = fast.boundaries(&question);
    let eve = told.valid.first().map(|day| day.date().pred_opt().unwrap());
    let days: Vec<Day> = eve.and_then(Day::of).into_iter().chain(told.valid).collect();
    for by in told.known.iter().map(|day| Known::By(*day)).chain([Known::Latest]) {
        for day in &days {
            let (_, verdict) = ask(fast, asked, facts, *day, by);
            match verdict {
                Verdict::Value(value) => shown.extend([(*day, value)]),
                Verdict::Undecided(all) => shown.extend(all.into_iter().map(|v| (*day, v))),
                Verdict::NotYet | Verdict::Ended | Verdict::Unknown => {}
            }
        }
    }
    shown.into_iter().collect()
}

/// Whether each value on record shows on one of its days, or is told not to.
fn lost(story: &Story) -> Result<(), TestCaseError> {
    let registry = story.registry();
    let slow = Slow::new(&registry, &places(story));
    let fast = InForce::new(&registry);
    let mut all: Vec<(Asked, Facts, Shown)> = Vec::new();
    for asked in questions(story) {
        let facts = Facts::parse(&asked.cell).unwrap();
        // Those of whom no line names the residence are somebody too.
        let other = Id::parse("residence").map(|id| facts.clone().with(id, Fact::Other));
        for facts in [Some(facts), other].into_iter().flatten() {
            let shown = shown(&fast, &asked, &facts);
            all.push((asked.clone(), facts, shown));
        }
    }
    let troubles = fast.troubles();
    let told = |doc: usize, measure: &str, cell: &Cell| {
        troubles.iter().any(|trouble| match &trouble.what {
            What::Invisible(said) => {
                said.document().contains(&slow.record.docs[doc])
                    && trouble.measure == measure
                    && trouble.cell == Facts::of(cell)
            }
            _ => false,
        })
    };
    for coat in &slow.record.coats {
        let Paint::Value(value) = &coat.paint else { continue };
        let first = slow.calendar.day(coat.first);
        let until = (coat.until != OPEN).then(|| slow.calendar.day(coat.until));
        let shows = all.iter().any(|(asked, facts, shown)| {
            asked.place == coat.place
                && asked.measure == coat.measure
                && facts.within(&coat.cell)
                && shown.iter().any(|(day, v)| {
                    v == value && first <= *day && until.is_none_or(|until| *day < until)
                })
        });
        prop_assert!(
            shows || told(coat.doc, &coat.measure, &coat.cell),
            "{coat:?} shows on no day, and nothing says so",
        );
        // And nothing that shows is told not to, unless it stands there twice.
        let twice = slow.record.coats.iter().filter(|other| {
            other.doc == coat.doc && other.measure == coat.measure && other.cell == coat.cell
        });
        let seen = slow.record.witnesses.iter().any(|seen| {
            seen.doc == coat.doc && seen.measure == coat.measure && seen.cell == coat.cell
        });
        prop_assert!(
            !shows || seen || twice.count() > 1 || !told(coat.doc, &coat.measure, &coat.cell),
            "{coat:?} shows, and is told not to",
        );
    }
    for (number, seen) in slow.record.witnesses.iter().enumerate() {
        let mine = |asked: &Asked| asked.place == seen.place && asked.measure == seen.measure;
        let of = || all.iter().filter(|(asked, ..)| mine(asked));
        if !of().any(|(asked, ..)| slow.seen(asked, number).is_some()) {
            continue;
        }
        let shows = of().any(|(_, facts, shown)| {
            facts.within(&seen.cell) && shown.iter().any(|(_, value)| *value == seen.value)
        });
        prop_assert!(
            shows || told(seen.doc, &seen.measure, &seen.cell),
            "{seen:?} shows on no day, and nothing says so",
        );
    }
    Ok(())
}

/// Leaves out one document of a history and compares what was known before it.
fn later(story: &Story, index: &Index, gone: &Index) -> Result<(), TestCaseError> {
    let registry = story.registry();
    let slow = Slow::new(&registry, &places(story));
    let mut less = story.clone();
    let gone = gone.index(story.docs.len());
    let id = story.id(gone);
    if let Text::Adjustment { operations, .. } = &mut less.docs[gone].text {
        operations.clear();
    } else {
        return Ok(());
    }
    // A line that no other document writes out cannot be ended without it.
    let ends = |story: &Story| -> Vec<_> {
        story.ended().into_iter().filter(|(doc, _)| *doc != gone).collect()
    };
    if ends(story) != ends(&less) {
        return Ok(());
    }
    let Some(number) = slow.record.doc(&id) else { return Ok(()) };
    let coats = slow.record.coats.iter().filter(|coat| coat.doc == number);
    let coats = coats.map(|coat| coat.known);
    let annulled = slow.record.annulments.iter().filter(|one| one.by == number);
    let first = coats.chain(annulled.map(|one| one.known)).min().unwrap_or(OPEN);
    let registry_less = less.registry();
    // What it says of the order of others, being the third through which they are ordered, is
    // nothing that it enacts.
    let slow_less = Slow::new(&registry_less, &places(story));
    let order = |slow: &Slow| -> BTreeSet<(String, String)> {
        let name = |doc: usize| slow.record.docs[doc].clone();
        let all = slow.record.after.iter().map(|(a, b)| (name(*a), name(*b)));
        all.filter(|(a, b)| *a != id && *b != id).collect()
    };
    if order(&slow) != order(&slow_less) {
        return Ok(());
    }
    let (fast, fast_less) = (InForce::new(&registry), InForce::new(&registry_less));
    let one = pick(story, index);
    for by in (0..slow.calendar.len()).filter(|by| *by < first) {
        let (with, without) = (row(&fast, &slow, &one, by), row(&fast_less, &slow, &one, by));
        prop_assert!(with == without, "{one:?} known {by} without {id}\n{with:?}\n{without:?}");
    }
    Ok(())
}

/// Whether no two documents of a history meet on one day of issue, run over the starts of
/// others or see two values on one day.
fn plainly(story: &Story) -> bool {
    let slow = Slow::new(&story.registry(), &places(story));
    let coats = &slow.record.coats;
    let numbers = 0..coats.len();
    let meets = |i: usize, j: usize| {
        let (a, b) = (&coats[i], &coats[j]);
        let unordered = a.order == b.order && !slow.record.under(i, j) && !slow.record.under(j, i);
        let over = a.order < b.order && a.first > b.first && !b.releases.contains(&a.doc);
        let carried = a.period.is_some() && b.until != OPEN;
        a.place == b.place && (carried || a.doc != b.doc && (unordered || over))
    };
    let beside = slow.record.witnesses.iter().any(|w| {
        coats.iter().any(|c| {
            c.place == w.place && c.doc != w.doc && (c.temporary || c.order.0 == w.order.0)
        })
    });
    let met = beside || numbers.clone().any(|i| numbers.clone().any(|j| meets(i, j)));
    let twice = |asked: &Asked| {
        let seen = (0..slow.record.witnesses.len()).filter_map(|w| slow.seen(asked, w));
        let seen: Vec<_> = seen.collect();
        seen.iter().any(|a| seen.iter().any(|b| a.day == b.day && a.value != b.value))
    };
    !met && !questions(story).iter().any(twice)
}

proptest! {
    #![proptest_config(tries(1))]

    /// Of every history, of each full cell, on every day as known on every day.
    #[test]
    fn the_fast_answers_as_the_slow(story in story(false), index in any::<Index>()) {
        equal(&story, &index)?;
    }

    /// The same, of histories that nobody reads in two ways.
    #[test]
    fn the_fast_answers_as_the_slow_in_plain_cases(story in story(true), index in any::<Index>()) {
        prop_assume!(plainly(&story));
        equal(&story, &index)?;
    }

    /// Answers change only where a boundary is told.
    #[test]
    fn between_boundaries_nothing_changes(story in story(false), index in any::<Index>()) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let fast = InForce::new(&registry);
        let one = pick(&story, &index);
        let question = Question {
            place: Story::name(one.0.place), item: "it", standard: None,
            line: Some(&one.0.measure), facts: &one.1,
            valid: slow.calendar.day(0), known: Known::Latest,
        };
        let told = fast.boundaries(&question);
        let within = |days: &[Day], d: usize| {
            let (from, to) = (slow.calendar.day(d as D - 1), slow.calendar.day(d as D));
            days.iter().any(|day| from < *day && *day <= to)
        };
        let mut before: Option<Vec<Verdict>> = None;
        for by in 0..slow.calendar.len() {
            let row = row(&fast, &slow, &one, by);
            for d in 1..row.len() {
                prop_assert!(
                    row[d] == row[d - 1] || within(&told.valid, d),
                    "{one:?} changes on {} known {by}: {:?} {:?}",
                    slow.calendar.day(d as D), row[d - 1], row[d],
                );
            }
            if let Some(before) = before {
                prop_assert!(
                    before == row || within(&told.known, by as usize),
                    "{one:?} changes as known on {}", slow.calendar.day(by),
                );
            }
            before = Some(row);
        }
    }

    /// What a document enacts changes nothing of what was known before it.
    #[test]
    fn what_is_enacted_later_changes_no_earlier_knowledge(
        story in story(false), index in any::<Index>(), gone in any::<Index>(),
    ) {
        later(&story.enacting(), &index, &gone)?;
    }

    /// The same, where no line is ended or altered.
    #[test]
    fn what_is_set_later_changes_no_earlier_knowledge(
        story in story(false), index in any::<Index>(), gone in any::<Index>(),
    ) {
        prop_assume!(story.ended().is_empty());
        later(&story.enacting(), &index, &gone)?;
    }

    /// The order in which a document lists, and in which documents are listed, is nothing.
    #[test]
    fn the_order_of_lists_is_nothing(story in story(false), index in any::<Index>()) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let mut documents = story.clone().turned().documents();
        documents.reverse();
        let turned = Registry::new(documents);
        let (fast, other) = (InForce::new(&registry), InForce::new(&turned));
        let one = pick(&story, &index);
        for by in knowns(&slow) {
            let (a, b) = (row(&fast, &slow, &one, by), row(&other, &slow, &one, by));
            prop_assert!(a == b, "{one:?} known {by}\n{a:?}\n{b:?}");
        }
    }

    /// To say again what is in force, later, from a day inside its stretch, changes nothing.
    #[test]
    fn to_restate_changes_nothing(
        story in story(false), index in any::<Index>(), at in any::<Index>(),
    ) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let fast = InForce::new(&registry);
        let one = pick(&story, &index);
        let before = row(&fast, &slow, &one, OPEN);
        let start = at.index(before.len());
        let Verdict::Value(V::Amount(number)) = &before[start] else { return Ok(()) };
        let end = (start..before.len()).find(|d| before[*d] != before[start]);
        // A place that restates what it inherits follows no more, and what was seen on a day
        // is no start.
        let (asked, _) = &one;
        let own = (0..slow.record.coats.len()).any(|c| slow.holds(asked, c, start as D));
        let seen = (0..slow.record.witnesses.len()).any(|w| slow.seen(asked, w).is_some());
        if !own || seen || start == 0 {
            return Ok(());
        }
        let mut more = story.clone();
        let cell: std::collections::BTreeMap<&str, &str> =
            asked.cell.split(',').filter_map(|part| part.split_once('=')).collect();
        let mut set = serde_json::json!({ "item": "it", "set": {
            "id": "again", "measure": asked.measure, "cell": cell, "better": "more",
            "exactly": number.to_string(), "unit": "CNY/person/year",
        }, "from": slow.calendar.day(start as D).to_string() });
        if let Some(end) = end {
            set["until"] = slow.calendar.day(end as D).to_string().into();
        }
        let place = Story::name(asked.place);
        let id = format!("{place}/2021/again");
        more.extra.push((format!("{id}.instrument.json"), serde_json::json!({
            "$schema": "instrument.json", "id": id, "title": { "zh": "通知" },
            "issued": "2021-01-01",
        }).to_string()));
        more.extra.push((format!("{id}.adjustment.json"), serde_json::json!({
            "$schema": "adjustment.json", "id": id, "instrument": id,
            "standard": story.standard(asked.place), "operations": [set],
        }).to_string()));
        let registry = more.registry();
        let fast = InForce::new(&registry);
        let after = row(&fast, &slow, &one, OPEN);
        for d in 0..before.len() {
            let same = before[d] == after[d]
                || matches!((&before[d], &after[d]), (Verdict::Unknown, Verdict::NotYet));
            prop_assert!(same, "{one:?} on {d}\n{before:?}\n{after:?}\n{more:?}");
        }
    }

    /// What was seen on a day is the answer on that day, as known at the end, unless
    /// something issued later or only for a time lies there, or two saw two values.
    #[test]
    fn what_was_seen_is_the_answer_on_its_day(story in story(false), index in any::<Index>()) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let fast = InForce::new(&registry);
        let one = pick(&story, &index);
        let seen: Vec<_> =
            (0..slow.record.witnesses.len()).filter_map(|w| slow.seen(&one.0, w)).collect();
        for s in &seen {
            let other = seen.iter().any(|t| t.day == s.day && t.value != s.value);
            let above = (0..slow.record.coats.len()).any(|c| {
                let coat = &slow.record.coats[c];
                let later = coat.order.0 > s.issued || coat.temporary;
                later && slow.holds(&one.0, c, s.day)
            });
            if other || above || !slow.is_there(one.0.place, s.day) {
                continue;
            }
            let day = slow.calendar.day(s.day);
            let (answer, mine) = ask(&fast, &one.0, &one.1, day, Known::Latest);
            prop_assert!(
                mine == Verdict::Value(s.value.clone()),
                "{one:?} on {day}: {s:?}\n{mine:?} {}", brief(&answer),
            );
        }
    }

    /// Where nothing that is only for a time reaches, the answer is as without it.
    #[test]
    fn what_is_for_a_time_lapses(story in story(false), index in any::<Index>()) {
        let story = story.enacting().unbound();
        prop_assume!(story.ended().is_empty());
        let (registry, less) = (story.registry(), story.clone().lasting().registry());
        let slow = Slow::new(&registry, &places(&story));
        let (fast, fast_less) = (InForce::new(&registry), InForce::new(&less));
        let one = pick(&story, &index);
        for by in knowns(&slow) {
            let (with, without) = (row(&fast, &slow, &one, by), row(&fast_less, &slow, &one, by));
            for d in 0..with.len() {
                let covered = slow.record.coats.iter().any(|coat| {
                    coat.temporary && coat.first <= d as D && (d as D) < coat.until
                });
                let nothing = |v: &Verdict| matches!(v, Verdict::Unknown | Verdict::NotYet);
                let same = with[d] == without[d] || (nothing(&with[d]) && nothing(&without[d]));
                prop_assert!(covered || same, "{one:?} on {d} known {by}\n{with:?}\n{without:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(tries(30))]

    /// A recorded value that shows on none of its days, at no known day, to nobody, is told.
    #[test]
    fn no_value_is_lost_in_silence(story in story(false)) {
        lost(&story)?;
    }

    /// The days on which something holds are those without another answer between.
    #[test]
    fn it_holds_without_a_break_on_those_days(story in story(false), index in any::<Index>()) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let fast = InForce::new(&registry);
        let (asked, facts) = pick(&story, &index);
        for by in [slow.calendar.len() / 2, OPEN] {
            let question = |d| Question {
                place: Story::name(asked.place), item: "it", standard: None,
                line: Some(&asked.measure), facts: &facts,
                valid: slow.calendar.day(d), known: known(&slow, by),
            };
            let told: Vec<_> =
                (0..slow.calendar.len()).map(|d| fast.ask(&question(d)).remove(0)).collect();
            let held = |d: D| match told.get(usize::try_from(d).unwrap()).map(|one| &one.answer) {
                Some(Answer::Value(held)) => Some(*held),
                _ => None,
            };
            let same = |a: D, b: D| {
                held(a).zip(held(b)).is_some_and(|(a, b)| {
                    std::ptr::eq(a.line, b.line) && (a.number, a.place) == (b.number, b.place)
                })
            };
            for d in (0..slow.calendar.len()).filter(|d| held(*d).is_some()) {
                // Nothing is on record before the calendar, nor behind it.
                let first = (0..=d).rev().find(|day| *day == 0 || !same(*day - 1, d)).unwrap();
                let day = (first > 0).then(|| slow.calendar.day(first));
                let held = held(d).unwrap();
                let seen = held.marks.has(jialiang_resolve::Mark::Attested);
                let since = day.filter(|day| !seen || held.stamp.known < *day);
                let end = (d + 1..slow.calendar.len()).find(|day| !same(*day, d));
                let until = end.map(|day| slow.calendar.day(day));
                let days = fast.unbroken(&question(d), &told[usize::try_from(d).unwrap()]).unwrap();
                prop_assert!(
                    (days.since, days.until) == (since, until),
                    "{asked:?} on {d} known {by}: {days:?} {since:?} {until:?}"
                );
            }
        }
    }

    /// Nothing that can be read makes it panic.
    #[test]
    fn nothing_panics(story in story(false), index in any::<Index>()) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let fast = InForce::new(&registry);
        let one = pick(&story, &index);
        for facts in [&one.1, &Facts::none()] {
            for (line, d) in [(None, 3), (Some("basic"), 9), (Some("none"), 20)] {
                let question = Question {
                    place: Story::name(one.0.place), item: "it", standard: None, line, facts,
                    valid: slow.calendar.day(d), known: Known::Latest,
                };
                fast.ask(&question);
                fast.item(&question);
                fast.history(&question);
                fast.own_part(&question);
                fast.boundaries(&question);
            }
        }
        for entry in registry.adjustments.values() {
            fast.lower(entry);
        }
        fast.troubles();
    }
}

/// An answer in a few words.
fn brief(answer: &Answer<'_>) -> String {
    match answer {
        Answer::Undecided { why, candidates } => {
            let why: String = format!("{why:?}").chars().take_while(|c| *c != '(').collect();
            let said: BTreeSet<&str> = candidates.iter().map(|c| c.said.document()).collect();
            format!("{why} {said:?}")
        }
        Answer::Value(held) => {
            format!("{:?} {:?}", held.said.document(), held.marks.iter().collect::<Vec<_>>())
        }
        other => format!("{other:?}").chars().take(60).collect(),
    }
}

/// Tries both readings of a history written by hand, in every place and for two people.
fn alike(history: &str) {
    let registry = slow::hand::registry(history);
    let slow = Slow::new(&registry, &["cn", "aa", "bb"]);
    let fast = InForce::new(&registry);
    let mut unlike = String::new();
    for place in 0..3 {
        for cell in ["age=30,residence=rural", "age=65,residence=urban"] {
            let asked = Asked { place, measure: "basic".into(), cell: cell.into() };
            let facts = Facts::parse(cell).unwrap();
            for by in knowns(&slow) {
                let answers = slow.answers(&asked, Horizon::by(by));
                let mut before = String::new();
                for (d, verdict) in answers.iter().enumerate() {
                    let day = slow.calendar.day(d as D);
                    let (answer, mine) = ask(&fast, &asked, &facts, day, known(&slow, by));
                    let told = format!("slow {verdict:?}\n    fast {mine:?} {}", brief(&answer));
                    if mine != *verdict && told != before {
                        let by = known(&slow, by);
                        unlike += &format!("{place} {cell} on {day} known {by:?}\n    {told}\n");
                    }
                    before = told;
                }
            }
        }
    }
    let told: Vec<&str> = unlike.lines().take(12).collect();
    assert!(unlike.is_empty(), "{history}\n{}", told.join("\n"));
}

macro_rules! cases {
    ($($(#[$note:meta])* $name:ident: $history:expr;)*) => {
        $($(#[$note])* #[test] fn $name() { alike($history); })*
    };
}

cases! {
    /// One document says two things of one line and day: its own order is nothing.
    one_document_twice_of_one_line: r#"
        cn d0 02-05 [{"set":"20","from":"02-10","was":"10"},{"set":"10","from":"02-10","was":"20"}]"#;
    /// What a place inherits is told apart by cells that its own line does not name.
    what_is_told_apart_above: r#"
        cn d0 02-05 [{"set":"240","from":"02-05"},{"attest":"60:120","on":"02-05"}]
        aa d1 02-29 [{"set":"120","from":"02-10","was":"240"}]"#;
    /// A change of something that was never seen is undecided, and names nothing.
    a_change_of_nothing: r#"
        cn d0 02-05 [{"alter":"basic-all","from":"02-05","by":{"amount":"5"}},{"set":"10","from":"02-10"}]"#;
    /// A line that was only ever seen can be ended.
    an_end_of_what_was_only_seen: r#"
        cn d1 02-10 [{"end":"basic-all","from":"02-10"}]
        cn d2 03-05 [{"confirm":"10"}]"#;
    /// A line that a document of another name writes out can be ended.
    an_end_listed_before_its_line: r#"
        cn d0 02-05 [{"end":"basic-all","from":"02-05"}]
        cn d1 02-05 [{"set":"10","from":"02-05","until":"02-05"}]"#;
    /// A repeal paints nothing where its document has no coat.
    a_repeal_from_before_the_start: r#"
        cn d0 03-05 [{"repeal":"cn/2020/d1","from":"02-05"}]
        cn d1 02-05 [{"set":"10","from":"02-10","was":"10"}]"#;
    /// Two sources saw two values on one day: on both sides of it either could be.
    two_seen_on_one_day: r#"
        cn d0 02-05 [{"set":"50","from":"02-05"},{"attest":"30","on":"03-01"}]
        cn d1 02-05 [{"attest":"10","on":"03-01"}]
        cn d2 02-05 [{"attest":"70","on":"03-15"}]"#;
    /// Another value within a period, with nothing before it.
    seen_within_with_nothing_before: r#"
        cn d1 02-11 [{"set":"20","from":"03","as":"within"}]
        cn d2 03-20 [{"attest":"30","on":"03-15"}]"#;
    /// A confirmation is no painting: the same document does not expect it.
    a_confirmation_beside_a_number_before: r#"
        cn d0 02 [{"confirm":"10"},{"set":"10","from":"02-29","was":"10"}]"#;
    /// What lies below a start that is unseen can itself begin and end.
    below_a_start_within_a_period: r#"
        cn d0 02-05 [{"set":"10","from":"02-05","until":"03-15"}]
        cn d1 02-11 [{"set":"20","from":"03","as":"within"}]"#;
    /// Two documents of one day that say the same are both there.
    two_of_one_day_that_agree: r#"
        cn d0 02-05 [{"set":"10","from":"03-20"}]
        cn d1 02-05 [{"set":"10","from":"02-05"}]
        cn d2 02-10 [{"set":"20","from":"03","as":"period"}]"#;
    /// The number before, of one of two documents of one day that agree.
    the_number_before_of_two_that_agree: r#"
        cn d0 03-06 [{"set":"10","from":"02-10","was":"20"}]
        cn d1 03-06 [{"set":"10","from":"02-05"}]"#;
    /// What was annulled before it began will not begin.
    annulled_before_it_began: r#"
        cn d0 02-05 [{"annul":"cn/2020/d2","from":"02-05"}]
        cn d2 02-05 [{"set":"10","from":"02-05"}]"#;
    /// A change that was printed after the annulment did not start from what was annulled.
    changed_after_the_annulment: r#"
        cn d1 02-05 [{"set":"10","from":"02-05"}]
        cn d6 02-10 [{"set":"30","from":"02-05"}]
        cn d5 02-20 [{"annul":"cn/2020/d6","from":"02-05"}]
        cn d4 02-29 [{"set":"40","from":"02-05","was":"30"}]"#;
    /// A document that is annulled is no base of its own.
    annulled_with_its_own_base: r#"
        cn d0 02-05 [{"set":"20","from":"02-05"},{"set":"30","from":"03-05","was":"20"}]
        cn d1 02-05 [{"annul":"cn/2020/d0","from":"03-06"}]"#;
    /// A later coat of the same document takes its place in the doubt.
    overrun_twice_by_one_document: r#"
        cn d0 02-10 [{"set":"30","from":"02-05"},{"set":"20","from":"02-10"}]
        cn d3 02-05 [{"set":"10","from":"02-11"}]"#;
    /// What was seen after a doubt is a candidate beside those of the doubt.
    seen_after_an_overrun: r#"
        cn d0 03-15 [{"confirm":"360"}]
        cn d1 03-05 [{"set":"240","from":"02-05"}]
        cn d2 02-05 [{"set":"120","from":"03"}]"#;
    /// A change for a time, whose result is not on record.
    altered_for_a_time: r#"
        cn d0 02-05 [{"change":"10","by":{"percent":"55"},"from":"02-05","temporary":true}]"#;
    /// A change whose result is not on record is not what was before it.
    confirmed_after_an_unknown_change: r#"
        cn d0 02-12 [{"confirm":"240"}]
        cn d1 02-05 [{"change":"240","by":{"percent":"55"},"from":"02-05"}]"#;
    /// A place follows the place above it, whatever its own standard implements.
    above_without_a_standard: r#"
        aa d0 02-05 [{"confirm":"10"}]"#;
    /// The wider of two lines of one edition does not speak of those of the narrower.
    two_lines_of_one_edition: r#"
        cn d0 02-05 {"prints":["10","rural:240"]}"#;
    /// Nor do two numbers before of one document.
    two_numbers_before_of_one_document: r#"
        cn d0 02-20 [{"set":"20","from":"03","was":"10"},{"set":"urban:25","from":"03","was":"12"}]"#;
    /// What is lifted ends, also where what lifts it does.
    lifted_for_a_while: r#"
        cn d0 02-05 [{"set":"50","from":"02-05"}]
        cn d1 02-11 [{"set":"20","from":"03-01","until":"03-15","lifts":["cn/2020/d0"]}]"#;
    /// A later start for a time is as protected as one that lasts.
    overrun_for_a_time: r#"
        cn d0 02-11 [{"set":"10","from":"02-05","temporary":true}]
        cn d2 02-10 [{"set":"20","from":"02-10","temporary":true}]"#;
    /// What is carried over from a period gives way for good to a later start.
    carried_over_until_a_later_start: r#"
        cn d0 03-06 [{"set":"10","from":"03-06","until":"03-15"}]
        cn d1 02-05 [{"set":"10","from":"03-01","as":"period"}]"#;
    /// A line that only an end and its own document write out can be ended.
    an_end_before_the_line_in_one_document: r#"
        cn d1 02-11 [{"end":"basic-all","from":"2020"},{"set":"10","from":"02-05"}]"#;
    /// A place inherits beneath what it has for a time only.
    seen_beneath_what_is_for_a_time: r#"
        aa d0 02-05 [{"attest":"360","on":"03-05"}]
        cn d1 02-05 [{"set":"360","from":"02-05"}]
        aa d2 02-05 [{"set":"120","from":"03-01","temporary":true}]"#;
    /// A period gives way to what began within it.
    over_with_its_period: r#"
        cn d0 02-05 [{"set":"10","from":"03-05"}]
        cn d1 02-10 [{"set":"20","from":"03","as":"period"}]"#;
    /// A number before that is seen within a period in which a wider line begins.
    seen_in_a_wider_period: r#"
        aa d0 02-05 [{"set":"60:10","from":"02-05","was":"20"},{"set":"40","from":"2020","as":"within"}]
        cn d1 02-05 [{"set":"60:20","from":"2020"},{"set":"60:30","from":"02-01"}]"#;
    /// A repeal that was annulled before it began ends nothing.
    a_repeal_annulled_before_it_began: r#"
        cn d0 02-05 [{"set":"10","from":"02-11"}]
        cn d1 02-10 [{"repeal":"cn/2020/d5","from":"02-05"}]
        cn d4 02-10 [{"annul":"cn/2020/d1","from":"02-05"}]
        cn d5 02-05 [{"set":"20","from":"02-05"}]"#;
    /// An annulment that was annulled before it began takes nothing off, once that is known.
    an_annulment_annulled_before_it_began: r#"
        cn d0 02-05 [{"set":"10","from":"02-05"}]
        cn d1 02-10 [{"annul":"cn/2020/d0","from":"02-20"}]
        cn d2 03-05 [{"annul":"cn/2020/d1","from":"02-20"}]"#;
    /// One that is annulled from a later day takes off until then.
    an_annulment_annulled_later: r#"
        cn d0 02-05 [{"set":"10","from":"02-05"}]
        cn d1 02-10 [{"annul":"cn/2020/d0","from":"02-20"},{"set":"20","from":"02-29","until":"03-06"}]
        cn d2 03-05 [{"annul":"cn/2020/d1","from":"03-05"}]"#;
    /// Three that each annul the one before.
    an_annulment_of_an_annulment_of_an_annulment: r#"
        cn d0 02-05 [{"set":"10","from":"02-05"}]
        cn d1 02-10 [{"annul":"cn/2020/d0","from":"02-10"}]
        cn d2 02-20 [{"annul":"cn/2020/d1","from":"02-20"}]
        cn d3 03-05 [{"annul":"cn/2020/d2","from":"03-05"}]"#;
    /// Two that annul each other both stand as annulments.
    two_that_annul_each_other: r#"
        cn d0 02-05 [{"set":"10","from":"02-05"}]
        cn d1 02-10 [{"annul":"cn/2020/d0","from":"02-20"},{"annul":"cn/2020/d2","from":"02-10"}]
        cn d2 02-10 [{"annul":"cn/2020/d1","from":"02-10"},{"set":"20","from":"02-05"}]"#;
    /// A number before that came from what was annulled, until the annulment was.
    a_base_annulled_and_brought_back: r#"
        cn d0 02-05 [{"set":"10","from":"02-05"}]
        cn d1 02-10 [{"set":"20","from":"02-10","was":"10"}]
        cn d2 02-20 [{"annul":"cn/2020/d0","from":"02-05"}]
        cn d3 03-05 [{"annul":"cn/2020/d2","from":"02-05"}]"#;
    /// A place answers for the days on which it is there, and nobody follows through it.
    a_place_for_a_time: r#"
        aa from 02-10
        aa until 03-05
        cn d0 02-05 [{"set":"10","from":"02-05"}]
        aa d1 02-11 [{"set":"20","from":"02-05","until":"02-20"}]
        aa d2 02-12 [{"set":"30","from":"03-06"}]
        bb d3 02-12 [{"set":"40","from":"03-06","until":"03-15"}]"#;
    /// What an edition of one day enacts is not looked at by a confirmation of that day.
    confirmed_on_the_day_of_an_edition: r#"
        cn d0 03-05 {"prints":["10"],"enacts":true}
        cn d1 03-05 [{"confirm":"20"}]"#;
}

proptest! {
    #![proptest_config(tries(6))]

    /// Many days that are asked together have the answers of each by itself.
    #[test]
    fn days_asked_together_are_days_asked_alone(story in story(false)) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let fast = InForce::new(&registry);
        let days: Vec<Day> = (0..slow.calendar.len()).map(|d| slow.calendar.day(d)).collect();
        for place in places(&story).into_iter().filter_map(|place| fast.place(place)) {
            for line in fast.lines_of(place, "it", None) {
                let together = fast.answers(place, line, &days);
                for (day, one) in days.iter().zip(&together) {
                    let alone = fast.answer(place, line, *day, Known::Latest);
                    prop_assert_eq!(format!("{alone:?}"), format!("{one:?}"), "{:?}", line);
                }
            }
        }
    }
}
