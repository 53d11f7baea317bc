//! `POST /answer/{year}/submit`

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The form of the check page.
#[derive(Deserialize)]
pub struct Confirmed {
    /// The response's revision on the page; without it whatever is there is handed in.
    revision: Option<i64>,
}

/// Hands in and shows the receipt; whatever still prevents it stands on the check page.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    Form(confirmed): Form<Confirmed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let target = match state.service.hand_in(&account, year, confirmed.revision).await {
        Ok(_) => "receipt",
        Err(Error::Invalid(_)) => "check",
        Err(Error::Changed) => "check?changed=1",
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&format!("/answer/{}/{target}", year.year())).into_response())
}
