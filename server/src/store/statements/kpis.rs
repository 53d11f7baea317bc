//! The KPI ledger: every revision of a row is a row of its own.

use shared::audit::{Act, Chain};
use shared::kpi::Kpi;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed};
use crate::store::values::{number, to_json};
use crate::store::{Author, Changed, KpiRecord, NewAudit, Result, StoreError};

/// The columns of every query, by name: a statement prepared before a migration must keep its shape.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, revision, category, label, unit, baseline, baseline_period, target_2028, source, frequency,
                 note, computed, author_account, author_name, at FROM kpi ",
            $rest
        )
    };
}

pub(super) async fn latest(connection: &mut Connection) -> Result<Vec<KpiRecord>> {
    let rows = sqlx::query(select!(
        "WHERE revision = (SELECT max(revision) FROM kpi AS other WHERE other.id = kpi.id) ORDER BY position, id"
    ))
    .fetch_all(connection)
    .await?;
    rows.iter().map(record).collect()
}

pub(super) async fn history(connection: &mut Connection, id: &str) -> Result<Vec<KpiRecord>> {
    let rows = sqlx::query(select!("WHERE id = $1 ORDER BY revision")).bind(id).fetch_all(connection).await?;
    rows.iter().map(record).collect()
}

pub(super) async fn add(connection: &mut Connection, kpis: &[Kpi], by: &Author, at: Timestamp) -> Result<()> {
    for kpi in kpis {
        let last: i64 =
            sqlx::query_scalar("SELECT coalesce(max(position), 0) FROM kpi").fetch_one(&mut *connection).await?;
        if insert(connection, kpi, 1, last + 1, by, at).await? == Changed::No {
            return Err(StoreError::Exists(format!("KPI {}", kpi.id)));
        }
    }
    Ok(())
}

/// Needs no lock: of two that save the same revision, the key lets only one in.
pub(super) async fn save(
    connection: &mut Connection,
    kpi: &Kpi,
    revision: u32,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    let position: Option<i64> = sqlx::query_scalar("SELECT position FROM kpi WHERE id = $1 AND revision = $2")
        .bind(&kpi.id)
        .bind(i64::from(revision))
        .fetch_optional(&mut *connection)
        .await?;
    let Some(position) = position else { return Ok(Changed::No) };
    if insert(connection, kpi, i64::from(revision) + 1, position, by, at).await? == Changed::No {
        return Ok(Changed::No);
    }
    let history = history(connection, &kpi.id).await?;
    let before = history.iter().find(|record| record.revision == revision);
    let words = |kpi: &Kpi| to_json("kpi", &kpi.editable());
    let recorded = NewAudit {
        chain: Chain::Kpi(kpi.id.clone()),
        act: Act::Kpi,
        object: String::new(),
        from: before.map(|record| words(&record.kpi)).transpose()?,
        to: Some(words(kpi)?),
    };
    audit::add(connection, recorded, by, at).await?;
    Ok(Changed::Yes)
}

async fn insert(
    connection: &mut Connection,
    kpi: &Kpi,
    revision: i64,
    position: i64,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    let added = sqlx::query(
        "INSERT INTO kpi (id, revision, position, category, label, unit, baseline, baseline_period, target_2028,
             source, frequency, note, computed, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (id, revision) DO NOTHING",
    )
    .bind(&kpi.id)
    .bind(revision)
    .bind(position)
    .bind(&kpi.category)
    .bind(&kpi.label)
    .bind(&kpi.unit)
    .bind(&kpi.baseline)
    .bind(&kpi.baseline_period)
    .bind(&kpi.target_2028)
    .bind(&kpi.source)
    .bind(&kpi.frequency)
    .bind(&kpi.note)
    .bind(&kpi.computed)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(changed(&added))
}

fn record(row: &Row) -> Result<KpiRecord> {
    Ok(KpiRecord {
        kpi: Kpi {
            id: row.try_get("id")?,
            category: row.try_get("category")?,
            label: row.try_get("label")?,
            unit: row.try_get("unit")?,
            baseline: row.try_get("baseline")?,
            baseline_period: row.try_get("baseline_period")?,
            target_2028: row.try_get("target_2028")?,
            source: row.try_get("source")?,
            frequency: row.try_get("frequency")?,
            note: row.try_get("note")?,
            computed: row.try_get("computed")?,
        },
        revision: number("kpi.revision", row.try_get("revision")?)?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}
