//! What was published, and the KPI ledger.

use shared::fiscal_year::FiscalYear;
use shared::kpi::Kpi;
use shared::time::Timestamp;

use super::Author;

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
