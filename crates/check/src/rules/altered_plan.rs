//! A published plan does not change.

use std::collections::BTreeMap;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::item::Transcribed;
use jialiang_model::kind::plan::{Aim, Domain, Part, Target};
use jialiang_model::kind::{Document, Plan};
use jialiang_store::{Base, Was};

use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "altered-plan",
    level: Level::Error,
    document: include_str!("altered_plan.md"),
    runs: Runs::OnBase(check),
};

/// What a plan says, by where it says it: paths by ids.
type Says = BTreeMap<String, String>;

fn check(subject: &Subject<'_>, base: &Base, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    for (path, was) in base.differing() {
        let Was::Document(Document::Plan(before)) = was else { continue };
        // A plan that is gone is told by `vanished-id`.
        let Some(now) = registry.plans.get(&before.id) else { continue };
        let instrument = before.instrument.as_ref();
        let instrument = instrument.and_then(|id| base.instrument(registry, id));
        if instrument.is_some_and(|i| i.known().is_none()) {
            continue;
        }
        let (said, says) = (says(before), says(&now.value));
        // A text that is not wholly on record may be completed.
        let whole = before.transcribed == Transcribed::Full;
        let new = || now.value.errata.iter().filter(|erratum| !before.errata.contains(erratum));
        let excused = |at: &str| {
            new().any(|erratum| {
                let rest = at.strip_prefix(erratum.what.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        let mut told: Vec<&str> = Vec::new();
        for at in said.keys().chain(says.keys().filter(|at| !said.contains_key(*at))) {
            let (was, is) = (said.get(at), says.get(at));
            // What is wholly new or gone is told once, and not again for each thing in it.
            let inside = told.iter().any(|outer| at.starts_with(&format!("{outer}/")));
            // A further erratum is what an edit is excused by; an earlier one stays.
            let free = was.is_none() && (!whole || at.starts_with("errata/"));
            if was == is || free || inside || excused(at) {
                continue;
            }
            if was.is_none() || is.is_none() {
                told.push(at);
            }
            let words = |at: &str| -> Vec<String> { at.split('/').map(str::to_owned).collect() };
            let words = words(at);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let said = |value: Option<&String>| value.map_or("—", String::as_str).to_owned();
            let (was, is) = (said(was), said(is));
            sink.report(
                Finding::new(
                    place(&now.path, &words),
                    format!("已公布的规划改了 {at}：原为“{was}”，现为“{is}”"),
                    format!("the published plan says otherwise at {at}: `{was}` before, `{is}` now"),
                )
                .arg("was", &was)
                .arg("is", &is)
                .label(format!("原为“{was}”"), format!("`{was}` before"))
                .help(
                    format!("请恢复原值；是录错的，请在 errata 里写明：{{ \"what\": \"{at}\", \"why\": \"…\", \"day\": \"…\" }}；规划本身有调整的，另写一份规划"),
                    format!("bring the value back; where our copy was wrong, say so under errata: {{ \"what\": \"{at}\", \"why\": \"…\", \"day\": \"…\" }}; where the plan itself was revised, write a plan of its own"),
                )
                .related(place(&base.path(path), &words), "原来的写法", "it was so"),
            );
        }
    }
}

/// Everything that is the plan's own, without our sources, notes, counts and English, and
/// without the indicator that we chose to measure by.
fn says(plan: &Plan) -> Says {
    let Plan {
        schema: _,
        id: _,
        name,
        instrument,
        from,
        last_day,
        transcribed: _,
        counts: _,
        errata,
        source: _,
        preface,
        targets,
        domains,
    } = plan;
    let mut all = Says::new();
    all.insert("name".to_owned(), name.zh.to_string());
    all.insert("last-day".to_owned(), last_day.to_string());
    all.extend(from.map(|from| ("from".to_owned(), from.to_string())));
    all.extend(instrument.as_ref().map(|id| ("instrument".to_owned(), id.to_string())));
    for (i, erratum) in errata.iter().enumerate() {
        let said = format!("{} {}: {}", erratum.day, erratum.what, erratum.why);
        all.insert(format!("errata/[{i}]"), said);
    }
    for (i, text) in preface.iter().enumerate() {
        all.insert(format!("preface/[{i}]"), text.zh.to_string());
    }
    targets.iter().for_each(|target| of_target("targets", target, &mut all));
    for domain in domains {
        let Domain { id, name, basic_standard, tasks: _, projects: _ } = domain;
        let at = format!("domains/{id}");
        all.insert(at.clone(), name.zh.to_string());
        let sentence = basic_standard.as_ref();
        all.extend(sentence.map(|text| (format!("{at}/basic-standard"), text.zh.to_string())));
        for (list, part) in domain.parts() {
            let Part { id, title, text, targets } = part;
            let at = format!("{at}/{list}/{id}");
            all.insert(at.clone(), title.zh.to_string());
            all.extend(text.as_ref().map(|text| (format!("{at}/text"), text.zh.to_string())));
            let list = format!("{at}/targets");
            targets.iter().for_each(|target| of_target(&list, target, &mut all));
        }
    }
    all
}

fn of_target(list: &str, target: &Target, all: &mut Says) {
    let Target {
        id,
        excerpt,
        measures: _,
        indicator: _,
        aim,
        nature: _,
        firmness,
        due,
        scope,
        note: _,
    } = target;
    let at = format!("{list}/{id}");
    all.insert(at.clone(), excerpt.to_string());
    let (key, aims) = match aim {
        Aim::Number(comparator, number, unit) => (comparator.key(), format!("{number} {unit}")),
        Aim::Each(each, unit) => ("each", format!("{} {} {unit}", each.of.zh, each.least)),
        Aim::Reach(reach) => ("coverage", reach.to_string()),
        Aim::Zero(zero) => ("zero", zero.to_string()),
        Aim::Every(period) => ("every", period.to_string()),
        Aim::Words(words) => ("words", words.zh.to_string()),
    };
    all.insert(format!("{at}/{key}"), aims);
    all.insert(format!("{at}/firmness"), firmness.to_string());
    all.extend(due.map(|due| (format!("{at}/due"), due.to_string())));
    all.extend(scope.as_ref().map(|scope| (format!("{at}/scope"), scope.zh.to_string())));
}
