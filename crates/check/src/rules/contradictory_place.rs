//! A place's level and code agree with its parent's, and what it decides with its own days and
//! with whose standard and whose document that is.

use std::collections::BTreeMap;
use std::sync::Arc;

use jialiang_model::date::PartialDate;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::{AgencyId, InstrumentId};
use jialiang_model::kind::adjustment::Act;
use jialiang_model::kind::jurisdiction::{Code, Level as Rank};
use jialiang_model::kind::{Adjustment, Jurisdiction};
use jialiang_model::{Entry, Registry};
use jialiang_store::Loaded;

use crate::dated::{Outside, effective, outside};
use crate::rule::{Rule, Runs, Sink, Subject, named, place};

pub(crate) static RULE: Rule = Rule {
    name: "contradictory-place",
    level: Level::Warning,
    document: include_str!("contradictory_place.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let places = &subject.loaded.registry.jurisdictions;
    let mut codes: BTreeMap<Code, Vec<&Entry<Jurisdiction>>> = BTreeMap::new();
    for entry in places.values() {
        let parent = entry.value.parent.as_ref().and_then(|parent| places.get(parent));
        // Of two that are each other's parents nothing more can be said.
        let circle = |above: &Jurisdiction| {
            above.id == entry.value.id || above.parent.as_ref() == Some(&entry.value.id)
        };
        if let Some(parent) = parent.filter(|parent| !circle(&parent.value)) {
            below(entry, parent, sink);
        }
        if let Some(code) = entry.value.code {
            form(entry, code, sink);
            let others = codes.entry(code).or_default();
            if let Some(other) = others.iter().find(|other| meet(&entry.value, &other.value)) {
                sink.report(shared(entry, other, code));
            }
            others.push(entry);
        }
    }
    decided(subject, sink);
    whose(subject, sink);
}

/// Standards and documents on which a place decides, and that are of a place which is neither
/// it nor above it.
fn whose(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    for entry in registry.adjustments.values() {
        let Adjustment { standard, instrument, .. } = &*entry.value;
        let here = entry.value.place();
        // One that is not on record is told as such.
        let known = registry.standards.contains_key(standard);
        if known && foreign(subject, here, &[standard.place()]) {
            let of = (standard.to_string(), standard.place());
            sink.report(not_here(
                registry,
                place(&entry.path, &["standard"]),
                here,
                of,
                ["标准", "standard"],
            ));
        }
        if let Some(id) = instrument {
            rests(subject, &entry.path, here, id, sink);
        }
    }
    for entry in registry.editions.values() {
        if let Some(id) = &entry.value.instrument {
            rests(subject, &entry.path, entry.value.standard.place(), id, sink);
        }
    }
}

/// Tells a document on which a place rests, and that is of another place, as are all who
/// issued it.
fn rests(
    subject: &Subject<'_>,
    path: &Arc<str>,
    here: &str,
    id: &InstrumentId,
    sink: &mut Sink<'_>,
) {
    let Some(instrument) = subject.loaded.registry.instruments.get(id) else { return };
    // A document that several places issue is on record under one of them.
    let issuers = instrument.value.issuers.iter().map(AgencyId::place);
    let places: Vec<&str> = issuers.chain([id.place()]).collect();
    if foreign(subject, here, &places) {
        let of = (id.to_string(), id.place());
        let at = place(path, &["instrument"]);
        sink.report(not_here(&subject.loaded.registry, at, here, of, ["文件", "document"]));
    }
}

/// Whether all of some places surely are neither a place nor above it.
fn foreign(subject: &Subject<'_>, here: &str, places: &[&str]) -> bool {
    if places.contains(&here) {
        return false;
    }
    let Loaded { registry, unreadable, .. } = subject.loaded;
    let above = subject.record().upward(here);
    // What stands above is known where every place on the way is on record, and every standard
    // of each could be read.
    let known = |one: &&str| {
        let mut unread = unreadable.iter().map(|one| &*one.path);
        registry.jurisdictions.contains_key(*one)
            && !unread.any(|path| {
                let of = path.strip_prefix(*one).is_some_and(|rest| rest.starts_with('/'));
                of && path.ends_with(".standard.json")
            })
    };
    above.iter().all(known) && !places.iter().any(|place| above.contains(place))
}

fn not_here(
    registry: &Registry,
    at: jialiang_model::place::Place,
    here: &str,
    (id, owner): (String, &str),
    [zh, en]: [&str; 2],
) -> Finding {
    let name = |id: &str| named(registry, id);
    Finding::new(
        at,
        format!("{zh} {id} 是“{}”的，既不是“{}”的，也不是其上级的", name(owner), name(here)),
        format!("the {en} `{id}` is of `{owner}`, which is neither `{here}` nor above it"),
    )
    .arg("of", &id)
    .arg("place", here)
    .arg("owner", owner)
    .label(format!("别处的{zh}"), format!("a {en} of another place"))
    .help(
        format!("请核对：这里写本地或上级的{zh}；规定是别处作出的，录在那里名下"),
        format!("write a {en} of the place or of one above it here; what another place decides is recorded under that place"),
    )
}

/// What places decide for days on which they are not there.
fn decided(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    let for_a_time = |id: &str| {
        let entry = registry.jurisdictions.get(id)?;
        (entry.value.from.is_some() || entry.value.until.is_some()).then_some(entry)
    };
    for entry in registry.adjustments.values().filter(|one| one.value.draft != Some(true)) {
        let Some(of) = for_a_time(entry.value.place()) else { continue };
        for (i, operation) in entry.value.operations.iter().enumerate() {
            let (key, day) = match (&operation.act, operation.when) {
                (Act::Attest { on, .. }, _) => ("on", *on),
                (_, Some(when)) => ("from", when.from),
                (_, None) => continue,
            };
            let at = place(&entry.path, &["operations", &format!("[{i}]"), key]);
            if let Some(one) = outside(&of.value, day) {
                sink.report(absent(at, of, day, one));
            }
        }
    }
    for entry in registry.editions.values() {
        let Some(of) = for_a_time(entry.value.standard.place()) else { continue };
        let Some(day) = effective(registry, &entry.value) else { continue };
        let key = if entry.value.effective.is_some() { "effective" } else { "instrument" };
        let at = place(&entry.path, &[key]);
        if let Some(one) = outside(&of.value, day) {
            sink.report(absent(at, of, day, one));
        }
    }
}

fn absent(
    at: jialiang_model::place::Place,
    of: &Entry<Jurisdiction>,
    day: PartialDate,
    outside: Outside,
) -> Finding {
    let (id, name) = (&of.value.id, &of.value.name.zh);
    let (key, zh, en, label) = match outside {
        Outside::Before(from) => (
            "from",
            format!("自 {day} 起，而“{name}”自 {from} 才有"),
            format!("it holds from {day}, and `{id}` is there only from {from}"),
            ("此时还没有这个行政区划", "the place is not there yet"),
        ),
        Outside::After(until) => (
            "until",
            format!("自 {day} 起，而“{name}”自 {until} 已不存在"),
            format!("it holds from {day}, and `{id}` is no more from {until}"),
            ("此时已没有这个行政区划", "the place is no more"),
        ),
    };
    Finding::new(at, zh, en)
        .arg("place", id)
        .arg("day", day)
        .label(label.0, label.1)
        .help(
            "请核对日期；前身或后继的规定，录在另立的行政区划名下",
            "look at the days; what a place before or after it decided is recorded under that place",
        )
        .related(place(&of.path, &[key]), "行政区划的起止", "the days of the place")
}

/// Whether two places were there at the same time, as far as is known.
fn meet(a: &Jurisdiction, b: &Jurisdiction) -> bool {
    let before = |x: &Jurisdiction, y: &Jurisdiction| match (x.until, y.from) {
        (Some(until), Some(from)) => until.first_day() <= from.last_day(),
        (_, None) | (None, _) => false,
    };
    !before(a, b) && !before(b, a)
}

const fn rank(level: Rank) -> u8 {
    match level {
        Rank::Nation => 0,
        Rank::Province => 1,
        Rank::Prefecture => 2,
        Rank::County => 3,
    }
}

fn below(entry: &Entry<Jurisdiction>, parent: &Entry<Jurisdiction>, sink: &mut Sink<'_>) {
    let (own, above) = (&entry.value, &parent.value);
    if rank(own.level) <= rank(above.level) {
        sink.report(
            Finding::new(
                place(&entry.path, &["level"]),
                format!(
                    "{}是{}，上级“{}”是{}：下级应低于上级",
                    own.name.zh,
                    own.level.zh(),
                    above.name.zh,
                    above.level.zh()
                ),
                format!(
                    "`{}` is a {} and its parent `{}` a {}: a place is below its parent",
                    own.id, own.level, above.id, above.level
                ),
            )
            .arg("level", own.level)
            .arg("parent", above.level)
            .label("不低于上级", "not below its parent")
            .help("请核对 level 和 parent", "look at `level` and `parent`")
            .related(
                place(&parent.path, &["level"]),
                "上级的层级",
                "its parent's level",
            ),
        );
    }
    let digits = match above.level {
        Rank::Province => 2,
        Rank::Prefecture => 4,
        Rank::Nation | Rank::County => return,
    };
    let (Some(code), Some(of)) = (own.code, above.code) else { return };
    let (code, of) = (code.to_string(), of.to_string());
    if code.get(..digits) != of.get(..digits) {
        sink.report(
            Finding::new(
                place(&entry.path, &["code"]),
                format!(
                    "{}的代码 {code} 前 {digits} 位与上级“{}”的 {of} 不同",
                    own.name.zh, above.name.zh
                ),
                format!(
                    "the code {code} of `{}` does not begin like that of its parent `{}`, {of}",
                    own.id, above.id
                ),
            )
            .arg("code", &code)
            .arg("parent", &of)
            .label(
                format!("前 {digits} 位应同 {of}"),
                format!("the first {digits} digits are those of {of}"),
            )
            .help("请核对代码和上级", "look at the code and the parent")
            .related(place(&parent.path, &["code"]), "上级的代码", "its parent's code"),
        );
    }
}

/// A province's code ends in four noughts, a prefecture's in two, a county's in neither.
fn form(entry: &Entry<Jurisdiction>, code: Code, sink: &mut Sink<'_>) {
    let own = &entry.value;
    let text = code.to_string();
    let noughts = match (text.ends_with("0000"), text.ends_with("00")) {
        (true, _) => Rank::Province,
        (false, true) => Rank::Prefecture,
        (false, false) => Rank::County,
    };
    if own.level != noughts && own.level != Rank::Nation {
        sink.report(
            Finding::new(
                place(&entry.path, &["code"]),
                format!("{text} 是{}的代码，{}是{}", noughts.zh(), own.name.zh, own.level.zh()),
                format!("{text} is the code of a {noughts}, and `{}` is a {}", own.id, own.level),
            )
            .arg("code", &text)
            .arg("level", own.level)
            .label(format!("{}的代码", noughts.zh()), format!("the code of a {noughts}"))
            .help(
                "省级代码末四位是 0000，地级末两位是 00，县级末两位不是 00",
                "a province's code ends in 0000, a prefecture's in 00, a county's in neither",
            ),
        );
    }
}

fn shared(entry: &Entry<Jurisdiction>, other: &Entry<Jurisdiction>, code: Code) -> Finding {
    let (own, first) = (&entry.value, &other.value);
    Finding::new(
        place(&entry.path, &["code"]),
        format!("代码 {code} 已是“{}”的", first.name.zh),
        format!("the code {code} is that of `{}` already", first.id),
    )
    .arg("code", code)
    .arg("place", &own.id)
    .label("用了两次", "stands twice")
    .help(
        "请核对代码；先后用过同一代码的，写明 from 和 until",
        "look at the code; where one followed the other, write `from` and `until`",
    )
    .related(place(&other.path, &["code"]), "第一次用在这里", "the first stands here")
}
