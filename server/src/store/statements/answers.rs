//! Answers, each with its own revision, and their history.

use std::collections::BTreeMap;

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::response::{AnswerValue, ResponseState};
use shared::time::Timestamp;
use sqlx::Row as _;

use super::responses::{self, Moved};
use super::{Connection, Row, audit, author, author_account};
use crate::store::values::{code, json, number, to_json};
use crate::store::{
    AnswerChange, AnswerValues, NewAudit, Result, SaveAnswers, SaveOutcome, StoreError, StoredAnswer, StoredAnswers,
};

/// Between a question's name and its value, and between answers, where several come in one text. Names never hold control
/// characters, and JSON writes them as escapes.
const UNIT: char = '\u{1f}';
const RECORD: char = '\u{1e}';

pub(super) async fn of_response(
    connection: &mut Connection,
    year: FiscalYear,
    code: MunicipalityCode,
) -> Result<StoredAnswers> {
    let rows = sqlx::query(
        "SELECT question, value, revision, author_account, author_name, at FROM answer
         WHERE year = $1 AND municipality = $2",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter().map(answer).collect()
}

pub(super) async fn of_round(
    connection: &mut Connection,
    year: FiscalYear,
) -> Result<Vec<(MunicipalityCode, StoredAnswers)>> {
    let rows = sqlx::query(
        "SELECT municipality, question, value, revision, author_account, author_name, at FROM answer WHERE year = $1",
    )
    .bind(i64::from(year.year()))
    .fetch_all(connection)
    .await?;
    let mut by_municipality = BTreeMap::<MunicipalityCode, StoredAnswers>::new();
    for row in &rows {
        let (question, stored) = answer(row)?;
        let code = code("answer.municipality", row.try_get("municipality")?)?;
        by_municipality.entry(code).or_default().insert(question, stored);
    }
    Ok(by_municipality.into_iter().collect())
}

/// One row a municipality: a row an answer would take the driver ten times as long.
pub(super) async fn values_of_round(
    connection: &mut Connection,
    year: FiscalYear,
) -> Result<Vec<(MunicipalityCode, AnswerValues)>> {
    let rows = sqlx::query(
        "SELECT municipality, string_agg(question || $2 || coalesce(value, ''), $3) AS answers
         FROM answer WHERE year = $1 GROUP BY municipality ORDER BY municipality",
    )
    .bind(i64::from(year.year()))
    .bind(UNIT.to_string())
    .bind(RECORD.to_string())
    .fetch_all(connection)
    .await?;
    let of_municipality = |row: &Row| {
        let municipality = code("answer.municipality", row.try_get("municipality")?)?;
        let answers: &str = row.try_get("answers")?;
        let values: Result<AnswerValues> = answers.split(RECORD).map(value_of).collect();
        Ok((municipality, values?))
    };
    rows.iter().map(of_municipality).collect()
}

fn value_of(answer: &str) -> Result<(QuestionName, Option<AnswerValue>)> {
    let (question, value) = answer.split_once(UNIT).unwrap_or((answer, ""));
    let value = if value.is_empty() { None } else { Some(json("answer.value", value)?) };
    Ok((QuestionName(question.to_owned()), value))
}

pub(super) async fn save(connection: &mut Connection, save: &SaveAnswers) -> Result<Vec<SaveOutcome>> {
    let response = responses::lock(connection, save.year, save.code).await?;
    if !response.state.is_editable_in(response.round) {
        return Err(StoreError::NotEditable);
    }
    let next_revision = response.revision + 1;
    let mut stored = of_response(connection, save.year, save.code).await?;
    let mut outcomes = Vec::with_capacity(save.changes.len());
    let mut any_saved = false;
    for change in &save.changes {
        let current = stored.get(&change.question);
        let from = current.and_then(|answer| answer.value.as_ref());
        let revision = current.map_or(0, |answer| answer.revision);
        let clears_suggestion = current.is_none() && change.value.is_none() && change.suggested;
        if from == change.value.as_ref() && !clears_suggestion {
            outcomes.push(SaveOutcome::Unchanged(revision));
        } else if let Some(newer) = current.filter(|_| revision != change.revision) {
            outcomes.push(SaveOutcome::Conflict(newer.clone()));
        } else {
            let saved = AnswerChange {
                question: change.question.clone(),
                revision: revision + 1,
                from: from.cloned(),
                to: change.value.clone(),
                by: save.by.clone(),
                at: save.at,
            };
            write(connection, (save.year, save.code), &saved, next_revision).await?;
            any_saved = true;
            outcomes.push(SaveOutcome::Saved(saved.revision));
            let AnswerChange { question, revision, to, by, at, .. } = saved;
            stored.insert(question, StoredAnswer { value: to, revision, by, at });
        }
    }
    if any_saved {
        note(connection, save, response.state, next_revision).await?;
    }
    Ok(outcomes)
}

/// Writes one answer and its line of history.
pub(super) async fn write(
    connection: &mut Connection,
    (year, code): (FiscalYear, MunicipalityCode),
    change: &AnswerChange,
    response_revision: i64,
) -> Result<()> {
    let from = value_text("answer_history.value_from", change.from.as_ref())?;
    let to = value_text("answer.value", change.to.as_ref())?;
    sqlx::query(
        "INSERT INTO answer (year, municipality, question, value, revision, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (year, municipality, question)
         DO UPDATE SET value = $4, revision = $5, author_account = $6, author_name = $7, at = $8",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .bind(change.question.as_str())
    .bind(&to)
    .bind(i64::from(change.revision))
    .bind(author_account(&change.by))
    .bind(&change.by.name)
    .bind(change.at.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO answer_history
             (year, municipality, question, revision, response_revision, value_from, value_to,
              author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .bind(change.question.as_str())
    .bind(i64::from(change.revision))
    .bind(response_revision)
    .bind(&from)
    .bind(&to)
    .bind(author_account(&change.by))
    .bind(&change.by.name)
    .bind(change.at.0)
    .execute(&mut *connection)
    .await?;
    let (chain, object) = (Chain::Response(year, code), change.question.to_string());
    audit::add(connection, NewAudit { chain, act: Act::Answer, object, from, to }, &change.by, change.at).await
}

/// Counts the save on its response; the first one starts it.
async fn note(connection: &mut Connection, save: &SaveAnswers, state: ResponseState, revision: i64) -> Result<()> {
    if state == ResponseState::NotStarted {
        let (year, code) = (save.year, save.code);
        let to = ResponseState::InProgress;
        let moved = Moved { year, code, from: state, to, revision, note: "", returned: &[], by: &save.by, at: save.at };
        return responses::write(connection, &moved).await;
    }
    sqlx::query("UPDATE response SET revision = $1, updated_at = $2 WHERE year = $3 AND municipality = $4")
        .bind(revision)
        .bind(save.at.0)
        .bind(i64::from(save.year.year()))
        .bind(save.code.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn history(
    connection: &mut Connection,
    year: FiscalYear,
    code: MunicipalityCode,
) -> Result<Vec<AnswerChange>> {
    let rows = sqlx::query(
        "SELECT question, revision, value_from, value_to, author_account, author_name, at FROM answer_history
         WHERE year = $1 AND municipality = $2 ORDER BY response_revision, question, revision",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(AnswerChange {
                question: QuestionName(row.try_get("question")?),
                revision: number("answer_history.revision", row.try_get("revision")?)?,
                from: value("answer_history.value_from", row.try_get("value_from")?)?,
                to: value("answer_history.value_to", row.try_get("value_to")?)?,
                by: author(row)?,
                at: Timestamp(row.try_get("at")?),
            })
        })
        .collect()
}

fn answer(row: &Row) -> Result<(QuestionName, StoredAnswer)> {
    let stored = StoredAnswer {
        value: value("answer.value", row.try_get("value")?)?,
        revision: number("answer.revision", row.try_get("revision")?)?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    };
    Ok((QuestionName(row.try_get("question")?), stored))
}

fn value(place: &'static str, text: Option<&str>) -> Result<Option<AnswerValue>> {
    text.map(|text| json(place, text)).transpose()
}

fn value_text(place: &'static str, value: Option<&AnswerValue>) -> Result<Option<String>> {
    value.map(|value| to_json(place, value)).transpose()
}
