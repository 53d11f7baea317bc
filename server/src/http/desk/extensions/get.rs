//! `GET /desk/{year}/extensions`

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Who asked for a later deadline, and what was decided.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    super::show(&state, &account, &page, parse_year(&year)?, BTreeMap::new()).await
}
