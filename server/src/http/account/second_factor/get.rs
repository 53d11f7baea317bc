//! `GET /account/second-factor`

use axum::extract::State;
use axum::response::Response;

use super::show;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The own second factor.
pub async fn get(State(state): State<AppState>, Account(account): Account, page: Page) -> Result<Response, Refusal> {
    show(&state, &page, &account, (None, Vec::new())).await
}
