//! `GET /desk/kpi/{id}`

use axum::extract::{Path, State};
use axum::response::Response;

use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The row with its history.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let history = state.service.kpi_history(&account, &id).await?;
    let kpi = history.last().ok_or(Error::NotFound)?.kpi.clone();
    Ok(super::show(&page, kpi, &history, Vec::new()).await)
}
