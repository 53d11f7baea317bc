//! What is disclosed of rounds: every revision of that decision is a row of its own.

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::publication::ReleasePlan;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, audit, author, author_account, changed, rounds};
use crate::store::values::{json, number, to_json};
use crate::store::{Author, Changed, NewAudit, ReleasePlanRecord, Result};

pub(super) async fn latest(connection: &mut Connection, year: FiscalYear) -> Result<Option<ReleasePlanRecord>> {
    let row = sqlx::query(
        "SELECT revision, plan, author_account, author_name, at FROM release_plan
         WHERE year = $1 ORDER BY revision DESC LIMIT 1",
    )
    .bind(i64::from(year.year()))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(ReleasePlanRecord {
        plan: json("release_plan.plan", row.try_get("plan")?)?,
        revision: number("release_plan.revision", row.try_get("revision")?)?,
        by: author(&row)?,
        at: Timestamp(row.try_get("at")?),
    }))
}

/// Holds the round, so that a publication knows it or comes before it.
pub(super) async fn save(
    connection: &mut Connection,
    year: FiscalYear,
    revision: u32,
    plan: &ReleasePlan,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    rounds::lock(connection, year).await?;
    let before = latest(connection, year).await?;
    let last = before.as_ref().map_or(0, |record| record.revision);
    if last != revision {
        return Ok(Changed::No);
    }
    let added = sqlx::query(
        "INSERT INTO release_plan (year, revision, plan, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (year, revision) DO NOTHING",
    )
    .bind(i64::from(year.year()))
    .bind(i64::from(last + 1))
    .bind(to_json("release_plan.plan", plan)?)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    if changed(&added) == Changed::Yes {
        let words = |plan: &ReleasePlan| to_json("release_plan.plan", plan);
        let recorded = NewAudit {
            chain: Chain::Round(year),
            act: Act::ReleasePlan,
            object: String::new(),
            from: before.map(|record| words(&record.plan)).transpose()?,
            to: Some(words(plan)?),
        };
        audit::add(connection, recorded, by, at).await?;
    }
    Ok(changed(&added))
}
