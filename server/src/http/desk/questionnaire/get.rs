//! `GET /desk/{year}/questionnaire`

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What was just done.
#[derive(Deserialize)]
pub struct Asked {
    taken: Option<String>,
}

/// What the round asks, and how that differs from the year before.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let preparation = state.service.preparation(&account, parse_year(&year)?).await?;
    Ok(super::show(&page, &preparation, asked.taken.is_some(), Vec::new()).await)
}
