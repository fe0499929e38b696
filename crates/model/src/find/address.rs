//! What a word names that is an address, or the end of one.

use super::{At, Best, Field, Rank};
use crate::fold::fold;
use crate::kind::Edition;
use crate::lookup::Target;

/// The signs that tell an address from other words; a version has the last.
const SIGNS: [char; 4] = ['/', '@', '#', '.'];

/// The field by which a target is found, where a folded word stands in one of its addresses and
/// reaches into the part that is its own: an item of an edition is not found by the edition's
/// address.
pub(super) fn named<'a>(target: Target<'a>, word: &str) -> Option<Best<'a>> {
    if !word.contains(SIGNS) {
        return None;
    }
    // The end of the word must stand in the target's own part: few pass so far.
    let end = word.rsplit(['/', '@', '#']).next().unwrap_or(word);
    let own = |id: &'a str| id.contains(end).then_some(id);
    let best = |rank, field, path: &[&'a str], text| {
        Some(Best { rank, field, at: At::Path(path.to_vec()), text })
    };
    let by_id = |id| best(Rank::Id, Field::Id, &["id"], id);
    match target {
        Target::Place(entry) => {
            let place = &entry.value;
            let mut agencies = place.agencies.iter().map(|agency| agency.id.as_str());
            let id =
                agencies.find(|agency| reaches(&format!("{}/{agency}", place.id), agency, word))?;
            best(Rank::Text, Field::Agency, &["agencies", id, "id"], id)
        }
        Target::Edition(entry) => {
            let edition = &entry.value;
            let standard = edition.standard.as_str();
            let fits = |at: &str| reaches(&format!("{standard}@{at}"), at, word);
            let found = names(edition).iter().any(|at| fits(at));
            found.then(|| best(Rank::Id, Field::Id, &["standard"], standard))?
        }
        Target::Item(entry, item) => {
            let id = own(item.id.as_str())?;
            items(&entry.value, id).iter().any(|to| reaches(to, id, word)).then(|| by_id(id))?
        }
        Target::Provision(entry, item, line) => {
            let id = own(line.id.as_str())?;
            let all = items(&entry.value, item.id.as_str());
            let fits = |to: &String| reaches(&format!("{to}/{id}"), id, word);
            all.iter().any(fits).then(|| by_id(id))?
        }
        Target::Domain(_, domain) => part(target, own(domain.id.as_str())?, word).and_then(by_id),
        Target::Task(_, _, one) | Target::Project(_, _, one) => {
            part(target, own(one.id.as_str())?, word).and_then(by_id)
        }
        Target::Goal(_, placed) => {
            part(target, own(placed.target.id.as_str())?, word).and_then(by_id)
        }
        Target::Indicator(_, one) => part(target, own(one.id.as_str())?, word).and_then(by_id),
        // Their ids are their addresses.
        Target::Instrument(_)
        | Target::Adjustment(_)
        | Target::Standard(_)
        | Target::Plan(_)
        | Target::Crosswalk(_)
        | Target::Indicators(_) => None,
    }
}

/// An id, where a word reaches into it in the target's address.
fn part<'a>(target: Target<'a>, id: &'a str, word: &str) -> Option<&'a str> {
    reaches(&target.address(), id, word).then_some(id)
}

/// Whether a word stands in an address, and reaches into the own part that the address ends in.
fn reaches(address: &str, own: &str, word: &str) -> bool {
    let at = address.rfind(word);
    at.is_some_and(|at| at + word.len() > address.len() - own.len())
}

/// What an edition is called behind its `@`.
fn names(edition: &Edition) -> Vec<String> {
    let label = edition.label.as_ref().map(|label| fold(label.as_str()));
    std::iter::once(edition.version.to_string()).chain(label).collect()
}

/// The addresses under which an item can be asked for.
fn items(edition: &Edition, item: &str) -> Vec<String> {
    let standard = &edition.standard;
    let mut all = vec![format!("{standard}#{item}"), format!("{}/{item}", standard.place())];
    all.extend(names(edition).iter().map(|at| format!("{standard}@{at}#{item}")));
    all
}
