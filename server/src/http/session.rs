//! Server-side sessions on our own store: ids are kept hashed, idle and absolute limits are enforced here.
//!
//! tower-sessions' own inactivity counts modifications only, hence the limits.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use shared::time::Timestamp;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};

use crate::clock::Clock;
use crate::store::{SessionRecord, Store, StoreError};

/// A session ends when it was not used for so long: half a working day, so that a lunch break costs no login.
const IDLE: i64 = 4 * 3600 * 1000;
/// A session ends so long after login.
const ABSOLUTE: i64 = 24 * 3600 * 1000;
/// Use is noted at most so often.
const TOUCH: i64 = 60 * 1000;

/// Sessions in the store.
#[derive(Clone)]
pub struct StoredSessions {
    store: Arc<dyn Store>,
    clock: Clock,
}

impl StoredSessions {
    /// Sessions in that store.
    pub fn new(store: Arc<dyn Store>, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Removes sessions that have ended.
    pub async fn sweep(&self) -> std::result::Result<(), StoreError> {
        let now = self.clock.now();
        self.store.delete_stale_sessions(Timestamp(now.0 - ABSOLUTE), Timestamp(now.0 - IDLE)).await
    }

    fn stored(&self, record: &Record) -> Result<SessionRecord> {
        let now = self.clock.now();
        let data = serde_json::to_string(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
        Ok(SessionRecord { id_hash: hash(record.id), data, created_at: now, used_at: now })
    }
}

impl fmt::Debug for StoredSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredSessions").finish_non_exhaustive()
    }
}

fn hash(id: Id) -> Vec<u8> {
    Sha256::digest(id.0.to_be_bytes()).to_vec()
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands it over")]
fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for StoredSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.store.add_session(&self.stored(record)?).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut session = self.stored(record)?;
        // A change of what the session holds does not lengthen its life.
        if let Some(known) = self.store.session(&session.id_hash).await.map_err(backend)? {
            session.created_at = known.created_at;
        }
        self.store.save_session(&session).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let id_hash = hash(*id);
        let Some(session) = self.store.session(&id_hash).await.map_err(backend)? else { return Ok(None) };
        let now = self.clock.now();
        if now.0 - session.created_at.0 > ABSOLUTE || now.0 - session.used_at.0 > IDLE {
            self.store.delete_session(&id_hash).await.map_err(backend)?;
            return Ok(None);
        }
        if now.0 - session.used_at.0 > TOUCH {
            self.store.touch_session(&id_hash, now).await.map_err(backend)?;
        }
        let data = serde_json::from_str(&session.data).map_err(|e| Error::Decode(e.to_string()))?;
        let ends = (session.created_at.0 + ABSOLUTE) / 1000;
        let expiry_date = time::OffsetDateTime::from_unix_timestamp(ends).map_err(|e| Error::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store.delete_session(&hash(*id)).await.map_err(backend)
    }
}
