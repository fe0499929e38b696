//! Answers of what is in force in words, for every format for people.

use std::collections::BTreeMap;

use jialiang_check::output::Words;
use jialiang_check::output::answer::{Answer, Cited, Held, Marked, NotApplicable, Origin, Printed};
use jialiang_model::date::Day;
use jialiang_model::kind::jurisdiction::Level;
use jialiang_page::MARK;

use crate::lang::Lang;

/// A label, and what stands beside it.
pub(super) type Fact = (&'static str, String);

/// Words in the language.
pub(super) fn of(words: &Words, lang: Lang) -> &str {
    lang.pick(&words.zh, &words.en)
}

/// The last day before a day, as people write the end of a period.
pub(super) fn last(until: &str) -> String {
    let day = Day::parse(until).map(Day::date);
    let last = day.and_then(|day| day.pred_opt());
    last.map_or_else(|| until.to_owned(), |day| day.to_string())
}

/// From when, through when.
pub(super) fn days(since: Option<&str>, until: Option<&str>, lang: Lang) -> String {
    let last = until.map(last);
    match (since, last, lang) {
        (Some(since), Some(last), Lang::Zh) => format!("{since} 至 {last}"),
        (Some(since), Some(last), Lang::En) => format!("{since} to {last}"),
        (Some(since), None, Lang::Zh) => format!("{since} 起"),
        (Some(since), None, Lang::En) => format!("since {since}"),
        (None, Some(last), Lang::Zh) => format!("至 {last}，起始日未见记载"),
        (None, Some(last), Lang::En) => format!("to {last}; since when is not on record"),
        (None, None, Lang::Zh) => "起始日未见记载".to_owned(),
        (None, None, Lang::En) => "since when is not on record".to_owned(),
    }
}

/// For whom, as it is typed behind `--with`.
pub(super) fn cell(cell: &BTreeMap<String, String>) -> String {
    let all: Vec<String> = cell.iter().map(|(name, value)| format!("{name}={value}")).collect();
    all.join(",")
}

/// Whether a value has a mark.
fn has(held: &Held, mark: &str) -> bool {
    held.marks.iter().any(|one| one.mark == mark)
}

/// A value in a few words, with a mark where nobody compared it with its source.
pub(super) fn value(held: &Held, lang: Lang) -> String {
    let mark = if has(held, "unverified") { MARK } else { "" };
    format!("{}{mark}", of(&held.words, lang))
}

/// An answer in one line.
pub(super) fn headline(answer: &Answer, lang: Lang) -> String {
    match answer {
        Answer::Value(held) => value(held, lang),
        Answer::Undecided(undecided) => {
            let mut all: Vec<String> = Vec::new();
            for held in &undecided.candidates {
                let one = value(held, lang);
                if !all.contains(&one) {
                    all.push(one);
                }
            }
            match (all.is_empty(), lang) {
                (true, Lang::Zh) => "未定".to_owned(),
                (true, Lang::En) => "undecided".to_owned(),
                (false, Lang::Zh) => format!("未定：{}", all.join(" 或 ")),
                (false, Lang::En) => format!("undecided: {}", all.join(" or ")),
            }
        }
        Answer::NotYet(not_yet) => {
            let first = value(&not_yet.first, lang);
            match (&not_yet.first.since, lang) {
                (Some(since), Lang::Zh) => format!("尚未开始：{since} 起 {first}"),
                (Some(since), Lang::En) => format!("not yet: {first} since {since}"),
                (None, Lang::Zh) => format!("尚未开始：以后为 {first}"),
                (None, Lang::En) => format!("not yet: {first} later"),
            }
        }
        Answer::Ended(ended) => match lang {
            Lang::Zh => format!("已停止：{} 起", ended.since),
            Lang::En => format!("ended: since {}", ended.since),
        },
        Answer::NotApplicable(_) => lang.pick("不适用", "not applicable").to_owned(),
        Answer::Unknown(unknown) => {
            let since = unknown.first.as_ref().and_then(|first| first.since.as_ref());
            match (since, lang) {
                (None, Lang::Zh) => "库中无记载".to_owned(),
                (None, Lang::En) => "not on record".to_owned(),
                (Some(since), Lang::Zh) => format!("库中无记载（{since} 起有记载）"),
                (Some(since), Lang::En) => format!("not on record (on record from {since} on)"),
            }
        }
    }
}

/// An answer in one line, with a word beside a value that is only the last one known.
pub(super) fn now(answer: &Answer, lang: Lang) -> String {
    let last = matches!(answer, Answer::Value(held) if has(held, "last-known"));
    let mark = if last { lang.pick("（最后所知）", " (last known)") } else { "" };
    format!("{}{mark}", headline(answer, lang))
}

/// An answer in a word or a number: what a picture or a column has room for.
pub(super) fn short(answer: &Answer, lang: Lang) -> String {
    let held = |held: &Held| match &held.number {
        Some(number) => number.clone(),
        None => of(&held.words, lang).to_owned(),
    };
    match answer {
        Answer::Value(one) => held(one),
        Answer::Undecided(undecided) => {
            let mut all: Vec<String> = Vec::new();
            for one in undecided.candidates.iter().map(held) {
                if !all.contains(&one) {
                    all.push(one);
                }
            }
            all.join("/") + "?"
        }
        Answer::NotYet(_) => lang.pick("未开始", "not yet").to_owned(),
        Answer::Ended(_) => lang.pick("停止", "ended").to_owned(),
        Answer::NotApplicable(_) => lang.pick("不适用", "n/a").to_owned(),
        Answer::Unknown(_) => "—".to_owned(),
    }
}

/// A title in the marks of the language.
fn titled(title: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh if !title.starts_with('《') => format!("《{title}》"),
        Lang::Zh | Lang::En => title.to_owned(),
    }
}

/// Who said it, and by which document.
pub(super) fn origin(origin: &Origin, lang: Lang) -> String {
    let level = origin.level.as_deref().and_then(Level::parse);
    let level = level.map_or("", |level| lang.pick(level.zh(), level.as_str()));
    let place = of(&origin.place_name, lang);
    let (open, close) = (lang.pick("（", " ("), lang.pick("）", ")"));
    let mut text = place.to_owned();
    if !level.is_empty() {
        text += &format!("{open}{level}{close}");
    }
    text += lang.pick("：", ": ");
    match &origin.title {
        Some(title) => text += &titled(of(title, lang), lang),
        None => text += &origin.spot.document,
    }
    if let Some(number) = &origin.number {
        text += &format!("{open}{number}{close}");
    }
    if let Some(issued) = &origin.issued {
        text += &match lang {
            Lang::Zh => format!("，{issued} 印发"),
            Lang::En => format!(", issued {issued}"),
        };
    }
    if let Some(published) =
        origin.published.as_ref().filter(|one| origin.issued != Some((*one).clone()))
    {
        text += &match lang {
            Lang::Zh => format!("，{published} 公布"),
            Lang::En => format!(", published {published}"),
        };
    }
    text
}

/// From when the public knew it, and on what that rests.
fn known(origin: &Origin, lang: Lang) -> Option<String> {
    let day = origin.known.as_deref()?;
    let basis = match origin.basis.as_deref()? {
        "issue" => lang.pick("按印发日期", "its issue"),
        "publication" => lang.pick("按公布日期", "its publication"),
        "effective" => lang.pick(
            "按生效日期，印发和公布日期未见",
            "its effective day, for neither issue nor publication is on record",
        ),
        _ => lang.pick("按所见之日", "the day on which it was seen in force"),
    };
    Some(match lang {
        Lang::Zh => format!("{day} 起为公众所知（{basis}）"),
        Lang::En => format!("since {day} ({basis})"),
    })
}

pub(super) fn source(cited: &Cited, lang: Lang) -> String {
    let Cited { url, at, excerpt, verified, note } = cited;
    let mut all: Vec<String> = url.iter().chain(at).cloned().collect();
    let marks = |text: &String| match lang {
        Lang::Zh => format!("“{text}”"),
        Lang::En => format!("\u{201c}{text}\u{201d}"),
    };
    all.extend(excerpt.as_ref().map(marks));
    all.extend(note.clone());
    let checked = match verified {
        true => lang.pick("已核对", "verified"),
        false => lang.pick("未核对", "not verified"),
    };
    all.push(checked.to_owned());
    all.join(lang.pick("；", "; "))
}

/// Everything that must be said of a value.
fn held(held: &Held, lang: Lang) -> Vec<Fact> {
    let mut all =
        vec![(lang.pick("期间", "days"), days(held.since.as_deref(), held.until.as_deref(), lang))];
    // The document that attests a value did not set it.
    let by = match has(held, "attested") {
        true => lang.pick("见于", "seen in"),
        false => lang.pick("规定", "set by"),
    };
    all.push((by, origin(&held.origin, lang)));
    all.extend(known(&held.origin, lang).map(|text| (lang.pick("所知", "known"), text)));
    all.extend(held.source.as_ref().map(|one| (lang.pick("来源", "source"), source(one, lang))));
    for Marked { mark, words } in &held.marks {
        // The source says it already; so do the days.
        let said = mark == "unverified" && held.source.is_some()
            || mark == "start-unknown" && held.since.is_none();
        if !said {
            all.push((lang.pick("说明", "note"), of(words, lang).to_owned()));
        }
    }
    all
}

/// A value with its days and who said it, in one line: one of several.
fn candidate(held: &Held, lang: Lang) -> String {
    let days = days(held.since.as_deref(), held.until.as_deref(), lang);
    match lang {
        Lang::Zh => format!("{}（{days}）——{}", value(held, lang), origin(&held.origin, lang)),
        Lang::En => format!("{} ({days}) — {}", value(held, lang), origin(&held.origin, lang)),
    }
}

/// Everything that must be said of an answer, below its one line.
pub(super) fn facts(answer: &Answer, lang: Lang) -> Vec<Fact> {
    let note = lang.pick("说明", "note");
    match answer {
        Answer::Value(one) => held(one, lang),
        Answer::Undecided(undecided) => {
            let mut all = vec![(lang.pick("原因", "why"), of(&undecided.words, lang).to_owned())];
            all.extend(undecided.by.iter().map(|by| (lang.pick("依据", "by"), origin(by, lang))));
            let candidates = undecided.candidates.iter();
            all.extend(candidates.map(|one| (lang.pick("可能", "may be"), candidate(one, lang))));
            all
        }
        Answer::NotYet(not_yet) => {
            let mut all = held(&not_yet.first, lang);
            all.extend(not_yet.under.as_ref().map(|item| {
                let text = match lang {
                    Lang::Zh => format!("此前的日期见项目 {item}"),
                    Lang::En => format!("earlier days are answered under {item}"),
                };
                (note, text)
            }));
            all
        }
        Answer::Ended(ended) => {
            let mut all = vec![(lang.pick("依据", "by"), origin(&ended.by, lang))];
            if !ended.into.is_empty() {
                let into = ended.into.join(lang.pick("、", ", "));
                all.push((lang.pick("接续", "goes on as"), into));
            }
            all
        }
        Answer::NotApplicable(declared) => {
            let mut all = vec![(lang.pick("依据", "by"), declared.edition.clone())];
            let reason = declared.reason.as_ref();
            all.extend(reason.map(|why| (lang.pick("理由", "why"), of(why, lang).to_owned())));
            let cited = declared.source.as_ref();
            all.extend(cited.map(|one| (lang.pick("来源", "source"), source(one, lang))));
            all
        }
        Answer::Unknown(unknown) => {
            let mut all = vec![(note, of(&unknown.words, lang).to_owned())];
            let first = unknown.first.as_deref();
            all.extend(first.map(|one| (lang.pick("最早", "first"), candidate(one, lang))));
            all.extend(unknown.known_from.as_ref().map(|day| {
                let text = match lang {
                    Lang::Zh => format!("{day} 起才有所知"),
                    Lang::En => format!("something is known of it since {day}"),
                };
                (note, text)
            }));
            for (dimension, values) in &unknown.dimensions {
                let text = format!("{dimension}={}", values.join("|"));
                all.push((lang.pick("情形", "facts"), text));
            }
            all.extend(unknown.next.iter().map(|next| (lang.pick("可试", "try"), next.clone())));
            all
        }
    }
}

/// What holds by verified documents alone, beside a value that is unverified.
pub(super) fn last_verified(all: &[Held], lang: Lang) -> Vec<Fact> {
    let label = lang.pick("已核对", "verified");
    if all.is_empty() {
        let none = lang
            .pick("没有：这一天没有已核对的值", "none: no verified value of that day is on record");
        return vec![(label, none.to_owned())];
    }
    all.iter().map(|one| (label, candidate(one, lang))).collect()
}

/// What the edition prints beside what is in force.
pub(super) fn printed(printed: &Printed, answer: &Answer, lang: Lang) -> String {
    let edition = of(&printed.edition, lang);
    let words = of(&printed.words, lang);
    // Beside no value there is nothing from which it could differ.
    if !matches!(answer, Answer::Value(_) | Answer::Undecided(_)) {
        return match lang {
            Lang::Zh => format!("{words}（{edition}）"),
            Lang::En => format!("{words} ({edition})"),
        };
    }
    match (printed.same, lang) {
        (true, Lang::Zh) => format!("{words}（{edition}），与现行一致"),
        (true, Lang::En) => format!("{words} ({edition}), as is in force"),
        (false, Lang::Zh) => format!("{words}（{edition}），与现行不同"),
        (false, Lang::En) => format!("{words} ({edition}), which is not what is in force"),
    }
}

/// The one line and the days of an answer's origin, for columns.
pub(super) fn by(answer: &Answer) -> Option<&Origin> {
    match answer {
        Answer::Value(held) => Some(&held.origin),
        Answer::NotYet(not_yet) => Some(&not_yet.first.origin),
        Answer::Ended(ended) => Some(&ended.by),
        Answer::Undecided(_) | Answer::NotApplicable(_) | Answer::Unknown(_) => None,
    }
}

/// Why an item is not applicable, where it is said.
pub(super) fn because(declared: &NotApplicable, lang: Lang) -> String {
    match &declared.reason {
        Some(reason) => of(reason, lang).to_owned(),
        None => lang.pick("未写理由", "no reason is given").to_owned(),
    }
}

/// The marks of an answer in short, for columns.
pub(super) fn marks(answer: &Answer, lang: Lang) -> String {
    let held = match answer {
        Answer::Value(held) => held,
        Answer::Undecided(undecided) => return of(&undecided.words, lang).to_owned(),
        Answer::NotYet(not_yet) => &not_yet.first,
        Answer::NotApplicable(declared) => return because(declared, lang),
        Answer::Ended(_) | Answer::Unknown(_) => return String::new(),
    };
    let one = |mark: &Marked| match mark.mark.as_str() {
        "attested" => lang.pick("推定", "attested").to_owned(),
        "start-unknown" => lang.pick("起始不详", "start unknown").to_owned(),
        "last-known" => match &held.followed {
            Some(day) => format!(
                "{}{day}{}",
                lang.pick("最后所知（跟踪至 ", "last known (followed through "),
                lang.pick("）", ")")
            ),
            None => lang.pick("最后所知", "last known").to_owned(),
        },
        "carried-over" => lang.pick("沿用", "carried over").to_owned(),
        "temporary" => lang.pick("临时", "temporary").to_owned(),
        "over-before-issue" => lang.pick("印发时已过", "over before issue").to_owned(),
        "retroactive" => lang.pick("上溯", "retroactive").to_owned(),
        "expired" => lang.pick("文件已过有效期", "document expired").to_owned(),
        "assumed-known" => lang.pick("印发日不详", "issue unknown").to_owned(),
        "unverified" => lang.pick("未核对", "unverified").to_owned(),
        "computed" => lang.pick("推算", "computed").to_owned(),
        "inherited" => lang.pick("随上级", "inherited").to_owned(),
        other => other.to_owned(),
    };
    held.marks.iter().map(one).collect::<Vec<_>>().join(lang.pick("、", ", "))
}
