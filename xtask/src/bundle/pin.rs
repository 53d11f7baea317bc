//! wasm-bindgen's macro and its tool understand each other only when they are of one version.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// Refuses a `Cargo.lock` in which the two differ.
pub fn check(lock: &Path) -> Result<()> {
    let text = fs::read_to_string(lock).with_context(|| lock.display().to_string())?;
    let (library, tool) = (version(&text, "wasm-bindgen")?, version(&text, "wasm-bindgen-cli-support")?);
    ensure!(
        library == tool,
        "{}: wasm-bindgen is {library}, wasm-bindgen-cli-support is {tool}; pin both to one version in Cargo.toml",
        lock.display()
    );
    Ok(())
}

fn version(lock: &str, name: &str) -> Result<String> {
    let lock: toml::Table = lock.parse()?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock lists no packages")?;
    let package = packages.iter().find(|package| package.get("name").and_then(toml::Value::as_str) == Some(name));
    let version = package.and_then(|package| package.get("version")?.as_str());
    version.map(str::to_owned).with_context(|| format!("{name} is not in Cargo.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_are_of_one_version_here() {
        check(&crate::repository::path("Cargo.lock")).unwrap();
    }

    #[test]
    fn a_difference_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let lock = folder.path().join("Cargo.lock");
        let package = |name, version| format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n");
        fs::write(&lock, package("wasm-bindgen", "0.2.1") + &package("wasm-bindgen-cli-support", "0.2.2")).unwrap();
        let error = check(&lock).unwrap_err().to_string();
        assert!(error.contains("0.2.1") && error.contains("0.2.2"), "{error}");
    }
}
