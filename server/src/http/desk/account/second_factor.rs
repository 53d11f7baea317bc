//! `POST /desk/accounts/{id}/second-factor/removal`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::parse_id;
use crate::http::auth::Account;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Takes away the second factor of somebody who has lost it.
pub async fn remove(
    State(state): State<AppState>,
    Account(account): Account,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = parse_id(&id)?;
    state.service.reset_second_factor(&account, id).await?;
    Ok(Redirect::to(&format!("/desk/accounts/{}", id.0)).into_response())
}
