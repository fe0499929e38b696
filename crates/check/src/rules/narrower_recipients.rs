//! Everyone whom the place above entitles is entitled here.

use jialiang_model::date::Day;
use jialiang_model::finding::{Finding, Level};
use jialiang_model::order::Extent;
use jialiang_model::place::Place;
use jialiang_resolve::{Facts, ItemInForce, Known, Question, Said};

use crate::dated::followed;
use crate::force::{Decided, place_of};
use crate::rule::{Rule, Runs, Sink, Subject};

pub(crate) static RULE: Rule = Rule {
    name: "narrower-recipients",
    level: Level::Error,
    document: include_str!("narrower_recipients.md"),
    runs: Runs::OnDecided(check),
};

fn check(subject: &Subject<'_>, decided: &Decided<'_>, sink: &mut Sink<'_>) {
    let (Some(force), Some(parent)) = (subject.force(), decided.parent) else { return };
    let Decided { place, standard, item, .. } = *decided;
    // Who repeats the recipients above, and changes them nowhere, leaves nobody out.
    if !force.entitles((place, standard, item))
        && !force.index.rewords(parent, item, Some(standard))
    {
        return;
    }
    let facts = Facts::none();
    let at = |place: &str, valid: Day| -> ItemInForce<'_> {
        let known = Known::Latest;
        let standard = Some(standard);
        let question = Question { place, item, standard, line: None, facts: &facts, valid, known };
        force.index.item(&question)
    };
    let through = followed(&subject.loaded.registry, place, standard, Some(item));
    let mut told: Vec<(&str, &str)> = Vec::new();
    let mut days = force.days((place, standard, item));
    // Nobody could follow before it was known above: from then on it is looked at.
    let instruments = &subject.loaded.registry.instruments;
    let known = |said: Said<'_>| {
        let known = instruments.get(said.instrument_id()?)?.value.known()?;
        Day::of(known.last_day())
    };
    let more = days.iter().filter_map(|day| known(at(parent, *day).recipients?.said));
    let more: Vec<Day> = more.collect();
    days.extend(more);
    days.sort_unstable();
    days.dedup();
    for day in days {
        let (Some(here), Some(above)) = (at(place, day).recipients, at(parent, day).recipients)
        else {
            continue;
        };
        // On the day on which the place says who is entitled, it is surely so; later only as
        // far as its instruments are followed.
        let surely = here.since == Some(day) || through.is_some_and(|through| day <= through);
        let pair = (here.said.document(), above.said.document());
        let owed = known(above.said).is_some_and(|known| day < known);
        if here.place != place || !surely || owed || told.contains(&pair) {
            continue;
        }
        let (mine, theirs) = (here.value.0, above.value.0);
        if !matches!(mine.extent(theirs), Extent::Narrower | Extent::Crossing) {
            continue;
        }
        told.push(pair);
        let (ours, others) = (&mine.zh, &theirs.zh);
        sink.report(
            Finding::new(
                recipients(here.said),
                format!("“{item}”自 {day} 起的服务对象“{ours}”没有覆盖上级的“{others}”"),
                format!("the recipients of `{item}` from {day} on, `{ours}`, leave out some of those above, `{others}`"),
            )
            .arg("item", item)
            .arg("here", ours)
            .arg("above", others)
            .label("对象窄于上级", "fewer people than above")
            .help(
                "请对照两级文件：分组录漏的，补上；确实窄于上级的，须由本地扩大",
                "compare both documents: add a group that was left out; where fewer are in truth entitled, the place has to widen it",
            )
            .related(recipients(above.said), "上级的服务对象", "the recipients above"),
        );
    }
}

fn recipients(said: Said<'_>) -> Place {
    let mut place = place_of(said, None);
    if matches!(said, Said::Edition(..)) {
        place.path = place.path.join("recipients");
    }
    place
}
