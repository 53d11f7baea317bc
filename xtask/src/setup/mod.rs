//! Installs what is missing. Every prerequisite is one check, quick when all is present, and one installation; what
//! cannot be installed is an error with the exact command to run.

mod apt;
mod browser;
mod components;
mod node;
mod postgres;
mod wasm;

pub use browser::CHROMIUM;
pub use postgres::postgres_programs;
pub use wasm::WasmToolchain;

use anyhow::Result;

/// What building the browser bundle needs: Node.js packages and a wasm32 toolchain.
pub fn for_bundle() -> Result<WasmToolchain> {
    node::ensure()?;
    wasm::ensure()
}

/// What the whole test suite needs.
pub fn for_test() -> Result<WasmToolchain> {
    components::ensure()?;
    browser::ensure()?;
    postgres::ensure()?;
    for_bundle()
}
