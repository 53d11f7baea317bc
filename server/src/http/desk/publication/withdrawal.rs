//! `POST /desk/{year}/publication/withdrawal`

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
    revision: u32,
    reason: String,
}

/// Takes a revision back.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let done = state.service.withdraw_publication(&account, year, typed.revision, &typed.reason).await;
    let reason = (Reasoned::Withdrawal(typed.revision), typed.reason);
    super::acted(&state, &account, &page, year, reason, done).await
}
