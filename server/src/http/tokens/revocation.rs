//! `POST /tokens/{id}/revocation`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::auth::Account;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::ApiTokenId;

/// Ends a token at once.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    state.service.revoke_api_token(&account, ApiTokenId(id)).await?;
    Ok(Redirect::to("/tokens").into_response())
}
