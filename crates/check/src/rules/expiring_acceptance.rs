//! An acceptance that runs out soon is told in time.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Answered, Rule, Runs, Sink, Subject, place};
use crate::run::is_on_edit_of;

pub(crate) static RULE: Rule = Rule {
    name: "expiring-acceptance",
    level: Level::Warning,
    document: include_str!("expiring_acceptance.md"),
    runs: Runs::OnAcceptances(check),
};

/// How many days before its end an acceptance is told.
const SOON: i64 = 30;

fn check(subject: &Subject<'_>, answered: &[Answered<'_>], sink: &mut Sink<'_>) {
    let Some(today) = subject.on else {
        return;
    };
    for Answered { acceptance, .. } in answered.iter().filter(|a| a.found != Some(false)) {
        let (value, path) = (&acceptance.value, &acceptance.path);
        let base = if is_on_edit_of(value.rule.as_str()) { " --base …" } else { "" };
        let (fingerprint, until) = (&value.fingerprint, value.until);
        let left = today.days_until(until);
        if !(1..=SOON).contains(&left) {
            continue;
        }
        let days = if left == 1 { "1 day".to_owned() } else { format!("{left} days") };
        sink.report(
            Finding::new(
                place(path, &["until"]),
                format!("这项接受 {until} 到期，还有 {left} 天：{}（{}）", value.rule, value.at),
                format!("this acceptance runs out on {until}, in {days}: {} at {}", value.rule, value.at),
            )
            .arg("fingerprint", fingerprint)
            .arg("until", until)
            .label(format!("还有 {left} 天"), format!("{days} left"))
            .help(
                format!("请在此前改正问题；确需延期的：jialiang accept {fingerprint}{base} --reason … --by … --until …"),
                format!("mend what was found before then; where it must stand longer: jialiang accept {fingerprint}{base} --reason … --by … --until …"),
            ),
        );
    }
}
