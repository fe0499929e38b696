//! A line goes on as its earlier documents write it.

use std::cmp::Reverse;

use jialiang_model::Registry;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::number::{Decimal, Number};
use jialiang_model::provision::{Form, Provision, Scale};
use jialiang_model::unit::{Measured, NotComparable, Period, Unit};

use crate::lines::{Written, written};
use crate::record::{Kin, Record};
use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "inconsistent-line",
    level: Level::Warning,
    document: include_str!("inconsistent_line.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    for entry in registry.adjustments.values() {
        let document = Record::document(registry, entry);
        for one in written(&entry.value) {
            let Some(scale) = scale(one.line) else { continue };
            let kin = subject.record().kin(&entry.value, one.item);
            // The latest one before it, of the place, else of the nearest above.
            let here = entry.value.place();
            let own = |kin: &Kin<'_>| kin.place == here;
            let near = |kin: &Kin<'_>| Reverse(steps(registry, here, kin.place));
            let meets = |kin: &Kin<'_>| {
                kin.line.cell.covers(&one.line.cell) || one.line.cell.covers(&kin.line.cell)
            };
            let before = kin
                .into_iter()
                .filter(|kin| kin.document < document && kin.line.id == one.line.id && meets(kin));
            let before = before.filter_map(|kin| Some((kin, self::scale(kin.line)?)));
            let Some((kin, other)) = before.max_by_key(|(kin, _)| (near(kin), kin.document)) else {
                continue;
            };
            let at = |key: &str| place(&entry.path, &one.words(&[key]));
            if scale.better != other.better {
                let (a, b) = (other.better, scale.better);
                sink.report(
                    Finding::new(
                        at("better"),
                        format!("“{}”的方向是{}，先前的文件是{}", one.line.id, b.zh(), a.zh()),
                        format!(
                            "`{}` is better when it is {b}, and an earlier document says {a}",
                            one.line.id
                        ),
                    )
                    .arg("item", one.item)
                    .arg("line", &one.line.id)
                    .arg("better", b)
                    .arg("other", a)
                    .label(b.zh(), "the other way")
                    .help(format!("是否应为“{a}”？"), format!("did you mean `{a}`?"))
                    .related(
                        kin.at("better"),
                        format!("先前是{}", a.zh()),
                        format!("it was {a}"),
                    ),
                );
            } else if let Some((meant, zh, en)) =
                meant((one.line, scale), (kin.line, other), own(kin))
            {
                sink.report(unit(&one, scale.unit, meant, (zh, en), at("unit"), kin));
            }
        }
    }
}

fn unit(
    one: &Written<'_>,
    unit: Unit,
    meant: Unit,
    (zh, en): (&str, &str),
    at: jialiang_model::place::Place,
    kin: &Kin<'_>,
) -> Finding {
    let id = &one.line.id;
    Finding::new(
        at,
        format!("“{id}”的单位是{}：{zh}", unit.zh()),
        format!("`{id}` is in {unit}: {en}"),
    )
    .arg("item", one.item)
    .arg("line", id)
    .arg("unit", unit)
    .arg("meant", meant)
    .label(unit.zh(), "another unit")
    .help(format!("是否应为 {meant}（{}）？", meant.zh()), format!("did you mean {meant}?"))
    .related(kin.at("unit"), "先前的单位", "the unit before")
}

/// An increase is of each person's own amount, in a unit of its own.
fn scale(line: &Provision) -> Option<Scale> {
    match line.form {
        Form::Increase(..) => None,
        Form::Amount(..)
        | Form::Average(..)
        | Form::Share(..)
        | Form::Supplement(..)
        | Form::Free
        | Form::Pegged(_)
        | Form::Coverage(_)
        | Form::Words(_) => line.form.scale(),
    }
}

/// How many places one must climb from a place to another; one that stands above it only by a
/// standard is behind all others.
fn steps(registry: &Registry, from: &str, to: &str) -> usize {
    let mut way = std::iter::once(from).chain(registry.places_above(from).map(Id::as_str));
    way.position(|one| one == to).unwrap_or(usize::MAX)
}

/// The unit that was meant, where the one that is written cannot be, and why.
fn meant(
    (line, scale): (&Provision, Scale),
    (before, other): (&Provision, Scale),
    own: bool,
) -> Option<(Unit, &'static str, &'static str)> {
    let (mine, theirs) = (scale.unit, other.unit);
    let nought = |Scale { unit, better: _, days_per_year }: Scale| Measured {
        number: Number::ZERO,
        unit,
        days_per_year,
    };
    if matches!(nought(scale).compare(nought(other)), Err(NotComparable::Units(..))) {
        let (zh, en) = ("与先前文件的单位不能换算", "it does not convert to the unit before");
        return Some((theirs, zh, en));
    }
    let plain = |form: &Form| matches!(form, Form::Amount(..) | Form::Average(..));
    if line.cell != before.cell || !plain(&line.form) || !plain(&before.form) {
        return None;
    }
    let (now, then) = (line.form.number()?.decimal(), before.form.number()?.decimal());
    let meant = |period| Unit { period: Some(period), ..mine };
    // A place may well give some twelve times what the one above it does; not to the cent.
    let (least, most) = if own { (10, 14) } else { (12, 12) };
    let twelvefold = apart(now, then, least, most);
    match (theirs.period, mine.period) {
        // The number goes on, and what it comes to leaps.
        (Some(Period::Month), Some(Period::Year)) | (Some(Period::Year), Some(Period::Month))
            if apart(now, then, 1, 2) =>
        {
            let zh = "数值与先前的相近，按这个单位却相差约十二倍";
            Some((
                theirs,
                zh,
                "the number is near the one before, and comes to some twelve times as much or as little",
            ))
        }
        (Some(Period::Month), Some(Period::Month)) if then < now && twelvefold => {
            let zh = "数值约为先前的十二倍";
            Some((meant(Period::Year), zh, "the number is some twelve times the one before"))
        }
        (Some(Period::Year), Some(Period::Year)) if now < then && twelvefold => {
            let zh = "数值约为先前的十二分之一";
            Some((meant(Period::Month), zh, "the number is about a twelfth of the one before"))
        }
        _ => None,
    }
}

/// Whether the greater of two numbers is so many times the lesser, at least and at most.
fn apart(one: Decimal, other: Decimal, least: u32, most: u32) -> bool {
    let (low, high) = (one.min(other), one.max(other));
    let times = |n: u32| low.checked_mul(Decimal::from(n));
    low > Decimal::ZERO
        && times(least).is_some_and(|least| least <= high)
        && times(most).is_some_and(|most| high <= most)
}
