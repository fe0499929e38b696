//! The lines of one measure can be compared with each other.

use std::collections::BTreeSet;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::kind::Plan;
use jialiang_model::kind::plan::Aim;
use jialiang_model::number::{Count, Number};
use jialiang_model::place::Place;
use jialiang_model::provision::{Form, Provision, Scale};
use jialiang_model::unit::{Measured, NotComparable, Period};

use crate::lines::{Written, written};
use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "incomparable-units",
    level: Level::Error,
    document: include_str!("incomparable_units.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    if let Doc::Plan(entry) = document {
        targets(subject, document, &entry.value, sink);
    }
    match document {
        Doc::Edition(entry) => {
            for item in &entry.value.items {
                let id = item.id.as_str();
                let at = |line: &Provision, key: &str| {
                    document.place(&["items", id, "provisions", line.id.as_str(), key])
                };
                let lines = item.provisions.iter().map(|line| (line, line));
                of_one_item(lines, &at, sink);
            }
        }
        Doc::Adjustment(entry) => {
            let all = written(&entry.value);
            let items: BTreeSet<&Id> = all.iter().map(|one| one.item).collect();
            for item in items {
                let lines = all.iter().filter(|one| one.item == item);
                let at = |one: &Written<'_>, key: &str| document.place(&one.words(&[key]));
                of_one_item(lines.map(|one| (one.line, one)), &at, sink);
            }
        }
        Doc::Registry(_)
        | Doc::Jurisdiction(_)
        | Doc::Instrument(_)
        | Doc::Standard(_)
        | Doc::Plan(_)
        | Doc::Crosswalk(_)
        | Doc::Indicators(_)
        | Doc::Acceptance(_) => {}
    }
}

/// The lines of one item, and where each stands.
fn of_one_item<'a, T: Copy>(
    lines: impl Iterator<Item = (&'a Provision, T)>,
    at: &dyn Fn(T, &str) -> Place,
    sink: &mut Sink<'_>,
) {
    let mut firsts: Vec<(&Provision, T, Scale)> = Vec::new();
    for (provision, here) in lines {
        // An increase is of each person's own amount, in a unit of its own.
        let scale = match provision.form {
            Form::Increase(..) => None,
            _ => provision.form.scale(),
        };
        let Some(scale) = scale else {
            continue;
        };
        let first = firsts.iter().find(|(p, ..)| p.measure() == provision.measure());
        let Some((_, first, other)) = first else {
            firsts.push((provision, here, scale));
            continue;
        };
        let measure = provision.measure();
        let nought = |Scale { unit, better: _, days_per_year }: Scale| Measured {
            number: Number::ZERO,
            unit,
            days_per_year,
        };
        if let Err(why) = nought(scale).compare(nought(*other)) {
            let (a, b) = (other.unit, scale.unit);
            let finding = match why {
                NotComparable::DayCounts(ours, theirs) => {
                    let zh = |days: Option<Count>| {
                        days.map_or_else(|| "没有写".to_owned(), |d| format!("{d} 天"))
                    };
                    let en = |days: Option<Count>| {
                        days.map_or_else(|| "none".to_owned(), |d| d.to_string())
                    };
                    let key = if ours.is_some() { "days-per-year" } else { "unit" };
                    let (zh_ours, zh_theirs) = (zh(ours), zh(theirs));
                    let (ours, theirs) = (en(ours), en(theirs));
                    Finding::new(
                        at(here, key),
                        format!("同一指标“{measure}”的两条全年天数不同：{zh_theirs}、{zh_ours}"),
                        format!("two lines of the measure `{measure}` count different days a year: {theirs} and {ours}"),
                    )
                }
                .label("天数不同", "another number of days")
                .help(
                    "请核对天数；确实不同的，各用各的 measure",
                    "check the days, or give each a measure of its own",
                ),
                NotComparable::Units(..) | NotComparable::TooLarge => Finding::new(
                    at(here, "unit"),
                    format!("同一指标“{measure}”的两条单位不能换算：{}与{}", b.zh(), a.zh()),
                    format!("two lines of the measure `{measure}` have units that do not convert: {b} and {a}"),
                )
                .label(b.zh(), "does not convert")
                .help(
                    if lacks_days(scale) || lacks_days(*other) {
                        "按日的标准要写全年天数，如 \"days-per-year\": \"200\"，才能与按年的比较"
                    } else {
                        "请改用能换算的单位，或给这一条另用一个 measure"
                    },
                    if lacks_days(scale) || lacks_days(*other) {
                        "a daily amount needs its days a year, such as \"days-per-year\": \"200\", to compare with a yearly one"
                    } else {
                        "use units that convert, or give this line a measure of its own"
                    },
                ),
            };
            sink.report(finding.arg("measure", measure).arg("unit", b).arg("other", a).related(
                at(*first, "unit"),
                format!("另一条是{}", a.zh()),
                format!("the other is {a}"),
            ));
        } else if scale.better != other.better {
            let (a, b) = (other.better, scale.better);
            sink.report(
                Finding::new(
                    at(here, "better"),
                    format!("同一指标“{measure}”的两条方向相反：{}与{}", b.zh(), a.zh()),
                    format!("two lines of the measure `{measure}` disagree on which way is better: {b} and {a}"),
                )
                .arg("measure", measure)
                .arg("better", b)
                .arg("other", a)
                .label(b.zh(), "the other way")
                .help("请统一方向，或另用一个 measure", "make them agree, or give this line a measure of its own")
                .related(at(*first, "better"), format!("另一条是{}", a.zh()), format!("the other is {a}")),
            );
        }
    }
}

/// A target is compared with what was observed of its indicator.
fn targets(subject: &Subject<'_>, document: &Doc<'_>, plan: &Plan, sink: &mut Sink<'_>) {
    for placed in plan.every_target() {
        let target = placed.target;
        let (Aim::Number(_, _, unit), Some(reference)) = (&target.aim, &target.indicator) else {
            continue;
        };
        let registry = &subject.loaded.registry;
        let Some((table, indicator)) = registry.indicator(reference) else { continue };
        let nought = |unit| Measured { number: Number::ZERO, unit, days_per_year: None };
        let (ours, theirs) = (*unit, indicator.unit);
        if ours == theirs || nought(ours).compare(nought(theirs)).is_ok() {
            continue;
        }
        let (id, words) = (&target.id, [placed.words(), vec!["unit"]].concat());
        sink.report(
            Finding::new(
                document.place(&words),
                format!("目标“{id}”的单位{}与指标“{reference}”的{}不能换算", ours.zh(), theirs.zh()),
                format!("the unit {ours} of the target `{id}` does not convert to the {theirs} of its indicator `{reference}`"),
            )
            .arg("target", id)
            .arg("unit", ours)
            .arg("other", theirs)
            .label(ours.zh(), "does not convert")
            .help(
                "请核对原文的单位，或改用单位相同的指标",
                "look at the unit in the source, or name an indicator of that unit",
            )
            .related(
                place(&table.path, &["indicators", indicator.id.as_str(), "unit"]),
                format!("指标的单位是{}", theirs.zh()),
                format!("the indicator is in {theirs}"),
            ),
        );
    }
}

fn lacks_days(Scale { unit, better: _, days_per_year }: Scale) -> bool {
    unit.period == Some(Period::Day) && days_per_year.is_none()
}
