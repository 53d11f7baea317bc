//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// The folder of the workspace's `Cargo.toml`.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// A path below the root.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// The folder of everything that is built. xtask insists on it, because the server embeds `target/site`.
pub fn target() -> PathBuf {
    path("target")
}

/// The browser bundle as the server embeds it.
pub fn site() -> PathBuf {
    path("target/site")
}
