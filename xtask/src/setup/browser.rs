//! Debian's Chromium, in which the browser tests run.

use super::apt;
use anyhow::Result;
use std::path::Path;

/// Where Debian's package puts the browser.
pub const CHROMIUM: &str = "/usr/bin/chromium";

/// Installs Chromium when it is missing.
pub fn ensure() -> Result<()> {
    if Path::new(CHROMIUM).is_file() { Ok(()) } else { apt::install("Chromium", &["chromium"]) }
}
