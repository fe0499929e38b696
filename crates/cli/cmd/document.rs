//! Single documents, outside of any registry: as git hands them over.

use std::path::Path;

use jialiang_model::kind::{Document, Kind, SchemaRef};
use jialiang_model::{canonical, read};
use serde::Deserialize;

use super::Failure;

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::file(path, &error))
}

/// The kind of a document by the name of its file.
pub(crate) fn kind_of_path(path: &Path) -> Option<Kind> {
    Kind::named(path.file_name()?.to_str()?)
}

/// The kind of a document by its `$schema`.
pub(crate) fn kind_of_text(bytes: &[u8]) -> Option<Kind> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "$schema")]
        schema: SchemaRef,
    }
    let head: Head = serde_json::from_str(read::scan(bytes)?).ok()?;
    head.schema.kind()
}

/// The document, where the bytes read as one of this kind.
pub(crate) fn read(kind: Kind, bytes: &[u8]) -> Option<Document> {
    kind.read(read::scan(bytes)?).ok()
}

/// Whether bytes read as the document that stands at a path of a registry.
pub(crate) fn reads(path: &str, bytes: &[u8]) -> bool {
    let found = Kind::at(path).and_then(|kind| read(kind, bytes));
    found.is_some_and(|document| document.identity().path() == path)
}

/// The document in the one layout; none where it would not read back the same.
pub(crate) fn written(document: &Document) -> Option<String> {
    let text = canonical::write(document);
    (document.kind().read(&text).as_ref() == Ok(document)).then_some(text)
}
