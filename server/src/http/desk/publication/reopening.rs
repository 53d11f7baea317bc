//! `POST /desk/{year}/publication/reopening`

use app::pages::desk_publication::Reasoned;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The form as typed.
#[derive(Deserialize)]
pub struct Typed {
    reason: String,
}

/// Takes up the checking again, to correct what was decided.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let done = state.service.reopen_round(&account, year, &typed.reason).await;
    super::acted(&state, &account, &page, year, (Reasoned::Reopening, typed.reason), done).await
}
