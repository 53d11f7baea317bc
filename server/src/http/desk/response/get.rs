//! `GET /desk/{year}/{code}`

use app::pages::desk_response::TypedReturn;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use shared::municipality::MunicipalityCode;

use crate::http::auth::Account;
use crate::http::desk::check::Named;
use crate::http::forms::parse_year;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::service::checking::words::return_reason;
use crate::service::checking::{Check, Found};

/// The response, what happened to it, and the buttons that accept it or send it back; about a finding, with its question
/// chosen and a reason to begin from.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path((year, code)): Path<(String, String)>,
    Query(named): Query<Named>,
) -> Result<Response, Refusal> {
    let code: MunicipalityCode = code.parse().map_err(|_| Error::NotFound)?;
    let year = parse_year(&year)?;
    let (form, events) = state.service.review(&account, year, code).await?;
    let words = |check: &Check, found: &Found| return_reason(&check.questionnaire, &found.finding);
    let reason = named.proposal(&state, &account, year, code, words).await?;
    let mut typed = TypedReturn::default();
    if let Some((question, reason)) = named.question.zip(reason) {
        typed.chosen.insert(question.clone());
        typed.reasons.insert(question, reason);
    }
    super::show(&state, &page, &form, &events, typed).await
}
