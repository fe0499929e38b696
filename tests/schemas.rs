use std::path::Path;

use jialiang_check::output::Output;
use jialiang_check::output::ask::{Ask, History};
use jialiang_check::output::diff::Output as DiffOutput;
use jialiang_check::output::history::{Blame, Log};
use jialiang_check::output::look::{Find, List};
use jialiang_check::output::report::Output as ReportOutput;
use jialiang_model::kind::Kind;
use jialiang_model::schema;
use jialiang_page::import::output::Output as ImportOutput;
use jialiang_page::output::Output as ShowOutput;
use serde_json::Value;

/// Every schema that is committed, by its file stem.
fn all() -> Vec<(String, Value)> {
    let mut all: Vec<(String, Value)> =
        Kind::ALL.iter().map(|kind| (kind.to_string(), schema::of_kind(*kind))).collect();
    all.push(("check-output".to_owned(), schema::of::<Output>("check-output")));
    all.push(("diff-output".to_owned(), schema::of::<DiffOutput>("diff-output")));
    all.push(("report-output".to_owned(), schema::of::<ReportOutput>("report-output")));
    all.push(("import-output".to_owned(), schema::of::<ImportOutput>("import-output")));
    all.push(("show-output".to_owned(), schema::of::<ShowOutput>("show-output")));
    all.push(("ask-output".to_owned(), schema::of::<Ask>("ask-output")));
    all.push(("history-output".to_owned(), schema::of::<History>("history-output")));
    all.push(("list-output".to_owned(), schema::of::<List>("list-output")));
    all.push(("find-output".to_owned(), schema::of::<Find>("find-output")));
    all.push(("log-output".to_owned(), schema::of::<Log>("log-output")));
    all.push(("blame-output".to_owned(), schema::of::<Blame>("blame-output")));
    all
}

/// `UPDATE_SCHEMAS=1 cargo test schemas` writes them anew.
#[test]
fn the_committed_schemas_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let mut names: Vec<String> = Vec::new();
    for (name, schema) in all() {
        let path = folder.join(format!("{name}.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "schemas/{name}.json is not the schema of its type: run `UPDATE_SCHEMAS=1 cargo test schemas`"
        );
        names.push(format!("{name}.json"));
    }
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(names.contains(&name), "schemas/{name} belongs to no type");
    }
}
