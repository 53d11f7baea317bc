//! Boundaries of municipalities, kept in memory as long as no others are imported.

use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::boundary::{Boundaries, BoundaryArea};

use super::answering::hex;
use super::setup::system;
use super::{Error, Result, Service};
use crate::store::{Changed, NewBoundaries};

/// The boundaries read last, with their revision.
pub type KeptBoundaries = RwLock<Option<(i64, Arc<Boundaries>)>>;

impl Service {
    /// The boundaries imported last; `None` as long as there are none. Another process may import them.
    pub async fn boundaries(&self) -> Result<Option<Arc<Boundaries>>> {
        let revision = self.store.boundaries_revision().await?;
        if revision == 0 {
            return Ok(None);
        }
        let kept = self.boundaries.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, boundaries)) = kept.filter(|(known, _)| *known == revision) {
            return Ok(Some(boundaries));
        }
        let Some(boundaries) = self.store.boundaries().await?.map(Arc::new) else { return Ok(None) };
        *self.boundaries.write().unwrap_or_else(PoisonError::into_inner) = Some((revision, boundaries.clone()));
        Ok(Some(boundaries))
    }

    /// Registers boundaries in place of earlier ones; [`Changed::No`] when they are the same.
    pub async fn add_boundaries(&self, boundaries: Boundaries) -> Result<Changed> {
        #[derive(Serialize)]
        struct Hashed<'a>(&'a str, &'a [BoundaryArea]);
        let hashed = serde_json::to_vec(&Hashed(&boundaries.source, &boundaries.areas));
        let sha256 = hex(&Sha256::digest(hashed.map_err(|e| Error::Internal(e.to_string()))?));
        let new = NewBoundaries { boundaries, sha256, by: system(), at: self.clock.now() };
        Ok(self.store.add_boundaries(&new).await?)
    }
}
