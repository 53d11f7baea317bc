//! The browser bundle: what the server embeds from `target/site`.

mod browser;
mod css;
mod fonts;
mod hash;
mod manifest;
mod pin;
mod site;

pub use manifest::Manifest;

use crate::repository;
use crate::setup::WasmToolchain;
use anyhow::{Context, Result};
use hash::Hasher;
use site::Site;
use std::fs;
use std::path::{Path, PathBuf};

/// Builds `target/site`; only looks when nothing changed.
pub fn bundle(toolchain: WasmToolchain) -> Result<()> {
    pin::check(&repository::path("Cargo.lock"))?;
    // Cargo knows best what the WebAssembly depends on, and takes half a second when that is unchanged.
    let wasm = browser::compile(toolchain)?;
    let style = repository::path("app/style");
    let assets = repository::path("app/assets");
    let script = repository::path("app/script");
    let fingerprint = fingerprint(&wasm, &[&style, &assets, &script])?;

    let folder = repository::site();
    if Manifest::read(&folder).is_some_and(|manifest| manifest.fingerprint == fingerprint) {
        return Ok(());
    }
    eprintln!("Building the browser bundle");
    let browser = browser::finish(&wasm)?;
    let mut site = Site::default();
    site.add(format!("{}.js", browser.name), browser.js);
    site.add(format!("{}_bg.wasm", browser.name), browser.wasm);
    let style = site.add_hashed("style", "css", css::stylesheet(&style)?.into_bytes());
    let fonts = site.add_hashed("fonts", "css", fonts::stylesheet()?.into_bytes());
    let picture = script.join("picture.js");
    let picture = fs::read(&picture).with_context(|| picture.display().to_string())?;
    let picture = site.add_hashed("picture", "js", picture);
    for (name, woff2) in fonts::files()? {
        site.add(format!("fonts/{name}"), woff2);
    }
    for path in files(&assets)? {
        let name = path.strip_prefix(&assets)?.display().to_string();
        site.add(name, fs::read(&path).with_context(|| path.display().to_string())?);
    }
    let manifest = Manifest { bundle: browser.name, style, fonts, picture, fingerprint };
    site.add(manifest::FILE.to_owned(), manifest.to_json().into_bytes());
    site.write(&folder)?;
    site.report();
    Ok(())
}

/// A digest of everything the bundle is made of.
fn fingerprint(wasm: &Path, folders: &[&Path]) -> Result<String> {
    let mut inputs = vec![wasm.to_owned(), repository::path("package-lock.json")];
    // How it is made counts as well.
    for folder in folders.iter().copied().chain([&*repository::path("xtask/src/bundle")]) {
        inputs.extend(files(folder)?);
    }
    let mut hasher = Hasher::default();
    for path in inputs {
        let content = fs::read(&path).with_context(|| path.display().to_string())?;
        hasher.add(path.strip_prefix(repository::root()).unwrap_or(&path).as_os_str().as_encoded_bytes());
        hasher.add(&content);
    }
    Ok(hasher.finish())
}

/// Every file below a folder, in path order; none when there is no such folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                found.extend(files(&path)?);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_changes_with_content_name_and_number_of_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let wasm = path("app.wasm");
        let styles = path("style");
        fs::write(&wasm, "1").unwrap();
        fs::create_dir_all(styles.join("deep")).unwrap();
        fs::write(styles.join("a.css"), "a").unwrap();

        let mut seen = vec![fingerprint(&wasm, &[&styles]).unwrap()];
        assert_eq!(fingerprint(&wasm, &[&styles]).unwrap(), seen[0]);
        fs::write(styles.join("a.css"), "b").unwrap();
        seen.push(fingerprint(&wasm, &[&styles]).unwrap());
        fs::rename(styles.join("a.css"), styles.join("c.css")).unwrap();
        seen.push(fingerprint(&wasm, &[&styles]).unwrap());
        fs::write(styles.join("deep/d.css"), "").unwrap();
        seen.push(fingerprint(&wasm, &[&styles]).unwrap());
        fs::write(&wasm, "2").unwrap();
        seen.push(fingerprint(&wasm, &[&styles]).unwrap());
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 5);
    }

    #[test]
    fn a_missing_folder_has_no_files() {
        assert!(files(Path::new("no-such-folder")).unwrap().is_empty());
    }
}
