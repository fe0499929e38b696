//! One measurable line of an item, in every form that documents use. Section 4.

mod compare;

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::id::{AgencyId, Id, InstrumentId, ProvisionRef};
use crate::number::{Count, Number};
use crate::source::Source;
use crate::text::{Phrase, Text};
use crate::unit::{Measured, Unit};

vocabulary! {
    /// Which way is better for the people the provision is made for.
    pub enum Better: "Which way is better for the recipient. · 对服务对象而言，多了好还是少了好。" {
        /// More is better, as of an allowance.
        More = "more", "多者优";
        /// Less is better, as of a contribution or a waiting time.
        Less = "less", "少者优";
    }
}

vocabulary! {
    /// How far everyone entitled is reached.
    pub enum Coverage: "How far everyone entitled is reached. · 覆盖程度。" {
        /// 全覆盖.
        Everyone = "everyone", "全覆盖";
        /// 应保尽保.
        AllEligible = "all-eligible", "应保尽保";
    }
}

vocabulary! {
    /// How a computed amount is rounded to whole units.
    pub enum Rounding: "How a computed amount is rounded. · 取整方式。" {
        /// To the nearest, a half away from zero (四舍五入).
        HalfUp = "half-up", "四舍五入";
        /// Upward.
        Up = "up", "向上取整";
        /// Downward.
        Down = "down", "向下取整";
    }
}

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Band {
    /// The least. · 下限。
    pub least: Number,
    /// The most. · 上限。
    pub most: Number,
}

/// A range of whole numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Grades {
    /// The least number of grades. · 最少档数。
    pub least: Count,
    /// The most grades. · 最多档数。
    pub most: Count,
}

/// A share of another provision, with a unit, rounding and bounds of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Share {
    /// The provision that it is a share of. · 所依据的服务标准。
    pub of: ProvisionRef,
    /// How many per cent of it. · 百分比。
    pub percent: Number,
    /// How the result is rounded. · 取整方式。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<Rounding>,
    /// The least that the result can be. · 不低于。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Number>,
    /// The most that the result can be. · 不高于。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Number>,
}

/// An amount that adds to another provision for some of its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Supplement {
    /// The provision that it adds to. · 所加发的服务标准。
    pub to: ProvisionRef,
    /// How much it adds. · 加发数额。
    pub amount: Number,
}

/// A value that another authority or a law sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Peg {
    /// The words of the peg, in Chinese. · 原文，如“按照《军人抚恤优待条例》执行”。
    pub zh: Phrase,
    /// The words of the peg, in English. · 英文。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Phrase>,
    /// The instrument that sets the value. · 所依据的文件。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// The agency that sets the value. · 确定数值的单位。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
}

/// How an amount binds: it decides compliance, [`Better`] decides weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// 不低于.
    AtLeast,
    /// 按此数.
    Exactly,
    /// 不高于.
    AtMost,
}

impl Comparator {
    /// The key under which documents write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AtLeast => "at-least",
            Self::Exactly => "exactly",
            Self::AtMost => "at-most",
        }
    }
}

/// What a number is in, and which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The unit.
    pub unit: Unit,
    /// Which way is better for the recipient.
    pub better: Better,
    /// How many days make the year of a daily amount.
    pub days_per_year: Option<Count>,
}

/// An average, and how it may be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    /// The average.
    pub number: Number,
    /// The band within which each may lie.
    pub band: Option<Band>,
    /// Into how many grades it may be split.
    pub grades: Option<Grades>,
}

/// The form of a provision: exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// An amount, count, frequency, duration or ratio.
    Amount(Comparator, Number, Scale),
    /// An average, with the band and the number of grades it may be split into.
    Average(Box<Average>, Scale),
    /// A share of another provision.
    Share(Box<Share>, Scale),
    /// An amount that adds to another provision.
    Supplement(Box<Supplement>, Scale),
    /// An increase of each person's own amount: there is no base to answer.
    Increase(Number, Scale),
    /// Free of charge.
    Free,
    /// Set by another authority or a law.
    Pegged(Box<Peg>),
    /// Coverage without a number.
    Coverage(Coverage),
    /// Words, not yet quantified.
    Words(Box<Text>),
}

/// One measurable line of an item, for one cell.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Flat", into = "Flat")]
pub struct Provision {
    /// Its lasting id within the item.
    pub id: Id,
    /// What people call it.
    pub name: Option<Box<Text>>,
    /// The quantity that it measures, where several provisions measure the same one for
    /// different cells; otherwise its own id.
    pub measure: Option<Id>,
    /// For whom it holds.
    pub cell: Cell,
    /// What it promises.
    pub form: Form,
    /// The one line of an earlier edition that it continues, after a split, a merge or a new
    /// id.
    pub continues: Option<Box<ProvisionRef>>,
    /// Where it comes from; the item's source where absent.
    pub source: Option<Box<Source>>,
}

/// A provision as documents write it: the keys of every form side by side.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Provision", transform = one_form))]
#[serde(rename = "Provision", rename_all = "kebab-case", deny_unknown_fields)]
pub struct Flat {
    /// Its lasting id within the item. · 条目标识，在本项目内唯一。
    id: Id,
    /// What people call it. · 名称。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Box<Text>>,
    /// The quantity it measures, where several lines measure the same one for different
    /// people. · 所计量的指标；同一指标按人群分列多条时填写。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measure: Option<Id>,
    /// For whom it holds. · 适用范围。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cell: Option<Cell>,
    /// Not less than. · 不低于。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<Number>,
    /// Exactly. · 按此数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exactly: Option<Number>,
    /// Not more than. · 不高于。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<Number>,
    /// On average. · 平均。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    average: Option<Number>,
    /// The band within which the average may be split. · 平均标准的浮动范围。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    band: Option<Band>,
    /// Into how many grades it may be split. · 档数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grades: Option<Grades>,
    /// A share of another provision. · 另一条标准的一定比例。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<Box<Share>>,
    /// An amount that adds to another provision. · 在另一条标准上加发。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    adds: Option<Box<Supplement>>,
    /// An increase of each person's own amount. · 在本人原标准上增加。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    increase: Option<Number>,
    /// Free of charge. · 免费。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    free: Option<Free>,
    /// Set by another authority or a law. · 按其他机关或法规确定的标准执行。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pegged: Option<Box<Peg>>,
    /// Coverage without a number. · 覆盖要求。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    coverage: Option<Coverage>,
    /// Words, not yet quantified. · 文字表述，尚未量化。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<Box<Text>>,
    /// The unit of the number. · 计量单位。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Unit>,
    /// How many days make the year of a daily amount. · 按日标准的全年天数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_per_year: Option<Count>,
    /// Which way is better for the recipient. · 多者优还是少者优。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    better: Option<Better>,
    /// The one line of an earlier edition that it continues, after a split, a merge or a new
    /// id. · 所接续的一条旧标准（拆分、合并或换了标识时填写）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    continues: Option<Box<ProvisionRef>>,
    /// Where it comes from; the item's source where absent. · 来源；不填则同服务项目。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Box<Source>>,
}

vocabulary! {
    /// The one word that says a service is free of charge.
    pub enum Free: "Free of charge. · 免费。" {
        /// Nothing is charged.
        OfCharge = "of-charge", "免费";
    }
}

/// The keys that name a form; exactly one stands in a provision.
pub const FORM_KEYS: &[&str] = &[
    "at-least", "exactly", "at-most", "average", "share", "adds", "increase", "free", "pegged",
    "coverage", "words",
];
/// The keys of [`FORM_KEYS`] whose form is a number, and so has `unit` and `better`.
pub const NUMERIC_KEYS: &[&str] =
    &["at-least", "exactly", "at-most", "average", "share", "adds", "increase"];

/// Adds to the schema of a provision what [`Provision::try_from`] checks: one form, and
/// the keys that go with it.
#[cfg(feature = "schema")]
fn one_form(schema: &mut schemars::Schema) {
    one_of(schema, FORM_KEYS, |key| {
        let mut required = Vec::new();
        let mut banned = Vec::new();
        if key != "average" {
            banned.extend(["band", "grades"]);
        }
        if NUMERIC_KEYS.contains(&key) {
            required.extend(["unit", "better"]);
        } else {
            banned.extend(["unit", "days-per-year", "better"]);
        }
        (required, banned)
    });
}

/// Adds to a schema that exactly one of some keys stands, and for each of them which other
/// keys must stand beside it, and which must not.
#[cfg(feature = "schema")]
pub(crate) fn one_of(
    schema: &mut schemars::Schema,
    keys: &[&'static str],
    beside: impl Fn(&str) -> (Vec<&'static str>, Vec<&'static str>),
) {
    let branches: Vec<serde_json::Value> = keys
        .iter()
        .map(|key| {
            let (with, without) = beside(key);
            let required: Vec<&str> = std::iter::once(*key).chain(with).collect();
            let others = keys.iter().copied().filter(|other| other != key);
            // A validator that is strict wants each required key named here as well.
            let properties: serde_json::Map<String, serde_json::Value> = others
                .chain(without)
                .map(|key| (key.to_owned(), false.into()))
                .chain(required.iter().map(|key| ((*key).to_owned(), true.into())))
                .collect();
            serde_json::json!({ "required": required, "properties": properties })
        })
        .collect();
    schema.insert("oneOf".into(), branches.into());
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Provision {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Flat::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Flat::json_schema(generator)
    }
}

impl TryFrom<Flat> for Provision {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let Flat {
            id,
            name,
            measure,
            cell,
            at_least,
            exactly,
            at_most,
            average,
            band,
            grades,
            share,
            adds,
            increase,
            free,
            pegged,
            coverage,
            words,
            unit,
            days_per_year,
            better,
            continues,
            source,
        } = flat;
        let mut forms = 0;
        let mut form = None;
        let mut numeric = |make: &dyn Fn(Scale) -> Form| {
            forms += 1;
            if let (Some(unit), Some(better)) = (unit, better) {
                form = Some(make(Scale { unit, better, days_per_year }));
            }
        };
        if let Some(n) = at_least {
            numeric(&|scale| Form::Amount(Comparator::AtLeast, n, scale));
        }
        if let Some(n) = exactly {
            numeric(&|scale| Form::Amount(Comparator::Exactly, n, scale));
        }
        if let Some(n) = at_most {
            numeric(&|scale| Form::Amount(Comparator::AtMost, n, scale));
        }
        if let Some(n) = average {
            numeric(&|scale| Form::Average(Box::new(Average { number: n, band, grades }), scale));
        }
        if let Some(n) = increase {
            numeric(&|scale| Form::Increase(n, scale));
        }
        if let Some(share) = share {
            numeric(&|scale| Form::Share(share.clone(), scale));
        }
        if let Some(adds) = adds {
            numeric(&|scale| Form::Supplement(adds.clone(), scale));
        }
        let is_numeric = forms > 0;
        let mut wordy = |made: Form| {
            forms += 1;
            form = Some(made);
        };
        if free.is_some() {
            wordy(Form::Free);
        }
        if let Some(peg) = pegged {
            wordy(Form::Pegged(peg));
        }
        if let Some(coverage) = coverage {
            wordy(Form::Coverage(coverage));
        }
        if let Some(words) = words {
            wordy(Form::Words(words));
        }
        if forms != 1 {
            return Err("exactly one form is written");
        }
        let strays = if is_numeric {
            average.is_none() && (band.is_some() || grades.is_some())
        } else {
            unit.is_some()
                || better.is_some()
                || days_per_year.is_some()
                || band.is_some()
                || grades.is_some()
        };
        if strays {
            return Err("a key that does not go with the form");
        }
        let form = form.ok_or("a number has `unit` and `better`")?;
        Ok(Self { id, name, measure, cell: cell.unwrap_or_default(), form, continues, source })
    }
}

impl From<Provision> for Flat {
    fn from(provision: Provision) -> Self {
        let Provision { id, name, measure, cell, form, continues, source } = provision;
        let mut flat = Self {
            id,
            name,
            measure,
            cell: (!cell.is_everyone()).then_some(cell),
            at_least: None,
            exactly: None,
            at_most: None,
            average: None,
            band: None,
            grades: None,
            share: None,
            adds: None,
            increase: None,
            free: None,
            pegged: None,
            coverage: None,
            words: None,
            unit: None,
            days_per_year: None,
            better: None,
            continues,
            source,
        };
        let scale = match form {
            Form::Amount(comparator, n, scale) => {
                match comparator {
                    Comparator::AtLeast => flat.at_least = Some(n),
                    Comparator::Exactly => flat.exactly = Some(n),
                    Comparator::AtMost => flat.at_most = Some(n),
                }
                Some(scale)
            }
            Form::Average(average, scale) => {
                let Average { number, band, grades } = *average;
                (flat.average, flat.band, flat.grades) = (Some(number), band, grades);
                Some(scale)
            }
            Form::Share(share, scale) => {
                flat.share = Some(share);
                Some(scale)
            }
            Form::Supplement(adds, scale) => {
                flat.adds = Some(adds);
                Some(scale)
            }
            Form::Increase(n, scale) => {
                flat.increase = Some(n);
                Some(scale)
            }
            Form::Free => {
                flat.free = Some(Free::OfCharge);
                None
            }
            Form::Pegged(peg) => {
                flat.pegged = Some(peg);
                None
            }
            Form::Coverage(coverage) => {
                flat.coverage = Some(coverage);
                None
            }
            Form::Words(words) => {
                flat.words = Some(words);
                None
            }
        };
        if let Some(Scale { unit, better, days_per_year }) = scale {
            flat.unit = Some(unit);
            flat.better = Some(better);
            flat.days_per_year = days_per_year;
        }
        flat
    }
}

impl Form {
    /// The unit and direction of a form that is a number.
    pub const fn scale(&self) -> Option<Scale> {
        match self {
            Self::Amount(_, _, scale)
            | Self::Average(_, scale)
            | Self::Share(_, scale)
            | Self::Supplement(_, scale)
            | Self::Increase(_, scale) => Some(*scale),
            Self::Free | Self::Pegged(_) | Self::Coverage(_) | Self::Words(_) => None,
        }
    }
}

impl Form {
    /// The number that a form turns on, where it is one: of an average the average, of a
    /// share its per cent.
    pub const fn number(&self) -> Option<Number> {
        match self {
            Self::Amount(_, number, _) | Self::Increase(number, _) => Some(*number),
            Self::Average(average, _) => Some(average.number),
            Self::Share(share, _) => Some(share.percent),
            Self::Supplement(adds, _) => Some(adds.amount),
            Self::Free | Self::Pegged(_) | Self::Coverage(_) | Self::Words(_) => None,
        }
    }

    /// The key under which documents write it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Amount(comparator, _, _) => comparator.key(),
            Self::Average(..) => "average",
            Self::Share(..) => "share",
            Self::Supplement(..) => "adds",
            Self::Increase(..) => "increase",
            Self::Free => "free",
            Self::Pegged(_) => "pegged",
            Self::Coverage(_) => "coverage",
            Self::Words(_) => "words",
        }
    }

    /// The number with its unit.
    pub const fn measured(&self) -> Option<Measured> {
        match (self.number(), self.scale()) {
            (Some(number), Some(Scale { unit, better: _, days_per_year })) => {
                Some(Measured { number, unit, days_per_year })
            }
            _ => None,
        }
    }
}

impl Provision {
    /// The quantity that the provision measures: the one it names, else its own id.
    pub fn measure(&self) -> &Id {
        self.measure.as_ref().unwrap_or(&self.id)
    }
}
