//! `jialiang log`.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use jialiang_check::history;
use jialiang_check::output::{diff, history as output};
use jialiang_diff::Slot;
use jialiang_model::kind::Expected;
use jialiang_model::lookup::{Target, revision};
use jialiang_model::place::IdPath;
use jialiang_store::source::{Changed, Commit, Folder, Git, Scope};
use jialiang_store::{Error, Source, Texts, Was, cores, gather};

use super::gone::gone;
use super::{Failure, Open, document, look_up, one_revision};
use crate::args::{Log, LogFormat};
use crate::render;
use crate::render::diff::log::{Told, human, markdown};

pub(crate) fn run(args: &Log) -> Result<ExitCode, Failure> {
    let (rev, word) = match args.address.as_deref().map(revision) {
        None => (None, None),
        Some((rev, word)) => (rev, Some(word)),
    };
    let rev = one_revision(rev, args.rev.as_deref())?;
    let open = Open::new(args.registry.as_ref(), rev)?;
    let git = match &open.git {
        Some(git) => git.clone(),
        None => Git::at(&open.folder, "HEAD")?,
    };
    let (scope, path) = match word {
        None => (Scope::All, None),
        Some(word) => match look_up(&open.loaded.registry, word) {
            Ok(target) => scope(&target),
            Err(missing) => gone(&git, &open.loaded.registry, word)?.ok_or(missing)?,
        },
    };
    let part = |bytes: &[u8]| path.as_ref().and_then(|path| history::part(bytes, path));
    let own = |now: &[u8], sides: &[Vec<u8>]| {
        history::own(now, sides, path.as_ref()).is_none_or(|own| !own.is_empty())
    };
    let found = git.history(&scope, path.as_ref().map(|_| &part as _), &own, args.limit)?;
    let mut told = Vec::new();
    if rev.is_none() {
        let mut changed = git.changed(&open.folder)?;
        changed.retain(|one| scope.covers(&one.path));
        if path.is_some() {
            let now = |one: &Changed| open.loaded.texts.read(&one.path).ok().and_then(|b| part(&b));
            changed.retain(|one| one.before.as_deref().and_then(part) != now(one));
        }
        let source = Source::Folder(open.folder.clone());
        if !changed.is_empty() {
            let head = git.commit();
            let before = Some(head.as_str());
            told.push(tell(&open.folder, &git, source, changed, (before, path.as_ref()))?);
        }
    }
    let steps = cores::of_all(&found.steps, |step| {
        let source = Source::Git(step.at.clone());
        let before = (step.before.as_deref(), path.as_ref());
        let mut one = tell(&open.folder, &step.at, source, step.changed.clone(), before)?;
        for pair in &mut one.review.compared {
            let sides = step.sides.get(&pair.after_path);
            let own = sides.zip(one.texts.read(&pair.after_path).ok());
            if let Some(own) = own.and_then(|(sides, now)| history::own(&now, sides, None)) {
                pair.changes.retain(|change| own.contains(&part_of(&change.side().slot)));
            }
        }
        (one.commit, one.end) = (Some(step.commit.clone()), step.end);
        Ok(one)
    });
    told.extend(steps.into_iter().collect::<Result<Vec<_>, Error>>()?);
    let shown = match args.format {
        LogFormat::Human => human(&told, found.more, args.all, args.speech),
        LogFormat::Markdown => markdown(&told, found.more, args.all, args.speech.lang),
        LogFormat::Json => {
            let entries = told.iter().map(|one| {
                let diff::Output { version: _, editions, documents, in_force: _ } = match one.end {
                    true => diff::Output::new(&Default::default(), &one.texts),
                    false => diff::Output::new(&one.review, &one.texts),
                };
                let commit = one.commit.as_ref().map(written);
                let readable = one.readable.iter();
                let last_readable =
                    readable.map(|(path, commit)| (path.to_string(), commit.clone())).collect();
                output::Entry { commit, end: one.end, editions, documents, last_readable }
            });
            render::json(&output::Log {
                version: output::VERSION,
                address: args.address.clone().unwrap_or_default(),
                entries: entries.collect(),
                more: found.more,
            })
        }
    };
    render::print(shown)?;
    Ok(ExitCode::SUCCESS)
}

/// A commit for programs.
pub(super) fn written(commit: &Commit) -> output::Commit {
    let Commit { id, author, email, day, subject, parents } = commit.clone();
    let day = day.map(|day| day.to_string());
    output::Commit { id, author, email, day, subject, parents }
}

/// The documents whose history is that of a target, and where in the document it stands.
fn scope(target: &Target<'_>) -> (Scope, Option<IdPath>) {
    let document = || Scope::Document(target.document().to_string());
    match target {
        Target::Place(entry) => (Scope::Folder(entry.value.id.to_string()), None),
        Target::Standard(entry) => (Scope::Standard(entry.value.id.clone()), None),
        Target::Edition(_)
        | Target::Instrument(_)
        | Target::Plan(_)
        | Target::Adjustment(_)
        | Target::Crosswalk(_)
        | Target::Indicators(_) => (document(), None),
        Target::Item(..)
        | Target::Provision(..)
        | Target::Domain(..)
        | Target::Task(..)
        | Target::Project(..)
        | Target::Goal(..)
        | Target::Indicator(..) => (document(), Some(target.within())),
    }
}

/// The part of an edition, as [`history::parts`] names it, in which a slot is.
fn part_of(slot: &Slot) -> String {
    match slot {
        Slot::Provision(item, line) => format!("{item}/{line}"),
        slot => slot.item().unwrap_or_default().to_owned(),
    }
}

/// What a commit, or what is not committed yet, changed of what the commit before it has, below
/// a path where one is given. What could be read last is compared where that cannot be read.
fn tell(
    folder: &Folder,
    git: &Git,
    source: Source,
    mut changed: Vec<Changed>,
    (before, path): (Option<&str>, Option<&IdPath>),
) -> Result<Told, Error> {
    let name = match &source {
        Source::Git(git) => format!("{}^", git.commit().get(..12).unwrap_or_default()),
        _ => "HEAD".to_owned(),
    };
    let now = Texts::new(source.clone());
    let mut base = git.base_of(name.clone(), changed.clone());
    let lost = base.differing().filter(|(_, was)| matches!(was, Was::Unreadable));
    let lost: Vec<Arc<str>> = lost.map(|(path, _)| Arc::clone(path)).collect();
    let mut compared = BTreeMap::new();
    if let (Some(before), false) = (before, lost.is_empty()) {
        let lost = changed.iter_mut().filter(|one| lost.contains(&one.path));
        compared = readable(folder, before, &now, lost)?;
        base = git.base_of(name, changed.clone());
    }
    let keys = changed.iter().filter_map(|one| {
        let before = one.before.as_deref()?;
        let after = one.after.then(|| now.read(&one.path).ok()).flatten()?;
        let only_laid_out = history::is_only_laid_out(before, &after);
        let keys = (!only_laid_out).then(|| history::keys(before, &after));
        Some((one.path.clone(), keys))
    });
    let keys = keys.collect();
    let texts = Texts::new(source).with_base(&base);
    let gathered = gather(&texts, base.differing().filter_map(|(path, _)| Expected::at(path)));
    let mut review = history::changed(&gathered, &base);
    if let Some(path) = path {
        let words: Vec<&str> = path.words().collect();
        for pair in &mut review.compared {
            pair.changes.retain(|change| {
                let at = change.side().slot.path();
                let at: Vec<&str> = at.words().collect();
                // What comes or goes with its item is told by that.
                at.starts_with(&words) || words.starts_with(&at)
            });
        }
    }
    let sizes = gathered.registry.editions.values().map(|entry| {
        let lines = entry.value.items.iter().map(|item| item.provisions.len()).sum();
        (entry.path.clone(), (entry.value.items.len(), lines))
    });
    Ok(Told {
        commit: None,
        end: false,
        review,
        sizes: sizes.collect(),
        keys,
        texts,
        readable: compared,
    })
}

/// How far back is looked for a version that reads.
const BACK: usize = 64;

/// Puts the last version that reads in the place of those that do not, of documents that read
/// now; the commits that have those versions, in short.
fn readable<'a>(
    folder: &Folder,
    before: &str,
    now: &Texts,
    lost: impl Iterator<Item = &'a mut Changed>,
) -> Result<BTreeMap<Arc<str>, String>, Error> {
    let mut all = BTreeMap::new();
    for one in lost.filter(|one| one.after) {
        let reads = |bytes: &[u8]| document::reads(&one.path, bytes);
        if !now.read(&one.path).is_ok_and(|bytes| reads(&bytes)) {
            continue;
        }
        let scope = Scope::Document(one.path.to_string());
        let found = Git::at(folder, before)?.history(&scope, None, &|_, _| true, BACK)?;
        let last = found.steps.into_iter().find_map(|step| {
            let bytes = step.changed.into_iter().find_map(|then| then.before)?;
            reads(&bytes).then_some((step.before?, bytes))
        });
        if let Some((commit, bytes)) = last {
            one.before = Some(bytes);
            all.insert(one.path.clone(), commit.chars().take(12).collect());
        }
    }
    Ok(all)
}
