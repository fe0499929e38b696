//! A document stands where its id says, and its `$schema` names its kind.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::kind::{Kind, SchemaRef};
use jialiang_model::place::Place;
use jialiang_store::StrayReason;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::similar::nearest;

pub(crate) static RULE: Rule = Rule {
    name: "misplaced-document",
    level: Level::Error,
    document: include_str!("misplaced_document.md"),
    runs: Runs::OnRegistry(check),
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    for misplaced in &subject.loaded.misplaced {
        let (path, says) = (&misplaced.path, &misplaced.says);
        let finding = Finding::new(
            Place::document(path),
            format!("路径是 {path}，而文档自己的标识对应 {says}"),
            format!("the document stands at {path}, and its id belongs at {says}"),
        )
        .arg("path", path)
        .arg("says", says)
        .label("标识与路径不符", "id and path disagree")
        .help(
            format!("请把文件移到 {says}，或改正文档里的标识"),
            format!("move the file to {says}, or mend the id inside it"),
        );
        sink.report(finding);
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
            .help("请放入文件本身，一份文档只有一条路径", "put the file itself here: a document has one path"),
            StrayReason::Name => Finding::new(
                place,
                format!("文件名 {path} 不是 UTF-8 编码"),
                format!("the file name {path} is not UTF-8"),
            )
            .help("请改名", "rename it"),
            StrayReason::Path => no_document_here(place, path),
        });
    }
    for document in Doc::all(subject.loaded) {
        schema_names_kind(&document, sink);
    }
}

fn no_document_here(place: Place, path: &str) -> Finding {
    let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
    let stem = path.strip_suffix(".json").unwrap_or(path);
    let near = stem.rsplit(['.', '/']).next().and_then(|last| nearest(last, kinds));
    let finding = Finding::new(
        place,
        format!("{path} 这个位置不能放文档"),
        format!("no document can stand at {path}"),
    )
    .arg("path", path);
    match near {
        Some(near) => finding.help(
            format!("文档类别是否为“{near}”？"),
            format!("is its kind `{near}`?"),
        ),
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
        Doc::Standard(e) => &e.value.schema,
        Doc::Edition(e) => &e.value.schema,
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
