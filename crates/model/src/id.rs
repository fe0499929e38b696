//! Names that outlive what they name.
//!
//! An id never changes and is never given to something else: items are renamed, places
//! move to another parent, ministries merge, and the id stays. So no id holds a parent,
//! a number or a position that could change.

use smol_str::SmolStr;
use std::fmt;

use crate::grammar::Grammar;

/// One word of an id: small letters, digits and single hyphens, beginning with a letter.
pub const ID: Grammar = Grammar {
    en: "id",
    zh: "标识",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    example: "school-meals",
};
/// A standard: the place that publishes it, and its own name.
pub const STANDARD: Grammar = Grammar {
    en: "standard id",
    zh: "标准标识",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    example: "cn/basic-public-services",
};
/// An instrument: the place whose authorities issued it, the year, and its own name.
pub const INSTRUMENT: Grammar = Grammar {
    en: "instrument id",
    zh: "文件标识",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*/(19|20)[0-9]{2}/[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    example: "cn/2023/basic-public-services",
};
/// An agency: its place, and its own name there.
pub const AGENCY: Grammar = Grammar {
    en: "agency id, place/agency",
    zh: "单位标识（行政区划/单位）",
    // The group is what tells this pattern from a standard's in messages.
    pattern: "^([a-z][a-z0-9]*(-[a-z0-9]+)*)/[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    example: "cn/mof",
};
/// A plan, a crosswalk or a table of indicators: the place it belongs to, and its own name.
pub const WORK: Grammar = Grammar {
    en: "id of a plan, a crosswalk or indicators, place/name",
    zh: "规划、对照表、指标表的标识（行政区划/名称）",
    pattern: "^([a-z][a-z0-9]*(-[a-z0-9]+)*)/([a-z][a-z0-9]*(-[a-z0-9]+)*)$",
    example: "tianjin/basic-public-services-plan",
};
/// An indicator: the table that holds it, and its own id there.
pub const INDICATOR_REF: Grammar = Grammar {
    en: "indicator, place/table#indicator",
    zh: "指标（行政区划/指标表#指标）",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*#[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    example: "tianjin/plan-indicators#preschool-enrolment",
};
/// A provision of the same standard: its item, and its own id there.
pub const PROVISION_REF: Grammar = Grammar {
    en: "provision of this standard, item/provision",
    zh: "本标准中的一条服务标准（项目/条目）",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*/([a-z][a-z0-9]*(-[a-z0-9]+)*)$",
    example: "minimum-living-allowance/urban",
};

pub(crate) fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut before = b'-';
    for &b in bytes {
        let ok = match b {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'-' => before != b'-',
            _ => false,
        };
        if !ok {
            return false;
        }
        before = b;
    }
    bytes.first().is_some_and(u8::is_ascii_lowercase) && before != b'-'
}

fn is_pair(text: &str) -> bool {
    split(text, b'/').is_some_and(|(a, b)| is_id(a) && is_id(b))
}

/// The two sides of the first of a byte. Words here are short, and on short words this is
/// several times faster than `str::split_once`.
pub(crate) fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    let i = text.bytes().position(|b| b == at)?;
    Some((text.get(..i)?, text.get(i + 1..)?))
}

pub(crate) fn is_year(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1', b'9', c, d] | [b'2', b'0', c, d]
        if c.is_ascii_digit() && d.is_ascii_digit())
}

macro_rules! id_type {
    ($(#[$meta:meta])* $type:ident, $grammar:ident, $accepts:expr, $doc:literal) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(SmolStr);

        impl $type {
            /// Reads the id; `None` where the text does not follow its grammar.
            pub fn parse(text: &str) -> Option<Self> {
                let accepts: fn(&str) -> bool = $accepts;
                accepts(text).then(|| Self(text.into()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl std::borrow::Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        written!($type, $grammar, $doc);
    };
}

id_type!(
    /// One word: an item, a provision, an area, a category, a place, a dimension.
    Id, ID, is_id,
    "A lasting id: small letters, digits, single hyphens. · 稳定标识：小写字母、数字、单个连字符，一经使用不再改变。"
);
id_type!(
    /// A standard, as `place/name`.
    StandardId, STANDARD, is_pair,
    "A standard, as place/name. · 标准，写作 行政区划/名称。"
);
id_type!(
    /// An instrument, as `place/year/name`.
    InstrumentId, INSTRUMENT,
    |text| {
        split(text, b'/').is_some_and(|(place, rest)| {
            let year_and_name = split(rest, b'/');
            is_id(place) && year_and_name.is_some_and(|(year, name)| is_year(year) && is_id(name))
        })
    },
    "An official document, as place/year/name. · 文件，写作 行政区划/年份/名称。"
);
id_type!(
    /// An agency, as `place/name`.
    AgencyId, AGENCY, is_pair,
    "An agency, as place/name. · 单位，写作 行政区划/名称。"
);
id_type!(
    /// A plan, a crosswalk or a table of indicators, as `place/name`.
    WorkId, WORK, is_pair,
    "A plan, a crosswalk or a table of indicators, as place/name. · 规划、对照表或指标表，写作 行政区划/名称。"
);
id_type!(
    /// An indicator, as `place/table#indicator`.
    IndicatorRef, INDICATOR_REF,
    |text| split(text, b'#').is_some_and(|(table, indicator)| is_pair(table) && is_id(indicator)),
    "An indicator, as place/table#indicator. · 指标，写作 行政区划/指标表#指标。"
);
id_type!(
    /// A provision of the same standard, as `item/provision`.
    ProvisionRef, PROVISION_REF, is_pair,
    "A provision of this standard, as item/provision. · 本标准的一条服务标准，写作 项目/条目。"
);

macro_rules! pair_parts {
    ($type:ident, $first:ident, $first_doc:literal, $second:ident, $second_doc:literal) => {
        impl $type {
            #[doc = $first_doc]
            pub fn $first(&self) -> &str {
                split(&self.0, b'/').map_or("", |(a, _)| a)
            }
            #[doc = $second_doc]
            pub fn $second(&self) -> &str {
                split(&self.0, b'/').map_or("", |(_, b)| b)
            }
        }
    };
}
pair_parts!(StandardId, place, "The place that publishes it.", name, "Its own name.");
pair_parts!(AgencyId, place, "The agency's place.", name, "Its own name there.");
pair_parts!(ProvisionRef, item, "The item.", provision, "The provision within the item.");

pair_parts!(WorkId, place, "The place it belongs to.", name, "Its own name.");

impl IndicatorRef {
    /// The table that holds it.
    pub fn table(&self) -> &str {
        split(&self.0, b'#').map_or("", |(a, _)| a)
    }
    /// Its own id there.
    pub fn indicator(&self) -> &str {
        split(&self.0, b'#').map_or("", |(_, b)| b)
    }
}

impl InstrumentId {
    /// The place whose authorities issued it.
    pub fn place(&self) -> &str {
        split(&self.0, b'/').map_or("", |(a, _)| a)
    }
}
