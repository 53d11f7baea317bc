//! Debian's Postgres, which the store's tests run against.

use super::apt;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// Installs the database server when it is missing.
pub fn ensure() -> Result<()> {
    if find_programs().is_none() {
        apt::install("PostgreSQL", &["postgresql"])?;
    }
    postgres_programs().map(|_| ())
}

/// The folder of `initdb` and `postgres`, of the newest version installed.
pub fn postgres_programs() -> Result<PathBuf> {
    find_programs().context("no /usr/lib/postgresql/*/bin/initdb. Run: sudo apt-get install --yes postgresql")
}

fn find_programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let programs = entry.path().join("bin");
        programs.join("initdb").is_file().then_some((version, programs))
    });
    versions.max().map(|(_, programs)| programs)
}
