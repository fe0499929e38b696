//! A repeal or an annulment is by a place that may end that document.

use jialiang_model::Registry;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::kind::adjustment::Act;

use crate::rule::{Rule, Runs, Sink, Subject, named, place};

pub(crate) static RULE: Rule = Rule {
    name: "powerless-act",
    level: Level::Warning,
    document: include_str!("powerless_act.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    let name = |id: &str| named(registry, id);
    for entry in registry.adjustments.values() {
        let here = entry.value.place();
        for (i, operation) in entry.value.operations.iter().enumerate() {
            let (of, annuls) = match &operation.act {
                Act::Repeal(of) => (of, false),
                Act::Annul(of) => (of, true),
                Act::Set { .. }
                | Act::Change { .. }
                | Act::Alter { .. }
                | Act::Confirm(_)
                | Act::Attest { .. }
                | Act::End(_)
                | Act::Add(_)
                | Act::Retire(_)
                | Act::Rename(_)
                | Act::Recipients(..)
                | Act::Content(_)
                | Act::Responsibility(_)
                | Act::LeadAgencies(_) => continue,
            };
            // Of one that is not on record another rule speaks.
            let Some(other) = registry.adjustments.get(of) else { continue };
            let owner = other.value.place();
            if owner == here || (annuls && stands_above(registry, here, owner)) {
                continue;
            }
            let (zh, en) = if annuls {
                ("撤销不起作用", "the annulment does nothing")
            } else {
                ("废止不起作用", "the repeal does nothing")
            };
            let whose = name(owner);
            let help = if !annuls && stands_above(registry, here, owner) {
                (
                    format!(
                        "废止由“{whose}”自己的文件作出；“{}”的文件写明撤销的，用 \"annul\"",
                        name(here)
                    ),
                    format!(
                        "only `{owner}` itself repeals it; where the document of `{here}` takes it off, write \"annul\""
                    ),
                )
            } else {
                (
                    format!(
                        "废止由“{whose}”自己作出，撤销由它或其上级作出：请核对文件，把这一条录在作出它的行政区划名下"
                    ),
                    format!(
                        "`{owner}` itself repeals it, and it or a place above it annuls it: look at the document, and record this under the place that says so"
                    ),
                )
            };
            sink.report(
                Finding::new(
                    place(&entry.path, &["operations", &format!("[{i}]"), operation.act.key()]),
                    format!("{of} 是“{whose}”的文件，“{}”无权处置：{zh}", name(here)),
                    format!(
                        "{of} is a document of `{owner}`, which is not for `{here}` to end: {en}"
                    ),
                )
                .arg("of", of)
                .arg("owner", owner)
                .label(zh, en)
                .help(help.0, help.1)
                .related(
                    place(&other.path, &["id"]),
                    "别处的文件",
                    "a document of another place",
                ),
            );
        }
    }
}

/// Whether one place stands above another, or may: a place that is not on record may stand
/// below anything.
fn stands_above(registry: &Registry, above: &str, below: &str) -> bool {
    let way = || std::iter::once(below).chain(registry.places_above(below).map(Id::as_str));
    way().skip(1).any(|one| one == above)
        || way().last().is_some_and(|top| !registry.jurisdictions.contains_key(top))
}
