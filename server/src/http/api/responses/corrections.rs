//! `GET /api/v1/rounds/{year}/responses/{code}/corrections`

use app::pages::desk_response::CorrectedRow;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use shared::wire::{CorrectionOfAnswer, Problem};

use super::parse_code;
use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::desk::response::corrections_words;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// The answers that changed since the prefecture sent the response back, in the questionnaire's order; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses/{code}/corrections",
    tag = "rounds",
    params(Year, Code, PageParameters),
    responses(
        (status = OK, body = Vec<CorrectionOfAnswer>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
    paging: Paging,
) -> Result<impl IntoResponse, Refusal> {
    let (form, events) = state.service.review(&account, parse_year(&year)?, parse_code(&code)?).await?;
    let corrections = state.service.corrections(&form, &events).await?;
    let changed = corrections.map(|corrections| corrections_words(&form, &corrections).changed).unwrap_or_default();
    let page = paging.of_total(changed.len());
    let corrections: Vec<CorrectionOfAnswer> = page.part(changed.into_iter().map(correction));
    Ok((page, Json(corrections)))
}

fn correction(row: CorrectedRow) -> CorrectionOfAnswer {
    CorrectionOfAnswer {
        question: row.name,
        reason: row.reason,
        before: row.before,
        after: row.after,
        author: row.by,
        at: row.at.rfc3339(),
    }
}
