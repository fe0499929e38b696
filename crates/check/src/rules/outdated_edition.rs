//! What the latest edition prints is what is in force.

use std::cmp::Ordering;

use jialiang_diff::words;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::order::Order;
use jialiang_model::provision::Form;
use jialiang_resolve::{Known, Mark};

use crate::dated::editions;
use crate::force::{measured, place_held, told, value};
use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "outdated-edition",
    level: Level::Note,
    document: include_str!("outdated_edition.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let (Some(force), Some(on)) = (subject.force(), subject.on) else { return };
    let registry = &subject.loaded.registry;
    for standard in registry.standards.values() {
        let id = &standard.value.id;
        let all = editions(registry, &standard.value);
        let Some((_, entry)) = all.iter().rfind(|(from, _)| *from <= on) else { continue };
        let Some(at) = force.index.place(id.place()) else { continue };
        for item in &entry.value.items {
            let (of, standard) = (item.id.as_str(), id.as_str());
            let Some(known) = force.index.item_of(at, of, standard) else { continue };
            if force.index.is_as_printed(known) {
                continue;
            }
            let says = |line| force.index.plainly_says(at, known, line, on);
            for line in item.provisions.iter().filter(|line| !says(line)) {
                let lines = force.index.lines_of(at, of, Some(standard));
                let of_it = lines.iter().filter(|one| {
                    let measure = one.measure();
                    (measure == line.measure().as_str() || measure == line.id.as_str())
                        && one.facts().within(&line.cell)
                });
                let answers: Vec<_> =
                    of_it.map(|one| force.index.answer(at, one, on, Known::Latest)).collect();
                let held = answers.iter().filter_map(value);
                let other = held.filter(|held| !std::ptr::eq(held.line, line)).find(|held| {
                    // A share says how it is computed, not what it comes to.
                    if matches!(line.form, Form::Share(..)) {
                        let order = held.line.form.compare(&line.form);
                        return matches!(order, Order::Better | Order::Worse);
                    }
                    // The number decides before the band and the grades do.
                    match measured(held).zip(line.form.measured()) {
                        Some((now, then)) => {
                            matches!(now.compare(then), Ok(Ordering::Less | Ordering::Greater))
                        }
                        None => {
                            matches!(held.form().compare(&line.form), Order::Better | Order::Worse)
                        }
                    }
                });
                let Some(held) = other else { continue };
                let (printed, now) = (words::form(&line.form), told(held));
                let (zh, en) = if held.marks.has(Mark::LastKnown) {
                    ("最后所知的现行标准", "what is in force, as far as is known,")
                } else {
                    ("现行标准", "what is in force")
                };
                sink.report(
                    Finding::new(
                        place(&entry.path, &["items", of, "provisions", line.id.as_str()]),
                        format!("“{of}/{}”印的是{}，{zh}是{}", line.id, printed.zh, now.zh),
                        format!("`{of}/{}` prints {}, and {en} is {}", line.id, printed.en, now.en),
                    )
                    .arg("item", of)
                    .arg("line", &line.id)
                    .arg("in-force", &now.en)
                    .label("与现行标准不同", "not what is in force")
                    .related(place_held(held), "现行标准", "what is in force"),
                );
            }
        }
    }
}
