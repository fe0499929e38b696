//! Where a table comes from: the edition that it says it is, and what of it differs from that
//! edition where that is on record.

use std::collections::BTreeSet;

use jialiang_model::finding::Message;
use jialiang_model::id::Id;
use jialiang_model::item::Item;
use jialiang_model::kind::Edition;
use serde::Serialize;
use serde_json::Value;

use super::Grade;
use super::heading::Column;
use super::item::Reader;
use super::rows::{Row, Said};

/// The most differences that are told of one cell.
const MOST: usize = 8;

impl Reader<'_> {
    /// The edition of which a table is, where that is on record.
    fn on_record(&self, head: &Edition) -> Option<&Edition> {
        self.registry.editions.get(&head.id()).map(|entry| &*entry.value)
    }

    /// Says that a table is that of another edition, and what of the edition's own data is not
    /// as it is on record.
    pub(super) fn origin(&mut self, said: &Said, head: &Edition) {
        let at = |text: String| Said::new(text, said.cell.clone());
        let (own, into) = (head.id(), self.into);
        let same = head.standard == into.standard.id;
        if !same || head.version != into.version {
            let target = format!("{}@{}", into.standard.id, into.version);
            let why = Message::new(
                format!("这张表是 {own} 的，读作 {target}；各项的来源改为未核对，注明取自 {own}"),
                format!(
                    "this table is {own}, and was read as {target}; the sources of its items are no longer verified, and say that they are from {own}"
                ),
            );
            self.remark(Grade::Confirm, Column::Record(0), &at(own.to_string()), None, why);
            if same && into.name.is_none() {
                let why = Message::new(
                    format!("全称沿用 {own} 的；若 {target} 另有全称，请用 --name 写明"),
                    format!(
                        "the full name is that of {own}; say --name where {target} has another"
                    ),
                );
                let name = at(head.name.zh.to_string());
                self.remark(Grade::Confirm, Column::Record(0), &name, None, why);
            }
        }
        let Some(truth) = self.on_record(head) else {
            let why = Message::new(
                format!("登记库里没有 {own}，看不见的登记数据（标识、来源、是否核对过）无从核对"),
                format!(
                    "{own} is not on record, so that the data nobody sees, such as ids and what was verified, was compared with nothing"
                ),
            );
            self.remark(Grade::Confirm, Column::Record(0), &at(own.to_string()), None, why);
            return;
        };
        let bare = |edition: &Edition| Edition { items: Vec::new(), ..edition.clone() };
        let found = differences(&bare(truth), &bare(head));
        self.differs(&at(own.to_string()), None, &found);
    }

    /// Says that the data of rows is that of no edition, so that nothing could be compared.
    pub(super) fn unfounded(&mut self, row: &Row) {
        let Some(said) = row.record.as_ref() else { return };
        let why = Message::new(
            "表里没有整版的登记数据，不知道各项的登记数据取自哪一版，看不见的内容（标识、来源、是否核对过）无从核对",
            "the table lacks the edition's own data: of which edition the data of its items is is not known, and what nobody sees of it, such as ids and what was verified, was compared with nothing",
        );
        let at = Said::new("", said.cell.clone());
        self.remark(Grade::Confirm, Column::Record(0), &at, None, why);
    }

    /// Says what of a row's data is not as the edition has it on record, which nobody sees in
    /// the cells.
    pub(super) fn altered(&mut self, row: &Row, record: &Item, head: Option<&Edition>) {
        let (Some(said), Some(head)) = (row.record.as_ref(), head) else { return };
        let Some(truth) = self.on_record(head) else { return };
        let at = Said::new(record.name.zh.to_string(), said.cell.clone());
        let Some(item) = truth.items.iter().find(|item| item.id == record.id) else {
            let (id, edition) = (&record.id, truth.id());
            let why = Message::new(
                format!("登记数据的标识是“{id}”，登记库的 {edition} 里没有这一项，请核对"),
                format!("the data has the id `{id}`, and {edition} on record has no such item"),
            );
            self.remark(Grade::Confirm, Column::Record(0), &at, Some(&record.id), why);
            return;
        };
        let found = differences(&**item, record);
        self.differs(&at, Some(&record.id), &found);
    }

    fn differs(&mut self, at: &Said, item: Option<&Id>, found: &[String]) {
        if found.is_empty() {
            return;
        }
        let told = found.get(..MOST).unwrap_or(found);
        let (zh, en) = match found.len() - told.len() {
            0 => (String::new(), String::new()),
            more => (format!("；另有 {more} 处"), format!("; and {more} more")),
        };
        let why = Message::new(
            format!("登记数据与登记库里的不同（登记库 → 表）：{}{zh}", told.join("；")),
            format!(
                "the table's own data is not as on record (on record → in the table): {}{en}",
                told.join("; ")
            ),
        );
        self.remark(Grade::Confirm, Column::Record(0), at, item, why);
    }

    /// Says which items of the edition on record the table no longer has, and which of its
    /// columns; `cell` is that of the heading of the names.
    pub(super) fn removed(&mut self, cell: &str, head: &Edition, ids: &BTreeSet<&Id>) {
        let gone: Vec<(Id, String)> = self
            .on_record(head)
            .iter()
            .flat_map(|truth| &truth.items)
            .filter(|item| !ids.contains(&item.id))
            .map(|item| (item.id.clone(), item.name.zh.to_string()))
            .collect();
        let at = Said::new("", cell.to_owned());
        for (id, name) in gone {
            let why = Message::new(
                format!("已删去服务项目“{name}”（{id}）"),
                format!("removed: the item {id}, {name}"),
            );
            self.remark(Grade::Changed, Column::Name, &at, Some(&id), why);
        }
        for column in Column::BESIDE {
            if !self.has.contains(&column) {
                let why = Message::new(
                    format!("表里没有“{}”一栏，各项仍按登记数据", column.heading()),
                    format!(
                        "the column {} is gone; the items keep what the table's own data says",
                        column.heading()
                    ),
                );
                self.remark(Grade::Changed, column, &at, None, why);
            }
        }
    }
}

/// What differs between two values, each as the way to it, what it was and what it is.
fn differences<T: Serialize>(old: &T, new: &T) -> Vec<String> {
    let mut found = Vec::new();
    let value = |one: &T| serde_json::to_value(one).unwrap_or(Value::Null);
    walk("", &value(old), &value(new), &mut found);
    found
}

fn walk(way: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
    let below = |key: &str| match way {
        "" => key.to_owned(),
        way => format!("{way}/{key}"),
    };
    match (old, new) {
        (old, new) if old == new => {}
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let none = &Value::Null;
            for key in keys {
                let (a, b) = (a.get(key).unwrap_or(none), b.get(key).unwrap_or(none));
                walk(&below(key), a, b, found);
            }
        }
        (Value::Array(a), Value::Array(b)) if ids(a).is_some() && ids(b).is_some() => {
            let (a, b) = (ids(a).unwrap_or_default(), ids(b).unwrap_or_default());
            let names: BTreeSet<&str> = a.iter().chain(&b).map(|(id, _)| *id).collect();
            let one = |all: &[(&str, &Value)], id: &str| {
                all.iter().find(|(one, _)| *one == id).map_or(Value::Null, |(_, v)| (*v).clone())
            };
            for id in names {
                walk(&below(id), &one(&a, id), &one(&b, id), found);
            }
        }
        (old, new) => found.push(format!("{way}：{} → {}", brief(old), brief(new))),
    }
}

/// The members of a list that each have an id.
fn ids(all: &[Value]) -> Option<Vec<(&str, &Value)>> {
    all.iter().map(|one| Some((one.get("id")?.as_str()?, one))).collect()
}

/// A value as a person reads it in passing.
fn brief(value: &Value) -> String {
    const MOST: usize = 40;
    let text = match value {
        Value::Null => return "（无）".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}
