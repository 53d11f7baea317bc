//! `GET /desk/{year}/publication`

use axum::extract::{Path, State};
use axum::response::Response;

use super::Typed;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What is disclosed, and what was published so far.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    super::show(&state, &account, &page, parse_year(&year)?, Typed::default()).await
}
