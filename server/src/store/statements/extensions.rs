//! 締切の延長: every step is a row of its own.

use std::collections::BTreeMap;

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ExtensionStep;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, responses};
use crate::store::values::{code, number, word};
use crate::store::{Changed, Extension, ExtensionEvent, NewAudit, NewExtensionEvent, Result};

pub(super) async fn add(connection: &mut Connection, new: &NewExtensionEvent) -> Result<Changed> {
    responses::lock(connection, new.year, new.code).await?;
    let before = of_round(connection, new.year, Some(new.code)).await?.remove(&new.code).unwrap_or_default();
    if before.last() != new.after {
        return Ok(Changed::No);
    }
    sqlx::query(
        "INSERT INTO deadline_extension (year, municipality, sequence, step, until, reason,
             author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(i64::from(new.year.year()))
    .bind(new.code.as_str())
    .bind(i64::from(new.after) + 1)
    .bind(new.step.code())
    .bind(new.until.map(|until| until.0))
    .bind(&new.reason)
    .bind(author_account(&new.by))
    .bind(&new.by.name)
    .bind(new.at.0)
    .execute(&mut *connection)
    .await?;
    let until = new.until.map(Timestamp::input_value).unwrap_or_default();
    let recorded = NewAudit {
        chain: Chain::Response(new.year, new.code),
        act: Act::Extension,
        object: new.step.label().to_owned(),
        from: before.granted_until().map(Timestamp::input_value),
        to: Some(format!("{until}（{}）", new.reason)),
    };
    audit::add(connection, recorded, &new.by, new.at).await?;
    Ok(Changed::Yes)
}

pub(super) async fn of_round(
    connection: &mut Connection,
    year: FiscalYear,
    of: Option<MunicipalityCode>,
) -> Result<BTreeMap<MunicipalityCode, Extension>> {
    let rows = sqlx::query(
        "SELECT municipality, sequence, step, until, reason, author_account, author_name, at FROM deadline_extension
         WHERE year = $1 AND ($2 IS NULL OR municipality = $2) ORDER BY municipality, sequence",
    )
    .bind(i64::from(year.year()))
    .bind(of.as_ref().map(MunicipalityCode::as_str))
    .fetch_all(connection)
    .await?;
    let mut extensions = BTreeMap::<MunicipalityCode, Extension>::new();
    for row in &rows {
        let code = code("deadline_extension.municipality", row.try_get("municipality")?)?;
        extensions.entry(code).or_default().events.push(event(row)?);
    }
    Ok(extensions)
}

fn event(row: &Row) -> Result<ExtensionEvent> {
    let until: Option<i64> = row.try_get("until")?;
    Ok(ExtensionEvent {
        sequence: number("deadline_extension.sequence", row.try_get("sequence")?)?,
        step: word("deadline_extension.step", row.try_get("step")?, ExtensionStep::of_code)?,
        until: until.map(Timestamp),
        reason: row.try_get("reason")?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}
