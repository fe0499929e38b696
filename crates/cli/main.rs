//! `jialiang`: the command. The only code that prints, knows the environment and decides
//! exit codes.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the command is what prints")]

mod args;
mod cmd;
mod lang;
mod render;

use std::process::ExitCode;

use args::Args;

/// A nation's registry is millions of small values made on all cores, at which the
/// system's allocator asks the kernel for a few pages at a time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let lang = lang::of(&words, |name| std::env::var(name).ok());
    let outcome = match args::parse(words, lang) {
        Ok(args) => run(&args),
        Err(shown) => shown.print(),
    };
    match outcome {
        Ok(exit) => exit,
        // Whoever reads us has read enough.
        Err(cmd::Failure::Output(e)) if e.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            render::complain(&(failure.sentence(lang) + "\n"));
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<ExitCode, cmd::Failure> {
    match args {
        Args::Check(check) => cmd::check::run(check),
        Args::Diff(diff) => cmd::diff::run(diff),
        Args::Accept(accept) => cmd::accept::run(accept),
        Args::Fmt(fmt) => cmd::fmt::run(fmt),
        Args::Rules(rules) => cmd::rules::run(rules),
        Args::Ask(ask) => cmd::ask::run(ask),
        Args::History(history) => cmd::history::run(history),
        Args::Show(show) => cmd::show::run(show),
        Args::Import(import) => cmd::import::run(import),
        Args::Init(init) => cmd::init::run(init),
        Args::MergeDriver(driver) => cmd::merge_driver::run(driver),
        Args::Textconv(textconv) => cmd::textconv::run(textconv),
        Args::New(new) => cmd::new::run(new),
        Args::Report(report) => cmd::report::run(report),
        Args::Completions(completions) => cmd::completions::run(completions),
        Args::Man(man) => cmd::man::run(man),
        Args::List(list) => cmd::list::run(list),
        Args::Find(find) => cmd::find::run(find),
        Args::Log(log) => cmd::log::run(log),
        Args::Blame(blame) => cmd::blame::run(blame),
    }
}
