//! A document stands where its id says, and its `$schema` names its kind.

use std::sync::Arc;

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::{Kind, SchemaRef};
use jialiang_model::place::Place;
use jialiang_store::StrayReason;

use crate::rule::{Doc, Rule, Runs, Sink, Subject, place};
use crate::similar::nearest;

pub(crate) static RULE: Rule = Rule {
    name: "misplaced-document",
    level: Level::Error,
    document: include_str!("misplaced_document.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    for misplaced in &subject.loaded.misplaced {
        sink.report(elsewhere(subject, &misplaced.path, &misplaced.says));
    }
    for stray in &subject.loaded.strays {
        let path = &stray.path;
        let place = Place::document(path);
        sink.report(match stray.why {
            StrayReason::Link => Finding::new(
                place,
                format!("{path} 是符号链接"),
                format!("{path} is a symbolic link"),
            )
            .help(
                "请放入文件本身，一份文档只有一条路径",
                "put the file itself here: a document has one path",
            ),
            StrayReason::Name => Finding::new(
                place,
                format!("文件名 {path} 不是 UTF-8 编码"),
                format!("the file name {path} is not UTF-8"),
            )
            .help("请改名", "rename it"),
            StrayReason::NoFile => Finding::new(
                place,
                format!("{path} 不是文件，而是管道、套接字或设备"),
                format!("{path} is no file: it is a pipe, a socket or a device"),
            )
            .help("请把它移出登记库", "move it out of the registry"),
            StrayReason::Depth => Finding::new(
                place,
                format!("{path} 这个文件夹太深，里面的东西没有看"),
                format!("the folder {path} stands too deep, and nothing in it was looked at"),
            )
            .help(
                "文档最多在两层文件夹里，请移上来",
                "documents stand two folders deep at most: move them up",
            ),
            StrayReason::Path => no_document_here(place, path),
        });
    }
    for document in Doc::all(subject.loaded) {
        schema_names_kind(&document, sink);
    }
}

/// A document whose path and id disagree.
fn elsewhere(subject: &Subject<'_>, path: &Arc<str>, says: &str) -> Finding {
    let edition = Kind::at(path) == Some(Kind::Edition);
    let key = if edition { "version" } else { "id" };
    let finding = Finding::new(
        place(path, &[key]),
        format!("路径是 {path}，而文档里写的对应 {says}"),
        format!("the document stands at {path}, and what it says of itself belongs at {says}"),
    )
    .arg("path", path)
    .arg("says", says)
    .label("与路径不符", "disagrees with the path");
    let version =
        path.strip_suffix(".edition.json").and_then(|p| p.rsplit_once('@')).map(|(_, v)| v);
    let taken = subject.loaded.documents.binary_search_by(|other| (**other).cmp(says)).is_ok();
    match (taken, version) {
        (true, Some(version)) => finding.help(
            format!("{says} 已有一份；这若是新版，请把 \"version\" 改为 \"{version}\""),
            format!("a document stands at {says} already; where this is a new edition, write \"version\": \"{version}\""),
        ),
        (true, None) => finding.help(
            format!("{says} 已有一份；请改正这份文档里的标识"),
            format!("a document stands at {says} already; mend the id inside this one"),
        ),
        (false, _) => finding.help(
            format!("请把文件移到 {says}，或改正文档里的“{key}”"),
            format!("move the file to {says}, or mend `{key}` inside it"),
        ),
    }
}

fn no_document_here(place: Place, path: &str) -> Finding {
    let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
    let stem = path.strip_suffix(".json").unwrap_or(path);
    let word = stem.rsplit(['.', '/']).next().unwrap_or(stem);
    let finding = Finding::new(
        place,
        format!("{path} 这个位置不能放文档"),
        format!("no document can stand at {path}"),
    )
    .arg("path", path);
    if path.chars().any(|c| !c.is_ascii() || c.is_ascii_uppercase()) {
        return finding.help(
            "标识只用小写英文字母、数字和连字符，请改名，如 cn/basic-public-services@1.1.0.edition.json",
            "ids have small letters, digits and hyphens only: rename it, like cn/basic-public-services@1.1.0.edition.json",
        );
    }
    if let Some(end) = path.to_ascii_lowercase().find(".json").filter(|i| i + 5 < path.len()) {
        let name = path.get(..end + 5).unwrap_or(path);
        return finding.help(
            format!("是否应改名为 {name}？不是文档的，请移出登记库"),
            format!("should it be named {name}? What is no document belongs elsewhere"),
        );
    }
    match nearest(word, kinds) {
        Some(near) => {
            let folder = stem.strip_suffix(word).unwrap_or(stem);
            finding.help(
                format!("“{word}”是否应为“{near}”？请改名为 {folder}{near}.json"),
                format!("should `{word}` be `{near}`? Rename it to {folder}{near}.json"),
            )
        }
        None => finding.help(
            "文档的路径是“标识.类别.json”，如 cn/basic-public-services.standard.json、cn/basic-public-services@1.1.0.edition.json、cn/2023/notice.instrument.json；行政区划是 cn/jurisdiction.json",
            "a document's path is its id and kind, such as cn/basic-public-services.standard.json, cn/basic-public-services@1.1.0.edition.json, cn/2023/notice.instrument.json; a place is cn/jurisdiction.json",
        ),
    }
}

fn schema_names_kind(document: &Doc<'_>, sink: &mut Sink<'_>) {
    let schema: &SchemaRef = match document {
        Doc::Registry(e) => &e.value.schema,
        Doc::Jurisdiction(e) => &e.value.schema,
        Doc::Instrument(e) => &e.value.schema,
        Doc::Adjustment(e) => &e.value.schema,
        Doc::Standard(e) => &e.value.schema,
        Doc::Edition(e) => &e.value.schema,
        Doc::Plan(e) => &e.value.schema,
        Doc::Crosswalk(e) => &e.value.schema,
        Doc::Indicators(e) => &e.value.schema,
        Doc::Acceptance(e) => &e.value.schema,
    };
    let kind = document.kind();
    if schema.kind() == Some(kind) {
        return;
    }
    let written = schema.to_string();
    let right = match written.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{kind}.json"),
        None => format!("{kind}.json"),
    };
    let place = document.place(&["$schema"]);
    let finding = Finding::new(
        place.clone(),
        format!("按路径这是“{}”，而 $schema 写的是 {written}", kind.zh()),
        format!("by its path this is of kind `{kind}`, and its $schema says {written}"),
    )
    .arg("kind", kind)
    .arg("schema", &written)
    .label("类别不符", "another kind")
    .help(format!("请写 \"{right}\""), format!("write \"{right}\""))
    .fix(place, format!("\"{right}\""));
    sink.report(finding);
}
