//! Questions and answers for everybody. One that is taken back stays, with a row that says so.

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::QuestionName;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed, rounds};
use crate::store::{Author, Changed, NewAudit, NewQuestionAndAnswer, QuestionAndAnswer, Result, StoreError};

pub(super) async fn of_round(connection: &mut Connection, year: FiscalYear) -> Result<Vec<QuestionAndAnswer>> {
    let rows = sqlx::query(
        "SELECT id, question, asked, answer, author_account, author_name, at,
             (SELECT count(*) FROM question_and_answer_withdrawal AS withdrawal
              WHERE withdrawal.question_and_answer = question_and_answer.id) AS withdrawals
         FROM question_and_answer WHERE year = $1 ORDER BY id",
    )
    .bind(i64::from(year.year()))
    .fetch_all(connection)
    .await?;
    rows.iter().map(question_and_answer).collect()
}

/// What was sent twice is found again, as long as it is shown.
pub(super) async fn add(connection: &mut Connection, new: &NewQuestionAndAnswer) -> Result<i64> {
    rounds::lock(connection, new.year).await?;
    let known = of_round(connection, new.year).await?;
    if let Some(same) = known.into_iter().find(|entry| is_same(entry, new)) {
        return Ok(same.id);
    }
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO question_and_answer (year, question, inquiry, asked, answer, author_account, author_name, at)
         SELECT year, $1, $2, $3, $4, $5, $6, $7 FROM round WHERE year = $8 RETURNING id",
    )
    .bind(new.question.as_ref().map(QuestionName::as_str))
    .bind(new.inquiry.map(|id| id.0))
    .bind(&new.asked)
    .bind(&new.answer)
    .bind(author_account(&new.by))
    .bind(&new.by.name)
    .bind(new.at.0)
    .bind(i64::from(new.year.year()))
    .fetch_optional(&mut *connection)
    .await?;
    let id = id.ok_or_else(|| StoreError::NotFound(format!("{}の調査", new.year)))?;
    let recorded = NewAudit {
        chain: Chain::Round(new.year),
        act: Act::Advice,
        object: id.to_string(),
        from: None,
        to: Some(format!("{}\n{}", new.asked, new.answer)),
    };
    audit::add(connection, recorded, &new.by, new.at).await?;
    Ok(id)
}

fn is_same(entry: &QuestionAndAnswer, new: &NewQuestionAndAnswer) -> bool {
    !entry.withdrawn && entry.question == new.question && (&entry.asked, &entry.answer) == (&new.asked, &new.answer)
}

pub(super) async fn withdraw(
    connection: &mut Connection,
    year: FiscalYear,
    id: i64,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    let found: Option<i64> = sqlx::query_scalar("SELECT id FROM question_and_answer WHERE id = $1 AND year = $2")
        .bind(id)
        .bind(i64::from(year.year()))
        .fetch_optional(&mut *connection)
        .await?;
    let id = found.ok_or_else(|| StoreError::NotFound(format!("{year}のよくある質問の番号 {id}")))?;
    let withdrawn = sqlx::query(
        "INSERT INTO question_and_answer_withdrawal (question_and_answer, author_account, author_name, at)
         VALUES ($1, $2, $3, $4) ON CONFLICT (question_and_answer) DO NOTHING",
    )
    .bind(id)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    if changed(&withdrawn) == Changed::Yes {
        let (chain, act) = (Chain::Round(year), Act::AdviceWithdrawal);
        audit::add(connection, NewAudit { chain, act, object: id.to_string(), from: None, to: None }, by, at).await?;
    }
    Ok(changed(&withdrawn))
}

fn question_and_answer(row: &Row) -> Result<QuestionAndAnswer> {
    let question: Option<String> = row.try_get("question")?;
    let withdrawals: i64 = row.try_get("withdrawals")?;
    Ok(QuestionAndAnswer {
        id: row.try_get("id")?,
        question: question.map(QuestionName),
        asked: row.try_get("asked")?,
        answer: row.try_get("answer")?,
        withdrawn: withdrawals != 0,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}
