//! Rounds and what happened to them.

use std::collections::BTreeMap;

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::response::ResponseState;
use shared::round::RoundState;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed, questionnaires};
use crate::store::values::{word, year_of};
use crate::store::{
    Author, ChangeDates, Changed, DatesChange, NewAudit, NewRound, PlannedDates, QuestionnaireId, ReplaceQuestionnaire,
    Result, RoundDates, RoundEvent, RoundRecord, StoreError,
};

pub(super) async fn add(connection: &mut Connection, round: &NewRound) -> Result<()> {
    let added = sqlx::query(
        "INSERT INTO round (year, state, questionnaire, prefecture) VALUES ($1, $2, $3, $4)
         ON CONFLICT (year) DO NOTHING",
    )
    .bind(i64::from(round.year.year()))
    .bind(RoundState::Draft.code())
    .bind(round.questionnaire.0)
    .bind(&round.prefecture)
    .execute(&mut *connection)
    .await?;
    match changed(&added) {
        Changed::Yes => note(connection, round.year, (None, RoundState::Draft), "", &round.by, round.at).await,
        Changed::No => Err(StoreError::Exists(format!("{}の調査", round.year))),
    }
}

pub(super) async fn add_closed(connection: &mut Connection, round: &NewRound, dates: RoundDates) -> Result<()> {
    add(connection, round).await?;
    let NewRound { year, by, at, .. } = round;
    // Nobody else sees the states between: this is one transaction.
    let opened = open(connection, *year, dates, by, *at).await?;
    let closed = step(connection, *year, (RoundState::Open, RoundState::Closed), "", by, *at).await?;
    debug_assert_eq!((opened, closed), (Changed::Yes, Changed::Yes), "a round of one's own");
    Ok(())
}

/// The round's row is held first: whoever opens it meanwhile opens it with the one questionnaire or the other.
pub(super) async fn replace_questionnaire(
    connection: &mut Connection,
    replace: &ReplaceQuestionnaire,
) -> Result<Changed> {
    let ReplaceQuestionnaire { year, from, to, confirmed, by, at } = replace;
    let held = sqlx::query(
        "UPDATE round SET questionnaire = questionnaire WHERE year = $1 AND state = $2 AND questionnaire = $3",
    )
    .bind(i64::from(year.year()))
    .bind(RoundState::Draft.code())
    .bind(from.0)
    .execute(&mut *connection)
    .await?;
    if changed(&held) == Changed::No {
        return Ok(Changed::No);
    }
    let version: String = sqlx::query_scalar("SELECT form_id || ' ' || version FROM questionnaire WHERE id = $1")
        .bind(from.0)
        .fetch_one(&mut *connection)
        .await?;
    let id = questionnaires::add_or_find(connection, to, *at).await?;
    sqlx::query("UPDATE round SET questionnaire = $1 WHERE year = $2")
        .bind(id.0)
        .bind(i64::from(year.year()))
        .execute(&mut *connection)
        .await?;
    let recorded = NewAudit {
        chain: Chain::Round(*year),
        act: Act::Questionnaire,
        object: confirmed.clone(),
        from: Some(version),
        to: Some(format!("{} {}", to.form_id, to.version)),
    };
    audit::add(connection, recorded, by, *at).await?;
    Ok(Changed::Yes)
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT year, state, questionnaire, prefecture, planned_opening, planned_reference_date, planned_deadline,
                    reference_date, deadline FROM round ",
            $rest
        )
    };
}

pub(super) async fn all(connection: &mut Connection) -> Result<Vec<RoundRecord>> {
    let rows = sqlx::query(select!("ORDER BY year DESC")).fetch_all(connection).await?;
    rows.iter().map(round).collect()
}

pub(super) async fn changes(connection: &mut Connection) -> Result<BTreeMap<FiscalYear, i64>> {
    let rows = sqlx::query("SELECT year, CAST(sum(revision) AS BIGINT) AS changes FROM response GROUP BY year")
        .fetch_all(connection)
        .await?;
    let of_round = |row: &Row| Ok((year_of("response.year", row.try_get("year")?)?, row.try_get("changes")?));
    rows.iter().map(of_round).collect()
}

pub(super) async fn get(connection: &mut Connection, year: FiscalYear) -> Result<Option<RoundRecord>> {
    let row = sqlx::query(select!("WHERE year = $1")).bind(i64::from(year.year())).fetch_optional(connection).await?;
    row.as_ref().map(round).transpose()
}

pub(super) async fn open(
    connection: &mut Connection,
    year: FiscalYear,
    dates: RoundDates,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    let opened =
        sqlx::query("UPDATE round SET state = $1, reference_date = $2, deadline = $3 WHERE year = $4 AND state = $5")
            .bind(RoundState::Open.code())
            .bind(dates.reference_date.0)
            .bind(dates.deadline.0)
            .bind(i64::from(year.year()))
            .bind(RoundState::Draft.code())
            .execute(&mut *connection)
            .await?;
    if changed(&opened) == Changed::No {
        return Ok(Changed::No);
    }
    sqlx::query(
        "INSERT INTO response (year, municipality, state, revision)
         SELECT round.year, municipality.code, 'not_started', 0 FROM round, municipality
         WHERE round.year = $1 AND (round.prefecture IS NULL OR round.prefecture = substr(municipality.code, 1, 2))",
    )
    .bind(i64::from(year.year()))
    .execute(&mut *connection)
    .await?;
    event(connection, year, RoundState::Open, "", by, at).await?;
    let recorded = NewAudit {
        chain: Chain::Round(year),
        act: Act::RoundState,
        object: String::new(),
        from: Some(RoundState::Draft.code().to_owned()),
        to: Some(format!("{}（{}）", RoundState::Open.code(), dates.words())),
    };
    audit::add(connection, recorded, by, at).await?;
    Ok(Changed::Yes)
}

/// Only from the dates that were seen: of two who change them, the second is told.
pub(super) async fn change_dates(connection: &mut Connection, change: &ChangeDates) -> Result<Changed> {
    let ChangeDates { year, dates, reason, by, at } = change;
    let (done, from, to) = match dates {
        DatesChange::Planned { from, to } => (plan(connection, *year, from, to).await?, from.words(), to.words()),
        DatesChange::Set { from, to } => (correct(connection, *year, from, to).await?, from.words(), to.words()),
    };
    if done == Changed::Yes {
        let (chain, act) = (Chain::Round(*year), Act::RoundDates);
        let recorded = NewAudit { chain, act, object: reason.clone(), from: Some(from), to: Some(to) };
        audit::add(connection, recorded, by, *at).await?;
    }
    Ok(done)
}

async fn plan(
    connection: &mut Connection,
    year: FiscalYear,
    from: &PlannedDates,
    to: &PlannedDates,
) -> Result<Changed> {
    let planned = sqlx::query(
        "UPDATE round SET planned_opening = $1, planned_reference_date = $2, planned_deadline = $3
         WHERE year = $4 AND state = $5 AND planned_opening IS NOT DISTINCT FROM $6
         AND planned_reference_date IS NOT DISTINCT FROM $7 AND planned_deadline IS NOT DISTINCT FROM $8",
    )
    .bind(to.opening.map(|at| at.0))
    .bind(to.reference_date.map(|at| at.0))
    .bind(to.deadline.map(|at| at.0))
    .bind(i64::from(year.year()))
    .bind(RoundState::Draft.code())
    .bind(from.opening.map(|at| at.0))
    .bind(from.reference_date.map(|at| at.0))
    .bind(from.deadline.map(|at| at.0))
    .execute(connection)
    .await?;
    Ok(changed(&planned))
}

/// After the closing the deadline stands.
async fn correct(connection: &mut Connection, year: FiscalYear, from: &RoundDates, to: &RoundDates) -> Result<Changed> {
    let corrected = sqlx::query(
        "UPDATE round SET reference_date = $1, deadline = $2
         WHERE year = $3 AND reference_date = $4 AND deadline = $5
         AND (state = 'open' OR (state = 'closed' AND deadline = $6))",
    )
    .bind(to.reference_date.0)
    .bind(to.deadline.0)
    .bind(i64::from(year.year()))
    .bind(from.reference_date.0)
    .bind(from.deadline.0)
    .bind(to.deadline.0)
    .execute(connection)
    .await?;
    Ok(changed(&corrected))
}

/// Only closing and finalizing: opening needs dates, publishing a snapshot.
pub(super) async fn advance(
    connection: &mut Connection,
    year: FiscalYear,
    from: RoundState,
    to: RoundState,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    match (from, to) {
        (RoundState::Open, RoundState::Closed) => step(connection, year, (from, to), "", by, at).await,
        (RoundState::Closed, RoundState::Finalized) => {
            lock(connection, year).await?;
            // Whoever hands in meanwhile is counted, or finds the round finalized.
            touch_responses(connection, year).await?;
            if handed_in(connection, year).await? > 0 {
                return Ok(Changed::No);
            }
            step(connection, year, (from, to), "", by, at).await
        }
        _ => Ok(Changed::No),
    }
}

/// Responses that were handed in and wait to be accepted.
async fn handed_in(connection: &mut Connection, year: FiscalYear) -> Result<i64> {
    let waiting: i64 = sqlx::query_scalar("SELECT count(*) FROM response WHERE year = $1 AND state = $2")
        .bind(i64::from(year.year()))
        .bind(ResponseState::Submitted.code())
        .fetch_one(connection)
        .await?;
    Ok(waiting)
}

/// Back to the checking, from wherever it may be taken up again.
pub(super) async fn reopen(
    connection: &mut Connection,
    year: FiscalYear,
    reason: &str,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    match state(connection, year).await? {
        Some(from) if from.may_be_reopened() => {
            step(connection, year, (from, RoundState::Closed), reason, by, at).await
        }
        _ => Ok(Changed::No),
    }
}

/// Moves a round, after every change of its responses that saw the state before.
///
/// A change of a response locks its row, then reads the round's state. This function changes the state, then touches
/// every response row. On PostgreSQL, a change that locked its row first makes the touch wait and is counted to the
/// time before; one that comes after waits for this transaction, and its later statement reads the new state. So no
/// answer is saved in a round that is closed, and savers of different municipalities never wait for one another.
/// No deadlock: a saver holds one response only, and the round's row keeps two of these transactions apart.
/// (SQLite has one writer; there the touch changes nothing.)
pub(super) async fn step(
    connection: &mut Connection,
    year: FiscalYear,
    (from, to): (RoundState, RoundState),
    reason: &str,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    let moved = sqlx::query("UPDATE round SET state = $1 WHERE year = $2 AND state = $3")
        .bind(to.code())
        .bind(i64::from(year.year()))
        .bind(from.code())
        .execute(&mut *connection)
        .await?;
    if changed(&moved) == Changed::No {
        return Ok(Changed::No);
    }
    touch_responses(connection, year).await?;
    note(connection, year, (Some(from), to), reason, by, at).await?;
    Ok(Changed::Yes)
}

/// Waits for every change of a response that is under way, and makes later ones wait; see [`step`].
async fn touch_responses(connection: &mut Connection, year: FiscalYear) -> Result<()> {
    sqlx::query("UPDATE response SET revision = revision WHERE year = $1")
        .bind(i64::from(year.year()))
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes transactions of one round that begin with it wait for one another.
pub(super) async fn lock(connection: &mut Connection, year: FiscalYear) -> Result<()> {
    sqlx::query("UPDATE round SET state = state WHERE year = $1")
        .bind(i64::from(year.year()))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn state(connection: &mut Connection, year: FiscalYear) -> Result<Option<RoundState>> {
    let state: Option<String> = sqlx::query_scalar("SELECT state FROM round WHERE year = $1")
        .bind(i64::from(year.year()))
        .fetch_optional(connection)
        .await?;
    state.map(|code| word("round.state", &code, RoundState::of_code)).transpose()
}

pub(super) async fn events(connection: &mut Connection, year: FiscalYear) -> Result<Vec<RoundEvent>> {
    let rows = sqlx::query(
        "SELECT state, reason, author_account, author_name, at FROM round_event WHERE year = $1 ORDER BY sequence",
    )
    .bind(i64::from(year.year()))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(RoundEvent {
                at: Timestamp(row.try_get("at")?),
                by: author(row)?,
                to: word("round_event.state", row.try_get("state")?, RoundState::of_code)?,
                reason: row.try_get("reason")?,
            })
        })
        .collect()
}

/// Records a change made in the same transaction, which holds the round's row.
async fn note(
    connection: &mut Connection,
    year: FiscalYear,
    (from, to): (Option<RoundState>, RoundState),
    reason: &str,
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    event(connection, year, to, reason, by, at).await?;
    let recorded = NewAudit {
        chain: Chain::Round(year),
        act: Act::RoundState,
        object: reason.to_owned(),
        from: from.map(|state| state.code().to_owned()),
        to: Some(to.code().to_owned()),
    };
    audit::add(connection, recorded, by, at).await
}

async fn event(
    connection: &mut Connection,
    year: FiscalYear,
    to: RoundState,
    reason: &str,
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO round_event (year, sequence, state, reason, author_account, author_name, at)
         SELECT $1, count(*) + 1, $2, $3, $4, $5, $6 FROM round_event WHERE year = $1",
    )
    .bind(i64::from(year.year()))
    .bind(to.code())
    .bind(reason)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

fn round(row: &Row) -> Result<RoundRecord> {
    let at = |column: &str| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(column)?.map(Timestamp));
    let dates = at("reference_date")?.zip(at("deadline")?);
    Ok(RoundRecord {
        year: year_of("round.year", row.try_get("year")?)?,
        state: word("round.state", row.try_get("state")?, RoundState::of_code)?,
        questionnaire: QuestionnaireId(row.try_get("questionnaire")?),
        prefecture: row.try_get("prefecture")?,
        planned: PlannedDates {
            opening: at("planned_opening")?,
            reference_date: at("planned_reference_date")?,
            deadline: at("planned_deadline")?,
        },
        dates: dates.map(|(reference_date, deadline)| RoundDates { reference_date, deadline }),
    })
}
