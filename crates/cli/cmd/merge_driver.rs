//! `jialiang merge-driver`: two branches of a document become one again, by meaning.
//!
//! What does not read is merged by lines, as git would do without us.

use std::path::Path;
use std::process::ExitCode;

use jialiang_diff::{Conflict, Slot, Value, merge, merge_added, tree, words};
use jialiang_model::kind::{Document, Kind};
use jialiang_store::file;
use similar::{Algorithm, DiffTag, TextDiff, TextMerge};

use super::{Failure, document};
use crate::args::MergeDriver;
use crate::lang::Lang;

pub(crate) fn run(args: &MergeDriver) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let [base, ours, theirs] =
        [&args.base, &args.ours, &args.theirs].map(|path| document::bytes(path));
    let three = Three { base: base?, ours: ours?, theirs: theirs? };
    let shown = args.path.as_deref().unwrap_or(&args.ours);
    let kind = match &args.path {
        Some(path) => document::kind_of_path(path),
        None => {
            document::kind_of_text(&three.ours).or_else(|| document::kind_of_text(&three.theirs))
        }
    };
    let outcome = three.merged(kind, usize::from(args.marker_size), lang);
    file::replace(&args.ours, &outcome.bytes)
        .map_err(|error| Failure::Write(args.ours.clone(), error))?;
    crate::render::complain(&outcome.said(shown, args.marker_size, lang));
    Ok(if outcome.conflicts == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The file in its three states.
struct Three {
    /// Empty where both branches made it.
    base: Vec<u8>,
    ours: Vec<u8>,
    theirs: Vec<u8>,
}

/// What the three became.
struct Outcome {
    bytes: Vec<u8>,
    conflicts: usize,
    /// What is in conflict, where that is known.
    points: Vec<Point>,
    /// Why it was merged by lines, where it was.
    by_lines: Option<String>,
}

/// One fact in conflict, in the words of the reader.
struct Point {
    label: String,
    base: Option<String>,
    ours: Option<String>,
    theirs: Option<String>,
}

/// Two branches in one, as documents.
struct Whole {
    ours: Document,
    theirs: Document,
    conflicts: usize,
    points: Vec<Point>,
}

impl Three {
    fn merged(&self, kind: Option<Kind>, marker: usize, lang: Lang) -> Outcome {
        self.by_meaning(kind, marker, lang).unwrap_or_else(|why| self.by_lines(why, marker))
    }

    /// Merged as documents, or why that cannot be done.
    fn by_meaning(&self, kind: Option<Kind>, marker: usize, lang: Lang) -> Result<Outcome, String> {
        let kind = kind.ok_or_else(|| {
            lang.pick("不知道它是哪一类文档", "what kind of document it is, is not known")
                .to_owned()
        })?;
        let read = |name: &str, bytes: &[u8]| {
            document::read(kind, bytes).ok_or_else(|| match lang {
                Lang::Zh => format!("{name} 读不懂"),
                Lang::En => format!("{name} cannot be read"),
            })
        };
        let base = match self.base.is_empty() {
            true => None,
            false => Some(read(lang.pick("原来的文件", "the base"), &self.base)?),
        };
        let (ours, theirs) = (read("ours", &self.ours)?, read("theirs", &self.theirs)?);
        let whole = match (base.as_ref(), &ours, &theirs) {
            (None, Document::Edition(ours), Document::Edition(theirs)) => {
                edition(merge_added(ours, theirs), lang)
            }
            (Some(Document::Edition(base)), Document::Edition(ours), Document::Edition(theirs)) => {
                edition(merge(base, ours, theirs), lang)
            }
            (base, ours, theirs) => other(kind, base, ours, theirs, lang),
        }?;
        let [first, second] = [&whole.ours, &whole.theirs].map(document::written);
        let (Some(first), Some(second)) = (first, second) else {
            return Err(unreadable(lang));
        };
        let text = match whole.conflicts {
            0 => first,
            _ => marked(&first, &second, marker),
        };
        Ok(Outcome {
            bytes: text.into(),
            conflicts: whole.conflicts,
            points: whole.points,
            by_lines: None,
        })
    }

    /// Merged as lines, whatever they say.
    fn by_lines(&self, why: String, marker: usize) -> Outcome {
        let Self { base, ours, theirs } = self;
        let mut merge = TextMerge::configure().algorithm(Algorithm::Histogram).merge_lines(
            base.as_slice(),
            ours.as_slice(),
            theirs.as_slice(),
        );
        merge.conflict_marker_size(marker);
        let mut bytes = Vec::new();
        // A vector takes everything that is written to it.
        let _ = merge.to_writer(&mut bytes);
        let conflicts = merge.conflict_count();
        Outcome { bytes, conflicts, points: Vec::new(), by_lines: Some(why) }
    }
}

fn unreadable(lang: Lang) -> String {
    lang.pick("合并出来的文档读不懂", "the merged document cannot be read").to_owned()
}

fn edition(
    merged: Result<jialiang_diff::Merged, Box<jialiang_diff::Refused>>,
    lang: Lang,
) -> Result<Whole, String> {
    // An id stands twice: which of the two a change means is not known.
    let merged = merged.map_err(|refused| match lang {
        Lang::Zh => format!("{} 重复出现，不知道改的是哪一个", refused.slot.path()),
        Lang::En => {
            format!("{} stands twice, and which is meant is not known", refused.slot.path())
        }
    })?;
    let jialiang_diff::Merged { ours, theirs, conflicts } = merged;
    Ok(Whole {
        ours: Document::Edition(Box::new(ours)),
        theirs: Document::Edition(Box::new(theirs)),
        conflicts: conflicts.len(),
        points: conflicts.iter().flat_map(|conflict| points(conflict, lang)).collect(),
    })
}

/// The facts on which two branches of an edition differ.
fn points(conflict: &Conflict, lang: Lang) -> Vec<Point> {
    let Conflict { slot, base, ours, theirs } = conflict;
    let told = |value: &Option<Value>| -> Vec<(String, String)> {
        let mut lines: Vec<(String, String)> = Vec::new();
        for line in value.iter().flat_map(|value| words::told(slot, value)) {
            let (label, text) = (lang.of(&line.label), lang.of(&line.text));
            match lines.iter_mut().find(|(other, _)| other == label) {
                Some((_, all)) => *all += &format!("; {text}"),
                None => lines.push((label.to_owned(), text.to_owned())),
            }
        }
        lines
    };
    let [in_base, in_ours, in_theirs] = [base, ours, theirs].map(told);
    let mut labels: Vec<&String> = Vec::new();
    for (label, _) in in_ours.iter().chain(&in_theirs) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let of = |lines: &[(String, String)], label: &str| {
        lines.iter().find(|(other, _)| other == label).map(|(_, text)| text.clone())
    };
    let taken_away = base.is_some() && ours.is_some() != theirs.is_some();
    let mut points = Vec::new();
    if taken_away {
        let state = |value: &Option<Value>| {
            let (gone, kept) = match lang {
                Lang::Zh => ("整个删去", "留着，有改动"),
                Lang::En => ("taken away", "kept and changed"),
            };
            Some(if value.is_some() { kept } else { gone }.to_owned())
        };
        points.push(Point {
            label: slot_word(slot),
            base: None,
            ours: state(ours),
            theirs: state(theirs),
        });
    }
    for label in labels {
        let [base, ours, theirs] = [&in_base, &in_ours, &in_theirs].map(|lines| of(lines, label));
        // Of what one took away, what the other left as it was is no news.
        let same = if taken_away { ours == base || theirs == base } else { ours == theirs };
        if !same {
            points.push(Point { label: label.clone(), base, ours, theirs });
        }
    }
    points
}

/// The item or the provision that a slot holds.
fn slot_word(slot: &Slot) -> String {
    match slot {
        Slot::Item(item) => item.to_string(),
        Slot::Provision(item, line) => format!("{item}/{line}"),
        Slot::Head(_)
        | Slot::NotApplicable(_)
        | Slot::Items
        | Slot::Part(..)
        | Slot::Provisions(_) => slot.path().to_string(),
    }
}

/// Documents that have no slots are merged by their keys and ids.
fn other(
    kind: Kind,
    base: Option<&Document>,
    ours: &Document,
    theirs: &Document,
    lang: Lang,
) -> Result<Whole, String> {
    let tree = |document: &Document| serde_json::to_value(document).map_err(|_| unreadable(lang));
    let base = base.map(tree).transpose()?;
    let merged = tree::merge(base.as_ref(), &tree(ours)?, &tree(theirs)?);
    let document =
        |value: &serde_json::Value| kind.read(&value.to_string()).map_err(|_| unreadable(lang));
    let said = |value: Option<serde_json::Value>| {
        value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let point = |clash: tree::Clash| {
        let tree::Clash { path, base, ours, theirs } = clash;
        let label = path.to_string();
        Point { label, base: said(base), ours: said(ours), theirs: said(theirs) }
    };
    Ok(Whole {
        ours: document(&merged.ours)?,
        theirs: document(&merged.theirs)?,
        conflicts: merged.conflicts.len(),
        points: merged.conflicts.into_iter().map(point).collect(),
    })
}

/// Two texts as one, with conflict markers around the lines that differ. Either side of
/// all markers is that text again.
pub(super) fn marked(ours: &str, theirs: &str, size: usize) -> String {
    let diff = TextDiff::configure().algorithm(Algorithm::Histogram).diff_lines(ours, theirs);
    let mut text = String::new();
    let (mut first, mut second) = (String::new(), String::new());
    let flush = |text: &mut String, first: &mut String, second: &mut String| {
        if !(first.is_empty() && second.is_empty()) {
            let marker = |c: char| String::from(c).repeat(size);
            *text += &format!("{} ours\n{first}{}\n", marker('<'), marker('='));
            *text += &format!("{second}{} theirs\n", marker('>'));
            first.clear();
            second.clear();
        }
    };
    let ops = diff.ops();
    for (i, op) in ops.iter().enumerate() {
        let lines = |range: std::ops::Range<usize>, new: bool| -> String {
            let line = |i| if new { diff.new_slice(i) } else { diff.old_slice(i) };
            range.filter_map(line).collect()
        };
        let (old, new) = (lines(op.old_range(), false), lines(op.new_range(), true));
        // Brackets alone between two hunks would tear them apart for nobody's use.
        let between = i > 0 && i + 1 < ops.len();
        let brackets = !old.contains(char::is_alphanumeric);
        if op.tag() == DiffTag::Equal && !(between && brackets) {
            flush(&mut text, &mut first, &mut second);
            text += &old;
        } else {
            first += &old;
            second += &new;
        }
    }
    flush(&mut text, &mut first, &mut second);
    text
}

/// A text with conflict markers, ours or those of git, as either branch has it; none where
/// it has no such markers.
pub(super) fn sides(text: &str) -> Option<[String; 2]> {
    /// Whose lines follow: everybody's, the first's, the base's, the second's.
    #[derive(PartialEq)]
    enum On {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let is = |line: &str, c: char| {
        let rest = line.trim_start_matches(c);
        line.len() - rest.len() >= 7 && (rest.is_empty() || rest.starts_with(' '))
    };
    let ([mut ours, mut theirs], mut on, mut any) =
        ([String::new(), String::new()], On::Both, false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        on = match on {
            On::Both if is(bare, '<') => On::Ours,
            On::Ours if is(bare, '|') => On::Base,
            On::Ours | On::Base if is(bare, '=') => On::Theirs,
            On::Theirs if is(bare, '>') => On::Both,
            same => {
                if matches!(same, On::Both | On::Ours) {
                    ours += line;
                }
                if matches!(same, On::Both | On::Theirs) {
                    theirs += line;
                }
                same
            }
        };
        any |= on != On::Both;
    }
    (any && on == On::Both).then_some([ours, theirs])
}

impl Outcome {
    /// What there is to say; nothing where all went well.
    fn said(&self, path: &Path, marker: u16, lang: Lang) -> String {
        let path = visible(&path.display().to_string());
        let mut text = String::new();
        if let Some(why) = &self.by_lines {
            text += &match lang {
                Lang::Zh => format!("{path}：{why}，已改为按行合并；原因和改法见 jialiang check\n"),
                Lang::En => {
                    format!("{path}: {why}; it was merged by lines; `jialiang check` tells more\n")
                }
            };
        }
        if self.conflicts == 0 {
            return text;
        }
        if !self.points.is_empty() {
            text += &match lang {
                Lang::Zh => format!("{path}：两个分支在以下各处不一致\n"),
                Lang::En => format!("{path}: the two branches differ here\n"),
            };
        }
        for Point { label, base, ours, theirs } in &self.points {
            text += &format!("  {}\n", visible(label));
            let names = match lang {
                Lang::Zh => ["原来  ", "ours  ", "theirs"],
                Lang::En => ["base  ", "ours  ", "theirs"],
            };
            for (name, value) in names.into_iter().zip([base, ours, theirs]) {
                let value = value.as_deref().map_or_else(|| "—".to_owned(), visible);
                text += &format!("    {name}  {value}\n");
            }
        }
        let [open, middle, close] = ["<", "=", ">"].map(|c| c.repeat(usize::from(marker)));
        let n = self.conflicts;
        text += &match lang {
            Lang::Zh => format!(
                "{n} 处冲突，其余改动都已合并。请在文件里 {open} ours 与 {close} theirs 之间取一边或另写，删去 {open}、{middle}、{close} 三种标记行，然后运行 jialiang check，再 git add {path}\n"
            ),
            Lang::En => format!(
                "{n} {}; everything else is merged. In the file, between {open} ours and {close} theirs, keep one side or write a third, delete the lines of {open}, {middle} and {close}, then run `jialiang check` and `git add {path}`\n",
                if n == 1 { "conflict" } else { "conflicts" }
            ),
        };
        text
    }
}

/// A text without what a terminal would obey.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn lines() -> impl Strategy<Value = String> {
        let line = select(vec!["{\n", "  },\n", "  \"a\": \"1\",\n", "  \"b\": \"2\"\n", "]\n"]);
        proptest::collection::vec(line, 0..20).prop_map(|lines| lines.concat())
    }

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let whole = include_bytes!("../../../tests/base/cn/sample@1.0.0.edition.json");
        prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..64),
            lines().prop_map(String::into_bytes),
            // A document that is cut off, and one with a byte changed.
            any::<prop::sample::Index>().prop_map(|cut| whole[..cut.index(whole.len())].to_vec()),
            (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| {
                let mut bytes = whole.to_vec();
                let at = at.index(bytes.len());
                bytes[at] = byte;
                bytes
            }),
            Just(whole.to_vec()),
            Just(Vec::new()),
        ]
    }

    #[test]
    fn the_markers_of_git_are_read_too() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| 1234567\nc\n=======\nd\n>>>>>>> branch\ne\n";
        assert_eq!(sides(text), Some(["a\nb\ne\n".to_owned(), "a\nd\ne\n".to_owned()]));
        for torn in ["a\n", "<<<<<<< HEAD\n", "=======\n", "<<<<<<<x\n=======\n>>>>>>> y\n"] {
            assert_eq!(sides(torn), None, "{torn}");
        }
    }

    proptest! {
        #[test]
        fn either_side_of_all_markers_is_that_text(a in lines(), b in lines(), size in 7_usize..9) {
            let text = marked(&a, &b, size);
            prop_assert_eq!(text.contains('<'), a != b);
            prop_assert_eq!(sides(&text), (a != b).then_some([a, b]));
        }

        #[test]
        fn whatever_the_three_are_something_comes_out(
            base in bytes(), ours in bytes(), theirs in bytes(), path in any::<bool>(),
        ) {
            let kind = path.then_some(Kind::Edition);
            let three = Three { base, ours, theirs };
            let outcome = three.merged(kind, 7, Lang::Zh);
            prop_assert_eq!(outcome.conflicts > 0, outcome.bytes.windows(12).any(|w| w == b"<<<<<<< ours"));
            prop_assert!(outcome.conflicts == 0 || !outcome.said(Path::new("x"), 7, Lang::En).is_empty());
            // What one branch left as it was is as the other has it.
            let Three { base, ours, theirs } = &three;
            if (ours == base || ours == theirs) && outcome.by_lines.is_some() {
                prop_assert_eq!(&outcome.bytes, theirs);
            }
        }
    }
}
