//! For GitHub Actions: workflow commands, which GitHub shows at the lines of a pull request.

use jialiang_check::Report;
use jialiang_check::locate::Locator;
use jialiang_model::finding::{Finding, Level};
use jialiang_store::Texts;

use super::{Spot, by_level, counts, human, lines, visible};
use crate::args::Check;
use crate::lang::Lang;

/// Whatever `--limit` is: GitHub shows the first ten of each level at their lines, and the
/// log folds the rest.
pub(crate) fn report(report: &Report, texts: &Texts, args: &Check, elsewhere: usize) -> String {
    let lang = args.speech.lang;
    let mut locator = Locator::new(texts);
    let mut text = String::new();
    for finding in by_level(report, args, &mut locator) {
        text += &command(finding, &mut locator, lang);
    }
    text + &summary(report, elsewhere, lang)
}

fn command(finding: &Finding, locator: &mut Locator<'_>, lang: Lang) -> String {
    let name = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let Spot { path, start, end } = Spot::new(&finding.place, locator);
    let (file, line, last) = (property(&path), start.line, end.line);
    // GitHub takes columns only where the end is on the same line.
    let place = if line == last {
        format!("line={line},col={},endLine={last},endColumn={}", start.column, end.column)
    } else {
        format!("line={line},endLine={last}")
    };
    let data = data(&lines(finding, locator, lang).join("\n"));
    format!("::{name} file={file},{place},title={}::{data}\n", property(finding.rule))
}

/// A line is no command unless it begins with `::`, and this one does not.
fn summary(report: &Report, elsewhere: usize, lang: Lang) -> String {
    let counts = counts(report, lang);
    let mut text = match lang {
        Lang::Zh => format!("发现 {counts}"),
        Lang::En => format!("Found {counts}"),
    };
    let skipped = report.skipped.len();
    if skipped > 0 {
        text += &match lang {
            Lang::Zh => format!("；{skipped} 份文档未检查完"),
            Lang::En => format!("; {} not wholly checked", human::count(skipped, "document")),
        };
    }
    if elsewhere > 0 {
        text += &match lang {
            Lang::Zh => format!("；登记库的其他位置还有 {elsewhere} 个错误"),
            Lang::En => {
                format!("; {} elsewhere in the registry", human::count(elsewhere, "more error"))
            }
        };
    }
    text + "\n"
}

/// What stands behind `::`.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands behind `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
