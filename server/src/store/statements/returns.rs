//! Responses sent back by the prefecture, and the questions that are to be answered again.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::response::ResponseState;
use sqlx::Row as _;

use super::{Connection, responses};
use crate::store::{Changed, NewReturn, Result, ReturnedQuestion};

pub(super) async fn add(connection: &mut Connection, new: &NewReturn) -> Result<Changed> {
    let NewReturn { step, questions } = new;
    let handed_in = step.from.is_handed_in() && step.to == ResponseState::Returned;
    let revision = if handed_in { responses::moved(connection, step, questions).await? } else { None };
    let Some(revision) = revision else { return Ok(Changed::No) };
    for (position, returned) in (1_i64..).zip(questions) {
        sqlx::query(
            "INSERT INTO returned_question (year, municipality, revision, question, position, reason)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(i64::from(step.year.year()))
        .bind(step.code.as_str())
        .bind(revision)
        .bind(returned.question.as_str())
        .bind(position)
        .bind(&returned.reason)
        .execute(&mut *connection)
        .await?;
    }
    Ok(Changed::Yes)
}

/// A response also comes to returned when its approver hands it back before it was handed in again. Only what was
/// handed in can be sent back by the prefecture: the state before tells the two apart.
pub(super) async fn latest(
    connection: &mut Connection,
    year: FiscalYear,
    code: MunicipalityCode,
) -> Result<Vec<ReturnedQuestion>> {
    let rows = sqlx::query(
        "SELECT question, reason FROM returned_question
         WHERE year = $1 AND municipality = $2 AND revision =
             (SELECT max(revision) FROM
                  (SELECT revision, state, lag(state) OVER (ORDER BY revision) AS state_before
                   FROM response_event WHERE year = $1 AND municipality = $2) AS event
              WHERE state = 'returned' AND state_before IN ('submitted', 'accepted'))
         ORDER BY position",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ReturnedQuestion { question: QuestionName(row.try_get("question")?), reason: row.try_get("reason")? })
        })
        .collect()
}
