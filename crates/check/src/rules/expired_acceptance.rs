//! No acceptance is relied on after its time.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Answered, Rule, Runs, Sink, Subject, place};
use crate::run::is_on_edit_of;

pub(crate) static RULE: Rule = Rule {
    name: "expired-acceptance",
    level: Level::Warning,
    document: include_str!("expired_acceptance.md"),
    runs: Runs::OnAcceptances(check),
};

fn check(subject: &Subject<'_>, answered: &[Answered<'_>], sink: &mut Sink<'_>) {
    let Some(today) = subject.on else {
        return;
    };
    for Answered { acceptance, found } in answered.iter().filter(|a| a.found != Some(false)) {
        let (value, path) = (&acceptance.value, &acceptance.path);
        let base = if is_on_edit_of(value.rule.as_str()) { " --base …" } else { "" };
        let (fingerprint, until, by) = (&value.fingerprint, value.until, &value.by);
        if until > today {
            continue;
        }
        // What was not looked for is not known to be there.
        let (zh, en) = match found {
            Some(_) => ("，问题还在", " and is still there"),
            None => ("", ""),
        };
        sink.report(
            Finding::new(
                place(path, &["until"]),
                format!("{by}的接受已于 {until} 到期{zh}：{}（{}）", value.rule, value.at),
                format!("what {by} accepted ran out on {until}{en}: {} at {}", value.rule, value.at),
            )
            .arg("fingerprint", fingerprint)
            .arg("until", until)
            .label("已到期", "run out")
            .help(
                format!("请改正问题；确需延期的：jialiang accept {fingerprint}{base} --reason … --by … --until …"),
                format!("mend what was found; where it must stand longer: jialiang accept {fingerprint}{base} --reason … --by … --until …"),
            ),
        );
    }
}
