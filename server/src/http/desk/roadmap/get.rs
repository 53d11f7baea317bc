//! `GET /desk/roadmap/{id}`

use axum::extract::{Path, State};
use axum::response::Response;

use super::Typed;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The item with its reviews and its history.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let history = state.service.roadmap_history(&account, &id).await?;
    super::show(&state, &page, &history, Typed::default()).await
}
