//! Starting other programs.

use crate::repository;
use anyhow::{Context, Result, ensure};
use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Variables that the cargo which runs xtask sets for it; passed on, they would make the next cargo rebuild.
const SET_BY_CARGO: [&str; 6] =
    ["CARGO", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "LD_LIBRARY_PATH", "OUT_DIR"];

/// A program started in the repository's root, without the variables of the cargo that runs xtask.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(repository::root());
    for (variable, _) in env::vars_os() {
        let text = variable.to_string_lossy();
        if SET_BY_CARGO.contains(&&*text) || text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&variable);
        }
    }
    command
}

/// The cargo that the developer chose, building into this repository's target folder.
pub fn cargo() -> Command {
    let mut command = program("cargo");
    command.env("CARGO_TARGET_DIR", repository::target());
    command
}

/// Runs a command; anything but success is an error that names it.
pub fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", line(command)))?;
    ensure!(status.success(), "{} failed ({status})", line(command));
    Ok(())
}

/// Runs a command silently and says whether it succeeded; a program that is not there did not.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// What a command writes to standard output, without the line break at the end.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", line(command)))?;
    ensure!(output.status.success(), "{} failed ({})", line(command), output.status);
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}

/// The first file of this name on the search path.
pub fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A command as one would type it.
pub fn line(command: &Command) -> String {
    let words: Vec<_> =
        std::iter::once(command.get_program()).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_is_named_in_the_error() {
        let error = succeed(program("sh").args(["-c", "exit 3"])).unwrap_err().to_string();
        assert!(error.contains("sh -c exit 3") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_does_not_succeed() {
        assert!(!succeeds(&mut program("no-such-program-here")));
        assert!(find("no-such-program-here").is_none());
    }

    #[test]
    fn output_loses_its_last_line_break_only() {
        assert_eq!(output(program("printf").arg("a\nb\n")).unwrap(), "a\nb");
    }
}
