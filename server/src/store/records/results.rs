//! The KPI ledger.

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
