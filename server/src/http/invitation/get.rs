//! `GET /invitation/{token}`

use axum::extract::{Path, State};
use axum::response::Response;

use super::{invited, show};
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The form that sets the password.
pub async fn get(State(state): State<AppState>, page: Page, Path(token): Path<String>) -> Result<Response, Refusal> {
    let (code, account) = invited(&state, &token).await?;
    show(&state, &page, &code, account, Vec::new()).await
}
