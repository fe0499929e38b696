//! What a change started from still stands.

use jialiang_model::finding::{Finding, Level};
use jialiang_resolve::What;

use crate::force::place_of;
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "annulled-base",
    level: Level::Warning,
    document: include_str!("annulled_base.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(force) = subject.force() else { return };
    for trouble in force.troubles() {
        let What::BaseAnnulled(by) = &trouble.what else { continue };
        let (item, measure, cell) = (trouble.item, trouble.measure, &trouble.cell);
        sink.report(
            Finding::new(
                place_of(*by, None),
                format!("“{item}”的“{measure}”：此项调整的基数来自已被撤销的文件，印出的结果不再推得出"),
                format!("`{measure}` of `{item}`: this change started from a number of a document that was annulled, and its printed result no longer follows"),
            )
            .arg("item", item)
            .arg("measure", measure)
            .arg("cell", cell)
            .label("基数已撤销", "its base is annulled")
            .help(
                "请查发文单位是否重新核定；另有文件的，录入那份调整；在此之前，答案是“未定”",
                "find out whether the issuer has set it anew, and record that adjustment; until then the answer is undecided",
            ),
        );
    }
}
