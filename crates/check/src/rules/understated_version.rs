//! A version rises at least as far as its changes require.

use jialiang_diff::{Attested, Bump, bump, weigh};
use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::EditionId;
use jialiang_model::version::Version;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::step::Step;

pub(crate) static RULE: Rule = Rule {
    name: "understated-version",
    level: Level::Error,
    document: include_str!("understated_version.md"),
    runs: Runs::OnDocument(check),
};

/// How many of the reasons are shown with their places.
const SHOWN: usize = 3;

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Edition(entry) = document else {
        return;
    };
    let Some(step) = Step::to(&subject.loaded.registry, entry) else {
        return;
    };
    let (before, after) = (&step.before.value.version, &entry.value.version);
    let verdict = weigh(&step.changes, &step.declared());
    let Some(declared) = bump(before, after).filter(|declared| *declared < verdict.required) else {
        return;
    };
    let required = verdict.required;
    let mut reasons: Vec<String> = Vec::new();
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for because in &verdict.because {
        let Some(change) = step.changes.get(because.change) else { continue };
        let path = change.side().slot.path();
        reasons.push(Step::exact(change));
        zh.push(format!("{}（{path}）", because.nature.zh()));
        en.push(format!("{} ({path})", because.nature.en()));
    }
    reasons.sort();
    let all = zh.len();
    let shown =
        |all: Vec<String>, comma: &str| all.into_iter().take(SHOWN).collect::<Vec<_>>().join(comma);
    let (mut zh, mut en) = (shown(zh, "、"), shown(en, ", "));
    if all > SHOWN {
        zh += &format!("等 {all} 处");
        en += &format!(" and {} more", all - SHOWN);
    }
    let next = next(before, required);
    let path = format!("{}@{next}.edition.json", entry.value.standard);
    let mut finding = Finding::new(
        document.place(&["version"]),
        format!("从 {before} 到 {after} 只升了{}，而这些变化须升{}：{zh}", declared.zh(), required.zh()),
        format!("from {before} to {after} is a {declared} step, and these changes require a {required} one: {en}"),
    )
    .arg("declared", declared)
    .arg("required", required)
    .arg("because", reasons.join("; "))
    .label(format!("至少应为 {next}"), format!("{next} at least"));
    let taken = EditionId::parse(&format!("{}@{next}", entry.value.standard))
        .is_some_and(|id| subject.loaded.registry.editions.contains_key(&id));
    let undecided = verdict.because.iter().any(|because| {
        let change = step.changes.get(because.change);
        because.attested != Some(Attested::Editors) && change.is_some_and(|c| c.why.is_some())
    });
    finding = match undecided {
        _ if taken => finding.help(
            format!("{next} 版已经公布；补录的旧版版本号只能居于两版之间的，请接受这一条并写明理由"),
            format!("edition {next} is published already: where one that is recorded late can only come between, accept this with the reason"),
        ),
        true => finding.help(
            format!("请写 \"version\": \"{next}\" 并把文件改名为 {path}；确认只是规范表述的，在 editorial 里列出该项目；通知点名扩大、提高的，记入 declared"),
            format!("write \"version\": \"{next}\" and rename the file to {path}; where only the wording changed, list the item under editorial; what the notice names as widened or raised belongs under declared"),
        ),
        false => finding.help(
            format!("请写 \"version\": \"{next}\" 并把文件改名为 {path}；若数值录错，请改正"),
            format!("write \"version\": \"{next}\" and rename the file to {path}; where a value is mistyped, mend it"),
        ),
    };
    for because in verdict.because.iter().take(SHOWN) {
        if let Some(change) = step.changes.get(because.change) {
            finding = step.beside(finding, change);
        }
    }
    sink.report(finding);
}

/// The least version that rises so far.
pub(super) fn next(before: &Version, bump: Bump) -> String {
    let v = before.semver();
    match bump {
        Bump::Major => format!("{}.0.0", v.major + 1),
        Bump::Minor => format!("{}.{}.0", v.major, v.minor + 1),
        Bump::Patch => format!("{}.{}.{}", v.major, v.minor, v.patch + 1),
        Bump::None => v.to_string(),
    }
}
