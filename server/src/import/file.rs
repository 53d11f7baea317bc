//! A file that holds a table: text in one of the encodings, or a workbook.

use std::fmt;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::book::Book;
use super::encoding::Encoding;
use super::fault::Faults;
use super::sheet::{FORMULA, Sheet};
use super::{ImportError, decode, read_file};
use crate::service::answering::hex;

/// Largest file, in bytes: the answers of 40 municipalities in one year are a thirtieth of it. Those of all 1,741 are more
/// and come in several files, a prefecture each: whatever is said of a file is said of all of it at once, so it is held
/// whole. A workbook has its own limits ([`crate::workbook::bounds::Limits::TABLE`]).
pub const LARGEST_TABLE: u64 = 64 * 1024 * 1024;

/// A file that holds a table.
pub struct TableFile {
    /// Its name as given.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    contents: Contents,
}

enum Contents {
    Text { encoding: Encoding, text: String },
    Book(Book),
}

impl TableFile {
    /// Reads a file; its text in the encoding given, or in the one that it must be.
    pub fn read(path: &Path, given: Option<Encoding>) -> Result<Self, ImportError> {
        let bytes = read_file(path, LARGEST_TABLE)?;
        Self::of_bytes(&path.display().to_string(), &bytes, given)
    }

    /// The same of bytes.
    pub fn of_bytes(name: &str, bytes: &[u8], given: Option<Encoding>) -> Result<Self, ImportError> {
        let contents = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let unreadable = |reason| ImportError::Workbook { file: name.to_owned(), reason };
            Contents::Book(Book::read(bytes, name).map_err(unreadable)?)
        } else {
            let (encoding, text) = decode(name, bytes, given)?;
            Contents::Text { encoding, text }
        };
        Ok(Self { name: name.to_owned(), sha256: hex(&Sha256::digest(bytes)), contents })
    }

    /// Its rows. Formulas of a workbook are faults at once.
    pub fn sheet(&self, faults: &mut Faults) -> Option<Sheet<'_>> {
        match &self.contents {
            Contents::Text { text, .. } => Sheet::read(text, faults),
            Contents::Book(book) => {
                let sheet = Sheet::of_cells(book.cells(), faults)?;
                for (line, column) in book.formulas() {
                    match sheet.headings.get(column) {
                        Some(heading) => faults.cell(line, heading, FORMULA),
                        None => faults.row(line, FORMULA),
                    }
                }
                Some(sheet)
            }
        }
    }

    /// Whether its texts are written as in a file of lines ([`crate::export::text`]).
    pub fn is_text(&self) -> bool {
        matches!(self.contents, Contents::Text { .. })
    }
}

/// What it was read as: 「UTF-8（BOM付き）」, 「Excelのブック（シート「データ」）」.
impl fmt::Display for TableFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.contents {
            Contents::Text { encoding, .. } => encoding.fmt(f),
            Contents::Book(book) => write!(f, "Excelのブック（シート「{}」）", book.sheet()),
        }
    }
}
