//! `POST /desk/accounts/second-factor`

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    /// `1` where officers must have a second factor.
    required: String,
}

/// Says whether officers must have a second factor.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    state.service.require_second_factor(&account, typed.required == "1").await?;
    Ok(Redirect::to("/desk/accounts#second-factor").into_response())
}
