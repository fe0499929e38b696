//! The two ways a word of the registry is defined: by a grammar, or by a closed list.

/// The written form of one kind of word: the pattern that its schema carries, and what
/// a person is told about it.
///
/// The parser beside each grammar accepts exactly what its pattern accepts; the law
/// `parser_and_pattern_agree` keeps them together. Patterns keep to a subset that every
/// JSON Schema validator reads alike: anchors, literals, classes, groups, counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grammar {
    /// The English name, as messages print it.
    pub en: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// The pattern, anchored at both ends.
    pub pattern: &'static str,
    /// A word that the pattern accepts.
    pub example: &'static str,
}

/// Every grammar, so that a failed pattern can be named.
pub const GRAMMARS: &[&Grammar] = &[
    &crate::id::ID,
    &crate::id::STANDARD,
    &crate::id::INSTRUMENT,
    &crate::id::AGENCY,
    &crate::id::PROVISION_REF,
    &crate::id::WORK,
    &crate::id::INDICATOR_REF,
    &crate::text::PHRASE,
    &crate::number::NUMBER,
    &crate::number::COUNT,
    &crate::date::DAY,
    &crate::date::PARTIAL_DATE,
    &crate::unit::UNIT,
    &crate::cell::CELL_VALUE,
    &crate::version::VERSION,
    &crate::version::REQUIREMENT,
    &crate::version::LABEL,
    &crate::kind::jurisdiction::CODE,
    &crate::kind::SCHEMA_REF,
    &crate::kind::edition::EDITION,
    &crate::source::URL,
    &crate::kind::acceptance::FINGERPRINT,
    &crate::kind::plan::DUE,
];

/// Gives a type that parses from text its serde and schema forms.
///
/// The type has `fn parse(&str) -> Option<Self>` and `Display`; the macro adds
/// `FromStr`, `Serialize`, `Deserialize` and, with the feature, `JsonSchema`.
macro_rules! written {
    ($type:ident, $grammar:expr, $doc:literal) => {
        impl std::str::FromStr for $type {
            type Err = $crate::text::Unreadable;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or($crate::text::Unreadable::new(text, &$grammar))
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                d.deserialize_str($crate::text::Parsed::new(Self::parse, &$grammar))
            }
        }
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "pattern": $grammar.pattern,
                    "description": $doc,
                    "examples": [$grammar.example],
                })
            }
        }
    };
}

/// Declares a closed list of words, each with its spelling and its Chinese name.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $type:ident : $doc:literal {
            $( $(#[$vmeta:meta])* $variant:ident = $spelling:literal, $zh:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $( $(#[$vmeta])* $variant, )+ }

        impl $type {
            /// Every word of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as documents spell it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $spelling,)+ }
            }

            /// The word in Chinese.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// Reads the word from its spelling.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($spelling => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                d.deserialize_str($crate::text::Listed(Self::parse))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "enum": [$($spelling,)+],
                    "description": concat!($doc $(, " ", $spelling, "=", $zh)+),
                })
            }
        }
    };
}
