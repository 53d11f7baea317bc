//! `POST /api/v1/rounds/{year}/responses/{code}/acceptance`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use shared::wire::Problem;

use super::parse_code;
use crate::http::api::parameters::{Code, Year};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Accepts a submitted response; for officers.
#[utoipa::path(
    post,
    path = "/api/v1/rounds/{year}/responses/{code}/acceptance",
    tag = "rounds",
    params(Year, Code),
    responses(
        (status = NO_CONTENT),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    state.service.accept(&account, parse_year(&year)?, parse_code(&code)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
