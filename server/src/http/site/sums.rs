//! `SHA256SUMS`: the SHA-256 of every file, as `sha256sum --check` reads it.

use std::fmt::Write as _;
use std::io;

use sha2::{Digest, Sha256};

use super::sink::Sink;
use crate::service::answering::hex;

/// Its name.
const NAME: &str = "SHA256SUMS";

/// Passes files on and hashes them on the way.
pub struct Summing<'s> {
    sink: &'s mut dyn Sink,
    /// The file that was begun last.
    file: Option<(String, Sha256)>,
    lines: String,
}

impl<'s> Summing<'s> {
    /// In front of `sink`.
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        Self { sink, file: None, lines: String::new() }
    }

    fn note(&mut self) {
        if let Some((path, hash)) = self.file.take() {
            // Writing to a string does not fail.
            let _ = writeln!(self.lines, "{}  {path}", hex(&hash.finalize()));
        }
    }

    /// Writes the list, after the last file.
    pub fn sums(mut self) -> io::Result<()> {
        self.note();
        self.sink.begin(NAME)?;
        self.sink.write(self.lines.as_bytes())
    }
}

impl Sink for Summing<'_> {
    fn begin(&mut self, path: &str) -> io::Result<()> {
        self.note();
        self.file = Some((path.to_owned(), Sha256::new()));
        self.sink.begin(path)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some((_, hash)) = &mut self.file {
            hash.update(bytes);
        }
        self.sink.write(bytes)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.sink.finish()
    }
}
