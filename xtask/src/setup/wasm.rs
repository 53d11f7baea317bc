//! A Rust toolchain that compiles for the browser.

use super::apt;
use crate::process::{find, output, program, succeeds};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Debian's own toolchain, for machines where rustup cannot download.
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust/library/std";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";

/// The toolchain that compiles the browser bundle. The names of the islands do not depend on which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmToolchain {
    /// The developer's own, with the target's standard library added.
    Rustup,
    /// Debian's, which brings the standard library as source: it is compiled with the bundle.
    Debian,
}

impl WasmToolchain {
    /// The browser's target.
    pub const TARGET: &str = "wasm32-unknown-unknown";

    /// `cargo rustc` for the browser's target.
    pub fn cargo_rustc(self) -> Command {
        let mut cargo = match self {
            Self::Rustup => program("cargo"),
            Self::Debian => program(DEBIAN_CARGO),
        };
        cargo.args(["rustc", "--target", Self::TARGET]);
        if self == Self::Debian {
            // Cargo calls -Zbuild-std unstable; the variable makes a stable toolchain accept it.
            cargo.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
            cargo.env("RUSTC", DEBIAN_RUSTC).env_remove("RUSTUP_TOOLCHAIN");
        }
        cargo
    }

    fn is_ready(self) -> bool {
        match self {
            Self::Rustup => has_standard_library(),
            Self::Debian => {
                [DEBIAN_CARGO, DEBIAN_RUSTC, DEBIAN_SOURCES, DEBIAN_LINKER].iter().all(|path| Path::new(path).exists())
            }
        }
    }
}

/// Finds a toolchain for the browser, or makes one: with rustup where it can download, otherwise from Debian.
pub fn ensure() -> Result<WasmToolchain> {
    let ready = || [WasmToolchain::Rustup, WasmToolchain::Debian].into_iter().find(|toolchain| toolchain.is_ready());
    if let Some(toolchain) = ready() {
        return Ok(toolchain);
    }
    if find("rustup").is_some() {
        eprintln!("Installing Rust's standard library for {}", WasmToolchain::TARGET);
        // Where there is no way out, there is no use in trying again and again.
        let mut rustup = program("rustup");
        rustup.args(["target", "add", WasmToolchain::TARGET]).env("RUSTUP_MAX_RETRIES", "0");
        if succeeds(&mut rustup) && WasmToolchain::Rustup.is_ready() {
            return Ok(WasmToolchain::Rustup);
        }
    }
    apt::install("a Rust toolchain for WebAssembly", &DEBIAN_PACKAGES)
        .with_context(|| format!("rustup could not add it either: rustup target add {}", WasmToolchain::TARGET))?;
    ready().context("Debian's packages bring no usable toolchain for WebAssembly")
}

/// Whether the developer's toolchain has std for the browser's target.
fn has_standard_library() -> bool {
    let folder = output(program("rustc").args(["--print", "target-libdir", "--target", WasmToolchain::TARGET]));
    let files = folder.ok().and_then(|folder| fs::read_dir(folder).ok());
    files.is_some_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
}
