//! `GET /desk/kpi/{id}`

use axum::extract::{Path, State};
use axum::response::Response;

use super::Typed;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The row with its values and its history.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let history = state.service.kpi_history(&account, &id).await?;
    super::show(&page, &history, state.service.clock().now().day(), Typed::default()).await
}
