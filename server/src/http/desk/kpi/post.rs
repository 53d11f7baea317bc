//! `POST /desk/kpi/{id}`

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use shared::kpi::{FIELDS, TypedKpi};

use super::Typed;
use crate::http::auth::Account;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Saves a new revision of the row.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(id): Path<String>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let mut row = TypedKpi::default();
    for field in FIELDS {
        row.set(field, sent.get(field).map_or("", String::as_str));
    }
    // No row has the revision 0: a form without one is too late.
    let revision = sent.get("revision").and_then(|revision| revision.parse().ok()).unwrap_or(0);
    let Err(error) = state.service.save_kpi(&account, &id, &row, revision).await else {
        return Ok(Redirect::to("/indicators#ledger").into_response());
    };
    let history = state.service.kpi_history(&account, &id).await?;
    let typed = Typed { row: Some((row, revision)), ..Typed::default() };
    super::refused(&page, error, &history, state.service.clock().now().day(), typed).await
}
