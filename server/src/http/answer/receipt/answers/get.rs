//! `GET /answer/{year}/receipt/answers.csv`

use axum::extract::{Path, State};
use axum::response::Response;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::table_file;
use crate::service::Error;

/// The own answers as they were handed in. While a response is back for correction there is nothing of the kind.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    if form.response.receipt.is_none() || !form.response.state.is_handed_in() {
        return Err(Error::NotFound.into());
    }
    let export = state.service.export_own(&form).await?;
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let (year, code) = (form.round.year.year(), form.municipality.code);
    let name = format!("attachment; filename=\"shirabe-{year}-{code}-answers{demo}.csv\"");
    table_file::whole(export.table.as_ref(), &export.provenance.rounds, &name)
}
