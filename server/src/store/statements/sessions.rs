//! Sessions, found by the hash of their id.

use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, changed};
use crate::store::{Changed, Result, SessionRecord};

pub(super) async fn add(connection: &mut Connection, session: &SessionRecord) -> Result<bool> {
    let added = sqlx::query(
        "INSERT INTO session (id_hash, data, created_at, used_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id_hash) DO NOTHING",
    )
    .bind(&session.id_hash)
    .bind(&session.data)
    .bind(session.created_at.0)
    .bind(session.used_at.0)
    .execute(connection)
    .await?;
    Ok(changed(&added) == Changed::Yes)
}

pub(super) async fn get(connection: &mut Connection, id_hash: &[u8]) -> Result<Option<SessionRecord>> {
    let row = sqlx::query("SELECT id_hash, data, created_at, used_at FROM session WHERE id_hash = $1")
        .bind(id_hash)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(SessionRecord {
            id_hash: row.try_get("id_hash")?,
            data: row.try_get("data")?,
            created_at: Timestamp(row.try_get("created_at")?),
            used_at: Timestamp(row.try_get("used_at")?),
        })
    })
    .transpose()
}

pub(super) async fn save(connection: &mut Connection, session: &SessionRecord) -> Result<()> {
    sqlx::query(
        "INSERT INTO session (id_hash, data, created_at, used_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id_hash) DO UPDATE SET data = $2, created_at = $3, used_at = $4",
    )
    .bind(&session.id_hash)
    .bind(&session.data)
    .bind(session.created_at.0)
    .bind(session.used_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn touch(connection: &mut Connection, id_hash: &[u8], at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE session SET used_at = $1 WHERE id_hash = $2")
        .bind(at.0)
        .bind(id_hash)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn delete(connection: &mut Connection, id_hash: &[u8]) -> Result<()> {
    sqlx::query("DELETE FROM session WHERE id_hash = $1").bind(id_hash).execute(connection).await?;
    Ok(())
}

pub(super) async fn delete_stale(connection: &mut Connection, created: Timestamp, used: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM session WHERE created_at < $1 OR used_at < $2")
        .bind(created.0)
        .bind(used.0)
        .execute(connection)
        .await?;
    Ok(())
}
