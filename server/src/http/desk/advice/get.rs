//! `GET /desk/{year}/advice`

use app::pages::desk_advice::AdviceTyped;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What everybody sees beside the questions, and what was withdrawn.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    super::show(&state, &account, &page, parse_year(&year)?, AdviceTyped::default(), Vec::new()).await
}
