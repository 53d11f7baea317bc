//! Python and the packages of a list, in environments of their own below `target/`.

use super::apt;
use crate::process::{find, program, succeed, succeeds};
use crate::repository;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// The list of what the tests need, and where it is installed.
const TESTS: (&str, &str) = ("tests/requirements.txt", "python");

/// The interpreter with the packages of the tests.
pub fn interpreter() -> PathBuf {
    repository::target().join(TESTS.1).join("bin/python")
}

/// Makes the environment of the tests when it is missing or no longer that of their list.
pub fn ensure() -> Result<()> {
    environment(TESTS.0, TESTS.1).map(drop)
}

/// The interpreter of an environment below `target/` with the packages of a list. It is made when it is missing or no
/// longer that of the list.
pub fn environment(list: &str, folder: &str) -> Result<PathBuf> {
    if find("python3").is_none() || !succeeds(program("python3").args(["-c", "import ensurepip"])) {
        apt::install("Python", &["python3", "python3-venv"])?;
    }
    let wanted = fs::read(repository::path(list)).with_context(|| list.to_owned())?;
    let folder = repository::target().join(folder);
    let interpreter = folder.join("bin/python");
    // A copy of the list that was installed: it stands beside what it describes and vanishes with it.
    let stamp = folder.join("installed-requirements.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(interpreter);
    }
    eprintln!("Installing the packages of {list}");
    succeed(program("python3").args(["-m", "venv"]).arg(&folder))?;
    let mut pip = program(&interpreter);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", list]);
    succeed(&mut pip).context("the Python packages could not be installed")?;
    fs::write(&stamp, wanted).with_context(|| stamp.display().to_string())?;
    Ok(interpreter)
}
