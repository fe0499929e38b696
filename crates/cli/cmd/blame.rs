//! `jialiang blame`.

use std::process::ExitCode;

use jialiang_check::history::{Parts, parts};
use jialiang_check::locate::Locator;
use jialiang_check::output::{Words, history as output};
use jialiang_diff::words;
use jialiang_model::finding::Message;
use jialiang_model::lookup::{Sort, Target, revision};
use jialiang_model::place::Place;
use jialiang_store::source::{Git, Origins};

use super::log::written;
use super::{Failure, Open, look_up, one_revision};
use crate::args::Blame;
use crate::lang::Lang;
use crate::render::{self, table};

pub(crate) fn run(args: &Blame) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let (rev, word) = revision(&args.address);
    let rev = one_revision(rev, args.rev.as_deref())?;
    let open = Open::new(args.registry.as_ref(), rev)?;
    let target = look_up(&open.loaded.registry, word)?;
    let Some(entry) = target.edition() else {
        return Err(Failure::NotThat(target.address(), Sort::Edition));
    };
    let git = match &open.git {
        Some(git) => git.clone(),
        None => Git::at(&open.folder, "HEAD")?,
    };
    let origins = git.origins(&entry.path, &parts)?;
    // What stands in the work tree may not be what was committed.
    let now = parts(&open.loaded.texts.read(&entry.path)?).unwrap_or_default();
    let then = match rev {
        Some(_) => now.clone(),
        None => git.read(&entry.path)?.and_then(|bytes| parts(&bytes)).unwrap_or_default(),
    };
    let mut all = Vec::new();
    if matches!(target, Target::Edition(_)) {
        all.push((String::new(), target));
    }
    for item in &entry.value.items {
        let mine = match target {
            Target::Item(_, one) | Target::Provision(_, one, _) => one.id == item.id,
            _ => true,
        };
        let only = match target {
            Target::Provision(_, _, line) => Some(&line.id),
            _ => None,
        };
        if mine && only.is_none() {
            all.push((item.id.to_string(), Target::Item(entry, item)));
        }
        for line in item.provisions.iter().filter(|_| mine) {
            if only.is_none_or(|only| *only == line.id) {
                let part = format!("{}/{}", item.id, line.id);
                all.push((part, Target::Provision(entry, item, line)));
            }
        }
    }
    let mut locator = Locator::new(&open.loaded.texts);
    let lines: Vec<output::Line> = all
        .iter()
        .map(|(part, target)| line(part, target, &origins, (&then, &now), &mut locator))
        .collect();
    render::print(match args.json {
        true => render::json(&output::Blame {
            version: output::VERSION,
            edition: entry.value.id().to_string(),
            document: entry.path.to_string(),
            commits: origins.commits.iter().map(written).collect(),
            lines,
        }),
        false => human(&all, &lines, &origins, lang),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn line(
    part: &str,
    target: &Target<'_>,
    origins: &Origins,
    (then, now): (&Parts, &Parts),
    locator: &mut Locator<'_>,
) -> output::Line {
    let said = match target {
        Target::Provision(_, _, line) => {
            let promised = words::form(&line.form);
            match &line.name {
                Some(name) => Message::new(
                    format!("{}：{}", name.zh, promised.zh),
                    format!("{}: {}", name.en(), promised.en),
                ),
                None => promised,
            }
        }
        other => other.name(),
    };
    let place = Place::at(target.document(), target.within());
    let commit = origins.of.get(part).copied().filter(|_| then.get(part) == now.get(part));
    output::Line {
        address: target.address(),
        line: locator.find(&place).map_or(1, |located| located.start.line),
        words: Words { zh: said.zh, en: said.en },
        commit,
        or_earlier: commit.is_some_and(|commit| origins.ends.contains(&commit)),
    }
}

fn human(
    all: &[(String, Target<'_>)],
    lines: &[output::Line],
    origins: &Origins,
    lang: Lang,
) -> String {
    let rows: Vec<Vec<String>> = all
        .iter()
        .zip(lines)
        .map(|((part, target), line)| {
            let commit = line.commit.and_then(|commit| origins.commits.get(commit));
            let [id, day, author] = match commit {
                Some(commit) => [
                    format!(
                        "{}{}",
                        if line.or_earlier { "^" } else { "" },
                        commit.id.get(..12).unwrap_or(&commit.id)
                    ),
                    commit.day.map(|day| day.to_string()).unwrap_or_default(),
                    commit.author.clone(),
                ],
                None => {
                    [lang.pick("未提交", "not committed").to_owned(), String::new(), String::new()]
                }
            };
            let said = lang.pick(&line.words.zh, &line.words.en);
            let text = match target {
                Target::Provision(..) => {
                    format!("  {} {said}", part.rsplit('/').next().unwrap_or(part))
                }
                _ if part.is_empty() => format!("{} {said}", line.address),
                _ => format!("{part} {said}"),
            };
            vec![id, day, author, line.line.to_string(), text]
        })
        .collect();
    let mut text = table::aligned(&rows).join("\n") + "\n";
    if lines.iter().any(|line| line.or_earlier) {
        text += lang.pick(
            "^ 浅克隆的历史到此为止，实际可能更早；取回全部历史：git fetch --unshallow\n",
            "^ the history of this shallow clone ends there, and the line may be older; to fetch all of it: git fetch --unshallow\n",
        );
    }
    text
}
