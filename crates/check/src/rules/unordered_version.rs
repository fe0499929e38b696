//! Each edition follows the one before it, in versions and in days.

use jialiang_model::Entry;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::{Edition, EditionId};
use jialiang_model::place::Place;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "unordered-version",
    level: Level::Error,
    document: include_str!("unordered_version.md"),
    runs: Runs::OnDocument(check),
};

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    let editions = &subject.loaded.registry.editions;
    let edition = &entry.value;
    let lower = editions
        .range(..edition.id())
        .rev()
        .take_while(|(id, _)| id.standard == edition.standard)
        .find(|(_, other)| other.value.draft != Some(true));
    let Some((before, other)) = lower else {
        return;
    };
    let version = &edition.version;
    match &edition.follows {
        // reversed-dates says that it follows what is no earlier.
        Some(follows) if follows >= version => return,
        Some(follows) if *follows != before.version => {
            let id = EditionId { standard: edition.standard.clone(), version: follows.clone() };
            let path = jialiang_model::kind::Expected::Edition(id.clone()).path();
            // unknown-reference says that there is no such edition.
            let known = editions.get(&id);
            if known.is_none_or(|e| e.value.draft == Some(true)) || subject.is_there(&path) {
                return;
            }
            let between = &before.version;
            sink.report(
                Finding::new(
                    document.place(&["follows"]),
                    format!("{version} 版写的上一版是 {follows}，而两者之间还有 {between} 版"),
                    format!("edition {version} says that it follows {follows}, and {between} stands between the two"),
                )
                .arg("version", version)
                .arg("follows", follows)
                .arg("between", between)
                .label(format!("应为 {between}"), format!("{between} is the one before"))
                .help(
                    format!("请写 \"follows\": \"{between}\"；版本号写错的，改版本号和文件名"),
                    format!("write \"follows\": \"{between}\"; where the version is wrong, mend it and the file's name"),
                )
                .fix(document.place(&["follows"]), format!("\"{between}\""))
                .related(version_of(other), "中间的一版", "the edition between"),
            );
            return;
        }
        Some(_) => {}
        None => {
            let before = &before.version;
            sink.report(
                Finding::new(
                    document.place(&["version"]),
                    format!("{version} 版没有写上一版，而 {before} 版在它之前"),
                    format!("edition {version} does not say which it follows, and {before} stands before it"),
                )
                .arg("version", version)
                .arg("before", before)
                .label("没有 follows", "no follows")
                .help(
                    format!("请补上 \"follows\": \"{before}\"，这样才能比较两版、核对版本号"),
                    format!("add \"follows\": \"{before}\": only then are the two compared and the version weighed"),
                )
                .related(version_of(other), "之前的一版", "the edition before"),
            );
        }
    }
    let known = |entry: &Entry<Edition>| {
        let instruments = &subject.loaded.registry.instruments;
        let instrument = instruments.get(entry.value.instrument.as_ref()?)?;
        Some((Place::document(&instrument.path), instrument.value.known()?))
    };
    // Only what is certain, as precise as the sources are.
    if let (Some((_, then)), Some((here, now))) = (known(other), known(entry))
        && now.last_day() < then.first_day()
    {
        let before = &before.version;
        sink.report(
            Finding::new(
                document.place(&["version"]),
                format!("{version} 版 {now} 公布，早于 {before} 版的 {then}，版本号却更大"),
                format!("edition {version} was published {now}, before {before} of {then}, and has the higher version"),
            )
            .arg("version", version)
            .arg("published", now)
            .arg("before", before)
            .arg("before-published", then)
            .label(format!("{now} 公布"), format!("published {now}"))
            .help(
                "请核对两份文件的日期和两版的版本号",
                "check the dates of both instruments and the versions of both editions",
            )
            .related(here, format!("{now} 公布"), format!("published {now}"))
            .related(version_of(other), format!("{then} 公布"), format!("published {then}")),
        );
    }
}

fn version_of(entry: &Entry<Edition>) -> Place {
    Place::at(&entry.path, ["version"].iter().collect())
}
