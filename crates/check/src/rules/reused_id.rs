//! An id that was retired is given to nothing again.

use jialiang_model::Entry;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::item::Transcribed;
use jialiang_model::kind::{Edition, EditionId};
use jialiang_model::place::Place;
use jialiang_model::version::Version;

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};
use crate::taxonomy::lines_of;

pub(crate) static RULE: Rule = Rule {
    name: "reused-id",
    level: Level::Error,
    document: include_str!("reused_id.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    match document {
        Doc::Standard(_) => in_a_taxonomy(document, sink),
        Doc::Edition(entry) => along_editions(subject, entry, sink),
        Doc::Registry(_)
        | Doc::Jurisdiction(_)
        | Doc::Instrument(_)
        | Doc::Adjustment(_)
        | Doc::Plan(_)
        | Doc::Crosswalk(_)
        | Doc::Indicators(_)
        | Doc::Acceptance(_) => {}
    }
}

/// A standard without a taxonomy of its own has no register: an item that an earlier edition
/// held, and the one before this did not, is used again.
fn along_editions(subject: &Subject<'_>, entry: &Entry<Edition>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    let standard = &entry.value.standard;
    if registry.standards.get(standard).is_none_or(|s| !s.value.areas.is_empty()) {
        return;
    }
    let before = |edition: &Edition| {
        let version = edition.follows.clone().filter(|follows| *follows < edition.version)?;
        registry.editions.get(&EditionId { standard: standard.clone(), version })
    };
    let holds = |edition: &Edition, id: &Id| edition.items.iter().any(|item| item.id == *id);
    let lists_all =
        |edition: &Edition| matches!(edition.transcribed, Transcribed::Names | Transcribed::Full);
    let Some(last) = before(&entry.value).filter(|last| lists_all(&last.value)) else {
        return;
    };
    for item in entry.value.items.iter().filter(|item| !holds(&last.value, &item.id)) {
        let mut at = before(&last.value);
        while let Some(earlier) = at {
            if holds(&earlier.value, &item.id) {
                let (id, until, since) = (&item.id, &last.value.version, &entry.value.version);
                let words = ["items", id.as_str(), "id"];
                let there = place(&earlier.path, &["items", id.as_str()]);
                sink.report(again(place(&entry.path, &words), there, id, until, since));
                break;
            }
            at = before(&earlier.value);
        }
    }
}

fn again(here: Place, there: Place, id: &Id, until: &Version, since: &Version) -> Finding {
    Finding::new(
        here,
        format!("项目标识“{id}”自 {until} 版起已停用，又从 {since} 版起重新使用"),
        format!("the item id `{id}` was retired from {until} on and is used again from {since} on"),
    )
    .arg("item", id)
    .arg("until", until)
    .arg("since", since)
    .label("停用后又用", "used again")
    .help(
        format!("请另起标识，并在新项目里写 \"continues\": [\"{id}\"]；中间其实没有停用的，改 until 或 since，或补上漏录的项目"),
        format!("give the item an id of its own with \"continues\": [\"{id}\"]; where it was never retired, mend until or since, or add the item where it was left out"),
    )
    .related(there, format!("{until} 版起停用"), format!("retired from {until} on"))
}

fn in_a_taxonomy(document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Standard(entry) = document else {
        return;
    };
    for (id, lines) in lines_of(&entry.value, &entry.path) {
        for (listed, here) in &lines {
            let Some(since) = &listed.since else { continue };
            // What ends where this begins has only moved.
            let until = lines.iter().filter_map(|(other, place)| {
                let until = other.until.as_ref().filter(|_| !std::ptr::eq(*other, *listed))?;
                (until <= since).then_some((until, place))
            });
            let Some((until, there)) = until.max_by_key(|(until, _)| *until) else { continue };
            if until < since {
                sink.report(again(here.clone(), there.clone(), id, until, since));
            }
        }
    }
}
