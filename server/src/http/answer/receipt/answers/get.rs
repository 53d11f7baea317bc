//! `GET /answer/{year}/receipt/answers.csv`

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::export::format::{Encoding, csv};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
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
    let mut bytes = Vec::new();
    csv::write(export.table.as_ref(), Encoding::default(), &mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let (year, code) = (form.round.year.year(), form.municipality.code);
    let name = format!("attachment; filename=\"shirabe-{year}-{code}-answers{demo}.csv\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}
