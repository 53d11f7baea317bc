//! Everything as it would be if a round were published now, for those who decide whether it is.

use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;

use super::rounds::require;
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, PublishedRound};

/// Stands where the reason of a correction will stand.
const REASON: &str = "（プレビュー）";

impl Service {
    /// The same database as if the round were published now, in memory only. What changes afterwards is not seen there.
    pub async fn previewing(&self, account: &AccountRecord, year: FiscalYear) -> Result<Self> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let publication = self.publication_of(&round, REASON).await?;
        let mut preview = Self::new(self.store.clone(), self.clock);
        preview.previewed = Some(publication);
        Ok(preview)
    }

    /// What was published, by year, without the snapshots.
    pub async fn published(&self) -> Result<Vec<PublishedRound>> {
        let mut published = self.store.published().await?;
        if let Some(previewed) = &self.previewed {
            let Publication { year, revision, published_at, reason, sha256, .. } = previewed.clone();
            published.retain(|other| other.year != year);
            published.push(PublishedRound { year, revision, published_at, reason, sha256, withdrawal: None });
            published.sort_by_key(|published| published.year);
        }
        Ok(published)
    }

    pub(super) fn with_preview(&self, mut publications: Vec<Publication>) -> Vec<Publication> {
        if let Some(previewed) = &self.previewed {
            publications.retain(|other| other.year != previewed.year);
            publications.push(previewed.clone());
            publications.sort_by_key(|publication| publication.year);
        }
        publications
    }

    /// One revision with its snapshot, the previewed one too.
    pub(super) async fn revision_kept(&self, year: FiscalYear, revision: u32) -> Result<Publication> {
        match &self.previewed {
            Some(previewed) if (previewed.year, previewed.revision) == (year, revision) => Ok(previewed.clone()),
            _ => self.store.publication(year, revision).await?.ok_or(Error::NotFound),
        }
    }
}
