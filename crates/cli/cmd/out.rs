//! What was asked for, printed or written to a file.

use std::path::Path;

use jialiang_model::finding::Message;
use jialiang_store::file;
use jialiang_store::source::Folder;

use super::Failure;
use crate::args::Speech;
use crate::lang::Lang;
use crate::render;

/// That a file does not come to lie among the documents.
pub(super) fn is_outside(path: &Path, folder: &Folder) -> Result<(), Failure> {
    // The nearest folder above it that is there tells where it would be.
    let mut above = path.ancestors().skip(1).map(|above| match above.as_os_str().is_empty() {
        true => Path::new("."),
        false => above,
    });
    if above.find(|above| above.exists()).and_then(|above| folder.inside(above)).is_none() {
        return Ok(());
    }
    let (file, root) = (path.display(), folder.root().display());
    Err(Failure::Said(Message::new(
        format!("{file} 在登记库（{root}）里，那里只放登记的文档；请用 -o 写到登记库以外的文件夹"),
        format!(
            "{file} lies in the registry ({root}), which holds documents only: write to a folder outside of it with -o"
        ),
    )))
}

/// Prints, or writes a file. What stands in its way, if anything does, is replaced only where
/// it is such an output, or where that is asked for.
pub(super) fn put(
    bytes: &[u8],
    path: Option<&Path>,
    force: bool,
    speech: Speech,
    same: impl Fn(&[u8]) -> bool,
) -> Result<(), Failure> {
    let Some(path) = path else { return render::print(bytes) };
    if !force {
        is_ours(path, same)?;
    }
    file::replace(path, bytes).map_err(|e| Failure::Write(path.to_owned(), e))?;
    if speech.quiet {
        return Ok(());
    }
    let path = render::visible(&path.display().to_string());
    render::print(match speech.lang {
        Lang::Zh => format!("已写入 {path}\n"),
        Lang::En => format!("wrote {path}\n"),
    })
}

fn is_ours(path: &Path, same: impl Fn(&[u8]) -> bool) -> Result<(), Failure> {
    let old = match std::fs::read(path) {
        Ok(old) if path.is_file() => old,
        // Whether it can be written is told where it is.
        _ => return Ok(()),
    };
    if old.is_empty() || same(&old) {
        return Ok(());
    }
    let file = path.display();
    Err(Failure::Said(Message::new(
        format!("{file} 已有别的内容，没有动它；请换一个文件名，确要替换请加 --force"),
        format!(
            "{file} holds something else, and was left alone: choose another name, or replace it with --force"
        ),
    )))
}

/// The first line of a text.
pub(super) fn first(bytes: &[u8]) -> Option<&[u8]> {
    bytes.split(|byte| *byte == b'\n').next()
}
