//! The one layout of a document, and the one hash of what it says.
//!
//! Layout goes by type, never by width, so one changed value is one changed line: a
//! document, an item, a provision have a line for each key; a name, a source, a cell
//! stand on the line of their key.

use serde::ser::{self, Serialize};
use std::fmt::Write as _;

use crate::kind::Document;

/// The types that have a line for each key. Every other object stands on one line.
const BLOCKS: &[&str] = &[
    "RegistryFile",
    "Jurisdiction",
    "Instrument",
    "Adjustment",
    "Operation",
    "Standard",
    "Area",
    "Category",
    "Edition",
    "Summary",
    "Item",
    "Recipients",
    "Provision",
    "Plan",
    "Domain",
    "Part",
    "Target",
    "Crosswalk",
    "Indicators",
    "Indicator",
    "Acceptance",
];

/// The document in its one layout, with a line feed at the end.
pub fn write(document: &Document) -> String {
    let mut text = String::new();
    if let Ok(layout) = document.serialize(Writer) {
        layout.write(&mut text, 0);
        text.push('\n');
    }
    text
}

/// The SHA-256 of the document's RFC 8785 form, in hexadecimal: equal for two documents
/// exactly when they say the same, whatever their layout.
pub fn hash(document: &Document) -> String {
    use sha2::{Digest, Sha256};
    // Documents hold strings, lists and objects only, so this cannot fail.
    let bytes = serde_json_canonicalizer::to_vec(document).unwrap_or_default();
    Sha256::digest(&bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A value with its layout.
enum Layout {
    Plain(String),
    List(Vec<Self>),
    Object { block: bool, members: Vec<(String, Self)> },
}

impl Layout {
    const fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    fn write(&self, out: &mut String, indent: usize) {
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::List(elements) if elements.is_empty() => out.push_str("[]"),
            Self::List(elements) if elements.iter().all(Self::is_plain) => self.write_inline(out),
            Self::List(elements) => {
                out.push('[');
                lines(out, indent, elements, |element, out| element.write(out, indent + 2));
                out.push(']');
            }
            Self::Object { block: false, members: _ } => self.write_inline(out),
            Self::Object { block: true, members } => {
                out.push('{');
                lines(out, indent, members, |(key, value), out| {
                    out.push_str(key);
                    out.push_str(": ");
                    value.write(out, indent + 2);
                });
                out.push('}');
            }
        }
    }

    fn write_inline(&self, out: &mut String) {
        match self {
            Self::Plain(text) => out.push_str(text),
            Self::List(elements) => {
                out.push('[');
                for (i, element) in elements.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    element.write_inline(out);
                }
                out.push(']');
            }
            Self::Object { block: _, members } => {
                out.push_str("{ ");
                for (i, (key, value)) in members.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    out.push_str(key);
                    out.push_str(": ");
                    value.write_inline(out);
                }
                out.push_str(" }");
            }
        }
    }
}

fn lines<T>(out: &mut String, indent: usize, all: &[T], mut one: impl FnMut(&T, &mut String)) {
    for (i, element) in all.iter().enumerate() {
        out.push_str(if i > 0 { ",\n" } else { "\n" });
        out.extend(std::iter::repeat_n(' ', indent + 2));
        one(element, out);
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Turns a document into its layout. The types of the registry serialize to strings,
/// booleans, lists and objects; anything else is refused.
struct Writer;

/// Something that a document cannot hold.
#[derive(Debug)]
struct NotADocument(String);

impl std::fmt::Display for NotADocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotADocument {}

impl ser::Error for NotADocument {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Elements(Vec<Layout>);

struct Members {
    block: bool,
    members: Vec<(String, Layout)>,
    key: String,
}

macro_rules! refuse {
    ($($method:ident($type:ty))+) => {
        $(fn $method(self, _: $type) -> Result<Layout, NotADocument> {
            Err(ser::Error::custom("documents hold strings, booleans, lists and objects"))
        })+
    };
}

impl ser::Serializer for Writer {
    type Ok = Layout;
    type Error = NotADocument;
    type SerializeSeq = Elements;
    type SerializeTuple = ser::Impossible<Layout, NotADocument>;
    type SerializeTupleStruct = ser::Impossible<Layout, NotADocument>;
    type SerializeTupleVariant = ser::Impossible<Layout, NotADocument>;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = ser::Impossible<Layout, NotADocument>;

    refuse! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_f32(f32) serialize_f64(f64) serialize_bytes(&[u8])
        serialize_unit_struct(&'static str)
    }

    fn serialize_bool(self, v: bool) -> Result<Layout, NotADocument> {
        Ok(Layout::Plain(v.to_string()))
    }
    fn serialize_char(self, v: char) -> Result<Layout, NotADocument> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, v: &str) -> Result<Layout, NotADocument> {
        Ok(Layout::Plain(quoted(v)))
    }
    fn serialize_none(self) -> Result<Layout, NotADocument> {
        Err(ser::Error::custom("documents hold no null"))
    }
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<Layout, NotADocument> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Layout, NotADocument> {
        self.serialize_none()
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Layout, NotADocument> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Layout, NotADocument> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Layout, NotADocument> {
        self.serialize_none()
    }
    fn serialize_seq(self, len: Option<usize>) -> Result<Elements, NotADocument> {
        Ok(Elements(Vec::with_capacity(len.unwrap_or(0))))
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, NotADocument> {
        Err(ser::Error::custom("documents hold no tuples"))
    }
    fn serialize_tuple_struct(
        self,
        _: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleStruct, NotADocument> {
        self.serialize_tuple(len)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, NotADocument> {
        self.serialize_tuple(len)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Members, NotADocument> {
        Ok(Members { block: false, members: Vec::new(), key: String::new() })
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, NotADocument> {
        Ok(Members { block: BLOCKS.contains(&name), members: Vec::new(), key: String::new() })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NotADocument> {
        Err(ser::Error::custom("documents hold no tagged objects"))
    }
}

impl ser::SerializeSeq for Elements {
    type Ok = Layout;
    type Error = NotADocument;
    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotADocument> {
        self.0.push(value.serialize(Writer)?);
        Ok(())
    }
    fn end(self) -> Result<Layout, NotADocument> {
        Ok(Layout::List(self.0))
    }
}

impl ser::SerializeMap for Members {
    type Ok = Layout;
    type Error = NotADocument;
    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), NotADocument> {
        if let Layout::Plain(text) = key.serialize(Writer)? {
            self.key = text;
        }
        Ok(())
    }
    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), NotADocument> {
        let key = std::mem::take(&mut self.key);
        self.members.push((key, value.serialize(Writer)?));
        Ok(())
    }
    fn end(self) -> Result<Layout, NotADocument> {
        Ok(Layout::Object { block: self.block, members: self.members })
    }
}

impl ser::SerializeStruct for Members {
    type Ok = Layout;
    type Error = NotADocument;
    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), NotADocument> {
        self.members.push((quoted(key), value.serialize(Writer)?));
        Ok(())
    }
    fn end(self) -> Result<Layout, NotADocument> {
        Ok(Layout::Object { block: self.block, members: self.members })
    }
}
