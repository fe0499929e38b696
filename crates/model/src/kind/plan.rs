//! A plan of several years: its domains, key tasks, projects and targets. Section 9 of the
//! meaning.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::SchemaRef;
use crate::date::{Day, PartialDate};
use crate::grammar::Grammar;
use crate::id::{Id, IndicatorRef, InstrumentId, WorkId};
use crate::item::Transcribed;
use crate::number::{Count, Number};
use crate::provision::Comparator;
use crate::source::{Erratum, Source};
use crate::text::{Phrase, Text};
use crate::unit::{Period, Unit};

vocabulary! {
    /// How strongly the plan binds itself to a target.
    pub enum Firmness: "How strongly the plan binds itself. · 约束程度。" {
        /// Stated as what will be.
        Firm = "firm", "确定";
        /// Promoted or basically reached (推进、推广、基本实现).
        Soft = "soft", "推进";
        /// Striven for (力争).
        Aspirational = "aspirational", "力争";
    }
}

vocabulary! {
    /// What kind of thing a target fixes, where it is no outcome.
    pub enum Nature: "What a target fixes, where it is no outcome. · 目标的性质；不填为结果性目标。" {
        /// A rule on how money is used.
        Funding = "funding-rule", "资金规则";
        /// What people are entitled to: a standard in a plan.
        Entitlement = "entitlement", "保障标准";
    }
}

vocabulary! {
    /// How many are reached, where the plan gives no number.
    pub enum Reach: "How many are reached. · 覆盖程度。" {
        /// 全覆盖.
        Everyone = "everyone", "全覆盖";
        /// 应保尽保.
        AllEligible = "all-eligible", "应保尽保";
        /// 全部、所有.
        All = "all", "全部";
    }
}

vocabulary! {
    /// In what way a number is brought to nought.
    pub enum Zero: "In what way a number is brought to nought. · 清零方式。" {
        /// Cleared as often as a case arises (动态清零).
        Kept = "kept", "动态清零";
    }
}

macro_rules! due_pattern {
    () => {
        "^(throughout|yearly|((19|20)[0-9]{2}-((01|03|05|07|08|10|12)-(0[1-9]|[12][0-9]|3[01])|(04|06|09|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|((19|20)(0[48]|[2468][048]|[13579][26])|2000)-02-29))$"
    };
}

/// When a target is due.
pub const DUE: Grammar = Grammar {
    en: "deadline: a day, `yearly` or `throughout`",
    zh: "期限（日期、yearly 每年或 throughout 全程）",
    pattern: due_pattern!(),
    example: "2025-12-31",
};

/// When a target is due, as the plan's own words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// By a day.
    By(Day),
    /// In every year of the plan.
    Yearly,
    /// At every moment of the plan.
    Throughout,
}

impl Due {
    /// Reads a deadline.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "yearly" => Some(Self::Yearly),
            "throughout" => Some(Self::Throughout),
            day => Day::parse(day).map(Self::By),
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::By(day) => day.fmt(f),
            Self::Yearly => f.write_str("yearly"),
            Self::Throughout => f.write_str("throughout"),
        }
    }
}

written!(
    Due,
    DUE,
    "When it is due: a day, yearly, or throughout. · 期限：日期；yearly 每年；throughout 全程保持。"
);

/// So many for each of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Each {
    /// For each of what. · 按什么配置。
    pub of: Text,
    /// The least for each. · 每一个至少多少。
    pub least: Number,
}

/// What a target aims at: exactly one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// A number.
    Number(Comparator, Number, Unit),
    /// So many for each of something.
    Each(Box<Each>, Unit),
    /// All of them, without a number.
    Reach(Reach),
    /// None of them.
    Zero(Zero),
    /// Again and again: once in each of these.
    Every(Period),
    /// Words only.
    Words(Box<Text>),
}

impl Aim {
    /// Whether it is a plain number.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Number(..))
    }
}

/// What a plan promises to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Flat", into = "Flat")]
pub struct Target {
    /// Its lasting id in the plan.
    pub id: Id,
    /// The words of the plan.
    pub excerpt: Phrase,
    /// What is measured, in words.
    pub measures: Option<Box<Text>>,
    /// The indicator that measures it.
    pub indicator: Option<IndicatorRef>,
    /// What it aims at.
    pub aim: Aim,
    /// What it fixes, where it is no outcome.
    pub nature: Option<Nature>,
    /// How strongly the plan binds itself.
    pub firmness: Firmness,
    /// When it is due, where the plan says so; else on the last day of the plan.
    pub due: Option<Due>,
    /// Where or for whom it holds, where that is not the whole place.
    pub scope: Option<Box<Text>>,
    /// What a reader should know about this reading.
    pub note: Option<Phrase>,
}

/// A target as documents write it: the keys of every form side by side.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Target", transform = one_form))]
#[serde(rename = "Target", rename_all = "kebab-case", deny_unknown_fields)]
pub struct Flat {
    /// Its lasting id in the plan. · 目标标识，在本规划内唯一。
    id: Id,
    /// The words of the plan. · 规划原文。
    excerpt: Phrase,
    /// What is measured, in words. · 衡量什么（文字）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measures: Option<Box<Text>>,
    /// The indicator that measures it. · 衡量它的指标。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    indicator: Option<IndicatorRef>,
    /// Not less than. · 不低于。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<Number>,
    /// Exactly. · 达到此数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exactly: Option<Number>,
    /// Not more than. · 不高于。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<Number>,
    /// So many for each of something. · 每一个至少多少。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    each: Option<Box<Each>>,
    /// The unit of the number. · 计量单位。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Unit>,
    /// All of them, without a number. · 覆盖程度（原文没有数字）。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    coverage: Option<Reach>,
    /// None of them. · 清零。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zero: Option<Zero>,
    /// Again and again: once in each of these. · 每隔多久一次。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every: Option<Period>,
    /// Words only. · 只有文字。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<Box<Text>>,
    /// What it fixes, where it is no outcome. · 目标的性质；不填为结果性目标。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nature: Option<Nature>,
    /// How strongly the plan binds itself. · 约束程度。
    firmness: Firmness,
    /// When it is due, where the plan says so; else on the last day of the plan. · 期限；原文未写的不填，即规划期末。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<Due>,
    /// Where or for whom it holds, where that is not the whole place. · 适用范围；不填为全域。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<Box<Text>>,
    /// What a reader should know about this reading. · 备注。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Phrase>,
}

/// The keys that name a target's form; exactly one stands in it.
pub const AIM_KEYS: &[&str] =
    &["at-least", "exactly", "at-most", "each", "coverage", "zero", "every", "words"];
/// The keys of [`AIM_KEYS`] whose form is a number, and so has a `unit`.
#[cfg(feature = "schema")]
const NUMERIC_KEYS: &[&str] = &["at-least", "exactly", "at-most", "each"];

/// Adds to the schema of a target what [`Target::try_from`] checks.
#[cfg(feature = "schema")]
fn one_form(schema: &mut schemars::Schema) {
    crate::provision::one_of(schema, AIM_KEYS, |key| match NUMERIC_KEYS.contains(&key) {
        true => (vec!["unit"], Vec::new()),
        false => (Vec::new(), vec!["unit"]),
    });
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Target {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Flat::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Flat::json_schema(generator)
    }
}

impl TryFrom<Flat> for Target {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let Flat {
            id,
            excerpt,
            measures,
            indicator,
            at_least,
            exactly,
            at_most,
            each,
            unit,
            coverage,
            zero,
            every,
            words,
            nature,
            firmness,
            due,
            scope,
            note,
        } = flat;
        let number = |comparator, number: Option<Number>| {
            number.map(|n| unit.map(|unit| Aim::Number(comparator, n, unit)))
        };
        // Of each key that is written, the form; none in it where a number has no unit.
        let mut forms = [
            number(Comparator::AtLeast, at_least),
            number(Comparator::Exactly, exactly),
            number(Comparator::AtMost, at_most),
            each.map(|each| unit.map(|unit| Aim::Each(each, unit))),
            coverage.map(|reach| Some(Aim::Reach(reach))),
            zero.map(|zero| Some(Aim::Zero(zero))),
            every.map(|period| Some(Aim::Every(period))),
            words.map(|words| Some(Aim::Words(words))),
        ]
        .into_iter()
        .flatten();
        let (Some(aim), None) = (forms.next(), forms.next()) else {
            return Err("exactly one form is written");
        };
        let aim = aim.ok_or("a number has a `unit`")?;
        if unit.is_some() && !matches!(aim, Aim::Number(..) | Aim::Each(..)) {
            return Err("a key that does not go with the form");
        }
        Ok(Self { id, excerpt, measures, indicator, aim, nature, firmness, due, scope, note })
    }
}

impl From<Target> for Flat {
    fn from(target: Target) -> Self {
        let Target { id, excerpt, measures, indicator, aim, nature, firmness, due, scope, note } =
            target;
        let mut flat = Self {
            id,
            excerpt,
            measures,
            indicator,
            at_least: None,
            exactly: None,
            at_most: None,
            each: None,
            unit: None,
            coverage: None,
            zero: None,
            every: None,
            words: None,
            nature,
            firmness,
            due,
            scope,
            note,
        };
        match aim {
            Aim::Number(comparator, number, unit) => {
                match comparator {
                    Comparator::AtLeast => flat.at_least = Some(number),
                    Comparator::Exactly => flat.exactly = Some(number),
                    Comparator::AtMost => flat.at_most = Some(number),
                }
                flat.unit = Some(unit);
            }
            Aim::Each(each, unit) => {
                flat.each = Some(each);
                flat.unit = Some(unit);
            }
            Aim::Reach(reach) => flat.coverage = Some(reach),
            Aim::Zero(zero) => flat.zero = Some(zero),
            Aim::Every(period) => flat.every = Some(period),
            Aim::Words(words) => flat.words = Some(words),
        }
        flat
    }
}

/// A key task or a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Part {
    /// Its lasting id in the domain. · 标识，在本领域内唯一。
    pub id: Id,
    /// Its title. · 标题。
    pub title: Text,
    /// Its full text. · 全文。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The targets that the text names. · 文中的目标。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub targets: Vec<Target>,
}

/// A domain of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Domain {
    /// Its lasting id in the plan. · 领域标识。
    pub id: Id,
    /// What people call it. · 领域名称。
    pub name: Text,
    /// Its basic-standard sentence. · 基本标准。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basic_standard: Option<Text>,
    /// Its key tasks, in order. · 重点任务，按顺序。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub tasks: Vec<Part>,
    /// Its projects, in order. · 保障工程，按顺序。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub projects: Vec<Part>,
}

impl Domain {
    /// Its key tasks, then its projects, each under the key of its list.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &Part)> {
        let tasks = self.tasks.iter().map(|part| ("tasks", part));
        tasks.chain(self.projects.iter().map(|part| ("projects", part)))
    }
}

/// How many the plan holds, counted in its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlanCounts {
    /// Domains. · 领域数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domains: Option<Count>,
    /// Key tasks. · 重点任务数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Count>,
    /// Projects. · 保障工程数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub projects: Option<Count>,
    /// Targets. · 目标数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<Count>,
    /// Targets that are a plain number. · 其中数值目标数。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Count>,
}

/// A plan of several years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Plan {
    /// The schema of this document. · 本文档的模式。
    #[serde(rename = "$schema")]
    pub schema: SchemaRef,
    /// Its lasting id. · 规划标识。
    pub id: WorkId,
    /// Its full name. · 全称。
    pub name: Text,
    /// The instrument that published it. · 公布它的文件。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// From when it runs. · 起始时间。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// Its last day, by which a target without a deadline is due. · 规划期最后一日；未写期限的目标以此为期。
    pub last_day: Day,
    /// How far it is transcribed. · 转录程度。
    pub transcribed: Transcribed,
    /// How many it holds, counted in its document. · 原文的数量。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<PlanCounts>,
    /// What was wrong in our copy and has been mended since it was published. · 本文档转录勘误。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub errata: Vec<Erratum>,
    /// Where it comes from. · 来源。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What stands before its domains, paragraph by paragraph. · 各领域之前的总述，逐段。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub preface: Vec<Text>,
    /// The targets of no single domain. · 跨领域的目标。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub targets: Vec<Target>,
    /// Its domains, in order. · 领域，按顺序。
    #[serde(deserialize_with = "crate::text::filled")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub domains: Vec<Domain>,
}

/// A target, and where in the plan it stands.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// The domain, and the key task or project of it under the key of its list; `None` for a
    /// target of no single domain.
    pub part: Option<(&'a Domain, &'static str, &'a Part)>,
    /// The target.
    pub target: &'a Target,
}

impl<'a> Placed<'a> {
    /// The words of its path in the document.
    pub fn words(&self) -> Vec<&'a str> {
        let mut words = match self.part {
            Some((domain, list, part)) => {
                vec!["domains", domain.id.as_str(), list, part.id.as_str()]
            }
            None => Vec::new(),
        };
        words.extend(["targets", self.target.id.as_str()]);
        words
    }
}

impl Plan {
    /// Every target: those of no single domain, then those of each domain in order.
    pub fn every_target(&self) -> impl Iterator<Item = Placed<'_>> {
        let own = self.targets.iter().map(|target| Placed { part: None, target });
        own.chain(self.domains.iter().flat_map(|domain| {
            domain.parts().flat_map(move |(list, part)| {
                let part_of = move |target| Placed { part: Some((domain, list, part)), target };
                part.targets.iter().map(part_of)
            })
        }))
    }

    /// When a target is due, and whether the plan's own words say so.
    pub fn due(&self, target: &Target) -> (Due, bool) {
        target.due.map_or((Due::By(self.last_day), false), |due| (due, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(form: &str) -> Result<Target, String> {
        let text = format!(r#"{{"id":"a","excerpt":"文","firmness":"firm"{form}}}"#);
        crate::read::from_str::<Target>(&text).map_err(|fault| format!("{fault:?}"))
    }

    #[test]
    fn a_target_has_exactly_one_form() {
        for one in [
            r#","at-least":"93","unit":"percent""#,
            r#","each":{"of":{"zh":"区"},"least":"1"},"unit":"piece""#,
            r#","coverage":"all""#,
            r#","zero":"kept""#,
            r#","every":"month""#,
            r#","words":{"zh":"建设市、区两级平台"}"#,
        ] {
            let read = target(one).unwrap();
            let again: Target =
                crate::read::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
            assert_eq!(again, read);
        }
        for none in [
            "",
            r#","at-least":"93""#,
            r#","coverage":"all","unit":"percent""#,
            r#","coverage":"all","zero":"kept""#,
            r#","at-least":"93","at-most":"95","unit":"percent""#,
        ] {
            assert!(target(none).is_err(), "{none}");
        }
    }

    #[test]
    fn a_target_without_a_deadline_is_due_when_the_plan_ends() {
        let plan: Plan = crate::read::from_str(
            r#"{"$schema":"plan.json","id":"cn/plan","name":{"zh":"规划"},"last-day":"2025-12-31","transcribed":"full",
            "targets":[{"id":"a","excerpt":"文","coverage":"all","firmness":"firm"},{"id":"b","excerpt":"文","coverage":"all","firmness":"firm","due":"yearly"}],
            "domains":[{"id":"d","name":{"zh":"领域"}}]}"#,
        )
        .unwrap();
        let due: Vec<_> = plan.every_target().map(|placed| plan.due(placed.target)).collect();
        let last = Due::parse("2025-12-31").unwrap();
        assert_eq!(due, [(last, false), (Due::Yearly, true)]);
    }
}
