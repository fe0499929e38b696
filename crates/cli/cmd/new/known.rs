//! What is on record already, and what to do about what is not.

use jialiang_check::{nearest, slip};
use jialiang_model::finding::Message;
use jialiang_model::id::{AgencyId, InstrumentId, StandardId};
use jialiang_model::kind::{Edition, Expected, Jurisdiction, Standard, jurisdiction_path};

use super::{Desk, Failure};

impl Desk<'_> {
    /// That a place is on record.
    pub(super) fn has_place(&self, place: &str) -> Result<&Jurisdiction, Failure> {
        let places = &self.loaded.registry.jurisdictions;
        if let Some(entry) = places.get(place) {
            return Ok(&entry.value);
        }
        self.is_readable(&jurisdiction_path(place))?;
        // The ids of places are alike: only one slip of the hand makes another likely, and even
        // then it may be a new one.
        let near = slip(place, places.keys().map(|id| id.as_str()));
        let (did_zh, did_en) = near.map_or_else(Default::default, |near| {
            (
                format!("是否想写“{near}”？新的行政区划，"),
                format!("did you mean `{near}`? where it is a new one, "),
            )
        });
        Err(Failure::Said(Message::new(
            format!(
                "登记库里没有行政区划“{place}”；{did_zh}请先写下它：jialiang new place {place} --name … --level … --parent …"
            ),
            format!(
                "no place `{place}` is on record; {did_en}write it first: jialiang new place {place} --name … --level … --parent …"
            ),
        )))
    }

    /// That an agency is on record.
    pub(super) fn has_agency(&self, agency: &AgencyId) -> Result<(), Failure> {
        let place = self.has_place(agency.place())?;
        if place.agencies.iter().any(|known| known.id.as_str() == agency.name()) {
            return Ok(());
        }
        let near = nearest(agency.name(), place.agencies.iter().map(|known| known.id.as_str()))
            .map(|near| format!("{}/{near}", agency.place()));
        let file = self.loaded.texts.shown(&jurisdiction_path(agency.place()));
        let one = format!(r#"{{ "id": "{}", "name": {{ "zh": "…" }} }}"#, agency.name());
        let (into_zh, into_en, line) = match (place.agencies.is_empty(), &place.source) {
            (false, _) => (" 的 agencies", "'s agencies", format!("{one},")),
            // The list is not there yet; with the comma it fits before what is.
            (true, Some(_)) => {
                ("，写在 source 之前", ", before its source", format!(r#""agencies": [{one}],"#))
            }
            (true, None) => {
                ("，写在 level 之前", ", before its level", format!(r#""agencies": [{one}],"#))
            }
        };
        let (zh, en) = meant(
            near.as_deref(),
            &format!("请先把它加进 {file}{into_zh}（… 换成单位全称），再运行一次：\n  {line}"),
            &format!(
                "add it to {file}{into_en} first, with its Chinese name for the …, and run this again:\n  {line}"
            ),
        );
        Err(Failure::Said(Message::new(
            format!("登记库里没有单位“{agency}”；{zh}"),
            format!("no agency `{agency}` is on record; {en}"),
        )))
    }

    /// That a standard is on record.
    pub(super) fn has_standard(&self, standard: &StandardId) -> Result<&Standard, Failure> {
        let standards = &self.loaded.registry.standards;
        if let Some(entry) = standards.get(standard) {
            return Ok(&entry.value);
        }
        self.is_readable(&Expected::Standard(standard.clone()).path())?;
        self.has_place(standard.place())?;
        // Another place's standard is another standard, however alike the two are written.
        let own = standards.keys().filter(|id| id.place() == standard.place());
        let near = nearest(standard.name(), own.map(StandardId::name))
            .map(|near| format!("{}/{near}", standard.place()));
        let above = self.standard_above(standard).map_or_else(String::new, |above| {
            let editions = self.editions(&above.id);
            let major = last(&editions).map_or(1, |last| last.version.semver().major);
            format!(" --implements {}@^{major}", above.id)
        });
        Err(unknown(
            ("标准", "standard"),
            standard.as_str(),
            near.as_deref(),
            &format!("jialiang new standard {standard} --name …{above}"),
        ))
    }

    /// The standard that one of a place is likely to implement: of the places above, the
    /// nearest that has one, of the same name where there is one.
    fn standard_above(&self, standard: &StandardId) -> Option<&Standard> {
        let registry = &self.loaded.registry;
        let mut at = registry.jurisdictions.get(standard.place())?;
        for _ in 0..16 {
            at = registry.jurisdictions.get(at.value.parent.as_ref()?)?;
            let place = at.value.id.as_str();
            let all = || registry.standards.values().filter(|s| s.value.id.place() == place);
            let named = all().find(|s| s.value.id.name() == standard.name());
            if let Some(found) = named.or_else(|| all().next()) {
                return Some(&found.value);
            }
        }
        None
    }

    /// The editions of a standard, by version.
    pub(super) fn editions(&self, standard: &StandardId) -> Vec<&Edition> {
        let all = self.loaded.registry.editions.values().map(|entry| &*entry.value);
        let mut all: Vec<&Edition> = all.filter(|e| e.standard == *standard).collect();
        all.sort_by(|a, b| a.version.cmp(&b.version));
        all
    }

    /// That an instrument is on record.
    pub(super) fn has_instrument(&self, instrument: &InstrumentId) -> Result<(), Failure> {
        let instruments = &self.loaded.registry.instruments;
        if instruments.contains_key(instrument) {
            return Ok(());
        }
        self.is_readable(&Expected::Instrument(instrument.clone()).path())?;
        self.has_place(instrument.place())?;
        // Of another place it is another one; of another year only where the name is the same.
        let (folder, name) = folder_and_name(instrument.as_str());
        let own = || instruments.keys().filter(|id| id.place() == instrument.place());
        let beside = own().map(|id| folder_and_name(id.as_str())).filter(|(f, _)| *f == folder);
        let near = nearest(name, beside.map(|(_, name)| name))
            .map(|near| format!("{folder}/{near}"))
            .or_else(|| {
                let same = own().find(|id| folder_and_name(id.as_str()).1 == name);
                same.map(ToString::to_string)
            });
        Err(unknown(
            ("文件", "instrument"),
            instrument.as_str(),
            near.as_deref(),
            &format!("jialiang new instrument {instrument} --title …"),
        ))
    }

    /// That what is not on record is not there and unreadable.
    pub(super) fn is_readable(&self, path: &str) -> Result<(), Failure> {
        match self.loaded.unreadable.iter().any(|u| *u.path == *path) {
            true => Err(Failure::Unreadable(self.loaded.texts.shown(path))),
            false => Ok(()),
        }
    }

    /// That something stands where a document was to be new, and what to do with it.
    pub(super) fn there(&self, expected: &Expected, shown: &str) -> Failure {
        let registry = &self.loaded.registry;
        let (zh, en) = match expected {
            Expected::Jurisdiction(id) if registry.jurisdictions.contains_key(id) => (
                format!(
                    "它写了什么：jialiang show {id}；要改、要补单位（agencies），请直接编辑这份文档"
                ),
                format!(
                    "what it says: jialiang show {id}; edit it to change it, or to add agencies"
                ),
            ),
            Expected::Standard(id) if registry.standards.contains_key(id) => (
                format!("要改请直接编辑；新的一版：jialiang new edition {id} --name …"),
                format!("edit it; for a new edition of it: jialiang new edition {id} --name …"),
            ),
            _ => (
                "要改请直接编辑，或换一个标识".to_owned(),
                "edit it, or choose another id".to_owned(),
            ),
        };
        Failure::Said(Message::new(
            format!("{shown} 已经有了，未改动；{zh}"),
            format!("{shown} is there already, and was left as it is: {en}"),
        ))
    }
}

/// The last published of some editions by version, else the last draft.
pub(super) fn last<'a>(editions: &[&'a Edition]) -> Option<&'a Edition> {
    let published = editions.iter().rev().find(|edition| edition.draft != Some(true));
    published.or(editions.last()).copied()
}

/// What stands before the last stroke of an id, and behind it.
fn folder_and_name(id: &str) -> (&str, &str) {
    id.rsplit_once('/').unwrap_or(("", id))
}

/// That a word names nothing on record, and what to do about it.
fn unknown((zh, en): (&str, &str), word: &str, near: Option<&str>, command: &str) -> Failure {
    let (then_zh, then_en) =
        meant(near, &format!("请先写下它：{command}"), &format!("write it first: {command}"));
    Failure::Said(Message::new(
        format!("登记库里没有{zh}“{word}”；{then_zh}"),
        format!("no {en} `{word}` is on record; {then_en}"),
    ))
}

/// What may have been meant, else what to do.
pub(super) fn meant(near: Option<&str>, zh: &str, en: &str) -> (String, String) {
    match near {
        Some(near) => (format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
        None => (zh.to_owned(), en.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_not_on_record_is_told() {
        let Failure::Said(Message { zh, en }) =
            unknown(("标准", "standard"), "cn/smaple", Some("cn/sample"), "x")
        else {
            unreachable!()
        };
        assert_eq!(zh, "登记库里没有标准“cn/smaple”；是否想写“cn/sample”？");
        assert_eq!(en, "no standard `cn/smaple` is on record; did you mean `cn/sample`?");
        assert_eq!(folder_and_name("cn/2021/notice"), ("cn/2021", "notice"));
    }
}
