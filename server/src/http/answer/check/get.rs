//! `GET /answer/{year}/check`

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::Leftover;
use crate::http::answer::languages::translate;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Why the page is shown again.
#[derive(Deserialize)]
pub struct Asked {
    changed: Option<String>,
    /// In which language the questions are read.
    lang: Option<String>,
}

/// All answers in words, and what still prevents submission.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let mut form = state.service.own_form(&account, parse_year(&year)?).await?;
    translate(&mut form, asked.lang.as_deref());
    let leftover = Leftover { changed: asked.changed.is_some(), lang: asked.lang, ..Leftover::default() };
    super::show(&state, &page, &account, &form, leftover).await
}
