//! 工程表: the plan's measures, their steps, and how far each has come.
//!
//! - [`upload`]: a file of items or of reviews

pub mod upload;

use shared::roadmap::{Item, NewReview, TypedItem, TypedReview};
use shared::visibility::Visibility;
use shared::wire::FieldProblem;

use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, RoadmapChange, RoadmapRecord, RoadmapReviewRecord, StoreError};

/// An item with its reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadmapRow {
    /// The item.
    pub record: RoadmapRecord,
    /// Its reviews, by period, each at its latest revision.
    pub reviews: Vec<RoadmapReviewRecord>,
}

impl RoadmapRow {
    /// The last half-year's review that says something.
    pub fn last(&self) -> Option<&RoadmapReviewRecord> {
        self.reviews.iter().rfind(|review| review.status.is_some() || !review.note.is_empty())
    }
}

/// One item with everything that was ever entered for it.
#[derive(Debug, Clone)]
pub struct RoadmapHistory {
    /// The item's revisions, oldest first; at least one.
    pub items: Vec<RoadmapRecord>,
    /// Its reviews' revisions, oldest first.
    pub reviews: Vec<RoadmapReviewRecord>,
}

impl RoadmapHistory {
    /// The item as it stands.
    pub fn last(&self) -> Result<&RoadmapRecord> {
        self.items.last().ok_or(Error::NotFound)
    }
}

impl Service {
    /// The items that `reader` may see, in the plan's order.
    pub async fn roadmap(&self, reader: Visibility) -> Result<Vec<RoadmapRow>> {
        let reviews = self.store.roadmap_reviews().await?;
        let items = self.store.roadmap().await?.into_iter();
        let row = |record: RoadmapRecord| {
            let own = reviews.iter().filter(|review| review.item == record.item.id);
            let mut reviews: Vec<_> = own.cloned().collect();
            reviews.sort_by_key(|review| review.period);
            RoadmapRow { record, reviews }
        };
        Ok(items.filter(|record| record.item.visibility.allows(reader)).map(row).collect())
    }

    /// One item's revisions and those of its reviews.
    pub async fn roadmap_history(&self, account: &AccountRecord, id: &str) -> Result<RoadmapHistory> {
        require(account, Role::Officer)?;
        let items = self.store.roadmap_history(id).await?;
        if items.is_empty() {
            return Err(Error::NotFound);
        }
        Ok(RoadmapHistory { items, reviews: self.store.roadmap_review_history(id).await? })
    }

    /// Saves a new revision of an item. Id, field and area stay as they are.
    pub async fn save_roadmap_item(
        &self,
        account: &AccountRecord,
        id: &str,
        typed: &TypedItem,
        revision: u32,
    ) -> Result<()> {
        let history = self.roadmap_history(account, id).await?;
        let stored = &history.last()?.item;
        let kpis = self.store.kpis().await?;
        let kpis: Vec<&str> = kpis.iter().map(|record| record.kpi.id.as_str()).collect();
        let item = typed.read(stored, &kpis).map_err(Error::Invalid)?;
        if item == *stored {
            return Ok(());
        }
        self.save_roadmap(account, vec![(item, revision)], Vec::new()).await
    }

    /// Saves reviews of an item, as far as they differ from what is stored. Problems are of fields named `note.2026H1`.
    pub async fn save_roadmap_reviews(&self, account: &AccountRecord, id: &str, typed: &[TypedReview]) -> Result<()> {
        let history = self.roadmap_history(account, id).await?;
        let item = &history.last()?.item;
        let (mut reviews, mut problems) = (Vec::new(), Vec::new());
        for one in typed {
            match one.read(item) {
                Ok(review) if is_news(&review, &history.reviews) => reviews.push(review),
                Ok(_) => {}
                Err(FieldProblem { field, message }) => {
                    problems.push(FieldProblem { field: format!("{field}.{}", one.period), message });
                }
            }
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        if reviews.is_empty() {
            return Ok(());
        }
        self.save_roadmap(account, Vec::new(), reviews).await
    }

    /// Saves items and reviews together, or none of them.
    async fn save_roadmap(
        &self,
        account: &AccountRecord,
        items: Vec<(Item, u32)>,
        reviews: Vec<NewReview>,
    ) -> Result<()> {
        let change = RoadmapChange { items, reviews, by: account.author(), at: self.clock.now() };
        match self.store.save_roadmap(&change).await {
            Ok(changed) => done(changed),
            Err(StoreError::Exists(_)) => Err(Error::Changed),
            Err(other) => Err(other.into()),
        }
    }
}

/// Whether a review says something else than what is stored for its period. A period never reviewed and left empty does
/// not.
fn is_news(review: &NewReview, stored: &[RoadmapReviewRecord]) -> bool {
    match stored.iter().rfind(|record| record.period == review.period) {
        Some(record) => (record.status, &record.note) != (review.status, &review.note),
        None => review.status.is_some() || !review.note.is_empty(),
    }
}
