//! An item that is declared not applicable is still the one that the declaration was about.

use jialiang_model::date::Day;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::order::Extent;
use jialiang_resolve::{Facts, Known, Question};

use crate::dated::editions;
use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "reopened-exemption",
    level: Level::Note,
    document: include_str!("reopened_exemption.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    let registry = &subject.loaded.registry;
    for standard in registry.standards.values() {
        let (id, at) = (standard.value.id.as_str(), standard.value.id.place());
        let Some(parent) = force.index.parent(at, Some(id)) else { continue };
        // A later edition declares anew.
        let Some((day, entry)) = editions(registry, &standard.value).pop() else { continue };
        for (i, one) in entry.value.not_applicable.iter().enumerate() {
            let item = one.item.as_str();
            let facts = Facts::none();
            let then = |valid: Day| {
                force.index.item(&Question {
                    place: parent,
                    item,
                    standard: Some(id),
                    line: None,
                    facts: &facts,
                    valid,
                    known: Known::Latest,
                })
            };
            let before = then(day);
            let later = force.days((parent, id, item)).into_iter();
            let later = later.filter(|d| *d > day && subject.on.is_none_or(|on| *d <= on));
            let changed = later.map(|day| (day, then(day))).find_map(|(day, now)| {
                let renamed = before.name.zip(now.name);
                let renamed = renamed.filter(|(a, b)| a.value.zh != b.value.zh);
                if let Some((_, b)) = renamed {
                    return Some((day, b.said, ("名称", "name")));
                }
                let people = before.recipients.zip(now.recipients);
                let people = people.filter(|(a, b)| a.value.0.extent(b.value.0) != Extent::Same)?;
                Some((day, people.1.said, ("服务对象", "recipients")))
            });
            let Some((day, said, (zh, en))) = changed else { continue };
            let word = format!("[{i}]");
            sink.report(
                Finding::new(
                    place(&entry.path, &["not-applicable", &word]),
                    format!("声明不适用的“{item}”，上级自 {day} 起改了{zh}：须重新考虑是否仍不适用"),
                    format!("the {en} of `{item}`, which is declared not applicable, changed above on {day}: the declaration is open again"),
                )
                .arg("item", item)
                .arg("changed", en)
                .arg("on", day)
                .label("须重新考虑", "open again")
                .help(
                    "请在本地的下一版中重新声明，或落实该项目",
                    "declare it anew in the next edition of the place, or implement the item",
                )
                .related(place_of(said, None), "上级的改动", "the change above"),
            );
        }
    }
}
