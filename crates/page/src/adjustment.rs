//! What one document changes of one standard.

use jialiang_model::Registry;
use jialiang_model::kind::{Adjustment, Expected};

use crate::output::{Page, Shows};
use crate::{names, parts};

pub(crate) fn page(registry: &Registry, adjustment: &Adjustment) -> Page {
    let id = &adjustment.id;
    let mut page = Page {
        shows: Shows::Adjustment,
        address: Expected::Adjustment(id.clone()).path(),
        title: names::instrument(registry, id).into(),
        facts: Vec::new(),
        tables: Vec::new(),
        sources: adjustment.source.iter().map(|source| parts::source(registry, source)).collect(),
        notes: Vec::new(),
    };
    parts::legend(&mut page);
    page
}
