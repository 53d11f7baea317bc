//! `POST /desk/{year}/reminders/{id}/sending`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::MailId;

/// Sends a message once more.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let id = id.parse().map(MailId).map_err(|_| Error::NotFound)?;
    state.service.send_again(&account, year, id).await?;
    Ok(Redirect::to(&format!("/desk/{}/reminders", year.year())).into_response())
}
