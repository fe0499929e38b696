//! Who is entitled: words and, where known, groups of criteria. Section 4.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellValue;
use crate::id::Id;
use crate::map::Map;
use crate::order::{Extent, Why};
use crate::text::Phrase;

/// The dimension of memberships: the only one in which a person can have several values.
///
/// In every other dimension a person has exactly one value, and two different names
/// there share nobody; whether the names on record are all there are is not known. The names of memberships may share people, and none of them lies
/// within another.
pub const MEMBER: &str = "member";

/// More combinations than this are not walked; the answer is then undecided.
const MOST_POINTS: usize = 20_000;

/// Any of several values of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AnyOf(#[serde(deserialize_with = "crate::text::filled")] Vec<CellValue>);

impl AnyOf {
    /// The values.
    pub fn values(&self) -> &[CellValue] {
        &self.0
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for AnyOf {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AnyOf".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "array",
            "items": generator.subschema_for::<CellValue>(),
            "minItems": 1,
            "description": "Any of these values. · 取其中任一值。",
        })
    }
}

/// People who meet every criterion: any of the listed values in each dimension.
pub type Group = Map<Id, AnyOf>;

/// Who is entitled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recipients {
    /// In Chinese. · 中文。
    pub zh: Phrase,
    /// In English. · 英文。
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<Phrase>,
    /// Where known: any of these groups, each meeting all of its criteria. In every
    /// dimension but `member` a person has exactly one value. · 已知时：符合其中任一组的全部条件；
    /// 除 member（身份）外，每人在一个维度上只取一个值。
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "crate::text::filled"
    )]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub groups: Vec<Group>,
}

impl Recipients {
    /// Whom these recipients cover, against others.
    ///
    /// Groups decide exactly; without groups on both sides, equal words are the same
    /// people and different words are undecided.
    pub fn extent(&self, other: &Self) -> Extent {
        let Self { zh, en: _, groups } = self;
        if groups.is_empty() || other.groups.is_empty() {
            return if *zh == other.zh {
                Extent::Same
            } else if groups.is_empty() && other.groups.is_empty() {
                Extent::Undecided(Why::Words)
            } else {
                Extent::Undecided(Why::Groups)
            };
        }
        by_groups(groups, &other.groups)
    }
}

/// What tells people apart: the value of a dimension, or, of memberships, each of them.
type Key<'a> = (&'a Id, Option<&'a Id>);

/// One way to tell people apart, and a value for each kind of them.
type Axis<'a> = (Key<'a>, Vec<Point<'a>>);

/// A value that stands for all people who share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point<'a> {
    /// The dimension has this value.
    Name(&'a Id),
    /// The dimension has this number.
    Number(u32),
    /// The dimension has a value that neither side names.
    Other,
    /// The person is, or is not, a member.
    Member(bool),
}

fn by_groups(a: &[Group], b: &[Group]) -> Extent {
    let axes = match axes(a.iter().chain(b)) {
        Ok(axes) => axes,
        Err(why) => return Extent::Undecided(why),
    };
    let total = axes.iter().try_fold(1_usize, |n, (_, points)| n.checked_mul(points.len()));
    if total.is_none_or(|n| n > MOST_POINTS) {
        return Extent::Undecided(Why::TooMany);
    }
    let (mut named, mut all) = (Seen::default(), Seen::default());
    each_person(&axes, &mut |person| {
        let in_a = a.iter().any(|g| meets(g, &axes, person));
        let in_b = b.iter().any(|g| meets(g, &axes, person));
        all.see(in_a, in_b);
        if !person.contains(&Point::Other) {
            named.see(in_a, in_b);
        }
    });
    // Whether anybody has a value that neither side names, such as a residence that is
    // neither urban nor rural, is not on record: an answer that hangs on it is none.
    let (named, all) = (named.extent(), all.extent());
    if named == all { all } else { Extent::Undecided(Why::Values) }
}

/// Whether anybody was seen on one side only.
#[derive(Default)]
struct Seen {
    only_a: bool,
    only_b: bool,
}

impl Seen {
    const fn see(&mut self, in_a: bool, in_b: bool) {
        self.only_a |= in_a && !in_b;
        self.only_b |= in_b && !in_a;
    }

    const fn extent(&self) -> Extent {
        match (self.only_a, self.only_b) {
            (false, false) => Extent::Same,
            (true, false) => Extent::Wider,
            (false, true) => Extent::Narrower,
            (true, true) => Extent::Crossing,
        }
    }
}

/// The common refinement of all groups: enough people to tell any two of them apart.
fn axes<'a>(groups: impl Iterator<Item = &'a Group>) -> Result<Vec<Axis<'a>>, Why> {
    let mut values: BTreeMap<&Id, BTreeSet<&CellValue>> = BTreeMap::new();
    for (dimension, any_of) in groups.flat_map(Map::iter) {
        values.entry(dimension).or_default().extend(any_of.values());
    }
    let mut axes = Vec::new();
    for (dimension, values) in values {
        let mut ends = BTreeSet::new();
        let mut names = Vec::new();
        for value in values {
            match value {
                CellValue::Name(name) => names.push(name),
                CellValue::Range(first, last) => {
                    ends.insert(*first);
                    ends.extend(last.and_then(|l| l.checked_add(1)));
                }
            }
        }
        match (names.is_empty(), ends.is_empty()) {
            (false, false) => return Err(Why::Mixed),
            (false, true) if dimension.as_str() == MEMBER => {
                let both = || vec![Point::Member(true), Point::Member(false)];
                axes.extend(names.into_iter().map(|name| ((dimension, Some(name)), both())));
            }
            (false, true) => {
                let points = names.into_iter().map(Point::Name).chain([Point::Other]);
                axes.push(((dimension, None), points.collect()));
            }
            (true, _) => {
                // The first number of each piece stands for the piece.
                ends.insert(0);
                axes.push(((dimension, None), ends.into_iter().map(Point::Number).collect()));
            }
        }
    }
    Ok(axes)
}

/// A person: a point on each axis, in the order of the axes.
fn each_person<'a>(axes: &[Axis<'a>], visit: &mut impl FnMut(&[Point<'a>])) {
    fn walk<'a>(
        rest: &[Axis<'a>],
        person: &mut Vec<Point<'a>>,
        visit: &mut impl FnMut(&[Point<'a>]),
    ) {
        let Some(((_, points), rest)) = rest.split_first() else {
            return visit(person);
        };
        for point in points {
            person.push(*point);
            walk(rest, person, visit);
            person.pop();
        }
    }
    walk(axes, &mut Vec::with_capacity(axes.len()), visit);
}

fn meets(group: &Group, axes: &[Axis<'_>], person: &[Point<'_>]) -> bool {
    let at = |key: Key<'_>| {
        let index = axes.iter().position(|(other, _)| *other == key)?;
        person.get(index)
    };
    group.iter().all(|(dimension, any_of)| {
        any_of.values().iter().any(|value| match value {
            CellValue::Name(name) => match at((dimension, None)) {
                Some(point) => *point == Point::Name(name),
                None => at((dimension, Some(name))) == Some(&Point::Member(true)),
            },
            CellValue::Range(first, last) => match at((dimension, None)) {
                Some(Point::Number(n)) => first <= n && last.is_none_or(|last| *n <= last),
                _ => false,
            },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(zh: &str, groups: &str) -> Recipients {
        let groups =
            if groups.is_empty() { String::new() } else { format!(r#","groups":{groups}"#) };
        crate::read::from_str(&format!(r#"{{"zh":"{zh}"{groups}}}"#)).unwrap()
    }

    #[test]
    fn groups_decide_and_words_do_not() {
        let both = r("甲", r#"[{"stage":["primary","junior"]}]"#);
        let split = r("乙", r#"[{"stage":["primary"]},{"stage":["junior"]}]"#);
        let one = r("丙", r#"[{"stage":["primary"]}]"#);
        let rural = r("丁", r#"[{"residence":["rural"]}]"#);
        assert_eq!(both.extent(&split), Extent::Same);
        assert_eq!(both.extent(&one), Extent::Wider);
        assert_eq!(one.extent(&both), Extent::Narrower);
        assert_eq!(one.extent(&rural), Extent::Undecided(Why::Values));
        let either = r("戊", r#"[{"stage":["primary"],"residence":["urban","rural"]}]"#);
        assert_eq!(either.extent(&one), Extent::Undecided(Why::Values));
        assert_eq!(r("甲", "").extent(&r("甲", "")), Extent::Same);
        assert_eq!(r("甲", "").extent(&r("乙", "")), Extent::Undecided(Why::Words));
        assert_eq!(r("甲", "").extent(&one), Extent::Undecided(Why::Groups));
    }

    #[test]
    fn ages_meet_in_the_middle() {
        let whole = r("甲", r#"[{"age":["60+"]}]"#);
        let pieces = r("乙", r#"[{"age":["60-69"]},{"age":["70+"]}]"#);
        let gap = r("丙", r#"[{"age":["60-69","71+"]}]"#);
        assert_eq!(whole.extent(&pieces), Extent::Same);
        assert_eq!(gap.extent(&whole), Extent::Narrower);
    }

    #[test]
    fn memberships_may_overlap() {
        let a = r("甲", r#"[{"member":["orphan"]}]"#);
        let b = r("乙", r#"[{"member":["orphan","hiv-affected"]}]"#);
        let c = r("丙", r#"[{"member":["orphan"]},{"member":["orphan"],"residence":["rural"]}]"#);
        assert_eq!(a.extent(&b), Extent::Narrower);
        assert_eq!(a.extent(&c), Extent::Same);
    }

    #[test]
    fn what_cannot_be_told_apart_is_undecided() {
        let mixed = r("甲", r#"[{"age":["60+","old"]}]"#);
        assert_eq!(mixed.extent(&r("乙", r#"[{"age":["60+"]}]"#)), Extent::Undecided(Why::Mixed));
    }
}
