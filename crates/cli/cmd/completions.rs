//! `jialiang completions`.

use std::process::ExitCode;

use clap_complete::generate;
use clap_complete::shells::{Bash, Elvish, Fish, PowerShell, Zsh};

use super::Failure;
use crate::args::{Completions, Dialect};
use crate::render;

pub(crate) fn run(args: &Completions) -> Result<ExitCode, Failure> {
    render::print(script(args))?;
    Ok(ExitCode::SUCCESS)
}

fn script(args: &Completions) -> Vec<u8> {
    let (mut command, mut out) = (args.command.clone(), Vec::new());
    let name = "jialiang";
    match args.shell {
        Dialect::Bash => generate(Bash, &mut command, name, &mut out),
        Dialect::Zsh => generate(Zsh, &mut command, name, &mut out),
        Dialect::Fish => generate(Fish, &mut command, name, &mut out),
        Dialect::Elvish => generate(Elvish, &mut command, name, &mut out),
        Dialect::PowerShell => generate(PowerShell, &mut command, name, &mut out),
    }
    out
}
