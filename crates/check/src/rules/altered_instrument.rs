//! An issued instrument does not change.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::{Document, Instrument};
use jialiang_model::place::Place;
use jialiang_model::source::Erratum;
use jialiang_store::{Base, Was};

use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "altered-instrument",
    level: Level::Error,
    document: include_str!("altered_instrument.md"),
    runs: Runs::OnBase(check),
};

fn check(subject: &Subject<'_>, base: &Base, sink: &mut Sink<'_>) {
    for (path, was) in base.differing() {
        let Was::Document(Document::Instrument(before)) = was else { continue };
        if before.known().is_none() {
            continue;
        }
        let Some(now) = subject.loaded.registry.instruments.get(&before.id) else {
            if !subject.is_there(path) {
                let was = Place::document(&base.path(path));
                sink.report(
                    Finding::new(
                        Place::document(path),
                        format!("已印发的文件 {} 被删除", before.id),
                        format!("the issued instrument {} is gone", before.id),
                    )
                    .arg("instrument", &before.id)
                    .help(
                        format!("请恢复它：{}；文件失效由另一份文件宣布", base.checkout(path)),
                        format!(
                            "bring it back: {}; another instrument ends it",
                            base.checkout(path)
                        ),
                    )
                    .related(was, "原来在这里", "it stood here"),
                );
            }
            continue;
        };
        for (key, was, is) in altered(before, &now.value) {
            let new = |what: &str| {
                let errata = now.value.errata.iter().filter(|e| !before.errata.contains(e));
                what != "errata" && errata.clone().any(|erratum| erratum.what.as_str() == what)
            };
            if new(key) {
                continue;
            }
            let then = place(&base.path(path), &[key]);
            sink.report(
                Finding::new(
                    place(&now.path, &[key]),
                    format!("已印发的文件改了 {key}：原为“{was}”，现为“{is}”"),
                    format!("the issued instrument says otherwise at {key}: `{was}` before, `{is}` now"),
                )
                .arg("was", &was)
                .arg("is", &is)
                .label(format!("原为“{was}”"), format!("`{was}` before"))
                .help(
                    format!("请恢复原值；是录错的，请在 errata 里写明：{{ \"what\": \"{key}\", \"why\": \"…\", \"day\": \"…\" }}；官方更正是另一份文件"),
                    format!("bring the value back; where our copy was wrong, say so under errata: {{ \"what\": \"{key}\", \"why\": \"…\", \"day\": \"…\" }}; an official correction is an instrument of its own"),
                )
                .related(then, "原来的写法", "it was so"),
            );
        }
    }
}

/// Each key that says otherwise than before, and was not merely empty: the key, and both
/// values.
fn altered(before: &Instrument, now: &Instrument) -> Vec<(&'static str, String, String)> {
    fn word<T: ToString>(value: Option<&T>) -> String {
        value.map_or_else(|| "—".to_owned(), T::to_string)
    }
    let Instrument {
        schema: _,
        id: _,
        title,
        number,
        issuers,
        issued,
        published,
        effective,
        until,
        errata,
        source: _,
    } = before;
    let mut all = Vec::new();
    let mut see = |key, was: String, is: String, fills: bool| {
        if was != is && !fills {
            all.push((key, was, is));
        }
    };
    see("title", title.zh.to_string(), now.title.zh.to_string(), false);
    see("number", word(number.as_ref()), word(now.number.as_ref()), number.is_none());
    let names = |issuers: &[jialiang_model::id::AgencyId]| {
        issuers.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
    };
    // A list of which only the first are on record may be completed behind them.
    let completes = now.issuers.starts_with(issuers);
    see("issuers", names(issuers), names(&now.issuers), completes);
    for (key, was, is) in [
        ("issued", issued, &now.issued),
        ("published", published, &now.published),
        ("effective", effective, &now.effective),
        ("until", until, &now.until),
    ] {
        see(key, word(was.as_ref()), word(is.as_ref()), was.is_none());
    }
    let kept = errata.iter().all(|erratum| now.errata.contains(erratum));
    let said = |errata: &[Erratum]| {
        let one = |e: &Erratum| format!("{} {}: {}", e.day, e.what, e.why);
        errata.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    see("errata", said(errata), said(&now.errata), kept);
    all
}
