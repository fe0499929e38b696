use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::command::{EDITION, copy, out};
use crate::sample;

/// The verbs that the help lists.
fn verbs() -> Vec<String> {
    let (_, help) = out(&sample::root(), &["--help", "--lang", "en"]);
    let rest = help.split_once("Commands:\n").unwrap().1;
    let lines = rest.split_once("\n\n").unwrap().0.lines();
    // A verb stands at the beginning of its line, and what runs over further in.
    let verbs = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    verbs.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_shell_completes_every_verb() {
    let verbs = verbs();
    assert!(verbs.contains(&"check".to_owned()) && verbs.contains(&"new".to_owned()));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, script) = out(&sample::root(), &["completions", shell]);
        assert_eq!(code, Some(0));
        for verb in &verbs {
            assert!(script.contains(verb.as_str()), "{shell} {verb}");
        }
    }
    let (code, said) = out(&sample::root(), &["completions", "x"]);
    assert_eq!((code, said.contains("可选：bash、zsh")), (Some(2), true), "{said}");
}

/// Bash takes the script, and completes by it.
#[cfg(unix)]
#[test]
fn bash_completes() {
    let (_, script) = out(&sample::root(), &["completions", "bash"]);
    let asked = "\nCOMP_WORDS=(jialiang che); COMP_CWORD=1; _jialiang jialiang che jialiang; echo \"${COMPREPLY[@]}\"\n";
    let bash = Command::new("bash").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut bash) = bash else { return };
    bash.stdin.take().unwrap().write_all((script + asked).as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), "check");
}

/// A page for each verb, in the language, which nothing in it breaks.
#[test]
fn every_verb_has_a_manual_page() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    let _ = std::fs::remove_dir_all(&folder);
    let path = folder.to_str().unwrap();
    let (code, said) = out(&sample::root(), &["man", "-o", path]);
    assert_eq!(code, Some(0), "{said}");
    let count = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(said, format!("已写入 {count} 页：{path}\n"));
    let said = out(&sample::root(), &["man", "-o", "Cargo.toml"]);
    assert_eq!(said.0, Some(2));
    assert!(said.1.contains("Cargo.toml 不是文件夹"), "{}", said.1);
    for verb in verbs() {
        let page = folder.join(format!("jialiang-{verb}.1"));
        let page = std::fs::read_to_string(&page).unwrap_or_else(|e| panic!("{verb}: {e}"));
        assert!(page.contains("\n.SH 用法\n"), "{page}");
    }
    let (_, page) = out(&sample::root(), &["man", "--lang", "en"]);
    assert!(page.starts_with(".TH JIALIANG 1"), "{page}");
    // Where groff is, it has nothing to say against it.
    let groff = Command::new("groff")
        .args(["-man", "-Tutf8", "-Kutf8", "-ww", "-z"])
        .arg(folder.join("jialiang-new.1"))
        .output();
    if let Ok(output) = groff {
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("error"), "{said}");
    }
}

/// Quiet, a verb tells only what is wrong; what was asked for is printed all the same.
#[test]
fn quiet_verbs_tell_only_what_is_wrong() {
    let at = copy("quiet");
    assert_eq!(out(&at, &["check", "-q"]), (Some(0), String::new()));
    assert_eq!(out(&at, &["fmt", "--quiet"]), (Some(0), String::new()));
    // A table goes out and comes in again, and nobody has to look at anything.
    let show = ["show", "cn/sample@1.0.0", "-o", "../shell-table.csv", "--force", "-q"];
    assert_eq!(out(&at, &show), (Some(0), String::new()));
    let import = [
        "import",
        "../shell-table.csv",
        "--standard",
        "cn/sample",
        "--version",
        "1.1.0",
        "-o",
        "draft.json",
        "-q",
    ];
    assert_eq!(out(&at, &import), (Some(0), String::new()));
    std::fs::remove_file(at.join("draft.json")).unwrap();
    let text = std::fs::read_to_string(at.join(EDITION)).unwrap();
    let squeezed: serde_json::Value = serde_json::from_str(&text).unwrap();
    std::fs::write(at.join(EDITION), squeezed.to_string()).unwrap();
    let would = format!("要改写：{EDITION}:1\n");
    assert_eq!(out(&at, &["fmt", "--check", "-q"]), (Some(1), would));
    assert_eq!(out(&at, &["-q", "fmt"]), (Some(0), String::new()));
    std::fs::write(
        at.join(EDITION),
        text.replace("\"cn/moe\", \"cn/mof\"", "\"cn/moe\", \"cn/moff\""),
    )
    .unwrap();
    let (code, said) = out(&at, &["check", "-q"]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("错误[unknown-reference]") && !said.contains("检查了"), "{said}");
    let (_, json) = out(&at, &["check", "-q", "--format", "json"]);
    assert!(json.contains("\"checked\""), "{json}");
    let place = ["new", "place", "hebei", "--name", "河北省", "--level", "province", "-q"];
    assert_eq!(out(&at, &place), (Some(0), "hebei/jurisdiction.json\n".to_owned()));
}
