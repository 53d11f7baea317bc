//! 公表資料: figures of municipalities that others have published.

use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;

use super::Author;

/// A published source at its latest revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceSource {
    /// Its key.
    pub id: String,
    /// Counted from 1.
    pub revision: u32,
    /// Its title as it is cited.
    pub title: String,
    /// When its figures hold, in the source's own words.
    pub as_of: String,
    /// SHA-256 of what was registered (title, as-of words and figures), in hexadecimal.
    pub sha256: String,
    /// Who imported this revision.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// One municipality's figure in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceFigure {
    /// Key of the source.
    pub source: String,
    /// The column's heading.
    pub item: String,
    /// The figure as printed.
    pub value: String,
}

/// A source's figures to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReferenceFigures {
    /// Key of the source; not empty.
    pub source: String,
    /// Its title as it is cited.
    pub title: String,
    /// When its figures hold, in the source's own words.
    pub as_of: String,
    /// SHA-256 of all of this, in hexadecimal.
    pub sha256: String,
    /// Municipality, the column's heading, the figure as printed. A municipality has an item once.
    pub figures: Vec<(MunicipalityCode, String, String)>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
