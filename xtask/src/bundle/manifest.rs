//! `manifest.json`: what the server must know about the bundle.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The manifest's file name.
pub const FILE: &str = "manifest.json";

/// The names that carry a content hash.
#[derive(Debug, PartialEq, Eq)]
pub struct Manifest {
    /// leptos's output name: `<bundle>.js` and `<bundle>_bg.wasm` exist.
    pub bundle: String,
    /// The file name of the pages' stylesheet.
    pub style: String,
    /// The file name of the fonts' stylesheet.
    pub fonts: String,
    /// The file name of the script of pictures.
    pub picture: String,
    /// A digest of what the bundle was made of. The server, which embeds this file, is rebuilt whenever it changes.
    pub fingerprint: String,
}

impl Manifest {
    /// The manifest of a built bundle, or nothing when there is none that can be read.
    pub fn read(site: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(site.join(FILE)).ok()?).ok()
    }

    fn parse(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text)?;
        let name = |key: &str| value[key].as_str().map(str::to_owned).with_context(|| format!("no {key} in {FILE}"));
        Ok(Self {
            bundle: name("bundle")?,
            style: name("style")?,
            fonts: name("fonts")?,
            picture: name("picture")?,
            fingerprint: name("fingerprint")?,
        })
    }

    /// The file's content.
    pub fn to_json(&self) -> String {
        let Self { bundle, style, fonts, picture, fingerprint } = self;
        let names = json!({
            "bundle": bundle, "style": style, "fonts": fonts, "picture": picture, "fingerprint": fingerprint
        });
        format!("{names:#}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let manifest = Manifest {
            bundle: "shirabe-0123".into(),
            style: "style-4567.css".into(),
            fonts: "fonts-89ab.css".into(),
            picture: "picture-cdef.js".into(),
            fingerprint: "cdef".into(),
        };
        assert_eq!(Manifest::parse(&manifest.to_json()).unwrap(), manifest);
    }

    #[test]
    fn a_manifest_without_a_name_is_refused() {
        let error = Manifest::parse(r#"{"bundle": "shirabe-0123", "style": "style.css"}"#).unwrap_err().to_string();
        assert!(error.contains("fonts"), "{error}");
    }

    #[test]
    fn no_bundle_has_no_manifest() {
        assert_eq!(Manifest::read(Path::new("no-such-folder")), None);
    }
}
