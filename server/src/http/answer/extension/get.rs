//! `GET /answer/{year}/extension`

use app::pages::answer_extension::ExtensionTyped;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The form, and what was asked for and decided so far.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    Ok(super::show(&state, &page, &form, ExtensionTyped::default()).await)
}
