//! Rows into items, and the edition around them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jialiang_model::Registry;
use jialiang_model::finding::Message;
use jialiang_model::id::{Id, StandardId};
use jialiang_model::item::{Item, Responsibility, Transcribed};
use jialiang_model::kind::{Edition, EditionId, Jurisdiction, Kind, SchemaRef, Standard};
use jialiang_model::read;
use jialiang_model::recipients::Recipients;
use jialiang_model::source::Source;
use jialiang_model::text::{Phrase, Text};

use super::fields::{self, changed_in, is_blank, phrase, read_in};
use super::heading::Column;
use super::lines;
use super::rows::{Row, Said};
use super::{Grade, Into, Remark};
use crate::{columns, official, xlsx};

/// The category of an item of which nobody says the category.
const UNFILED: &str = "unfiled";

/// Reads rows, and remembers what a person must look at.
pub(super) struct Reader<'a> {
    pub(super) registry: &'a Registry,
    pub(super) into: &'a Into<'a>,
    pub(super) taxonomy: Option<&'a Standard>,
    /// The place of the standard and those above it.
    pub(super) places: Vec<&'a Jurisdiction>,
    /// The columns that the table has.
    pub(super) has: BTreeSet<Column>,
    /// The file and the sheet, as far as a cell's name.
    pub(super) table: String,
    /// Whether the column of provisions is divided into others below its heading.
    pub(super) divided: bool,
    pub(super) remarks: Vec<Remark>,
}

impl Reader<'_> {
    pub(super) fn remark(
        &mut self,
        grade: Grade,
        column: Column,
        said: &Said,
        item: Option<&Id>,
        why: Message,
    ) {
        self.remarks.push(Remark {
            grade,
            cell: said.cell.clone(),
            heading: column.heading(),
            item: item.cloned(),
            text: said.text.clone(),
            why,
        });
    }

    /// The edition's own data, without its items.
    pub(super) fn head(&mut self, said: &Said) -> Option<Edition> {
        match strict::<Edition>(&said.text) {
            Ok(edition) => Some(edition),
            Err(why) => {
                let why = Message::new(
                    format!("本版的登记数据读不了（{why}），不用它；名称、来源等请在文档里补上"),
                    format!(
                        "the edition's own data does not read ({why}) and was left out; add its name and source to the document"
                    ),
                );
                self.remark(Grade::Unread, Column::Record(0), said, None, why);
                None
            }
        }
    }

    /// What the table's own data says of a row.
    pub(super) fn record(&mut self, row: &Row, taken: &mut BTreeSet<Id>) -> Option<Item> {
        let said = row.record.as_ref()?;
        let why = match strict::<Item>(&said.text) {
            Ok(item) if taken.insert(item.id.clone()) => return Some(item),
            Ok(item) => Message::new(
                format!(
                    "登记数据中的标识“{}”上面的行已用过（整行复制时会这样），这一行按新项目读",
                    item.id
                ),
                format!(
                    "the id `{}` in the data is that of a row above, as of a row that was copied: read as another item",
                    item.id
                ),
            ),
            Err(why) => Message::new(
                format!("登记数据读不了（{why}），改按看得见的各格读"),
                format!(
                    "the data does not read ({why}); the cells that are seen were read instead"
                ),
            ),
        };
        self.remark(Grade::Unread, Column::Record(0), said, None, why);
        None
    }

    pub(super) fn nameless(&mut self, row: &Row) {
        let Some((column, said)) = row.cells.iter().next() else { return };
        let why = Message::new(
            "这一行没有写服务项目，上面也没有可续的项目，略过",
            "the row names no item, and there is none above to go on with: left out",
        );
        self.remark(Grade::Unread, *column, &said.clone(), None, why);
    }

    /// Says that a row is taken for an item of another name.
    pub(super) fn similar(&mut self, said: &Said, name: &str, alike: u8) {
        let why = Message::new(
            format!("与登记的“{name}”相近（{alike}%），按同一项目读；若是另一项，请在文档里换标识"),
            format!(
                "it is like `{name}` on record ({alike}%), and was read as that item: where it is another, give it an id of its own in the document"
            ),
        );
        self.remark(Grade::Confirm, Column::Name, said, None, why);
    }

    /// Says that a row has the name of one above, and was read as another item.
    pub(super) fn same_name(&mut self, said: &Said, first: &str) {
        let why = Message::new(
            format!(
                "与 {first} 同名，读作另一项；同一项分几行写的，请合并名称的单元格，或把内容并到一行"
            ),
            format!(
                "its name is that of {first}, and it was read as another item; where one item takes several rows, merge the cells of its name, or write it in one row"
            ),
        );
        self.remark(Grade::Unread, Column::Name, said, None, why);
    }

    /// An item as its data says it, with the cells that no longer show what it says.
    pub(super) fn recorded(&mut self, row: &Row, record: Item, head: Option<&Edition>) -> Item {
        let read = record.transcribed.or(head.map(|head| head.transcribed));
        let shown = official::cells(&record, read.unwrap_or(Transcribed::Full), self.registry);
        let mut item = record.clone();
        let mut words = false;
        let official = std::iter::once(Column::Name).chain(Column::BESIDE);
        for (column, printed) in official.zip(&shown) {
            if !self.has.contains(&column) {
                continue;
            }
            let said = row.cells.get(&column);
            let text = said.map_or("", |said| said.text.as_str());
            let same = text == printed
                || text == xlsx::shown(printed)
                || (is_blank(text) && is_blank(printed));
            if same {
                continue;
            }
            let at = said.cloned().unwrap_or_else(|| Said::new("", format!("{}", row.at + 1)));
            if column != Column::Provisions || is_blank(text) {
                self.changed(column, &at, &item.id, printed);
            }
            words |= self.field(&mut item, column, &at, &record, true);
        }
        self.category_of(row, &mut item);
        if words {
            let place = row.cells.get(&Column::Name).map_or("", |name| name.cell.as_str());
            let own = record.source.as_deref().or(head.and_then(|head| head.source.as_ref()));
            item.source = Some(Box::new(changed_in(own, &format!("{}{place}", self.table))));
        }
        item
    }

    fn changed(&mut self, column: Column, said: &Said, item: &Id, printed: &str) {
        let why = Message::new(
            format!("登记数据原为“{printed}”"),
            format!("the table's own data says {printed}"),
        );
        self.remark(Grade::Changed, column, said, Some(item), why);
    }

    /// The category that the headings over an item say, where they no longer say the item's.
    fn category_of(&mut self, row: &Row, item: &mut Item) {
        let text = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone());
        let (area, category) = (text(&row.area), text(&row.category));
        let (area, category) = (area.as_deref(), category.as_deref());
        if fields::is_category(self.taxonomy, &item.category, area, category) {
            return;
        }
        let Some(said) = row.category.as_ref().or(row.area.as_ref()) else { return };
        match fields::category(self.taxonomy, area, category) {
            Some(id) if id == item.category => {}
            Some(id) => {
                self.changed(Column::Category, said, &item.id, item.category.as_str());
                item.category = id;
            }
            None => {
                let why = unknown_category(&item.category, false, false);
                self.remark(Grade::Unread, Column::Category, said, Some(&item.id), why);
            }
        }
    }

    /// An item as its cells say it; where an edition on record has it, what is the same is as
    /// it is there.
    pub(super) fn fresh(&mut self, row: &Row, id: Id, base: Option<&Item>) -> Item {
        let text = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone());
        let (area, category) = (text(&row.area), text(&row.category));
        let found = fields::category(self.taxonomy, area.as_deref(), category.as_deref());
        let name = row.cells.get(&Column::Name);
        let category = match (found, base) {
            // What the taxonomy lists, it lists once: a heading of another category is wrong.
            (Some(found), Some(base)) if found != base.category => {
                let kept = &base.category;
                if let Some(said) = row.category.as_ref().or(row.area.as_ref()) {
                    let why = Message::new(
                        format!("表里列在“{found}”下，登记库中同一项目在“{kept}”，按后者写"),
                        format!(
                            "it stands under `{found}` here and under `{kept}` on record, which was written"
                        ),
                    );
                    self.remark(Grade::Confirm, Column::Category, said, Some(&id), why);
                }
                base.category.clone()
            }
            (Some(found), _) => found,
            (None, Some(base)) => {
                let (above, own) = (area.as_deref(), category.as_deref());
                let agrees = fields::is_category(self.taxonomy, &base.category, above, own);
                let said = row.category.as_ref().or(row.area.as_ref()).filter(|_| !agrees);
                if let Some(said) = said {
                    let kept = &base.category;
                    let why = Message::new(
                        format!("分类里没有这个方面或类别，按登记库中同一项目写“{kept}”"),
                        format!(
                            "the taxonomy has no such area or category; `{kept}` was written, as the item has it on record"
                        ),
                    );
                    self.remark(Grade::Confirm, Column::Category, said, Some(&id), why);
                }
                base.category.clone()
            }
            (None, None) => {
                // None of the taxonomy's own: that would be an answer, and there is none.
                let category = Id::parse(UNFILED).unwrap_or_else(|| id.clone());
                let said = row.category.as_ref().or(row.area.as_ref()).or(name);
                if let Some(said) = said {
                    let none = row.area.is_none() && row.category.is_none();
                    let alone = row.category.is_none()
                        && fields::is_area(self.taxonomy, area.as_deref().unwrap_or_default());
                    let why = unknown_category(&category, none, alone);
                    self.remark(Grade::Unread, Column::Category, said, Some(&id), why);
                }
                category
            }
        };
        let cell = name.map_or("", |name| name.cell.as_str());
        let named = Said::new(name.map_or("", |name| name.text.as_str()), cell.to_owned());
        let blank = Item {
            id,
            name: Text { zh: phrase(&named.text), en: None },
            category,
            transcribed: None,
            recipients: None,
            content: None,
            provisions: Vec::new(),
            responsibility: None,
            lead_agencies: Vec::new(),
            continues: Vec::new(),
            source: Some(Box::new(read_in(&format!("{}{cell}", self.table)))),
        };
        let mut item = blank.clone();
        let before = base.unwrap_or(&blank);
        for column in std::iter::once(Column::Name).chain(Column::BESIDE) {
            if let Some(said) = row.cells.get(&column).filter(|said| !is_blank(&said.text)) {
                self.field(&mut item, column, said, before, false);
            }
        }
        item.transcribed = Some(self.transcribed(row));
        item
    }

    /// How far a row holds what the official table holds.
    fn transcribed(&self, row: &Row) -> Transcribed {
        let filled = |column: &Column| {
            row.cells
                .get(column)
                .is_some_and(|said| !said.text.is_empty() && said.text != columns::UNSEEN)
        };
        match Column::BESIDE.iter().filter(|column| filled(column)).count() {
            0 => Transcribed::Names,
            n if n == Column::BESIDE.len() => Transcribed::Full,
            _ => Transcribed::Partial,
        }
    }

    /// Reads a cell into its field. `before` is the item that it goes on from, which is the
    /// table's own data or that of another edition. Answers whether words of the item changed
    /// that rest on the item's source.
    fn field(
        &mut self,
        item: &mut Item,
        column: Column,
        said: &Said,
        before: &Item,
        recorded: bool,
    ) -> bool {
        let blank = is_blank(&said.text);
        let words = phrase(&said.text);
        // What is worded alike keeps its English, and what else was made of the words.
        let text = |old: Option<&Text>| match old {
            Some(old) if old.zh == words => old.clone(),
            Some(_) | None => Text { zh: words.clone(), en: None },
        };
        match column {
            Column::Name if blank => {
                let why = Message::new(
                    format!("没有写服务项目名称，仍用登记数据中的“{}”", before.name.zh),
                    format!("the name is gone; it stays {}", before.name.zh),
                );
                self.remark(Grade::Unread, column, said, Some(&item.id), why);
                return false;
            }
            Column::Name => item.name = text(Some(&before.name)),
            Column::Recipients => {
                let same = before.recipients.as_ref().filter(|old| old.zh == words);
                item.recipients = (!blank).then(|| match same {
                    Some(same) => same.clone(),
                    None => {
                        Box::new(Recipients { zh: words.clone(), en: None, groups: Vec::new() })
                    }
                });
            }
            Column::Content => {
                item.content = (!blank).then(|| Box::new(text(before.content.as_deref())));
            }
            Column::Provisions => {
                let beside = lines::Beside {
                    item: &item.id,
                    name: item.name.zh.as_str(),
                    old: &before.provisions,
                    recorded,
                    source: before.source.as_deref(),
                    table: &self.table,
                    divided: self.divided,
                    split: said.split,
                };
                item.provisions = match blank {
                    true => Vec::new(),
                    false => lines::read(said, beside, &mut self.remarks),
                };
                // A line has a source of its own.
                return false;
            }
            Column::Responsibility => {
                let same = before.responsibility.as_ref().filter(|old| old.zh == words);
                let payers = fields::payers(words.as_str(), self.places.first().copied());
                item.responsibility = (!blank).then(|| match same {
                    Some(same) => same.clone(),
                    None => Box::new(Responsibility {
                        zh: words.clone(),
                        en: None,
                        payers,
                        instrument: None,
                    }),
                });
            }
            Column::LeadAgencies => {
                item.lead_agencies = Vec::new();
                let named =
                    if blank { Vec::new() } else { fields::agencies(&self.places, &said.text) };
                for (name, read) in named {
                    let (grade, why) = match read {
                        fields::Read::Agency(id) => {
                            item.lead_agencies.push(id);
                            continue;
                        }
                        fields::Read::Short(id, whole) => {
                            item.lead_agencies.push(id);
                            let why = Message::new(
                                format!("“{name}”读作“{whole}”"),
                                format!("`{name}` was read as {whole}"),
                            );
                            (Grade::Confirm, why)
                        }
                        fields::Read::Unknown(near) => {
                            let (zh, en) = match near {
                                Some(near) => {
                                    (format!("；是否“{near}”？"), format!("; did you mean {near}?"))
                                }
                                None => (String::new(), String::new()),
                            };
                            let why = Message::new(
                                format!(
                                    "“{name}”不在本地、上级和国家的单位名录里，没有写进文档{zh}"
                                ),
                                format!(
                                    "`{name}` is no agency on record of the place, those above it or the nation, and was left out{en}"
                                ),
                            );
                            (Grade::Unread, why)
                        }
                    };
                    self.remark(grade, column, said, Some(&item.id), why);
                }
            }
            Column::Area | Column::Category | Column::Number | Column::Record(_) => return false,
        }
        true
    }

    /// Puts items in the order of the taxonomy, those that it does not list last.
    pub(super) fn sort(&self, items: &mut [(Item, bool)]) {
        let listed = self.taxonomy.iter().flat_map(|standard| standard.categories());
        let mut ranks: BTreeMap<&Id, usize> = BTreeMap::new();
        for (rank, listed) in listed.flat_map(|category| &category.items).enumerate() {
            ranks.entry(&listed.id).or_insert(rank);
        }
        items.sort_by_key(|(item, _)| ranks.get(&item.id).copied().unwrap_or(usize::MAX));
    }

    /// Says that a table is read as a whole text, where the edition before is a difference.
    pub(super) fn no_difference(&mut self, cell: &str) {
        let Into { standard, version, difference_from, label: _, name: _, file: _, instrument: _ } =
            self.into;
        let own = |id: &&EditionId| id.standard == standard.id && id.version <= *version;
        let last = self.registry.editions.keys().rev().find(own);
        let last = last.and_then(|id| self.registry.editions.get(id)).map(|entry| &entry.value);
        let Some((before, parent)) =
            last.and_then(|last| Some((last, last.difference_from.as_ref()?)))
        else {
            return;
        };
        let goes_on = before.version == *version && before.draft == Some(true);
        if difference_from.is_some() || goes_on {
            return;
        }
        let why = Message::new(
            format!(
                "{} 以差异方式编写，这张表读作全文，没有列的项目按取消计；只列了不同项目的，请加 --difference-from {parent}",
                before.id()
            ),
            format!(
                "{} is written as a difference, and this table was read as a whole text in which what is not listed is gone; where it lists only what is different, add --difference-from {parent}",
                before.id()
            ),
        );
        let said = Said::new("", cell.to_owned());
        self.remark(Grade::Confirm, Column::Name, &said, None, why);
    }

    /// The edition around the items, of each of which is told whether the table's own data
    /// says it.
    pub(super) fn edition(&self, head: Option<Edition>, items: Vec<(Item, bool)>) -> Edition {
        let Into { standard, version, label, name, file, difference_from, instrument } = self.into;
        // A table without data of its own goes into the draft that is there.
        let id = EditionId { standard: standard.id.clone(), version: version.clone() };
        let draft = || {
            let there = &self.registry.editions.get(&id)?.value;
            (there.draft == Some(true)).then(|| Edition { items: Vec::new(), ..(**there).clone() })
        };
        let from_table = head.is_some();
        let head = head.or_else(draft);
        let same =
            head.as_ref().is_some_and(|h| h.standard == standard.id && h.version == *version);
        let own = head.filter(|head| head.standard == standard.id);
        let earlier = self.registry.editions.keys().rev();
        let earlier = earlier.filter(|id| id.standard == standard.id && id.version < *version);
        let full = items.iter().all(|(item, _)| item.transcribed == Some(Transcribed::Full));
        let card = self.registry.card.as_ref().map(|card| &card.value.schema);
        let title = own.as_ref().map_or(&standard.name, |own| &own.name).clone();
        let mut edition = match own {
            Some(own) if same => own,
            own => Edition {
                schema: SchemaRef::beside(card, Kind::Edition, 1),
                standard: standard.id.clone(),
                version: version.clone(),
                label: None,
                name: title,
                draft: None,
                instrument: None,
                follows: earlier.map(|id| id.version.clone()).next(),
                effective: None,
                difference_from: own.as_ref().and_then(|own| own.difference_from.clone()),
                transcribed: match own {
                    Some(own) => own.transcribed,
                    None if full => Transcribed::Full,
                    // Every item is named, and each says how far it goes.
                    None => Transcribed::Names,
                },
                counts: None,
                declared: None,
                editorial: Vec::new(),
                enacts: Vec::new(),
                not_applicable: Vec::new(),
                errata: Vec::new(),
                source: Some(read_in(file)),
                items: Vec::new(),
            },
        };
        edition.draft = Some(true);
        if difference_from.is_some() {
            edition.difference_from.clone_from(difference_from);
        }
        if instrument.is_some() {
            edition.instrument.clone_from(instrument);
        }
        if !from_table && !items.is_empty() && edition.transcribed == Transcribed::None {
            edition.transcribed = match edition.difference_from {
                Some(_) => Transcribed::Partial,
                None => Transcribed::Names,
            };
        }
        if let Some(label) = label {
            edition.label = Some(label.clone());
        }
        if let Some(zh) = name.as_ref().filter(|name| **name != edition.name.zh) {
            edition.name = Text { zh: zh.clone(), en: None };
        }
        // What goes for the whole edition, an item that was read anew need not repeat.
        let items = items.into_iter().map(|(mut item, recorded)| {
            if !recorded && item.transcribed == Some(edition.transcribed) {
                item.transcribed = None;
            }
            Arc::new(item)
        });
        edition.items = items.collect();
        edition
    }
}

/// An item of an edition that is not known: nothing says what was compared.
pub(super) fn unverified(mut item: Item) -> Item {
    if let Some(source) = &mut item.source {
        source.verified = false;
    }
    for provision in &mut item.provisions {
        if let Some(source) = &mut provision.source {
            source.verified = false;
        }
    }
    item
}

/// An item of another edition: what its sources say, they say of that one.
pub(super) fn taken_from(other: &Edition, standard: &StandardId, mut item: Item) -> Item {
    let foreign = other.standard != *standard;
    let note = match foreign {
        true => format!("取自 {} 的表格，未与本标准的来源核对", other.id()),
        false => format!("取自 {} 的表格，未与本版的来源核对", other.id()),
    };
    let taken = |source: &Source| {
        let note = match &source.note {
            // A second import of one table says it once.
            Some(old) if old.as_str().ends_with(&note) => old.to_string(),
            Some(old) => format!("{old}；{note}"),
            None => note.clone(),
        };
        Box::new(Source { verified: false, note: Some(Phrase::line(&note)), ..source.clone() })
    };
    item.source = item.source.as_deref().or(other.source.as_ref()).map(taken);
    for provision in &mut item.provisions {
        provision.source = provision.source.as_deref().map(taken);
    }
    if foreign {
        item.continues = Vec::new();
        for provision in &mut item.provisions {
            provision.continues = None;
        }
    }
    item
}

fn unknown_category(kept: &Id, none: bool, only_area: bool) -> Message {
    let (zh, en) = match (none, only_area) {
        (true, _) => ("表里没有写方面、类别", "the table says no area and no category"),
        (_, true) => ("只写了方面，没有写类别", "only the area is written, and no category"),
        (false, false) => ("分类里没有这个方面或类别", "the taxonomy has no such area or category"),
    };
    Message::new(
        format!("{zh}，不知道这一项属于哪一类，写作“{kept}”；请在文档里改 category，或先补分类"),
        format!(
            "{en}, so that of which category the item is is not known; `{kept}` was written: mend `category` in the document, or the taxonomy first"
        ),
    )
}

/// Reads data as documents are read: no hidden character, no unknown key, no key twice.
fn strict<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    let text = read::scan(text.as_bytes()).ok_or("hidden characters")?;
    // What else it might have been is no help in one cell.
    read::from_str(text)
        .map_err(|fault| fault.message.split(", expected").next().unwrap_or_default().to_owned())
}
