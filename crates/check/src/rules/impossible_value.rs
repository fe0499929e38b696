//! Values are such as a standard can promise.

use jialiang_model::date::Day;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::Plan;
use jialiang_model::kind::adjustment::Act;
use jialiang_model::kind::plan::{Aim, Due};
use jialiang_model::number::Number;
use jialiang_model::place::Place;
use jialiang_model::provision::{Comparator, Form, Provision};
use jialiang_model::source::Erratum;
use jialiang_model::unit::{Period, Quantity};

use crate::lines::written;
use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "impossible-value",
    level: Level::Error,
    document: include_str!("impossible_value.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    if let Some(today) = subject.on {
        let errata: &[Erratum] = match document {
            Doc::Edition(entry) => &entry.value.errata,
            Doc::Instrument(entry) => &entry.value.errata,
            Doc::Adjustment(entry) => &entry.value.errata,
            Doc::Plan(entry) => &entry.value.errata,
            Doc::Registry(_)
            | Doc::Jurisdiction(_)
            | Doc::Standard(_)
            | Doc::Crosswalk(_)
            | Doc::Indicators(_)
            | Doc::Acceptance(_) => &[],
        };
        for (i, erratum) in errata.iter().enumerate().filter(|(_, e)| e.day > today) {
            sink.report(of_tomorrow(document, i, erratum, today));
        }
    }
    if let Doc::Plan(entry) = document {
        targets(document, &entry.value, sink);
    }
    if let Doc::Adjustment(entry) = document {
        for written in written(&entry.value) {
            let at = |words: &[&str]| document.place(&written.words(words));
            value(written.line, &at, sink);
            days(written.line, &at, sink);
        }
        for (i, operation) in entry.value.operations.iter().enumerate() {
            if let Act::Set { line, was: Some(was), by: _ } = &operation.act {
                let place = || document.place(&["operations", &format!("[{i}]"), "was"]);
                negative(line.id.as_str(), *was, place, sink);
            }
        }
    }
    let Doc::Edition(entry) = document else {
        return;
    };
    for item in &entry.value.items {
        for provision in &item.provisions {
            let line = provision.id.as_str();
            let at = |words: &[&str]| {
                document.place(&[&["items", item.id.as_str(), "provisions", line], words].concat())
            };
            value(provision, &at, sink);
            days(provision, &at, sink);
        }
    }
}

/// What a plan aims at can be reached, and while it runs.
fn targets(document: &Doc<'_>, plan: &Plan, sink: &mut Sink<'_>) {
    for placed in plan.every_target() {
        let target = placed.target;
        let at = |key: &str| document.place(&[placed.words(), vec![key]].concat());
        if let Aim::Number(comparator, number, unit) = &target.aim {
            negative(target.id.as_str(), *number, || at(comparator.key()), sink);
            let above = *comparator != Comparator::AtMost && Number::parse("100") < Some(*number);
            // A growth may exceed it, the part of a whole never; only the latter has no period.
            if above && unit.quantity == Quantity::Percent && unit.period.is_none() {
                sink.report(
                    Finding::new(
                        at(comparator.key()),
                        format!("“{}”的目标是 {number}%，超过百分之百", target.id),
                        format!("the target `{}` is {number}%, more than all", target.id),
                    )
                    .arg("value", number)
                    .label("超过百分之百", "more than all")
                    .help(
                        "请核对原文的数字和单位",
                        "look at the number and the unit in the source",
                    ),
                );
            }
        }
        if let Some(Due::By(day)) = target.due.filter(|due| *due > Due::By(plan.last_day)) {
            let last = plan.last_day;
            sink.report(
                Finding::new(
                    at("due"),
                    format!("“{}”的期限 {day} 在规划期末 {last} 之后", target.id),
                    format!(
                        "the target `{}` is due on {day}, after the plan's last day {last}",
                        target.id
                    ),
                )
                .arg("due", day)
                .arg("last-day", last)
                .label("在规划期之后", "after the plan")
                .help(
                    "请核对期限；原文没有写期限的，不填 due",
                    "look at the deadline; where the text names none, leave `due` out",
                )
                .related(
                    document.place(&["last-day"]),
                    "规划期末",
                    "the plan's last day",
                ),
            );
        }
    }
}

/// Nothing has been mended on a day that has not come.
fn of_tomorrow(document: &Doc<'_>, i: usize, erratum: &Erratum, today: Day) -> Finding {
    let day = erratum.day;
    Finding::new(
        document.place(&["errata", &format!("[{i}]"), "day"]),
        format!("勘误的日期 {day} 还没有到（今天 {today}）"),
        format!("the erratum is dated {day}, which has not come (today is {today})"),
    )
    .arg("what", &erratum.what)
    .arg("day", day)
    .label("还没有到", "not come yet")
    .help("请写改正的那一天", "write the day of the mending")
}

fn value(provision: &Provision, at: &dyn Fn(&[&str]) -> Place, sink: &mut Sink<'_>) {
    let line = &provision.id;
    match &provision.form {
        Form::Amount(comparator, number, _) => {
            negative(line.as_str(), *number, || at(&[comparator.key()]), sink);
        }
        Form::Increase(number, _) => negative(line.as_str(), *number, || at(&["increase"]), sink),
        Form::Supplement(adds, _) => {
            negative(line.as_str(), adds.amount, || at(&["adds", "amount"]), sink);
        }
        Form::Share(share, _) => {
            negative(line.as_str(), share.percent, || at(&["share", "percent"]), sink);
        }
        Form::Average(average, _) => {
            let (number, band) = (average.number, average.band);
            negative(line.as_str(), number, || at(&["average"]), sink);
            let outside =
                band.filter(|b| b.least <= b.most && (number < b.least || b.most < number));
            if let Some(band) = outside {
                let (least, most) = (band.least, band.most);
                sink.report(
                    Finding::new(
                        at(&["average"]),
                        format!("“{line}”的平均数 {number} 不在自己的范围 {least} 至 {most} 之内"),
                        format!("the average {number} of `{line}` lies outside its own band from {least} to {most}"),
                    )
                    .arg("average", number)
                    .arg("least", least)
                    .arg("most", most)
                    .label("在范围之外", "outside the band")
                    .help("请核对平均数和范围", "check the average and the band")
                    .related(at(&["band", "least"]), format!("范围是 {least} 至 {most}"), format!("the band is {least} to {most}")),
                );
            }
        }
        Form::Free | Form::Pegged(_) | Form::Coverage(_) | Form::Words(_) => {}
    }
}

fn negative(line: &str, number: Number, place: impl Fn() -> Place, sink: &mut Sink<'_>) {
    if number < Number::ZERO {
        sink.report(
            Finding::new(
                place(),
                format!("“{line}”的数值 {number} 小于零"),
                format!("the value {number} of `{line}` is below nought"),
            )
            .arg("value", number)
            .label("小于零", "below nought")
            .help(
                "标准没有负数，请去掉负号；降低标准写新的数值",
                "a standard is never negative: take the sign away; what is lowered has its new value",
            ),
        );
    }
}

fn days(provision: &Provision, at: &dyn Fn(&[&str]) -> Place, sink: &mut Sink<'_>) {
    let Some(scale) = provision.form.scale() else {
        return;
    };
    let Some(days) = scale.days_per_year else {
        return;
    };
    let (line, n) = (&provision.id, days.get());
    let place = at(&["days-per-year"]);
    if scale.unit.period != Some(Period::Day) {
        let unit = scale.unit;
        sink.report(
            Finding::new(
                place,
                format!("“{line}”不是按日的标准（{}），不用写全年天数", unit.zh()),
                format!("`{line}` is no daily amount ({unit}), so it has no days a year"),
            )
            .arg("unit", unit)
            .arg("days", n)
            .label("不是按日的标准", "no daily amount")
            .help("请删去 days-per-year，或改正单位", "delete days-per-year, or mend the unit"),
        );
    } else if n == 0 || n > 366 {
        sink.report(
            Finding::new(
                place,
                format!("“{line}”的全年天数是 {n}"),
                format!("`{line}` counts {n} days a year"),
            )
            .arg("days", n)
            .label("一年没有这么多天", "no year has them")
            .help("请写 1 至 366", "write 1 to 366"),
        );
    }
}
