//! An id that was retired is given to nothing again.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::taxonomy::lines_of;

pub(crate) static RULE: Rule = Rule {
    name: "reused-id",
    level: Level::Error,
    document: include_str!("reused_id.md"),
    runs: Runs::OnDocument(check),
};

fn check(_: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let Doc::Standard(entry) = document else {
        return;
    };
    for (id, lines) in lines_of(&entry.value, &entry.path) {
        for (listed, here) in &lines {
            let Some(since) = &listed.since else { continue };
            // What ends where this begins has only moved.
            let until = lines.iter().filter_map(|(other, place)| {
                let until = other.until.as_ref().filter(|_| !std::ptr::eq(*other, *listed))?;
                (until <= since).then_some((until, place))
            });
            let Some((until, there)) = until.max_by_key(|(until, _)| *until) else { continue };
            if until < since {
                sink.report(
                    Finding::new(
                        here.clone(),
                        format!("项目标识“{id}”自 {until} 版起已停用，又从 {since} 版起重新使用"),
                        format!("the item id `{id}` was retired from {until} on and is used again from {since} on"),
                    )
                    .arg("item", id)
                    .arg("until", until)
                    .arg("since", since)
                    .label("停用后又用", "used again")
                    .help(
                        format!("请另起标识，并在新项目里写 \"continues\": [\"{id}\"]；中间其实没有停用的，改 until 或 since"),
                        format!("give the item an id of its own with \"continues\": [\"{id}\"]; where it was never retired, mend until or since"),
                    )
                    .related(there.clone(), format!("{until} 版起停用"), format!("retired from {until} on")),
                );
            }
        }
    }
}
