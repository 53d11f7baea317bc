//! `POST /answer/{year}/submit`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Hands in and shows the receipt; whatever still prevents it stands on the check page.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let target = match state.service.submit(&account, year).await {
        Ok(_) => "receipt",
        Err(Error::Invalid(_)) => "check",
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&format!("/answer/{}/{target}", year.year())).into_response())
}
