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

use jialiang_model::date::Day;
use jialiang_resolve::{Answer, Facts, Held, InForce, Known, Question};
use proptest::prelude::*;
use slow::record::{D, OPEN, V};
use slow::story::{Story, story};
use slow::{Asked, Horizon, Slow, Verdict};

/// How many histories are tried; more where the environment of proptest says so.
fn tries() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    config.cases = config.cases.max(2_000);
    config.max_shrink_iters = 2_000;
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

proptest! {
    #![proptest_config(tries())]

    #[test]
    fn the_fast_answers_as_the_slow(story in story(), pick in any::<proptest::sample::Index>()) {
        let registry = story.registry();
        let slow = Slow::new(&registry, &places(&story));
        let fast = InForce::new(&registry);
        let questions = questions(&story);
        for step in 0..3 {
            let asked = &questions[(pick.index(questions.len()) + step * 7) % questions.len()];
            let facts = Facts::parse(&asked.cell).unwrap();
            if twice(&slow, asked) { continue; }
            for by in (0..slow.calendar.len()).chain([OPEN]) {
                let answers = slow.answers(asked, Horizon::by(by));
                for (d, verdict) in answers.iter().enumerate() {
                    let day = slow.calendar.day(d as D);
                    let (answer, mine) = ask(&fast, asked, &facts, day, known(&slow, by));
                    prop_assert!(
                        mine == *verdict || tolerated(verdict, &mine),
                        "{asked:?} on {day} known {:?}\nslow {verdict:?}\nfast {mine:?}\n{}",
                        known(&slow, by), brief(&answer),
                    );
                }
            }
        }
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

fn tolerated(slow: &Verdict, fast: &Verdict) -> bool {
    match (slow, fast) {
        (Verdict::Undecided(s), Verdict::NotYet | Verdict::Ended | Verdict::Unknown) => s.is_empty(),
        (Verdict::Undecided(s), Verdict::Undecided(f)) => std::env::var("WEAK").is_ok() && s.is_subset(f),
        (Verdict::Unknown, Verdict::NotYet) => std::env::var("WEAK").is_ok(),
        _ => false,
    }
}

/// Prints both readings of documents given as JSON lines "path json" on one question.
#[test]
#[ignore = "a bench for the hand"]
fn by_hand() {
    let text = std::fs::read_to_string("/tmp/hand.txt").unwrap();
    let mut docs: Vec<(std::sync::Arc<str>, jialiang_model::kind::Document)> = Vec::new();
    let add = |docs: &mut Vec<_>, path: &str, value: serde_json::Value| {
        let kind = jialiang_model::kind::Kind::at(path).unwrap();
        let mut value = value;
        value["$schema"] = format!("{kind}.json").into();
        docs.push((path.into(), kind.read(&value.to_string()).unwrap()));
    };
    add(&mut docs, "cn/jurisdiction.json", serde_json::json!({"id":"cn","name":{"zh":"a"},"level":"nation"}));
    add(&mut docs, "aa/jurisdiction.json", serde_json::json!({"id":"aa","name":{"zh":"a"},"level":"province","parent":"cn"}));
    add(&mut docs, "cn/services.standard.json", serde_json::json!({"id":"cn/services","name":{"zh":"a"}}));
    // Lines: place dN issued|- ops-json
    for line in text.lines().filter(|l| !l.is_empty()) {
        let mut parts = line.splitn(4, ' ');
        let (place, d, issued, ops) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let id = format!("{place}/2020/{d}");
        let mut ops: serde_json::Value = serde_json::from_str(ops).unwrap();
        for op in ops.as_array_mut().unwrap() {
            let o = op.as_object_mut().unwrap();
            if !o.contains_key("repeal") && !o.contains_key("annul") { o.insert("item".into(), "it".into()); }
            for k in ["set", "change", "confirm", "attest"] {
                if let Some(v) = o.get(k).cloned() {
                    let n = v.as_str().unwrap();
                    let (id, n) = n.split_once(':').unwrap_or(("basic-all", n));
                    let mut l = serde_json::json!({"id":id,"measure":"basic","exactly":n,"unit":"CNY/person/year","better":"more"});
                    match id { "basic-urban" => l["cell"] = serde_json::json!({"residence":"urban"}), "basic-60" => l["cell"] = serde_json::json!({"age":"60+"}), _ => {} }
                    o.insert(k.into(), l);
                }
            }
            for k in ["from", "until", "on"] {
                if let Some(v) = o.get(k).cloned() { o.insert(k.into(), if v == "2020" { v } else { format!("2020-{}", v.as_str().unwrap()).into() }); }
            }
        }
        let mut adj = serde_json::json!({"id":id,"standard":"cn/services","operations":ops});
        if issued != "-" {
            add(&mut docs, &format!("{id}.instrument.json"), serde_json::json!({"id":id,"title":{"zh":"a"},"issued":format!("2020-{issued}")}));
            adj["instrument"] = id.clone().into();
        }
        add(&mut docs, &format!("{id}.adjustment.json"), adj);
    }
    let registry = jialiang_model::Registry::new(docs);
    let slow = Slow::new(&registry, &["cn", "aa"]);
    let fast = InForce::new(&registry);
    for place in [0, 1] {
      for cell in ["age=30,residence=rural", "age=65,residence=urban"] {
        let asked = Asked { place, measure: "basic".into(), cell: cell.into() };
        let facts = Facts::parse(cell).unwrap();
        let mut last = String::new();
        for by in (0..slow.calendar.len()).chain([OPEN]) {
            let mut row = String::new();
            let mut prev = String::new();
            for d in 0..slow.calendar.len() {
                let v = &slow.answers(&asked, Horizon::by(by))[d as usize];
                let (a, f) = ask(&fast, &asked, &facts, slow.calendar.day(d), known(&slow, by));
                let s = if *v == f { format!("{v:?}") } else { format!("SLOW {v:?} FAST {f:?} {}", brief(&a)) };
                if s != prev { row += &format!("\n      {:?} {s}", slow.calendar.day(d)); }
                prev = s;
            }
            if row != last { eprintln!("place {place} {cell} known {:?}{row}", known(&slow, by)); }
            last = row;
        }
      }
    }
}

fn twice(slow: &Slow, asked: &Asked) -> bool {
    if std::env::var("APART").is_ok() {
        let c = &slow.record.coats;
        if c.iter().enumerate().any(|(i, a)| c.iter().enumerate().any(|(j, b)| a.doc != b.doc && a.order == b.order && a.place == b.place && !slow.record.under(i, j) && !slow.record.under(j, i))) { return true; }
    }
    (0..=asked.place).any(|place| {
        let asked = Asked { place, ..asked.clone() };
        let seen: Vec<_> = (0..slow.record.witnesses.len()).filter_map(|w| slow.seen(&asked, w)).collect();
        seen.iter().any(|a| seen.iter().any(|b| a.day == b.day && a.value != b.value))
    })
}
