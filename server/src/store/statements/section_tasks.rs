//! Sections handed out inside a municipality: every revision of a task is a row of its own.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::SectionName;
use shared::response::SectionTaskState;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, author, author_account, responses};
use crate::store::values::{number, word};
use crate::store::{Changed, NewSectionTask, Result, SectionTask};

pub(super) async fn latest(
    connection: &mut Connection,
    year: FiscalYear,
    code: MunicipalityCode,
) -> Result<Vec<SectionTask>> {
    let rows = sqlx::query(
        "SELECT section, revision, assignee, state, comment, author_account, author_name, at FROM section_task
         WHERE year = $1 AND municipality = $2 AND revision =
             (SELECT max(revision) FROM section_task AS other
              WHERE other.year = section_task.year AND other.municipality = section_task.municipality
                  AND other.section = section_task.section)
         ORDER BY section",
    )
    .bind(i64::from(year.year()))
    .bind(code.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter().map(task).collect()
}

pub(super) async fn save(connection: &mut Connection, task: &NewSectionTask) -> Result<Changed> {
    responses::lock(connection, task.year, task.code).await?;
    let last: i64 = sqlx::query_scalar(
        "SELECT coalesce(max(revision), 0) FROM section_task WHERE year = $1 AND municipality = $2 AND section = $3",
    )
    .bind(i64::from(task.year.year()))
    .bind(task.code.as_str())
    .bind(task.section.as_str())
    .fetch_one(&mut *connection)
    .await?;
    if last != i64::from(task.revision) {
        return Ok(Changed::No);
    }
    sqlx::query(
        "INSERT INTO section_task (year, municipality, section, revision, assignee, state, comment,
             author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(i64::from(task.year.year()))
    .bind(task.code.as_str())
    .bind(task.section.as_str())
    .bind(last + 1)
    .bind(&task.assignee)
    .bind(task.state.code())
    .bind(&task.comment)
    .bind(author_account(&task.by))
    .bind(&task.by.name)
    .bind(task.at.0)
    .execute(connection)
    .await?;
    Ok(Changed::Yes)
}

fn task(row: &Row) -> Result<SectionTask> {
    Ok(SectionTask {
        section: SectionName(row.try_get("section")?),
        revision: number("section_task.revision", row.try_get("revision")?)?,
        assignee: row.try_get("assignee")?,
        state: word("section_task.state", row.try_get("state")?, SectionTaskState::of_code)?,
        comment: row.try_get("comment")?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}
