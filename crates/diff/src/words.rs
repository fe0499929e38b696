//! Values in words, in both languages: what stands on either side of an arrow.

use jialiang_model::date::PartialDate;
use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::item::{Payer, Responsibility};
use jialiang_model::number::Number;
use jialiang_model::provision::{
    Average, Band, Better, Comparator, Form, Grades, Peg, Provision, Rounding, Scale, Share,
    Supplement,
};
use jialiang_model::recipients::Recipients;
use jialiang_model::source::Source;
use jialiang_model::text::{Phrase, Text};

use crate::slot::Value;

fn both(text: impl Into<String>) -> Message {
    let text = text.into();
    Message::new(text.clone(), text)
}

fn text(Text { zh, en }: &Text) -> Message {
    phrases(zh, en.as_ref())
}

fn phrases(zh: &Phrase, en: Option<&Phrase>) -> Message {
    Message::new(zh.as_str(), en.unwrap_or(zh).as_str())
}

/// What a form promises, such as 不低于 720 元/生·年.
pub fn form(form: &Form) -> Message {
    match form {
        Form::Amount(comparator, number, scale) => {
            let (zh, en) = match comparator {
                Comparator::AtLeast => ("不低于 ", "at least "),
                Comparator::Exactly => ("", ""),
                Comparator::AtMost => ("不高于 ", "at most "),
            };
            let amount = amount(*number, *scale);
            Message::new(format!("{zh}{}", amount.zh), format!("{en}{}", amount.en))
        }
        Form::Average(average, scale) => {
            let Average { number, band, grades } = **average;
            let mut said = amount(number, *scale);
            said = Message::new(format!("平均 {}", said.zh), format!("on average {}", said.en));
            if let Some(Band { least, most }) = band {
                said.zh += &format!("，{least}–{most}");
                said.en += &format!(", {least} to {most}");
            }
            if let Some(Grades { least, most }) = grades {
                said.zh += &format!("，分 {least}–{most} 档");
                said.en += &format!(", in {least} to {most} grades");
            }
            said
        }
        Form::Share(share, scale) => {
            let Share { of, percent, rounding, least, most } = &**share;
            let unit = unit(*scale);
            let mut said = Message::new(
                format!("{of} 的 {percent}%（{}）", unit.zh),
                format!("{percent}% of {of} ({})", unit.en),
            );
            if let Some(rounding) = rounding {
                said.zh += &format!("，{}", rounding.zh());
                said.en += match rounding {
                    Rounding::HalfUp => ", rounded half up",
                    Rounding::Up => ", rounded up",
                    Rounding::Down => ", rounded down",
                };
            }
            if let Some(least) = least {
                said.zh += &format!("，不低于 {least}");
                said.en += &format!(", at least {least}");
            }
            if let Some(most) = most {
                said.zh += &format!("，不高于 {most}");
                said.en += &format!(", at most {most}");
            }
            said
        }
        Form::Supplement(adds, scale) => {
            let Supplement { to, amount: more } = &**adds;
            let more = amount(*more, *scale);
            Message::new(format!("在 {to} 上加发 {}", more.zh), format!("{} more on {to}", more.en))
        }
        Form::Increase(number, scale) => {
            let more = amount(*number, *scale);
            Message::new(
                format!("在本人原标准上增加 {}", more.zh),
                format!("{} more on what each has", more.en),
            )
        }
        Form::Free => Message::new("免费", "free of charge"),
        Form::Pegged(peg) => {
            let Peg { zh, en, instrument: _, agency: _ } = &**peg;
            phrases(zh, en.as_ref())
        }
        Form::Coverage(coverage) => Message::new(
            coverage.zh(),
            match coverage {
                jialiang_model::provision::Coverage::Everyone => "everyone is covered",
                jialiang_model::provision::Coverage::AllEligible => "all who are eligible",
            },
        ),
        Form::Words(words) => text(words),
    }
}

fn amount(number: Number, scale: Scale) -> Message {
    let unit = unit(scale);
    Message::new(format!("{number} {}", unit.zh), format!("{number} {}", unit.en))
}

fn unit(Scale { unit, better, days_per_year }: Scale) -> Message {
    let mut said = Message::new(unit.zh(), unit.to_string());
    if let Some(days) = days_per_year {
        said.zh += &format!("（全年 {days} 天）");
        said.en += &format!(" ({days} days a year)");
    }
    if better == Better::Less {
        said.zh += "（少者优）";
        said.en += " (less is better)";
    }
    said
}

fn provision(provision: &Provision) -> Message {
    let Provision { id: _, name: _, measure: _, cell, form: promised, continues: _, source: _ } =
        provision;
    let mut said = form(promised);
    if !cell.is_everyone() {
        said.zh += &format!(" [{cell}]");
        said.en += &format!(" [{cell}]");
    }
    said
}

fn recipients(Recipients { zh, en, groups }: &Recipients) -> Message {
    let mut said = phrases(zh, en.as_ref());
    if !groups.is_empty() {
        let criterion = |(dimension, any_of): (&Id, &jialiang_model::recipients::AnyOf)| {
            let values: Vec<String> = any_of.values().iter().map(ToString::to_string).collect();
            format!("{dimension}={}", values.join("|"))
        };
        let groups: Vec<String> = groups
            .iter()
            .map(|group| group.iter().map(criterion).collect::<Vec<_>>().join(" & "))
            .collect();
        said.zh += &format!(" [{}]", groups.join("; "));
        said.en += &format!(" [{}]", groups.join("; "));
    }
    said
}

fn responsibility(responsibility: &Responsibility) -> Message {
    let Responsibility { zh, en, payers, instrument } = responsibility;
    let mut said = phrases(zh, en.as_ref());
    if !payers.is_empty() {
        let zh: Vec<&str> = payers.iter().map(|p| Payer::zh(*p)).collect();
        let en: Vec<&str> = payers.iter().map(|p| p.as_str()).collect();
        said.zh += &format!(" [{}]", zh.join("、"));
        said.en += &format!(" [{}]", en.join(", "));
    }
    if let Some(instrument) = instrument {
        said.zh += &format!("（{instrument}）");
        said.en += &format!(" ({instrument})");
    }
    said
}

fn source(source: &Source) -> Message {
    let Source { instrument, url, at, excerpt, verified, note } = source;
    let words: Vec<String> = [
        instrument.as_ref().map(ToString::to_string),
        at.as_ref().map(ToString::to_string),
        url.as_ref().map(ToString::to_string),
        excerpt.as_ref().map(|excerpt| format!("“{excerpt}”")),
        note.as_ref().map(|note| format!("({note})")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let words = words.join(" ");
    match verified {
        true => Message::new(format!("{words} [已核对]"), format!("{words} [verified]")),
        false => Message::new(format!("{words} [未核对]"), format!("{words} [unverified]")),
    }
}

/// What stands on both sides of a change, in words, with what sets apart two provisions that
/// read alike: what they measure, their names, their sources.
pub fn pair(before: Option<&Value>, after: Option<&Value>) -> [Message; 2] {
    let (then, now) = (plain(before), plain(after));
    let (Some(Value::Provision(p)), Some(Value::Provision(q))) = (before, after) else {
        return [then, now];
    };
    if then != now || p == q {
        return [then, now];
    }
    [p, q].map(|line| {
        let mut said = provision(line);
        let mut add = |mark: Message| {
            said.zh += &format!("；{}", mark.zh);
            said.en += &format!("; {}", mark.en);
        };
        if p.measure() != q.measure() {
            add(both(line.measure().to_string()));
        } else if p.name != q.name {
            add(line.name.as_ref().map_or_else(|| both("—"), |name| text(name)));
        } else if p.continues != q.continues {
            add(line.continues.as_ref().map_or_else(|| both("—"), |line| both(line.to_string())));
        } else {
            add(line.source.as_ref().map_or_else(|| both("—"), |from| source(from)));
        }
        said
    })
}

/// What stands in a slot, in words; `—` where nothing does.
pub fn plain(value: Option<&Value>) -> Message {
    fn list<T: ToString>(all: &[T]) -> Message {
        let words: Vec<String> = all.iter().map(T::to_string).collect();
        Message::new(words.join("、"), words.join(", "))
    }
    let Some(value) = value else {
        return both("—");
    };
    match value {
        Value::Schema(schema) => both(schema.to_string()),
        Value::Standard(standard) => both(standard.to_string()),
        Value::Version(version) => both(version.to_string()),
        Value::Label(label) => both(label.to_string()),
        Value::Text(words) => text(words),
        Value::Flag(true) => Message::new("是", "yes"),
        Value::Flag(false) => Message::new("否", "no"),
        Value::Instrument(instrument) => both(instrument.to_string()),
        Value::Date(date) => both(PartialDate::to_string(date)),
        Value::Edition(edition) => both(edition.to_string()),
        Value::Transcribed(transcribed) => Message::new(transcribed.zh(), transcribed.as_str()),
        Value::Counts(counts) => {
            let jialiang_model::kind::edition::Counts { areas, categories, items } = counts;
            let said = |count: &Option<_>, word: &str| {
                count.as_ref().map(|n: &jialiang_model::number::Count| format!("{n} {word}"))
            };
            let words = |a, b, c| -> String {
                let all = [said(areas, a), said(categories, b), said(items, c)];
                all.into_iter().flatten().collect::<Vec<_>>().join(", ")
            };
            Message::new(words("方面", "类", "项"), words("areas", "categories", "items"))
        }
        Value::Summary(summary) => {
            let said = |zh: bool| -> String {
                let words: Vec<String> = crate::Class::ALL
                    .iter()
                    .filter_map(|class| {
                        let count = class.of(summary)?.count;
                        Some(match zh {
                            true => format!("{} {count} 项", class.zh()),
                            false => format!("{count} {}", class.en()),
                        })
                    })
                    .collect();
                words.join(if zh { "、" } else { ", " })
            };
            Message::new(said(true), said(false))
        }
        Value::Id(id) => both(id.to_string()),
        Value::Ids(ids) => list(ids),
        Value::Errata(errata) => {
            let words: Vec<String> =
                errata.iter().map(|e| format!("{} {}: {}", e.day, e.what, e.why)).collect();
            both(words.join("; "))
        }
        Value::Source(from) => source(from),
        Value::Order(order) => list(order),
        Value::Recipients(all) => recipients(all),
        Value::Responsibility(who) => responsibility(who),
        Value::Agencies(agencies) => list(agencies),
        Value::Provision(line) => provision(line),
        Value::Item(item) => text(&item.name),
    }
}
