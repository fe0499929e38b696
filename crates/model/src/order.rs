//! Comparison with three answers: yes, no, and undecided with its reason. Section 4.

use crate::unit::NotComparable;

/// How one provision stands to another, for the people it is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// They promise the same.
    Equal,
    /// The first promises more good.
    Better,
    /// The first promises less good.
    Worse,
    /// Neither can be said, and why.
    Undecided(Why),
}

impl Order {
    /// The answer with the two sides exchanged.
    #[must_use]
    pub const fn flip(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::Better => Self::Worse,
            Self::Worse => Self::Better,
            Self::Undecided(why) => Self::Undecided(why),
        }
    }
}

/// Whom one text covers, against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// The same people.
    Same,
    /// The first covers everyone in the second, and more.
    Wider,
    /// The second covers everyone in the first, and more.
    Narrower,
    /// Each covers somebody whom the other leaves out.
    Crossing,
    /// It cannot be said, and why.
    Undecided(Why),
}

impl Extent {
    /// The answer with the two sides exchanged.
    #[must_use]
    pub const fn flip(self) -> Self {
        match self {
            Self::Same => Self::Same,
            Self::Wider => Self::Narrower,
            Self::Narrower => Self::Wider,
            Self::Crossing => Self::Crossing,
            Self::Undecided(why) => Self::Undecided(why),
        }
    }
}

/// Why a comparison is undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The two are of different forms, such as an amount and a peg.
    Forms,
    /// The two hold for different cells.
    Cells,
    /// The two disagree on which way is better.
    Directions,
    /// The range of what each allows overlaps: neither dominates.
    Overlap,
    /// The amounts are equal, and one of them is only a least or a most.
    Bounds,
    /// The units do not convert, or the days a year differ.
    Units,
    /// The two refer to different objects.
    Objects,
    /// The result is rounded in different ways.
    Rounding,
    /// Only words are on record, and they differ.
    Words,
    /// One side's groups are not transcribed.
    Groups,
    /// The answer hangs on whether a dimension has values that neither side names.
    Values,
    /// One side's value does not say which of the dimension's values it means.
    Mixed,
    /// The refinement of both sides is too large to walk.
    TooMany,
    /// One side follows the edition above it there, which is not at hand.
    Inherited,
    /// What is in force on one side, or on both, is itself undecided.
    Open,
    /// What is in force on one side, or on both, is only the last that is known.
    LastKnown,
}

impl From<NotComparable> for Why {
    fn from(reason: NotComparable) -> Self {
        match reason {
            NotComparable::Units(..) | NotComparable::DayCounts(..) => Self::Units,
            NotComparable::TooLarge => Self::TooMany,
        }
    }
}

impl Why {
    /// The reason in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Forms => "the two are of different forms",
            Self::Cells => "the two hold for different people",
            Self::Directions => "the two disagree on which way is better",
            Self::Overlap => "each may be the better one: neither promises more throughout",
            Self::Bounds => "the amounts are equal, and one of them is only a least or a most",
            Self::Units => "their units do not convert into each other",
            Self::Objects => "the two refer to different things",
            Self::Rounding => "the two are rounded in different ways",
            Self::Words => "only words are on record, and they differ",
            Self::Groups => "the groups of one side are not transcribed",
            Self::Values => {
                "it is not on record whether a dimension has other values than those named"
            }
            Self::Mixed => "one dimension holds both names and ranges",
            Self::TooMany => "there are too many cases to compare exactly",
            Self::Inherited => "one side follows the parent edition there, which is not at hand",
            Self::Open => "what is in force on one side is itself undecided",
            Self::LastKnown => "what is in force on one side is only the last that is known",
        }
    }

    /// The reason in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Forms => "两者形式不同",
            Self::Cells => "两者适用范围不同",
            Self::Directions => "两者对“哪个方向更好”的记载不一致",
            Self::Overlap => "两者都可能更好，没有哪个处处更高",
            Self::Bounds => "数额相等，而其中一个只是下限或上限",
            Self::Units => "两者计量单位不能换算",
            Self::Objects => "两者所依据的对象不同",
            Self::Rounding => "两者取整方式不同",
            Self::Words => "只有文字且表述不同",
            Self::Groups => "一方的对象分组未转录",
            Self::Values => "某一维度是否还有别的取值，没有记载",
            Self::Mixed => "同一维度既有名称又有区间",
            Self::TooMany => "情形过多，无法精确比较",
            Self::Inherited => "一方在此沿用上级版本，而上级版本不在手边",
            Self::Open => "一方的现行值本身未定",
            Self::LastKnown => "一方的现行值只是最后所知",
        }
    }
}

/// The laws of comparison, over generated provisions and recipients.
#[cfg(test)]
mod laws {
    use super::*;
    use crate::cell::CellValue;
    use crate::provision::Provision;
    use crate::recipients::Recipients;
    use proptest::prelude::*;

    /// Provisions of every form over few values, so that many pairs are comparable.
    fn provision() -> impl Strategy<Value = Provision> {
        let n = || prop_oneof![Just("5"), Just("60"), Just("720"), Just("1000"), Just("0.5")];
        let unit = prop_oneof![
            Just(r#""unit":"CNY/person/year""#),
            Just(r#""unit":"CNY/person/month""#),
            Just(r#""unit":"CNY/person/day","days-per-year":"200""#),
            Just(r#""unit":"CNY/person/day","days-per-year":"240""#),
            Just(r#""unit":"CNY/person/day""#),
            Just(r#""unit":"10k-CNY/person/year""#),
            Just(r#""unit":"CNY/household/month""#),
            Just(r#""unit":"percent""#),
            Just(r#""unit":"per-mille""#),
        ];
        let better = prop_oneof![4 => Just("more"), 1 => Just("less")];
        let number = (0..9_u8, n(), n(), n()).prop_map(|(form, a, b, c)| match form {
            0..=2 => format!(r#""at-least":"{a}""#),
            3 => format!(r#""exactly":"{a}""#),
            4 => format!(r#""at-most":"{a}""#),
            5 => format!(
                r#""average":"{a}","band":{{"least":"{b}","most":"{c}"}},"grades":{{"least":"2","most":"3"}}"#
            ),
            6 => format!(r#""average":"{a}""#),
            7 => format!(r#""share":{{"of":"a/b","percent":"{a}","least":"{b}"}}"#),
            _ => format!(r#""increase":"{a}""#),
        });
        let numeric = (number, unit, better)
            .prop_map(|(number, unit, better)| format!(r#"{number},{unit},"better":"{better}""#));
        let other = prop_oneof![
            Just(r#""free":"of-charge""#.to_owned()),
            Just(r#""coverage":"everyone""#.to_owned()),
            Just(r#""words":{"zh":"甲"}"#.to_owned()),
            Just(r#""words":{"zh":"乙"}"#.to_owned()),
            Just(r#""pegged":{"zh":"甲"}"#.to_owned()),
        ];
        prop_oneof![9 => numeric, 1 => other]
            .prop_map(|keys| crate::read::from_str(&format!(r#"{{"id":"x",{keys}}}"#)).unwrap())
    }

    fn recipients() -> impl Strategy<Value = Recipients> {
        let age =
            || prop_oneof![Just("0-59"), Just("60+"), Just("60-79"), Just("80+"), Just("70-89")];
        let criterion = prop_oneof![
            proptest::collection::vec(age(), 1..3).prop_map(|v| ("age", v)),
            proptest::collection::vec(prop_oneof![Just("urban"), Just("rural")], 1..3)
                .prop_map(|v| ("residence", v)),
            proptest::collection::vec(prop_oneof![Just("orphan"), Just("veteran")], 1..3)
                .prop_map(|v| ("member", v)),
        ];
        let group = proptest::collection::vec(criterion, 1..3).prop_map(|criteria| {
            let map: std::collections::BTreeMap<_, _> = criteria.into_iter().collect();
            serde_json::to_string(&map).unwrap()
        });
        proptest::collection::vec(group, 0..3).prop_map(|groups| {
            let groups = if groups.is_empty() {
                String::new()
            } else {
                format!(r#","groups":[{}]"#, groups.join(","))
            };
            crate::read::from_str(&format!(r#"{{"zh":"甲"{groups}}}"#)).unwrap()
        })
    }

    /// The same question asked of one person at a time, without any refinement.
    fn covers(r: &Recipients, age: u32, residence: &str, member: &[&str]) -> bool {
        r.groups.iter().any(|group| {
            group.iter().all(|(dimension, any_of)| {
                any_of.values().iter().any(|value| match (dimension.as_str(), value) {
                    ("age", value) => value.covers(&CellValue::Range(age, Some(age))),
                    ("residence", CellValue::Name(name)) => name.as_str() == residence,
                    (_, CellValue::Name(name)) => member.contains(&name.as_str()),
                    (_, CellValue::Range(..)) => false,
                })
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_provision_equals_itself_and_sides_exchange(a in provision(), b in provision()) {
            prop_assert_eq!(a.compare(&a), Order::Equal);
            prop_assert_eq!(a.compare(&b), b.compare(&a).flip());
        }

        /// At least as good as what is at least as good: where all three are decided.
        #[test]
        fn better_is_transitive(a in provision(), b in provision(), c in provision()) {
            let up = |order| matches!(order, Order::Equal | Order::Better);
            if up(a.compare(&b)) && up(b.compare(&c)) {
                let strict = a.compare(&b) == Order::Better || b.compare(&c) == Order::Better;
                match a.compare(&c) {
                    Order::Undecided(_) => {}
                    order => prop_assert_eq!(order, if strict { Order::Better } else { Order::Equal }),
                }
            }
        }

        #[test]
        fn extents_agree_with_every_single_person(a in recipients(), b in recipients()) {
            prop_assert_eq!(a.extent(&b), b.extent(&a).flip());
            prop_assert_eq!(a.extent(&a), Extent::Same);
            if a.groups.is_empty() || b.groups.is_empty() {
                return Ok(());
            }
            let mut seen = [(false, false); 2];
            for age in [0, 59, 60, 69, 70, 79, 80, 89, 90, 120] {
                for residence in ["urban", "rural", "abroad"] {
                    for member in [&[][..], &["orphan"], &["veteran"], &["orphan", "veteran"]] {
                        let (x, y) = (covers(&a, age, residence, member), covers(&b, age, residence, member));
                        for (i, (only_a, only_b)) in seen.iter_mut().enumerate() {
                            // The second answer leaves out what neither side names.
                            if i == 0 || residence != "abroad" {
                                *only_a |= x && !y;
                                *only_b |= y && !x;
                            }
                        }
                    }
                }
            }
            let [all, named] = seen.map(|seen| match seen {
                (false, false) => Extent::Same,
                (true, false) => Extent::Wider,
                (false, true) => Extent::Narrower,
                (true, true) => Extent::Crossing,
            });
            let expected = if all == named { all } else { Extent::Undecided(Why::Values) };
            // Where only one residence is named, the other one is a value not named too.
            let residences = ["urban", "rural"].map(|name| {
                a.groups.iter().chain(&b.groups).any(|g| g.iter().any(|(d, any_of)| {
                    d.as_str() == "residence" && any_of.values().iter().any(|v| v.to_string() == name)
                }))
            });
            if residences[0] == residences[1] {
                prop_assert_eq!(a.extent(&b), expected);
            }
        }
    }
}
