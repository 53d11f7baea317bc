//! The islands as WebAssembly and the JavaScript that loads it.

use super::hash::Hasher;
use crate::process::{program, succeed};
use crate::repository;
use crate::setup::WasmToolchain;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::{env, fs};
use wasm_bindgen_cli_support::Bindgen;

/// What rustc's wasm32 target may use; every browser since 2022 knows it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The two files and the name they share.
pub struct Browser {
    /// leptos's output name, with the hash of both files in it.
    pub name: String,
    /// `<name>.js`
    pub js: Vec<u8>,
    /// `<name>_bg.wasm`
    pub wasm: Vec<u8>,
}

/// Compiles the crate `app` for the browser and returns the path of what rustc made.
pub fn compile(toolchain: WasmToolchain) -> Result<PathBuf> {
    // Its own folder, so that it never waits for a build of the server nor the other way round.
    let target = repository::path("target/browser");
    let mut cargo = toolchain.cargo_rustc();
    cargo.args(["--package", "app", "--lib", "--crate-type", "cdylib", "--features", "hydrate"]);
    cargo.args(["--profile", "browser", "--target-dir"]).arg(&target);
    // Messages of panics name source files: the same ones on every machine, and nobody's home folder.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", format!("--remap-path-prefix={}=", registry()?.display()));
    succeed(&mut cargo)?;
    Ok(target.join(WasmToolchain::TARGET).join("browser/app.wasm"))
}

/// Where cargo unpacks the crates it downloads.
fn registry() -> Result<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    Ok(home.context("neither CARGO_HOME nor HOME is set")?.join("registry/src"))
}

/// Makes the compiled crate ready for the browser: JavaScript bindings, then everything as small as it gets.
pub fn finish(compiled: &Path) -> Result<Browser> {
    let folder = repository::path("target/browser/bindgen");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    // The default path of the WebAssembly stays out of the JavaScript: leptos's script names the hashed file.
    Bindgen::new()
        .input_path(compiled)
        .out_name("shirabe")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .context("wasm-bindgen")?;
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency brings JavaScript of its own (see {}/snippets), which the bundle does not carry",
        folder.display()
    );
    let small = folder.join("small.wasm");
    let mut wasm_opt = program("node");
    wasm_opt.arg("node_modules/binaryen/bin/wasm-opt").arg("-Oz").args(FEATURES);
    succeed(wasm_opt.arg(folder.join("shirabe_bg.wasm")).arg("-o").arg(&small))?;

    let read = |path: &Path| fs::read(path).with_context(|| path.display().to_string());
    let (js, wasm) = (read(&folder.join("shirabe.js"))?, read(&small)?);
    let mut hasher = Hasher::default();
    hasher.add(&js);
    hasher.add(&wasm);
    Ok(Browser { name: format!("shirabe-{}", hasher.finish()), js, wasm })
}
