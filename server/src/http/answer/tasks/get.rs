//! `GET /answer/{year}/tasks`

use axum::extract::{Path, State};
use axum::response::Response;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Who fills which section, and how far they are.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    super::show(&state, &page, &form, None).await
}
