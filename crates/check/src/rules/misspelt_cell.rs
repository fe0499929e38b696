//! People are told apart by the same words everywhere.

use jialiang_model::cell::CellValue;
use jialiang_model::finding::{Finding, Level};

use crate::lines::written;
use crate::record::Record;
use crate::rule::{Rule, Runs, Sink, Subject, place};
use crate::similar::misspelt;

pub(crate) static RULE: Rule = Rule {
    name: "misspelt-cell",
    level: Level::Warning,
    document: include_str!("misspelt_cell.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let registry = &subject.loaded.registry;
    for entry in registry.adjustments.values() {
        let here = Record::document(registry, entry);
        for one in written(&entry.value) {
            for (dimension, value) in one.line.cell.0.iter() {
                let record = subject.record();
                let (dimension, at) =
                    (dimension.as_str(), one.words(&["cell", dimension.as_str()]));
                let (word, near, zh, en) = if record.dimension_is_new(dimension) {
                    let near = misspelt(dimension, record.dimensions(here));
                    (dimension, near, "适用范围的维度", "dimension")
                } else if let CellValue::Name(value) = value
                    && record.value_is_new(dimension, value.as_str())
                {
                    let near = misspelt(value.as_str(), record.values(dimension, here));
                    (value.as_str(), near, "适用范围的取值", "cell value")
                } else {
                    continue;
                };
                let Some(near) = near else { continue };
                sink.report(
                    Finding::new(
                        place(&entry.path, &at),
                        format!("{zh}“{word}”别的文件都没有用过，与“{near}”只差一点"),
                        format!(
                            "no other document knows the {en} `{word}`, which is all but `{near}`"
                        ),
                    )
                    .arg("dimension", dimension)
                    .arg("word", word)
                    .arg("near", near)
                    .label("没有别处用过", "used nowhere else")
                    .help(format!("是否应为“{near}”？"), format!("did you mean `{near}`?")),
                );
            }
        }
    }
}
