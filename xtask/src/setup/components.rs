//! rustfmt and clippy, which a minimal rustup installation leaves out.

use crate::process::{cargo, program, succeeds};
use anyhow::{Result, ensure};

/// Adds rustfmt and clippy to the toolchain when they are missing.
pub fn ensure() -> Result<()> {
    let present = || ["fmt", "clippy"].iter().all(|tool| succeeds(cargo().args([tool, "--version"])));
    if !present() {
        eprintln!("Installing rustfmt and clippy");
        succeeds(program("rustup").args(["component", "add", "rustfmt", "clippy"]));
        ensure!(present(), "rustfmt or clippy is missing. Run: rustup component add rustfmt clippy");
    }
    Ok(())
}
