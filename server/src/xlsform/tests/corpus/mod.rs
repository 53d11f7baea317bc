//! The conformance material of the crates that read XLSForm and evaluate its expressions.
//!
//! - [`workbooks`]: rxform's workbooks, and what the reference implementation (pyxform) makes of them
//! - [`expressions`]: rxeval's expressions, and what JavaRosa and openrosa-xpath-evaluator (Enketo) make of them
//!
//! The snapshots are the lists of what deviates and why.

mod expressions;
mod workbooks;

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// Where cargo keeps the sources of a crate that the server is built with.
///
/// Cargo itself is asked, so that another home, a vendored folder or a patch makes no difference. `--locked` is the
/// version this test is built with; crates for other platforms, which may never have been downloaded, are left out.
fn sources_of(name: &str) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let version = Command::new(&cargo).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let listed = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let metadata: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == name).unwrap();
    PathBuf::from(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}
