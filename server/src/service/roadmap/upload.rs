//! A file of the roadmap's items or reviews: what it would change, and changing just that.

use sha2::{Digest as _, Sha256};
use shared::roadmap::{Item, NewReview};
use shared::visibility::Visibility;

use super::{RoadmapRow, require};
use crate::access::Role;
use crate::import::{ImportError, roadmap};
use crate::service::answering::hex;
use crate::service::{Error, Result, Service};
use crate::store::AccountRecord;

/// What a file would change.
#[derive(Debug, Clone)]
pub struct RoadmapUpload {
    /// Items, each with the revision that it follows.
    pub items: Vec<(Item, u32)>,
    /// Reviews.
    pub reviews: Vec<NewReview>,
    /// Rows of the file that change nothing.
    pub unchanged: usize,
    /// The roadmap that it was compared with.
    pub roadmap: Vec<RoadmapRow>,
}

impl RoadmapUpload {
    /// SHA-256 of the changes with the revisions that they follow: what is saved is what was shown.
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(format!("{:?}{:?}", self.items, self.reviews)))
    }
}

impl Service {
    /// What a file would change, or each of its faults.
    pub async fn read_roadmap_file(
        &self,
        account: &AccountRecord,
        file: &str,
        text: &str,
    ) -> Result<std::result::Result<RoadmapUpload, ImportError>> {
        require(account, Role::Officer)?;
        let roadmap = self.roadmap(Visibility::Prefecture).await?;
        let kpis = self.store.kpis().await?;
        let kpis: Vec<&str> = kpis.iter().map(|record| record.kpi.id.as_str()).collect();
        Ok(roadmap::read(file, text, roadmap, &kpis))
    }

    /// Saves what a file changes, all or nothing, if that is what `fingerprint` was shown for.
    pub async fn save_roadmap_file(
        &self,
        account: &AccountRecord,
        upload: RoadmapUpload,
        fingerprint: &str,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        if upload.fingerprint() != fingerprint {
            return Err(Error::Changed);
        }
        if upload.items.is_empty() && upload.reviews.is_empty() {
            return Ok(());
        }
        self.save_roadmap(account, upload.items, upload.reviews).await
    }
}
