//! What was published.

use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

/// A publication to the letter, so that its hash can be computed anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPublication {
    /// The round.
    pub year: FiscalYear,
    /// Counted from 1.
    pub revision: u32,
    /// SHA-256 as it was published, in hexadecimal.
    pub sha256: String,
    /// The snapshot's JSON.
    pub snapshot: String,
}

/// A publication without its snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRound {
    /// The round.
    pub year: FiscalYear,
    /// Counted from 1.
    pub revision: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// SHA-256 of the snapshot's JSON, in hexadecimal.
    pub sha256: String,
}
