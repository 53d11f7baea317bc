//! What takes long. A job is taken before it is done and ended afterwards, once.

use std::sync::atomic::{AtomicU64, Ordering};

use shared::job::{JobKind, JobState};
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, accounts, changed};
use crate::store::values::word;
use crate::store::{AccountId, Changed, Job, JobEnd, NewAccount, NewJob, Result, TakenJob};

pub(super) async fn add(connection: &mut Connection, new: &NewJob) -> Result<()> {
    sqlx::query(
        "INSERT INTO job (id, kind, owner, asker, title, request, state, attempts, outcome, at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, '', $7, $8)",
    )
    .bind(&new.id)
    .bind(new.kind.code())
    .bind(new.owner.map(|owner| owner.0))
    .bind(&new.asker)
    .bind(&new.title)
    .bind(&new.request)
    .bind(new.at.0)
    .bind(new.at.0)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn get(connection: &mut Connection, id: &str) -> Result<Option<Job>> {
    let row =
        sqlx::query("SELECT id, kind, owner, asker, title, state, outcome, at, changed_at FROM job WHERE id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    row.as_ref().map(job).transpose()
}

pub(super) async fn all(connection: &mut Connection) -> Result<Vec<Job>> {
    let rows = sqlx::query(
        "SELECT id, kind, owner, asker, title, state, outcome, at, changed_at FROM job ORDER BY at DESC, id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(job).collect()
}

pub(super) async fn take(connection: &mut Connection, owned: bool, at: Timestamp) -> Result<Option<TakenJob>> {
    let row = sqlx::query(
        "UPDATE job SET state = 'running', attempts = attempts + 1, changed_at = $1
         WHERE state = 'waiting'
         AND id = (SELECT id FROM job WHERE state = 'waiting' AND (owner IS NOT NULL) = $2 ORDER BY at, id LIMIT 1)
         RETURNING id, kind, owner, asker, title, state, outcome, at, changed_at, request",
    )
    .bind(at.0)
    .bind(owned)
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok(TakenJob { job: job(&row)?, request: row.try_get("request")? })).transpose()
}

pub(super) async fn end(connection: &mut Connection, end: &JobEnd) -> Result<Changed> {
    let ended = sqlx::query(
        "UPDATE job SET state = $1, outcome = $2, request = '', asker = '', changed_at = $3
         WHERE id = $4 AND state = 'running'",
    )
    .bind(end.state.code())
    .bind(&end.outcome)
    .bind(end.at.0)
    .bind(&end.id)
    .execute(connection)
    .await?;
    Ok(changed(&ended))
}

/// The end first: it holds the job's row, so that nobody stops the job any more.
pub(super) async fn add_accounts(
    connection: &mut Connection,
    new: &[NewAccount],
    job_end: &JobEnd,
    added: &AtomicU64,
) -> Result<Changed> {
    added.store(0, Ordering::Relaxed);
    if end(connection, job_end).await? == Changed::No {
        return Ok(Changed::No);
    }
    for account in new {
        accounts::add(connection, account).await?;
        added.fetch_add(1, Ordering::Relaxed);
    }
    Ok(Changed::Yes)
}

pub(super) async fn stop(connection: &mut Connection, id: &str, at: Timestamp) -> Result<Changed> {
    let stopped = sqlx::query(
        "UPDATE job SET state = 'stopped', request = '', asker = '', changed_at = $1
         WHERE id = $2 AND state IN ('waiting', 'running')",
    )
    .bind(at.0)
    .bind(id)
    .execute(connection)
    .await?;
    Ok(changed(&stopped))
}

pub(super) async fn resume(connection: &mut Connection, most: i64, outcome: &str, at: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE job SET state = 'failed', outcome = $1, request = '', asker = '', changed_at = $2
         WHERE state = 'running' AND attempts >= $3",
    )
    .bind(outcome)
    .bind(at.0)
    .bind(most)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE job SET state = 'waiting', changed_at = $1 WHERE state = 'running'")
        .bind(at.0)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn remove(connection: &mut Connection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM job WHERE id = $1").bind(id).execute(connection).await?;
    Ok(())
}

fn job(row: &Row) -> Result<Job> {
    let (kind, state): (String, String) = (row.try_get("kind")?, row.try_get("state")?);
    let owner: Option<i64> = row.try_get("owner")?;
    Ok(Job {
        id: row.try_get("id")?,
        kind: word("job.kind", &kind, JobKind::of_code)?,
        owner: owner.map(AccountId),
        asker: row.try_get("asker")?,
        title: row.try_get("title")?,
        state: word("job.state", &state, JobState::of_code)?,
        outcome: row.try_get("outcome")?,
        at: Timestamp(row.try_get("at")?),
        changed_at: Timestamp(row.try_get("changed_at")?),
    })
}
