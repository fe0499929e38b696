//! A registry whose bytes are in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Found, Walk};
use crate::Error;

/// Documents by their paths.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<BTreeMap<String, Vec<u8>>>);

impl Memory {
    pub(super) fn get(&self, document: &str) -> Option<&[u8]> {
        self.0.get(document).map(Vec::as_slice)
    }

    pub(super) fn names(&self, folder: &str) -> Vec<String> {
        let inside = |path: &String| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            (!name.contains('/')).then(|| name.to_owned())
        };
        self.0.keys().filter_map(inside).collect()
    }
}

impl Walk for Memory {
    type Part = ();
    type Tools = ();

    fn parts(&self) -> Result<Vec<()>, Error> {
        Ok(vec![()])
    }

    fn tools(&self) {}

    fn walk(&self, &(): &(), (): &mut (), visit: &mut dyn FnMut(Found<'_>)) -> Result<(), Error> {
        for (path, bytes) in self.0.iter() {
            visit(Found::File(path.as_str().into(), bytes));
        }
        Ok(())
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Memory {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(documents: I) -> Self {
        Self(Arc::new(documents.into_iter().map(|(p, b)| (p.into(), b.into())).collect()))
    }
}
