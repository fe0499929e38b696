//! `jialiang man`: manual pages, made from the arguments themselves.

use std::fmt::Write;
use std::process::ExitCode;

use clap::{Arg, Command};
use jialiang_model::finding::Message;

use super::Failure;
use crate::args::Man;
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Man) -> Result<ExitCode, Failure> {
    let mut command = args.command.clone();
    // Global options come down to the verbs.
    command.build();
    let Some(folder) = &args.folder else {
        render::print(page(&command, &[], args.lang))?;
        return Ok(ExitCode::SUCCESS);
    };
    if std::fs::metadata(folder).is_ok_and(|there| !there.is_dir()) {
        let folder = folder.display();
        return Err(Failure::Said(Message::new(
            format!("{folder} 不是文件夹；-o 后面请写放手册页的文件夹"),
            format!("{folder} is no folder; write the folder for the pages behind -o"),
        )));
    }
    std::fs::create_dir_all(folder).map_err(|e| Failure::Write(folder.clone(), e))?;
    let pages = pages(&command, &[], args.lang);
    let count = pages.len();
    for (name, text) in pages {
        let path = folder.join(name);
        jialiang_store::file::replace(&path, text.as_bytes())
            .map_err(|e| Failure::Write(path, e))?;
    }
    if !args.quiet {
        let folder = folder.display().to_string();
        render::print(render::visible(&match args.lang {
            Lang::Zh => format!("已写入 {count} 页：{folder}\n"),
            Lang::En => format!("{count} pages written: {folder}\n"),
        }))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A page of the command and of each verb below it, by the name of its file.
fn pages(command: &Command, above: &[&str], lang: Lang) -> Vec<(String, String)> {
    let words = [above, &[command.get_name()]].concat();
    let mut all = vec![(format!("{}.1", words.join("-")), page(command, above, lang))];
    all.extend(command.get_subcommands().flat_map(|verb| pages(verb, &words, lang)));
    all
}

/// One page, as `man` reads it.
fn page(command: &Command, above: &[&str], lang: Lang) -> String {
    let words = [above, &[command.get_name()]].concat();
    let name = words.join("-");
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let mut page = format!(
        ".TH {} 1 \"\" \"Jialiang {version}\" \"{}\"\n",
        escaped(&name.to_uppercase()),
        lang.pick("嘉量", "Jialiang"),
    );
    // Chinese has no spaces to stretch and no words to part.
    page += ".ad l\n.nh\n";
    let section = |page: &mut String, zh: &str, en: &str| {
        let _ = writeln!(page, ".SH {}", lang.pick(zh, en));
    };
    section(&mut page, "名称", "NAME");
    let _ = writeln!(page, "{} \\- {}", escaped(&name), escaped(&about));
    section(&mut page, "用法", "SYNOPSIS");
    page += &literal(&usage(command, &words));
    let (options, words_taken): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().partition(|arg| !arg.is_positional());
    if !words_taken.is_empty() {
        section(&mut page, "参数", "ARGUMENTS");
        words_taken.iter().for_each(|arg| page += &entry(&value(arg), arg));
    }
    let mut verbs = command.get_subcommands().peekable();
    if verbs.peek().is_some() {
        section(&mut page, "命令", "COMMANDS");
        for verb in verbs {
            let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
            let page_of = format!("{name}-{}", verb.get_name());
            let _ = writeln!(page, ".TP\n\\fB{}\\fR(1)\n{}", escaped(&page_of), escaped(&about));
        }
    }
    section(&mut page, "选项", "OPTIONS");
    for arg in options {
        let short = arg.get_short().map(|c| format!("\\fB\\-{c}\\fR"));
        let long = arg.get_long().map(|long| format!("\\fB\\-\\-{}\\fR", escaped(long)));
        let head: Vec<String> = short.into_iter().chain(long).collect();
        let value = if arg.get_action().takes_values() { value(arg) } else { String::new() };
        let head = [head.join(", "), value].join(" ");
        page += &entry(head.trim_end(), arg);
    }
    if let Some(after) = command.get_after_help() {
        section(&mut page, "说明和示例", "NOTES AND EXAMPLES");
        page += &literal(&after.to_string());
    }
    if !above.is_empty() {
        section(&mut page, "参见", "SEE ALSO");
        let _ = writeln!(page, "\\fB{}\\fR(1)", escaped(&above.join("-")));
    }
    page
}

/// How the command is called, without the word that stands before it in a terminal.
fn usage(command: &Command, words: &[&str]) -> String {
    let usage = command.clone().render_usage().to_string();
    let from = usage.find(words.first().copied().unwrap_or_default());
    let lines = usage.get(from.unwrap_or(0)..).unwrap_or_default().lines();
    lines.map(str::trim).collect::<Vec<_>>().join("\n")
}

/// What an argument takes, in italics.
fn value(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    let names: Vec<String> = names.iter().map(|n| format!("\\fI{}\\fR", escaped(n))).collect();
    names.join(" ")
}

fn entry(head: &str, arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    format!(".TP\n{head}\n{}\n", escaped(&help))
}

/// Text whose lines stay as they are.
fn literal(text: &str) -> String {
    let lines: String = text.lines().map(|line| escaped(line) + "\n").collect();
    format!(".nf\n{lines}.fi\n")
}

/// Text in which nothing is taken for a command of the page's own.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    match text.starts_with(['.', '\'']) {
        true => format!("\\&{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_a_command_of_the_page() {
        assert_eq!(escaped(".TH x"), "\\&.TH x");
        assert_eq!(escaped("'quoted' a\\b --c"), "\\&'quoted' a\\eb \\-\\-c");
    }

    /// A page for each verb, whose parts are there in the language.
    #[test]
    fn every_verb_has_a_page() {
        for (lang, usage) in [(Lang::Zh, ".SH 用法"), (Lang::En, ".SH SYNOPSIS")] {
            let mut command = crate::args::command(lang);
            command.build();
            let all = pages(&command, &[], lang);
            let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
            for verb in command.get_subcommands() {
                let name = format!("jialiang-{}.1", verb.get_name());
                assert!(names.contains(&name.as_str()), "{name}");
            }
            assert!(names.contains(&"jialiang-new-edition.1"));
            for (name, page) in &all {
                assert!(page.starts_with(".TH JIALIANG"), "{name}");
                assert!(page.contains(usage) && page.contains("\\-\\-help"), "{name}");
                assert!(page.contains("\\-\\-lang") && page.contains(".nf\njialiang "), "{name}");
                // No line is a request but those that we make.
                for line in page.lines().filter(|line| line.starts_with(['.', '\''])) {
                    let request = line.split(' ').next().unwrap_or_default();
                    assert!(
                        [".TH", ".SH", ".TP", ".nf", ".fi", ".ad", ".nh"].contains(&request),
                        "{line}"
                    );
                }
            }
        }
    }
}
