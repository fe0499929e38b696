//! One measurable line of an item, in every form that documents use. Section 4.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

use crate::cell::Cell;
use crate::id::{AgencyId, Id, InstrumentId, ProvisionRef};
use crate::number::{Count, Number};
use crate::order::{Order, Why};
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
    let branches: Vec<serde_json::Value> = FORM_KEYS
        .iter()
        .map(|key| {
            let numeric = NUMERIC_KEYS.contains(key);
            let mut banned: Vec<&str> =
                FORM_KEYS.iter().copied().filter(|other| other != key).collect();
            if *key != "average" {
                banned.extend(["band", "grades"]);
            }
            let mut required = vec![*key];
            if numeric {
                required.extend(["unit", "better"]);
            } else {
                banned.extend(["unit", "days-per-year", "better"]);
            }
            // A validator that is strict wants each required key named here as well.
            let properties: serde_json::Map<String, serde_json::Value> = banned
                .into_iter()
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
        Ok(Self { id, name, measure, cell: cell.unwrap_or_default(), form, source })
    }
}

impl From<Provision> for Flat {
    fn from(provision: Provision) -> Self {
        let Provision { id, name, measure, cell, form, source } = provision;
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

impl Provision {
    /// The quantity that the provision measures: the one it names, else its own id.
    pub fn measure(&self) -> &Id {
        self.measure.as_ref().unwrap_or(&self.id)
    }

    /// How this provision stands to another, for the people it is made for.
    ///
    /// Undecided for different cells, forms, directions or units that do not convert.
    pub fn compare(&self, other: &Self) -> Order {
        let Self { id: _, name: _, measure: _, cell, form, source: _ } = self;
        if *cell != other.cell {
            return Order::Undecided(Why::Cells);
        }
        form.compare(&other.form)
    }
}

/// What a form allows between its worst and its best, in the direction of better;
/// `None` is without bound.
struct Reach {
    worst: Option<Number>,
    best: Option<Number>,
}

impl Form {
    /// How this form stands to another of the same cell.
    pub fn compare(&self, other: &Self) -> Order {
        match (self, other) {
            (Self::Amount(c, n, s), Self::Amount(d, m, t)) => {
                dominates(&reach(*c, *n, *s), *s, &reach(*d, *m, *t), *t)
            }
            (Self::Average(a, s), Self::Average(b, t)) => average(**a, *s, **b, *t),
            (Self::Share(a, s), Self::Share(b, t)) => share(a, *s, b, *t),
            (Self::Supplement(a, s), Self::Supplement(b, t)) => {
                if a.to != b.to {
                    return Order::Undecided(Why::Objects);
                }
                exact(a.amount, *s, b.amount, *t)
            }
            (Self::Increase(n, s), Self::Increase(m, t)) => exact(*n, *s, *m, *t),
            (Self::Free, Self::Free) => Order::Equal,
            (Self::Pegged(a), Self::Pegged(b)) => {
                let Peg { zh, en: _, instrument, agency } = a.as_ref();
                let named = instrument.is_some() || agency.is_some();
                let same = *instrument == b.instrument && *agency == b.agency;
                if same && (named || *zh == b.zh) {
                    Order::Equal
                } else {
                    Order::Undecided(Why::Objects)
                }
            }
            (Self::Coverage(a), Self::Coverage(b)) if a == b => Order::Equal,
            (Self::Coverage(_), Self::Coverage(_)) => Order::Undecided(Why::Words),
            (Self::Words(a), Self::Words(b)) if a.zh == b.zh => Order::Equal,
            (Self::Words(_), Self::Words(_)) => Order::Undecided(Why::Words),
            (
                Self::Amount(..)
                | Self::Average(..)
                | Self::Share(..)
                | Self::Supplement(..)
                | Self::Increase(..)
                | Self::Free
                | Self::Pegged(_)
                | Self::Coverage(_)
                | Self::Words(_),
                _,
            ) => Order::Undecided(Why::Forms),
        }
    }
}

fn reach(comparator: Comparator, n: Number, scale: Scale) -> Reach {
    let (low, high) = match comparator {
        Comparator::AtLeast => (Some(n), None),
        Comparator::Exactly => (Some(n), Some(n)),
        Comparator::AtMost => (None, Some(n)),
    };
    match scale.better {
        Better::More => Reach { worst: low, best: high },
        Better::Less => Reach { worst: high, best: low },
    }
}

fn measured(number: Number, Scale { unit, better: _, days_per_year }: Scale) -> Measured {
    Measured { number, unit, days_per_year }
}

/// Compares two numbers in the direction of better.
fn exact(n: Number, s: Scale, m: Number, t: Scale) -> Order {
    if s.better != t.better {
        return Order::Undecided(Why::Directions);
    }
    match measured(n, s).compare(measured(m, t)) {
        Err(reason) => Order::Undecided(reason.into()),
        Ok(Ordering::Equal) => Order::Equal,
        Ok(ordering) => match (ordering, s.better) {
            (Ordering::Greater, Better::More) | (Ordering::Less, Better::Less) => Order::Better,
            _ => Order::Worse,
        },
    }
}

/// Both ends at least as good, and one better, is better; ends that cross are undecided.
fn dominates(a: &Reach, s: Scale, b: &Reach, t: Scale) -> Order {
    if s.better != t.better {
        return Order::Undecided(Why::Directions);
    }
    // Without a bound: the worst is worse than any number, the best better than any.
    let end = |x: Option<Number>, y: Option<Number>, unbounded: Order| match (x, y) {
        (Some(x), Some(y)) => exact(x, s, y, t),
        (None, Some(_)) => unbounded,
        (Some(_), None) => unbounded.flip(),
        (None, None) => Order::Equal,
    };
    // Unbounded ends say nothing about units: without one common bound, check them here.
    if let Err(reason) = measured(Number::ZERO, s).compare(measured(Number::ZERO, t)) {
        return Order::Undecided(reason.into());
    }
    both(end(a.worst, b.worst, Order::Worse), end(a.best, b.best, Order::Better))
}

fn both(a: Order, b: Order) -> Order {
    match (a, b) {
        (Order::Undecided(why), _) | (_, Order::Undecided(why)) => Order::Undecided(why),
        (Order::Equal, other) | (other, Order::Equal) => other,
        (Order::Better, Order::Better) => Order::Better,
        (Order::Worse, Order::Worse) => Order::Worse,
        (Order::Better, Order::Worse) | (Order::Worse, Order::Better) => {
            Order::Undecided(Why::Overlap)
        }
    }
}

/// Averages compare by the average; bands only qualify it: they may not pull the other
/// way, and a band or a number of grades that only one side states leaves it undecided.
fn average(a: Average, s: Scale, b: Average, t: Scale) -> Order {
    let Average { number: n, band: band_a, grades: grades_a } = a;
    let Average { number: m, band: band_b, grades: grades_b } = b;
    let ends = match (band_a, band_b) {
        (None, None) => Order::Equal,
        (Some(a), Some(b)) => {
            let (worst_a, best_a, worst_b, best_b) = match s.better {
                Better::More => (a.least, a.most, b.least, b.most),
                Better::Less => (a.most, a.least, b.most, b.least),
            };
            both(exact(worst_a, s, worst_b, t), exact(best_a, s, best_b, t))
        }
        (Some(_), None) | (None, Some(_)) => Order::Undecided(Why::Overlap),
    };
    let grades = if grades_a == grades_b { Order::Equal } else { Order::Undecided(Why::Overlap) };
    match exact(n, s, m, t) {
        Order::Undecided(why) => Order::Undecided(why),
        Order::Equal => both(ends, grades),
        decided @ (Order::Better | Order::Worse) => both(decided, ends),
    }
}

fn share(a: &Share, s: Scale, b: &Share, t: Scale) -> Order {
    let Share { of, percent, rounding, least, most } = a;
    if *of != b.of {
        return Order::Undecided(Why::Objects);
    }
    if s.unit != t.unit {
        return Order::Undecided(Why::Units);
    }
    if s.better != t.better {
        return Order::Undecided(Why::Directions);
    }
    if *rounding != b.rounding {
        return Order::Undecided(Why::Rounding);
    }
    let toward = |ordering: Ordering| match (ordering, s.better) {
        (Ordering::Equal, _) => Order::Equal,
        (Ordering::Greater, Better::More) | (Ordering::Less, Better::Less) => Order::Better,
        (Ordering::Greater, Better::Less) | (Ordering::Less, Better::More) => Order::Worse,
    };
    // No least is below every least, no most above every most.
    let least = toward(least.map(Number::decimal).cmp(&b.least.map(Number::decimal)));
    let open = |most: Option<Number>| most.map_or(Decimal::MAX, Number::decimal);
    let most = toward(open(*most).cmp(&open(b.most)));
    both(toward(percent.decimal().cmp(&b.percent.decimal())), both(least, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(json: &str) -> Provision {
        crate::read::from_str(&format!(r#"{{"id":"x",{json}}}"#)).unwrap()
    }

    fn order(a: &str, b: &str) -> Order {
        let (a, b) = (p(a), p(b));
        let answer = a.compare(&b);
        assert_eq!(b.compare(&a), answer.flip());
        answer
    }

    #[test]
    fn more_is_better_where_it_says_so() {
        let more = r#""unit":"CNY/person/month","better":"more""#;
        let less = r#""unit":"CNY/person/year","better":"less""#;
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""at-least":"93",{more}"#)),
            Order::Better
        );
        // A personal contribution of at least 400 is worse for who pays it than 380.
        assert_eq!(
            order(&format!(r#""at-least":"400",{less}"#), &format!(r#""at-least":"380",{less}"#)),
            Order::Worse
        );
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""at-least":"98",{less}"#)),
            Order::Undecided(Why::Directions)
        );
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""exactly":"98",{more}"#)),
            Order::Better
        );
        assert_eq!(
            order(&format!(r#""at-least":"98",{more}"#), &format!(r#""exactly":"103",{more}"#)),
            Order::Undecided(Why::Overlap)
        );
    }

    #[test]
    fn averages_compare_by_the_average_and_their_band() {
        let a = r#""average":"2300","band":{"least":"1200","most":"3500"},"unit":"CNY/pupil/year","better":"more""#;
        let b = r#""average":"2000","band":{"least":"1000","most":"3000"},"unit":"CNY/pupil/year","better":"more""#;
        let c = r#""average":"2000","unit":"CNY/pupil/year","better":"more""#;
        assert_eq!(order(a, b), Order::Better);
        assert_eq!(order(b, c), Order::Undecided(Why::Overlap));
    }

    #[test]
    fn words_and_pegs_are_equal_or_undecided() {
        assert_eq!(order(r#""free":"of-charge""#, r#""free":"of-charge""#), Order::Equal);
        assert_eq!(
            order(r#""words":{"zh":"甲"}"#, r#""words":{"zh":"乙"}"#),
            Order::Undecided(Why::Words)
        );
        assert_eq!(
            order(r#""free":"of-charge""#, r#""coverage":"everyone""#),
            Order::Undecided(Why::Forms)
        );
        let peg = |t: &str| format!(r#""pegged":{{"zh":"{t}","instrument":"cn/2004/x"}}"#);
        assert_eq!(order(&peg("按条例"), &peg("依条例")), Order::Equal);
    }

    #[test]
    fn a_share_compares_with_its_bounds() {
        let s = |percent: &str, rest: &str| {
            format!(
                r#""share":{{"of":"a/b","percent":"{percent}"{rest}}},"unit":"CNY/household/month","better":"more""#
            )
        };
        assert_eq!(order(&s("30", ""), &s("25", "")), Order::Better);
        assert_eq!(order(&s("30", r#","least":"100""#), &s("30", "")), Order::Better);
        assert_eq!(order(&s("30", r#","most":"100""#), &s("30", "")), Order::Worse);
        assert_eq!(
            order(&s("30", r#","most":"100""#), &s("25", "")),
            Order::Undecided(Why::Overlap)
        );
        assert_eq!(
            order(&s("30", r#","rounding":"up""#), &s("30", "")),
            Order::Undecided(Why::Rounding)
        );
    }
}
