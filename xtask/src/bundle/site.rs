//! The folder of files that the server sends.

use super::files;
use super::hash::Hasher;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Kinds of file that are worth compressing; woff2 is compressed already.
const COMPRESSED: [&str; 4] = [".js", ".wasm", ".css", ".svg"];

/// Files by their path below `/assets/`.
#[derive(Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// Adds a file, with `.br` and `.gz` siblings when its kind is worth it.
    pub fn add(&mut self, name: String, content: Vec<u8>) {
        if COMPRESSED.iter().any(|kind| name.ends_with(kind)) {
            self.files.insert(format!("{name}.br"), brotli(&content));
            self.files.insert(format!("{name}.gz"), gzip(&content));
        }
        self.files.insert(name, content);
    }

    /// Adds a file under a name that carries its content's hash, and returns the name.
    pub fn add_hashed(&mut self, stem: &str, extension: &str, content: Vec<u8>) -> String {
        let mut hasher = Hasher::default();
        hasher.add(&content);
        let name = format!("{stem}-{}.{extension}", hasher.finish());
        self.add(name.clone(), content);
        name
    }

    /// Makes the folder hold exactly these files.
    pub fn write(&self, folder: &Path) -> Result<()> {
        for (name, content) in &self.files {
            let path = folder.join(name);
            if fs::read(&path).is_ok_and(|present| present == *content) {
                continue;
            }
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
            }
            fs::write(&path, content).with_context(|| path.display().to_string())?;
        }
        for path in files(folder)? {
            if !self.files.contains_key(&*path.strip_prefix(folder)?.to_string_lossy()) {
                fs::remove_file(&path).with_context(|| path.display().to_string())?;
            }
        }
        Ok(())
    }

    /// Prints what a browser loads and how much that is.
    pub fn report(&self) {
        for (name, content) in &self.files {
            if let Some(compressed) = self.files.get(&format!("{name}.br")) {
                eprintln!("  {name}: {} bytes, brotli {}", content.len(), compressed.len());
            }
        }
    }
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    {
        // Dropping the writer ends the stream; writing into memory cannot fail.
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 64 * 1024, 11, 22);
        let _ = writer.write_all(content);
    }
    compressed
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    {
        let mut writer = GzEncoder::new(&mut compressed, Compression::best());
        let _ = writer.write_all(content);
    }
    compressed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_siblings_unpack_to_the_file() {
        let mut site = Site::default();
        site.add("a.css".into(), b"a { color: red }".repeat(50));
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(&*site.files["a.css.br"], 4096).read_to_end(&mut from_brotli).unwrap();
        flate2::read::GzDecoder::new(&*site.files["a.css.gz"]).read_to_end(&mut from_gzip).unwrap();
        assert_eq!(from_brotli, site.files["a.css"]);
        assert_eq!(from_gzip, site.files["a.css"]);
        assert!(site.files["a.css.br"].len() < 100);
    }

    #[test]
    fn fonts_have_no_siblings() {
        let mut site = Site::default();
        site.add("fonts/a.woff2".into(), vec![0; 100]);
        assert_eq!(site.files.len(), 1);
    }

    #[test]
    fn a_hashed_name_follows_the_content() {
        let mut site = Site::default();
        let one = site.add_hashed("style", "css", b"a".to_vec());
        let two = site.add_hashed("style", "css", b"b".to_vec());
        assert_ne!(one, two);
        assert!(one.starts_with("style-") && site.files.contains_key(&format!("{one}.br")), "{one}");
    }

    #[test]
    fn stale_files_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("fonts")).unwrap();
        fs::write(folder.path().join("fonts/old.woff2"), "old").unwrap();
        fs::write(folder.path().join("new.txt"), "old").unwrap();
        let mut site = Site::default();
        site.add("new.txt".into(), b"new".to_vec());
        site.write(folder.path()).unwrap();
        assert_eq!(files(folder.path()).unwrap(), [folder.path().join("new.txt")]);
        assert_eq!(fs::read(folder.path().join("new.txt")).unwrap(), b"new");
    }
}
