//! Published snapshots.

use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;
use shared::round::RoundState;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, changed, rounds};
use crate::store::values::{json, number, to_json, year_of};
use crate::store::{Author, Changed, KeptPublication, PublishedRound, Result, StoreError};

pub(super) async fn publish(connection: &mut Connection, publication: &Publication, by: &Author) -> Result<Changed> {
    let Publication { year, revision, published_at, sha256, snapshot } = publication;
    let (from, to) = (RoundState::Finalized, RoundState::Published);
    if rounds::step(connection, *year, from, to, by, *published_at).await? == Changed::No {
        return Ok(Changed::No);
    }
    let added = sqlx::query(
        "INSERT INTO publication (year, revision, published_at, sha256, snapshot) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (year, revision) DO NOTHING",
    )
    .bind(i64::from(year.year()))
    .bind(i64::from(*revision))
    .bind(published_at.0)
    .bind(sha256)
    .bind(to_json("publication.snapshot", snapshot.as_ref())?)
    .execute(connection)
    .await?;
    match changed(&added) {
        Changed::Yes => Ok(Changed::Yes),
        Changed::No => Err(StoreError::Exists(format!("{year}の公表（第{revision}回）"))),
    }
}

pub(super) async fn latest(connection: &mut Connection) -> Result<Vec<Publication>> {
    let rows = sqlx::query(
        "SELECT year, revision, published_at, sha256, snapshot FROM publication
         WHERE revision = (SELECT max(revision) FROM publication AS other WHERE other.year = publication.year)
         ORDER BY year",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(publication).collect()
}

pub(super) async fn published(connection: &mut Connection) -> Result<Vec<PublishedRound>> {
    let rows = sqlx::query(
        "SELECT year, revision, published_at, sha256 FROM publication
         WHERE revision = (SELECT max(revision) FROM publication AS other WHERE other.year = publication.year)
         ORDER BY year",
    )
    .fetch_all(connection)
    .await?;
    let published = |row: &Row| {
        Ok(PublishedRound {
            year: year_of("publication.year", row.try_get("year")?)?,
            revision: number("publication.revision", row.try_get("revision")?)?,
            published_at: Timestamp(row.try_get("published_at")?),
            sha256: row.try_get("sha256")?,
        })
    };
    rows.iter().map(published).collect()
}

pub(super) async fn of_year(connection: &mut Connection, year: FiscalYear) -> Result<Option<Publication>> {
    let row = sqlx::query(
        "SELECT year, revision, published_at, sha256, snapshot FROM publication
         WHERE year = $1 ORDER BY revision DESC LIMIT 1",
    )
    .bind(i64::from(year.year()))
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(publication).transpose()
}

pub(super) async fn kept(connection: &mut Connection) -> Result<Vec<KeptPublication>> {
    let rows = sqlx::query("SELECT year, revision, sha256, snapshot FROM publication ORDER BY year, revision")
        .fetch_all(connection)
        .await?;
    let kept = |row: &Row| {
        Ok(KeptPublication {
            year: year_of("publication.year", row.try_get("year")?)?,
            revision: number("publication.revision", row.try_get("revision")?)?,
            sha256: row.try_get("sha256")?,
            snapshot: row.try_get("snapshot")?,
        })
    };
    rows.iter().map(kept).collect()
}

fn publication(row: &Row) -> Result<Publication> {
    Ok(Publication {
        year: year_of("publication.year", row.try_get("year")?)?,
        revision: number("publication.revision", row.try_get("revision")?)?,
        published_at: Timestamp(row.try_get("published_at")?),
        sha256: row.try_get("sha256")?,
        snapshot: Arc::new(json("publication.snapshot", row.try_get("snapshot")?)?),
    })
}
