//! How an answer becomes words: each in Chinese and in English, side by side.

use jialiang_diff::words;
use jialiang_model::id::AgencyId;
use jialiang_model::kind::adjustment::{Size, Step};
use jialiang_model::place::{IdPath, Place};
use jialiang_model::provision::Form;
use jialiang_model::source::Source;
use jialiang_model::text::{Phrase, Text};
use jialiang_model::{Registry, kind};
use jialiang_resolve as resolve;
use jialiang_resolve::{Basis, Doubt, Mark, Nothing, Said, Stamp, Standing};

use super::answer::{
    Answer, Cited, Ended, Held, Marked, NotApplicable, NotYet, Origin, Printed, Undecided, Unknown,
};
use super::ask::Part;
use super::{Words, spot, words as said};
use crate::locate::Locator;

/// Tells answers: what they name is looked up in the registry, and where it stands in its
/// texts.
pub(super) struct Teller<'t> {
    pub(super) registry: &'t Registry,
    pub(super) locator: Locator<'t>,
}

/// A text in both languages; the Chinese where there is no English.
pub(super) fn text(text: &Text) -> Words {
    Words { zh: text.zh.to_string(), en: text.en().to_owned() }
}

/// The same words in both languages.
fn both(word: impl ToString) -> Words {
    let word = word.to_string();
    Words { zh: word.clone(), en: word }
}

fn pair(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

impl<'t> Teller<'t> {
    /// What people call a place; its id where it is not on record.
    pub(super) fn place(&self, id: &str) -> Words {
        let entry = self.registry.jurisdictions.get(id);
        entry.map_or_else(|| both(id), |entry| text(&entry.value.name))
    }

    /// An answer. `next` are the commands to try where nothing is on record.
    pub(super) fn answer(
        &mut self,
        answer: &resolve::Answer<'_>,
        next: impl Fn(&resolve::Tried<'_>) -> Vec<String>,
    ) -> Answer {
        match answer {
            resolve::Answer::Value(held) => Answer::Value(Box::new(self.held(held))),
            resolve::Answer::Undecided { candidates, why } => {
                let (word, words, by) = self.doubt(why);
                Answer::Undecided(Undecided {
                    candidates: candidates.iter().map(|held| self.held(held)).collect(),
                    why: word.to_owned(),
                    words,
                    by,
                })
            }
            resolve::Answer::NotYet { first, under } => Answer::NotYet(NotYet {
                first: Box::new(self.held(first)),
                under: under.map(ToString::to_string),
            }),
            resolve::Answer::Ended { since, by, into } => Answer::Ended(Ended {
                since: since.to_string(),
                by: Box::new(self.origin(*by, None, None)),
                into: into.iter().map(ToString::to_string).collect(),
            }),
            resolve::Answer::NotApplicable(entry, declared) => {
                Answer::NotApplicable(NotApplicable {
                    edition: entry.value.id().to_string(),
                    reason: declared.reason.as_ref().map(text),
                    source: declared.source.as_ref().map(cited),
                })
            }
            resolve::Answer::Unknown(tried) => {
                let (word, words) = self.nothing(tried);
                Answer::Unknown(Unknown {
                    why: word.to_owned(),
                    words,
                    places: tried.places.iter().map(ToString::to_string).collect(),
                    first: tried.first.as_ref().map(|first| Box::new(self.held(first))),
                    known_from: tried.known_from.map(|day| day.to_string()),
                    dimensions: tried.dimensions.iter().cloned().collect(),
                    next: next(tried),
                })
            }
        }
    }

    /// A line in force.
    pub(super) fn held(&mut self, held: &resolve::Held<'_>) -> Held {
        let form = held.form();
        let resolve::Held {
            line,
            number: _,
            place,
            said: by,
            stamp,
            since,
            until,
            followed,
            behind: _,
            marks,
        } = *held;
        let marks = marks
            .iter()
            .map(|mark| Marked { mark: mark_word(mark).to_owned(), words: self.mark(mark, held) });
        Held {
            line: line.id.to_string(),
            name: line.name.as_deref().map(text),
            number: held.value().map(|number| number.to_string()),
            unit: form.scale().map(|scale| scale.unit.to_string()),
            form: form.key().to_owned(),
            words: said(&words::form(&form)),
            since: since.map(|day| day.to_string()),
            until: until.map(|day| day.to_string()),
            followed: followed.map(|day| day.to_string()),
            marks: marks.collect(),
            origin: Box::new(self.origin(by, Some(stamp), Some(place))),
            source: held.sourced(self.registry).as_ref().map(cited),
        }
    }

    /// What said something.
    pub(super) fn origin(
        &mut self,
        by: Said<'_>,
        stamp: Option<Stamp>,
        place: Option<&str>,
    ) -> Origin {
        let (from, own, edition) = match by {
            Said::Operation(entry, _) => ("adjustment", entry.value.place(), None),
            Said::Edition(entry, _) | Said::List(entry) => {
                ("edition", entry.value.standard.place(), Some(entry.value.id().to_string()))
            }
        };
        let place = place.unwrap_or(own);
        let instrument = by.instrument(self.registry);
        let title = instrument.map(|instrument| &instrument.title).or(match by {
            Said::Operation(..) => None,
            Said::Edition(entry, _) | Said::List(entry) => Some(&entry.value.name),
        });
        let date = |of: fn(&kind::Instrument) -> Option<jialiang_model::date::PartialDate>| {
            instrument.and_then(of).map(|date| date.to_string())
        };
        let level = self.registry.jurisdictions.get(place).map(|entry| entry.value.level);
        Origin {
            place: place.to_owned(),
            place_name: self.place(place),
            level: level.map(|level| level.to_string()),
            from: from.to_owned(),
            edition,
            spot: spot(&Place::at(&by.document().into(), within(by)), &mut self.locator),
            instrument: by.instrument_id().map(ToString::to_string),
            number: instrument.and_then(|one| one.number.as_ref()).map(ToString::to_string),
            title: title.map(text),
            issued: date(|one| one.issued),
            published: date(|one| one.published),
            ordered: stamp.map(|stamp| stamp.issued.to_string()),
            known: stamp.map(|stamp| stamp.known.to_string()),
            basis: stamp.map(|stamp| basis(stamp.basis).to_owned()),
        }
    }

    /// What an edition prints beside what is in force.
    pub(super) fn printed(
        &self,
        printed: &resolve::Printed<'_>,
        answer: &resolve::Answer<'_>,
    ) -> Printed {
        let resolve::Printed { edition, item, line } = printed;
        let same = match answer {
            resolve::Answer::Value(held) => {
                let order = held.form().compare(&line.form);
                order == jialiang_model::order::Order::Equal
            }
            resolve::Answer::Undecided { .. }
            | resolve::Answer::NotYet { .. }
            | resolve::Answer::Ended { .. }
            | resolve::Answer::NotApplicable(..)
            | resolve::Answer::Unknown(_) => false,
        };
        let edition = &edition.value;
        let mut name = text(&edition.name);
        if let Some(label) = edition.label.as_ref().map(ToString::to_string) {
            for said in [&mut name.zh, &mut name.en] {
                if !said.contains(&label) {
                    *said += &format!("（{label}）");
                }
            }
        }
        Printed {
            address: format!("{}#{}/{}", edition.id(), item.id, line.id),
            edition: name,
            words: said(&words::form(&line.form)),
            same,
        }
    }

    fn mark(&self, mark: Mark, held: &resolve::Held<'_>) -> Words {
        match mark {
            Mark::Attested => pair(
                "推定：据后来的文件或载明现行标准的页面，原定此值的文件未登记",
                "attested: a later document or a dated page saw it in force; the document that set it is not on record",
            ),
            Mark::StartUnknown => pair("起始日未见记载", "since when is not on record"),
            Mark::LastKnown => {
                let file = self.registry.jurisdictions.get(held.behind);
                let file = file.map_or(held.behind, |entry| &entry.path);
                match held.followed {
                    Some(day) => pair(
                        format!("最后所知（文件跟踪至 {day}，见 {file} 的 followed）"),
                        format!(
                            "last known: instruments were followed through {day} (`followed` in {file})"
                        ),
                    ),
                    None => pair(
                        format!("最后所知（未说明文件跟踪到哪一天：请在 {file} 里写 followed）"),
                        format!(
                            "last known: it is not said through which day instruments were followed; write `followed` in {file}"
                        ),
                    ),
                }
            }
            Mark::CarriedOver => pair(
                "沿用：所定期间已过，此后未见新的规定",
                "carried over: the period for which it was set is over, and nothing on record follows",
            ),
            Mark::Temporary => pair(
                "临时：期满后恢复原标准",
                "temporary: it lapses, and what lies below shows again",
            ),
            Mark::OverBeforeIssue => {
                pair("印发时已经过去", "it was over before its document was issued")
            }
            Mark::Retroactive => {
                let day = held.stamp.known;
                match held.stamp.basis {
                    Basis::Publication => pair(
                        format!("上溯：{day} 公布，此前已生效"),
                        format!("retroactive: published on {day}, after it took effect"),
                    ),
                    Basis::Issue | Basis::Effective | Basis::Seen => pair(
                        format!("上溯：{day} 印发，此前已生效"),
                        format!("retroactive: issued on {day}, after it took effect"),
                    ),
                }
            }
            Mark::Expired => pair(
                "文件自身的有效期已过（标准不因此变动）",
                "its document's own validity has expired, which moves no value",
            ),
            Mark::AssumedKnown => pair(
                "文件的印发、公布日期均未见，按生效日计",
                "neither issue nor publication is on record: its effective day stands for both",
            ),
            Mark::Unverified => pair("尚未与来源核对", "nobody has compared it with its source"),
            Mark::Computed => {
                pair("推算所得，来源未印此数", "computed: no source prints this number")
            }
            Mark::Inherited => {
                let place = self.place(held.place);
                pair(
                    format!("本地未另定，随{}", place.zh),
                    format!("not decided here: it follows {}", place.en),
                )
            }
        }
    }

    /// A reason as a word and in words, and the documents that it names.
    fn doubt(&mut self, why: &Doubt<'_>) -> (&'static str, Words, Vec<Origin>) {
        let mut by = |all: &[Said<'_>]| -> Vec<Origin> {
            all.iter().map(|one| self.origin(*one, None, None)).collect()
        };
        match why {
            Doubt::Between => (
                "between",
                pair(
                    "后来所见的是另一个值，从哪天起改的未见记载",
                    "another value was seen later, and since when it holds is not on record",
                ),
                Vec::new(),
            ),
            Doubt::Within => (
                "within",
                pair(
                    "在此期间内某日起改变，具体日期未见记载",
                    "it begins on some day within the period, and which is not on record",
                ),
                Vec::new(),
            ),
            Doubt::SameDay(a, b) => (
                "same-day",
                pair(
                    "同日印发的两份文件都定此值，先后未说明",
                    "two documents of one day of issue set it, and neither says that it comes after",
                ),
                by(&[*a, *b]),
            ),
            Doubt::Crossing => (
                "crossing",
                pair(
                    "同一文件同日所定的两个适用范围交叉",
                    "two cells that cross were set by one document for one day",
                ),
                Vec::new(),
            ),
            Doubt::Overrun(one) => (
                "overrun",
                pair(
                    "越过了先前文件已定的后来起始日，而未说明",
                    "it runs over a later start that an earlier document has fixed, and does not say so",
                ),
                by(&[*one]),
            ),
            Doubt::Altered(step, one) => {
                let (zh, en) = stepped(*step);
                (
                    "altered",
                    pair(
                        format!("只载明调整幅度（{zh}），调整后的数未见"),
                        format!("only the change is on record ({en}), and not what came of it"),
                    ),
                    by(&[*one]),
                )
            }
            Doubt::BaseAnnulled(one) => (
                "base-annulled",
                pair("它所依据的原标准已被撤销", "what it changed was annulled"),
                by(&[*one]),
            ),
            Doubt::Inherited => (
                "inherited",
                pair(
                    "本地另有规定，从哪天起未见记载，此前随上级",
                    "the place has decided, from when is not on record; before that it follows the one above",
                ),
                Vec::new(),
            ),
            Doubt::Seen(a, b) => (
                "seen",
                pair("两处来源同日所见的值不同", "two sources saw different values on one day"),
                by(&[*a, *b]),
            ),
            Doubt::Base(line) => {
                let base = match &line.form {
                    Form::Share(share, _) => share.of.to_string(),
                    _ => line.id.to_string(),
                };
                (
                    "base",
                    pair(
                        format!("按“{base}”的比例确定，而后者未定或没有数值"),
                        format!(
                            "it is a share of `{base}`, which is itself undecided or has no number"
                        ),
                    ),
                    Vec::new(),
                )
            }
            Doubt::Cycle(lines) => {
                let way = lines.join(" → ");
                (
                    "cycle",
                    pair(
                        format!("按自身的比例确定，循环：{way}"),
                        format!("it is a share of itself: {way}"),
                    ),
                    Vec::new(),
                )
            }
        }
    }

    /// Why there is nothing, as a word and in words.
    fn nothing(&self, tried: &resolve::Tried<'_>) -> (&'static str, Words) {
        let places: Vec<Words> = tried.places.iter().map(|id| self.place(id)).collect();
        let zh: Vec<&str> = places.iter().map(|name| &*name.zh).collect();
        let en: Vec<&str> = places.iter().map(|name| &*name.en).collect();
        let (zh, en) = (zh.join("、"), en.join(", "));
        match tried.why {
            Nothing::Place => {
                ("place", pair("没有这个行政区划的记载", "no such place is on record"))
            }
            Nothing::Item => (
                "item",
                pair(
                    format!("{zh}都没有这个服务项目的记载"),
                    format!("no such item is on record in {en}"),
                ),
            ),
            Nothing::Line => (
                "line",
                pair(
                    format!("{zh}都没有这条标准的记载"),
                    format!("no such line is on record in {en}"),
                ),
            ),
            Nothing::Ambiguous => (
                "ambiguous",
                pair(
                    "两部标准都有这个项目标识，请用 --standard 指明",
                    "two works have an item of that id: name one with --standard",
                ),
            ),
            Nothing::Facts => (
                "facts",
                pair(
                    "没有哪一条适用于所说的情形",
                    "no line holds for what is said of the person or the case",
                ),
            ),
            Nothing::Absent => ("absent", self.absent(tried)),
            Nothing::Record => (
                "record",
                pair(
                    format!("{zh}都没有关于这一天的记载；没有记载不等于没有规定"),
                    format!(
                        "nothing on record in {en} speaks of that day, which does not mean that nothing held"
                    ),
                ),
            ),
        }
    }

    /// Which place is not there on that day, and from when to when it is, as its source has it.
    fn absent(&self, tried: &resolve::Tried<'_>) -> Words {
        let Some(resolve::Absent { place, .. }) = tried.absent else {
            return pair("这一天没有这个行政区划", "the place is not there on that day");
        };
        let entry = self.registry.jurisdictions.get(place);
        let (from, until) = entry.map_or((None, None), |one| (one.value.from, one.value.until));
        let name = self.place(place);
        let (zh, en) = match (from, until) {
            (Some(from), Some(until)) => (
                format!("自 {from} 才有，自 {until} 已不存在"),
                format!("is there only from {from}, and no more from {until} on"),
            ),
            (Some(from), None) => (format!("自 {from} 才有"), format!("is there only from {from}")),
            (None, Some(until)) => {
                (format!("自 {until} 已不存在"), format!("is no more from {until} on"))
            }
            (None, None) => ("这一天不存在".to_owned(), "is not there on that day".to_owned()),
        };
        if tried.places.first() == Some(&place) {
            let zh = format!("{}{zh}：这一天它没有规定可言", name.zh);
            return pair(zh, format!("{} {en}: on that day nothing is decided there", name.en));
        }
        pair(
            format!("{}{zh}：这一天上面是谁，没有记载", name.zh),
            format!("{} {en}: what stood above on that day is not on record", name.en),
        )
    }
}

/// Where in its document something stands that is said.
pub(crate) fn within(by: Said<'_>) -> IdPath {
    match by {
        Said::Operation(entry, operation) => {
            let mut all = entry.value.operations.iter();
            let at = all.position(|one| std::ptr::eq(one, operation));
            // A list of what has no id is walked by numbers.
            let word = at.map(|at| format!("[{at}]"));
            std::iter::once("operations".to_owned()).chain(word).collect()
        }
        Said::Edition(_, item) => ["items", item.id.as_str()].iter().collect(),
        Said::List(_) => IdPath::root(),
    }
}

/// A source for programs.
pub(super) fn cited(source: &Source) -> Cited {
    let Source { instrument: _, url, at, excerpt, verified, note } = source;
    Cited {
        url: url.as_ref().map(ToString::to_string),
        at: at.as_ref().map(ToString::to_string),
        excerpt: excerpt.as_ref().map(ToString::to_string),
        verified: *verified,
        note: note.as_ref().map(ToString::to_string),
    }
}

/// A mark, as a word.
pub(super) const fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Attested => "attested",
        Mark::StartUnknown => "start-unknown",
        Mark::LastKnown => "last-known",
        Mark::CarriedOver => "carried-over",
        Mark::Temporary => "temporary",
        Mark::OverBeforeIssue => "over-before-issue",
        Mark::Retroactive => "retroactive",
        Mark::Expired => "expired",
        Mark::AssumedKnown => "assumed-known",
        Mark::Unverified => "unverified",
        Mark::Computed => "computed",
        Mark::Inherited => "inherited",
    }
}

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Issue => "issue",
        Basis::Publication => "publication",
        Basis::Effective => "effective",
        Basis::Seen => "seen",
    }
}

/// A step, such as +10%.
fn stepped(Step { size, rounding: _ }: Step) -> (String, String) {
    let signed = |number: jialiang_model::number::Number| {
        let text = number.to_string();
        if text.starts_with('-') { text } else { format!("+{text}") }
    };
    let text = match size {
        Size::Amount(number) => signed(number),
        Size::Percent(number) => format!("{}%", signed(number)),
    };
    (text.clone(), text)
}

impl Teller<'_> {
    /// What people call an item in force, and the parts of it that are in force beside its
    /// lines, each with what said it.
    pub(super) fn item(
        &mut self,
        force: &resolve::InForce<'_>,
        question: &resolve::Question<'_>,
        parts: bool,
    ) -> (Words, Vec<Part>) {
        let resolve::ItemInForce {
            standing,
            name,
            recipients,
            content,
            responsibility,
            lead_agencies,
        } = force.item(question);
        let called = match name {
            Some(told) => text(told.value),
            None => self.called(question.item),
        };
        let mut all = Vec::new();
        if !parts {
            return (called, all);
        }
        match standing {
            Standing::Stands(_) | Standing::Unknown => {}
            Standing::Retired(told, into) => {
                let into: Vec<&str> = into.iter().map(|id| id.as_str()).collect();
                let (mut zh, mut en) = ("已取消".to_owned(), "retired".to_owned());
                if let Some(since) = told.since {
                    zh += &format!("：{since} 起");
                    en += &format!(" since {since}");
                }
                if !into.is_empty() {
                    zh += &format!("，由 {} 接续", into.join("、"));
                    en += &format!(", and goes on as {}", into.join(", "));
                }
                all.push(self.part("standing", pair(zh, en), &told));
            }
            Standing::NotApplicable(told) => {
                let words = match &told.value.reason {
                    Some(why) => pair(
                        format!("在此地不适用：{}", why.zh),
                        format!("not applicable here: {}", why.en()),
                    ),
                    None => pair("在此地不适用", "not applicable here"),
                };
                all.push(self.part("standing", words, &told));
            }
        }
        if let Some(told) = &recipients {
            let (recipients, direction) = told.value;
            let mut words = phrases(&recipients.zh, recipients.en.as_ref());
            if let Some(direction) = direction {
                words.zh += &format!("（范围{}）", direction.zh());
                words.en += &format!(" ({direction})");
            }
            all.push(self.part("recipients", words, told));
        }
        if let Some(told) = &content {
            all.push(self.part("content", text(told.value), told));
        }
        if let Some(told) = &responsibility {
            let words = phrases(&told.value.zh, told.value.en.as_ref());
            all.push(self.part("responsibility", words, told));
        }
        if let Some(told) = &lead_agencies {
            let words = agencies_of(self.registry, told.value);
            all.push(self.part("lead-agencies", words, told));
        }
        (called, all)
    }

    /// What the latest document that has an item calls it, of days for which no name is on
    /// record; its id where none has it.
    fn called(&self, item: &str) -> Words {
        let editions = self.registry.editions.values().rev().flat_map(|entry| &entry.value.items);
        let mut printed = editions.filter(|one| one.id.as_str() == item).map(|one| &one.name);
        let adjustments = self.registry.adjustments.values().rev();
        let operations = adjustments.flat_map(|entry| &entry.value.operations);
        let mut added = operations.filter_map(|operation| match &operation.act {
            kind::adjustment::Act::Add(one) if one.id.as_str() == item => Some(&one.name),
            _ => None,
        });
        printed.next().or_else(|| added.next()).map_or_else(|| both(item), text)
    }

    fn part<T>(&mut self, part: &str, words: Words, told: &resolve::Told<'_, T>) -> Part {
        let origin = self.origin(told.said, None, Some(told.place));
        let since = told.since.map(|day| day.to_string());
        Part { part: part.to_owned(), words, since, origin: Some(origin) }
    }
}

fn phrases(zh: &Phrase, en: Option<&Phrase>) -> Words {
    pair(zh.as_str(), en.unwrap_or(zh).as_str())
}

/// Agencies by name, in their order.
fn agencies_of(registry: &Registry, ids: &[AgencyId]) -> Words {
    let one = |id: &AgencyId| {
        let place = registry.jurisdictions.get(id.place());
        let agency = place.and_then(|place| {
            place.value.agencies.iter().find(|agency| agency.id.as_str() == id.name())
        });
        agency.map_or_else(|| both(id), |agency| text(&agency.name))
    };
    let names: Vec<Words> = ids.iter().map(one).collect();
    let zh: Vec<&str> = names.iter().map(|name| &*name.zh).collect();
    let en: Vec<&str> = names.iter().map(|name| &*name.en).collect();
    pair(zh.join("、"), en.join("; "))
}
