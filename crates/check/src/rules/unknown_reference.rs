//! What a document refers to is on record.

use jialiang_model::finding::{Finding, Level};
use jialiang_model::id::{
    AgencyId, Id, IndicatorRef, InstrumentId, ProvisionRef, StandardId, WorkId,
};
use jialiang_model::item::{Item, Transcribed};
use jialiang_model::kind::adjustment::{Act, Bond, Operation};
use jialiang_model::kind::crosswalk::Link;
use jialiang_model::kind::{
    Adjustment, Crosswalk, Edition, EditionId, Expected, Plan, jurisdiction_path,
};
use jialiang_model::lookup::editions;
use jialiang_model::provision::Form;
use jialiang_model::source::Source;

use crate::rule::{Doc, Rule, Runs, Sink, Subject};
use crate::similar::nearest;
use crate::taxonomy::Taxonomy;

pub(crate) static RULE: Rule = Rule {
    name: "unknown-reference",
    level: Level::Error,
    document: include_str!("unknown_reference.md"),
    runs: Runs::OnDocument(check),
};

/// The references of one document.
struct References<'a, 'b, 's> {
    subject: &'a Subject<'s>,
    document: &'a Doc<'a>,
    sink: &'a mut Sink<'b>,
    /// The instrument that was last looked up and found: most of a document cites one.
    found: Option<InstrumentId>,
    /// Places that are not on record, and said so once in this document.
    missing: Vec<String>,
}

/// What would put on record what is referred to.
enum Add {
    /// A document at this path.
    Document(String),
    /// An entry in a document that is there already, and in what part of it.
    To(String, &'static str, &'static str),
    /// An entry in the same document.
    Here(&'static str, &'static str),
}

/// Where a reference stands; worked out only when it must be shown.
type Words<'a> = &'a dyn Fn() -> Vec<&'a str>;

fn check(subject: &Subject<'_>, document: &Doc<'_>, sink: &mut Sink<'_>) {
    let mut r = References { subject, document, sink, found: None, missing: Vec::new() };
    match document {
        Doc::Registry(_) | Doc::Acceptance(_) => {}
        Doc::Jurisdiction(entry) => {
            let place = &entry.value;
            if let Some(parent) = &place.parent {
                r.place(parent.as_str(), &|| vec!["parent"]);
            }
            r.source(place.source.as_ref(), &|| vec!["source"]);
            for (i, followed) in place.followed.iter().enumerate() {
                let word = format!("[{i}]");
                if let Some(standard) = &followed.standard {
                    r.standard(standard, &|| vec!["followed", &word, "standard"]);
                }
                for item in &followed.items {
                    r.followed(place.id.as_str(), followed.standard.as_ref(), item, &|| {
                        vec!["followed", &word, "items", item.as_str()]
                    });
                }
            }
        }
        Doc::Instrument(entry) => {
            let instrument = &entry.value;
            r.place(instrument.id.place(), &|| vec!["id"]);
            for agency in &instrument.issuers {
                r.agency(agency, &|| vec!["issuers", agency.as_str()]);
            }
            r.source(instrument.source.as_ref(), &|| vec!["source"]);
        }
        Doc::Standard(entry) => {
            let standard = &entry.value;
            r.place(standard.id.place(), &|| vec!["id"]);
            if let Some(implements) = &standard.implements {
                r.standard(&implements.standard, &|| vec!["implements", "standard"]);
            }
            r.source(standard.source.as_ref(), &|| vec!["source"]);
            for area in &standard.areas {
                for category in &area.categories {
                    let (area, id) = (area.id.as_str(), category.id.as_str());
                    r.source(category.source.as_ref(), &|| {
                        vec!["areas", area, "categories", id, "source"]
                    });
                }
            }
        }
        Doc::Adjustment(entry) => r.adjustment(&entry.value),
        Doc::Edition(entry) => r.edition(&entry.value),
        Doc::Plan(entry) => r.plan(&entry.value),
        Doc::Crosswalk(entry) => r.crosswalk(&entry.value),
        Doc::Indicators(entry) => {
            let table = &entry.value;
            r.place(table.id.place(), &|| vec!["id"]);
            r.source(table.source.as_ref(), &|| vec!["source"]);
            for indicator in &table.indicators {
                let id = indicator.id.as_str();
                r.source(indicator.source.as_ref(), &|| vec!["indicators", id, "source"]);
                for (i, seen) in indicator.observations.iter().enumerate() {
                    let word = format!("[{i}]");
                    r.source(seen.source.as_ref(), &|| {
                        vec!["indicators", id, "observations", &word, "source"]
                    });
                }
            }
        }
    }
}

impl<'a> References<'a, '_, '_> {
    fn unknown(
        &mut self,
        words: Words<'_>,
        wanted: &str,
        (zh, en): (&str, &str),
        near: Option<String>,
        add: Add,
    ) {
        let place = self.document.place(&words());
        let finding = Finding::new(
            place.clone(),
            format!("{zh}“{wanted}”没有登记"),
            format!("the {en} `{wanted}` is not on record"),
        )
        .arg("reference", wanted)
        .label("没有登记", "not on record");
        let document = self.document.path();
        self.sink.report(match (near, add) {
            (Some(near), Add::Document(path)) if path.ends_with(".instrument.json") => finding
                .help(
                    format!("是否想写“{near}”？若是另一份文件，请补上文档 {path}"),
                    format!(
                        "did you mean `{near}`? Where it is another one, add the document {path}"
                    ),
                ),
            (Some(near), _) => finding
                .help(format!("是否想写“{near}”？"), format!("did you mean `{near}`?"))
                .fix(place, format!("\"{near}\"")),
            (None, Add::Document(path)) => finding.help(
                format!("请改正引用，或补上文档 {path}"),
                format!("mend the reference, or add the document {path}"),
            ),
            (None, Add::To(path, zh, en)) => finding.help(
                format!("请改正引用，或在 {path} 的{zh}里登记它"),
                format!("mend the reference, or add it to the {en} of {path}"),
            ),
            (None, Add::Here(zh, en)) => finding.help(
                format!("请改正引用，或在 {document} 里补上这{zh}"),
                format!("mend the reference, or add the {en} to {document}"),
            ),
        });
    }

    fn place(&mut self, place: &str, words: Words<'_>) {
        if self.subject.may_have_place(place) {
            return;
        }
        self.missing.push(place.to_owned());
        // The place of an id is part of the id: a nearer one is no replacement for it.
        let places = self.subject.loaded.registry.jurisdictions.keys().map(Id::as_str);
        let near = nearest(place, places).filter(|_| words() != ["id"]).map(str::to_owned);
        let add = Add::Document(jurisdiction_path(place));
        self.unknown(words, place, ("行政区划", "place"), near, add);
    }

    fn agency(&mut self, agency: &AgencyId, words: Words<'_>) {
        let place = agency.place();
        if self.subject.has_agency(place, agency.name())
            || self.subject.is_there(&jurisdiction_path(place))
        {
            return;
        }
        let jurisdictions = &self.subject.loaded.registry.jurisdictions;
        if !jurisdictions.contains_key(place) {
            if self.missing.iter().any(|missing| missing == place) {
                return;
            }
            self.missing.push(place.to_owned());
        }
        let near = jurisdictions.get(place).and_then(|entry| {
            let names = entry.value.agencies.iter().map(|a| a.id.as_str());
            nearest(agency.name(), names).map(|near| format!("{place}/{near}"))
        });
        let path = jurisdiction_path(place);
        let add = match jurisdictions.contains_key(place) {
            true => Add::To(path, " agencies ", "agencies"),
            false => Add::Document(path),
        };
        self.unknown(words, agency.as_str(), ("单位", "agency"), near, add);
    }

    fn instrument(&mut self, instrument: &InstrumentId, words: Words<'_>) {
        let instruments = &self.subject.loaded.registry.instruments;
        if self.found.as_ref() == Some(instrument) {
            return;
        }
        if instruments.contains_key(instrument) {
            self.found = Some(instrument.clone());
            return;
        }
        let path = Expected::Instrument(instrument.clone()).path();
        if self.subject.is_there(&path) {
            return;
        }
        let near =
            nearest_by_name(instrument.as_str(), instruments.keys().map(InstrumentId::as_str));
        self.unknown(words, instrument.as_str(), ("文件", "instrument"), near, Add::Document(path));
    }

    fn standard(&mut self, standard: &StandardId, words: Words<'_>) {
        let standards = &self.subject.loaded.registry.standards;
        if standards.contains_key(standard) {
            return;
        }
        let path = Expected::Standard(standard.clone()).path();
        if self.subject.is_there(&path) {
            return;
        }
        let near = nearest_by_name(standard.as_str(), standards.keys().map(StandardId::as_str));
        self.unknown(words, standard.as_str(), ("标准", "standard"), near, Add::Document(path));
    }

    fn plan(&mut self, plan: &'a Plan) {
        self.place(plan.id.place(), &|| vec!["id"]);
        if let Some(instrument) = &plan.instrument {
            self.instrument(instrument, &|| vec!["instrument"]);
        }
        self.source(plan.source.as_ref(), &|| vec!["source"]);
        for placed in plan.every_target() {
            if let Some(indicator) = &placed.target.indicator {
                self.indicator(indicator, &|| [placed.words(), vec!["indicator"]].concat());
            }
        }
    }

    fn indicator(&mut self, indicator: &IndicatorRef, words: Words<'_>) {
        let Some(table) = WorkId::parse(indicator.table()) else { return };
        let path = Expected::Indicators(table.clone()).path();
        let Some(entry) = self.subject.loaded.registry.indicators.get(&table) else {
            if !self.subject.is_there(&path) {
                let add = Add::Document(path);
                self.unknown(words, table.as_str(), ("指标表", "table of indicators"), None, add);
            }
            return;
        };
        let ids = || entry.value.indicators.iter().map(|one| one.id.as_str());
        if !ids().any(|id| id == indicator.indicator()) {
            let near = nearest(indicator.indicator(), ids()).map(|near| format!("{table}#{near}"));
            let add = Add::To(path, " indicators ", "indicators");
            self.unknown(words, indicator.as_str(), ("指标", "indicator"), near, add);
        }
    }

    fn crosswalk(&mut self, crosswalk: &'a Crosswalk) {
        let Crosswalk { schema: _, id, name: _, plan, standard, source, links } = crosswalk;
        self.place(id.place(), &|| vec!["id"]);
        self.source(source.as_ref(), &|| vec!["source"]);
        self.standard(standard, &|| vec!["standard"]);
        let plans = &self.subject.loaded.registry.plans;
        let known = plans.get(plan).map(|entry| (&entry.path, &entry.value));
        let path = Expected::Plan(plan.clone()).path();
        if known.is_none() && !self.subject.is_there(&path) {
            let near = nearest_by_name(plan.as_str(), plans.keys().map(WorkId::as_str));
            self.unknown(
                &|| vec!["plan"],
                plan.as_str(),
                ("规划", "plan"),
                near,
                Add::Document(path),
            );
        }
        let taxonomy = self.subject.taxonomy(standard);
        for (i, link) in links.iter().enumerate() {
            let Link { domain, part, areas, items, excerpt: _ } = link;
            let word = format!("[{i}]");
            if let Some((path, plan)) = known {
                let add = || Add::To(path.to_string(), " domains ", "domains");
                match plan.domains.iter().find(|d| d.id == *domain) {
                    None => {
                        let ids = plan.domains.iter().map(|d| d.id.as_str());
                        let near = nearest(domain.as_str(), ids).map(str::to_owned);
                        let words = || vec!["links", word.as_str(), "domain"];
                        self.unknown(&words, domain.as_str(), ("领域", "domain"), near, add());
                    }
                    Some(within) => {
                        let ids = || within.parts().map(|(_, part)| part.id.as_str());
                        if let Some(part) =
                            part.as_ref().filter(|p| ids().all(|id| id != p.as_str()))
                        {
                            let near = nearest(part.as_str(), ids()).map(str::to_owned);
                            let words = || vec!["links", word.as_str(), "part"];
                            let what = ("重点任务或保障工程", "key task or project");
                            self.unknown(&words, part.as_str(), what, near, add());
                        }
                    }
                }
            }
            let Some(taxonomy) = taxonomy else { continue };
            let owner = || taxonomy.owner.path.to_string();
            let all = || taxonomy.owner.value.areas.iter().map(|area| area.id.as_str());
            for area in areas.iter().filter(|area| all().all(|id| id != area.as_str())) {
                let near = nearest(area.as_str(), all()).map(str::to_owned);
                let words = || vec!["links", word.as_str(), "areas", area.as_str()];
                let add = Add::To(owner(), " areas ", "areas");
                self.unknown(&words, area.as_str(), ("方面", "area"), near, add);
            }
            for item in items.iter().filter(|item| !taxonomy.has(item)) {
                let ids = taxonomy.items().map(Id::as_str);
                let near = nearest(item.as_str(), ids).map(str::to_owned);
                let words = || vec!["links", word.as_str(), "items", item.as_str()];
                let add = Add::To(owner(), "分类", "taxonomy");
                self.unknown(&words, item.as_str(), ("服务项目", "item"), near, add);
            }
        }
    }

    fn adjustment(&mut self, adjustment: &'a Adjustment) {
        let Adjustment {
            schema: _,
            id,
            standard,
            draft: _,
            instrument,
            after,
            assessments,
            errata: _,
            source,
            operations,
        } = adjustment;
        self.place(id.place(), &|| vec!["id"]);
        self.standard(standard, &|| vec!["standard"]);
        if let Some(instrument) = instrument {
            self.instrument(instrument, &|| vec!["instrument"]);
        }
        self.source(source.as_ref(), &|| vec!["source"]);
        for other in after {
            self.cited_adjustment(other, &|| vec!["after", other.as_str()]);
        }
        for (i, one) in assessments.iter().enumerate() {
            let word = format!("[{i}]");
            self.source(Some(&one.source), &|| vec!["assessments", &word, "source"]);
        }
        for (i, operation) in operations.iter().enumerate() {
            let word = format!("[{i}]");
            self.operation(standard, &word, operation);
        }
    }

    fn operation(&mut self, standard: &StandardId, word: &str, operation: &'a Operation) {
        let Operation { item, act, when: _, bond, source } = operation;
        let at = |keys: &[&'a str]| [&["operations", word], keys].concat();
        let key = act.key();
        if let Some(item) = item
            && !matches!(act, Act::Add(_))
        {
            self.item_of(standard, item, &|| at(&["item"]));
        }
        self.source(source.as_deref(), &|| at(&["source"]));
        let Bond { temporary: _, replaces, lifts, pass_through: _, no_regression: _, deadline: _ } =
            bond;
        for (key, others) in [("replaces", replaces), ("lifts", lifts)] {
            for other in others {
                self.cited_adjustment(other, &|| at(&[key, other.as_str()]));
            }
        }
        match act {
            Act::Set { line, .. }
            | Act::Change { base: line, .. }
            | Act::Confirm(line)
            | Act::Attest { line, .. } => {
                self.source(line.source.as_deref(), &|| at(&[key, "source"]));
                if let Some((of, keys)) = self.cited_in(&line.form, &|| at(&[key])) {
                    let item = Id::parse(of.item());
                    item.iter().for_each(|item| {
                        self.item_of(standard, item, &|| at(&[&[key], &keys[..]].concat()));
                    });
                }
            }
            Act::Add(item) => self.added(standard, item, &|| at(&[key])),
            Act::Retire(into) => {
                for other in into {
                    self.item_of(standard, other, &|| at(&["into", other.as_str()]));
                }
            }
            Act::Responsibility(who) => {
                if let Some(instrument) = &who.instrument {
                    self.instrument(instrument, &|| at(&[key, "instrument"]));
                }
            }
            Act::LeadAgencies(agencies) => {
                for agency in agencies {
                    self.agency(agency, &|| at(&[key, agency.as_str()]));
                }
            }
            Act::Repeal(other) | Act::Annul(other) => {
                self.cited_adjustment(other, &|| at(&[key]));
            }
            Act::Alter { .. }
            | Act::End(_)
            | Act::Rename(_)
            | Act::Recipients(..)
            | Act::Content(_) => {}
        }
    }

    /// An item that an adjustment adds: what it refers to itself.
    fn added(&mut self, standard: &StandardId, item: &'a Item, words: Words<'_>) {
        let at = |keys: &[&'a str]| -> Vec<String> {
            words().iter().chain(keys).map(|word| (*word).to_owned()).collect()
        };
        let id = item.id.as_str();
        if let Some(taxonomy) = self.subject.taxonomy(standard)
            && taxonomy.category(&item.category).is_none()
        {
            let near = nearest(item.category.as_str(), taxonomy.categories()).map(str::to_owned);
            let add = Add::To(taxonomy.owner.path.to_string(), "分类", "taxonomy");
            let what = ("类别", "category");
            let at = at(&["category"]);
            let words = || at.iter().map(String::as_str).collect();
            self.unknown(&words, item.category.as_str(), what, near, add);
        }
        let all = item.provisions.iter().map(|line| (line.id.as_str(), line));
        for (line, provision) in all {
            let at = at(&["provisions", line]);
            let under = |keys: &[&'static str]| -> Vec<&str> {
                at.iter().map(String::as_str).chain(keys.iter().copied()).collect()
            };
            self.source(provision.source.as_deref(), &|| under(&["source"]));
            if let Some((of, keys)) = self.cited_in(&provision.form, &|| under(&[]))
                && of.item() != id
                && let Some(other) = Id::parse(of.item())
            {
                self.item_of(standard, &other, &|| under(&keys));
            }
        }
        for agency in &item.lead_agencies {
            let at = at(&["lead-agencies", agency.as_str()]);
            self.agency(agency, &|| at.iter().map(String::as_str).collect());
        }
        let at_source = at(&["source"]);
        self.source(item.source.as_deref(), &|| at_source.iter().map(String::as_str).collect());
        let responsibility = item.responsibility.as_deref();
        if let Some(instrument) = responsibility.and_then(|r| r.instrument.as_ref()) {
            let at = at(&["responsibility", "instrument"]);
            self.instrument(instrument, &|| at.iter().map(String::as_str).collect());
        }
    }

    /// An item of a standard: one of its taxonomy, one that an edition holds, or one that an
    /// adjustment adds.
    fn item_of(&mut self, standard: &StandardId, item: &Id, words: Words<'_>) {
        let registry = &self.subject.loaded.registry;
        let Some(taxonomy) = self.subject.taxonomy(standard) else { return };
        if taxonomy.has(item) {
            return;
        }
        // Items of its own a standard has in its editions, and so have those above it.
        let own = registry.standards.get(standard).map(|entry| &entry.value.id);
        let above = registry.standards_above(standard.as_str());
        let chain: Vec<&StandardId> = own.into_iter().chain(above).collect();
        let held = || {
            let mut all = chain.iter().flat_map(|one| editions(registry, one));
            all.any(|edition| edition.value.items.iter().any(|one| one.id == *item))
        };
        let added = || {
            let all = registry.adjustments.values();
            let all = all.filter(|entry| chain.contains(&&entry.value.standard));
            all.flat_map(|entry| &entry.value.operations).any(|operation| {
                matches!(operation.act, Act::Add(_)) && operation.item.as_ref() == Some(item)
            })
        };
        if held() || added() {
            return;
        }
        let near = nearest(item.as_str(), taxonomy.items().map(Id::as_str)).map(str::to_owned);
        let add = Add::To(taxonomy.owner.path.to_string(), "分类", "taxonomy");
        self.unknown(words, item.as_str(), ("服务项目", "item"), near, add);
    }

    /// An item that a place says is followed: of the standard that it names, or of one of its
    /// own.
    fn followed(
        &mut self,
        place: &str,
        standard: Option<&StandardId>,
        item: &Id,
        words: Words<'_>,
    ) {
        if let Some(standard) = standard {
            self.item_of(standard, item, words);
            return;
        }
        let all = self.subject.loaded.registry.standards.keys();
        let own: Vec<&StandardId> = all.filter(|id| id.place() == place).collect();
        let known = own.iter().any(|id| self.subject.taxonomy(id).is_none_or(|t| t.has(item)));
        // Of a place without a standard of its own nothing says which one is meant.
        if let (false, Some(one)) = (known, own.first()) {
            self.item_of(one, item, words);
        }
    }

    /// An adjustment cited by its id.
    fn cited_adjustment(&mut self, adjustment: &InstrumentId, words: Words<'_>) {
        let adjustments = &self.subject.loaded.registry.adjustments;
        let path = Expected::Adjustment(adjustment.clone()).path();
        if adjustments.contains_key(adjustment) || self.subject.is_there(&path) {
            return;
        }
        let ids = adjustments.keys().map(InstrumentId::as_str);
        let near = nearest_by_name(adjustment.as_str(), ids);
        let add = Add::Document(path);
        self.unknown(words, adjustment.as_str(), ("调整", "adjustment"), near, add);
    }

    /// Sees to the documents that a form cites; the line that it is computed from, and the
    /// keys under which that stands.
    fn cited_in<'f>(
        &mut self,
        form: &'f Form,
        words: Words<'_>,
    ) -> Option<(&'f ProvisionRef, [&'static str; 2])> {
        match form {
            Form::Share(share, _) => Some((&share.of, ["share", "of"])),
            Form::Supplement(adds, _) => Some((&adds.to, ["adds", "to"])),
            Form::Pegged(peg) => {
                if let Some(instrument) = &peg.instrument {
                    self.instrument(instrument, &|| {
                        [words(), vec!["pegged", "instrument"]].concat()
                    });
                }
                if let Some(agency) = &peg.agency {
                    self.agency(agency, &|| [words(), vec!["pegged", "agency"]].concat());
                }
                None
            }
            Form::Amount(..)
            | Form::Average(..)
            | Form::Increase(..)
            | Form::Free
            | Form::Coverage(_)
            | Form::Words(_) => None,
        }
    }

    /// An edition cited by its id, `shown` as the document writes it.
    fn cited_edition(&mut self, edition: &EditionId, shown: &str, words: Words<'_>) {
        let editions = &self.subject.loaded.registry.editions;
        if editions.contains_key(edition) {
            return;
        }
        let path = Expected::Edition(edition.clone()).path();
        if self.subject.is_there(&path) {
            return;
        }
        self.unknown(words, shown, ("版本", "edition"), None, Add::Document(path));
    }

    fn source(&mut self, source: Option<&Source>, words: Words<'_>) {
        if let Some(instrument) = source.and_then(|s| s.instrument.as_ref()) {
            self.instrument(instrument, &|| [words(), vec!["instrument"]].concat());
        }
    }

    fn edition(&mut self, edition: &'a Edition) {
        self.standard(&edition.standard, &|| vec!["standard"]);
        if let Some(instrument) = &edition.instrument {
            self.instrument(instrument, &|| vec!["instrument"]);
        }
        if let Some(follows) = &edition.follows {
            let before = EditionId { standard: edition.standard.clone(), version: follows.clone() };
            self.cited_edition(&before, &follows.to_string(), &|| vec!["follows"]);
        }
        if let Some(parent) = &edition.difference_from {
            self.cited_edition(parent, &parent.to_string(), &|| vec!["difference-from"]);
        }
        self.source(edition.source.as_ref(), &|| vec!["source"]);
        if let Some(declared) = &edition.declared {
            self.source(declared.source.as_ref(), &|| vec!["declared", "source"]);
            for (class, named) in declared.classes() {
                for item in &named.items {
                    self.named(edition, item, &|| vec!["declared", class, "items", item.as_str()]);
                }
            }
        }
        for item in &edition.editorial {
            self.named(edition, item, &|| vec!["editorial", item.as_str()]);
        }
        for line in &edition.enacts {
            self.provision(edition, line, &|| vec!["enacts", line.as_str()]);
        }
        let standards = &self.subject.loaded.registry.standards;
        let standard = standards.get(&edition.standard);
        let above = standard.and_then(|standard| standard.value.implements.as_ref());
        for (i, one) in edition.not_applicable.iter().enumerate() {
            if let Some(above) = above {
                let word = format!("[{i}]");
                self.item_of(&above.standard, &one.item, &|| vec!["not-applicable", &word, "item"]);
            }
        }
        for (i, erratum) in edition.errata.iter().enumerate() {
            let inside = erratum.what.as_str().strip_prefix("items/");
            let item = inside.and_then(|rest| Id::parse(rest.split(['/', '[']).next()?));
            if let Some(item) = item {
                let word = format!("[{i}]");
                self.named(edition, &item, &|| vec!["errata", &word, "what"]);
            }
        }
        let taxonomy = self.subject.taxonomy(&edition.standard);
        for item in &edition.items {
            let id = item.id.as_str();
            if let Some(taxonomy) = taxonomy
                && taxonomy.category(&item.category).is_none()
            {
                let near = nearest(item.category.as_str(), taxonomy.categories());
                let near = near.map(str::to_owned);
                let path = taxonomy.owner.path.to_string();
                self.unknown(
                    &|| vec!["items", id, "category"],
                    item.category.as_str(),
                    ("类别", "category"),
                    near,
                    Add::To(path, "分类", "taxonomy"),
                );
            }
            self.item(edition, item);
        }
    }

    /// An item that an edition names: one that it holds, or that any edition has held.
    fn named(&mut self, edition: &Edition, item: &Id, words: Words<'_>) {
        let held = edition.items.iter().any(|i| i.id == *item);
        let listed = self.subject.taxonomy(&edition.standard).is_none_or(|t| t.has(item));
        if !held && !listed {
            let ids = edition.items.iter().map(|i| i.id.as_str());
            let near = nearest(item.as_str(), ids).map(str::to_owned);
            let add = Add::Here("一项", "item");
            self.unknown(words, item.as_str(), ("服务项目", "item"), near, add);
        }
    }

    fn item(&mut self, edition: &'a Edition, item: &'a Item) {
        let id = item.id.as_str();
        // A local item of an earlier edition stands in no taxonomy but its own.
        let own = |t: &Taxonomy<'_>| t.owner.value.id == edition.standard;
        if self.subject.taxonomy(&edition.standard).is_some_and(own) {
            for before in &item.continues {
                self.named(edition, before, &|| vec!["items", id, "continues", before.as_str()]);
            }
        }
        for agency in &item.lead_agencies {
            self.agency(agency, &|| vec!["items", id, "lead-agencies", agency.as_str()]);
        }
        self.source(item.source.as_deref(), &|| vec!["items", id, "source"]);
        let responsibility = item.responsibility.as_deref();
        if let Some(instrument) = responsibility.and_then(|r| r.instrument.as_ref()) {
            self.instrument(instrument, &|| vec!["items", id, "responsibility", "instrument"]);
        }
        for provision in &item.provisions {
            let line = provision.id.as_str();
            self.source(provision.source.as_deref(), &|| {
                vec!["items", id, "provisions", line, "source"]
            });
            let at = || vec!["items", id, "provisions", line];
            if let Some((of, keys)) = self.cited_in(&provision.form, &at) {
                self.provision(edition, of, &|| [at(), keys.to_vec()].concat());
            }
        }
    }

    /// A provision of the same edition. A difference may refer to what its parent holds,
    /// and a text that is not transcribed in full may hold more than is on record.
    fn provision(&mut self, edition: &Edition, reference: &ProvisionRef, words: Words<'_>) {
        if edition.difference_from.is_some() {
            return;
        }
        let (item, line) = (reference.item(), reference.provision());
        let known = match edition.items.iter().find(|one| one.id.as_str() == item) {
            None => edition.transcribed != Transcribed::Full,
            Some(item) => {
                item.provisions.iter().any(|one| one.id.as_str() == line)
                    || edition.transcribed(item) != Transcribed::Full
            }
        };
        if !known {
            let all: Vec<String> = edition
                .items
                .iter()
                .flat_map(|i| i.provisions.iter().map(move |p| format!("{}/{}", i.id, p.id)))
                .collect();
            let near = nearest(reference.as_str(), all.iter().map(String::as_str));
            let near = near.map(str::to_owned);
            let add = Add::Here("一条", "provision");
            self.unknown(words, reference.as_str(), ("服务标准", "provision"), near, add);
        }
    }
}

/// The id most like a reference by its last word, what stands before it being the same: a
/// place and a year are alike in most, and another year is another document.
fn nearest_by_name<'a>(reference: &str, ids: impl Iterator<Item = &'a str>) -> Option<String> {
    let (folder, wanted) = reference.rsplit_once('/')?;
    let names = ids.filter_map(|id| id.rsplit_once('/')).filter(|(other, _)| *other == folder);
    nearest(wanted, names.map(|(_, name)| name)).map(|near| format!("{folder}/{near}"))
}
