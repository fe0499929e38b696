//! What dated pages say by themselves: most lines on record are printed by an edition, once
//! for their people, and repeat what stands above. Nothing is painted for them.

use chrono::NaiveDate;
use jialiang_model::cell::Cell;
use jialiang_model::date::Day;
use jialiang_model::item::Item;
use jialiang_model::provision::Provision;

use crate::answer::Said;
use crate::ask::{Ask, ItemRef, PlaceRef};
use crate::coat::{ALWAYS, Band, Coat, NEVER, Spared, each_pair, holds, same};
use crate::events::Saying;
use crate::facts::{Facts, apart};
use crate::index::InForce;
use crate::paint::{Clash, Open, Own};

/// What a place has for some people on a day, where one page decides it.
#[derive(Debug, Clone, Copy)]
enum Plainly<'b, 'a> {
    /// This page.
    Is(&'b Coat<'a>),
    /// No page on record, and nothing else.
    Nothing,
    /// It has to be painted.
    Unclear,
}

/// A line that an edition prints, and how many places above the one asked it stands.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// How many places up.
    pub level: usize,
    /// Its measure.
    pub measure: &'a str,
    /// The line.
    pub line: &'a Provision,
}

impl<'a> InForce<'a> {
    /// The lines of an item on record in a place and above it, where editions have printed all
    /// of them and nothing else ever spoke of a line, or of whether the item stands; `None`
    /// where something did, an instrument expires or a place is not always there.
    pub fn only_printed(
        &self,
        place: PlaceRef,
        item: &str,
        standard: &str,
    ) -> Option<Vec<Page<'a>>> {
        let key = self.find(place.0, item, Some(standard)).ok()?;
        let mut pages = Vec::new();
        for (level, site) in self.chain(place.0, key).enumerate() {
            if !self.is_always(site) {
                return None;
            }
            let Some(book) = self.books.get(&(site, key)) else { continue };
            if book.halts {
                return None;
            }
            for band in &book.bands {
                for seen in &band.seen {
                    let printed = matches!(seen.said, Said::Edition(..)) && seen.expires == NEVER;
                    let line = seen.line.filter(|_| printed)?;
                    pages.push(Page { level, measure: band.measure, line });
                }
                if !band.coats.is_empty() {
                    return None;
                }
            }
        }
        Some(pages)
    }

    /// Whether nowhere more is on record of an item's lines than one page for the same people:
    /// then what the latest edition of a place prints is what it has.
    pub fn is_as_printed(&self, ItemRef(key): ItemRef) -> bool {
        !self.weighed.contains(&key)
    }

    /// Whether a line says what is in force for all its people on a day, as one page on record
    /// has it. Where several documents would have to be weighed it is not said.
    pub fn plainly_says(
        &self,
        place: PlaceRef,
        ItemRef(key): ItemRef,
        line: &'a Provision,
        day: Day,
    ) -> bool {
        let measure = self.measure(key, line);
        match self.plainly(place.0, key, measure, cell_of(line), day.date(), NEVER, None) {
            Plainly::Is(coat) => coat.line.is_some_and(|is| same(is, coat.number, line, None)),
            Plainly::Nothing | Plainly::Unclear => false,
        }
    }

    /// What a place plainly has on a day; of the place itself only by what was issued before a
    /// day, where one is given.
    #[expect(clippy::too_many_arguments, reason = "a line, for whom, and its three days")]
    fn plainly(
        &self,
        site: u32,
        key: u32,
        measure: &str,
        cell: Option<&Cell>,
        day: NaiveDate,
        known: NaiveDate,
        before: Option<NaiveDate>,
    ) -> Plainly<'_, 'a> {
        for at in self.chain(site, key) {
            if !self.is_there(at, day) {
                return Plainly::Unclear;
            }
            let Some(book) = self.books.get(&(at, key)) else { continue };
            if book.halts {
                return Plainly::Unclear;
            }
            let Some(band) = book.band(measure) else { continue };
            if !band.coats.is_empty() {
                return Plainly::Unclear;
            }
            let mut found = None;
            for seen in &band.seen {
                if at == site && before.is_some_and(|before| seen.issued >= before) {
                    return Plainly::Unclear;
                }
                if seen.known > known || apart(seen.cell, cell) {
                    continue;
                }
                let whole = holds(seen.cell, cell) && seen.spare == 0 && seen.from <= day;
                if found.is_some() || !whole {
                    return Plainly::Unclear;
                }
                found = Some(seen);
            }
            if let Some(seen) = found {
                return Plainly::Is(seen);
            }
        }
        Plainly::Nothing
    }

    /// Takes in what an edition prints of an item, where each of its lines plainly repeats
    /// what the place has, or plainly is news; where not, nothing is taken in.
    pub(crate) fn take_page(
        &mut self,
        site: u32,
        key: u32,
        saying: &Saying<'a>,
        item: &'a Item,
    ) -> bool {
        let lines = item.provisions.as_slice();
        if saying.entry.value.enacts.iter().any(|one| one.item() == item.id.as_str()) {
            return false;
        }
        let mut news: Vec<(&'a str, &'a Provision)> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let measure = self.measure(key, line);
            let beside = |one: &Provision| {
                one.measure() == line.measure() && !apart(cell_of(one), cell_of(line))
            };
            if lines.iter().skip(at + 1).any(beside) {
                return false;
            }
            match self.repeats(site, key, measure, saying, line) {
                Some(true) => {}
                Some(false) => news.push((measure, line)),
                None => return false,
            }
        }
        if !news.is_empty() {
            let book = self.books.entry((site, key)).or_default();
            for (measure, line) in news {
                let coat = saying.coat(item, line).seen(line, None, saying.effective);
                book.see(measure, coat, Spared::default());
            }
            book.in_order();
            if book.bands.iter().any(|band| !alone_in_cells(band)) {
                self.weighed.insert(key);
            }
            self.shelf.push((site, key));
        }
        true
    }

    /// Whether a line of an edition plainly repeats what the place has, or plainly does not
    /// and never did; `None` where it has to be painted.
    fn repeats(
        &self,
        site: u32,
        key: u32,
        measure: &str,
        saying: &Saying<'a>,
        line: &Provision,
    ) -> Option<bool> {
        let (day, issued) = (saying.effective, saying.dates.issued);
        match self.plainly(site, key, measure, cell_of(line), day, issued, Some(issued)) {
            Plainly::Is(coat) if same(coat.line?, coat.number, line, None) => return Some(true),
            Plainly::Is(_) | Plainly::Nothing => {}
            Plainly::Unclear => return None,
        }
        for at in self.chain(site, key) {
            let band = self.books.get(&(at, key)).and_then(|book| book.band(measure));
            let Some(band) = band else { continue };
            let had = |seen: &Coat<'a>| {
                !apart(seen.cell, cell_of(line))
                    && seen.line.is_none_or(|is| same(is, seen.number, line, None))
            };
            if !band.coats.is_empty() || band.seen.iter().any(had) {
                return None;
            }
        }
        Some(false)
    }
}

/// Whether each page of a band is the only one for its people.
fn alone_in_cells(band: &Band<'_>) -> bool {
    each_pair(&band.seen, |a, b| apart(a.cell, b.cell))
}

fn cell_of(line: &Provision) -> Option<&Cell> {
    Some(&line.cell).filter(|cell| !cell.is_everyone())
}

/// What a band says that holds nothing but what was seen, where at most one of that speaks of
/// those asked about; with the stretch of days over which it says so.
pub(crate) fn alone<'b, 'a>(
    band: &'b Band<'a>,
    docs: &[crate::coat::Doc<'a>],
    facts: &Facts,
    ask: Ask<'_>,
) -> Option<(Own<'b, 'a>, NaiveDate, NaiveDate)> {
    if !band.coats.is_empty() {
        return None;
    }
    let mut visible = band.seen.iter().filter(|seen| {
        seen.known <= ask.known
            && seen.covers(facts)
            && !band.spares(seen, facts)
            && ask.judged.is_none_or(|judged| judged.seen(seen, docs))
    });
    let Some(seen) = visible.next() else { return Some((Own::Nothing, ALWAYS, NEVER)) };
    if visible.next().is_some() {
        return None;
    }
    if seen.from <= ask.day {
        return Some((Own::Is(seen), seen.from, NEVER));
    }
    let open = Open {
        of: vec![seen],
        above: false,
        unnamed: false,
        since: true,
        clash: Clash::Since,
        by: None,
    };
    Some((Own::Open(open), ALWAYS, seen.from))
}
