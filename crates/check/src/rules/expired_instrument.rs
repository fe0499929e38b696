//! What is relied on rests on a document that is still valid.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::Mark;

use crate::force::{Decided, place_held, told, value};
use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "expired-instrument",
    level: Level::Note,
    document: include_str!("expired_instrument.md"),
    runs: Runs::OnDecided(check),
};

fn check(subject: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    let Some(on) = subject.on else { return };
    let registry = &subject.loaded.registry;
    let mut seen: Vec<*const jialiang_model::provision::Provision> = Vec::new();
    for strand in &decided.strands {
        let now = strand.stands.iter().rfind(|stand| stand.day <= on);
        let Some(held) = now.and_then(|stand| value(&stand.here)) else { continue };
        let line = std::ptr::from_ref(held.line);
        // What follows the place above is told there.
        if !held.marks.has(Mark::Expired) || held.marks.has(Mark::Inherited) || seen.contains(&line)
        {
            continue;
        }
        seen.push(line);
        let Some(id) = held.said.instrument_id() else { continue };
        let Some(instrument) = registry.instruments.get(id) else { continue };
        let Some(until) = instrument.value.until else { continue };
        let (item, measure, told) = (decided.item, strand.line.measure(), told(held));
        sink.report(
            Finding::new(
                place_held(held),
                format!("“{item}”的“{measure}”现为{}，而所依据的文件 {id} 有效期到 {until}（不含）已满", told.zh),
                format!("`{measure}` of `{item}` is {} today, and rests on {id}, whose own validity ended before {until}", told.en),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("instrument", id)
            .label("文件已过有效期", "its instrument has expired")
            .related(place(&instrument.path, &["until"]), "有效期", "its validity"),
        );
    }
}
