//! 工程表: items and reviews at their revisions.

use shared::kpi::Period;
use shared::roadmap::{Item, NewReview, Status};
use shared::time::Timestamp;

use super::Author;

/// An item at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadmapRecord {
    /// The item.
    pub item: Item,
    /// Counted from 1.
    pub revision: u32,
    /// Who made this revision.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A half-year's review at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadmapReviewRecord {
    /// The item's id.
    pub item: String,
    /// Which half-year.
    pub period: Period,
    /// How far it has come; `None` where that was taken back.
    pub status: Option<Status>,
    /// 評価・見直し
    pub note: String,
    /// Counted from 1.
    pub revision: u32,
    /// Who made this revision.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Items and reviews that are saved together, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadmapChange {
    /// Items, each with the revision that it follows.
    pub items: Vec<(Item, u32)>,
    /// Reviews; an item and period once.
    pub reviews: Vec<NewReview>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
