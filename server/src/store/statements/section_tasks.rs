//! Sections handed out inside a municipality: every revision of a task is a row of its own.

use shared::audit::{Act, Chain};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::SectionName;
use shared::response::SectionTaskState;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, responses, rounds};
use crate::store::values::{number, word};
use crate::store::{Author, Changed, NewAudit, NewSectionTask, Result, SectionTask};

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
    let tasks = latest(connection, task.year, task.code).await?;
    let before = tasks.into_iter().find(|before| before.section == task.section);
    let last = before.as_ref().map_or(0, |before| i64::from(before.revision));
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
    .execute(&mut *connection)
    .await?;
    let words = |assignee: &str, state: SectionTaskState| format!("{assignee}（{}）", state.code());
    let recorded = NewAudit {
        chain: Chain::Response(task.year, task.code),
        act: Act::SectionTask,
        object: task.section.as_str().to_owned(),
        from: before.as_ref().map(|task| words(&task.assignee, task.state)),
        to: Some(words(&task.assignee, task.state)),
    };
    audit::add(connection, recorded, &task.by, task.at).await?;
    Ok(Changed::Yes)
}

/// Hands every section of rounds under review that is `from`'s to `to`.
pub(super) async fn hand_over(
    connection: &mut Connection,
    code: MunicipalityCode,
    from: &str,
    to: &str,
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    for round in rounds::all(connection).await?.into_iter().filter(|round| round.state.is_under_review()) {
        let tasks = latest(connection, round.year, code).await?;
        for task in tasks.into_iter().filter(|task| task.is_assigned_to(from)) {
            let SectionTask { section, revision, state, comment, .. } = task;
            let (year, assignee, by) = (round.year, to.to_owned(), by.clone());
            let new = NewSectionTask { year, code, section, revision, assignee, state, comment, by, at };
            // Where a colleague is faster, the colleague's word holds.
            let _ = save(connection, &new).await?;
        }
    }
    Ok(())
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
