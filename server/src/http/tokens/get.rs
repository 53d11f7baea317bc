//! `GET /tokens`

use axum::extract::State;
use axum::response::Response;

use super::Typed;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The viewer's tokens.
pub async fn get(State(state): State<AppState>, Account(account): Account, page: Page) -> Result<Response, Refusal> {
    super::show(&state, &account, &page, (Typed::default(), Vec::new()), None).await
}
