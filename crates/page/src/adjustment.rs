//! What one document changes of one standard, a line for each operation.

use jialiang_diff::Slot;
use jialiang_diff::words::{form, plain};
use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::{Id, InstrumentId};
use jialiang_model::kind::adjustment::{
    Act, Assessed, Assessment, Bond, Operation, Reading, Size, Step, When, Widening,
};
use jialiang_model::kind::{Adjustment, Expected};
use jialiang_model::provision::{Provision, Rounding};
use jialiang_resolve::InForce;

use crate::output::{Cell, Fact, Line, Page, Row, Said, Shows, Table, Words};
use crate::{instrument, names, parts};

/// The columns of a table of operations.
const COLUMNS: [(&str, &str, &str, u16); 4] = [
    ("item", "服务项目", "Item", 22),
    ("change", "调整", "Change", 42),
    ("when", "时间", "When", 20),
    ("terms", "要求", "Terms", 16),
];

/// The columns of a table of what operations come to.
const LOWERED: [(&str, &str, &str, u16); 3] = [
    ("path", "何处", "Where", 34),
    ("before", "原为", "Before", 33),
    ("after", "改为", "After", 33),
];

pub(crate) fn page(registry: &Registry, adjustment: &Adjustment) -> Page {
    let Adjustment {
        schema: _,
        id,
        standard,
        draft,
        instrument,
        after,
        assessments,
        errata,
        source,
        operations: _,
    } = adjustment;
    let mut facts = Vec::new();
    if *draft == Some(true) {
        let words = Words::new("草案，尚未生效", "a draft that is not in force");
        facts.push(parts::fact("状态", "State", words));
    }
    facts.extend(Id::parse(id.place()).map(|place| {
        let mut fact = parts::fact("行政区划", "Place", names::place(registry, &place));
        fact.address = Some(place.to_string());
        fact
    }));
    let mut of = parts::fact("标准", "Standard", names::standard(registry, standard));
    of.address = Some(standard.to_string());
    facts.push(of);
    facts.push(match instrument {
        Some(id) => parts::instrument(registry, "作出调整的文件", "Made by", id),
        None => parts::fact("作出调整的文件", "Made by", Words::new("未见", "not seen")),
    });
    let known = instrument.as_ref().and_then(|id| registry.instruments.get(id));
    facts.extend(parts::dated("印发日期", "Issued", known.and_then(|entry| entry.value.issued)));
    facts.extend(parts::dated("公布日期", "Made public", known.and_then(|e| e.value.published)));
    facts.extend(others("先于本次的同日调整", "Comes after, of the same day", registry, after));
    facts.extend(assessments.iter().map(|one| assessed(registry, one)));
    facts.extend(instrument::errata_fact(errata));
    let mut page = Page {
        shows: Shows::Adjustment,
        address: address(id),
        title: title(registry, adjustment),
        facts,
        tables: std::iter::once(operations(registry, adjustment))
            .chain(lowered(registry, adjustment))
            .collect(),
        sources: source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    if instrument.is_none() {
        page.notes.push(Words::new(
            "未见作出调整的文件：各事项按其生效时间排序，并自该时间起视为已知。",
            "The document that makes the changes was not seen: each is ordered, and known, by the day on which it takes effect.",
        ));
    }
    parts::legend(&mut page);
    page
}

/// Where an adjustment is asked for: its path, for its id is that of its instrument too.
pub(crate) fn address(id: &InstrumentId) -> String {
    Expected::Adjustment(id.clone()).path()
}

/// What it is called: by its instrument, else by its place and its standard.
pub(crate) fn title(registry: &Registry, adjustment: &Adjustment) -> Words {
    if let Some(id) = &adjustment.instrument {
        let name = names::instrument(registry, id);
        return Words::new(format!("调整：{}", name.zh), format!("Adjustment: {}", name.en));
    }
    let id = &adjustment.id;
    let place = Id::parse(id.place());
    let place = place.map_or_else(|| names::both(id), |place| names::place(registry, &place));
    let standard = names::standard(registry, &adjustment.standard);
    Words::new(
        format!("调整：{}（{}）", standard.zh, place.zh),
        format!("Adjustment: {} ({})", standard.en, place.en),
    )
}

/// What was looked into before it was issued, and where that is on record.
fn assessed(registry: &Registry, Assessment { of, source }: &Assessment) -> Fact {
    let mut fact = parts::source(registry, source);
    fact.label = Words::new("印发前的论证、评估", "Assessed before issue");
    let joined = |word: fn(Assessed) -> &'static str, between: &str| {
        of.iter().map(|one| word(*one)).collect::<Vec<_>>().join(between)
    };
    let words = Words::new(joined(Assessed::zh, "、"), joined(Assessed::en, ", "));
    if let Cell::Said(lines) = &mut fact.value {
        lines.insert(0, Said { words, verified: None });
    }
    fact
}

fn others(zh: &str, en: &str, registry: &Registry, ids: &[InstrumentId]) -> Option<Fact> {
    (!ids.is_empty()).then(|| parts::fact(zh, en, named(registry, ids)))
}

/// Adjustments by what they are called.
fn named(registry: &Registry, ids: &[InstrumentId]) -> Words {
    let all = ids.iter().map(|id| one(registry, id));
    let (zh, en): (Vec<_>, Vec<_>) = all.map(|Message { zh, en }| (zh, en)).unzip();
    Words::new(zh.join("；"), en.join("; "))
}

fn one(registry: &Registry, id: &InstrumentId) -> Message {
    let adjustment = registry.adjustments.get(id);
    let instrument = adjustment.and_then(|entry| entry.value.instrument.as_ref());
    names::instrument(registry, instrument.unwrap_or(id))
}

/// What an adjustment changes and attests, as a table.
pub(crate) fn operations(registry: &Registry, adjustment: &Adjustment) -> Table {
    parts::table("operations", ("调整事项", "Changes"), &COLUMNS, rows(registry, adjustment))
}

/// What each operation comes to: an absolute change of what lay below it on its first day, as
/// known the day before its issue. None for an adjustment that is not on record, or paints
/// nothing.
fn lowered(registry: &Registry, adjustment: &Adjustment) -> Option<Table> {
    let entry = registry.adjustments.get(&adjustment.id)?;
    let in_force = InForce::new(registry);
    let mut rows = Vec::new();
    for one in in_force.lower(entry) {
        for (slot, edit) in one.patch.edits() {
            if matches!(slot, Slot::Items | Slot::Provisions(_)) {
                continue;
            }
            let before = match &edit.expects {
                None if !one.certain => Message::new("不确定", "undecided"),
                value => plain(value.as_ref()),
            };
            let path = slot.path().to_string();
            let said = |said: Message| Cell::one(Words::new(said.zh, said.en));
            let cells = vec![
                Cell::one(Words::new(path.clone(), path)),
                said(before),
                said(plain(edit.leaves.as_ref())),
            ];
            rows.push(Row::Line(Line { address: None, verified: None, cells }));
        }
    }
    let title = ("落实为", "What it comes to");
    (!rows.is_empty()).then(|| parts::table("lowered", title, &LOWERED, rows))
}

/// What some adjustments change, each under its name.
pub(crate) fn of_all<'a>(
    registry: &Registry,
    adjustments: impl Iterator<Item = &'a Adjustment>,
) -> Table {
    let rows = adjustments.flat_map(|one| {
        let place = Id::parse(one.id.place());
        let place = place.map_or_else(|| names::both(&one.id), |id| names::place(registry, &id));
        let standard = names::standard(registry, &one.standard);
        let mut title = Words::new(
            format!("{}：{}（{}）", place.zh, standard.zh, address(&one.id)),
            format!("{}: {} ({})", place.en, standard.en, address(&one.id)),
        );
        if one.draft == Some(true) {
            title.zh += "（草案）";
            title.en += " (a draft)";
        }
        std::iter::once(parts::group(1, title)).chain(rows(registry, one))
    });
    parts::table("adjustments", ("所作的调整", "What it changes"), &COLUMNS, rows.collect())
}

fn rows(registry: &Registry, adjustment: &Adjustment) -> Vec<Row> {
    let row = |operation: &Operation| {
        let Operation { item, act, when, bond, source } = operation;
        let item = item.as_ref().map(|id| names::item(registry, &adjustment.standard, id));
        let source = act.line().and_then(|line| line.source.as_deref()).or(source.as_deref());
        let cells = vec![
            Cell::maybe(item),
            change(registry, adjustment, act),
            moment(act, when.as_ref()),
            terms(registry, bond),
        ];
        Row::Line(Line { address: None, verified: parts::verified(source), cells })
    };
    adjustment.operations.iter().map(row).collect()
}

/// What a line is called: its name, else its id, and for whom it is.
fn called(line: &Provision) -> Message {
    let mut said = match &line.name {
        Some(name) => names::text(name),
        None => names::both(&line.id),
    };
    if !line.cell.is_everyone() {
        let cell = line.cell.to_string();
        said.zh += &format!("（{cell}）");
        said.en += &format!(" ({cell})");
    }
    said
}

/// By how much, in words.
fn step(Step { size, rounding }: &Step) -> Message {
    let (number, unit) = match size {
        Size::Amount(number) => (number, ""),
        Size::Percent(number) => (number, "%"),
    };
    let written = number.to_string();
    let (size, zh, en) = match written.strip_prefix('-') {
        Some(size) => (size, "降低", "less"),
        None => (written.as_str(), "提高", "more"),
    };
    let mut said = Message::new(format!("{zh} {size}{unit}"), format!("{size}{unit} {en}"));
    if let Some(rounding) = rounding {
        said.zh += &format!("，{}", rounding.zh());
        said.en += match rounding {
            Rounding::HalfUp => ", rounded half up",
            Rounding::Up => ", rounded up",
            Rounding::Down => ", rounded down",
        };
    }
    said
}

/// What an operation does, a line for each thing that it says.
fn change(registry: &Registry, adjustment: &Adjustment, act: &Act) -> Cell {
    let say = |zh: String, en: String| Cell::one(Words::new(zh, en));
    match act {
        Act::Set { line, was, by } => {
            let (name, now) = (called(line), form(&line.form));
            let mut said = match was {
                Some(was) => Words::new(
                    format!("{}：由 {was} 调整为 {}", name.zh, now.zh),
                    format!("{}: from {was} to {}", name.en, now.en),
                ),
                None => Words::new(
                    format!("{}：定为 {}", name.zh, now.zh),
                    format!("{}: set to {}", name.en, now.en),
                ),
            };
            if let Some(by) = by {
                let by = step(by);
                said.zh += &format!("（{}）", by.zh);
                said.en += &format!(" ({})", by.en);
            }
            Cell::one(said)
        }
        Act::Change { base, by } => {
            let (name, was, by) = (called(base), form(&base.form), step(by));
            say(
                format!("{}：在 {} 的基础上{}", name.zh, was.zh, by.zh),
                format!("{}: {} than {}", name.en, by.en, was.en),
            )
        }
        Act::Alter { line, by } => {
            let by = step(by);
            say(
                format!("{line}：{}，原标准和调整后的标准均未载明", by.zh),
                format!("{line}: {}; neither the base nor the result is printed", by.en),
            )
        }
        Act::Confirm(line) => {
            let (name, now) = (called(line), form(&line.form));
            say(
                format!("{}：不作调整，仍为 {}", name.zh, now.zh),
                format!("{}: stays at {}", name.en, now.en),
            )
        }
        Act::Attest { line, on } => {
            let (name, now, day) = (called(line), form(&line.form), parts::day(*on));
            say(
                format!("{}：{}执行的标准为 {}", name.zh, day.zh, now.zh),
                format!("{}: {} in force on {}", name.en, now.en, day.en),
            )
        }
        Act::End(line) => say(format!("{line}：停止执行"), format!("{line}: ends")),
        Act::Add(item) => {
            let name = names::text(&item.name);
            let first = Words::new(format!("新增：{}", name.zh), format!("new: {}", name.en));
            let first = Said { words: first, verified: None };
            Cell::Said(
                std::iter::once(first).chain(item.provisions.iter().map(parts::said)).collect(),
            )
        }
        Act::Retire(into) => {
            let into: Vec<_> =
                into.iter().map(|id| names::item(registry, &adjustment.standard, id)).collect();
            let (zh, en): (Vec<_>, Vec<_>) =
                into.into_iter().map(|Message { zh, en }| (zh, en)).unzip();
            match zh.is_empty() {
                true => say("整项取消".to_owned(), "retired as a whole".to_owned()),
                false => say(
                    format!("整项取消，由{}接续", zh.join("、")),
                    format!("retired as a whole, and goes on as {}", en.join("; ")),
                ),
            }
        }
        Act::Rename(name) => {
            let name = names::text(name);
            say(format!("更名为“{}”", name.zh), format!("renamed “{}”", name.en))
        }
        Act::Recipients(who, direction) => {
            let words = names::phrases(&who.zh, who.en.as_ref());
            let (zh, en) = match direction {
                Some(Widening::Widened) => ("（扩大）", " (widened)"),
                Some(Widening::Narrowed) => ("（缩小）", " (narrowed)"),
                None => ("", ""),
            };
            say(
                format!("服务对象调整为：{}{zh}", words.zh),
                format!("recipients: {}{en}", words.en),
            )
        }
        Act::Content(words) => {
            let words = names::text(words);
            say(format!("服务内容调整为：{}", words.zh), format!("content: {}", words.en))
        }
        Act::Responsibility(who) => {
            let words = names::phrases(&who.zh, who.en.as_ref());
            say(format!("支出责任调整为：{}", words.zh), format!("who pays: {}", words.en))
        }
        Act::LeadAgencies(agencies) => {
            let words = names::agencies(registry, agencies);
            say(format!("牵头负责单位调整为：{}", words.zh), format!("lead agencies: {}", words.en))
        }
        Act::Repeal(other) => {
            let other = one(registry, other);
            say(format!("废止：{}", other.zh), format!("repeals: {}", other.en))
        }
        Act::Annul(other) => {
            let other = one(registry, other);
            say(format!("撤销：{}", other.zh), format!("annuls: {}", other.en))
        }
    }
}

/// From when, and until when, as the source has it.
fn moment(act: &Act, when: Option<&When>) -> Cell {
    let Some(When { from, reading, until }) = when else {
        return match act {
            Act::Attest { line: _, on } => Cell::one(parts::day(*on)),
            _ => Cell::Nothing,
        };
    };
    let from = parts::day(*from);
    let mut said = match reading {
        None => Words::new(format!("自{}起", from.zh), format!("from {}", from.en)),
        Some(Reading::Within) => Words::new(
            format!("{}内某日起，日期未见", from.zh),
            format!("from a day within {} that was not seen", from.en),
        ),
        Some(Reading::Period) => Words::new(
            format!("{}的标准", from.zh),
            format!("for {}, carried over after it", from.en),
        ),
    };
    if let Some(until) = until {
        let until = parts::day(*until);
        said.zh += &format!("，至{}止（不含）", until.zh);
        said.en += &format!(" to before {}", until.en);
    }
    Cell::one(said)
}

/// How an operation stands to others, and what it asks of those below.
fn terms(registry: &Registry, bond: &Bond) -> Cell {
    let Bond { temporary, replaces, lifts, pass_through, no_regression, deadline } = bond;
    let mut lines: Vec<Words> = Vec::new();
    if *temporary {
        lines.push(Words::new("阶段性标准", "for a time only"));
    }
    if !replaces.is_empty() {
        let others = named(registry, replaces);
        lines.push(Words::new(
            format!("取代：{}", others.zh),
            format!("in place of: {}", others.en),
        ));
    }
    if !lifts.is_empty() {
        let others = named(registry, lifts);
        lines.push(Words::new(
            format!("停止执行：{}", others.zh),
            format!("takes off: {}", others.en),
        ));
    }
    if *pass_through {
        lines.push(Words::new(
            "不得冲抵下级已提高的部分",
            "to be passed on above what those below had added",
        ));
    }
    if *no_regression {
        lines.push(Words::new("已高于的不得降低", "who stands above may not come down"));
    }
    if let Some(day) = deadline {
        let day = parts::day(*day);
        lines.push(Words::new(format!("{}前落实", day.zh), format!("due before {}", day.en)));
    }
    match lines.is_empty() {
        true => Cell::Nothing,
        false => {
            let said = lines.into_iter().map(|words| Said { words, verified: None });
            Cell::Said(said.collect())
        }
    }
}
