//! `POST /desk/{year}/{code}/accept`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::municipality::MunicipalityCode;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Accepts and shows the response again.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let code: MunicipalityCode = code.parse().map_err(|_| Error::NotFound)?;
    state.service.accept(&account, year, code).await?;
    Ok(Redirect::to(&format!("/desk/{}/{code}", year.year())).into_response())
}
