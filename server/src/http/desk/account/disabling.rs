//! `POST /desk/accounts/{id}/disabling`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::parse_id;
use crate::http::auth::Account;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Lets nobody use the account any more.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = parse_id(&id)?;
    state.service.disable_person(&account, id).await?;
    Ok(Redirect::to(&format!("/desk/accounts/{}", id.0)).into_response())
}
