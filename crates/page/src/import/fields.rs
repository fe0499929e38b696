//! Cells into fields: agencies by their names, payers by the words, a category by its heading.

use jialiang_model::Registry;
use jialiang_model::fold::fold;
use jialiang_model::id::{AgencyId, Id};
use jialiang_model::item::Payer;
use jialiang_model::kind::jurisdiction::{Agency, Level};
use jialiang_model::kind::{Jurisdiction, Standard};
use jialiang_model::source::Source;
use jialiang_model::text::Phrase;

use super::ids::nearest;
use super::rows::unnumbered;
use crate::columns;

/// A cell of several lines as one: lines that end without a stop get one.
pub(super) fn phrase(text: &str) -> Phrase {
    let mut line = String::with_capacity(text.len());
    for part in text.split('\n').map(|part| part.trim_matches([' ', '\u{3000}', '\t'])) {
        if part.is_empty() {
            continue;
        }
        if !line.is_empty()
            && !line.ends_with(['。', '；', '，', '、', '：', '！', '？', ';', ',', ':'])
        {
            line.push('；');
        }
        line.push_str(part);
    }
    Phrase::line(&line)
}

/// Whether a cell says that nothing stands there, or that it is not known.
pub(super) fn is_blank(text: &str) -> bool {
    matches!(text, "" | columns::UNSEEN | columns::NOTHING | "-" | "－" | "/" | "无")
}

/// The place of a standard, then those above it, then the nation.
pub(super) fn places<'a>(registry: &'a Registry, standard: &Standard) -> Vec<&'a Jurisdiction> {
    let mut places: Vec<&Jurisdiction> = Vec::new();
    let mut at = Id::parse(standard.id.place());
    while let Some(place) = at.as_ref().and_then(|id| registry.jurisdictions.get(id)) {
        let place = &*place.value;
        // A place above itself is for a rule to find.
        if places.iter().any(|one| one.id == place.id) {
            break;
        }
        places.push(place);
        at = place.parent.clone();
    }
    let nations = registry.jurisdictions.values().map(|entry| &*entry.value);
    for nation in nations.filter(|place| place.level == Level::Nation) {
        if !places.iter().any(|one| one.id == nation.id) {
            places.push(nation);
        }
    }
    places
}

/// What a name of an agency was read as.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// The agency of that name.
    Agency(AgencyId),
    /// The agency whose name it is without that of its place, and the whole name.
    Short(AgencyId, String),
    /// None on record; the name there that is most like it.
    Unknown(Option<String>),
}

/// Agencies by name, in their order.
pub(super) fn agencies(places: &[&Jurisdiction], text: &str) -> Vec<(String, Read)> {
    let all = || places.iter().flat_map(|place| place.agencies.iter().map(move |a| (*place, a)));
    let names = text.split(['、', '，', ',', '；', ';', '\n']).map(str::trim);
    let read = |name: &str| {
        let word = fold(name);
        let id = |(place, agency): (&Jurisdiction, &Agency)| {
            let id = AgencyId::parse(&format!("{}/{}", place.id, agency.id))?;
            Some((id, agency.name.zh.to_string()))
        };
        let named = all().find(|(_, agency)| fold(agency.name.zh.as_str()) == word).and_then(id);
        if let Some(id) = named.map(|(id, _)| id).or_else(|| AgencyId::parse(name)) {
            return Read::Agency(id);
        }
        // 市民政局, in the table of 天津市, is 天津市民政局.
        let short = all().find(|(place, agency)| {
            let level = place.name.zh.as_str().chars().next_back();
            let whole =
                format!("{}{name}", place.name.zh.as_str().trim_end_matches(|c| Some(c) == level));
            level.is_some_and(|level| name.starts_with(level))
                && fold(agency.name.zh.as_str()) == fold(&whole)
        });
        if let Some((id, whole)) = short.and_then(id) {
            return Read::Short(id, whole);
        }
        let near = nearest(name, all().map(|(_, agency)| agency.name.zh.as_str()));
        Read::Unknown(near.map(str::to_owned))
    };
    names.filter(|name| !name.is_empty()).map(|name| (name.to_owned(), read(name))).collect()
}

/// Who pays, where the words say nothing else; nobody where they do.
pub(super) fn payers(text: &str, place: Option<&Jurisdiction>) -> Vec<Payer> {
    let city = match place {
        Some(place) if place.level == Level::Province => {
            match place.name.zh.as_str().ends_with('市') {
                true => Payer::Province,
                false => Payer::Prefecture,
            }
        }
        Some(_) | None => Payer::Prefecture,
    };
    let words: &[(&str, Option<Payer>)] = &[
        ("中央财政", Some(Payer::Central)),
        ("中央", Some(Payer::Central)),
        ("地方财政", Some(Payer::Local)),
        ("地方人民政府", Some(Payer::Local)),
        ("地方政府", Some(Payer::Local)),
        ("地方", Some(Payer::Local)),
        ("省级财政", Some(Payer::Province)),
        ("省财政", Some(Payer::Province)),
        ("省级", Some(Payer::Province)),
        ("自治区财政", Some(Payer::Province)),
        ("市级财政", Some(city)),
        ("市财政", Some(city)),
        ("市级", Some(city)),
        ("县级财政", Some(Payer::County)),
        ("区级财政", Some(Payer::County)),
        ("区县财政", Some(Payer::County)),
        ("区财政", Some(Payer::County)),
        ("县级", Some(Payer::County)),
        ("区级", Some(Payer::County)),
        ("用人单位", Some(Payer::Employer)),
        ("个人", Some(Payer::Individual)),
        ("共同承担", None),
        ("共同负担", None),
        ("共同分担", None),
        ("按比例", None),
        ("支出责任", None),
        ("承担", None),
        ("负担", None),
        ("分担", None),
        ("负责", None),
        ("由", None),
        ("和", None),
        ("与", None),
        ("及", None),
        ("、", None),
        ("，", None),
        ("。", None),
    ];
    let (mut rest, mut payers) = (text.trim(), Vec::new());
    while !rest.is_empty() {
        let next = words
            .iter()
            .find_map(|(word, payer)| rest.strip_prefix(word).map(|rest| (rest, *payer)));
        let Some((left, payer)) = next else { return Vec::new() };
        if let Some(payer) = payer.filter(|payer| !payers.contains(payer)) {
            payers.push(payer);
        }
        rest = left;
    }
    payers
}

/// The category under two headings, by names or by its id.
pub(super) fn category(
    taxonomy: Option<&Standard>,
    area: Option<&str>,
    category: Option<&str>,
) -> Option<Id> {
    let named = |text: &str, name: &Phrase, id: &Id| {
        text == id.as_str()
            || fold(unnumbered(text)) == fold(name.as_str())
            || fold(text) == fold(name.as_str())
    };
    let areas = || taxonomy.iter().flat_map(|standard| &standard.areas);
    let in_area =
        || areas().filter(|one| area.is_none_or(|area| named(area, &one.name.zh, &one.id)));
    let text = match category {
        Some(text) => text,
        // An area of one category.
        None => {
            let mut all = area.iter().flat_map(|_| in_area()).flat_map(|area| &area.categories);
            return match (all.next(), all.next()) {
                (Some(only), None) => Some(only.id.clone()),
                _ => None,
            };
        }
    };
    let of = |one: &&jialiang_model::kind::standard::Category| named(text, &one.name.zh, &one.id);
    let inside = in_area().flat_map(|area| &area.categories).find(of);
    inside.or_else(|| areas().flat_map(|area| &area.categories).find(of)).map(|one| one.id.clone())
}

/// Whether a heading is that of an area.
pub(super) fn is_area(taxonomy: Option<&Standard>, text: &str) -> bool {
    taxonomy.iter().flat_map(|standard| &standard.areas).any(|area| {
        let name = area.name.zh.as_str();
        text == area.id.as_str() || fold(text) == fold(name) || fold(unnumbered(text)) == fold(name)
    })
}

/// Whether two headings are those of a category.
pub(super) fn is_category(
    taxonomy: Option<&Standard>,
    id: &Id,
    area: Option<&str>,
    category: Option<&str>,
) -> bool {
    let same = |text: Option<&str>, name: &str| {
        text.is_none_or(|text| fold(text) == fold(name) || fold(unnumbered(text)) == fold(name))
    };
    let areas = || taxonomy.iter().flat_map(|standard| &standard.areas);
    let mut known = areas().flat_map(|area| area.categories.iter().map(move |c| (area, c)));
    match known.find(|(_, one)| one.id == *id) {
        Some((above, one)) => {
            same(area, above.name.zh.as_str()) && same(category, one.name.zh.as_str())
        }
        None => same(category, id.as_str()),
    }
}

/// A source for what was read in a cell, which nobody has compared with anything.
pub(super) fn read_in(place: &str) -> Source {
    Source {
        instrument: None,
        url: None,
        at: Some(Phrase::line(place)),
        excerpt: None,
        verified: false,
        note: None,
    }
}

/// A source of what was changed in a cell: as it was, but compared by nobody.
pub(super) fn changed_in(source: Option<&Source>, place: &str) -> Source {
    let Some(source) = source else { return read_in(place) };
    let note = format!("已在表格 {place} 改动，未与来源核对");
    let note = match &source.note {
        // A second import of one table says it once.
        Some(old) if old.as_str().ends_with(&note) => old.to_string(),
        Some(old) => format!("{old}；{note}"),
        None => note,
    };
    Source { verified: false, note: Some(Phrase::line(&note)), ..source.clone() }
}
