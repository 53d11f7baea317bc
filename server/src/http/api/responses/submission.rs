//! `POST /api/v1/rounds/{year}/responses/{code}/submission`

use axum::Json;
use axum::extract::{Path, State};
use shared::wire::{Problem, ReceiptOfSubmission};

use super::parse_code;
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Hands in the own municipality's response. Repeating it gives the same receipt.
#[utoipa::path(
    post,
    path = "/api/v1/rounds/{year}/responses/{code}/submission",
    tag = "rounds",
    params(Year, Code),
    responses(
        (status = OK, body = ReceiptOfSubmission),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
) -> Result<Json<ReceiptOfSubmission>, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    if account.answers_for() != Some(code) {
        return Err(Error::NotFound.into());
    }
    let receipt = state.service.submit(&account, year).await?;
    Ok(Json(ReceiptOfSubmission {
        number: receipt.number,
        submitted_at: receipt.at.rfc3339(),
        submitted_by: receipt.by.name,
        sha256: receipt.content_hash,
    }))
}
