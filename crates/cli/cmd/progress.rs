//! How far long work is, on a terminal.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use jialiang_store::{Error, Loaded, Source, load_counted};

use crate::args::Speech;
use crate::lang::Lang;

/// Work that takes less than this is done before anybody wonders.
const PATIENCE: Duration = Duration::from_millis(500);
const STEP: Duration = Duration::from_millis(100);
/// What clears a line on a terminal.
const CLEAR: &str = "\r\u{1b}[K";

/// What is being done, told by whoever does it.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// Documents that were read.
    read: AtomicUsize,
    /// Whether all of them are, and rules look at them.
    checking: AtomicUsize,
}

impl Progress {
    /// Reads a registry, and counts.
    pub(crate) fn load(&self, source: &Source) -> Result<Loaded, Error> {
        load_counted(source, &self.read)
    }

    /// That everything is read, and is looked at now.
    pub(crate) fn checks(&self) {
        self.checking.store(1, Ordering::Relaxed);
    }

    /// What is being done, in words.
    fn line(&self, lang: Lang) -> String {
        let read = self.read.load(Ordering::Relaxed);
        match (lang, self.checking.load(Ordering::Relaxed) > 0) {
            (Lang::Zh, false) if read == 0 => "正在读取…".to_owned(),
            (Lang::En, false) if read == 0 => "reading …".to_owned(),
            (Lang::Zh, false) => format!("已读取 {read} 份文档…"),
            (Lang::En, false) => format!("{read} documents read …"),
            (Lang::Zh, true) => format!("已读取 {read} 份文档，正在检查…"),
            (Lang::En, true) => format!("{read} documents read, checking …"),
        }
    }
}

/// Does long work. Where it takes long, where somebody watches the terminal and has not
/// asked for quiet, a line there tells how far it is, and is gone at the end.
pub(crate) fn watched<R>(speech: Speech, work: impl FnOnce(&Progress) -> R) -> R {
    let progress = Progress::default();
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if speech.quiet || dumb || !std::io::stderr().is_terminal() {
        return work(&progress);
    }
    std::thread::scope(|scope| {
        let (done, wait) = channel::<()>();
        let progress = &progress;
        let shown = scope.spawn(move || {
            let mut patience = PATIENCE;
            let mut shown = false;
            while wait.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                patience = STEP;
                shown = true;
                let mut out = std::io::stderr().lock();
                let _ = write!(out, "{CLEAR}{}", progress.line(speech.lang));
                let _ = out.flush();
            }
            shown
        });
        let result = work(progress);
        drop(done);
        if shown.join().unwrap_or(false) {
            let _ = write!(std::io::stderr(), "{CLEAR}");
        }
        result
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_is_being_done_is_told_in_both_languages() {
        let progress = Progress::default();
        assert_eq!(progress.line(Lang::Zh), "正在读取…");
        let files = [("registry.json".to_owned(), b"{".to_vec())];
        let memory = files.into_iter().collect::<jialiang_store::source::Memory>();
        progress.load(&Source::Memory(memory)).unwrap();
        assert_eq!(progress.line(Lang::En), "1 documents read …");
        progress.checks();
        assert_eq!(progress.line(Lang::Zh), "已读取 1 份文档，正在检查…");
    }

    /// Nobody watches a test: the work is done and nothing else.
    #[test]
    fn the_work_is_done_once() {
        let speech = Speech { lang: Lang::Zh, colour: false, quiet: true };
        assert_eq!(watched(speech, |_| 7), 7);
    }
}
