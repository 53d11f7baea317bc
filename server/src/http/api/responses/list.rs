//! `GET /api/v1/rounds/{year}/responses`

use axum::Json;
use axum::extract::{Path, State};
use shared::wire::{Problem, ResponseSummary};

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::rounds::BoardRow;

/// Progress of every municipality; for officers.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/responses",
    params(("year" = u16, Path, description = "年度（西暦）")),
    responses(
        (status = OK, body = Vec<ResponseSummary>),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
) -> Result<Json<Vec<ResponseSummary>>, Refusal> {
    let board = state.service.board(&account, parse_year(&year)?).await?;
    Ok(Json(board.rows.iter().map(summary).collect()))
}

fn summary(row: &BoardRow) -> ResponseSummary {
    ResponseSummary {
        code: row.municipality.code.to_string(),
        name: row.municipality.name.clone(),
        state: row.response.state.code().to_owned(),
        answered: row.answered,
        asked: row.asked,
        updated_at: row.response.updated_at.map(shared::time::Timestamp::rfc3339),
        receipt: row.response.receipt.as_ref().map(|r| r.number.clone()),
    }
}
