//! What was published, and the KPI ledger.

use shared::fiscal_year::FiscalYear;
use shared::kpi::Kpi;
use shared::time::Timestamp;

use super::Author;

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

/// A KPI row at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiRecord {
    /// The row.
    pub kpi: Kpi,
    /// Counted from 1.
    pub revision: u32,
    /// Who made this revision.
    pub by: Author,
    /// When.
    pub at: Timestamp,
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
