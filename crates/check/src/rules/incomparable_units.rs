//! The lines of one measure can be compared with each other.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::number::Number;
use jialiang_model::provision::{Provision, Scale};
use jialiang_model::unit::Measured;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "incomparable-units",
    level: Level::Error,
    document: include_str!("incomparable_units.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    for item in &entry.value.items {
        let mut firsts: Vec<(&Provision, Scale)> = Vec::new();
        for provision in &item.provisions {
            let Some(scale) = provision.form.scale() else {
                continue;
            };
            let first = firsts.iter().find(|(p, _)| p.measure() == provision.measure());
            let Some((first, other)) = first else {
                firsts.push((provision, scale));
                continue;
            };
            let measure = provision.measure();
            let at = |p: &Provision, key: &str| {
                document.place(&["items", item.id.as_str(), "provisions", p.id.as_str(), key])
            };
            let nought = |Scale { unit, better: _, days_per_year }: Scale| Measured {
                number: Number::ZERO,
                unit,
                days_per_year,
            };
            if nought(scale).compare(nought(*other)).is_err() {
                let (a, b) = (other.unit, scale.unit);
                sink.report(
                    Finding::new(
                        at(provision, "unit"),
                        format!("同一指标“{measure}”的两条单位不能换算：{b}（{}）与 {a}（{}）", b.zh(), a.zh()),
                        format!("two lines of the measure `{measure}` have units that do not convert: {b} and {a}"),
                    )
                    .arg("measure", measure)
                    .arg("unit", b)
                    .arg("other", a)
                    .label(b.zh(), "does not convert")
                    .help(
                        "请改用能换算的单位，或给这一条另起 measure；按日的标准要写 days-per-year",
                        "use units that convert, or give this line a measure of its own; a daily amount needs days-per-year",
                    )
                    .related(at(first, "unit"), format!("另一条是 {}", a.zh()), format!("the other is {a}")),
                );
            } else if scale.better != other.better {
                let (a, b) = (other.better, scale.better);
                sink.report(
                    Finding::new(
                        at(provision, "better"),
                        format!("同一指标“{measure}”的两条方向相反：{}与{}", b.zh(), a.zh()),
                        format!("two lines of the measure `{measure}` disagree on which way is better: {b} and {a}"),
                    )
                    .arg("measure", measure)
                    .arg("better", b)
                    .arg("other", a)
                    .label(b.zh(), "the other way")
                    .help("请统一方向，或另起 measure", "make them agree, or give this line a measure of its own")
                    .related(at(first, "better"), format!("另一条是{}", a.zh()), format!("the other is {a}")),
                );
            }
        }
    }
}
