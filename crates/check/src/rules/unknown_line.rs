//! What an adjustment ends or changes is on record.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::Id;
use jialiang_model::kind::adjustment::{Act, Operation};

use crate::record::Kin;
use crate::rule::{Rule, Runs, Sink, Subject, place};
use crate::similar::{misspelt, nearest};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-line",
    level: Level::Warning,
    document: include_str!("unknown_line.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    for entry in subject.loaded.registry.adjustments.values() {
        let adjustment = &entry.value;
        for (i, operation) in adjustment.operations.iter().enumerate() {
            let Operation { item: Some(item), act, when: _, bond: _, source: _ } = operation else {
                continue;
            };
            let (line, ends) = match act {
                Act::End(line) => (line.as_str(), true),
                Act::Alter { line, by: _ } => (line.as_str(), false),
                Act::Set { .. }
                | Act::Change { .. }
                | Act::Confirm(_)
                | Act::Attest { .. }
                | Act::Add(_)
                | Act::Retire(_)
                | Act::Rename(_)
                | Act::Recipients(..)
                | Act::Content(_)
                | Act::Responsibility(_)
                | Act::LeadAgencies(_)
                | Act::Repeal(_)
                | Act::Annul(_) => continue,
            };
            let kin = subject.record().kin(adjustment, item);
            // An end may name a measure as well as a line.
            let named =
                |one: &Kin<'_>| [&one.line.id, one.line.measure()].map(Id::as_str).contains(&line);
            if kin.is_empty() || kin.iter().any(|one| named(one)) {
                continue;
            }
            let ids = || kin.iter().map(|one| one.line.id.as_str());
            let slip = misspelt(line, ids());
            // Of a change by so much neither base nor result is printed: the line itself may
            // stand in no document on record.
            if slip.is_none() && !ends {
                continue;
            }
            let near = slip.or_else(|| nearest(line, ids()));
            let at = ["operations", &format!("[{i}]"), act.key()];
            let finding = Finding::new(
                place(&entry.path, &at),
                format!("“{item}”没有条目“{line}”：本地和上级的文件都没有写过"),
                format!(
                    "`{item}` has no line `{line}`: no document of the place or above it writes one"
                ),
            )
            .arg("item", item)
            .arg("line", line)
            .label("没有这一条", "no such line");
            sink.report(match near {
                Some(near) => finding.help(
                    format!("是否应为“{near}”？"),
                    format!("did you mean `{near}`?"),
                ),
                None => finding.help(
                    "文件写明停止执行前的标准的，请用 attest 一并录入；否则请核对条目标识",
                    "where the document prints what it ends, record that too, with `attest`; else check the id of the line",
                ),
            });
        }
    }
}
