//! Node.js and the packages of `package-lock.json`.

use super::apt;
use crate::process::{find, output, program, succeed};
use crate::repository;
use anyhow::{Context, Result, bail};
use std::fs;

/// Debian 12 has 18.20; `node --test --test-concurrency` came with 18.19.
const OLDEST: (u32, u32) = (18, 19);

/// Installs Node.js and npm when they are missing, and the packages when they are missing or no longer those of the
/// lock file.
pub fn ensure() -> Result<()> {
    if find("node").is_none() {
        apt::install("Node.js", &["nodejs", "npm"])?;
    }
    let version = output(program("node").arg("--version"))?;
    if parse_version(&version).is_none_or(|version| version < OLDEST) {
        bail!("Node.js {version} is too old: {}.{} or later is needed", OLDEST.0, OLDEST.1);
    }
    packages()
}

fn packages() -> Result<()> {
    let lock = fs::read(repository::path("package-lock.json")).context("package-lock.json")?;
    // A copy of the lock file that was installed: it stands beside what it describes and vanishes with it.
    let stamp = repository::path("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if find("npm").is_none() {
        apt::install("npm", &["npm"])?;
    }
    eprintln!("Installing the packages of package-lock.json");
    succeed(program("npm").args(["ci", "--no-audit", "--no-fund"]))
        .context("the npm packages could not be installed. Run: npm ci")?;
    fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}

/// `v18.20.4` → (18, 20)
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_version("v18.20.4"), Some((18, 20)));
        assert!(parse_version("v8.17.0").unwrap() < OLDEST);
        assert!(parse_version("v18.3.0").unwrap() < OLDEST);
        assert!(parse_version("v20.0.0").unwrap() > OLDEST);
        assert_eq!(parse_version("node"), None);
    }
}
