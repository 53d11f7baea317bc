//! `GET /desk/{year}/check.csv`: all findings that match, with the columns of the dataset `check`.

use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::Asked;
use crate::export::dataset::{check, note};
use crate::export::provenance::RoundFacts;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::table_file;

/// The file.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let check = state.service.check(&account, year).await?;
    let wanted = check.found.iter().filter(|found| {
        asked.wants(&check.questionnaire, found) && asked.kind().is_none_or(|kind| found.finding.kind() == kind)
    });
    let table = check::table(&check, wanted, note(state.site.demonstration));
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let name = format!("attachment; filename=\"shirabe-check-{}{demo}.csv\"", year.year());
    table_file::whole(&table, &[RoundFacts::on_its_way(&check.round, &check.questionnaire)], &name)
}
