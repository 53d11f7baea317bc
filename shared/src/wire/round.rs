//! Rounds.

use serde::{Deserialize, Serialize};

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundSummary {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Fiscal year (和暦), e.g. 「令和8年度」.
    pub wareki: String,
    /// `open`, `closed`, `finalized` or `published`.
    pub state: String,
    /// 基準日, RFC 3339.
    pub reference_date: Option<String>,
    /// 締切, RFC 3339.
    pub deadline: Option<String>,
}
