//! The same nation with a history: four levels, each of which answers to the one above it,
//! and so many events for each provision, whose values end where the editions print them.
//!
//! The nation decides every item; each other place decides a fifth of its items otherwise
//! than the place above it, and has events of its own for those only. A place issues one
//! document a year, with one event for each line that it decides: set, with the number
//! before (由X提高到Y); one in three issued after it took effect; every other one published
//! twenty days after its issue. One provision in ten is not so simple: one of its events is
//! attested, confirmed, begins within a year or is temporary, or all of them are of periods.
//! Lines without a number (free, words, coverage) are restated each time.

use jialiang_model::kind::{Document, Kind};
use serde_json::{Value, json};

use super::{DOCUMENTS_PER_PLACE, Item, Level, Line, Place, STANDARD, Size, VERSION};
use super::{card, items, places};

/// The year of the last event; each earlier one lies a year before the next.
const LAST_YEAR: usize = 2025;
/// How many years before the last one the values are those that the editions print.
const PRINTED_BEFORE: usize = 2;
/// One line in so many is not simple.
const ODD_EVERY: usize = 10;
/// The day through which every place is followed.
pub const FOLLOWED: &str = "2026-06-30";

/// A nation with a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eventful {
    /// Its places.
    pub size: Size,
    /// How many events each provision has; at least six.
    pub events: usize,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// Provisions that hold in a place, of all places.
    pub provisions: usize,
    /// Events.
    pub events: usize,
    /// Documents.
    pub documents: usize,
}

impl Eventful {
    /// Hands out every document: its path, and what the model reads.
    pub fn generate(self, emit: &mut dyn FnMut(String, Document)) -> Made {
        assert!(self.events >= 6, "a history has six events or more");
        let mut made = Made::default();
        let mut settle = |path: String, value: Value| {
            let kind = Kind::at(&path).unwrap_or_else(|| panic!("no document stands at {path}"));
            let document = kind.read(&value.to_string()).unwrap_or_else(|e| panic!("{path}: {e}"));
            assert_eq!(document.identity().path(), path, "the document stands where it says");
            made.documents += 1;
            emit(path, document);
        };
        settle("registry.json".to_owned(), card());
        let items = items();
        let mut raised_by = std::collections::BTreeMap::new();
        let (mut provisions, mut events) = (0, 0);
        for place in places(self.size) {
            let none = vec![0; items.len()];
            let above: Vec<u32> = match &place.parent {
                Some(parent) => raised_by.get(parent).cloned().expect("parents come first"),
                None => none,
            };
            let raised = place.raised(&above);
            provisions += items.iter().map(|item| item.lines.len()).sum::<usize>();
            events += self.of(&place, &items, &raised, &above, &mut settle);
            if place.level != Level::County {
                raised_by.insert(place.id, raised);
            }
        }
        made.provisions = provisions;
        made.events = events;
        made
    }

    /// How many documents it has.
    pub const fn document_count(self) -> usize {
        1 + (DOCUMENTS_PER_PLACE + 2 * self.events) * self.size.places()
    }

    /// The documents of one place; how many events there are in them.
    fn of(
        self,
        place: &Place,
        items: &[Item],
        raised: &[u32],
        above: &[u32],
        settle: &mut dyn FnMut(String, Value),
    ) -> usize {
        let id = &place.id;
        let mut jurisdiction = place.jurisdiction();
        jurisdiction["followed"] = json!([{ "through": FOLLOWED }]);
        settle(format!("{id}/jurisdiction.json"), jurisdiction);
        settle(format!("{id}/2024/{STANDARD}.instrument.json"), place.instrument());
        let mut standard = place.standard(items);
        let mut edition = place.edition(items, raised, above);
        if let Some(parent) = &place.parent {
            standard["implements"]["standard"] = format!("{parent}/{STANDARD}").into();
            if place.is_difference() {
                edition["difference-from"] = format!("{parent}/{STANDARD}@{VERSION}").into();
            }
        }
        settle(format!("{id}/{STANDARD}.standard.json"), standard);
        settle(format!("{id}/{STANDARD}@{VERSION}.edition.json"), edition);
        let odds = Odd::of_all(items);
        let mut events = 0;
        for event in 0..self.events {
            let mut operations = Vec::new();
            for (at, item) in items.iter().enumerate() {
                if place.level != Level::Nation && raised[at] == above[at] {
                    continue;
                }
                for (line, odd) in item.lines.iter().zip(&odds[at]) {
                    operations.push(self.operation(item.id, line, raised[at], *odd, event));
                }
            }
            events += operations.len();
            let year = self.year(event);
            let own = format!("{id}/{year}/adjustment");
            settle(format!("{own}.instrument.json"), self.instrument(place, event, &own));
            let adjustment = json!({
                "$schema": "../../schemas/adjustment.json",
                "id": own,
                "standard": format!("{id}/{STANDARD}"),
                "instrument": own,
                "source": { "instrument": own, "verified": true },
                "operations": operations,
            });
            settle(format!("{own}.adjustment.json"), adjustment);
        }
        events
    }

    const fn year(self, event: usize) -> usize {
        LAST_YEAR + 1 + event - self.events
    }

    fn instrument(self, place: &Place, event: usize, own: &str) -> Value {
        let year = self.year(event);
        // In one of three it takes effect on 1 July and is issued in October, else in June.
        let month = match event % 3 {
            0 => 10,
            _ => 6,
        };
        let day = 1 + place.number % 28;
        let mut document = json!({
            "$schema": "../../schemas/instrument.json",
            "id": own,
            "title": { "zh": format!("关于调整{}基本公共服务有关标准的通知", place.name) },
            "number": format!("合成财社〔{year}〕{}号", place.number + 1),
            "issuers": place.instrument()["issuers"],
            "issued": format!("{year}-{month:02}-{day:02}"),
            "effective": format!("{year}-07-01"),
            "source": { "at": "合成文件，由程序生成", "verified": true },
        });
        if event & 1 == 0 {
            let later = if day <= 8 { (month, day + 20) } else { (month + 1, day - 8) };
            document["published"] = format!("{year}-{:02}-{:02}", later.0, later.1).into();
        }
        document
    }

    /// What one event says of one line.
    fn operation(self, item: &str, line: &Line, steps: u32, odd: Odd, event: usize) -> Value {
        let year = self.year(event);
        let text = self.line(line, steps, odd, event);
        let mut operation = json!({ "item": item });
        match odd {
            Odd::Attested if event == self.events - 6 => {
                operation["attest"] = text;
                operation["on"] = format!("{year}-07-01").into();
                return operation;
            }
            Odd::Confirmed if event == self.events - 5 => {
                operation["confirm"] = text;
                return operation;
            }
            _ => operation["set"] = text,
        }
        operation["from"] = format!("{year}-07-01").into();
        if odd == Odd::Period || odd == Odd::Within && event == self.events - 2 {
            operation["from"] = year.to_string().into();
            operation["as"] = if odd == Odd::Period { "period" } else { "within" }.into();
        }
        if odd == Odd::Temporary && event == self.events - 4 {
            operation["temporary"] = true.into();
            operation["until"] = format!("{}-01-01", year + 1).into();
        } else if let (Some(key), Some(before)) = (moving(line), self.before(odd, event)) {
            operation["was"] = self.line(line, steps, odd, before)[key].clone();
        }
        operation
    }

    /// The event whose value an event found, if there is one.
    fn before(self, odd: Odd, event: usize) -> Option<usize> {
        let lapsed = odd == Odd::Temporary && event == self.events - 3;
        event.checked_sub(if lapsed { 2 } else { 1 })
    }

    /// A line as an event writes it: its number moves from event to event.
    fn line(self, line: &Line, steps: u32, odd: Odd, event: usize) -> Value {
        let mut text = line.text(steps);
        let Some(key) = moving(line) else { return text };
        let printed: i64 = text[key].as_str().and_then(|n| n.parse().ok()).expect("a number");
        // What is confirmed is what was there before.
        let unmoved = odd == Odd::Confirmed && event == self.events - 5;
        let event = if unmoved { event - 1 } else { event };
        let by = (printed / 50).max(1) * line.moves.map_or(1, |(_, _, step)| step.signum());
        let printed_at = self.events - 1 - PRINTED_BEFORE;
        let years = event as i64 - printed_at as i64;
        text[key] = (printed + by * years).max(1).to_string().into();
        text
    }
}

/// The key of the number of a line that has one of its own.
fn moving(line: &Line) -> Option<&'static str> {
    line.moves.map(|(key, _, _)| key).or_else(|| line.text.get("exactly").map(|_| "exactly"))
}

/// How the events of a line are not all simple.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odd {
    No,
    Attested,
    Confirmed,
    Within,
    Period,
    Temporary,
}

impl Odd {
    /// Goes round the ways, one line in ten.
    fn of_all(items: &[Item]) -> Vec<Vec<Self>> {
        let ways = [Self::Attested, Self::Confirmed, Self::Within, Self::Period, Self::Temporary];
        let (mut seen, mut odd) = (0, 0);
        let mut of = |line: &Line| {
            seen += 1;
            // A line without a number has to be simple; the next one takes its turn.
            if seen / ODD_EVERY <= odd || moving(line).is_none() {
                return Self::No;
            }
            odd += 1;
            ways[odd % ways.len()]
        };
        items.iter().map(|item| item.lines.iter().map(&mut of).collect()).collect()
    }
}
