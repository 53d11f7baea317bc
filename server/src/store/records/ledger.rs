//! KPI台帳: rows and values at their revisions.

use shared::kpi::{Kpi, NewValue, Period};
use shared::response::Decimal;
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

/// A value of a period at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiValueRecord {
    /// The row's id.
    pub kpi: String,
    /// Which period.
    pub period: Period,
    /// The value; `None` where it is not known (any more).
    pub value: Option<Decimal>,
    /// Remark.
    pub note: String,
    /// Counted from 1.
    pub revision: u32,
    /// Who made this revision.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Rows and values that are saved together, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerChange {
    /// Rows, each with the revision that it follows.
    pub kpis: Vec<(Kpi, u32)>,
    /// Values; a row and period once.
    pub values: Vec<NewValue>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
