//! What `jialiang diff --format json` prints, as values: read it back with these types.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use jialiang_diff::{Attested, Bump, Change, Declared, Side, tally, weigh, words};
use jialiang_model::finding::Message;
use jialiang_model::kind::Edition;
use jialiang_model::order::Why;
use jialiang_model::place::Place;
use jialiang_store::{Texts, cores};

use super::{Spot, Words, spot, words as said};
use crate::locate::Locator;
use crate::review::{Compared, Fate, Force, Operated, Review};

/// The version of this output; it rises when a reader would have to change.
pub const VERSION: u32 = 1;

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Output {
    /// The version of this output. · 输出格式版本。
    pub version: u32,
    /// Each pair of editions that was compared. · 比较的各对版本。
    pub editions: Vec<Pair>,
    /// Other documents that were added, changed or taken away. · 其他新增、改动或删去的文档。
    pub documents: Vec<Document>,
    /// What differs in force between two places, two days or two times of knowledge.
    /// · 两地、两日或两个所知时间之间现行标准的差别。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_force: Vec<InForce>,
}

/// Two sides of what is in force, and what differs between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InForce {
    /// The first side, as place@day;known=day. · 前一方。
    pub before: String,
    /// The second side. · 后一方。
    pub after: String,
    /// How many lines of the first side are only the last that is known. · 前一方中只是最后所知的条数。
    pub before_last_known: usize,
    /// How many of the second side. · 后一方中只是最后所知的条数。
    pub after_last_known: usize,
    /// What differs, item by item. · 差别，按服务项目排列。
    pub changes: Vec<Changed>,
}

/// Two editions, and what changed from the one to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pair {
    /// The first edition. · 前一版。
    pub before: Text,
    /// The second edition. · 后一版。
    pub after: Text,
    /// The step that the versions declare; none where the second is not the later one.
    /// · 版本号所升的位。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// The step that the changes require: none, patch, minor or major. · 这些变化要求升的位。
    pub required: String,
    /// The changes that require it, by their place in the list. · 理由，为变化清单中的序号。
    pub because: Vec<usize>,
    /// The official-style summary: computed and declared side by side. · 调整情况小结。
    pub summary: Vec<Class>,
    /// The changes, item by item. · 变化，按服务项目排列。
    pub changes: Vec<Changed>,
}

/// One of two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Text {
    /// The document's path. · 文档路径。
    pub document: String,
    /// The standard. · 标准。
    pub standard: String,
    /// The version. · 版本号。
    pub version: String,
    /// The label. · 通称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// One class of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Class {
    /// The class, as a declared summary writes it. · 类别。
    pub class: String,
    /// The items that are computed to be in it. · 比较所得的项目。
    pub computed: Vec<String>,
    /// How many the notice declares. · 通知所称的项数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<u32>,
    /// Which of them it names. · 通知点名的项目。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<String>,
    /// How many of the declared are not seen in the texts, at least. · 未见于文本的项数，至少。
    pub unseen_least: usize,
    /// And at most. · 未见于文本的项数，至多。
    pub unseen_most: usize,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Changed {
    /// What it is. · 变化种类。
    pub nature: String,
    /// What it is, read with what was declared, where that differs. · 据通知或编者确认的变化种类。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// Who attests that: summary, count or editors. · 由谁确认。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested: Option<String>,
    /// The step that it requires. · 要求升的位。
    pub requires: String,
    /// Why it cannot be said which way it goes. · 无法判定的原因。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<Words>,
    /// What it is by values that are only the last that is known, where that is why it is
    /// undecided; equal where they are. · 一方只是最后所知而未定的，按最后所知是哪一种变化；
    /// 相同的为 equal。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_known: Option<String>,
    /// The item. · 服务项目。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// By how many per cent a number rose. · 数值升幅（%）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_cent: Option<String>,
    /// What stood there. · 原来。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Stand>,
    /// What stands there. · 现在。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Stand>,
    /// The later instrument from which the value before is known. · 原值据以推知的后来文件。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_attested_by: Option<String>,
}

/// What stands on one side, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Stand {
    /// Where. · 位置。
    pub place: Spot,
    /// What, in words. · 内容。
    pub value: Words,
}

/// A document that was added, changed or taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// Its path. · 路径。
    pub document: String,
    /// What became of it: added, changed, gone or unreadable. · 新增、改动、删去或无法读取。
    pub fate: String,
    /// What an adjustment says now and did not before. · 调整新写的各项。
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

/// What an operation of an adjustment does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Operation {
    /// The item and the line; neither where a whole document is repealed or annulled.
    /// · 服务项目/条目；整份文件被废止、撤销的没有。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// What was there: the number that is printed, else what is in force the day before.
    /// · 原来：所印的原数，否则为前一日的现行标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Words>,
    /// What it comes to. · 改为。
    pub after: Words,
    /// From when. · 起始。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl Output {
    /// A review with its places worked out. Each pair's texts are read again, and let go when
    /// it has been told.
    pub fn new(review: &Review, texts: &Texts) -> Self {
        let (force, pairs): (Vec<&Compared>, Vec<&Compared>) =
            review.compared.iter().partition(|pair| pair.force.is_some());
        let editions = cores::of_all(&pairs, |pair| self::pair(pair, &mut Locator::new(texts)));
        let in_force = force.into_iter().filter_map(|pair| self::force(pair, texts)).collect();
        let documents = review.documents.iter().map(|(path, fate)| Document {
            document: path.to_string(),
            operations: review.operated.get(path).into_iter().flatten().map(operation).collect(),
            fate: match fate {
                Fate::Added => "added",
                Fate::Changed => "changed",
                Fate::Gone => "gone",
                Fate::Unreadable => "unreadable",
            }
            .to_owned(),
        });
        Self { version: VERSION, editions, documents: documents.collect(), in_force }
    }
}

fn operation(Operated { what, before, after, from }: &Operated) -> Operation {
    Operation {
        what: Some(what.clone()).filter(|what| !what.is_empty()),
        before: before.as_ref().map(said),
        after: said(after),
        from: from.map(|from| from.to_string()),
    }
}

fn pair(pair: &Compared, locator: &mut Locator<'_>) -> Pair {
    let declared = pair.declared();
    let verdict = weigh(&pair.changes, &declared);
    let summary = tally(&pair.changes, &declared).into_iter().map(|line| {
        let (unseen_least, unseen_most) = line.unseen();
        Class {
            class: line.class.key().to_owned(),
            computed: line.computed.iter().cloned().collect(),
            declared: line.declared,
            named: line.named.iter().map(ToString::to_string).collect(),
            unseen_least,
            unseen_most,
        }
    });
    Pair {
        before: text(&pair.before_path, &pair.before),
        after: text(&pair.after_path, &pair.after),
        declared: pair.step().map(|bump| bump.to_string()),
        required: verdict.required.to_string(),
        because: verdict.because.iter().map(|because| because.change).collect(),
        summary: summary.collect(),
        changes: pair.changes.iter().map(|c| changed(pair, &declared, c, locator)).collect(),
    }
}

fn force(pair: &Compared, texts: &Texts) -> Option<InForce> {
    let Force { asked: [before, after], places: _, last_known, unsure: _ } = pair.force.as_ref()?;
    let [before_last_known, after_last_known] = *last_known;
    let (declared, mut locator) = (Declared::default(), Locator::new(texts));
    let changes = pair.changes.iter().map(|one| changed(pair, &declared, one, &mut locator));
    Some(InForce {
        before: before.clone(),
        after: after.clone(),
        before_last_known,
        after_last_known,
        changes: changes.collect(),
    })
}

fn text(path: &str, edition: &Edition) -> Text {
    Text {
        document: path.to_owned(),
        standard: edition.standard.to_string(),
        version: edition.version.to_string(),
        label: edition.label.as_ref().map(ToString::to_string),
    }
}

fn changed(
    pair: &Compared,
    declared: &Declared<'_>,
    change: &Change,
    locator: &mut Locator<'_>,
) -> Changed {
    let (nature, attested) = declared.read(change);
    let mut stand = |side: &Side, other: &Side, path: &Arc<str>, words: &Message, after: bool| {
        side.value.as_ref()?;
        let place = match pair.stands(change, after) {
            Some(stands) => stands.spot.clone(),
            None => spot(&Place::at(path, side.path(other)), locator),
        };
        Some(Stand { place, value: said(words) })
    };
    let (x, y) = (&change.before, &change.after);
    let [then, now] = words::pair(x.value.as_ref(), y.value.as_ref());
    let before = stand(x, y, &pair.before_path, &then, false);
    let after = stand(y, x, &pair.after_path, &now, true);
    let bump: Bump = nature.bump();
    Changed {
        nature: change.nature.to_string(),
        read_as: (nature != change.nature).then(|| nature.to_string()),
        attested: attested.map(|by| {
            match by {
                Attested::Summary => "summary",
                Attested::Count => "count",
                Attested::Editors => "editors",
            }
            .to_owned()
        }),
        requires: bump.to_string(),
        undecided: pair.reason(change).map(|why| said(&why)),
        last_known: pair
            .unsure(change)
            .filter(|_| change.why == Some(Why::LastKnown))
            .map(|unsure| unsure.nature.map_or_else(|| "equal".to_owned(), |one| one.to_string())),
        item: change.item().map(str::to_owned),
        per_cent: change.per_cent().map(|p| p.to_string()),
        before,
        after,
        before_attested_by: pair.attested_by(change).map(|id| id.to_string()),
    }
}
