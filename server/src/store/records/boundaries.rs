//! Boundaries of municipalities.

use shared::boundary::Boundaries;
use shared::time::Timestamp;

use super::Author;

/// Boundaries to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBoundaries {
    /// What they are.
    pub boundaries: Boundaries,
    /// SHA-256 of all of this, in hexadecimal.
    pub sha256: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
