//! Single files: written wholly or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Replaces a file's bytes, keeping its permissions: either all of them are new, or none.
/// The new file is written beside the old one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    // Left by a process of the same number that was killed; never one that is at work.
    let _ = fs::remove_file(&beside);
    let written = (|| {
        let mut file = File::options().write(true).create_new(true).open(&beside)?;
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    })();
    if written.is_err() {
        // The old file stands; the half-written one beside it is of no use.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes a file where there is none, with all of its bytes or not at all.
///
/// Whatever stands there already, a dangling link included, is left alone: the error is
/// [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    // Left by a process of the same number that was killed; never one that is at work.
    let _ = fs::remove_file(&beside);
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let written = (|| {
        let mut file = File::options().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // A second name is given only where nothing has it, which renaming would not mind.
        match fs::hard_link(&beside, path) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {
                // Some file systems know no second names.
                let mut file = File::options().write(true).create_new(true).open(path)?;
                file.write_all(bytes).and_then(|()| file.sync_all())
            }
            linked => linked,
        }
    })();
    let _ = fs::remove_file(&beside);
    written
}
