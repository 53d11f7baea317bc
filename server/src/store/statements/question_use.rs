//! Which questions' results were opened by themselves.

use std::collections::BTreeSet;

use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use super::Connection;
use crate::store::{QuestionUse, Result};

pub(super) async fn add(connection: &mut Connection, new: &QuestionUse, at: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO question_use (year, concept, way, first_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (year, concept, way) DO NOTHING",
    )
    .bind(i64::from(new.year.year()))
    .bind(&new.concept)
    .bind(new.way.code())
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn of_round(connection: &mut Connection, year: FiscalYear) -> Result<BTreeSet<String>> {
    let concepts: Vec<String> = sqlx::query_scalar("SELECT DISTINCT concept FROM question_use WHERE year = $1")
        .bind(i64::from(year.year()))
        .fetch_all(connection)
        .await?;
    Ok(concepts.into_iter().collect())
}
