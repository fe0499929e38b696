//! What a notice says it changed agrees with what changed.

use std::sync::Arc;

use jialiang_diff::{Aspect, Change, Class, Line, Nature, tally};
use jialiang_model::finding::{Finding, Level};
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::Edition;
use jialiang_model::order::Extent;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::step::Step;

pub(crate) static RULE: Rule = Rule {
    name: "summary-mismatch",
    level: Level::Error,
    document: include_str!("summary_mismatch.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    if entry.value.declared.is_none() {
        return;
    }
    let Some(step) = Step::to(&subject.loaded.registry, entry) else {
        return;
    };
    for line in tally(&step.changes, &step.declared()) {
        let Line { class, computed, declared, named } = &line;
        let key = class.key();
        let Some(declared) = *declared else {
            if takes_away(*class) {
                sink.report(unmentioned(document, &step, &line));
            }
            continue;
        };
        if computed.len() > declared as usize {
            let list: Vec<&str> = computed.iter().map(String::as_str).collect();
            sink.report(
                Finding::new(
                    document.place(&["declared", key, "count"]),
                    format!("通知称“{}”{declared} 项，与上一版比较有 {} 项：{}", class.zh(), computed.len(), list.join("、")),
                    format!("the notice counts {declared} {}, and against the edition before there are {}: {}", class.en(), computed.len(), list.join(", ")),
                )
                .arg("class", key)
                .arg("declared", declared)
                .arg("computed", list.join(" "))
                .arg("changes", exact(&step, *class))
                .label(format!("比较得 {} 项", computed.len()), format!("{} were found", computed.len()))
                .help(
                    "请核对通知和两版的数值：改正录错的一处",
                    "look at the notice and at the values of both editions, and mend what is mistyped",
                ),
            );
        } else if named.len() == declared as usize {
            for item in computed.iter().filter(|item| !named.iter().any(|n| n.as_str() == **item)) {
                sink.report(unnamed(document, &step, *class, item));
            }
        }
        for item in named.iter().filter(|item| !computed.contains(item.as_str())) {
            if is_refuted(*class, item.as_str(), &step) {
                sink.report(
                    Finding::new(
                        document.place(&["declared", key, "items", item.as_str()]),
                        format!("通知把“{item}”列入“{}”，而两版比较并非如此", class.zh()),
                        format!("the notice names `{item}` among those {}, and the two editions show otherwise", class.en()),
                    )
                    .arg("class", key)
                    .arg("item", item)
                    .label("两版比较并非如此", "not so by the texts")
                    .help(
                        "请核对通知和两版的文字、数值：改正录错的一处",
                        "look at the notice and at both texts, and mend what is mistyped",
                    ),
                );
            }
        }
    }
}

/// Whether somebody loses what a class counts.
const fn takes_away(class: Class) -> bool {
    match class {
        Class::Retired | Class::Lowered | Class::Narrowed => true,
        Class::Added
        | Class::Raised
        | Class::Widened
        | Class::ContentAdded
        | Class::Reworded
        | Class::LeadAgencies => false,
    }
}

fn unmentioned(document: &Doc<'_>, step: &Step<'_>, line: &Line) -> Finding {
    let class = line.class;
    let list: Vec<&str> = line.computed.iter().map(String::as_str).collect();
    let finding = Finding::new(
        document.place(&["declared"]).key(),
        format!("通知没有提到“{}”，而与上一版比较有 {} 项：{}", class.zh(), list.len(), list.join("、")),
        format!("the notice tells of none {}, and against the edition before there are {}: {}", class.en(), list.len(), list.join(", ")),
    )
    .arg("class", class.key())
    .arg("computed", list.join(" "))
    .arg("changes", exact(step, class))
    .label(format!("未提“{}”", class.zh()), format!("none {}", class.en()))
    .help(
        "请核对通知和两版的数值：改正录错的一处；通知确有此项的，补进 declared",
        "look at the notice and at the values of both editions: mend what is mistyped, or add what the notice says under declared",
    );
    beside(finding, step, class, line.computed.first().map_or("", String::as_str))
}

fn unnamed(document: &Doc<'_>, step: &Step<'_>, class: Class, item: &str) -> Finding {
    let key = class.key();
    let finding = Finding::new(
        document.place(&["declared", key, "items"]).key(),
        format!("通知点名的“{}”项目里没有“{item}”，而与上一版比较有它", class.zh()),
        format!("`{item}` is not among those that the notice names as {}, and it is one against the edition before", class.en()),
    )
    .arg("class", key)
    .arg("item", item)
    .arg("changes", exact(step, class))
    .label(format!("没有“{item}”"), format!("without `{item}`"))
    .help(
        "请核对通知和两版的数值：改正录错的一处",
        "look at the notice and at the values of both editions, and mend what is mistyped",
    );
    beside(finding, step, class, item)
}

/// The changes that are counted in a class, as a fingerprint tells them from others.
fn exact(step: &Step<'_>, class: Class) -> String {
    let declared = step.declared();
    let counted = |change: &&Change| Class::counts(declared.read(change).0) == Some(class);
    step.changes.iter().filter(counted).map(Step::exact).collect::<Vec<_>>().join("; ")
}

/// Adds both sides of the change that puts an item in a class.
fn beside(finding: Finding, step: &Step<'_>, class: Class, item: &str) -> Finding {
    let declared = step.declared();
    let change = step.changes.iter().find(|change| {
        change.item() == Some(item) && Class::counts(declared.read(change).0) == Some(class)
    });
    match change {
        Some(change) => step.beside(finding, change),
        None => finding,
    }
}

/// Whether both texts were read so far that they show an item not to be in a class.
fn is_refuted(class: Class, id: &str, step: &Step<'_>) -> bool {
    let find = |edition: &'_ Edition| -> Option<Arc<Item>> {
        edition.items.iter().find(|item| item.id.as_str() == id).cloned()
    };
    let (before, after) = (&step.before.value, &step.after.value);
    if before.difference_from.is_some() || after.difference_from.is_some() {
        return false;
    }
    let (x, y) = (find(before), find(after));
    match class {
        Class::Added => return x.is_some(),
        Class::Retired => return y.is_some(),
        Class::Raised
        | Class::Lowered
        | Class::Widened
        | Class::Narrowed
        | Class::ContentAdded
        | Class::Reworded
        | Class::LeadAgencies => {}
    }
    let (Some(x), Some(y)) = (x, y) else {
        return false;
    };
    let full =
        before.transcribed(&x) == Transcribed::Full && after.transcribed(&y) == Transcribed::Full;
    match class {
        Class::Added | Class::Retired => false,
        // A line that is new, or goes on otherwise, may be what the notice means.
        Class::Raised | Class::Lowered => {
            let unclear = |nature: Nature| {
                nature.aspect() == Aspect::Provision
                    && !matches!(nature, Nature::ProvisionRaised | Nature::ProvisionLowered)
            };
            let of_item = step.changes.iter().filter(|change| change.item() == Some(id));
            full && !of_item.map(|change| change.nature).any(unclear)
        }
        Class::Reworded => full,
        Class::Widened | Class::Narrowed => match (&x.recipients, &y.recipients) {
            (Some(x), Some(y)) => !matches!(y.extent(x), Extent::Undecided(_)),
            _ => false,
        },
        Class::ContentAdded => match (&x.content, &y.content) {
            (Some(x), Some(y)) => x.zh == y.zh,
            _ => false,
        },
        Class::LeadAgencies => !x.lead_agencies.is_empty() && x.lead_agencies == y.lead_agencies,
    }
}
