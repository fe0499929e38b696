//! An edition as a sheet of slots, each with a value or empty.
//!
//! A patch speaks of slots: fields of the edition itself, fields of an item, provisions.
//! Every struct is taken apart here field by field, so that a field that is new to the
//! model does not compile until it has a slot.

use std::sync::Arc;

use jialiang_model::date::PartialDate;
use jialiang_model::id::{AgencyId, Id, InstrumentId, ProvisionRef, StandardId};
use jialiang_model::item::{Item, Responsibility, Transcribed};
use jialiang_model::kind::edition::{Counts, NotApplicable, Summary};
use jialiang_model::kind::{Edition, EditionId, SchemaRef};
use jialiang_model::place::IdPath;
use jialiang_model::provision::Provision;
use jialiang_model::recipients::Recipients;
use jialiang_model::source::{Erratum, Source};
use jialiang_model::text::Text;
use jialiang_model::version::{Label, Version};

/// What a path calls an item or a provision: its id, with `[2]` behind the second of two
/// that are alike.
pub type Word = Box<str>;

/// Where in an edition something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// A field of the edition itself.
    Head(Head),
    /// A parent's item that is declared not applicable, or no more. Changes speak of single
    /// items; patches of the whole list.
    NotApplicable(Word),
    /// Which items there are, in their order.
    Items,
    /// A whole item. Changes speak of whole items; patches of their parts.
    Item(Word),
    /// A field of an item.
    Part(Word, Part),
    /// Which provisions an item has, in their order.
    Provisions(Word),
    /// A provision of an item.
    Provision(Word, Word),
}

impl Slot {
    /// The path by ids inside the edition.
    pub fn path(&self) -> IdPath {
        match self {
            Self::Head(head) => [head.key()].iter().collect(),
            Self::NotApplicable(_) => [Head::NotApplicable.key()].iter().collect(),
            Self::Items => ["items"].iter().collect(),
            Self::Item(item) => ["items", item].iter().collect(),
            Self::Part(item, part) => ["items", item, part.key()].iter().collect(),
            Self::Provisions(item) => ["items", item, "provisions"].iter().collect(),
            Self::Provision(item, line) => ["items", item, "provisions", line].iter().collect(),
        }
    }

    /// The path by ids of what differs in this slot, as one side has it: of a provision that
    /// both sides have, the key under which the difference stands.
    pub fn path_of(&self, here: Option<&Value>, there: Option<&Value>) -> IdPath {
        match (self, here, there) {
            (Self::Provision(..), Some(Value::Provision(p)), Some(Value::Provision(q))) => {
                self.path().join(differing_key(p, q))
            }
            _ => self.path(),
        }
    }

    /// The item that it is in.
    pub fn item(&self) -> Option<&str> {
        match self {
            Self::Head(_) | Self::Items => None,
            Self::NotApplicable(item)
            | Self::Item(item)
            | Self::Part(item, _)
            | Self::Provisions(item)
            | Self::Provision(item, _) => Some(item),
        }
    }
}

/// The key of `p` under which it says something else than `q`.
fn differing_key(p: &Provision, q: &Provision) -> &'static str {
    let Provision { id: _, name, measure: _, cell, form, continues, source: _ } = p;
    let scales = (form.scale(), q.form.scale());
    if *cell != q.cell && !cell.is_everyone() {
        "cell"
    } else if p.measure() != q.measure() && p.measure.is_some() {
        "measure"
    } else if *form != q.form {
        match scales {
            (Some(s), Some(t)) if form.number() == q.form.number() && s != t => {
                if s.unit != t.unit {
                    "unit"
                } else if s.better != t.better {
                    "better"
                } else {
                    form.key()
                }
            }
            _ => form.key(),
        }
    } else if *name != q.name && name.is_some() {
        "name"
    } else if *continues != q.continues && continues.is_some() {
        "continues"
    } else if p.source.is_some() {
        "source"
    } else {
        "id"
    }
}

/// What stands in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A reference to a schema.
    Schema(SchemaRef),
    /// A standard.
    Standard(StandardId),
    /// A version.
    Version(Version),
    /// A label.
    Label(Label),
    /// Words.
    Text(Text),
    /// Yes or no.
    Flag(bool),
    /// An instrument.
    Instrument(InstrumentId),
    /// A date.
    Date(PartialDate),
    /// An edition.
    Edition(EditionId),
    /// How far a text is transcribed.
    Transcribed(Transcribed),
    /// Declared counts.
    Counts(Counts),
    /// The declared summary.
    Summary(Box<Summary>),
    /// An id.
    Id(Id),
    /// A list of ids.
    Ids(Vec<Id>),
    /// A list of lines.
    Lines(Vec<ProvisionRef>),
    /// Items that are not applicable, and why.
    NotApplicable(Vec<NotApplicable>),
    /// Errata.
    Errata(Vec<Erratum>),
    /// A source.
    Source(Box<Source>),
    /// The words of a list, in its order.
    Order(Vec<Word>),
    /// Recipients.
    Recipients(Box<Recipients>),
    /// Who pays.
    Responsibility(Box<Responsibility>),
    /// Agencies, in order.
    Agencies(Vec<AgencyId>),
    /// A provision.
    Provision(Box<Provision>),
    /// A whole item.
    Item(Arc<Item>),
}

impl Value {
    /// Everything that the value says, as JSON on one line, but for what is ours: the English,
    /// the sources and their marks. Two values that promise or state anything else differ in
    /// it, however they read in words.
    pub fn exact(&self) -> String {
        fn json<T: serde::Serialize>(value: &T) -> serde_json::Value {
            // Documents hold strings, lists and objects only, so this cannot fail.
            serde_json::to_value(value).unwrap_or_default()
        }
        fn strip(value: &mut serde_json::Value) {
            match value {
                serde_json::Value::Object(map) => {
                    map.retain(|key, _| !matches!(key.as_str(), "en" | "source"));
                    map.values_mut().for_each(strip);
                }
                serde_json::Value::Array(list) => list.iter_mut().for_each(strip),
                _ => {}
            }
        }
        let mut value = match self {
            Self::Schema(v) => json(v),
            Self::Standard(v) => json(v),
            Self::Version(v) => json(v),
            Self::Label(v) => json(v),
            Self::Text(v) => json(v),
            Self::Flag(v) => json(v),
            Self::Instrument(v) => json(v),
            Self::Date(v) => json(v),
            Self::Edition(v) => json(v),
            Self::Transcribed(v) => json(v),
            Self::Counts(v) => json(v),
            Self::Summary(v) => json(v),
            Self::Id(v) => json(v),
            Self::Ids(v) => json(v),
            Self::Lines(v) => json(v),
            Self::NotApplicable(v) => json(v),
            Self::Errata(v) => json(v),
            Self::Source(v) => json(v),
            Self::Order(v) => json(v),
            Self::Recipients(v) => json(v),
            Self::Responsibility(v) => json(v),
            Self::Agencies(v) => json(v),
            Self::Provision(v) => json(v),
            Self::Item(v) => json(v),
        };
        strip(&mut value);
        value.to_string()
    }
}

/// A type whose values stand in slots.
pub(crate) trait Held: Sized {
    /// The value in a slot; none where the document would leave the key out.
    fn hold(&self) -> Option<Value>;
    /// Back from the slot; none where something else stands in it.
    fn release(value: Option<Value>) -> Option<Self>;
}

macro_rules! held {
    ($($type:ty => $variant:ident;)+) => {
        $(impl Held for $type {
            fn hold(&self) -> Option<Value> {
                Some(Value::$variant(self.clone()))
            }
            fn release(value: Option<Value>) -> Option<Self> {
                match value {
                    Some(Value::$variant(value)) => Some(value),
                    _ => None,
                }
            }
        })+
    };
}

held! {
    SchemaRef => Schema;
    StandardId => Standard;
    Version => Version;
    Label => Label;
    Text => Text;
    bool => Flag;
    InstrumentId => Instrument;
    PartialDate => Date;
    EditionId => Edition;
    Transcribed => Transcribed;
    Counts => Counts;
    Box<Summary> => Summary;
    Id => Id;
    Box<Source> => Source;
    Box<Recipients> => Recipients;
    Box<Responsibility> => Responsibility;
}

impl Held for Source {
    fn hold(&self) -> Option<Value> {
        Some(Value::Source(Box::new(self.clone())))
    }
    fn release(value: Option<Value>) -> Option<Self> {
        <Box<Self>>::release(value).map(|source| *source)
    }
}

impl Held for Box<Text> {
    fn hold(&self) -> Option<Value> {
        Text::hold(self)
    }
    fn release(value: Option<Value>) -> Option<Self> {
        Text::release(value).map(Self::new)
    }
}

impl<T: Held> Held for Option<T> {
    fn hold(&self) -> Option<Value> {
        self.as_ref().and_then(T::hold)
    }
    fn release(value: Option<Value>) -> Option<Self> {
        match value {
            None => Some(None),
            some => T::release(some).map(Some),
        }
    }
}

macro_rules! held_lists {
    ($($type:ty => $variant:ident;)+) => {
        $(impl Held for Vec<$type> {
            fn hold(&self) -> Option<Value> {
                (!self.is_empty()).then(|| Value::$variant(self.clone()))
            }
            fn release(value: Option<Value>) -> Option<Self> {
                match value {
                    None => Some(Self::new()),
                    Some(Value::$variant(list)) => Some(list),
                    Some(_) => None,
                }
            }
        })+
    };
}

held_lists! {
    Id => Ids;
    ProvisionRef => Lines;
    NotApplicable => NotApplicable;
    Erratum => Errata;
    AgencyId => Agencies;
}

/// The fields of a struct as slots. `besides` names the fields that have slots of another
/// kind.
macro_rules! fields {
    (
        $(#[$meta:meta])*
        $name:ident of $type:ident { $($field:ident $variant:ident $key:literal $zh:literal,)+ }
        besides { $($rest:ident),+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = concat!("`", $key, "`.")] $variant,)+ }

        impl $name {
            /// Every field, in the order of documents.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The key under which documents write it.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The field in Chinese.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// Each field that differs, with what stands on both sides.
            pub(crate) fn differing(
                a: &$type,
                b: &$type,
                see: &mut impl FnMut(Self, Option<Value>, Option<Value>),
            ) {
                let $type { $($field,)+ $($rest: _),+ } = a;
                $(if *$field != b.$field {
                    see(Self::$variant, $field.hold(), b.$field.hold());
                })+
            }

            /// What stands in a field.
            pub(crate) fn of(self, whole: &$type) -> Option<Value> {
                match self { $(Self::$variant => whole.$field.hold(),)+ }
            }

            /// Fills a field; false where it cannot hold the value.
            pub(crate) fn put(self, whole: &mut $type, value: Option<Value>) -> bool {
                match self {
                    $(Self::$variant => match Held::release(value) {
                        Some(value) => { whole.$field = value; true }
                        None => false,
                    },)+
                }
            }
        }
    };
}

fields! {
    /// A field of the edition itself.
    Head of Edition {
        schema Schema "$schema" "模式",
        standard Standard "standard" "所属标准",
        version Version "version" "版本号",
        label Label "label" "通称",
        name Name "name" "名称",
        draft Draft "draft" "草案",
        instrument Instrument "instrument" "公布文件",
        follows Follows "follows" "上一版",
        effective Effective "effective" "施行日期",
        difference_from DifferenceFrom "difference-from" "所依据的上级版本",
        transcribed Transcribed "transcribed" "转录程度",
        counts Counts "counts" "公布的数量",
        declared Declared "declared" "通知所述的调整情况",
        editorial Editorial "editorial" "规范表述的项目",
        enacts Enacts "enacts" "本版自身作出的调整",
        not_applicable NotApplicable "not-applicable" "不适用的上级项目",
        errata Errata "errata" "勘误",
        source Source "source" "来源",
    }
    besides { items }
}

fields! {
    /// A field of an item.
    Part of Item {
        name Name "name" "名称",
        category Category "category" "类别",
        transcribed Transcribed "transcribed" "转录程度",
        recipients Recipients "recipients" "服务对象",
        content Content "content" "服务内容",
        responsibility Responsibility "responsibility" "支出责任",
        lead_agencies LeadAgencies "lead-agencies" "牵头负责单位",
        continues Continues "continues" "接续的旧项目",
        source Source "source" "来源",
    }
    besides { id, provisions }
}
