//! The plan's KPI ledger.

use serde::{Deserialize, Serialize};

use super::ShareValue;

/// A row of the ledger at its latest revision. What is unknown is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiOfLedger {
    /// Stable id.
    pub id: String,
    /// Counted from 1.
    pub revision: u32,
    /// 基本目標 or the field.
    pub category: String,
    /// Its name.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// 基準値, as published.
    pub baseline: String,
    /// Period of the baseline.
    pub baseline_period: String,
    /// 目標値（2028年度）
    pub target_2028: String,
    /// Where it comes from.
    pub source: String,
    /// The prefecture's section that answers for it.
    pub section: String,
    /// How often it is measured: `half-yearly`, `yearly` or `five-yearly`.
    pub frequency: String,
    /// The day for which it is measured, ISO 8601; its year is one of several.
    pub reference_date: String,
    /// Remark.
    pub note: String,
    /// Its value of the last published year, where an indicator computes it.
    pub computed: Option<ComputedValue>,
    /// Its values by period.
    pub values: Vec<KpiValue>,
}

/// A value of a row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiValue {
    /// A fiscal year or a half of one: `2026`, `2026H1`.
    pub period: String,
    /// The digits; none where the value was withdrawn or is suppressed.
    pub value: Option<String>,
    /// Where it comes from: `entered`, `computed`, `withdrawn` or `suppressed`.
    pub state: String,
    /// Remark.
    pub note: String,
}

/// A value computed from a published round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComputedValue {
    /// Fiscal year (西暦).
    pub year: u16,
    /// The share.
    pub share: ShareValue,
    /// Address of how it was computed.
    pub computation: String,
}

/// One revision of a row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiRevision {
    /// Counted from 1.
    pub revision: u32,
    /// Who made it.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
    /// Its name.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// 基準値
    pub baseline: String,
    /// Period of the baseline.
    pub baseline_period: String,
    /// 目標値（2028年度）
    pub target_2028: String,
    /// Where it comes from.
    pub source: String,
    /// The prefecture's section that answers for it.
    pub section: String,
    /// How often it is measured: `half-yearly`, `yearly` or `five-yearly`.
    pub frequency: String,
    /// The day for which it is measured, ISO 8601; its year is one of several.
    pub reference_date: String,
    /// Remark.
    pub note: String,
}
