//! What was published, and what of it is disclosed.

use shared::fiscal_year::FiscalYear;
use shared::publication::ReleasePlan;
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

/// A publication without its snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRound {
    /// The round.
    pub year: FiscalYear,
    /// Counted from 1.
    pub revision: u32,
    /// When it was published.
    pub published_at: Timestamp,
    /// Why what was published before was corrected; empty for the first.
    pub reason: String,
    /// SHA-256 of the snapshot's JSON, in hexadecimal.
    pub sha256: String,
    /// That it was taken back.
    pub withdrawal: Option<Withdrawal>,
}

/// 公表の取下げ
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// What is disclosed of a round, at one revision of that decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasePlanRecord {
    /// What is disclosed less.
    pub plan: ReleasePlan,
    /// Counted from 1.
    pub revision: u32,
    /// Who decided.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
