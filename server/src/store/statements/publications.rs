//! Published snapshots, their corrections and withdrawals.

use std::sync::Arc;

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;
use shared::round::RoundState;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed, release_plans, rounds};
use crate::store::values::{json, number, to_json, year_of};
use crate::store::{Author, Changed, KeptPublication, NewAudit, PublishedRound, Result, StoreError, Withdrawal};

pub(super) async fn publish(
    connection: &mut Connection,
    publication: &Publication,
    release_plan: u32,
    by: &Author,
) -> Result<Changed> {
    let Publication { year, revision, published_at, reason, sha256, snapshot } = publication;
    rounds::lock(connection, *year).await?;
    // The snapshot was made before this transaction.
    if release_plans::latest(connection, *year).await?.map_or(0, |record| record.revision) != release_plan {
        return Ok(Changed::No);
    }
    let states = (RoundState::Finalized, RoundState::Published);
    if rounds::step(connection, *year, states, reason, by, *published_at).await? == Changed::No {
        return Ok(Changed::No);
    }
    let added = sqlx::query(
        "INSERT INTO publication (year, revision, published_at, reason, sha256, snapshot)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (year, revision) DO NOTHING",
    )
    .bind(i64::from(year.year()))
    .bind(i64::from(*revision))
    .bind(published_at.0)
    .bind(reason)
    .bind(sha256)
    .bind(to_json("publication.snapshot", snapshot.as_ref())?)
    .execute(connection)
    .await?;
    match changed(&added) {
        Changed::Yes => Ok(Changed::Yes),
        Changed::No => Err(StoreError::Exists(format!("{year}の公表（第{revision}回）"))),
    }
}

/// The latest revision of a year, if it was not taken back.
macro_rules! current {
    () => {
        " WHERE revision = (SELECT max(revision) FROM publication AS other WHERE other.year = publication.year)
            AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.year = publication.year
                            AND withdrawal.revision = publication.revision)
          ORDER BY year"
    };
}

macro_rules! select {
    ($rest:expr) => {
        concat!("SELECT year, revision, published_at, reason, sha256, snapshot FROM publication", $rest)
    };
}

macro_rules! select_bare {
    ($rest:expr) => {
        concat!(
            "SELECT publication.year AS year, publication.revision AS revision, published_at,
                 publication.reason AS reason, sha256, withdrawal.reason AS withdrawn_because,
                 withdrawal.author_account AS author_account, withdrawal.author_name AS author_name, withdrawal.at AS at
             FROM publication
             LEFT JOIN withdrawal ON withdrawal.year = publication.year AND withdrawal.revision = publication.revision",
            $rest
        )
    };
}

pub(super) async fn latest(connection: &mut Connection) -> Result<Vec<Publication>> {
    let rows = sqlx::query(select!(current!())).fetch_all(connection).await?;
    rows.iter().map(publication).collect()
}

pub(super) async fn published(connection: &mut Connection) -> Result<Vec<PublishedRound>> {
    let rows = sqlx::query(select_bare!(
        " WHERE publication.revision =
              (SELECT max(other.revision) FROM publication AS other WHERE other.year = publication.year)
            AND withdrawal.reason IS NULL
          ORDER BY publication.year"
    ))
    .fetch_all(connection)
    .await?;
    rows.iter().map(published_round).collect()
}

pub(super) async fn revisions(connection: &mut Connection) -> Result<Vec<PublishedRound>> {
    let rows =
        sqlx::query(select_bare!(" ORDER BY publication.year, publication.revision")).fetch_all(connection).await?;
    rows.iter().map(published_round).collect()
}

pub(super) async fn of_revision(
    connection: &mut Connection,
    year: FiscalYear,
    revision: u32,
) -> Result<Option<Publication>> {
    let row = sqlx::query(select!(" WHERE year = $1 AND revision = $2"))
        .bind(i64::from(year.year()))
        .bind(i64::from(revision))
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(publication).transpose()
}

/// Each revision can be taken back once. The round moves only where it is the latest one: what was superseded before goes
/// without anybody seeing another one as current.
pub(super) async fn withdraw(
    connection: &mut Connection,
    year: FiscalYear,
    revision: u32,
    reason: &str,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    // Nobody publishes a correction meanwhile.
    rounds::lock(connection, year).await?;
    let latest: Option<i64> = sqlx::query_scalar("SELECT max(revision) FROM publication WHERE year = $1")
        .bind(i64::from(year.year()))
        .fetch_one(&mut *connection)
        .await?;
    let withdrawn = sqlx::query(
        "INSERT INTO withdrawal (year, revision, reason, author_account, author_name, at)
         SELECT year, revision, $3, $4, $5, $6 FROM publication WHERE year = $1 AND revision = $2
         ON CONFLICT (year, revision) DO NOTHING",
    )
    .bind(i64::from(year.year()))
    .bind(i64::from(revision))
    .bind(reason)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    if changed(&withdrawn) == Changed::No {
        return Ok(Changed::No);
    }
    let recorded = NewAudit {
        chain: Chain::Round(year),
        act: Act::Withdrawal,
        object: revision.to_string(),
        from: None,
        to: Some(reason.to_owned()),
    };
    audit::add(connection, recorded, by, at).await?;
    if latest == Some(i64::from(revision)) {
        // A round that is being corrected stays where it is.
        let states = (RoundState::Published, RoundState::Finalized);
        let _ = rounds::step(connection, year, states, reason, by, at).await?;
    }
    Ok(Changed::Yes)
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
        reason: row.try_get("reason")?,
        sha256: row.try_get("sha256")?,
        snapshot: Arc::new(json("publication.snapshot", row.try_get("snapshot")?)?),
    })
}

fn published_round(row: &Row) -> Result<PublishedRound> {
    let because: Option<String> = row.try_get("withdrawn_because")?;
    let withdrawal = match because {
        Some(reason) => Some(Withdrawal { reason, by: author(row)?, at: Timestamp(row.try_get("at")?) }),
        None => None,
    };
    Ok(PublishedRound {
        year: year_of("publication.year", row.try_get("year")?)?,
        revision: number("publication.revision", row.try_get("revision")?)?,
        published_at: Timestamp(row.try_get("published_at")?),
        reason: row.try_get("reason")?,
        sha256: row.try_get("sha256")?,
        withdrawal,
    })
}
