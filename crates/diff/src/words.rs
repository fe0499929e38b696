//! Values in words, in both languages: what stands on either side of an arrow.

use jialiang_model::date::PartialDate;
use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::item::{Payer, Responsibility};
use jialiang_model::kind::edition::{Declared, NotApplicable, Summary};
use jialiang_model::number::Number;
use jialiang_model::order::Why;
use jialiang_model::provision::{
    Average, Band, Better, Comparator, Form, Grades, Peg, Provision, Rounding, Scale, Share,
    Supplement,
};
use jialiang_model::recipients::{AnyOf, Group, Recipients};
use jialiang_model::source::{Erratum, Source};
use jialiang_model::text::{Phrase, Text};

use crate::change::Change;
use crate::patch::item_facts;
use crate::slot::{Part, Slot, Value};
use crate::tally::Class;

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
        let groups: Vec<String> = groups.iter().map(group).collect();
        said.zh += &format!(" [{}]", groups.join("; "));
        said.en += &format!(" [{}]", groups.join("; "));
    }
    said
}

fn group(group: &Group) -> String {
    let criterion = |(dimension, any_of): (&Id, &AnyOf)| {
        let values: Vec<String> = any_of.values().iter().map(ToString::to_string).collect();
        format!("{dimension}={}", values.join("|"))
    };
    group.iter().map(criterion).collect::<Vec<_>>().join(" & ")
}

fn paid_by(payers: &[Payer]) -> Message {
    let zh: Vec<&str> = payers.iter().map(|p| Payer::zh(*p)).collect();
    let en: Vec<&str> = payers.iter().map(|p| p.as_str()).collect();
    Message::new(zh.join("、"), en.join(", "))
}

fn responsibility(responsibility: &Responsibility) -> Message {
    let Responsibility { zh, en, payers, instrument } = responsibility;
    let mut said = phrases(zh, en.as_ref());
    if !payers.is_empty() {
        let payers = paid_by(payers);
        said.zh += &format!(" [{}]", payers.zh);
        said.en += &format!(" [{}]", payers.en);
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

/// Why it cannot be said which way a change goes, with both values where they are the reason.
pub fn reason(change: &Change) -> Option<Message> {
    let why = change.why?;
    let plain = Message::new(why.zh(), why.en());
    let (Some(Value::Provision(p)), Some(Value::Provision(q))) =
        (&change.before.value, &change.after.value)
    else {
        return Some(plain);
    };
    let (then, now) = (form(&p.form), form(&q.form));
    // What is exact on one side is no bound on the other.
    let bound = |one: &Form| match one {
        Form::Amount(Comparator::AtLeast, ..) => Some(("下限", "a least")),
        Form::Amount(Comparator::AtMost, ..) => Some(("上限", "a most")),
        Form::Amount(Comparator::Exactly, ..)
        | Form::Average(..)
        | Form::Share(..)
        | Form::Supplement(..)
        | Form::Increase(..)
        | Form::Free
        | Form::Pegged(_)
        | Form::Coverage(_)
        | Form::Words(_) => None,
    };
    let (one, other, (zh, en)) = match (why, bound(&p.form), bound(&q.form)) {
        (Why::Overlap | Why::Bounds, Some(bound), None) => (then, now, bound),
        (Why::Overlap | Why::Bounds, None, Some(bound)) => (now, then, bound),
        (Why::Overlap, ..) => {
            return Some(Message::new(
                format!("“{}”与“{}”各有长处，没有哪个处处更好", then.zh, now.zh),
                format!(
                    "`{}` and `{}` may each be the better one: neither is throughout",
                    then.en, now.en
                ),
            ));
        }
        _ => return Some(plain),
    };
    Some(match why {
        Why::Bounds => Message::new(
            format!(
                "数额相等，而“{}”只是{zh}，“{}”是定数，实际是否有出入未见记载",
                one.zh, other.zh
            ),
            format!(
                "the amounts are equal, but `{}` is only {en} and `{}` is exact: whether anybody has more or less is not on record",
                one.en, other.en
            ),
        ),
        _ => Message::new(
            format!("“{}”只是{zh}，“{}”是定数，实际谁高谁低未见记载", one.zh, other.zh),
            format!(
                "`{}` is only {en} and `{}` is exact: which comes to more in fact is not on record",
                one.en, other.en
            ),
        ),
    })
}

/// What stands on both sides of a change, in words, with what sets apart two provisions that
/// read alike: what they measure, their names, their sources.
pub fn pair(before: Option<&Value>, after: Option<&Value>) -> [Message; 2] {
    let (then, now) = (plain(before), plain(after));
    if then != now || before == after {
        return [then, now];
    }
    let (Some(Value::Provision(p)), Some(Value::Provision(q))) = (before, after) else {
        let exact = [before, after].map(|value| value.map_or_else(String::new, Value::exact));
        return match before {
            Some(
                Value::Summary(_)
                | Value::NotApplicable(_)
                | Value::Recipients(_)
                | Value::Responsibility(_),
            ) => exact.map(both),
            _ => [then, now],
        };
    };
    [p, q].map(|line| {
        let mut said = provision(line);
        let mut add = |mark: Message| {
            said.zh += &format!("；{}", mark.zh);
            said.en += &format!("; {}", mark.en);
        };
        if p.form != q.form {
            let value = Value::Provision(line.clone());
            add(both(value.exact()));
        } else if p.measure() != q.measure() {
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
        Value::Lines(lines) => list(lines),
        Value::NotApplicable(declared) => {
            let said = |one: &NotApplicable| not_applicable(one);
            let (zh, en): (Vec<_>, Vec<_>) =
                declared.iter().map(said).map(|Message { zh, en }| (zh, en)).unzip();
            Message::new(zh.join("；"), en.join("; "))
        }
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

/// That an item is not applicable, and why.
fn not_applicable(one: &NotApplicable) -> Message {
    let NotApplicable { item, reason, source: from } = one;
    let mut said = both(item.to_string());
    if let Some(reason) = reason {
        said.zh += &format!("（{}）", reason.zh);
        said.en += &format!(" ({})", reason.en());
    }
    if let Some(from) = from {
        let from = source(from);
        said.zh += &format!(" {}", from.zh);
        said.en += &format!(" {}", from.en);
    }
    said
}

/// One line of what an edition says: what it is about, and the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is about, such as school-meals/meal or school-meals 服务对象.
    pub label: Message,
    /// The words, on one line.
    pub text: Message,
}

/// Everything that stands in a slot, a line for each fact: two values that differ, differ
/// in their lines.
///
/// The first words of a label are the item, and the provision behind `/`; only the line of
/// an item's name has nothing else in its label, so that a reader finds where an item
/// begins. The words of the other language have a line of their own.
pub fn told(slot: &Slot, value: &Value) -> Vec<Told> {
    let mut sheet = Sheet { label: label(slot), lines: Vec::new() };
    match value {
        Value::Text(words) => sheet.words(&words.zh, words.en.as_ref()),
        Value::Errata(errata) => {
            for Erratum { what, why, day } in errata {
                sheet.say(both(format!("{day} {what}: {why}")));
            }
        }
        Value::NotApplicable(declared) => {
            for one in declared {
                let NotApplicable { item, reason, source } = one;
                let Message { zh, en } = &sheet.label;
                let label = Message::new(format!("{zh} {item}"), format!("{en} {item}"));
                let mut own = Sheet { label, lines: Vec::new() };
                match reason {
                    Some(reason) => own.words(&reason.zh, reason.en.as_ref()),
                    None => own.say(both("—")),
                }
                if let Some(from) = source {
                    own.source(from);
                }
                sheet.lines.extend(own.lines);
            }
        }
        Value::Summary(summary) => sheet.summary(summary),
        Value::Source(from) => sheet.source(from),
        Value::Recipients(all) => {
            let Recipients { zh, en, groups } = &**all;
            sheet.words(zh, en.as_ref());
            let groups = groups.iter().map(group).collect::<Vec<_>>();
            sheet.some("条件", "groups", &groups.join("; "));
        }
        Value::Responsibility(who) => {
            let Responsibility { zh, en, payers, instrument } = &**who;
            sheet.words(zh, en.as_ref());
            if !payers.is_empty() {
                sheet.about("支出主体", "payers", paid_by(payers));
            }
            sheet.maybe("分担文件", "instrument", instrument.as_ref());
        }
        Value::Provision(line) => sheet.provision(line),
        Value::Item(item) => {
            let word = slot.item().unwrap_or(item.id.as_str());
            return item_facts(word, item).flat_map(|(slot, value)| told(&slot, &value)).collect();
        }
        Value::Schema(_)
        | Value::Standard(_)
        | Value::Version(_)
        | Value::Label(_)
        | Value::Flag(_)
        | Value::Instrument(_)
        | Value::Date(_)
        | Value::Edition(_)
        | Value::Transcribed(_)
        | Value::Counts(_)
        | Value::Id(_)
        | Value::Ids(_)
        | Value::Lines(_)
        | Value::Order(_)
        | Value::Agencies(_) => sheet.say(plain(Some(value))),
    }
    sheet.lines
}

fn label(slot: &Slot) -> Message {
    match slot {
        Slot::Head(head) => {
            Message::new(format!("本版 {}", head.zh()), format!("edition {}", head.key()))
        }
        Slot::NotApplicable(item) => {
            Message::new(format!("{item} 不适用"), format!("{item} not applicable"))
        }
        Slot::Items => Message::new("本版 项目顺序", "edition order of items"),
        Slot::Item(item) | Slot::Part(item, Part::Name) => both(&**item),
        Slot::Part(item, part) => {
            Message::new(format!("{item} {}", part.zh()), format!("{item} {}", part.key()))
        }
        Slot::Provisions(item) => {
            Message::new(format!("{item} 条目顺序"), format!("{item} order of provisions"))
        }
        Slot::Provision(item, line) => both(format!("{item}/{line}")),
    }
}

/// The lines of one slot.
struct Sheet {
    label: Message,
    lines: Vec<Told>,
}

impl Sheet {
    fn say(&mut self, text: Message) {
        self.lines.push(Told { label: self.label.clone(), text });
    }

    /// A line about a part of what the slot holds.
    fn about(&mut self, zh: &str, en: &str, text: Message) {
        let Message { zh: label_zh, en: label_en } = &self.label;
        let label = Message::new(format!("{label_zh} {zh}"), format!("{label_en} {en}"));
        self.lines.push(Told { label, text });
    }

    fn some(&mut self, zh: &str, en: &str, text: &str) {
        if !text.is_empty() {
            self.about(zh, en, both(text));
        }
    }

    fn maybe(&mut self, zh: &str, en: &str, text: Option<&impl ToString>) {
        if let Some(text) = text {
            self.about(zh, en, both(text.to_string()));
        }
    }

    /// The words in the reader's language, then those in the other.
    fn words(&mut self, zh: &Phrase, en: Option<&Phrase>) {
        self.say(phrases(zh, en));
        if let Some(en) = en {
            self.about("(en)", "(zh)", Message::new(en.as_str(), zh.as_str()));
        }
    }

    /// A name: its words are about it, not about the whole.
    fn name(&mut self, Text { zh, en }: &Text) {
        self.about("名称", "name", phrases(zh, en.as_ref()));
        if let Some(en) = en {
            self.about("名称 (en)", "name (zh)", Message::new(en.as_str(), zh.as_str()));
        }
    }

    fn provision(&mut self, line: &Provision) {
        let Provision { id: _, name, measure, cell, form: promised, continues, source } = line;
        let mut said = form(promised);
        let mut marks: Vec<Message> = Vec::new();
        if !cell.is_everyone() {
            marks.push(both(cell.to_string()));
        }
        marks.extend(
            measure.as_ref().map(|m| Message::new(format!("指标 {m}"), format!("measure {m}"))),
        );
        // What else reads like a number's words is told apart.
        match promised {
            Form::Words(_) => marks.push(Message::new("文字表述", "words")),
            Form::Pegged(_) => marks.push(Message::new("按其他规定", "pegged")),
            Form::Amount(..)
            | Form::Average(..)
            | Form::Share(..)
            | Form::Supplement(..)
            | Form::Increase(..)
            | Form::Free
            | Form::Coverage(_) => {}
        }
        if !marks.is_empty() {
            let (zh, en): (Vec<_>, Vec<_>) = marks.into_iter().map(|m| (m.zh, m.en)).unzip();
            said.zh += &format!(" [{}]", zh.join("; "));
            said.en += &format!(" [{}]", en.join("; "));
        }
        self.say(said);
        let (zh, en) = match promised {
            Form::Words(words) => (Some(&words.zh), words.en.as_ref()),
            Form::Pegged(peg) => {
                let Peg { zh, en, instrument, agency } = &**peg;
                self.maybe("依据", "instrument", instrument.as_ref());
                self.maybe("确定单位", "agency", agency.as_ref());
                (Some(zh), en.as_ref())
            }
            Form::Amount(..)
            | Form::Average(..)
            | Form::Share(..)
            | Form::Supplement(..)
            | Form::Increase(..)
            | Form::Free
            | Form::Coverage(_) => (None, None),
        };
        if let (Some(zh), Some(en)) = (zh, en) {
            self.about("(en)", "(zh)", Message::new(en.as_str(), zh.as_str()));
        }
        if let Some(name) = name {
            self.name(name);
        }
        self.maybe("接续", "continues", continues.as_deref());
        self.from(source.as_deref());
    }

    /// Where it is from and whether somebody checked it; the page, the words and the note
    /// each on a line of their own.
    fn source(&mut self, source: &Source) {
        let Source { instrument, url, at, excerpt, verified, note } = source;
        let (zh, en) = match verified {
            true => ("[已核对]", "[verified]"),
            false => ("[未核对]", "[unverified]"),
        };
        let place = instrument.as_ref().map_or_else(String::new, |i| format!("{i} "));
        self.say(Message::new(format!("{place}{zh}"), format!("{place}{en}")));
        self.maybe("位置", "at", at.as_ref());
        self.maybe("网址", "url", url.as_ref());
        self.maybe("摘录", "excerpt", excerpt.as_ref());
        self.maybe("备注", "note", note.as_ref());
    }

    fn summary(&mut self, summary: &Summary) {
        let Summary {
            added,
            retired,
            raised,
            lowered,
            widened,
            narrowed,
            content_added,
            reworded,
            lead_agencies,
            touched,
            source,
        } = summary;
        for (class, declared) in [
            (Class::Added, added),
            (Class::Retired, retired),
            (Class::Raised, raised),
            (Class::Lowered, lowered),
            (Class::Widened, widened),
            (Class::Narrowed, narrowed),
            (Class::ContentAdded, content_added),
            (Class::Reworded, reworded),
            (Class::LeadAgencies, lead_agencies),
        ] {
            if let Some(Declared { count, items }) = declared {
                let mut text = Message::new(format!("{count} 项"), count.to_string());
                if !items.is_empty() {
                    let named: Vec<String> = items.iter().map(ToString::to_string).collect();
                    text.zh += &format!("：{}", named.join("、"));
                    text.en += &format!(": {}", named.join(", "));
                }
                self.about(class.zh(), class.key(), text);
            }
        }
        self.maybe("合计涉及", "touched", touched.as_ref());
        self.from(source.as_ref());
    }

    /// Where the whole of the slot is from.
    fn from(&mut self, source: Option<&Source>) {
        if let Some(source) = source {
            let Message { zh, en } = &self.label;
            let label = Message::new(format!("{zh} 来源"), format!("{en} source"));
            let mut sheet = Self { label, lines: Vec::new() };
            sheet.source(source);
            self.lines.extend(sheet.lines);
        }
    }
}
