//! Files of others, read into domain terms: all or nothing, every fault with its place.
//!
//! Nothing here grows with a hostile file: [`read_file`] stops at a largest size, rows are read one at a time, columns
//! and faults are counted.
//!
//! - [`encoding`]: bytes to text
//! - [`book`]: a workbook's cells
//! - [`file`](mod@file): a file that holds a table, whether text or workbook
//! - [`sheet`]: its rows, which know their line
//! - [`fault`]: what is wrong, and where
//! - [`register`]: a code or a name as written to a municipality; [`whose`]: a row's municipality
//! - [`answers`]: 過去の回答, in our own export format
//! - [`exported`]: a table that a dataset gave, filled in; [`ledger`]: KPI台帳; [`roadmap`]: 工程表
//! - [`boundaries`](mod@boundaries): 市町村の境界 (GeoJSON, TopoJSON)
//! - [`reference`](mod@reference): 公表資料 (public figures of municipalities)
//! - [`municipalities`]: attributes of the register
//! - [`accounts`]: many accounts at once

pub mod accounts;
pub mod answers;
pub mod book;
pub mod boundaries;
pub mod encoding;
mod exported;
pub mod fault;
pub mod file;
pub mod ledger;
pub mod municipalities;
pub mod reference;
pub mod register;
pub mod roadmap;
pub mod sheet;
pub mod whose;

use std::io::Read;
use std::path::Path;

use encoding::{Encoding, EncodingError};
use fault::Faults;

/// Largest file, in bytes. All 1,741 municipalities with 300 columns are a fifth of it.
pub const LARGEST_FILE: u64 = 8 * 1024 * 1024;

/// Why a file was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{file} を読み取れません: {reason}")]
    Unreadable {
        /// As given.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// Larger than may be read.
    #[error(
        "{file} は大きすぎます。読み取れるのは{}MBまでです。必要な部分だけにするか、都道府県ごとなど市町村を単位に分けて、1つずつ実行してください。",
        largest / 1024 / 1024
    )]
    TooLarge {
        /// As given.
        file: String,
        /// How many bytes may be read.
        largest: u64,
    },
    /// The bytes are no text, or not surely one.
    #[error("{file}: {error}")]
    Encoding {
        /// As given.
        file: String,
        /// Why.
        error: EncodingError,
    },
    /// It is meant to be a workbook and cannot be read as one.
    #[error("{file}: {reason}")]
    Workbook {
        /// As given.
        file: String,
        /// Why, and what to do.
        reason: String,
    },
    /// The contents are wrong.
    #[error("{0}")]
    Faults(Faults),
}

/// Reads a file, and no more of it than `largest` bytes.
pub fn read_file(path: &Path, largest: u64) -> Result<Vec<u8>, ImportError> {
    let name = || path.display().to_string();
    let unreadable = |reason: std::io::Error| ImportError::Unreadable { file: name(), reason: reason.to_string() };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > largest {
        return Err(ImportError::TooLarge { file: name(), largest });
    }
    // A pipe or a growing file tells no size beforehand.
    let mut bytes = Vec::new();
    file.take(largest + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > largest {
        return Err(ImportError::TooLarge { file: name(), largest });
    }
    Ok(bytes)
}

/// Reads text in the encoding given, or in the one that it must be.
pub fn decode(file: &str, bytes: &[u8], given: Option<Encoding>) -> Result<(Encoding, String), ImportError> {
    encoding::decode(bytes, given).map_err(|error| ImportError::Encoding { file: file.to_owned(), error })
}
