//! Boundaries of municipalities. Every import is a revision; the latest one is drawn.

use shared::audit::{Act, Chain};
use shared::boundary::Boundaries;
use sqlx::Row as _;

use super::{Connection, audit, author_account, changed};
use crate::store::{Changed, NewAudit, NewBoundaries, Result, StoreError};

const AREAS: &str = "boundaries.areas";

pub(super) async fn add(connection: &mut Connection, new: &NewBoundaries) -> Result<Changed> {
    let areas = serde_json::to_string(&new.boundaries.areas)
        .map_err(|error| StoreError::Corrupt { place: AREAS, reason: error.to_string() })?;
    // Needs no lock: of two imports of the same revision, the key lets only one in, and the other looks again.
    loop {
        let last = sqlx::query("SELECT revision, sha256 FROM boundaries ORDER BY revision DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
        let last: Option<(i64, String)> =
            last.map(|row| Ok::<_, sqlx::Error>((row.try_get("revision")?, row.try_get("sha256")?))).transpose()?;
        if last.as_ref().is_some_and(|(_, sha256)| *sha256 == new.sha256) {
            return Ok(Changed::No);
        }
        let added = sqlx::query(
            "INSERT INTO boundaries (revision, source, areas, sha256, author_account, author_name, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (revision) DO NOTHING",
        )
        .bind(last.map_or(1, |(revision, _)| revision + 1))
        .bind(&new.boundaries.source)
        .bind(&areas)
        .bind(&new.sha256)
        .bind(author_account(&new.by))
        .bind(&new.by.name)
        .bind(new.at.0)
        .execute(&mut *connection)
        .await?;
        if changed(&added) == Changed::Yes {
            let recorded = NewAudit {
                chain: Chain::Installation,
                act: Act::Import,
                object: new.boundaries.source.clone(),
                from: None,
                to: Some(new.sha256.clone()),
            };
            audit::add(connection, recorded, &new.by, new.at).await?;
            return Ok(Changed::Yes);
        }
    }
}

pub(super) async fn revision(connection: &mut Connection) -> Result<i64> {
    let latest: Option<i64> = sqlx::query_scalar("SELECT max(revision) FROM boundaries").fetch_one(connection).await?;
    Ok(latest.unwrap_or(0))
}

pub(super) async fn latest(connection: &mut Connection) -> Result<Option<Boundaries>> {
    let row = sqlx::query("SELECT source, areas FROM boundaries ORDER BY revision DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let areas: String = row.try_get("areas")?;
    let areas = serde_json::from_str(&areas)
        .map_err(|error| StoreError::Corrupt { place: AREAS, reason: error.to_string() })?;
    Ok(Some(Boundaries { source: row.try_get("source")?, areas }))
}
