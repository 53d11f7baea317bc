//! Responses: where they stand, their receipts and what happened to them.

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ResponseState;
use shared::round::RoundState;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed, rounds};
use crate::store::values::{code, number, word, year_of};
use crate::store::{
    Author, Changed, NewAudit, Receipt, ResponseEvent, ResponseRecord, ResponseStep, Result, ReturnedQuestion,
    StoreError, Submission,
};

/// A response whose row this transaction holds, and its round's state as it stays until the end of the transaction.
pub(super) struct Locked {
    pub(super) state: ResponseState,
    pub(super) revision: i64,
    pub(super) round: RoundState,
    /// It was handed in before.
    pub(super) has_receipt: bool,
}

/// The first statements of every transaction that changes a response: they make such transactions of one response
/// wait for one another.
///
/// The round's state is read by a statement of its own after the row is held; read together with it, PostgreSQL
/// could show the state as it was before the wait (see [`rounds::step`]).
pub(super) async fn lock(connection: &mut Connection, year: FiscalYear, code: MunicipalityCode) -> Result<Locked> {
    let missing = || StoreError::NotFound(format!("{year}の{code}の回答"));
    let row = sqlx::query(
        "UPDATE response SET revision = revision WHERE year = $1 AND municipality = $2
         RETURNING state, revision, receipt",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(missing)?;
    let receipt: Option<String> = row.try_get("receipt")?;
    Ok(Locked {
        state: word("response.state", row.try_get("state")?, ResponseState::of_code)?,
        revision: row.try_get("revision")?,
        round: rounds::state(connection, year).await?.ok_or_else(missing)?,
        has_receipt: receipt.is_some(),
    })
}

/// What a change of state leaves behind.
pub(super) struct Moved<'a> {
    pub(super) year: FiscalYear,
    pub(super) code: MunicipalityCode,
    pub(super) from: ResponseState,
    pub(super) to: ResponseState,
    /// The response's revision after the change.
    pub(super) revision: i64,
    pub(super) note: &'a str,
    /// The questions that the prefecture sends back.
    pub(super) returned: &'a [ReturnedQuestion],
    pub(super) by: &'a Author,
    pub(super) at: Timestamp,
}

/// Writes the response's new state and its event. The row must be held by [`lock`].
pub(super) async fn write(connection: &mut Connection, moved: &Moved<'_>) -> Result<()> {
    sqlx::query("UPDATE response SET state = $1, revision = $2, updated_at = $3 WHERE year = $4 AND municipality = $5")
        .bind(moved.to.code())
        .bind(moved.revision)
        .bind(moved.at.0)
        .bind(i64::from(moved.year.year()))
        .bind(moved.code.as_str())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO response_event
             (year, municipality, revision, state, note, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(i64::from(moved.year.year()))
    .bind(moved.code.as_str())
    .bind(moved.revision)
    .bind(moved.to.code())
    .bind(moved.note)
    .bind(author_account(moved.by))
    .bind(&moved.by.name)
    .bind(moved.at.0)
    .execute(&mut *connection)
    .await?;
    let returned = moved.returned.iter().map(|returned| format!("\n{}：{}", returned.question, returned.reason));
    let recorded = NewAudit {
        chain: Chain::Response(moved.year, moved.code),
        act: Act::ResponseState,
        object: moved.note.to_owned(),
        from: Some(moved.from.code().to_owned()),
        to: Some(moved.to.code().to_owned() + &returned.collect::<String>()),
    };
    audit::add(connection, recorded, moved.by, moved.at).await
}

pub(super) async fn submit(connection: &mut Connection, submission: &Submission) -> Result<Changed> {
    let Submission { year, code, revision, receipt } = submission;
    let response = lock(connection, *year, *code).await?;
    let awaited = response.state.may_be_handed_in(response.round, response.has_receipt);
    if !awaited || response.revision != *revision {
        return Ok(Changed::No);
    }
    issue(connection, *year, *code, receipt).await?;
    let moved = Moved {
        year: *year,
        code: *code,
        from: response.state,
        to: ResponseState::Submitted,
        revision: revision + 1,
        note: &receipt.number,
        returned: &[],
        by: &receipt.by,
        at: receipt.at,
    };
    write(connection, &moved).await?;
    Ok(Changed::Yes)
}

/// Gives a response its receipt.
pub(super) async fn issue(
    connection: &mut Connection,
    year: FiscalYear,
    code: MunicipalityCode,
    receipt: &Receipt,
) -> Result<()> {
    let issued = sqlx::query(
        "INSERT INTO receipt (number, year, municipality, content_hash, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (number) DO NOTHING",
    )
    .bind(&receipt.number)
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .bind(&receipt.content_hash)
    .bind(author_account(&receipt.by))
    .bind(&receipt.by.name)
    .bind(receipt.at.0)
    .execute(&mut *connection)
    .await?;
    if changed(&issued) == Changed::No {
        return Err(StoreError::Exists(format!("受付番号 {}", receipt.number)));
    }
    sqlx::query("UPDATE response SET receipt = $1 WHERE year = $2 AND municipality = $3")
        .bind(&receipt.number)
        .bind(i64::from(year.year()))
        .bind(code.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn step(connection: &mut Connection, step: &ResponseStep) -> Result<Changed> {
    Ok(if moved(connection, step, &[]).await?.is_some() { Changed::Yes } else { Changed::No })
}

/// Takes the step, which sends those questions back; the response's revision after it, `None` when it may not be taken.
pub(super) async fn moved(
    connection: &mut Connection,
    step: &ResponseStep,
    returned: &[ReturnedQuestion],
) -> Result<Option<i64>> {
    let response = lock(connection, step.year, step.code).await?;
    if response.state != step.from || !response.round.is_under_review() {
        return Ok(None);
    }
    let moved = Moved {
        year: step.year,
        code: step.code,
        from: step.from,
        to: step.to,
        revision: response.revision + 1,
        note: &step.note,
        returned,
        by: &step.by,
        at: step.at,
    };
    write(connection, &moved).await?;
    Ok(Some(moved.revision))
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT response.year, response.municipality, state, revision, updated_at,
                 (SELECT count(value) FROM answer
                  WHERE answer.year = response.year AND answer.municipality = response.municipality) AS answered,
                 number, content_hash, author_account, author_name, at
             FROM response LEFT JOIN receipt ON receipt.number = response.receipt ",
            $rest
        )
    };
}

pub(super) async fn of_round(connection: &mut Connection, year: FiscalYear) -> Result<Vec<ResponseRecord>> {
    let rows = sqlx::query(select!("WHERE response.year = $1 ORDER BY response.municipality"))
        .bind(i64::from(year.year()))
        .fetch_all(connection)
        .await?;
    rows.iter().map(response).collect()
}

pub(super) async fn get(
    connection: &mut Connection,
    year: FiscalYear,
    code: MunicipalityCode,
) -> Result<Option<ResponseRecord>> {
    let row = sqlx::query(select!("WHERE response.year = $1 AND response.municipality = $2"))
        .bind(i64::from(year.year()))
        .bind(code.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(response).transpose()
}

pub(super) async fn events(
    connection: &mut Connection,
    year: FiscalYear,
    code: MunicipalityCode,
) -> Result<Vec<ResponseEvent>> {
    let rows = sqlx::query(
        "SELECT state, note, author_account, author_name, at FROM response_event
         WHERE year = $1 AND municipality = $2 ORDER BY revision",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ResponseEvent {
                at: Timestamp(row.try_get("at")?),
                by: author(row)?,
                to: word("response_event.state", row.try_get("state")?, ResponseState::of_code)?,
                note: row.try_get("note")?,
            })
        })
        .collect()
}

fn response(row: &Row) -> Result<ResponseRecord> {
    let updated_at: Option<i64> = row.try_get("updated_at")?;
    Ok(ResponseRecord {
        year: year_of("response.year", row.try_get("year")?)?,
        code: code("response.municipality", row.try_get("municipality")?)?,
        state: word("response.state", row.try_get("state")?, ResponseState::of_code)?,
        revision: row.try_get("revision")?,
        answered: number("answer", row.try_get("answered")?)?,
        updated_at: updated_at.map(Timestamp),
        receipt: receipt(row)?,
    })
}

fn receipt(row: &Row) -> Result<Option<Receipt>> {
    let Some(number) = row.try_get("number")? else { return Ok(None) };
    Ok(Some(Receipt {
        number,
        at: Timestamp(row.try_get("at")?),
        by: author(row)?,
        content_hash: row.try_get("content_hash")?,
    }))
}
