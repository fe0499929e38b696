//! How changes are shown, a file for each format, and what the formats share.

pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod log;
pub(crate) mod markdown;

use std::collections::{BTreeMap, HashMap};

use jialiang_check::locate::Locator;
use jialiang_check::review::{Compared, Fate, Force, Operated, Review};
use jialiang_diff::{
    Aspect, Attested, Bump, Change, Class, Declared, Line, Nature, Slot, Value, Verdict, tally,
    weigh, words,
};
use jialiang_model::kind::Edition;
use jialiang_model::place::Place;
use jialiang_model::text::Text;
use jialiang_store::{Texts, cores};

use crate::lang::Lang;

/// What is shown of each pair, in their order. Its texts are read again to find places in
/// them, and let go when it has been shown.
fn each(
    review: &Review,
    texts: &Texts,
    show: impl Fn(&Compared, &mut Locator<'_>) -> String + Sync,
) -> Vec<String> {
    cores::of_all(&review.compared, |pair| show(pair, &mut Locator::new(texts)))
}

/// What is shown of two editions, worked out once for every format for people.
struct Shown<'a> {
    pair: &'a Compared,
    declared: Declared<'a>,
    verdict: Verdict,
    summary: Vec<Line>,
    /// Changes of what is promised, item by item in their order.
    items: Vec<(String, Vec<&'a Change>)>,
    /// Changes of the record alone, which are only counted unless somebody asks.
    records: Vec<&'a Change>,
    /// What each edition calls its items.
    names: [HashMap<&'a str, &'a Text>; 2],
    lang: Lang,
}

impl<'a> Shown<'a> {
    fn new(pair: &'a Compared, all: bool, lang: Lang) -> Self {
        let declared = pair.declared();
        let (mut items, mut records): (Vec<(String, Vec<&Change>)>, Vec<&Change>) =
            (Vec::new(), Vec::new());
        let mut places: HashMap<String, usize> = HashMap::new();
        for change in &pair.changes {
            if change.nature.aspect() == Aspect::Record && !all {
                records.push(change);
                continue;
            }
            let item = change.item().unwrap_or("").to_owned();
            let at = *places.entry(item.clone()).or_insert(items.len());
            match items.get_mut(at) {
                Some((_, changes)) => changes.push(change),
                None => items.push((item, vec![change])),
            }
        }
        let names = [&pair.before, &pair.after].map(|edition| {
            let named = edition.items.iter().map(|item| (item.id.as_str(), &item.name));
            named.collect::<HashMap<&str, &Text>>()
        });
        let verdict = weigh(&pair.changes, &declared);
        let summary = tally(&pair.changes, &declared);
        Self { pair, declared, verdict, summary, items, records, names, lang }
    }

    /// The name of an item, as the later edition that has it writes it.
    fn name(&self, word: &str) -> String {
        let [before, after] = &self.names;
        let name = after.get(word).or_else(|| before.get(word));
        name.map(|name| self.lang.pick(name.zh.as_str(), name.en()).to_owned()).unwrap_or_default()
    }

    /// What a change is, and of which line.
    fn what(&self, change: &Change) -> String {
        let (nature, attested) = self.declared.read(change);
        let mut text = self.lang.pick(nature.zh(), nature.en()).to_owned();
        if let Some(by) = attested {
            text += &match (by, self.lang) {
                (Attested::Summary, Lang::Zh) => "（通知所述）".to_owned(),
                (Attested::Summary, Lang::En) => " (says the notice)".to_owned(),
                (Attested::Count, Lang::Zh) => "（通知所计的项数相符）".to_owned(),
                (Attested::Count, Lang::En) => " (as many as the notice counts)".to_owned(),
                (Attested::Editors, Lang::Zh) => "（编者确认）".to_owned(),
                (Attested::Editors, Lang::En) => " (say the editors)".to_owned(),
            };
        }
        if let Some(line) = self.line(change) {
            text += &format!(" {line}");
        }
        if let (Some(why), None) = (self.pair.reason(change), attested) {
            text += &match self.lang {
                Lang::Zh => format!("：{}", why.zh),
                Lang::En => format!(": {}", why.en),
            };
        }
        text
    }

    /// The provision that a change is of: its id, and its name where it has one.
    fn line(&self, change: &Change) -> Option<String> {
        match &change.side().slot {
            Slot::Provision(_, line) => {
                let named = change.side().value.as_ref().and_then(|value| match value {
                    Value::Provision(p) => p.name.as_ref(),
                    _ => None,
                });
                Some(match named {
                    Some(name) => {
                        format!("{line} {}", self.lang.pick(name.zh.as_str(), name.en()))
                    }
                    None => line.to_string(),
                })
            }
            Slot::Part(_, part) if change.nature.aspect() == Aspect::Record => {
                Some(self.lang.pick(part.zh(), part.key()).to_owned())
            }
            Slot::Head(head) => Some(self.lang.pick(head.zh(), head.key()).to_owned()),
            Slot::NotApplicable(_) => {
                Some(self.lang.pick("不适用的上级项目", "not applicable").to_owned())
            }
            Slot::Part(..) | Slot::Items | Slot::Item(_) | Slot::Provisions(_) => None,
        }
    }

    /// What stands on both sides, in words.
    fn values(&self, change: &Change) -> [Option<String>; 2] {
        let (before, after) = (change.before.value.as_ref(), change.after.value.as_ref());
        let [then, now] = words::pair(before, after);
        [
            before.map(|_| self.lang.of(&then).to_owned()),
            after.map(|_| self.lang.of(&now).to_owned()),
        ]
    }

    /// By how many per cent a number rose, with its sign.
    fn per_cent(&self, change: &Change) -> Option<String> {
        let per_cent = change.per_cent().filter(|p| !p.is_zero())?;
        Some(if per_cent.is_sign_positive() {
            format!("+{per_cent}%")
        } else {
            format!("{per_cent}%").replace('-', "−")
        })
    }

    /// Where a side stands.
    fn place(&self, change: &Change, after: bool, locator: &mut Locator<'_>) -> Option<String> {
        let (side, other, path) = match after {
            true => (&change.after, &change.before, &self.pair.after_path),
            false => (&change.before, &change.after, &self.pair.before_path),
        };
        side.value.as_ref()?;
        if self.pair.force.is_some() {
            let stands = self.pair.stands(change, after)?;
            return Some(super::in_repository(&stands.shown));
        }
        let place = Place::at(path, side.path(other));
        let shown = super::in_repository(&locator.shown(path));
        let line = locator.find(&place).map(|located| located.start.line);
        Some(line.map_or_else(|| shown.clone(), |line| format!("{shown}:{line}")))
    }

    /// Whether anybody may lose, or gains, by a change.
    fn bump(&self, change: &Change) -> Bump {
        self.declared.read(change).0.bump()
    }

    /// The computed part of the official-style summary in one sentence.
    fn computed(&self) -> Option<String> {
        let said: Vec<String> = self
            .summary
            .iter()
            .filter(|line| !line.computed.is_empty())
            .map(|line| {
                let (class, n) = (line.class, line.computed.len());
                let renamed = class == Class::Reworded && self.only_renamed();
                match (self.lang, renamed) {
                    (Lang::Zh, true) => format!("更名 {n} 项"),
                    (Lang::En, true) => format!("{n} renamed"),
                    (Lang::Zh, false) => format!("{} {n} 项", class.zh()),
                    (Lang::En, false) => format!("{n} {}", class.en()),
                }
            })
            .collect();
        (!said.is_empty()).then(|| said.join(self.lang.pick("、", ", ")))
    }

    /// Whether the class of wording holds only items that have another name.
    fn only_renamed(&self) -> bool {
        let worded = |c: &&Change| Class::counts(self.declared.read(c).0) == Some(Class::Reworded);
        self.pair.changes.iter().filter(worded).all(|c| c.nature == Nature::ItemRenamed)
    }

    /// What the notice declares and the texts do not show: each class with how many.
    fn unseen(&self) -> Vec<String> {
        let line = |line: &Line| {
            let (least, most) = line.unseen();
            if most == 0 {
                return None;
            }
            let count = if least == most { most.to_string() } else { format!("{least}–{most}") };
            let class = line.class;
            let named: Vec<&str> = line
                .named
                .iter()
                .map(|id| id.as_str())
                .filter(|id| !line.computed.contains(*id))
                .collect();
            let named = match (named.is_empty(), self.lang) {
                (true, _) => String::new(),
                (false, Lang::Zh) => format!("（点名 {}）", named.join("、")),
                (false, Lang::En) => format!(" (named: {})", named.join(", ")),
            };
            Some(match self.lang {
                Lang::Zh => format!("{} {count} 项{named}", class.zh()),
                Lang::En => format!("{count} {}{named}", class.en()),
            })
        };
        self.summary.iter().filter_map(line).collect()
    }

    /// The changes of the record alone, counted by what they are.
    fn counted_records(&self) -> Option<String> {
        let mut counts: BTreeMap<Nature, usize> = BTreeMap::new();
        for change in &self.records {
            *counts.entry(change.nature).or_default() += 1;
        }
        let said: Vec<String> = counts
            .into_iter()
            .map(|(nature, n)| match self.lang {
                Lang::Zh => format!("{} {n} 处", nature.zh()),
                Lang::En => format!("{}: {n}", nature.en()),
            })
            .collect();
        (!said.is_empty()).then(|| said.join(self.lang.pick("、", "; ")))
    }

    /// The verdict in one sentence, and whether the version admits the changes.
    fn verdict(&self) -> (String, bool) {
        let required = self.verdict.required;
        let (before, after) = (&self.pair.before.version, &self.pair.after.version);
        let admitted = self.pair.step().map(|step| step >= required);
        let text = match (self.lang, admitted, self.pair.step()) {
            (Lang::Zh, Some(true), Some(step)) => {
                format!("须升{}；{before} → {after} 升了{}，足够", required.zh(), step.zh())
            }
            (Lang::Zh, Some(false), Some(step)) => {
                format!("须升{}；{before} → {after} 只升了{}，不够", required.zh(), step.zh())
            }
            (Lang::En, Some(true), Some(step)) => format!(
                "a {required} step is required; {before} → {after} is a {step} one, and admits the changes"
            ),
            (Lang::En, Some(false), Some(step)) => {
                format!("a {required} step is required; {before} → {after} is only a {step} one")
            }
            (Lang::Zh, ..) if before == after => {
                format!("同在 {after} 版；若另立一版，须升{}", required.zh())
            }
            (Lang::En, ..) if before == after => format!(
                "both are {after}; as an edition of its own it would take a {required} step"
            ),
            (Lang::Zh, ..) => {
                format!("须升{}；而 {after} 不在 {before} 之后", required.zh())
            }
            (Lang::En, ..) => {
                format!("a {required} step is required; and {after} does not come after {before}")
            }
        };
        match (required, self.lang) {
            (Bump::None, Lang::Zh) => ("没有须升版本的变化".to_owned(), true),
            (Bump::None, Lang::En) => ("nothing requires a step of the version".to_owned(), true),
            _ => (text, admitted != Some(false)),
        }
    }

    /// The changes that require the step: each kind of them, with what it touches.
    fn reasons(&self) -> Vec<String> {
        let mut kinds: Vec<(Nature, Vec<String>)> = Vec::new();
        for because in &self.verdict.because {
            let Some(change) = self.pair.changes.get(because.change) else { continue };
            let at = match &change.side().slot {
                Slot::Provision(item, line) => format!("{item}/{line}"),
                slot => slot.item().map_or_else(|| slot.path().to_string(), str::to_owned),
            };
            match kinds.iter_mut().find(|(nature, _)| *nature == because.nature) {
                Some((_, all)) => all.push(at),
                None => kinds.push((because.nature, vec![at])),
            }
        }
        let said = |(nature, all): (Nature, Vec<String>)| match self.lang {
            Lang::Zh => format!("{}：{}", nature.zh(), all.join("、")),
            Lang::En => format!("{}: {}", nature.en(), all.join(", ")),
        };
        kinds.into_iter().map(said).collect()
    }

    /// Which editions are compared.
    fn heading(&self) -> String {
        let Compared { before, after, force, .. } = self.pair;
        if let Some(Force { asked: [before, after], .. }) = force {
            return format!("{before} → {after}");
        }
        let one = |edition: &Edition| match (&edition.label, self.lang) {
            (Some(label), Lang::Zh) => format!("{}（{label}）", edition.version),
            (Some(label), Lang::En) => format!("{} ({label})", edition.version),
            (None, _) => edition.version.to_string(),
        };
        if before.standard == after.standard {
            format!("{}  {} → {}", after.standard, one(before), one(after))
        } else {
            format!("{} {} → {} {}", before.standard, one(before), after.standard, one(after))
        }
    }

    /// That values are only the last that is known, where some are.
    fn last_known(&self) -> Option<String> {
        let [before, after] = self.pair.force.as_ref()?.last_known;
        (before + after > 0).then(|| match self.lang {
            Lang::Zh => format!(
                "其中只是最后所知（此后未跟踪文件）的：前一方 {before} 条，后一方 {after} 条"
            ),
            Lang::En => format!(
                "only the last that is known (documents were not followed since): {before} of the first side, {after} of the second"
            ),
        })
    }

    /// The later instrument from which the value before is known, in a sentence.
    fn attested(&self, change: &Change) -> Option<String> {
        let by = self.pair.attested_by(change)?;
        Some(match self.lang {
            Lang::Zh => format!("原值据后来的文件 {by} 推知"),
            Lang::En => format!("the value before is known from a later instrument, {by}"),
        })
    }
}

fn fate(fate: Fate, lang: Lang) -> &'static str {
    match fate {
        Fate::Added => lang.pick("新增", "added"),
        Fate::Changed => lang.pick("有改动", "changed"),
        Fate::Gone => lang.pick("删去", "gone"),
        Fate::Unreadable => lang.pick("无法读取", "cannot be read"),
    }
}

/// What the operations of an adjustment do, each in one line: what it was, what it becomes, and
/// from when.
fn operated(review: &Review, path: &str, lang: Lang) -> Vec<String> {
    let all = review.operated.get(path).into_iter().flatten();
    let one = |Operated { what, before, after, from }: &Operated| {
        let colon = if what.is_empty() { "" } else { lang.pick("：", ": ") };
        let mut text = format!("{what}{colon}");
        if let Some(before) = before {
            text += &format!("{} → ", lang.of(before));
        }
        text += lang.of(after);
        if let Some(from) = from {
            text += &match lang {
                Lang::Zh => format!("，自 {from} 起"),
                Lang::En => format!(", from {from} on"),
            };
        }
        text
    };
    all.map(one).collect()
}
