//! Installs what is missing. Every prerequisite is one check, quick when all is present, and one installation; what
//! cannot be installed is an error with the exact command to run.

mod apt;
mod browser;
mod components;
mod node;
mod office;
mod postgres;
mod python;
mod wasm;

pub use browser::CHROMIUM;
pub use postgres::postgres_programs;
pub use python::{environment as python_environment, interpreter as python_interpreter};
pub use wasm::WasmToolchain;

use anyhow::Result;

/// What building the browser bundle needs: Node.js packages and a wasm32 toolchain.
pub fn for_bundle() -> Result<WasmToolchain> {
    node::ensure()?;
    wasm::ensure()
}

/// What measuring in Chromium needs.
pub fn for_browser_bench() -> Result<WasmToolchain> {
    browser::ensure()?;
    for_bundle()
}

/// What the whole test suite needs.
pub fn for_test() -> Result<WasmToolchain> {
    components::ensure()?;
    browser::ensure()?;
    postgres::ensure()?;
    office::ensure()?;
    python::ensure()?;
    for_bundle()
}
