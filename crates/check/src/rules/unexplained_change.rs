//! A number that changes from one edition to the next, or is gone, has a document that changed
//! or ended it.

use std::collections::HashSet;

use jialiang_diff::words;
use jialiang_model::date::{Day, PartialDate};
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::StandardId;
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::adjustment::Act;
use jialiang_model::kind::{Edition, EditionId};
use jialiang_model::order::Order;
use jialiang_model::provision::Provision;
use jialiang_model::{Entry, Registry};
use jialiang_resolve::{Facts, Held, Known, Question, Said};

use crate::dated::effective;
use crate::force::{Force, told, value};
use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "unexplained-change",
    level: Level::Warning,
    document: include_str!("unexplained_change.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    let registry = &subject.loaded.registry;
    // The double entry is kept of a standard from its first adjustment on.
    let adjusted: HashSet<&StandardId> =
        registry.adjustments.values().map(|one| &one.value.standard).collect();
    for entry in registry.editions.values() {
        let edition = &entry.value;
        let kept = adjusted.contains(&edition.standard);
        let day = effective(registry, edition).map(PartialDate::first_day).and_then(Day::of);
        let (Some(day), Some(follows)) = (day.filter(|_| kept), &edition.follows) else { continue };
        let (standard, version) = (edition.standard.clone(), follows.clone());
        let before = registry.editions.get(&EditionId { standard, version });
        let Some(before) = before else { continue };
        for item in &edition.items {
            let Some(old) = before.value.items.iter().find(|one| one.id == item.id) else {
                continue;
            };
            for line in &item.provisions {
                let was = old
                    .provisions
                    .iter()
                    .find(|one| one.measure() == line.measure() && one.cell == line.cell);
                let Some(was) = was else { continue };
                let changed = matches!(line.form.compare(&was.form), Order::Better | Order::Worse);
                let enacts = edition.enacts.iter().any(|one| {
                    one.item() == item.id.as_str() && one.provision() == line.id.as_str()
                });
                if !changed
                    || enacts
                    || written(registry, edition, item.id.as_str(), line)
                    || explained(force, entry, item.id.as_str(), line, day)
                {
                    continue;
                }
                let (old_told, new) = (words::form(&was.form), words::form(&line.form));
                let (of, id) = (item.id.as_str(), line.id.as_str());
                sink.report(
                    Finding::new(
                        place(&entry.path, &["items", of, "provisions", id]),
                        format!("“{of}/{id}”由上一版的{}变为{}，没有一份调整说明", old_told.zh, new.zh),
                        format!("`{of}/{id}` went from {} in the edition before to {}, and no adjustment on record says so", old_told.en, new.en),
                    )
                    .arg("item", of)
                    .arg("line", id)
                    .arg("before", &old_told.en)
                    .arg("after", &new.en)
                    .label("没有依据的改动", "an unexplained change")
                    .help(
                        "请查两版之间改它的文件，录入那份调整；由本版自身改动的，列入 \"enacts\"；录错的，改正",
                        "find the document between the two editions that changed it, and record its adjustment; where this edition itself changes it, list it under \"enacts\"; mend a slip",
                    )
                    .related(
                        place(&before.path, &["items", of, "provisions", was.id.as_str()]),
                        "上一版",
                        "the edition before",
                    ),
                );
            }
            if edition.transcribed(item) == Transcribed::Full {
                let after = (item.as_ref(), day);
                gone(force, entry, after, (before, old.as_ref()), sink);
            }
        }
    }
}

/// Tells the lines of an item that the edition before prints and this one does not, and that
/// are in force all the same.
fn gone(
    force: &Force<'_>,
    entry: &Entry<Edition>,
    (item, day): (&Item, Day),
    (before, old): (&Entry<Edition>, &Item),
    sink: &mut Sink<'_>,
) {
    let edition = &entry.value;
    for was in &old.provisions {
        // A line that goes on under another measure, or for others of the same people, is cut
        // anew, and not gone.
        let goes_on = item.provisions.iter().any(|line| {
            let meets = line.cell.covers(&was.cell) || was.cell.covers(&line.cell);
            line.id == was.id || (line.measure() == was.measure() && meets)
        });
        let continued = edition.items.iter().flat_map(|one| &one.provisions).any(|line| {
            line.continues.as_ref().is_some_and(|before| {
                before.item() == old.id.as_str() && before.provision() == was.id.as_str()
            })
        });
        if goes_on || continued {
            continue;
        }
        let facts = Facts::of(&was.cell);
        let answers = force.index.ask(&Question {
            place: edition.standard.place(),
            item: item.id.as_str(),
            standard: Some(edition.standard.as_str()),
            line: Some(was.id.as_str()),
            facts: &facts,
            valid: day,
            known: Known::Latest,
        });
        // Where the place ended it, it follows the place above.
        let own = |held: &Held<'_>| held.place == edition.standard.place();
        let Some(held) = answers.iter().filter_map(|one| value(&one.answer)).find(|one| own(one))
        else {
            continue;
        };
        let (of, id, told) = (item.id.as_str(), was.id.as_str(), told(held));
        sink.report(
            Finding::new(
                place(&entry.path, &["items", of]),
                format!("“{of}/{id}”上一版有，本版没有，而没有一份调整停止它：现行仍是{}", told.zh),
                format!("`{of}/{id}` is in the edition before and not in this one, and no adjustment on record ends it: {} is still in force", told.en),
            )
            .arg("item", of)
            .arg("line", id)
            .label("少了一条标准", "a line is gone")
            .help(
                "请查停止它的文件，录入那份调整（\"end\"）；本版自身停止的，以本版的文件录入；漏录的，补上",
                "find the document that ended it, and record its adjustment (`end`); where this edition itself ends it, record that as an adjustment of its own instrument; write a line that was overlooked",
            )
            .related(
                place(&before.path, &["items", of, "provisions", id]),
                "上一版",
                "the edition before",
            ),
        );
    }
}

/// Whether an adjustment on record writes the same value, from whatever day, or changes the line
/// without saying what it comes to.
fn written(registry: &Registry, edition: &Edition, item: &str, line: &Provision) -> bool {
    let adjustments = registry.adjustments.values().map(|entry| &entry.value);
    let own = adjustments
        .filter(|one| one.standard == edition.standard && one.draft != Some(true))
        .flat_map(|one| &one.operations)
        .filter(|one| one.item.as_ref().is_some_and(|id| id.as_str() == item));
    own.map(|operation| &operation.act).any(|act| {
        let sets = matches!(act, Act::Set { line: set, .. }
            if set.measure() == line.measure() && set.form.compare(&line.form) == Order::Equal);
        let alters = matches!(act, Act::Alter { line: id, by: _ }
            if *id == line.id || id == line.measure());
        sets || alters
    })
}

/// Whether what is in force on the edition's first day, without its own word, is its line; or
/// is another value that an instrument brought, which is then the stale line's matter.
fn explained(
    force: &Force<'_>,
    entry: &Entry<Edition>,
    item: &str,
    line: &Provision,
    day: Day,
) -> bool {
    let facts = Facts::of(&line.cell);
    let standard = &entry.value.standard;
    let answers = force.index.ask(&Question {
        place: standard.place(),
        item,
        standard: Some(standard.as_str()),
        line: Some(line.id.as_str()),
        facts: &facts,
        valid: day,
        known: Known::Latest,
    });
    // Undecided is no proof that nothing explains it.
    answers.iter().all(|one| {
        value(&one.answer).is_none_or(
            |held| !matches!(held.said, Said::Edition(of, _) if std::ptr::eq(of, entry)),
        )
    })
}
