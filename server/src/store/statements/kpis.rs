//! The KPI ledger: every revision of a row and of a value is a row of its own.

use shared::audit::{Act, Chain};
use shared::date;
use shared::kpi::{Frequency, Kpi, NewValue, Period};
use shared::response::Decimal;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed};
use crate::store::values::{number, to_json, word};
use crate::store::{Author, Changed, KpiRecord, KpiValueRecord, LedgerChange, NewAudit, Result, StoreError};

/// The columns of every query, by name: a statement prepared before a migration must keep its shape.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, revision, category, label, unit, baseline, baseline_period, target_2028, source, section,
                 frequency, reference_date, note, computed, author_account, author_name, at FROM kpi ",
            $rest
        )
    };
}

macro_rules! select_values {
    ($rest:literal) => {
        concat!("SELECT kpi, period, revision, value, note, author_account, author_name, at FROM kpi_value ", $rest)
    };
}

pub(super) async fn latest(connection: &mut Connection) -> Result<Vec<KpiRecord>> {
    let rows = sqlx::query(select!(
        "WHERE revision = (SELECT max(revision) FROM kpi AS other WHERE other.id = kpi.id) ORDER BY position, id"
    ))
    .fetch_all(connection)
    .await?;
    rows.iter().map(kpi).collect()
}

pub(super) async fn history(connection: &mut Connection, id: &str) -> Result<Vec<KpiRecord>> {
    let rows = sqlx::query(select!("WHERE id = $1 ORDER BY revision")).bind(id).fetch_all(connection).await?;
    rows.iter().map(kpi).collect()
}

pub(super) async fn latest_values(connection: &mut Connection) -> Result<Vec<KpiValueRecord>> {
    let rows = sqlx::query(select_values!(
        "WHERE revision = (SELECT max(revision) FROM kpi_value AS other
             WHERE other.kpi = kpi_value.kpi AND other.period = kpi_value.period) ORDER BY kpi, period"
    ))
    .fetch_all(connection)
    .await?;
    rows.iter().map(value).collect()
}

pub(super) async fn value_history(connection: &mut Connection, id: &str) -> Result<Vec<KpiValueRecord>> {
    let rows = sqlx::query(select_values!("WHERE kpi = $1 ORDER BY at, period, revision"))
        .bind(id)
        .fetch_all(connection)
        .await?;
    rows.iter().map(value).collect()
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

/// Everything is looked at before the first row is written. It needs no lock: of two that save the same revision, the
/// key lets only one in, and the other one's rows go with its transaction.
pub(super) async fn save(connection: &mut Connection, change: &LedgerChange) -> Result<Changed> {
    let mut positions = Vec::with_capacity(change.kpis.len());
    for (kpi, revision) in &change.kpis {
        match position(connection, &kpi.id, *revision).await? {
            Some(position) => positions.push(position),
            None => return Ok(Changed::No),
        }
    }
    for value in &change.values {
        if !is_last(connection, value).await? {
            return Ok(Changed::No);
        }
    }
    let (rows, values) = (latest(connection).await?, latest_values(connection).await?);
    for ((kpi, revision), position) in change.kpis.iter().zip(positions) {
        let done = insert(connection, kpi, i64::from(*revision) + 1, position, &change.by, change.at).await?;
        unless_overtaken(done, &kpi.id)?;
        let words = |kpi: &Kpi| to_json("kpi", &kpi.editable());
        let before = rows.iter().find(|before| before.kpi.id == kpi.id);
        let (from, to) = (before.map(|before| words(&before.kpi)).transpose()?, words(kpi)?);
        record(connection, change, (&kpi.id, Act::Kpi, String::new()), (from, to)).await?;
    }
    for value in &change.values {
        let done = insert_value(connection, value, &change.by, change.at).await?;
        unless_overtaken(done, &value.kpi)?;
        let words = |value: Option<Decimal>, note: &str| {
            let value = value.map(|value| value.to_string()).unwrap_or_default();
            if note.is_empty() { value } else { format!("{value}（{note}）") }
        };
        let before = values.iter().find(|before| before.kpi == value.kpi && before.period == value.period);
        let (from, to) = (before.map(|before| words(before.value, &before.note)), words(value.value, &value.note));
        record(connection, change, (&value.kpi, Act::KpiValue, value.period.code()), (from, to)).await?;
    }
    Ok(Changed::Yes)
}

/// Adds an entry to the row's chain.
async fn record(
    connection: &mut Connection,
    change: &LedgerChange,
    (id, act, object): (&str, Act, String),
    (from, to): (Option<String>, String),
) -> Result<()> {
    let recorded = NewAudit { chain: Chain::Kpi(id.to_owned()), act, object, from, to: Some(to) };
    audit::add(connection, recorded, &change.by, change.at).await
}

fn unless_overtaken(done: Changed, id: &str) -> Result<()> {
    match done {
        Changed::Yes => Ok(()),
        Changed::No => Err(StoreError::Exists(format!("KPI {id}"))),
    }
}

/// The row's place, if it is at that revision.
async fn position(connection: &mut Connection, id: &str, revision: u32) -> Result<Option<i64>> {
    let position = sqlx::query_scalar(
        "SELECT position FROM kpi WHERE id = $1 AND revision = $2
             AND NOT EXISTS (SELECT 1 FROM kpi AS later WHERE later.id = $1 AND later.revision > $2)",
    )
    .bind(id)
    .bind(i64::from(revision))
    .fetch_optional(connection)
    .await?;
    Ok(position)
}

/// Whether the row exists and the value's period is at the revision that is followed.
async fn is_last(connection: &mut Connection, value: &NewValue) -> Result<bool> {
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM kpi WHERE id = $1")
        .bind(&value.kpi)
        .fetch_one(&mut *connection)
        .await?;
    let last: i64 =
        sqlx::query_scalar("SELECT coalesce(max(revision), 0) FROM kpi_value WHERE kpi = $1 AND period = $2")
            .bind(&value.kpi)
            .bind(value.period.code())
            .fetch_one(connection)
            .await?;
    Ok(rows > 0 && last == i64::from(value.revision))
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
             source, section, frequency, reference_date, note, computed, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
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
    .bind(&kpi.section)
    .bind(kpi.frequency.map_or("", Frequency::code))
    .bind(kpi.reference_date.map(date::iso).unwrap_or_default())
    .bind(&kpi.note)
    .bind(&kpi.computed)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(changed(&added))
}

async fn insert_value(connection: &mut Connection, value: &NewValue, by: &Author, at: Timestamp) -> Result<Changed> {
    let added = sqlx::query(
        "INSERT INTO kpi_value (kpi, period, revision, value, note, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (kpi, period, revision) DO NOTHING",
    )
    .bind(&value.kpi)
    .bind(value.period.code())
    .bind(i64::from(value.revision) + 1)
    .bind(value.value.map(|value| value.to_string()).unwrap_or_default())
    .bind(&value.note)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(changed(&added))
}

fn kpi(row: &Row) -> Result<KpiRecord> {
    let (frequency, reference_date): (String, String) = (row.try_get("frequency")?, row.try_get("reference_date")?);
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
            section: row.try_get("section")?,
            frequency: unless_empty(&frequency, |code| word("kpi.frequency", code, Frequency::of_code))?,
            reference_date: unless_empty(&reference_date, |day| word("kpi.reference_date", day, date::parse))?,
            note: row.try_get("note")?,
            computed: row.try_get("computed")?,
        },
        revision: number("kpi.revision", row.try_get("revision")?)?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}

fn value(row: &Row) -> Result<KpiValueRecord> {
    let (period, value): (String, String) = (row.try_get("period")?, row.try_get("value")?);
    Ok(KpiValueRecord {
        kpi: row.try_get("kpi")?,
        period: word("kpi_value.period", &period, Period::of_code)?,
        value: unless_empty(&value, |digits| word("kpi_value.value", digits, |text| text.parse::<Decimal>().ok()))?,
        note: row.try_get("note")?,
        revision: number("kpi_value.revision", row.try_get("revision")?)?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}

/// An empty text is nothing.
fn unless_empty<T>(text: &str, read: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}
