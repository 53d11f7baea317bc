//! What was published.

use std::sync::{Arc, PoisonError};

use shared::indicator::ReferenceCount;
use shared::publication::Publication;

use super::{Result, Service};

impl Service {
    /// The latest revision of every published round, by year.
    pub async fn publications(&self) -> Result<Arc<Vec<Publication>>> {
        let known = self.publications.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(publications) = known {
            return Ok(publications);
        }
        let publications = Arc::new(self.store.publications().await?);
        *self.publications.write().unwrap_or_else(PoisonError::into_inner) = Some(publications.clone());
        Ok(publications)
    }

    /// Published counts of years before the platform.
    pub async fn reference_counts(&self) -> Result<Vec<ReferenceCount>> {
        Ok(self.store.reference_counts().await?)
    }

    /// Whether the database holds generated data.
    pub async fn is_demonstration(&self) -> Result<bool> {
        Ok(self.store.setting(super::setup::DEMONSTRATION).await?.is_some())
    }
}
