//! What a name in a folder is to a registry, alike for every source that has folders.

use crate::load::StrayReason;

/// Documents stand at most two folders deep; what is far below is not looked for.
pub(super) const DEEPEST: usize = 8;

/// What stands under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device, a repository of its own.
    Other,
}

/// What it is to a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A folder to look into.
    Folder,
    /// A file that may be a document.
    Document,
    /// Something that cannot be a document and looks as if it should be one.
    Stray(StrayReason),
    /// Nothing that matters.
    Nothing,
}

/// Whether a name is hidden from the registry.
pub(super) fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".")
}

impl Role {
    /// The role of what stands at a path, not hidden, so many folders deep.
    pub(super) fn of(path: &str, form: Form, depth: usize) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map(|(_, extension)| extension);
        let json = extension.is_some_and(|e| e.eq_ignore_ascii_case("json"));
        match form {
            Form::Link => Self::Stray(StrayReason::Link),
            Form::Folder if depth == DEEPEST => Self::Stray(StrayReason::Depth),
            Form::Folder => Self::Folder,
            Form::File if json => Self::Document,
            // Saved as .json.txt, or a copy with .bak behind it.
            Form::File if path.to_ascii_lowercase().contains(".json") => {
                Self::Stray(StrayReason::Path)
            }
            Form::Other if json => Self::Stray(StrayReason::NoFile),
            Form::File | Form::Other => Self::Nothing,
        }
    }
}
