//! `jialiang rules`.

use std::process::ExitCode;

use jialiang_check::{RULES, Rule};

use super::Failure;
use crate::args::Rules;
use crate::lang::Lang;
use crate::render;

pub(crate) fn run(args: &Rules) -> Result<ExitCode, Failure> {
    let lang = args.speech.lang;
    let text = match &args.name {
        None => table(lang),
        Some(name) => {
            let found = RULES.iter().find(|rule| rule.name == name.replace('_', "-"));
            document(found.ok_or_else(|| Failure::NoRule(name.clone(), near(name)))?, lang)
        }
    };
    render::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn near(name: &str) -> Option<&'static str> {
    jialiang_check::nearest(name, RULES.iter().map(|rule| rule.name))
}

fn table(lang: Lang) -> String {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in RULES {
        let level = lang.pick(rule.level.zh(), rule.level.as_str());
        let name = rule.name;
        text += &format!("{name:width$}  {level:7}  {}\n", rule.summary(lang == Lang::Zh));
    }
    text += lang.pick(
        "\n一条规则的说明和例子：jialiang rules 规则名\n",
        "\nWhat one of them says, with an example: jialiang rules NAME\n",
    );
    text
}

/// The rule's document without the part in the other language.
pub(crate) fn document(rule: &Rule, lang: Lang) -> String {
    let other = lang.pick("## English", "## 中文");
    let mut text = String::new();
    let mut skipping = false;
    for line in rule.document.lines() {
        if line.starts_with("## ") {
            skipping = line == other;
        }
        if !skipping {
            text += line;
            text.push('\n');
        }
    }
    text
}
