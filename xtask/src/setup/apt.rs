//! Packages of Debian.

use crate::process::{find, output, program, succeed, succeeds};
use anyhow::{Result, bail};
use std::process::Command;

/// Installs packages, as root or through a sudo that asks no password.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    let by_hand =
        format!("sudo apt-get update && sudo apt-get install --yes --no-install-recommends {}", packages.join(" "));
    if find("apt-get").is_none() {
        bail!("{what} is missing, and there is no apt-get here. On Debian 12: {by_hand}");
    }
    eprintln!("Installing {what}: {}", packages.join(" "));
    let install = || {
        let mut command = apt_get("install")?;
        command.args(["--yes", "--no-install-recommends"]).args(packages);
        Some(succeed(&mut command).is_ok())
    };
    // A machine's package list may be missing or old: only then is it worth the time to fetch it.
    let installed = match install() {
        Some(true) => true,
        Some(false) => {
            apt_get("update").is_some_and(|mut update| succeed(&mut update).is_ok()) && install() == Some(true)
        }
        None => false,
    };
    if !installed {
        bail!("{what} is missing and could not be installed. Run: {by_hand}");
    }
    Ok(())
}

/// A program started as root, or nothing when this user cannot become root.
pub fn as_root(name: &str) -> Option<Command> {
    if output(program("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Some(program(name));
    }
    succeeds(program("sudo").args(["-n", "true"])).then(|| {
        let mut command = program("sudo");
        command.args(["-n", name]);
        command
    })
}

fn apt_get(verb: &str) -> Option<Command> {
    // Through env, because sudo clears variables.
    let mut command = as_root("env")?;
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", verb]);
    Some(command)
}
