//! `POST /data/exports/{id}/stop`

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::order_of;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Stops making a file; one that is made stays.
pub async fn post(State(state): State<AppState>, page: Page, Path(id): Path<String>) -> Result<Response, Refusal> {
    order_of(&state, &page, &id)?.stop();
    Ok(Redirect::to(&format!("/data/exports/{id}")).into_response())
}
