//! Histories written by hand, a line for a document: place, name, issue day (`-` where no
//! instrument was seen), then what it says; or of a place from or until which day it is there.

use std::sync::Arc;

use jialiang_model::Registry;
use jialiang_model::kind::{Document, Kind};
use serde_json::{Value, json};

fn add(documents: &mut Vec<(Arc<str>, Document)>, path: &str, mut value: Value) {
    let kind = Kind::at(path).unwrap();
    value["$schema"] = format!("{kind}.json").into();
    documents.push((path.into(), kind.read(&value.to_string()).unwrap()));
}

/// A line from `10`, `urban:10` or `60:10`: an amount of a year.
fn line(text: &str) -> Value {
    let (cell, number) = text.split_once(':').unwrap_or(("all", text));
    let mut line = json!({
        "id": format!("basic-{cell}"), "measure": "basic", "exactly": number,
        "unit": "CNY/person/year", "better": "more",
    });
    match cell {
        "urban" | "rural" => line["cell"] = json!({ "residence": cell }),
        "60" => line["cell"] = json!({ "age": "60+" }),
        _ => {}
    }
    line
}

fn day(text: &str) -> String {
    if text == "2020" { text.into() } else { format!("2020-{text}") }
}

/// The registry of a history in `cn`, `aa` below it and `bb` below that, which has a standard
/// of its own.
pub(crate) fn registry(history: &str) -> Registry {
    let mut documents = Vec::new();
    for (place, above, level) in
        [("cn", None, "nation"), ("aa", Some("cn"), "province"), ("bb", Some("aa"), "prefecture")]
    {
        let mut value = json!({ "id": place, "name": { "zh": "地" }, "level": level });
        if let Some(above) = above {
            value["parent"] = above.into();
        }
        for key in ["from", "until"] {
            let written = history.lines().filter_map(|line| line.trim().strip_prefix(place));
            let mut written = written.filter_map(|line| line.trim().strip_prefix(key));
            if let Some(day_of) = written.next() {
                value[key] = day(day_of.trim()).into();
            }
        }
        add(&mut documents, &format!("{place}/jurisdiction.json"), value);
    }
    let standard = json!({ "id": "cn/services", "name": { "zh": "标准" } });
    add(&mut documents, "cn/services.standard.json", standard);
    let standard = json!({ "id": "bb/services", "name": { "zh": "标准" },
        "implements": { "standard": "cn/services", "versions": "^1" } });
    add(&mut documents, "bb/services.standard.json", standard);
    for document in history.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !document.contains('[') && !document.contains('{') {
            continue;
        }
        let mut words = document.splitn(4, ' ');
        let [place, name, issued, says] = [(); 4].map(|()| words.next().unwrap());
        let id = format!("{place}/2020/{name}");
        let mut value = json!({});
        if issued != "-" {
            let instrument = json!({ "id": id, "title": { "zh": "通知" }, "issued": day(issued) });
            add(&mut documents, &format!("{id}.instrument.json"), instrument);
            value["instrument"] = id.clone().into();
        }
        let says: Value = serde_json::from_str(says).unwrap();
        if let Some(lines) = says.get("prints") {
            let lines = lines.as_array().unwrap().iter().map(|text| line(text.as_str().unwrap()));
            let lines: Vec<Value> = lines.collect();
            if says.get("enacts").is_some() {
                let all = lines.iter().map(|line| format!("it/{}", line["id"].as_str().unwrap()));
                value["enacts"] = all.collect::<Vec<_>>().into();
            }
            value["standard"] = "cn/services".into();
            value["version"] = "1.0.0".into();
            value["name"] = json!({ "zh": "标准" });
            value["transcribed"] = "full".into();
            value["items"] = json!([{ "id": "it", "name": { "zh": "服务" }, "category": "one",
                "provisions": lines }]);
            add(&mut documents, "cn/services@1.0.0.edition.json", value);
            continue;
        }
        let mut operations = says.clone();
        for operation in operations.as_array_mut().unwrap() {
            let operation = operation.as_object_mut().unwrap();
            if !["repeal", "annul"].iter().any(|key| operation.contains_key(*key)) {
                operation.insert("item".into(), "it".into());
            }
            for (key, value) in operation.iter_mut() {
                let text = value.as_str().unwrap_or_default().to_owned();
                match key.as_str() {
                    "set" | "change" | "confirm" | "attest" => *value = line(&text),
                    "from" | "until" | "on" => *value = day(&text).into(),
                    _ => {}
                }
            }
        }
        value["id"] = id.clone().into();
        value["standard"] = if place == "bb" { "bb/services" } else { "cn/services" }.into();
        value["operations"] = operations;
        add(&mut documents, &format!("{id}.adjustment.json"), value);
    }
    Registry::new(documents)
}
