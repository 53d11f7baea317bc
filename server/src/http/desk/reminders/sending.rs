//! `POST /desk/{year}/reminders/{id}/sending`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::reminder::MailAct;

use super::{mail_id, outbox_href};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Sends a message once more.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    state.service.step_mail(&account, year, mail_id(&id)?, MailAct::SendAgain, "").await?;
    Ok(Redirect::to(&outbox_href(year)).into_response())
}
