//! The JSON Schema of every document kind, from the types that read them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::kind::{
    Acceptance, Adjustment, Crosswalk, Edition, Indicators, Instrument, Jurisdiction, Kind, Plan,
    RegistryFile, Standard,
};

/// The schema of a kind, as JSON Schema 2020-12.
pub fn of_kind(kind: Kind) -> Value {
    match kind {
        Kind::Registry => of::<RegistryFile>(kind.as_str()),
        Kind::Jurisdiction => of::<Jurisdiction>(kind.as_str()),
        Kind::Instrument => of::<Instrument>(kind.as_str()),
        Kind::Adjustment => of::<Adjustment>(kind.as_str()),
        Kind::Standard => of::<Standard>(kind.as_str()),
        Kind::Edition => of::<Edition>(kind.as_str()),
        Kind::Plan => of::<Plan>(kind.as_str()),
        Kind::Crosswalk => of::<Crosswalk>(kind.as_str()),
        Kind::Indicators => of::<Indicators>(kind.as_str()),
        Kind::Acceptance => of::<Acceptance>(kind.as_str()),
    }
}

/// The schema of any type that has one, named by its file stem.
pub fn of<T: JsonSchema>(name: &str) -> Value {
    let generator: SchemaGenerator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    if let Value::Object(root) = &mut schema {
        root.insert("$id".into(), json!(format!("https://jialiang.example/schemas/{name}.json")));
    }
    schema
}

/// Takes out what the strict reader does not do: `null` for an absent key, defaults, and
/// integer formats that validators may not know.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(map) => {
            drop_null(map);
            map.remove("default");
            if map.get("format").is_some_and(|f| f.as_str().is_some_and(|f| f.starts_with("uint")))
            {
                map.remove("format");
            }
            if let Some(Value::String(text)) = map.get_mut("description") {
                *text = text.replace('\n', " ");
            }
            map.values_mut().for_each(tidy);
        }
        Value::Array(list) => list.iter_mut().for_each(tidy),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn drop_null(map: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|t| t != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            map.insert("type".into(), one);
        }
    }
    if let Some(Value::Array(branches)) = map.get_mut("anyOf") {
        branches.retain(|b| b.get("type").is_none_or(|t| t != "null"));
        if let [Value::Object(one)] = branches.as_slice() {
            let one = one.clone();
            map.remove("anyOf");
            for (key, value) in one {
                map.entry(key).or_insert(value);
            }
        }
    }
}
