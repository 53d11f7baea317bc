//! Rounds and their published results.

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

/// Published results of one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedResults {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Revision of the publication.
    pub revision: u32,
    /// When it was published, RFC 3339.
    pub published_at: String,
    /// SHA-256 of the frozen snapshot.
    pub sha256: String,
    /// Generated data, not answered by anybody.
    pub demonstration: bool,
    /// One entry a definition.
    pub indicators: Vec<IndicatorResult>,
}

/// One definition's result. Counts are municipalities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndicatorResult {
    /// Id of the definition.
    pub id: String,
    /// Its version.
    pub version: u16,
    /// 公式
    pub official: bool,
    /// Its name.
    pub title: String,
    /// Confirmed engaged.
    pub engaged: u32,
    /// Confirmed not engaged.
    pub not_engaged: u32,
    /// Neither.
    pub undetermined: u32,
    /// On the register.
    pub register: u32,
    /// Responded.
    pub respondents: u32,
    /// Engaged out of the register; also the lower bound.
    pub share: ShareValue,
    /// The upper bound.
    pub upper: ShareValue,
}

/// A share as exact ratio and rounded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareValue {
    /// Counted.
    pub numerator: u32,
    /// Out of.
    pub denominator: u32,
    /// Tenths of a per cent, rounded half up; null for a denominator of 0.
    pub permille: Option<u32>,
}
