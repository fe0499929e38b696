//! What no longer stands in the registry, or cannot be read, but has a history.

use jialiang_check::history;
use jialiang_model::Registry;
use jialiang_model::id::{Id, InstrumentId, StandardId};
use jialiang_model::kind::{EditionId, Expected, Standard};
use jialiang_model::lookup::{Target, editions, look_up, standards};
use jialiang_model::place::IdPath;
use jialiang_store::source::{Git, Scope};

use super::Failure;

/// The history that an address asks for: of a document, a standard, a place, or of an item, a
/// line or another part that a document had once.
pub(super) fn gone(
    git: &Git,
    registry: &Registry,
    word: &str,
) -> Result<Option<(Scope, Option<IdPath>)>, Failure> {
    for scope in documents(word) {
        if !git.history(&scope, None, &|_, _| true, 1)?.steps.is_empty() {
            return Ok(Some((scope, None)));
        }
    }
    for (document, path) in parts(registry, word) {
        let scope = Scope::Document(document);
        // Of a version that is no JSON, it cannot be said that it had the part.
        let part = |bytes: &[u8]| {
            let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
            is_json.then(|| history::part(bytes, &path)).flatten()
        };
        if !git.history(&scope, Some(&part), &|_, _| true, 1)?.steps.is_empty() {
            return Ok(Some((scope, Some(path))));
        }
    }
    Ok(None)
}

/// The documents that an address can be of.
fn documents(word: &str) -> Vec<Scope> {
    let path = Expected::at(word).map(|document| Scope::Document(document.path()));
    let edition = EditionId::parse(word).map(Expected::Edition);
    let instrument = InstrumentId::parse(word).map(Expected::Instrument);
    let adjustment = InstrumentId::parse(word).map(Expected::Adjustment);
    let documents = edition.into_iter().chain(instrument).chain(adjustment);
    let documents = documents.map(|document| Scope::Document(document.path()));
    let standard = StandardId::parse(word).map(Scope::Standard);
    let works = standard.iter().flat_map(|_| {
        let ends = ["plan", "crosswalk", "indicators"];
        ends.map(|end| Scope::Document(format!("{word}.{end}.json")))
    });
    let works: Vec<Scope> = works.collect();
    let place = Id::parse(word).map(|id| Scope::Folder(id.to_string()));
    path.into_iter().chain(documents).chain(standard).chain(works).chain(place).collect()
}

/// The parts of documents that an address by ids can be of, of the latest edition first.
fn parts(registry: &Registry, word: &str) -> Vec<(String, IdPath)> {
    let ids = |text: &str| -> Option<Vec<String>> {
        text.split('/').map(|word| Id::parse(word).map(|id| id.to_string())).collect()
    };
    let in_editions = |standard: &StandardId, ids: &[String]| -> Vec<(String, IdPath)> {
        let path = item(ids);
        let all = editions(registry, standard).into_iter();
        all.filter_map(|entry| Some((entry.path.to_string(), path.clone()?))).collect()
    };
    let Some((work, fragment)) = word.split_once('#') else {
        // An item by its id alone, where one taxonomy has it; place/item, place/item/line.
        let Some((place, rest)) = word.split_once('/') else {
            let listed = registry.standards.values().filter(|entry| lists(&entry.value, word));
            let listed: Vec<_> = listed.collect();
            return match (listed.as_slice(), ids(word)) {
                ([only], Some(ids)) => in_editions(&only.value.id, &ids),
                _ => Vec::new(),
            };
        };
        let (Ok(Target::Place(place)), Some(ids)) = (look_up(registry, place), ids(rest)) else {
            return Vec::new();
        };
        let all = standards(registry, Some(place.value.id.as_str()));
        return all.iter().flat_map(|standard| in_editions(standard, &ids)).collect();
    };
    let Some(ids) = ids(fragment) else { return Vec::new() };
    let found = look_up(registry, work);
    match (EditionId::parse(work), found) {
        (Some(edition), Err(_)) => {
            let path = Expected::Edition(edition).path();
            item(&ids).map(|at| (path, at)).into_iter().collect()
        }
        (_, Ok(Target::Edition(entry))) => {
            item(&ids).map(|at| (entry.path.to_string(), at)).into_iter().collect()
        }
        (_, Ok(Target::Standard(entry))) => in_editions(&entry.value.id, &ids),
        (_, Ok(Target::Plan(entry))) => {
            let all = plan(&ids).into_iter();
            all.map(|at| (entry.path.to_string(), at)).collect()
        }
        (_, Ok(Target::Indicators(entry))) => match ids.as_slice() {
            [one] => vec![(entry.path.to_string(), ["indicators", one].iter().collect())],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether a standard's taxonomy, which keeps what any edition had, has an item.
fn lists(standard: &Standard, item: &str) -> bool {
    let categories = standard.areas.iter().flat_map(|area| &area.categories);
    categories.flat_map(|category| &category.items).any(|one| one.id.as_str() == item)
}

/// Where an item, or a line of one, stands in an edition.
fn item(ids: &[String]) -> Option<IdPath> {
    match ids {
        [item] => Some(["items", item].iter().collect()),
        [item, line] => Some(["items", item, "provisions", line].iter().collect()),
        _ => None,
    }
}

/// Where a domain, or a task or project of one, may stand in a plan.
fn plan(ids: &[String]) -> Vec<IdPath> {
    match ids {
        [domain] => vec![["domains", domain].iter().collect()],
        [domain, part] => {
            let of = |key| ["domains", domain, key, part].iter().collect();
            vec![of("tasks"), of("projects")]
        }
        _ => Vec::new(),
    }
}
