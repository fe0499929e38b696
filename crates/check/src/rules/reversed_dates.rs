//! What begins ends later.

use std::fmt::Display;

use jialiang_model::date::PartialDate;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::place::{Place, counted};

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "reversed-dates",
    level: Level::Error,
    document: include_str!("reversed_dates.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let mut dates =
        |from: Option<PartialDate>, until: Option<PartialDate>, words: &[&str], keys: [&str; 2]| {
            // Only what is certain: even the last day of the end is no later than the beginning.
            if let (Some(from), Some(until)) = (from, until)
                && until.last_day() <= from.first_day()
            {
                let at = |key: &str| document.place(&[words, &[key]].concat());
                let [begins, ends] = keys;
                sink.report(reversed(at(ends), at(begins), from, until));
            }
        };
    match document {
        Doc::Registry(_) | Doc::Crosswalk(_) | Doc::Indicators(_) | Doc::Acceptance(_) => {}
        Doc::Plan(e) => {
            let plan = &e.value;
            let last = PartialDate::Day(plan.last_day.date());
            // The last day is within the plan: it ends the day after.
            let reversed_at = plan.from.filter(|from| last.last_day() < from.first_day());
            if let Some(from) = reversed_at {
                let at = |key: &str| document.place(&[key]);
                sink.report(reversed(at("last-day"), at("from"), from, plan.last_day));
            }
        }
        Doc::Jurisdiction(e) => {
            dates(e.value.from, e.value.until, &[], ["from", "until"]);
            for agency in &e.value.agencies {
                let words = ["agencies", agency.id.as_str()];
                dates(agency.from, agency.until, &words, ["from", "until"]);
            }
        }
        Doc::Instrument(e) => {
            let instrument = &e.value;
            dates(instrument.effective, instrument.until, &[], ["effective", "until"]);
        }
        Doc::Adjustment(e) => {
            for (i, operation) in e.value.operations.iter().enumerate() {
                if let Some(when) = operation.when {
                    let words = ["operations", &format!("[{i}]")];
                    dates(Some(when.from), when.until, &words, ["from", "until"]);
                }
            }
        }
        Doc::Standard(e) => {
            for area in &e.value.areas {
                for category in &area.categories {
                    let ids = category.items.iter().map(|listed| listed.id.as_str());
                    for (listed, id) in category.items.iter().zip(counted(ids)) {
                        if let (Some(since), Some(until)) = (&listed.since, &listed.until)
                            && until <= since
                        {
                            let (area, category) = (area.id.as_str(), category.id.as_str());
                            let at = |key: &str| {
                                document.place(&[
                                    "areas",
                                    area,
                                    "categories",
                                    category,
                                    "items",
                                    &id,
                                    key,
                                ])
                            };
                            sink.report(reversed(at("until"), at("since"), since, until));
                        }
                    }
                }
            }
        }
        Doc::Edition(e) => {
            if let Some(follows) = e.value.follows.as_ref().filter(|f| **f >= e.value.version) {
                let version = &e.value.version;
                sink.report(
                    Finding::new(
                        document.place(&["follows"]),
                        format!("{version} 版的上一版写的是 {follows}，不比它早"),
                        format!(
                            "edition {version} says that it follows {follows}, which is no earlier"
                        ),
                    )
                    .arg("version", version)
                    .arg("follows", follows)
                    .label("不比本版早", "no earlier")
                    .help("请写上一版的版本号", "write the version before this one")
                    .related(
                        document.place(&["version"]),
                        "本版",
                        "this edition",
                    ),
                );
            }
        }
    }
}

fn reversed(end: Place, begin: Place, from: impl Display, until: impl Display) -> Finding {
    Finding::new(
        end,
        format!("从 {from} 起，到 {until} 为止：终点不晚于起点"),
        format!("it begins at {from} and ends at {until}, which is no later"),
    )
    .arg("from", &from)
    .arg("until", &until)
    .label("不晚于起点", "no later than the beginning")
    .help("请核对两个日期或版本", "check the two dates or versions")
    .related(begin, format!("从 {from} 起"), format!("it begins at {from}"))
}
