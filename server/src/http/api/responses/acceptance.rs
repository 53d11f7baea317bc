//! `POST /api/v1/rounds/{year}/responses/{code}/acceptance`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use shared::wire::Problem;

use super::parse_code;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Accepts a submitted response; for officers.
#[utoipa::path(
    post,
    path = "/api/v1/rounds/{year}/responses/{code}/acceptance",
    params(
        ("year" = u16, Path, description = "年度（西暦）"),
        ("code" = String, Path, description = "全国地方公共団体コード（6桁）"),
    ),
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
