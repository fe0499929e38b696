//! What is wrong with a registry, as values: a rule makes findings, the command shows them.

use std::fmt;

use crate::date::Day;
use crate::kind::Fingerprint;
use crate::place::Place;

vocabulary! {
    /// How grave a finding is.
    pub enum Level: "How grave a finding is. · 严重程度。" {
        /// The registry breaks a rule.
        Error = "error", "错误";
        /// Somebody should look.
        Warning = "warning", "警告";
        /// Allowed, and worth knowing.
        Note = "note", "提示";
    }
}

/// The same sentence in both languages, built side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Message {
    /// Pairs the two sentences.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// A second place that a finding speaks of, and what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: Message,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub place: Place,
    /// What replaces it, as it stands in the file.
    pub replacement: String,
}

/// One thing that one rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// How grave it is.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What it is about, as values: names and the values on both sides.
    pub args: Vec<(&'static str, String)>,
    /// One sentence: the thing, the rule, both values.
    pub message: Message,
    /// A few words beside the marked text.
    pub label: Option<Message>,
    /// What to do.
    pub help: Option<Message>,
    /// A change that mends it, where there is only one.
    pub fix: Option<Fix>,
    /// The other side.
    pub related: Vec<Related>,
}

impl Finding {
    /// A finding with its sentence; what reports it adds the rule and its level.
    pub fn new(place: Place, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            rule: "",
            level: Level::Error,
            place,
            args: Vec::new(),
            message: Message::new(zh, en),
            label: None,
            help: None,
            fix: None,
            related: Vec::new(),
        }
    }

    /// Adds a value it is about.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Adds a few words beside the marked text.
    #[must_use]
    pub fn label(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Some(Message::new(zh, en));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Message::new(zh, en));
        self
    }

    /// Adds the change that mends it.
    #[must_use]
    pub fn fix(mut self, place: Place, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { place, replacement: replacement.into() });
        self
    }

    /// Adds the other side.
    #[must_use]
    pub fn related(mut self, place: Place, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.related.push(Related { place, message: Message::new(zh, en) });
        self
    }

    /// What stays the same when the finding is the same: twelve hexadecimal digits over
    /// the rule, the document, the path by ids and the arguments; never over words or
    /// positions.
    pub fn fingerprint(&self) -> Fingerprint {
        use sha2::{Digest, Sha256};
        let Place { document, path, part: _, bytes: _ } = &self.place;
        let mut hash = Sha256::new();
        let mut feed = |text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        };
        feed(self.rule);
        feed(document);
        feed(&path.to_string());
        for (name, value) in &self.args {
            feed(name);
            feed(value);
        }
        Fingerprint::of(&hash.finalize())
    }
}

/// A finding that somebody answers for: it is shown as accepted, and fails no check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What was found.
    pub finding: Finding,
    /// Why it may stand.
    pub reason: String,
    /// Who answers for it.
    pub by: String,
    /// The day from which it may stand no more.
    pub until: Day,
}

/// Rules that were not run on a document, because it could not be read or stands in the
/// wrong place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The document's path.
    pub document: String,
    /// The rules.
    pub rules: Vec<&'static str>,
}

/// How much was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Places.
    pub jurisdictions: usize,
    /// Instruments.
    pub instruments: usize,
    /// Adjustments.
    pub adjustments: usize,
    /// Standards.
    pub standards: usize,
    /// Editions.
    pub editions: usize,
    /// Items, over all editions.
    pub items: usize,
    /// Provisions, over all editions.
    pub provisions: usize,
    /// Plans.
    pub plans: usize,
    /// Targets, over all plans.
    pub targets: usize,
    /// Documents that could not be read.
    pub unreadable: usize,
    /// Rules that were run.
    pub rules: usize,
    /// What the edit was held against, where it was.
    pub base: Option<Against>,
}

/// What an edit was held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// What people call the base, such as a commit's short id.
    pub name: String,
    /// How many documents differ from it.
    pub differing: usize,
}

/// What a check found, in the order of documents and places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings that nobody has accepted.
    pub findings: Vec<Finding>,
    /// The findings that somebody answers for.
    pub accepted: Vec<Accepted>,
    /// What was not run.
    pub skipped: Vec<Skipped>,
    /// How much was checked.
    pub totals: Totals,
}

impl Report {
    /// How many findings have a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|f| f.level == level).count()
    }
}
