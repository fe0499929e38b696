//! What one document says of one standard: the changes it makes, and what it only attests.
//! Sections 3 and 7 of the meaning.

use serde::{Deserialize, Serialize};

use super::SchemaRef;
use crate::date::PartialDate;
use crate::id::{AgencyId, Id, InstrumentId, StandardId};
use crate::item::{Item, Responsibility};
use crate::number::Number;
use crate::provision::{Provision, Rounding};
use crate::recipients::Recipients;
use crate::source::{Erratum, Source};
use crate::text::Text;

vocabulary! {
    /// How a first day is read.
    pub enum Reading: "How the first day is read; exactly, where absent. · 起始时间的读法；不填即自该期间首日起。" {
        /// It begins on some day within the period that is written: which, is not on record.
        Within = "within", "在此期间内某日起，日期未见";
        /// The period is the measure's own: a funding year, an insurance year, a term. When it
        /// is over with nothing following, the value is carried over.
        Period = "period", "即该年度（学期）的标准";
    }
}

vocabulary! {
    /// Which way recipients were changed, as the source attests.
    pub enum Widening: "Which way the recipients were changed, as the source says. · 来源所述的对象变化方向。" {
        /// More people are entitled.
        Widened = "widened", "扩大";
        /// Fewer people are entitled.
        Narrowed = "narrowed", "缩小";
    }
}

vocabulary! {
    /// The one word that retires an item.
    pub enum Retired: "The item is retired as a whole. · 整项取消。" {
        /// All of it.
        Whole = "whole", "整项";
    }
}

vocabulary! {
    /// What is looked into before a place goes beyond the one above it.
    pub enum Assessed: "What was looked into before it was issued. · 印发前所作的论证、评估。" {
        /// Whether people need it, and the law allows it.
        Justification = "justification", "事前论证";
        /// What may go wrong with it.
        Risk = "risk", "风险评估";
        /// Whether the place can pay for it, now and later.
        Affordability = "affordability", "财政承受能力评估";
    }
}

impl Assessed {
    /// The word in English, as people read it.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Justification => "prior justification",
            Self::Risk => "risk assessment",
            Self::Affordability => "affordability assessment",
        }
    }
}

/// What was looked into before a document was issued, and where that is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assessment {
    /// What it looked into. · 论证、评估的内容。
    #[serde(deserialize_with = "crate::text::filled")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub of: Vec<Assessed>,
    /// Where that is on record. · 出处。
    pub source: Source,
}

/// By how much a number changes: an amount or a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FlatStep", into = "FlatStep")]
pub struct Step {
    /// The amount, or the per cent of the number before.
    pub size: Size,
    /// How the result is rounded to whole units.
    pub rounding: Option<Rounding>,
}

/// An amount, or a per cent of the number before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// An amount in the unit of the line, below nought for a cut.
    Amount(Number),
    /// A per cent of the number before.
    Percent(Number),
}

/// A step as documents write it.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Step", transform = one_size))]
#[serde(rename = "Step", rename_all = "kebab-case", deny_unknown_fields)]
struct FlatStep {
    /// By an amount, in the unit of the line. · 增加的数额（减少为负）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<Number>,
    /// By so many per cent of the number before. · 增加的百分比。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<Number>,
    /// How the result is rounded. · 取整方式。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounding: Option<Rounding>,
}

#[cfg(feature = "schema")]
fn one_size(schema: &mut schemars::Schema) {
    crate::provision::one_of(schema, &["amount", "percent"], |_| (Vec::new(), Vec::new()));
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Step {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        FlatStep::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        FlatStep::json_schema(generator)
    }
}

impl TryFrom<FlatStep> for Step {
    type Error = &'static str;
    fn try_from(flat: FlatStep) -> Result<Self, Self::Error> {
        let FlatStep { amount, percent, rounding } = flat;
        let size = match (amount, percent) {
            (Some(amount), None) => Size::Amount(amount),
            (None, Some(percent)) => Size::Percent(percent),
            (None, None) | (Some(_), Some(_)) => return Err("an amount or a per cent"),
        };
        Ok(Self { size, rounding })
    }
}

impl From<Step> for FlatStep {
    fn from(Step { size, rounding }: Step) -> Self {
        let (amount, percent) = match size {
            Size::Amount(amount) => (Some(amount), None),
            Size::Percent(percent) => (None, Some(percent)),
        };
        Self { amount, percent, rounding }
    }
}

/// What one operation does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Sets a line to what is printed, with the number before and the change where they are
    /// printed too.
    Set {
        /// The line as it is from then on.
        line: Box<Provision>,
        /// The number before, in the unit of the line: 由X提高到Y.
        was: Option<Number>,
        /// The change that is named beside the result.
        by: Option<Step>,
    },
    /// Changes a line whose base is printed and whose result is not.
    Change {
        /// The line as it was.
        base: Box<Provision>,
        /// By how much.
        by: Step,
    },
    /// Changes a line by so much; neither base nor result is printed, so that nothing can be
    /// computed from it.
    Alter {
        /// The line's id.
        line: Id,
        /// By how much.
        by: Step,
    },
    /// Says that a line stays as it is (不作调整).
    Confirm(Box<Provision>),
    /// Saw a line in force on a day, not since when.
    Attest {
        /// The line as it was seen.
        line: Box<Provision>,
        /// The day.
        on: PartialDate,
    },
    /// Ends a line.
    End(Id),
    /// Adds an item.
    Add(Box<Item>),
    /// Retires an item; where it was split or merged, into which.
    Retire(Vec<Id>),
    /// Gives an item another name.
    Rename(Box<Text>),
    /// Says anew who is entitled, and which way that went where the source says.
    Recipients(Box<Recipients>, Option<Widening>),
    /// Says anew what is provided.
    Content(Box<Text>),
    /// Says anew who pays.
    Responsibility(Box<Responsibility>),
    /// Says anew who leads, in order.
    LeadAgencies(Vec<AgencyId>),
    /// Ends what another document brought, and revives nothing (废止、失效).
    Repeal(InstrumentId),
    /// Takes off what another document brought, so that what lies below shows (撤销).
    Annul(InstrumentId),
}

/// From when, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The date as the source has it; it begins on its first day.
    pub from: PartialDate,
    /// How that date is read.
    pub reading: Option<Reading>,
    /// The day after the last; open where absent.
    pub until: Option<PartialDate>,
}

/// How an operation stands to others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bond {
    /// Whether it lies above all lasting ones for its interval, and lapses by itself.
    pub temporary: bool,
    /// The adjustments whose later starts it runs over.
    pub replaces: Vec<InstrumentId>,
    /// The adjustments whose coats it takes off from its first day, temporary ones too.
    pub lifts: Vec<InstrumentId>,
    /// Whether those below must pass the increase on, above what they had (不得冲抵).
    pub pass_through: bool,
    /// Whether those who stand above may not come down (不得降低).
    pub no_regression: bool,
    /// The day by which those below must have followed.
    pub deadline: Option<PartialDate>,
}

/// One operation of an adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "FlatOperation", into = "FlatOperation")]
pub struct Operation {
    /// The item; none where a whole document is repealed or annulled.
    pub item: Option<Id>,
    /// What it does.
    pub act: Act,
    /// From when; `None` for what is only confirmed or attested.
    pub when: Option<When>,
    /// How it stands to others.
    pub bond: Bond,
    /// Where it comes from; the line's, else the adjustment's source where absent.
    pub source: Option<Box<Source>>,
}

/// An operation as documents write it: the keys of every act side by side.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Operation", transform = one_act))]
#[serde(rename = "Operation", rename_all = "kebab-case", deny_unknown_fields)]
struct FlatOperation {
    /// The item. · 服务项目。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<Id>,
    /// Sets a line to what is printed. · 将一条标准定为此值。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Box<Provision>>,
    /// Changes a line whose base is printed and whose result is not: the line as it was.
    /// · 只印基数和增幅、未印结果的调整，此处填原标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    change: Option<Box<Provision>>,
    /// Changes a line of which neither base nor result is printed: its id. · 只印增幅的调整，此处填条目标识。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alter: Option<Id>,
    /// Says that a line stays as it is. · 确认不作调整的标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confirm: Option<Box<Provision>>,
    /// A line that was seen in force on a day. · 某日所见的现行标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attest: Option<Box<Provision>>,
    /// Ends a line: its id. · 停止执行的条目标识。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<Id>,
    /// Adds an item. · 新增服务项目。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    add: Option<Box<Item>>,
    /// Retires the item. · 取消服务项目。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retire: Option<Retired>,
    /// Gives the item another name. · 更名。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rename: Option<Box<Text>>,
    /// Who is entitled from then on. · 调整后的服务对象。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recipients: Option<Box<Recipients>>,
    /// What is provided from then on. · 调整后的服务内容。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<Box<Text>>,
    /// Who pays from then on. · 调整后的支出责任。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    responsibility: Option<Box<Responsibility>>,
    /// Who leads from then on, in order. · 调整后的牵头负责单位，有先后。
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "filled_or_absent"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    lead_agencies: Option<Vec<AgencyId>>,
    /// Ends what an adjustment brought, and revives nothing. · 废止（失效）的调整，旧标准不恢复。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repeal: Option<InstrumentId>,
    /// Takes off what an adjustment brought. · 撤销的调整，恢复其下的标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    annul: Option<InstrumentId>,
    /// The number before, in the unit of the line. · 调整前的数额。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was: Option<Number>,
    /// By how much. · 增幅。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Step>,
    /// Which way the recipients went, as the source says. · 来源所述的对象变化方向。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<Widening>,
    /// The items that a retired one goes on as. · 拆分、合并后的项目。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    into: Vec<Id>,
    /// The day on which it was seen. · 所见之日。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<PartialDate>,
    /// From when. · 自何时起执行。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<PartialDate>,
    /// How `from` is read; exactly, from its first day, where absent. · 起始时间的读法；不填即自首日起。
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    reading: Option<Reading>,
    /// The day after the last; open where absent. · 最后一日的次日；不填为长期。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<PartialDate>,
    /// Set where it is only for a time, above all lasting ones. · 阶段性（临时）标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    temporary: Option<bool>,
    /// The adjustments whose later starts it runs over. · 所取代的、已定于其后执行的调整。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    replaces: Vec<InstrumentId>,
    /// The adjustments that it takes off from its first day. · 自其首日起停止执行的调整（含阶段性的）。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    lifts: Vec<InstrumentId>,
    /// Set where those below must pass the increase on above what they had. · 不得冲抵下级已自行提高的部分。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pass_through: Option<bool>,
    /// Set where those who stand above may not come down. · 已高于的不得降低。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    no_regression: Option<bool>,
    /// The day by which those below must have followed. · 下级落实的最后期限（次日）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deadline: Option<PartialDate>,
    /// Where it comes from. · 来源；不填则同本条标准或本次调整。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Box<Source>>,
}

fn filled_or_absent<'de, D: serde::Deserializer<'de>>(
    d: D,
) -> Result<Option<Vec<AgencyId>>, D::Error> {
    crate::text::filled(d).map(Some)
}

/// The keys that name an act; exactly one stands in an operation.
pub const ACT_KEYS: &[&str] = &[
    "set",
    "change",
    "alter",
    "confirm",
    "attest",
    "end",
    "add",
    "retire",
    "rename",
    "recipients",
    "content",
    "responsibility",
    "lead-agencies",
    "repeal",
    "annul",
];

/// The keys that may stand beside some acts only.
pub const BESIDE: &[&str] = &[
    "item",
    "was",
    "by",
    "direction",
    "into",
    "on",
    "from",
    "as",
    "until",
    "temporary",
    "replaces",
    "lifts",
    "pass-through",
    "no-regression",
    "deadline",
];

/// The keys that must stand beside an act, and those that may.
pub fn beside(act: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const BONDS: &[&str] = &[
        "was",
        "by",
        "as",
        "until",
        "temporary",
        "replaces",
        "lifts",
        "pass-through",
        "no-regression",
        "deadline",
    ];
    match act {
        "set" => (&["item", "from"], BONDS),
        "change" => (
            &["item", "from", "by"],
            &[
                "as",
                "until",
                "temporary",
                "replaces",
                "lifts",
                "pass-through",
                "no-regression",
                "deadline",
            ],
        ),
        "alter" => (&["item", "from", "by"], &["as", "pass-through", "no-regression", "deadline"]),
        "confirm" => (&["item"], &[]),
        "attest" => (&["item", "on"], &[]),
        "retire" => (&["item", "from"], &["as", "into"]),
        "end" => (&["item", "from"], &["as"]),
        "recipients" => (&["item", "from"], &["as", "until", "direction"]),
        "repeal" | "annul" => (&["from"], &[]),
        _ => (&["item", "from"], &["as", "until"]),
    }
}

/// Adds to the schema of an operation what [`Operation::try_from`] checks.
#[cfg(feature = "schema")]
fn one_act(schema: &mut schemars::Schema) {
    crate::provision::one_of(schema, ACT_KEYS, |act| {
        let (must, may) = beside(act);
        let banned = BESIDE.iter().filter(|key| !must.contains(key) && !may.contains(key));
        (must.to_vec(), banned.copied().collect())
    });
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Operation {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        FlatOperation::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        FlatOperation::json_schema(generator)
    }
}

impl TryFrom<FlatOperation> for Operation {
    type Error = &'static str;

    fn try_from(flat: FlatOperation) -> Result<Self, Self::Error> {
        let FlatOperation {
            item,
            set,
            change,
            alter,
            confirm,
            attest,
            end,
            add,
            retire,
            rename,
            recipients,
            content,
            responsibility,
            lead_agencies,
            repeal,
            annul,
            was,
            by,
            direction,
            into,
            on,
            from,
            reading,
            until,
            temporary,
            replaces,
            lifts,
            pass_through,
            no_regression,
            deadline,
            source,
        } = flat;
        let here = [
            ("item", item.is_some()),
            ("was", was.is_some()),
            ("by", by.is_some()),
            ("direction", direction.is_some()),
            ("into", !into.is_empty()),
            ("on", on.is_some()),
            ("from", from.is_some()),
            ("as", reading.is_some()),
            ("until", until.is_some()),
            ("temporary", temporary.is_some()),
            ("replaces", !replaces.is_empty()),
            ("lifts", !lifts.is_empty()),
            ("pass-through", pass_through.is_some()),
            ("no-regression", no_regression.is_some()),
            ("deadline", deadline.is_some()),
        ];
        let mut acts: Vec<(&str, Act)> = Vec::new();
        if let Some(line) = set {
            acts.push(("set", Act::Set { line, was, by }));
        }
        if let Some(base) = change {
            acts.push(("change", Act::Change { base, by: by.ok_or("`change` has `by`")? }));
        }
        if let Some(line) = alter {
            acts.push(("alter", Act::Alter { line, by: by.ok_or("`alter` has `by`")? }));
        }
        if let Some(line) = confirm {
            acts.push(("confirm", Act::Confirm(line)));
        }
        if let Some(line) = attest {
            acts.push(("attest", Act::Attest { line, on: on.ok_or("`attest` has `on`")? }));
        }
        if let Some(line) = end {
            acts.push(("end", Act::End(line)));
        }
        if let Some(item) = add {
            acts.push(("add", Act::Add(item)));
        }
        if let Some(Retired::Whole) = retire {
            acts.push(("retire", Act::Retire(into)));
        }
        if let Some(name) = rename {
            acts.push(("rename", Act::Rename(name)));
        }
        if let Some(recipients) = recipients {
            acts.push(("recipients", Act::Recipients(recipients, direction)));
        }
        if let Some(content) = content {
            acts.push(("content", Act::Content(content)));
        }
        if let Some(responsibility) = responsibility {
            acts.push(("responsibility", Act::Responsibility(responsibility)));
        }
        if let Some(agencies) = lead_agencies {
            acts.push(("lead-agencies", Act::LeadAgencies(agencies)));
        }
        if let Some(id) = repeal {
            acts.push(("repeal", Act::Repeal(id)));
        }
        if let Some(id) = annul {
            acts.push(("annul", Act::Annul(id)));
        }
        let [(act_key, _)] = acts.as_slice() else {
            return Err("exactly one act is written");
        };
        let (must, may) = beside(act_key);
        for (key, stands) in here {
            if stands && !must.contains(&key) && !may.contains(&key) {
                return Err("a key that does not go with the act");
            }
            if !stands && must.contains(&key) {
                return Err("a key that the act needs is absent");
            }
        }
        let (_, act) = acts.pop().ok_or("exactly one act is written")?;
        let when = from.map(|from| When { from, reading, until });
        let bond = Bond {
            temporary: temporary == Some(true),
            replaces,
            lifts,
            pass_through: pass_through == Some(true),
            no_regression: no_regression == Some(true),
            deadline,
        };
        Ok(Self { item, act, when, bond, source })
    }
}

impl From<Operation> for FlatOperation {
    fn from(operation: Operation) -> Self {
        let Operation { item, act, when, bond, source } = operation;
        let Bond { temporary, replaces, lifts, pass_through, no_regression, deadline } = bond;
        let mut flat = Self {
            item,
            set: None,
            change: None,
            alter: None,
            confirm: None,
            attest: None,
            end: None,
            add: None,
            retire: None,
            rename: None,
            recipients: None,
            content: None,
            responsibility: None,
            lead_agencies: None,
            repeal: None,
            annul: None,
            was: None,
            by: None,
            direction: None,
            into: Vec::new(),
            on: None,
            from: when.map(|when| when.from),
            reading: when.and_then(|when| when.reading),
            until: when.and_then(|when| when.until),
            temporary: temporary.then_some(true),
            replaces,
            lifts,
            pass_through: pass_through.then_some(true),
            no_regression: no_regression.then_some(true),
            deadline,
            source,
        };
        match act {
            Act::Set { line, was, by } => (flat.set, flat.was, flat.by) = (Some(line), was, by),
            Act::Change { base, by } => (flat.change, flat.by) = (Some(base), Some(by)),
            Act::Alter { line, by } => (flat.alter, flat.by) = (Some(line), Some(by)),
            Act::Confirm(line) => flat.confirm = Some(line),
            Act::Attest { line, on } => (flat.attest, flat.on) = (Some(line), Some(on)),
            Act::End(line) => flat.end = Some(line),
            Act::Add(item) => flat.add = Some(item),
            Act::Retire(into) => (flat.retire, flat.into) = (Some(Retired::Whole), into),
            Act::Rename(name) => flat.rename = Some(name),
            Act::Recipients(recipients, direction) => {
                (flat.recipients, flat.direction) = (Some(recipients), direction);
            }
            Act::Content(content) => flat.content = Some(content),
            Act::Responsibility(responsibility) => flat.responsibility = Some(responsibility),
            Act::LeadAgencies(agencies) => flat.lead_agencies = Some(agencies),
            Act::Repeal(id) => flat.repeal = Some(id),
            Act::Annul(id) => flat.annul = Some(id),
        }
        flat
    }
}

impl Act {
    /// The key under which documents write it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set",
            Self::Change { .. } => "change",
            Self::Alter { .. } => "alter",
            Self::Confirm(_) => "confirm",
            Self::Attest { .. } => "attest",
            Self::End(_) => "end",
            Self::Add(_) => "add",
            Self::Retire(_) => "retire",
            Self::Rename(_) => "rename",
            Self::Recipients(..) => "recipients",
            Self::Content(_) => "content",
            Self::Responsibility(_) => "responsibility",
            Self::LeadAgencies(_) => "lead-agencies",
            Self::Repeal(_) => "repeal",
            Self::Annul(_) => "annul",
        }
    }

    /// The line that it writes out, of an act that writes one.
    pub const fn line(&self) -> Option<&Provision> {
        match self {
            Self::Set { line, .. }
            | Self::Change { base: line, .. }
            | Self::Confirm(line)
            | Self::Attest { line, .. } => Some(line),
            Self::Alter { .. }
            | Self::End(_)
            | Self::Add(_)
            | Self::Retire(_)
            | Self::Rename(_)
            | Self::Recipients(..)
            | Self::Content(_)
            | Self::Responsibility(_)
            | Self::LeadAgencies(_)
            | Self::Repeal(_)
            | Self::Annul(_) => None,
        }
    }
}

/// What one document says of one standard, in the place in whose folder it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Adjustment {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// Its lasting id, as place/year/name: the place for which it says something. · 调整标识，写作 行政区划/年份/名称；即在该地执行的调整。
    pub id: InstrumentId,
    /// The standard whose items it speaks of; of a place without a standard of its own, the
    /// one above. · 所涉标准；本地没有自己标准的，填上级标准。
    pub standard: StandardId,
    /// Set while it may still change: it is not in force. · 草案，尚未生效。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<bool>,
    /// The instrument that makes the changes; none where it was not seen. · 作出调整的文件；未见文件的不填。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// The adjustments of the same day of issue that come before this one. · 同日印发的、先于本次的调整。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub after: Vec<InstrumentId>,
    /// What was looked into before it was issued, as far as that is on record. · 印发前所作的论证、评估，见到的才填。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub assessments: Vec<Assessment>,
    /// What was wrong in our copy and has been mended since. · 本文档转录勘误。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub errata: Vec<Erratum>,
    /// Where this comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What it changes or attests. · 调整或载明的事项。
    #[serde(deserialize_with = "crate::text::filled")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub operations: Vec<Operation>,
}

impl Adjustment {
    /// The place for which it says something.
    pub fn place(&self) -> &str {
        self.id.place()
    }

    /// What of the prior looking into is not on record.
    pub fn unassessed(&self) -> Vec<Assessed> {
        let done = |one: &Assessed| self.assessments.iter().any(|each| each.of.contains(one));
        Assessed::ALL.iter().copied().filter(|one| !done(one)).collect()
    }
}
