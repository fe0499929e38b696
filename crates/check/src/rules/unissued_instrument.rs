//! What is on record as issued or published has been.

use jialiang_model::finding::{Finding, Level};

use crate::rule::{Rule, Runs, Sink, Subject, place};

pub(crate) static RULE: Rule = Rule {
    name: "unissued-instrument",
    level: Level::Warning,
    document: include_str!("unissued_instrument.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(today) = subject.on else { return };
    let registry = &subject.loaded.registry;
    for entry in registry.instruments.values() {
        let instrument = &entry.value;
        let dates = [("issued", instrument.issued), ("published", instrument.published)];
        // Of a month that has begun it may have been any day.
        let day = |date: jialiang_model::date::PartialDate| date.first_day() > today.date();
        let first =
            dates.into_iter().find_map(|(key, date)| Some((key, date.filter(|d| day(*d))?)));
        let Some((key, date)) = first else { continue };
        // What is only planned rests on a day that is only planned.
        let mut rest = registry
            .adjustments
            .values()
            .filter(|one| one.value.instrument.as_ref() == Some(&instrument.id))
            .map(|one| one.value.draft == Some(true))
            .chain(
                registry
                    .editions
                    .values()
                    .filter(|one| one.value.instrument.as_ref() == Some(&instrument.id))
                    .map(|one| one.value.draft == Some(true)),
            )
            .peekable();
        if rest.peek().is_some() && rest.all(|draft| draft) {
            continue;
        }
        let (zh, en) = if key == "issued" { ("印发", "issued") } else { ("公布", "published") };
        sink.report(
            Finding::new(
                place(&entry.path, &[key]),
                format!("{zh}日期 {date} 还没有到（今天 {today}）"),
                format!("it is {en} on {date}, which has not come (today is {today})"),
            )
            .arg("date", date)
            .arg("today", today)
            .label("日期还没有到", "a day to come")
            .help(
                "请核对日期；还没有印发的，不写 issued 和 published，所作调整标为草案（\"draft\": true）",
                "look at the day; of a document that has not been issued leave out `issued` and `published`, and mark what it adjusts as a draft (\"draft\": true)",
            ),
        );
    }
}
